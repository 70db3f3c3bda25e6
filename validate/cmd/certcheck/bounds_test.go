package main

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/slow"
)

// TestBounds: no certificate within the default limit makes the command slow or its
// output unreadable, the dump included.
func TestBounds(t *testing.T) {
	if testing.Short() {
		t.Skip("runs nothing in parallel, and the race detector makes it many times as slow")
	}
	const longestLine = 9 << 10
	path := filepath.Join(t.TempDir(), "slow.pem")
	key := repository("pki", "p256", "key.pem")
	leaf, err := os.ReadFile(repository("pki", "p256", "leaf.pem"))
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(leaf)
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	inputs := append(slow.Inputs(validate.DefaultCertificateLimit), slow.Behind(validate.DefaultCertificateLimit, cert.RawSubjectPublicKeyInfo)...)
	for _, format := range [][]string{{"-text"}, {"-format", "json"}, {"-format", "sarif"}} {
		args := append([]string{"-cert", path, "-key", key}, format...)
		runHere(t, "", false, args...) // what is read once
		var slowest, largest slow.Cost
		var slow1, large1 string
		for _, in := range inputs {
			if err := os.WriteFile(path, []byte(in.Certificate), 0o600); err != nil {
				t.Fatal(err)
			}
			var r ran
			cost := slow.Measure(func() { r = runHere(t, "", false, args...) })
			cost.Check(t, strings.Join(format, " ")+" of "+in.Name)
			if cost.Time > slowest.Time {
				slowest, slow1 = cost, in.Name
			}
			if cost.Allocated > largest.Allocated {
				largest, large1 = cost, in.Name
			}
			for line := range strings.Lines(r.stdout) {
				if n := utf8.RuneCountInString(line); n > longestLine && format[0] != "-format" {
					t.Errorf("%s: a line of %d characters: %.80q", in.Name, n, line)
				}
			}
			if r.stderr != "" {
				t.Errorf("%s: %.200s", in.Name, r.stderr)
			}
		}
		t.Logf("%-8s %6.2f ms: %s; %6d KiB: %s", format[len(format)-1], float64(slowest.Time.Microseconds())/1000, slow1, largest.Allocated>>10, large1)
	}
}
