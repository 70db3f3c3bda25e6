package targets

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/validate"
)

var (
	cdnMachine     = fuzz.MachineOf(cdn.Machine{}, inputs.Input.CDN)
	albMachine     = fuzz.MachineOf(alb.Machine{}, inputs.Input.ALB)
	clbMachine     = fuzz.MachineOf(clb.Machine{}, inputs.Input.CLB)
	esaMachine     = fuzz.MachineOf(esa.Machine{}, inputs.Input.ESA)
	accountMachine = fuzz.MachineOf(account.Machine{}, inputs.Input.Account)

	cdnOptions     = inputs.CDN()
	albOptions     = inputs.ALB()
	clbOptions     = inputs.CLB()
	esaOptions     = inputs.ESA()
	accountOptions = inputs.Account()
)

// systemOf returns a function that opens systems which are the machine.
func systemOf[S any](m model.Machine[S, inputs.Input, model.Output]) func() model.System[inputs.Input, model.Output] {
	return func() model.System[inputs.Input, model.Output] { return model.NewSystem(m) }
}

func FuzzCDN(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzz.ConformBytes(t, cdnMachine, systemOf(cdnMachine), cdnOptions, bounded(data))
	})
}

func FuzzALB(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzz.ConformBytes(t, albMachine, systemOf(albMachine), albOptions, bounded(data))
	})
}

func FuzzCLB(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzz.ConformBytes(t, clbMachine, systemOf(clbMachine), clbOptions, bounded(data))
	})
}

func FuzzESA(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzz.ConformBytes(t, esaMachine, systemOf(esaMachine), esaOptions, bounded(data))
	})
}

func FuzzAccount(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzz.ConformBytes(t, accountMachine, systemOf(accountMachine), accountOptions, bounded(data))
	})
}

// bounded keeps one execution short: several short sequences find more than a long one.
// The seeds are much shorter, and the engine makes them longer where that reaches new code.
func bounded(data []byte) []byte { return data[:min(len(data), 1024)] }

// FuzzJSON checks that inputs, outputs and states survive JSON, and that a saved journal
// is replayed with the same outputs.
func FuzzJSON(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		state := accountMachine.Init()
		for in := range fuzz.Inputs(accountMachine, accountOptions.Generator, bounded(data)) {
			var sent inputs.Input
			var checked account.Input
			thereAndBack(t, in, &sent)
			thereAndBack(t, in.Account(), &checked)
			next, out := accountMachine.Step(state, in)
			for name, replayed := range map[string]account.Input{"sent": sent.Account(), "checked": checked} {
				if s, o := (account.Machine{}).Step(state, replayed); !o.Equal(out) || !accountOptions.Same(s, next) {
					t.Fatalf("as %s, the replay answers %+v; want %+v", name, o, out)
				}
			}
			var output model.Output
			if thereAndBack(t, out, &output); !output.Equal(out) {
				t.Fatalf("output %+v comes back as %+v", out, output)
			}
			state = next
		}
		var s account.State
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

// FuzzValidateAgainstModel checks that the machine refuses what validate refuses, with the
// same condition, and refuses nothing else for a condition of the request. validate reads
// the texts, the machine shares parsed pairs.
func FuzzValidateAgainstModel(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		state := accountMachine.Init()
		for in := range fuzz.Inputs(accountMachine, accountOptions.Generator, bounded(data)) {
			next, out := accountMachine.Step(state, in)
			state = next
			isRequest, verdict := verdictOf(in)
			if !isRequest {
				continue
			}
			var refused *errcodes.Error
			got := out.Error.Condition
			switch {
			case errors.As(verdict, &refused) && got != refused.Condition:
				t.Fatalf("%+v: validate says %v, the machine %s", in, verdict, out.Outcome())
			case verdict == nil && got != 0 && got <= errcodes.CondCertificateRepeated && got != errcodes.CondCertificateNotServer &&
				(got != errcodes.CondCertificateRepeated || !mayRepeat(in)):
				t.Fatalf("%+v: validate accepts, the machine says %s", in, out.Outcome())
			}
		}
	})
}

// mayRepeat reports whether a request names a certificate twice, which verdictOf does not
// ask about a dissociation, or by its number alone: the load balancer's region completes
// that, so only the machine sees that the certificate is there in full, too.
func mayRepeat(in inputs.Input) bool {
	r, isChange := in.Action.(inputs.Change)
	return isChange && (errors.Is(validate.Verdict(r.Request(), validate.Options{}), errcodes.CondCertificateRepeated) ||
		slices.ContainsFunc(r.CertificateIDs, func(id string) bool {
			_, err := strconv.Atoi(id)
			return err == nil
		}))
}

// verdictOf returns what validate says about a request, without the shared pair.
func verdictOf(in inputs.Input) (isRequest bool, verdict error) {
	switch r := in.Action.(type) {
	case inputs.Set:
		req, opts := r.Request()
		req.Pair = nil
		return true, validate.Verdict(req, opts)
	case inputs.Upload:
		req, opts := r.Request()
		req.Pair = nil
		return true, validate.Verdict(req, opts)
	case inputs.SetSite:
		req, opts := r.Request()
		req.Pair = nil
		return true, validate.Verdict(req, opts)
	case inputs.Change:
		opts := validate.Options{}
		if t := r.Op.Table(); t.Rank(errcodes.CondCertificateRepeated) > t.Rank(errcodes.CondListenerNotFound) {
			opts.Skip = []errcodes.Condition{errcodes.CondCertificateRepeated} // the machine checks it after the listener
		}
		return true, validate.Verdict(r.Request(), opts)
	default:
		return false, nil
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

// FuzzOf joins and wraps errors, and checks that errcodes.Of finds the first code in the
// order in which errors are unwrapped.
func FuzzOf(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		s := fuzz.NewSource(data)
		want, err := sdkError(s, 4)
		if got, ok := errcodes.Of(err); got != want || ok != (want != "") {
			t.Errorf("%T: %q, %v; want %q", err, got, ok, want)
		}
	})
}

func sdkError(s *fuzz.Source, depth int) (errcodes.Code, error) {
	code := fuzz.Pick(s, "ServiceBusy", "", "Throttling.User", "\xff", "Certificate.MissMatch")
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
		e := errcodes.SetDomainServerCertificate.Table().Error(errcodes.CondDomainConfiguring)
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
