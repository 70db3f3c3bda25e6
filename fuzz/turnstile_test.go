package fuzz_test

import (
	"context"
	"sync"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model"
)

// A user's own machine of three states: a turnstile that is locked, open, or out
// of order. It numbers the coins it takes.

type turnstile struct {
	mode  string // "locked", "open" or "broken"
	coins int
}

type move struct{ Name string } // "coin", "push", "kick" or "repair"

type reply struct {
	Text string
	Coin int // number of the coin, if one was taken
}

func turn(s turnstile, in move) (turnstile, reply) {
	switch {
	case in.Name == "kick":
		s.mode = "broken"
		return s, reply{Text: "out of order"}
	case in.Name == "repair":
		s.mode = "locked"
		return s, reply{Text: "locked"}
	case s.mode == "broken":
		return s, reply{Text: "out of order"}
	case in.Name == "coin":
		s.mode = "open"
		s.coins++
		return s, reply{Text: "thank you", Coin: s.coins}
	case s.mode == "open" && in.Name == "push":
		s.mode = "locked"
		return s, reply{Text: "pass"}
	default:
		return s, reply{Text: "no"}
	}
}

var turnstileMachine = model.Func(turnstile{mode: "locked"}, turn)

// turnstileInputs is the grammar of the gate. Its inputs do not depend on earlier
// answers, so it has no memory.
var turnstileInputs = fuzz.Grammar[struct{}, move, reply]{
	New: func() struct{} { return struct{}{} },
	Commands: []fuzz.Command[struct{}, move]{
		{Name: "coin", Weight: 4, Make: func(*fuzz.Source, struct{}) move { return move{"coin"} }},
		{Name: "push", Weight: 4, Make: func(*fuzz.Source, struct{}) move { return move{"push"} }},
		{Name: "service", Make: func(s *fuzz.Source, _ struct{}) move { return move{fuzz.Pick(s, "kick", "repair")} }},
	},
}

// gate is the user's own system. Its mistake: a kick while it is open leaves it
// open after the repair.
type gate struct {
	mu           sync.Mutex
	open, broken bool
	coins        int
}

func (g *gate) Do(_ context.Context, in move) (reply, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case in.Name == "kick":
		g.broken = true
		return reply{Text: "out of order"}, nil
	case in.Name == "repair":
		g.broken = false
		return reply{Text: "locked"}, nil
	case g.broken:
		return reply{Text: "out of order"}, nil
	case in.Name == "coin":
		g.open = true
		g.coins++
		return reply{Text: "thank you", Coin: g.coins}, nil
	case g.open && in.Name == "push":
		g.open = false
		return reply{Text: "pass"}, nil
	default:
		return reply{Text: "no"}, nil
	}
}

func openGate() model.System[move, reply] { return &gate{} }
