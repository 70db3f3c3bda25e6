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
	SameDomain

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
	ExtensionsPassedOver
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
	LeafIsCAByName
	LeafIsCAOnly
	SelfSigned
	NotCovered
	NotOfSite
	ExpiresSoon
	ExpiresInADay
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
	DomainHas
	DomainAnd
	DomainSlashes
	DomainPrefix
	DomainMail
	DomainBeside
	DomainInvisible
	DomainSymbol
	DomainBadCharacter
	ListEach
	Use

	// Reasons, ids.go
	ListenerMore
	ListenerList
	ListenerBalancer
	ListenerGroup
	ListenerPort
	ListenerCertificate
	ListenerCase
	ListenerOther
	EntryCharacter
	EntryMore
	EntryJSON
	EntryList
	EntryNumber
	EntryCase
	EntryTurned
	EntryEndpoint
	EntryListener
	EntryBalancer
	EntryClassic
	EntryOther
	KindURL
	KindResource
	KindFingerprint
	KindFile
	KindHostName
	KindID
	CertIDWithRegion
	CertIDMore
	CertIDList
	CertIDOther
	CertRegionWithID
	CertRegionOther

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
	NameFirstCharacter
	NameCharacterRefused
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
	KeyAndOnlyCAs

	// Reasons, pemtext.go
	UTF16
	ByteOrderMark
	NotPEMButDER
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

	// Reasons, pemtext.go: what resembles BEGIN and END lines, and damage of base64
	OddDash
	OddTab
	OddSpace
	OddInvisible
	OddLetter
	ScriptCyrillic
	ScriptGreek
	ScriptFullwidth
	SmallLetters
	TextBeforeBegin
	TextBeforeEnd
	BareCertificate
	BareKey
	BeginMissing
	EncodedEscapes
	EncodedPercent
	EncodedEntities
	EncodedTags
	EncodedMail
	URLAlphabet
	LeftOut
	SpacesForPlus
	PaddingInside
	OtherLength
	NoPadding
	NotOfBase64
	InvisibleInside
	KindQuote
	KindControl
	KindLetter
	KindSign

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

	// Reasons, contents.go: what stands where PEM text belongs
	NotCertificateText
	NotKeyText
	NotPEMText
	NotCertificateInBlock
	NotKeyInBlock
	InBase64
	BareBase64
	OnlyBlockOf
	LabelMisspelled
	CopyCutOff
	CopyWithMore
	CopyBroken
	SM2Key
	SameKeyTwice
	SeveralKeysOneFits

	// Names of what contents.go recognizes
	ThisPEM
	ThisUTF16
	ThisUTF16LE
	ThisUTF16BE
	ThisCertificate
	ThisSM2Certificate
	ThisRequest
	ThisRevocationList
	ThisPublicKey
	ThisPrivateKey
	ThisSM2PrivateKey
	ThisEncryptedKey
	ThisPKCS7
	ThisSealed
	ThisPKCS12
	ThisCurveName
	ThisCutOff
	ThisSurplus
	ThisBroken
	ThisOpenSSHKey
	ThisJKS
	ThisJCEKS
	ThisZIP
	ThisGzip
	ThisTarGzip
	ThisArchive
	ThisTraefikStore
	ThisJWK
	ThisACMEAccount
	ThisSecretJSON
	ThisJSON
	ThisSecretYAML
	ThisHTML
	ThisXML
	ThisRTF
	ThisPath
	ThisURL
	ThisPlaceholder
	ThisDump
	ThisPuTTY
	ThisSSHPublicKey
	ThisAnsibleVault
	ThisSOPS
	ThisOtherSealed
	ACertificate
	APrivateKey
	AnEncryptedKey
	PlainDER

	// Reasons, rsakey.go
	RSATooLong
	RSATooManyPrimes
	RSAVersionMisfit
	RSANumbersMisfit

	// Reasons, usage.go
	NoCertificate
	NotServerLeafByKey
	NotServerLeafByName
	NotServerIssuer
	NotServerOnlyCAs
	NoServerAuth
	NoServerKeyUsage
	NoNetscapeServer

	// Reasons, words.go
	NoParameter
	OnlyStaging
	Absent
	IgnoredWhenFree
	IgnoredInUpload
	IgnoredForStored
	NothingChecked
	IgnoredWhenOff

	// Hints, advisory.go
	HintReorder
	HintExchange
	HintTakeKeyOut
	HintNewKeyIfRead
	HintSignedCertificate
	HintKeyOfLeaf
	HintMoveLeaf
	HintLeafWithItsKey
	HintFullChain
	HintOtherIntermediate
	HintOtherPair
	HintServerAuth
	HintKeyUsage
	HintNetscapeServer
	HintIssueAgain
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
	HintListenerID
	HintCertificateID
	HintRightFolder
	HintJoinFiles
	HintSplitFile
	HintKeyOfCertificate
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
	HintOnlyBlocks
	HintNoBlankLines
	HintLines64
	HintNoWhiteSpace
	HintOneLineEnd
	HintLF
	HintFinalNewline

	// Hints about the form of a text
	HintPlainLines
	HintCopyBlock
	HintAddLines
	HintDecodeOnce
	HintWithoutMark
	HintNoHeaders
	HintBlockOut
	HintLooksLikeBlock

	// Hints of contents.go
	HintBase64
	HintBase64Twice
	HintBase64Odd
	HintBase64DER
	HintBase64DERKey
	HintUTF16
	HintUTF16LE
	HintUTF16BE
	HintDERCertificate
	HintDERKey
	HintEncryptedDER
	HintEncryptedPEM
	HintPKCS7DER
	HintPKCS7PEM
	HintPKCS12
	HintPKCS12Legacy
	HintBase64PKCS12
	HintBlockPKCS12
	HintBlockPEM
	HintBlockBase64
	HintBlockBase64Key
	HintJKS
	HintJCEKS
	HintZIP
	HintGzip
	HintTarGzip
	HintArchive
	HintTraefikStore
	HintAccountKey
	HintSecretJSON
	HintSecretYAML
	HintJSON
	HintPage
	HintRTF
	HintPath
	HintURL
	HintPlaceholder
	HintDump
	HintPuTTY
	HintAnsibleVault
	HintSOPS
	HintSealed
	HintOpenSSH
	HintOpenSSHEd25519
	HintSendKey
	HintSendCertificate
	HintLabelOfContent
	HintCopyAgain
	HintSM2
	HintSendOneKey
	HintTrusted

	// Changes, normalize.go
	ChangeRepaired
	ChangeUndone
	ChangeDroppedDuplicates
	ChangeMovedLeaf
	ChangeOrdered
	ChangeDroppedRoot
	ChangeDroppedUnrelated
	ChangeRewrote
	ChangeConverted
	ChangeLabeled
	ChangeUnpacked
	ChangeExchanged
	ChangeKeyTakenOut
	ChangeKeyFromCertificate
	ChangeOneOfKeys

	// What advisories mean, meaning.go
	MeansChainOutOfOrder
	MeansChainLinkMissing
	MeansChainSignatureBad
	MeansChainLinkNotVerifiable
	MeansRootIncluded
	MeansDuplicateCertificate
	MeansUnrelatedCertificate
	MeansIntermediateNotInPeriod
	MeansLeafIsCA
	MeansSelfSigned
	MeansDomainNotCovered
	MeansExpiresSoon
	MeansValidityNotChecked
	MeansWeakKey
	MeansWeakSignature
	MeansKeyTypeUncommon
	MeansNothingChecked
	MeansParameterIgnored
	MeansDomainCharacterDropped
	MeansIDWithoutRegion
	MeansCertificateUnknown
	MeansPKCS8RSAKey
	MeansLabelMisfit
	MeansTextOutsideBlocks
	MeansBlankLines
	MeansLineLength
	MeansWhiteSpace
	MeansMixedLineEnds
	MeansForeignBlock
	MeansCRLF
	MeansNoFinalNewline
	MeansSecondLeaf
	MeansNotServer
	MeansLeafNotInPeriod
	MeansCertNameCharacters
	MeansWildcardSpelling
	MeansDomainCharacterUnusual
	MeansCertificateIDForm
	MeansListenerIDForm
	MeansFolderNotCovered
	MeansChainInOtherFile
	MeansCombinedFile
	MeansKeyOfOtherFile

	numIDs // one more than the last id
)

