package inputs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model"
)

// The documentation of CDN, ALB, CLB, ESA and Account lists the names of their commands.
func TestNamesAreDocumented(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "inputs.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string][]string{}
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Doc != nil {
			documented[f.Name.Name] = listed(f.Doc.Text())
		}
	}
	parts := map[string][]string{
		"CDN": namesOf(CDN().Generator), "ALB": namesOf(ALB().Generator), "CLB": namesOf(CLB().Generator), "ESA": namesOf(ESA().Generator),
	}
	own := slices.DeleteFunc(namesOf(Account().Generator), func(name string) bool {
		for _, names := range parts {
			if slices.Contains(names, name) {
				return true
			}
		}
		return false
	})
	parts["Account"] = own
	for function, want := range parts {
		if got := documented[function]; !slices.Equal(got, want) {
			t.Errorf("%s documents %q; want\n%s", function, got, wrapped(want))
		}
	}
}

func namesOf(g fuzz.Generator[Input, model.Output]) []string {
	return g.(fuzz.Grammar[*history, Input, model.Output]).Names()
}

// listed returns the names in the last indented lines of a documentation.
func listed(doc string) (names []string) {
	_, doc, _ = strings.Cut(doc, "ommands are")
	for line := range strings.Lines(doc) {
		if text, indented := strings.CutPrefix(line, "\t"); indented {
			names = append(names, strings.FieldsFunc(strings.TrimSpace(text), func(r rune) bool { return r == ',' })...)
		}
	}
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	return names
}

// wrapped writes names as the documentation has them.
func wrapped(names []string) string {
	var b strings.Builder
	line := "//\t"
	for i, name := range names {
		if i < len(names)-1 {
			name += ","
		}
		if len(line)+len(name) > 88 {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			line = "//\t"
		}
		line += name + " "
	}
	return b.String() + strings.TrimRight(line, " ") + "\n"
}
