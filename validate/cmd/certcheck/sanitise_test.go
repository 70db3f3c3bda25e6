package main

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
)

func TestPrintableJSON(t *testing.T) {
	for _, want := range []string{"plain", "a\x7f\u009b\u202e", "\U000e0001", "证书 \"quoted\" \\u001b", "\u2028"} {
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		safe := printableJSON(text)
		if strings.ContainsFunc(string(safe), func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("printableJSON(%s) = %s, not printable", text, safe)
		}
		var got string
		if err := json.Unmarshal(safe, &got); err != nil || got != want {
			t.Errorf("printableJSON(%s) = %s, which decodes to %q, %v; want %q", text, safe, got, err, want)
		}
	}
}
