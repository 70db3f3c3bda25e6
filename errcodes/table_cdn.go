package errcodes

var domainParameters = []Parameter{
	{Field: FieldDomainName, Name: "DomainName", Required: true},
	{Field: FieldStatus, Name: "ServerCertificateStatus"}, // absent: off
	{Field: FieldCertificate, Name: "ServerCertificate"},
	{Field: FieldPrivateKey, Name: "PrivateKey"},
	{Field: FieldCertType, Name: "CertType"},
	{Field: FieldCertName, Name: "CertName", Limit: certNameLimit},
	{Field: FieldOverwrite, Name: "ForceSet"},
}

// certNameLimit is what the pages of the operations on domains allow.
const certNameLimit = 128

// cdnOriginal is the table of CDN SetDomainServerCertificate, 24 rows.
var cdnOriginal = table{
	source: pageCDN,
	rows: []Row{
		{InvalidDomainNotFound, 404, "The domain provided does not belong to you.", OwnPage, onPage(pageCDN, "域名不存在或不属于当前用户。")},
		{IllegalOperation, 403, "Illegal domain operate is not permitted.", OwnPage, onPage(pageCDN, "没有权限执行当前操作。")},
		{ServiceBusy, 403, "The specified Domain is configuring, please retry later.", OwnPage, onPage(pageCDN, "域名正在配置中，请稍后再试。")},
		{InvalidDomainOffline, 400, "The domain provided is offline.", OwnPage, onPage(pageCDN, "域名已下线。")},
		{OperationDenied, 403, "Your CDN service is suspended.", OwnPage, onPage(pageCDN, "该账号已经欠费，请充值。")},
		{InvalidServerCertificateStatusValueNotSupported, 400, "The specified value of parameter Enable is not supported.", OwnPage, onPage(pageCDN, "ServerCertificateStatus的值不合法。")},
		{ServerCertificateMissingParameter, 400, "An input parameter ServerCertificate that is mandatory for processing the request is not supplied.", OwnPage, onPage(pageCDN, "ServerCertificate参数缺失。")},
		{PrivateKeyMissingParameter, 400, "An input parameter PrivateKey that is mandatory for processing the request is not supplied.", OwnPage, onPage(pageCDN, "PrivateKey参数缺失。")},
		{InvalidCertificate, 400, "The Certificate you provided is malformed!", OwnPage, onPage(pageCDN, "证书内容不合法。")},
		{InvalidPrivateKey, 400, "The Private Key you provided is malformed!", OwnPage, onPage(pageCDN, "私钥内容不合法。")},
		{CertificateMissMatch, 400, "The Private Key does not math the specified Certificate!", OwnPage, onPage(pageCDN, "证书和私钥不匹配。")},
		{InvalidCertificateTooLong, 400, "The Certificate you provided is over the max length!", OwnPage, onPage(pageCDN, "证书内容超过长度限制。")},
		{InvalidCertNameTooLong, 400, "The Certificate name you provided is over the max length 128!", OwnPage, onPage(pageCDN, "证书名称不能超过128个字符。")},
		{SetDomainServerCertificateParameterError, 400, "Parameters have error.", OwnPage, onPage(pageCDN, "参数错误。")},
		{CertificateStatusError, 400, "Certificate is not exist or its status is error.", OwnPage, onPage(pageCDN, "证书不存在或证书状态错误。")},
		{DeleteFailed, 400, "Delete certificate is failed.", OwnPage, onPage(pageCDN, "删除证书失败。")},
		{CertificateNotFind, 400, "Not find the certificate info.", OwnPage, onPage(pageCDN, "没有查到相应证书。")},
		{CertificateDuplicated, 400, "The certificate name is duplicated.", OwnPage, onPage(pageCDN, "证书名称重复。")},
		{CertificateFormatError, 400, "The certificate format is error.", OwnPage, onPage(pageCDN, "证书格式错误。")},
		{CertificateStatusError, 400, "The certificate status is error.", OwnPage, onPage(pageCDN, "证书状态错误。")},
		{CertificateKeyNull, 400, "The private key is not null.", OwnPage, onPage(pageCDN, "私钥不能为空。")},
		{KeyMalformed, 400, "The private key format is error.", OwnPage, onPage(pageCDN, "私钥格式错误。")},
		{CertificateNotPermittedOff, 400, "Turn off certificate will change domain scheduling, please contact customer service.", OwnPage, onPage(pageCDN, "关闭证书会影响该域名调度，请联系客服调整。")},
		{CertificateSettedNotEffect, 400, "Certificate was successfully setted but does't take effect for protecting current service, please contact customer service.", OwnPage, onPage(pageCDN, "证书已经设置成功，但为保护当前服务还未生效，请联系客服处理。")},
	},
	mappings: []mapping{
		// The request alone.
		{cond: CondDomainNameMissing, code: SetDomainServerCertificateParameterError, field: FieldDomainName, contrary: contraryGateway},
		{cond: CondDomainNameMalformed, code: SetDomainServerCertificateParameterError, field: FieldDomainName, contrary: contraryDomain},
		{cond: CondStatusUnsupported, code: InvalidServerCertificateStatusValueNotSupported, field: FieldStatus},
		{cond: CondCertTypeUnsupported, code: SetDomainServerCertificateParameterError, field: FieldCertType},
		{cond: CondForceSetUnsupported, code: SetDomainServerCertificateParameterError, field: FieldOverwrite},
		{cond: CondCertNameMalformed, code: SetDomainServerCertificateParameterError, field: FieldCertName, contrary: contraryNames},
		{cond: CondCertNameTooLong, code: InvalidCertNameTooLong, field: FieldCertName},
		{cond: CondCertificateUnidentified, code: SetDomainServerCertificateParameterError, field: FieldCertName},
		{cond: CondCertificateMissing, code: ServerCertificateMissingParameter, field: FieldCertificate},
		{cond: CondPrivateKeyMissing, code: PrivateKeyMissingParameter, field: FieldPrivateKey},
		{cond: CondCertificateTooLong, code: InvalidCertificateTooLong, field: FieldCertificate},
		{cond: CondPrivateKeyTooLong, code: InvalidCertificateTooLong, field: FieldPrivateKey},
		{cond: CondPrivateKeyBlank, code: CertificateKeyNull, field: FieldPrivateKey},
		{cond: CondCertificateNotPEM, code: CertificateFormatError, field: FieldCertificate, contrary: contraryDamage},
		{cond: CondPrivateKeyNotPEM, code: KeyMalformed, field: FieldPrivateKey},
		{cond: CondCertificateMalformed, code: InvalidCertificate, field: FieldCertificate},
		{cond: CondCertificateNotServer, code: InvalidCertificate, field: FieldCertificate},
		{cond: CondPrivateKeyEncrypted, code: InvalidPrivateKey, field: FieldPrivateKey, contrary: contraryEncrypted},
		{cond: CondPrivateKeyUnsupported, code: InvalidPrivateKey, field: FieldPrivateKey},
		{cond: CondPrivateKeyMalformed, code: InvalidPrivateKey, field: FieldPrivateKey},
		{cond: CondKeyMismatch, code: CertificateMissMatch, field: FieldPrivateKey},
		{cond: CondCertificateExpired, code: CertificateStatusError, nth: 1, field: FieldCertificate},
		{cond: CondCertificateNotYetValid, code: CertificateStatusError, nth: 1, field: FieldCertificate},

		// The state behind the service.
		{cond: CondAccountSuspended, code: OperationDenied},
		{cond: CondDomainNotFound, code: InvalidDomainNotFound, field: FieldDomainName},
		{cond: CondDomainNotPermitted, code: IllegalOperation, field: FieldDomainName},
		{cond: CondDomainOffline, code: InvalidDomainOffline, field: FieldDomainName},
		{cond: CondDomainConfiguring, code: ServiceBusy, field: FieldDomainName},
		{cond: CondCertificateNotFound, code: CertificateNotFind, field: FieldCertName},
		{cond: CondFreeCertificateUnavailable, code: CertificateStatusError, nth: 0, field: FieldDomainName},
		{cond: CondCertificateStatusBad, code: CertificateStatusError, nth: 1, field: FieldCertName},
		{cond: CondStoredKeyMissing, code: CertificateKeyNull, field: FieldPrivateKey},
		{cond: CondStoredKeyMismatch, code: CertificateMissMatch, field: FieldPrivateKey},
		{cond: CondCertNameDuplicated, code: CertificateDuplicated, field: FieldCertName},
		{cond: CondTurnOffNotPermitted, code: CertificateNotPermittedOff, field: FieldStatus},
		{cond: CondCertificateDeleteFailed, code: DeleteFailed, field: FieldStatus},
		{cond: CondSetNotEffective, code: CertificateSettedNotEffect, field: FieldDomainName},
	},
}
