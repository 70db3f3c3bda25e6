package targets

import (
	"maps"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cdn"
)

// The committed seeds of the targets by sequence are those random sequences that reach a
// documented code or condition that no earlier one reached, without the bytes that they do
// not need. They are short, because the engine makes each input that reaches new code
// smaller, in time that grows with the square of its length. What needs a longer sequence is
// left to the engine, which lengthens those that reach new code.
func TestSeeds(t *testing.T) {
	var tables []errcodes.Table
	others := []errcodes.Operation{
		errcodes.AssociateAdditionalCertificatesWithListener, errcodes.NLBAssociateAdditionalCertificatesWithListener, errcodes.NLBUpdateListenerAttribute,
		errcodes.GAAssociateAdditionalCertificatesWithListener, errcodes.UpdateAdditionalCertificateWithListener, errcodes.SetCertificate,
	}
	for _, op := range append(cdn.Operations(), others...) {
		tables = append(tables, op.Table())
	}
	var classic []errcodes.Table
	for op := range errcodes.Operations() {
		if op.Product() == errcodes.UploadServerCertificate.Product() {
			classic = append(classic, op.Table())
		}
	}
	documented := inputs.Documented(tables...)
	seeds := map[string][][]byte{ // a listener takes a load balancer and certificates, so what an ALB does begins later
		"CDN":     seedsOf(64, cdnMachine, inputs.CDN(), documented),
		"ALB":     seedsOf(128, albMachine, inputs.ALB(), documented),
		"CLB":     seedsOf(64, clbMachine, inputs.CLB(), inputs.Documented(classic...)),
		"ESA":     seedsOf(64, esaMachine, inputs.ESA(), documented),
		"Account": seedsOf(64, accountMachine, inputs.Account(), documented),
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

// seedsOf tries sequences of up to so many bytes, short ones first, so that a long one is
// for what needs it.
func seedsOf[S any](longest int, m model.Machine[S, inputs.Input, model.Output], o fuzz.Options[S, inputs.Input, model.Output], points []fuzz.Point) (seeds [][]byte) {
	missing := map[fuzz.Point]bool{}
	for _, p := range points {
		missing[p] = true
	}
	for most := 16; most <= longest; most *= 2 {
		for data := range fuzz.Bytes(11, 1000, most) {
			if found := reached(m, o, data, missing); len(found) > 0 {
				seeds = append(seeds, shorter(data, func(less []byte) bool { return maps.Equal(reached(m, o, less, found), found) }))
				maps.DeleteFunc(missing, func(p fuzz.Point, _ bool) bool { return found[p] })
			}
		}
	}
	return seeds
}

// reached returns which of the points a sequence reaches.
func reached[S any](m model.Machine[S, inputs.Input, model.Output], o fuzz.Options[S, inputs.Input, model.Output], data []byte, points map[fuzz.Point]bool) map[fuzz.Point]bool {
	var sequence []inputs.Input
	for in := range fuzz.Inputs(m, o.Generator, data) {
		sequence = append(sequence, in)
	}
	found := map[fuzz.Point]bool{}
	for _, step := range model.Run(m, sequence...) {
		for p := range o.Touched(step) {
			if points[p] {
				found[p] = true
			}
		}
	}
	return found
}

// shorter removes parts of data without which it is still good, large ones first.
func shorter(data []byte, good func([]byte) bool) []byte {
	for size := len(data) / 2; size > 0; size /= 2 {
		for at := len(data) - size; at >= 0; at -= size {
			if less := append(append([]byte{}, data[:at]...), data[at+size:]...); good(less) {
				data = less
			}
		}
	}
	return data
}
