package validate

import "github.com/alicert/alicert/errcodes"

// AdvisoryID identifies a kind of advisory. It is stable: programs may compare
// and silence it.
type AdvisoryID string

// Advisory is something that the service accepts or does not document, but a
// deployer wants to know. It is never an error code.
type Advisory struct {
	ID        AdvisoryID `json:"id"`
	Parameter string     `json:"parameter,omitempty"` // name on the wire

	errcodes.Position // in the parameter

	Reason errcodes.Message `json:"reason"` // what was found
}

// Why returns the reason with its position in front.
func (a Advisory) Why(lang errcodes.Lang) string {
	return a.Prefix(a.Reason).In(lang)
}

// Hint says what to do about it.
func (a Advisory) Hint() errcodes.Message { return a.ID.Hint() }

// Advisories about the chain.
const (
	ChainOutOfOrder        AdvisoryID = "chain-out-of-order"         // a certificate is not followed by its issuer, which is in the text
	ChainLinkMissing       AdvisoryID = "chain-link-missing"         // an issuer is not in the text
	ChainSignatureBad      AdvisoryID = "chain-signature-bad"        // a link's signature is wrong (Options.VerifyChain)
	ChainLinkNotVerifiable AdvisoryID = "chain-link-not-verifiable"  // a signature that is not verified: the algorithm is refused, the key too large, or there are too many
	RootIncluded           AdvisoryID = "root-included"              // the root is in the text
	DuplicateCertificate   AdvisoryID = "duplicate-certificate"      // the same certificate twice
	UnrelatedCertificate   AdvisoryID = "unrelated-certificate"      // a certificate that is no part of the chain
	IntermediateExpired    AdvisoryID = "intermediate-not-in-period" // an intermediate is outside its validity
)

// Advisories about the leaf.
const (
	LeafIsCA           AdvisoryID = "leaf-is-ca"           // CA:TRUE
	SelfSigned         AdvisoryID = "self-signed"          // issuer and subject are the same, and so are the keys
	DomainNotCovered   AdvisoryID = "domain-not-covered"   // the names do not cover DomainName
	ExpiresSoon        AdvisoryID = "expires-soon"         // within 30 days
	ValidityNotChecked AdvisoryID = "validity-not-checked" // Options.At is zero
	WeakKey            AdvisoryID = "weak-key"             // RSA below 2048 bits, P-224
	WeakSignature      AdvisoryID = "weak-signature"       // MD5 or SHA-1
	KeyTypeMayNotServe AdvisoryID = "key-type-uncommon"    // Ed25519, P-521: the vendor's pages name RSA and ECC only
	NotChecked         AdvisoryID = "nothing-checked"      // a certificate is given, but HTTPS is off; the first advisory of a report
	ParameterIgnored   AdvisoryID = "parameter-ignored"    // given, but not looked at
	IDWithoutRegion    AdvisoryID = "id-without-region"    // a certificate id that does not end with a region
	IDNotLookedUp      AdvisoryID = "certificate-unknown"  // Options.Certificate does not know the id
)

// Advisories about the form of the text; violations in strict mode, but for the
// last three.
const (
	PKCS8RSAKey       AdvisoryID = "pkcs8-rsa-key"       // an RSA key as PRIVATE KEY
	LabelMisfit       AdvisoryID = "label-misfit"        // the label of a key is not that of its content
	TextOutsideBlocks AdvisoryID = "text-outside-blocks" // comments, bag attributes
	BlankLines        AdvisoryID = "blank-lines"
	LineLength        AdvisoryID = "line-length" // a line other than the last that is not 64 characters long
	WhiteSpace        AdvisoryID = "white-space" // spaces or tabs in the content
	MixedLineEnds     AdvisoryID = "mixed-line-ends"
	ForeignBlock      AdvisoryID = "foreign-block"    // a block beside the private key
	CRLF              AdvisoryID = "crlf"             // accepted in strict mode too
	NoFinalNewline    AdvisoryID = "no-final-newline" // accepted in strict mode too
)

