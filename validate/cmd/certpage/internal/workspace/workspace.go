// Package workspace holds what was dropped on the page, checks it, and says what the page
// shows. It runs in the browser, and in tests.
package workspace

import (
	"cmp"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/diagnosis"
	"github.com/alicert/alicert/validate/internal/material"
)

// Slot is a place for one of the two texts.
type Slot string

// The slots.
const (
	Certificate Slot = "certificate"
	Key         Slot = "key"
)

// A Workspace has a certificate with its chain, and a private key. The zero value is empty.
type Workspace struct {
	files  []file // of the last drop that had a certificate
	chosen int    // index of the file with the leaf
	unused []string

	certificate []segment
	key         keyFile

	// Of the last check.
	diagnosis *diagnosis.Diagnosis
	written   validate.Normalized
}

// A File is what somebody dropped.
type File struct {
	Name string
	Data []byte
}

// A file is one that is looked into.
type file struct {
	name, text string
	material.Content
}

// A segment is a part of the certificate's text that comes from one file.
type segment struct {
	name, text string
	lines      []int // of the file, for those of the text; nil if they are the same
}

// A keyFile is the private key and where it is from.
type keyFile struct {
	name  string
	text  validate.Secret
	line  int // of the key in its file, from 1
	given bool
}

// Put fills a slot with a text as it is, whatever it holds.
func (w *Workspace) Put(slot Slot, f File) {
	w.forget()
	name, text := shownName(f.Name), string(f.Data)
	if slot == Key {
		w.key = keyFile{name: name, text: validate.NewSecret(text), line: 1, given: true}
		return
	}
	w.files, w.unused = nil, nil
	w.certificate = []segment{{name: name, text: text}}
}

// Clear empties a slot.
func (w *Workspace) Clear(slot Slot) {
	w.forget()
	if slot == Key {
		w.key = keyFile{}
		return
	}
	w.files, w.unused, w.certificate = nil, nil, nil
}

// forget drops what was found of other texts.
func (w *Workspace) forget() { w.diagnosis, w.written = nil, validate.Normalized{} }

// Empty reports whether there is nothing to check.
func (w *Workspace) Empty() bool { return len(w.certificate) == 0 && !w.key.given }

// text is the text of the certificate.
func (w *Workspace) text() string {
	if len(w.certificate) == 1 {
		return w.certificate[0].text
	}
	var b strings.Builder
	for i, s := range w.certificate {
		b.WriteString(s.text)
		if i < len(w.certificate)-1 && !strings.HasSuffix(s.text, "\n") {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// certificateName names the files of the certificate.
func (w *Workspace) certificateName() string {
	names := make([]string, len(w.certificate))
	for i, s := range w.certificate {
		names[i] = s.name
	}
	return strings.Join(names, " + ")
}

// fileLine returns the file and its line that a line of the certificate's text is from.
func (w *Workspace) fileLine(line int) (name string, number int) {
	for i, s := range w.certificate {
		n := strings.Count(s.text, "\n")
		if !strings.HasSuffix(s.text, "\n") {
			n++
		}
		if line <= n || i == len(w.certificate)-1 {
			if 0 < line && line <= len(s.lines) {
				line = s.lines[line-1]
			}
			return s.name, line
		}
		line -= n
	}
	return "", line
}

// place maps a position in a parameter to the file it is from.
func (w *Workspace) place(op errcodes.Operation, parameter string, line int) (name string, number int) {
	switch parameter {
	case "":
		return "", 0
	case op.Parameter(errcodes.FieldPrivateKey):
		if line > 0 {
			line += max(w.key.line, 1) - 1
		}
		return w.key.name, line
	case op.Parameter(errcodes.FieldCertificate):
		if line == 0 {
			return w.certificateName(), 0
		}
		return w.fileLine(line)
	default:
		return "", 0
	}
}

// shownName is the name of a file as it may be shown: no name that holds a key, and nothing
// that does not print.
func shownName(name string) string {
	if redact.Is(name) {
		name = redact.Text(name)
	}
	return cmp.Or(redact.Printable(name), "?")
}

// A Choice is a certificate of a drop that has several.
type Choice struct {
	File   int    `json:"file"`
	Name   string `json:"name"` // of the file
	Leaf   string `json:"leaf"`
	Chosen bool   `json:"chosen"`
}

// Choices are the certificates of the drop, if there is more than one.
func (w *Workspace) Choices() []Choice {
	var all []Choice
	leaves := leavesOf(w.files, w.keysOf(w.files))
	if len(leaves) < 2 {
		return nil
	}
	for _, i := range leaves {
		all = append(all, Choice{File: i, Name: w.files[i].name, Leaf: w.files[i].Leaf().Name, Chosen: i == w.chosen})
	}
	slices.SortFunc(all, func(a, b Choice) int { return cmp.Compare(a.File, b.File) })
	return all
}
