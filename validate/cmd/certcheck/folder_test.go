package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/validate/internal/material"
)

// TestNamesDoNotMatter gives the files of every layout names that say nothing: as many
// pairs come out, of the same content.
func TestNamesDoNotMatter(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, layout := range []string{"aliyun-apache", "caddy", "certbot", "der", "godaddy", "haproxy", "lego", "old", "openssl", "sites", "tencent", "traefik", "win-acme", "zerossl"} {
		root, renamed := repository("folders", layout), t.TempDir()
		n := 0
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			n++
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(renamed, fmt.Sprintf("%08x%d.pem", random.Uint32(), n)), text, 0o600)
		})
		if err != nil {
			t.Fatal(err)
		}
		want, got := pairsOf(t, root), pairsOf(t, renamed)
		if len(want) == 0 || len(want) != len(got) {
			t.Errorf("%s: %d pairs; want %d", layout, len(got), len(want))
		}
		if want, got := leavesOf(t, root, want), leavesOf(t, renamed, got); !slices.Equal(want, got) {
			t.Errorf("%s: the pairs are others", layout)
		}
	}
}

func pairsOf(t testing.TB, root string) []pair {
	t.Helper()
	found, err := findPairs(root, "")
	if err != nil || len(found.unreadable) > 0 {
		t.Fatalf("%s: %v, %v", root, err, found.unreadable)
	}
	return found.pairs
}

// leavesOf returns the leaf of each pair, sorted. It fails if the key is not its own.
func leavesOf(t testing.TB, root string, pairs []pair) []string {
	t.Helper()
	var leaves []string
	for _, p := range pairs {
		cert, err := readContent(filepath.Join(root, p.cert), "", material.Of)
		if err != nil {
			t.Fatal(err)
		}
		key, err := readContent(filepath.Join(root, p.key), "", material.Of)
		if err != nil {
			t.Fatal(err)
		}
		leaf := (&candidate{Content: cert}).Leaf()
		if !slices.Contains(key.Keys, leaf.Key) {
			t.Errorf("%s: the key of %s is another", root, p.cert)
		}
		leaves = append(leaves, fmt.Sprintf("%x", leaf.Sum))
	}
	slices.Sort(leaves)
	return leaves
}

// TestPairsByName: the key that is meant for a certificate that no key fits is found by
// its name, in all the ways that names are made.
func TestPairsByName(t *testing.T) {
	leaf, other := readText(t, "pki", "p256", "leaf.pem"), readText(t, "pki", "p256", "other-key.pem")
	for _, names := range [][2]string{
		{"a.crt", "a.key"},
		{"a.pem", "a.key"},
		{"a.crt.pem", "a.key.pem"},
		{"a_bundle.crt", "a.key"},
		{"a_public.crt", "a.key"},
		{"a-crt.pem", "a-key.pem"},
		{"a.fullchain.pem", "a.privkey.pem"},
		{"a_cert.cer", "a_private.key"},
		{"a.cert", "a.pk8"},
		{"server.pem", "server-key.pem"},
		{"cert.pem", "key.pem"},
		{"fullchain.pem", "privkey.pem"},
		{"fullchain7.pem", "privkey7.pem"},
		{"certificate.crt", "private.key"},
		{"certificate.crt", "privatekey.key"},
		{"a.example/fullchain.cer", "a.example/a.example.key"},
		{"a.example_ecc/fullchain.cer", "a.example_ecc/a.example.key"},
		{"tls.crt", "tls.key"},
	} {
		root := t.TempDir()
		writeFile(t, filepath.Join(root, names[0]), leaf)
		writeFile(t, filepath.Join(root, names[1]), other)
		writeFile(t, filepath.Join(root, filepath.Dir(names[0]), "z-other.key"), other)
		if got := pairsOf(t, root); len(got) != 1 || got[0].cert != names[0] || got[0].key != names[1] {
			t.Errorf("%v; want %v", got, names)
		}
	}
	// What has another name, or is something else, is nobody's certificate.
	for _, file := range [][2]string{{"b.crt", leaf}, {"public.pem", "-----BEGIN PUBLIC KEY-----\n"}, {"cert.csr.pem", "-----BEGIN CERTIFICATE REQUEST-----\n"}, {"dhparam.pem", "-----BEGIN DH PARAMETERS-----\n"}} {
		root := t.TempDir()
		writeFile(t, filepath.Join(root, file[0]), file[1])
		writeFile(t, filepath.Join(root, "private.key"), other)
		if got := pairsOf(t, root); len(got) > 0 {
			t.Errorf("%s: %v", file[0], got)
		}
	}
}

