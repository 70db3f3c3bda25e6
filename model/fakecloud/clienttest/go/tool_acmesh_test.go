package clienttest

import (
	"errors"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/cdn"
)

// acmeSh repeats the requests of the deploy hooks ali_cdn and ali_dcdn of acme.sh: one for
// each domain, with the signature alone in the query.
func acmeSh(to target, operation, version string, p pair, domains ...string) error {
	var errs []error // the hook goes on after an error
	for _, domain := range domains {
		_, err := form{signature: "query"}.call(to, call{operation, version, map[string]string{
			"CertType": "upload", "DomainName": domain, "SSLPri": p.key, "SSLProtocol": "on", "SSLPub": p.certificate,
		}})
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// TestAcmeSh deploys and renews the certificates of domains of CDN and DCDN.
func TestAcmeSh(t *testing.T) {
	first, second, third := renewals()
	for _, test := range []struct {
		name, operation, version, product string
		unknown                           errcodes.Code
	}{
		{"ali_cdn", setSSL, versionCDN, "Cdn", errcodes.InvalidDomainNotFound},
		{"ali_dcdn", setDCDN, versionDCDN, "dcdn", errcodes.InvalidDomainNotFound},
	} {
		t.Run(test.name, func(t *testing.T) {
			cloud := startDemo(t)
			to := demo(cloud.Running)
			const other = "shop.example.com"
			deploy := func(p pair, domains ...string) func() error {
				return func() error { return acmeSh(to, test.operation, test.version, p, domains...) }
			}
			serves := func(p pair, domains ...string) func() {
				return func() {
					for _, domain := range domains {
						cloud.AssertServed(t, cdn.DomainID(test.product, domain), p.certificate)
					}
				}
			}
			wrong := to
			wrong.secret = "wrong"
			one := []string{test.operation}
			cloud.play(t, []stage{
				{"first", deploy(first, demoDomain), "", one, serves(first, demoDomain)},
				{"renewal", deploy(second, demoDomain), "", one, serves(second, demoDomain)},
				{"second renewal of two domains", deploy(third, demoDomain, other), "", one, serves(third, demoDomain, other)},
				{"the same again", deploy(third, demoDomain, other), "", one, serves(third, demoDomain, other)},
				{"an unknown domain", deploy(third, "elsewhere.example.org"), test.unknown, one, nil},
				{"the key of another certificate", deploy(pair{third.certificate, first.key}, demoDomain), errcodes.CertificateMissMatch, one, serves(third, demoDomain)},
				{"a wrong secret", func() error { return acmeSh(wrong, test.operation, test.version, first, demoDomain) }, "SignatureDoesNotMatch", one, serves(third, demoDomain)},
			})
		})
	}
}
