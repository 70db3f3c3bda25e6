package pemscan

import (
	"bytes"
	"encoding/base64"
	"reflect"
	"strings"
	"testing"
)

var (
	der96  = bytes.Repeat([]byte{0x30, 0x5e, 0xff}, 32) // two lines of 64
	der100 = append(bytes.Clone(der96), 1, 2, 3, 4)     // and one of 8, padded
	line64 = base64.StdEncoding.EncodeToString(der96[:48])
	line8  = "AQIDBA=="
)

// soundBody is der100 in the published form.
var soundBody = line64 + "\n" + line64 + "\n" + line8 + "\n"

const (
	encryptedHeaders = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n"
	line             = 10 // of the BEGIN line in the tests below
)

func TestDecode(t *testing.T) {
	t.Parallel()
	inLines := func(n int) string { // der100 in lines of another length
		var b strings.Builder
		for text := strings.ReplaceAll(soundBody, "\n", ""); text != ""; text = text[min(n, len(text)):] {
			b.WriteString(text[:min(n, len(text))] + "\n")
		}
		return b.String()
	}
	spaces := func(n int) string { return strings.Repeat(" ", n) }
	for _, tt := range []struct {
		name, body string
		want       Body // but for DER, which is der100
	}{
		{"the published form", soundBody, Body{}},
		{"CRLF", strings.ReplaceAll(soundBody, "\n", "\r\n"), Body{}},
		{"an encrypted key", encryptedHeaders + "\n" + soundBody, Body{Encrypted: true}},
		{"an encrypted key, CRLF", strings.ReplaceAll(encryptedHeaders+"\n"+soundBody, "\n", "\r\n"), Body{Encrypted: true}},

		{"lines of 1", inLines(1), Body{LengthAt: 11}},
		{"lines of 63", inLines(63), Body{LengthAt: 11}},
		{"lines of 65", inLines(65), Body{LengthAt: 11}},
		{"lines of 76", inLines(76), Body{LengthAt: 11}},
		{"one line", inLines(136), Body{LengthAt: 11}},
		{"second line short", line64 + "\n" + line64[:60] + "\n" + line64[60:] + line8 + "\n", Body{LengthAt: 12}},
		{"last line long", line64 + "\n" + line64 + line8 + "\n", Body{LengthAt: 12}},

		{"a blank line behind BEGIN", "\n" + soundBody, Body{BlankAt: 11}},
		{"a line of white space behind BEGIN", " \t\r\n" + soundBody, Body{BlankAt: 11}},
		{"a long line of white space behind BEGIN", spaces(600) + "\n" + soundBody, Body{BlankAt: 11}},

		{"254 tabs before the first line", strings.Repeat("\t", 254) + soundBody, Body{BlankAt: 11, SpaceAt: 11}},
		{"508 spaces before the first line", spaces(508) + soundBody, Body{BlankAt: 11, SpaceAt: 11}},
		{"a space before a line", line64 + "\n " + line64 + "\n" + line8 + "\n", Body{SpaceAt: 12, LengthAt: 12}},
		{"a tab behind a line", line64 + "\n" + line64 + "\t\n" + line8 + "\n", Body{SpaceAt: 12}},
		{"a space and CR behind a line", line64 + "\r\n" + line64 + " \r\n" + line8 + "\r\n", Body{SpaceAt: 12}},
		{"two CR behind a line", line64 + "\r\r\n" + line64 + "\n" + line8 + "\n", Body{SpaceAt: 11}},
		{"a CR in a line", line64 + "\n" + line64[:9] + "\r" + line64[9:] + "\n" + line8 + "\n", Body{SpaceAt: 12, LengthAt: 12}},
		{"a CR before a line", line64 + "\n\r" + line64 + "\n" + line8 + "\n", Body{SpaceAt: 12, LengthAt: 12}},
		{"a CR that makes 64", line64 + "\n" + line64[:9] + "\r" + line64[9:63] + "\n" + line64[63:] + line8 + "\n", Body{SpaceAt: 12}},
		{"spaces in every line", strings.ReplaceAll(soundBody, "AQ", "A \t Q"), Body{SpaceAt: 13}},
		{"253 spaces before a line", line64 + "\n" + spaces(253) + line64 + "\n" + line8 + "\n", Body{SpaceAt: 12, LengthAt: 12}},
		{"many spaces behind a line", line64 + "\n" + line64 + spaces(600) + "\n" + line8 + "\n", Body{SpaceAt: 12}},
		{"many spaces in a line", line64 + "\n" + line64 + spaces(600) + line8 + "\n", Body{SpaceAt: 12, LengthAt: 12}},
		{"a blank line behind BEGIN, and spaces behind lines", "\n" + line64 + " \n" + line64 + spaces(300) + "\n" + line8 + "\n", Body{BlankAt: 11, SpaceAt: 12}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, defect := Block{"A", tt.body, line}.Decode(nil)
			tt.want.DER = der100
			if defect.Kind != 0 || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("%q\n got %+v, defect %+v\nwant %+v", tt.body, got, defect, tt.want)
			}
		})
	}
}

