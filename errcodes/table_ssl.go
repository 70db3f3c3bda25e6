package errcodes

import "slices"

// The operations that replaced CDN SetDomainServerCertificate. Most of their
// conditions are its own, under other names. If their pages have no row for one, they
// answer with its row.

var sslParameters = []Parameter{
	{Field: FieldDomainName, Name: "DomainName", Required: true},
	{Field: FieldStatus, Name: "SSLProtocol", Required: true},
	{Field: FieldCertType, Name: "CertType"},
	{Field: FieldCertName, Name: "CertName", Limit: certNameLimit},
	{Field: FieldCertID, Name: "CertId", Type: TypeInteger},
	{Field: FieldCertificate, Name: "SSLPub"},
	{Field: FieldPrivateKey, Name: "SSLPri"},
	{Field: FieldCertRegion, Name: "CertRegion"},
	{Field: FieldEnv, Name: "Env"},
}

// sslGateway has what was seen of the gateway's rows: their form, with the names of
// other parameters.
var sslGateway = []gatewayEvidence{
	{field: FieldDomainName, absent: true, evidence: Observed, source: seenMissing},
	{field: FieldStatus, absent: true, evidence: Observed, source: seenMissing},
	{field: FieldCertID, evidence: Documented, source: seenUnreadable},
}

// cdnSSL is the table of CDN SetCdnDomainSSLCertificate.
var cdnSSL = behindGateway(sslParameters, table{
	source:   pageCDNSSL,
	evidence: Assumed,
	decision: ruleSuccessor,
	rows: slices.Concat(described(pageCDNSSL, cdnDescriptions, described(pageCDNCodes, cdnCodeDescriptions, sslRows)), fromOriginal(
		InvalidDomainNotFound, IllegalOperation, ServiceBusy, OperationDenied, CertificateNotPermittedOff,
	)),
	mappings: sslMappings(
		mapping{cond: CondDomainNotFound, code: InvalidDomainNotFound, field: FieldDomainName},
		mapping{cond: CondDomainNotPermitted, code: IllegalOperation, field: FieldDomainName},
	),
	unmapped: sslUnmapped,
}, sslGateway...)

// dcdnSSL is the table of DCDN SetDcdnDomainSSLCertificate.
var dcdnSSL = behindGateway(sslParameters, table{
	source:   pageDCDNSSL,
	evidence: Assumed,
	decision: ruleSuccessor,
	rows: slices.Concat(described(pageDCDNChinese, dcdnDescriptions, sslRows), []Row{
		{IllegalOperationDomain, 400, "You are not authorized to operate the domain.", OwnPage, onPage(pageDCDNChinese, "您没有权限操作该域名。")},
		{CertificateStatusError, 400, "The certificate does not exist, or the status of the certificate is invalid.", OwnPage, onPage(pageDCDNChinese, "证书不存在或证书状态错误。")},
		{InvalidDomainNotFound, 404, "The domain [%s] does not belong to you.", SiblingPage, none},
	}, fromOriginal(ServiceBusy, OperationDenied, CertificateNotPermittedOff)),
	mappings: sslMappings(
		mapping{cond: CondDomainNotFound, code: InvalidDomainNotFound, field: FieldDomainName, evidence: Observed, source: seenDCDNDomain},
		mapping{cond: CondDomainNotPermitted, code: IllegalOperationDomain, field: FieldDomainName},
	),
	unmapped: append(slices.Clip(sslUnmapped), unmappedRow{CertificateStatusError, 1, Message{
		"a certificate that is not in the certificate center earns SSLPri.MissingParameter, and one that is there in a wrong status the first row of this code",
		"证书中心没有的证书返回 SSLPri.MissingParameter；状态异常的证书返回该错误码的第一行",
	}}),
}, sslGateway...)

// vodSSLRead is how many rows of the published table of VOD SetVodDomainSSLCertificate were
// read. They are those of CDN's, which lends the rest.
const vodSSLRead = 4

// vodSSL is the table of VOD SetVodDomainSSLCertificate. Nothing but Terraform's retries
// was seen of its answers.
var vodSSL = behindGateway(sslParameters, table{
	source:   pageVODSSL,
	evidence: Assumed,
	decision: ruleSuccessor,
	rows: slices.Concat(sslRows[:vodSSLRead], lent(sslRows[vodSSLRead:], sslNever), fromTable(
		&vodOriginal, InvalidDomainNotFound, IllegalOperation, ServiceBusy, OperationDenied, CertificateNotPermittedOff,
	)),
	mappings: replaced(assumed(sslMappings(
		mapping{cond: CondDomainNotFound, code: InvalidDomainNotFound, field: FieldDomainName},
		mapping{cond: CondDomainNotPermitted, code: IllegalOperation, field: FieldDomainName},
	)), mapping{cond: CondDomainOffline, code: InvalidDomainOffline, field: FieldDomainName, evidence: Reported, source: seenVODOffline}),
})

