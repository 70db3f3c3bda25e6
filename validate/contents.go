package validate

import (
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/container"
	"github.com/alicert/alicert/validate/internal/message"
	"github.com/alicert/alicert/validate/internal/pemscan"
)

// A contentName names a kind of content and says what to do about it: in the parameter
// of the certificate, and in that of the key.
type contentName struct{ name, certificate, key message.ID }

var contentNames = map[container.Kind]contentName{
	container.PEM:            {message.ThisPEM, message.HintBlockPEM, message.HintBlockPEM},
	container.UTF16:          {message.ThisUTF16, message.HintUTF16, message.HintUTF16},
	container.UTF16LE:        {message.ThisUTF16LE, message.HintUTF16LE, message.HintUTF16LE},
	container.UTF16BE:        {message.ThisUTF16BE, message.HintUTF16BE, message.HintUTF16BE},
	container.Certificate:    {message.ThisCertificate, message.HintDERCertificate, message.HintSendKey},
	container.SM2Certificate: {message.ThisSM2Certificate, message.HintSM2, message.HintSM2},
	container.Request:        {message.ThisRequest, message.HintSignedCertificate, message.HintSendKey},
	container.RevocationList: {message.ThisRevocationList, message.HintSendCertificate, message.HintSendKey},
	container.PublicKey:      {message.ThisPublicKey, message.HintSendCertificate, message.HintSendKey},
	container.PrivateKey:     {message.ThisPrivateKey, message.HintSendCertificate, message.HintDERKey},
	container.SM2PrivateKey:  {message.ThisSM2PrivateKey, message.HintSM2, message.HintSM2},
	container.EncryptedKey:   {message.ThisEncryptedKey, message.HintSendCertificate, message.HintEncryptedDER},
	container.PKCS7:          {message.ThisPKCS7, message.HintPKCS7DER, message.HintSendKey},
	container.Sealed:         {message.ThisSealed, message.HintSendCertificate, message.HintSendKey},
	container.PKCS12:         {message.ThisPKCS12, message.HintPKCS12, message.HintPKCS12},
	container.PKCS12Legacy:   {message.ThisPKCS12, message.HintPKCS12Legacy, message.HintPKCS12Legacy},
	container.CurveName:      {message.ThisCurveName, message.HintSendCertificate, message.HintSendKey},
	container.CutOff:         {message.ThisCutOff, message.HintCopyAgain, message.HintCopyAgain},
	container.Surplus:        {message.ThisSurplus, message.HintCopyAgain, message.HintCopyAgain},
	container.Broken:         {message.ThisBroken, message.HintCopyAgain, message.HintCopyAgain},
	container.OpenSSHKey:     {message.ThisOpenSSHKey, message.HintSendCertificate, message.HintOpenSSHEd25519},
	container.JKS:            {message.ThisJKS, message.HintJKS, message.HintJKS},
	container.JCEKS:          {message.ThisJCEKS, message.HintJCEKS, message.HintJCEKS},
	container.ZIP:            {message.ThisZIP, message.HintZIP, message.HintZIP},
	container.Gzip:           {message.ThisGzip, message.HintGzip, message.HintGzip},
	container.TarGzip:        {message.ThisTarGzip, message.HintTarGzip, message.HintTarGzip},
	container.Archive:        {message.ThisArchive, message.HintArchive, message.HintArchive},
	container.TraefikStore:   {message.ThisTraefikStore, message.HintTraefikStore, message.HintTraefikStore},
	container.JWK:            {message.ThisJWK, message.HintSendCertificate, message.HintAccountKey},
	container.ACMEAccount:    {message.ThisACMEAccount, message.HintSendCertificate, message.HintAccountKey},
	container.SecretJSON:     {message.ThisSecretJSON, message.HintSecretJSON, message.HintSecretJSON},
	container.JSON:           {message.ThisJSON, message.HintJSON, message.HintJSON},
	container.SecretYAML:     {message.ThisSecretYAML, message.HintSecretYAML, message.HintSecretYAML},
	container.HTML:           {message.ThisHTML, message.HintPage, message.HintPage},
	container.XML:            {message.ThisXML, message.HintPage, message.HintPage},
	container.RTF:            {message.ThisRTF, message.HintRTF, message.HintRTF},
	container.Path:           {message.ThisPath, message.HintPath, message.HintPath},
	container.URL:            {message.ThisURL, message.HintURL, message.HintURL},
	container.Placeholder:    {message.ThisPlaceholder, message.HintPlaceholder, message.HintPlaceholder},
	container.Dump:           {message.ThisDump, message.HintDump, message.HintDump},
	container.PuTTY:          {message.ThisPuTTY, message.HintSendCertificate, message.HintPuTTY},
	container.SSHPublicKey:   {message.ThisSSHPublicKey, message.HintSendCertificate, message.HintSendKey},
	container.AnsibleVault:   {message.ThisAnsibleVault, message.HintAnsibleVault, message.HintAnsibleVault},
	container.SOPS:           {message.ThisSOPS, message.HintSOPS, message.HintSOPS},
	container.OtherSealed:    {message.ThisOtherSealed, message.HintSealed, message.HintSealed},
}

