// Package wrong has systems that make a classic mistake each: the right machine
// with one step that is not. They are there to be found, so that it is known what
// the harness finds and how fast.
package wrong

import (
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
)

// A Step is a step of a machine that gets the inputs of package fuzz.
type Step[S any] func(S, fuzz.Input) (S, model.Output)

// Mistake is a machine with a mistake.
type Mistake[S any] struct {
	Name string
	Step Step[S]
}

// Open returns a system that makes the mistake, and begins with nothing.
func (m Mistake[S]) Open() model.System[fuzz.Input, model.Output] {
	var nothing S
	return model.NewSystem(model.Func(nothing, m.Step))
}

func rightCDN(s cdn.State, in fuzz.Input) (cdn.State, model.Output) {
	return cdn.Machine{}.Step(s, in.CDN())
}

func rightALB(s alb.State, in fuzz.Input) (alb.State, model.Output) {
	return alb.Machine{}.Step(s, in.ALB())
}

// CDN returns the mistakes that a CDN can make.
func CDN() []Mistake[cdn.State] {
	return []Mistake[cdn.State]{
		{"bytes instead of characters", bytesInsteadOfCharacters},
		{"order of the leaf ignored", leafOrderIgnored},
		{"duplicates overwritten without ForceSet", duplicatesOverwritten},
		{"an error that changes the state", errorWithEffect},
		{"stale configuring", staleConfiguring},
		{"second message lost", secondMessageLost},
	}
}

// ALB returns the mistakes that load balancers can make.
func ALB() []Mistake[alb.State] {
	return []Mistake[alb.State]{
		{"quota off by one", quotaOffByOne},
		{"partial association", partialAssociation},
		{"token ignored", tokenIgnored},
		{"dry run that acts", dryRunActs},
	}
}
