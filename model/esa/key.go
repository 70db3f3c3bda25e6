package esa

import (
	"encoding/binary"

	"github.com/alicert/alicert/model/internal/statekey"
)

// Key returns the canonical text of a state: two states are the same if and only if
// their keys are. Exploring uses it to tell states apart. It is not meant for
// reading. It has the digests of a certificate's leaf and text, and no index.
func (s State) Key() string {
	b := statekey.Number(make([]byte, 0, 1024), s.Plans.Len())
	for id, p := range s.Plans.All() {
		b = statekey.Number(statekey.Text(b, id, string(p.Status)), p.Quota, p.Certificates, p.Sites)
	}
	b = statekey.Number(b, s.Sites.Len())
	for id, of := range s.Sites.All() {
		b = statekey.Number(statekey.Text(b, id, of.Name, of.Plan, string(of.Status)), of.Certificates)
		b = binary.AppendVarint(b, of.Created)
	}
	b = statekey.Number(b, s.Certificates.Len())
	for key, c := range s.Certificates.All() {
		b = statekey.Text(b, key, c.Name, string(c.Type), c.Region, c.Content)
		l := c.Leaf
		b = statekey.Text(b, l.SHA256, l.Key, l.Name, l.Names, l.Serial)
		b = statekey.Number(b, l.NotBefore, l.NotAfter, c.Created, c.Updated)
		b = statekey.Number(statekey.Number(b, c.Site), c.CasID)
	}
	return string(s.CAS.AppendKey(b))
}