// remedyFor returns what to do about the content in a parameter.
func (n contentName) remedyFor(notPEM errcodes.Condition) message.ID {
	if notPEM == errcodes.CondPrivateKeyNotPEM {
		return n.key
	}
	return n.certificate
}

// wholeReason says what a text is that holds no block to be read. ok is false if that is
// not known.
func wholeReason(text string, notPEM errcodes.Condition) (reason message.Reason, ok bool) {
	c := container.Recognize(text)
	if c.Kind == container.Unknown || c.Kind == container.PEM && c.Layers == 0 {
		return message.Reason{}, false
	}
	remedy := contentNames[c.Kind].remedyFor(notPEM)
	if c.Layers > 0 {
		remedy = encodedRemedy(c, remedy)
	}
	return saying(c, notPEM).With(nameOf(c)).Advising(remedy), true
}

// nameOf returns what a content is called, with the layers of base64 around it.
func nameOf(c container.Content) message.Reason {
	known := contentNames[c.Kind]
	if c.Layers == 0 {
		return known.name.With()
	}
	name := known.inBlock()
	for range c.Layers {
		name = message.InBase64.With(name)
	}
	return name
}

// saying returns the sentence that takes the name of a text.
func saying(c container.Content, notPEM errcodes.Condition) message.ID {
	switch {
	case fitting(c.Kind, notPEM) && c.Layers > 0:
		return message.BareBase64
	case fitting(c.Kind, notPEM):
		return message.NotPEMText
	case notPEM == errcodes.CondPrivateKeyNotPEM:
		return message.NotKeyText
	default:
		return message.NotCertificateText
	}
}

// inBlock returns what a content is called inside a block or base64, which is no binary
// file.
func (n contentName) inBlock() message.Reason {
	switch n.name {
	case message.ThisCertificate:
		return message.ACertificate.With()
	case message.ThisPrivateKey:
		return message.APrivateKey.With()
	case message.ThisEncryptedKey:
		return message.AnEncryptedKey.With()
	default:
		return n.name.With()
	}
}

// fitting reports whether a content is what the parameter wants, in DER.
func fitting(kind container.Kind, notPEM errcodes.Condition) bool {
	if notPEM == errcodes.CondPrivateKeyNotPEM {
		return kind == container.PrivateKey
	}
	return kind == container.Certificate
}

// encodedRemedy returns what to do about a content in base64.
func encodedRemedy(c container.Content, inner message.ID) message.ID {
	switch {
	case !c.Common || c.Layers > 2:
		return message.HintBase64Odd
	case c.Kind == container.PEM && c.Layers == 2:
		return message.HintBase64Twice
	case c.Layers > 1:
		return message.HintBase64Odd
	case inner == message.HintDERCertificate:
		return message.HintBase64DER
	case inner == message.HintDERKey:
		return message.HintBase64DERKey
	case c.Kind == container.PEM:
		return message.HintBase64
	case inner == message.HintPKCS12, inner == message.HintPKCS12Legacy:
		return message.HintBase64PKCS12
	case inner == message.HintSendCertificate, inner == message.HintSendKey, inner == message.HintSignedCertificate, inner == message.HintSM2:
		return inner
	default:
		return message.HintBase64
	}
}

// nameWhole puts the name of the whole text in the place of what was found in it and said
// of its form, if it has no line that looks like a BEGIN or END, or those of a document.
func (a *pemText) nameWhole(text string) {
	if len(a.found) > 0 && holdsBegin(text) && !container.IsRTF(text) {
		return
	}
	if reason, ok := wholeReason(text, a.notPEM); ok {
		var at errcodes.Position
		if len(a.found) > 0 && a.found[0].at.Block > 0 { // lines of base64 without BEGIN and END lines have a place
			at = a.found[0].at
		}
		a.found = a.found[:0]
		a.checker.findings, a.checker.notes = a.checker.findings[:a.findings], a.checker.notes[:a.notes]
		a.damaged(at, reason)
	}
}

func holdsBegin(text string) bool {
	return strings.Contains(text, "-----") || strings.Contains(text, "BEGIN") || strings.Contains(text, "begin ")
}

// nameBlock says what a block holds that is no certificate.
func nameBlock(der []byte, otherwise message.Reason) message.Reason {
	if reason, ok := damagedCopy(der); ok {
		return reason
	}
	return blockReason(der, message.NotCertificateInBlock, errcodes.CondCertificateNotPEM, otherwise)
}

// nameKeyBlock says what a block holds that is no private key.
func nameKeyBlock(der []byte, otherwise message.Reason) message.Reason {
	if container.DER(der) == container.CutOff {
		return message.CopyCutOff.With(container.Missing(der))
	}
	return blockReason(der, message.NotKeyInBlock, errcodes.CondPrivateKeyNotPEM, otherwise)
}

