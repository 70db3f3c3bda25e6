package fuzz

import (
	"fmt"
	"go/format"
	"go/token"
	"maps"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/model"
)

// Program has the Go expressions from which a failure is printed as a test. An empty one
// is made from the value that the test gave, if that can be written as source: a machine
// that is a struct or comes from [MachineOf], a function that has a name, and options of
// which every field that [Replay] needs can be written. Otherwise the name machine, open
// or options stands there, and a comment says that the reader has to define it.
type Program struct {
	Machine string   // such as cdn.Machine{}
	Open    string   // a function that returns a new system
	Options string   // such as inputs.CDN()
	Imports []string // paths of the packages in these expressions

	// Package is the path of the package into which the test will be pasted. Its
	// names are printed without a qualifier. For an external test package, append
	// _test to the path of the package under test. Empty means the package of the
	// first name that only its own package can use, or else a package of its own.
	Package string

	made any // the options that the expression Options makes; see Named
}

// Named returns the options with the Go expression that made them, such as
// "inputs.CDN()", and the paths of the packages in it. A printed failure has the
// expression, and sets the fields that were changed later.
func (o Options[S, I, O]) Named(expression string, imports ...string) Options[S, I, O] {
	o.Program.Options = expression
	o.Program.Imports = append(slices.Clone(o.Program.Imports), imports...)
	made := o
	o.Program.made = &made
	return o
}

// printedTest returns a Go test that sends the inputs with [Replay].
func printedTest[S, I, O any](o Options[S, I, O], m model.Machine[S, I, O], open func() model.System[I, O], inputs []I) (source, home string) {
	home = o.Program.Package
	for {
		g := &goPrinter{home: home, imports: map[string]bool{"testing": true, fuzzPath: true}}
		source = testOf(g, o, m, open, inputs)
		if home != "" || g.inside == "" {
			return source, home
		}
		home = g.inside // a name needs this package; print for it
	}
}

const fuzzPath = "github.com/alicert/alicert/fuzz"

func testOf[S, I, O any](g *goPrinter, o Options[S, I, O], m model.Machine[S, I, O], open func() model.System[I, O], inputs []I) string {
	t := &testPrinter{goPrinter: g}
	for _, path := range o.Program.Imports {
		g.imports[path] = true
	}
	machine := t.argument(o.Program.Machine, "machine", "the machine of the test, which has no source", func() (string, bool) { return g.machine(m) })
	opened := t.argument(o.Program.Open, "open", "a function that returns a new system in the machine's initial state", func() (string, bool) {
		return g.function(reflect.ValueOf(open))
	})
	options := optionsOf(t, o)
	if len(machine) > 80 {
		t.before = "\tmachine := " + machine + "\n" + t.before
		machine = "machine"
	}
	var body strings.Builder
	fmt.Fprintf(&body, "func TestFailure(t *testing.T) {\n%s\t%s(t, %s, %s, %s,\n", t.before, g.ours("Replay"), machine, opened, options)
	for _, input := range inputs {
		fmt.Fprintf(&body, "\t\t%s,\n", g.value(reflect.ValueOf(&input).Elem()))
	}
	body.WriteString("\t)\n}\n")
	name := "failure_test"
	if g.home != "" {
		name = g.home[strings.LastIndex(g.home, "/")+1:]
	}
	source := "package " + name + "\n\n" + g.importDeclaration() + t.comment() + body.String()
	if pretty, err := format.Source([]byte(source)); err == nil {
		return string(pretty)
	}
	return source // an expression in Program may be invalid
}

// ours prints a name of this package.
func (g *goPrinter) ours(name string) string {
	if g.home == fuzzPath {
		return name
	}
	return "fuzz." + name
}

func (g *goPrinter) importDeclaration() string {
	std, others := "", ""
	for _, path := range slices.Sorted(maps.Keys(g.imports)) {
		if path == g.home {
			continue
		}
		line := "\t" + strconv.Quote(path) + "\n"
		if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
			others += line
		} else {
			std += line
		}
	}
	return "import (\n" + std + "\n" + others + ")\n\n"
}

// testPrinter prints the arguments of a call of Replay.
type testPrinter struct {
	*goPrinter
	before  string   // statements before the call
	missing []string // what the reader has to define
}

// argument returns a given expression, one that is made, or a name for the reader to
// define.
func (t *testPrinter) argument(given, name, what string, expression func() (string, bool)) string {
	if given != "" {
		return given
	}
	if made, ok := expression(); ok {
		return made
	}
	t.missing = append(t.missing, name+": "+what)
	return name
}

// comment tells what the reader has to define.
func (t *testPrinter) comment() string {
	if len(t.missing) == 0 {
		return ""
	}
	return "// TestFailure does not compile before you define\n//\n//   - " + strings.Join(t.missing, "\n//   - ") + "\n"
}

