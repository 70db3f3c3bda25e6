package material

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/testdata"
)

// TestGlance holds the fast reading against the one by the parsers: the fixtures, changed
// in ways that readers of PEM may take for something else, and the corpus of
// ALICERT_CORPUS. Only an EC key that carries a public half may differ, and only as it
// says.
func TestGlance(t *testing.T) {
	texts := testdata.All()
	for _, text := range slices.Clone(texts) {
		if block, _ := pem.Decode([]byte(text)); block != nil {
			texts = append(texts, string(block.Bytes))
		}
		texts = append(texts,
			strings.ReplaceAll(text, "\n", "\r\n"), strings.TrimSuffix(text, "\n"), text+text, text+"\n"+text, "words\n"+text, text+"words", text+testdata.Read("p256/key.pem"),
			testdata.Read("p384/chain3.pem")+text, strings.ReplaceAll(text, "\n-----END", " \n-----END"), strings.Replace(text, "A", "", 1), text[:len(text)/2], text[len(text)/2:], text+text[:len(text)/3],
		)
	}
	if folder := os.Getenv("ALICERT_CORPUS"); folder != "" && !testing.Short() {
		texts = append(texts, readCorpus(t, filepath.Join(folder, "files.tar.gz"))...)
	}
	certs, keys, carried := 0, 0, 0
	for i, text := range texts {
		host := []string{"", "www.example.com", "a.cdn.example.com", "*.example.com"}[i%4]
		want := (&reader{folder: host, parsers: true}).content([]byte(text))
		if diff := cmp.Diff(want, Of([]byte(text), host)); diff != "" {
			t.Errorf("%.300q (-want +got):\n%s", text, diff)
		}
		got := Glance([]byte(text), host)
		certs, keys = certs+len(got.Certs), keys+len(got.Keys)
		if got.Carried {
			carried++
			checkCarried(t, text, want.Keys, got.Keys)
			got.Keys, got.Carried = want.Keys, false
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%.300q (-want +got):\n%s", text, diff)
		}
	}
	if certs < 1000 || keys < 300 || carried < 100 {
		t.Errorf("%d certificates, %d keys, of which %d carry a public half", certs, keys, carried)
	}
	t.Logf("%d certificates, %d keys, %d carry a public half", certs, keys, carried)
}

// checkCarried holds the keys of a text against those that the parsers find and those that
// EC keys carry.
func checkCarried(t *testing.T, text string, exact, got []Digest) {
	t.Helper()
	all := slices.Clone(exact)
	blocks := [][]byte{[]byte(text)}
	for block, rest := pem.Decode([]byte(text)); block != nil; block, rest = pem.Decode(rest) {
		blocks = append(blocks, block.Bytes)
	}
	doubtful := 0 // keys that carry another's half, or are none
	for _, der := range blocks {
		key, ok := carriedBy(der)
		if !ok {
			continue
		}
		if !slices.Contains(exact, key) {
			doubtful++
		}
		all = append(all, key)
	}
	for _, key := range got {
		if !slices.Contains(all, key) {
			t.Errorf("%.300q: a key that is not there", text)
		}
	}
	if doubtful == 0 && !slices.Equal(got, exact) {
		t.Errorf("%.300q: other keys", text)
	}
}

// carriedBy returns the public half that an EC key carries.
func carriedBy(der []byte) (key Digest, ok bool) {
	var wrapped struct {
		Version   int
		Algorithm struct{ Algorithm, Curve asn1.ObjectIdentifier }
		Key       []byte
	}
	if _, err := asn1.Unmarshal(der, &wrapped); err == nil {
		der = wrapped.Key
	}
	var private struct {
		Version int
		Scalar  []byte
		Curve   asn1.ObjectIdentifier `asn1:"optional,explicit,tag:0"`
		Public  asn1.BitString        `asn1:"optional,explicit,tag:1"`
	}
	if _, err := asn1.Unmarshal(der, &private); err != nil {
		return key, false
	}
	for _, curve := range []elliptic.Curve{elliptic.P256(), elliptic.P384()} {
		if public, err := ecdsa.ParseUncompressedPublicKey(curve, private.Public.Bytes); err == nil {
			info, err := x509.MarshalPKIXPublicKey(public)
			return digestOf(info), err == nil
		}
	}
	return key, false
}

func readCorpus(t *testing.T, name string) (texts []string) {
	t.Helper()
	archive, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	for files := tar.NewReader(unzipped); ; {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			return texts
		}
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(files); header.Typeflag == tar.TypeReg && len(text) < mostRepaired {
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, string(text))
		}
	}
}
