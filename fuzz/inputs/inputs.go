// Package inputs generates inputs for the machines of this library and has the
// options with which package fuzz runs them.
//
// [CDN], [ALB], [CLB], [ESA] and [Account] return the options of model/cdn, model/alb,
// model/clb, model/esa and model/account. All machines share one type of input, so they are
// adapted:
//
//	machine := fuzz.MachineOf(cdn.Machine{}, inputs.Input.CDN)
//	fuzz.Conform(t, machine, open, inputs.CDN())
//
// Here open returns a new system that answers an [Input]. The action of an Input is a
// request as a client sends it ([Set], [Upload], [SetSite], [Change]), or an event or a read
// of model/account, model/cas, model/cdn, model/alb, model/clb or model/esa.
//
// Requests name their certificates and keys as a [Fixture] instead of holding them, so
// printed failures are short and contain no private key.
//
// [Documented] lists every documented code and condition of an operation, for
// [fuzz.Coverage.Require].
package inputs

import (
	"iter"
	"slices"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
)

// grammar is a generator of the given commands, without those of the given names.
func grammar(without []string, commands ...[]command) fuzz.Generator[Input, model.Output] {
	return fuzz.Grammar[*history, Input, model.Output]{
		Commands: slices.Concat(commands...),
		New:      newHistory,
		Learn:    (*history).Learn,
		Initial:  (*history).Initial,
	}.Without(without...)
}

// CDN returns the options of model/cdn:
//
//	m := fuzz.MachineOf(cdn.Machine{}, inputs.Input.CDN)
//	fuzz.Conform(t, m, open, inputs.CDN())
//
// The generator leaves out the commands of the given names; [fuzz.Options.Only] keeps
// some alone. The commands are
//
//	upload, certificate deleted, deployments and site, repeated content,
//	account suspended, account reinstated, domain added, domain removed,
//	configuration finished, taken offline, brought online, protection, schedule,
//	permission, free certificate issued, free certificate withdrawn, certificate added,
//	certificate removed, certificate status, lock, SetDomainServerCertificate upload,
//	SetDomainServerCertificate off, SetDomainServerCertificate odd,
//	SetDomainServerCertificate stored, SetDomainServerCertificate free,
//	SetCdnDomainSSLCertificate upload, SetCdnDomainSSLCertificate off,
//	SetCdnDomainSSLCertificate odd, SetCdnDomainSSLCertificate stored,
//	SetDcdnDomainSSLCertificate upload, SetDcdnDomainSSLCertificate off,
//	SetDcdnDomainSSLCertificate odd, SetDcdnDomainSSLCertificate stored,
//	SetVodDomainCertificate upload, SetVodDomainCertificate off,
//	SetVodDomainCertificate odd, SetVodDomainSSLCertificate upload,
//	SetVodDomainSSLCertificate off, SetVodDomainSSLCertificate odd,
//	SetVodDomainSSLCertificate stored, SetLiveDomainCertificate upload,
//	SetLiveDomainCertificate off, SetLiveDomainCertificate odd,
//	SetLiveDomainCertificate stored, SetLiveDomainCertificate free, domain certificate,
//	domain detail, domains, tags, certificates, lists of the center, user certificate,
//	certificate detail, AddCdnDomain, DeleteCdnDomain, AddDcdnDomain, DeleteDcdnDomain,
//	AddVodDomain, DeleteVodDomain, AddLiveDomain, DeleteLiveDomain, DCDN domain detail,
//	DCDN domain certificate, DCDN domains, VOD domain detail, VOD domain certificate,
//	VOD domains, live domain detail, live domain certificate, live domains,
//	VOD origin servers, functions, function deleted, functions of a domain,
//	certificates of the CDN, certificate of the CDN, domains with HTTPS, service,
//	DCDN tags, live tags
func CDN(without ...string) fuzz.Options[cdn.State, Input, model.Output] {
	return options(
		"inputs.CDN()", grammar(without, cdnCommands()), cdn.State.Key, sameCDN, cdn.Invariants(),
		Input.CDN, func(in cdn.Input) Input { return ofAccount(account.Input{Action: in.Action}) }, cdnTouched, cdnFootprint,
	)
}

