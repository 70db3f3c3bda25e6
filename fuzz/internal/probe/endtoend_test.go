package probe

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/fakecloud"
)

var meta = Meta{Site: SiteChina, Client: "aliyun-cli 3.4.9", Auth: AuthRAM}

// sharedMaterial is made once, because keys take time.
var sharedMaterial = sync.OnceValue(func() *Material { return NewMaterial(time.Now()) })

// observed plans, sends, records and reads again what was recorded.
func observed(t *testing.T, evening bool, handler http.Handler) []Observation {
	t.Helper()
	p, err := NewPlan(nil, evening, sharedMaterial())
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "plan")
	if err := p.Write(dir, errcodes.English, nil); err != nil {
		t.Fatal(err)
	}
	runPlan(t, p, dir, handler)
	lines, skipped, err := Record(os.DirFS(dir), meta, SavedAt)
	if err != nil || len(skipped) > 0 {
		t.Fatalf("%v, skipped %v", err, skipped)
	}
	file, err := os.Create(filepath.Join(dir, "observations.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if err := Encode(file, lines); err != nil {
		t.Fatal(err)
	}
	if _, err := file.Seek(0, 0); err != nil {
		t.Fatal(err)
	}
	again, err := Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(lines, again); diff != "" {
		t.Errorf("(-recorded +read)\n%s", diff)
	}
	return again
}

// TestEndToEnd: what the fake cloud answers to a plan agrees with what this library says,
// in every case.
func TestEndToEnd(t *testing.T) {
	for _, test := range []struct {
		name    string
		evening bool
		cases   int
	}{{"everything", false, 115}, {"evening", true, 23}} {
		t.Run(test.name, func(t *testing.T) {
			cloud := fakecloud.New(fakecloud.Options{})
			lines := observed(t, test.evening, cloud)
			all, err := Compare(lines)
			if err != nil {
				t.Fatal(err)
			}
			if len(all.Lines) != test.cases {
				t.Errorf("%d cases; want %d", len(all.Lines), test.cases)
			}
			for _, line := range all.Lines {
				if line.Verdict != Agrees {
					t.Errorf("%s: %s, answered %q, expected %q", line.Case, line.Verdict, line.Answer.Code, line.Expected.Row.Code)
				}
			}
			for _, r := range all.Rules {
				t.Errorf("differs: %s %v", r.Name, r)
			}
			if s := cloud.State(); s.CAS.Certificates.Len() > 0 || s.CDN.Domains.Len() > 0 {
				t.Error("the plan changed the account")
			}
		})
	}
}

func ruleNames(all *Comparisons) (names []string) {
	for _, r := range all.Rules {
		names = append(names, r.Name)
	}
	slices.Sort(names)
	return names
}