func blockReason(der []byte, say message.ID, notPEM errcodes.Condition, otherwise message.Reason) message.Reason {
	kind := container.DER(der)
	if kind == container.Unknown {
		switch c := container.Recognize(string(der)); {
		case c.Layers > 0 && fitting(c.Kind, notPEM):
			remedy := message.HintBlockBase64
			if kind = c.Kind; kind == container.PrivateKey {
				remedy = message.HintBlockBase64Key
			}
			return say.With(message.InBase64.With(contentNames[kind].inBlock())).Advising(remedy)
		case c.Kind != container.Path && c.Kind != container.URL:
			kind = c.Kind
		}
	}
	known := contentNames[kind]
	remedy := known.remedyFor(notPEM)
	switch kind {
	case container.Unknown, container.CutOff, container.Surplus, container.Broken:
		return otherwise
	case container.SM2PrivateKey:
		return message.SM2Key.With()
	case container.Certificate, container.PrivateKey:
		if fitting(kind, notPEM) {
			return otherwise // its fault is known
		}
	case container.PKCS7:
		if notPEM == errcodes.CondCertificateNotPEM {
			remedy = message.HintPKCS7PEM
		}
	case container.PKCS12, container.PKCS12Legacy:
		remedy = message.HintBlockPKCS12
	case container.EncryptedKey:
		if notPEM == errcodes.CondPrivateKeyNotPEM {
			return message.LabelMisfit.With(encryptedLabel).Advising(message.HintLabelOfContent)
		}
	default:
	}
	return say.With(known.inBlock()).Advising(remedy)
}

// damagedCopy tells a certificate that lost a piece, or got one too many.
func damagedCopy(der []byte) (message.Reason, bool) {
	switch container.DER(der) {
	case container.CutOff:
		return message.CopyCutOff.With(container.Missing(der)), true
	case container.Surplus:
		return message.CopyWithMore.With(-container.Missing(der)), true
	case container.Broken:
		return message.CopyBroken.With(), true
	default:
		return message.Reason{}, false
	}
}

// properLabels are the labels of the blocks that are wanted.
var properLabels = []string{certificateLabel, rsaLabel, ecLabel, pkcs8Label, encryptedLabel}

// mislabeled says which label a block must have by its content, if it has one that is not
// in use. The label itself is not shown.
func mislabeled(item pemscan.Item) (reason message.Reason, ok bool) {
	if knownLabel(item.Block.Label) {
		return message.Reason{}, false
	}
	body, defect := item.Block.Decode(nil)
	if defect.Kind != 0 || body.Encrypted {
		return message.Reason{}, false
	}
	switch container.DER(body.DER) {
	case container.Certificate:
		return message.LabelMisspelled.With(certificateLabel), true
	case container.PrivateKey:
		if key, problem := parseKey(body.DER); problem.cond == 0 {
			return message.LabelMisspelled.With(key.fits), true
		}
	default:
	}
	return message.Reason{}, false
}

// knownLabel reports whether a label is in use for something.
func knownLabel(label string) bool {
	switch label {
	case "PKCS7", "CMS", "TRUSTED CERTIFICATE", "X509 CERTIFICATE", "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST",
		"EC PARAMETERS", "DSA PARAMETERS", "DH PARAMETERS", "PUBLIC KEY", "RSA PUBLIC KEY", "X509 CRL":
		return true
	default:
		return false
	}
}

// otherBlock names what a block with such a label holds instead of a private key.
func otherBlock(label string) (reason message.Reason, ok bool) {
	var kind container.Kind
	switch label {
	case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST":
		kind = container.Request
	case "PUBLIC KEY", "RSA PUBLIC KEY":
		kind = container.PublicKey
	case "EC PARAMETERS", "DSA PARAMETERS", "DH PARAMETERS":
		kind = container.CurveName
	case "X509 CRL":
		kind = container.RevocationList
	case "PKCS7", "CMS":
		kind = container.PKCS7
	case "PGP MESSAGE", "AGE ENCRYPTED FILE":
		kind = container.OtherSealed
	case "SSH2 PUBLIC KEY":
		kind = container.SSHPublicKey
	default:
		return message.Reason{}, false
	}
	known := contentNames[kind]
	return message.OnlyBlockOf.With(known.name.With()).Advising(known.key), true
}

// openSSHReason tells the types of keys that ssh-keygen converts from those that it does
// not.
func openSSHReason(item pemscan.Item) message.Reason {
	reason := message.OpenSSHKey.With()
	body, defect := item.Block.Decode(nil)
	if defect.Kind != 0 {
		return reason.Advising(message.HintOpenSSHEd25519)
	}
	if keyType, _, ok := container.OpenSSH(body.DER); ok && (keyType == "ssh-rsa" || strings.HasPrefix(keyType, "ecdsa-sha2-")) {
		return reason.Advising(message.HintOpenSSH)
	}
	return reason.Advising(message.HintOpenSSHEd25519)
}

// isEncrypted reports whether a block is an encrypted key by its label, and not a plain key
// all the same, which readers load by its content.
func isEncrypted(label string, der []byte) bool {
	if label != encryptedLabel {
		return false
	}
	kind := container.DER(der)
	return kind != container.PrivateKey && kind != container.SM2PrivateKey
}
