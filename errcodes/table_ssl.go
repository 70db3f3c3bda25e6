package errcodes

import "slices"

// The operations that replaced CDN SetDomainServerCertificate. Most of their
// conditions are its own, under other names. If their pages have no row for one, they
// answer with its row.

var sslParameters = []Parameter{
	{FieldDomainName, "DomainName", true},
	{FieldStatus, "SSLProtocol", true},
	{FieldCertType, "CertType", false},
	{FieldCertName, "CertName", false},
	{FieldCertID, "CertId", false},
	{FieldCertificate, "SSLPub", false},
	{FieldPrivateKey, "SSLPri", false},
	{FieldCertRegion, "CertRegion", false},
	{FieldEnv, "Env", false},
}

// cdnSSL is the table of CDN SetCdnDomainSSLCertificate.
var cdnSSL = table{
	source:   "CDN API reference, SetCdnDomainSSLCertificate (2026)",
	evidence: Assumed,
	rows: slices.Concat(sslRows, fromOriginal(
		InvalidDomainNotFound, IllegalOperation, ServiceBusy, OperationDenied, CertificateNotPermittedOff,
	)),
	mappings: sslMappings(InvalidDomainNotFound, IllegalOperation),
}

// dcdnSSL is the table of DCDN SetDcdnDomainSSLCertificate. No condition maps to
// the second of its two rows Certificate.StatusError.
var dcdnSSL = table{
	source:   "DCDN API reference, SetDcdnDomainSSLCertificate (2026)",
	evidence: Assumed,
	rows: slices.Concat(sslRows, []Row{
		{IllegalOperationDomain, 400, "You are not authorized to operate the domain.", OwnPage},
		{CertificateStatusError, 400, "The certificate does not exist, or the status of the certificate is invalid.", OwnPage},
	}, fromOriginal(ServiceBusy, OperationDenied, CertificateNotPermittedOff)),
	mappings: sslMappings(IllegalOperationDomain, IllegalOperationDomain),
}

// sslRows are the 32 rows of the published table. No condition maps to ten of
// them, which are never answered: AuthenticationFailed, Certificate.Duplicated, CertStorage.failed,
// InvalidDomain.notOnline, Decode.Error, sslPub.Error, sslPri.Error,
// DomainInSafeMode, CreateCertificateFailed and InvalidEnv.
var sslRows = []Row{
	{InvalidSSLProtocolValueNotSupported, 400, "The specified SSLProtocol is invalid.", OwnPage},
	{SSLPubMissingParameter, 400, "The SSLPub parameter is required.", OwnPage},
	{SSLPriMissingParameter, 400, "The SSLPri parameter is required.", OwnPage},
	{InvalidSSLPub, 400, "The specified SSLPub is invalid.", OwnPage},
	{InvalidSSLPri, 400, "The specified SSLPri is invalid.", OwnPage},
	{CertificateMissMatch, 400, "The SSLPri does not match the certificate.", OwnPage},
	{InvalidCertificateTooLong, 400, "The maximum length of the certificate is exceeded.", OwnPage},
	{InvalidCertNameTooLong, 400, "The length of the certificate name cannot exceed 128 characters.", OwnPage},
	{AuthenticationFailed, 400, "Error performing verification.", OwnPage},
	{SetDomainCertificateParameterError, 400, "The specified parameters are invalid.", OwnPage},
	{CertificateStatusError, 400, "The status of the certificate is invalid.", OwnPage},
	{DeleteFailed, 400, "Error deleting the certificate.", OwnPage},
	{CertificateNotFind, 400, "The certificate does not exist.", OwnPage},
	{CertificateDuplicated, 400, "The certificate name already exists.", OwnPage},
	{CertificateFormatError, 400, "The format of the certificate is invalid.", OwnPage},
	{CertificateKeyNull, 400, "The private key is required.", OwnPage},
	{KeyMalformed, 400, "The specified Key format is invalid.", OwnPage},
	{CertStorageFailed, 400, "Error saving the certificate.", OwnPage},
	{CertificateContentDuplicated, 400, "The certificate has been uploaded; do not upload again.", OwnPage},
	{CertificateExpired, 400, "The certificate has expired.", OwnPage},
	{InvalidDomainNotOnline, 400, "The domain is offline. Check the status of the domain and try again later.", OwnPage},
	{DecodeError, 400, "Error decoding the SSLPub or SSLPri certificate.", OwnPage},
	{SSLPubError, 400, "Error encoding SSLPub.", OwnPage},
	{SSLPriError, 400, "Error encoding SSLPri.", OwnPage},
	{DomainInSafeMode, 400, "The domain is in safe mode. To request permission, contact Customer Service.", OwnPage},
	{CreateCertificateFailed, 400, "Create certificate failed,please try again.", OwnPage},
	{AbsCertRegionValueNotSupported, 400, "CertRegion is not supported.", OwnPage},
	{CertNameAlreadyExists, 400, "The CertName already exists.", OwnPage},
	{InvalidDomainOffline, 400, "The domain provided is offline.", OwnPage},
	{InvalidEnv, 400, "The specified Env is invalid.", OwnPage},
	{DomainInProtectedMode, 403, "The domain is in protection mode. To request permission, contact Customer Service.", OwnPage},
	{CertNameMissingParameter, 404, "You must specify CertName.", OwnPage},
}

