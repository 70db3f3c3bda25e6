package validate_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/oracle"
	"github.com/alicert/alicert/validate"
)

// fingerprintByGo is that of the first CERTIFICATE block that encoding/pem finds.
func fingerprintByGo(text string) string {
	for rest := []byte(text); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return "none"
		}
		if block.Type == "CERTIFICATE" {
			sum := sha256.Sum256(block.Bytes)
			return hex.EncodeToString(sum[:])
		}
	}
}

// openSSL is the openssl command.
type openSSL struct{ path, file string }

func newOpenSSL(t *testing.T) openSSL {
	t.Helper()
	path, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("no openssl command to compare with")
	}
	return openSSL{path, filepath.Join(t.TempDir(), "input.pem")}
}

// fingerprint is that of the certificate that openssl reads of a text.
func (o openSSL) fingerprint(t *testing.T, text string) string {
	t.Helper()
	if err := os.WriteFile(o.file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(o.path, "x509", "-noout", "-fingerprint", "-sha256", "-in", o.file)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return fmt.Sprintf("%v: %.200s", err, stderr.Bytes())
	}
	_, hexes, _ := strings.Cut(strings.TrimSpace(stdout.String()), "=")
	return strings.ToLower(strings.ReplaceAll(hexes, ":", ""))
}

// TestAcceptedTextsAreReadByAll mangles certificates. OpenSSL and Go must read the
// texts that still pass, and find the same first certificate.
func TestAcceptedTextsAreReadByAll(t *testing.T) {
	t.Parallel()
	openssl := newOpenSSL(t)
	limit := 50
	if os.Getenv("ALICERT_CORPUS") != "" { // the long run; openssl is a process for each
		limit = 150
	}
	decoy := pkiFile(t, "rsa1024/leaf.pem")
	m := oracle.Seeded(1, decoy)
	texts := []string{pkiFile(t, "ed25519/leaf.pem"), pkiFile(t, "p256/chain3.pem"), pkiFile(t, "rsa2048/leaf.pem")}
	given := dersOf(strings.Join(texts, "") + decoy)
	var refused int
	for passed := 0; passed < limit; {
		mangled := m.Mangle(oracle.PickOne(m, texts...))
		report := validate.ServerCertificate(mangled, validate.Options{})
		if report.Err() != nil {
			refused++
			continue
		}
		if !madeOf(report, given) {
			continue // a certificate was changed, not a boundary
		}
		passed++
		ours := report.Certificates[0].SHA256
		if got := fingerprintByGo(mangled); got != ours {
			t.Errorf("passes as %.8s, Go reads %.8s of\n%q", ours, got, mangled)
		}
		if got := openssl.fingerprint(t, mangled); got != ours {
			t.Errorf("passes as %.8s, openssl says %s of\n%q", ours, got, mangled)
		}
	}
	t.Logf("%d passed, %d refused", limit, refused)
}

// madeOf reports whether all certificates are among those given.
func madeOf(report *validate.Report, ders []string) bool {
	for _, c := range report.Certificates {
		if !slices.ContainsFunc(ders, func(der string) bool {
			sum := sha256.Sum256([]byte(der))
			return c.SHA256 == hex.EncodeToString(sum[:])
		}) {
			return false
		}
	}
	return true
}

// TestWhereReadersPart holds texts of which OpenSSL and Go do not read the same
// first certificate. None of them passes.
func TestWhereReadersPart(t *testing.T) {
	t.Parallel()
	openssl := newOpenSSL(t)
	leaf, decoy := pkiFile(t, "ed25519/leaf.pem"), pkiFile(t, "p256/leaf.pem")
	const piece = 254 // bytes of a line that OpenSSL reads at once
	far := strings.Repeat("x", piece)
	spaces := strings.Repeat(" ", piece)
	for _, tt := range []struct{ name, text string }{
		// What stands before END is base64 too: bytes behind the end of the certificate.
		{"another certificate behind 508 bytes", far + far + strings.Replace(decoy, "-----END", far+far+"-----END", 1) + leaf},
		{"a zero byte before the certificate", "\x00\n" + leaf},
		{"spaces before a line of the body", strings.Replace(leaf, "\nMDEw", "\n"+spaces+"MDEw", 1)},
		{"a blank line in the body", strings.Replace(leaf, "\nMDEw", "\n\nMDEw", 1)},
		{"a blank line and other lines than of 64", strings.Replace(eachBody(oneLine)(leaf), "-\n", "-\n\n", 1)},
		{"spaces behind BEGIN, and other lines than of 64", strings.Replace(eachBody(oneLine)(leaf), "-\n", "-"+spaces+"\n", 1)},
		{"a final CR without LF", strings.TrimSuffix(leaf, "\n") + "\r"},
		{"a block that is cut off", leaf[:len(leaf)/2] + "\n" + decoy},
		{"a header", strings.Replace(leaf, "-\n", "-\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n", 1)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if a, b := openssl.fingerprint(t, tt.text), fingerprintByGo(tt.text); a == b {
				t.Errorf("both read %s", a)
			}
			if err := validate.ServerCertificate(tt.text, validate.Options{}).Err(); !errors.Is(err, errcodes.CondCertificateNotPEM) {
				t.Errorf("error %v", err)
			}
		})
	}
}
