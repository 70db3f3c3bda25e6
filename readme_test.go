package alicert_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/validate"
)

// The functions up to TestSnippets have the Go code of README.md.

func deployed(certificate, key string) error {
	report, err := validate.Deploy(errcodes.SetDomainServerCertificate, "shop.example.com", certificate, validate.NewSecret(key), time.Now())
	if err != nil {
		return err // Certificate.MissMatch (400): … [PrivateKey: the key belongs to the certificate in block 2 …]
	}
	for _, a := range report.Advisories { // accepted, but: expires soon, an intermediate is missing, …
		slog.Warn("certificate", "advisory", a.ID, "reason", a.Reason.EN)
	}
	return nil
}

func TestDeploy(t *testing.T) {
	if err := deployed(read(t, "testdata/demo/shop.example.com.pem"), read(t, "testdata/demo/shop.example.com.key")); !errors.Is(err, errcodes.CertificateMissMatch) {
		t.Error(err)
	}
}

// deploy stands for a program that repeats what was throttled.
func deploy(t *testing.T, address, certificate, key string) {
	t.Helper()
	form := url.Values{
		"Version": {"2018-05-10"}, "Action": {"SetDomainServerCertificate"}, "DomainName": {"shop.example.com"},
		"ServerCertificateStatus": {"on"}, "CertType": {"upload"}, "ServerCertificate": {certificate}, "PrivateKey": {key},
	}
	for _, status := range []int{http.StatusBadRequest, http.StatusBadRequest, http.StatusOK} {
		answer, err := http.PostForm(address, form)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if answer.StatusCode != status {
			t.Errorf("status %d; want %d: %s", answer.StatusCode, status, body)
		}
	}
}

func TestFake(t *testing.T) {
	certificate, key := read(t, "testdata/pki/p256/chain3.pem"), read(t, "testdata/pki/p256/key.pem")
	deploy := func(t *testing.T, address string) { t.Helper(); deploy(t, address, certificate, key) }
	cloud := fakecloud.Start(t, fakecloud.Options{NoAuth: true}) // or sign: testid, testsecret
	throttled := fakecloud.Fault{Action: "SetDomainServerCertificate", Times: 2, Code: "Throttling.User"}
	if err := errors.Join(cloud.AddDomain("shop.example.com"), cloud.Inject(throttled)); err != nil {
		t.Fatal(err)
	}
	deploy(t, cloud.URL)
	cloud.AssertServed(t, "shop.example.com", certificate)
	cloud.AssertDone(t) // the two refusals were met, and no operation was missing
}

// open returns a stub that is right: the model itself.
func open() model.System[inputs.Input, model.Output] {
	return model.NewSystem(fuzz.MachineOf(cdn.Machine{}, inputs.Input.CDN))
}

func TestStub(t *testing.T) {
	machine := fuzz.MachineOf(cdn.Machine{}, inputs.Input.CDN)
	fuzz.Conform(t, machine, open, inputs.CDN()) // open returns a new stub of yours: Do(ctx, input) (output, error)
}

// TestSnippets finds the Go code of the README in this file, line by line.
func TestSnippets(t *testing.T) {
	trim := func(text string) string {
		var b strings.Builder
		for line := range strings.Lines(text) {
			b.WriteString(strings.TrimSpace(line) + "\n")
		}
		return b.String()
	}
	here := trim(read(t, "readme_test.go"))
	blocks := regexp.MustCompile("(?s)\n```go\n(.*?)```\n").FindAllStringSubmatch(read(t, "README.md"), -1)
	if len(blocks) != 3 {
		t.Errorf("%d blocks of Go", len(blocks))
	}
	for _, block := range blocks {
		if !strings.Contains(here, trim(block[1])) {
			t.Errorf("not in readme_test.go:\n%s", block[1])
		}
	}
}

// TestReadmeLength: people read it to the end.
func TestReadmeLength(t *testing.T) {
	if n := strings.Count(read(t, "README.md"), "\n"); n > 150 {
		t.Errorf("README.md has %d lines", n)
	}
}

// TestRefusal runs the command of the README without the repair.
func TestRefusal(t *testing.T) {
	_, want, _ := strings.Cut(read(t, "README.md"), "```text\n")
	want, _, _ = strings.Cut(want, "```")
	const demo = "testdata/demo/shop.example.com"
	out, err := exec.Command("go", "run", "./validate/cmd/certcheck", "-cert", demo+".pem", "-key", demo+".key", "-domain", "shop.example.com").Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 1 {
		t.Fatal(err)
	}
	if got, _, _ := strings.Cut(string(out), "\n\n"); got+"\n" != want {
		t.Errorf("the command prints\n%s\nand README.md has\n%s", got, want)
	}
}

// TestPerformance: the rows of the README are those of the page.
func TestPerformance(t *testing.T) {
	page := read(t, "validate/PERFORMANCE.md")
	rows := regexp.MustCompile(`(?m)^\| [a-z0-9]+/(leaf|chain3) \|.*\|$`).FindAllString(read(t, "README.md"), -1)
	if len(rows) != 3 {
		t.Errorf("%d rows", len(rows))
	}
	for _, row := range rows {
		if !strings.Contains(page, "\n"+row+"\n") {
			t.Errorf("not in PERFORMANCE.md: %s", row)
		}
	}
}

