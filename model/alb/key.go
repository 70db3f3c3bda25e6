package alb

import "github.com/alicert/alicert/model/internal/canon"

// Key returns the canonical text of a state, for telling states apart while
// exploring: two states are the same if and only if their keys are. It is not
// meant for reading. Of certificates it has the digests of leaf and text.
func Key(s State) string {
	b := canon.Number(make([]byte, 0, 1024), s.LoadBalancers.Len())
	for id, lb := range s.LoadBalancers.All() {
		b = canon.Bits(canon.Text(b, id, string(lb.Edition)), lb.Forbidden)
		b = canon.Number(b, lb.Quota, lb.Associations)
	}
	b = canon.Number(b, s.Listeners.Len())
	for id, l := range s.Listeners.All() {
		b = canon.Text(b, id, l.LoadBalancer, string(l.Protocol), string(l.Status), l.Default, l.Job)
		b = canon.Number(b, l.Port)
	}
	b = canon.Number(b, s.Associations.Len())
	for key, a := range s.Associations.All() {
		b = canon.Text(b, key, string(a.Status), a.Job)
	}
	b = canon.Number(b, s.Tokens.Len())
	for key, t := range s.Tokens.All() {
		b = canon.Text(b, key, t.Parameters, t.RequestID, t.JobID)
	}
	b = canon.Number(b, s.Jobs.Len())
	for id, j := range s.Jobs.All() {
		b = canon.Text(b, id, j.Operation, j.Listener, string(j.Status), j.Default)
	}
	b = canon.Number(b, s.Ended, s.Finished.Len())
	for _, id := range s.Finished.All() {
		b = canon.Text(b, id)
	}
	return string(s.Centre.AppendKey(b))
}
