package errcodes

import (
	"iter"
	"time"
)

// Condition is one thing that can be wrong with a request or with the state it
// meets, in this library's own words. Operations spell the same condition
// differently; a [Table] says how. The zero value is no condition: success.
//
// A Condition is an error value, so that it can be the target of [errors.Is]
// where a code is too coarse:
//
//	if errors.Is(err, errcodes.CondPrivateKeyEncrypted) { … }
type Condition uint8

// Conditions that the request itself shows, in the order in which they are
// checked. [Condition.Meaning] says what each means, [Condition.Hint] what to do.
const (
	CondParameterMissing Condition = iota + 1
	CondParameterUnreadable
	CondDomainNameMissing
	CondDomainNameMalformed
	CondStatusUnsupported
	CondCertTypeUnsupported
	CondForceSetUnsupported
	CondCertNameMissing
	CondCertNameMalformed
	CondCertNameCharacters
	CondCertNameTooLong
	CondCertIDMalformed
	CondCertRegionUnsupported
	CondCertificateUnidentified
	CondCertificateMissing
	CondPrivateKeyMissing
	CondCertificateTooLong
	CondPrivateKeyTooLong
	CondPrivateKeyBlank
	CondCertificateNotPEM
	CondPrivateKeyNotPEM
	CondCertificateMalformed
	CondCertificateNotServer
	CondSecondLeaf
	CondPrivateKeyEncrypted
	CondPrivateKeyUnsupported
	CondPrivateKeyMalformed
	CondKeyMismatch
	CondCertificateExpired
	CondCertificateNotYetValid

	CondListenerIDMissing
	CondCertificatesMissing
	CondTooManyCertificates
	CondCertificateIDMissing
	CondCertificateIDMalformed
	CondClientTokenTooLong
	CondClientTokenNotASCII
	CondDryRunMalformed
	CondCertificateRepeated
)

// Conditions that only the state behind the service can show.
const (
	CondAccountSuspended Condition = iota + CondCertificateRepeated + 1
	CondDomainNotFound
	CondDomainNotPermitted
	CondDomainOffline
	CondDomainConfiguring
	CondCertificateNotFound
	CondFreeCertificateUnavailable
	CondCertificateStatusBad
	CondStoredKeyMissing
	CondStoredKeyMismatch
	CondCertNameDuplicated
	CondContentDuplicated
	CondTurnOffNotPermitted
	CondCertificateDeleteFailed
	CondSetNotEffective
	CondDomainProtected
	CondCertificateInUse

	CondSiteNotFound
	CondPlanNotOnline
	CondSiteCertificateNotFound
	CondSiteNotCovered

	CondLoadBalancerNotFound
	CondListenerMalformed
	CondListenerPortUsed
	CondListenerNotFound
	CondLoadBalancerForbidden
	CondListenerProtocolUnsupported
	CondTokenReused
	CondListenerConfiguring
	CondListenerNotRunning
	CondDefaultCertificateMissing
	CondCertificateIsDefault
	CondCertificateAssociated
	CondCertificateNotAssociated
	CondQuotaExceeded
	CondListenerPortInvalid
	CondLoadBalancerConfiguring
	CondListenerStopping
	CondCertificateOtherRegion
	CondDomainExtensionNotFound
	CondDomainExtensionExists
	CondDryRun
	CondJobNotFound

	numConditions // one more than the last condition
)

// Conditions yields every condition of every operation, in the order of their
// declaration.
func Conditions() iter.Seq[Condition] { return values(numConditions) }

// String returns the condition's name, such as "KeyMismatch", and "" for none.
func (c Condition) String() string {
	if c >= numConditions {
		return nameOf(nil, c)
	}
	return conditions[c].name
}

// Error returns the name. It makes Condition a target for [errors.Is].
func (c Condition) Error() string { return c.String() }

// Meaning says what the condition is, in one sentence.
func (c Condition) Meaning() Message { return c.info().meaning }

// Hint says what to do about it.
func (c Condition) Hint() Message { return c.info().hint }

// Evidence says what the rule "this input is refused" rests on. Where a rule is
// shared by operations whose documents differ, [Table.Evidence] has the evidence
// for one operation.
func (c Condition) Evidence() Evidence { return c.info().evidence }

// MarshalText encodes the condition as its name, and fails for a number
// without one.
func (c Condition) MarshalText() ([]byte, error) { return marshal(c, numConditions, "condition") }

// UnmarshalText decodes a name that MarshalText wrote, and refuses others.
func (c *Condition) UnmarshalText(text []byte) error {
	return unmarshal(c, numConditions, "condition", text)
}

