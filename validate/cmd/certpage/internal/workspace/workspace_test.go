package workspace

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/testdata/demo"
)

const (
	folders = "../../../../../testdata/folders"
	now     = "2026-06-01T00:00:00Z"
)

// filesBelow are those of a folder, as a person drops it.
func filesBelow(t *testing.T, folder string) (files []File) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(folders, folder), func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files = append(files, File{filepath.Base(path), data})
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	return files
}

func zipped(t *testing.T, name string, files []File) File {
	t.Helper()
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	for _, f := range files {
		into, err := z.Create("folder/" + f.Name)
		if err == nil {
			_, err = into.Write(f.Data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return File{name, archive.Bytes()}
}

// TestTakeFolders: what CAs and tools give away is a pair that is accepted, as a folder and
// as an archive.
func TestTakeFolders(t *testing.T) {
	for _, test := range []struct {
		folder  string
		files   []string // of the certificate
		key     string
		missing bool // an issuer
	}{
		{"godaddy", []string{"8f2c1b.crt", "gd_bundle.crt"}, "server.key", false},
		{"aliyun-apache", []string{"1234567_shop.example.com_public.crt", "1234567_shop.example.com_chain.crt"}, "1234567_shop.example.com.key", false},
		{"der", []string{"shop.example.com.cer"}, "shop.example.com.key", false},
	} {
		dropped := filesBelow(t, test.folder)
		for _, drop := range [][]File{dropped, {zipped(t, "ca.zip", append(slices.Clone(dropped), File{"README.txt", []byte("Thank you for buying this.")}))}} {
			var w Workspace
			if problem := w.Take(drop); !problem.IsZero() {
				t.Errorf("%s: %v", test.folder, problem)
			}
			_, view := w.Check(&Query{Time: now, Lang: "en"})
			names := slices.Clone(view.Certificate.Files)
			for i := range names {
				names[i] = strings.TrimPrefix(names[i], "folder/")
			}
			if !slices.Equal(names, test.files) || view.Key == nil || strings.TrimPrefix(view.Key.File, "folder/") != test.key || view.Key.Fits == 0 {
				t.Errorf("%s: %q and %+v", test.folder, names, view.Key)
			}
			if !view.Accepted && len(view.Fix) == 0 {
				t.Errorf("%s: refused: %+v", test.folder, view.Findings[0])
			}
			if beyond := view.Chain.Beyond; len(view.Chain.Path) > 1 && (beyond == nil || beyond.Needed != test.missing) {
				t.Errorf("%s: beyond the chain is %+v", test.folder, beyond)
			}
		}
	}
}

// TestTakeSeveral: of several sites the one with a key is checked, and another can be
// chosen.
func TestTakeSeveral(t *testing.T) {
	var w Workspace
	w.Take([]File{
		{"other.crt", []byte(testdata.Read("p256/leaf.pem"))},
		{"shop.pem", []byte(demo.Certificate)},
		{"shop.key", []byte(demo.Key)},
	})
	_, view := w.Check(&Query{Time: now})
	if len(view.Choices) != 2 || !view.Choices[1].Chosen || view.Certificate.Files[0] != "shop.pem" || !slices.Equal(view.Unused, []string{"other.crt"}) {
		t.Errorf("%+v, %+v, unused %q", view.Choices, view.Certificate, view.Unused)
	}
	w.Choose(view.Choices[0].File)
	_, view = w.Check(&Query{Time: now})
	if view.Certificate.Files[0] != "other.crt" || view.Key.Fits != 0 || view.Accepted {
		t.Errorf("%+v, %+v", view.Certificate, view.Key)
	}
	w.Clear(Certificate)
	w.Clear(Key)
	if !w.Empty() {
		t.Error("it is not empty")
	}
}

// TestTakeIssuers: the certificates of CAs that come later are put behind the leaf.
func TestTakeIssuers(t *testing.T) {
	var w Workspace
	w.Take([]File{{"leaf.pem", []byte(testdata.Read("p256/leaf.pem"))}})
	_, view := w.Check(&Query{Time: now})
	if b := view.Chain.Beyond; b == nil || !b.Needed {
		t.Errorf("beyond the chain is %+v", b)
	}
	w.Take([]File{{"ca.pem", []byte(testdata.Read("p256/issuing.pem"))}})
	report, view := w.Check(&Query{Time: now})
	if len(view.Chain.Path) != 2 || view.Chain.Path[0].Link.Broken {
		t.Errorf("%+v", view.Chain)
	}
	if c := report.Certificates[1]; c.Block != 2 || c.Line != 1 {
		t.Errorf("the second certificate is in block %d, line %d; want line 1 of its file", c.Block, c.Line)
	}
}

// TestCombined: findings in a file with both have the lines of the file, and excerpts show
// nothing of the key.
func TestCombined(t *testing.T) {
	leaf, key := testdata.Read("p256/leaf.pem"), testdata.Read("p256/key.pem")
	damaged := leaf[:100] + "!" + leaf[101:] // in the third line
	var w Workspace
	w.Take([]File{{"both.pem", []byte(key + damaged)}})
	report, view := w.Check(&Query{Time: now, Lang: "en"})
	line := strings.Count(key, "\n") + 3
	if view.Accepted || view.Findings[0].Line != line || view.Findings[0].Excerpt == nil || !strings.Contains(view.Findings[0].Excerpt.Text, "!") {
		t.Errorf("%+v", view.Findings[0])
	}
	if report.Verdict.Line != line || report.Verdict.Place.Line != line || report.Verdict.Place.File != "both.pem" {
		t.Errorf("%+v, %+v; want line %d", report.Verdict, report.Verdict.Place, line)
	}
	text, err := json.Marshal([]any{report, view})
	if err != nil {
		t.Fatal(err)
	}
	if body := strings.Split(key, "\n")[1]; strings.Contains(string(text), body[:20]) {
		t.Error("a piece of the key is told")
	}
}

// TestFixed: what is downloaded is accepted, and named after the host.
func TestFixed(t *testing.T) {
	var w Workspace
	w.Take([]File{{demo.Name + ".pem", []byte(demo.Certificate)}, {demo.Name + ".key", []byte(demo.Key)}})
	if _, ok := w.Fixed(); ok {
		t.Error("there is something before the check")
	}
	_, view := w.Check(&Query{Time: now, Lang: "en"})
	if view.Accepted || len(view.Fix) != 2 {
		t.Fatalf("%+v", view)
	}
	d, ok := w.Fixed()
	if !ok || d.Name != demo.Name+".zip" {
		t.Fatalf("%q, %v", d.Name, ok)
	}
	var again Workspace
	again.Take([]File{{d.Name, d.Data}})
	if _, view = again.Check(&Query{Time: now}); !view.Accepted || len(view.Fix) != 0 {
		t.Errorf("%+v", view)
	}
}

// TestOdd: nothing that is dropped by mistake is passed over in silence, and no name of a
// file tells a key.
func TestOdd(t *testing.T) {
	for name, f := range map[string]File{
		"nothing": {"a.pem", nil}, "an archive of nothing": zipped(t, "a.zip", nil), "a large file": {"a.iso", make([]byte, largestFile+1)},
	} {
		var w Workspace
		if problem := w.Take([]File{f}); problem.IsZero() || problem.EN == "" || problem.ZH == "" || !w.Empty() {
			t.Errorf("%s: %v", name, problem)
		}
	}
	var w Workspace
	w.Take([]File{{"notes.txt", []byte("hello")}})
	if _, view := w.Check(&Query{Time: now}); view.Accepted || view.Certificate == nil {
		t.Errorf("%+v", view)
	}
	w.Put(Key, File{testdata.Read("p256/key.pem"), []byte(testdata.Read("p256/key.pem"))})
	_, view := w.Check(&Query{Time: now})
	if strings.Contains(view.Key.File, strings.Split(testdata.Read("p256/key.pem"), "\n")[1][:20]) {
		t.Error("the name of the file tells the key")
	}
}

// TestListener: the operation on a listener takes ids, and the certificate for the first.
func TestListener(t *testing.T) {
	var w Workspace
	q := &Query{Operation: "AssociateAdditionalCertificatesWithListener", Time: now, Lang: "en", Listener: "lsn-o4u54y73wq7bpxpn5c", IDs: []string{"12315790-cn-hangzhou"}}
	if report, view := w.Check(q); !view.Accepted || len(report.Advisories) != 0 {
		t.Errorf("%+v", report)
	}
	q.IDs = append(q.IDs, q.IDs[0])
	for operation, want := range map[string]string{
		q.Operation: "Alb Certificates.2.CertificateId", "Nlb:AssociateAdditionalCertificatesWithListener": "Nlb AdditionalCertificateIds.2",
	} {
		q.Operation = operation
		if report, view := w.Check(q); view.Accepted || report.Verdict == nil || report.Product+" "+report.Verdict.Parameter != want {
			t.Errorf("%s: %+v", operation, report)
		}
	}
}

// TestListenerOfGA: the domains stand in the order of the ids, and the first is that of the
// certificate in the slot.
func TestListenerOfGA(t *testing.T) {
	var w Workspace
	w.Put(Certificate, File{"chain.pem", []byte(testdata.Read("p256/chain3.pem"))})
	q := &Query{Operation: "Ga:AssociateAdditionalCertificatesWithListener", Time: now, Lang: "en", IDs: []string{"1-cn-hangzhou", "2-cn-hangzhou"}}
	for domains, want := range map[string]string{"": "", "www.example.com,example.net": "www.example.com", "example.net,www.example.com": "domain-not-covered", "www.example.com": "Certificates.2.Domain"} {
		if q.Domains = strings.Split(domains, ","); domains == "" {
			q.Domains = nil
		}
		report, view := w.Check(q)
		got := ""
		switch {
		case report.Verdict != nil:
			got = report.Verdict.Parameter
		case len(report.Names) > 0:
			got = report.Names[0].Domain
		}
		for _, a := range report.Advisories {
			got = string(a.ID)
		}
		if got != want || view.Accepted != (report.Verdict == nil) {
			t.Errorf("%q: %q; want %q: %+v", domains, got, want, report)
		}
	}
}

// TestExplain: a word and a line of a log, in both languages, and a misspelled word.
func TestExplain(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		for _, text := range []string{"Certificate.MissMatch", "ERROR: Code: Certificate.MissMatch RequestId: 1", "KeyMismatch", "expires-soon", "Throttling.User"} {
			e := Explain(text, lang)
			if len(e.Found) != 1 || len(e.Found[0].Items) == 0 || e.Found[0].Items[0].Meaning == "" || e.Found[0].Items[0].Hint == "" {
				t.Errorf("%q: %+v", text, e)
			}
		}
		if e := Explain("Certificate.MisMatch", lang); len(e.Found) != 0 || !slices.Contains(e.Like, "Certificate.MissMatch") {
			t.Errorf("%+v", e)
		}
	}
}
