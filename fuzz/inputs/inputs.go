// Package inputs generates inputs for the machines of this library and has the
// options with which package fuzz runs them.
//
// [CDN], [ALB] and [Account] return the options of model/cdn, model/alb and
// model/account. All three machines share one type of input, so they are
// adapted:
//
//	machine := fuzz.MachineOf(cdn.Machine{}, inputs.Input.CDN)
//	fuzz.Conform(t, machine, open, inputs.CDN())
//
// Here open returns a new system that answers an [Input]. The action of an Input is a
// request as a client sends it ([Set], [Upload], [Change]),
// or an event or a read of model/account, model/cas, model/cdn or model/alb.
//
// Requests name their certificates and keys as a [Fixture] instead of holding them, so
// printed failures are short and contain no private key.
//
// [Documented] lists every documented code and condition of an operation, for
// [fuzz.Coverage.Require].
package inputs

import (
	"slices"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
)

// grammar is a generator of the given commands, without those of the given names.
func grammar(without []string, commands ...[]command) fuzz.Generator[Input, model.Output] {
	return fuzz.Grammar[*history, Input, model.Output]{
		Commands: slices.Concat(commands...),
		New: func() *history {
			return &history{Asked: map[string]Change{}, DomainsOf: map[string]*fuzz.Bundle[string]{}}
		},
		Learn: (*history).Learn,
	}.Without(without...)
}

// CDN returns the options of model/cdn:
//
//	m := fuzz.MachineOf(cdn.Machine{}, inputs.Input.CDN)
//	fuzz.Conform(t, m, open, inputs.CDN())
//
// The generator leaves out the commands of the given names, such as
// "SetDomainServerCertificate off".
func CDN(without ...string) fuzz.Options[cdn.State, Input, model.Output] {
	return fuzz.Options[cdn.State, Input, model.Output]{
		Generator:  grammar(without, cdnCommands()),
		Equal:      sameAnswer,
		IDs:        &serviceIDs,
		Key:        cdn.State.Key,
		Same:       sameCDN,
		Invariants: invariantsOf(cdn.Invariants(), Input.CDN, func(in cdn.Input) Input { return ofAccount(account.Input{Action: in.Action}) }),
		Outcome:    model.Output.Outcome,
		Touched:    cdnTouched,
		Footprint:  cdnFootprint,
		Idle:       idle,
		Program:    program("cdn.Machine{}", "inputs.Input.CDN", "inputs.CDN()", "github.com/alicert/alicert/model/cdn"),
	}
}

// ALB returns the options of model/alb:
//
//	m := fuzz.MachineOf(alb.Machine{}, inputs.Input.ALB)
//	fuzz.Conform(t, m, open, inputs.ALB())
//
// The generator leaves out the commands of the given names, such as "associate".
func ALB(without ...string) fuzz.Options[alb.State, Input, model.Output] {
	return fuzz.Options[alb.State, Input, model.Output]{
		Generator:  grammar(without, albCommands()),
		Equal:      sameAnswer,
		IDs:        &serviceIDs,
		Key:        alb.State.Key,
		Same:       sameALB,
		Invariants: invariantsOf(alb.Invariants(), Input.ALB, func(in alb.Input) Input { return ofAccount(account.Input{Action: in.Action}) }),
		Outcome:    model.Output.Outcome,
		Touched:    albTouched,
		Footprint:  albFootprint,
		Idle:       idle,
		Program:    program("alb.Machine{}", "inputs.Input.ALB", "inputs.ALB()", "github.com/alicert/alicert/model/alb"),
	}
}

// Account returns the options of model/account:
//
//	m := fuzz.MachineOf(account.Machine{}, inputs.Input.Account)
//	fuzz.Conform(t, m, open, inputs.Account())
//
// The generator leaves out the commands of the given names, as for [CDN] and [ALB].
func Account(without ...string) fuzz.Options[account.State, Input, model.Output] {
	return fuzz.Options[account.State, Input, model.Output]{
		Generator: grammar(without, cdnCommands(), albCommands(), accountCommands()),
		Equal:     sameAnswer,
		IDs:       &serviceIDs,
		Key:       account.State.Key,
		Same: func(a, b account.State) bool {
			return sameCDN(a.ForCDN(), b.ForCDN()) && sameALB(a.ForALB(), b.ForALB())
		},
		Invariants: invariantsOf(account.Invariants(), Input.Account, ofAccount),
		Outcome:    model.Output.Outcome,
		Touched:    accountTouched,
		Footprint:  accountFootprint,
		Idle:       idle,
		Program:    program("account.Machine{}", "inputs.Input.Account", "inputs.Account()", "github.com/alicert/alicert/model/account"),
	}
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

// program has the expressions for a machine with an empty initial state.
func program(machine, input, options, path string) fuzz.Program {
	return fuzz.Program{
		Machine: "fuzz.MachineOf(" + machine + ", " + input + ")",
		Options: options,
		Imports: []string{"github.com/alicert/alicert/fuzz/inputs", path},
	}
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

func sameCAS(a, b cas.State) bool {
	return a.Numbered == b.Numbered && a.Site == b.Site && a.Deployed == b.Deployed && a.Deployments.Equal(b.Deployments) && a.Certificates.Equal(b.Certificates)
}
