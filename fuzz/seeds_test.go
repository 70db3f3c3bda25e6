package fuzz

import (
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cdn"
)

// The committed seeds of the targets by sequence are, of the random sequences of
// one seed, those that touch a documented code or condition that none before did.
func TestSeeds(t *testing.T) {
	documented := Documented(tables(append(cdn.Operations(), errcodes.AssociateAdditionalCertificatesWithListener)...)...)
	seeds := map[string][][]byte{
		"FuzzCDN":   seedsOf(cdnMachine, CDN(), documented),
		"FuzzALB":   seedsOf(albMachine, ALB(), documented),
		"FuzzWorld": seedsOf(worldMachine, World(), documented),
	}
	seeds["FuzzJSON"] = seeds["FuzzWorld"]
	seeds["FuzzValidateAgainstModel"] = seeds["FuzzWorld"]
	for data := range Bytes(1, 20, 24) {
		seeds["FuzzOf"] = append(seeds["FuzzOf"], data)
	}
	for target, all := range seeds {
		keepSeeds(t, target, all)
	}
}

func seedsOf[S any](m model.Machine[S, Input, model.Output], o Options[S, Input, model.Output], points []Point) (seeds [][]byte) {
	missing := map[Point]bool{}
	for _, p := range points {
		missing[p] = true
	}
	for data := range Bytes(11, 400, 400) {
		before := len(missing)
		var inputs []Input
		for in := range Inputs(m, o.Generator, data) {
			inputs = append(inputs, in)
		}
		for _, step := range model.Run(m, inputs...) {
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