// ALB returns the options of model/alb:
//
//	m := fuzz.MachineOf(alb.Machine{}, inputs.Input.ALB)
//	fuzz.Conform(t, m, open, inputs.ALB())
//
// The generator leaves out the commands of the given names; [fuzz.Options.Only] keeps
// some alone. The commands are
//
//	associate, dissociate, again, default certificate by request, create listener,
//	delete listener, default certificate of NLB, default certificate of GA,
//	certificate of a domain, domains dissociated, job finished, job failed,
//	listener added, listener removed, listener started, listener stopped, listener provisioned,
//	load balancer added, load balancer permission, quota raised,
//	default certificate set, default certificate removed, certificate added by id,
//	certificate removed by id, token forgotten, listener certificates,
//	listener attribute, listeners, load balancer attribute, job status, load balancers,
//	regions of ALB, tags of listeners, jobs
func ALB(without ...string) fuzz.Options[alb.State, Input, model.Output] {
	return options(
		"inputs.ALB()", grammar(without, albCommands()), alb.State.Key, sameALB, alb.Invariants(),
		Input.ALB, func(in alb.Input) Input { return ofAccount(account.Input{Action: in.Action}) }, albTouched, albFootprint,
	)
}

// CLB returns the options of model/clb:
//
//	m := fuzz.MachineOf(clb.Machine{}, inputs.Input.CLB)
//	fuzz.Conform(t, m, open, inputs.CLB())
//
// The generator leaves out the commands of the given names; [fuzz.Options.Only] keeps
// some alone. The commands are
//
//	upload server certificate, server certificate deleted, server certificate named,
//	HTTPS certificate, extension created, extension changed, extension deleted,
//	balancer added, balancer changed, classic listener added, classic listener status,
//	classic listener removed, server certificate added, extension added,
//	server certificates, HTTPS listener, classic listeners, balancer attribute,
//	extensions, extension attribute, tags of certificates, certificate added,
//	certificate removed, certificate status, lock
func CLB(without ...string) fuzz.Options[clb.State, Input, model.Output] {
	return options(
		"inputs.CLB()", grammar(without, clbCommands(), centerCommands()), clb.State.Key, sameCLB, clb.Invariants(),
		Input.CLB, func(in clb.Input) Input { return ofAccount(account.Input{Action: in.Action}) }, clbTouched, clbFootprint,
	)
}

// ESA returns the options of model/esa:
//
//	m := fuzz.MachineOf(esa.Machine{}, inputs.Input.ESA)
//	fuzz.Conform(t, m, open, inputs.ESA())
//
// The generator leaves out the commands of the given names; [fuzz.Options.Only] keeps
// some alone. The commands are
//
//	certificate of a site uploaded, certificate of a site stored,
//	certificate of a site odd, certificate of a site deleted, plan added, plan status,
//	plan quota, site added, site status, site removed, certificate of a site added,
//	certificate of a site, certificates of a site, quotas of a plan, sites,
//	certificate added, certificate removed, certificate status, lock
func ESA(without ...string) fuzz.Options[esa.State, Input, model.Output] {
	return options(
		"inputs.ESA()", grammar(without, esaCommands(), centerCommands()), esa.State.Key, sameESA, esa.Invariants(),
		Input.ESA, func(in esa.Input) Input { return ofAccount(account.Input{Action: in.Action}) }, esaTouched, esaFootprint,
	)
}

// Account returns the options of model/account:
//
//	m := fuzz.MachineOf(account.Machine{}, inputs.Input.Account)
//	fuzz.Conform(t, m, open, inputs.Account())
//
// The generator leaves out the commands of the given names. Beyond those of [CDN], [ALB],
// [CLB] and [ESA], its commands are
//
//	endpoints, caller identity, regions, instances
func Account(without ...string) fuzz.Options[account.State, Input, model.Output] {
	return options(
		"inputs.Account()", grammar(without, cdnCommands(), albCommands(), clbCommands(), esaCommands(), accountCommands()), account.State.Key, sameAccount,
		account.Invariants(), Input.Account, ofAccount, accountTouched, accountFootprint,
	)
}

