package cas

import (
	"encoding/binary"

	"github.com/alicert/alicert/model/internal/statekey"
	"github.com/alicert/alicert/validate"
)

// Key returns the canonical text of a state: two states are the same if and only if
// their keys are. Exploring uses it to tell states apart. It is not meant for
// reading.
func (s State) Key() string { return string(s.AppendKey(make([]byte, 0, 1024))) }

// AppendKey appends the canonical text of a state. It has the digests of a
// certificate's leaf and text. It omits the indices, which follow from the
// certificates.
func (s State) AppendKey(b []byte) []byte {
	b = statekey.Number(b, int(s.Site), s.Numbered, s.Certificates.Len())
	for name, c := range s.Certificates.All() {
		b = statekey.Text(b, name, c.Name, c.ID, string(c.Source), string(c.Status), c.Content)
		b = statekey.Bits(appendLeaf(b, c.Leaf), c.Bought, c.NotServer, c.KeyStored, c.Locked)
		b = statekey.Number(b, c.Domains, c.Listeners)
	}
	b = statekey.Number(b, s.Deployed, s.Deployments.Len())
	for number, d := range s.Deployments.All() {
		b = binary.AppendVarint(statekey.Text(b, number, d.Name, d.Certificates, d.Resources, string(d.Status)), d.Started)
	}
	return b
}

// appendLeaf appends the fingerprint of a leaf, or all other fields if it has none,
// as a made-up leaf.
func appendLeaf(b []byte, l validate.Leaf) []byte {
	if b = statekey.Text(b, l.SHA256); l.SHA256 != "" {
		return b
	}
	b = statekey.Text(b, l.Key, l.Name, l.Names, l.Serial)
	return binary.AppendVarint(binary.AppendVarint(b, l.NotBefore), l.NotAfter)
}
