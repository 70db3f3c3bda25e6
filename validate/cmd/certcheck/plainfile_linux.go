package main

import (
	"errors"
	"io"
	"io/fs"
	"syscall"
)

// A plainFile is a regular file that is read once. An os.File asks the system six times
// whether it can wait for more of it, which takes longer than to read a certificate.
type plainFile int

func openPlain(path string) (io.ReadCloser, error) {
	for {
		fd, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC|syscall.O_LARGEFILE, 0)
		switch {
		case err == nil:
			return plainFile(fd), nil
		case !errors.Is(err, syscall.EINTR):
			return nil, &fs.PathError{Op: "open", Path: path, Err: err}
		}
	}
}

func (f plainFile) Read(buffer []byte) (n int, err error) {
	for {
		n, err = syscall.Read(int(f), buffer)
		switch {
		case errors.Is(err, syscall.EINTR):
		case err != nil:
			return 0, &fs.PathError{Op: "read", Err: err}
		case n == 0 && len(buffer) > 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
}

func (f plainFile) Close() error { return syscall.Close(int(f)) }
