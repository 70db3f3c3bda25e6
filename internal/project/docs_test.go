package project

import (
	"go/ast"
	"go/doc"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestPackageDocs reads what is published of each package: its comment begins with what it
// is for, an example of it runs, and every link to a name leads to one.
func TestPackageDocs(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{if ne .Name "main"}}{{.ImportPath}} {{.Dir}}{{end}}`, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	published := make(map[string]*doc.Package)
	for line := range strings.Lines(string(out)) {
		path, dir, _ := strings.Cut(strings.TrimSpace(line), " ")
		if path != "" && !strings.Contains(path, "/internal/") {
			published[path] = documentation(t, path, dir)
		}
	}
	names := make(map[string]bool) // path.Name, path.Type.Name
	for path, p := range published {
		for _, name := range exported(p) {
			names[path+"."+name] = true
		}
	}
	for path, p := range published {
		if !strings.HasPrefix(p.Doc, "Package "+p.Name+" ") {
			t.Errorf("the comment of %s begins: %.60s", path, p.Doc)
		}
		if runs := examples(p); len(exported(p)) > 0 && runs == 0 {
			t.Errorf("%s has no example that is run", path)
		}
		for _, text := range comments(p) {
			for _, link := range broken(p, text, names, published) {
				t.Errorf("%s: no such name: %s", path, link)
			}
		}
	}
	if len(published) < 10 {
		t.Errorf("%d packages", len(published))
	}
}

func documentation(t *testing.T, path, dir string) *doc.Package {
	t.Helper()
	fset := token.NewFileSet()
	packages, err := parser.ParseDir(fset, dir, nil, parser.ParseComments) //nolint:staticcheck // build tags do not matter here
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for name, p := range packages {
		if name != "main" {
			for _, file := range p.Files {
				files = append(files, file)
			}
		}
	}
	p, err := doc.NewFromFiles(fset, files, path)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// examples counts the examples that are run.
func examples(p *doc.Package) (n int) {
	count := func(all []*doc.Example) {
		for _, e := range all {
			if e.Output != "" || e.EmptyOutput {
				n++
			}
		}
	}
	count(p.Examples)
	for _, f := range p.Funcs {
		count(f.Examples)
	}
	for _, typ := range p.Types {
		count(typ.Examples)
		for _, f := range append(typ.Funcs, typ.Methods...) {
			count(f.Examples)
		}
	}
	return n
}

// values returns the lists of constants and variables, those of types included.
func values(p *doc.Package) []*doc.Value {
	all := append(p.Consts, p.Vars...)
	for _, typ := range p.Types {
		all = append(append(all, typ.Consts...), typ.Vars...)
	}
	return all
}

// functions returns the functions, those that make a type included.
func functions(p *doc.Package) []*doc.Func {
	all := p.Funcs
	for _, typ := range p.Types {
		all = append(all, typ.Funcs...)
	}
	return all
}

// exported returns the exported names, with fields and methods as Type.Name.
func exported(p *doc.Package) (names []string) {
	for _, v := range values(p) {
		names = append(names, v.Names...)
	}
	for _, f := range functions(p) {
		names = append(names, f.Name)
	}
	for _, typ := range p.Types {
		names = append(names, typ.Name)
		for _, m := range typ.Methods {
			names = append(names, typ.Name+"."+m.Name)
		}
		ast.Inspect(typ.Decl, func(n ast.Node) bool {
			if field, ok := n.(*ast.Field); ok {
				for _, name := range field.Names {
					names = append(names, typ.Name+"."+name.Name)
				}
			}
			return true
		})
	}
	return names
}

// comments returns all comments that are published.
func comments(p *doc.Package) []string {
	texts := []string{p.Doc}
	for _, v := range values(p) {
		texts = append(texts, v.Doc)
	}
	for _, f := range functions(p) {
		texts = append(texts, f.Doc)
	}
	for _, typ := range p.Types {
		texts = append(texts, typ.Doc)
		for _, m := range typ.Methods {
			texts = append(texts, m.Doc)
		}
	}
	return texts
}

var linkLike = regexp.MustCompile(`\[\*?(?:[a-z]\w*\.)?[A-Z]\w*[a-z]\w*(?:\.[A-Z]\w*)?\]`)

// broken returns the links of a comment that lead nowhere: those that the parser leaves as
// text, and those to names that our packages do not have.
func broken(p *doc.Package, text string, names map[string]bool, published map[string]*doc.Package) (links []string) {
	var look func(texts []comment.Text)
	look = func(texts []comment.Text) {
		for _, x := range texts {
			switch x := x.(type) {
			case comment.Plain:
				links = append(links, linkLike.FindAllString(string(x), -1)...)
			case *comment.DocLink:
				path, name := x.ImportPath, strings.Trim(x.Recv+"."+x.Name, ".")
				if path == "" {
					path = p.ImportPath
				}
				if published[path] != nil && name != "" && !names[path+"."+name] {
					links = append(links, "["+path+"."+name+"]")
				}
			case *comment.Link:
				look(x.Text)
			}
		}
	}
	var blocks func(content []comment.Block)
	blocks = func(content []comment.Block) {
		for _, b := range content {
			switch b := b.(type) {
			case *comment.Paragraph:
				look(b.Text)
			case *comment.Heading:
				look(b.Text)
			case *comment.List:
				for _, item := range b.Items {
					blocks(item.Content)
				}
			}
		}
	}
	blocks(p.Parser().Parse(text).Content)
	return links
}
