package errcodes

import "slices"

// The operations whose own tables are not known. They answer with rows of the
// original operation of CDN, so every rule here is assumed.

var (
	uploadParameters = []Parameter{
		{FieldCertName, "Name", false},
		{FieldCertificate, "Cert", true},
		{FieldPrivateKey, "Key", true},
	}
	domainNameParameters = []Parameter{{FieldDomainName, "DomainName", true}}
	resourceParameters   = []Parameter{{FieldDomainName, "ResourceId", true}}
	certIDParameters     = []Parameter{{FieldCertID, "CertId", true}}
)

// casUpload is the table of UploadUserCertificate. It has the conditions of the
// original operation on a name, a certificate and a key, and that the name is free.
var casUpload = borrowing(
	CondCertNameMalformed, CondCertNameTooLong, CondCertificateMissing, CondPrivateKeyMissing, CondCertificateTooLong,
	CondPrivateKeyTooLong, CondPrivateKeyBlank, CondCertificateNotPEM, CondPrivateKeyNotPEM, CondCertificateMalformed,
	CondCertificateNotServer, CondPrivateKeyEncrypted, CondPrivateKeyUnsupported, CondPrivateKeyMalformed, CondKeyMismatch,
	CondCertificateExpired, CondCertificateNotYetValid, CondCertNameDuplicated,
)

// cdnFindDomain is the table of the reads that find a domain by its name.
var cdnFindDomain = borrowing(CondDomainNotFound)

// casFindCertificate is the table of the reads that find a certificate by its
// number.
var casFindCertificate = func() table {
	t := borrowing(CondCertificateNotFound)
	t.mappings[0].field = FieldCertID
	return t
}()

// borrowing returns a table of conditions with the rows that they have in the
// original operation of CDN.
func borrowing(conds ...Condition) (t table) {
	for _, m := range cdnOriginal.mappings {
		if !slices.Contains(conds, m.cond) {
			continue
		}
		row := borrowed(cdnOriginal.row(&m))
		if m.nth = 0; !slices.Contains(t.rows, row) {
			t.rows = append(t.rows, row)
		}
		t.mappings = append(t.mappings, m)
	}
	return t
}
