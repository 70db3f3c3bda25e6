package alb_test

import (
	"testing"
	"time"

	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
)

// The small space reaches every condition and every row by name, breaks no
// invariant, and is explored to its end in seconds.
func TestSmallSpace(t *testing.T) {
	for version, table := range tables() {
		began := time.Now()
		e := universe.ALB(universe.Small, version).Explore(model.Limits{})
		t.Logf("version %v: %d states, %d transitions, %d outcomes in %v", version, e.Len(), e.Transitions, len(e.Outcomes), time.Since(began))
		if !e.Complete {
			t.Error("not explored to its end")
		}
		reached := map[string]model.Output{}
		for _, o := range e.Outcomes {
			reached[o.Name] = o.Output
		}
		rows := map[string]bool{}
		for cond := range table.Conditions() {
			o, found := reached[cond.String()]
			row, _ := table.Row(cond)
			if !found || o.Error.Code != row.Code || o.Error.Operation != table.Operation {
				t.Errorf("version %v: %v is not reached: %+v", version, cond, o)
			}
			rows[string(o.Error.Code)] = true
		}
		for _, code := range rowNames[version] {
			if !rows[string(code)] {
				t.Errorf("version %v: row %s is not reached", version, code)
			}
		}
		for _, name := range []string{"Success", "Ignored"} {
			if _, found := reached[name]; !found {
				t.Errorf("version %v: %s is not reached", version, name)
			}
		}
		for _, b := range e.Broken {
			t.Errorf("version %v: %s: %s after %+v", version, b.Name, b.Why, b.Path)
		}
		if len(e.DeadEnds) > 0 {
			t.Errorf("version %v: %d dead ends", version, len(e.DeadEnds))
		}
	}
}

// The medium space reaches all that the small one does, and more.
func TestMediumSpace(t *testing.T) {
	limit := 3000
	if testing.Short() {
		limit = 300
	}
	small := universe.ALB(universe.Small, 0).Explore(model.Limits{})
	began := time.Now()
	e := universe.ALB(universe.Medium, 0).Explore(model.Limits{States: limit})
	t.Logf("%d states, %d transitions, %d outcomes in %v, complete: %t", e.Len(), e.Transitions, len(e.Outcomes), time.Since(began), e.Complete)
	reached := map[string]bool{}
	for _, o := range e.Outcomes {
		reached[o.Name] = true
	}
	for _, o := range small.Outcomes {
		if !reached[o.Name] {
			t.Errorf("%s is not reached", o.Name)
		}
	}
	if len(e.Outcomes) <= len(small.Outcomes) {
		t.Errorf("%d outcomes, the small space has %d", len(e.Outcomes), len(small.Outcomes))
	}
	for _, b := range e.Broken {
		t.Errorf("%s: %s after %+v", b.Name, b.Why, b.Path)
	}
}
