package validate

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/fastpath"
)

// Deploy checks a request that uploads a certificate and its key for an accelerated
// domain and switches HTTPS on, at the given time. The error is the verdict of the
// report, an [*errcodes.Error], or nil if the service would accept. The request has
// no other parameters; use [Check] to set them.
//
// It fails with another error, and without a report, for an operation that does not
// set the certificate of a domain.
func Deploy(op errcodes.Operation, domain, certificate string, key Secret, now time.Time) (*Report, error) {
	req := &CDNRequest{Op: op, DomainName: domain, Status: statusOn, Certificate: certificate, PrivateKey: key}
	if op == 0 || !req.fits() || op.Parameter(errcodes.FieldDomainName) == "" {
		return nil, fmt.Errorf("validate: %q does not set the certificate of a domain", op)
	}
	r := Check(req, Options{Now: now})
	return r, r.Err()
}

// Verdict returns the service's answer as far as the request alone decides: nil, or
// the first of the violations that [Check] reports, an [*errcodes.Error]. It stops at
// that one. A usual request costs a small part of what tls.X509KeyPair takes, and no
// allocation.
func Verdict(r Request, o Options) error {
	// The calls of methods are direct, so that the request may stay on the stack.
	switch r := r.(type) {
	case *CDNRequest:
		if r.fits() {
			return orEmpty(r).verdict(o, "")
		}
		return unfit(r.Operation())
	case *CASRequest:
		if r.fits() {
			upload, region := r.upload()
			return upload.verdict(o, region)
		}
		return unfit(r.Operation())
	case *ALBRequest:
		if r.fits() {
			return orEmpty(r).verdict(o)
		}
		return unfit(r.Operation())
	default:
		return unfit(0)
	}
}

// Check reports all findings of a request: every violation in the order in which the
// service checks, every advisory, and a description of the certificates. If only the
// answer matters, [Verdict] is cheaper.
func Check(r Request, o Options) *Report {
	if r == nil || !r.fits() {
		return unfitReport(r)
	}
	c := newChecker(r.Operation(), o)
	switch r := r.(type) {
	case *CDNRequest:
		c.checkDomain(orEmpty(r))
	case *CASRequest:
		upload, region := r.upload()
		c.region = region
		c.checkDomain(&upload)
	case *ALBRequest:
		c.checkListener(orEmpty(r))
	}
	return c.finish()
}

func unfitReport(r Request) *Report {
	var op errcodes.Operation
	if r != nil {
		op = r.Operation()
	}
	return &Report{Operation: op, Violations: []*errcodes.Error{unfit(op)}}
}

// orEmpty replaces a nil request by an empty one.
func orEmpty[T any](req *T) *T {
	if req == nil {
		return new(T)
	}
	return req
}

// upload returns the request as one that sets a domain's certificate. The table of
// its operation has no conditions on a domain. The region is for the gateway.
func (r *CASRequest) upload() (_ CDNRequest, region string) {
	if r == nil {
		r = &CASRequest{}
	}
	return CDNRequest{
		Op: r.Operation(), Status: statusOn, CertName: r.Name, CertID: r.CertID, CertRegion: r.CertRegion,
		Certificate: r.Certificate, PrivateKey: r.PrivateKey, Pair: r.Pair,
	}, r.Region
}

func (r *ALBRequest) verdict(o Options) error {
	c := newChecker(r.Operation(), o)
	c.verdictOnly = true
	c.checkListener(r)
	return c.verdict()
}

// verdict checks the short parameters, then asks the fast path about certificate and
// key. If that has no answer, the full check continues after the short parameters.
func (r *CDNRequest) verdict(o Options, region string) error {
	op := r.Operation()
	if o.Strict { // strict rules on order need the whole chain
		c := newChecker(op, o)
		c.region = region
		c.checkDomain(r)
		return c.finish().Err()
	}
	words := checker{table: o.table(op), opts: o, verdictOnly: true, region: region} // on the stack: it costs no allocation
	w := words.checkWords(r)
	if err := words.verdict(); err != nil {
		return err
	}
	switch words.fastPair(r, &w, nil) {
	case fastpath.Sound:
		return nil
	case fastpath.Mismatch:
		if firstNamesHost(r.Certificate) { // else the reason may be another
			words.violate(errcodes.CondKeyMismatch, errcodes.Position{}, anotherKey())
		}
		if err := words.verdict(); err != nil { // the condition may be skipped
			return err
		}
	case fastpath.Unknown:
	}
	c := newChecker(op, o)
	c.verdictOnly = true
	c.checkRest(r, &w)
	return c.verdict()
}

// firstNamesHost reports whether the first certificate of a text that the fast path has
// read is not that of a CA only.
func firstNamesHost(text string) bool {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return false
	}
	cert, err := x509.ParseCertificate(block.Bytes)
	return err == nil && !namesOnlyCA(cert)
}

// fastPair asks the fast path about certificate and key, if the operation looks at them.
// It does not ask about texts that are refused anyway: they should not be read twice. It
// describes the first certificate of a sound pair, if there is a place for it.
func (c *checker) fastPair(r *CDNRequest, w *words, leaf *fastpath.Leaf) fastpath.Answer {
	certificate, key := r.Certificate, r.PrivateKey.Reveal()
	named := w.domain != "" && c.ofSite() // is judged by the names
	if c.opts.parsersOnly || !w.pair || named || r.Pair != nil || certificate == "" || key == "" ||
		len(certificate) > min(c.opts.certificateLimit(), DefaultCertificateLimit) || len(key) > c.opts.privateKeyLimit() {
		return fastpath.Unknown
	}
	answer := fastpath.PairLeaf(certificate, key, c.opts.Now, leaf)
	if answer != fastpath.Unknown && c.has(errcodes.CondSecondLeaf) && !issuersFollow(certificate) {
		return fastpath.Unknown // a second leaf is judged before the key
	}
	return answer
}
