package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// A target is one fuzz function.
type target struct {
	pkg  string // import path
	dir  string // where the package is, and where its tests run
	file string // the file that declares the target
	name string
}

// String is the last element of the import path and the name.
func (t target) String() string { return path.Base(t.pkg) + "." + t.name }

// discover returns the targets of the packages that the patterns name, those of a
// package side by side. It reads sources: go test -list would build every test.
func discover(ctx context.Context, patterns []string, wanted *regexp.Regexp) ([]target, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"list", "-json=ImportPath,Dir,TestGoFiles,XTestGoFiles", "--"}, patterns...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var targets []target
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath, Dir           string
			TestGoFiles, XTestGoFiles []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		for _, file := range append(p.TestGoFiles, p.XTestGoFiles...) {
			file = filepath.Join(p.Dir, file)
			names, err := fuzzFunctions(file)
			if err != nil {
				return nil, err
			}
			for _, name := range names {
				if t := (target{p.ImportPath, p.Dir, file, name}); wanted.MatchString(t.String()) {
					targets = append(targets, t)
				}
			}
		}
	}
	if len(targets) == 0 {
		return nil, errors.New("there is no such fuzz target")
	}
	return targets, nil
}

// fuzzFunctions returns the names of the fuzz functions of a file.
func fuzzFunctions(file string) (names []string, err error) {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, decl := range f.Decls {
		// By the name: the go command takes no other function that is called so.
		if d, ok := decl.(*ast.FuncDecl); ok && d.Recv == nil && strings.HasPrefix(d.Name.Name, "Fuzz") {
			names = append(names, d.Name.Name)
		}
	}
	return names, nil
}
