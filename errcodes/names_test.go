package errcodes_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
)

// TestConditionNames holds the name of every condition to that of its constant.
func TestConditionNames(t *testing.T) {
	var want []string
	for name := range constants(t, "condition.go") {
		if name, ok := strings.CutPrefix(name, "Cond"); ok {
			want = append(want, name)
		}
	}
	var got []string
	for cond := range errcodes.Conditions() {
		got = append(got, cond.String())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-constants +names)\n%s", diff)
	}
}

// TestOperationNames holds the id of every operation to the name of its constant, which has
// no colon and the product in capitals.
func TestOperationNames(t *testing.T) {
	declared := map[string]bool{}
	for name := range constants(t, "operation.go") {
		declared[name] = true
	}
	for op := range errcodes.Operations() {
		product, name, qualified := strings.Cut(op.ID(), ":")
		if !qualified {
			product, name = "", op.ID()
		}
		if !declared[strings.ToUpper(product)+name] {
			t.Errorf("%s has no constant of its name", op.ID())
		}
	}
}

// TestCodeNames holds the constant of every code to its spelling on the wire, and
// both to the tables: no code without a row, no row without a code.
func TestCodeNames(t *testing.T) {
	var declared []string
	taken := map[string]bool{}
	for name, value := range constants(t, "code.go") {
		code, err := strconv.Unquote(value)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		declared = append(declared, code)
		// Every part begins with a capital, and Go spells initialisms in capitals.
		var want string
		for part := range strings.SplitSeq(code, ".") {
			if stem, id := strings.CutSuffix(part, "Id"); id {
				part = stem + "ID"
			}
			want += strings.ToUpper(part[:1]) + part[1:]
		}
		if stem, ids := strings.CutSuffix(want, "Ids"); ids {
			want = stem + "IDs"
		}
		want = strings.NewReplacer("Http", "HTTP", "Ssl", "SSL", "Api", "API").Replace(want)
		if taken[want] { // NLB has codes of ALB with another letter in lower case
			want = "NLB" + want
		}
		if taken[want] = true; name != want {
			t.Errorf("the constant of %q is %s; want %s", code, name, want)
		}
	}
	var used []string
	for table := range errcodes.Tables() {
		for row := range table.Rows() {
			used = append(used, string(row.Code))
		}
	}
	slices.Sort(declared)
	slices.Sort(used)
	if diff := cmp.Diff(declared, slices.Compact(used)); diff != "" {
		t.Errorf("(-declared +used)\n%s", diff)
	}
}

// constants yields the exported constants that a file of this package declares,
// in order, with the source of their values, if any.
func constants(t *testing.T, file string) func(yield func(name, value string) bool) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(name, value string) bool) {
		for _, decl := range f.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.CONST {
				continue
			}
			for _, spec := range gen.Specs {
				vs := spec.(*ast.ValueSpec) //nolint:forcetypeassert // of a const declaration
				value := ""
				if len(vs.Values) == 1 {
					if lit, ok := vs.Values[0].(*ast.BasicLit); ok {
						value = lit.Value
					}
				}
				if vs.Names[0].IsExported() && !yield(vs.Names[0].Name, value) {
					return
				}
			}
		}
	}
}
