package main

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/alicert/alicert/internal/redact"
)

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
	if redact.Is(arg) {
		return redact.Text(arg)
	}
	return strconv.Quote(arg)
}
