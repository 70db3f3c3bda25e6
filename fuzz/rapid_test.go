package fuzz_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/cdn"
)

// Conformance as a property of rapid, which draws the bytes and makes them fewer
// and smaller where one fails.
func TestConformAsProperty(t *testing.T) {
	m := fuzz.MachineOf(account.Machine{}, inputs.Input.Account)
	open := func() model.System[inputs.Input, model.Output] { return model.NewSystem(m) }
	rapid.Check(t, func(t *rapid.T) {
		fuzz.ConformBytes(t, m, open, inputs.Account(), rapid.SliceOf(rapid.Byte()).Draw(t, "inputs"))
	})
}

// A property of every step: an answer is one of success, refusal and ignored.
func TestStepsAsProperty(t *testing.T) {
	m := fuzz.MachineOf(cdn.Machine{}, inputs.Input.CDN)
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.SliceOf(rapid.Byte()).Draw(t, "inputs")
		var sequence []inputs.Input
		for in := range fuzz.Inputs(m, inputs.CDN().Generator, data) {
			sequence = append(sequence, in)
		}
		for i, step := range model.Run(m, sequence...) {
			if o := step.Output; o.OK() && o.Error.Condition != 0 || o.Ignored && o.Error.Code != "" {
				t.Fatalf("input %d is answered two things at once: %+v", i, o)
			} else if strings.Contains(o.Error.Message, "MISSING") {
				t.Fatalf("input %d is answered without an argument: %+v", i, o)
			}
		}
	})
}
