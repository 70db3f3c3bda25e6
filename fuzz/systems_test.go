package fuzz_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
)

var (
	cdnMachine     = fuzz.MachineOf(cdn.Machine{}, inputs.Input.CDN)
	albMachine     = fuzz.MachineOf(alb.Machine{}, inputs.Input.ALB)
	accountMachine = fuzz.MachineOf(account.Machine{}, inputs.Input.Account)
)

var serviceIDs = inputs.Account().IDs

// elsewhere gives ids of its own and knows no others, as a service does.
type elsewhere struct {
	system         model.System[inputs.Input, model.Output]
	theirs, inside map[string]string
}

func (e *elsewhere) Do(ctx context.Context, in inputs.Input) (model.Output, error) {
	lookUp := func(m map[string]string) func(string) string {
		return func(id string) string {
			if other, known := m[id]; known {
				return other
			}
			return id
		}
	}
	out, err := e.system.Do(ctx, serviceIDs.Input(in, lookUp(e.inside)))
	for _, id := range serviceIDs.Given(out) {
		if strings.HasPrefix(id, "job-") && e.theirs[id] == "" {
			e.theirs[id] = "J" + strings.ToUpper(id[len("job-"):])
			e.inside[e.theirs[id]] = id
		}
	}
	return serviceIDs.Output(out, lookUp(e.theirs)), err
}

// Ids are compared up to renaming.
func TestIDsOfTheSystem(t *testing.T) {
	o := inputs.Account()
	o.Invariants = nil
	fuzz.Conform(t, accountMachine, func() model.System[inputs.Input, model.Output] {
		return &elsewhere{model.NewSystem(accountMachine), map[string]string{}, map[string]string{}}
	}, o)
}

// forgetful gives every job the same id.
type forgetful struct {
	model.System[inputs.Input, model.Output]
}

func (f forgetful) Do(ctx context.Context, in inputs.Input) (model.Output, error) {
	out, err := f.System.Do(ctx, in)
	if out.JobID != "" {
		out.JobID = "job"
	}
	return out, err
}

func TestOneIDForTwo(t *testing.T) {
	var f fataler
	o := inputs.ALB()
	o.Invariants, o.Seed = nil, 5
	fuzz.Conform(&f, albMachine, func() model.System[inputs.Input, model.Output] { return forgetful{model.NewSystem(albMachine)} }, o)
	if !strings.Contains(f.text, "the system in full") && !strings.Contains(f.text, "the system answers") {
		t.Errorf("not found: %s", f.text)
	}
}

// lossy leaves every n-th input without an answer, and half of these without an
// effect.
type lossy struct {
	model.System[inputs.Input, model.Output]
	n, calls int
}

func (l *lossy) Do(ctx context.Context, in inputs.Input) (model.Output, error) {
	if l.calls++; l.calls%l.n != 0 {
		return l.System.Do(ctx, in)
	}
	if l.calls%(2*l.n) == 0 {
		_, _ = l.System.Do(ctx, in)
	}
	return model.Output{}, errors.New("no answer")
}

// An input without an answer may have taken effect or not. The machine follows both.
func TestNoAnswer(t *testing.T) {
	o := inputs.Account()
	o.Sequences = 50
	fuzz.Conform(t, accountMachine, func() model.System[inputs.Input, model.Output] {
		return &lossy{System: model.NewSystem(accountMachine), n: 7}
	}, o)
}

// stuck does not answer until its context is done.
type stuck struct{}

func (stuck) Do(ctx context.Context, _ inputs.Input) (model.Output, error) {
	<-ctx.Done()
	return model.Output{}, ctx.Err()
}

func TestTimeout(t *testing.T) {
	o := inputs.CDN()
	o.Timeout, o.Sequences, o.Bytes = time.Millisecond, 1, 64
	fuzz.Conform(t, cdnMachine, func() model.System[inputs.Input, model.Output] { return stuck{} }, o)
}

type panicking struct{}

func (panicking) Do(context.Context, inputs.Input) (model.Output, error) { panic("out of luck") }

func TestPanic(t *testing.T) {
	var f fataler
	fuzz.Conform(&f, cdnMachine, func() model.System[inputs.Input, model.Output] { return panicking{} }, inputs.CDN())
	if !strings.Contains(f.text, "after 1 inputs") || !strings.Contains(f.text, "out of luck") {
		t.Error(f.text)
	}
}

// A system that conforms yields an error that is nil, not a nil failure in an error.
func TestFindNothing(t *testing.T) {
	open := func() model.System[inputs.Input, model.Output] { return model.NewSystem(cdnMachine) }
	for data := range fuzz.Bytes(1, 3, 256) {
		if err := fuzz.Find(t.Context(), cdnMachine, open, inputs.CDN(), data); err != nil {
			t.Error(err)
		}
	}
}

func TestSoak(t *testing.T) {
	var progress strings.Builder
	o := inputs.Account()
	o.Invariants = nil
	started := time.Now()
	n, err := fuzz.Soak(t.Context(), accountMachine, model.NewSystem(accountMachine), o, fuzz.Pace{
		Every: time.Millisecond, Inputs: 50, Progress: &progress, ProgressEvery: 10 * time.Millisecond,
	})
	if n != 50 || err != nil || time.Since(started) < 40*time.Millisecond {
		t.Errorf("%d inputs in %s, %v", n, time.Since(started), err)
	}
	if !strings.Contains(progress.String(), "seed 0: 50 inputs in ") {
		t.Error(progress.String())
	}
	var failed *fuzz.Failure[inputs.Input, model.Output]
	wrong := model.Func(account.State{}, func(s account.State, in inputs.Input) (account.State, model.Output) {
		next, out := accountMachine.Step(s, in)
		if _, ok := in.Action.(cdn.DomainAdded); ok {
			return s, out
		}
		return next, out
	})
	if _, err := fuzz.Soak(t.Context(), accountMachine, model.NewSystem(wrong), o, fuzz.Pace{}); !errors.As(err, &failed) || failed.Source == "" {
		t.Errorf("not found: %v", err)
	}
}
