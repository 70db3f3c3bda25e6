package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestSendsNothing: the sources of the command and of its package start no process and use
// nothing that opens a connection. Of net/http they read responses that are saved.
func TestSendsNothing(t *testing.T) {
	harmless := []string{"ReadResponse", "StatusBadRequest"}
	files := 0
	for _, pattern := range []string{"*.go", "../../internal/probe/*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			files++
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, imported := range file.Imports {
				if path := strings.Trim(imported.Path.Value, `"`); slices.Contains([]string{"net", "os/exec", "syscall", "crypto/tls", "plugin"}, path) || strings.Contains(path, "aliyun") {
					t.Errorf("%s imports %s", name, path)
				}
			}
			ast.Inspect(file, func(n ast.Node) bool {
				s, is := n.(*ast.SelectorExpr)
				if !is {
					return true
				}
				switch x, _ := s.X.(*ast.Ident); {
				case x == nil:
				case x.Name == "http" && !slices.Contains(harmless, s.Sel.Name):
					t.Errorf("%s uses http.%s", name, s.Sel.Name)
				case x.Name == "os" && strings.Contains(s.Sel.Name, "env"):
					t.Errorf("%s reads the environment by os.%s", name, s.Sel.Name)
				}
				return true
			})
		}
	}
	if files < 20 {
		t.Errorf("%d files", files)
	}
}
