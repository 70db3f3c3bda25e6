package project

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/internal/label"
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
	here := trim(read(t, "internal/project/readme_test.go"))
	code := blocks(read(t, "README.md"), "go")
	if len(code) != 3 {
		t.Errorf("%d blocks of Go", len(code))
	}
	for _, block := range code {
		if !strings.Contains(here, trim(block)) {
			t.Errorf("not in readme_test.go:\n%s", block)
		}
	}
}

// TestReadmeLength: people read them to the end. The Chinese one is to fit on a screen.
func TestReadmeLength(t *testing.T) {
	for page, most := range map[string]int{"README.md": 150, "README.zh.md": 75} {
		if n := strings.Count(read(t, page), "\n"); n > most {
			t.Errorf("%s has %d lines; want at most %d", page, n, most)
		}
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

// TestOperations: the README names the operations that are checked, each of which the fake
// cloud answers, too. The fake has no answers of its own, so what it answers is in a model.
func TestOperations(t *testing.T) {
	cloud := fakecloud.Start(t, fakecloud.Options{NoAuth: true})
	var names []string
	owners := map[string]string{} // the products of a name
	var last errcodes.Operation
	for tab := range errcodes.Tables() {
		op := tab.Operation
		if _, err := validate.Parse(op, nil); err != nil || op == last { // an edition of the same
			continue
		}
		last = op
		if !served(t, cloud.URL, op) {
			t.Errorf("the fake cloud does not answer %s", op)
		}
		product, name := label.Product(op.Product()), op.String()
		if owners[name] == "" {
			names, owners[name] = append(names, name), product
		} else {
			owners[name] += ", " + product
		}
	}
	var lines []string
	for _, name := range names {
		prefix, name := owners[name]+" ", fmt.Sprintf("`%s`", name)
		if i := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, prefix+"`") }); i >= 0 {
			lines[i] += ", " + name
		} else {
			lines = append(lines, prefix+name)
		}
	}
	page := between(t, read(t, "README.md"), "operations", wrapped(strings.Join(lines, " · ")+"."))
	testutil.Golden(t, "README.md", between(t, page, "evidence", evidenceText()))
}

// wrapped breaks a text into lines of at most 120 characters.
func wrapped(text string) string {
	var b strings.Builder
	used := 0
	for word := range strings.FieldsSeq(text) {
		switch n := utf8.RuneCountInString(word); {
		case used == 0:
			used = n
		case used+1+n > 120:
			b.WriteByte('\n')
			used = n
		default:
			b.WriteByte(' ')
			used += 1 + n
		}
		b.WriteString(word)
	}
	return b.String() + "\n"
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
var versions = map[string]string{
	"Cdn": "2018-05-10", "dcdn": "2018-01-15", "vod": "2017-03-21", "live": "2016-11-01", "Alb": "2020-06-16", "Nlb": "2022-04-30",
	"Slb": "2014-05-15", "Ga": "2019-11-20", "ESA": "2024-09-10", "cas": "2020-04-07",
}

// served reports whether the fake cloud answers an operation itself.
func served(t *testing.T, address string, op errcodes.Operation) bool {
	t.Helper()
	version, known := versions[op.Product()]
	if !known {
		t.Errorf("%s: the product %s is not known here", op, op.Product())
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

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
