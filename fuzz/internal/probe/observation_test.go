package probe

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
)

var testTime = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

// madeUp is the folder of files that no cloud has answered: they test what becomes of
// files, and are never mixed with real ones.
const madeUp = "testdata/made-up"

// madeUpFiles returns the made-up files.
func madeUpFiles(tb testing.TB) (files [][]byte) {
	tb.Helper()
	names, err := filepath.Glob(filepath.Join(madeUp, "*.jsonl"))
	if err != nil || len(names) < 3 {
		tb.Fatalf("%q: %v", names, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		files = append(files, data)
	}
	return files
}

// TestMadeUpFiles writes the made-up files anew with -update, when cases have changed:
// two agree with this library, one differs in what it says of encrypted keys, and one is
// from the second request on about the domain alone.
func TestMadeUpFiles(t *testing.T) {
	for name, answer := range map[string]func(c *Case, e Expectation) string{
		"agrees-1.jsonl": func(_ *Case, e Expectation) string { return string(e.Row.Code) },
		"agrees-2.jsonl": func(_ *Case, e Expectation) string { return string(e.Row.Code) },
		"encrypted.jsonl": func(_ *Case, e Expectation) string {
			if e.Condition == errcodes.CondPrivateKeyEncrypted {
				return "Key.Malformed"
			}
			return string(e.Row.Code)
		},
		"domain-first.jsonl": func(c *Case, e Expectation) string {
			if c.Role == RoleOrder {
				return "InvalidDomain.NotFound"
			}
			return string(e.Row.Code)
		},
	} {
		p := &Plan{Material: materialNamed("00112233445566ff", testTime)}
		for _, c := range Cases() {
			if c.Evening && (name != "domain-first.jsonl" || c.Group != CDN || c.Role != "") { // which ends the group
				p.Cases = append(p.Cases, c)
			}
		}
		var lines []Observation
		for i := range p.Cases {
			e, err := p.Cases[i].Expect(p.Material, testTime, errcodes.ChinaSite)
			if err != nil {
				t.Fatal(err)
			}
			a := Answer{HTTP: 400, Code: answer(&p.Cases[i], e)}
			if a.Code == string(e.Row.Code) {
				a.HTTP, a.Message = e.Row.Status, e.Message
			}
			at := testTime
			if name == "agrees-2.jsonl" {
				at = at.AddDate(0, 0, 1)
			}
			lines = append(lines, observe(&p.Cases[i], p.Digest(), a.tidy(), at, meta))
		}
		var b bytes.Buffer
		if err := Encode(&b, lines); err != nil {
			t.Fatal(err)
		}
		testutil.Golden(t, filepath.Join(madeUp, name), b.String())
	}
}

// TestHostileFiles: what this program does not write is refused, and not repeated.
func TestHostileFiles(t *testing.T) {
	good := strings.TrimSuffix(string(madeUpFiles(t)[0]), "\n")
	line, rest, _ := strings.Cut(good, "\n")
	if _, err := Decode(strings.NewReader(good)); err != nil {
		t.Fatal(err)
	}
	change := func(from, to string) string {
		if !strings.Contains(line, from) {
			t.Fatalf("no %q in %s", from, line)
		}
		return strings.Replace(line, from, to, 1)
	}
	for name, text := range map[string]string{
		"empty":              "",
		"no JSON":            "x",
		"unknown member":     change(`"v":1`, `"v":1,"secret":"x"`),
		"another version":    change(`"v":1`, `"v":2`),
		"member twice":       change(`"v":1`, `"v":1,"v":1`),
		"another spelling":   change(`"v":1`, `"V":1`),
		"space":              change(`"v":1`, `"v": 1`),
		"unknown case":       change(`"case":"P2/control"`, `"case":"P2/other"`),
		"a real domain":      change(`@domain/unknown`, `www.example.com`),
		"another operation":  change(`cdn/2018-05-10`, `cdn/2014-11-11`),
		"another digest":     change(`"digest":"sha256:`, `"digest":"sha256:0`),
		"another site":       change(`"site":"cn"`, `"site":"cx"`),
		"client with text":   change(`aliyun-cli 3.4.9`, `me@example.com`),
		"auth":               change(`"auth":"ram-user"`, `"auth":"root"`),
		"time":               change(`2026-11-26T12:00Z`, `2026-11-26T12:00:00Z`),
		"an id in the text":  change(`belong to you`, `belong to 1234567890123456`),
		"a lead in the text": change(`belong to you`, `belong to me@example.com`),
		"hidden characters":  change(`belong to you`, "belong to \u202eyou"),
		"the same twice":     line + "\n" + line,
		"another run":        line + "\n" + strings.Replace(rest[:strings.Index(rest, "\n")], "3.4.9", "3.4.8", 1),
		"a long line":        line + "\n" + strings.Repeat("x", maxLine+1),
		"a long file":        strings.Repeat("x", maxFile+1),
	} {
		lines, err := Decode(strings.NewReader(text))
		if err == nil {
			t.Errorf("%s: %d lines", name, len(lines))
		} else if strings.Contains(err.Error(), "example.com") || strings.Contains(err.Error(), "123456") {
			t.Errorf("%s: the error quotes the file: %v", name, err)
		}
	}
}
