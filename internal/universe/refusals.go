package universe

import (
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// refusals returns the requests that are refused as inputs of the CDN machine.
func (u *universe) refusals() []cdn.Input {
	var inputs []cdn.Input
	for _, r := range u.refused(u.upload(Domain1, Upload1)) {
		inputs = append(inputs, u.request(r.wanted, r.opts))
	}
	if u.knows(errcodes.CondParameterMissing) {
		inputs = append(inputs, cdn.Set("r", &wanted{Op: u.operation, DomainName: Domain1}, validate.Options{}))
	}
	return inputs
}

// refusedRequest is a request that is refused, checked with these options.
type refusedRequest struct {
	wanted wanted
	opts   validate.Options
}

// refused returns a request for every condition of a request, in the order of the checks.
// Each has one thing wrong, and is sound otherwise.
func (u *universe) refused(sound wanted) []refusedRequest {
	block := func(label string) string { return "-----BEGIN " + label + "-----\nAAAA\n-----END " + label + "-----\n" }
	key := func(text string) validate.Secret { return validate.NewSecret(text) }
	leaf := leafOf(u.Certificate)
	at := func(seconds int64) validate.Options { return validate.Options{Now: time.Unix(seconds, 0)} }
	cases := []struct {
		change func(*wanted)
		opts   validate.Options
		of     errcodes.Condition // a condition that not every operation checks
	}{
		{change: func(r *wanted) { r.DomainName = "" }, of: errcodes.CondDomainNameMissing},
		{change: func(r *wanted) { r.DomainName = Domain1 + "," + Domain2 }, of: errcodes.CondDomainNameMissing},
		{change: func(r *wanted) { r.Status = "ON" }, of: errcodes.CondStatusUnsupported},
		{change: func(r *wanted) { r.CertType = "other" }, of: errcodes.CondCertTypeUnsupported},
		{change: func(r *wanted) { r.Overwrite = "true" }, of: errcodes.CondForceSetUnsupported},
		{change: func(r *wanted) { r.CertName = "\n" }},
		{change: func(r *wanted) { r.CertName = strings.Repeat("n", validate.MaxCertName+1) }},
		{change: func(r *wanted) { r.CertID = "1-" + cas.Region }, of: errcodes.CondCertIDMalformed},
		{change: func(r *wanted) { r.CertType, r.CertRegion = "cas", "other" }, of: errcodes.CondCertRegionUnsupported},
		{change: func(r *wanted) { r.CertType, r.CertName, r.Certificate = "cas", "", "" }, of: errcodes.CondCertificateUnidentified},
		{change: func(r *wanted) { r.Certificate = "" }},
		{change: func(r *wanted) { r.PrivateKey = validate.Secret{} }},
		{change: func(*wanted) {}, opts: validate.Options{CertificateLimit: 1}},
		{change: func(*wanted) {}, opts: validate.Options{PrivateKeyLimit: 1}},
		{change: func(r *wanted) { r.PrivateKey = key(" ") }},
		{change: func(r *wanted) { r.Certificate = "certificate" }},
		{change: func(r *wanted) { r.PrivateKey = key("key") }},
		{change: func(r *wanted) { r.Certificate = block("CERTIFICATE") }},
		{change: func(r *wanted) { r.Certificate = u.NotServer }},
		{change: func(r *wanted) { r.Certificate += u.OtherCertificate }, of: errcodes.CondSecondLeaf},
		{change: func(r *wanted) { r.PrivateKey = key(block("ENCRYPTED " + redact.Marker)) }},
		{change: func(r *wanted) { r.PrivateKey = u.UnsupportedKey }},
		{change: func(r *wanted) { r.PrivateKey = key(block(redact.Marker)) }},
		{change: func(r *wanted) { r.PrivateKey = u.OtherPrivateKey }},
		{change: func(*wanted) {}, opts: at(leaf.NotAfter + 1)},
		{change: func(*wanted) {}, opts: at(leaf.NotBefore - 1)},
	}
	requests := make([]refusedRequest, 0, len(cases))
	for _, c := range cases {
		if c.of != 0 && !u.knows(c.of) {
			continue
		}
		w := sound
		c.change(&w)
		requests = append(requests, refusedRequest{w, c.opts})
	}
	return requests
}
