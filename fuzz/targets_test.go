package fuzz

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/reached"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/world"
	"github.com/alicert/alicert/validate"
)

// The seed corpora under testdata/fuzz are what TestSeeds -update writes.

func FuzzCDN(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		ConformBytes(t, cdnMachine, systemOf(noting[cdn.State]{cdnMachine}), CDN(), bounded(data))
	})
}

func FuzzALB(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		ConformBytes(t, albMachine, systemOf(noting[alb.State]{albMachine}), ALB(), bounded(data))
	})
}

func FuzzWorld(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		ConformBytes(t, worldMachine, systemOf(noting[world.State]{worldMachine}), World(), bounded(data))
	})
}

// noting is a machine whose steps note the codes of their answers.
type noting[S any] struct {
	model.Machine[S, Input, model.Output]
}

func (m noting[S]) Step(state S, in Input) (S, model.Output) {
	next, out := m.Machine.Step(state, in)
	reached.Note(out.Error.Code)
	return next, out
}

// bounded keeps one execution short: what a longer sequence would find, several
// find sooner.
func bounded(data []byte) []byte { return data[:min(len(data), 4096)] }

// Inputs, as sent and as judged, outputs and states survive JSON, and a journal
// that was saved is replayed with the same outputs.
func FuzzJSON(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		state := worldMachine.Init()
		for in := range Inputs(worldMachine, WorldInputs(), bounded(data)) {
			var sent Input
			var judged world.Input
			thereAndBack(t, in, &sent)
			thereAndBack(t, in.World(), &judged)
			next, out := noting[world.State]{worldMachine}.Step(state, in)
			for name, replayed := range map[string]world.Input{"sent": sent.World(), "judged": judged} {
				if s, o := (world.Machine{}).Step(state, replayed); o != out || !World().Same(s, next) {
					t.Fatalf("as %s, the replay answers %+v; want %+v", name, o, out)
				}
			}
			var output model.Output
			if thereAndBack(t, out, &output); output != out {
				t.Fatalf("output %+v comes back as %+v", out, output)
			}
			state = next
		}
		var s world.State
		if thereAndBack(t, state, &s); !cmp.Equal(s, state) {
			t.Fatalf("state (-saved +loaded)\n%s", cmp.Diff(state, s))
		}
	})
}

func thereAndBack[V any](t *testing.T, v V, back *V) {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, back); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	again, err := json.Marshal(*back)
	if err != nil || string(again) != string(data) {
		t.Fatalf("%s comes back as %s, %v", data, again, err)
	}
}

// What validate refuses the machine refuses, for the same condition; what it
// accepts never earns a condition of the request. Both as judged afresh, without
// what package fuzz remembers of its material.
func FuzzValidateAgainstModel(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		state := worldMachine.Init()
		for in := range Inputs(worldMachine, WorldInputs(), data[:min(len(data), 1024)]) {
			next, out := noting[world.State]{worldMachine}.Step(state, in)
			var verdict error
			switch r := in.Action.(type) {
			case Set:
				req, opts := r.Request()
				verdict = req.Verdict(opts)
				checkFresh(t, state.CDN, in, cdn.Set(r.RequestID, req, opts))
			case SetCdn:
				req, opts := r.Request()
				verdict = req.Verdict(opts)
				checkFresh(t, state.CDN, in, cdn.SetCdnSSL(r.RequestID, req, opts))
			case SetDcdn:
				req, opts := r.Request()
				verdict = req.Verdict(opts)
				checkFresh(t, state.CDN, in, cdn.SetDcdnSSL(r.RequestID, req, opts))
			case Upload:
				checkFresh(t, state.CDN, in, cdn.Upload(r.RequestID, string(r.Name), r.Certificate.Text(), validate.NewSecret(r.PrivateKey.Text()), at(r.At)))
				state = next
				continue
			case Associate:
				verdict = validate.AssociateAdditionalCertificatesWithListener(r.Request(), validate.Options{}).Err()
			default:
				state = next
				continue
			}
			state = next
			var refused *errcodes.Error
			got := out.Error.Condition
			switch {
			case errors.As(verdict, &refused) && got != refused.Condition:
				t.Fatalf("%+v: validate says %v, the machine %s", in, verdict, out.Outcome())
			case verdict == nil && got != 0 && got <= errcodes.CondCertificateRepeated && got != errcodes.CondCertificateNotServer:
				t.Fatalf("%+v: validate accepts, the machine says %s", in, out.Outcome())
			}
		}
	})
}

// checkFresh proves that an input does what it does when it is judged afresh.
func checkFresh(t *testing.T, state cdn.State, in Input, fresh cdn.Input) {
	t.Helper()
	next, out := cdn.Machine{}.Step(state, in.CDN())
	freshNext, freshOut := cdn.Machine{}.Step(state, fresh)
	if out != freshOut || !sameCDN(next, freshNext) {
		t.Fatalf("%+v is answered %+v, and %+v when judged afresh", in, out, freshOut)
	}
}

// Errors in the shapes of the vendor's SDKs.
type (
	methodError struct{ code string }
	fieldError  struct{ Code *string }
	getterError struct{ code *string }
	wrapError   struct {
		fieldError
		inner error
	}
)

func (e methodError) Error() string     { return "SDK.ServerError" }
func (e methodError) ErrorCode() string { return e.code }
func (e *fieldError) Error() string     { return "SDKError" }
func (e getterError) Error() string     { return "SDKError" }
func (e getterError) GetCode() *string  { return e.code }
func (e *wrapError) Unwrap() error      { return e.inner }

// FuzzOf builds an error of many, and knows which code it should be found to carry:
// the first one in the order in which errors are unwrapped.
func FuzzOf(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		s := NewSource(data)
		want, err := sdkError(s, 4)
		if got, ok := errcodes.Of(err); got != want || ok != (want != "") {
			t.Errorf("%T: %q, %v; want %q", err, got, ok, want)
		}
	})
}

func sdkError(s *Source, depth int) (errcodes.Code, error) {
	code := Pick(s, "ServiceBusy", "", "Throttling.User", "\xff", "Certificate.MissMatch")
	if depth == 0 || s.OneIn(3) {
		return "", errors.New("no code")
	}
	switch s.Intn(10) {
	case 0:
		return errcodes.Code(code), methodError{code}
	case 1:
		return errcodes.Code(code), &fieldError{&code}
	case 2:
		return errcodes.Code(code), getterError{&code}
	case 3:
		return "", &fieldError{}
	case 4:
		return "", getterError{}
	case 5:
		return "", (*fieldError)(nil)
	case 6:
		e, _ := errcodes.SetDomainServerCertificate.Error(errcodes.CondDomainConfiguring)
		return e.Code, &e
	case 7:
		want, inner := sdkError(s, depth-1)
		return want, fmt.Errorf("deploy: %w", inner)
	case 8:
		want, inner := sdkError(s, depth-1)
		if code != "" {
			want = errcodes.Code(code)
		}
		return want, &wrapError{fieldError{&code}, inner}
	default:
		want, first := sdkError(s, depth-1)
		other, second := sdkError(s, depth-1)
		if want == "" {
			want = other
		}
		return want, errors.Join(first, second)
	}
}