// TestOperations holds the table of the README to the library: how many rules of each
// operation that is checked rest on what, and whether the fake cloud answers it. The
// fake has no answers of its own, so what it answers is in a model.
func TestOperations(t *testing.T) {
	cloud := fakecloud.Start(t, fakecloud.Options{NoAuth: true})
	var table strings.Builder
	table.WriteString("| product | operation checked | documented | observed | reported | assumed | model, fake cloud |\n|---|---|---:|---:|---:|---:|:-:|\n")
	for tab := range errcodes.Tables() {
		op := tab.Operation
		if _, err := validate.Parse(op, nil); err != nil {
			continue
		}
		count := map[errcodes.Evidence]int{}
		for cond := range tab.Conditions() {
			count[tab.Evidence(cond)]++
		}
		fake := map[bool]string{true: "✓", false: "–"}[served(t, cloud.URL, op)]
		fmt.Fprintf(&table, "| %s | `%s` | %d | %d | %d | %d | %s |\n", strings.ToUpper(op.Product()), tab,
			count[errcodes.Documented], count[errcodes.Observed], count[errcodes.Reported], count[errcodes.Assumed], fake)
	}
	page := between(t, read(t, "README.md"), "operations", table.String())
	testutil.Golden(t, "README.md", between(t, page, "evidence", evidenceText()))
}

// between replaces what stands between the marks of a name.
func between(t *testing.T, page, name, text string) string {
	t.Helper()
	begins, ends := "<!-- "+name+" -->\n", "<!-- /"+name+" -->\n"
	before, rest, begun := strings.Cut(page, begins)
	_, after, ended := strings.Cut(rest, ends)
	if !begun || !ended {
		t.Fatalf("README.md has no %s", begins)
	}
	return before + begins + text + ends + after
}

// evidenceText says in two sentences what the mappings of all tables rest on.
func evidenceText() string {
	total, disputed, count := 0, 0, map[errcodes.Evidence]int{}
	for tab := range errcodes.Tables() {
		for m := range tab.Mappings() {
			total++
			count[m.Evidence]++
			if !m.Contrary.IsZero() {
				disputed++
			}
		}
	}
	return fmt.Sprintf("Of all %d rules, reads included, a page of the vendor documents %d, an answer quoted in public shows %d, users or widely\n"+
		"used tools report %d, and this library assumes the other %d. Each names its source, and %d show what speaks against them.\n",
		total, count[errcodes.Documented], count[errcodes.Observed], count[errcodes.Reported], count[errcodes.Assumed], disputed)
}

// versions are those of the products' APIs.
var versions = map[string]string{"Cdn": "2018-05-10", "dcdn": "2018-01-15", "Alb": "2020-06-16", "cas": "2020-04-07", "vod": "2017-03-21"}

// served reports whether the fake cloud answers an operation itself.
func served(t *testing.T, address string, op errcodes.Operation) bool {
	t.Helper()
	version, known := versions[op.Product()]
	if !known {
		t.Errorf("%s: no version of %s", op, op.Product())
	}
	answer, err := http.Get(address + "/?" + url.Values{"Version": {version}, "Action": {op.String()}}.Encode())
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer.StatusCode != http.StatusNotImplemented
}

// TestLinks follows the links of every page to files.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	found := 0
	for _, page := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(read(t, page), -1) {
			found++
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s: %v", page, err)
			}
		}
	}
	if found < 15 {
		t.Errorf("%d links", found)
	}
}

// pages returns the Markdown files of the project.
func pages(t *testing.T) (files []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		hidden := entry != nil && path != "." && strings.HasPrefix(entry.Name(), ".")
		if hidden && entry.IsDir() {
			return fs.SkipDir
		}
		if filepath.Ext(path) == ".md" {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestCommands finds the tests of every command on the pages.
func TestCommands(t *testing.T) {
	command := regexp.MustCompile(`go test (\./[a-z/0-9]+)[^\n\x60|]* -run '?([^' \n\x60]+)`)
	test := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Example)\w*)\(`)
	found := 0
	for _, page := range pages(t) {
		for _, m := range command.FindAllStringSubmatch(strings.ReplaceAll(read(t, page), `\|`, "/"), -1) {
			found++
			files, _ := filepath.Glob(m[1] + "/*_test.go")
			var names []string
			for _, file := range files {
				for _, name := range test.FindAllStringSubmatch(read(t, file), -1) {
					names = append(names, name[1])
				}
			}
			for pattern := range strings.SplitSeq(strings.Trim(m[2], "^$()"), "|") {
				wanted := regexp.MustCompile(pattern)
				if !slices.ContainsFunc(names, wanted.MatchString) {
					t.Errorf("%s: %s has no test %s", page, m[1], pattern)
				}
			}
		}
	}
	if found < 20 {
		t.Errorf("%d commands", found)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
