package oracle

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/testdata"
)

// TestOpenSSLCommand compares OpenSSLCertificates with the openssl command on texts that
// are mangled at random.
func TestOpenSSLCommand(t *testing.T) {
	t.Parallel()
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("no openssl command to compare with")
	}
	count := 300
	if testing.Short() {
		count = 40
	}
	leaf, decoy := testdata.Read("ed25519/leaf.pem"), testdata.Read("rsa1024/leaf.pem")
	m := Seeded(7, decoy)
	var texts []string
	for range count {
		texts = append(texts, m.Mangle(leaf))
	}
	var sound []string
	for _, b := range GoBlocks(leaf + decoy) {
		sound = append(sound, string(b.DER))
	}
	file := filepath.Join(t.TempDir(), "input.pem")
	var compared, read, refused int
	for _, text := range texts {
		ours, refusal := OpenSSLCertificates(text)
		if slices.ContainsFunc(ours, func(der []byte) bool { return !slices.Contains(sound, string(der)) }) {
			continue // the content of a certificate was changed, not the PEM text
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		// This command reads a file with PEM_read_bio, block by block to its
		// end, and tries nothing else. A file without a block is no error.
		theirs, err := exec.Command(openssl, "crl2pkcs7", "-nocrl", "-certfile", file, "-outform", "DER").Output()
		compared++
		if (err == nil) != (refusal == nil || len(ours) == 0 && errors.Is(refusal, errNoStart)) {
			t.Errorf("we say %v, it says %v, of\n%q", refusal, err, text)
		}
		if refusal != nil {
			refused++
			continue
		}
		read++
		for _, der := range ours {
			if !strings.Contains(string(theirs), string(der)) {
				t.Errorf("it does not read one of %d certificates of\n%q", len(ours), text)
			}
		}
	}
	t.Logf("%d of %d texts read, %d refused", read, compared, refused)
	if read < compared/10 || refused < compared/10 {
		t.Error("that tells little")
	}
}
