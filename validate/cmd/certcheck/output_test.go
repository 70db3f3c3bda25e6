package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/diagnosis"
)

// A scenario is a folder with files, and the commands that are run in it.
type scenario struct {
	name  string
	files map[string]string
	runs  [][]string
}

func scenarios(t *testing.T) []scenario {
	t.Helper()
	certificate, key := readText(t, "pki", "p256", "chain3.pem"), readText(t, "pki", "p256", "key.pem")
	leaf, pkcs8 := readText(t, "pki", "rsa2048", "leaf.pem"), readText(t, "pki", "rsa2048", "key-pkcs8.pem")
	damaged := func(text string, line int, change func(string) string) string {
		lines := strings.SplitAfter(text, "\n")
		lines[line-1] = change(lines[line-1])
		return strings.Join(lines, "")
	}
	cross := func(line string) string { return line[:20] + "!" + line[21:] }
	pair := []string{"-cert", "shop.pem", "-key", "shop.key"}
	with := func(more ...string) []string { return append(append([]string{}, pair...), more...) }
	return []scenario{
		{
			"leaf-not-first",
			map[string]string{"shop.pem": readText(t, "demo", "shop.example.com.pem"), "shop.key": readText(t, "demo", "shop.example.com.key")},
			[][]string{with(), with("-lang", "zh"), with("-all"), with("-format", "json"), with("-fix", "out"), with("-fix", "again", "-lang", "zh"), with("-exit-zero", "-width", "60")},
		},
		{
			"accepted",
			map[string]string{"shop.pem": certificate, "shop.key": key},
			[][]string{
				with("-domain", "www.example.com"), with("-domain", "www.example.com", "-lang", "zh"), with("-domain", "www.example.com", "-domain", "a.cdn.example.com", "-domain", "example.net"),
				with("-domain", "example.net", "-fail-on", "domain-not-covered"), with("-domain", "example.net", "-ignore", "warning"), with("-domain", "example.net", "-level", "domain-not-covered=note", "-format", "json"),
				{"shop.pem"},
				{"-key", "shop.key", "-lang", "zh"},
			},
		},
		{
			"notes",
			map[string]string{"shop.pem": "subject\n" + strings.ReplaceAll(leaf, "\n", "\r\n"), "shop.key": pkcs8},
			[][]string{with(), with("-lang", "zh"), with("-all"), with("-ignore", "note,chain-link-missing"), with("-fail-on", "note")},
		},
		{
			"wrong-kind-of-dash",
			map[string]string{"shop.pem": "–" + certificate[1:], "shop.key": key},
			[][]string{with(), with("-lang", "zh")},
		},
		{
			"damaged-body",
			map[string]string{"shop.pem": damaged(certificate, 3, cross), "shop.key": damaged(key, 2, cross)},
			[][]string{with(), with("-lang", "zh")},
		},
		{
			"key-of-another-certificate",
			map[string]string{"shop.pem": certificate, "shop.key": readText(t, "pki", "p384", "key.pem")},
			[][]string{with(), with("-lang", "zh"), with("-fix", "out")},
		},
		{
			"encrypted-key",
			map[string]string{"shop.pem": leaf, "shop.key": readText(t, "pki", "encrypted", "pkcs8.pem")},
			[][]string{with(), with("-lang", "zh"), with("-fix", "out")},
		},
		{
			"key-in-certificate",
			map[string]string{"shop.pem": certificate + key, "shop.key": key},
			[][]string{with(), with("-lang", "zh")},
		},
		{
			"expired",
			map[string]string{"shop.pem": readText(t, "pki", "validity", "expired.pem"), "shop.key": key},
			[][]string{with(), with("-lang", "zh"), with("-fix", "out")},
		},
		{
			"parameters",
			map[string]string{"shop.pem": certificate, "shop.key": key},
			[][]string{
				with("-domain", "https://www.example.com/"), with("-domain", "https://www.example.com/", "-lang", "zh"), with("-status", "On"), with("-status", "off"),
				{"-alb", "-certificate", "1-cn-hangzhou=shop.pem", "-certificate", "2"},
				{"-alb", "-listener", "", "-certificate", "1-cn-hangzhou", "-lang", "zh"},
			},
		},
	}
}

