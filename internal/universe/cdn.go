// Package universe has an initial state for each machine and inputs that reach every
// outcome, for exploring.
package universe

import (
	"slices"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

// Fixtures are the certificates and keys of a universe's requests. Both certificates
// are for servers and valid after 1970; all keys differ.
type fixtures struct {
	Certificate, OtherCertificate string          // PEM texts
	PrivateKey, OtherPrivateKey   validate.Secret // the keys of the two
	NotServer                     string          // a certificate that no TLS server may use
	UnsupportedKey                validate.Secret // a sound key of an algorithm that is not served
}

func newFixtures() fixtures {
	key := func(name string) validate.Secret { return validate.NewSecret(testdata.Read(name)) }
	return fixtures{
		Certificate:      testdata.Read("p256/chain3.pem"),
		PrivateKey:       key("p256/key.pem"),
		OtherCertificate: testdata.Read("p384/leaf.pem"),
		OtherPrivateKey:  key("p384/key.pem"),
		NotServer:        testdata.Read("usage/client-only.pem"),
		UnsupportedKey:   key("unsupported/secp256k1-key.pem"),
	}
}

// Size names a universe.
type Size string

// The universes.
const (
	// Small has one domain, one uploaded certificate, one of the center and the
	// domain's free one. It is finite and explored in seconds. Every row of the
	// operation's table that a condition maps to is reached, by every such condition.
	// An operation that refuses a duplicated certificate has a second name for
	// uploads in place of the free certificate.
	Small Size = "small"
	// Medium has two domains that may share certificates, and two uploads of
	// changing content; every operation that sets certificates takes part. It leaves
	// out the switches that only refuse, which the small one has: each would double
	// the states. It is finite, too, and takes minutes.
	Medium Size = "medium"
)

// The names in the universes.
const (
	Domain1       = "www.example.com"
	Domain2       = "shop.example.com"
	Upload1       = "A"
	Upload2       = "B"
	Center1       = "C" // without a stored key
	Center2       = "D" // uploaded to the center, with its key
	unknownDomain = "none.example.com"
)

// CDN returns a universe for exploring one of [cdn.Operations]: an account that
// begins with one HTTPS domain, checked requests of the operation, events and reads.
// Outcomes have the names of their conditions.
func CDN(op errcodes.Operation, size Size) model.Space[cdn.State, cdn.Input, model.Output] {
	u := universe{op, newFixtures()}
	start := cdn.Scenario{}.HTTPSDomain(DomainOf(op, Domain1))
	inputs := append(u.requests(Domain1), events(DomainOf(op, Domain1))...)
	if size == Medium {
		start = start.HTTPSDomain(DomainOf(op, Domain2))
		for _, other := range []errcodes.Operation{errcodes.SetCdnDomainSSLCertificate, errcodes.SetDcdnDomainSSLCertificate} {
			if other.Product() != op.Product() {
				start = start.HTTPSDomain(DomainOf(other, Domain2))
			}
		}
		inputs = slices.DeleteFunc(append(append(inputs, u.more()...), events(DomainOf(op, Domain2))...), isSwitch)
	}
	inputs = append(append(inputs, u.refusals()...), u.reads()...)
	return model.Space[cdn.State, cdn.Input, model.Output]{
		Machine:    cdn.Machine{Initial: start.State()},
		Inputs:     inputs,
		Key:        cdn.State.Key,
		Same:       func(from, to cdn.State) bool { return from == to },
		Outcome:    model.Output.Outcome,
		Invariants: cdn.Invariants(),
	}
}

// DomainOf returns the id of the domain that requests of an operation with this name are
// about.
func DomainOf(op errcodes.Operation, name string) string {
	return cdn.DomainID(op.Product(), name)
}

// A universe makes the requests of one operation.
type universe struct {
	operation errcodes.Operation
	fixtures
}

func (u *universe) knows(cond errcodes.Condition) bool { return u.operation.Table().Has(cond) }

// wanted is a request without its operation.
type wanted = validate.CDNRequest

// request checks a request as one of the universe's operation.
func (u *universe) request(w wanted, opts validate.Options) cdn.Input {
	w.Op = u.operation
	if w.Status == "" && u.operation.Requires(errcodes.FieldStatus) {
		w.Status = "off"
	}
	return cdn.Set("r", &w, opts)
}

func (u *universe) sound(w wanted) cdn.Input { return u.request(w, validate.Options{}) }

func (m *fixtures) upload(domain, name string) (w wanted) {
	w.DomainName, w.Status, w.CertName = domain, "on", name
	w.Certificate, w.PrivateKey = m.Certificate, m.PrivateKey
	return w
}

func (m *fixtures) cas(domain, name, id string, key validate.Secret) (w wanted) {
	w.DomainName, w.Status, w.CertType = domain, "on", "cas"
	w.CertName, w.CertID, w.PrivateKey = name, id, key
	return w
}

// requests returns requests that pass validation, and the events of their
// certificates.
func (u *universe) requests(domain string) []cdn.Input {
	var off, elsewhere, free wanted
	off.DomainName, off.Status = domain, "off"
	elsewhere.DomainName = unknownDomain
	free.DomainName, free.Status, free.CertType = domain, "on", "free"
	forced := u.upload(domain, Upload1)
	forced.Overwrite = "1"

	inputs := []cdn.Input{u.sound(u.upload(domain, Upload1))}
	if u.knows(errcodes.CondForceSetUnsupported) {
		inputs = append(inputs, u.sound(forced))
	}
	if u.knows(errcodes.CondContentDuplicated) {
		inputs = append(
			inputs,
			u.sound(u.upload(domain, Upload2)),
			cdn.Input{Action: cdn.RepeatedContentChanged{Refuse: true}},
			cdn.Input{Action: cdn.RepeatedContentChanged{}},
		)
	}
	if u.knows(errcodes.CondCertIDMalformed) {
		inputs = append(inputs, u.sound(u.cas(domain, "", "1", validate.Secret{})))
	}
	if u.knows(errcodes.CondCertificateNotFound) {
		inputs = append(
			inputs,
			u.sound(u.cas(domain, Center1, "", validate.Secret{})),
			u.sound(u.cas(domain, Center1, "", u.OtherPrivateKey)),
			u.sound(u.cas(domain, Center1, "", u.PrivateKey)),
		)
	}
	if u.knows(errcodes.CondFreeCertificateUnavailable) {
		inputs = append(inputs, u.sound(free))
	}
	return append(
		inputs,
		u.sound(off),
		u.sound(elsewhere),
		cdn.Input{Action: cas.LockChanged{Name: Upload1, On: true}},
		cdn.Input{Action: cas.LockChanged{Name: Upload1}},
		cdn.Input{Action: cas.CertificateAdded{Certificate: cas.Certificate{
			Name: Center1, ID: "1-" + cas.Region, PEM: u.OtherCertificate, Leaf: leafOf(u.OtherCertificate),
		}}},
		cdn.Input{Action: cas.CertificateRemoved{Name: Center1}},
		cdn.Input{Action: cas.CertificateStatusChanged{Name: Center1, Status: cas.Revoked}},
		cdn.Input{Action: cas.CertificateStatusChanged{Name: Center1, Status: cas.Issued}},
		cdn.Input{Action: cdn.AccountSuspended{}},
		cdn.Input{Action: cdn.AccountReinstated{}},
	)
}

// events returns the events of a domain.
func events(domain string) []cdn.Input {
	return []cdn.Input{
		{Action: cdn.ConfigurationFinished{Domain: domain}},
		{Action: cdn.DomainTakenOffline{Domain: domain}},
		{Action: cdn.DomainBroughtOnline{Domain: domain}},
		{Action: cdn.ProtectionChanged{Domain: domain, On: true}},
		{Action: cdn.ProtectionChanged{Domain: domain}},
		{Action: cdn.ScheduleChanged{Domain: domain, On: true}},
		{Action: cdn.ScheduleChanged{Domain: domain}},
		{Action: cdn.PermissionChanged{Domain: domain}},
		{Action: cdn.PermissionChanged{Domain: domain, Allowed: true}},
		{Action: cdn.FreeCertificateIssued{Domain: domain}},
		{Action: cdn.DomainRemoved{Name: domain}},
		{Action: cdn.DomainAdded{Name: domain}},
	}
}

// isSwitch reports whether an input turns on or off that requests are refused, and
// changes nothing else.
func isSwitch(in cdn.Input) bool {
	switch in.Action.(type) {
	case cdn.AccountSuspended, cdn.AccountReinstated, cdn.RepeatedContentChanged,
		cdn.DomainTakenOffline, cdn.DomainBroughtOnline, cdn.ScheduleChanged, cdn.PermissionChanged:
		return true
	default:
		return false
	}
}

// more returns the inputs that the medium universe adds.
func (u *universe) more() []cdn.Input {
	other := *u
	other.Certificate, other.PrivateKey = u.OtherCertificate, u.OtherPrivateKey
	forced := other.upload(Domain2, Upload1)
	forced.Overwrite = "1"
	byContent := other.upload(Domain2, "")
	byContent.CertType, byContent.PrivateKey = "cas", validate.Secret{}
	inputs := []cdn.Input{
		u.sound(forced),
		u.sound(other.upload(Domain1, Upload2)),
		u.sound(byContent),
		{Action: cas.Upload("r", &validate.CASRequest{Name: Center2, Certificate: u.OtherCertificate, PrivateKey: u.OtherPrivateKey}, validate.Options{}).Action},
		{Action: cdn.FreeCertificateWithdrawn{Domain: DomainOf(u.operation, Domain1)}},
		{Action: cas.CertificateStatusChanged{Name: Center1, Status: cas.Expired}},
		{Action: cas.LockChanged{Name: Upload2, On: true}},
	}
	for _, operation := range cdn.Operations() {
		if operation == u.operation {
			continue
		}
		other.operation = operation
		inputs = append(inputs, other.sound(other.upload(Domain2, Upload2)))
		if other.knows(errcodes.CondCertificateNotFound) {
			inputs = append(inputs, other.sound(u.cas(Domain1, Center1, "1", u.OtherPrivateKey)), other.sound(u.cas(Domain2, Center1, "1", u.OtherPrivateKey)))
		}
	}
	return append(inputs, u.requests(Domain2)[:7]...)
}

// reads returns what a client of the operation's product reads.
func (u *universe) reads() []cdn.Input {
	product := u.operation.Product()
	inputs := []cdn.Input{
		{Action: cdn.DescribeCertificate{Product: product, RequestID: "r", DomainName: Domain1}},
		{Action: cdn.DescribeDomain{Product: product, RequestID: "r", DomainName: Domain1}},
		{Action: cdn.DescribeDomains{Product: product, RequestID: "r"}},
	}
	switch product {
	case "dcdn":
		inputs = append(inputs, cdn.Input{Action: cdn.DescribeDcdnTagResources{RequestID: "r", ResourceIDs: []string{Domain1}}})
	case "live":
		inputs = append(inputs, cdn.Input{Action: cdn.ListTagResources{Product: product, RequestID: "r", ResourceIDs: []string{Domain1}}})
	case "Cdn":
		inputs = []cdn.Input{
			{Action: cdn.DescribeDomainCertificateInfo{RequestID: "r", DomainName: Domain1}},
			{Action: cdn.DescribeCdnDomainDetail{RequestID: "r", DomainName: Domain1}},
			{Action: cdn.DescribeUserDomains{RequestID: "r"}},
			{Action: cdn.ListTagResources{RequestID: "r", ResourceIDs: []string{Domain1}}},
		}
	}
	return append(
		inputs,
		cdn.Input{Action: cas.ListUserCertificateOrder{RequestID: "r"}},
		cdn.Input{Action: cas.GetUserCertificateDetail{RequestID: "r", CertID: 1}},
		cdn.Input{Action: cas.GetCertificateDetail{RequestID: "r", CertID: 1}},
	)
}

// leafOf reads the first certificate of a text.
func leafOf(pem string) validate.Leaf {
	leaf, err := validate.ParseLeaf(pem)
	if err != nil {
		panic("universe: " + err.Error())
	}
	return leaf
}
