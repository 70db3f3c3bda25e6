package validate_test

import (
	"crypto/x509"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// TestRepair: what is promised is accepted, and the request stays as it is.
func TestRepair(t *testing.T) {
	root := newRoot(t)
	leaf, key := root.leaf(t, nil), pkiFile(t, "p256/key.pem")
	expired := root.leaf(t, nil, func(c *x509.Certificate) { c.NotAfter = inPeriod.AddDate(0, 0, -1) })
	pair := func(certificate, key string) validate.Request { return pairRequest(certificate, key) }
	center := func(certificate, key string) validate.Request {
		return &validate.CASRequest{Name: "a", Certificate: certificate, PrivateKey: validate.NewSecret(key)}
	}
	for _, test := range []struct {
		name string
		req  validate.Request
		ok   bool
	}{
		{"leaf last", pair(root.pem()+leaf, key), true},
		{"leaf last, to the certificate center", center(root.pem()+leaf, key), true},
		{"a dash is missing", pair(damageBegin(t, leaf), key), true},
		{"sound", pair(leaf, key), true},
		{"another key", pair(leaf, pkiFile(t, "p256/other-key.pem")), false},
		{"the key of the CA", pair(leaf+root.pem(), keyText(t, root.key).Reveal()), false},
		{"expired", pair(root.pem()+expired, key), false},
		{"no certificate", pair("", ""), false},
		{"status is neither on nor off", &validate.CDNRequest{DomainName: "www.example.com", Status: "yes", Certificate: root.pem() + leaf, PrivateKey: validate.NewSecret(key)}, false},
		{"parsed", &validate.CDNRequest{DomainName: "www.example.com", Status: "on", Pair: validate.ParsePair(leaf, validate.NewSecret(key), validate.Options{})}, false},
		{"of another operation", &validate.CDNRequest{Op: errcodes.DescribeCdnDomainDetail, Certificate: leaf, PrivateKey: validate.NewSecret(key)}, false},
		{"of a listener", &validate.ALBRequest{}, false},
		{"nothing", (*validate.CDNRequest)(nil), false},
		{"no request", nil, false},
	} {
		opts := validate.Options{Now: inPeriod}
		var before error
		if test.req != nil {
			before = validate.Verdict(test.req, opts)
		}
		n, ok := validate.Repair(test.req, opts)
		if ok != test.ok || ok != (n.Certificate != "") {
			t.Errorf("%s: %v, %+v; want %v", test.name, ok, n.Changes, test.ok)
		}
		if test.req != nil && (validate.Verdict(test.req, opts) == nil) != (before == nil) {
			t.Errorf("%s: the request was changed", test.name)
		}
	}
}

// TestRepairOfVectors: every promise holds for the request with the repaired texts.
func TestRepairOfVectors(t *testing.T) {
	promised := 0
	for _, c := range everyInput(t) {
		if c.op == errcodes.AssociateAdditionalCertificatesWithListener {
			continue
		}
		n, ok := validate.Repair(&c.cdn, c.opts)
		if !ok {
			continue
		}
		promised++
		c.cdn.Certificate, c.cdn.PrivateKey = n.Certificate, n.PrivateKey
		if err := validate.Check(&c.cdn, c.opts).Err(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if promised < 50 {
		t.Errorf("only %d repairs were promised", promised)
	}
}