// sslUnmapped are the rows of the published table that are never answered.
var sslUnmapped = []unmappedRow{
	{code: CertificateNotFind, why: Message{
		"a certificate that is not in the certificate center earns SSLPri.MissingParameter (R3)",
		"证书中心没有的证书返回 SSLPri.MissingParameter（R3）",
	}},
	{code: CertificateFormatError, why: Message{
		"a damaged certificate earns InvalidSSLPub (R4)",
		"损坏的证书返回 InvalidSSLPub（R4）",
	}},
	{code: KeyMalformed, why: Message{
		"a damaged key earns InvalidSSLPri, as a damaged certificate earns InvalidSSLPub (R4)",
		"损坏的私钥返回 InvalidSSLPri，与证书的情形（R4）一致",
	}},
	{code: CertificateDuplicated, why: Message{
		"a name that is taken earns CertNameAlreadyExists, whose text says the same",
		"名称重复返回 CertNameAlreadyExists，两者含义相同",
	}},
	{code: InvalidDomainNotOnline, why: Message{
		"a domain that is offline earns InvalidDomain.Offline, whose text says the same",
		"域名下线返回 InvalidDomain.Offline，两者含义相同",
	}},
	{code: InvalidEnv, why: Message{
		"any value of Env is taken; only staging means something",
		"Env 可为任意值，只有 staging 有特殊含义",
	}},
	{code: AuthenticationFailed, why: internalFault},
	{code: CertStorageFailed, why: internalFault},
	{code: DecodeError, why: internalFault},
	{code: SSLPubError, why: internalFault},
	{code: SSLPriError, why: internalFault},
	{code: CreateCertificateFailed, why: internalFault},
	{code: DomainInSafeMode, why: Message{
		"nothing public says when a domain is in safe mode; a protected domain earns DomainInProtectedMode",
		"没有公开资料说明域名何时处于安全模式；受保护的域名返回 DomainInProtectedMode",
	}},
}

// internalFault is why a row is never answered that tells of a fault behind the service.
var internalFault = Message{
	"it tells of a fault inside the service, which no request and no state brings about",
	"它表示服务内部故障，与请求和状态无关",
}

// sslRows are the 32 rows of the published table.
var sslRows = []Row{
	{InvalidSSLProtocolValueNotSupported, 400, "The specified SSLProtocol is invalid.", OwnPage, none},
	{SSLPubMissingParameter, 400, "The SSLPub parameter is required.", OwnPage, none},
	{SSLPriMissingParameter, 400, "The SSLPri parameter is required.", OwnPage, none},
	{InvalidSSLPub, 400, "The specified SSLPub is invalid.", OwnPage, none},
	{InvalidSSLPri, 400, "The specified SSLPri is invalid.", OwnPage, none},
	{CertificateMissMatch, 400, "The SSLPri does not match the certificate.", OwnPage, none},
	{InvalidCertificateTooLong, 400, "The maximum length of the certificate is exceeded.", OwnPage, none},
	{InvalidCertNameTooLong, 400, "The length of the certificate name cannot exceed 128 characters.", OwnPage, none},
	{AuthenticationFailed, 400, "Error performing verification.", OwnPage, none},
	{SetDomainCertificateParameterError, 400, "The specified parameters are invalid.", OwnPage, none},
	{CertificateStatusError, 400, "The status of the certificate is invalid.", OwnPage, none},
	{DeleteFailed, 400, "Error deleting the certificate.", OwnPage, none},
	{CertificateNotFind, 400, "The certificate does not exist.", OwnPage, none},
	{CertificateDuplicated, 400, "The certificate name already exists.", OwnPage, none},
	{CertificateFormatError, 400, "The format of the certificate is invalid.", OwnPage, none},
	{CertificateKeyNull, 400, "The private key is required.", OwnPage, none},
	{KeyMalformed, 400, "The specified Key format is invalid.", OwnPage, none},
	{CertStorageFailed, 400, "Error saving the certificate.", OwnPage, none},
	{CertificateContentDuplicated, 400, "The certificate has been uploaded; do not upload again.", OwnPage, none},
	{CertificateExpired, 400, "The certificate has expired.", OwnPage, none},
	{InvalidDomainNotOnline, 400, "The domain is offline. Check the status of the domain and try again later.", OwnPage, none},
	{DecodeError, 400, "Error decoding the SSLPub or SSLPri certificate.", OwnPage, none},
	{SSLPubError, 400, "Error encoding SSLPub.", OwnPage, none},
	{SSLPriError, 400, "Error encoding SSLPri.", OwnPage, none},
	{DomainInSafeMode, 400, "The domain is in safe mode. To request permission, contact Customer Service.", OwnPage, none},
	{CreateCertificateFailed, 400, "Create certificate failed,please try again.", OwnPage, none},
	{AbsCertRegionValueNotSupported, 400, "CertRegion is not supported.", OwnPage, none},
	{CertNameAlreadyExists, 400, "The CertName already exists.", OwnPage, none},
	{InvalidDomainOffline, 400, "The domain provided is offline.", OwnPage, none},
	{InvalidEnv, 400, "The specified Env is invalid.", OwnPage, none},
	{DomainInProtectedMode, 403, "The domain is in protection mode. To request permission, contact Customer Service.", OwnPage, none},
	{CertNameMissingParameter, 404, "You must specify CertName.", OwnPage, none},
}

