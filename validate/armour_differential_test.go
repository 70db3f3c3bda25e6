package validate_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// opensslPiece is how many bytes of a line OpenSSL reads at once. What stands behind
// them is a line of its own to it, so armour can hide there.
const opensslPiece = 254

// mangler changes the armour of PEM text at random: what passes afterwards must
// still be what OpenSSL and Go read.
type mangler struct {
	*rand.Rand
	decoy []string // the lines of a certificate that is not in the text
}

func newMangler(seed uint64, decoy string) mangler {
	return mangler{rand.New(rand.NewPCG(seed, 0)), strings.Split(strings.TrimSuffix(decoy, "\n"), "\n")}
}

func pickOne[T any](m mangler, from ...T) T { return from[m.IntN(len(from))] }

// length is a number around which OpenSSL's reading of lines may change.
func (m mangler) length() int {
	return pickOne(m, 1, 2, 63, 64, 65, 76, opensslPiece, 2*opensslPiece, 4*opensslPiece) + pickOne(m, -1, 0, 0, 1, 2)
}

func (m mangler) spaces() string {
	return strings.Repeat(pickOne(m, " ", " ", "\t", "\r", "\v", "\x00", "\u00a0"), pickOne(m, 1, 2, m.length()))
}

// mangle makes a few changes to a text.
func (m mangler) mangle(text string) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for range 1 + m.IntN(3) {
		lines = m.change(lines)
	}
	end := pickOne(m, "\n", "\n", "\n", "\r\n", "\r")
	text = strings.Join(lines, end)
	if m.IntN(8) > 0 {
		text += pickOne(m, end, end, "\n", "\r\n", "\r", " ", "\n\x00")
	}
	switch m.IntN(40) {
	case 0:
		text = "\ufeff" + text
	case 1:
		text = text[:m.IntN(len(text)+1)]
	case 2:
		at := m.IntN(len(text) + 1)
		text = text[:at] + pickOne(m, "-", ":", "=", "\r", "\n", "A", "\x00", " ") + text[at:]
	}
	return text
}

// change makes one change to the lines of a text.
func (m mangler) change(lines []string) []string {
	at := m.IntN(len(lines))
	line := &lines[at]
	armour := func() *string { // the next armour line
		for i := range lines {
			if j := (at + i) % len(lines); strings.HasPrefix(lines[j], "-----") {
				return &lines[j]
			}
		}
		return line
	}
	switch m.IntN(16) {
	case 0, 1:
		return m.rewrap(lines)
	case 2: // a line more
		return slices.Insert(lines, at, pickOne(m, "", "", m.spaces(), "text", "# "+m.decoy[0], strings.Repeat("x", m.length())))
	case 3: // a line behind BEGIN
		return slices.Insert(lines, min(1, at), pickOne(m, "", "", m.spaces(), "Comment: none", "Proc-Type: 4,ENCRYPTED"))
	case 4:
		*line += m.spaces()
	case 5:
		*line = m.spaces() + *line
	case 6:
		half := m.IntN(len(*line) + 1)
		*line = (*line)[:half] + m.spaces() + (*line)[half:]
	case 7:
		a := armour()
		*a = strings.Replace(*a, "-----", pickOne(m, "----", "------", "—————", "- ----", "-----x", "\ufeff-----", "\n-----", "-----\n"), pickOne(m, 1, 2))
	case 8:
		a := armour()
		*a += m.spaces()
	case 9:
		a := armour()
		*a = strings.Replace(*a, "CERTIFICATE", pickOne(m, "certificate", "CERTIFICATE ", " CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE", "CERTIFICATE\t", "C-", "", "PUBLIC KEY"), 1)
	case 10: // padding
		last := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "-----END") }) - 1
		if last > 0 {
			lines[last] = strings.TrimRight(lines[last], "=") + pickOne(m, "", "=", "==", "===", "====", "= =", "=\n=")
		}
	case 11:
		if *line != "" {
			i := m.IntN(len(*line))
			*line = (*line)[:i] + pickOne(m, "-", ":", "=", "_", "é", "\x00", "", "A", "\n") + (*line)[i+1:]
		}
	case 12: // two lines in one
		if at+1 < len(lines) {
			*line += lines[at+1]
			return slices.Delete(lines, at+1, at+2)
		}
	case 13:
		return slices.Delete(lines, at, at+min(1, len(lines)-1))
	case 14:
		return slices.Insert(lines, pickOne(m, 0, at, len(lines)), m.hidden()...)
	case 15: // a line far to the right
		*line = strings.Repeat(pickOne(m, " ", "x"), pickOne(m, opensslPiece, opensslPiece-1, opensslPiece+1, 2*opensslPiece)) + *line
	}
	return lines
}

// rewrap writes the body lines with another length.
func (m mangler) rewrap(lines []string) []string {
	var out []string
	var body string
	length := max(1, m.length())
	for _, l := range lines {
		if !strings.HasPrefix(l, "-----") {
			body += l
			continue
		}
		for ; len(body) > length; body = body[length:] {
			out = append(out, body[:length])
		}
		if body != "" {
			out = append(out, body)
		}
		out, body = append(out, l), ""
	}
	return append(out, body)
}

// hidden is the decoy with armour in a place where only some would look.
func (m mangler) hidden() []string {
	lines := slices.Clone(m.decoy)
	for _, i := range []int{0, len(lines) - 1} {
		lines[i] = strings.Repeat(pickOne(m, "A", "A", "#", " "), pickOne(m, opensslPiece, 2*opensslPiece, 2*opensslPiece, opensslPiece-1, opensslPiece+1)) + lines[i]
	}
	switch m.IntN(4) {
	case 0:
		lines[0] = m.decoy[0]
	case 1:
		lines[len(lines)-1] = m.decoy[len(lines)-1]
	case 2:
		lines[0] = "\ufeff" + m.decoy[0]
	}
	return lines
}

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

// TestWhatPassesIsReadByAll mangles certificates. What passes afterwards must be
// read by OpenSSL and by Go, and the first certificate must be the same to all.
func TestWhatPassesIsReadByAll(t *testing.T) {
	t.Parallel()
	openssl := newOpenSSL(t)
	limit := 150
	if testing.Short() {
		limit = 25
	}
	decoy := pkiFile(t, "rsa1024/leaf.pem")
	m := newMangler(1, decoy)
	texts := []string{pkiFile(t, "ed25519/leaf.pem"), pkiFile(t, "p256/chain3.pem"), pkiFile(t, "rsa2048/leaf.pem")}
	given := dersOf(strings.Join(texts, "") + decoy)
	var refused int
	for passed := 0; passed < limit; {
		mangled := m.mangle(pickOne(m, texts...))
		report := validate.ServerCertificate(mangled, validate.Options{})
		if report.Err() != nil {
			refused++
			continue
		}
		if !madeOf(report, given) {
			continue // a certificate was changed: no matter of the armour
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
	far := strings.Repeat("x", opensslPiece)
	spaces := strings.Repeat(" ", opensslPiece)
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
