package pemscan

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/testdata"
)

// TestResembling has lines that are damaged because a person takes them for BEGIN or END
// lines, with what is odd about them.
func TestResembling(t *testing.T) {
	t.Parallel()
	const cert = "CERTIFICATE"
	for _, tt := range []struct {
		line, label string
		damage      Damage
		odd         Odd
	}{
		{"–––––BEGIN CERTIFICATE–––––", cert, OddCharacter, Odd{Column: 1, Rune: '–'}},
		{"-----END CERTIFICATE---–-", cert, OddCharacter, Odd{Column: 24, Rune: '–', End: true}},
		{"-----BEGIN\u00a0CERTIFICATE-----", cert, OddCharacter, Odd{Column: 11, Rune: '\u00a0'}},
		{"-----BEGIN RSA\u3000PRIVATE KEY-----", "RSA PRIVATE KEY", OddCharacter, Odd{Column: 15, Rune: '\u3000'}},
		{"\u200b-----BEGIN CERTIFICATE-----", cert, OddCharacter, Odd{Column: 1, Rune: '\u200b'}},
		{"-----\u200bBEGIN CERTIFICATE-----", cert, OddCharacter, Odd{Column: 6, Rune: '\u200b'}},
		{"-----BEGIN CERTIFICATE-----\u00a0", cert, OddCharacter, Odd{Column: 28, Rune: '\u00a0'}},
		{"-----BEGIN X\u2028Y-----", "", OddCharacter, Odd{Column: 13, Rune: '\u2028'}},
		{"-----BEGIN\tCERTIFICATE-----", cert, OddCharacter, Odd{Column: 11, Rune: '\t'}},
		{"-----BEGıN X-----", "", OddCharacter, Odd{Column: 9, Rune: 'ı'}},
		{"x-----BEGIN ſX-----", "", OddCharacter, Odd{Column: 13, Rune: 'ſ'}},
		{"——BEGIN CERTIFICATE——", cert, OddCharacter, Odd{Column: 1, Rune: '—'}},
		{"é –-BEGIN CERTIFICATE--", cert, OddCharacter, Odd{Column: 3, Rune: '–'}},
		{"\u05be----BEGIN X-----", "", OddCharacter, Odd{Column: 1, Rune: '\u05be'}},
		{"x---END !-\u05be----BEGIN X-----", "", OddCharacter, Odd{Column: 11, Rune: '\u05be'}},

		{"-----begin certificate-----", cert, SmallLetters, Odd{Column: 6}},
		{"-----Begin CERTIFICATE-----", cert, SmallLetters, Odd{Column: 7}},
		{"-----END Certificate-----", cert, SmallLetters, Odd{Column: 11, End: true}},
		{"  -----begin certificate-----", cert, SmallLetters, Odd{Column: 8}},
		{"-----begin x-----", "", SmallLetters, Odd{Column: 6}},

		{"CERT=\"-----BEGIN CERTIFICATE-----", cert, TextBefore, Odd{Column: 7}},
		{"> -----END CERTIFICATE-----", cert, TextBefore, Odd{Column: 3, End: true}},
		{"“-----BEGIN CERTIFICATE-----", cert, TextBefore, Odd{Column: 2}},
		{"x -----BEGIN X-----", "", TextBefore, Odd{Column: 3}},
		{"x-----BEGIN " + strings.Repeat("X", 200) + "-----", "", TextBefore, Odd{Column: 2}},
		{"END 0-----END 0-----", "", TextBefore, Odd{Column: 6, End: true}},
		{"x ---BEGIN CERTIFICATE", cert, TextBefore, Odd{Column: 3}},
		{"; -----BEGIN CERTIFICATE-----", cert, TextBefore, Odd{Column: 3}},

		{"-----BEGIN CERTIFICATE-----%0AMII", cert, Encoded, Odd{Column: 28, Encoding: Percent}},
		{`-----BEGIN CERTIFICATE-----\nMII`, cert, Encoded, Odd{Column: 28, Encoding: Escapes}},
		{"-----BEGIN CERTIFICATE-----<br>", cert, Encoded, Odd{Column: 28, Encoding: Tags}},
		{"-----BEGIN CERTIFICATE-----&#10;", cert, Encoded, Odd{Column: 28, Encoding: Entities}},
		{"-----BEGIN CERTIFICATE-----=0A", cert, Encoded, Odd{Column: 28, Encoding: QuotedPrintable}},
		{"0-----END +-----", "", Encoded, Odd{Column: 11, Encoding: Percent, End: true}},
		{"-----BEGIN+CERTIFICATE-----", cert, Encoded, Odd{Column: 11, Encoding: Percent}},
		{"-----BEGIN%20CERTIFICATE-----", cert, Encoded, Odd{Column: 1, Encoding: Percent}},
		{"%2D%2D%2D%2D%2DBEGIN CERTIFICATE%2D%2D%2D%2D%2D", cert, Encoded, Odd{Column: 1, Encoding: Percent}},
		{`\u002d\u002d\u002d\u002d\u002dBEGIN CERTIFICATE\u002d\u002d\u002d\u002d\u002d`, cert, Encoded, Odd{Column: 1, Encoding: Escapes}},

		{"BEGIN CERTIFICATE-----", cert, WrongDashes, Odd{}},
	} {
		item, _ := Scan(tt.line + "\nAAAA\n").Next()
		if item.Kind != KindDamage || item.Damage != tt.damage || item.Odd != tt.odd || item.Label != tt.label {
			t.Errorf("%q\n got %+v\nwant %d, %q, %+v", tt.line, item, tt.damage, tt.label, tt.odd)
		}
	}
	for _, line := range []string{
		"BEGIN CERTIFICATE", "--- begin", "-begin certificate-", "-----Original Message-----", "-- \nEND",
		"# –––––BEGIN CERTIFICATE–––––", "//\u00a0-----begin certificate-----", "-----BEGINNING CERTIFICATE-----x", "append -----", "weekend --", "-----",
		"[----begin----]", "| END | -- |", "<!-- begin -->", "- begin a -", "100% BEGIN",
		"x-----BEGIN " + strings.Repeat("X", 2*piece) + "-----",
	} {
		if item, _ := Scan(line).Next(); item.Kind != KindText {
			t.Errorf("%q is %+v", line, item)
		}
	}
}

