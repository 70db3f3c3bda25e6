package cdn

import (
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/invariant"
)

type transition = model.Transition[State, Input, model.Output]

// Invariants returns properties of every transition of a correct machine. They check
// any machine of these states and inputs, not only [Machine].
func Invariants() []model.Invariant[State, Input, model.Output] {
	of := invariant.Builder[State, Input]{}
	return []model.Invariant[State, Input, model.Output]{
		of.Idle("an error changes nothing, SetNotEffective aside", isOtherError, changed),
		of.Idle("what is ignored changes nothing", of.Ignored, changed),
		of.Idle("reads change nothing", of.Read, changed),
		of.State("a bound certificate exists, and its users are counted", boundCertificatesExist),
		of.Transition("off removes the binding", offUnbinds),
		of.Transition("ForceSet touches only its name and the domains bound to it", forceSetTouchesOnlyItsName),
		of.Change("indices agree with records", indicesAgree),
		of.State("no state holds a private key", noPrivateKey),
	}
}

func isOtherError(t transition) bool {
	return t.Output.Error.Code != "" && t.Output.Error.Condition != errcodes.CondSetNotEffective
}

// changed names the part of the state that changed.
func changed(a, b State) string {
	switch {
	case a.Suspended != b.Suspended, a.RefuseRepeatedContent != b.RefuseRepeatedContent:
		return "the account changed"
	case !a.Domains.Equal(b.Domains):
		return "a domain changed"
	case !a.Configs.Equal(b.Configs) || a.ConfigsMade != b.ConfigsMade:
		return "a function of a domain changed"
	default:
		return a.CAS.Changed(b.CAS)
	}
}

func boundCertificatesExist(s State) string {
	users := map[string]int{}
	for name, d := range s.Domains.All() {
		switch {
		case d.Bound != "" && !s.CAS.Certificates.Has(d.Bound):
			return "domain " + name + " is bound to a certificate that does not exist"
		case d.Bound != "" && d.UsesFree:
			return "domain " + name + " has two certificates"
		case d.InEffect && !d.HasBinding():
			return "domain " + name + " has a certificate in effect, but none"
		case d.HTTPS && !d.HasBinding():
			return "domain " + name + " has HTTPS on, but no certificate"
		case d.Bound != "":
			users[d.Bound]++
		}
	}
	for name, c := range s.CAS.Certificates.All() {
		if c.Domains != users[name] {
			return certificateNamed(name) + " counts " + strconv.Itoa(c.Domains) + " domains and has " + strconv.Itoa(users[name])
		}
	}
	return ""
}

func offUnbinds(t transition) string {
	in, isSet := t.Input.Action.(SetCertificate)
	if !isSet || in.On() || in.Staging || !t.Output.OK() {
		return ""
	}
	if d, _ := t.To.Domains.Get(in.domainID()); d.HasBinding() || d.HTTPS || d.InEffect {
		return "domain " + in.domainID() + " is off, but not without a certificate"
	}
	was, _ := t.From.Domains.Get(in.domainID())
	c, bound := t.From.CAS.Get(was.Bound)
	doomed := bound && c.Source == cas.FromCDN && c.Domains == 1 && c.Listeners == 0
	if left := t.To.CAS.Certificates.Has(was.Bound); bound && left == doomed {
		return certificateNamed(was.Bound) + " should be kept if and only if it is the center's or another domain or a listener uses it"
	}
	return ""
}

func forceSetTouchesOnlyItsName(t transition) string {
	in, isSet := t.Input.Action.(SetCertificate)
	if !isSet || !in.Overwrite || !in.On() {
		return ""
	}
	for name, d := range t.From.Domains.All() {
		if now, _ := t.To.Domains.Get(name); now != d && name != in.domainID() {
			return "domain " + name + " changed"
		}
	}
	if t.From.Domains.Len() != t.To.Domains.Len() {
		return "the number of domains changed"
	}
	for name, c := range t.From.CAS.Certificates.All() {
		now, _ := t.To.CAS.Get(name)
		c.Domains, now.Domains = 0, 0 // the domain's old certificate loses a user
		if now != c && name != in.CertName {
			return certificateNamed(name) + " changed"
		}
	}
	return ""
}

func indicesAgree(t transition) string { return t.To.CAS.IndicesAgree(t.From.CAS) }

func noPrivateKey(s State) string {
	if where := s.CAS.NoPrivateKey(); where != "" {
		return where
	}
	for name, d := range s.Domains.All() {
		if redact.Armored(name) || redact.Armored(d.Bound) || redact.Armored(string(d.Free)) {
			return "a domain's record holds one"
		}
	}
	return ""
}
