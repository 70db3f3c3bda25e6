package main

import (
	"strconv"

	"github.com/alicert/alicert/internal/redact"
)

// shown returns an argument for a message. It hides a key that was pasted instead of a
// file name.
func shown(arg string) string {
	if redact.Is(arg) {
		return redact.Text(arg)
	}
	return strconv.Quote(arg)
}
