package main

import (
	"io"
	"os"

	"github.com/alicert/alicert/validate/internal/material"
)

const mostRead = 1 << 20 // bytes of a file that are looked at to find pairs

// readContent looks into a file. folder is the host name that the folder has for its
// name, "" for none.
func readContent(path, folder string) (material.Content, error) {
	file, err := os.Open(path) //nolint:gosec // reading the files of a folder is what -dir is for
	if err != nil {
		return material.Content{}, err
	}
	defer func() { _ = file.Close() }()
	text, err := io.ReadAll(io.LimitReader(file, mostRead))
	defer clear(text)
	if err != nil {
		return material.Content{}, err
	}
	return material.Of(text, folder), nil
}
