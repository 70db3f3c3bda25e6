package errcodes

import (
	"cmp"
	"slices"
)

var vodParameters = []Parameter{
	{FieldDomainName, "DomainName", true},
	{FieldStatus, "SSLProtocol", true},
	{FieldCertName, "CertName", false},
	{FieldCertificate, "SSLPub", false},
	{FieldPrivateKey, "SSLPri", false},
}

// vodOriginal is the table of VOD SetVodDomainCertificate: the rows of the original
// operation of CDN, some of them under other names. The operation only uploads:
// it has no conditions of the other types of certificates, and nothing maps to
// Certificate.NotFind and to the first Certificate.StatusError.
var vodOriginal = table{
	source:   "VOD API reference, SetVodDomainCertificate",
	evidence: Assumed,
	rows:     vodRows(),
	mappings: vodMappings(),
}

// vodNames has the names that VOD gives to rows of the original operation: a code,
// and a message if that differs too.
var vodNames = map[Code]Row{
	InvalidServerCertificateStatusValueNotSupported: {Code: InvalidSSLProtocolValueNotSupported},
	ServerCertificateMissingParameter:               {Code: SSLPubMissingParameter, Message: "An input parameter SSLPub that is mandatory for processing the request is not supplied."},
	PrivateKeyMissingParameter:                      {Code: SSLPriMissingParameter, Message: "An input parameter SSLPri that is mandatory for processing the request is not supplied."},
	InvalidPrivateKey:                               {Code: InvalidSSLPri, Message: "The SSLPri you provided is malformed!"},
	CertificateMissMatch:                            {Code: CertificateMissMatch, Message: "The SSLPri does not math the specified Certificate!"},
	SetDomainServerCertificateParameterError:        {Code: SetDomainSSLPubParameterError},
	CertificateKeyNull:                              {Code: CertificateKeyNull, Message: "The SSLPri is not null."},
	KeyMalformed:                                    {Code: SSLPriMalformed, Message: "The SSLPri format is error."},
}

func vodRows() []Row {
	rows := slices.Clone(cdnOriginal.rows)
	for i := range rows {
		if own, renamed := vodNames[rows[i].Code]; renamed {
			rows[i].Code = own.Code
			rows[i].Message = cmp.Or(own.Message, rows[i].Message)
		}
	}
	return rows
}

func vodMappings() []mapping {
	mappings := slices.DeleteFunc(slices.Clone(cdnOriginal.mappings), func(m mapping) bool {
		switch m.cond {
		case CondCertTypeUnsupported, CondForceSetUnsupported, CondCertificateUnidentified, CondCertificateNotFound,
			CondFreeCertificateUnavailable, CondCertificateStatusBad, CondStoredKeyMissing, CondStoredKeyMismatch:
			return true
		default:
			return false
		}
	})
	for i := range mappings {
		mappings[i].code = cmp.Or(vodNames[mappings[i].code].Code, mappings[i].code)
	}
	return mappings
}
