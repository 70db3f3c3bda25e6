package cas_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/validate"
)

// checkIndices holds every index to the certificates.
func checkIndices(t *testing.T, s cas.State) {
	t.Helper()
	ids, leaves := map[string]string{}, map[string]bool{}
	for name, c := range s.Certificates.All() {
		if c.Name != name {
			t.Errorf("the certificate of %q says that it is %q", name, c.Name)
		}
		if c.ID != "" {
			ids[c.ID] = name
		}
		if c.Leaf.SHA256 != "" {
			leaves[string(c.Source)+" "+c.Leaf.SHA256+" "+name] = true
		}
		if c.Content != cas.ContentOf(c.PEM) {
			t.Errorf("%q has another text than it says", name)
		}
	}
	if diff := cmp.Diff(ids, maps.Collect(s.IDs.All())); diff != "" {
		t.Errorf("IDs (-certificates +index)\n%s", diff)
	}
	if diff := cmp.Diff(leaves, maps.Collect(s.Leaves.All())); diff != "" {
		t.Errorf("Leaves (-certificates +index)\n%s", diff)
	}
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// reference is a plain map of certificates that changes as a State should.
type reference map[string]cas.Certificate

func (r reference) store(c cas.Certificate) {
	if c.Content = ""; c.PEM != "" {
		c.Content = digest(c.PEM)
	}
	r[c.Name] = c
}

func (r reference) hasID(id string) bool {
	for _, c := range r {
		if id != "" && c.ID == id {
			return true
		}
	}
	return false
}

// change applies a random operation to a state and to the reference. It returns the
// next state and the name of the operation.
func (r reference) change(t *testing.T, random *rand.Rand, s cas.State, i int) (cas.State, string) {
	t.Helper()
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	c := cas.Certificate{
		Name: pick("a", "b", "c c", "c", "d"), PEM: pick("", "text 1", "text 2"),
		Leaf: validate.Leaf{SHA256: pick("", "f1", "f2")}, Locked: random.IntN(2) == 0,
	}
	old, found := r[c.Name]
	switch random.IntN(5) {
	case 0:
		c.Source, c.Status, c.Domains = cas.FromCDN, cas.Issued, random.IntN(2)
		r.store(c)
		return s.Put(c), "Put"
	case 1:
		delete(r, c.Name)
		return s.Remove(c.Name), "Remove"
	case 2:
		if found {
			old.Listeners, old.Domains = i%2, old.Domains+i%3-1
			r[c.Name] = old
		}
		return s.Update(c.Name, func(c *cas.Certificate) { c.Listeners, c.Domains = i%2, c.Domains+i%3-1 }), "Update"
	case 3:
		c.ID = pick("", "1-cn-hangzhou", "1-ap-southeast-1", "2-cn-hangzhou")
		c.Domains, c.Listeners, c.Source = 7, 7, cas.FromCDN // Add replaces them
		should := !found && !r.hasID(c.ID)
		next, ok := s.Add(c)
		if ok != should {
			t.Fatalf("%d: Add(%+v) = %v", i, c, ok)
		}
		if ok {
			c.Domains, c.Listeners, c.Source, c.Status = 0, 0, cas.FromCAS, cas.Issued
			r.store(c)
		}
		return next, fmt.Sprint("Add ", ok)
	default:
		should := found && old.Source == cas.FromCAS && old.Domains <= 0 && old.Listeners == 0
		next, ok := s.Withdraw(c.Name)
		if ok != should {
			t.Fatalf("%d: Withdraw(%+v) = %v", i, old, ok)
		}
		if ok {
			delete(r, c.Name)
		}
		return next, fmt.Sprint("Withdraw ", ok)
	}
}

// TestAtRandom changes a State and a map of certificates in the same way.
func TestAtRandom(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	var s cas.State
	want := reference{}
	took := map[string]int{}
	for i := range 3000 {
		before, beforeWant := s, maps.Clone(want)
		next, operation := want.change(t, random, s, i)
		s = next
		took[operation]++
		if diff := cmp.Diff(map[string]cas.Certificate(want), maps.Collect(s.Certificates.All())); diff != "" {
			t.Fatalf("%d: %s (-want +got)\n%s", i, operation, diff)
		}
		if diff := cmp.Diff(map[string]cas.Certificate(beforeWant), maps.Collect(before.Certificates.All())); diff != "" {
			t.Fatalf("%d: %s changes the state before (-want +got)\n%s", i, operation, diff)
		}
		checkIndices(t, s)
		checkLookUps(t, s, want)
		if t.Failed() {
			t.Fatalf("%d: %s", i, operation)
		}
	}
	for _, operation := range []string{"Put", "Remove", "Update", "Add true", "Add false", "Withdraw true", "Withdraw false"} {
		if took[operation] < 50 {
			t.Errorf("%s happened %d times: that tests little", operation, took[operation])
		}
	}
}

// first returns the name of the first certificate of a leaf in a region: one of the
// center, else one of the CDN.
func (r reference) first(leaf, region string) string {
	names := map[cas.Source][]string{}
	for name, c := range r {
		if leaf != "" && c.Leaf.SHA256 == leaf && c.In(region) {
			names[c.Source] = append(names[c.Source], name)
		}
	}
	for _, of := range []cas.Source{cas.FromCAS, cas.FromCDN} {
		if len(names[of]) > 0 {
			return slices.Min(names[of])
		}
	}
	return ""
}

func checkLookUps(t *testing.T, s cas.State, want reference) {
	t.Helper()
	for _, leaf := range []string{"", "f", "f1", "f2"} {
		held := false
		for _, c := range want {
			held = held || leaf != "" && c.Leaf.SHA256 == leaf
		}
		if got := s.Holds(leaf); got != held {
			t.Errorf("Holds(%q) = %v", leaf, got)
		}
		for _, region := range []string{cas.Region, cas.Overseas} {
			first := want.first(leaf, region)
			if c, ok := s.ByLeaf(leaf, region); ok != (first != "") || c != want[first] {
				t.Errorf("ByLeaf(%q, %s) = %+v, %v; want %q", leaf, region, c, ok, first)
			}
		}
	}
	for name, c := range want {
		if got, ok := s.ByID(c.ID); c.ID != "" && (!ok || got != c) {
			t.Errorf("ByID(%q) = %+v, %v; want %q", c.ID, got, ok, name)
		}
	}
	for _, id := range []string{"", "0-cn"} {
		if c, ok := s.ByID(id); ok || c != (cas.Certificate{}) {
			t.Errorf("ByID(%q) = %+v, %v", id, c, ok)
		}
	}
}

func TestAdd(t *testing.T) {
	some, ok := cas.State{}.Add(cas.Certificate{Name: "a", ID: "1-cn", PEM: "text"})
	if !ok {
		t.Fatal("it cannot be added")
	}
	tests := []struct {
		name        string
		certificate cas.Certificate
		ok          bool
		status      cas.Status
	}{
		{"another", cas.Certificate{Name: "b", ID: "2-cn"}, true, cas.Issued},
		{"its own status", cas.Certificate{Name: "b", ID: "2-cn", Status: cas.Pending}, true, cas.Pending},
		{"without an id", cas.Certificate{Name: "b"}, true, cas.Issued},
		{"without a name", cas.Certificate{ID: "2-cn"}, false, ""},
		{"name taken", cas.Certificate{Name: "a", ID: "2-cn"}, false, ""},
		{"id taken", cas.Certificate{Name: "b", ID: "1-cn"}, false, ""},
		{"a private key", cas.Certificate{Name: "b", ID: "2-cn", PEM: "-----BEGIN EC PRIVATE KEY-----\n"}, false, ""},
		{"one as its name", cas.Certificate{Name: "-----BEGIN PRIVATE KEY-----", ID: "2-cn"}, false, ""},
		{"one as its id", cas.Certificate{Name: "b", ID: "-----BEGIN PRIVATE KEY-----"}, false, ""},
		{"one as its status", cas.Certificate{Name: "b", Status: "-----BEGIN PRIVATE KEY-----"}, false, ""},
		{"one in its leaf", cas.Certificate{Name: "b", Leaf: validate.Leaf{Names: "-----BEGIN PRIVATE KEY-----"}}, false, ""},
	}
	for _, test := range tests {
		got, ok := some.Add(test.certificate)
		if ok != test.ok || !ok && !cmp.Equal(got, some) {
			t.Errorf("%s: %v, %+v", test.name, ok, got)
		}
		if c, _ := got.Get(test.certificate.Name); ok && (c.Status != test.status || c.Source != cas.FromCAS) {
			t.Errorf("%s: %+v", test.name, c)
		}
	}
	without, ok := some.Add(cas.Certificate{Name: "b"})
	if _, again := without.Add(cas.Certificate{Name: "c"}); !ok || !again {
		t.Error("two certificates without an id stand in each other's way")
	}
}

func TestNextNumber(t *testing.T) {
	taken, _ := cas.State{}.Add(cas.Certificate{Name: "a", ID: cas.IDOf(cas.FirstNumber + 1)})
	var numbers []int
	for s, n := taken, 0; len(numbers) < 3; {
		s, n = s.NextNumber()
		numbers = append(numbers, n)
	}
	if want := []int{1000001, 1000003, 1000004}; !slices.Equal(numbers, want) {
		t.Errorf("%v; want %v: numbers are given out once and pass over ids that are taken", numbers, want)
	}
	if got := cas.IDOf(1000001); got != "1000001-cn-hangzhou" {
		t.Errorf("the id is %s", got)
	}
}

// TestContentOf: a content that is given saves the hashing.
func TestContentOf(t *testing.T) {
	if got := cas.ContentOf(""); got != "" {
		t.Errorf("no text has the content %s", got)
	}
	for _, given := range []string{"", cas.ContentOf("text")} {
		s := cas.State{}.Put(cas.Certificate{Name: "a", PEM: "text", Content: given})
		if got, _ := s.Get("a"); got.Content != digest("text") || got.PEM != "text" {
			t.Errorf("%q given: %+v", given, got)
		}
	}
}

// TestOddFingerprints: a fingerprint with a space in it, which no certificate has
// but an event may, is not taken for another.
func TestOddFingerprints(t *testing.T) {
	var s cas.State
	for name, leaf := range map[string]string{"x": "f1 y", "y x": "f2"} {
		s = s.Put(cas.Certificate{Name: name, Source: cas.FromCAS, Leaf: validate.Leaf{SHA256: leaf}})
	}
	if c, ok := s.ByLeaf("f1", ""); ok {
		t.Errorf("%+v has the fingerprint %q", c, c.Leaf.SHA256)
	}
	s = s.Put(cas.Certificate{Name: "z", Source: cas.FromCAS, Leaf: validate.Leaf{SHA256: "f1"}})
	if c, ok := s.ByLeaf("f1", ""); !ok || c.Name != "z" {
		t.Errorf("%+v, %v", c, ok)
	}
}

func TestJSON(t *testing.T) {
	full := cas.Certificate{
		Name: "证 \"1\"", ID: "1-cn", PEM: "-----BEGIN CERTIFICATE-----\n", Status: cas.Revoked, NotServer: true, KeyStored: true, Locked: true,
		Leaf: validate.Leaf{SHA256: "f1", Key: "k1", Name: "www.example.com", Names: "a,b", Serial: "ff", NotBefore: -1, NotAfter: 1 << 40},
	}
	s, ok := cas.State{}.Add(full)
	if !ok {
		t.Fatal("it cannot be added")
	}
	s, _ = s.NextNumber()
	s = s.Put(cas.Certificate{Name: "b", Domains: 2, Listeners: 3})
	testutil.RoundTrip(t, cas.State{})
	testutil.RoundTrip(t, s)
}
