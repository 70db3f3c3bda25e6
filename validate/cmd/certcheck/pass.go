package main

import (
	"bytes"
	"io"
	"os"
	"strings"

	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/validate"
)

// The forms of -pass. The pass-phrase itself is none of them: other users of the machine
// see the arguments of a process.
const (
	passFile = "file:"
	passEnv  = "env:"

	maxPass = 4 << 10 // in bytes
)

// checkPass checks the form of -pass. It never repeats the value, which may be the
// pass-phrase.
func (o *options) checkPass() error {
	if !o.isSet("pass") {
		return nil
	}
	path, isFile := strings.CutPrefix(o.pass, passFile)
	name, isEnv := strings.CutPrefix(o.pass, passEnv)
	switch {
	case isFile && path != "", isEnv && name != "":
		return nil
	case o.pass == stdinName && (o.cert == stdinName || o.key == stdinName):
		return bilingual.Fail("-pass - reads standard input, which -cert or -key reads already; use -pass file:PATH or env:NAME",
			"-pass - 会读取标准输入，而 -cert 或 -key 已在读取；请使用 -pass file:路径 或 env:变量名")
	case o.pass == stdinName:
		return nil
	default:
		return bilingual.Fail("-pass takes file:PATH, env:NAME or - for standard input; a pass-phrase is never an argument, because other users see arguments",
			"-pass 的值应为 file:路径、env:变量名 或 -（标准输入）；口令本身不能作为参数，因为其他用户可以看到参数")
	}
}

// readPass returns the pass-phrase, the first line of what -pass names. given is false
// without the flag.
func (o *options) readPass(stdin io.Reader) (pass validate.Secret, given bool, err error) {
	if !o.isSet("pass") {
		return validate.Secret{}, false, nil
	}
	var data []byte
	switch path, isFile := strings.CutPrefix(o.pass, passFile); {
	case isFile:
		file, err := os.Open(path) //nolint:gosec // reading the file it is told to read is what the flag is for
		if err != nil {
			return validate.Secret{}, false, fileFailure("pass", path, err)
		}
		defer func() { _ = file.Close() }()
		if data, err = io.ReadAll(io.LimitReader(file, maxPass+1)); err != nil {
			return validate.Secret{}, false, fileFailure("pass", path, err)
		}
	case o.pass == stdinName:
		if data, err = io.ReadAll(io.LimitReader(stdin, maxPass+1)); err != nil {
			return validate.Secret{}, false, fileFailure("pass", o.pass, err)
		}
	default:
		name := strings.TrimPrefix(o.pass, passEnv)
		value, isSet := os.LookupEnv(name)
		if !isSet {
			return validate.Secret{}, false, bilingual.Fail("-pass env:%[1]s: the variable is not set", "-pass env:%[1]s：该环境变量未设置", shown(name))
		}
		data = []byte(value)
	}
	defer clear(data)
	line, _, _ := bytes.Cut(data, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(line) > maxPass {
		return validate.Secret{}, false, bilingual.Fail("the pass-phrase of -pass has more than %[1]d bytes; its first line is what counts", "-pass 给出的口令超过 %[1]d 字节；只读取第一行", maxPass)
	}
	return validate.NewSecret(line), true, nil
}
