package errcodes

import "slices"

var liveParameters = []Parameter{
	{Field: FieldDomainName, Name: "DomainName", Required: true},
	{Field: FieldStatus, Name: "SSLProtocol", Required: true},
	{Field: FieldCertType, Name: "CertType"},
	{Field: FieldCertName, Name: "CertName", Limit: certNameLimit},
	{Field: FieldCertificate, Name: "SSLPub"},
	{Field: FieldPrivateKey, Name: "SSLPri"},
	{Field: FieldOverwrite, Name: "ForceSet"},
}

// live is the table of ApsaraVideo Live SetLiveDomainCertificate: the conditions of the
// original operation of CDN, all types of certificates and ForceSet included, under VOD's
// names. One row was read on each of two editions of its page, and two in the product's
// list; VOD lends the rest.
var live = behindGateway(liveParameters, table{
	source:   pageLive,
	evidence: Assumed,
	decision: ruleVOD,
	rows:     slices.Concat(liveRows, lent(vodOriginal.rows, liveHas)),
	mappings: liveMappings(),
})

// The end of the first message was read on VOD's page only, whose row begins in the same
// way.
var liveRows = []Row{
	{InvalidSSLProtocolValueNotSupported, 400, "The specified value of parameter SSLProtocol is not supported.", OwnPage, none},
	{IllegalOperation, 403, "Illegal domain operate is not permitted.", OwnPage, onPage(pageLive, "接口权限不足，请您联系管理员，配置访问权限。")},
	{CertificateDuplicated, 400, "The certificate name is duplicated", ProductPage, onPage(pageLiveCodes, "证书名重复")},
	{CertificateMissMatch, 400, "The certificate is not match the private key", ProductPage, onPage(pageLiveCodes, "证书不匹配私钥")},
}

// liveHas reports whether a row of a code was read.
func liveHas(code Code) bool {
	return slices.ContainsFunc(liveRows, func(r Row) bool { return r.Code == code })
}

// liveMappings are those of the original operation. The gateway refuses an absent domain.
func liveMappings() []mapping {
	mappings := vodNamed(slices.DeleteFunc(slices.Clone(cdnOriginal.mappings), func(m mapping) bool { return m.cond == CondDomainNameMissing }))
	return replaced(mappings, mapping{cond: CondDomainNotFound, code: InvalidDomainNotFound, field: FieldDomainName, evidence: Reported, source: seenLiveGone})
}
