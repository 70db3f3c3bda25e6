package cdn

import (
	"strings"
	"time"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/model/internal/secret"
	"github.com/alicert/alicert/validate"
)

// Material is what the requests of a universe are made of, since this package
// reads no files. Both certificates are for servers and of a validity that ends
// after 1970; no two keys are the same.
type Material struct {
	Certificate, OtherCertificate string          // PEM texts
	PrivateKey, OtherPrivateKey   validate.Secret // the keys of the two
	NotServer                     string          // a certificate that no TLS server may use
	UnsupportedKey                validate.Secret // a sound key of an algorithm that is not served
}

// Size names a universe.
type Size string

// The universes.
const (
	// Small has one domain, one uploaded certificate, one of the centre and
	// the domain's free one. It is finite and explored in seconds. Every row
	// of the operation's table is reached, by every condition that earns it.
	Small Size = "small"
	// Medium has two domains that may share certificates, and two uploads of
	// changing content. It is finite, too, but explore it within limits.
	Medium Size = "medium"
)

// The names in the universes.
const (
	Domain1       = "www.example.com"
	Domain2       = "shop.example.com"
	Upload1       = "A"
	Upload2       = "B"
	Centre1       = "C" // without a stored key
	Centre2       = "D" // uploaded to the centre, with its key
	unknownDomain = "none.example.com"
)

// Space returns a universe for exploring: an account that begins with one HTTPS
// domain, requests that were judged like any others, events and reads. Outcomes
// are named by their conditions.
func Space(size Size, m Material) model.Space[State, Input, model.Output] {
	start := NewScenario().HTTPSDomain(Domain1)
	inputs := append(m.requests(Domain1), events(Domain1)...)
	if size == Medium {
		start = start.HTTPSDomain(Domain2)
		inputs = append(append(inputs, m.more()...), events(Domain2)...)
	}
	inputs = append(append(inputs, m.refusals()...), reads()...)
	return model.Space[State, Input, model.Output]{
		Machine:    start.Machine(),
		Inputs:     inputs,
		Key:        Key,
		Same:       func(from, to State) bool { return from == to },
		Outcome:    model.Output.Outcome,
		Invariants: Invariants(),
	}
}

// Shorthand of this file.
type setRequest = validate.SetDomainServerCertificateRequest

func (m *Material) upload(domain, name string) *setRequest {
	return &setRequest{
		DomainName: domain, ServerCertificateStatus: "on", CertName: name,
		ServerCertificate: m.Certificate, PrivateKey: m.PrivateKey,
	}
}

func request(req *setRequest) Input { return Set("r", req, validate.Options{}) }

// requests are those that pass the checks of a request, and what happens to the
// certificates that they are about.
func (m *Material) requests(domain string) []Input {
	forced := m.upload(domain, Upload1)
	forced.ForceSet = "1"
	cas := func(key validate.Secret) Input {
		return request(&setRequest{DomainName: domain, ServerCertificateStatus: "on", CertType: "cas", CertName: Centre1, PrivateKey: key})
	}
	return []Input{
		request(m.upload(domain, Upload1)),
		request(forced),
		cas(validate.Secret{}),
		cas(m.OtherPrivateKey),
		cas(m.PrivateKey),
		request(&setRequest{DomainName: domain, ServerCertificateStatus: "on", CertType: "free"}),
		request(&setRequest{DomainName: domain, ServerCertificateStatus: "off"}),
		request(&setRequest{DomainName: unknownDomain}),
		{LockChanged{Upload1, true}},
		{LockChanged{Upload1, false}},
		{CertificateAdded{Certificate: centre.Certificate{
			Name: Centre1, ID: "1-" + centre.Region, PEM: m.OtherCertificate, Leaf: leafOf(m.OtherCertificate),
		}}},
		{CertificateRemoved{Centre1}},
		{CertificateStatusChanged{Centre1, centre.Revoked}},
		{CertificateStatusChanged{Centre1, centre.Issued}},
		{AccountSuspended{}},
		{AccountReinstated{}},
	}
}

// events are those of a domain.
func events(domain string) []Input {
	return []Input{
		{ConfigurationFinished{domain}},
		{DomainTakenOffline{domain}},
		{DomainBroughtOnline{domain}},
		{ProtectionChanged{domain, true}},
		{ProtectionChanged{domain, false}},
		{ScheduleChanged{domain, true}},
		{ScheduleChanged{domain, false}},
		{PermissionChanged{domain, false}},
		{PermissionChanged{domain, true}},
		{FreeCertificateIssued{domain}},
		{DomainRemoved{domain}},
		{DomainAdded{Name: domain}},
	}
}

