package diagnosis

import (
	"encoding/base64"
	"encoding/pem"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/columns"
	"github.com/alicert/alicert/testdata"
)

// TestMarked cuts lines and places carets.
func TestMarked(t *testing.T) {
	long := strings.Repeat("a", 100) + "!" + strings.Repeat("b", 100)
	tests := []struct {
		text         string
		column, room int
		want, marks  string
	}{
		{"-----BEGIN CERTIFICATE-----", 0, 80, "-----BEGIN CERTIFICATE-----", "^^^^^^^^^^^^^^^^^^^^^^^^^^^"},
		{"  -----END X-----  ", 0, 80, "  -----END X-----  ", "  ^^^^^^^^^^^^^^^"},
		{"MIIBabc", 0, 80, "MIIBabc", ""},
		{"MIIB!abc!", 5, 80, "MIIB!abc!", "    ^"},
		{"MIIB!!bc", 5, 80, "MIIB!!bc", "    ^^"},
		{"––BEGIN X––", 1, 80, "––BEGIN X––", "^^       ^^"},
		{"证书证书!x", 5, 80, "证书证书!x", "        ^"},
		{"ab证证c", 3, 80, "ab证证c", "  ^^^^"},
		{"e\u0301!x", 3, 80, "e\u0301!x", " ^"},
		{"\u200b-----BEGIN X", 1, 80, `\u200b-----BEGIN X`, "^^^^^^"},
		{"a\x1b[31mb", 2, 80, `a\x1b[31mb`, " ^^^^"},
		{long, 101, 22, "…" + strings.Repeat("a", 10) + "!" + strings.Repeat("b", 9) + "…", "           ^"},
		{long, 1, 12, "aaaaaaaaaa…", "^^^^^^^^^^"},
		{long, 201, 12, "…bbbbbbbbbb", "          ^"},
		{long, 0, 12, "aaaaaaaaaa…", ""},
		{"abc", 4, 80, "abc", "   ^"},
		{"abc", 9, 80, "abc", "   ^"},
		{"", 1, 80, "", "^"},
		{"", 0, 80, "", ""},
	}
	for _, test := range tests {
		got := marked(test.text, test.column, test.room)
		if got.Text != test.want || got.Marks != test.marks {
			t.Errorf("marked(%q, %d, %d) =\n%q\n%q; want\n%q\n%q", test.text, test.column, test.room, got.Text, got.Marks, test.want, test.marks)
		}
		if columns.Of(got.Text) > test.room {
			t.Errorf("marked(%q, %d, %d) has %d columns", test.text, test.column, test.room, columns.Of(got.Text))
		}
	}
}

// TestMayHoldKey: certificates show, whole or damaged, and keys do not, whatever they
// stand beside.
func TestMayHoldKey(t *testing.T) {
	certificate, key := testdata.Read("rsa2048/chain3.pem"), testdata.Read("p256/key.pem")
	body := func(text string) string {
		lines := strings.Split(strings.TrimSpace(text), "\n")
		return strings.Join(lines[1:len(lines)-1], "\n")
	}
	leaf := body(testdata.Read("rsa2048/leaf.pem"))
	tests := []struct {
		name, text string
		want       bool
	}{
		{"certificates", certificate, false},
		{"CRLF", strings.ReplaceAll(certificate, "\n", "\r\n"), false},
		{"indented", strings.ReplaceAll(certificate, "\n", "\n  "), false},
		{"dashes", strings.ReplaceAll(certificate, "--", "––"), false},
		{"one line", strings.ReplaceAll(certificate, "\n", " "), false},
		{"escaped", strings.ReplaceAll(certificate, "\n", `\n`), false},
		{"percent", strings.ReplaceAll(certificate, "\n", `%0A`), false},
		{"tags", strings.ReplaceAll(certificate, "\n", `<br/>`), false},
		{"a wrong character", certificate[:200] + "!" + certificate[201:], false},
		{"a line lost", strings.Replace(certificate, strings.SplitAfter(certificate, "\n")[3], "", 1), false},
		{"a line twice", strings.Replace(certificate, "\n", "\n"+strings.SplitAfter(certificate, "\n")[1], 1), true},
		{"a zero-width space", strings.Replace(certificate, "\nMII", "\nMI\u200bI", 1), false},
		{"small letters", strings.NewReplacer("BEGIN CERTIFICATE", "begin certificate", "END CERTIFICATE", "end certificate").Replace(certificate), false},
		{"a key in small letters", strings.ToLower(strings.Split(key, "\n")[0]) + certificate, true},
		{"signs escaped", strings.NewReplacer("+", `\u002b`, "/", `\/`, "=", "&#61;").Replace(certificate), false},
		{"plus signs lost", strings.ReplaceAll(certificate, "+", " "), false},
		{"lines of 76", linesOf(76, certificate), false},
		{"URL-safe", strings.NewReplacer("+", "-", "/", "_").Replace(certificate), false},
		{"bag attributes", "Bag Attributes\n    friendlyName: shop\nsubject=CN=shop.example.com\n" + certificate, false},
		{"text", "hello, this is no certificate", false},
		{"empty", "", false},

		{"a key", key, true},
		{"certificates and a key", certificate + key, true},
		{"a key in front", key + certificate, true},
		{"the body of a key", body(key), true},
		{"the body behind", certificate + body(key), true},
		{"the body in the last block", strings.Replace(certificate, "-----END", body(key)+"\n-----END", 1), true},
		{"the body behind a body", leaf + "\n" + body(key), true},
		{"a key as a certificate", strings.ReplaceAll(key, "EC PRIVATE KEY", "CERTIFICATE"), true},
		{"an encrypted key as a certificate", "-----BEGIN CERTIFICATE-----\n" + body(testdata.Read("encrypted/pkcs8.pem")) + "\n-----END CERTIFICATE-----\n", true},
		{"other dashes", strings.ReplaceAll(certificate+key, "--", "––"), true},
		{"full width", strings.ReplaceAll(certificate+key, "-----BEGIN EC PRIVATE KEY-----", "－－－－－ＢＥＧＩＮ ＥＣ ＰＲＩＶＡＴＥ ＫＥＹ－－－－－"), true},
		{"a piece of a key", certificate + body(key)[64:84], true},
		{"a key with a sign for each plus", certificate + strings.Join(strings.SplitAfter(body(key), "a"), " "), true},
	}
	for _, test := range tests {
		if got := MayHoldKey(test.text); got != test.want {
			t.Errorf("%s: MayHoldKey is %v", test.name, got)
		}
	}
}

// linesOf breaks the bodies of PEM text into longer lines.
func linesOf(width int, text string) string {
	var b strings.Builder
	for block, rest := pem.Decode([]byte(text)); block != nil; block, rest = pem.Decode(rest) {
		b.WriteString("-----BEGIN " + block.Type + "-----\n")
		for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(block.Bytes)), width) {
			b.WriteString(string(line) + "\n")
		}
		b.WriteString("-----END " + block.Type + "-----\n")
	}
	return b.String()
}
