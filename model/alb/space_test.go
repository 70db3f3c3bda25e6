package alb_test

import (
	"testing"
	"time"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
)

// The small space reaches every condition and every row by name, breaks no
// invariant, and is explored to its end in seconds.
func TestSmallSpace(t *testing.T) {
	for later, catalog := range catalogs() {
		began := time.Now()
		e := model.Explore(alb.Space(alb.Small, later), model.Limits{})
		t.Logf("later %t: %d states, %d transitions, %d outcomes in %v", later, e.Len(), e.Transitions, len(e.Outcomes), time.Since(began))
		if !e.Complete {
			t.Error("not explored to its end")
		}
		reached := map[string]model.Output{}
		for _, o := range e.Outcomes {
			reached[o.Name] = o.Output
		}
		rows := map[string]bool{}
		for cond := range catalog.Conditions() {
			o, found := reached[cond.String()]
			row, _ := catalog.Row(cond)
			if !found || o.Error.Code != row.Code || o.Error.Operation != catalog.Operation {
				t.Errorf("later %t: %v is not reached: %+v", later, cond, o)
			}
			rows[string(o.Error.Code)] = true
		}
		for _, code := range rowNames[later] {
			if !rows[string(code)] {
				t.Errorf("later %t: row %s is not reached", later, code)
			}
		}
		for _, name := range []string{"Success", "Ignored"} {
			if _, found := reached[name]; !found {
				t.Errorf("later %t: %s is not reached", later, name)
			}
		}
		for _, b := range e.Broken {
			t.Errorf("later %t: %s: %s after %+v", later, b.Name, b.Why, b.Path)
		}
		if len(e.DeadEnds) > 0 {
			t.Errorf("later %t: %d dead ends", later, len(e.DeadEnds))
		}
	}
}

// The medium space reaches all that the small one does, and more.
func TestMediumSpace(t *testing.T) {
	limit := 3000
	if testing.Short() {
		limit = 300
	}
	small := model.Explore(alb.Space(alb.Small, false), model.Limits{})
	began := time.Now()
	e := model.Explore(alb.Space(alb.Medium, false), model.Limits{States: limit})
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
