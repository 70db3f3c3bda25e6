// Package openssl asks OpenSSL itself what it makes of certificates and private keys, some
// thousand times a second: through a small program in C that stays up. Tests build it, where
// there are a C compiler and OpenSSL's headers.
package openssl

import (
	"bufio"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

//go:embed reader/reader.c
var source []byte

// ErrNotThere says that the program cannot be built here.
var ErrNotThere = errors.New("no C compiler, or no headers of OpenSSL (the package libssl-dev)")

// A Reader is the program, running. It answers one question at a time, so it is for one
// goroutine.
type Reader struct {
	cmd *exec.Cmd
	in  *bufio.Writer
	out *bufio.Reader
}

// Build builds the program in a folder, and returns its name.
func Build(folder string) (program string, err error) {
	file, program := filepath.Join(folder, "reader.c"), filepath.Join(folder, "reader")
	if err := os.WriteFile(file, source, 0o600); err != nil {
		return "", err
	}
	//nolint:gosec // G204: the names are those of files in the folder
	out, err := exec.Command("cc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, file, "-lssl", "-lcrypto").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %w: %s", ErrNotThere, err, out)
	}
	return program, nil
}

// Start starts the program.
func Start(program string) (*Reader, error) {
	cmd := exec.Command(program)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &Reader{cmd, bufio.NewWriterSize(in, 1<<16), bufio.NewReader(out)}, nil
}

// Close ends the program.
func (r *Reader) Close() error {
	if err := r.cmd.Process.Kill(); err != nil {
		return err
	}
	_ = r.cmd.Wait() // it was killed
	return nil
}

// Chain is what OpenSSL makes of a file of certificates.
type Chain struct {
	Loads  bool   // SSL_CTX_use_certificate_chain_file, at security level 0
	Server bool   // X509_check_purpose: the first one is an SSL server
	Valid  bool   // the extensions of the first one are
	Signs  bool   // its key is of a kind that TLS servers have
	Reason string // why it does not load
}

// Chain asks about a file of certificates.
func (r *Reader) Chain(text string) (c Chain, err error) {
	flags, reason, err := r.ask('C', text)
	return Chain{flags&1 != 0, flags&2 != 0, flags&4 != 0, flags&8 != 0, reason}, err
}

// Key is what OpenSSL makes of a file with a private key.
type Key struct {
	Reads      bool   // PEM_read_bio_PrivateKey
	Loads      bool   // SSL_CTX_use_PrivateKey
	Fits       bool   // SSL_CTX_check_private_key, with the chain that was asked about last
	Consistent bool   // EVP_PKEY_check, of EC keys only
	Reason     string // why not
}

// Key asks about a private key.
func (r *Reader) Key(text string) (k Key, err error) {
	flags, reason, err := r.ask('K', text)
	return Key{flags&1 != 0, flags&2 != 0, flags&4 != 0, flags&8 != 0, reason}, err
}

func (r *Reader) ask(kind byte, text string) (flags byte, reason string, err error) {
	head := binary.BigEndian.AppendUint32([]byte{kind}, uint32(len(text))) //nolint:gosec // G115: texts of tests are short
	if _, err := r.in.Write(head); err != nil {
		return 0, "", err
	}
	if _, err := r.in.WriteString(text); err != nil {
		return 0, "", err
	}
	if err := r.in.Flush(); err != nil {
		return 0, "", err
	}
	var answer [2]byte
	if _, err := io.ReadFull(r.out, answer[:]); err != nil {
		return 0, "", fmt.Errorf("OpenSSL's reader ended: %w", err)
	}
	words := make([]byte, answer[1])
	_, err = io.ReadFull(r.out, words)
	return answer[0], string(words), err
}
