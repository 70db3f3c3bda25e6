package message

// Every sentence, by the file of package validate that uses it first.
const (

	// Reasons, alb.go
	CertificatesNotFlat ID = iota + 1
	TooManyCertificates
	IDWithoutRegion
	IDUnknown
	TokenTooLong
	NotPrintableASCII
	SameID

	// Reasons, certificate.go
	TooManyBytes
	EncryptedHeaders
	NoCertificateBlock
	PKCS7Block
	UncommonLabel
	RequestBlock
	OtherLabel
	KeyInCertificate
	OtherBlock
	NotX509
	NotOpenSSL
	PublicKeyUnreadable
	ExtensionUnreadable
	ExtensionsWithoutVersion
	ExtBasicConstraints
	ExtProxyCertInfo
	ExtKeyUsage
	ExtNetscapeCertType
	ExtAuthorityKeyIdentifier
	ExtSubjectAltName
	ExtNameConstraints
	ExtCRLDistributionPoints
	ExtIPAddressBlocks
	ExtAutonomousSystems
	RSAModulusTooLong
	PublicKeyUnsupported
	ValidityNotChecked
	Expired
	NotYetValid

	// Reasons, chain.go
	LeafIsCA
	SelfSigned
	NotCovered
	ExpiresSoon
	IssuerDoesNotFollow
	RootIncluded
	IssuerElsewhere
	Unrelated
	Unlinked
	Duplicate
	IssuerMissingWithID
	IssuerMissing
	SignatureByAnotherKey
	SignatureBudget
	SignatureNotVerifiable
	VerifierKeyTooLong
	VerifierExponentTooLarge
	WeakRSA
	WeakP224
	UncommonKey
	WeakSignature
	NotInPeriod

	// Reasons, checker.go
	ValueOfBytes
	Quoted

	// Reasons, domain.go
	DomainTooManyBytes
	DomainList
	DomainNoASCII
	DomainTooLong
	DomainBadLabel
	DomainNumeric
	DomainAddress
	DomainScheme
	DomainPort
	DomainPath
	DomainSpace
	DomainDotAtEnd
	DomainDropped

	// Reasons, keyparse.go
	NotAKey
	BehindKey
	NotSEC1
	ECTwoCurves
	ECNoCurve
	ECCurveUnsupported
	ECScalarRange
	ECPublicDiffers
	ECExplicitCurve
	ECCurveUnreadable
	NotPKCS8
	PKCS8Version2
	PKCS8Trailing
	PKCS8Attributes
	PKCS8Parameters
	PKCS8RSAUnreadable
	PKCS8ECUnreadable
	Ed25519Length
	RSAPSSKey
	DSAKey
	KeyAlgorithmUnsupported

	// Reasons, lineage.go
	SendKeyOfBlock
	SendKeyOfServer
	KeyOfNamesake
	KeyOfIssuer
	KeyOfAncestor
	KeyOfCA
	BlockNumber
	BlockAndLine

	// Reasons, name.go
	NameTooManyBytes
	NotUTF8
	ControlCharacter
	NameTooLong

	// Reasons, secondleaf.go, name.go and domain.go
	SecondLeaf
	NameCharacters
	DomainStar

	// Reasons, normalize.go
	IssuedBesideChain
	IssuersOfEachOther
	TooManyOfOneName
	NoOrder

	// Reasons, pair.go
	Swapped
	KeyOfLaterBlock
	KeyOfAnotherType
	KeyExponentDiffers
	KeyLengthDiffers
	KeyCurveDiffers
	KeyOfNone

	// Reasons, pemtext.go
	UTF16
	ByteOrderMark
	DERCertificate
	DERKey
	LineIndented
	LineDashes
	LineTrailing
	OneLine
	BadLabel
	StrayCR
	EndWithoutBegin
	BeginInside
	LabelsDiffer
	CutOff
	LongLine
	ZeroByte
	ByteOrderMarkInside
	DamagedLine
	BlockEmpty
	BlockHeaders
	BlankLineEndsHeaders
	NotBase64
	BlankLineInside
	LineLength
	WhiteSpaceInside
	TextLikeBlock
	TextOutside
	BlankLineOutside
	LinesCRLF
	MixedLineEnds
	NoFinalNewline
	OnlyWhiteSpace

	// Reasons, privatekey.go
	ForeignBlock
	CertificateNotKey
	NoKeyBlock
	SeveralKeys
	KeyBlockEmpty
	OpenSSHKey
	DSAKeyBlock
	KeyLabelUnknown
	KeyEncrypted
	LabelMisfit
	PKCS8RSAKey

	// Reasons, rsakey.go
	RSATooLong
	RSATooManyPrimes
	RSAVersionMisfit
	RSANumbersMisfit

	// Reasons, usage.go
	NoCertificate
	IssuedOther
	NoServerAuth
	NoServerKeyUsage
	NoNetscapeServer

	// Reasons, words.go
	NoParameter
	OnlyStaging
	Absent
	IgnoredWhenFree
	IgnoredInUpload
	NothingChecked
	IgnoredWhenOff

	// Hints, advisory.go
	HintReorder
	HintExchange
	HintTakeKeyOut
	HintSignedCertificate
	HintKeyOfLeaf
	HintAppendIntermediate
	HintIntermediateAgain
	HintVerifyElsewhere
	HintLeaveRootOut
	HintSendOnce
	HintLeaveOut
	HintCurrentIntermediate
	HintNotCA
	HintSelfSigned
	HintIssueForDomain
	HintTypeAnew
	HintRenew
	HintSetTime
	HintStrongerKey
	HintSHA256
	HintCommonKey
	HintStatusOn
	HintLeaveOutOrCheck
	HintJoinRegion
	HintCheckID

	// Hints about what some operations refuse
	HintOneChain
	HintServerUsage
	HintPlainName
	HintDotSpelling
	HintConvertPKCS8
	HintLabel
	HintKeyAlone
	HintNormalize

	// Changes, normalize.go
	ChangeRepaired
	ChangeDroppedDuplicates
	ChangeMovedLeaf
	ChangeOrdered
	ChangeDroppedRoot
	ChangeDroppedUnrelated
	ChangeRewrote
	ChangeConverted
	ChangeLabeled

	numIDs // one more than the last id
)