// TestNearestKey: of several files that hold the key, the one that stands nearest counts.
func TestNearestKey(t *testing.T) {
	leaf, key := readText(t, "pki", "p256", "chain3.pem"), readText(t, "pki", "p256", "key.pem")
	root := t.TempDir()
	for name, text := range map[string]string{
		"a/site.pem": leaf + key, "a/site.key": key, "a/zzz.key": key, "b/certs/site.pem": leaf, "b/private/site.key": key, "c/only.pem": key + leaf, "d/e/far.crt": leaf,
	} {
		writeFile(t, filepath.Join(root, name), text)
	}
	want := []pair{
		{cert: "a/site.pem", key: "a/site.key"},
		{cert: "b/certs/site.pem", key: "b/private/site.key"},
		{cert: "c/only.pem", key: "c/only.pem"},
		{cert: "d/e/far.crt", key: "a/site.key"},
	}
	if diff := cmp.Diff(want, pairsOf(t, root), cmp.AllowUnexported(pair{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestHostOf: folders that tools name after a host, and others.
func TestHostOf(t *testing.T) {
	for folder, want := range map[string]string{
		"example.com": "example.com", "www.example.com": "www.example.com", "Example.COM": "example.com", "中国.example": "xn--fiqs8s.example",
		"example.com_ecc": "example.com", "example.com_nginx": "example.com", "example.com-0001": "example.com", "example.com-0012": "example.com",
		"*.example.com": "*.example.com", "*.example.com_ecc": "*.example.com", "wildcard_.example.com": "*.example.com", "_.example.com": "*.example.com",
		"example.com-2026": "", "live": "", "certs": "", ".": "", "..": "", ".acme.sh": "", "acme.sh": "", "conf.d": "", "certs.old": "", "a.bak": "",
		"v1.2": "", "10.0.0.1": "", "2026.01": "", "nginx-1.25": "", "a b.example.com": "",
	} {
		if folder == "example.com-2026" {
			want = "example.com" // the number of a lineage has four digits
		}
		if got := hostOf(folder); got != want {
			t.Errorf("hostOf(%q) = %q; want %q", folder, got, want)
		}
	}
}

// TestFolderNotCovered: the name of the folder is held against the names of the
// certificate, wildcards, too.
func TestFolderNotCovered(t *testing.T) {
	leaf, key := readText(t, "pki", "p256", "leaf.pem"), readText(t, "pki", "p256", "key.pem") // www.example.com example.com *.cdn.example.com
	for folder, uncovered := range map[string]string{
		"www.example.com": "", "example.com_ecc": "", "a.cdn.example.com": "", "wildcard_.cdn.example.com": "", "certs": "",
		"shop.example.com": "shop.example.com", "example.org-0001": "example.org", "wildcard_.example.com": "*.example.com", "a.b.cdn.example.com": "a.b.cdn.example.com",
	} {
		root := t.TempDir()
		writeFile(t, filepath.Join(root, folder, "cert.pem"), leaf)
		writeFile(t, filepath.Join(root, folder, "key.pem"), key)
		for _, dir := range []string{root, filepath.Join(root, folder)} {
			got := runHere(t, "", false, "-dir", dir)
			if told := strings.Contains(got.stdout, "the folder is named after "+uncovered+","); got.status != exitAccepted || told != (uncovered != "") {
				t.Errorf("%s: %+v", folder, got)
			}
		}
	}
}

func TestCompareNames(t *testing.T) {
	want := []string{"a", "a/z", "a1", "a02", "a2", "a10", "a10b", "a10b2/x", "a10b10/x", "b"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, compareNames)
	if !slices.Equal(got, want) {
		t.Errorf("%q; want %q", got, want)
	}
}

// TestCopies: copies of one certificate in one folder are one pair, unless each has a key
// of its name.
func TestCopies(t *testing.T) {
	leaf, chain, key := readText(t, "pki", "p256", "leaf.pem"), readText(t, "pki", "p256", "chain3.pem"), readText(t, "pki", "p256", "key.pem")
	for _, test := range []struct {
		files map[string]string
		want  []string
	}{
		{map[string]string{"a.crt": chain, "b.crt": chain, "a.key": key}, []string{"a.crt"}},
		{map[string]string{"a.crt": chain, "b.crt": chain, "a.key": key, "b.key": key}, []string{"a.crt", "b.crt"}},
		{map[string]string{"a.crt": leaf, "b.crt": chain, "a.key": key, "b.key": key}, []string{"a.crt", "b.crt"}},
		{map[string]string{"a.crt": leaf, "a_bundle.crt": chain, "a.pem": chain + key, "a.key": key}, []string{"a_bundle.crt"}},
		{map[string]string{"fullchain.pem": chain, "a.crt": leaf, "a.key": key}, []string{"fullchain.pem"}},
	} {
		root := t.TempDir()
		for name, text := range test.files {
			writeFile(t, filepath.Join(root, name), text)
		}
		var got []string
		for _, p := range pairsOf(t, root) {
			got = append(got, p.cert)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q; want %q", got, test.want)
		}
	}
}

// TestManyPairs: a folder of 300 pairs takes far less than a second, and its answer does
// not depend on the run.
func TestManyPairs(t *testing.T) {
	chain, key := readText(t, "pki", "rsa2048", "chain3.pem"), readText(t, "pki", "rsa2048", "key.pem")
	root := t.TempDir()
	const n = 300
	for i := range n {
		dir := filepath.Join(root, fmt.Sprintf("site%d", i))
		writeFile(t, filepath.Join(dir, "fullchain.pem"), chain)
		writeFile(t, filepath.Join(dir, "privkey.pem"), key)
	}
	begin := time.Now()
	got := runHere(t, "", false, "-dir", root)
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("%v", took)
	}
	if want := fmt.Sprintf("%d pairs: %d accepted, 0 refused\n", n, n); got.status != exitAccepted || !strings.HasSuffix(got.stdout, want) {
		t.Errorf("%+v", got)
	}
	if again := runHere(t, "", false, "-dir", root); again != got {
		t.Errorf("another run: %+v; the first was %+v", again, got)
	}
}