// TestOutput compares whole outputs with testdata/golden.
func TestOutput(t *testing.T) {
	golden, err := filepath.Abs(filepath.Join("testdata", "golden"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range scenarios(t) {
		t.Run(s.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for name, text := range s.files {
				writeFile(t, name, text)
			}
			var b strings.Builder
			for _, args := range s.runs {
				got := runHere(t, "", false, args...)
				fmt.Fprintf(&b, "$ certcheck %s\n%s%s[%d]\n\n", strings.Join(args, " "), filepath.ToSlash(got.stdout), got.stderr, got.status)
			}
			testutil.Golden(t, filepath.Join(golden, s.name+".txt"), b.String())
		})
	}
}

// helpCommand returns the arguments of the command that a refusal recommends.
func helpCommand(stdout string) []string {
	for line := range strings.Lines(stdout) {
		if command, ok := strings.CutPrefix(line, "help: certcheck "); ok {
			return unquote(strings.TrimSuffix(command, "\n"))
		}
	}
	return nil
}

// unquote splits a command as a POSIX shell does, as far as shellQuote needs it.
func unquote(command string) (args []string) {
	var b strings.Builder
	quoted, started := false, false
	for i := 0; i < len(command); i++ {
		switch c := command[i]; {
		case c == '\'':
			quoted, started = !quoted, true
		case quoted:
			b.WriteByte(c)
		case c == '\\':
			i++
			b.WriteByte(command[i])
		case c == ' ':
			if started || b.Len() > 0 {
				args = append(args, b.String())
			}
			b.Reset()
			started = false
		default:
			b.WriteByte(c)
		}
	}
	return append(args, b.String())
}

// TestHelpWorks runs the commands that refusals recommend, as they are printed.
func TestHelpWorks(t *testing.T) {
	demo, key := readText(t, "demo", "shop.example.com.pem"), readText(t, "demo", "shop.example.com.key")
	certificate, p256 := readText(t, "pki", "p256", "chain3.pem"), readText(t, "pki", "p256", "key.pem")
	tests := []struct {
		name, certificate, key, certFile, keyFile string
		more                                      []string
	}{
		{"order", demo, key, "shop.pem", "shop.key", nil},
		{"a name with quotes", demo, key, "it's a $shop.pem", "-shop (1).key", []string{"-domain", "shop.example.com"}},
		{"Chinese", demo, key, "证书.pem", "私钥.key", []string{"-lang", "zh", "-op", "set-cdn"}},
		{"dashes", "—" + certificate[1:], p256, "a.pem", "a.key", []string{"-strict"}},
		{"indented", "  " + strings.ReplaceAll(certificate, "\n", "\n  "), p256, "a.pem", "a.key", []string{"-name", "a b", "-force", "1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			writeFile(t, test.certFile, test.certificate)
			writeFile(t, test.keyFile, test.key)
			args := append([]string{"-cert", test.certFile, "-key", test.keyFile}, test.more...)
			refused := runHere(t, "", false, args...)
			command := helpCommand(strings.ReplaceAll(refused.stdout, "建议：", "help: "))
			if refused.status != exitRefused || command == nil {
				t.Fatalf("no command in %d\n%s", refused.status, refused.stdout)
			}
			if got := runHere(t, "", false, command...); got.status != exitAccepted {
				t.Fatalf("certcheck %q: %+v", command, got)
			}
			// The folder is taken by the same files now, which may be replaced.
			if again := helpCommand(strings.ReplaceAll(runHere(t, "", false, args...).stdout, "建议：", "help: ")); again[len(again)-1] != "fixed" {
				t.Errorf("the second command is %q", again)
			}
			// It is not replaced if it holds another key.
			writeFile(t, filepath.Join("fixed", test.keyFile), readText(t, "pki", "p384", "key.pem"))
			if again := helpCommand(strings.ReplaceAll(runHere(t, "", false, args...).stdout, "建议：", "help: ")); again[len(again)-1] != "fixed2" {
				t.Errorf("the third command is %q", again)
			}
			// JSON has the same command.
			var object struct{ Fix struct{ Command []string } }
			if err := json.Unmarshal([]byte(runHere(t, "", false, append(args, "-format", "json")...).stdout), &object); err != nil || len(object.Fix.Command) != len(command)+1 {
				t.Errorf("command %q in JSON, %v", object.Fix.Command, err)
			}
		})
	}
}

// TestFixIsNotPromised: where a dry run fails, nothing names -fix.
func TestFixIsNotPromised(t *testing.T) {
	for name, files := range map[string][2]string{
		"line lost":       {strings.Replace(readText(t, "pki", "p256", "leaf.pem"), "\n", "\n!", 3), readText(t, "pki", "p256", "key.pem")},
		"another key":     {readText(t, "pki", "p256", "leaf.pem"), readText(t, "pki", "p384", "key.pem")},
		"expired, order":  {readText(t, "pki", "validity", "expired.pem"), "\n" + readText(t, "pki", "p256", "key.pem")},
		"nothing of sort": {"hello", "world"},
	} {
		dir := t.TempDir()
		cert, key := filepath.Join(dir, "a.pem"), filepath.Join(dir, "a.key")
		writeFile(t, cert, files[0])
		writeFile(t, key, files[1])
		for _, lang := range []string{"en", "zh"} {
			for _, format := range []string{"text", "json"} {
				got := runHere(t, "", false, "-cert", cert, "-key", key, "-lang", lang, "-format", format)
				if got.status != exitRefused || strings.Contains(got.stdout, "-fix") || format == "json" && !strings.Contains(got.stdout, `"fix":null`) {
					t.Errorf("%s, %s, %s: %d\n%s", name, lang, format, got.status, got.stdout)
				}
			}
		}
	}
}

// TestNoExcerptOfKeys asks for an excerpt at every line and some columns of files that
// hold keys. No piece of a key shows.
func TestNoExcerptOfKeys(t *testing.T) {
	certificate, key := readText(t, "pki", "rsa2048", "chain3.pem"), readText(t, "pki", "rsa2048", "key.pem")
	op := errcodes.SetDomainServerCertificate
	certParameter, keyParameter := op.Parameter(errcodes.FieldCertificate), op.Parameter(errcodes.FieldPrivateKey)
	for name, text := range map[string]string{
		"a key": key, "behind": certificate + key, "in front": key + certificate, "label": strings.ReplaceAll(key, "RSA PRIVATE KEY", "CERTIFICATE"),
		"one line": strings.ReplaceAll(certificate+key, "\n", " "), "without END": strings.Split(certificate+key, "-----END RSA")[0],
		"dashes": strings.ReplaceAll(certificate+key, "-----", "—"), "in a block": strings.Replace(certificate, "-----END", strings.Join(strings.Split(key, "\n")[1:10], "\n")+"\n-----END", 1),
	} {
		r := &result{Diagnosis: diagnosis.Diagnosis{
			Report: &validate.Report{Operation: op}, Texts: map[string]string{certParameter: text}, Key: validate.NewSecret(text),
			Files: map[string]string{certParameter: "a.pem", keyParameter: "a.key"},
		}}
		for _, parameter := range []string{certParameter, keyParameter} {
			for line := range strings.Count(text, "\n") + 2 {
				for _, column := range []int{0, 1, 20, 70, 400, len(text)} {
					got := textOf(func(p *textReporter) {
						p.excerpt(r, diagnosis.Place{Parameter: parameter, File: "x", Position: errcodes.Position{Line: line, Column: column}}, false)
					})
					for piece := range strings.FieldsSeq(got) {
						if piece = strings.Trim(piece, "…"); len(piece) > 8 && strings.Contains(key, piece) && !strings.Contains(piece, "-----") {
							t.Fatalf("%s, %s:%d:%d shows %q:\n%s", name, parameter, line, column, piece, got)
						}
					}
				}
			}
		}
	}
}

// TestLevels: ids and levels decide what is left out and what fails.
func TestLevels(t *testing.T) {
	cert, key := repository("pki", "p256", "chain3.pem"), repository("pki", "p256", "key.pem")
	tests := []struct {
		flags  []string
		status int
		level  string // of domain-not-covered in JSON, "" for none
	}{
		{nil, exitAccepted, "warning"},
		{[]string{"-fail-on", "warning"}, exitRefused, "warning"},
		{[]string{"-fail-on", "note"}, exitRefused, "warning"},
		{[]string{"-fail-on", "error"}, exitAccepted, "warning"},
		{[]string{"-fail-on", "expires-soon,domain-not-covered"}, exitRefused, "warning"},
		{[]string{"-fail-on", "expires-soon"}, exitAccepted, "warning"},
		{[]string{"-fail-on", "warning", "-exit-zero"}, exitAccepted, "warning"},
		{[]string{"-fail-on", "warning", "-ignore", "domain-not-covered"}, exitAccepted, ""},
		{[]string{"-ignore", "warning"}, exitAccepted, ""},
		{[]string{"-ignore", "note"}, exitAccepted, "warning"},
		{[]string{"-level", "domain-not-covered=error"}, exitRefused, "error"},
		{[]string{"-level", "domain-not-covered=note"}, exitAccepted, "note"},
		{[]string{"-level", "domain-not-covered=note", "-fail-on", "warning"}, exitAccepted, "note"},
		{[]string{"-level", "domain-not-covered=note", "-ignore", "note"}, exitAccepted, ""},
		{[]string{"-level", "domain-not-covered=ignore"}, exitAccepted, ""},
		{[]string{"-level", "domain-not-covered=fatal"}, exitUsage, ""},
		{[]string{"-level", "no-such-id=note"}, exitUsage, ""},
		{[]string{"-ignore", "no-such-id"}, exitUsage, ""},
		{[]string{"-ignore", "error"}, exitUsage, ""},
		{[]string{"-fail-on", "KeyMismatch"}, exitUsage, ""},
	}
	for _, test := range tests {
		args := append([]string{"-cert", cert, "-key", key, "-domain", "example.net"}, test.flags...)
		text, object := runHere(t, "", false, args...), runHere(t, "", false, append(args, "-format", "json")...)
		if text.status != test.status || object.status != test.status {
			t.Errorf("%q: status %d, %d in JSON; want %d", test.flags, text.status, object.status, test.status)
		}
		if test.status == exitUsage {
			continue
		}
		var got struct {
			Advisories []struct{ ID, Level string }
		}
		if err := json.Unmarshal([]byte(object.stdout), &got); err != nil {
			t.Fatal(err)
		}
		level := ""
		for _, a := range got.Advisories {
			if a.ID == string(validate.DomainNotCovered) {
				level = a.Level
			}
		}
		if level != test.level {
			t.Errorf("%q: level %q; want %q", test.flags, level, test.level)
		}
	}
}

// TestFindingsPageHasEveryID: the links of SARIF lead somewhere.
func TestFindingsPageHasEveryID(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "FINDINGS.md"))
	if err != nil {
		t.Fatal(err)
	}
	for cond := range errcodes.Conditions() {
		if !strings.Contains(string(page), "\n### "+cond.String()+"\n") {
			t.Errorf("no heading for %s", cond)
		}
	}
	for id := range validate.Advisories() {
		if !strings.Contains(string(page), "\n### "+string(id)+"\n") {
			t.Errorf("no heading for %s", id)
		}
	}
}

