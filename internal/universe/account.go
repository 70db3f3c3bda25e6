package universe

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/validate"
)

const (
	sharedName = "shared"
	sharedID   = "2-" + cas.Region
)

// Account returns a space to explore: a domain, a running listener that has a default
// certificate, and inputs that let both use and lose another certificate of the
// certificate center. It is finite: exploring it takes about a second.
func Account(version errcodes.Version) model.Space[account.State, account.Input, model.Output] {
	balanced := alb.Scenario{}.LoadBalancer("alb-1", alb.Standard).Listener(Listener, alb.HTTPS).Default(cas.IDOf(1)).State()
	initial := account.State{CAS: balanced.CAS, CDN: cdn.Scenario{}.HTTPSDomain(Domain1).State().Own, ALB: balanced.Own}
	var inputs []account.Input
	for _, action := range accountActions() {
		inputs = append(inputs, account.Input{Action: action})
	}
	return model.Space[account.State, account.Input, model.Output]{
		Machine:    account.Machine{Initial: initial, Version: version},
		Inputs:     inputs,
		Key:        account.State.Key,
		Same:       func(from, to account.State) bool { return from == to },
		Outcome:    outcomeOf(0),
		Invariants: account.Invariants(),
	}
}

// accountActions restore no removed listener, because the number of jobs would grow
// without limit.
func accountActions() []model.Action {
	set := func(status string) model.Action {
		return cdn.Set("r", &validate.CDNRequest{DomainName: Domain1, Status: status, CertType: "cas", CertName: sharedName}, validate.Options{}).Action
	}
	change := func(requestID string, op errcodes.Operation) model.Action {
		return alb.Change(requestID, &validate.ALBRequest{Op: op, ListenerID: Listener, CertificateIDs: []string{sharedID}}).Action
	}
	return []model.Action{
		set("on"),
		set("off"),
		cdn.ConfigurationFinished{Domain: Domain1},
		cdn.ProtectionChanged{Domain: Domain1, On: true},
		cdn.ProtectionChanged{Domain: Domain1},
		cdn.DomainRemoved{Name: Domain1},
		cdn.DomainAdded{Name: Domain1},
		cas.CertificateAdded{Certificate: cas.Certificate{Name: sharedName, ID: sharedID, KeyStored: true}},
		cas.CertificateStatusChanged{Name: sharedName, Status: cas.Revoked},
		cas.CertificateRemoved{Name: sharedName},
		cas.ListUserCertificateOrder{RequestID: "q"},
		change("a", errcodes.AssociateAdditionalCertificatesWithListener),
		change("d", errcodes.DissociateAdditionalCertificatesFromListener),
		alb.UpdateListenerAttribute{RequestID: "u", ListenerID: Listener, CertificateID: sharedID},
		alb.JobFinished{Job: "job-a"},
		alb.JobFailed{Job: "job-a"},
		alb.JobFinished{Job: "job-d"},
		alb.JobFailed{Job: "job-d"},
		alb.JobFinished{Job: "job-u"},
		alb.JobFailed{Job: "job-u"},
		alb.DefaultCertificateSet{Listener: Listener, Certificate: cas.IDOf(1)},
		alb.ListenerRemoved{ID: Listener},
		alb.ListListenerCertificates{RequestID: "q", ListenerID: Listener},
		clb.DescribeServerCertificates{RequestID: "q"},
	}
}
