package cdn_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cdn"
)

func explore(t *testing.T, space model.Space[cdn.State, cdn.Input, model.Output], limits model.Limits) *model.Exploration[cdn.State, cdn.Input, model.Output] {
	t.Helper()
	begin := time.Now()
	e := space.Explore(limits)
	t.Logf("%d states, %d transitions, %d outcomes, %v", e.Len(), e.Transitions, len(e.Outcomes), time.Since(begin).Round(time.Millisecond))
	for _, broken := range e.Broken {
		t.Errorf("%s: %s, after %d inputs", broken.Name, broken.Why, len(broken.Path))
	}
	return e
}

// The small universe of each operation reaches every condition and every row that
// one maps to, and nothing that is not in the table.
func TestSmallUniverse(t *testing.T) {
	testutil.Long(t)
	for _, operation := range cdn.Operations() {
		t.Run(operation.String(), func(t *testing.T) { testSmallUniverse(t, operation) })
	}
}

func testSmallUniverse(t *testing.T, operation errcodes.Operation) {
	t.Helper()
	space := universe.CDN(operation, universe.Small)
	e := explore(t, space, model.Limits{})
	if !e.Complete {
		t.Error("not explored to its end")
	}
	want := []string{"Ignored", "Success"}
	for cond := range operation.Table().Conditions() {
		want = append(want, cond.String())
	}
	if !operation.Table().Has(errcodes.CondCertificateNotFound) { // the reads of the certificate center have it
		want = append(want, errcodes.CondCertificateNotFound.String())
	}
	got := map[string]bool{}
	rows := map[errcodes.Row]bool{}
	for _, outcome := range e.Outcomes {
		got[outcome.Name] = true
		if row, ok := operation.Table().Row(outcome.Output.Error.Condition); ok {
			rows[row] = true
		}
		states := model.Run(space.Machine, outcome.Path...)
		if last := states[len(states)-1].Output; !last.Equal(outcome.Output) {
			t.Errorf("%s: its path leads to %s", outcome.Name, last.Outcome())
		}
	}
	slices.Sort(want)
	if names := slices.Sorted(maps.Keys(got)); !slices.Equal(names, want) {
		t.Errorf("reached %q\nwant %q", names, want)
	}
	for row := range operation.Table().Rows() {
		if mapped := len(slices.Collect(operation.Table().ConditionsFor(row))) > 0; mapped != rows[row] {
			t.Errorf("row %s %q: reached: %v", row.Code, row.Message, rows[row])
		}
	}
	if len(e.DeadEnds) > 0 {
		t.Errorf("%d dead ends", len(e.DeadEnds))
	}
}

// The medium universe keeps every invariant as far as it is looked at, and
// domains share certificates in it.
func TestMediumUniverse(t *testing.T) {
	testutil.Long(t)
	for _, operation := range cdn.Operations() {
		t.Run(operation.String(), func(t *testing.T) {
			e := explore(t, universe.CDN(operation, universe.Medium), model.Limits{States: 3_000})
			shared := 0
			for s := range e.States() {
				if c, _ := s.CAS.Get(universe.Center1); c.Domains == 2 {
					shared++
				}
			}
			if shared == 0 {
				t.Error("no two domains share a certificate")
			}
		})
	}
}
