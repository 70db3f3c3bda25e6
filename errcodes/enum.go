package errcodes

import (
	"fmt"
	"iter"

	"github.com/alicert/alicert/internal/redact"
)

// The small enumerations of this package (Condition, Operation, Evidence, …)
// are numbers with names: numbers so that they cost nothing to pass and
// compare, names so that they survive in JSON when the numbers change. Zero is
// "none" in each of them; its name is empty.

type enum interface {
	~uint8
	fmt.Stringer
}

// nameOf never fails, so that a wrong number can still be printed.
func nameOf[E enum](names []string, e E) string {
	if int(e) < len(names) {
		return names[e]
	}
	return fmt.Sprintf("unknown(%d)", uint8(e))
}

// marshal refuses numbers from end on, because unmarshal could not read what it
// wrote for them.
func marshal[E enum](e, end E, kind string) ([]byte, error) {
	if e >= end {
		return nil, fmt.Errorf("errcodes: %d is no %s", uint8(e), kind)
	}
	return []byte(e.String()), nil
}

func unmarshal[E enum](into *E, end E, kind string, text []byte) error {
	for e := range end {
		if e.String() == string(text) {
			*into = e
			return nil
		}
	}
	return unknown(kind, string(text), values(end))
}

// values yields the values from 1 to before end.
func values[E enum](end E) iter.Seq[E] {
	return func(yield func(E) bool) {
		for e := E(1); e < end; e++ {
			if !yield(e) {
				return
			}
		}
	}
}

func unknown[V fmt.Stringer](kind, text string, all iter.Seq[V]) error {
	var known []string
	for v := range all {
		known = append(known, v.String())
	}
	return fmt.Errorf("errcodes: %q is no %s; known are %q", redact.Text(text), kind, known)
}
