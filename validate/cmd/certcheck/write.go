package main

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/material"
)

// checkTargets refuses to replace a key other than the one to be written, a certificate
// of another key, or a path that is not a file. It may replace an empty file.
func (o *options) checkTargets(targets []target, written validate.Normalized) error {
	for _, t := range targets {
		info, err := os.Lstat(t.path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return o.writeFailure(t.path, err)
		case info.IsDir():
			return bilingual.Fail("-fix %s: %s cannot be written: it is a folder; move it away or give another folder", "-fix %s：无法写入 %s：它是一个目录；请将其移走或指定另一个目录", o.fix, t.path)
		case !info.Mode().IsRegular() && info.Mode()&fs.ModeSymlink == 0:
			return bilingual.Fail("-fix %s: %s cannot be written: it is not a regular file; give another folder", "-fix %s：无法写入 %s：它不是普通文件；请指定另一个目录", o.fix, t.path)
		}
		// A link is replaced, but the file behind it is what its users read.
		if info, err := os.Stat(t.path); err != nil || !info.Mode().IsRegular() {
			continue
		}
		text, err := readSecret(t.path)
		if err != nil {
			return bilingual.Fail("-fix %s: %s exists, and what it holds cannot be told: %v; move it away or give another folder", "-fix %s：%s 已存在，且无法读取其内容：%v；请将其移走或指定另一个目录", o.fix, t.path, withoutPath(err))
		}
		if what := t.destroys(text, written); !what.IsZero() {
			return bilingual.Fail("-fix %[1]s: %[2]s exists and %[3]s; move it away or give another folder", "-fix %[1]s：%[2]s 已存在，%[4]s；请将其移走或指定另一个目录", o.fix, t.path, what.EN, what.ZH)
		}
	}
	return nil
}

// destroys names the key or certificate that would be lost if the text of a target were
// replaced, "" for none.
func (t *target) destroys(text validate.Secret, written validate.Normalized) errcodes.Message {
	if strings.TrimSpace(text.Reveal()) == "" {
		return errcodes.Message{}
	}
	if t.flag == "key" {
		given, err := validate.Normalize(errcodes.SetDomainServerCertificate, "", text)
		switch {
		case err != nil:
			return bilingual.Say("holds something else than one readable private key", "其内容不是一个可读取的私钥")
		case !sameKey(material.PublicOf(given.PrivateKey), material.PublicOf(written.PrivateKey)):
			return bilingual.Say("holds another private key", "其中是另一个私钥")
		}
		return errcodes.Message{}
	}
	if strings.Contains(text.Reveal(), "PRIVATE KEY") {
		return bilingual.Say("holds a private key", "其中有私钥")
	}
	given, leaf := certificates([]byte(text.Reveal())), certificates([]byte(written.Certificate))
	for _, cert := range given {
		if len(leaf) > 0 && sameKey(cert.PublicKey, leaf[0].PublicKey) {
			return errcodes.Message{}
		}
	}
	if len(given) == 0 {
		return bilingual.Say("holds no certificate that can be read", "其中没有可读取的证书")
	}
	return bilingual.Say("holds the certificate of another key", "其中是另一个密钥的证书")
}

// certificates returns the certificates of a text that can be read.
func certificates(text []byte) (all []*x509.Certificate) {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if cert, err := x509.ParseCertificate(block.Bytes); err == nil {
			all = append(all, cert)
		}
	}
	return all
}

func sameKey(a, b crypto.PublicKey) bool {
	key, ok := a.(interface{ Equal(crypto.PublicKey) bool })
	return ok && key.Equal(b)
}

// A pending file is a target whose text waits under another name.
type pending struct {
	path, temporary string
	kept            string // another name of the file that had the path, "" if there is none
	created         bool   // nothing had the path
}

// write writes all targets or, if the system allows, none.
func (o *options) write(targets []target) error {
	if err := os.MkdirAll(o.fix, 0o750); err != nil { //nolint:gosec // the files are those it is told to work on
		return o.writeFailure(o.fix, err)
	}
	for _, t := range targets {
		removeLeftovers(filepath.Dir(t.path))
	}
	files := make([]pending, 0, len(targets))
	defer func() {
		for _, f := range files { // gone already if all went well
			_ = os.Remove(f.temporary)
			if f.kept != "" {
				_ = os.Remove(f.kept)
			}
		}
	}()
	for _, t := range targets {
		name, err := writeTemporary(filepath.Dir(t.path), t.text(), t.mode)
		if err != nil {
			return o.writeFailure(t.path, err)
		}
		files = append(files, pending{path: t.path, temporary: name})
	}
	for i := range files {
		if err := files[i].replace(); err != nil {
			failed := o.writeFailure(files[i].path, err)
			for k := range files[:i] {
				if !files[k].restore() {
					return bilingual.Fail("%[1]v; %[2]s is written, and cannot be put back", "%[1]v；%[2]s 已写入且无法恢复", failed, files[k].path)
				}
			}
			return failed
		}
	}
	return nil
}

// replace gives the file its name. A file that had the name keeps another one, if
// the folder allows hard links.
func (f *pending) replace() error {
	kept := f.temporary + ".old"
	err := os.Link(f.path, kept)
	if err == nil {
		f.kept = kept
	}
	f.created = errors.Is(err, fs.ErrNotExist)
	return os.Rename(f.temporary, f.path)
}

// restore undoes replace. It reports whether it could.
func (f *pending) restore() bool {
	switch {
	case f.created:
		return os.Remove(f.path) == nil
	case f.kept != "":
		return os.Rename(f.kept, f.path) == nil
	default:
		return false
	}
}

// temporaryPrefix begins the names of files that are being written. The id of the
// process follows.
const temporaryPrefix = ".certcheck-"

// removeLeftovers removes what runs that were killed left in a folder. Files of a
// process that lives stay.
func removeLeftovers(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		rest, ours := strings.CutPrefix(e.Name(), temporaryPrefix)
		if !ours || !e.Type().IsRegular() {
			continue
		}
		id, _, _ := strings.Cut(rest, "-")
		if pid, err := strconv.Atoi(id); err == nil && (pid == os.Getpid() || !lives(pid)) {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// lives reports whether there is a process with the id.
func lives(pid int) bool {
	if pid <= 0 || pid > math.MaxInt32 {
		return false
	}
	process, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	defer func() { _ = process.Release() }()
	err = process.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, fs.ErrPermission)
}

// writeTemporary writes a file that nobody else can read before it has its mode.
func writeTemporary(dir, text string, mode os.FileMode) (name string, err error) {
	file, err := os.CreateTemp(dir, fmt.Sprintf("%s%d-*", temporaryPrefix, os.Getpid()))
	if err != nil {
		return "", err
	}
	_, err = file.WriteString(text)
	if err == nil {
		err = file.Chmod(mode)
	}
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		_ = os.Remove(file.Name())
		return "", err
	}
	return file.Name(), nil
}

func (o *options) writeFailure(path string, err error) error {
	if link, ok := errors.AsType[*os.LinkError](err); ok {
		err = link.Err
	}
	return bilingual.Fail("-fix %s: %s cannot be written: %v; give a folder that can be written to", "-fix %s：无法写入 %s：%v；请指定可写入的目录", o.fix, path, withoutPath(err))
}
