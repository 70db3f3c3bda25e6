package main

import (
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

func TestDescribe(t *testing.T) {
	digest := strings.Repeat("ab", 32)
	refused := validate.Summary{Verdict: errcodes.SetDomainServerCertificate.Table().Error(errcodes.CondDomainNameMissing)}
	for want, action := range map[string]any{
		"nothing":                             nil,
		"AccountSuspended":                    cdn.AccountSuspended{},
		"LockChanged name=A on=false":         cas.LockChanged{Name: "A"},
		`LockChanged name="a b" on=true`:      cas.LockChanged{Name: "a b", On: true},
		"DomainAdded name=a.com offline=true": cdn.DomainAdded{Name: "a.com", Domain: cdn.Domain{Offline: true}},
		"CertificateAdded name=C id=1-x certificate=abababab certificateKey=cdcdcdcd": cas.CertificateAdded{
			Certificate: cas.Certificate{Name: "C", ID: "1-x", Leaf: validate.Leaf{SHA256: digest, Key: "cdcdcdcdcd"}, PEM: "text"},
		},
		"SetDomainServerCertificate domainName=a.com status=on key=abababab": cdn.SetCertificate{
			Operation: errcodes.SetDomainServerCertificate,
			RequestID: "r", DomainName: "a.com", Status: "on", Check: validate.Summary{Key: digest}, Content: "c",
		},
		"SetDomainServerCertificate certificate=abababab key=own": cdn.SetCertificate{
			Operation: errcodes.SetDomainServerCertificate,
			RequestID: "r", Check: validate.Summary{Leaf: validate.Leaf{SHA256: digest, Key: "k"}, Key: "k"},
		},
		"SetDomainServerCertificate [DomainName: no domain name is given]": cdn.SetCertificate{Operation: errcodes.SetDomainServerCertificate, RequestID: "r", Check: refused},
		"AssociateAdditionalCertificatesWithListener requestId=a1 listenerId=lsn-1 certificateIds=1,2 dryRun=true": alb.ChangeCertificates{
			Operation: errcodes.AssociateAdditionalCertificatesWithListener,
			RequestID: "a1", ListenerID: "lsn-1", CertificateIDs: []string{"1", "2"}, DryRun: true,
		},
		"QuotaRaised loadBalancer=alb-1 quota=2":                    alb.QuotaRaised{LoadBalancer: "alb-1", Quota: 2},
		"LockChanged name=" + strings.Repeat("n", 60) + "… on=true": cas.LockChanged{Name: strings.Repeat("n", 99), On: true},
	} {
		if got := describe(action); got != want {
			t.Errorf("%q\nwant %q", got, want)
		}
	}
}

func TestBrief(t *testing.T) {
	set := cdn.SetCertificate{Operation: errcodes.SetDomainServerCertificate, DomainName: "a.com", Status: "on", CertName: "A", Check: validate.Summary{Leaf: validate.Leaf{SHA256: "ab", Key: "k"}, Key: "k"}}
	without := []string{"domainName=a.com", "certificate=", "key=own"}
	for want, action := range map[string]any{
		"Set status=on certName=A":                     set,
		"Set domainName=b.com":                         cdn.SetCertificate{Operation: errcodes.SetDomainServerCertificate, DomainName: "b.com"},
		"Associate listenerId=lsn-1":                   alb.ChangeCertificates{Operation: errcodes.AssociateAdditionalCertificatesWithListener, ListenerID: "lsn-1"},
		"LockChanged name=A on=false":                  cas.LockChanged{Name: "A"},
		"DissociateAdditionalCertificatesFromListener": alb.ChangeCertificates{Operation: errcodes.DissociateAdditionalCertificatesFromListener},
		"nothing": nil,
	} {
		if got := brief(action, without); got != want {
			t.Errorf("%q\nwant %q", got, want)
		}
	}
}

// Every input of the universes has a line of its own, without a PEM text.
func TestDescribeUniverses(t *testing.T) {
	var actions []any
	for _, in := range universe.CDN(errcodes.SetDomainServerCertificate, universe.Medium).Inputs {
		actions = append(actions, in.Action)
	}
	seen := describeAll(t, actions)
	if len(seen) < len(actions) {
		t.Errorf("%d lines for %d inputs of the CDN", len(seen), len(actions))
	}
	actions = nil
	for _, in := range universe.ALB(universe.Medium, 0).Inputs {
		actions = append(actions, in.Action)
	}
	if seen := describeAll(t, actions); len(seen) < len(actions) {
		t.Errorf("%d lines for %d inputs of the ALB", len(seen), len(actions))
	}
}

func describeAll(t *testing.T, actions []any) map[string]bool {
	t.Helper()
	seen := map[string]bool{}
	for _, action := range actions {
		line := describe(action)
		if seen[line] {
			t.Log("twice:", line)
		}
		seen[line] = true
		if strings.Contains(line, "-----") || strings.ContainsAny(line, "\n") {
			t.Errorf("not one readable line: %q", line)
		}
	}
	return seen
}
