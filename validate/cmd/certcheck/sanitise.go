package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// printable makes a text safe for a terminal: whatever is not a printable
// character, such as an escape, a line break or a change of the writing
// direction, shows as its code. Texts out of certificates are written by
// strangers.
func printable(s string) string {
	if isPrintable(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && isBroken(s[i:]):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case strconv.IsPrint(r):
			b.WriteRune(r)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return b.String()
}

func isPrintable(s string) bool {
	for i, r := range s {
		if !strconv.IsPrint(r) || r == utf8.RuneError && isBroken(s[i:]) {
			return false
		}
	}
	return true
}

// isBroken reports whether s does not begin with a character in UTF-8.
func isBroken(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return r == utf8.RuneError && size <= 1
}

// printableJSON rewrites JSON so that it is safe for a terminal, too, and says
// the same: what is not printable can only stand in a string, where it becomes an
// escape.
func printableJSON(text []byte) []byte {
	var b bytes.Buffer
	for _, r := range string(text) {
		switch {
		case r == '\n' || strconv.IsPrint(r):
			b.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		}
	}
	return b.Bytes()
}

// shown returns an argument as a message can hold it. A key that was pasted where
// a file name belongs must not show.
func shown(arg string) string {
	if looksLikeKey(arg) {
		return fmt.Sprintf("(%d bytes)", len(arg))
	}
	return strconv.Quote(arg)
}

// looksLikeKey reports whether a text may be key material: it holds an armour
// line, or a long run of what only base64 looks like.
func looksLikeKey(s string) bool {
	if isKey(s) {
		return true
	}
	for run := range strings.FieldsFuncSeq(s, func(r rune) bool { return !isBase64(r) }) {
		if len(run) >= shortestKey && strings.ContainsFunc(run, isUpper) && strings.ContainsFunc(run, isLower) && strings.ContainsFunc(run, isDigit) {
			return true
		}
	}
	return false
}

// isKey is looksLikeKey for a file name, which may be long and have many slashes:
// the text holds an armour line, or all of it is base64 that begins as all DER
// does.
func isKey(s string) bool {
	if strings.Contains(s, "-----BEGIN") || strings.Contains(s, "PRIVATE KEY") {
		return true
	}
	s = strings.Join(strings.Fields(s), "")
	return len(s) >= shortestKey && s[0] == 'M' && !strings.ContainsFunc(s, func(r rune) bool { return !isBase64(r) })
}

// shortestKey is less than any private key takes in base64.
const shortestKey = 40

func isBase64(r rune) bool {
	return isUpper(r) || isLower(r) || isDigit(r) || r == '+' || r == '/' || r == '='
}

func isUpper(r rune) bool { return 'A' <= r && r <= 'Z' }
func isLower(r rune) bool { return 'a' <= r && r <= 'z' }
func isDigit(r rune) bool { return '0' <= r && r <= '9' }