// cdnDescriptions are those of the rows of which the page of the operation in Chinese is
// known.
var cdnDescriptions = map[Code]string{
	SSLPubMissingParameter: "SSLPub参数缺失。",
}

// cdnCodeDescriptions are those of the product's list of error codes in Chinese, as far as
// it is known.
var cdnCodeDescriptions = map[Code]string{
	AbsCertRegionValueNotSupported: "不支持的证书地域。",
}

// dcdnDescriptions are those of the rows that CDN's table has, too. The page was that of
// SetDcdnDomainCertificate then, and is that of its successor now.
var dcdnDescriptions = map[Code]string{
	InvalidSSLProtocolValueNotSupported: "不支持该HTTPS证书开关，请填写on或off。",
	SSLPubMissingParameter:              "请填写SSLPub。",
	SSLPriMissingParameter:              "请填写SSLPri。",
	InvalidSSLPub:                       "SSLPub错误，请重新填写。",
	InvalidSSLPri:                       "SSLPri错误，请填写正确的SSLPri。",
	CertificateMissMatch:                "证书与私钥不匹配。",
	InvalidCertificateTooLong:           "Certificate长度超过限制。",
	InvalidCertNameTooLong:              "证书名称不能超过128个字符。",
	AuthenticationFailed:                "身份验证失败。",
	SetDomainCertificateParameterError:  "参数错误，请填写正确的参数再重试。",
	CertificateStatusError:              "证书状态错误。",
	DeleteFailed:                        "删除证书失败。",
	CertificateNotFind:                  "证书不存在。",
	CertificateDuplicated:               "证书重复。",
	CertificateFormatError:              "证书格式错误。",
	CertificateKeyNull:                  "私钥不能为空。",
	KeyMalformed:                        "参数Key 格式错误。",
	CertStorageFailed:                   "证书保存失败。",
	CertificateContentDuplicated:        "证书已经上传，请不要再次上传。",
	CertificateExpired:                  "证书过期了",
	InvalidDomainNotOnline:              "域名未在线，请检查域名状态，稍后再试。",
	DecodeError:                         "证书 sslpub 或 sslpri 解码错误。",
	SSLPubError:                         "sslPub 编码失败。",
	SSLPriError:                         "sslPri 编码失败。",
	DomainInSafeMode:                    "此域名处于安全模式。如果您想做这个操作，请工单联系我们。",
	DomainInProtectedMode:               "此域名处于被保护模式。如果您想做这个操作，请联系我们。",
}

// fromOriginal returns rows that are borrowed from the original operation.
func fromOriginal(codes ...Code) []Row { return fromTable(&cdnOriginal, codes...) }

// fromTable returns rows that are borrowed from a table.
func fromTable(t *table, codes ...Code) (rows []Row) {
	for _, code := range codes {
		rows = append(rows, borrowed(t.row(&mapping{code: code})))
	}
	return rows
}

// lent returns rows as borrowed ones, without those of some codes.
func lent(rows []Row, without func(Code) bool) (all []Row) {
	for _, row := range rows {
		if !without(row.Code) {
			all = append(all, borrowed(row))
		}
	}
	return all
}

// sslNever reports whether the rows of a code are never answered.
func sslNever(code Code) bool {
	return slices.ContainsFunc(sslUnmapped, func(u unmappedRow) bool { return u.code == code })
}

// assumed returns the mappings without the evidence, which is that of another operation.
func assumed(mappings []mapping) []mapping {
	for i := range mappings {
		mappings[i].evidence, mappings[i].source = 0, 0
	}
	return mappings
}

