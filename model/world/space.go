package world

import (
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/validate"
)

// The names in the space.
const (
	spaceDomain   = "www.example.com"
	spaceListener = "lsn-1"
	sharedName    = "shared"
	sharedID      = "2-" + centre.Region
)

// Space returns a space to explore: a domain, a running listener that has a
// default certificate, and inputs by which both come to use and to lose one more
// certificate, which either machine adds and removes. It is finite: exploring it
// takes about a second.
func Space(later bool) model.Space[State, Input, model.Output] {
	s := State{
		CDN: cdn.NewScenario().HTTPSDomain(spaceDomain).State(),
		ALB: alb.NewScenario().LoadBalancer("alb-1", alb.Standard).Listener(spaceListener, alb.HTTPS).Default(alb.CertificateID(1)).State(),
	}
	s.CDN.Centre = s.ALB.Centre
	var inputs []Input
	for _, in := range spaceCDN() {
		inputs = append(inputs, Input{CDN: in})
	}
	for _, in := range spaceALB() {
		inputs = append(inputs, Input{ALB: in})
	}
	return model.Space[State, Input, model.Output]{
		Machine:    Machine{Initial: s, Later: later},
		Inputs:     inputs,
		Key:        Key,
		Same:       func(from, to State) bool { return from == to },
		Outcome:    outcome,
		Invariants: Invariants(),
	}
}

// outcome names what decided: a condition under the name of the operation, for
// both machines have some of the same name, "Ignored" or "Success".
func outcome(o model.Output) string {
	if o.Error.Code == "" {
		return o.Outcome()
	}
	return o.Error.Operation.String() + ": " + o.Outcome()
}

func spaceCDN() []cdn.Input {
	set := func(status string) cdn.Input {
		return cdn.Set("r", &validate.CDNRequest{
			DomainName: spaceDomain, Status: status, CertType: "cas", CertName: sharedName,
		}, validate.Options{})
	}
	return []cdn.Input{
		set("on"),
		set("off"),
		{Action: cdn.ConfigurationFinished{Domain: spaceDomain}},
		{Action: cdn.ProtectionChanged{Domain: spaceDomain, On: true}},
		{Action: cdn.ProtectionChanged{Domain: spaceDomain}},
		{Action: cdn.DomainRemoved{Name: spaceDomain}},
		{Action: cdn.DomainAdded{Name: spaceDomain}},
		{Action: cdn.CertificateAdded{Certificate: shared()}},
		{Action: cdn.CertificateStatusChanged{Name: sharedName, Status: centre.Revoked}},
		{Action: cdn.CertificateRemoved{Name: sharedName}},
		{Action: cdn.ListUserCertificateOrder{RequestID: "q"}},
	}
}

func shared() centre.Certificate {
	return centre.Certificate{Name: sharedName, ID: sharedID, KeyStored: true}
}

// spaceALB adds no listener that was removed: there would be more and more jobs to
// remember.
func spaceALB() []alb.Input {
	req := &validate.ALBRequest{ListenerID: spaceListener, CertificateIDs: []string{sharedID}}
	inputs := []alb.Input{alb.Associate("a", req), alb.Dissociate("d", req)}
	for _, action := range []alb.Action{
		alb.UpdateListenerAttribute{RequestID: "u", ListenerID: spaceListener, CertificateID: sharedID},
		alb.JobFinished{Job: "job-a"},
		alb.JobFailed{Job: "job-a"},
		alb.JobFinished{Job: "job-d"},
		alb.JobFailed{Job: "job-d"},
		alb.JobFinished{Job: "job-u"},
		alb.JobFailed{Job: "job-u"},
		alb.DefaultCertificateSet{Listener: spaceListener, Certificate: alb.CertificateID(1)},
		alb.ListenerRemoved{ID: spaceListener},
		alb.CertificateAdded{Certificate: shared()},
		alb.CertificateRemoved{ID: sharedID},
		alb.ListListenerCertificates{RequestID: "q", ListenerID: spaceListener},
	} {
		inputs = append(inputs, alb.Input{Action: action})
	}
	return inputs
}
