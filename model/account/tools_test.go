package account_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

const blog = "blog.example.com"

// setters are the operations that tools use today.
var setters = []errcodes.Operation{errcodes.SetCdnDomainSSLCertificate, errcodes.SetDcdnDomainSSLCertificate, errcodes.SetVodDomainSSLCertificate}

// set is a call of an operation that sets a certificate, with a RequestId of its own.
func set(req validate.CDNRequest, op errcodes.Operation, requestID string) account.Input {
	req.Op, req.Status = op, "on"
	return input(cdn.Set(requestID, &req, validate.Options{}).Action)
}

// pairs are a certificate with its key, and its renewal with another key.
func pairs() (first, renewed validate.CDNRequest) {
	key := func(name string) validate.Secret { return validate.NewSecret(testdata.Read(name)) }
	return validate.CDNRequest{Certificate: testdata.Read("p256/chain3.pem"), PrivateKey: key("p256/key.pem")},
		validate.CDNRequest{Certificate: testdata.Read("p384/leaf.pem"), PrivateKey: key("p384/key.pem")}
}

// accepted sends inputs, all of which must succeed, and returns the last state and output.
func accepted(t *testing.T, s account.State, inputs ...account.Input) (account.State, model.Output) {
	t.Helper()
	var last model.Output
	for i, step := range model.Run(account.Machine{Initial: s}, inputs...) {
		if s, last = step.To, step.Output; !last.OK() {
			t.Fatalf("input %d, %s: %s", i, step.Input.Name(), last.Outcome())
		}
	}
	return s, last
}

func twoDomains(t *testing.T) account.State {
	t.Helper()
	var s account.State
	for _, op := range setters {
		for _, name := range []string{www, blog} {
			s, _ = accepted(t, s, input(cdn.DomainAdded{Name: cdn.DomainID(op.Product(), name)}))
		}
	}
	return s
}

// rolledOut finishes the roll-outs of both domains of an operation's product.
func rolledOut(op errcodes.Operation) []account.Input {
	return []account.Input{
		input(cdn.ConfigurationFinished{Domain: cdn.DomainID(op.Product(), www)}), input(cdn.ConfigurationFinished{Domain: cdn.DomainID(op.Product(), blog)}),
	}
}

// TestUploadsWithoutName: a widely used hook uploads one pair for several domains without
// a name, once a domain, and later the renewed pair. It sends an unchanged pair again, too.
func TestUploadsWithoutName(t *testing.T) {
	first, renewed := pairs()
	for _, op := range setters {
		s := twoDomains(t)
		for round, pair := range []validate.CDNRequest{first, first, renewed} {
			for _, domain := range []string{www, blog} {
				pair.DomainName = domain
				s, _ = accepted(t, s, set(pair, op, fmt.Sprint(op, domain, round)))
			}
			s, _ = accepted(t, s, rolledOut(op)...)
		}
		for _, domain := range []string{www, blog} {
			d, _ := s.CDN.Domains.Get(cdn.DomainID(op.Product(), domain))
			if c, _ := s.CAS.Get(d.Bound); !d.HTTPS || !d.InEffect || c.PEM != renewed.Certificate {
				t.Errorf("%s: %s: %+v", op, domain, d)
			}
		}
		if n := s.CAS.Certificates.Len(); n != 6 || s.CAS.IDs.Len() != 6 {
			t.Errorf("%s: %d certificates, %d numbers; want one a call", op, n, s.CAS.IDs.Len())
		}
	}
}

// TestUploadsWithFreshNames: other tools upload to the center under a fresh name, and bind
// the certificate by number and region.
func TestUploadsWithFreshNames(t *testing.T) {
	first, renewed := pairs()
	for _, op := range setters {
		for _, region := range []string{cas.Region, cas.Overseas} {
			s := twoDomains(t)
			for round, pair := range []validate.CDNRequest{first, renewed, renewed} {
				name := fmt.Sprint("tool_", round)
				up := cas.Upload("u", &validate.CASRequest{Name: name, Certificate: pair.Certificate, PrivateKey: pair.PrivateKey}, validate.Options{}).Action.(cas.UploadUserCertificate)
				up.Region = region
				s, _ = accepted(t, s, input(up))
				c, _ := s.CAS.Get(name)
				for _, domain := range []string{www, blog} {
					s, _ = accepted(t, s, set(validate.CDNRequest{DomainName: domain, CertType: "cas", CertID: strconv.Itoa(c.Number()), CertRegion: region}, op, "s"))
				}
				s, _ = accepted(t, s, rolledOut(op)...)
				if d, _ := s.CDN.Domains.Get(cdn.DomainID(op.Product(), blog)); d.Bound != name || c.Region() != region {
					t.Errorf("%s: %+v is bound; want %s in %s", op, d, name, region)
				}
			}
		}
	}
}

