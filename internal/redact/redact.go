// Package redact decides whether a value from outside can be shown. It recognizes
// private keys, tokens and access-key secrets by their content and by the names of
// the parameters that hold them, and it escapes characters that are not printable.
// All packages use it, so that they agree.
//
// It has no state. The cost of each function is linear in its text.
package redact

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// Marker stands in the BEGIN line of every kind of private key.
const Marker = "PRIVATE KEY"

const (
	// shortest is the length, in characters of base64, from which a run may be a
	// piece of a key. The 32 bytes of the smallest private key take 43.
	shortest = 40

	// longestDigest is the length, in hexadecimal digits, of SHA-256: the
	// longest run of them that counts as a fingerprint.
	longestDigest = 64

	// accessKeySecret is the length of the vendor's secrets.
	accessKeySecret = 30

	// binary is the length, in bytes, from which a text that is not UTF-8 may
	// be a piece of a key in DER.
	binary = 16

	// layers is the number of nested encodings that are decoded.
	layers = 3
)

// Text returns a value in a form that can be kept and shown: the value itself, or its
// length in bytes if it may be secret.
func Text(value string) string {
	if Is(value) {
		return Length(value)
	}
	return value
}

// Length returns the replacement of a value that cannot be shown.
func Length(value string) string { return fmt.Sprintf("a value of %d bytes", len(value)) }

// Name returns a name in a form that can be kept, in valid UTF-8. If the name may be
// secret, the result has its digest, so different names stay different.
func Name(name string) string {
	if Is(name) {
		sum := sha256.Sum256([]byte(name))
		return "redacted-" + hex.EncodeToString(sum[:8])
	}
	return strings.ToValidUTF8(name, "\uFFFD")
}

// Armored reports whether a text contains the BEGIN line of a private key. It is cheap,
// for whole states and otherwise public texts. Use [Is] for a value from outside.
func Armored(text string) bool { return strings.Contains(text, Marker) }

// Is reports whether a value may be or contain a private key, another secret or a piece
// of one. That is so if it contains a BEGIN line, or 40 or more characters of base64 in a
// row: plain, safe for URLs, in lines, percent-encoded, or escaped as in JSON. Certificates in PEM form and host names
// are public.
func Is(value string) bool {
	if len(value) < accessKeySecret { // most values; only a BEGIN line is so short
		return isBinary(value) || strings.ContainsAny(value, "- ") && isArmored(value)
	}
	if isHostName(value) {
		return false
	}
	for range layers {
		if isSecret(withoutCertificates(value)) {
			return true
		}
		decoded := decode(value)
		if decoded == value {
			return false
		}
		value = decoded
	}
	return isSecret(withoutCertificates(value))
}

// IsName is Is for the name of a file, which may be long and have words and slashes. It
// reports whether the name contains a BEGIN line, or is base64 of a key as a whole.
func IsName(name string) bool {
	if isArmored(name) {
		return true
	}
	name = strings.Join(strings.Fields(name), "")
	if len(name) < shortest || strings.ContainsFunc(name, func(r rune) bool { return !isBase64(r) && r != '-' && r != '_' }) {
		return false
	}
	return isRandom(withoutIDs(name)) || name[0] == 'M' && isKeyRun(name) // as all DER begins
}

// IsJSON reports whether one of the texts in a JSON value is secret. It checks data that
// is not JSON as one text.
func IsJSON(data []byte) bool {
	var value any
	if json.Unmarshal(data, &value) != nil {
		return Is(string(data))
	}
	return anyIs(value)
}

func anyIs(value any) bool {
	switch v := value.(type) {
	case string:
		return Is(v)
	case []any:
		return slices.ContainsFunc(v, anyIs)
	case map[string]any:
		for name, member := range v {
			if Is(name) || anyIs(member) {
				return true
			}
		}
	}
	return false
}

