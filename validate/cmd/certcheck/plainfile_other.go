//go:build !linux

package main

import (
	"io"
	"os"
)

// openPlain opens a regular file.
func openPlain(path string) (io.ReadCloser, error) {
	return os.Open(path) //nolint:gosec // reading the files of a folder is what -dir is for
}
