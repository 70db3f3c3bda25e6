package main

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/alicert/alicert/internal/redact"
)

// printableJSON rewrites JSON so that it is safe for a terminal, too, without
// changing its meaning: characters that are not printable can only be in strings, where
// they become escapes.
func printableJSON(text []byte) []byte {
	isSafe := func(r rune) bool { return r == '\n' || strconv.IsPrint(r) }
	if !bytes.ContainsFunc(text, func(r rune) bool { return !isSafe(r) }) {
		return text
	}
	var b bytes.Buffer
	for _, r := range string(text) {
		switch {
		case isSafe(r):
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

// shown returns an argument for a message. It hides a key that was pasted instead of a
// file name.
func shown(arg string) string {
	if redact.Is(arg) {
		return redact.Text(arg)
	}
	return strconv.Quote(arg)
}