// TestBare has base64 outside blocks.
func TestBare(t *testing.T) {
	t.Parallel()
	body := func(name string) string {
		_, text, _ := strings.Cut(testdata.Read(name), "\n")
		return text[:strings.Index(text, "-----")]
	}
	cert, key := body("p256/leaf.pem"), body("p256/key.pem")
	request, err := x509.CreateCertificateRequest(nil, &x509.CertificateRequest{}, ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)))
	if err != nil {
		t.Fatal(err)
	}
	end := "-----END CERTIFICATE-----\n"
	bare := func(line, index int, b Bare) Item {
		item := damaged(BareBase64, line, index, "")
		item.Bare = b
		return item
	}
	lost := damaged(EndWithoutBegin, 13, 1, "CERTIFICATE")
	lost.Bare = Bare{From: 1, To: 12}
	for _, tt := range []struct {
		name, text string
		want       []Item
	}{
		{"a certificate", cert, []Item{bare(1, 1, Bare{From: 1, To: 12})}},
		{"behind text that might be base64", "Certificate\nMine\n" + cert + "end\n", []Item{text(1), bare(3, 1, Bare{From: 3, To: 14}), text(15)}},
		{"indented, with CR LF", "  " + strings.ReplaceAll(cert, "\n", "\r\n  "), []Item{bare(1, 1, Bare{From: 1, To: 12})}},
		{"a blank line behind each", strings.ReplaceAll(cert, "\n", "\n\n"), []Item{bare(1, 1, Bare{From: 1, To: 23})}},
		{"on one line", strings.ReplaceAll(cert, "\n", "") + "\n" + blockA, []Item{bare(1, 1, Bare{From: 1, To: 1}), block(2, 2, "A", "AAAA\n")}},
		{"two", cert + cert, []Item{bare(1, 1, Bare{From: 1, To: 12}), bare(13, 2, Bare{From: 13, To: 24})}},
		{"a key", blockA + key, []Item{block(1, 1, "A", "AAAA\n"), bare(4, 2, Bare{From: 4, To: 6, Key: true})}},
		{"a key in PKCS#1", body("rsa1024/key.pem"), []Item{bare(1, 1, Bare{From: 1, To: 13, Key: true})}},
		{"a key in PKCS#8", body("ed25519/key.pem"), []Item{bare(1, 1, Bare{From: 1, To: 1, Key: true})}},
		{"an encrypted key", body("encrypted/pkcs8.pem"), []Item{bare(1, 1, Bare{From: 1, To: strings.Count(body("encrypted/pkcs8.pem"), "\n"), Key: true})}},
		{"without padding", strings.TrimRight(body("p384/leaf.pem"), "=\n") + "\n", []Item{bare(1, 1, Bare{From: 1, To: 13})}},
		{"BEGIN is missing", cert + end + blockA, []Item{lost, block(14, 2, "A", "AAAA\n")}},

		{"a line too few", strings.SplitAfterN(cert, "\n", 2)[1], []Item{text(1)}},
		{"a line twice", cert[:65] + cert, []Item{text(1), bare(2, 1, Bare{From: 2, To: 13})}},
		{"a request", base64.StdEncoding.EncodeToString(request), []Item{text(1)}},
		{"other DER", base64.StdEncoding.EncodeToString(der100), []Item{text(1)}},
		{"words", "My\nMIIB\nM\n", []Item{text(1)}},
		{"in a comment", "# " + strings.ReplaceAll(cert, "\n", "\n# "), []Item{text(1)}},
	} {
		if got := items(tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("%s\n got %+v\nwant %+v", tt.name, got, tt.want)
		}
	}
}

