package cas

import (
	"encoding/binary"

	"github.com/alicert/alicert/model/internal/statekey"
	"github.com/alicert/alicert/validate"
)

// Key returns the canonical text of a state, for telling states apart while
// exploring: two states are the same if and only if their keys are. It is not meant
// for reading.
func (s State) Key() string { return string(s.AppendKey(make([]byte, 0, 1024))) }

// AppendKey appends the canonical text of a state. Of certificates it has the
// digests of leaf and text. The indices follow from the certificates and are left
// out.
func (s State) AppendKey(b []byte) []byte {
	b = statekey.Number(b, s.Numbered, s.Certificates.Len())
	for name, c := range s.Certificates.All() {
		b = statekey.Text(b, name, c.Name, c.ID, string(c.Source), string(c.Status), c.Content)
		b = statekey.Bits(appendLeaf(b, c.Leaf), c.NotServer, c.KeyStored, c.Locked)
		b = statekey.Number(b, c.Domains, c.Listeners)
	}
	return b
}

// appendLeaf appends what identifies a leaf: its fingerprint, or all there is
// where somebody made one up without.
func appendLeaf(b []byte, l validate.Leaf) []byte {
	if b = statekey.Text(b, l.SHA256); l.SHA256 != "" {
		return b
	}
	b = statekey.Text(b, l.Key, l.Name, l.Names, l.Serial)
	return binary.AppendVarint(binary.AppendVarint(b, l.NotBefore), l.NotAfter)
}
