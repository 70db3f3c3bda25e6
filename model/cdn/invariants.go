package cdn

import (
	"slices"
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/model/internal/invariant"
)

type transition = model.Transition[State, Input, model.Output]

// Invariants are what holds at every transition of a sound machine. They judge
// any machine of these states and inputs, not only [Machine].
func Invariants() []model.Invariant[State, Input, model.Output] {
	of := invariant.Of[State, Input]{}
	return []model.Invariant[State, Input, model.Output]{
		of.Idle("an error changes nothing, SetNotEffective aside", isOtherError, changed),
		of.Idle("what is ignored changes nothing", of.Ignored, changed),
		of.Idle("reads change nothing", isRead, changed),
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

func isRead(t transition) bool { return IsRead(t.Input.Action) }

// changed says which part of the state changed.
func changed(a, b State) string {
	switch {
	case a.Suspended != b.Suspended:
		return "the account changed"
	case !a.Domains.Equal(b.Domains):
		return "a domain changed"
	case !a.Centre.Certificates.Equal(b.Centre.Certificates):
		return "a certificate changed"
	case !a.Centre.IDs.Equal(b.Centre.IDs), !a.Centre.Leaves.Equal(b.Centre.Leaves):
		return "an index changed"
	case a.Centre.Numbered != b.Centre.Numbered:
		return "a number was given out"
	default:
		return ""
	}
}

func boundCertificatesExist(s State) string {
	users := map[string]int{}
	for name, d := range s.Domains.All() {
		switch {
		case d.Bound != "" && !s.Centre.Certificates.Has(d.Bound):
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
	for name, c := range s.Centre.Certificates.All() {
		if c.Domains != users[name] {
			return certificateNamed(name) + " counts " + strconv.Itoa(c.Domains) + " domains and has " + strconv.Itoa(users[name])
		}
	}
	return ""
}

func offUnbinds(t transition) string {
	in, isSet := SettingOf(t.Input.Action)
	if !isSet || in.On || in.Staging || !t.Output.OK() {
		return ""
	}
	if d, _ := t.To.Domains.Get(in.DomainName); d.HasBinding() || d.HTTPS || d.InEffect {
		return "domain " + in.DomainName + " is off, but not without a certificate"
	}
	was, _ := t.From.Domains.Get(in.DomainName)
	c, bound := t.From.Centre.Get(was.Bound)
	doomed := bound && c.Source == centre.Upload && c.Domains == 1
	if left := t.To.Centre.Certificates.Has(was.Bound); bound && left == doomed {
		return certificateNamed(was.Bound) + " should be kept if and only if it is the centre's or another domain uses it"
	}
	return ""
}

func forceSetTouchesOnlyItsName(t transition) string {
	in, isSet := SettingOf(t.Input.Action)
	if !isSet || !in.Overwrite || !in.On {
		return ""
	}
	for name, d := range t.From.Domains.All() {
		if now, _ := t.To.Domains.Get(name); now != d && name != in.DomainName {
			return "domain " + name + " changed"
		}
	}
	if t.From.Domains.Len() != t.To.Domains.Len() {
		return "the number of domains changed"
	}
	for name, c := range t.From.Centre.Certificates.All() {
		now, _ := t.To.Centre.Get(name)
		c.Domains, now.Domains = 0, 0 // the domain's old certificate loses a user
		if now != c && name != in.CertName {
			return certificateNamed(name) + " changed"
		}
	}
	return ""
}

func indicesAgree(t transition) string {
	s := t.To.Centre
	ids, leaves := 0, 0
	for name, c := range s.Certificates.All() {
		if c.Name != name {
			return certificateNamed(name) + " has another name in its record"
		}
		if c.ID != "" {
			ids++
			if of, _ := s.IDs.Get(c.ID); of != name {
				return "id " + c.ID + " does not lead to its certificate"
			}
		}
		if c.Leaf.SHA256 != "" {
			leaves++
			if !s.Leaves.Has(string(c.Source) + " " + c.Leaf.SHA256 + " " + name) {
				return "leaf " + c.Leaf.SHA256 + " does not lead to its certificate"
			}
		}
		if known, _ := t.From.Centre.Get(name); known.PEM == c.PEM && known.Content == c.Content {
			continue // it was hashed when it came
		}
		if centre.ContentOf(c.PEM) != c.Content {
			return certificateNamed(name) + " has another text than it says"
		}
	}
	switch {
	case ids != s.IDs.Len():
		return "an id leads nowhere"
	case leaves != s.Leaves.Len():
		return "a leaf leads nowhere"
	}
	return ""
}

func noPrivateKey(s State) string {
	for _, c := range s.Centre.Certificates.All() {
		texts := []string{c.Name, c.ID, string(c.Source), string(c.Status), c.PEM, c.Content, c.Leaf.SHA256, c.Leaf.Key, c.Leaf.Name, c.Leaf.Names, c.Leaf.Serial}
		if slices.ContainsFunc(texts, redact.Armored) {
			return "a certificate's record holds one"
		}
	}
	for name, d := range s.Domains.All() {
		if redact.Armored(name) || redact.Armored(d.Bound) || redact.Armored(string(d.Free)) {
			return "a domain's record holds one"
		}
	}
	return ""
}
