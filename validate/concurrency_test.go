package validate_test

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// TestConcurrentUse checks one request from several goroutines. The race
// detector finds what they should not share.
func TestConcurrentUse(t *testing.T) {
	for _, op := range []errcodes.Operation{errcodes.SetDomainServerCertificate, errcodes.AssociateAdditionalCertificatesWithListener} {
		in := soundInput(t, op)
		in.cdn.Certificate += pkiFile(t, "rsa1024/leaf.pem")
		in.cdn.CertName = "\n"
		in.alb.CertificateIDs = append(in.alb.CertificateIDs, "1-cn-a", "1 cn")
		lookUp(pkiFile(t, "usage/client-only.pem"))(in)
		in.opts.VerifyChain = true
		want := in.report()
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 20 {
					if diff := cmp.Diff(want, in.report()); diff != "" {
						t.Errorf("%s: (-alone +together)\n%s", op, diff)
						return
					}
					if diff := cmp.Diff(want.Err(), in.verdict()); diff != "" {
						t.Errorf("%s: (-alone +together)\n%s", op, diff)
						return
					}
					normalized, err := validate.Normalize(errcodes.SetDomainServerCertificate, in.cdn.Certificate, in.cdn.PrivateKey)
					if op == errcodes.SetDomainServerCertificate && (err != nil || normalized.Certificate != pkiFile(t, "p256/chain3.pem")) {
						t.Errorf("Normalize: %v", err)
						return
					}
				}
			})
		}
		wg.Wait()
	}
}
