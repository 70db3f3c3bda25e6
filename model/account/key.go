package account

import (
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
)

// Key returns the canonical text of a state, for telling states apart while
// exploring: two states are the same if and only if their keys are.
// It is those of the parts one after the other, and not meant
// for reading.
func (s State) Key() string {
	return string(s.CAS.AppendKey([]byte(cdn.State{Own: s.CDN}.Key() + alb.State{Own: s.ALB}.Key())))
}
