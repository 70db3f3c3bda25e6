package fakecloud

import (
	"net/http"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
	"github.com/alicert/alicert/validate"
)

// Key is an access key: its id, its secret, and whether it is disabled. With a
// SecurityToken it is a temporary one, whose requests must bring the token.
type Key = gateway.Key

// DemoKey is the access key of a cloud whose options have none.
func DemoKey() Key { return Key{ID: "testid", Secret: validate.NewSecret("testsecret")} }

// Options says how a cloud behaves. The zero value is one without anything in it
// that knows the DemoKey.
type Options struct {
	// Keys are the access keys. Empty: the DemoKey.
	Keys []Key
	// NoAuth takes requests as they come, signed or not.
	NoAuth bool
	// Window is how far the time of a request may be off. 0: 15 minutes, as
	// at the vendor's; negative: any time is taken.
	Window time.Duration

	// State is the state to begin with.
	State account.State
	// Version is that of the tables to answer with. 0: the original ones, where
	// there are any.
	Version errcodes.Version
	// Progress says when roll-outs and jobs end. The zero value is Polls(1).
	Progress Progress
	// Validate says how requests are checked. Its time is set by Now.
	Validate validate.Options

	// Limit is how many bytes query and body of a request may have together.
	// 0: 1 MiB.
	Limit int
	// Remember is how many records the journal keeps, and how many calls are
	// remembered; the oldest are forgotten first. 0: 1000.
	Remember int
	// Observe is told of every record of the journal, in order, as it takes
	// effect; of a cloud that Open made, as soon as it is kept. Nothing goes on
	// until it returns. With it, there is no way back to the beginning: the
	// records are one trace.
	Observe func(Record)
	// OnMissing is told of an operation that the cloud has and the fake does
	// not, when a key calls it for the first time since the beginning or the
	// last Reset. Without signatures all callers are one. The call is answered
	// when it returns. It may be called from several goroutines at once.
	OnMissing func(Missing)
	// Trouble is told, by a cloud that Open made, when changes cannot be kept,
	// with the reason, and with nil when they can again.
	Trouble func(error)
	// Seed makes RequestIds and the chances of faults the same every time.
	// 0: they are random.
	Seed uint64
	// RequestID returns the RequestId of a request, for a harness that has
	// to know it even where the answer is lost. Nil: they are random.
	RequestID func(*http.Request) string
	// Now is the wall clock. Nil: time.Now.
	Now func() time.Time
	// Elapsed is the monotonic clock that roll-outs, jobs and documented rates
	// are timed by: how long ago some snapshot was that stays the same. Nil: what
	// passes on Now. Setting the real clock then changes no duration. Of a Now
	// without a monotonic reading, steps back count as no time.
	Elapsed func() time.Duration
}

func (o Options) withDefaults() Options {
	if len(o.Keys) == 0 {
		o.Keys = []Key{DemoKey()}
	}
	switch {
	case o.Window == 0:
		o.Window = 15 * time.Minute
	case o.Window < 0:
		o.Window = 0
	}
	if o.Limit == 0 {
		o.Limit = gateway.DefaultLimit
	}
	if o.Remember == 0 {
		o.Remember = 1000
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Elapsed == nil {
		o.Elapsed = elapsedOn(o.Now)
	}
	return o
}
