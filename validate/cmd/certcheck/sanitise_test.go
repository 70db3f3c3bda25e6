package main

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestPrintable(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "CN=www.example.com,O=例子", "CN=www.example.com,O=例子"},
		{"empty", "", ""},
		{"escape", "\x1b[31mred", `\x1b[31mred`},
		{"line break", "a\nb\r", `a\x0ab\x0d`},
		{"tab", "a\tb", `a\x09b`},
		{"delete", "a\x7f", `a\x7f`},
		{"C1 control", "a\u009b31m", `a\u009b31m`},
		{"right to left", "a\u202egpj", `a\u202egpj`},
		{"zero width", "a\u200bb", `a\u200bb`},
		{"broken UTF-8", "a\xff\xfeb", `a\xff\xfeb`},
		{"replacement character", "a\ufffdb", "a\ufffdb"},
		{"beyond the first plane", "\U000e0001😀", `\U000e0001😀`},
		{"cut off", "证"[:2], `\xe8\xaf`},
	}
	for _, test := range tests {
		if got := printable(test.in); got != test.want {
			t.Errorf("%s: printable(%q) = %q; want %q", test.name, test.in, got, test.want)
		}
	}
}

func FuzzPrintable(f *testing.F) {
	for _, seed := range []string{"", "a\x1b", "\xff\u202e", "证书"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := printable(s)
		if !utf8.ValidString(got) || strings.ContainsFunc(got, unicode.IsControl) {
			t.Errorf("printable(%q) = %q", s, got)
		}
		if again := printable(got); again != got {
			t.Errorf("printable(%q) = %q, and again %q", s, got, again)
		}
	})
}

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

func TestLooksLikeKey(t *testing.T) {
	tests := []struct {
		in   string
		want bool
	}{
		{"", false},
		{"shop.example.com.key", false},
		{"/etc/letsencrypt/live/a-very-long-domain-name.example.com/privkey.pem", false},
		{"/etc/letsencrypt/live/averylongdomainnamewithoutpunctuation/privkey", false},
		{"b051db361809c861274ad3b7345dec568f8f66999d1985ca0ae6405f227107ba", false},
		{"-----BEGIN PRIVATE KEY-----", true},
		{"EC PRIVATE KEY", true},
		{"MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF", true},
		{"key=MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF.", true},
	}
	for _, test := range tests {
		if got := looksLikeKey(test.in); got != test.want {
			t.Errorf("looksLikeKey(%q) = %v; want %v", test.in, got, test.want)
		}
	}
}