var sentences = [numIDs]sentence{
	CertificatesNotFlat: {
		"Certificates is given as one value; give Certificates.1.CertificateId and so on",
		"Certificates 以单个值给出；请使用 Certificates.1.CertificateId 等形式",
	},
	TooManyCertificates: {
		"%[1]d certificates; the limit is %[2]d",
		"%[1]d 张证书，上限为 %[2]d",
	},
	IDWithoutRegion: {
		"%[1]s does not end with a region",
		"%[1]s 末尾没有地域",
	},
	IDUnknown: {
		"%[1]s is not known to the look-up",
		"查询不到 %[1]s",
	},
	TokenTooLong: {
		"more than %[1]d characters (%[2]d bytes)",
		"超过 %[1]d 个字符（%[2]d 字节）",
	},
	NotPrintableASCII: {
		"it holds a character that is not printable ASCII",
		"含有不可打印或非 ASCII 字符",
	},
	SameID: {
		"the same id as %[1]s",
		"与 %[1]s 的 ID 相同",
	},
	TooManyBytes: {
		"%[1]d bytes; the limit is %[2]d",
		"%[1]d 字节，上限为 %[2]d",
	},
	EncryptedHeaders: {
		"the block has the headers of an encrypted one",
		"块内含有加密头部",
	},
	NoCertificateBlock: {
		"no CERTIFICATE block in the text",
		"文本中没有 CERTIFICATE 块",
	},
	PKCS7Block: {
		"a PKCS#7 block: convert with openssl pkcs7 -print_certs",
		"PKCS#7 块：请用 openssl pkcs7 -print_certs 转换",
	},
	UncommonLabel: {
		"a block labeled %[1]s, which not every TLS server reads: convert with openssl x509",
		"标签为 %[1]s 的块，并非所有 TLS 服务器都能读取：请用 openssl x509 转换",
	},
	RequestBlock: {
		"a certificate request, not a certificate: send what the CA returned for it",
		"这是证书签名请求而不是证书：请发送 CA 返回的证书",
	},
	OtherLabel: {
		"a block labeled %[1]s inside the certificate",
		"证书中含有标签为 %[1]s 的块",
	},
	KeyInCertificate: {
		"a private-key block inside the certificate: everyone who can read the certificate can read the key",
		"证书中含有私钥块：能读取证书的人都能读取私钥",
	},
	OtherBlock: {
		"a block of another kind inside the certificate",
		"证书中含有其他类型的块",
	},
	NotX509: {
		"not an X.509 certificate that Go reads (%[1]s)",
		"不是 Go 可解析的 X.509 证书（%[1]s）",
	},
	NotOpenSSL: {
		"OpenSSL refuses the certificate: there is an element too many in it, or one that is not sound",
		"OpenSSL 拒绝该证书：其中有多余或不合法的元素",
	},
	PublicKeyUnreadable: {
		"OpenSSL refuses the certificate: its RSA public key has more than a modulus and an exponent",
		"OpenSSL 拒绝该证书：其 RSA 公钥中除模数和指数外还有其他内容",
	},
	ExtensionUnreadable: {
		"OpenSSL refuses the certificate: its %[1]s cannot be decoded",
		"OpenSSL 拒绝该证书：无法解码其 %[1]s",
	},
	ExtensionsWithoutVersion: {
		"the certificate is not of version 3, and its extensions cannot be read",
		"证书不是第 3 版，且无法读取其扩展",
	},
	ExtBasicConstraints:       {"basic constraints extension", "基本约束扩展"},
	ExtProxyCertInfo:          {"proxyCertInfo extension (RFC 3820), or it stands beside an alternative name or CA:TRUE,", "proxyCertInfo 扩展（RFC 3820），或该扩展与备用名称或 CA:TRUE 并存"},
	ExtKeyUsage:               {"key usage extension (or it has no bit set)", "密钥用途扩展（或其中没有任何用途）"},
	ExtNetscapeCertType:       {"Netscape certificate type extension", "Netscape 证书类型扩展"},
	ExtAuthorityKeyIdentifier: {"authority key identifier extension", "颁发机构密钥标识符扩展"},
	ExtSubjectAltName:         {"subject alternative name extension", "使用者备用名称扩展"},
	ExtNameConstraints:        {"name constraints extension", "名称约束扩展"},
	ExtCRLDistributionPoints:  {"CRL distribution points extension", "CRL 分发点扩展"},
	ExtIPAddressBlocks:        {"sbgp-ipAddrBlock extension (RFC 3779)", "sbgp-ipAddrBlock 扩展（RFC 3779）"},
	ExtAutonomousSystems:      {"sbgp-autonomousSysNum extension (RFC 3779)", "sbgp-autonomousSysNum 扩展（RFC 3779）"},
	RSAModulusTooLong: {
		"an RSA modulus of %[1]d bits; TLS servers take at most %[2]d",
		"RSA 模数为 %[1]d 位，TLS 服务器最多支持 %[2]d 位",
	},
	PublicKeyUnsupported: {
		"the public key is none of RSA, ECDSA (P-224 to P-521) and Ed25519",
		"公钥不是 RSA、ECDSA（P-224 至 P-521）或 Ed25519",
	},
	ValidityNotChecked: {
		"no time is given, so its validity was not checked",
		"未提供时间，因此未检查有效期",
	},
	Expired: {
		"it expired at %[1]s",
		"已于 %[1]s 过期",
	},
	NotYetValid: {
		"it is not valid before %[1]s",
		"在 %[1]s 之前无效",
	},
	LeafIsCA: {
		"the first certificate is a CA (CA:TRUE)",
		"第一张证书是 CA 证书（CA:TRUE）",
	},
	SelfSigned: {
		"the first certificate is self-signed",
		"第一张证书是自签名证书",
	},
	NotCovered: {
		"its names do not cover %[1]s",
		"证书的域名不包含 %[1]s",
	},
	ExpiresSoon: {
		"it expires in %[1]d days",
		"将在 %[1]d 天后过期",
	},
	IssuerDoesNotFollow: {
		"the issuer of block %[1]d does not follow it",
		"第 %[1]d 块的签发者没有紧随其后",
	},
	RootIncluded: {
		"the root is included",
		"包含了根证书",
	},
	IssuerElsewhere: {
		"it was issued by block %[1]d, which does not follow it",
		"由第 %[1]d 块签发，但该块没有紧随其后",
	},
	Unrelated: {
		"it is no part of the first certificate's chain",
		"不属于第一张证书的证书链",
	},
	Unlinked: {
		"as far as the text goes, it is no part of the first certificate's chain",
		"就文本而言，它不属于第一张证书的证书链",
	},
	Duplicate: {
		"the same certificate as block %[1]d",
		"与第 %[1]d 块是同一张证书",
	},
	IssuerMissingWithID: {
		"its issuer %[1]q (key identifier %[2]s) is not in the text",
		"文本中没有其签发者 %[1]q（密钥标识 %[2]s）",
	},
	IssuerMissing: {
		"its issuer %[1]q is not in the text",
		"文本中没有其签发者 %[1]q",
	},
	SignatureByAnotherKey: {
		"its signature is not by the key of block %[1]d, although the names fit",
		"名称相符，但签名与第 %[1]d 块的密钥不符",
	},
	SignatureBudget: {
		"not verifiable: the %[1]d signatures before it used up the time for verification",
		"无法验证：此前验证的 %[1]d 个签名已用完可用时间",
	},
	SignatureNotVerifiable: {
		"not verifiable: its signature is %[1]s",
		"无法验证：签名算法为 %[1]s",
	},
	VerifierKeyTooLong: {
		"not verifiable: the RSA key of block %[1]d has %[2]d bits; signatures are verified by at most %[3]d",
		"无法验证：第 %[1]d 块的 RSA 密钥为 %[2]d 位，最多用 %[3]d 位的密钥验证签名",
	},
	VerifierExponentTooLarge: {
		"not verifiable: the RSA key of block %[1]d has the exponent %[2]d; signatures are verified by at most %[3]d",
		"无法验证：第 %[1]d 块的 RSA 密钥的指数为 %[2]d，最多用 %[3]d 验证签名",
	},
	WeakRSA: {
		"an RSA key of %[1]d bits",
		"RSA 密钥只有 %[1]d 位",
	},
	WeakP224: {
		"a key on P-224",
		"密钥在 P-224 曲线上",
	},
	UncommonKey: {
		"an %[1]s key, which many clients do not take and the vendor's pages do not name",
		"%[1]s 密钥，许多客户端不支持，官方文档也未提及",
	},
	WeakSignature: {
		"signed with %[1]s",
		"签名算法为 %[1]s",
	},
	NotInPeriod: {
		"valid from %[1]s to %[2]s only",
		"有效期仅为 %[1]s 至 %[2]s",
	},
	ValueOfBytes: {
		"a value of %d bytes",
		"长度为 %d 字节的值",
	},
	Quoted: {
		"%q",
		"%q",
	},
	DomainTooManyBytes: {
		"%[1]d bytes; a host name has at most %[2]d octets in ASCII form",
		"%[1]d 字节；主机名的 ASCII 形式最多 %[2]d 个字节",
	},
	DomainList: {
		"a list; this operation takes one domain",
		"是一个列表；该接口每次只接受一个域名",
	},
	DomainNoASCII: {
		"%[1]s is not a host name: it has no ASCII form (IDNA)",
		"%[1]s 不是主机名：没有合法的 ASCII 形式（IDNA）",
	},
	DomainTooLong: {
		"%[1]d octets in ASCII form; a host name has at most %[2]d",
		"ASCII 形式为 %[1]d 个字节；主机名最多 %[2]d 个字节",
	},
	DomainBadLabel: {
		"%[1]s is not a host name: each label has 1 to 63 letters, digits and inner hyphens",
		"%[1]s 不是主机名：每一段应为 1 至 63 个字母、数字或中间的连字符",
	},
	DomainNumeric: {
		"%[1]s is not a host name: its last label is all digits",
		"%[1]s 不是主机名：最后一段全是数字",
	},
	DomainAddress: {
		"%[1]s is not a host name: it is an IP address",
		"%[1]s 不是主机名：它是 IP 地址",
	},
	DomainScheme: {
		"%[1]s is not a host name: it has a scheme in front",
		"%[1]s 不是主机名：前面带有协议头",
	},
	DomainPort: {
		"%[1]s is not a host name: it has a port at the end",
		"%[1]s 不是主机名：末尾带有端口",
	},
	DomainPath: {
		"%[1]s is not a host name: it has a path behind the name",
		"%[1]s 不是主机名：名称后面带有路径",
	},
	DomainSpace: {
		"%[1]s is not a host name: it has white space in it (%[2]s)",
		"%[1]s 不是主机名：含有空白字符（%[2]s）",
	},
	DomainDotAtEnd: {
		"%[1]s is not a host name: it has a dot at the end",
		"%[1]s 不是主机名：末尾有一个点",
	},
	DomainDropped: {
		"the name has the character %[1]s, which its ASCII form %[2]s does not have",
		"该名称含有字符 %[1]s，而其 ASCII 形式 %[2]s 不含该字符",
	},
	NotAKey: {
		"not a private key in PKCS#1, SEC 1 or PKCS#8 form",
		"不是 PKCS#1、SEC 1 或 PKCS#8 格式的私钥",
	},
	BehindKey: {
		"a private key with %[1]d bytes behind it in the same block",
		"私钥之后在同一个块中还有 %[1]d 字节的内容",
	},
	NotSEC1: {
		"an EC key that is not in SEC 1 form",
		"EC 私钥不符合 SEC 1 格式",
	},
	ECTwoCurves: {
		"an EC key that names two curves",
		"EC 私钥指明了两条不同的曲线",
	},
	ECNoCurve: {
		"an EC key that names no curve",
		"EC 私钥没有指明曲线",
	},
	ECCurveUnsupported: {
		"an EC key on a curve other than P-224, P-256, P-384 and P-521",
		"EC 私钥的曲线不是 P-224、P-256、P-384 或 P-521",
	},
	ECScalarRange: {
		"an EC key whose scalar is out of range",
		"EC 私钥的标量超出范围",
	},
	ECPublicDiffers: {
		"an EC key whose embedded public key is that of another key",
		"EC 私钥内嵌的公钥与私钥不一致",
	},
	ECExplicitCurve: {
		"an EC key with explicit curve parameters instead of a named curve",
		"EC 私钥使用显式曲线参数，而不是命名曲线",
	},
	ECCurveUnreadable: {
		"an EC key whose curve cannot be read",
		"EC 私钥的曲线无法读取",
	},
	NotPKCS8: {
		"not a sound PKCS#8 key",
		"PKCS#8 结构不合法",
	},
	PKCS8Version2: {
		"a PKCS#8 key of version 2 with a public key in it, which OpenSSL 3.0 does not read: convert with a newer openssl pkey",
		"带公钥的 PKCS#8 第 2 版私钥，OpenSSL 3.0 无法读取：请用较新的 openssl pkey 转换",
	},
	PKCS8Trailing: {
		"a PKCS#8 key with something behind it",
		"PKCS#8 私钥之后有多余内容",
	},
	PKCS8Attributes: {
		"a PKCS#8 key whose attributes are not sound, so that OpenSSL does not read it",
		"PKCS#8 私钥的属性不合法，OpenSSL 无法读取",
	},
	PKCS8Parameters: {
		"a PKCS#8 key whose algorithm has parameters that are not sound, so that OpenSSL does not read it",
		"PKCS#8 私钥的算法参数不合法，OpenSSL 无法读取",
	},
	PKCS8RSAUnreadable: {
		"a PKCS#8 key whose RSA key cannot be read",
		"PKCS#8 中的 RSA 私钥无法读取",
	},
	PKCS8ECUnreadable: {
		"a PKCS#8 key whose EC key cannot be read",
		"PKCS#8 中的 EC 私钥无法读取",
	},
	Ed25519Length: {
		"an Ed25519 key that is not one of 32 bytes",
		"Ed25519 私钥不是 32 字节",
	},
	RSAPSSKey: {
		"an RSA-PSS key: use a plain RSA key",
		"RSA-PSS 私钥：请使用普通 RSA 私钥",
	},
	DSAKey: {
		"a DSA key",
		"DSA 私钥",
	},
	KeyAlgorithmUnsupported: {
		"a key of algorithm %[1]v, which is none of RSA, ECDSA and Ed25519",
		"算法为 %[1]v 的私钥，不是 RSA、ECDSA 或 Ed25519",
	},
	SendKeyOfBlock: {
		"send the key that block %[1]d was issued for",
		"请发送与第 %[1]d 块对应的私钥",
	},
	SendKeyOfServer: {
		"send the key of the server's certificate",
		"请发送服务器证书对应的私钥",
	},
	KeyOfNamesake: {
		"the key is that of the CA in %[2]s, whose name block %[1]d has as its issuer: a CA's own key must not be sent; %[3]s",
		"该私钥是%[2]s的 CA 的私钥，第 %[1]d 块的签发者即为该名称：不得发送 CA 自己的私钥；%[3]s",
	},
	KeyOfIssuer: {
		"the key is that of the CA in %[2]s, which issued block %[1]d: a CA's own key must not be sent; %[3]s",
		"该私钥是%[2]s的 CA 的私钥，第 %[1]d 块由该 CA 签发：不得发送 CA 自己的私钥；%[3]s",
	},
	KeyOfAncestor: {
		"the key is that of the CA in %[2]s, from which block %[1]d descends: it issued a CA further down the chain: a CA's own key must not be sent; %[3]s",
		"该私钥是%[2]s的 CA 的私钥，它是第 %[1]d 块的上级 CA：不得发送 CA 自己的私钥；%[3]s",
	},
	KeyOfCA: {
		"the key is that of the CA certificate in %[1]s, which names no host: a CA's own key must not be sent; %[2]s",
		"该私钥属于%[1]s的 CA 证书，该证书不含任何域名：不得发送 CA 自己的私钥；%[2]s",
	},
	BlockNumber: {
		"block %[1]d",
		"第 %[1]d 块",
	},
	BlockAndLine: {
		"block %[1]d (line %[2]d)",
		"第 %[1]d 块（第 %[2]d 行）",
	},
	NameTooManyBytes: {
		"%[1]d bytes cannot be %[2]d characters",
		"%[1]d 字节不可能在 %[2]d 个字符以内",
	},
	NotUTF8: {
		"not valid UTF-8",
		"不是合法的 UTF-8",
	},
	ControlCharacter: {
		"it holds a control character",
		"含有控制字符",
	},
	NameTooLong: {
		"%[1]d characters; the limit is %[2]d",
		"%[1]d 个字符，上限为 %[2]d",
	},
	SecondLeaf: {
		"a second server certificate (%[1]s) behind that of block %[2]d (%[3]s): the text holds several chains",
		"第 %[2]d 块之后还有另一张服务器证书（%[1]s），前一张为 %[3]s：内容中有多条证书链",
	},
	NameCharacters: {
		"the name has the character %s; the vendor's console takes letters, digits, full stops, underscores and hyphens only",
		"名称含有字符 %s；控制台只接受字母、数字、点号、下划线和连字符",
	},
	DomainStar: {
		"CDN and DCDN write the wildcard domain %s as %s",
		"CDN 和 DCDN 将泛域名 %s 写作 %s",
	},
	IssuedBesideChain: {
		"block %[1]d issued it, but it is no part of the chain of block %[2]d: leave it out if it is not needed",
		"它由第 %[1]d 块签发，但不属于第 %[2]d 块的证书链：无法判断是否需要它；如不需要，请自行去掉",
	},
	IssuersOfEachOther: {
		"block %[1]d may be its issuer and its child: the certificates name each other as issuers, so their order is not clear",
		"第 %[1]d 块可能既是其签发者又由其签发：这些证书互为签发者，无法确定顺序",
	},
	TooManyOfOneName: {
		"too many certificates have the name of an issuer: it takes too long to verify which of them issued which",
		"与签发者同名的证书过多：逐一验证签发关系耗时过长",
	},
	NoOrder: {
		"the certificates name each other as issuers in a circle, so their order is not clear",
		"这些证书循环互为签发者，无法确定顺序",
	},
	Swapped: {
		"certificate and private key are swapped: each is in the other's parameter",
		"证书和私钥放反了：各自出现在对方的参数中",
	},
	KeyOfLaterBlock: {
		"the key belongs to the certificate in %[1]s: the leaf is not first",
		"私钥属于%[1]s的证书：服务器证书没有放在最前",
	},
	KeyOfAnotherType: {
		"the key is %[1]s, the first certificate's is %[2]s",
		"私钥类型为 %[1]s，第一张证书的公钥类型为 %[2]s",
	},
	KeyExponentDiffers: {
		"same RSA modulus, but the key's exponent is %[1]d and the certificate's %[2]d",
		"RSA 模数相同，但私钥的指数为 %[1]d，证书的为 %[2]d",
	},
	KeyLengthDiffers: {
		"the key has %[1]d bits, the first certificate's %[2]d",
		"私钥为 %[1]d 位，第一张证书的公钥为 %[2]d 位",
	},
	KeyCurveDiffers: {
		"the key is on %[1]s, the first certificate's on %[2]s",
		"私钥在 %[1]s 曲线上，第一张证书的公钥在 %[2]s 上",
	},
	KeyOfNone: {
		"it belongs to none of the certificates, although its type fits: it is the key of another certificate",
		"类型相符，但不属于其中任何一张证书：这是另一张证书的私钥",
	},
	UTF16: {
		"the text is UTF-16: save it as plain ASCII",
		"文本为 UTF-16 编码：请另存为纯 ASCII",
	},
	ByteOrderMark: {
		"the text begins with a byte-order mark: save it without one",
		"文本以字节顺序标记（BOM）开头：请另存为不带 BOM 的文件",
	},
	DERCertificate: {
		"DER, not PEM: convert with openssl x509 -inform der (a PKCS#12 file: openssl pkcs12 -nodes)",
		"是 DER 而不是 PEM：用 openssl x509 -inform der 转换（PKCS#12 文件用 openssl pkcs12 -nodes）",
	},
	DERKey: {
		"DER, not PEM: convert with openssl pkey -inform der (a PKCS#12 file: openssl pkcs12 -nodes)",
		"是 DER 而不是 PEM：用 openssl pkey -inform der 转换（PKCS#12 文件用 openssl pkcs12 -nodes）",
	},
	LineIndented: {
		"the BEGIN or END line is indented",
		"标记行有缩进",
	},
	LineDashes: {
		"the BEGIN or END line does not have five dashes on each side",
		"标记行两侧不是五个短横线",
	},
	LineTrailing: {
		"something follows the dashes on the BEGIN or END line; a line break is lost",
		"标记行的短横线之后还有内容，缺少换行",
	},
	OneLine: {
		"BEGIN and END are on one line: the line breaks are lost",
		"BEGIN 与 END 在同一行：换行丢失",
	},
	BadLabel: {
		"the label of the BEGIN or END line is not a PEM label",
		"标记行的标签不合法",
	},
	StrayCR: {
		"a stray carriage return on the BEGIN or END line",
		"标记行中有多余的回车符",
	},
	EndWithoutBegin: {
		"an END line without its BEGIN line",
		"END 行没有对应的 BEGIN 行",
	},
	BeginInside: {
		"a BEGIN line inside the block that line %[1]d began: that block is cut off",
		"第 %[1]d 行开始的块内又出现 BEGIN 行：该块不完整",
	},
	LabelsDiffer: {
		"the END line has another label than the BEGIN line %[1]d",
		"END 行的标签与第 %[1]d 行 BEGIN 的标签不同",
	},
	CutOff: {
		"the last block is cut off: it has no END line",
		"最后一个块被截断：没有 END 行",
	},
	LongLine: {
		"a BEGIN line inside a line of more than 254 bytes, which OpenSSL reads in pieces",
		"BEGIN 出现在超过 254 字节的行中，OpenSSL 会分段读取该行",
	},
	ZeroByte: {
		"a zero byte, which OpenSSL takes for the end of the file",
		"零字节，OpenSSL 会将其视为文件结尾",
	},
	ByteOrderMarkInside: {
		"a byte-order mark before the dashes: two files were joined",
		"短横线之前有字节顺序标记（BOM）：可能是两个文件拼接而成",
	},
	DamagedLine: {
		"a damaged BEGIN or END line",
		"标记行损坏",
	},
	BlockEmpty: {
		"the block is empty",
		"块内容为空",
	},
	BlockHeaders: {
		"the block has headers; OpenSSL and Go do not agree on such a block",
		"块内含有头部字段，不同程序对此解释不一致",
	},
	BlankLineEndsHeaders: {
		"a blank line inside the block; OpenSSL takes it for the end of headers",
		"块内有空行；OpenSSL 会将其视为头部结束",
	},
	NotBase64: {
		"the content is not base64",
		"内容不是合法的 base64",
	},
	BlankLineInside: {
		"a blank line inside the block",
		"块内有空行",
	},
	LineLength: {
		"a line that is not 64 characters long",
		"该行长度不是 64 个字符",
	},
	WhiteSpaceInside: {
		"white space in the content",
		"内容中有空白字符",
	},
	TextLikeBlock: {
		"text outside the blocks looks like a block that is commented out or damaged; it is not read",
		"块外的文本像是被注释或损坏的块，不会被读取",
	},
	TextOutside: {
		"text outside the blocks",
		"块外有其他文本",
	},
	BlankLineOutside: {
		"a blank line between or around the blocks",
		"块之间或首尾有空行",
	},
	LinesCRLF: {
		"lines end with CR LF",
		"行尾为 CR LF",
	},
	MixedLineEnds: {
		"some lines end with CR LF, others with LF",
		"部分行以 CR LF 结尾，部分以 LF 结尾",
	},
	NoFinalNewline: {
		"the last line does not end with a line break",
		"最后一行没有换行符",
	},
	OnlyWhiteSpace: {
		"only white space",
		"内容只有空白字符",
	},
	ForeignBlock: {
		"a block that is not a private key is ignored",
		"跳过了一个不是私钥的块",
	},
	CertificateNotKey: {
		"no private key in the text, but a certificate",
		"文本中没有私钥，只有证书",
	},
	NoKeyBlock: {
		"no private-key block in the text",
		"文本中没有私钥块",
	},
	SeveralKeys: {
		"more than one private key: it is not clear which is meant",
		"存在多个私钥，无法确定使用哪一个",
	},
	KeyBlockEmpty: {
		"the private-key block is empty",
		"私钥块内容为空",
	},
	OpenSSHKey: {
		"an OpenSSH key: convert with ssh-keygen -p -m PEM",
		"OpenSSH 格式的私钥：请用 ssh-keygen -p -m PEM 转换",
	},
	DSAKeyBlock: {
		"a DSA key; TLS servers no longer take DSA",
		"DSA 私钥；TLS 服务器已不再支持 DSA",
	},
	KeyLabelUnknown: {
		"the label is none of RSA PRIVATE KEY, EC PRIVATE KEY, PRIVATE KEY",
		"标签不是 RSA PRIVATE KEY、EC PRIVATE KEY 或 PRIVATE KEY",
	},
	KeyEncrypted: {
		"the key is encrypted",
		"私钥已加密",
	},
	LabelMisfit: {
		"the content is that of a block labeled %[1]s",
		"内容应使用标签 %[1]s",
	},
	PKCS8RSAKey: {
		"an RSA key in PKCS#8 form; the vendor's pages ask for RSA PRIVATE KEY",
		"PKCS#8 格式的 RSA 私钥；官方文档要求 RSA PRIVATE KEY",
	},
	RSATooLong: {
		"an RSA modulus of more than %[1]d bits",
		"RSA 模数超过 %[1]d 位",
	},
	RSATooManyPrimes: {
		"an RSA key of more than %[1]d primes",
		"RSA 私钥的素数超过 %[1]d 个",
	},
	RSAVersionMisfit: {
		"an RSA key whose version does not fit the number of its primes",
		"RSA 私钥的版本与素数个数不符",
	},
	RSANumbersMisfit: {
		"an RSA key whose numbers do not fit each other",
		"RSA 私钥的各个数值相互矛盾",
	},
	NoCertificate: {
		"there is no certificate",
		"没有证书",
	},
	IssuedOther: {
		"%[1]s; it issued block %[2]d: is that the leaf?",
		"%[1]s；它签发了第 %[2]d 块：那一块才是服务器证书？",
	},
	NoServerAuth: {
		"its extended key usage does not hold serverAuth",
		"扩展密钥用法不包含 serverAuth",
	},
	NoServerKeyUsage: {
		"its key usage holds none of digitalSignature, keyEncipherment, keyAgreement",
		"密钥用法不包含 digitalSignature、keyEncipherment、keyAgreement 中的任何一个",
	},
	NoNetscapeServer: {
		"its Netscape certificate type does not hold SSL server",
		"Netscape 证书类型不包含 SSL server",
	},
	NoParameter: {
		"%[1]s is no parameter of %[2]s",
		"%[2]s 没有参数 %[1]s",
	},
	OnlyStaging: {
		`only "staging" has a meaning here`,
		`只有 "staging" 有意义`,
	},
	Absent: {
		"it is absent",
		"未提供",
	},
	IgnoredWhenFree: {
		"not looked at for the domain's free certificate",
		"使用域名的免费证书时不会使用",
	},
	IgnoredInUpload: {
		"not looked at for an upload",
		"上传证书时不会使用",
	},
	NothingChecked: {
		`a certificate is given, but an absent status means "off": nothing was checked`,
		`提供了证书，但未提供状态，默认为 "off"：未做任何检查`,
	},
	IgnoredWhenOff: {
		`not looked at when the status is "off"`,
		`状态为 "off" 时不会使用`,
	},
	HintExchange: {
		"exchange the two: the certificate goes into the parameter for the certificate, the key into the one for the key",
		"将两者对调：证书填入证书参数，私钥填入私钥参数",
	},
	HintTakeKeyOut: {
		"take the private key out of the certificate text; if others may have read it, have the certificate issued again with a new key",
		"从证书文本中删除私钥；如果他人可能已读取，请使用新私钥重新签发证书",
	},
	HintSignedCertificate: {
		"send the certificate that the CA issued for this request",
		"发送 CA 根据该请求签发的证书",
	},
	HintKeyOfLeaf: {
		"send the private key that the first certificate was issued for, and keep the CA's key off every server",
		"发送第一张证书对应的私钥，不要将 CA 的私钥放到任何服务器上",
	},
	HintReorder: {
		"send the leaf first, each certificate followed by its issuer; Normalize or certcheck -fix reorders them",
		"服务器证书在最前，每张证书之后是其签发者；Normalize 或 certcheck -fix 可自动排序",
	},
	HintAppendIntermediate: {
		"append the missing intermediate (the CA's site has it), unless the named issuer is a root that every client trusts",
		"补上缺少的中间证书（可从 CA 网站下载），除非该签发者是所有客户端都信任的根证书",
	},
	HintIntermediateAgain: {
		"get the intermediate from the CA again: it has the right name, but another key",
		"重新从 CA 获取中间证书：名称正确但密钥不同",
	},
	HintVerifyElsewhere: {
		"check it with another tool if it matters: openssl verify",
		"如有必要，请用 openssl verify 等工具验证",
	},
	HintLeaveRootOut: {
		"leave the root out: clients have it, and it only costs bytes",
		"去掉根证书：客户端已内置，发送只会增加流量",
	},
	HintSendOnce: {
		"send every certificate once",
		"每张证书只发送一次",
	},
	HintLeaveOut: {
		"leave it out",
		"去掉该证书",
	},
	HintCurrentIntermediate: {
		"get the current intermediate from the CA",
		"从 CA 获取当前有效的中间证书",
	},
	HintNotCA: {
		"use a certificate with CA:FALSE for a server",
		"服务器应使用 CA:FALSE 的证书",
	},
	HintSelfSigned: {
		"fine for a test; browsers will not trust it",
		"可用于测试；浏览器不会信任",
	},
	HintIssueForDomain: {
		"have the certificate issued for the domain, or check which file is sent",
		"为该域名签发证书，或检查是否发错了文件",
	},
	HintTypeAnew: {
		"type the name anew instead of pasting it",
		"请重新输入该名称，不要粘贴",
	},
	HintRenew: {
		"renew it now",
		"请尽快续期",
	},
	HintSetTime: {
		"set Options.Now to the time of the deployment",
		"将 Options.Now 设为部署时间",
	},
	HintStrongerKey: {
		"use RSA with at least 2048 bits or P-256",
		"使用至少 2048 位的 RSA 或 P-256",
	},
	HintSHA256: {
		"have the certificate issued again with SHA-256",
		"使用 SHA-256 重新签发证书",
	},
	HintCommonKey: {
		"if the service or its clients refuse it, use RSA or P-256",
		"如果服务或客户端不接受，请改用 RSA 或 P-256",
	},
	HintStatusOn: {
		`set ServerCertificateStatus to "on" to use the certificate`,
		`要启用证书，请将 ServerCertificateStatus 设为 "on"`,
	},
	HintLeaveOutOrCheck: {
		"leave it out, or check that the other parameters say what is meant",
		"去掉该参数，或检查其他参数是否符合预期",
	},
	HintJoinRegion: {
		"join the region to the number, such as 1234567-cn-hangzhou",
		"在数字后加上地域，例如 1234567-cn-hangzhou",
	},
	HintCheckID: {
		"check the id; the service answers ResourceNotFound.Certificate to an unknown one",
		"检查该 ID；未知 ID 会返回 ResourceNotFound.Certificate",
	},
	HintOneChain: {
		"send one chain: the certificate of this domain and its intermediates; the other certificate needs a call of its own",
		"只发送一条证书链：该域名的证书及其中间证书；另一张证书需单独调用",
	},
	HintServerUsage: {
		"this operation takes it, but no server can use it: have it issued with the extended key usage serverAuth",
		"该接口会接受，但服务器无法使用：签发时扩展密钥用法应包含 serverAuth",
	},
	HintPlainName: {
		"use a name of letters, digits, full stops, underscores and hyphens",
		"名称只使用字母、数字、点号、下划线和连字符",
	},
	HintDotSpelling: {
		"if the domain is not found, spell it with the leading full stop, as .example.com",
		"如提示域名不存在，请改用以点号开头的写法，例如 .example.com",
	},
	HintConvertPKCS8: {
		"convert it: openssl rsa -in key.pem -traditional -out rsa.pem; Normalize or certcheck -fix does it",
		"转换格式：openssl rsa -in key.pem -traditional -out rsa.pem；也可使用 Normalize 或 certcheck -fix",
	},
	HintLabel: {
		"give the block the label of its content; Normalize or certcheck -fix does it",
		"将块标签改为与内容一致；也可使用 Normalize 或 certcheck -fix",
	},
	HintKeyAlone: {
		"send the private-key block alone",
		"只发送私钥块",
	},
	HintNormalize: {
		"Normalize or certcheck -fix writes the published form",
		"Normalize 或 certcheck -fix 可输出规范格式",
	},
	ChangeRepaired: {
		"repaired the BEGIN and END lines",
		"修复了标记行",
	},
	ChangeDroppedDuplicates: {
		"dropped %[1]d duplicate certificates",
		"去掉了 %[1]d 张重复证书",
	},
	ChangeMovedLeaf: {
		"moved the leaf, block %[1]d, to the front",
		"将服务器证书（第 %[1]d 块）移到最前",
	},
	ChangeOrdered: {
		"put the chain in order",
		"调整了证书链的顺序",
	},
	ChangeDroppedRoot: {
		"dropped the root, block %[1]d",
		"去掉了根证书（第 %[1]d 块）",
	},
	ChangeDroppedUnrelated: {
		"dropped block %[1]d, which is no part of the chain",
		"去掉了不属于证书链的第 %[1]d 块",
	},
	ChangeRewrote: {
		"rewrote it in lines of 64 characters, with nothing between the blocks",
		"按每行 64 个字符重写，块之间不留其他内容",
	},
	ChangeConverted: {
		"converted the key from PKCS#8 to RSA PRIVATE KEY",
		"将私钥从 PKCS#8 转换为 RSA PRIVATE KEY",
	},
	ChangeLabeled: {
		"labeled the key %[1]s, as its content is",
		"按内容将私钥标签改为 %[1]s",
	},
}

// remedies has what to do about reasons for which the hint of the condition is too
// general.
var remedies = [numIDs]ID{
	Swapped:          HintExchange,
	KeyInCertificate: HintTakeKeyOut,
	RequestBlock:     HintSignedCertificate,
	KeyOfNamesake:    HintKeyOfLeaf,
	KeyOfIssuer:      HintKeyOfLeaf,
	KeyOfAncestor:    HintKeyOfLeaf,
	KeyOfCA:          HintKeyOfLeaf,
}
