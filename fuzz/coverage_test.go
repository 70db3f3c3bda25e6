package fuzz_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/fuzz"
)

// fataler keeps the message of a failed test.
type fataler struct{ text string }

func (f *fataler) Helper()                           {}
func (f *fataler) Logf(string, ...any)               {}
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
