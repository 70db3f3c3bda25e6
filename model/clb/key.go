package clb

import "github.com/alicert/alicert/model/internal/statekey"

// Key returns the canonical text of a state: two states are the same if and only if their
// keys are. Exploring uses it to tell states apart. It is not meant for reading.
func (s State) Key() string { return string(s.CAS.AppendKey([]byte(s.Own.Key()))) }

// Key returns the canonical text of the part that is not the certificate center. It has
// the digest of a certificate's leaf instead of its text.
func (s Own) Key() string {
	b := statekey.Number(make([]byte, 0, 1024), s.LoadBalancers.Len())
	for id, lb := range s.LoadBalancers.All() {
		b = statekey.Bits(statekey.Text(b, id, lb.Region), lb.Forbidden, lb.Configuring)
	}
	b = statekey.Number(b, s.Listeners.Len())
	for key, l := range s.Listeners.All() {
		b = statekey.Text(b, key, string(l.Protocol), string(l.Status), l.Certificate)
	}
	b = statekey.Number(b, s.Certificates.Len())
	for id, c := range s.Certificates.All() {
		b = statekey.Text(b, id, c.Region, c.Name, c.Leaf.SHA256, c.Leaf.Key, c.Leaf.Name, c.Leaf.Names, c.Leaf.Serial, c.Fingerprint, c.PEM, c.Center, c.CenterName)
		b = statekey.Number(statekey.Number(b, c.Leaf.NotBefore, c.Leaf.NotAfter, c.Created), int64(c.Users))
	}
	b = statekey.Number(b, s.Extensions.Len())
	for id, e := range s.Extensions.All() {
		b = statekey.Number(statekey.Text(b, id, e.LoadBalancer, e.Domain, e.Certificate), e.Port)
	}
	return string(b)
}
