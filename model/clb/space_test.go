package clb_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/clb"
)

// operations are those of the product that have tables.
func operations() (ops []errcodes.Operation) {
	for op := range errcodes.Operations() {
		if op.Product() == "Slb" {
			ops = append(ops, op)
		}
	}
	return ops
}

// The space reaches every condition and every row of every operation by name, but those
// that only the gateway can see. It breaks no invariant, and is explored to its end.
func TestSpace(t *testing.T) {
	began := time.Now()
	e := universe.CLB().Explore(model.Limits{})
	t.Logf("%d states, %d transitions, %d outcomes in %v", e.Len(), e.Transitions, len(e.Outcomes), time.Since(began))
	if !e.Complete || len(e.DeadEnds) > 0 {
		t.Errorf("complete: %t, %d dead ends", e.Complete, len(e.DeadEnds))
	}
	for _, b := range e.Broken {
		t.Errorf("%s: %s after %+v", b.Name, b.Why, b.Path)
	}
	type point struct {
		operation errcodes.Operation
		condition errcodes.Condition
		parameter string
	}
	reached := map[point]errcodes.Error{}
	for _, o := range e.Outcomes {
		err := o.Output.Error
		reached[point{err.Operation, err.Condition, err.Parameter}] = err
	}
	if len(operations()) != 11 {
		t.Errorf("%d operations", len(operations()))
	}
	for _, op := range operations() {
		for m := range op.Table().Mappings() {
			if m.Condition == errcodes.CondParameterUnreadable || m.Condition == errcodes.CondDryRunMalformed {
				continue // no input of the machine can hold what the gateway refuses
			}
			got := reached[point{op, m.Condition, m.Parameter}]
			if got.Code != m.Row.Code || got.Message != m.Row.Message || got.Status != m.Row.Status {
				t.Errorf("%s, %s: %v; want %s: %s", op, m.Condition, got, m.Row.Code, m.Row.Message)
			}
		}
	}
}

// Two states have the same key if and only if they are equal.
func TestKeysTellStatesApart(t *testing.T) {
	texts, seen := map[string]string{}, map[string]bool{}
	for s := range universe.CLB().Explore(model.Limits{}).States() {
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		key, text := s.Key(), string(data)
		if other, found := texts[key]; found && other != text {
			t.Fatalf("one key, two states:\n%s\n%s", other, text)
		}
		texts[key], seen[text] = text, true
		var back clb.State
		if err := json.Unmarshal(data, &back); err != nil || back.Key() != key {
			t.Fatalf("%s comes back as %+v, %v", data, back, err)
		}
	}
	if len(texts) != len(seen) || len(seen) < 100 {
		t.Errorf("%d keys of %d states", len(texts), len(seen))
	}
}
