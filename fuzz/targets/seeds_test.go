package targets

import (
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cdn"
)

// The committed seeds of the targets by sequence are those random sequences that reach a
// documented code or condition that no earlier one reached.
func TestSeeds(t *testing.T) {
	var tables []errcodes.Table
	for _, op := range append(cdn.Operations(), errcodes.AssociateAdditionalCertificatesWithListener) {
		tables = append(tables, op.Table())
	}
	documented := inputs.Documented(tables...)
	seeds := map[string][][]byte{
		"CDN":     seedsOf(cdnMachine, inputs.CDN(), documented),
		"ALB":     seedsOf(albMachine, inputs.ALB(), documented),
		"Account": seedsOf(accountMachine, inputs.Account(), documented),
	}
	seeds["JSON"] = seeds["Account"]
	seeds["ValidateAgainstModel"] = seeds["Account"]
	for data := range fuzz.Bytes(1, 20, 24) {
		seeds["Of"] = append(seeds["Of"], data)
	}
	for target, all := range seeds {
		keepSeeds(t, target, all)
	}
}

func seedsOf[S any](m model.Machine[S, inputs.Input, model.Output], o fuzz.Options[S, inputs.Input, model.Output], points []fuzz.Point) (seeds [][]byte) {
	missing := map[fuzz.Point]bool{}
	for _, p := range points {
		missing[p] = true
	}
	for data := range fuzz.Bytes(11, 400, 400) {
		before := len(missing)
		var sequence []inputs.Input
		for in := range fuzz.Inputs(m, o.Generator, data) {
			sequence = append(sequence, in)
		}
		for _, step := range model.Run(m, sequence...) {
			for p := range o.Touched(step) {
				delete(missing, p)
			}
		}
		if len(missing) < before {
			seeds = append(seeds, data)
		}
	}
	return seeds
}
