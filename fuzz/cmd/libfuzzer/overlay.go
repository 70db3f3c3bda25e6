package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The stand-in for testing.F.
//
//go:embed standin.go.txt
var standin string

// testFiles parses the tests that are part of the package in dir.
func testFiles(dir string) (map[string]*ast.File, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		return nil, err
	}
	files := map[string]*ast.File{}
	for _, name := range names {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		if !strings.HasSuffix(f.Name.Name, "_test") {
			files[name] = f
		}
	}
	return files, nil
}

// targetsIn returns the names of the fuzz targets of the package in dir.
func targetsIn(dir string) (names []string, err error) {
	files, err := testFiles(dir)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		for _, decl := range f.Decls {
			if d, ok := decl.(*ast.FuncDecl); ok && d.Recv == nil && strings.HasPrefix(d.Name.Name, "Fuzz") {
				names = append(names, d.Name.Name)
			}
		}
	}
	slices.Sort(names)
	return names, nil
}

// overlayFor writes an overlay to dir in which the tests are part of the package,
// with one target for the program to run.
func overlayFor(target, dir string) (file string, err error) {
	root, err := filepath.Abs(source)
	if err != nil {
		return "", err
	}
	files, err := testFiles(source)
	if err != nil {
		return "", err
	}
	replace := map[string]string{}
	put := func(at, text string) error {
		name := filepath.Join(dir, fmt.Sprintf("%d.go", len(replace)))
		replace[filepath.Join(root, at)] = name
		return os.WriteFile(name, []byte(text), 0o600)
	}
	for name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		at := "libfuzzer_" + strings.TrimSuffix(filepath.Base(name), "_test.go") + ".go"
		if err := put(at, strings.ReplaceAll(string(text), "*testing.F", "*libfuzzerF")); err != nil {
			return "", err
		}
	}
	if err := put("libfuzzer_f.go", strings.ReplaceAll(standin, "FuzzTarget", target)); err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	file = filepath.Join(dir, "overlay.json")
	return file, os.WriteFile(file, text, 0o600)
}
