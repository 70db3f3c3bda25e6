package errcodes_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
)

func TestConditionsAreComplete(t *testing.T) {
	names := map[string]errcodes.Condition{}
	meanings := map[errcodes.Message]errcodes.Condition{}
	for cond := range errcodes.Conditions() {
		name := cond.String()
		if !regexp.MustCompile(`^([A-Z]+[a-z]*)+$`).MatchString(name) {
			t.Errorf("condition %d has the name %q", cond, name)
		}
		if other, ok := names[name]; ok {
			t.Errorf("conditions %d and %d have the name %s", other, cond, name)
		}
		names[name] = cond
		if cond.Error() != name {
			t.Errorf("%s: Error() = %q", name, cond.Error())
		}
		if g := cond.Evidence(); g < errcodes.Documented || g > errcodes.Assumed {
			t.Errorf("%s: evidence %s", name, g)
		}
		checkStyle(t, name+": meaning", cond.Meaning())
		checkStyle(t, name+": hint", cond.Hint())
		if other, ok := meanings[cond.Meaning()]; ok {
			t.Errorf("%s and %s have the same meaning", other, name)
		}
		meanings[cond.Meaning()] = cond
		if cond.Hint() == cond.Meaning() {
			t.Errorf("%s: the hint only repeats the meaning", name)
		}
	}
}

func TestNoCondition(t *testing.T) {
	past := errcodes.Condition(len(slices.Collect(errcodes.Conditions())) + 1)
	tests := []struct {
		cond errcodes.Condition
		name string
	}{
		{noCondition, ""},
		{past, fmt.Sprintf("unknown(%d)", past)},
		{unknownCondition, "unknown(200)"},
	}
	for _, test := range tests {
		if got := test.cond.String(); got != test.name {
			t.Errorf("String() = %q; want %q", got, test.name)
		}
		if !test.cond.Meaning().IsZero() || !test.cond.Hint().IsZero() || test.cond.Evidence() != 0 {
			t.Errorf("%q has a meaning, a hint or a evidence", test.name)
		}
	}
	if slices.Contains(slices.Collect(errcodes.Conditions()), noCondition) {
		t.Error("Conditions yields the zero condition")
	}
}

// The style of meanings and hints: a phrase to be put into a sentence or a table
// cell, so without a capital, a full stop or a dash of its own.
var (
	englishStart = regexp.MustCompile(`^([a-z]|[A-Za-z]+[a-z][A-Z])`) // a word in lower case, or a parameter's name
	englishOdd   = regexp.MustCompile(`[—–]|--|  |\s[,;:.]|n't\b|[.!;,]$`)
	chineseOdd   = regexp.MustCompile(`[—–]|  |[。！；，.!;,]$|\p{Han}[,;:!?()]|[,;:!?()]\p{Han}|\p{Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Han}`)
)

func checkStyle(t *testing.T, what string, text errcodes.Message) {
	t.Helper()
	for _, s := range []string{text.EN, text.ZH} {
		if s == "" || s != strings.TrimSpace(s) || strings.ContainsFunc(s, unicode.IsControl) {
			t.Errorf("%s: %q", what, s)
		}
	}
	if !englishStart.MatchString(text.EN) {
		t.Errorf("%s: %q begins with a capital", what, text.EN)
	}
	if odd := englishOdd.FindString(text.EN); odd != "" {
		t.Errorf("%s: %q in %q", what, odd, text.EN)
	}
	if strings.ContainsFunc(text.EN, func(r rune) bool { return r > unicode.MaxASCII && r != '…' }) {
		t.Errorf("%s: %q is not English", what, text.EN)
	}
	if odd := chineseOdd.FindString(text.ZH); odd != "" {
		t.Errorf("%s: %q in %q", what, odd, text.ZH)
	}
	if !strings.ContainsFunc(text.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		t.Errorf("%s: %q is not Chinese", what, text.ZH)
	}
}

// TestTextsNameTheSameThings: commands, parameters, values and numbers are the
// same words in every language.
func TestTextsNameTheSameThings(t *testing.T) {
	words := regexp.MustCompile(`"[a-z]+"|[A-Za-z]+[a-z][A-Z][A-Za-z]*(\.[A-Za-z0-9]+)*|\b[A-Z]{2,}(-?[0-9]+)?\b|\s-[a-z]+|[0-9]+`)
	named := func(s string) string {
		found := words.FindAllString(s, -1)
		// English has "id", which is no name of anything.
		found = slices.DeleteFunc(found, func(w string) bool { return w == "ID" })
		slices.Sort(found)
		return strings.Join(slices.Compact(found), ", ")
	}
	for cond := range errcodes.Conditions() {
		for what, text := range map[string]errcodes.Message{"meaning": cond.Meaning(), "hint": cond.Hint()} {
			if diff := cmp.Diff(named(text.EN), named(text.ZH)); diff != "" {
				t.Errorf("%s: %s (-English +Chinese)\n%s\n%s\n%s", cond, what, text.EN, text.ZH, diff)
			}
		}
	}
}
