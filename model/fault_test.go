package model_test

import (
	"slices"
	"testing"

	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
)

func TestFaults(t *testing.T) {
	tests := []struct {
		fault model.Fault
		want  model.FaultyOutput[int]
		state int // after an input of 5
	}{
		{"", model.FaultyOutput[int]{Output: 5}, 5},
		{model.Throttled, model.FaultyOutput[int]{Fault: model.Throttled}, 0},
		{model.Unavailable, model.FaultyOutput[int]{Fault: model.Unavailable}, 0},
		{model.LostRequest, model.FaultyOutput[int]{Fault: model.LostAnswer}, 0},
		{model.LostAnswer, model.FaultyOutput[int]{Fault: model.LostAnswer}, 5},
		{"a fault that nobody has heard of", model.FaultyOutput[int]{Output: 5}, 5},
	}
	m := model.WithFaults(counter())
	if m.Init() != 0 {
		t.Errorf("it begins at %d", m.Init())
	}
	for _, test := range tests {
		attempt := model.FaultyInput[int]{Input: 5, Fault: test.fault}
		state, got := m.Step(0, attempt)
		if got != test.want || state != test.state {
			t.Errorf("%q: %+v and state %d; want %+v and %d", test.fault, got, state, test.want, test.state)
		}
		testutil.RoundTrip(t, attempt)
		testutil.RoundTrip(t, got)
	}
}

// TestFaultsHideNothing: what a caller of a faulty machine sees is a trace with
// unknown outcomes of the machine itself, whatever goes wrong.
func TestFaultsHideNothing(t *testing.T) {
	faults := []model.Fault{"", model.Throttled, model.Unavailable, model.LostRequest, model.LostAnswer}
	inputs := []string{"coin", "push", "kick"}
	faulty := model.WithFaults(turnstile())
	const length = 4
	choices := len(faults) * len(inputs)
	sequences, forks := 1, 0
	for range length {
		sequences *= choices
	}
	for n := range sequences {
		checker := model.NewChecker(turnstile(), same, nil)
		state := faulty.Init()
		for i, rest := 0, n; i < length; i, rest = i+1, rest/choices {
			attempt := model.FaultyInput[string]{Input: inputs[rest%len(inputs)], Fault: faults[rest/len(inputs)%len(faults)]}
			var result model.FaultyOutput[string]
			state, result = faulty.Step(state, attempt)
			if result.Fault == model.Throttled || result.Fault == model.Unavailable {
				continue // the caller knows that nothing happened
			}
			record := model.Record[string, string]{Input: attempt.Input, Output: result.Output, Unknown: result.Fault != ""}
			if d := checker.Next(record); d != nil {
				t.Fatalf("sequence %d: %v", n, d)
			}
		}
		possible := slices.Collect(checker.States())
		if !slices.Contains(possible, state) {
			t.Fatalf("sequence %d: the machine is %s; the checker says %v", n, state, possible)
		}
		if len(possible) > 1 {
			forks++
		}
	}
	if forks == 0 {
		t.Error("no sequence left a doubt")
	}
}
