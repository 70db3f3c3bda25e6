package main

import (
	"archive/zip"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// archive writes the inputs of a folder in Go's format for them to a zip file, as
// the bytes that they are.
func archive(to, folder string) error {
	names, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		return err
	}
	file, err := os.Create(to)
	if err != nil {
		return err
	}
	w := zip.NewWriter(file)
	for _, name := range names {
		data, err := readInput(name)
		if err == nil {
			err = add(w, filepath.Base(name), data)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("%s: %w", name, err), file.Close())
		}
	}
	return errors.Join(w.Close(), file.Close())
}

func add(w *zip.Writer, name string, data []byte) error {
	f, err := w.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return err
}

// readInput reads an input of one argument, which is a string or bytes.
func readInput(name string) ([]byte, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	version, argument, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
	if version != "go test fuzz v1" || strings.Contains(argument, "\n") {
		return nil, errors.New("not an input of one argument")
	}
	expr, err := parser.ParseExpr(argument)
	if err != nil {
		return nil, err
	}
	call, ok := expr.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return nil, errors.New("not an input")
	}
	literal, ok := call.Args[0].(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return nil, errors.New("not text")
	}
	value, err := strconv.Unquote(literal.Value)
	return []byte(value), err
}
