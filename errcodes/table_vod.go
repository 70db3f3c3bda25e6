package errcodes

import (
	"cmp"
	"slices"
)

var vodParameters = []Parameter{
	{Field: FieldDomainName, Name: "DomainName", Required: true},
	{Field: FieldStatus, Name: "SSLProtocol", Required: true},
	{Field: FieldCertName, Name: "CertName", Limit: certNameLimit},
	{Field: FieldCertificate, Name: "SSLPub"},
	{Field: FieldPrivateKey, Name: "SSLPri"},
}

// vodOriginal is the table of VOD SetVodDomainCertificate: the rows of the original
// operation of CDN, some of them under other names. The operation only uploads:
// it has no conditions of the other types of certificates, and nothing maps to
// Certificate.NotFind and to the first Certificate.StatusError.
var vodOriginal = table{
	source:   pageVOD,
	evidence: Assumed,
	decision: ruleVOD,
	rows:     vodRows(),
	mappings: vodMappings(),
	unmapped: []unmappedRow{
		{code: CertificateNotFind, why: onlyUploads},
		{code: CertificateStatusError, nth: 0, why: onlyUploads},
	},
}

var onlyUploads = Message{
	"the operation only uploads, so no certificate is looked up",
	"该接口只支持上传，不会查找已有证书",
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

// vodDescriptions has the descriptions on VOD's page that are not those of the original
// operation of CDN.
var vodDescriptions = map[Code]string{
	ServiceBusy:                         "域名正在配置中, 请稍后再试。",
	InvalidSSLProtocolValueNotSupported: "SSLProtocol的值不合法。",
	SSLPubMissingParameter:              "SSLPub参数缺失。",
	SSLPriMissingParameter:              "SSLPri参数缺失。",
	CertificateNotPermittedOff:          "关闭证书会影响该域名调度，请联系客户调整。",
}

func vodRows() []Row {
	rows := slices.Clone(cdnOriginal.rows)
	for i := range rows {
		if own, renamed := vodNames[rows[i].Code]; renamed {
			rows[i].Code = own.Code
			rows[i].Message = cmp.Or(own.Message, rows[i].Message)
		}
		rows[i].Description = onPage(pageVOD, cmp.Or(vodDescriptions[rows[i].Code], rows[i].Description.ZH))
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
	return vodNamed(mappings)
}

// vodNamed gives the rows of the original operation the names that VOD has for them.
func vodNamed(mappings []mapping) []mapping {
	for i := range mappings {
		mappings[i].code = cmp.Or(vodNames[mappings[i].code].Code, mappings[i].code)
	}
	return mappings
}
