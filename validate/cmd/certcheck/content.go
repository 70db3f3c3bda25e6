package main

import (
	"errors"
	"io"
	"sync"

	"github.com/alicert/alicert/validate/internal/material"
)

const mostRead = 1 << 20 // bytes of a file that are looked at to find pairs

// readContent looks into a file. folder is the host name that the folder has for its
// name, "" for none.
func readContent(path, folder string, of func(text []byte, folder string) material.Content) (c material.Content, err error) {
	err = withText(path, mostRead, func(text []byte) { c = of(text, folder) })
	return c, err
}

// withText calls use with at most so many bytes of a regular file, which are cleared
// behind it.
func withText(path string, most int, use func(text []byte)) error {
	file, err := openPlain(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	text, err := readInto(*buffer, file, most)
	defer clear(text)
	if err == nil {
		use(text)
	}
	return err
}

// buffers are for files of the usual length.
var buffers = sync.Pool{New: func() any {
	const usual = 32 << 10
	buffer := make([]byte, usual)
	return &buffer
}}

// readInto reads at most so many bytes into a buffer, or a longer one. It clears what it
// leaves behind.
func readInto(buffer []byte, r io.Reader, most int) (text []byte, err error) {
	for n := 0; ; {
		k, err := r.Read(buffer[n:min(len(buffer), most)])
		switch n += k; {
		case errors.Is(err, io.EOF), n == most:
			return buffer[:n], nil
		case err != nil:
			return buffer[:n], err
		case n == len(buffer):
			longer := make([]byte, min(4*n, most))
			copy(longer, buffer)
			clear(buffer)
			buffer = longer
		}
	}
}
