package main

import (
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	certText = "-----BEGIN CERTIFICATE-----\n"
	keyText  = "-----BEGIN PRIVATE KEY-----\n"
)

func TestFindPairs(t *testing.T) {
	tests := []struct {
		name       string
		files      map[string]string
		pairs      []pair
		withoutKey []string
	}{
		{name: "nothing", files: map[string]string{"README": "", "a.key": keyText, "notes.pem": "no certificate"}},
		{
			name: "certbot",
			files: map[string]string{
				"live/README": "", "live/a/cert.pem": certText, "live/a/chain.pem": certText, "live/a/fullchain.pem": certText, "live/a/privkey.pem": keyText,
				"archive/a/cert1.pem": certText, "archive/a/fullchain1.pem": certText, "archive/a/privkey1.pem": keyText,
			},
			pairs: []pair{{cert: "live/a/fullchain.pem", key: "live/a/privkey.pem"}},
		},
		{
			name:  "an archive that is not certbot's",
			files: map[string]string{"archive/a.crt": certText, "archive/a.key": keyText},
			pairs: []pair{{cert: "archive/a.crt", key: "archive/a.key"}},
		},
		{
			name: "acme.sh",
			files: map[string]string{
				"a.example/a.example.cer": certText, "a.example/a.example.key": keyText, "a.example/a.example.conf": "", "a.example/ca.cer": certText, "a.example/fullchain.cer": certText,
				"*.b.example_ecc/*.b.example.cer": certText, "*.b.example_ecc/*.b.example.key": keyText, "*.b.example_ecc/fullchain.cer": certText,
			},
			pairs: []pair{{cert: "*.b.example_ecc/fullchain.cer", key: "*.b.example_ecc/*.b.example.key"}, {cert: "a.example/fullchain.cer", key: "a.example/a.example.key"}},
		},
		{
			name: "lego",
			files: map[string]string{
				"certificates/a.crt": certText, "certificates/a.issuer.crt": certText, "certificates/a.json": "{}", "certificates/a.key": keyText,
				"certificates/a.pem": certText + keyText,
			},
			pairs: []pair{{cert: "certificates/a.crt", key: "certificates/a.key"}},
		},
		{
			name: "Kubernetes",
			files: map[string]string{
				"tls.crt": certText, "tls.key": keyText,
				"..2026_01_01/tls.crt": certText, "..2026_01_01/tls.key": keyText,
			},
			pairs: []pair{{cert: "tls.crt", key: "tls.key"}},
		},
		{
			name: "any name",
			files: map[string]string{
				"c/b.cer": certText, "c/b.key": keyText, "c/a.pem": certText, "c/a.key": keyText, "c/both.crt": certText, "c/both.pem": certText, "c/both.key": keyText,
				"cert.pem": certText, "key.pem": keyText, "in-one.pem": certText + keyText, "in-one.key": keyText,
				".git/x.crt": certText, ".git/x.key": keyText,
			},
			pairs: []pair{
				{cert: "c/a.pem", key: "c/a.key"},
				{cert: "c/b.cer", key: "c/b.key"},
				{cert: "c/both.crt", key: "c/both.key"},
				{cert: "c/both.pem", key: "c/both.key"},
				{cert: "cert.pem", key: "key.pem"},
				{cert: "in-one.pem", key: "in-one.key"},
			},
		},
		{
			name:       "without key",
			files:      map[string]string{"ca.pem": certText, "z/fullchain.cer": certText, "z/other.key": keyText, "fullchain.pem": certText, "a.crt": "DER"},
			withoutKey: []string{"ca.pem", "fullchain.pem", "z/fullchain.cer"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			for name, text := range test.files {
				writeFile(t, filepath.Join(root, filepath.FromSlash(name)), text)
			}
			got, err := findPairs(root, "")
			if err != nil || len(got.unreadable) > 0 {
				t.Fatalf("findPairs: %v, %v", err, got.unreadable)
			}
			if diff := cmp.Diff(test.pairs, got.pairs, cmp.AllowUnexported(pair{})); diff != "" {
				t.Errorf("pairs (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.withoutKey, got.withoutKey); diff != "" {
				t.Errorf("without key (-want +got):\n%s", diff)
			}
		})
	}
}

func writeFile(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestPairsInOtherForms: what -fix makes certificates and keys of is paired, whatever its
// form. Keystores are named, because only a pass-phrase opens them.
func TestPairsInOtherForms(t *testing.T) {
	t.Parallel()
	certificate, key := readText(t, "pki", "p256", "leaf.pem"), readText(t, "pki", "p256", "key.pem")
	derOf := func(text string) string {
		block, _ := pem.Decode([]byte(text))
		return string(block.Bytes)
	}
	wide := func(text string) string {
		var b strings.Builder
		for _, r := range []byte(text) {
			b.Write([]byte{r, 0})
		}
		return b.String()
	}
	encoded := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	for name, form := range map[string]func(string) string{
		"DER": derOf, "UTF-16": func(text string) string { return "\xff\xfe" + wide(text) }, "UTF-16 without a mark": wide,
		"base64": encoded, "base64 twice": func(text string) string { return encoded(encoded(text)) }, "base64 of DER": func(text string) string { return encoded(derOf(text)) },
		"en dashes": func(text string) string { return strings.ReplaceAll(text, "-", "\u2013") },
		"JSON":      func(text string) string { return fmt.Sprintf("{%q: %q}", "pem", text) },
	} {
		root := t.TempDir()
		writeFile(t, filepath.Join(root, "one.pem"), form(certificate))
		writeFile(t, filepath.Join(root, "other.pem"), form(key))
		writeFile(t, filepath.Join(root, "store.p12"), "\xfe\xed\xfe\xed\x00\x00\x00\x02")
		got, err := findPairs(root, "")
		want := found{pairs: []pair{{cert: "one.pem", key: "other.pem"}}, sealed: []string{"store.p12"}}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(found{}, pair{})); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got)\n%s", name, err, diff)
		}
		fixed := t.TempDir()
		ran := runHere(t, "", false, "-dir", root, "-fix", fixed, "-at", "2026-07-01T00:00:00Z")
		if ran.status != exitAccepted || !strings.Contains(ran.stdout, "not opened: 1 (store.p12)") {
			t.Errorf("%s: %+v", name, ran)
		}
		for file, want := range map[string]string{"one.pem": certificate, "other.pem": key} {
			if text, err := os.ReadFile(filepath.Join(fixed, file)); err != nil || string(text) != want {
				t.Errorf("%s: %s is %q, %v", name, file, text, err)
			}
		}
	}
}

// TestKeyThatCarriesAnother: a key is paired by what it is, if no certificate has the
// public half that it says it has.
func TestKeyThatCarriesAnother(t *testing.T) {
	key, other := readText(t, "pki", "p256", "key.pem"), readText(t, "pki", "p256", "other-key.pem")
	block, _ := pem.Decode([]byte(key))
	stranger, _ := pem.Decode([]byte(other))
	const point = 65 // bytes, at the end
	block.Bytes = slices.Concat(block.Bytes[:len(block.Bytes)-point], stranger.Bytes[len(stranger.Bytes)-point:])
	root := t.TempDir()
	writeFile(t, filepath.Join(root, "a.crt"), readText(t, "pki", "p256", "leaf.pem"))
	writeFile(t, filepath.Join(root, "b", "z.key"), string(pem.EncodeToMemory(block)))
	want := []pair{{cert: "a.crt", key: "b/z.key"}}
	if diff := cmp.Diff(want, pairsOf(t, root), cmp.AllowUnexported(pair{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := runHere(t, "", false, "-dir", root); got.status != exitRefused || !strings.Contains(got.stdout, "PrivateKey") {
		t.Errorf("%+v", got)
	}
}