// aboutCertificate reports whether an error of the condition that has a block is about a
// certificate in it.
func (c Condition) aboutCertificate() bool {
	switch c {
	case CondCertificateMalformed, CondCertificateNotServer, CondCertificateExpired, CondCertificateNotYetValid:
		return true
	default:
		return false
	}
}

func (c Condition) info() conditionInfo {
	if c >= numConditions {
		return conditionInfo{}
	}
	return conditions[c]
}

// A conditionInfo holds all that is said about a condition. Its source is where the
// evidence can be read if the operation's own page does not have it.
type conditionInfo struct {
	name          string
	evidence      Evidence
	meaning, hint Message
	source        source
	action        Action        // what a program can do about it; 0: change the request
	after         time.Duration // before the next try
}

// Hints that serve more than one condition.
var (
	hintRollout = Message{
		"wait for the roll-out in progress to finish, then call again",
		"等待进行中的配置下发完成后重试",
	}
	hintToken = Message{
		"use at most 64 ASCII characters, such as a UUID",
		"不超过 64 个 ASCII 字符，例如 UUID",
	}
)

var conditions = [numConditions]conditionInfo{
	CondParameterMissing: {
		name: "ParameterMissing", evidence: Observed,
		meaning: Message{"a parameter that the operation requires is absent or empty", "缺少必填参数，或其值为空"},
		hint:    Message{"set the parameter; an empty value counts as none", "填写该参数；空值等于未填"},
		source:  seenMissing,
	},
	CondParameterUnreadable: {
		name: "ParameterUnreadable", evidence: Documented,
		meaning: Message{"a value cannot be read as the type of its parameter", "参数值与其类型不符"},
		hint: Message{
			`use "true" or "false", a decimal number, or one numbered parameter for each element, as the type wants`,
			`请按类型填写："true" 或 "false"、十进制数字，或每个元素一个带序号的参数`,
		},
		source: seenUnreadable,
	},
	CondDomainNameMissing: {
		name: "DomainNameMissing", evidence: Documented,
		meaning: Message{"no domain name is given", "未提供域名"},
		hint:    Message{"set DomainName to the accelerated domain, or Domain of a listener to that of the certificate", "将 DomainName 设为加速域名；监听的 Domain 设为证书对应的域名"},
	},
	CondDomainNameMalformed: {
		name: "DomainNameMalformed", evidence: Assumed, source: ruleParameters,
		meaning: Message{"the domain name is not one host name", "域名不是单个合法的主机名"},
		hint: Message{
			"give exactly one host name of letters, digits and hyphens (or its Unicode form), at most 253 octets; one call per domain",
			"只填一个由字母、数字和连字符组成的主机名（或其 Unicode 形式），不超过 253 个字节；每个域名调用一次",
		},
	},
	CondStatusUnsupported: {
		name: "StatusUnsupported", evidence: Documented,
		meaning: Message{"the HTTPS status is neither on nor off", "HTTPS 状态既不是 on 也不是 off"},
		hint:    Message{`spell it exactly "on" or "off", in lower case`, `请准确填写小写的 "on" 或 "off"`},
	},
	CondCertTypeUnsupported: {
		name: "CertTypeUnsupported", evidence: Documented,
		meaning: Message{"the certificate type is none that the operation knows", "证书类型不是该接口支持的取值"},
		hint: Message{
			`use "upload" or "cas"; SetDomainServerCertificate also knows "free"`,
			`请使用 "upload" 或 "cas"；SetDomainServerCertificate 还支持 "free"`,
		},
	},
	CondForceSetUnsupported: {
		name: "ForceSetUnsupported", evidence: Assumed, source: ruleParameters,
		meaning: Message{"ForceSet is given and is neither 0 nor 1", "ForceSet 的值既不是 0 也不是 1"},
		hint:    Message{"set ForceSet to 1 to overwrite a certificate of the same name, or leave it out", "需要覆盖同名证书时将 ForceSet 设为 1，否则不传"},
	},
	CondCertNameMissing: {
		name: "CertNameMissing", evidence: Documented,
		meaning: Message{"no name is given for the certificate", "未提供证书名称"},
		hint:    Message{"set Name to a name that no other certificate of the account has", "将 Name 设为账号内不重复的名称"},
		source:  seenMetadata,
	},
	CondCertNameMalformed: {
		name: "CertNameMalformed", evidence: Assumed, source: ruleParameters,
		meaning: Message{"the certificate name is not valid UTF-8 or holds a control character", "证书名称不是合法的 UTF-8，或含有控制字符"},
		hint:    Message{"use printable text in UTF-8", "请使用 UTF-8 编码的可见字符"},
	},
	CondCertNameCharacters: {
		name: "CertNameCharacters", evidence: Documented, source: pageCLB,
		meaning: Message{"the certificate name does not begin with a letter, or holds a character that the operation does not take", "证书名称不以字母开头，或含有该接口不支持的字符"},
		hint: Message{
			"begin it with a letter; then letters, digits, full stops, underscores, hyphens and slashes may follow",
			"以字母开头，其后可使用字母、数字、点号、下划线、连字符和斜杠",
		},
	},
	CondCertNameTooLong: {
		name: "CertNameTooLong", evidence: Documented,
		meaning: Message{"the certificate name has more characters than the operation allows", "证书名称的字符数超过该接口的限制"},
		hint:    Message{"shorten it to 128 characters, to 80 for UploadServerCertificate, or to 63 for UploadUserCertificate; characters count, not bytes", "缩短到 128 个字符以内（UploadServerCertificate 为 80 个，UploadUserCertificate 为 63 个）；按字符计，不按字节计"},
	},
	CondCertIDMalformed: {
		name: "CertIDMalformed", evidence: Assumed, source: ruleGateway,
		meaning: Message{"the certificate id is not a decimal number", "证书 ID 不是十进制数字"},
		hint:    Message{"give the number alone, such as 1234567; the region goes into CertRegion", "只填写数字，例如 1234567；地域填写在 CertRegion 中"},
	},
	CondCertRegionUnsupported: {
		name: "CertRegionUnsupported", evidence: Documented,
		meaning: Message{"the certificate center has no such region", "证书中心没有该地域"},
		hint:    Message{`use "cn-hangzhou", which is the default, or "ap-southeast-1"`, `请使用 "cn-hangzhou"（默认）或 "ap-southeast-1"`},
	},
	CondCertificateUnidentified: {
		name: "CertificateUnidentified", evidence: Assumed, source: ruleStored,
		meaning: Message{"a certificate of the certificate center is wanted, but nothing says which", "要使用证书中心的证书，但没有指明是哪一张"},
		hint: Message{
			"name it in CertName, or give what else the operation knows it by: its content, or its CertId",
			"用 CertName 指明证书名称，或提供该接口支持的其他标识：证书内容或 CertId",
		},
	},
	CondCertificateMissing: {
		name: "CertificateMissing", evidence: Documented,
		meaning: Message{"the certificate is absent", "未提供证书"},
		hint:    Message{"give the certificate chain in PEM form, leaf first", "提供 PEM 格式的证书链，服务器证书在最前"},
	},
	CondPrivateKeyMissing: {
		name: "PrivateKeyMissing", evidence: Documented,
		meaning: Message{"the private key is absent", "未提供私钥"},
		hint:    Message{"give the private key of the leaf in PEM form", "提供服务器证书对应的 PEM 格式私钥"},
	},
	CondCertificateTooLong: {
		name: "CertificateTooLong", evidence: Documented,
		meaning: Message{"the certificate text is longer than the limit", "证书内容超过长度限制"},
		hint:    Message{"send only the leaf and its intermediates, without comments or the root", "只发送服务器证书和中间证书，去掉注释和根证书"},
	},
	CondPrivateKeyTooLong: {
		name: "PrivateKeyTooLong", evidence: Documented,
		meaning: Message{"the private-key text is longer than the limit", "私钥内容超过长度限制"},
		hint:    Message{"send the one private-key block and nothing else", "只发送一个私钥块，不要包含其他内容"},
	},
	CondPrivateKeyBlank: {
		name: "PrivateKeyBlank", evidence: Assumed, source: ruleContent,
		meaning: Message{"the private key is given, but there is nothing in it", "提供了私钥参数，但内容为空"},
		hint:    Message{"check the file or variable that the key is read from", "检查读取私钥的文件或变量"},
	},
	CondCertificateNotPEM: {
		name: "CertificateNotPEM", evidence: Documented,
		meaning: Message{"the certificate text is not a clean sequence of CERTIFICATE blocks in PEM form", "证书内容不是完整规范的 PEM 格式 CERTIFICATE 块"},
		hint: Message{
			"send only CERTIFICATE blocks, each BEGIN or END line on a line of its own",
			"只发送 CERTIFICATE 块，BEGIN 行和 END 行各占一行",
		},
	},
	CondPrivateKeyNotPEM: {
		name: "PrivateKeyNotPEM", evidence: Documented,
		meaning: Message{"the private-key text is not one sound private-key block in PEM form", "私钥内容不是一个完整规范的 PEM 格式私钥块"},
		hint: Message{
			"send exactly one block RSA PRIVATE KEY, EC PRIVATE KEY or PRIVATE KEY",
			"只发送一个 RSA PRIVATE KEY、EC PRIVATE KEY 或 PRIVATE KEY 块",
		},
	},
	CondCertificateMalformed: {
		name: "CertificateMalformed", evidence: Documented,
		meaning: Message{"a block does not hold a certificate that a TLS server can load, or the leaf's public key is of a kind that is not served", "某个块不是 TLS 服务器可加载的证书，或服务器证书的公钥类型不受支持"},
		hint: Message{
			"copy the certificate again from where the CA gave it; openssl x509 -noout -text -in cert.pem shows whether it can be read",
			"请从 CA 处重新复制证书；可用 openssl x509 -noout -text -in cert.pem 查看能否读取",
		},
	},
	CondCertificateNotServer: {
		name: "CertificateNotServer", evidence: Assumed, source: ruleUsage,
		meaning: Message{"the certificate is not usable by a TLS server", "该证书不能用于 TLS 服务器"},
		hint: Message{
			"send a server certificate: one with the extended key usage serverAuth and the key usage digitalSignature",
			"请发送服务器证书：扩展密钥用法包含 serverAuth，密钥用法包含 digitalSignature",
		},
	},
	CondSecondLeaf: {
		name: "SecondLeaf", evidence: Reported,
		meaning: Message{"the text holds a second server certificate behind the first one", "证书内容中除第一份外还有另一份服务器证书"},
		hint: Message{
			"send one chain: the certificate of this domain and its intermediates; upload the other one by a call of its own",
			"只发送一条证书链：该域名的证书及其中间证书；另一份证书单独上传",
		},
		source: seenChains,
	},
	CondPrivateKeyEncrypted: {
		name: "PrivateKeyEncrypted", evidence: Assumed, source: ruleContent,
		meaning: Message{"the private key is protected by a pass-phrase", "私钥被口令加密"},
		hint:    Message{"decrypt it first: openssl pkey -in key.pem -out plain.pem", "先解密：openssl pkey -in key.pem -out plain.pem"},
	},
	CondPrivateKeyUnsupported: {
		name: "PrivateKeyUnsupported", evidence: Assumed, source: ruleContent,
		meaning: Message{"the private key is of an algorithm or curve that is not served", "私钥的算法或曲线不受支持"},
		hint: Message{
			"use an RSA key (at least 2048 bits) or an ECDSA key on P-256, and a certificate issued for it",
			"使用至少 2048 位的 RSA 密钥，或 P-256 曲线的 ECDSA 密钥，并为其签发证书",
		},
	},
	CondPrivateKeyMalformed: {
		name: "PrivateKeyMalformed", evidence: Documented,
		meaning: Message{"the private key is not well formed, or its parts contradict each other", "私钥结构不合法，或其各部分自相矛盾"},
		hint:    Message{"export the key again from where it was made; openssl pkey -check shows what is wrong with it", "从生成处重新导出私钥；可用 openssl pkey -check 查看问题"},
	},
	CondKeyMismatch: {
		name: "KeyMismatch", evidence: Documented,
		meaning: Message{"the private key is not that of the first certificate", "私钥与第一份证书不匹配"},
		hint:    Message{"send the key that the leaf was issued for, and the leaf as the first certificate", "发送与服务器证书对应的私钥，并将服务器证书放在最前"},
	},
	CondCertificateExpired: {
		name: "CertificateExpired", evidence: Assumed, source: ruleValidity,
		meaning: Message{"the first certificate has expired", "第一份证书已过期"},
		hint:    Message{"renew the certificate; if it was renewed, check that the new file is sent", "续期证书；如已续期，请确认发送的是新文件"},
	},
	CondCertificateNotYetValid: {
		name: "CertificateNotYetValid", evidence: Assumed, source: ruleValidity,
		meaning: Message{"the first certificate is not valid yet", "第一份证书尚未生效"},
		hint:    Message{"wait until it is valid, or check the clock of the machine that issued it", "等待其生效，或检查签发机器的时钟"},
	},

	CondListenerIDMissing: {
		name: "ListenerIDMissing", evidence: Documented,
		meaning: Message{"no listener is given", "未提供监听 ID"},
		hint:    Message{"set ListenerId to the id of an HTTPS or QUIC listener", "将 ListenerId 设为 HTTPS 或 QUIC 监听的 ID"},
	},
	CondCertificatesMissing: {
		name: "CertificatesMissing", evidence: Documented,
		meaning: Message{"no certificate, or no domain for GA, is given", "未提供证书（或 GA 的域名）"},
		hint:    Message{"give 1 to 15 entries as Certificates.1.CertificateId, Certificates.2.CertificateId, …; for NLB as AdditionalCertificateIds.1, AdditionalCertificateIds.2, …; for GA 1 to 10 domains", "按 Certificates.1.CertificateId、Certificates.2.CertificateId … 提供 1 至 15 项；NLB 为 AdditionalCertificateIds.1、AdditionalCertificateIds.2 …；GA 为 1 至 10 个域名"},
	},
	CondTooManyCertificates: {
		name: "TooManyCertificates", evidence: Documented,
		meaning: Message{"more certificates are given in one call than the operation takes", "一次调用提供的证书数超过该接口的限制"},
		hint:    Message{"split them over several calls, waiting for each job to finish", "拆分为多次调用，每次等待任务完成"},
	},
	CondCertificateIDMissing: {
		name: "CertificateIDMissing", evidence: Documented,
		meaning: Message{"an entry has no certificate id", "某一项没有证书 ID"},
		hint:    Message{"set the certificate id in every entry, or leave the entry out", "为每一项设置证书 ID，或去掉该项"},
	},
	CondCertificateIDMalformed: {
		name: "CertificateIDMalformed", evidence: Assumed, source: ruleALB,
		meaning: Message{"a certificate id holds white space, control or non-ASCII characters", "证书 ID 含有空白、控制字符或非 ASCII 字符"},
		hint:    Message{"give the id as the certificate center shows it, such as 1234567-cn-hangzhou", "填写证书中心显示的 ID，例如 1234567-cn-hangzhou"},
	},
	CondClientTokenTooLong: {
		name: "ClientTokenTooLong", evidence: Documented,
		meaning: Message{"the client token has more than 64 characters", "客户端 Token 超过 64 个字符"},
		hint:    hintToken,
	},
	CondClientTokenNotASCII: {
		name: "ClientTokenNotASCII", evidence: Documented,
		meaning: Message{"the client token holds a character that is not printable ASCII", "客户端 Token 含有非 ASCII 或控制字符"},
		hint:    hintToken,
	},
	CondDryRunMalformed: {
		name: "DryRunMalformed", evidence: Documented,
		meaning: Message{"DryRun is neither true nor false", "DryRun 既不是 true 也不是 false"},
		hint:    Message{`use "true" or "false"`, `请填写 "true" 或 "false"`},
	},
	CondCertificateRepeated: {
		name: "CertificateRepeated", evidence: Assumed, source: ruleALB,
		meaning: Message{"the same certificate id, or the same domain for GA, stands twice in one request", "同一请求中重复出现同一证书 ID（GA 为同一域名）"},
		hint:    Message{"name each certificate or domain once", "每张证书或每个域名只写一次"},
	},

	CondAccountSuspended: {
		name: "AccountSuspended", evidence: Documented, action: Stop,
		meaning: Message{"the account's CDN service is suspended for overdue payment", "账号欠费，CDN 服务已停用"},
		hint:    Message{"settle the account's balance", "为账号充值"},
	},
	CondDomainNotFound: {
		name: "DomainNotFound", evidence: Documented,
		meaning: Message{"the domain does not exist or belongs to another account", "域名不存在或不属于当前账号"},
		hint:    Message{"check the domain name and the account whose keys are used", "检查域名，以及所用密钥所属的账号"},
	},
	CondDomainNotPermitted: {
		name: "DomainNotPermitted", evidence: Documented, action: Stop,
		meaning: Message{"the caller may not operate the domain, or it is not of the HTTPS acceleration type", "调用者无权操作该域名，或该域名不是 HTTPS 加速类型"},
		hint: Message{
			"grant the calling identity access to the domain, or choose a domain of the HTTPS acceleration type",
			"为调用身份授予该域名的权限，或改用 HTTPS 加速类型的域名",
		},
	},
	CondDomainOffline: {
		name: "DomainOffline", evidence: Documented, action: Stop,
		meaning: Message{"the domain is offline", "域名已下线"},
		hint:    Message{"bring the domain online first", "先启用该域名"},
	},
	CondDomainConfiguring: {
		name: "DomainConfiguring", evidence: Documented, action: Again, after: longPause,
		meaning: Message{"an earlier change to the domain is still being rolled out", "域名之前的变更仍在下发"},
		hint:    hintRollout,
	},
	CondCertificateNotFound: {
		name: "CertificateNotFound", evidence: Documented,
		meaning: Message{"the certificate center has no such certificate", "证书中心没有该证书"},
		hint: Message{
			"check the name or id; an id ends with its region, such as 1234567-cn-hangzhou",
			"检查证书名称或 ID；ID 以地域结尾，例如 1234567-cn-hangzhou",
		},
	},
	CondFreeCertificateUnavailable: {
		name: "FreeCertificateUnavailable", evidence: Assumed, action: Stop, source: ruleStored,
		meaning: Message{"the domain has no free certificate, or it is not issued", "该域名没有免费证书，或免费证书尚未签发"},
		hint:    Message{"apply for the free certificate and wait until it is issued, or upload one", "申请免费证书并等待签发，或上传自有证书"},
	},
	CondCertificateStatusBad: {
		name: "CertificateStatusBad", evidence: Assumed, source: ruleStored,
		meaning: Message{"the certificate is pending, revoked or expired in the certificate center", "证书在证书中心处于待签发、已吊销或已过期状态"},
		hint:    Message{"choose an issued certificate", "选择已签发的证书"},
	},
	CondStoredKeyMissing: {
		name: "StoredKeyMissing", evidence: Assumed, source: ruleStored,
		meaning: Message{"the certificate center holds no key for the certificate, and none is given", "证书中心没有该证书的私钥，请求中也未提供"},
		hint:    Message{"send the private key along, or upload certificate and key together", "同时提供私钥，或将证书和私钥一并上传"},
	},
	CondStoredKeyMismatch: {
		name: "StoredKeyMismatch", evidence: Assumed, source: ruleStored,
		meaning: Message{"the key given is not that of the certificate in the certificate center", "提供的私钥与证书中心的证书不匹配"},
		hint:    Message{"leave the key out, or send the one the certificate was issued for", "不传私钥，或发送该证书对应的私钥"},
	},
	CondCertNameDuplicated: {
		name: "CertNameDuplicated", evidence: Documented,
		meaning: Message{"the account, or the site, already has a certificate of that name", "账号或站点下已有同名证书"},
		hint: Message{
			"choose another name, for example with the date in it; SetDomainServerCertificate overwrites with ForceSet set to 1, SetCertificate with Id",
			"换一个名称（例如加上日期）；SetDomainServerCertificate 可将 ForceSet 设为 1 以覆盖，SetCertificate 可填写 Id",
		},
	},
	CondContentDuplicated: {
		name: "ContentDuplicated", evidence: Documented,
		meaning: Message{"the account already has this certificate under another name", "账号下已有同一证书，名称不同"},
		hint:    Message{"do not upload it again; a certificate of the center is bound with CertType cas", "不要重复上传；证书中心的证书可用 CertType cas 绑定"},
	},
	CondTurnOffNotPermitted: {
		name: "TurnOffNotPermitted", evidence: Documented, action: Stop,
		meaning: Message{"the scheduling of the domain depends on HTTPS, so it cannot be turned off", "域名调度依赖 HTTPS，不能关闭"},
		hint:    Message{"ask the vendor's support to change the scheduling first", "先联系客服调整调度"},
	},
	CondCertificateDeleteFailed: {
		name: "CertificateDeleteFailed", evidence: Assumed, action: Stop, source: ruleState,
		meaning: Message{"turning HTTPS off would delete the certificate, but another service has locked it", "关闭 HTTPS 会删除该证书，但它被其他服务占用"},
		hint:    Message{"release the certificate in the other service first", "先在其他服务中解除对该证书的使用"},
	},
	CondCertificateInUse: {
		name: "CertificateInUse", evidence: Assumed, action: Stop, source: ruleCAS,
		meaning: Message{"a domain or a listener uses the certificate that is to be deleted", "要删除的证书正被域名或监听使用"},
		hint:    Message{"bind another certificate there first, or turn HTTPS off", "先为其更换证书，或关闭 HTTPS"},
	},
	CondSiteNotFound: {
		name: "SiteNotFound", evidence: Assumed, source: ruleESA,
		meaning: Message{"there is no such site", "站点不存在"},
		hint:    Message{"check SiteId, the account whose keys are used, and the host that is called", "检查 SiteId、所用密钥所属的账号和所调用的接入点"},
	},
	CondPlanNotOnline: {
		name: "PlanNotOnline", evidence: Assumed, action: Stop, source: ruleESA,
		meaning: Message{"the plan of the site is not in service", "站点所属的套餐未在服务中"},
		hint:    Message{"renew the plan, or settle the account's balance", "续费套餐，或为账号充值"},
	},
	CondSiteCertificateNotFound: {
		name: "SiteCertificateNotFound", evidence: Assumed, source: ruleESA,
		meaning: Message{"the site has no certificate of that id", "站点没有该 ID 的证书"},
		hint: Message{
			"give the id that ListCertificates of the same site shows; the number in the certificate center is another one",
			"填写同一站点 ListCertificates 返回的 ID；证书中心的证书 ID 与此不同",
		},
	},
	CondSiteNotCovered: {
		name: "SiteNotCovered", evidence: Assumed, source: ruleESA,
		meaning: Message{"no name of the certificate is that of the site or of a host below it", "证书中没有该站点或其下域名的名称"},
		hint:    Message{"send a certificate that is issued for the site or for a host below it, or choose the site that it is for", "使用为该站点或其下域名签发的证书，或选择与证书对应的站点"},
	},
	CondSetNotEffective: {
		name: "SetNotEffective", evidence: Documented, action: Stop,
		meaning: Message{"the certificate is stored and bound, but the domain is protected, so it is not in effect", "证书已保存并绑定，但域名受保护，尚未生效"},
		hint:    Message{"do not send it again; ask the vendor's support to lift the protection", "不要重复提交；请联系客服解除保护"},
	},
	CondDomainProtected: {
		name: "DomainProtected", evidence: Documented, action: Stop,
		meaning: Message{"the domain is protected, and nothing was stored", "域名受保护，未保存任何内容"},
		hint:    Message{"ask the vendor's support to lift the protection, then send it again", "请联系客服解除保护后重试"},
	},

	CondLoadBalancerNotFound: {
		name: "LoadBalancerNotFound", evidence: Assumed, source: ruleBorrowed,
		meaning: Message{"there is no such load balancer", "负载均衡实例不存在"},
		hint:    Message{"check the load balancer id and the region that is called", "检查负载均衡实例 ID 和所调用的地域"},
	},
	CondListenerMalformed: {
		name: "ListenerMalformed", evidence: Assumed,
		meaning: Message{"the listener's protocol is none of HTTP, HTTPS and QUIC, or its port is not between 1 and 65535", "监听协议不是 HTTP、HTTPS 或 QUIC，或端口不在 1 至 65535 之间"},
		hint:    Message{"give ListenerProtocol as HTTP, HTTPS or QUIC, and a port between 1 and 65535", "ListenerProtocol 填写 HTTP、HTTPS 或 QUIC，端口填写 1 至 65535"},
	},
	CondListenerPortUsed: {
		name: "ListenerPortUsed", evidence: Assumed,
		meaning: Message{"the load balancer has a listener on that port", "该负载均衡实例的这个端口已有监听"},
		hint:    Message{"choose another port, or change the listener that is there", "换一个端口，或修改已有的监听"},
	},
	CondListenerNotFound: {
		name: "ListenerNotFound", evidence: Documented,
		meaning: Message{"there is no such listener", "监听不存在"},
		hint:    Message{"check the listener id and the region that is called", "检查监听 ID 和所调用的地域"},
	},
	CondLoadBalancerForbidden: {
		name: "LoadBalancerForbidden", evidence: Documented, action: Stop,
		meaning: Message{"the caller may not operate the listener's load balancer", "调用者无权操作该监听所属的负载均衡实例"},
		hint: Message{
			"grant the calling identity access to the load balancer, or call with one that has it",
			"为调用身份授予该负载均衡实例的权限，或改用有权限的身份调用",
		},
	},
	CondListenerProtocolUnsupported: {
		name: "ListenerProtocolUnsupported", evidence: Documented,
		meaning: Message{"the listener's protocol has no certificates", "监听的协议不使用证书"},
		hint:    Message{"choose an HTTPS or QUIC listener of ALB, a TCPSSL listener of NLB, or an HTTPS listener of GA", "选择 ALB 的 HTTPS 或 QUIC 监听、NLB 的 TCPSSL 监听，或 GA 的 HTTPS 监听"},
	},
	CondTokenReused: {
		name: "TokenReused", evidence: Assumed, source: ruleBorrowed,
		meaning: Message{"the client token was used up by a request with other parameters", "该客户端 Token 已被参数不同的请求使用"},
		hint:    Message{"use a new token for every new request; repeat one only to repeat the same request", "每个新请求使用新的 Token；只有重发同一请求时才复用"},
	},
	CondListenerConfiguring: {
		name: "ListenerConfiguring", evidence: Observed, action: Again, after: rollout,
		meaning: Message{"an earlier change to the listener is still being rolled out", "监听之前的变更仍在下发"},
		hint:    hintRollout,
		source:  seenConfiguring,
	},
	CondListenerNotRunning: {
		name: "ListenerNotRunning", evidence: Documented, action: Again, after: rollout,
		meaning: Message{"the listener is being created or is stopped", "监听正在创建或已停止"},
		hint:    Message{"start the listener, or wait until it runs", "启动监听，或等待其运行"},
	},
	CondDefaultCertificateMissing: {
		name: "DefaultCertificateMissing", evidence: Documented, action: Stop,
		meaning: Message{"the listener has no default certificate", "监听没有默认证书"},
		hint:    Message{"set its default certificate first (UpdateListenerAttribute)", "先设置默认证书（UpdateListenerAttribute）"},
	},
	CondCertificateIsDefault: {
		name: "CertificateIsDefault", evidence: Documented,
		meaning: Message{"the certificate is the listener's default certificate", "该证书是监听的默认证书"},
		hint:    Message{"leave it out: the default certificate is served already", "去掉该证书：默认证书已经在使用"},
	},
	CondCertificateAssociated: {
		name: "CertificateAssociated", evidence: Documented,
		meaning: Message{"the certificate is associated with the listener, or being so, or being removed", "该证书已关联、正在关联或正在解除关联"},
		hint:    Message{"leave it out; list the listener's certificates first", "去掉该证书；先查询监听的证书列表"},
	},
	CondCertificateNotAssociated: {
		name: "CertificateNotAssociated", evidence: Documented,
		meaning: Message{"the certificate is not an additional certificate of the listener", "该证书不是监听的扩展证书"},
		hint: Message{
			"check the id, which ends with its region, such as 1234567-cn-hangzhou; list the listener's certificates first",
			"检查证书 ID，ID 以地域结尾，例如 1234567-cn-hangzhou；先查询监听的证书列表",
		},
	},
	CondQuotaExceeded: {
		name: "QuotaExceeded", evidence: Documented, action: Stop,
		meaning: Message{
			"the load balancer, or the plan of the site, would hold more certificates than its quota",
			"负载均衡实例的扩展证书数，或站点套餐的证书数，将超过配额",
		},
		hint: Message{
			"remove certificates that are no longer needed, expired ones too, or have the quota raised",
			"移除不再需要的证书（包括已过期的），或申请提高配额",
		},
	},
	CondListenerPortInvalid: {
		name: "ListenerPortInvalid", evidence: Documented, source: pageCLB,
		meaning: Message{"the port is not between 1 and 65535", "端口不在 1 至 65535 之间"},
		hint:    Message{"give the port on which the listener is reached from outside, such as 443", "填写监听的前端端口，例如 443"},
	},
	CondLoadBalancerConfiguring: {
		name: "LoadBalancerConfiguring", evidence: Reported, action: Again, after: rollout, source: seenBusyCodes,
		meaning: Message{"an earlier change to the load balancer is still being rolled out", "负载均衡实例之前的变更仍在下发"},
		hint:    hintRollout,
	},
	CondListenerStopping: {
		name: "ListenerStopping", evidence: Documented, action: Again, after: rollout, source: pageCLB,
		meaning: Message{"the listener is being stopped", "监听正在停止"},
		hint:    Message{"wait until it has stopped, then call again", "等待其停止后重试"},
	},
	CondCertificateOtherRegion: {
		name: "CertificateOtherRegion", evidence: Observed, source: seenOtherRegion,
		meaning: Message{"the certificate is in another region than the one that is asked", "证书在另一个地域，不在所请求的地域"},
		hint: Message{
			"upload the certificate to the region of the load balancer; every region has certificates of its own",
			"将证书上传到负载均衡实例所在的地域；每个地域的证书相互独立",
		},
	},
	CondDomainExtensionNotFound: {
		name: "DomainExtensionNotFound", evidence: Reported, source: seenBusyCodes,
		meaning: Message{"there is no such domain extension: no additional certificate for the domain", "没有这个扩展域名，即域名没有扩展证书"},
		hint:    Message{"look the id up with DescribeDomainExtensions, or for GA the domain with ListListenerCertificates", "用 DescribeDomainExtensions 查询扩展域名的 ID；GA 用 ListListenerCertificates 查询域名"},
	},
	CondDomainExtensionExists: {
		name: "DomainExtensionExists", evidence: Assumed, source: ruleCAS,
		meaning: Message{"the listener has a domain extension for the domain", "监听已有该域名的扩展域名"},
		hint:    Message{"set the certificate of the one that is there with SetDomainExtensionAttribute, or for GA with UpdateAdditionalCertificateWithListener", "用 SetDomainExtensionAttribute 修改已有扩展域名的证书；GA 用 UpdateAdditionalCertificateWithListener"},
	},
	CondDryRun: {
		name: "DryRun", evidence: Documented,
		meaning: Message{"the request passed every check, and a dry run was asked for", "请求通过了全部检查，且为预检请求"},
		hint:    Message{"nothing is wrong; send it again without DryRun to act", "没有问题；去掉 DryRun 再次发送即可执行"},
	},
	CondJobNotFound: {
		name: "JobNotFound", evidence: Assumed, source: ruleBorrowed,
		meaning: Message{"there is no such job, or it ended long ago", "任务不存在，或早已结束"},
		hint:    Message{"check the id, which is the JobId of an earlier answer", "检查任务 ID，即之前返回的 JobId"},
	},
}
