package probe

import "github.com/alicert/alicert/errcodes"

// sslCase is a request of CDN with the changes.
func sslCase(id string, purpose errcodes.Message, changes ...string) Case {
	params, absent := with(sslBase, changes...)
	return Case{
		ID: id, Group: CDN, Operation: errcodes.SetCdnDomainSSLCertificate, Endpoint: cdnEndpoint,
		Params: params, Absent: absent, Purpose: purpose,
	}
}

func sslCases() (cases []Case) {
	for _, part := range [][]Case{certificateCases(), keyCases(), presenceCases(), centerCertificateCases(), valueCases(), sizeCases()} {
		cases = append(cases, part...)
	}
	return cases
}

// A variant is one form of a certificate or of a key.
type variant struct {
	name    string
	evening bool
	what    errcodes.Message
}

// certificateCases are P6. The key is that of another pair, so the answer to a
// certificate that is read is that they do not match.
func certificateCases() (cases []Case) {
	for _, v := range []variant{
		{"one-line", true, say("all in one line", "没有换行")},
		{"unrelated-second", true, say("an unrelated certificate behind it", "后面带有无关证书")},
		{"reversed", true, say("the intermediate first", "中间证书在前")},
		{"blank-between", true, say("a blank line between the blocks", "块之间有空行")},
		{"crlf", true, say("line ends of Windows", "Windows 换行")},
		{"with-root", true, say("the root behind the chain", "链末带根证书")},
		{"ed25519", true, say("a key of Ed25519", "Ed25519 公钥")},
		{"expired", true, say("expired", "已过期")},
		{"cr", false, say("line ends of CR alone", "仅用 CR 换行")},
		{"no-final-newline", false, say("no line end at the end", "末尾没有换行")},
		{"blank-inside", false, say("a blank line inside the block", "块内有空行")},
		{"text-before", false, say("text in front", "前面有说明文字")},
		{"indented", false, say("every line indented", "每行有缩进")},
		{"escaped", false, say(`\n as text`, `换行写成了 \n 两个字符`)},
		{"wide", false, say("lines of 76 letters", "每行 76 个字符")},
		{"bom", false, say("a byte-order mark in front", "开头有 BOM")},
		{"unarmored", false, say("base64 without BEGIN and END", "只有 base64，没有 BEGIN/END 行")},
		{"trusted", false, say("the label TRUSTED CERTIFICATE", "标签为 TRUSTED CERTIFICATE")},
		{"pkcs7", false, say("PKCS#7", "PKCS#7 格式")},
		{"key-inside", false, say("a private key behind it", "后面带有私钥")},
		{"cut-off", false, say("cut off in the middle", "从中间截断")},
		{"bad-base64", false, say("damaged base64", "base64 损坏")},
		{"empty-body", false, say("a block without content", "块内没有内容")},
		{"with-header", false, say("a header inside the block", "块内有头部")},
		{"trailing-der", false, say("two bytes behind the certificate", "证书内容后多出两个字节")},
		{"duplicate", false, say("the certificate twice", "证书重复两次")},
		{"garbage-second", false, say("a second block that is no certificate", "第二块不是证书")},
		{"ca", false, say("a certificate of a CA", "CA 证书")},
		{"client-auth", false, say("for clients only", "仅用于客户端")},
		{"not-yet-valid", false, say("not yet valid", "尚未生效")},
		{"sha1", false, say("signed with SHA-1", "SHA-1 签名")},
		{"rsa-1024", false, say("RSA of 1024 bits", "RSA 1024 位")},
		{"p224", false, say("a key of P-224", "P-224 公钥")},
		{"p384", false, say("a key of P-384", "P-384 公钥")},
	} {
		c := sslCase("P6/"+v.name, say("a certificate: "+v.what.EN, "证书："+v.what.ZH), "SSLPub=@cert/"+v.name, "SSLPri=@key/other-pkcs1")
		c.Evening = v.evening
		cases = append(cases, c)
	}
	return cases
}

// keyCases are P7. The certificate is good, and no key is its own.
func keyCases() (cases []Case) {
	for _, v := range keyVariants() {
		c := sslCase("P7/"+v.name, say("a key: "+v.what.EN, "私钥："+v.what.ZH), "SSLPub=@cert/good", "SSLPri=@key/other-"+v.name)
		c.Evening = v.evening
		cases = append(cases, c)
	}
	return cases
}

