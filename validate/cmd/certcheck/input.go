package main

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
)

const (
	stdinName = "-"

	// maxInput is in bytes. Certificates and keys are far smaller.
	maxInput = 8 << 20
)

var errTooLarge = bilingual.Fail("larger than 8 MiB", "超过 8 MiB")

// readCertificate reads the file of a flag, nothing if it was not given.
func readCertificate(flag, path string, stdin io.Reader) (string, error) {
	data, err := readFlag(flag, path, stdin)
	return string(data), err
}

// readKey is readCertificate for a private key. It is a secret from here on.
func readKey(flag, path string, stdin io.Reader) (validate.Secret, error) {
	data, err := readFlag(flag, path, stdin)
	defer clear(data)
	return validate.NewSecret(data), err
}

// readSecret reads a file that holds a private key.
func readSecret(path string) (validate.Secret, error) {
	data, err := readFile(path)
	defer clear(data)
	return validate.NewSecret(data), err
}

func readFlag(flag, path string, stdin io.Reader) ([]byte, error) {
	switch path {
	case "":
		return nil, nil
	case stdinName:
		data, err := readCapped(stdin)
		if err != nil {
			return nil, fileFailure(flag, path, err)
		}
		return data, nil
	}
	data, err := readFile(path)
	if err != nil {
		return nil, fileFailure(flag, path, err)
	}
	return data, nil
}

// readFile reads a file, or a pipe to its end.
func readFile(path string) ([]byte, error) {
	file, err := os.Open(path) //nolint:gosec // reading the files it is told to read is what the command is for
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	size := int64(0)
	if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
		if size = info.Size(); size > maxInput {
			return nil, errTooLarge
		}
	}
	return readSized(file, int(size))
}

func readCapped(r io.Reader) ([]byte, error) { return readSized(r, 0) }

// readSized reads what is probably of a size to its end.
func readSized(r io.Reader, size int) ([]byte, error) {
	const margin = 512 // for the end to be found without another buffer
	data, err := readInto(make([]byte, size+margin), r, maxInput+1)
	if err == nil && len(data) > maxInput {
		err = errTooLarge
	}
	if err != nil {
		clear(data)
		return nil, err
	}
	return data, nil
}

// fileFailure says what is wrong with the file of a flag. It does not repeat a
// name that may be a key.
func fileFailure(flag, path string, err error) error {
	err = withoutPath(err)
	switch {
	case redact.Is(path):
		return bilingual.Fail("-%[1]s takes a file name, not the text itself; write -%[1]s FILE, or -%[1]s - for standard input", "-%[1]s 的值应为文件名而不是内容本身；请写 -%[1]s 文件，或用 -%[1]s - 从标准输入读取", flag)
	case path == stdinName:
		return bilingual.Fail("-%s -: standard input is %v; pipe in the file that is meant", "-%s -：标准输入错误：%v；请传入正确的文件", flag, err)
	case errors.Is(err, fs.ErrNotExist):
		return bilingual.Fail("-%s %s: there is no such file; check the name", "-%s %s：文件不存在；请检查文件名", flag, path)
	case errors.Is(err, fs.ErrPermission):
		return bilingual.Fail("-%s %s: not permitted; run as a user that can read the file", "-%s %s：没有权限；请以能读取该文件的用户运行", flag, path)
	case errors.Is(err, errTooLarge):
		return bilingual.Fail("-%s %s: %v, so neither a certificate nor a key; check the name", "-%s %s：%v，不可能是证书或私钥；请检查文件名", flag, path, err)
	case errors.Is(err, errNoFolder):
		return bilingual.Fail("-%s %s: not a folder; for one file use -cert and -key", "-%s %s：不是目录；单个文件请用 -cert 和 -key", flag, path)
	case errors.Is(err, errDangling):
		return bilingual.Fail("-%s %s: the link is broken; fix or remove it", "-%s %s：链接指向的文件不存在；请修复或删除该链接", flag, path)
	default:
		return bilingual.Fail("-%s %s: %v; give a file that can be read", "-%s %s：%v；请给出可读取的文件", flag, path, err)
	}
}

// withoutPath returns what is wrong without the name of the file in front.
func withoutPath(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	return err
}
