package main

import (
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/validate"
)

// fixed is what -fix did.
type fixed struct {
	before  *errcodes.Error   // the verdict of the files as they were given, nil if they were accepted
	changes []validate.Change // what was done to them
	written []string          // the files
	failure *errcodes.Error   // why nothing was written
}

const (
	certificateMode os.FileMode = 0o644
	keyMode         os.FileMode = 0o600
)

// A target is a file that -fix writes.
type target struct {
	flag, input string // the flag and file that it comes from
	path        string
	mode        os.FileMode
	text        func() string
}

// checkFixed writes the files in the published form and checks them. Files that
// cannot be repaired keep their verdict.
func (o *options) checkFixed(given *result, certificate string, key validate.Secret) (*result, error) {
	if _, err := o.targets(certificate, key, validate.Normalized{}); err != nil {
		return nil, err
	}
	return o.writeFixed(given, certificate, key, func(normalized validate.Normalized) ([]target, error) {
		return o.targets(certificate, key, normalized)
	})
}

// writeFixed writes the published form to the targets that it has, and checks it.
func (o *options) writeFixed(given *result, certificate string, key validate.Secret, targetsOf func(validate.Normalized) ([]target, error)) (*result, error) {
	normalized, err := validate.Normalize(o.operation, certificate, key)
	if failure, ok := errors.AsType[*errcodes.Error](err); ok {
		given.fix = &fixed{before: firstOf(given.Report), failure: failure}
		return given, nil
	} else if err != nil {
		return nil, err
	}
	targets, err := targetsOf(normalized)
	if err != nil {
		return nil, err
	}
	r := o.check(normalized.Certificate, normalized.PrivateKey)
	r.Files = make(map[string]string, len(targets))
	r.Fixed = true
	r.fix = &fixed{before: firstOf(given.Report), changes: o.told(normalized.Changes)}
	for i := range targets {
		t := &targets[i]
		r.fix.written = append(r.fix.written, t.path)
		if t.flag == "cert" {
			r.Files[o.certificateParameter()] = t.path
			t.text = func() string { return normalized.Certificate }
		} else {
			r.Files[o.keyParameter()] = t.path
			t.text = normalized.PrivateKey.Reveal
		}
	}
	if err := o.checkTargets(targets, normalized); err != nil {
		return nil, err
	}
	return r, o.write(targets)
}

// firstOf returns the verdict of a report, nil if it is accepted.
func firstOf(r *validate.Report) *errcodes.Error {
	if v, refused := r.Verdict(); refused {
		return &v
	}
	return nil
}

// targets says which files are to be written, and refuses those that would
// destroy something. The certificate keeps the name of its file. A key from the same
// file, or exchanged with the certificate, has that name with .key.
func (o *options) targets(certificate string, key validate.Secret, normalized validate.Normalized) ([]target, error) {
	var targets []target
	certificateFile := o.cert
	exchanged := holdsOnly(key.Reveal(), "CERTIFICATE") && holdsOnly(certificate, "PRIVATE KEY")
	if exchanged && filepath.Ext(o.key) != keySuffix {
		certificateFile = o.key
	}
	certificatePath := textName(o.fixedPath(certificateFile, "cert.pem"))
	if o.cert != "" {
		targets = append(targets, target{flag: "cert", input: o.cert, path: certificatePath, mode: certificateMode})
	}
	switch {
	case o.key != "" && (exchanged || o.cert == o.key || sameFile(o.cert, o.key)):
		targets = append(targets, target{flag: "key", input: o.key, path: keyName(certificatePath), mode: keyMode})
	case o.key != "":
		targets = append(targets, target{flag: "key", input: o.key, path: textName(o.fixedPath(o.key, "key.pem")), mode: keyMode})
	case !normalized.PrivateKey.IsZero():
		targets = append(targets, target{flag: "key", input: o.cert, path: keyName(certificatePath), mode: keyMode})
	}
	if len(targets) == 2 && targets[0].path == targets[1].path {
		return nil, bilingual.Fail("-fix %[1]s: certificate and key would both be written to %[2]s; give -cert and -key files of different names", "-fix %[1]s：证书和私钥会写入同一个文件 %[2]s；请为 -cert 和 -key 使用不同的文件名", o.fix, targets[0].path)
	}
	for _, t := range targets {
		for _, input := range targets {
			if sameFile(t.path, input.input) {
				return nil, bilingual.Fail("-fix %s: %s is the file that -%s reads; give another folder", "-fix %s：%s 就是 -%s 读取的文件；请指定另一个目录", o.fix, t.path, input.flag)
			}
		}
	}
	return targets, nil
}

// keyName is the name of the key that came in the file of a certificate.
func keyName(path string) string {
	name := strings.TrimSuffix(path, filepath.Ext(path)) + keySuffix
	if name == path {
		return path + keySuffix
	}
	return name
}

// textName gives the text of a binary file another suffix.
func textName(path string) string {
	switch ext := filepath.Ext(path); strings.ToLower(ext) {
	case ".p12", ".pfx", ".p7b", ".p7c", ".der":
		return strings.TrimSuffix(path, ext) + ".pem"
	default:
		return path
	}
}

// holdsOnly reports whether every block of a text has a label that ends so, and there is
// one.
func holdsOnly(text, suffix string) bool {
	n := 0
	for block, rest := pem.Decode([]byte(text)); block != nil; block, rest = pem.Decode(rest) {
		if !strings.HasSuffix(block.Type, suffix) {
			return false
		}
		n++
	}
	return n > 0
}

// fixedPath returns where the fixed form of an input goes. An input without a
// file, such as a pipe, has no name to keep.
func (o *options) fixedPath(input, unnamed string) string {
	name := filepath.Base(input)
	info, err := os.Stat(input) //nolint:gosec // the files are those it is told to work on
	if input == stdinName || err != nil || !info.Mode().IsRegular() || strings.HasPrefix(filepath.ToSlash(input), "/dev/") {
		name = unnamed
	}
	return filepath.Join(o.fix, name)
}

func sameFile(a, b string) bool {
	infoA, errA := os.Stat(a) //nolint:gosec // the files are those it is told to work on
	infoB, errB := os.Stat(b) //nolint:gosec // as above
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}
