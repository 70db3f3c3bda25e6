package fakecloud

import (
	"net/http"
	"sync"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
	"github.com/alicert/alicert/validate"
)

// Key is an access key. A key with a SecurityToken is temporary: its requests must send
// the token.
type Key = gateway.Key

// DemoKey is the access key that a cloud accepts if Options.Keys is empty.
func DemoKey() Key { return Key{ID: "testid", Secret: validate.NewSecret("testsecret")} }

// Options configures a cloud. The zero value is an empty account that accepts the
// DemoKey.
type Options struct {
	// Keys are the access keys. Empty means the DemoKey.
	Keys []Key
	// NoAuth accepts requests without checking signatures.
	NoAuth bool
	// Window is the largest accepted difference between the time of a request and Now. 0
	// means 15 minutes, as in the vendor's API. A negative value accepts any time.
	Window time.Duration

	// State is the initial state.
	State account.State
	// Version selects the tables to answer with. 0 selects the original tables where there
	// are any.
	Version errcodes.Version
	// Progress says when rollouts and jobs end. The zero value is PollsOrAfter(1,
	// time.Second).
	Progress Progress
	// Validate configures the checks of requests. Now sets its time.
	Validate validate.Options

	// Limit is the largest size of query and body together, in bytes. 0 means 1 MiB.
	Limit int
	// Remember is the largest number of records in the journal and of stored calls. The
	// oldest are dropped first. 0 means 1000.
	Remember int
	// Observe receives every record of the journal, in order, when it takes effect; with a
	// data directory, when it is on the disk. Calls block until it returns. Reset and
	// SetState are unavailable, so that the records form one trace.
	Observe func(Record)
	// OnMissing receives an operation that only the real cloud has, when a key calls it for
	// the first time since the start or the last Reset. With NoAuth all callers count as
	// one. The call is answered when OnMissing returns. Several goroutines may call it at
	// once.
	OnMissing func(Missing)
	// Trouble receives the error when changes cannot be written to the data directory, and
	// nil when they can be written again. It may be called after the answers to those changes.
	Trouble func(error)
	// Authority names the files that make clients trust the server in front of the cloud.
	// With it the page tells how to use the server as a proxy. Command fakecloud sets it.
	Authority Authority
	// Seed makes RequestIds and the chances of faults reproducible. 0 means a random seed.
	Seed uint64
	// RequestID returns the RequestId of the answer to a request. A test needs it to know
	// the id even if the answer is lost. Nil means random ids.
	RequestID func(*http.Request) string
	// Now is the wall clock. Nil means time.Now.
	Now func() time.Time
	// Elapsed is the monotonic clock for rollouts, jobs and documented rates: the time
	// since a fixed moment. Nil derives it from Now. Setting the system clock then changes
	// no duration. If Now returns times without a monotonic reading, a step back counts as
	// no time.
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

// elapsedOn returns a clock of the time that passes on another clock from now on. It does
// not run backwards: a step back of the other clock counts as no time. Readings of
// time.Now have a monotonic part, so that setting the system clock has no effect.
func elapsedOn(now func() time.Time) func() time.Duration {
	var (
		mu     sync.Mutex
		last   = now()
		passed time.Duration
	)
	return func() time.Duration {
		mu.Lock()
		defer mu.Unlock()
		at := now() // under the lock, so that readings are in order
		passed += max(0, at.Sub(last))
		last = at
		return passed
	}
}