// TestRegionDecides: a certificate of the other region's center is unknown without its
// region, which is the best known trap of accounts of the international site.
func TestRegionDecides(t *testing.T) {
	first, _ := pairs()
	s, _ := accepted(t, twoDomains(t), input(cas.SiteChanged{Site: errcodes.InternationalSite}))
	up := cas.Upload("u", &validate.CASRequest{Name: "abroad", Certificate: first.Certificate, PrivateKey: first.PrivateKey}, validate.Options{}).Action.(cas.UploadUserCertificate)
	up.Region = cas.Overseas
	s, _ = accepted(t, s, input(up))
	c, _ := s.CAS.Get("abroad")
	for _, op := range setters {
		for _, req := range []validate.CDNRequest{{CertID: strconv.Itoa(c.Number())}, {CertName: "abroad"}} {
			req.DomainName, req.CertType = www, "cas"
			_, out := account.Machine{}.Step(s, set(req, op, "s"))
			if e := out.Error; e.Condition != errcodes.CondCertificateNotFound || e.Code != errcodes.SSLPriMissingParameter || e.Status != 400 {
				t.Errorf("%s: %+v: %s", op, req, out.Outcome())
			}
			req.CertRegion = cas.Overseas
			accepted(t, s, set(req, op, "s"))
		}
	}
}

// TestUploadIsInTheCenter: a certificate that the CDN stored is listed by the center, and
// can be bound by number, associated, and deleted once nothing uses it.
func TestUploadIsInTheCenter(t *testing.T) {
	pair, _ := pairs()
	pair.DomainName = www
	s := twoDomains(t)
	s, _ = accepted(t, s, shop()[1:]...)
	s, _ = accepted(t, s, set(pair, setters[0], "r1"), input(cdn.ConfigurationFinished{Domain: www}))
	number := cas.UploadNumber("r1", "cert-r1")
	deletion := input(cas.DeleteUserCertificate{RequestID: "d", CertID: number})
	off := input(cdn.Set("off", &validate.CDNRequest{Op: setters[0], DomainName: www, Status: "off"}, validate.Options{}).Action)
	refused := func(s account.State) {
		t.Helper()
		if next, out := (account.Machine{}).Step(s, deletion); out.Error.Condition != errcodes.CondCertificateInUse || next != s {
			t.Errorf("deletion: %s", out.Outcome())
		}
	}
	refused(s)
	list := input(cas.ListUserCertificateOrder{RequestID: "l", OrderType: "UPLOAD"})
	if _, out := accepted(t, s, list); !slices.Contains(numbersOf(t, out), number) {
		t.Errorf("%v has no %d", numbersOf(t, out), number)
	}
	s, _ = accepted(
		t, s,
		set(validate.CDNRequest{DomainName: blog, CertType: "cas", CertID: strconv.Itoa(number)}, setters[1], "r2"),
		associateID("a1", cas.IDOf(number)), off,
	)
	if c, _ := s.CAS.ByNumber(number, ""); c.Domains != 1 || c.Listeners != 1 {
		t.Errorf("%+v", c)
	}
	refused(s)
	s, _ = accepted(t, s, input(cdn.DomainRemoved{Name: cdn.DomainID(setters[1].Product(), blog)}))
	refused(s) // the listener uses it
	s, _ = accepted(t, s, finish("a1"), dissociate("d1", cas.IDOf(number)), finish("d1"), deletion)
	if s.CAS.Certificates.Has("cert-r1") {
		t.Error("it is still there")
	}

	// To turn a domain off deletes its upload only if no listener uses it either.
	on := []account.Input{input(cdn.ConfigurationFinished{Domain: www}), set(pair, setters[0], "r3"), input(cdn.ConfigurationFinished{Domain: www})}
	s, _ = accepted(t, s, on...)
	alone, _ := accepted(t, s, off)
	shared, _ := accepted(t, s, associateID("a2", cas.IDOf(cas.UploadNumber("r3", "cert-r3"))), off)
	if alone.CAS.Certificates.Has("cert-r3") || !shared.CAS.Certificates.Has("cert-r3") {
		t.Errorf("left: %v without a listener, %v with one", alone.CAS.Certificates.Has("cert-r3"), shared.CAS.Certificates.Has("cert-r3"))
	}
}

