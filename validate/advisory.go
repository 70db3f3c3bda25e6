package validate

import (
	"cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/message"
)

// AdvisoryID identifies a kind of advisory. It is stable: programs may compare
// and silence it.
type AdvisoryID string

// Advisory is a finding that the service accepts or does not document, but a deployer
// wants to know. It is never an error code.
type Advisory struct {
	ID        AdvisoryID `json:"id"`
	Level     Level      `json:"level"`
	Parameter string     `json:"parameter,omitempty"` // name on the wire

	errcodes.Position // in the parameter

	Reason errcodes.Message `json:"reason"`          // what was found
	Remedy errcodes.Message `json:"remedy,omitzero"` // what to do about this reason; zero: see [AdvisoryID.Hint]

	// Follows names the finding of the same report that this one follows from: a
	// condition, such as "KeyMismatch", or the id of an advisory. Whoever removes
	// the cause need not do anything about this finding. "" is a finding of its own.
	Follows string `json:"follows,omitempty"`
}

// Why returns the reason with its position in front.
func (a Advisory) Why(lang errcodes.Lang) string {
	if a.ID.aboutCertificate() {
		return a.PrefixCertificate(a.Reason).In(lang)
	}
	return a.Prefix(a.Reason).In(lang)
}

// Hint says what to do about it.
func (a Advisory) Hint() errcodes.Message { return cmp.Or(a.Remedy, a.ID.Hint()) }

// Advisories about the chain.
const (
	ChainOutOfOrder         AdvisoryID = "chain-out-of-order"         // a certificate is not followed by its issuer, which is in the text
	ChainLinkMissing        AdvisoryID = "chain-link-missing"         // an issuer is not in the text
	ChainSignatureBad       AdvisoryID = "chain-signature-bad"        // a link's signature is wrong (Options.VerifyChain)
	ChainLinkNotVerifiable  AdvisoryID = "chain-link-not-verifiable"  // a signature that is not verified: the algorithm is refused, the key too large, or there are too many
	RootIncluded            AdvisoryID = "root-included"              // the root is in the text
	DuplicateCertificate    AdvisoryID = "duplicate-certificate"      // the same certificate twice
	UnrelatedCertificate    AdvisoryID = "unrelated-certificate"      // a certificate that is no part of the chain
	IntermediateNotInPeriod AdvisoryID = "intermediate-not-in-period" // an intermediate is outside its validity
	SecondLeaf              AdvisoryID = "second-leaf"                // another server certificate behind the first one, which some operations refuse
)

