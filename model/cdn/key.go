package cdn

import "github.com/alicert/alicert/model/internal/statekey"

// Key returns the canonical text of a state, for telling states apart while
// exploring: two states are the same if and only if their keys are. It is not
// meant for reading. Of certificates it has the digests of leaf and text.
func (s State) Key() string {
	b := statekey.Number(statekey.Bits(make([]byte, 0, 1024), s.Suspended), s.Domains.Len())
	for name, d := range s.Domains.All() {
		b = statekey.Bits(b, d.Foreign, d.Forbidden, d.PlainHTTP, d.Offline, d.Configuring, d.Scheduled, d.Protected)
		b = statekey.Bits(b, d.HTTPS, d.UsesFree, d.InEffect)
		b = statekey.Number(statekey.Text(b, name, d.Bound, string(d.Free)), d.Changed)
	}
	return string(s.CAS.AppendKey(b))
}
