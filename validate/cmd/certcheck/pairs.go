package main

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A pair is a certificate and its key, relative to the folder that was searched,
// with forward slashes.
type pair struct{ cert, key string }

// found is the content of a folder and those below it, sorted.
type found struct {
	pairs      []pair
	withoutKey []string  // certificates with no key beside them
	unreadable []problem // files and folders that could not be read
}

type problem struct {
	path string
	err  error
}

// findPairs searches a folder and those below it.
func findPairs(root string) (found, error) {
	info, err := os.Stat(root) //nolint:gosec // the folder is the one it is told to search
	switch {
	case err != nil:
		return found{}, err
	case !info.IsDir():
		return found{}, errNoFolder
	}
	var f found
	f.search(root, ".")
	slices.SortFunc(f.pairs, func(a, b pair) int { return cmp.Or(cmp.Compare(a.cert, b.cert), cmp.Compare(a.key, b.key)) })
	slices.Sort(f.withoutKey)
	return f, nil
}

// search adds the content of dir, a folder relative to root.
func (f *found) search(root, dir string) {
	entries, err := os.ReadDir(filepath.Join(root, filepath.FromSlash(dir)))
	if err != nil {
		f.unreadable = append(f.unreadable, problem{dir, err})
		return
	}
	folder := folder{root: root, dir: dir, files: make(map[string]bool)}
	var below []string
	for _, entry := range entries {
		switch name := entry.Name(); {
		case entry.IsDir():
			below = append(below, name)
		case !isMaterial(name):
		default:
			// A certificate may be a link, as those of certbot are.
			info, err := os.Stat(folder.path(name))
			switch {
			case errors.Is(err, fs.ErrNotExist):
				f.unreadable = append(f.unreadable, problem{path.Join(dir, name), errDangling})
			case err != nil:
				f.unreadable = append(f.unreadable, problem{path.Join(dir, name), err})
			case info.Mode().IsRegular():
				folder.files[name] = true
			}
		}
	}
	f.classify(&folder)
	for _, name := range below {
		if !skipDir(name, below) {
			f.search(root, path.Join(dir, name))
		}
	}
}

// skipDir reports whether a folder holds nothing of interest: version
// control, the folders behind the links of a mounted Kubernetes secret, and the
// earlier certificates of certbot.
func skipDir(name string, siblings []string) bool {
	return name == ".git" || strings.HasPrefix(name, "..") ||
		name == "archive" && slices.Contains(siblings, "live")
}

const keySuffix = ".key"

var certificateSuffixes = []string{".crt", ".cer", ".pem"}

func isMaterial(name string) bool { return isCertificateName(name) || path.Ext(name) == keySuffix }

func isCertificateName(name string) bool {
	return slices.Contains(certificateSuffixes, path.Ext(name))
}

// A folder holds the names of the files of one folder that may be certificates or
// keys.
type folder struct {
	root, dir string
	files     map[string]bool
	taken     map[string]bool // certificates that are part of a pair, or belong to one
}

func (d *folder) path(name string) string {
	return filepath.Join(d.root, filepath.FromSlash(d.dir), name)
}

// classify pairs the files of one folder.
func (f *found) classify(d *folder) {
	d.taken = make(map[string]bool)
	for _, find := range []func(*folder) []pair{certbotPair, acmeShPair, genericPair, namedPairs} {
		for _, p := range find(d) {
			d.taken[p.cert] = true
			f.pairs = append(f.pairs, pair{path.Join(d.dir, p.cert), path.Join(d.dir, p.key)})
		}
	}
	for name := range d.files {
		if !isCertificateName(name) || d.taken[name] {
			continue
		}
		isCertificate, err := d.holds(name, "-----BEGIN CERTIFICATE-----")
		switch name := path.Join(d.dir, name); {
		case err != nil:
			f.unreadable = append(f.unreadable, problem{name, err})
		case isCertificate:
			f.withoutKey = append(f.withoutKey, name)
		}
	}
	slices.SortFunc(f.unreadable, func(a, b problem) int { return cmp.Compare(a.path, b.path) })
}

// certbotPair finds live/name/{fullchain,privkey}.pem. The leaf and the chain
// that stand beside them are parts of the first.
func certbotPair(d *folder) []pair {
	if !d.files["fullchain.pem"] || !d.files["privkey.pem"] {
		return nil
	}
	d.take("cert.pem", "chain.pem", "privkey.pem")
	return []pair{{"fullchain.pem", "privkey.pem"}}
}

// acmeShPair finds domain/{fullchain.cer,domain.key}, where the folder may have
// _ecc behind its name.
func acmeShPair(d *folder) []pair {
	if !d.files["fullchain.cer"] {
		return nil
	}
	key := d.domain() + keySuffix
	if !d.files[key] {
		return nil
	}
	d.take("ca.cer", strings.TrimSuffix(key, keySuffix)+".cer")
	return []pair{{"fullchain.cer", key}}
}

// domain returns the name of the folder as acme.sh gives it.
func (d *folder) domain() string {
	name := filepath.Base(d.path("."))
	if absolute, err := filepath.Abs(d.path(".")); err == nil {
		name = filepath.Base(absolute)
	}
	return strings.TrimSuffix(name, "_ecc")
}

// genericPair finds cert.pem and key.pem.
func genericPair(d *folder) []pair {
	if d.taken["cert.pem"] || !d.files["cert.pem"] || !d.files["key.pem"] {
		return nil
	}
	d.take("key.pem")
	return []pair{{"cert.pem", "key.pem"}}
}

// namedPairs finds name.crt, name.cer and name.pem with name.key, and passes over
// the issuer that lego puts beside them.
func namedPairs(d *folder) (pairs []pair) {
	for _, key := range slices.Sorted(maps.Keys(d.files)) {
		name, isKey := strings.CutSuffix(key, keySuffix)
		if !isKey {
			continue
		}
		if d.files[name+".crt"] {
			d.take(name + ".issuer.crt")
		}
		for _, suffix := range certificateSuffixes {
			cert := name + suffix
			if !d.files[cert] || d.taken[cert] {
				continue
			}
			// A .pem beside a .crt may be both in one, for other servers.
			if both, err := d.holds(cert, "PRIVATE KEY-----"); err == nil && both && len(pairs) > 0 && pairs[len(pairs)-1].key == key {
				d.take(cert)
				continue
			}
			pairs = append(pairs, pair{cert, key})
		}
	}
	return pairs
}

// take marks files as belonging to a pair.
func (d *folder) take(names ...string) {
	for _, name := range names {
		d.taken[name] = true
	}
}

// holds reports whether a text stands near the beginning of a file.
func (d *folder) holds(name, text string) (bool, error) {
	const near = 64 << 10
	file, err := os.Open(d.path(name))
	if err != nil {
		return false, err
	}
	defer func() { _ = file.Close() }()
	beginning, err := io.ReadAll(io.LimitReader(file, near))
	defer clear(beginning)
	return bytes.Contains(beginning, []byte(text)), err
}

var (
	errNoFolder = errors.New("not a folder")
	errDangling = errors.New("the link leads nowhere")
)
