package oracle

import (
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

// LookAlikes returns the numbers of the lines, from 1, that are BEGIN or END lines once
// their dashes, spaces, letters and what stands in front of them are put right, but are
// none as they stand. Lines that are marked as comments are not among them, nor are those
// with a label that fills a line of OpenSSL alone, or with a zero byte in front, where it
// sees the end of the text.
func LookAlikes(text string) (lines []int) {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		right := putRight(line)
		m := lookAlike.FindStringSubmatch(right)
		if m == nil || isComment(m[1]) || strings.HasPrefix(line, "\x00") || armorLine.MatchString(line) {
			continue
		}
		if removed := max(0, len(line)-len(right)); len(m[2])+removed <= longestLabel {
			lines = append(lines, n)
		}
	}
	return lines
}

// MayResemble reports whether a line has so much of a BEGIN or END line that it may be
// taken for one: the word, and dashes on one side at least, or an encoding of a dash.
func MayResemble(text string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		if right := putRight(line); (resemblance.MatchString(right) || encodedDash.MatchString(right)) && !armorLine.MatchString(line) {
			return true
		}
	}
	return false
}

// longestLabel is what OpenSSL's 254 bytes leave to a label, about: in bytes.
const longestLabel = 230

var (
	lookAlike   = regexp.MustCompile(`^(.*?)-----(?:BEGIN|END) ([!-,.-~]+(?: [!-,.-~]+)*)-----[ \t\r\v\f]*$`)
	resemblance = regexp.MustCompile(`-[- ]*(?:BEGIN|END)[ +]|(?:BEGIN|END)[ +][^-]*-[ -]*-`)
	encodedDash = regexp.MustCompile(`[%&\\=].*(?:BEGIN|END)`)
)

// putRight writes a line with hyphens, spaces and capital letters only.
func putRight(line string) string {
	line = strings.Map(func(r rune) rune {
		switch {
		case r == '\t', r > 0x7f && unicode.IsSpace(r):
			return ' '
		case r > 0x7f && unicode.Is(unicode.Pd, r), r == '\u2212', r == '\u2043', r == '\u02d7', r == '\u2500', r == '\u30fc':
			return '-'
		case r > 0x7f && (unicode.In(r, unicode.Cf, unicode.Variation_Selector) || strings.ContainsRune("\u115f\u1160\u2800\u3164\uffa0", r)):
			return -1
		default:
			return unicode.ToUpper(r)
		}
	}, line)
	return strings.TrimRight(line, " ")
}

func isComment(front string) bool {
	front = strings.TrimLeftFunc(front, unicode.IsSpace)
	return strings.HasPrefix(front, "#") || strings.HasPrefix(front, "//")
}

// wholeBlock is a block with a body of any kind.
var wholeBlock = regexp.MustCompile(`(?ms)^-----BEGIN [^\n]*-----[ \t]*\r?\n(?:.*?\n)?-----END [^\n]*-----[ \t]*\r?$`)

// BareMaterial reports whether lines outside blocks are the base64 of a certificate or of
// a private key. The text has no damaged BEGIN and END lines.
func BareMaterial(text string) bool { return bareBase64(text, isMaterial) }

// bareBase64 reports whether lines outside blocks are base64 that is something.
func bareBase64(text string, is func(der []byte) bool) bool {
	const quantum = 4 // what padded base64 is a multiple of
	lines := strings.Split(wholeBlock.ReplaceAllString(text, "-"), "\n")
	for i := range lines {
		if !strings.HasPrefix(strings.TrimLeft(lines[i], " \t\r"), "M") { // a SEQUENCE
			continue
		}
		var body strings.Builder
		for _, line := range lines[i:] {
			line = strings.Trim(line, " \t\r")
			if strings.Trim(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") != "" {
				break
			}
			body.WriteString(line)
			encoding := base64.StdEncoding
			if body.Len()%quantum != 0 {
				encoding = base64.RawStdEncoding
			}
			if der, err := encoding.DecodeString(body.String()); err == nil && is(der) {
				return true
			}
		}
	}
	return false
}

func isMaterial(der []byte) bool {
	if _, err := x509.ParseCertificate(der); err == nil {
		return true
	}
	for _, label := range []string{"RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY"} {
		if labelFits(Block{Label: label, DER: der}) {
			return !odd(der)
		}
	}
	return false
}

// odd reports whether a key has a version that no key in use has, or bytes behind it. Go
// reads such keys all the same.
func odd(der []byte) bool {
	var outer asn1.RawValue
	var version int
	behind, err := asn1.Unmarshal(der, &outer)
	if err != nil || len(behind) > 0 {
		return true
	}
	_, err = asn1.Unmarshal(outer.Bytes, &version)
	return err == nil && version != 0 && version != 1
}

// resemblesMaterial reports whether DER has the elements that a certificate or a private
// key begins with, whatever is in them: so that it is one that was damaged.
func resemblesMaterial(der []byte) bool {
	var outer cryptobyte.String
	in := cryptobyte.String(der)
	if !in.ReadASN1(&outer, tag.SEQUENCE) || !in.Empty() {
		return false
	}
	var tags []tag.Tag
	for !outer.Empty() && len(tags) < 3 {
		var element cryptobyte.String
		var t tag.Tag
		if !outer.ReadAnyASN1(&element, &t) {
			break
		}
		tags = append(tags, t)
	}
	begins := func(all ...tag.Tag) bool { return len(tags) >= len(all) && slices.Equal(tags[:len(all)], all) }
	return begins(tag.INTEGER, tag.INTEGER) || begins(tag.INTEGER, tag.SEQUENCE) || begins(tag.INTEGER, tag.OCTET_STRING) ||
		begins(tag.SEQUENCE, tag.OCTET_STRING) || begins(tag.SEQUENCE, tag.SEQUENCE, tag.BIT_STRING)
}
