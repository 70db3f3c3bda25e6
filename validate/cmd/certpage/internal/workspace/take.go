package workspace

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/material"
)

const (
	mostFiles    = 2000
	largestFile  = 8 << 20  // bytes
	largestTotal = 64 << 20 // bytes, of all files of a drop
	mostLooked   = 1 << 20  // bytes of a file that may be a certificate or a key
)

// Take takes files, looks into archives among them, and tells certificates from keys by
// what is in them. It says what it could not take, zero if all is well.
func (w *Workspace) Take(drop []File) errcodes.Message {
	files, problem := unpacked(drop)
	if len(files) == 0 {
		return cmp.Or(problem, errcodes.Message{EN: "there is no file with a certificate or a key in it", ZH: "其中没有证书或私钥文件"})
	}
	w.forget()
	known := slices.DeleteFunc(slices.Clone(files), func(f file) bool { return !f.Certificate && !f.Key })
	if len(known) == 0 {
		w.takeUnknown(&files[0])
		w.unused = namesOf(files[1:])
		return problem
	}
	hasCertificate := slices.ContainsFunc(known, func(f file) bool { return f.Certificate })
	switch {
	case !hasCertificate:
		w.takeKey(known)
		w.unused = unusedOf(files, w.key.name)
	case w.addsIssuers(known):
		w.takeIssuers(known)
	default:
		w.files = known
		w.chosen = leavesOf(known, w.keysOf(known))[0]
		w.arrange()
		w.unused = unusedOf(files, append([]string{w.key.name}, w.names()...)...)
	}
	return problem
}

// Choose takes another certificate of the drop.
func (w *Workspace) Choose(file int) {
	if file >= 0 && file < len(w.files) {
		w.forget()
		w.chosen = file
		w.arrange()
	}
}

// takeUnknown takes a file that holds neither a certificate nor a key that can be seen, so
// that the check says what it is.
func (w *Workspace) takeUnknown(f *file) {
	slot := Certificate
	if len(w.certificate) > 0 && !w.key.given || strings.Contains(strings.ToUpper(f.text), "PRIVATE") {
		slot = Key
	}
	w.Put(slot, File{f.name, []byte(f.text)})
}

// takeKey takes the key that fits the certificate, or else the first.
func (w *Workspace) takeKey(files []file) {
	meant := &files[0]
	for _, leaf := range material.Of([]byte(w.text()), "").Certs {
		if i := slices.IndexFunc(files, func(f file) bool { return slices.Contains(f.Keys, leaf.Key) }); i >= 0 {
			meant = &files[i]
			break
		}
	}
	w.key = keyFile{name: meant.name, text: validate.NewSecret(meant.text), line: 1, given: true}
}

// addsIssuers reports whether a drop has nothing but certificates of CAs, for a certificate
// that is there already.
func (w *Workspace) addsIssuers(files []file) bool {
	if len(w.certificate) == 0 {
		return false
	}
	if leaf := contentOf(w.text()).Leaf(); leaf == nil || leaf.CA {
		return false
	}
	return !slices.ContainsFunc(files, func(f file) bool {
		return f.Key || !isPEM(f.text) || !f.OnlyIssuers()
	})
}

func (w *Workspace) takeIssuers(files []file) {
	for i := range files {
		w.certificate = append(w.certificate, segment{name: files[i].name, text: files[i].text})
	}
}

// arrange takes the chosen file, the files with its issuers, and its key.
func (w *Workspace) arrange() {
	chosen := &w.files[w.chosen]
	w.certificate = []segment{{name: chosen.name, text: chosen.text}}
	fromChosen := false
	if chosen.Key {
		fromChosen = true
		w.key = keyFile{name: chosen.name, text: validate.NewSecret(chosen.text), line: 1, given: true}
		parts := material.Separate([]byte(chosen.text))
		if len(parts.Keys) > 0 && bytes.Contains(parts.Rest, []byte("BEGIN CERT")) {
			w.certificate[0].text, w.certificate[0].lines = string(parts.Rest), parts.Lines
			w.key.text, w.key.line = parts.Key()
		}
	}
	if isPEM(w.certificate[0].text) {
		w.certificate = append(w.certificate, w.issuersOf(chosen)...)
	}
	if keys := w.keysOf(w.files); !fromChosen && len(keys) > 0 {
		w.takeKey(keys)
	}
}

// issuersOf returns the files that have the issuers that a file lacks, as far as the drop
// has them. Roots are left out: clients have them.
func (w *Workspace) issuersOf(f *file) (issuers []segment) {
	last := f.Leaf()
	within := func(certs []material.Summary) {
		for range certs {
			i := slices.IndexFunc(certs, func(c material.Summary) bool { return issued(&c, last) })
			if i < 0 {
				return
			}
			last = &certs[i]
		}
	}
	within(f.Certs)
	taken := map[int]bool{w.chosen: true}
	for range w.files {
		if last == nil || last.Subject == last.Issuer {
			return issuers
		}
		i := slices.IndexFunc(w.files, func(other file) bool {
			return !other.Key && isPEM(other.text) && other.OnlyIssuers() &&
				slices.ContainsFunc(other.Certs, func(c material.Summary) bool { return issued(&c, last) && c.Subject != c.Issuer })
		})
		if i < 0 || taken[i] {
			return issuers
		}
		taken[i] = true
		issuers = append(issuers, segment{name: w.files[i].name, text: w.files[i].text})
		within(w.files[i].Certs)
	}
	return issuers
}