func TestDecodeDefects(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, body string
		kind       DefectKind
		line       int
	}{
		{"nothing", "", Empty, 10},
		{"a blank line", "\n", Empty, 10},
		{"blank lines", "\n \t\r\n\n", Empty, 10},
		{"headers alone", encryptedHeaders + "\n", Empty, 10},
		{"headers and blank lines", encryptedHeaders + "\n\n\n", Empty, 10},

		{"a header", "Comment: mine\n\n" + soundBody, Headers, 11},
		{"a header of an encrypted key with others", "Proc-Type: 4,ENCRYPTED\nComment: mine\n", Headers, 12},
		{"Proc-Type alone", "Proc-Type: 4,ENCRYPTED\n\n" + soundBody, Headers, 11},
		{"DEK-Info alone", "DEK-Info: AES-256-CBC,00\n\n" + soundBody, Headers, 11},
		{"DEK-Info first", "DEK-Info: AES-256-CBC,00\nProc-Type: 4,ENCRYPTED\n\n" + soundBody, Headers, 11},
		{"DEK-Info empty", "Proc-Type: 4,ENCRYPTED\nDEK-Info: \n\n" + soundBody, Headers, 12},
		{"Proc-Type twice", "Proc-Type: 4,ENCRYPTED\nProc-Type: 4,ENCRYPTED\n", Headers, 12},
		{"DEK-Info twice", encryptedHeaders + "DEK-Info: AES-256-CBC,00\n", Headers, 13},
		{"another Proc-Type", "Proc-Type: 4,CLEAR\nDEK-Info: x\n\n" + soundBody, Headers, 11},
		{"no blank line behind the headers", encryptedHeaders + soundBody, Headers, 13},
		{"a header indented", " Proc-Type: 4,ENCRYPTED\nDEK-Info: x\n\n" + soundBody, Headers, 11},
		{"a header in the body", line64 + "\nComment: mine\n", BadBase64, 12},

		{"a blank line in the body", line64 + "\n\n" + line64 + "\n", BlankLine, 12},
		{"white space in the body", line64 + "\n \t\r\n" + line64 + "\n", BlankLine, 12},
		{"a blank line before END", soundBody + "\n", BlankLine, 14},
		{"two blank lines behind BEGIN", "\n\n" + soundBody, BlankLine, 12},
		{"two blank lines behind headers", encryptedHeaders + "\n\n" + soundBody, BlankLine, 14},
		// Behind a blank line OpenSSL insists on the length of lines.
		{"a blank line behind BEGIN and lines of 60", "\n" + line64[:60] + "\n" + line64[60:] + "\n", BlankLine, 11},
		{"a blank line behind BEGIN and lines of 68", "\n" + line64 + "\n" + line64 + "AAAA\n" + line8 + "\n", BlankLine, 11},
		{"a blank line behind BEGIN and one long line", "\n" + line64 + line8 + "\n", BlankLine, 11},
		{"a blank line behind BEGIN and a space before a line", "\n " + line64 + "\n" + line8 + "\n", BlankLine, 11},
		{"lines of 60 behind headers", encryptedHeaders + "\n" + line64[:60] + "\n" + line64[60:] + "\n", BlankLine, 13},
		// It takes the first 254 bytes of a line for a line.
		{"254 spaces before a line", line64 + "\n" + strings.Repeat(" ", 254) + line64 + "\n", BlankLine, 12},
		{"254 spaces before the first line, of 63", strings.Repeat("\t", 254) + line64[1:] + "\n" + line64 + "\n", BlankLine, 11},
		{"255 spaces before the first line", strings.Repeat("\t", 255) + line64 + "\n" + line64 + "\n", BlankLine, 11},
		{"254 spaces before the first line behind headers", encryptedHeaders + "\n" + strings.Repeat(" ", 254) + line64 + "\n", BlankLine, 14},

		{"one character", "A\n", BadBase64, 11},
		{"a character too few", line64 + "\n" + line64[1:] + "\n", BadBase64, 12},
		{"a character too many", line64 + "\n" + line64 + "\nA\n", BadBase64, 13},
		{"no padding", line64 + "\nAQIDBA\n", BadBase64, 12},
		{"half of the padding", line64 + "\nAQIDBA=\n", BadBase64, 12},
		{"too much padding", line64 + "\nAQIDBA===\n", BadBase64, 12},
		{"padding in the middle", line64 + "\nAQIDBA==\n" + line64 + "\n", BadBase64, 13},
		{"padding alone", "====\n", BadBase64, 11},
		{"a dash", line64 + "\n" + line64[:10] + "-" + line64[11:] + "\n", BadBase64, 12},
		{"the other alphabet", line64 + "\n" + line64 + "\n_-==\n", BadBase64, 13},
		{"text", "# mine\n" + soundBody, BadBase64, 11},
		{"not ASCII", line64 + "\n" + line64[:62] + "é\n", BadBase64, 12},
		{"a zero byte", line64 + "\n\x00" + line64[1:] + "\n", BadBase64, 12},
		{"a form feed", line64 + "\n" + line64 + "\f\n", BadBase64, 12},
		{"behind white space of all kinds", " " + line64 + " \r\n" + line64[:9] + "\r \t" + line64[9:] + "\r\n?===\n", BadBase64, 13},
		{"behind a blank line", "\n" + line64 + "\n" + line64 + "\n????\n", BadBase64, 14},
		{"behind headers", encryptedHeaders + "\n" + line64 + "\n????\n", BadBase64, 15},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			body, defect := Block{"A", tt.body, line}.Decode(nil)
			if want := (Defect{tt.kind, tt.line}); defect != want || !reflect.DeepEqual(body, Body{}) {
				t.Errorf("%q\n got %+v, %+v\nwant %+v", tt.body, defect, body, want)
			}
		})
	}
}

// A buffer that is large enough is used, whatever is in it.
func TestDecodeAllocatesNothing(t *testing.T) {
	for name, body := range map[string]string{
		"the published form": soundBody,
		"white space":        strings.ReplaceAll(soundBody, "\n", " \t\r\n "),
		"encrypted":          encryptedHeaders + "\n" + soundBody,
		"a blank line":       line64 + "\n\n",
	} {
		b := Block{"A", body, 1}
		dst := make([]byte, 7, len(body))
		if got := testing.AllocsPerRun(10, func() { _, _ = b.Decode(dst) }); got != 0 {
			t.Errorf("%s: %v allocations", name, got)
		}
		decoded, defect := b.Decode(dst)
		if defect.Kind == 0 && (!bytes.Equal(decoded.DER, der100) || &decoded.DER[0] != &dst[0]) {
			t.Errorf("%s: not decoded into the buffer: %x", name, decoded.DER)
		}
	}
}
