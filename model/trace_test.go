package model_test

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
)

type turnstileDivergence = model.Divergence[string, string, string]

// lines writes a trace: an input and an output, "?" for an unknown one.
func lines(t *testing.T, inputsAndOutputs ...string) string {
	t.Helper()
	var b strings.Builder
	for pair := range slices.Chunk(inputsAndOutputs, 2) {
		r := model.Record[string, string]{Input: pair[0], Output: pair[1]}
		if r.Output == "?" {
			r.Output, r.Unknown = "", true
		}
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(data, '\n'))
	}
	return b.String()
}

func TestFollow(t *testing.T) {
	tests := []struct {
		name    string
		trace   []string
		records int
		states  []string // afterwards
		diverge string   // text of the divergence
	}{
		{"empty", nil, 0, []string{"locked"}, ""},
		{"agrees", []string{"push", "blocked", "coin", "thanks", "push", "passed"}, 3, []string{"locked"}, ""},
		{"diverges at once", []string{"push", "passed"}, 0, []string{"locked"}, "record 0: push: got passed; the machine says blocked"},
		{"diverges later; the rest is not looked at", []string{"coin", "thanks", "coin", "thanks", "push", "nonsense"}, 1, []string{"unlocked"}, "record 1: coin: got thanks; the machine says refunded"},
		{"an unknown outcome forks", []string{"coin", "?"}, 1, []string{"locked", "unlocked"}, ""},
		{"an answer tells that it had an effect", []string{"coin", "?", "push", "passed"}, 2, []string{"locked"}, ""},
		{"an answer tells that it had none", []string{"coin", "?", "push", "blocked"}, 2, []string{"locked"}, ""},
		{"an answer that both give", []string{"coin", "?", "kick", "ouch"}, 2, []string{"broken"}, ""},
		{"an answer that none gives", []string{"coin", "?", "push", "ouch"}, 1, []string{"locked", "unlocked"}, "record 1: push: got ouch; the machine says blocked, or passed"},
		{"forks do not multiply", []string{"coin", "?", "push", "?", "coin", "?", "push", "?"}, 4, []string{"locked", "unlocked"}, ""},
		{"three ways", []string{"coin", "?", "kick", "?"}, 2, []string{"locked", "broken", "unlocked"}, ""},
		{"three ways, one answer", []string{"coin", "?", "kick", "?", "coin", "out of order"}, 3, []string{"broken"}, ""},
		{"three ways, the same answer twice", []string{"coin", "?", "kick", "?", "push", "!"}, 2, []string{"locked", "broken", "unlocked"}, "record 2: push: got !; the machine says blocked, or out of order, or passed"},
		{"an unknown outcome of what has no effect", []string{"push", "?", "push", "blocked"}, 2, []string{"locked"}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			checker := model.NewChecker(turnstile(), same, nil)
			records, err := checker.Follow(strings.NewReader(lines(t, test.trace...)))
			if records != test.records {
				t.Errorf("%d records agree; want %d", records, test.records)
			}
			d, diverged := errors.AsType[*turnstileDivergence](err)
			switch {
			case diverged != (test.diverge != "") || !diverged && err != nil:
				t.Fatalf("error %v", err)
			case diverged && d.Error() != test.diverge:
				t.Errorf("%q; want %q", d.Error(), test.diverge)
			case diverged && (d.Index != test.records || d.Input != test.trace[2*d.Index] || d.Got != test.trace[2*d.Index+1]):
				t.Errorf("%+v is not record %d", d, test.records)
			case diverged:
				var from []string
				for _, step := range d.Want {
					from = append(from, step.From)
				}
				if !slices.Equal(from, test.states) {
					t.Errorf("it steps from %v; want %v", from, test.states)
				}
			}
			if got := slices.Collect(checker.States()); !slices.Equal(got, test.states) {
				t.Errorf("states %v; want %v", got, test.states)
			}
		})
	}
}

// TestCheckerGoesOnAfterADivergence: it stays where it was, so that a caller may
// pass over a record.
func TestCheckerGoesOnAfterADivergence(t *testing.T) {
	checker := model.NewChecker(turnstile(), same, nil)
	for i, r := range []struct {
		input, output string
		index         int // of the divergence, -1 for none
	}{{"coin", "thanks", -1}, {"coin", "thanks", 1}, {"push", "blocked", 1}, {"push", "passed", -1}, {"push", "passed", 2}} {
		err := checker.Next(model.Record[string, string]{Input: r.input, Output: r.output})
		d, diverged := errors.AsType[*model.Divergence[string, string, string]](err)
		if diverged != (err != nil) || diverged != (r.index >= 0) || diverged && d.Index != r.index {
			t.Errorf("record %d: %v; want a divergence at %d", i, err, r.index)
		}
	}
}

func TestBrokenTraces(t *testing.T) {
	good := lines(t, "coin", "thanks")
	failing := errors.New("the disk is gone")
	tests := []struct {
		name  string
		trace io.Reader
		want  string // beginning
	}{
		{"not JSON", strings.NewReader(good + "nonsense\n"), "model: record 1 of the trace: invalid character"},
		{"cut off", strings.NewReader(good + good[:len(good)-5]), "model: record 1 of the trace: unexpected EOF"},
		{"of another type", strings.NewReader(good + `{"input":7}`), "model: record 1 of the trace: json: cannot unmarshal number"},
		{"not an object", strings.NewReader(`[]`), "model: record 0 of the trace: json: cannot unmarshal array"},
		{"not to be read", io.MultiReader(strings.NewReader(good), iotest.ErrReader(failing)), "model: record 1 of the trace: the disk is gone"},
	}
	for _, test := range tests {
		records, err := model.NewChecker(turnstile(), same, nil).Follow(test.trace)
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: %v; want %s", test.name, err, test.want)
		}
		if want := strings.Count(test.want, "record 1"); records != want {
			t.Errorf("%s: %d records; want %d", test.name, records, want)
		}
		if _, ok := errors.AsType[*turnstileDivergence](err); ok {
			t.Errorf("%s: it is told as a divergence", test.name)
		}
	}
}

