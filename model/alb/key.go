package alb

import "github.com/alicert/alicert/model/internal/statekey"

// Key returns the canonical text of a state: two states are the same if and only if
// their keys are. Exploring uses it to tell states apart. It is not meant for
// reading. It has the digests of a certificate's leaf and text.
func (s State) Key() string {
	b := statekey.Number(make([]byte, 0, 1024), s.LoadBalancers.Len())
	for id, lb := range s.LoadBalancers.All() {
		b = statekey.Bits(statekey.Text(b, id, lb.Product, string(lb.Edition), lb.Region), lb.Forbidden)
		b = statekey.Number(b, lb.Quota, lb.Associations)
	}
	b = statekey.Number(b, s.Listeners.Len())
	for id, l := range s.Listeners.All() {
		b = statekey.Text(b, id, l.Product, l.LoadBalancer, string(l.Protocol), string(l.Status), l.Default, l.Job)
		b = statekey.Text(statekey.Number(b, l.Port), l.Attributes.text())
	}
	b = statekey.Number(b, s.Associations.Len())
	for key, a := range s.Associations.All() {
		b = statekey.Text(b, key, string(a.Status), a.Job, a.Certificate, a.Next)
	}
	b = statekey.Number(b, s.Tokens.Len())
	for key, t := range s.Tokens.All() {
		b = statekey.Text(b, key, t.Parameters, t.RequestID, t.JobID)
	}
	b = statekey.Number(b, s.Jobs.Len())
	for id, j := range s.Jobs.All() {
		b = statekey.Text(b, id, j.Operation, j.Listener, string(j.Status), j.Default, j.Token, j.Attributes.text())
		b = statekey.Number(b, j.Created, j.Modified)
		b = statekey.Text(b, j.Code, j.Message)
	}
	b = statekey.Number(b, s.Ended, s.Finished.Len())
	for _, id := range s.Finished.All() {
		b = statekey.Text(b, id)
	}
	b = statekey.Number(b, s.Used.Len())
	for _, key := range s.Used.All() {
		b = statekey.Text(b, key)
	}
	return string(s.CAS.AppendKey(b))
}