// fromOriginal returns rows that are borrowed from the original operation.
func fromOriginal(codes ...Code) (rows []Row) {
	for _, code := range codes {
		rows = append(rows, borrowed(cdnOriginal.row(&mapping{code: code})))
	}
	return rows
}

// The places that quote the observed answers.
const (
	sslMissing    = "aliyun/terraform-provider-alicloud issue 8459, certd/certd issue 632"
	sslInvalidKey = "letsencrypt-aliyun-cdn issue 1"
)

// sslMappings are the conditions in the order of checking. The operations have
// different rows for a domain that does not exist or is not the caller's.
func sslMappings(notFound, notPermitted Code) []mapping {
	return []mapping{
		// The request alone.
		{cond: CondDomainNameMissing, code: SetDomainCertificateParameterError, field: FieldDomainName},
		{cond: CondDomainNameMalformed, code: SetDomainCertificateParameterError, field: FieldDomainName},
		{cond: CondStatusUnsupported, code: InvalidSSLProtocolValueNotSupported, field: FieldStatus},
		{cond: CondCertTypeUnsupported, code: SetDomainCertificateParameterError, field: FieldCertType},
		{cond: CondCertNameMalformed, code: SetDomainCertificateParameterError, field: FieldCertName},
		{cond: CondCertNameTooLong, code: InvalidCertNameTooLong, field: FieldCertName},
		{cond: CondCertIDMalformed, code: SetDomainCertificateParameterError, field: FieldCertID},
		{cond: CondCertRegionUnsupported, code: AbsCertRegionValueNotSupported, field: FieldCertRegion},
		{cond: CondCertificateUnidentified, code: CertNameMissingParameter, field: FieldCertName},
		{cond: CondCertificateMissing, code: SSLPubMissingParameter, field: FieldCertificate, evidence: Observed, source: sslMissing},
		{cond: CondPrivateKeyMissing, code: SSLPriMissingParameter, field: FieldPrivateKey, evidence: Observed, source: sslMissing},
		{cond: CondCertificateTooLong, code: InvalidCertificateTooLong, field: FieldCertificate},
		{cond: CondPrivateKeyTooLong, code: InvalidCertificateTooLong, field: FieldPrivateKey},
		{cond: CondPrivateKeyBlank, code: CertificateKeyNull, field: FieldPrivateKey},
		{cond: CondCertificateNotPEM, code: CertificateFormatError, field: FieldCertificate},
		{cond: CondPrivateKeyNotPEM, code: KeyMalformed, field: FieldPrivateKey},
		{cond: CondCertificateMalformed, code: InvalidSSLPub, field: FieldCertificate},
		{cond: CondCertificateNotServer, code: InvalidSSLPub, field: FieldCertificate},
		{cond: CondPrivateKeyEncrypted, code: InvalidSSLPri, field: FieldPrivateKey, evidence: Observed, source: sslInvalidKey},
		{cond: CondPrivateKeyUnsupported, code: InvalidSSLPri, field: FieldPrivateKey, evidence: Observed, source: sslInvalidKey},
		{cond: CondPrivateKeyMalformed, code: InvalidSSLPri, field: FieldPrivateKey, evidence: Observed, source: sslInvalidKey},
		{cond: CondKeyMismatch, code: CertificateMissMatch, field: FieldPrivateKey},
		{cond: CondCertificateExpired, code: CertificateExpired, field: FieldCertificate},
		{cond: CondCertificateNotYetValid, code: CertificateStatusError, field: FieldCertificate},

		// The state behind the service.
		{cond: CondAccountSuspended, code: OperationDenied},
		{cond: CondDomainNotFound, code: notFound, field: FieldDomainName},
		{cond: CondDomainNotPermitted, code: notPermitted, field: FieldDomainName},
		{cond: CondDomainOffline, code: InvalidDomainOffline, field: FieldDomainName},
		{cond: CondDomainConfiguring, code: ServiceBusy, field: FieldDomainName},
		{cond: CondCertificateNotFound, code: CertificateNotFind, field: FieldCertName},
		{cond: CondCertificateStatusBad, code: CertificateStatusError, field: FieldCertName},
		{cond: CondStoredKeyMissing, code: CertificateKeyNull, field: FieldPrivateKey},
		{cond: CondStoredKeyMismatch, code: CertificateMissMatch, field: FieldPrivateKey},
		{cond: CondCertNameDuplicated, code: CertNameAlreadyExists, field: FieldCertName},
		{cond: CondContentDuplicated, code: CertificateContentDuplicated, field: FieldCertificate},
		{cond: CondTurnOffNotPermitted, code: CertificateNotPermittedOff, field: FieldStatus},
		{cond: CondCertificateDeleteFailed, code: DeleteFailed, field: FieldStatus},
		{cond: CondDomainProtected, code: DomainInProtectedMode, field: FieldDomainName},
	}
}
