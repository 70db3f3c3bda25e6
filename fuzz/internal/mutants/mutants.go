// Package mutants has systems with one classic mistake each: a machine with one changed
// step. Tests check that the harness finds each of them, and measure how fast.
package mutants

import (
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
)

// Step is a step of a machine that takes the inputs of package inputs.
type Step[S any] func(S, inputs.Input) (S, model.Output)

// Mutant is a machine with a mistake.
type Mutant[S any] struct {
	Name string
	Step Step[S]
}

// Open returns a system that makes the mistake, in the empty state.
func (m Mutant[S]) Open() model.System[inputs.Input, model.Output] {
	var nothing S
	return model.NewSystem(model.Func(nothing, m.Step))
}

func originalCDN(s cdn.State, in inputs.Input) (cdn.State, model.Output) {
	return cdn.Machine{}.Step(s, in.CDN())
}

func originalALB(s alb.State, in inputs.Input) (alb.State, model.Output) {
	return alb.Machine{}.Step(s, in.ALB())
}

func originalCLB(s clb.State, in inputs.Input) (clb.State, model.Output) {
	return clb.Machine{}.Step(s, in.CLB())
}

// CLB returns the mutants of the machine of the classic load balancer.
func CLB() []Mutant[clb.State] {
	return []Mutant[clb.State]{
		{"certificate of another region taken", otherRegionTaken},
		{"certificate of an extension deleted", usedDeleted},
	}
}

func originalESA(s esa.State, in inputs.Input) (esa.State, model.Output) {
	return esa.Machine{}.Step(s, in.ESA())
}

// CDN returns the mutants of the CDN machine.
func CDN() []Mutant[cdn.State] {
	return []Mutant[cdn.State]{
		{"bytes instead of characters", bytesInsteadOfCharacters},
		{"order of the leaf ignored", leafOrderIgnored},
		{"duplicates overwritten without ForceSet", duplicatesOverwritten},
		{"an error that changes the state", errorWithEffect},
		{"stale configuring", staleConfiguring},
		{"second message lost", secondMessageLost},
		{"region ignored", regionIgnored},
		{"repeated content refused", repeatedContentRefused},
	}
}

// ALB returns the mutants of the ALB machine.
func ALB() []Mutant[alb.State] {
	return []Mutant[alb.State]{
		{"quota off by one", quotaOffByOne},
		{"partial association", partialAssociation},
		{"token ignored", tokenIgnored},
		{"dry run that acts", dryRunActs},
		{"product ignored", productIgnored},
		{"accelerator without a lock", acceleratorNotLocked},
		{"update that adds", updateAdds},
	}
}

// ESA returns the mutants of the ESA machine.
func ESA() []Mutant[esa.State] {
	return []Mutant[esa.State]{
		{"replacement that adds", replacementAdds},
		{"coverage of the site ignored", coverageIgnored},
		{"quota of a site", quotaOfSite},
	}
}
