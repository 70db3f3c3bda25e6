package account_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
)

// The space is explored to its end in seconds, by inputs of both machines that
// succeed and that are refused, and no invariant breaks on the way.
func TestSpace(t *testing.T) {
	for _, version := range []errcodes.Version{errcodes.Original, errcodes.Current} {
		began := time.Now()
		e := universe.Account(version).Explore(model.Limits{})
		t.Logf("version %v: %d states, %d transitions, %d outcomes in %v", version, e.Len(), e.Transitions, len(e.Outcomes), time.Since(began))
		if !e.Complete || len(e.DeadEnds) > 0 {
			t.Errorf("version %v: complete %t, %d dead ends", version, e.Complete, len(e.DeadEnds))
		}
		for _, b := range e.Broken {
			t.Errorf("version %v: %s: %s after %+v", version, b.Name, b.Why, b.Path)
		}
		var outcomes []string
		for _, o := range e.Outcomes {
			outcomes = append(outcomes, o.Name)
		}
		slices.Sort(outcomes)
		if diff := cmp.Diff(spaceOutcomes(), outcomes); diff != "" {
			t.Errorf("version %v: outcomes (-want +got)\n%s", version, diff)
		}
		// The certificate is used by either alone, by both at once, and by nobody.
		users := map[[2]int]bool{}
		for s := range e.States() {
			if c, found := s.CAS.Get("shared"); found {
				users[[2]int{min(c.Domains, 1), min(c.Listeners, 1)}] = true
			}
		}
		if len(users) != 4 {
			t.Errorf("version %v: the certificate is used by domains and listeners as %v only", version, users)
		}
	}
}

// spaceOutcomes are conditions of both machines. A name that both have is told
// apart.
func spaceOutcomes() []string {
	outcomes := []string{"Ignored", "Success"}
	for operation, conditions := range map[string][]string{
		"SetDomainServerCertificate":                   {"CertificateNotFound", "CertificateStatusBad", "DomainConfiguring", "DomainNotFound", "SetNotEffective"},
		"AssociateAdditionalCertificatesWithListener":  {"CertificateIsDefault", "CertificateNotFound", "ListenerConfiguring", "ListenerNotFound"},
		"DissociateAdditionalCertificatesFromListener": {"CertificateIsDefault", "CertificateNotAssociated", "ListenerConfiguring", "ListenerNotFound"},
		"UpdateListenerAttribute":                      {"CertificateNotFound", "ListenerConfiguring", "ListenerNotFound"},
		"ListListenerCertificates":                     {"ListenerNotFound"},
	} {
		for _, condition := range conditions {
			outcomes = append(outcomes, operation+": "+condition)
		}
	}
	slices.Sort(outcomes)
	return outcomes
}

// Two states have the same key if and only if they are equal.
func TestKeysTellStatesApart(t *testing.T) {
	e := universe.Account(0).Explore(model.Limits{States: 100})
	texts := map[string]string{}
	seen := map[string]bool{}
	for tr := range e.AllTransitions() {
		data, err := json.Marshal(tr.To)
		if err != nil {
			t.Fatal(err)
		}
		key, text := tr.To.Key(), string(data)
		if other, found := texts[key]; found && other != text {
			t.Fatalf("one key, two states:\n%s\n%s", other, text)
		}
		texts[key] = text
		seen[text] = true
	}
	if len(texts) != len(seen) || len(seen) < 100 {
		t.Errorf("%d keys of %d states", len(texts), len(seen))
	}
}