// optionsOf prints the options: the expression that made them, with what was changed
// since and Replay needs.
func optionsOf[S, I, O any](t *testPrinter, o Options[S, I, O]) string {
	expression := o.Program.Options
	made, _ := o.Program.made.(*Options[S, I, O])
	switch {
	case expression == "":
		made = &Options[S, I, O]{}
		expression = t.name(reflect.TypeFor[Options[S, I, O]]()) + "{}"
	case made == nil || made.Program.Options != expression:
		return expression // the caller's own
	}
	set := ""
	change := func(field string, same bool, value, what string, ok bool) {
		if same {
			return
		}
		if !ok {
			value = strings.ToLower(field)
			t.missing = append(t.missing, value+": "+what)
		}
		set += "\toptions." + field + " = " + value + "\n"
	}
	function := func(field string, was, is any, what string) {
		a, b := reflect.ValueOf(was), reflect.ValueOf(is)
		if b.IsNil() {
			change(field, a.IsNil(), "nil", "", true)
			return
		}
		if a.Pointer() == b.Pointer() {
			return
		}
		value, ok := t.function(b)
		change(field, false, value, what, ok)
	}
	function("Equal", made.Equal, o.Equal, "the test's comparison of outputs")
	change("IDs", made.IDs == o.IDs, "nil", "the test's description of ids", o.IDs == nil)
	function("Key", made.Key, o.Key, "the test's key of states")
	change("Invariants", sameInvariants(made.Invariants, o.Invariants), "nil", "the test's invariants", len(o.Invariants) == 0)
	change("Timeout", made.Timeout == o.Timeout, t.value(reflect.ValueOf(o.Timeout)), "", true)
	if made.Timeout == o.Timeout {
		delete(t.imports, reflect.TypeFor[time.Duration]().PkgPath())
	}
	change("MaxStates", made.MaxStates == o.MaxStates, strconv.Itoa(o.MaxStates), "", true)
	if set == "" {
		return expression
	}
	t.before += "\toptions := " + expression + "\n" + set
	return "options"
}

func sameInvariants[S, I, O any](a, b []model.Invariant[S, I, O]) bool {
	return slices.EqualFunc(a, b, func(x, y model.Invariant[S, I, O]) bool {
		return x.Name == y.Name && reflect.ValueOf(x.Holds).Pointer() == reflect.ValueOf(y.Holds).Pointer()
	})
}

// machine prints a machine, if it can be written as source.
func (g *goPrinter) machine(m any) (expression string, ok bool) {
	if a, is := m.(interface{ adapts() (inner, input any) }); is {
		inner, input := a.adapts()
		of, okOf := g.machine(inner)
		by, okBy := g.function(reflect.ValueOf(input))
		return g.ours("MachineOf") + "(" + of + ", " + by + ")", okOf && okBy
	}
	v := reflect.ValueOf(m)
	t := v.Type()
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || t.Name() == "" || strings.Contains(t.Name(), "[") || t.PkgPath() == "main" && g.home != "main" ||
		t.PkgPath() == reflect.TypeFor[model.Record[int, int]]().PkgPath() && !token.IsExported(t.Name()) { // of model.Func
		return "", false
	}
	g.lossy = false
	expression = g.value(v)
	return expression, !g.lossy && len(expression) <= maxMachine
}

// maxMachine is the length of the longest machine that is printed. A longer one has an
// initial state that nobody wants to read.
const maxMachine = 1 << 16

// namedFunction matches the full name of a function or of a method expression.
var namedFunction = regexp.MustCompile(`^((?:.*/)?[^./]+)\.(\w+(?:\.\w+)?)$`)

// closure matches the names of functions that have none in the source.
var closure = regexp.MustCompile(`^(glob|init|.*\.func\d+|.*\.gowrap\d+)$`)

// function prints a function that has a name.
func (g *goPrinter) function(f reflect.Value) (expression string, ok bool) {
	if f.IsNil() {
		return "", false
	}
	parts := namedFunction.FindStringSubmatch(runtime.FuncForPC(f.Pointer()).Name())
	if parts == nil || closure.MatchString(parts[2]) || strings.HasSuffix(parts[2], "-fm") {
		return "", false
	}
	path, name := parts[1], parts[2]
	if path == g.home {
		return name, true
	}
	last := path[strings.LastIndex(path, "/")+1:]
	if !token.IsExported(name) || strings.HasSuffix(last, "_test") || path == "main" {
		g.need(path)
		return "", false
	}
	if !token.IsIdentifier(last) || version.MatchString(last) { // the package may have another name
		return "", false
	}
	g.imports[path] = true
	return last + "." + name, true
}

var version = regexp.MustCompile(`^v\d+$`)
