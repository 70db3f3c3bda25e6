package oracle

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/alicert/alicert/testdata"
)

// Every entry has a reason and a test that refers to it.
func TestKnownIsUsed(t *testing.T) {
	var tests strings.Builder
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		tests.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, d := range Known {
		if !strings.Contains(tests.String(), strconv.Quote(d.Name)) {
			t.Errorf("no test refers to %q", d.Name)
		}
		if seen[d.Name] || !strings.HasSuffix(d.Why, ".") || Find(d.Name) != d {
			t.Errorf("%q: twice, or without a sentence", d.Name)
		}
		seen[d.Name] = true
	}
}

// Every reason that is found by text has a text that shows it.
func TestReasons(t *testing.T) {
	leaf, key, other := testdata.Read("p256/leaf.pem"), testdata.Read("p256/key.pem"), testdata.Read("rsa2048/key.pem")
	labeled := func(label string) string { return strings.ReplaceAll(key, "EC PRIVATE KEY", label) }
	bare := strings.Join(strings.SplitAfter(leaf, "\n")[1:13], "")
	unknownCurve := strings.Join(strings.SplitAfter(strings.Replace(key, "\nAwEH", "\nAxxx", 1), "\n")[1:4], "")
	header := func(text string) string { return strings.Replace(text, "-----\n", "-----\nA: b\n\n", 1) }
	for _, test := range []struct {
		reasons func(string) []string
		text    string
		want    string
	}{
		{CertificateReasons, leaf, ""},
		{CertificateReasons, "text\n" + leaf + "\n" + leaf, ""},
		{CertificateReasons, " -----BEGIN X-----\n" + leaf, "damaged armor"},
		{CertificateReasons, "–––––BEGIN X–––––\n" + leaf, "look-alike"},
		{CertificateReasons, "-----begin x-----\n" + leaf, "look-alike"},
		{CertificateReasons, "> -----BEGIN X-----\n" + leaf, "look-alike"},
		{CertificateReasons, "%2D%2D%2D%2D%2DBEGIN X%2D%2D%2D%2D%2D\n" + leaf, "look-alike"},
		{CertificateReasons, leaf + "text\n" + bare + "text\n", "base64 alone"},
		{CertificateReasons, leaf + unknownCurve, "base64 alone"},
		{CertificateReasons, leaf + strings.TrimRight(unknownCurve, "\n="), "base64 alone"},
		{CertificateReasons, "\ufeff\n" + leaf, "byte-order mark"},
		{CertificateReasons, strings.Replace(leaf, "-\n", "-"+strings.Repeat(" ", 300)+"\n", 1), "long BEGIN line"},
		{CertificateReasons, leaf + "\x00\n" + strings.TrimSuffix(leaf, "\n") + "\r", "zero byte"},
		{CertificateReasons, leaf + key, "private key"},
		{CertificateReasons, leaf + strings.ReplaceAll(leaf, "CERTIFICATE", "X509 CERTIFICATE"), "foreign block"},
		{CertificateReasons, header(leaf), "headers"},
		{KeyReasons, leaf + key + leaf, ""},
		{KeyReasons, key + other, "several keys"},
		{KeyReasons, labeled("ENCRYPTED PRIVATE KEY"), ""},
		{KeyReasons, labeled("DSA PRIVATE KEY"), "label of another kind"},
		{KeyReasons, bare + key, "base64 alone"},
		{KeyReasons, header(key), "headers"},
		{KeyReasons, key + "-----END X-----\n", "damaged armor"},
		{PemutilReasons, key, ""},
		{PemutilReasons, leaf + key, "another block beside the key to pemutil, text behind the key to pemutil"},
		{PemutilReasons, key + "\n", "text behind the key to pemutil"},
		{PemutilReasons, labeled("PRIVATE KEY"), "label to pemutil"},
		{PemutilReasons, labeled("ENCRYPTED PRIVATE KEY"), "label to pemutil"},
	} {
		got := test.reasons(test.text)
		if strings.Join(got, ", ") != test.want {
			t.Errorf("got %q; want %q in\n%s", got, test.want, test.text)
		}
		for _, name := range got {
			Find(name)
		}
	}
}

// TestKeysReadAlike: what is in a block of another kind is nothing to who looks for a key.
func TestKeysReadAlike(t *testing.T) {
	key := testdata.Read("p256/key.pem")
	other := "-----BEGIN EC PARAMETERS-----\n#\n\n-\n---Bw==\n----\n-----END EC PARAMETERS-----\n"
	for text, want := range map[string]bool{
		key: true, other + key: true, key + other: true, other: false,
		strings.Replace(key, "MHcC", "M#cC", 1):                false,
		strings.Replace(other, "----\n-", "-----\n-", 1) + key: false,
	} {
		if KeysReadAlike(text) != want {
			t.Errorf("read alike: %t; want %t for\n%s", !want, want, text)
		}
	}
}
