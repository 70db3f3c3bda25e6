package cdn_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

type (
	request = validate.CDNRequest
	set     = cdn.SetCertificate
)

const www, shop = "www.example.com", "shop.example.com"

// pair is a certificate and its key.
type pair struct {
	pem string
	key validate.Secret
}

func pairOf(certificate, key string) pair {
	return pair{testdata.Read(certificate), validate.NewSecret(testdata.Read(key))}
}

func pairA() pair { return pairOf("p256/chain3.pem", "p256/key.pem") }
func pairB() pair { return pairOf("p384/leaf.pem", "p384/key.pem") }

// upload is a request for a domain that uploads a pair under a name.
func (p pair) upload(domain, name string) *request {
	return &request{DomainName: domain, Status: "on", Certificate: p.pem, PrivateKey: p.key, CertName: name}
}

// forced is upload for www with ForceSet.
func (p pair) forced(name string) *request {
	req := p.upload(www, name)
	req.Overwrite = "1"
	return req
}

func byName(domain, name string) *request {
	return &request{DomainName: domain, Status: "on", CertType: "cas", CertName: name}
}

func free() *request {
	return &request{DomainName: www, Status: "on", CertType: "free"}
}

func off(domain string) *request {
	return &request{DomainName: domain, Status: "off"}
}

// in is a request as an input with the RequestId "r".
func in(req *request) cdn.Input { return cdn.Set("r", req, validate.Options{}) }

func upload(requestID, name, certificate string, key validate.Secret, opts validate.Options) cdn.Input {
	return event(cas.Upload(requestID, &validate.CASRequest{Name: name, Certificate: certificate, PrivateKey: key}, opts).Action)
}

func event(action model.Action) cdn.Input { return cdn.Input{Action: action} }

func step(s cdn.State, in cdn.Input) (cdn.State, model.Output) { return cdn.Machine{}.Step(s, in) }

// must sends inputs that have to succeed, and returns the last state and output.
func must(t testing.TB, s cdn.State, inputs ...cdn.Input) (cdn.State, model.Output) {
	t.Helper()
	var output model.Output
	for i, in := range inputs {
		next, o := step(s, in)
		if !o.OK() {
			t.Fatalf("input %d, %T: %v, want a success", i, in.Action, o.Outcome())
		}
		check(t, model.Transition[cdn.State, cdn.Input, model.Output]{From: s, Input: in, Output: o, To: next})
		s, output = next, o
	}
	return s, output
}

// check holds a transition against every invariant.
func check(t testing.TB, step model.Transition[cdn.State, cdn.Input, model.Output]) {
	t.Helper()
	for _, inv := range cdn.Invariants() {
		if why := inv.Holds(cdn.Machine{}, step); why != "" {
			t.Errorf("%T: %s: %s", step.Input.Action, inv.Name, why)
		}
	}
}

// refused sends one input that has to earn a condition and to change nothing.
func refused(t testing.TB, s cdn.State, in cdn.Input, want errcodes.Condition) model.Output {
	t.Helper()
	next, output := step(s, in)
	if output.Error.Condition != want || output.OK() {
		t.Errorf("%T: %v, want %v", in.Action, output.Outcome(), want)
	}
	unchanged(t, s, next)
	return output
}

// ignored sends one event that must not apply.
func ignored(t testing.TB, s cdn.State, action model.Action) {
	t.Helper()
	next, output := step(s, event(action))
	if want := (model.Output{Ignored: true}); !output.Equal(want) {
		t.Errorf("%T%+v: %v, want Ignored", action, action, output.Outcome())
	}
	unchanged(t, s, next)
}

func unchanged(t testing.TB, before, after cdn.State) {
	t.Helper()
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the state changed (-before +after):\n%s", diff)
	}
	if before.Key() != after.Key() {
		t.Error("the state's key changed")
	}
}

func domain(t testing.TB, s cdn.State, name string) cdn.Domain {
	t.Helper()
	d, found := s.Domains.Get(name)
	if !found {
		t.Fatalf("no domain %s", name)
	}
	return d
}

func certificate(t testing.TB, s cdn.State, name string) cas.Certificate {
	t.Helper()
	c, found := s.CAS.Get(name)
	if !found {
		t.Fatalf("no certificate %q", name)
	}
	return c
}

func gone(t testing.TB, s cdn.State, name string) {
	t.Helper()
	if s.CAS.Certificates.Has(name) {
		t.Errorf("certificate %q is still there", name)
	}
}

func isClass(t testing.TB, s cdn.State, domain, want string) {
	t.Helper()
	if got := s.Class(domain); got != want {
		t.Errorf("%s is %q, want %q", domain, got, want)
	}
}
