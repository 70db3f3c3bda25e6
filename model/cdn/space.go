package cdn

import (
	"cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/centre"
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
	// of the operation's table that a condition earns is reached, by every
	// such condition. An operation that takes no certificate twice has a
	// second name to upload it under in place of the free one.
	Small Size = "small"
	// Medium has two domains that may share certificates, and two uploads of
	// changing content; every operation takes part. It is finite, too, but
	// explore it within limits.
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

// Space returns a universe of SetDomainServerCertificate, as [SpaceOf] does.
func Space(size Size, m Material) model.Space[State, Input, model.Output] {
	return SpaceOf(errcodes.SetDomainServerCertificate, size, m)
}

// SpaceOf returns a universe for exploring one of [Operations]: an account that
// begins with one HTTPS domain, requests of the operation that were judged like any
// others, events and reads. Outcomes are named by their conditions.
func SpaceOf(operation errcodes.Operation, size Size, m Material) model.Space[State, Input, model.Output] {
	u := universe{operation, m}
	start := NewScenario().HTTPSDomain(Domain1)
	inputs := append(u.requests(Domain1), events(Domain1)...)
	if size == Medium {
		start = start.HTTPSDomain(Domain2)
		inputs = append(append(inputs, u.more()...), events(Domain2)...)
	}
	inputs = append(append(inputs, u.refusals()...), reads()...)
	return model.Space[State, Input, model.Output]{
		Machine:    start.Machine(),
		Inputs:     inputs,
		Key:        Key,
		Same:       func(from, to State) bool { return from == to },
		Outcome:    model.Output.Outcome,
		Invariants: Invariants(),
	}
}

// A universe is of one operation, or of one more.
type universe struct {
	operation errcodes.Operation
	Material
}

func (u *universe) knows(cond errcodes.Condition) bool { return u.operation.Table().Has(cond) }

// wanted is a request in the words of the original operation, and what its
// successors add to them.
type wanted struct {
	validate.CDNRequest
	id, region string
}

// request judges what is wanted as a request of the operation.
func (u *universe) request(w wanted, opts validate.Options) Input {
	successor := &validate.CDNRequest{
		DomainName: w.DomainName, Status: cmp.Or(w.Status, "off"), Certificate: w.Certificate, PrivateKey: w.PrivateKey,
		CertType: w.CertType, CertName: w.CertName, CertID: w.id, CertRegion: w.region,
	}
	switch u.operation {
	case errcodes.SetCdnDomainSSLCertificate:
		return SetCdnSSL("r", successor, opts)
	case errcodes.SetDcdnDomainSSLCertificate:
		return SetDcdnSSL("r", successor, opts)
	default:
		return Set("r", &w.CDNRequest, opts)
	}
}

func (u *universe) sound(w wanted) Input { return u.request(w, validate.Options{}) }

func (m *Material) upload(domain, name string) (w wanted) {
	w.DomainName, w.Status, w.CertName = domain, "on", name
	w.Certificate, w.PrivateKey = m.Certificate, m.PrivateKey
	return w
}

func (m *Material) cas(domain, name, id string, key validate.Secret) (w wanted) {
	w.DomainName, w.Status, w.CertType = domain, "on", "cas"
	w.CertName, w.id, w.PrivateKey = name, id, key
	return w
}

// requests are those that pass the checks of a request, and what happens to the
// certificates that they are about.
func (u *universe) requests(domain string) []Input {
	var off, elsewhere, free wanted
	off.DomainName, off.Status = domain, "off"
	elsewhere.DomainName = unknownDomain
	free.DomainName, free.Status, free.CertType = domain, "on", "free"
	forced := u.upload(domain, Upload1)
	forced.Overwrite = "1"

	inputs := []Input{u.sound(u.upload(domain, Upload1))}
	if u.knows(errcodes.CondForceSetUnsupported) {
		inputs = append(inputs, u.sound(forced))
	}
	if u.knows(errcodes.CondContentDuplicated) {
		inputs = append(inputs, u.sound(u.upload(domain, Upload2)))
	}
	if u.knows(errcodes.CondCertIDMalformed) {
		inputs = append(inputs, u.sound(u.cas(domain, "", "1", validate.Secret{})))
	}
	inputs = append(
		inputs,
		u.sound(u.cas(domain, Centre1, "", validate.Secret{})),
		u.sound(u.cas(domain, Centre1, "", u.OtherPrivateKey)),
		u.sound(u.cas(domain, Centre1, "", u.PrivateKey)),
	)
	if u.knows(errcodes.CondFreeCertificateUnavailable) {
		inputs = append(inputs, u.sound(free))
	}
	return append(
		inputs,
		u.sound(off),
		u.sound(elsewhere),
		Input{LockChanged{Upload1, true}},
		Input{LockChanged{Upload1, false}},
		Input{CertificateAdded{Certificate: centre.Certificate{
			Name: Centre1, ID: "1-" + centre.Region, PEM: u.OtherCertificate, Leaf: leafOf(u.OtherCertificate),
		}}},
		Input{CertificateRemoved{Centre1}},
		Input{CertificateStatusChanged{Centre1, centre.Revoked}},
		Input{CertificateStatusChanged{Centre1, centre.Issued}},
		Input{AccountSuspended{}},
		Input{AccountReinstated{}},
	)
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
func (u *universe) more() []Input {
	other := *u
	other.Certificate, other.PrivateKey = u.OtherCertificate, u.OtherPrivateKey
	forced := other.upload(Domain2, Upload1)
	forced.Overwrite = "1"
	byContent := other.upload(Domain2, "")
	byContent.CertType, byContent.PrivateKey = "cas", validate.Secret{}
	inputs := []Input{
		u.sound(forced),
		u.sound(other.upload(Domain1, Upload2)),
		u.sound(byContent),
		Upload("r", Centre2, u.OtherCertificate, u.OtherPrivateKey, validate.Options{}),
		{FreeCertificateWithdrawn{Domain1}},
		{CertificateStatusChanged{Centre1, centre.Expired}},
		{LockChanged{Upload2, true}},
	}
	for _, operation := range Operations() {
		if operation != u.operation {
			other.operation = operation
			inputs = append(inputs, other.sound(other.upload(Domain2, Upload2)), other.sound(u.cas(Domain2, Centre1, "1", u.OtherPrivateKey)))
		}
	}
	return append(inputs, u.requests(Domain2)[:7]...)
}

func reads() []Input {
	return []Input{
		{DescribeDomainCertificateInfo{"r", Domain1}},
		{DescribeCdnDomainDetail{"r", Domain1}},
		{DescribeUserDomains{RequestID: "r"}},
		{ListTagResources{"r", []string{Domain1}}},
		{ListUserCertificateOrder{RequestID: "r"}},
		{GetUserCertificateDetail{"r", 1}},
		{GetCertificateDetail{"r", 1}},
	}
}
