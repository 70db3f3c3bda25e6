package fuzz_test

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
)

// fataler keeps the message of a failed test, and its log.
type fataler struct{ text, log string }

func (f *fataler) Helper()                           {}
func (f *fataler) Logf(format string, args ...any)   { f.log += fmt.Sprintf(format, args...) + "\n" }
func (f *fataler) Fatalf(format string, args ...any) { f.text += fmt.Sprintf(format, args...) }

func TestCoverage(t *testing.T) {
	var a, b, back fuzz.Coverage
	busy, odd := fuzz.Point{Dimension: "code", Name: "ServiceBusy"}, fuzz.Point{Dimension: "class", Name: "<on>"}
	a.Touch(busy)
	b.Touch(busy)
	b.Touch(odd)
	a.Merge(&b)
	a.Merge(&fuzz.Coverage{})
	if a.Count(busy) != 2 || a.Count(odd) != 1 {
		t.Errorf("%v", a.Counts())
	}
	data, err := json.Marshal(&a)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &back); err != nil || !cmp.Equal(back.Counts(), a.Counts()) {
		t.Errorf("%s comes back as %v, %v", data, back.Counts(), err)
	}
	if err := json.Unmarshal([]byte(`[{"dimension":"code","name":"x","count":-1}]`), &back); err == nil {
		t.Error("a count below zero is taken")
	}
	var text, page strings.Builder
	if err := a.WriteText(&text); err != nil || text.String() != "       1  class       <on>\n       2  code        ServiceBusy\n" {
		t.Errorf("%q, %v", text.String(), err)
	}
	missing := fuzz.Point{Dimension: "condition", Name: "Nowhere"}
	if err := a.WritePage(&page, busy, missing); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"&lt;on&gt;", "Never touched: 1", "Nowhere", "ServiceBusy"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page has no %q:\n%s", want, page.String())
		}
	}
	var f fataler
	a.Require(&f, busy, odd)
	if f.text != "" {
		t.Error(f.text)
	}
	if a.Require(&f, busy, missing); !strings.Contains(f.text, "Nowhere") || strings.Contains(f.text, "ServiceBusy") {
		t.Error(f.text)
	}
}

// A system that conforms in what was sent may differ in what was not: the log says so in
// one line.
func TestUnreachedIsLogged(t *testing.T) {
	albOptions := inputs.ALB().Only("associate", "again", "job finished", "job failed", "load balancer added", "listener added", "certificate added by id")
	var f fataler
	albOptions.Sequences = 3
	fuzz.Conform(&f, albMachine, func() model.System[inputs.Input, model.Output] { return model.NewSystem(albMachine) }, albOptions)
	if f.text != "" || strings.Count(f.log, "\n") != 1 {
		t.Fatalf("%s\n%s", f.text, f.log)
	}
	for _, part := range []string{"never reached: ", ` such as "AssociateAdditionalCertificatesWithListener `, " conditions such as ", "Options.Coverage"} {
		if !strings.Contains(f.log, part) {
			t.Errorf("no %q in %s", part, f.log)
		}
	}
	if strings.Contains(f.log, "CreateListener") {
		t.Errorf("an operation that was not called is missed: %s", f.log)
	}

	options := fuzz.Options[turnstile, move, reply]{
		Generator: turnstileInputs,
		Touched: func(s model.Transition[turnstile, move, reply]) iter.Seq[fuzz.Point] {
			return slices.Values([]fuzz.Point{{Dimension: "mode", Name: s.To.mode}})
		},
	}
	for _, test := range []struct {
		modes []string
		log   string
	}{
		{[]string{"locked", "open", "broken"}, ""},
		{[]string{"locked", "flying"}, "never reached: 1 mode such as \"flying\" ("},
	} {
		var f fataler
		options.Unreached = func(reached *fuzz.Coverage) []fuzz.Point {
			var points []fuzz.Point
			for _, mode := range test.modes {
				points = append(points, fuzz.Point{Dimension: "mode", Name: mode})
			}
			return reached.Missing(points...)
		}
		fuzz.Conform(&f, turnstileMachine, func() model.System[move, reply] { return model.NewSystem(turnstileMachine) }, options)
		if f.text != "" || (test.log == "") != (f.log == "") || !strings.Contains(f.log, test.log) {
			t.Errorf("%v: %q, %q", test.modes, f.text, f.log)
		}
	}
}
