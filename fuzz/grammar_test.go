package fuzz_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/fuzz"
)

// panicOf returns what a function panics with.
func panicOf(f func()) (message string) {
	defer func() {
		if v := recover(); v != nil {
			message = fmt.Sprint(v)
		}
	}()
	f()
	return ""
}

func TestOnlyAndWithout(t *testing.T) {
	g := turnstileInputs
	if got := g.Names(); !slices.Equal(got, []string{"coin", "push", "service"}) {
		t.Errorf("%q", got)
	}
	if got := g.Only("service", "coin").Names(); !slices.Equal(got, []string{"coin", "service"}) {
		t.Errorf("Only: %q", got)
	}
	if got := g.Without("service", "coin").Names(); !slices.Equal(got, []string{"push"}) {
		t.Errorf("Without: %q", got)
	}
	o := fuzz.Options[turnstile, move, reply]{Generator: turnstileInputs}
	for data := range fuzz.Bytes(1, 20, 64) {
		for in := range fuzz.Inputs(turnstileMachine, o.Only("push").Generator, data) {
			if in.Name != "push" {
				t.Errorf("Only push makes %q", in.Name)
			}
		}
		for in := range fuzz.Inputs(turnstileMachine, o.Without("push").Generator, data) {
			if in.Name == "push" {
				t.Error("Without push makes push")
			}
		}
	}
}

// A name that no command has is a mistake of the caller: the test would run with
// something else than was meant.
func TestUnknownNames(t *testing.T) {
	o := fuzz.Options[turnstile, move, reply]{Generator: turnstileInputs}
	const names = `no command is named "pull"; the names are "coin", "push", "service"`
	for name, call := range map[string]func(){
		"Only":            func() { turnstileInputs.Only("coin", "pull") },
		"Without":         func() { turnstileInputs.Without("pull") },
		"Options.Only":    func() { o.Only("pull") },
		"Options.Without": func() { o.Without("coin", "pull") },
	} {
		if got := panicOf(call); !strings.Contains(got, names) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := panicOf(func() { (fuzz.Options[turnstile, move, reply]{}).Only("coin") }); !strings.Contains(got, "is no Grammar") {
		t.Error(got)
	}
}

// A grammar learns what the machine begins with.
func TestInitial(t *testing.T) {
	g := fuzz.Grammar[*[]any, move, reply]{
		New:     func() *[]any { return new([]any) },
		Initial: func(b *[]any, state any) { *b = append(*b, state) },
		Commands: []fuzz.Command[*[]any, move]{{Name: "first", Make: func(_ *fuzz.Source, b *[]any) move {
			return move{(*b)[0].(turnstile).mode}
		}}},
	}
	for in := range fuzz.Inputs(turnstileMachine, g, []byte("some")) {
		if in.Name != "locked" {
			t.Errorf("the memory begins with %q", in.Name)
		}
	}
}
