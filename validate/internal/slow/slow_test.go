package slow_test

import (
	"crypto/x509"
	"encoding/pem"
	"testing"

	"github.com/alicert/alicert/validate/internal/slow"
)

// refused are the inputs that Go refuses only after a long time.
var refused = map[string]bool{"URI that is none": true}

// TestInputs: the inputs are within their limit, fill it, and are certificates.
func TestInputs(t *testing.T) {
	const limit = 64 << 10
	names := make(map[string]bool)
	for _, in := range slow.Inputs(limit) {
		if names[in.Name] {
			t.Errorf("two inputs are %q", in.Name)
		}
		names[in.Name] = true
		if len(in.Certificate) > limit {
			t.Errorf("%s: %d bytes", in.Name, len(in.Certificate))
		}
		parsed := true
		n := 0
		for block, rest := pem.Decode([]byte(in.Certificate)); block != nil; block, rest = pem.Decode(rest) {
			n++
			if _, err := x509.ParseCertificate(block.Bytes); err != nil {
				parsed = false
				if !refused[in.Name] {
					t.Errorf("%s: %.200v", in.Name, err)
				}
				break
			}
		}
		if n == 0 || parsed == refused[in.Name] {
			t.Errorf("%s: parsed: %v, %d blocks", in.Name, parsed, n)
		}
		t.Logf("%6d bytes, %3d certificates: %s", len(in.Certificate), n, in.Name)
	}
}
