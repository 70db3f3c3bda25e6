package fuzz

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/alicert/alicert/model"
)

// Linearizable fails the test unless the machine can explain the history of concurrent
// clients: it takes the operations one at a time, each at some moment between its call
// and its return, and gives the recorded outputs. A failure shows the shortest part of
// the history found that has no explanation. With go test -artifacts it names an HTML file
// with a picture.
//
// The search uses porcupine. Its time and memory grow with the square of the length of
// a history, so a long history needs a [Footprint] that splits it.
func Linearizable[S, I, O any](t T, m model.Machine[S, I, O], history []Operation[I, O], o Options[S, I, O]) {
	t.Helper()
	failed := checkHistory(m, history, o)
	if failed == nil {
		return
	}
	t.Fatalf("%v\n%s", failed, keepPicture(t, failed.Picture))
}

// keepPicture writes the picture of a history where the test keeps what it makes, and
// says where that is. Without -artifacts nothing is kept.
func keepPicture(t T, picture []byte) string {
	a, ok := t.(interface{ ArtifactDir() string })
	if !ok {
		return "CheckHistory returns a picture of it"
	}
	if f := flag.Lookup("test.artifacts"); f == nil || f.Value.String() != "true" {
		return "go test -artifacts keeps a picture of it"
	}
	file := filepath.Join(a.ArtifactDir(), "history.html")
	if err := os.WriteFile(file, picture, 0o600); err != nil {
		return "no picture: " + err.Error()
	}
	return "picture: " + file
}

// NotLinearizable is a history that the machine cannot explain. It is an error.
type NotLinearizable[I, O any] struct {
	// History is the shortest part found without an explanation, in the order of
	// calls. Operations that had not returned at its end are Unknown.
	History []Operation[I, O]
	// Of is the number of operations in the whole history.
	Of int
	// Picture is an HTML page that shows how far partial explanations of History
	// get.
	Picture []byte

	home string // path of the package that inputs are printed for
}

// Error lists the history.
func (n *NotLinearizable[I, O]) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "not linearizable: %d operations of %d have no explanation", len(n.History), n.Of)
	for _, op := range n.History {
		fmt.Fprintf(&b, "\n%s", describeOperation(n.home, op))
	}
	return b.String()
}

// describeOperation prints the input as Go source, which has its type.
func describeOperation[I, O any](home string, op Operation[I, O]) string {
	input := sourceOf(home, op.Input)
	if op.Unknown {
		return fmt.Sprintf("%d- client %d: %s: no answer", op.Call, op.Client, input)
	}
	return fmt.Sprintf("%d-%d client %d: %s: %s", op.Call, op.Return, op.Client, input, shown(op.Output))
}

// CheckHistory is [Linearizable] without a test. It returns nil for a history that the
// machine can explain, and otherwise a [*NotLinearizable].
func CheckHistory[S, I, O any](m model.Machine[S, I, O], history []Operation[I, O], o Options[S, I, O]) error {
	if failed := checkHistory(m, history, o); failed != nil {
		return failed
	}
	return nil
}

func checkHistory[S, I, O any](m model.Machine[S, I, O], history []Operation[I, O], o Options[S, I, O]) *NotLinearizable[I, O] {
	c := historyCheck[S, I, O]{m, o}
	part := c.unexplained(parts(o.Footprint, m.Init(), history))
	if part == nil {
		return nil
	}
	short := c.reduce(part)
	return &NotLinearizable[I, O]{History: short, Of: len(history), Picture: c.picture(short), home: o.Program.Package}
}

// unexplained returns the first part without an explanation, or nil. It checks one part
// per processor at a time, which bounds the memory of porcupine.
func (c historyCheck[S, I, O]) unexplained(parts [][]Operation[I, O]) []Operation[I, O] {
	var next atomic.Int64
	first := atomic.Int64{}
	first.Store(int64(len(parts)))
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for {
				i := next.Add(1) - 1
				if i >= first.Load() {
					return
				}
				if !c.explained(parts[i]) {
					lower(&first, i)
				}
			}
		})
	}
	workers.Wait()
	if i := first.Load(); i < int64(len(parts)) {
		return parts[i]
	}
	return nil
}

// lower makes a number no more than i.
func lower(n *atomic.Int64, i int64) {
	old := n.Load()
	for i < old && !n.CompareAndSwap(old, i) {
		old = n.Load()
	}
}

type historyCheck[S, I, O any] struct {
	machine model.Machine[S, I, O]
	options Options[S, I, O]
}

// explained reports whether a history has an explanation.
func (c historyCheck[S, I, O]) explained(history []Operation[I, O]) bool {
	result := porcupine.CheckOperationsTimeout(c.model(), c.operations(history), 0)
	return result == porcupine.Ok
}

// model is the machine for porcupine. States are pointers, so that they are not copied
// with every look.
func (c historyCheck[S, I, O]) model() porcupine.Model {
	return porcupine.Model{
		Init: func() any { s := c.machine.Init(); return &s },
		Step: func(state, input, _ any) (bool, any) {
			op := input.(*Operation[I, O])
			next, want := c.machine.Step(*state.(*S), op.Input)
			return op.Unknown || c.options.equal(want, op.Output), &next
		},
		Equal: func(a, b any) bool {
			x, y := a.(*S), b.(*S)
			return x == y || c.options.same(*x, *y)
		},
		DescribeOperation: func(input, _ any) string {
			return describeOperation(c.options.Program.Package, *input.(*Operation[I, O]))
		},
		DescribeState: func(state any) string { return fmt.Sprintf("%+v", *state.(*S)) },
	}
}

func (c historyCheck[S, I, O]) operations(history []Operation[I, O]) []porcupine.Operation {
	operations := make([]porcupine.Operation, len(history))
	clients := 0
	for i := range history {
		clients = max(clients, history[i].Client+1)
	}
	for i := range history {
		op := &history[i]
		operations[i] = porcupine.Operation{ClientId: op.Client, Input: op, Call: op.Call, Return: op.end()}
		if op.Unknown { // its client goes on, so the picture shows it as another client's
			operations[i].ClientId = clients
			clients++
		}
	}
	return operations
}

// picture draws how far partial explanations get.
func (c historyCheck[S, I, O]) picture(history []Operation[I, O]) []byte {
	var last int64
	for i := range history {
		last = max(last, history[i].Call+1)
		if !history[i].Unknown {
			last = max(last, history[i].Return)
		}
	}
	operations := c.operations(history)
	for i := range operations { // an operation without an end has to fit on the page
		if operations[i].Return == math.MaxInt64 {
			operations[i].Return = last + 1
		}
	}
	_, info := porcupine.CheckOperationsVerbose(c.model(), operations, 10*time.Second)
	var b bytes.Buffer
	if err := porcupine.Visualize(c.model(), info, &b); err != nil {
		return []byte("<!DOCTYPE html><title>no picture</title>") // the error has the history
	}
	return b.Bytes()
}
