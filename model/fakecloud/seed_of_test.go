package fakecloud_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/alicert/alicert/model/fakecloud"
)

// TestSeedOf checks that the saved seed makes the same account again, as far as it says, and
// that its notes tell the rest.
func TestSeedOf(t *testing.T) {
	first := fakecloud.New(fakecloud.Options{})
	if err := first.Seed(fakecloud.Demo()); err != nil {
		t.Fatal(err)
	}
	seed := savedSeed(t, first)
	if len(seed.Notes) != 0 {
		t.Errorf("notes %q", seed.Notes)
	}
	second, err := fakecloud.Open(t.TempDir(), fakecloud.Options{}, seed)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = second.Close() })
	again := savedSeed(t, second)
	if len(again.Domains) != len(fakecloud.Demo().Domains) || len(again.Certificates) != 3 || again.Certificates["first"] != seed.Certificates["first"] || again.Listeners["lsn-https"] != seed.Listeners["lsn-https"] {
		t.Errorf("%+v, then %+v", seed, again)
	}

	cloud := open(t, fakecloud.Options{Progress: fakecloud.Manual()})
	must(t, deploy(t, cloud, "p256"))
	associateFirst(t, cloud)
	seed = savedSeed(t, cloud)
	notes := strings.Join(seed.Notes, "\n")
	for _, want := range []string{"bound to (1, such as www.example.com)", "upload of the CDN", "pending jobs", "additional certificates"} {
		if !strings.Contains(notes, want) {
			t.Errorf("the notes do not say %q: %s", want, notes)
		}
	}
	if err := fakecloud.New(fakecloud.Options{}).Seed(seed); err != nil {
		t.Error(err)
	}
}

// savedSeed downloads the seed of a cloud, and parses it as the flag -seed does.
func savedSeed(t *testing.T, cloud *fakecloud.Cloud) fakecloud.Seed {
	t.Helper()
	status, text := control(t, cloud, "GET", "seed", "", nil)
	seed, err := fakecloud.ParseSeed([]byte(text))
	if err != nil || status != http.StatusOK {
		t.Fatal(status, err, text)
	}
	return seed
}
