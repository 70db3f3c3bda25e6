package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/alicert/alicert/internal/cli"
)

// wasmPackage is the part of the page that is written in Go.
const wasmPackage = "github.com/alicert/alicert/validate/cmd/certpage/wasm"

// buildFlags make the module small: without symbols, and without the copies of functions that
// inlining makes, which take a tenth of the file. What the page calls is fast without.
var buildFlags = []string{"-trimpath", "-buildvcs=false", "-gcflags=all=-l", "-ldflags=-s -w"}

// build builds the WebAssembly and puts the page together.
func build(ctx context.Context) (*page, error) {
	goCommand, err := exec.LookPath("go")
	if err != nil {
		return nil, errors.New("the go command is not in the PATH, and the page is built with it; install Go 1.26 from https://go.dev/dl/, or make the file on a machine that has it: it works everywhere")
	}
	folder, err := os.MkdirTemp("", "certpage-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	b := builder{ctx: ctx, goCommand: goCommand, folder: folder}
	module, err := b.module()
	if err != nil {
		return nil, err
	}
	runtime, err := b.runtime()
	if err != nil {
		return nil, err
	}
	return assemble(module, runtime)
}

type builder struct {
	ctx               context.Context
	goCommand, folder string
}

// module returns the WebAssembly, built from the source in the current module or in its
// checkout, or else from the version that this command is of.
func (b *builder) module() ([]byte, error) {
	if _, err := b.run(forBrowser, "list", wasmPackage); err != nil {
		return b.released()
	}
	out := filepath.Join(b.folder, "page.wasm")
	args := append(append([]string{"build"}, buildFlags...), "-o", out, wasmPackage)
	if _, err := b.run(forBrowser, args...); err != nil {
		return nil, fmt.Errorf("the WebAssembly cannot be built: %w", err)
	}
	return os.ReadFile(out) //nolint:gosec // just written
}

// forBrowser is the environment that builds for browsers.
var forBrowser = []string{"GOOS=js", "GOARCH=wasm"}

// released builds the version of the module that this command was installed from.
func (b *builder) released() ([]byte, error) {
	const way = "; run it in a clone: git clone https://github.com/alicert/alicert && cd alicert && go run ./validate/cmd/certpage -o certpage.html"
	version := cli.Version()
	if strings.HasPrefix(version, "0.0.0") {
		return nil, errors.New("the source of the page is not in this folder's module, and this command is of no released version" + way)
	}
	cache, err := b.run(nil, "env", "GOMODCACHE")
	if err != nil {
		return nil, err
	}
	env := append([]string{"GOPATH=" + b.folder, "GOMODCACHE=" + cache, "GOTOOLCHAIN=local", "GOBIN="}, forBrowser...)
	args := append(append([]string{"install"}, buildFlags...), wasmPackage+"@v"+version)
	if _, err := b.run(env, args...); err != nil {
		return nil, fmt.Errorf("the WebAssembly of version %s cannot be built: %w%s", version, err, way)
	}
	return os.ReadFile(filepath.Join(b.folder, "bin", "js_wasm", "wasm"))
}

// runtime returns the JavaScript that goes with the Go that built the module.
func (b *builder) runtime() ([]byte, error) {
	root, err := b.run(nil, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(filepath.Join(root, "lib", "wasm", "wasm_exec.js")) //nolint:gosec // a file of Go
	if err != nil {
		return nil, fmt.Errorf("this Go has no lib/wasm/wasm_exec.js (%w); install Go from https://go.dev/dl/, some packages leave it out", withoutName(err))
	}
	return data, nil
}

// run runs the go command and returns its output without white space around it.
func (b *builder) run(env []string, args ...string) (string, error) {
	command := exec.CommandContext(b.ctx, b.goCommand, args...) //nolint:gosec // the arguments are ours
	command.Env = append(os.Environ(), env...)
	var said bytes.Buffer
	command.Stderr = &said
	out, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w: %s", args[0], err, strings.TrimSpace(said.String()))
	}
	return strings.TrimSpace(string(out)), nil
}