// Parameter reports whether a request parameter or header of that name, in any
// letter case, holds a secret regardless of its value.
func Parameter(name string) bool {
	name = name[strings.LastIndexByte(name, '.')+1:] // of a member of an array
	name = strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(name), "-", ""), "_", "")
	switch strings.TrimPrefix(strings.TrimPrefix(name, "x"), "acs") {
	case "privatekey", "key", "sslpri", "securitytoken", "signature", "accesskeysecret", "secret", "secretkey", "password", "passphrase", "authorization":
		return true
	default:
		return false
	}
}

// isBinary reports whether a text may be bytes of a key: more than one byte in three is
// not printable ASCII.
func isBinary(text string) bool {
	if len(text) < binary || utf8.ValidString(text) {
		return false
	}
	other := 0
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			other++
		}
	}
	return other*3 > len(text)
}

func isArmored(text string) bool {
	text = strings.ToUpper(text)
	return strings.Contains(text, Marker) || strings.Contains(text, "-----BEGIN")
}

func isSecret(text string) bool {
	if isBinary(text) || isArmored(text) {
		return true
	}
	for run := range strings.FieldsFuncSeq(text, func(r rune) bool { return !isBase64(r) }) {
		if isKeyRun(run) {
			return true
		}
	}
	for run := range strings.FieldsFuncSeq(text, func(r rune) bool { return !isBase64(r) && r != '-' && r != '_' }) {
		if len(run) >= shortest && isRandom(withoutIDs(run)) {
			return true
		}
	}
	// Lines of any length, and a plus that became a space.
	joined := strings.Join(strings.Fields(text), "")
	if len(joined) == len(text) {
		return false
	}
	for run := range strings.FieldsFuncSeq(joined, func(r rune) bool { return !isBase64(r) }) {
		if len(run) >= shortest && isRandom(run) {
			return true
		}
	}
	return false
}

// isKeyRun checks a run of characters of base64.
func isKeyRun(run string) bool {
	has := classesOf(run)
	switch {
	case has.digit && isHexadecimal(run):
		return len(run) > longestDigest
	case len(run) == accessKeySecret && !has.sign:
		return isRandom(run)
	case len(run) < shortest || !has.upper || !has.lower:
		return false
	case has.digit:
		return true
	default: // words begin with one capital letter, and paths are made of words
		return has.capitals && !strings.Contains(run, "/") || isRandom(run)
	}
}

// classes are the kinds of characters in a run.
type classes struct {
	upper, lower, digit, sign bool

	capitals bool // two in a row
	changes  int  // places where one kind follows another
}

func classesOf(run string) (has classes) {
	before := byte(0)
	for i := range len(run) {
		class := byte('s')
		switch c := run[i]; {
		case isUpper(rune(c)):
			class, has.upper = 'u', true
		case isLower(rune(c)):
			class, has.lower = 'l', true
		case isDigit(rune(c)):
			class, has.digit = 'd', true
		default:
			has.sign = true
		}
		if i > 0 && class != before {
			has.changes++
		}
		has.capitals = has.capitals || i > 0 && class == 'u' && before == 'u'
		before = class
	}
	return has
}

// isRandom reports whether capital letters, small letters and digits alternate as in
// base64 of a key. There about 64 of 100 characters differ in kind from the one before;
// in words and numbers fewer than 33 do.
func isRandom(run string) bool {
	has := classesOf(run)
	return has.upper && has.lower && has.digit && has.changes*20 >= len(run)*7
}

// withoutIDs removes UUIDs, dates and serial numbers from a run with hyphens and
// underscores.
func withoutIDs(run string) string {
	var rest strings.Builder
	for part := range strings.FieldsFuncSeq(run, func(r rune) bool { return r == '-' || r == '_' }) {
		if len(part) < 4 || !isHexadecimal(part) {
			rest.WriteString(part)
		}
	}
	if rest.Len() < accessKeySecret {
		return ""
	}
	return rest.String()
}

func isHexadecimal(run string) bool {
	return !strings.ContainsFunc(run, func(r rune) bool { return !isDigit(r) && (r|0x20 < 'a' || r|0x20 > 'f') })
}