// TestKeyAmongCertificates puts the beginning of a key, with and without its BEGIN and END
// lines, anywhere among certificates that are damaged themselves, and asks for an excerpt
// at every line.
func TestKeyAmongCertificates(t *testing.T) {
	certificate := strings.SplitAfter(readText(t, "pki", "rsa2048", "chain3.pem"), "\n")
	keys := []string{readText(t, "pki", "rsa2048", "key.pem"), readText(t, "pki", "rsa2048", "key-pkcs8.pem"), readText(t, "pki", "p256", "key.pem")}
	pieces := keyPieces(t)
	op := errcodes.SetDomainServerCertificate
	parameter := op.Parameter(errcodes.FieldCertificate)
	edits := []func(string) string{
		func(s string) string { return s },
		func(s string) string { return strings.ReplaceAll(s, "-----", "––") },
		func(s string) string { return strings.ReplaceAll(s, "-----", "") },
		func(s string) string { return strings.ReplaceAll(s, "+", " ") },
		func(s string) string { return strings.ReplaceAll(s, "\n", `\n`) },
	}
	shown := 0
	rng := rand.New(rand.NewPCG(1, 2))
	for range 1500 {
		key := strings.SplitAfter(keys[rng.IntN(len(keys))], "\n")
		key = key[rng.IntN(2) : len(key)-2*rng.IntN(2)]
		key = key[:1+rng.IntN(len(key))]
		lost := rng.IntN(len(certificate))
		lines := append(slices.Clone(certificate[:lost]), certificate[min(len(certificate), lost+rng.IntN(4)):]...)
		lines = slices.Insert(lines, rng.IntN(len(lines)+1), key...)
		text := edits[rng.IntN(len(edits))](strings.Join(lines, ""))
		r := &result{Diagnosis: diagnosis.Diagnosis{Report: &validate.Report{Operation: op}, Texts: map[string]string{parameter: text}}}
		if diagnosis.MayHoldKey(text) {
			continue // no line is shown
		}
		shown++
		got := textOf(func(p *textReporter) {
			for line := range strings.Count(text, "\n") + 1 {
				p.excerpt(r, diagnosis.Place{Parameter: parameter, File: "x", Position: errcodes.Position{Line: line + 1, Column: 1}}, false)
			}
		})
		if piece := pieces.in(got); piece != "" {
			t.Fatalf("%q of a key shows of\n%s", piece, text)
		}
	}
	t.Logf("%d texts are shown", shown)
}
