// Package container recognizes what a text or a DER is that stands where a certificate
// or a private key in PEM form belongs: another encoding of it, another kind of file, a
// name instead of the content.
//
// It looks at refused inputs only, to name them. Nothing is derived or decrypted. The
// cost is linear in the input.
package container

import (
	"bytes"
	"strings"
)

// Kind is what an input is. The zero value is unknown.
type Kind uint8

// The kinds of inputs.
const (
	Unknown Kind = iota

	PEM // text with the BEGIN line of a block

	// Encodings of a text.
	UTF16   // with a byte-order mark
	UTF16LE // without one, little-endian
	UTF16BE // without one, big-endian

	// DER.
	Certificate
	SM2Certificate // on the curve of SM2
	Request        // PKCS#10
	RevocationList
	PublicKey     // SubjectPublicKeyInfo, or PKCS#1
	PrivateKey    // PKCS#1, SEC 1 or PKCS#8
	SM2PrivateKey // SEC 1 or PKCS#8, on the curve of SM2
	EncryptedKey  // PKCS#8
	PKCS7         // signed data, which holds certificates
	Sealed        // other PKCS#7 or CMS data
	PKCS12
	PKCS12Legacy // encrypted with RC2 or RC4, which OpenSSL 3 opens with -legacy only
	CurveName    // EC PARAMETERS
	CutOff       // DER that says that it is longer
	Surplus      // DER with something behind it
	Broken       // DER whose elements do not fit each other
	OpenSSHKey   // the content of OPENSSH PRIVATE KEY

	// Binary files.
	JKS
	JCEKS
	ZIP
	Gzip
	TarGzip
	Archive // of another kind

	// Texts.
	TraefikStore
	JWK
	ACMEAccount
	SecretJSON
	JSON
	SecretYAML
	HTML
	XML
	RTF
	Path
	URL
	Placeholder
	Dump // what openssl x509 -text prints
	PuTTY
	SSHPublicKey
	AnsibleVault
	SOPS
	OtherSealed // age, OpenPGP, openssl enc
)

// Content is what an input is, and how often it is wrapped in base64.
type Content struct {
	Kind   Kind
	Layers int    // of base64 around it
	Common bool   // each layer is in the standard alphabet and padded
	Data   string // what is inside, without a byte-order mark of UTF-8
}

// mostLayers is how often base64 is undone. Each layer is shorter than the last one.
const mostLayers = 3

const utf8BOM = "\xef\xbb\xbf"

// Recognize says what a text is as a whole. A text in PEM form is no other thing, and
// nothing else is said of it.
func Recognize(text string) Content {
	c := Content{Common: true, Data: strings.TrimPrefix(text, utf8BOM)}
	for {
		if c.Kind = kindOf(c.Data); c.Kind != Unknown {
			return c
		}
		decoded, common, ok := decodeBase64(c.Data)
		if !ok || c.Layers == mostLayers {
			break
		}
		c.Layers++
		c.Common = c.Common && common
		c.Data = decoded
	}
	// What is inside has no name: perhaps the text was no base64.
	c = Content{Common: true, Data: strings.TrimPrefix(text, utf8BOM)}
	c.Kind = words(c.Data)
	return c
}

// IsRTF reports whether a text is a document in Rich Text Format.
func IsRTF(text string) bool { return strings.HasPrefix(text, `{\rtf`) }

// kindOf recognizes what is not base64 and has a form of its own.
func kindOf(text string) Kind {
	switch {
	case isTar(text):
		return Archive
	case IsRTF(text):
		return RTF
	case strings.Contains(text, "-----BEGIN "):
		return PEM
	}
	data := []byte(text)
	if k := utf16Kind(data); k != Unknown {
		return k
	}
	if k := binaryKind(data); k != Unknown {
		return k
	}
	if looksLikeDER(data) {
		if k := DER(data); k != Unknown {
			return k
		}
	}
	return document(text)
}

// utf16Kind tells UTF-16 by its mark, or by the zero bytes of a text in ASCII.
func utf16Kind(data []byte) Kind {
	const sample = 64
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return UTF16
	case len(data) < 16:
		return Unknown
	}
	var zeros [2]int
	n := min(len(data), sample) &^ 1
	for i, b := range data[:n] {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1] == n/2 && zeros[0] == 0:
		return UTF16LE
	case zeros[0] == n/2 && zeros[1] == 0:
		return UTF16BE
	default:
		return Unknown
	}
}

// DecodeUTF16 returns the text in UTF-8 of what is UTF-16. ok is false if it holds
// anything but ASCII: PEM texts do not.
func DecodeUTF16(data string, kind Kind) (text string, ok bool) {
	big := kind == UTF16BE
	if kind == UTF16 {
		big = data[0] == 0xfe
		data = data[2:]
	}
	if len(data)%2 != 0 {
		return "", false
	}
	out := make([]byte, 0, len(data)/2)
	for i := 0; i < len(data); i += 2 {
		high, low := data[i+1], data[i]
		if big {
			high, low = low, high
		}
		if high != 0 || low >= 0x80 {
			return "", false
		}
		out = append(out, low)
	}
	return string(out), true
}

// decodeBase64 undoes one layer of base64. White space is no part of it, and one pair of
// quotes around it is not either. common is false if the alphabet is that for URLs, or
// padding is missing.
func decodeBase64(data string) (decoded string, common, ok bool) {
	const shortest = 32
	if strings.Contains(data, "-----") {
		return "", false, false
	}
	data = strings.Trim(data, "\"' \t\r\n")
	body := make([]byte, 0, len(data))
	padding := 0
	common = true
	for i := range len(data) {
		b := data[i]
		switch {
		case b == ' ' || b == '\t' || b == '\r' || b == '\n':
			continue
		case b == '=':
			padding++
			continue
		case padding > 0:
			return "", false, false
		case b == '-':
			b, common = '+', false
		case b == '_':
			b, common = '/', false
		}
		body = append(body, b)
	}
	if len(body) < shortest || padding > 2 || (len(body)+padding)%4 != 0 && padding > 0 {
		return "", false, false
	}
	common = common && (len(body)+padding)%4 == 0
	n, err := lenient.Decode(body, body) // what is decoded stays behind what is read
	return string(body[:n]), common, err == nil
}
