package main

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
)

// emptied writes an overlay for the go command in which the body that a target
// gives to Fuzz returns at once; everything else of it stays, its seeds too. It
// returns the name of the overlay.
func emptied(t target, dir string) (overlay string, err error) {
	source, err := os.ReadFile(t.file)
	if err != nil {
		return "", err
	}
	at, err := bodyOf(t.name, source)
	if err != nil {
		return "", err
	}
	copied := filepath.Join(dir, t.name+"_test.go")
	changed := string(source[:at]) + "return;" + string(source[at:])
	if err := os.WriteFile(copied, []byte(changed), 0o600); err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]map[string]string{"Replace": {t.file: copied}})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(dir, t.name+".json")
	return overlay, os.WriteFile(overlay, text, 0o600)
}

// errNoBody: the target's body is not written where it is given to Fuzz.
var errNoBody = errors.New("no function literal is given to Fuzz")

// bodyOf returns the offset at which the body begins that a fuzz function gives to
// Fuzz.
func bodyOf(name string, source []byte) (offset int, err error) {
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, "", source, parser.SkipObjectResolution)
	if err != nil {
		return 0, err
	}
	err = errNoBody
	for _, decl := range f.Decls {
		if d, ok := decl.(*ast.FuncDecl); !ok || d.Name.Name != name {
			continue
		}
		ast.Inspect(decl, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 1 {
				return true
			}
			selector, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || selector.Sel.Name != "Fuzz" {
				return true
			}
			if body, ok := call.Args[0].(*ast.FuncLit); ok {
				offset, err = files.Position(body.Body.Lbrace).Offset+1, nil
			}
			return true
		})
	}
	return offset, err
}