// TestBlankLinesDoNotCount: a trace may end with a line break, or be laid out.
func TestBlankLinesDoNotCount(t *testing.T) {
	trace := "\n" + lines(t, "coin", "thanks") + "\r\n\n" + lines(t, "push", "passed") + "\n"
	if records, err := model.NewChecker(turnstile(), same, nil).Follow(strings.NewReader(trace)); records != 2 || err != nil {
		t.Errorf("%d, %v", records, err)
	}
}

// TestEqualOfTheCaller: a trace of a service has no conditions, and RequestIds of
// its own.
func TestEqualOfTheCaller(t *testing.T) {
	sameCode := func(want, got model.Output) bool { return want.Error.Code == got.Error.Code }
	record := model.Record[string, model.Output]{Input: "x", Output: model.Output{RequestID: "other", Error: errcodes.Error{Code: errcodes.IncorrectStatusListener}}}
	for name, test := range map[string]struct {
		equal func(want, got model.Output) bool
		agree bool
	}{"by code": {sameCode, true}, "deep": {nil, false}} {
		d := model.NewChecker(refusing(), func(int) string { return "" }, test.equal).Next(record)
		if (d == nil) != test.agree {
			t.Errorf("%s: %v", name, d)
		}
	}
}

// refusing is a machine with one refusal and one success.
func refusing() model.Machine[int, string, model.Output] {
	configuring := alb.Error(errcodes.CondListenerConfiguring, "lsn-1", "Configuring")
	refusal := reply.Refuse("r1", configuring, "listener lsn-1")
	return model.Func(0, func(s int, input string) (int, model.Output) {
		if input == "read" {
			return s, model.Output{RequestID: "r1", Body: json.RawMessage(`{"TotalCount":1}`)}
		}
		return s, refusal
	})
}

// TestDivergenceTellsConditionAndTarget: why the machine says what it says.
func TestDivergenceTellsConditionAndTarget(t *testing.T) {
	notFound := alb.Error(errcodes.CondListenerNotFound, "x")
	tests := []struct {
		name   string
		input  string
		output model.Output
		want   string
	}{
		{
			"a success where the machine refuses", "associate",
			model.Output{RequestID: "r1", JobID: "j"},
			"record 0: associate: got Success; the machine says IncorrectStatus.Listener because of ListenerConfiguring on listener lsn-1 (observed)",
		},
		{
			"a code of the service", "associate",
			model.Output{Error: errcodes.Error{Code: errcodes.ServiceBusy}},
			"record 0: associate: got ServiceBusy; the machine says IncorrectStatus.Listener because of ListenerConfiguring on listener lsn-1 (observed)",
		},
		{
			"a refusal where the machine does not", "read", reply.Refuse("r1", notFound, "listener x"),
			"record 0: read: got ResourceNotFound.Listener because of ListenerNotFound on listener x (assumed); the machine says Success",
		},
		{
			"what explaining leaves out", "read",
			model.Output{RequestID: "r1", Body: json.RawMessage(`{"TotalCount":2}`)},
			`record 0: read: got {"requestId":"r1","body":{"TotalCount":2}}; the machine says {"requestId":"r1","body":{"TotalCount":1}}`,
		},
		{
			"line breaks in the input", "a\nb\x1b",
			model.Output{},
			"record 0: a b : got Success; the machine says IncorrectStatus.Listener because of ListenerConfiguring on listener lsn-1 (observed)",
		},
		{
			"a long input", strings.Repeat("证", 200),
			model.Output{},
			"record 0: " + strings.Repeat("证", 100) + "…: got Success; the machine says IncorrectStatus.Listener because of ListenerConfiguring on listener lsn-1 (observed)",
		},
		{
			"the longest input that is told whole", strings.Repeat("证", 100),
			model.Output{},
			"record 0: " + strings.Repeat("证", 100) + ": got Success; the machine says IncorrectStatus.Listener because of ListenerConfiguring on listener lsn-1 (observed)",
		},
		{
			"a long input, cut within a letter", "x" + strings.Repeat("证", 200),
			model.Output{},
			"record 0: x" + strings.Repeat("证", 99) + "…: got Success; the machine says IncorrectStatus.Listener because of ListenerConfiguring on listener lsn-1 (observed)",
		},
	}
	for _, test := range tests {
		d := model.NewChecker(refusing(), func(int) string { return "" }, nil).Next(model.Record[string, model.Output]{Input: test.input, Output: test.output})
		if d == nil {
			t.Errorf("%s: no divergence", test.name)
			continue
		}
		if diff := cmp.Diff(test.want, d.Error()); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}

func TestCheckerStatesStop(t *testing.T) {
	checker := model.NewChecker(turnstile(), same, nil)
	if d := checker.Next(model.Record[string, string]{Input: "coin", Unknown: true}); d != nil {
		t.Fatal(d)
	}
	n := 0
	checker.States()(func(string) bool { n++; return false })
	if n != 1 {
		t.Errorf("%d states to a loop that stops after one", n)
	}
}
