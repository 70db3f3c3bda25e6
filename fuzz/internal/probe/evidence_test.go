package probe

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
)

const realFolder = "../../../testdata/observations"

// folderOf has some of the made-up files, each with the changes.
func folderOf(t *testing.T, names ...string) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{}
	for _, name := range names {
		name, change, _ := strings.Cut(name, " ")
		text := string(file(t, madeUp, name))
		if change == "abroad" {
			text = strings.ReplaceAll(text, `"site":"cn"`, `"site":"intl"`)
		}
		if change == "forbidden" {
			text = strings.ReplaceAll(text, `"auth":"ram-user"`, `"auth":"no-permission"`)
		}
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder
}

// TestWeigh: two files of one site raise a mapping, one that differs makes it doubtful,
// whatever others say.
func TestWeigh(t *testing.T) {
	testutil.Long(t)
	tests := []struct {
		files              []string
		observed           bool // KeyMismatch
		doubtful           string
		doubts, observedIn int
	}{
		{[]string{"agrees-1.jsonl"}, false, "", 0, 0},
		{[]string{"agrees-1.jsonl", "agrees-2.jsonl"}, true, "", 0, 12},
		{[]string{"agrees-1.jsonl", "agrees-2.jsonl abroad"}, false, "", 0, 0},
		{[]string{"agrees-1.jsonl", "agrees-2.jsonl forbidden"}, false, "", 0, 0},
		{[]string{"agrees-1.jsonl", "agrees-2.jsonl", "encrypted.jsonl"}, true, "PrivateKeyEncrypted", 1, 11},
		{[]string{"agrees-1.jsonl", "encrypted.jsonl abroad"}, false, "PrivateKeyEncrypted", 1, 0},
		{[]string{"domain-first.jsonl"}, false, "CertificateNotPEM", 1, 0},
	}
	for _, test := range tests {
		weights, err := WeighFolder(folderOf(t, test.files...))
		if err != nil {
			t.Fatal(err)
		}
		doubts, raised := 0, 0
		for i := range weights {
			w := &weights[i]
			if w.Condition == errcodes.CondKeyMismatch && w.Observed() != test.observed {
				t.Errorf("%q: KeyMismatch: observed %t", test.files, w.Observed())
			}
			if w.Doubtful() {
				doubts++
				if w.Condition.String() != test.doubtful || w.Observed() {
					t.Errorf("%q: %s is doubtful: %+v", test.files, w.Condition, w.Differ)
				}
			}
			if w.Observed() {
				raised++
			}
		}
		if doubts != test.doubts || raised != test.observedIn {
			t.Errorf("%q: %d doubtful, %d observed; want %d, %d", test.files, doubts, raised, test.doubts, test.observedIn)
		}
	}
}

// TestSource: the generated file of the made-up answers, and that of the real ones, which
// is the one of package errcodes.
func TestSource(t *testing.T) {
	render := func(folder fs.FS) string {
		weights, err := WeighFolder(folder)
		if err != nil {
			t.Fatal(err)
		}
		source, err := Source(weights)
		if err != nil {
			t.Fatal(err)
		}
		return string(source)
	}
	testutil.Golden(t, filepath.Join(madeUp, "observed.go.golden"), render(folderOf(t, "agrees-1.jsonl", "agrees-2.jsonl", "encrypted.jsonl")))
	if diff := cmp.Diff(string(file(t, "../../../errcodes/observed.go")), render(os.DirFS(realFolder))); diff != "" {
		t.Errorf("errcodes/observed.go is out of date; run go generate ./errcodes (-file +now)\n%s", diff)
	}
	if _, err := WeighFolder(os.DirFS("none")); err == nil {
		t.Error("no folder is no answers")
	}
	twice := folderOf(t, "agrees-1.jsonl")
	twice["again.jsonl"] = twice["agrees-1.jsonl"]
	if _, err := WeighFolder(twice); err == nil {
		t.Error("one file counts twice")
	}
}

// TestObservations holds what the cloud said beside what this library says: for real files
// and for those made up here, each in a folder of its own.
func TestObservations(t *testing.T) {
	for _, folder := range []string{realFolder, madeUp} {
		files, err := ReadFolder(os.DirFS(folder))
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, f := range files {
			testutil.Golden(t, filepath.Join(folder, f.Name+".says"), says(f.Comparisons))
			for _, r := range f.Comparisons.Rules {
				found = append(found, f.Name+"\t"+r.Name)
			}
		}
		for _, problem := range unlisted(found, string(file(t, folder, "differences.tsv"))) {
			t.Errorf("%s: %s", folder, problem)
		}
	}
}

// says is what this library says about the requests of a file, and whether the cloud did.
func says(all *Comparisons) string {
	var b bytes.Buffer
	for i := range all.Lines {
		line := &all.Lines[i]
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", line.Case, line.Expected.Row.Code, line.Expected.Condition, line.Verdict)
	}
	return b.String()
}

// unlisted returns what is wrong with a list of differences: those that it has not, those
// that are gone, and lines without a reason.
func unlisted(found []string, list string) (problems []string) {
	listed := map[string]bool{}
	for line := range strings.Lines(list) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 3 || strings.TrimSpace(fields[2]) == "" {
			problems = append(problems, fmt.Sprintf("no file, rule and reason: %q", line))
			continue
		}
		listed[fields[0]+"\t"+fields[1]] = true
	}
	for _, name := range found {
		if !listed[name] {
			problems = append(problems, "not listed with a reason: "+name)
		}
		delete(listed, name)
	}
	for name := range listed {
		problems = append(problems, "listed and gone: "+name)
	}
	return problems
}

func TestUnlisted(t *testing.T) {
	found := []string{"a.jsonl\trule 1"}
	for list, want := range map[string]int{
		"# head\na.jsonl\trule 1\tbecause\n": 0,
		"":                                   1,
		"a.jsonl\trule 1\t \n":               2,
		"a.jsonl\trule 1\tbecause\nb.jsonl\trule 1\tbecause\n": 1,
	} {
		if got := unlisted(found, list); len(got) != want {
			t.Errorf("%q: %q", list, got)
		}
	}
}