// isHostName reports whether a whole value is a host name of several labels that do not
// look like a key.
func isHostName(value string) bool {
	name := strings.TrimPrefix(value, "*.")
	if len(name) > 253 || !strings.Contains(name, ".") {
		return false
	}
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' || len(label) >= accessKeySecret && isRandom(label) ||
			strings.ContainsFunc(label, func(r rune) bool { return !isUpper(r) && !isLower(r) && !isDigit(r) && r != '-' }) {
			return false
		}
	}
	return true
}

// decode removes one layer of percent-encoding and of the escapes of JSON.
func decode(text string) string {
	if strings.Contains(text, "%") {
		if decoded, err := url.PathUnescape(text); err == nil {
			text = decoded
		} else {
			text = lenient.Replace(text)
		}
	}
	if strings.Contains(text, `\`) {
		text = escapes.Replace(text)
	}
	return text
}

var (
	escapes = strings.NewReplacer(`\\`, `\`, `\/`, `/`, `\n`, "\n", `\r`, "\n", `\t`, "\n", `\"`, `"`,
		`\u002b`, "+", `\u002B`, "+", `\u002f`, "/", `\u002F`, "/", `\u003d`, "=", `\u003D`, "=", `\u000a`, "\n", `\u000A`, "\n", `\x0a`, "\n")
	// lenient is for texts with a percent sign that is not an escape.
	lenient = strings.NewReplacer("%25", "%", "%2B", "+", "%2b", "+", "%2F", "/", "%2f", "/", "%3D", "=", "%3d", "=",
		"%0A", "\n", "%0a", "\n", "%0D", "\n", "%0d", "\n", "%20", " ", "%2D", "-", "%2d", "-")
)

const (
	certificateBegin = "-----BEGIN CERTIFICATE-----"
	certificateEnd   = "-----END CERTIFICATE-----"
)

// withoutCertificates removes the certificates in PEM form from a text.
func withoutCertificates(text string) string {
	if !strings.Contains(text, certificateBegin) {
		return text
	}
	var rest strings.Builder
	for {
		before, after, found := strings.Cut(text, certificateBegin)
		body, behind, ended := strings.Cut(after, certificateEnd)
		if !found || !ended {
			rest.WriteString(text)
			return rest.String()
		}
		rest.WriteString(before)
		if isCertificate(body) {
			rest.WriteByte('\n')
		} else {
			rest.WriteString(certificateBegin + body + certificateEnd)
		}
		text = behind
	}
}

// isCertificate reports whether the body of a PEM block has the outline of a certificate:
// one SEQUENCE to its end, which begins with a SEQUENCE that begins with a version or a
// serial number. No form of a private key has this outline.
func isCertificate(body string) bool {
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(body), ""))
	if err != nil {
		return false
	}
	outer, rest, ok := sequence(der)
	if !ok || len(rest) > 0 {
		return false
	}
	inner, _, ok := sequence(outer)
	return ok && len(inner) > 0 && (inner[0] == 0xa0 || inner[0] == 0x02)
}

// sequence returns the content of the SEQUENCE that a text in DER begins with.
func sequence(der []byte) (content, rest []byte, ok bool) {
	if len(der) < 2 || der[0] != 0x30 {
		return nil, nil, false
	}
	length, der := int(der[1]), der[2:]
	if length >= 0x80 {
		size := length - 0x80
		if size == 0 || size > 3 || len(der) < size {
			return nil, nil, false
		}
		length = 0
		for _, b := range der[:size] {
			length = length<<8 | int(b)
		}
		der = der[size:]
	}
	if length > len(der) {
		return nil, nil, false
	}
	return der[:length], der[length:], true
}

func isBase64(r rune) bool {
	return isUpper(r) || isLower(r) || isDigit(r) || r == '+' || r == '/' || r == '='
}

func isUpper(r rune) bool { return 'A' <= r && r <= 'Z' }
func isLower(r rune) bool { return 'a' <= r && r <= 'z' }
func isDigit(r rune) bool { return '0' <= r && r <= '9' }