var sentences = [numIDs]sentence{
	CertificatesNotFlat: {
		"the certificates are given as one value; give each a parameter of its own, with a number in its name",
		"证书以单个值给出；请为每张证书使用一个带序号的参数",
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
	SameDomain: {
		"the same domain as %[1]s",
		"与 %[1]s 的域名相同",
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
		"a PKCS#7 block, not a certificate",
		"这是 PKCS#7 块而不是证书",
	},
	UncommonLabel: {
		"a block labeled %[1]s, which not every TLS server reads",
		"标签为 %[1]s 的块，并非所有 TLS 服务器都能读取",
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
	ExtensionsPassedOver: {
		"the extensions cannot be read; Go passes over them, because the certificate is not of version 3 or a unique identifier is in pieces",
		"无法读取证书的扩展；Go 会跳过这些扩展，因为证书不是第 3 版，或其中的唯一标识符分段编码",
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
		"第一份证书是 CA 证书（CA:TRUE）",
	},
	LeafIsCAByName: {
		"the first certificate is a CA (CA:TRUE); the leaf is %[1]s, as far as names tell",
		"第一份证书是 CA 证书（CA:TRUE）；从名称看，服务器证书是%[1]s",
	},
	LeafIsCAOnly: {
		"there are only CA certificates here (CA:TRUE), and the server's own certificate is missing",
		"这里只有 CA 证书（CA:TRUE），缺少服务器证书",
	},
	SelfSigned: {
		"the first certificate is self-signed",
		"第一份证书是自签名证书",
	},
	NotCovered: {
		"its names do not cover %[1]s",
		"证书的域名不包含 %[1]s",
	},
	NotOfSite: {
		"none of its names covers %[1]s or is below it",
		"证书的域名不包含 %[1]s，也不在其之下",
	},
	ExpiresSoon: {
		"it expires in %[1]d days, on %[2]s; it was due for renewal from %[3]s",
		"将在 %[1]d 天后（%[2]s）过期；自 %[3]s 起即应续期",
	},
	ExpiresInADay: {
		"it expires in a day, on %[1]s; it was due for renewal from %[2]s",
		"将在 1 天后（%[1]s）过期；自 %[2]s 起即应续期",
	},
	IssuerDoesNotFollow: {
		"the issuer of block %[1]d does not follow it",
		"第 %[1]d 份证书的颁发者没有紧随其后",
	},
	RootIncluded: {
		"the root is included",
		"包含了根证书",
	},
	IssuerElsewhere: {
		"it was issued by block %[1]d, which does not follow it",
		"由第 %[1]d 份证书颁发，但该证书没有紧随其后",
	},
	Unrelated: {
		"it is no part of the first certificate's chain",
		"不属于第一份证书的证书链",
	},
	Unlinked: {
		"as far as the text goes, it is no part of the first certificate's chain",
		"就文本而言，它不属于第一份证书的证书链",
	},
	Duplicate: {
		"the same certificate as block %[1]d",
		"与第 %[1]d 份证书是同一份证书",
	},
	IssuerMissingWithID: {
		"its issuer %[1]q (key identifier %[2]s) is not in the text",
		"文本中没有其颁发者 %[1]q（密钥标识 %[2]s）",
	},
	IssuerMissing: {
		"its issuer %[1]q is not in the text",
		"文本中没有其颁发者 %[1]q",
	},
	SignatureByAnotherKey: {
		"its signature is not by the key of block %[1]d, although the names fit",
		"名称相符，但签名与第 %[1]d 份证书的密钥不符",
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
		"无法验证：第 %[1]d 份证书的 RSA 密钥为 %[2]d 位，最多用 %[3]d 位的密钥验证签名",
	},
	VerifierExponentTooLarge: {
		"not verifiable: the RSA key of block %[1]d has the exponent %[2]d; signatures are verified by at most %[3]d",
		"无法验证：第 %[1]d 份证书的 RSA 密钥的指数为 %[2]d，最多用 %[3]d 验证签名",
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
		"a scheme in front (%[1]s)",
		"前面带有协议头（%[1]s）",
	},
	DomainPort: {
		"a port at the end (%[1]s)",
		"末尾带有端口（%[1]s）",
	},
	DomainPath: {
		"a path behind the name (%[1]s)",
		"名称后面带有路径（%[1]s）",
	},
	DomainSpace: {
		"white space in it (%[1]s)",
		"含有空白字符（%[1]s）",
	},
	DomainDotAtEnd: {
		"a dot at the end",
		"末尾有一个点",
	},
	DomainDropped: {
		"the name has the character %[1]s, which its ASCII form %[2]s does not have",
		"该名称含有字符 %[1]s，而其 ASCII 形式 %[2]s 不含该字符",
	},
	DomainHas: {
		"%[1]s is not a host name: it has %[2]s",
		"%[1]s 不是主机名：%[2]s",
	},
	DomainAnd: {
		"%[1]s and %[2]s",
		"%[1]s，并且%[2]s",
	},
	DomainSlashes: {
		"slashes in front, as a URL or a path has (%[1]s)",
		"前面带有 URL 或路径的斜杠（%[1]s）",
	},
	DomainPrefix: {
		"%[1]q in front",
		"前面带有 %[1]q",
	},
	DomainMail: {
		"a name and an @ in front, as an e-mail address has",
		"前面带有用户名和 @，像是电子邮件地址",
	},
	DomainBeside: {
		"the character %[1]s beside the name",
		"名称旁边有字符 %[1]s",
	},
	DomainInvisible: {
		"an invisible character in it (%[1]s)",
		"含有不可见字符（%[1]s）",
	},
	DomainSymbol: {
		"the name has the character %[1]s, which no registered name has: its ASCII form is %[2]s",
		"该名称含有字符 %[1]s，已注册的域名中不会有该字符：其 ASCII 形式为 %[2]s",
	},
	DomainBadCharacter: {
		"%[1]s is not a host name: it has the character %[2]s; each label has 1 to 63 letters, digits and inner hyphens",
		"%[1]s 不是主机名：含有字符 %[2]s；每一段应为 1 至 63 个字母、数字或中间的连字符",
	},
	ListEach: {
		"%[1]s; make a request for each, the first with %[2]q",
		"%[1]s；请逐个发起请求，第一个使用 %[2]q",
	},
	Use: {
		"%[1]s; use %[2]q",
		"%[1]s；请使用 %[2]q",
	},
	ListenerMore: {
		"%[1]s has more in it than the id of a listener",
		"%[1]s 中除监听 ID 外还有其他内容",
	},
	ListenerList: {
		"%[1]s is a list; this operation takes one listener",
		"%[1]s 是一个列表；该接口每次只接受一个监听",
	},
	ListenerBalancer: {
		"%[1]s is the id of a load balancer or an accelerator; the id of its listener is wanted, which begins with %[2]s",
		"%[1]s 是负载均衡或全球加速实例的 ID；此处应为其监听的 ID，以 %[2]s 开头",
	},
	ListenerGroup: {
		"%[1]s is the id of another resource of ALB; the id of a listener is wanted, which begins with %[2]s",
		"%[1]s 是 ALB 其他资源的 ID；此处应为监听的 ID，以 %[2]s 开头",
	},
	ListenerPort: {
		"%[1]s is a number, such as the port of a listener; the id of the listener is wanted, which begins with %[2]s",
		"%[1]s 是数字（例如监听端口）；此处应为监听的 ID，以 %[2]s 开头",
	},
	ListenerCertificate: {
		"%[1]s is the id of a certificate; the id of the listener is wanted, which begins with %[2]s",
		"%[1]s 是证书的 ID；此处应为监听的 ID，以 %[2]s 开头",
	},
	ListenerCase: {
		"%[1]s is not in lower case, as the ids of listeners are",
		"%[1]s 含有大写字母，而监听 ID 为小写",
	},
	ListenerOther: {
		"%[1]s does not look like the id of a listener, which begins with %[2]s",
		"%[1]s 不像监听的 ID，监听 ID 以 %[2]s 开头",
	},
	EntryCharacter: {
		"%[1]s has the character %[2]s, which no certificate id has",
		"%[1]s 含有字符 %[2]s，证书 ID 中不会有该字符",
	},
	EntryMore: {
		"%[1]s has more in it than one certificate id",
		"%[1]s 中除证书 ID 外还有其他内容",
	},
	EntryJSON: {
		"%[1]s is JSON; each entry takes one id",
		"%[1]s 是 JSON；每一项只能是一个 ID",
	},
	EntryList: {
		"%[1]s is a list; give one id in each entry: Certificates.1.CertificateId, Certificates.2.CertificateId and so on, the first of them %[2]q",
		"%[1]s 是一个列表；请每一项只给一个 ID：Certificates.1.CertificateId、Certificates.2.CertificateId 等，第一项为 %[2]q",
	},
	EntryNumber: {
		"%[1]s is the number of a certificate alone and does not end with a region; a listener takes number and region, such as \"%[2]s-cn-hangzhou\"",
		"%[1]s 只是证书的编号，末尾没有地域；监听需要编号加地域，例如 \"%[2]s-cn-hangzhou\"",
	},
	EntryCase: {
		"%[1]s is not in lower case, as regions are written",
		"%[1]s 含有大写字母，而地域应为小写",
	},
	EntryTurned: {
		"%[1]s does not have the form NUMBER-REGION",
		"%[1]s 不是“编号-地域”的形式",
	},
	EntryEndpoint: {
		"%[1]s has the host name of a service where the region belongs; a listener takes number and region, such as %[2]q",
		"%[1]s 在应为地域的位置写了服务的域名；监听需要编号加地域，例如 %[2]q",
	},
	EntryListener: {
		"%[1]s is the id of a listener; the id of a certificate is wanted, such as 1234567-cn-hangzhou",
		"%[1]s 是监听的 ID；此处应为证书的 ID，例如 1234567-cn-hangzhou",
	},
	EntryBalancer: {
		"%[1]s is the id of a load balancer or an accelerator; the id of a certificate is wanted, such as 1234567-cn-hangzhou",
		"%[1]s 是负载均衡或全球加速实例的 ID；此处应为证书的 ID，例如 1234567-cn-hangzhou",
	},
	EntryClassic: {
		"%[1]s is the id of a server certificate of the classic load balancer (SLB, CLB); this listener takes those of the certificate center, such as 1234567-cn-hangzhou",
		"%[1]s 是传统型负载均衡（SLB、CLB）服务器证书的 ID；此处的监听使用证书中心的证书，例如 1234567-cn-hangzhou",
	},
	EntryOther: {
		"%[1]s is not of the form NUMBER-REGION: it is %[2]s, perhaps of another service; a listener takes the id of the certificate center, such as 1234567-cn-hangzhou",
		"%[1]s 不是“编号-地域”的形式：它是%[2]s，可能属于其他服务；监听使用证书中心的 ID，例如 1234567-cn-hangzhou",
	},
	KindURL: {
		"a URL",
		"网址",
	},
	KindResource: {
		"the name of a resource",
		"资源名称",
	},
	KindFingerprint: {
		"a fingerprint or a serial number",
		"指纹或序列号",
	},
	KindFile: {
		"a file name",
		"文件名",
	},
	KindHostName: {
		"a host name",
		"域名",
	},
	KindID: {
		"another id",
		"另一种 ID",
	},
	CertIDWithRegion: {
		"%[1]s is number and region in one; give the number alone, the region %[2]s goes into CertRegion",
		"%[1]s 同时含有编号和地域；请只给编号，地域 %[2]s 应填入 CertRegion",
	},
	CertIDMore: {
		"%[1]s has more in it than the number of a certificate",
		"%[1]s 中除证书编号外还有其他内容",
	},
	CertIDList: {
		"%[1]s is a list; this operation takes one certificate",
		"%[1]s 是一个列表；该接口每次只接受一张证书",
	},
	CertIDOther: {
		"%[1]s is not a whole number; give the number of the certificate in the certificate center, such as 1234567 (a name goes into CertName)",
		"%[1]s 不是整数；请给出证书中心的证书编号，例如 1234567（名称应填入 CertName）",
	},
	CertRegionWithID: {
		"%[1]s is number and region in one; the number %[2]s goes into CertId",
		"%[1]s 同时含有编号和地域；编号 %[2]s 应填入 CertId",
	},
	CertRegionOther: {
		"%[1]s is no region of the certificate center: these are %[2]s and, outside China, %[3]s",
		"%[1]s 不是证书中心的地域：可用的是 %[2]s，中国站以外为 %[3]s",
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
		"请发送与第 %[1]d 份证书对应的私钥",
	},
	SendKeyOfServer: {
		"send the key of the server's certificate",
		"请发送服务器证书对应的私钥",
	},
	KeyOfNamesake: {
		"the key is that of the CA in %[2]s, whose name block %[1]d has as its issuer: a CA's own key must not be sent; %[3]s",
		"该私钥属于%[2]s，其名称与第 %[1]d 份证书的颁发者相同：不得发送 CA 自己的私钥；%[3]s",
	},
	KeyOfIssuer: {
		"the key is that of the CA in %[2]s, which issued block %[1]d: a CA's own key must not be sent; %[3]s",
		"该私钥属于%[2]s，即颁发第 %[1]d 份证书的 CA：不得发送 CA 自己的私钥；%[3]s",
	},
	KeyOfAncestor: {
		"the key is that of the CA in %[2]s, from which block %[1]d descends: it issued a CA further down the chain: a CA's own key must not be sent; %[3]s",
		"该私钥属于%[2]s，即第 %[1]d 份证书的上级 CA：不得发送 CA 自己的私钥；%[3]s",
	},
	KeyOfCA: {
		"the key is that of the CA certificate in %[1]s, which names no host: a CA's own key must not be sent; %[2]s",
		"该私钥属于%[1]s，这是不含任何域名的 CA 证书：不得发送 CA 自己的私钥；%[2]s",
	},
	BlockNumber: {
		"block %[1]d",
		"第 %[1]d 份证书",
	},
	BlockAndLine: {
		"block %[1]d (line %[2]d)",
		"第 %[1]d 份证书（第 %[2]d 行）",
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
		"第 %[2]d 份证书之后还有另一份服务器证书（%[1]s），前一份为 %[3]s：内容中有多条证书链",
	},
	NameCharacters: {
		"the name has the character %s; the vendor's console takes letters, digits, full stops, underscores and hyphens only",
		"名称含有字符 %s；控制台只接受字母、数字、点号、下划线和连字符",
	},
	NameFirstCharacter: {
		"the name begins with %s, which is no letter",
		"名称以 %s 开头，不是字母",
	},
	NameCharacterRefused: {
		"the name has the character %s; letters, digits, full stops, underscores, hyphens and slashes are allowed",
		"名称含有字符 %s；只能使用字母、数字、点号、下划线、连字符和斜杠",
	},
	DomainStar: {
		"CDN and DCDN write the wildcard domain %s as %s",
		"CDN 和 DCDN 将泛域名 %s 写作 %s",
	},
	IssuedBesideChain: {
		"block %[1]d issued it, but it is no part of the chain of block %[2]d: leave it out if it is not needed",
		"它由第 %[1]d 份证书签发，但不属于第 %[2]d 份证书的证书链：无法判断是否需要它；如不需要，请自行去掉",
	},
	IssuersOfEachOther: {
		"block %[1]d may be its issuer and its child: the certificates name each other as issuers, so their order is not clear",
		"第 %[1]d 份证书可能既是其颁发者又由其签发：这些证书互为颁发者，无法确定顺序",
	},
	TooManyOfOneName: {
		"too many certificates have the name of an issuer: it takes too long to verify which of them issued which",
		"与颁发者同名的证书过多：逐一验证签发关系耗时过长",
	},
	NoOrder: {
		"the certificates name each other as issuers in a circle, so their order is not clear",
		"这些证书循环互为颁发者，无法确定顺序",
	},
	Swapped: {
		"certificate and private key are swapped: each is in the other's parameter",
		"证书和私钥放反了：各自出现在对方的参数中",
	},
	KeyOfLaterBlock: {
		"the key belongs to the certificate in %[1]s: the leaf is not first",
		"私钥属于%[1]s：服务器证书没有放在最前",
	},
	KeyOfAnotherType: {
		"the key is %[1]s, the first certificate's is %[2]s",
		"私钥类型为 %[1]s，第一份证书的公钥类型为 %[2]s",
	},
	KeyExponentDiffers: {
		"same RSA modulus, but the key's exponent is %[1]d and the certificate's %[2]d",
		"RSA 模数相同，但私钥的指数为 %[1]d，证书的为 %[2]d",
	},
	KeyLengthDiffers: {
		"the key has %[1]d bits, the first certificate's %[2]d",
		"私钥为 %[1]d 位，第一份证书的公钥为 %[2]d 位",
	},
	KeyCurveDiffers: {
		"the key is on %[1]s, the first certificate's on %[2]s",
		"私钥在 %[1]s 曲线上，第一份证书的公钥在 %[2]s 上",
	},
	KeyOfNone: {
		"it belongs to none of the certificates, although its type fits: it is the key of another certificate",
		"类型相符，但不属于其中任何一张证书：这是另一张证书的私钥",
	},
	KeyAndOnlyCAs: {
		"the key belongs to none of the certificates: there are only CA certificates here, and the server's own certificate is missing",
		"私钥不属于其中任何一份证书：这里只有 CA 证书，缺少服务器证书",
	},
	UTF16: {
		"the text is UTF-16: save it as plain ASCII",
		"文本为 UTF-16 编码：请另存为纯 ASCII",
	},
	ByteOrderMark: {
		"the text begins with a byte-order mark: save it without one",
		"文本以字节顺序标记（BOM）开头：请另存为不带 BOM 的文件",
	},
	NotPEMButDER: {
		"DER (binary), not PEM",
		"是 DER（二进制）而不是 PEM",
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
		"an END line without its BEGIN line: the BEGIN line above the content of this block is missing",
		"END 行没有对应的 BEGIN 行：该块内容上方缺少 BEGIN 行",
	},
	BeginInside: {
		"a BEGIN line inside the block that line %[1]d began: the END line of that block is missing, or it is cut off",
		"第 %[1]d 行开始的块内又出现 BEGIN 行：该块缺少 END 行或不完整",
	},
	LabelsDiffer: {
		"the END line has another label than the BEGIN line %[1]d",
		"END 行的标签与第 %[1]d 行 BEGIN 的标签不同",
	},
	CutOff: {
		"the last block has no END line: the line is missing, or the text is cut off",
		"最后一个块没有 END 行：该行缺失，或文本被截断",
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
	OddDash: {
		"the BEGIN or END line has %[1]s where a hyphen \"-\" (U+002D) belongs: a word processor or an input method changed it",
		"标记行在应为短横线“-”（U+002D）处使用了 %[1]s：可能被文字处理软件或输入法改动",
	},
	OddTab: {
		"the BEGIN or END line has a tab (%[1]s) where a space (U+0020) belongs",
		"标记行在应为空格（U+0020）处使用了制表符（%[1]s）",
	},
	OddSpace: {
		"a space of another kind (%[1]s) stands on the BEGIN or END line: only U+0020 is one",
		"标记行中有其他种类的空格（%[1]s）：只能使用 U+0020",
	},
	OddInvisible: {
		"an invisible character (%[1]s) stands on the BEGIN or END line: remove it",
		"标记行中有不可见字符（%[1]s）：请删除",
	},
	OddLetter: {
		"the BEGIN or END line has %[1]s (%[2]s) where the Latin letter \"%[3]s\" belongs: it looks alike, but is another character",
		"标记行在应为拉丁字母“%[3]s”处使用了%[1]s（%[2]s）：外观相似，但不是同一个字符",
	},
	ScriptCyrillic: {
		"a Cyrillic letter",
		"西里尔字母",
	},
	ScriptGreek: {
		"a Greek letter",
		"希腊字母",
	},
	ScriptFullwidth: {
		"a fullwidth letter",
		"全角字母",
	},
	SmallLetters: {
		"BEGIN, END and the label must be in capital letters, not in lower case",
		"BEGIN、END 和标签必须是大写字母，不能是小写",
	},
	TextBeforeBegin: {
		"text stands before BEGIN on its line (a variable's name, a quotation mark): the line must begin with the dashes",
		"BEGIN 之前同一行中还有文本（变量名、引号等）：该行必须以短横线开头",
	},
	TextBeforeEnd: {
		"text stands before END on its line: a line break is lost, or the line is quoted",
		"END 之前同一行中还有文本：缺少换行，或该行被引用",
	},
	BareCertificate: {
		"lines %[1]d to %[2]d are base64 of a certificate without its BEGIN and END lines",
		"第 %[1]d 至 %[2]d 行是证书的 base64，但缺少 BEGIN 行和 END 行",
	},
	BareKey: {
		"lines %[1]d to %[2]d are base64 of a private key without its BEGIN and END lines",
		"第 %[1]d 至 %[2]d 行是私钥的 base64，但缺少 BEGIN 行和 END 行",
	},
	BeginMissing: {
		"the BEGIN line of this block is missing: lines %[1]d to %[2]d are its content",
		"该块缺少 BEGIN 行：第 %[1]d 至 %[2]d 行是其内容",
	},
	EncodedEscapes: {
		"escapes of JSON or source code, such as backslash and n for a line break, \\/ for \"/\" and \\u002b for \"+\": decode the string first",
		"JSON 或源代码的转义，例如用反斜杠和 n 表示换行、用 \\/ 表示“/”、用 \\u002b 表示“+”：请先还原该字符串",
	},
	EncodedPercent: {
		"percent encoding (URL encoding), such as %0A for a line break and %2B for \"+\": decode it first",
		"百分号编码（URL 编码），例如用 %0A 表示换行、用 %2B 表示“+”：请先解码",
	},
	EncodedEntities: {
		"HTML entities, such as &#43; for \"+\": copy the text from the page, not from its source",
		"HTML 实体，例如用“&#43;”表示“+”：请从网页上复制文本，而不是从其源代码",
	},
	EncodedTags: {
		"an HTML tag, such as <br> for a line break: copy the text from the page, not from its source",
		"HTML 标签，例如用 <br> 表示换行：请从网页上复制文本，而不是从其源代码",
	},
	EncodedMail: {
		"quoted-printable encoding of a mail, such as =3D for \"=\" and =0A for a line break: save the attachment or the decoded text",
		"邮件的 quoted-printable 编码，例如用 =3D 表示“=”、用 =0A 表示换行：请保存附件或解码后的文本",
	},
	URLAlphabet: {
		"the content is base64 in the URL-safe alphabet: \"-\" and \"_\" stand for \"+\" and \"/\"",
		"内容使用了 URL 安全的 base64 字母表：“-”和“_”代替了“+”和“/”",
	},
	LeftOut: {
		"dots stand where a part of the content was left out, so the copy is not whole: copy it again",
		"内容中有省略号，说明复制不完整：请重新复制",
	},
	SpacesForPlus: {
		"a space stands where a plus sign \"+\" belongs: the text was decoded as a form once too often",
		"应为加号“+”处变成了空格：文本被多做了一次表单解码",
	},
	PaddingInside: {
		"the padding \"=\" stands before the end of the content: the content is damaged, or is of two blocks",
		"填充字符“=”出现在内容末尾之前：内容损坏，或由两个块拼接而成",
	},
	OtherLength: {
		"this line is not as long as the others, and the content is not base64: characters are missing or too many",
		"该行与其他行长度不同，且内容不是合法的 base64：缺少字符或有多余字符",
	},
	NoPadding: {
		"the content is not base64: the padding \"=\" at its end is lost, or characters are missing",
		"内容不是合法的 base64：末尾的填充字符“=”丢失，或缺少字符",
	},
	NotOfBase64: {
		"the content is not base64: %[1]s does not belong there",
		"内容不是合法的 base64：出现了以下字符：%[1]s",
	},
	InvisibleInside: {
		"an invisible character (%[1]s) stands in the content: remove it",
		"内容中有不可见字符（%[1]s）：请删除",
	},
	KindQuote: {
		"a quotation mark",
		"引号",
	},
	KindControl: {
		"a control character",
		"控制字符",
	},
	KindLetter: {
		"a letter that is not ASCII",
		"非 ASCII 字母",
	},
	KindSign: {
		"a sign that is not of its alphabet",
		"字母表之外的符号",
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
		"an OpenSSH key, which TLS servers do not read",
		"OpenSSH 格式的私钥，TLS 服务器无法读取",
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
	NotPEMText: {
		"this is %[1]s, not PEM text",
		"这是%[1]s，而不是 PEM 文本",
	},
	NotCertificateText: {
		"this is %[1]s, not a certificate in PEM form",
		"这是%[1]s，而不是 PEM 格式的证书",
	},
	NotKeyText: {
		"this is %[1]s, not a private key in PEM form",
		"这是%[1]s，而不是 PEM 格式的私钥",
	},
	NotCertificateInBlock: {
		"the block holds %[1]s, not a certificate: its label is wrong",
		"该块的内容是%[1]s，而不是证书：标签有误",
	},
	NotKeyInBlock: {
		"the block holds %[1]s, not a private key: its label is wrong",
		"该块的内容是%[1]s，而不是私钥：标签有误",
	},
	InBase64: {
		"base64 of %[1]s",
		"%[1]s的 base64 编码",
	},
	BareBase64: {
		"this is %[1]s, without its BEGIN and END lines",
		"这是%[1]s，缺少 BEGIN 行和 END 行",
	},
	OnlyBlockOf: {
		"no private key in the text, but %[1]s",
		"文本中没有私钥，只有%[1]s",
	},
	LabelMisspelled: {
		"the label of the block is wrong or misspelled: by its content it must be %[1]s",
		"块的标签有误或拼写错误：按其内容应为 %[1]s",
	},
	CopyCutOff: {
		"this copy is damaged: %[1]d bytes are missing (a line of base64 holds 48)",
		"副本已损坏：缺少 %[1]d 字节（一行 base64 为 48 字节）",
	},
	CopyWithMore: {
		"this copy is damaged, or something else follows in the block: it has %[1]d bytes too many (a line of base64 that was copied twice has 48)",
		"副本已损坏，或块中还有其他内容：多出 %[1]d 字节（重复复制的一行 base64 为 48 字节）",
	},
	CopyBroken: {
		"this copy is damaged: its parts do not fit each other, as after a line that was lost, repeated or moved",
		"副本已损坏：内部结构不一致，可能有某一行丢失、重复或错位",
	},
	SM2Key: {
		"the key is on the SM2 curve (GB/T 32918), which this parameter does not take",
		"密钥使用 SM2 曲线（GB/T 32918），该参数不支持国密证书",
	},
	SameKeyTwice: {
		"more than one private key: the same one twice",
		"存在多个私钥：同一个私钥出现了两次",
	},
	SeveralKeysOneFits: {
		"more than one private key: of %[1]d, the one in block %[2]d fits the first certificate",
		"存在多个私钥：共 %[1]d 个，其中第 %[2]d 个 PEM 块的私钥与第 1 份证书匹配",
	},
	// The names of what is recognized go into other sentences. In Chinese one that
	// begins with a Latin letter brings the space before it.
	PlainDER:       {"DER (binary)", " DER（二进制）数据"},
	ACertificate:   {"a certificate", "证书"},
	APrivateKey:    {"a private key", "私钥"},
	AnEncryptedKey: {"an encrypted private key (PKCS#8)", "已加密的私钥（PKCS#8）"},
	ThisPEM: {
		"a PEM text",
		" PEM 文本",
	},
	ThisUTF16: {
		"text in UTF-16",
		" UTF-16 编码的文本",
	},
	ThisUTF16LE: {
		"text in UTF-16 (little-endian, without a byte-order mark)",
		" UTF-16 编码的文本（小端，无 BOM）",
	},
	ThisUTF16BE: {
		"text in UTF-16 (big-endian, without a byte-order mark)",
		" UTF-16 编码的文本（大端，无 BOM）",
	},
	ThisCertificate: {
		"a certificate in DER form (binary)",
		" DER 格式（二进制）的证书",
	},
	ThisSM2Certificate: {
		"an SM2 certificate",
		" SM2 国密证书",
	},
	ThisRequest: {
		"a certificate request (CSR)",
		"证书签名请求（CSR）",
	},
	ThisRevocationList: {
		"a certificate revocation list (CRL)",
		"证书吊销列表（CRL）",
	},
	ThisPublicKey: {
		"a public key",
		"公钥",
	},
	ThisPrivateKey: {
		"a private key in DER form (binary)",
		" DER 格式（二进制）的私钥",
	},
	ThisSM2PrivateKey: {
		"an SM2 private key",
		" SM2 国密私钥",
	},
	ThisEncryptedKey: {
		"an encrypted private key in DER form (PKCS#8)",
		"已加密的 DER 格式私钥（PKCS#8）",
	},
	ThisPKCS7: {
		"a PKCS#7 file (.p7b, .p7c)",
		" PKCS#7 文件（.p7b、.p7c）",
	},
	ThisSealed: {
		"a PKCS#7 message that holds no certificates to be read",
		"不含可读证书的 PKCS#7 消息",
	},
	ThisPKCS12: {
		"a PKCS#12 file (.pfx, .p12)",
		" PKCS#12 文件（.pfx、.p12）",
	},
	ThisCurveName: {
		"only the name of a curve (EC PARAMETERS)",
		"仅有曲线参数（EC PARAMETERS）",
	},
	ThisCutOff: {
		"DER (binary) that is cut off",
		"不完整的 DER（二进制）数据",
	},
	ThisSurplus: {
		"DER (binary) with something behind it",
		"后面带有其他内容的 DER（二进制）数据",
	},
	ThisBroken: {
		"a damaged certificate in DER form (binary)",
		"已损坏的 DER 格式（二进制）证书",
	},
	ThisOpenSSHKey: {
		"a private key in OpenSSH form",
		" OpenSSH 格式的私钥",
	},
	ThisJKS: {
		"a Java keystore (JKS)",
		" Java 密钥库（JKS）",
	},
	ThisJCEKS: {
		"a Java keystore (JCEKS)",
		" Java 密钥库（JCEKS）",
	},
	ThisZIP: {
		"a ZIP archive",
		" ZIP 压缩包",
	},
	ThisGzip: {
		"a file compressed with gzip",
		" gzip 压缩文件",
	},
	ThisTarGzip: {
		"a tar archive compressed with gzip",
		" tar.gz 压缩包",
	},
	ThisArchive: {
		"an archive (tar, bzip2, xz, zstd, 7z or RAR)",
		"压缩包（tar、bzip2、xz、zstd、7z 或 RAR）",
	},
	ThisTraefikStore: {
		"JSON: the certificate store of Traefik (acme.json)",
		" JSON：Traefik 的证书存储文件（acme.json）",
	},
	ThisJWK: {
		"JSON: a key in JWK form, as ACME clients keep account keys in",
		" JSON：JWK 格式的密钥，ACME 客户端以此保存账户密钥",
	},
	ThisACMEAccount: {
		"JSON: the account file of an ACME client",
		" JSON：ACME 客户端的账户文件",
	},
	ThisSecretJSON: {
		"a Kubernetes Secret (JSON that holds base64)",
		" Kubernetes Secret（JSON，其中的值为 base64）",
	},
	ThisJSON: {
		"JSON",
		" JSON 文本",
	},
	ThisSecretYAML: {
		"a Kubernetes Secret (YAML that holds base64)",
		" Kubernetes Secret（YAML，其中的值为 base64）",
	},
	ThisHTML: {
		"an HTML page (a web page, such as an error page)",
		" HTML 网页（例如错误页面）",
	},
	ThisRTF: {
		"a document of a word processor (RTF)",
		"文字处理软件的文档（RTF）",
	},
	ThisXML: {
		"an XML document, such as the error message of a storage service",
		" XML 文档（例如存储服务的错误信息）",
	},
	ThisPath: {
		"the name of a file",
		"文件名",
	},
	ThisURL: {
		"a web address (URL)",
		"网址（URL）",
	},
	ThisPlaceholder: {
		"a placeholder that was not filled in",
		"未替换的占位符",
	},
	ThisDump: {
		"what openssl -text prints for people",
		" openssl -text 输出的可读文本",
	},
	ThisPuTTY: {
		"a PuTTY key (.ppk)",
		" PuTTY 私钥（.ppk）",
	},
	ThisSSHPublicKey: {
		"an SSH public key",
		" SSH 公钥",
	},
	ThisAnsibleVault: {
		"a file encrypted with Ansible Vault",
		"由 Ansible Vault 加密的文件",
	},
	ThisSOPS: {
		"a file encrypted with SOPS",
		"由 SOPS 加密的文件",
	},
	ThisOtherSealed: {
		"an encrypted file (age, OpenPGP or openssl enc)",
		"已加密的文件（age、OpenPGP 或 openssl enc）",
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
	NotServerLeafByKey: {
		"%[2]s; the leaf is %[1]s: the key belongs to it",
		"%[2]s；服务器证书是%[1]s：私钥与其匹配",
	},
	NotServerLeafByName: {
		"%[2]s; the leaf is %[1]s, as far as names tell",
		"%[2]s；从名称看，服务器证书是%[1]s",
	},
	NotServerIssuer: {
		"%[2]s; it is the issuer of %[1]s, and the server's certificate has to stand first",
		"%[2]s；它是%[1]s的颁发者，而服务器证书应放在最前",
	},
	NotServerOnlyCAs: {
		"there are only CA certificates here, and the server's own certificate is missing: %[1]s",
		"这里只有 CA 证书，缺少服务器证书：%[1]s",
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
	IgnoredForStored: {
		"not looked at for a certificate of the certificate center",
		"使用证书中心的证书时不会使用",
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
	HintNewKeyIfRead: {
		"if others may have read the private key, have the certificate issued again with a new key",
		"如果他人可能已读取私钥，请使用新私钥重新签发证书",
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
		"send the leaf's own private key; keep the CA's key off servers and out of the cloud",
		"请发送服务器证书自己的私钥；不要将 CA 的私钥放到服务器或云上",
	},
	HintMoveLeaf: {
		"move %[1]s to the front: the leaf first, then its intermediates",
		"请将%[1]s移到最前：先服务器证书，后中间证书",
	},
	HintLeafWithItsKey: {
		"send %[1]s first, with its own private key; keep the CA's key off servers and out of the cloud",
		"请将%[1]s放在最前，并发送它自己的私钥；不要将 CA 的私钥放到服务器或云上",
	},
	HintFullChain: {
		"send fullchain.pem (the server's certificate, then its intermediates) instead of chain.pem or ca_bundle.crt",
		"请发送 fullchain.pem（先服务器证书，后中间证书），而不是 chain.pem 或 ca_bundle.crt",
	},
	HintOtherIntermediate: {
		"leave it out; if it was meant to be the missing intermediate, get the one whose name is the issuer's from the CA",
		"请去掉该证书；如果本想作为缺少的中间证书，请从 CA 获取名称与颁发者相同的那一份",
	},
	HintOtherPair: {
		"send certificate and key of one pair; a renewal may have made a new key. Of a pair these print the same: openssl x509 -noout -pubkey -in cert.pem; openssl pkey -pubout -in key.pem",
		"请发送同一对证书和私钥；续期时可能更换了私钥。同一对的以下两条命令输出相同：openssl x509 -noout -pubkey -in cert.pem；openssl pkey -pubout -in key.pem",
	},
	HintServerAuth: {
		"send a server certificate, which has the extended key usage serverAuth",
		"请发送服务器证书：其扩展密钥用法包含 serverAuth",
	},
	HintKeyUsage: {
		"send a server certificate, which has the key usage digitalSignature",
		"请发送服务器证书：其密钥用法包含 digitalSignature",
	},
	HintNetscapeServer: {
		"send a certificate without the Netscape certificate type, which no CA uses any more",
		"请发送不含 Netscape 证书类型的证书，CA 早已不再使用该扩展",
	},
	HintIssueAgain: {
		"have the certificate issued again, for an RSA, ECDSA (P-256, P-384) or Ed25519 key",
		"请重新签发证书，密钥使用 RSA、ECDSA（P-256、P-384）或 Ed25519",
	},
	HintReorder: {
		"send the leaf first, each certificate followed by its issuer",
		"请将服务器证书放在最前，每份证书之后是其颁发者的证书",
	},
	HintAppendIntermediate: {
		"append the missing intermediate (the CA's site has it), unless the named issuer is a root that every client trusts",
		"补上缺少的中间证书（可从 CA 网站下载），除非该颁发者是所有客户端都信任的根证书",
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
	HintListenerID: {
		"give the id of the listener, which ListListeners shows beside the port",
		"请给出监听的 ID；ListListeners 会列出每个监听的端口及其 ID",
	},
	HintRightFolder: {
		"check that this is the certificate that was meant; rename the folder if its name is out of date",
		"请确认这是否为所需的证书；如果目录名已过时，请重命名",
	},
	HintJoinFiles: {
		"send both in one text, the leaf first: cat LEAF ISSUERS > fullchain.pem",
		"请合并后发送，服务器证书在前：cat 证书文件 颁发者文件 > fullchain.pem",
	},
	HintSplitFile: {
		"send the certificates and the key in a parameter each; certcheck -fix writes two files",
		"请将证书和私钥分别填入各自的参数；certcheck -fix 会写成两个文件",
	},
	HintKeyOfCertificate: {
		"find the key that was made for this certificate, or have the certificate issued for this key",
		"请找到为该证书生成的私钥，或用该私钥重新申请证书",
	},
	HintCertificateID: {
		"give each entry one id of the form NUMBER-REGION, as the certificate center shows it under the certificate's details",
		"请在每一项中给出一个“编号-地域”形式的 ID，可在证书中心的证书详情中查到",
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
		"只发送一条证书链：该域名的证书及其中间证书；另一份证书需单独调用",
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
		"如返回域名不存在，请改用以点号开头的写法，例如 .example.com",
	},
	HintConvertPKCS8: {
		"convert it: openssl rsa -in key.pem -traditional -out rsa.pem",
		"转换格式：openssl rsa -in key.pem -traditional -out rsa.pem",
	},
	HintLabel: {
		"give the block the label of its content, in its BEGIN and its END line",
		"请将 BEGIN 行和 END 行的标签改为与内容一致",
	},
	HintKeyAlone: {
		"send the private-key block alone",
		"只发送私钥块",
	},
	HintPlainLines: {
		"put each BEGIN and END line on a line of its own, with five hyphens on each side and nothing in front or behind",
		"BEGIN 行和 END 行应各占一行，两侧各五个短横线，前后不要有其他内容",
	},
	HintCopyBlock: {
		"copy the whole block again, from its BEGIN line to its END line",
		"请重新复制整个块，从 BEGIN 行到 END 行",
	},
	HintAddLines: {
		"put the BEGIN line above the content and the END line below it",
		"请在内容上方补上 BEGIN 行，下方补上 END 行",
	},
	HintDecodeOnce: {
		"decode the text once before it is sent, or take it from where it is not encoded",
		"请先将文本解码一次再发送，或从未编码的来源获取",
	},
	HintWithoutMark: {
		"save the file as UTF-8 without a byte-order mark",
		"请将文件另存为不带 BOM 的 UTF-8",
	},
	HintNoHeaders: {
		"remove the lines between the BEGIN line and the base64 content",
		"请删除 BEGIN 行与 base64 内容之间的行",
	},
	HintBlockOut: {
		"remove that block: only CERTIFICATE blocks belong here",
		"请删除该块：此处只能有 CERTIFICATE 块",
	},
	HintLooksLikeBlock: {
		"delete that text, above all if it is a key; if it is meant to count, copy the block again",
		"请删除该文本，如果是私钥更应删除；如果需要它生效，请重新复制该块",
	},
	HintOnlyBlocks: {
		"harmless; the published form has nothing but the blocks",
		"没有影响；规范格式中只有 PEM 块",
	},
	HintNoBlankLines: {
		"harmless; the published form has no blank lines",
		"没有影响；规范格式中没有空行",
	},
	HintLines64: {
		"harmless; the published form has lines of 64 characters, as openssl x509 and openssl pkey write them",
		"没有影响；规范格式每行 64 个字符，openssl x509 和 openssl pkey 均如此输出",
	},
	HintNoWhiteSpace: {
		"harmless; the published form has no spaces or tabs in its lines",
		"没有影响；规范格式的行内没有空格或制表符",
	},
	HintOneLineEnd: {
		"harmless; save the file with one kind of line end, best LF",
		"没有影响；建议统一换行符，最好使用 LF",
	},
	HintLF: {
		"harmless, nothing to do; the published form has LF",
		"没有影响，无需处理；规范格式使用 LF",
	},
	HintFinalNewline: {
		"harmless; take care when files are joined: the next BEGIN line must not follow on the same line",
		"没有影响；拼接文件时请注意：下一个 BEGIN 行不能接在同一行之后",
	},
	ChangeUndone: {
		"restored the base64 of the content, which is sound",
		"还原了内容的 base64，内容本身完好",
	},
	HintBase64: {
		"decode it: base64 -d FILE > out.pem",
		"解码：base64 -d FILE > out.pem",
	},
	HintBase64Twice: {
		"decode it twice: base64 -d FILE | base64 -d > out.pem",
		"解码两次：base64 -d FILE | base64 -d > out.pem",
	},
	HintBase64Odd: {
		"decode it with a tool that takes this variant of base64 (CR LF, the alphabet for URLs, missing padding)",
		"用支持该 base64 变体（CR LF 换行、URL 字符集、缺少填充）的工具解码",
	},
	HintBase64DER: {
		"convert it: base64 -d FILE | openssl x509 -inform der -out out.pem, which adds -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----",
		"转换：base64 -d FILE | openssl x509 -inform der -out out.pem，即加上 -----BEGIN CERTIFICATE----- 和 -----END CERTIFICATE-----",
	},
	HintBase64DERKey: {
		"convert it: base64 -d FILE | openssl pkey -inform der -out out.pem, which adds the BEGIN and END lines of a private key",
		"转换：base64 -d FILE | openssl pkey -inform der -out out.pem，即加上私钥的 BEGIN 行和 END 行",
	},
	HintUTF16: {
		"convert it: iconv -f UTF-16 -t UTF-8 FILE > out.pem",
		"转换：iconv -f UTF-16 -t UTF-8 FILE > out.pem",
	},
	HintUTF16LE: {
		"convert it: iconv -f UTF-16LE -t UTF-8 FILE > out.pem",
		"转换：iconv -f UTF-16LE -t UTF-8 FILE > out.pem",
	},
	HintUTF16BE: {
		"convert it: iconv -f UTF-16BE -t UTF-8 FILE > out.pem",
		"转换：iconv -f UTF-16BE -t UTF-8 FILE > out.pem",
	},
	HintDERCertificate: {
		"convert it: openssl x509 -inform der -in FILE -out out.pem",
		"转换：openssl x509 -inform der -in FILE -out out.pem",
	},
	HintDERKey: {
		"convert it: openssl pkey -inform der -in FILE -out out.pem",
		"转换：openssl pkey -inform der -in FILE -out out.pem",
	},
	HintEncryptedDER: {
		"decrypt it: openssl pkey -inform der -in FILE -out out.pem, which asks for the pass-phrase",
		"解密：openssl pkey -inform der -in FILE -out out.pem（会询问口令）",
	},
	HintEncryptedPEM: {
		"decrypt it: openssl pkey -in FILE -out out.pem, which asks for the pass-phrase; or certcheck -key FILE -pass file:PASS -fix DIR",
		"解密：openssl pkey -in FILE -out out.pem（会询问口令）；或 certcheck -key FILE -pass file:PASS -fix DIR",
	},
	HintPKCS7DER: {
		"convert it: openssl pkcs7 -inform der -in FILE -print_certs -out out.pem",
		"转换：openssl pkcs7 -inform der -in FILE -print_certs -out out.pem",
	},
	HintPKCS7PEM: {
		"convert it: openssl pkcs7 -in FILE -print_certs -out out.pem",
		"转换：openssl pkcs7 -in FILE -print_certs -out out.pem",
	},
	HintPKCS12: {
		"open it with its pass-phrase: certcheck -cert FILE -key FILE -pass file:PASS -fix DIR; or openssl pkcs12 -in FILE -nokeys -out cert.pem and openssl pkcs12 -in FILE -nocerts -nodes -out key.pem",
		"用口令打开：certcheck -cert FILE -key FILE -pass file:PASS -fix DIR；或 openssl pkcs12 -in FILE -nokeys -out cert.pem 和 openssl pkcs12 -in FILE -nocerts -nodes -out key.pem",
	},
	HintPKCS12Legacy: {
		"open it with its pass-phrase: certcheck -cert FILE -key FILE -pass file:PASS -fix DIR; or openssl pkcs12 -legacy -in FILE -nokeys -out cert.pem and openssl pkcs12 -legacy -in FILE -nocerts -nodes -out key.pem",
		"用口令打开：certcheck -cert FILE -key FILE -pass file:PASS -fix DIR；或 openssl pkcs12 -legacy -in FILE -nokeys -out cert.pem 和 openssl pkcs12 -legacy -in FILE -nocerts -nodes -out key.pem",
	},
	HintBase64PKCS12: {
		"decode it and open it with its pass-phrase: base64 -d FILE > out.p12, then certcheck -cert out.p12 -key out.p12 -pass file:PASS -fix DIR",
		"先解码再用口令打开：base64 -d FILE > out.p12，然后 certcheck -cert out.p12 -key out.p12 -pass file:PASS -fix DIR",
	},
	HintBlockPKCS12: {
		"take it out and open it with its pass-phrase: grep -v -e ----- FILE | base64 -d > out.p12, then certcheck -cert out.p12 -key out.p12 -pass file:PASS -fix DIR",
		"取出后用口令打开：grep -v -e ----- FILE | base64 -d > out.p12，然后 certcheck -cert out.p12 -key out.p12 -pass file:PASS -fix DIR",
	},
	HintBlockBase64: {
		"convert it: grep -v -e ----- FILE | base64 -d | base64 -d | openssl x509 -inform der -out out.pem",
		"转换：grep -v -e ----- FILE | base64 -d | base64 -d | openssl x509 -inform der -out out.pem",
	},
	HintBlockBase64Key: {
		"convert it: grep -v -e ----- FILE | base64 -d | base64 -d | openssl pkey -inform der -out out.pem",
		"转换：grep -v -e ----- FILE | base64 -d | base64 -d | openssl pkey -inform der -out out.pem",
	},
	HintBlockPEM: {
		"take it out: grep -v -e ----- FILE | base64 -d > out.pem",
		"取出内容：grep -v -e ----- FILE | base64 -d > out.pem",
	},
	HintJKS: {
		"convert it: keytool -importkeystore -srckeystore FILE -srcstoretype JKS -destkeystore out.p12 -deststoretype PKCS12, then certcheck -cert out.p12 -key out.p12 -pass file:PASS -fix DIR",
		"转换：keytool -importkeystore -srckeystore FILE -srcstoretype JKS -destkeystore out.p12 -deststoretype PKCS12，然后 certcheck -cert out.p12 -key out.p12 -pass file:PASS -fix DIR",
	},
	HintJCEKS: {
		"convert it: keytool -importkeystore -srckeystore FILE -srcstoretype JCEKS -destkeystore out.p12 -deststoretype PKCS12, then certcheck -cert out.p12 -key out.p12 -pass file:PASS -fix DIR",
		"转换：keytool -importkeystore -srckeystore FILE -srcstoretype JCEKS -destkeystore out.p12 -deststoretype PKCS12，然后 certcheck -cert out.p12 -key out.p12 -pass file:PASS -fix DIR",
	},
	HintZIP: {
		"unpack it and send the file in it: unzip FILE",
		"解压后发送其中的文件：unzip FILE",
	},
	HintGzip: {
		"unpack it: gzip -dc < FILE > out.pem",
		"解压：gzip -dc < FILE > out.pem",
	},
	HintTarGzip: {
		"unpack it and send the file in it: tar -xzf FILE",
		"解压后发送其中的文件：tar -xzf FILE",
	},
	HintArchive: {
		"unpack it and send the file in it",
		"解压后发送其中的文件",
	},
	HintTraefikStore: {
		"take the two out: jq -r '[.. | .certificate? | strings][0]' FILE | base64 -d > cert.pem and jq -r '[.. | .key? | strings][0]' FILE | base64 -d > key.pem ([0] is the first certificate of the file)",
		"分别取出：jq -r '[.. | .certificate? | strings][0]' FILE | base64 -d > cert.pem 和 jq -r '[.. | .key? | strings][0]' FILE | base64 -d > key.pem（[0] 为文件中的第一张证书）",
	},
	HintAccountKey: {
		"send the private key of the certificate, such as privkey.pem of certbot; the key of an ACME account fits no certificate",
		"发送证书的私钥，例如 certbot 的 privkey.pem；ACME 账户密钥不与任何证书匹配",
	},
	HintSecretJSON: {
		`take the two out: jq -r '.data."tls.crt"' FILE | base64 -d > cert.pem and jq -r '.data."tls.key"' FILE | base64 -d > key.pem`,
		`分别取出：jq -r '.data."tls.crt"' FILE | base64 -d > cert.pem 和 jq -r '.data."tls.key"' FILE | base64 -d > key.pem`,
	},
	HintSecretYAML: {
		"take the two out: sed -n 's/^ *tls.crt: *//p' FILE | base64 -d > cert.pem and sed -n 's/^ *tls.key: *//p' FILE | base64 -d > key.pem",
		"分别取出：sed -n 's/^ *tls.crt: *//p' FILE | base64 -d > cert.pem 和 sed -n 's/^ *tls.key: *//p' FILE | base64 -d > key.pem",
	},
	HintJSON: {
		"send the text that is meant, as it is in PEM form, instead of the JSON around it",
		"发送其中 PEM 格式的文本本身，而不是外层的 JSON",
	},
	HintRTF: {
		"take the file that the CA sent, or save the document as plain text: a word processor changes what it saves",
		"使用 CA 提供的原文件，或将文档另存为纯文本：文字处理软件会改动内容",
	},
	HintPage: {
		"download the file again, and check that it begins with -----BEGIN: the server sent a page instead",
		"重新下载该文件，并确认其以 -----BEGIN 开头：服务器返回的是页面",
	},
	HintPath: {
		"send the content of the file: Terraform has file(), Helm --set-file, curl --data-urlencode NAME@FILE",
		"发送文件的内容：Terraform 用 file()，Helm 用 --set-file，curl 用 --data-urlencode 参数名@FILE",
	},
	HintURL: {
		"download what it points to, and send the content",
		"下载其指向的文件，并发送文件内容",
	},
	HintPlaceholder: {
		"put the text of the file in its place; is a variable unset, or a template not rendered?",
		"用文件的内容替换它；是否有变量未设置，或模板未渲染？",
	},
	HintDump: {
		"send the PEM file that it was printed from",
		"发送用来输出该文本的 PEM 文件",
	},
	HintPuTTY: {
		"convert it: puttygen FILE -O private-openssh -o out.pem, then certcheck -key out.pem -fix DIR",
		"转换：puttygen FILE -O private-openssh -o out.pem，然后 certcheck -key out.pem -fix DIR",
	},
	HintAnsibleVault: {
		"decrypt it: ansible-vault view FILE > out.pem",
		"解密：ansible-vault view FILE > out.pem",
	},
	HintSOPS: {
		"decrypt it: sops -d FILE",
		"解密：sops -d FILE",
	},
	HintSealed: {
		"decrypt it with the tool that encrypted it (age -d, gpg -d, openssl enc -d)",
		"用加密时所用的工具解密（age -d、gpg -d、openssl enc -d）",
	},
	HintOpenSSH: {
		"convert a copy of it: cp FILE out.pem && ssh-keygen -p -m PEM -f out.pem; or certcheck -key FILE -fix DIR (with -pass file:PASS if it is encrypted)",
		"转换其副本：cp FILE out.pem && ssh-keygen -p -m PEM -f out.pem；或 certcheck -key FILE -fix DIR（如已加密，加上 -pass file:PASS）",
	},
	HintOpenSSHEd25519: {
		"convert it: certcheck -key FILE -fix DIR (with -pass file:PASS if it is encrypted); ssh-keygen leaves a key of this type as it is",
		"转换：certcheck -key FILE -fix DIR（如已加密，加上 -pass file:PASS）；ssh-keygen 不会转换此类密钥",
	},
	HintSendKey: {
		"send the private key that the certificate was issued for: the file that was made together with the certificate request",
		"发送证书对应的私钥：与证书签名请求一同生成的文件",
	},
	HintSendCertificate: {
		"send the certificate that the CA issued",
		"发送 CA 签发的证书",
	},
	HintLabelOfContent: {
		"write the label of its content into the BEGIN and END lines",
		"将 BEGIN 行和 END 行的标签改为与内容一致",
	},
	HintCopyAgain: {
		"copy it again from the file that the CA sent: the certificate itself need not be at fault, so do not have it issued anew for this",
		"从 CA 提供的文件重新复制：证书本身不一定有问题，无需为此重新签发",
	},
	HintSM2: {
		"send a certificate with an RSA or ECDSA key here; for SM2 there are SetCdnDomainSMCertificate and SetDcdnDomainSMCertificate",
		"此处请发送 RSA 或 ECDSA 证书；SM2 国密证书请使用 SetCdnDomainSMCertificate 或 SetDcdnDomainSMCertificate",
	},
	HintSendOneKey: {
		"send one private key, that of the first certificate",
		"只发送一个私钥，即第一张证书对应的私钥",
	},
	HintTrusted: {
		"convert it: openssl x509 -in FILE -out out.pem",
		"转换：openssl x509 -in FILE -out out.pem",
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
		"将服务器证书（第 %[1]d 份证书）移到最前",
	},
	ChangeOrdered: {
		"put the chain in order",
		"调整了证书链的顺序",
	},
	ChangeDroppedRoot: {
		"dropped the root, block %[1]d",
		"去掉了根证书（第 %[1]d 份证书）",
	},
	ChangeDroppedUnrelated: {
		"dropped block %[1]d, which is no part of the chain",
		"去掉了不属于证书链的第 %[1]d 份证书",
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
	MeansChainOutOfOrder: {
		"a certificate of the chain is not followed by its issuer, although the text has it",
		"证书链中某张证书之后不是其颁发者，而文本中有该颁发者",
	},
	MeansChainLinkMissing: {
		"the issuer of a certificate is not in the text",
		"文本中没有某张证书的颁发者",
	},
	MeansChainSignatureBad: {
		"a certificate is not signed by the key of the certificate that names and order make its issuer",
		"按名称和顺序应为颁发者的证书，其密钥与签名不符",
	},
	MeansChainLinkNotVerifiable: {
		"the signature of a certificate was not verified",
		"某张证书的签名未经验证",
	},
	MeansRootIncluded: {
		"the root certificate is in the text, which clients have anyway",
		"文本中包含根证书，而客户端已内置",
	},
	MeansDuplicateCertificate: {
		"the same certificate is in the text more than once",
		"同一张证书在文本中重复出现",
	},
	MeansUnrelatedCertificate: {
		"a certificate of the text is no part of the chain of the first one",
		"文本中有不属于第 1 份证书的证书链的证书",
	},
	MeansIntermediateNotInPeriod: {
		"an intermediate certificate has expired, or is not valid yet",
		"某张中间证书已过期或尚未生效",
	},
	MeansLeafIsCA: {
		"the certificate of the server is that of a CA",
		"服务器证书是 CA 证书",
	},
	MeansSelfSigned: {
		"the certificate is signed by its own key, so clients do not trust it",
		"证书由自身密钥签名，客户端不会信任",
	},
	MeansDomainNotCovered: {
		"no name of the certificate covers the domain, so browsers will warn",
		"证书的域名不包含该域名，浏览器会告警",
	},
	MeansExpiresSoon: {
		"the certificate is due for renewal",
		"证书已到续期时间",
	},
	MeansValidityNotChecked: {
		"no time was given, so nobody knows whether the certificate is valid",
		"未给出时间，因此未检查证书是否有效",
	},
	MeansWeakKey: {
		"the key of the certificate is too short, so clients may refuse it",
		"证书的密钥过短，客户端可能拒绝",
	},
	MeansWeakSignature: {
		"the certificate is signed with an algorithm that clients refuse",
		"证书的签名算法已被客户端拒绝",
	},
	MeansKeyTypeUncommon: {
		"the key is of a kind that many clients do not support",
		"密钥类型不为许多客户端所支持",
	},
	MeansNothingChecked: {
		"a certificate is given, but HTTPS is off, so nothing of it was checked",
		"提供了证书，但 HTTPS 处于关闭状态，因此未检查证书",
	},
	MeansParameterIgnored: {
		"a parameter is given that the operation does not look at",
		"给出了该接口不会读取的参数",
	},
	MeansDomainCharacterDropped: {
		"the domain has a character that its ASCII form does not have",
		"域名含有其 ASCII 形式中没有的字符",
	},
	MeansIDWithoutRegion: {
		"a certificate id does not end with its region",
		"证书 ID 末尾没有地域",
	},
	MeansCertificateUnknown: {
		"a certificate id is not known",
		"证书 ID 未知",
	},
	MeansPKCS8RSAKey: {
		"an RSA key is in PKCS#8 form, while the vendor publishes the form RSA PRIVATE KEY",
		"RSA 私钥为 PKCS#8 格式，而官方文档使用 RSA PRIVATE KEY 格式",
	},
	MeansLabelMisfit: {
		"the label of the key is not the one that its content should have",
		"私钥的标签与内容不一致",
	},
	MeansTextOutsideBlocks: {
		"there is text between, before or behind the PEM blocks",
		"PEM 块之前、之间或之后有其他文本",
	},
	MeansBlankLines: {
		"there are blank lines beside the PEM blocks",
		"PEM 块之间有空行",
	},
	MeansLineLength: {
		"a line of base64 does not have 64 characters",
		"base64 的某一行不是 64 个字符",
	},
	MeansWhiteSpace: {
		"there are spaces or tabs in the base64",
		"base64 中有空格或制表符",
	},
	MeansMixedLineEnds: {
		"some lines end with CR LF and others with LF",
		"部分行以 CR LF 结尾，部分以 LF 结尾",
	},
	MeansForeignBlock: {
		"another PEM block stands beside the private key",
		"私钥旁还有其他 PEM 块",
	},
	MeansCRLF: {
		"the lines end with CR LF, as on Windows",
		"行以 CR LF 结尾（Windows 换行）",
	},
	MeansNoFinalNewline: {
		"the last line has no line break",
		"最后一行没有换行符",
	},
	MeansSecondLeaf: {
		"another server certificate stands behind the first one",
		"第 1 份证书之后还有另一份服务器证书",
	},
	MeansNotServer: {
		"the certificate is not for a server, but the operation takes any",
		"证书不是服务器证书，但该接口接受任何证书",
	},
	MeansLeafNotInPeriod: {
		"the certificate has expired or is not valid yet, but the operation does not check that",
		"证书已过期或尚未生效，但该接口不检查有效期",
	},
	MeansCertNameCharacters: {
		"the certificate name has characters that the console does not accept",
		"证书名称含有控制台不接受的字符",
	},
	MeansWildcardSpelling: {
		"the wildcard domain is spelled in a way that the service does not know",
		"泛域名的写法与服务要求的不同",
	},
	MeansDomainCharacterUnusual: {
		"the domain has a character that is neither a letter nor a digit",
		"域名含有既非字母也非数字的字符",
	},
	MeansCertificateIDForm: {
		"a certificate id is not of the form that the service gives",
		"证书 ID 的形式与服务给出的不同",
	},
	MeansFolderNotCovered: {
		"the folder is named after a host that the names of the certificate do not cover",
		"目录以某个主机名命名，但证书的域名不包含该主机名",
	},
	MeansChainInOtherFile: {
		"the file has the server certificate alone, and a file beside it has its issuers",
		"文件只含服务器证书，其颁发者的证书在同一目录的另一个文件中",
	},
	MeansCombinedFile: {
		"one file holds certificate and private key",
		"一个文件同时含有证书和私钥",
	},
	MeansKeyOfOtherFile: {
		"the private key belongs to the certificate of another file",
		"私钥属于另一个文件中的证书",
	},
	MeansListenerIDForm: {
		"the listener id is not of the form that the service gives",
		"监听 ID 的形式与服务给出的不同",
	},
	ChangeUnpacked: {
		"took it out of %[1]s",
		"从%[1]s中取出",
	},
	ChangeExchanged: {
		"exchanged certificate and private key: each was in the other's parameter",
		"将证书与私钥对调：两者放反了",
	},
	ChangeKeyTakenOut: {
		"took the private key out of the certificate",
		"从证书文本中移出私钥",
	},
	ChangeKeyFromCertificate: {
		"took the private key from the certificate's text",
		"从证书文本中取得私钥",
	},
	ChangeOneOfKeys: {
		"kept one of %[1]d private keys",
		"从 %[1]d 个私钥中保留一个",
	},
}

// remedies has what to do about reasons for which the hint of the condition or
// advisory is too general. A remedy with arguments has those of the reason.
var remedies = [numIDs]ID{
	Swapped:          HintExchange,
	KeyInCertificate: HintTakeKeyOut,
	RequestBlock:     HintSignedCertificate,

	// The key and the first certificate
	KeyOfNamesake:       HintKeyOfLeaf,
	KeyOfIssuer:         HintKeyOfLeaf,
	KeyOfAncestor:       HintKeyOfLeaf,
	KeyOfCA:             HintKeyOfLeaf,
	KeyOfLaterBlock:     HintMoveLeaf,
	KeyAndOnlyCAs:       HintFullChain,
	KeyOfAnotherType:    HintOtherPair,
	KeyExponentDiffers:  HintOtherPair,
	KeyLengthDiffers:    HintOtherPair,
	KeyCurveDiffers:     HintOtherPair,
	KeyOfNone:           HintOtherPair,
	NotServerLeafByKey:  HintMoveLeaf,
	NotServerLeafByName: HintLeafWithItsKey,
	NotServerIssuer:     HintReorder,
	NotServerOnlyCAs:    HintFullChain,
	LeafIsCAByName:      HintLeafWithItsKey,
	LeafIsCAOnly:        HintFullChain,
	Unlinked:            HintOtherIntermediate,
	NoServerAuth:        HintServerAuth,
	NoServerKeyUsage:    HintKeyUsage,
	NoNetscapeServer:    HintNetscapeServer,

	// A certificate that is not served
	PublicKeyUnreadable:  HintIssueAgain,
	ExtensionUnreadable:  HintIssueAgain,
	ExtensionsPassedOver: HintIssueAgain,
	RSAModulusTooLong:    HintIssueAgain,
	PublicKeyUnsupported: HintIssueAgain,

	// The form of a text
	LineIndented:         HintPlainLines,
	LineDashes:           HintPlainLines,
	LineTrailing:         HintPlainLines,
	OneLine:              HintPlainLines,
	BadLabel:             HintPlainLines,
	StrayCR:              HintPlainLines,
	LabelsDiffer:         HintPlainLines,
	LongLine:             HintPlainLines,
	DamagedLine:          HintPlainLines,
	OddDash:              HintPlainLines,
	OddTab:               HintPlainLines,
	OddSpace:             HintPlainLines,
	OddInvisible:         HintPlainLines,
	OddLetter:            HintPlainLines,
	SmallLetters:         HintPlainLines,
	TextBeforeBegin:      HintPlainLines,
	TextBeforeEnd:        HintPlainLines,
	BareCertificate:      HintAddLines,
	BareKey:              HintAddLines,
	BeginMissing:         HintAddLines,
	EndWithoutBegin:      HintCopyBlock,
	BeginInside:          HintCopyBlock,
	CutOff:               HintCopyBlock,
	ZeroByte:             HintCopyBlock,
	BlockEmpty:           HintCopyBlock,
	LeftOut:              HintCopyBlock,
	PaddingInside:        HintCopyBlock,
	OtherLength:          HintCopyBlock,
	NoPadding:            HintCopyBlock,
	NotOfBase64:          HintCopyBlock,
	InvisibleInside:      HintCopyBlock,
	EncodedEscapes:       HintDecodeOnce,
	EncodedPercent:       HintDecodeOnce,
	EncodedEntities:      HintDecodeOnce,
	EncodedTags:          HintDecodeOnce,
	EncodedMail:          HintDecodeOnce,
	URLAlphabet:          HintDecodeOnce,
	SpacesForPlus:        HintDecodeOnce,
	ByteOrderMark:        HintWithoutMark,
	ByteOrderMarkInside:  HintWithoutMark,
	BlockHeaders:         HintNoHeaders,
	BlankLineEndsHeaders: HintNoHeaders,
	OtherLabel:           HintBlockOut,
	OtherBlock:           HintBlockOut,
	TextLikeBlock:        HintLooksLikeBlock,

	// What stands in the place of a certificate or a key; Advising has the others.
	PKCS7Block:         HintPKCS7PEM,
	UncommonLabel:      HintTrusted,
	CertificateNotKey:  HintSendKey,
	LabelMisspelled:    HintLabelOfContent,
	CopyCutOff:         HintCopyAgain,
	CopyWithMore:       HintCopyAgain,
	CopyBroken:         HintCopyAgain,
	SM2Key:             HintSM2,
	SameKeyTwice:       HintSendOneKey,
	SeveralKeysOneFits: HintSendOneKey,
	SeveralKeys:        HintSendOneKey,
	KeyEncrypted:       HintEncryptedPEM,
}
