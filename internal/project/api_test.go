package project

import (
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// importable are the packages whose exported functions are looked at, with those
// below them.
var importable = []string{"./errcodes/...", "./validate/...", "./model/...", "./fuzz/..."}

// TestNoTypedNil finds exported functions and methods that return a pointer which
// is an error. A nil pointer in an error variable is not nil, so success would
// look like a failure.
func TestNoTypedNil(t *testing.T) {
	exports, paths := make(map[string]string), []string(nil)
	list := func(line func(path, file string), args ...string) {
		out, err := exec.Command("go", append([]string{"list"}, args...)...).Output()
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		for s := range strings.Lines(string(out)) {
			path, file, _ := strings.Cut(strings.TrimSpace(s), " ")
			line(path, file)
		}
	}
	list(func(path, file string) { exports[path] = file }, append([]string{"-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}"}, importable...)...)
	list(func(path, name string) {
		if name != "main" && !strings.Contains(path, "/internal/") {
			paths = append(paths, path)
		}
	}, append([]string{"-f", "{{.ImportPath}} {{.Name}}"}, importable...)...)
	if len(paths) < 3 {
		t.Fatalf("only %q are looked at", paths)
	}
	from := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	for _, path := range paths {
		pkg, err := from.Import(path)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for _, found := range typedNils(pkg) {
			t.Errorf("%s.%s", path, found)
		}
	}
}

// TestTypedNilsAreFound shows one of each kind to the search.
func TestTypedNilsAreFound(t *testing.T) {
	pkg := types.NewPackage("x", "x")
	failure := types.NewNamed(types.NewTypeName(token.NoPos, pkg, "Failure", nil), types.NewStruct(nil, nil), nil)
	method := func(of types.Type, name string, result types.Type) *types.Func {
		results := types.NewTuple(types.NewVar(token.NoPos, pkg, "", result))
		var receiver *types.Var
		if of != nil {
			receiver = types.NewVar(token.NoPos, pkg, "", of)
		}
		return types.NewFunc(token.NoPos, pkg, name, types.NewSignatureType(receiver, nil, nil, nil, results, false))
	}
	pointer := types.NewPointer(failure)
	failure.AddMethod(method(pointer, "Error", types.Typ[types.String]))
	failure.AddMethod(method(pointer, "Cause", pointer))
	failure.AddMethod(method(failure, "hidden", pointer))
	for _, object := range []types.Object{
		failure.Obj(), method(nil, "Find", pointer), method(nil, "Good", types.Universe.Lookup("error").Type()), method(nil, "Value", failure), method(nil, "hidden", pointer),
	} {
		pkg.Scope().Insert(object)
	}
	want := []string{"Failure.Cause returns *x.Failure", "Find returns *x.Failure"}
	if got := typedNils(pkg); !slices.Equal(got, want) {
		t.Errorf("%q; want %q", got, want)
	}
}

// typedNils returns the exported functions and methods of a package that return
// a pointer which is an error.
func typedNils(pkg *types.Package) (found []string) {
	isError := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
	look := func(name string, f *types.Func) {
		for result := range f.Signature().Results().Variables() {
			if _, isPointer := types.Unalias(result.Type()).(*types.Pointer); isPointer && f.Exported() && types.Implements(result.Type(), isError) {
				found = append(found, fmt.Sprintf("%s returns %s", name, result.Type()))
			}
		}
	}
	for _, name := range pkg.Scope().Names() {
		object := pkg.Scope().Lookup(name)
		switch {
		case !object.Exported():
		case types.IsInterface(object.Type()):
			interfaceType := object.Type().Underlying().(*types.Interface)
			for method := range interfaceType.Methods() {
				look(name+"."+method.Name(), method)
			}
		default:
			if f, ok := object.(*types.Func); ok {
				look(name, f)
			}
			if named, ok := object.Type().(*types.Named); ok {
				for method := range named.Methods() {
					look(name+"."+method.Name(), method)
				}
			}
		}
	}
	return found
}
