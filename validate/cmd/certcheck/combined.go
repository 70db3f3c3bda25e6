package main

import (
	"bytes"
	"slices"

	"github.com/alicert/alicert/validate"
)

// parts are those of the text of a file that holds both certificates and keys.
type parts struct {
	rest  []byte // the text without the keys
	lines []int  // the line of the file that each line of rest is, from 1
	keys  []keyPart
}

// A keyPart is the block of a private key.
type keyPart struct {
	text []byte
	line int // of the file, from 1
}

// separate takes the private keys out of a text.
func separate(text []byte) (p parts) {
	number, begin, offset := 0, 0, 0
	inside := false
	for line := range bytes.Lines(text) {
		number++
		isKey := bytes.Contains(line, []byte("PRIVATE KEY-----"))
		if !inside && isKey && bytes.Contains(line, []byte("-----BEGIN ")) {
			inside, begin = true, offset
			p.keys = append(p.keys, keyPart{line: number})
		}
		offset += len(line)
		if !inside {
			p.rest = append(p.rest, line...)
			p.lines = append(p.lines, number)
			continue
		}
		p.keys[len(p.keys)-1].text = text[begin:offset]
		inside = !isKey || !bytes.Contains(line, []byte("-----END "))
	}
	return p
}

// key returns the private key that fits a certificate of the text, or else the first, and
// its line.
func (p *parts) key() (key validate.Secret, line int) {
	if len(p.keys) == 0 {
		return validate.Secret{}, 0
	}
	meant := &p.keys[0]
	if len(p.keys) == 1 {
		return validate.NewSecret(meant.text), meant.line
	}
	certs := contentOf(p.rest, "").certs
	for i := range p.keys {
		of := contentOf(p.keys[i].text, "")
		if slices.ContainsFunc(certs, func(cert summaryOf) bool { return slices.Contains(of.keys, cert.key) }) {
			meant = &p.keys[i]
			break
		}
	}
	return validate.NewSecret(meant.text), meant.line
}

// renumber puts the lines of the file into the findings of a report on its parts. keyLine
// is the line of the key, 0 if it is from another file.
func (o *options) renumber(report *validate.Report, lines []int, keyLine int) {
	move := func(parameter string, line *int) {
		switch {
		case *line == 0:
		case parameter == o.certificateParameter() && *line <= len(lines):
			*line = lines[*line-1]
		case parameter == o.keyParameter() && keyLine > 0:
			*line += keyLine - 1
		}
	}
	for _, v := range report.Violations {
		move(v.Parameter, &v.Line)
	}
	for i := range report.Advisories {
		move(report.Advisories[i].Parameter, &report.Advisories[i].Line)
	}
	for i := range report.Certificates {
		move(o.certificateParameter(), &report.Certificates[i].Line)
	}
}
