package centre

import (
	"encoding/binary"

	"github.com/alicert/alicert/model/internal/canon"
	"github.com/alicert/alicert/validate"
)

// AppendKey appends the centre's part of a state's canonical text (see
// model.Space): two centres are the same if and only if theirs are. Of
// certificates it has the digests of leaf and text. The indices follow from the
// certificates and are left out.
func (s State) AppendKey(b []byte) []byte {
	b = canon.Number(b, s.Numbered, s.Certificates.Len())
	for name, c := range s.Certificates.All() {
		b = canon.Text(b, name, c.Name, c.ID, string(c.Source), string(c.Status), c.Content)
		b = canon.Bits(appendLeaf(b, c.Leaf), c.NotServer, c.KeyStored, c.Locked)
		b = canon.Number(b, c.Domains, c.Listeners)
	}
	return b
}

// appendLeaf appends what identifies a leaf: its fingerprint, or all there is
// where somebody made one up without.
func appendLeaf(b []byte, l validate.Leaf) []byte {
	if b = canon.Text(b, l.SHA256); l.SHA256 != "" {
		return b
	}
	b = canon.Text(b, l.Key, l.Name, l.Names, l.Serial)
	return binary.AppendVarint(binary.AppendVarint(b, l.NotBefore), l.NotAfter)
}
