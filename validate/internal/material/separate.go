package material

import (
	"bytes"
	"slices"

	"github.com/alicert/alicert/validate"
)

// Parts are those of the text of a file that holds both certificates and keys.
type Parts struct {
	Rest  []byte // the text without the keys
	Lines []int  // the line of the file that each line of Rest is, from 1
	Keys  []KeyPart
}

// A KeyPart is the block of a private key.
type KeyPart struct {
	Text []byte
	Line int // of the file, from 1
}

// Separate takes the private keys out of a text.
func Separate(text []byte) (p Parts) {
	number, begin, offset := 0, 0, 0
	inside := false
	for line := range bytes.Lines(text) {
		number++
		isKey := bytes.Contains(line, []byte("PRIVATE KEY-----"))
		if !inside && isKey && bytes.Contains(line, []byte("-----BEGIN ")) {
			inside, begin = true, offset
			p.Keys = append(p.Keys, KeyPart{Line: number})
		}
		offset += len(line)
		if !inside {
			p.Rest = append(p.Rest, line...)
			p.Lines = append(p.Lines, number)
			continue
		}
		p.Keys[len(p.Keys)-1].Text = text[begin:offset]
		inside = !isKey || !bytes.Contains(line, []byte("-----END "))
	}
	return p
}

// Key returns the private key that fits a certificate of the text, or else the first, and
// its line.
func (p *Parts) Key() (key validate.Secret, line int) {
	if len(p.Keys) == 0 {
		return validate.Secret{}, 0
	}
	meant := &p.Keys[0]
	if len(p.Keys) == 1 {
		return validate.NewSecret(meant.Text), meant.Line
	}
	certs := Of(p.Rest, "").Certs
	for i := range p.Keys {
		of := Of(p.Keys[i].Text, "")
		if slices.ContainsFunc(certs, func(cert Summary) bool { return slices.Contains(of.Keys, cert.Key) }) {
			meant = &p.Keys[i]
			break
		}
	}
	return validate.NewSecret(meant.Text), meant.Line
}
