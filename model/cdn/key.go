package cdn

import (
	"encoding/binary"

	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/validate"
)

// Key returns the canonical text of a state, for telling states apart while
// exploring: two states are the same if and only if their keys are. It is not
// meant for reading. Of certificates it has the digests of leaf and text; the
// centre's indices follow from its certificates and are left out.
func Key(s State) string {
	b := make([]byte, 0, 1024)
	b = appendBits(b, s.Suspended)
	b = binary.AppendVarint(b, int64(s.Centre.Numbered))
	b = binary.AppendUvarint(b, uint64(s.Domains.Len())) //nolint:gosec // a length is not negative
	for name, d := range s.Domains.All() {
		b = appendDomain(appendText(b, name), d)
	}
	for name, c := range s.Centre.Certificates.All() {
		b = appendCertificate(appendText(b, name), c)
	}
	return string(b)
}

func appendDomain(b []byte, d Domain) []byte {
	b = appendBits(b, d.Foreign, d.Forbidden, d.PlainHTTP, d.Offline, d.Configuring, d.Scheduled, d.Protected)
	b = appendBits(b, d.HTTPS, d.UsesFree, d.InEffect)
	return appendText(appendText(b, d.Bound), string(d.Free))
}

func appendCertificate(b []byte, c centre.Certificate) []byte {
	b = appendText(appendText(b, c.Name), c.ID)
	b = appendText(appendText(b, string(c.Source)), string(c.Status))
	b = appendLeaf(appendText(b, c.Content), c.Leaf)
	b = appendBits(b, c.NotServer, c.KeyStored, c.Locked)
	return binary.AppendVarint(binary.AppendVarint(b, int64(c.Domains)), int64(c.Listeners))
}

// appendLeaf appends what identifies a leaf: its fingerprint, or all there is
// where somebody made one up without.
func appendLeaf(b []byte, l validate.Leaf) []byte {
	if b = appendText(b, l.SHA256); l.SHA256 != "" {
		return b
	}
	b = appendText(appendText(appendText(appendText(b, l.Key), l.Name), l.Names), l.Serial)
	return binary.AppendVarint(binary.AppendVarint(b, l.NotBefore), l.NotAfter)
}

// appendText appends a text after its length, so that no two sequences of texts
// run into the same bytes.
func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

func appendBits(b []byte, bits ...bool) []byte {
	var sum byte
	for i, bit := range bits {
		if bit {
			sum |= 1 << i
		}
	}
	return append(b, sum)
}