func keyVariants() []variant {
	return []variant{
		{"pkcs8", true, say("PKCS#8", "PKCS#8 格式")},
		{"encrypted", true, say("encrypted PKCS#8", "加密的 PKCS#8")},
		{"one-line", true, say("all in one line", "没有换行")},
		{"sec1", false, say("SEC 1 of P-256", "P-256 的 SEC 1 格式")},
		{"sec1-parameters", false, say("SEC 1 behind EC PARAMETERS", "SEC 1 前带 EC PARAMETERS")},
		{"encrypted-pkcs1", false, say("encrypted in the old form", "旧式加密格式")},
		{"openssh", false, say("the form of OpenSSH", "OpenSSH 格式")},
		{"ed25519", false, say("Ed25519", "Ed25519")},
		{"wrong-label", false, say("RSA under the label of EC", "RSA 私钥标为 EC")},
		{"twice", false, say("twice", "重复两次")},
		{"blank-line", false, say("a blank line inside", "块内有空行")},
		{"unarmored", false, say("base64 without BEGIN and END", "只有 base64，没有 BEGIN/END 行")},
		{"public", false, say("a public key", "公钥")},
		{"with-cert", false, say("a certificate behind it", "后面带有证书")},
	}
}

// presenceCases are P5.
func presenceCases() []Case {
	purpose := say("what an absent, an empty and a blank text are told apart by", "缺失、为空与空白三者如何区分")
	empty := sslCase("P5/pub-empty", purpose, "SSLPub=").because(say("the certificate is empty", "证书为空"))
	empty.Evening = true
	return []Case{
		empty,
		sslCase("P5/pub-absent", purpose, "-SSLPub").because(say("no certificate is sent", "未提供证书")),
		sslCase("P5/pub-blank", purpose, "SSLPub= ").because(say("the certificate is a space", "证书只有一个空格")),
		sslCase("P5/pri-absent", purpose, "SSLPub=@cert/good", "-SSLPri").because(say("no key is sent", "未提供私钥")),
		sslCase("P5/pri-empty", purpose, "SSLPub=@cert/good", "SSLPri=").because(say("the key is empty", "私钥为空")),
		sslCase("P5/pri-blank", purpose, "SSLPub=@cert/good", "SSLPri= ").because(say("the key is a space", "私钥只有一个空格")),
	}
}

// centerCertificateCases are P9: certificates of the center that are not there.
func centerCertificateCases() []Case {
	purpose := say("what is answered to a certificate that is not in the center", "证书中心没有该证书时如何应答")
	absent := say("the center has no such certificate", "证书中心没有这张证书")
	home := sslCase("P9/id-hangzhou", purpose, "CertType=cas", "CertId=1", "CertRegion=cn-hangzhou", "-SSLPub", "-SSLPri").because(absent)
	overseas := sslCase("P9/id-singapore", purpose, "CertType=cas", "CertId=1", "CertRegion=ap-southeast-1", "-SSLPub", "-SSLPri").because(absent)
	home.Evening, overseas.Evening = true, true
	return []Case{
		home, overseas,
		sslCase("P9/id-long", purpose, "CertType=cas", "CertId=9000000000000000001", "-SSLPub", "-SSLPri").because(absent),
		sslCase("P9/unidentified", purpose, "CertType=cas", "-SSLPub", "-SSLPri").because(say("nothing says which certificate is meant", "没有指明是哪张证书")),
		sslCase("P9/name-unknown", purpose, "CertType=cas", "CertName=@name/unknown", "-SSLPub", "-SSLPri").because(absent),
		sslCase("P9/with-key", purpose, "CertType=cas", "CertName=@name/unknown", "-SSLPub", "SSLPri=@key/other-pkcs1").because(absent),
	}
}

// valueCases are P4. The certificate is the letter x, so that nothing can be stored.
func valueCases() []Case {
	value := func(id, what, change string) Case {
		return sslCase("P4/"+id, say("whether this value is refused, and before the certificate: "+what, "该取值是否在检查证书之前被拒绝："+what), change)
	}
	return []Case{
		value("status-capital", "SSLProtocol=ON", "SSLProtocol=ON"),
		value("status-true", "SSLProtocol=true", "SSLProtocol=true"),
		value("type-unknown", "CertType=x", "CertType=x"),
		value("region-unknown", "CertRegion=x", "CertRegion=x"),
		value("name-128", "CertName, 128", "CertName=@name/128-letters"),
		value("name-129", "CertName, 129", "CertName=@name/129-letters"),
		value("name-128-chinese", "CertName, 128 × 证", "CertName=@name/128-chinese"),
		value("name-129-chinese", "CertName, 129 × 证", "CertName=@name/129-chinese"),
		value("name-space", "CertName, U+0020", "CertName=@name/space"),
		value("name-slash", "CertName, /", "CertName=@name/slash"),
		value("name-control", "CertName, U+0001", "CertName=@name/control"),
		value("env-unknown", "Env=x", "Env=x"),
	}
}

// sizeCases are P8.
func sizeCases() (cases []Case) {
	for _, size := range []string{"16", "32", "64"} {
		cases = append(cases, sslCase("P8/"+size+"-kib", say("where the limit of the length is: "+size+" KiB", "长度上限是多少："+size+" KiB"),
			"SSLPub=@cert/"+size+"-kib", "SSLPri=@key/other-pkcs1"))
	}
	return cases
}
