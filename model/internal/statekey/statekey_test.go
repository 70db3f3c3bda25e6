package statekey_test

import (
	"math"
	"testing"

	"github.com/alicert/alicert/model/internal/statekey"
)

// No two sequences of values of the same types have the same bytes, and none is
// the beginning of another.
func TestSequencesAreTold(t *testing.T) {
	texts := func(texts ...string) string { return string(statekey.Text([]byte("t"), texts...)) }
	numbers := func(numbers ...int) string { return string(statekey.Number([]byte("n"), numbers...)) }
	bits := func(bits ...bool) string { return string(statekey.Bits([]byte("b"), bits...)) }
	for _, encoded := range [][]string{
		{texts("", ""), texts("", "a"), texts("a", ""), texts("aa", ""), texts("a", "a"), texts("\x01a", ""), texts("\x01", "a"), texts(string(make([]byte, 300)), "")},
		{numbers(0, 0), numbers(0, 1), numbers(1, 0), numbers(-1, 0), numbers(127, 0), numbers(128, 0), numbers(0, 128), numbers(math.MaxInt, 0), numbers(math.MinInt, 0)},
		{bits(), bits(true), bits(false, true), bits(true, true), bits(false, false, false, false, false, false, false, true)},
	} {
		for i, a := range encoded {
			for j, b := range encoded {
				if i != j && len(a) <= len(b) && a == b[:len(a)] {
					t.Errorf("%q begins as %q", b, a)
				}
			}
		}
	}
	if bits(false) != bits(false, false) {
		t.Error("bits that are not set take room")
	}
}