// replaced returns the mappings with another one for its condition.
func replaced(mappings []mapping, by mapping) []mapping {
	for i := range mappings {
		if mappings[i].cond == by.cond {
			mappings[i] = by
		}
	}
	return mappings
}

// sslMappings are the conditions behind those of the gateway, in the order of checking.
// The operations have different rows for a domain that does not exist or is not the
// caller's.
func sslMappings(notFound, notPermitted mapping) []mapping {
	return []mapping{
		// The request alone.
		{cond: CondDomainNameMalformed, code: SetDomainCertificateParameterError, field: FieldDomainName, contrary: contraryDomain},
		{cond: CondStatusUnsupported, code: InvalidSSLProtocolValueNotSupported, field: FieldStatus},
		{cond: CondCertTypeUnsupported, code: SetDomainCertificateParameterError, field: FieldCertType},
		{cond: CondCertNameMalformed, code: SetDomainCertificateParameterError, field: FieldCertName, contrary: contraryNames},
		{cond: CondCertNameTooLong, code: InvalidCertNameTooLong, field: FieldCertName},
		{cond: CondCertRegionUnsupported, code: AbsCertRegionValueNotSupported, field: FieldCertRegion},
		{cond: CondCertificateUnidentified, code: CertNameMissingParameter, field: FieldCertName},
		{cond: CondCertificateMissing, code: SSLPubMissingParameter, field: FieldCertificate, evidence: Observed, source: seenAbsent, contrary: contraryEmpty},
		{cond: CondPrivateKeyMissing, code: SSLPriMissingParameter, field: FieldPrivateKey, evidence: Observed, source: seenAbsent},
		{cond: CondCertificateTooLong, code: InvalidCertificateTooLong, field: FieldCertificate},
		{cond: CondPrivateKeyTooLong, code: InvalidCertificateTooLong, field: FieldPrivateKey},
		{cond: CondPrivateKeyBlank, code: CertificateKeyNull, field: FieldPrivateKey},
		{cond: CondCertificateNotPEM, code: InvalidSSLPub, field: FieldCertificate, evidence: Reported, source: seenDamage},
		{cond: CondPrivateKeyNotPEM, code: InvalidSSLPri, field: FieldPrivateKey},
		{cond: CondCertificateMalformed, code: InvalidSSLPub, field: FieldCertificate},
		{cond: CondCertificateNotServer, code: InvalidSSLPub, field: FieldCertificate},
		{cond: CondSecondLeaf, code: InvalidSSLPub, field: FieldCertificate, evidence: Reported, source: seenChains},
		{cond: CondPrivateKeyEncrypted, code: InvalidSSLPri, field: FieldPrivateKey, evidence: Observed, source: seenInvalidKey, contrary: contraryEncrypted},
		{cond: CondPrivateKeyUnsupported, code: InvalidSSLPri, field: FieldPrivateKey, evidence: Observed, source: seenInvalidKey},
		{cond: CondPrivateKeyMalformed, code: InvalidSSLPri, field: FieldPrivateKey, evidence: Observed, source: seenInvalidKey},
		{cond: CondKeyMismatch, code: CertificateMissMatch, field: FieldPrivateKey},
		{cond: CondCertificateExpired, code: CertificateExpired, field: FieldCertificate},
		{cond: CondCertificateNotYetValid, code: CertificateStatusError, field: FieldCertificate},

		// The state behind the service.
		{cond: CondAccountSuspended, code: OperationDenied},
		notFound,
		notPermitted,
		{cond: CondDomainOffline, code: InvalidDomainOffline, field: FieldDomainName},
		{cond: CondDomainConfiguring, code: ServiceBusy, field: FieldDomainName},
		{cond: CondCertificateNotFound, code: SSLPriMissingParameter, field: FieldCertName, evidence: Observed, source: seenNoKey},
		{cond: CondCertificateStatusBad, code: CertificateStatusError, field: FieldCertName},
		{cond: CondStoredKeyMissing, code: SSLPriMissingParameter, field: FieldPrivateKey},
		{cond: CondStoredKeyMismatch, code: CertificateMissMatch, field: FieldPrivateKey},
		{cond: CondCertNameDuplicated, code: CertNameAlreadyExists, field: FieldCertName},
		{cond: CondContentDuplicated, code: CertificateContentDuplicated, field: FieldCertificate, contrary: contraryAgain},
		{cond: CondTurnOffNotPermitted, code: CertificateNotPermittedOff, field: FieldStatus},
		{cond: CondCertificateDeleteFailed, code: DeleteFailed, field: FieldStatus},
		{cond: CondDomainProtected, code: DomainInProtectedMode, field: FieldDomainName},
	}
}
