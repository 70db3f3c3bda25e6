package cas

import (
	"slices"

	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/invariant"
)

// Invariants returns properties of every transition of a correct machine. They check
// any machine of these states and inputs, not only [Machine].
func Invariants() []model.Invariant[State, Input, model.Output] {
	of := invariant.Builder[State, Input]{}
	return []model.Invariant[State, Input, model.Output]{
		of.Idle("an error changes nothing", of.Refused, State.Changed),
		of.Idle("what is ignored changes nothing", of.Ignored, State.Changed),
		of.Idle("reads change nothing", of.Read, State.Changed),
		of.Change("indices agree with records", func(t model.Transition[State, Input, model.Output]) string {
			return t.To.IndicesAgree(t.From)
		}),
		of.State("no state holds a private key", State.NoPrivateKey),
	}
}

// Changed names the part of a state that differs in b, "" if none does.
func (s State) Changed(b State) string {
	switch {
	case !s.Certificates.Equal(b.Certificates):
		return "a certificate changed"
	case !s.IDs.Equal(b.IDs), !s.Leaves.Equal(b.Leaves):
		return "an index changed"
	case s.Numbered != b.Numbered:
		return "a number was given out"
	case s.Deployed != b.Deployed, !s.Deployments.Equal(b.Deployments):
		return "a deployment job changed"
	case s.Site != b.Site:
		return "the account's site changed"
	default:
		return ""
	}
}

// IndicesAgree names an index that does not agree with the certificates, "" if all
// do. It does not hash texts of the earlier state again.
func (s State) IndicesAgree(before State) string {
	ids, leaves := 0, 0
	for name, c := range s.Certificates.All() {
		if c.Name != name {
			return named(name) + " has another name in its record"
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
		if known, _ := before.Get(name); known.PEM == c.PEM && known.Content == c.Content {
			continue // it was hashed when it came
		}
		if ContentOf(c.PEM) != c.Content {
			return named(name) + " has another text than it says"
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

// NoPrivateKey names the place where a state holds a private key, "" if there is
// none.
func (s State) NoPrivateKey() string {
	for _, c := range s.Certificates.All() {
		texts := []string{c.Name, c.ID, string(c.Source), string(c.Status), c.PEM, c.Content, c.Leaf.SHA256, c.Leaf.Key, c.Leaf.Name, c.Leaf.Names, c.Leaf.Serial}
		if slices.ContainsFunc(texts, redact.Armored) {
			return "a certificate's record holds one"
		}
	}
	for _, d := range s.Deployments.All() {
		if slices.ContainsFunc([]string{d.Name, d.Certificates, d.Resources}, redact.Armored) {
			return "a deployment job holds one"
		}
	}
	return ""
}