// options are those of a machine. Its inputs are of type I, to which input and wrap convert.
func options[S, I any](
	name string, g fuzz.Generator[Input, model.Output], key func(S) string, same func(a, b S) bool, invariants []model.Invariant[S, I, model.Output],
	input func(Input) I, wrap func(I) Input, touched func(model.Transition[S, Input, model.Output]) iter.Seq[fuzz.Point], footprint fuzz.Footprint[S, Input],
) fuzz.Options[S, Input, model.Output] {
	return fuzz.Options[S, Input, model.Output]{
		Generator:  g,
		Equal:      sameAnswer,
		IDs:        &serviceIDs,
		Key:        key,
		Same:       same,
		Invariants: invariantsOf(invariants, input, wrap),
		Outcome:    model.Output.Outcome,
		Touched:    touched,
		Unreached:  unreached,
		Footprint:  footprint,
		Idle:       idle,
	}.Named(name, "github.com/alicert/alicert/fuzz/inputs")
}

// ofAccount is the inverse of Input.Account.
func ofAccount(in account.Input) Input {
	if in.Action == nil {
		return Input{}
	}
	return Input{in.Action}
}

// invariantsOf converts invariants to another type of input. wrap is the inverse of
// input.
func invariantsOf[S, I, J, O any](invariants []model.Invariant[S, I, O], input func(J) I, wrap func(I) J) []model.Invariant[S, J, O] {
	adapted := make([]model.Invariant[S, J, O], len(invariants))
	for i, inv := range invariants {
		adapted[i] = model.Invariant[S, J, O]{Name: inv.Name, Holds: func(m model.Machine[S, J, O], t model.Transition[S, J, O]) string {
			return inv.Holds(fuzz.MachineOf(m, wrap), model.Transition[S, I, O]{From: t.From, Input: input(t.Input), Output: t.Output, To: t.To})
		}}
	}
	return adapted
}

// States are compared by the parts from which all others follow.

func sameCDN(a, b cdn.State) bool {
	return a.Suspended == b.Suspended && a.RefuseRepeatedContent == b.RefuseRepeatedContent && a.Domains.Equal(b.Domains) &&
		a.Configs.Equal(b.Configs) && a.ConfigsMade == b.ConfigsMade && sameCAS(a.CAS, b.CAS)
}

func sameALB(a, b alb.State) bool {
	return a.LoadBalancers.Equal(b.LoadBalancers) && a.Listeners.Equal(b.Listeners) && a.Associations.Equal(b.Associations) &&
		a.Tokens.Equal(b.Tokens) && a.Used.Equal(b.Used) && a.Jobs.Equal(b.Jobs) && a.Finished.Equal(b.Finished) && a.Ended == b.Ended && sameCAS(a.CAS, b.CAS)
}

func sameCLB(a, b clb.State) bool {
	return a.LoadBalancers.Equal(b.LoadBalancers) && a.Listeners.Equal(b.Listeners) && a.Certificates.Equal(b.Certificates) &&
		a.Extensions.Equal(b.Extensions) && sameCAS(a.CAS, b.CAS)
}

func sameESA(a, b esa.State) bool {
	return a.Plans.Equal(b.Plans) && a.Sites.Equal(b.Sites) && a.Certificates.Equal(b.Certificates) && sameCAS(a.CAS, b.CAS)
}

func sameAccount(a, b account.State) bool {
	return sameCDN(a.ForCDN(), b.ForCDN()) && sameALB(a.ForALB(), b.ForALB()) && sameCLB(a.ForCLB(), b.ForCLB()) && sameESA(a.ForESA(), b.ForESA())
}

func sameCAS(a, b cas.State) bool {
	return a.Numbered == b.Numbered && a.Site == b.Site && a.Deployed == b.Deployed && a.Deployments.Equal(b.Deployments) && a.Certificates.Equal(b.Certificates)
}
