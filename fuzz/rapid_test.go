package fuzz_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/world"
)

// Conformance as a property of rapid, which draws the bytes and makes them fewer
// and smaller where one fails.
func TestConformAsProperty(t *testing.T) {
	m := fuzz.MachineOf(world.Machine{}, fuzz.Input.World)
	open := func() model.System[fuzz.Input, model.Output] { return model.NewSystem(m) }
	rapid.Check(t, func(t *rapid.T) {
		fuzz.ConformBytes(t, m, open, fuzz.World(), rapid.SliceOf(rapid.Byte()).Draw(t, "inputs"))
	})
}

// The machine itself as a property, input by input: what holds of every step.
func TestStepsAsProperty(t *testing.T) {
	m := fuzz.MachineOf(cdn.Machine{}, fuzz.Input.CDN)
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.SliceOf(rapid.Byte()).Draw(t, "inputs")
		var inputs []fuzz.Input
		for in := range fuzz.Inputs(m, fuzz.CDNInputs(), data) {
			inputs = append(inputs, in)
		}
		for i, step := range model.Run(m, inputs...) {
			if o := step.Output; o.OK() && o.Error.Condition != 0 || o.Ignored && o.Error.Code != "" {
				t.Fatalf("input %d is answered two things at once: %+v", i, o)
			}
		}
	})
}