// numbersOf returns the numbers in a list of the center.
func numbersOf(t *testing.T, out model.Output) (numbers []int) {
	t.Helper()
	var body struct {
		CertificateOrderList []struct {
			CertificateID int `json:"CertificateId"`
		}
	}
	data, err := json.Marshal(out.Body)
	if err == nil {
		err = json.Unmarshal(data, &body)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range body.CertificateOrderList {
		numbers = append(numbers, c.CertificateID)
	}
	return numbers
}

func associateID(requestID, id string) account.Input {
	return input(alb.Change(requestID, &validate.ALBRequest{ListenerID: "lsn-1", CertificateIDs: []string{id}}).Action)
}

// TestRenaming: a certificate keeps its number, its domains and listeners under a new name.
func TestRenaming(t *testing.T) {
	pair, _ := pairs()
	pair.DomainName, pair.CertName = www, "old"
	s, _ := accepted(t, twoDomains(t), shop()[1:]...)
	s, _ = accepted(t, s, set(pair, setters[0], "r1"), input(cdn.ConfigurationFinished{Domain: www}))
	number := cas.UploadNumber("r1", "old")
	s, _ = accepted(t, s, associateID("a1", cas.IDOf(number)))
	rename := func(to string) account.Input {
		return input(cas.CreateCertificateName{RequestID: "n", CertID: number, Name: to})
	}
	for to, cond := range map[string]errcodes.Condition{
		"": errcodes.CondCertNameMissing, "a\nb": errcodes.CondCertNameMalformed, "default": errcodes.CondCertNameDuplicated, strings.Repeat("n", 64): errcodes.CondCertNameTooLong,
	} {
		if next, out := (account.Machine{}).Step(s, rename(to)); out.Error.Condition != cond || next != s {
			t.Errorf("%q: %s", to, out.Outcome())
		}
	}
	next, _ := accepted(t, s, rename("old"), rename("new"))
	for _, inv := range account.Invariants() {
		last := model.Transition[account.State, account.Input, model.Output]{From: s, Input: rename("new"), Output: model.Output{RequestID: "n"}, To: next}
		if why := inv.Holds(account.Machine{}, last); why != "" {
			t.Errorf("%s: %s", inv.Name, why)
		}
	}
	d, _ := next.CDN.Domains.Get(www)
	c, _ := next.CAS.ByNumber(number, "")
	if d.Bound != "new" || c.Name != "new" || c.Domains != 1 || c.Listeners != 1 || next.CAS.Certificates.Has("old") {
		t.Errorf("%+v, %+v", d, c)
	}
	if _, out := (account.Machine{}).Step(s, input(cas.CreateCertificateName{RequestID: "n", CertID: 7, Name: "x"})); out.Error.Condition != errcodes.CondCertificateNotFound {
		t.Errorf("%s", out.Outcome())
	}
}

// TestOlderNames: tools deploy to live by the name of a certificate of the center, or with
// an upload under a fresh name, and to VOD with an upload without a name, by operations
// that have no number. Each product has a domain of its own, and the certificates are those
// of one center.
func TestOlderNames(t *testing.T) {
	first, renewed := pairs()
	var s account.State
	ids := []string{"vod " + www, "live " + www, "live " + blog, www}
	for _, id := range ids {
		s, _ = accepted(t, s, input(cdn.DomainAdded{Name: id}))
	}
	for round, pair := range []validate.CDNRequest{first, renewed, renewed} {
		name, id := fmt.Sprint("www.example.com-", round), fmt.Sprint("r", round)
		up := cas.Upload("u"+id, &validate.CASRequest{Name: name, Certificate: pair.Certificate, PrivateKey: pair.PrivateKey}, validate.Options{})
		byName := validate.CDNRequest{DomainName: www, CertType: "cas", CertName: name}
		unnamed, named := pair, pair
		unnamed.DomainName, named.DomainName, named.CertName, named.CertType = www, blog, "certimate-"+id, "upload"
		s, _ = accepted(t, s, input(up.Action),
			set(byName, errcodes.SetLiveDomainCertificate, "l"+id), set(named, errcodes.SetLiveDomainCertificate, "n"+id), set(unnamed, errcodes.SetVodDomainCertificate, "v"+id))
		for id, bound := range map[string]string{ids[0]: "cert-v" + id, ids[1]: name, ids[2]: "certimate-" + id} {
			d, _ := s.CDN.Domains.Get(id)
			if c, _ := s.CAS.Get(d.Bound); d.Bound != bound || !d.InEffect || c.PEM != pair.Certificate {
				t.Errorf("%s: %+v; want %s", id, d, bound)
			}
			s, _ = accepted(t, s, input(cdn.ConfigurationFinished{Domain: id}))
		}
	}
	if d, _ := s.CDN.Domains.Get(www); d.HTTPS {
		t.Errorf("the domain of the CDN: %+v", d)
	}
	taken := renewed
	taken.DomainName, taken.CertName = www, "certimate-r0"
	if _, out := (account.Machine{}).Step(s, set(taken, errcodes.SetLiveDomainCertificate, "t")); out.Error.Code != errcodes.CertificateDuplicated || out.Error.Message != "The certificate name is duplicated" {
		t.Errorf("%s", out.Outcome())
	}
	taken.Overwrite = "1"
	s, _ = accepted(t, s, set(taken, errcodes.SetLiveDomainCertificate, "t"))
	if c, _ := s.CAS.Get("certimate-r0"); c.PEM != renewed.Certificate {
		t.Error("ForceSet does not overwrite")
	}
	var free validate.CDNRequest
	free.DomainName, free.CertType = blog, "free"
	s, _ = accepted(t, s, input(cdn.FreeCertificateIssued{Domain: "live " + blog}), set(free, errcodes.SetLiveDomainCertificate, "f"))
	if d, _ := s.CDN.Domains.Get("live " + blog); !d.UsesFree {
		t.Errorf("%+v", d)
	}
}