func TestUnescape(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                     "",
		"AAAA+/==":             "AAAA+/==",
		`a\nb\r\nc`:            "a\nb\nc",
		`a\\nb\\\\nc`:          "a\nb\nc",
		`\/ \u002b \x2B \"`:    `/ + + "`,
		`a\`:                   "a",
		`\q \u00 \uzzzz \x2`:   `\q \u00 \uzzzz \x2`,
		"%2B%0d%0A%e2%80%93":   "+\n–",
		"100% %zz %2":          "100% %zz %2",
		"=3D=0A=2":             "=\n=2",
		"A==":                  "A==",
		"&#43;&plus;&#x2B;":    "+++",
		"&amp;#43;":            "&#43;",
		"& &x; &#;":            "& &x; &#;",
		"a<br>b<BR/>c<b>d</b>": "a\nb\ncd",
		"<!-- x --> a < b > c": "<!-- x --> a < b > c",
	} {
		if got := Unescape(text); got != want {
			t.Errorf("%q: %q; want %q", text, got, want)
		}
	}
}

// TestFault has bodies of two lines of 64 and one of 8, each with one fault.
func TestFault(t *testing.T) {
	t.Parallel()
	second := func(edit func(string) string) string { return line64 + "\n" + edit(line64) + "\n" + line8 + "\n" }
	put := func(text string) string {
		return second(func(line string) string { return line[:10] + text + line[10+len([]rune(text)):] })
	}
	for _, tt := range []struct {
		name, body string
		want       Fault
	}{
		{"a character", put("*"), Fault{Kind: OddRune, Line: 12, Column: 11, Rune: '*'}},
		{"behind another that is not ASCII", put("é*"), Fault{Kind: OddRune, Line: 12, Column: 11, Rune: 'é'}},
		{"a hyphen", put("-"), Fault{Kind: URLAlphabet, Line: 12, Column: 11, Rune: '-'}},
		{"a low line", put("_"), Fault{Kind: URLAlphabet, Line: 12, Column: 11, Rune: '_'}},
		{"an ellipsis", put("…"), Fault{Kind: LeftOut, Line: 12, Column: 11, Rune: '…'}},
		{"dots", put("..."), Fault{Kind: LeftOut, Line: 12, Column: 11, Rune: '.'}},
		{"one dot", put("."), Fault{Kind: OddRune, Line: 12, Column: 11, Rune: '.'}},
		{"an escape", put(`\u002b`), Fault{Kind: EncodedText, Line: 12, Column: 11, Rune: '\\', Encoding: Escapes}},
		{"an encoded equals sign", line64 + "\nAQIDBA=3D=3D\n", Fault{Kind: EncodedText, Line: 12, Column: 7, Rune: '=', Encoding: QuotedPrintable}},
		{"a soft line break", line64 + "=\n" + line64 + "\n", Fault{Kind: EncodedText, Line: 11, Column: 65, Rune: '=', Encoding: QuotedPrintable}},
		{"padding inside", put("="), Fault{Kind: PaddingInside, Line: 12, Column: 11, Rune: '='}},
		{"a space for a plus sign", second(func(line string) string { return " " + line[1:] }), Fault{Kind: SpacesForPlus, Line: 12, Column: 1}},
		{"a line too short", second(func(line string) string { return line[:61] }), Fault{Kind: OtherLength, Line: 12, Column: 62}},
		{"no padding", line64 + "\nAQIDBA\n", Fault{Kind: NoPadding, Line: 12, Column: 7}},
		{"padding alone", "====\n", Fault{Kind: NoPadding, Line: 11, Column: 5}},
		{"behind headers", encryptedHeaders + "\n" + line64 + "\n*\n", Fault{Kind: OddRune, Line: 15, Column: 1, Rune: '*'}},
	} {
		b := Block{"A", tt.body, line}
		if _, defect := b.Decode(nil); defect.Kind != BadBase64 {
			t.Errorf("%s: defect %+v", tt.name, defect)
		}
		if got := b.Fault(); got != tt.want {
			t.Errorf("%s\n got %+v\nwant %+v", tt.name, got, tt.want)
		}
	}
}
