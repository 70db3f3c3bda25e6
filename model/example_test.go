package model_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/alicert/alicert/model"
)

// A sequence of inputs, with every state and output on the way.
func ExampleRun() {
	for _, t := range model.Run(turnstile(), "push", "coin", "push") {
		fmt.Printf("%s --%s--> %s: %s\n", t.From, t.Input, t.To, t.Output)
	}
	// Output:
	// locked --push--> locked: blocked
	// locked --coin--> unlocked: thanks
	// unlocked --push--> locked: passed
}

// Everything that three inputs can lead to: each outcome with a shortest way to
// it, the states that nothing leaves, and what does not hold.
func ExampleSpace_Explore() {
	space := turnstileSpace()
	space.Invariants = []model.Invariant[string, string, string]{{
		Name: "nobody passes for nothing",
		Holds: func(_ model.Machine[string, string, string], t model.Transition[string, string, string]) string {
			if t.Output == "passed" && t.From != "unlocked" {
				return "passed a turnstile that was " + t.From
			}
			return ""
		},
	}, {
		Name: "it goes on working",
		Holds: func(_ model.Machine[string, string, string], t model.Transition[string, string, string]) string {
			if t.To == "broken" {
				return "it is broken"
			}
			return ""
		},
	}}
	found := space.Explore(model.Limits{})
	fmt.Println(found.Len(), "states,", found.Transitions, "transitions, complete:", found.Complete)
	for _, o := range found.Outcomes {
		fmt.Println(o.Name, o.Path)
	}
	fmt.Println("dead ends:", found.DeadEnds)
	for _, b := range found.Broken {
		fmt.Printf("%s: %s after %v\n", b.Name, b.Why, b.Path)
	}
	// Output:
	// 3 states, 9 transitions, complete: true
	// thanks [coin]
	// blocked [push]
	// ouch [kick]
	// refunded [coin coin]
	// passed [coin push]
	// out of order [kick coin]
	// dead ends: [broken]
	// it goes on working: it is broken after [kick]
}

// A gate that closes by itself, an own machine with a clock. The state has the moment of
// the closing; its key has the time that is left, so that equal situations are one state.
func ExampleExploration_Text() {
	type gate struct{ now, closes int }
	space := model.Space[gate, string, string]{
		Machine: model.Func(gate{}, func(g gate, in string) (gate, string) {
			switch {
			case in == "tick":
				g.now++
				return g, "tick"
			case in == "coin":
				g.closes = g.now + 2
				return g, "open"
			case g.now < g.closes:
				return g, "pass"
			default:
				return g, "no"
			}
		}),
		Inputs:  []string{"push", "coin", "tick"},
		Key:     func(g gate) string { return fmt.Sprint(max(g.closes-g.now, 0)) },
		Outcome: func(output string) string { return output },
	}
	found := space.Explore(model.Limits{})
	fmt.Print(found.Text(nil))
	left := func(g gate) string { return fmt.Sprint(max(g.closes-g.now, 0), " left") }
	fmt.Print("\n", found.Graph(left, func(t model.Transition[gate, string, string]) string { return t.Input }).Text())
	// Output:
	// states       3
	// transitions  9
	// exploration  complete
	//
	// OUTCOMES (4)
	//
	// no
	//      1. push
	//
	// open
	//      1. coin
	//
	// tick
	//      1. tick
	//
	// pass
	//      1. coin
	//      2. push
	//
	// INVARIANTS (0)
	//
	// DEAD ENDS (states that no input leaves): 0
	//
	// 0 left -> 2 left: coin
	// 2 left -> 1 left: tick
	// 1 left -> 2 left: coin
	// 1 left -> 0 left: tick
}

// A recorded trace against the machine. Nobody saw whether the coin of the second
// record fell, so the checker follows both; the third record tells.
func ExampleChecker_Follow() {
	trace := `{"input":"push","output":"blocked"}
{"input":"coin","output":"","unknown":true}
{"input":"push","output":"passed"}
{"input":"push","output":"passed"}`
	checker := model.NewChecker(turnstile(), same, nil)
	agree, err := checker.Follow(strings.NewReader(trace))
	fmt.Println(agree, "records agree")
	fmt.Println(err)
	if d, ok := errors.AsType[*model.Divergence[string, string, string]](err); ok {
		fmt.Println("the machine was", d.Want[0].From)
	}
	// Output:
	// 3 records agree
	// record 3: push: got passed; the machine says blocked
	// the machine was locked
}

// Faults are inputs like any other. A lost answer has an effect, a lost request
// has none, and the caller cannot tell which it was.
func ExampleWithFaults() {
	m := model.WithFaults(turnstile())
	for _, t := range model.Run(m,
		model.FaultyInput[string]{Input: "coin", Fault: model.LostRequest},
		model.FaultyInput[string]{Input: "push"},
		model.FaultyInput[string]{Input: "coin", Fault: model.LostAnswer},
		model.FaultyInput[string]{Input: "push"},
		model.FaultyInput[string]{Input: "push", Fault: model.Throttled},
	) {
		fmt.Printf("%s, %q: answer %q, fault %q\n", t.Input.Input, t.Input.Fault, t.Output.Output, t.Output.Fault)
	}
	// Output:
	// coin, "lost request": answer "", fault "lost answer"
	// push, "": answer "blocked", fault ""
	// coin, "lost answer": answer "", fault "lost answer"
	// push, "": answer "passed", fault ""
	// push, "throttled": answer "", fault "throttled"
}

// A machine as a stand-in for the system itself.
func ExampleNewSystem() {
	gate := model.NewSystem(turnstile()) // a model.System[string, string]
	for _, input := range []string{"push", "coin", "push"} {
		answer, err := gate.Do(context.Background(), input)
		fmt.Println(answer, err)
	}
	// Output:
	// blocked <nil>
	// thanks <nil>
	// passed <nil>
}

// A test may begin anywhere.
func ExampleFunc() {
	m := model.Func("broken", turnstile().Step)
	fmt.Println(model.Run(m, "coin")[0].Output)
	// Output:
	// out of order
}