// Hint says what to do about advisories of this kind; it is empty for an
// unknown one.
func (id AdvisoryID) Hint() errcodes.Message {
	switch id {
	case ChainOutOfOrder:
		return say("send the leaf first, each certificate followed by its issuer; Normalize or certcheck -fix reorders them",
			"服务器证书在最前，每张证书之后是其签发者；Normalize 或 certcheck -fix 可自动排序")
	case ChainLinkMissing:
		return say("append the missing intermediate (the CA's site has it), unless the named issuer is a root that every client trusts",
			"补上缺少的中间证书（可从 CA 网站下载），除非该签发者是所有客户端都信任的根证书")
	case ChainSignatureBad:
		return say("get the intermediate from the CA again: it has the right name, but another key", "重新从 CA 获取中间证书：名称正确但密钥不同")
	case ChainLinkNotVerifiable:
		return say("check it with another tool if it matters: openssl verify", "如有必要，请用 openssl verify 等工具验证")
	case RootIncluded:
		return say("leave the root out: clients have it, and it only costs bytes", "去掉根证书：客户端已内置，发送只会增加流量")
	case DuplicateCertificate:
		return say("send every certificate once", "每张证书只发送一次")
	case UnrelatedCertificate:
		return say("leave it out", "去掉该证书")
	case IntermediateExpired:
		return say("get the current intermediate from the CA", "从 CA 获取当前有效的中间证书")
	case LeafIsCA:
		return say("use a certificate with CA:FALSE for a server", "服务器应使用 CA:FALSE 的证书")
	case SelfSigned:
		return say("fine for a test; browsers will not trust it", "可用于测试；浏览器不会信任")
	case DomainNotCovered:
		return say("have the certificate issued for the domain, or check which file is sent", "为该域名签发证书，或检查是否发错了文件")
	case ExpiresSoon:
		return say("renew it now", "请尽快续期")
	case ValidityNotChecked:
		return say("set Options.At to the time of the deployment", "将 Options.At 设为部署时间")
	case WeakKey:
		return say("use RSA with at least 2048 bits or P-256", "使用至少 2048 位的 RSA 或 P-256")
	case WeakSignature:
		return say("have the certificate issued again with SHA-256", "使用 SHA-256 重新签发证书")
	case KeyTypeMayNotServe:
		return say("if the service or its clients refuse it, use RSA or P-256", "如果服务或客户端不接受，请改用 RSA 或 P-256")
	case NotChecked:
		return say(`set ServerCertificateStatus to "on" to use the certificate`, `要启用证书，请将 ServerCertificateStatus 设为 "on"`)
	case ParameterIgnored:
		return say("leave it out, or check that the other parameters say what is meant", "去掉该参数，或检查其他参数是否符合预期")
	case IDWithoutRegion:
		return say("join the region to the number, such as 1234567-cn-hangzhou", "在数字后加上地域，例如 1234567-cn-hangzhou")
	case IDNotLookedUp:
		return say("check the id; the service answers ResourceNotFound.Certificate to an unknown one", "检查该 ID；未知 ID 会返回 ResourceNotFound.Certificate")
	case PKCS8RSAKey:
		return say("convert it: openssl rsa -in key.pem -traditional -out rsa.pem; Normalize or certcheck -fix does it",
			"转换格式：openssl rsa -in key.pem -traditional -out rsa.pem；也可使用 Normalize 或 certcheck -fix")
	case LabelMisfit:
		return say("give the block the label of its content; Normalize or certcheck -fix does it", "将块标签改为与内容一致；也可使用 Normalize 或 certcheck -fix")
	case ForeignBlock:
		return say("send the private-key block alone", "只发送私钥块")
	case TextOutsideBlocks, BlankLines, LineLength, WhiteSpace, MixedLineEnds, CRLF, NoFinalNewline:
		return say("Normalize or certcheck -fix writes the published form", "Normalize 或 certcheck -fix 可输出规范格式")
	default:
		return errcodes.Message{}
	}
}