// more are the inputs that the medium universe adds.
func (m *Material) more() []Input {
	other := *m
	other.Certificate, other.PrivateKey = m.OtherCertificate, m.OtherPrivateKey
	forced := other.upload(Domain2, Upload1)
	forced.ForceSet = "1"
	byContent := &setRequest{DomainName: Domain2, ServerCertificateStatus: "on", CertType: "cas", ServerCertificate: m.OtherCertificate}
	inputs := []Input{
		request(forced),
		request(other.upload(Domain1, Upload2)),
		request(byContent),
		Upload("r", Centre2, m.OtherCertificate, m.OtherPrivateKey, validate.Options{}),
		{FreeCertificateWithdrawn{Domain1}},
		{CertificateStatusChanged{Centre1, centre.Expired}},
		{LockChanged{Upload2, true}},
	}
	return append(inputs, m.requests(Domain2)[:7]...)
}

// refusals are requests that earn every condition of a request, in the order in
// which they are judged.
func (m *Material) refusals() []Input {
	block := func(label string) string { return "-----BEGIN " + label + "-----\nAAAA\n-----END " + label + "-----\n" }
	key := func(text string) validate.Secret { return validate.NewSecret(text) }
	leaf := leafOf(m.Certificate)
	at := func(seconds int64) validate.Options { return validate.Options{At: time.Unix(seconds, 0)} }
	cases := []struct {
		change func(*setRequest)
		opts   validate.Options
	}{
		{change: func(r *setRequest) { r.DomainName = "" }},
		{change: func(r *setRequest) { r.DomainName = Domain1 + "," + Domain2 }},
		{change: func(r *setRequest) { r.ServerCertificateStatus = "ON" }},
		{change: func(r *setRequest) { r.CertType = "other" }},
		{change: func(r *setRequest) { r.ForceSet = "true" }},
		{change: func(r *setRequest) { r.CertName = "\n" }},
		{change: func(r *setRequest) { r.CertName = strings.Repeat("n", validate.MaxCertName+1) }},
		{change: func(r *setRequest) { r.CertType, r.CertName, r.ServerCertificate = "cas", "", "" }},
		{change: func(r *setRequest) { r.ServerCertificate = "" }},
		{change: func(r *setRequest) { r.PrivateKey = validate.Secret{} }},
		{change: func(*setRequest) {}, opts: validate.Options{CertificateLimit: 1}},
		{change: func(*setRequest) {}, opts: validate.Options{PrivateKeyLimit: 1}},
		{change: func(r *setRequest) { r.PrivateKey = key(" ") }},
		{change: func(r *setRequest) { r.ServerCertificate = "certificate" }},
		{change: func(r *setRequest) { r.PrivateKey = key("key") }},
		{change: func(r *setRequest) { r.ServerCertificate = block("CERTIFICATE") }},
		{change: func(r *setRequest) { r.ServerCertificate = m.NotServer }},
		{change: func(r *setRequest) { r.PrivateKey = key(block("ENCRYPTED " + secret.Marker)) }},
		{change: func(r *setRequest) { r.PrivateKey = m.UnsupportedKey }},
		{change: func(r *setRequest) { r.PrivateKey = key(block(secret.Marker)) }},
		{change: func(r *setRequest) { r.PrivateKey = m.OtherPrivateKey }},
		{change: func(*setRequest) {}, opts: at(leaf.NotAfter + 1)},
		{change: func(*setRequest) {}, opts: at(leaf.NotBefore - 1)},
	}
	inputs := make([]Input, 0, len(cases))
	for _, c := range cases {
		req := m.upload(Domain1, Upload1)
		c.change(req)
		inputs = append(inputs, Set("r", req, c.opts))
	}
	return inputs
}

func reads() []Input {
	return []Input{
		{DescribeDomainCertificateInfo{"r", Domain1}},
		{DescribeCdnDomainDetail{"r", Domain1}},
		{DescribeUserDomains{RequestID: "r"}},
		{ListUserCertificateOrder{RequestID: "r"}},
		{GetUserCertificateDetail{"r", 1}},
		{GetCertificateDetail{"r", 1}},
	}
}