// issued reports whether a certificate is the issuer of another one by its names and key
// identifiers.
func issued(issuer, c *material.Summary) bool {
	return c != nil && issuer.Subject == c.Issuer && issuer.Sum != c.Sum &&
		(issuer.KeyID == "" || c.IssuedBy == "" || issuer.KeyID == c.IssuedBy)
}

// keysOf returns the files with nothing but keys.
func (w *Workspace) keysOf(files []file) []file {
	return slices.DeleteFunc(slices.Clone(files), func(f file) bool { return !f.Key || f.Certificate })
}

// leavesOf returns the indices of the files that may be meant, the likeliest first: those
// with a server certificate whose key is there, with the longest chain; of each
// certificate one.
func leavesOf(files, keys []file) []int {
	var all []int
	for i := range files {
		if files[i].Certificate {
			all = append(all, i)
		}
	}
	fits := func(i int) bool {
		leaf := files[i].Leaf()
		return leaf != nil && (slices.Contains(files[i].Keys, leaf.Key) ||
			slices.ContainsFunc(keys, func(k file) bool { return slices.Contains(k.Keys, leaf.Key) }))
	}
	isLeaf := func(i int) bool { leaf := files[i].Leaf(); return leaf != nil && !leaf.CA }
	slices.SortStableFunc(all, func(a, b int) int {
		return cmp.Or(first(isLeaf(a), isLeaf(b)), first(fits(a), fits(b)), cmp.Compare(len(files[b].Certs), len(files[a].Certs)))
	})
	seen := map[material.Digest]bool{}
	distinct := slices.DeleteFunc(slices.Clone(all), func(i int) bool {
		leaf := files[i].Leaf()
		if leaf == nil || leaf.CA || seen[leaf.Sum] {
			return true
		}
		seen[leaf.Sum] = true
		return false
	})
	if len(distinct) == 0 && len(all) > 0 {
		return all[:1]
	}
	return distinct
}

// first compares so that true comes first.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	default:
		return 1
	}
}

func contentOf(text string) *material.Content {
	c := material.Of([]byte(text), "")
	return &c
}

func isPEM(text string) bool { return strings.Contains(text, "-----BEGIN") }

// names are those of the certificate's files.
func (w *Workspace) names() (names []string) {
	for _, s := range w.certificate {
		names = append(names, s.name)
	}
	return names
}

// Unused are the files of the last drop that are not checked.
func (w *Workspace) Unused() []string { return w.unused }

func unusedOf(files []file, used ...string) []string {
	return namesOf(slices.DeleteFunc(slices.Clone(files), func(f file) bool { return slices.Contains(used, f.name) }))
}

func namesOf(files []file) (names []string) {
	for i := range files {
		names = append(names, files[i].name)
	}
	return names
}

// unpacked looks into files and archives. It passes over what is no material.
func unpacked(drop []File) (files []file, problem errcodes.Message) {
	total := 0
	add := func(name string, data []byte) {
		total += len(data)
		if len(files) >= mostFiles || total > largestTotal {
			problem = errcodes.Message{EN: "there are too many files; drop the folder of one certificate", ZH: "文件过多；请只放入一份证书所在的目录"}
			return
		}
		f := file{name: shownName(name), text: string(data)}
		if len(data) <= mostLooked {
			f.Content = material.Of(data, "")
		}
		files = append(files, f)
	}
	for _, f := range drop {
		switch archive, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data))); {
		case len(f.Data) > largestFile:
			problem = errcodes.Message{EN: shownName(f.Name) + " is larger than 8 MiB, so neither a certificate nor a key", ZH: shownName(f.Name) + " 大于 8 MiB，不可能是证书或私钥"}
		case len(f.Data) == 0:
			problem = errcodes.Message{EN: shownName(f.Name) + " is empty", ZH: shownName(f.Name) + " 是空文件"}
		case err != nil || !bytes.HasPrefix(f.Data, []byte("PK")):
			add(f.Name, f.Data)
		default:
			if err := unzip(archive, add); err != nil {
				problem = errcodes.Message{EN: shownName(f.Name) + " cannot be unpacked here; unpack it and drop the files", ZH: "无法解压 " + shownName(f.Name) + "；请解压后放入其中的文件"}
			}
		}
	}
	if len(files) > 1 { // beside others, readme files and the like are not meant
		kept := slices.DeleteFunc(slices.Clone(files), func(f file) bool { return !f.Certificate && !f.Key && !f.Sealed })
		if len(kept) > 0 {
			for _, f := range files {
				if !f.Certificate && !f.Key && !f.Sealed {
					kept = append(kept, f)
				}
			}
			files = kept
		}
	}
	return files, problem
}

var errTooLarge = errors.New("too large")

// unzip gives the files of an archive away. What a file says of its size is not believed.
func unzip(archive *zip.Reader, add func(name string, data []byte)) error {
	if len(archive.File) > mostFiles {
		return errTooLarge
	}
	total := 0
	for _, entry := range archive.File {
		name := path.Base(entry.Name)
		if entry.FileInfo().IsDir() || strings.HasPrefix(name, ".") || strings.HasPrefix(entry.Name, "__MACOSX/") {
			continue
		}
		r, err := entry.Open()
		if err != nil {
			return err
		}
		data, err := io.ReadAll(io.LimitReader(r, largestFile+1))
		_ = r.Close()
		if err != nil {
			return err
		}
		if total += len(data); len(data) > largestFile || total > largestTotal {
			return errTooLarge
		}
		if len(data) > 0 {
			add(entry.Name, data)
		}
	}
	return nil
}
