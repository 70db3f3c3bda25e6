package inputs

import (
	"slices"
	"testing"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
)

// count is how often a command was chosen, and how often its input was ignored.
type count struct{ made, ignored int }

// counts sends sequences to the machine.
func counts[S any](m model.Machine[S, Input, model.Output], o fuzz.Options[S, Input, model.Output], sequences int) (total count, by map[string]count) {
	g := o.Generator.(fuzz.Grammar[*history, Input, model.Output])
	g.Commands = slices.Clone(g.Commands)
	made := ""
	for i, k := range g.Commands {
		g.Commands[i].Make = func(s *fuzz.Source, h *history) Input {
			made = k.Name
			return k.Make(s, h)
		}
	}
	by = map[string]count{}
	for data := range fuzz.Bytes(0, sequences, 1024) {
		state := m.Init()
		for in := range fuzz.Inputs(m, g, data) {
			next, out := m.Step(state, in)
			c := by[made]
			c.made++
			total.made++
			if out.Ignored {
				c.ignored++
				total.ignored++
			}
			by[made], state = c, next
		}
	}
	return total, by
}

func (c count) percent() int { return 100 * c.ignored / max(c.made, 1) }

// Most events apply when they happen, and some do not. Before the memory of a sequence had
// what events end, 33 of 100 inputs of the ALB machine were ignored (CDN 19, account 22),
// and 84 of 100 ends of jobs.
func TestMostEventsApply(t *testing.T) {
	check := func(t *testing.T, most int, total count, by map[string]count) {
		t.Helper()
		t.Logf("%d of %d inputs are ignored", total.ignored, total.made)
		if p := total.percent(); p > most || p == 0 {
			t.Errorf("%d%% of the inputs are ignored; want some, and at most %d%%", p, most)
		}
		for name, c := range by {
			if c.made >= 40 && c.percent() > 60 {
				t.Errorf("%d of %d times, %q was ignored", c.ignored, c.made, name)
			}
		}
	}
	t.Run("cdn", func(t *testing.T) {
		total, by := counts(cdnMachine, CDN(), 400)
		check(t, 12, total, by)
	})
	t.Run("alb", func(t *testing.T) {
		total, by := counts(albMachine, ALB(), 400)
		check(t, 17, total, by)
		if p := by["job finished"].percent(); p > 40 {
			t.Errorf("%d%% of the ends of jobs are ignored", p)
		}
	})
	t.Run("clb", func(t *testing.T) {
		total, by := counts(clbMachine, CLB(), 400)
		check(t, 17, total, by)
	})
	t.Run("esa", func(t *testing.T) {
		total, by := counts(esaMachine, ESA(), 400)
		check(t, 22, total, by)
	})
	t.Run("account", func(t *testing.T) {
		total, by := counts(accountMachine, Account(), 400)
		check(t, 14, total, by)
	})
}

// A sequence knows what the machine begins with: one operation and the ends of its jobs
// are enough to fill a quota.
func TestInitialStateIsKnown(t *testing.T) {
	initial := alb.Scenario{}.LoadBalancer("alb-7", alb.Basic).Quota(4).Certificates(8).Listener("lsn-7", alb.HTTPS).Default(cas.IDOf(8)).
		Dissociating("old", cas.IDOf(7)).State()
	m := fuzz.MachineOf(alb.Machine{Initial: initial}, Input.ALB)
	o := ALB().Only("associate", "again", "job finished", "job failed")
	total, by := counts(m, o, 100)
	t.Logf("%d inputs: %v", total.made, by)
	if len(by) != 4 || by["job finished"].percent() > 40 {
		t.Errorf("%v", by)
	}
	succeeded, full := 0, 0
	for data := range fuzz.Bytes(0, 100, 1024) {
		var sequence []Input
		for in := range fuzz.Inputs(m, o.Generator, data) {
			sequence = append(sequence, in)
		}
		for _, step := range model.Run(m, sequence...) {
			if _, is := step.Input.Action.(Change); is && step.Output.OK() {
				succeeded++
			}
			if lb, _ := step.From.LoadBalancers.Get("alb-7"); lb.Associations == 4 {
				full++
			}
		}
	}
	if succeeded < 100 || full < 100 {
		t.Errorf("%d requests succeed and %d inputs find the quota used up", succeeded, full)
	}
}