// Advisories about the leaf.
const (
	LeafIsCA               AdvisoryID = "leaf-is-ca"               // CA:TRUE
	SelfSigned             AdvisoryID = "self-signed"              // issuer and subject are the same, and so are the keys
	DomainNotCovered       AdvisoryID = "domain-not-covered"       // the names do not cover DomainName
	ExpiresSoon            AdvisoryID = "expires-soon"             // within Options.ExpiresWithin
	ValidityNotChecked     AdvisoryID = "validity-not-checked"     // Options.Now is zero
	WeakKey                AdvisoryID = "weak-key"                 // RSA below 2048 bits, P-224
	WeakSignature          AdvisoryID = "weak-signature"           // MD5 or SHA-1
	KeyTypeUncommon        AdvisoryID = "key-type-uncommon"        // Ed25519, P-521: the vendor's pages name RSA and ECC only
	NothingChecked         AdvisoryID = "nothing-checked"          // a certificate is given, but HTTPS is off; the first advisory of a report
	ParameterIgnored       AdvisoryID = "parameter-ignored"        // given, but not looked at
	DomainCharacterDropped AdvisoryID = "domain-character-dropped" // DomainName has a character that its ASCII form has not, such as a zero-width space
	DomainCharacterUnusual AdvisoryID = "domain-character-unusual" // DomainName has a character that is neither letter nor digit, such as a typographic quotation mark
	IDWithoutRegion        AdvisoryID = "id-without-region"        // a certificate id that does not end with a region
	CertificateIDForm      AdvisoryID = "certificate-id-form"      // a certificate id that is not of the form NUMBER-REGION, such as a list
	ListenerIDForm         AdvisoryID = "listener-id-form"         // ListenerId is not of the form lsn-… (lsr-… for GA), such as the id of a load balancer
	CertificateUnknown     AdvisoryID = "certificate-unknown"      // Options.Certificate does not know the id
	NotServer              AdvisoryID = "not-server"               // no server certificate, to an operation that takes any
	LeafNotInPeriod        AdvisoryID = "leaf-not-in-period"       // outside its validity, to an operation that does not check it
	CertNameCharacters     AdvisoryID = "cert-name-characters"     // a certificate name of other characters than the console takes
	WildcardSpelling       AdvisoryID = "wildcard-spelling"        // *.example.com where CDN and DCDN write .example.com
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

var hints = map[AdvisoryID]message.ID{
	ChainOutOfOrder:         message.HintReorder,
	ChainLinkMissing:        message.HintAppendIntermediate,
	ChainSignatureBad:       message.HintIntermediateAgain,
	ChainLinkNotVerifiable:  message.HintVerifyElsewhere,
	RootIncluded:            message.HintLeaveRootOut,
	DuplicateCertificate:    message.HintSendOnce,
	UnrelatedCertificate:    message.HintLeaveOut,
	IntermediateNotInPeriod: message.HintCurrentIntermediate,
	LeafIsCA:                message.HintNotCA,
	SelfSigned:              message.HintSelfSigned,
	DomainNotCovered:        message.HintIssueForDomain,
	DomainCharacterDropped:  message.HintTypeAnew,
	DomainCharacterUnusual:  message.HintTypeAnew,
	ExpiresSoon:             message.HintRenew,
	ValidityNotChecked:      message.HintSetTime,
	WeakKey:                 message.HintStrongerKey,
	WeakSignature:           message.HintSHA256,
	KeyTypeUncommon:         message.HintCommonKey,
	NothingChecked:          message.HintStatusOn,
	ParameterIgnored:        message.HintLeaveOutOrCheck,
	IDWithoutRegion:         message.HintJoinRegion,
	CertificateIDForm:       message.HintCertificateID,
	ListenerIDForm:          message.HintListenerID,
	CertificateUnknown:      message.HintCheckID,
	SecondLeaf:              message.HintOneChain,
	NotServer:               message.HintServerUsage,
	LeafNotInPeriod:         message.HintRenew,
	CertNameCharacters:      message.HintPlainName,
	WildcardSpelling:        message.HintDotSpelling,
	PKCS8RSAKey:             message.HintConvertPKCS8,
	LabelMisfit:             message.HintLabel,
	ForeignBlock:            message.HintKeyAlone,
	TextOutsideBlocks:       message.HintOnlyBlocks,
	BlankLines:              message.HintNoBlankLines,
	LineLength:              message.HintLines64,
	WhiteSpace:              message.HintNoWhiteSpace,
	MixedLineEnds:           message.HintOneLineEnd,
	CRLF:                    message.HintLF,
	NoFinalNewline:          message.HintFinalNewline,
	FolderNotCovered:        message.HintRightFolder,
	ChainInOtherFile:        message.HintJoinFiles,
	CombinedFile:            message.HintSplitFile,
	KeyOfOtherFile:          message.HintKeyOfCertificate,
}

// Hint says what to do about advisories of this kind; it is empty for an
// unknown one.
func (id AdvisoryID) Hint() errcodes.Message { return hints[id].Text() }

// aboutCertificate reports whether advisories of this kind that have a block are about a
// certificate in it.
func (id AdvisoryID) aboutCertificate() bool {
	switch id {
	case PKCS8RSAKey, LabelMisfit, TextOutsideBlocks, BlankLines, LineLength, WhiteSpace, MixedLineEnds, ForeignBlock, CRLF, NoFinalNewline:
		return false
	default:
		return true
	}
}
