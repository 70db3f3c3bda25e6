package oracle

import (
	"crypto/x509"
	"encoding/pem"
	"regexp"
	"slices"
	"strings"
)

// CertificateReasons returns the known disagreements for which this library refuses a
// certificate text although OpenSSL and Go read the same certificates in it. It does not
// use the code under test to find them.
func CertificateReasons(text string) (known []string) {
	known = armorReasons(text)
	for _, b := range GoBlocks(text) {
		switch {
		case strings.HasSuffix(b.Label, "PRIVATE KEY"):
			known = append(known, "private key")
		case b.Label != "CERTIFICATE":
			known = append(known, "foreign block")
		case b.Headers != "":
			known = append(known, "headers")
		}
	}
	return known
}

func armorReasons(text string) (known []string) {
	switch {
	case DamagedArmor(text):
		known = append(known, "damaged armor")
	case MayResemble(text):
		known = append(known, "look-alike")
	}
	if bareBase64(text, resemblesMaterial) {
		known = append(known, "base64 alone")
	}
	if strings.HasPrefix(text, byteOrderMark) || strings.Contains(text, byteOrderMark+"-") {
		known = append(known, "byte-order mark")
	}
	if _, behind, _ := strings.Cut(text, "\x00"); strings.Contains(behind, "BEGIN ") {
		known = append(known, "zero byte")
	}
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, begin) && len(line) >= piece {
			known = append(known, "long BEGIN line")
		}
	}
	return known
}

// KeyReasons does the same for the text of a private key.
func KeyReasons(text string) (known []string) {
	known = armorReasons(text)
	keys := privateKeys(text)
	if len(keys) > 1 {
		known = append(known, "several keys")
	}
	for _, b := range keys {
		switch b.Label {
		case "RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY":
		default:
			known = append(known, "label of another kind")
		}
		if b.Headers != "" {
			known = append(known, "headers")
		}
	}
	return known
}

// PemutilReasons returns the known disagreements for which pemutil cannot read a key that
// this library accepts.
func PemutilReasons(text string) (known []string) {
	if len(GoBlocks(text)) > 1 {
		known = append(known, "another block beside the key to pemutil")
	}
	if _, rest := pem.Decode([]byte(text)); len(rest) > 0 {
		known = append(known, "text behind the key to pemutil")
	}
	for _, b := range privateKeys(text) {
		if !labelFits(b) {
			known = append(known, "label to pemutil")
		}
	}
	return known
}

func privateKeys(text string) []Block {
	return slices.DeleteFunc(GoBlocks(text), func(b Block) bool { return !strings.HasSuffix(b.Label, "PRIVATE KEY") })
}

func labelFits(b Block) bool {
	var err error
	switch b.Label {
	case "RSA PRIVATE KEY":
		_, err = x509.ParsePKCS1PrivateKey(b.DER)
	case "EC PRIVATE KEY":
		_, err = x509.ParseECPrivateKey(b.DER)
	case "PRIVATE KEY":
		_, err = x509.ParsePKCS8PrivateKey(b.DER)
	default: // pemutil wants a pass-phrase
		return false
	}
	return err == nil
}

var armorLine = regexp.MustCompile(`^-----(BEGIN|END) ((?:[!-,.-~](?:[ -]?[!-,.-~])*)?)-----[ \t]*\r?$`)

// DamagedArmor reports whether a line resembles a BEGIN or END line but is not one, or
// the BEGIN and END lines do not match.
func DamagedArmor(text string) bool {
	inside, label := false, ""
	for line := range strings.SplitSeq(text, "\n") {
		trimmed := strings.Trim(line, " \t\r")
		if !strings.HasPrefix(trimmed, "-") || !strings.Contains(trimmed, "BEGIN ") && !strings.Contains(trimmed, "END ") {
			continue
		}
		switch m := armorLine.FindStringSubmatch(line); {
		case m == nil, m[1] == "BEGIN" && inside, m[1] == "END" && (!inside || m[2] != label):
			return true
		default:
			inside, label = m[1] == "BEGIN", m[2]
		}
	}
	return inside
}

// CertificatesReadAlike reports whether OpenSSL and Go read the same blocks in a text, and
// OpenSSL accepts the certificates among them, at least one.
func CertificatesReadAlike(text string) bool {
	_, err := OpenSSLCertificates(text)
	return err == nil && blocksReadAlike(text)
}

func blocksReadAlike(text string) bool {
	ours, err := OpenSSLBlocks(text)
	return err == nil && slices.EqualFunc(ours, GoBlocks(text), Block.Equal)
}

func certificates(blocks []Block) []Block {
	return slices.DeleteFunc(blocks, func(b Block) bool { return b.Label != "CERTIFICATE" })
}

// KeysReadAlike reports whether OpenSSL and Go read the same blocks in a text, a
// private key among them. What is in blocks of other kinds is nothing to who looks for
// a key.
func KeysReadAlike(text string) bool {
	text = otherBlock.ReplaceAllStringFunc(text, func(block string) string {
		label, _, _ := strings.Cut(strings.TrimPrefix(block, begin), tail)
		if strings.HasSuffix(label, "PRIVATE KEY") || !strings.Contains(block, "\n"+end+label+tail) {
			return block
		}
		return ""
	})
	return blocksReadAlike(text) && len(privateKeys(text)) > 0
}

// otherBlock is a whole block. No line of its body begins with five hyphens.
var otherBlock = regexp.MustCompile(`(?m)^-----BEGIN [^-\n]*-----[ \t]*\r?\n(?:-{0,4}(?:[^-\n].*)?\n)*-----END [^-\n]*-----[ \t]*\r?$`)

// Published writes the content of blocks in the form of RFC 7468, without other text.
func Published(blocks ...Block) string {
	var text strings.Builder
	for _, b := range blocks {
		text.Write(pem.EncodeToMemory(&pem.Block{Type: b.Label, Bytes: b.DER}))
	}
	return text.String()
}

// PublishedCertificates writes the certificates that Go finds in a text.
func PublishedCertificates(text string) string { return Published(certificates(GoBlocks(text))...) }

// PublishedKey writes the first private key that Go finds in a text.
func PublishedKey(text string) string {
	keys := privateKeys(text)
	return Published(keys[:min(1, len(keys))]...)
}
