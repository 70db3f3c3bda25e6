package validate_test

import (
	"crypto/x509"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/fastpath"
)

// pairRequest is a request that is sound but for its material.
func pairRequest(cert, key string) *validate.CDNRequest {
	return &validate.CDNRequest{
		DomainName: "www.example.com", Status: "on",
		Certificate: cert, PrivateKey: validate.NewSecret(key),
	}
}

// TestFastPairs proves on every pair of the differential tests that the verdict,
// which takes the fast path, is the report's, which does not.
func TestFastPairs(t *testing.T) {
	for _, p := range pairMatrix(t) {
		for _, opts := range []validate.Options{{}, {Now: inPeriod}, {Strict: true}, {CertificateLimit: 1000}, {PrivateKeyLimit: 300}} {
			req := pairRequest(p.cert, p.key)
			if diff := cmp.Diff(validate.Check(req, opts).Err(), validate.Verdict(req, opts)); diff != "" {
				t.Errorf("%s, %+v: (-report +verdict)\n%s", p.name, opts, diff)
			}
		}
	}
}

// oddSources are collections of certificates that are odd on purpose.
var oddSources = []string{"zlint", "pkilint", "pkimetal", "x509sak", "certlint", "frankencert", "x509-limbo", "x509-limbo-assets", "badkeys", "badkeys-keypairvuln", "derived"}

// isOrdinary reports whether the first certificate is what a CA issues for a
// server: with names, for serverAuth, and saying where its issuer or status is.
func (f *corpusFile) isOrdinary() bool {
	source, _, _ := strings.Cut(f.ID, "/")
	found := f.blocks(isCertificate)
	if len(found) == 0 || slices.Contains(oddSources, source) {
		return false
	}
	c, err := x509.ParseCertificate(found[0].Bytes)
	return err == nil && c.Version == 3 && !c.IsCA && len(c.DNSNames) > 0 && slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageServerAuth) &&
		len(c.AuthorityKeyId) > 0 && len(c.UnhandledCriticalExtensions) == 0 && len(c.IssuingCertificateURL)+len(c.OCSPServer)+len(c.CRLDistributionPoints) > 0
}

// TestCorpusFast does the same on the corpus, and counts what is recognized.
func TestCorpusFast(t *testing.T) {
	t.Parallel()
	c := needCorpus(t)
	type answer struct{ accepted, fast bool }
	count := func(title string, atLeast float64, answers []answer) {
		var accepted, recognized int
		for _, a := range answers {
			if a.accepted {
				accepted++
			}
			if a.fast {
				recognized++
			}
		}
		t.Logf("%s: %d, of these accepted %d, of these recognized %d", title, len(answers), accepted, recognized)
		if float64(recognized) < atLeast*float64(accepted) {
			t.Errorf("%s: less than %.0f %% are recognized", title, 100*atLeast)
		}
	}
	compare := func(id, cert, key string) answer {
		req, opts := pairRequest(cert, key), noLimits
		if key == "" {
			opts.Skip = []errcodes.Condition{errcodes.CondPrivateKeyMissing}
		}
		report := validate.Check(req, opts)
		if diff := cmp.Diff(report.Err(), validate.Verdict(req, opts)); diff != "" {
			t.Errorf("%s: (-report +verdict)\n%s", id, diff)
		}
		a := answer{accepted: report.Err() == nil}
		if key == "" {
			a.fast = fastpath.Chain(cert, opts.Now)
		} else {
			a.fast = fastpath.Pair(cert, key, opts.Now) == fastpath.Sound
		}
		if a.fast && !a.accepted {
			t.Errorf("%s: recognized, but refused: %v", id, report.Err())
		}
		return a
	}
	certificates, _ := partition(c.files, func(f *corpusFile) bool { return f.Format == "pem" && len(f.Data) > 0 })
	count("certificates", 0.6, inParallel(certificates, func(f *corpusFile) answer { return compare(f.ID, string(f.Data), "") }))
	pairs, _ := partition(c.pairs, func(p *corpusPair) bool { return p.Formats == [2]string{"pem", "pem"} })
	count("pairs", 0.55, inParallel(pairs, func(p *corpusPair) answer {
		return compare(p.CertID+" with "+p.KeyID, string(p.Cert.Data), string(p.Key.Data))
	}))
	ordinary := slices.DeleteFunc(slices.Clone(certificates), func(f *corpusFile) bool { return !f.isOrdinary() })
	count("ordinary server certificates", 0.9, inParallel(ordinary, func(f *corpusFile) answer { return compare(f.ID, f.onlyCertificates(), "") }))
}
