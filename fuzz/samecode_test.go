package fuzz_test

import (
	"context"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
)

// codesOnly answers with codes, and with the ids that later inputs name.
type codesOnly struct {
	model.System[inputs.Input, model.Output]
	wrong errcodes.Code // is answered as ServiceBusy
}

func (c codesOnly) Do(ctx context.Context, in inputs.Input) (model.Output, error) {
	out, err := c.System.Do(ctx, in)
	bare := model.Output{JobID: out.JobID, Error: errcodes.Error{Code: out.Error.Code}}
	if c.wrong != "" && bare.Error.Code == c.wrong {
		bare.Error.Code = errcodes.ServiceBusy
	}
	return bare, err
}

func TestSameCode(t *testing.T) {
	o := inputs.ALB()
	o.Equal = fuzz.SameCode
	open := func(wrong errcodes.Code) func() model.System[inputs.Input, model.Output] {
		return func() model.System[inputs.Input, model.Output] {
			return codesOnly{model.NewSystem(albMachine), wrong}
		}
	}
	fuzz.Conform(t, albMachine, open(""), o)

	var f fataler
	fuzz.Conform(&f, albMachine, open(errcodes.IncorrectStatusListener), o)
	for _, part := range []string{
		`they differ in       Error.Code: the system has "ServiceBusy", the machine "IncorrectStatus.Listener"`,
		"options.Equal = fuzz.SameCode\n",
	} {
		if !strings.Contains(f.text, part) {
			t.Errorf("no %q in\n%s", part, f.text)
		}
	}
	if strings.Count(f.text, "they differ") != 1 {
		t.Errorf("parts that are not compared:\n%s", f.text)
	}
}
