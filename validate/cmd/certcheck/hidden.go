package main

import (
	"encoding/base64"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alicert/alicert/internal/redact"
)

// knownBoundary matches BEGIN and END lines without damage. Nothing in them is secret.
var knownBoundary = regexp.MustCompile(`^-----(BEGIN|END) ((TRUSTED |X509 )?CERTIFICATE|(NEW )?CERTIFICATE REQUEST|PKCS7|CMS|X509 CRL|PUBLIC KEY|EC PARAMETERS|DH PARAMETERS|((RSA|EC|DSA|ENCRYPTED|OPENSSH) )?PRIVATE KEY)-----$`)

func isKnownBoundary(line string) bool { return knownBoundary.MatchString(line) }

const shortestPiece = 16 // characters of base64 from which a run may be a piece of a key

// mayHoldKey reports whether a text that should have certificates only may also have
// something of a private key. Bodies of certificates are public, whole or damaged.
// Everything else that looks like base64 counts.
func mayHoldKey(text string) bool {
	rest := withoutCertificateBodies(text)
	if strings.Contains(strings.ToUpper(rest), "PRIVATE") || redact.Is(strings.ReplaceAll(rest, "-----BEGIN", "BEGIN")) {
		return true
	}
	for piece := range strings.FieldsFuncSeq(rest, func(r rune) bool { return !isBase64(r) }) {
		if len(piece) >= shortestPiece && strings.ContainsAny(piece, "0123456789") && strings.ToUpper(piece) != piece && strings.ToLower(piece) != piece {
			return true
		}
	}
	return false
}

func isBase64(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '+' || r == '/'
}

// withoutCertificateBodies replaces the base64 of certificates by spaces. A body begins as
// the DER of a certificate does, and is as long as that says at most. It ends before
// dashes, whatever it says.
func withoutCertificateBodies(text string) string {
	var kept strings.Builder
	for {
		i := strings.Index(text, "MI") // as the base64 of every SEQUENCE of that size begins
		if i < 0 {
			kept.WriteString(text)
			return kept.String()
		}
		kept.WriteString(text[:i])
		text = text[i:]
		length := certificateLength(text)
		if length == 0 {
			kept.WriteString(text[:2])
			text = text[2:]
			continue
		}
		text = text[bodyLength(text, length):]
		kept.WriteByte(' ')
	}
}

// escapes are what stands for a line break or a sign where PEM text was put into another
// form.
var escapes = regexp.MustCompile(`^(\\[nrt]|\\u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2}|&#?[0-9A-Za-z]{1,8};|<[^<>]{1,8}>)`)

// bodyLength returns the bytes that a number of characters of base64 take at the
// beginning of a text, with the white space and damage between them.
func bodyLength(text string, length int) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case length == 0, strings.HasPrefix(text[i:], "---"), r != '-' && unicode.Is(unicode.Pd, r), r == '−', strings.HasPrefix(text[i:], "BEGIN"), strings.HasPrefix(text[i:], "PRIVATE"):
			return i
		case strings.ContainsRune(`\%&<`, r):
			if escape := escapes.FindString(text[i:min(len(text), i+16)]); escape != "" {
				size = len(escape)
			}
		case isBase64(r) || r == '-' || r == '_' || r == '=':
			length--
		}
		i += size
	}
	return len(text)
}

// certificateLength returns the number of base64 characters of a certificate whose first
// characters a text has, 0 if it does not begin as a certificate does: with a SEQUENCE
// whose first element is a SEQUENCE of at least 128 bytes. A private key begins with a
// number, and one that is encrypted with a short SEQUENCE.
func certificateLength(text string) int {
	const (
		looked      = 12
		sequence    = 0x30
		longLength  = 0x80
		mostOfBytes = 3
	)
	if len(text) < looked {
		return 0
	}
	der, err := base64.StdEncoding.DecodeString(strings.NewReplacer("-", "+", "_", "/").Replace(text[:looked]))
	if err != nil || der[0] != sequence || der[1] <= longLength || der[1] > longLength+mostOfBytes {
		return 0
	}
	header := 2 + int(der[1]-longLength)
	if der[header] != sequence || der[header+1] <= longLength || der[header+1] > longLength+mostOfBytes {
		return 0
	}
	length := 0
	for _, b := range der[2:header] {
		length = length<<8 | int(b)
	}
	return (header + length + 2) / 3 * 4
}
