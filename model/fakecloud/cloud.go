package fakecloud

import (
	"context"
	crand "crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
)

// Cloud is a fake of the vendor's API. It is an http.Handler, and a model.System that
// takes inputs directly. It is safe for concurrent use.
type Cloud struct {
	options Options
	demoKey bool // the only key is the public one
	gate    *gateway.Gate
	engine  *engine
	script  script
	calls   calls
	missing missing
	keys    privateKeys

	mu        sync.Mutex
	random    *rand.ChaCha8 // generates RequestIds
	beginning account.State // the state that Reset restores
	undo      *past         // what the last reset of the page took away; nil if there is none
}

var _ model.System[account.Input, model.Output] = (*Cloud)(nil)

// New returns a cloud in the state that the options give.
func New(o Options) *Cloud {
	demoKey := len(o.Keys) == 0
	o = o.withDefaults()
	c := &Cloud{
		options: o,
		demoKey: demoKey,
		gate:    &gateway.Gate{Keys: gateway.NewKeys(o.Keys...), Window: o.Window, Now: o.Now},
		engine:  newEngine(&o),
		calls:   calls{limit: o.Remember},

		beginning: o.State,
	}
	c.start()
	return c
}

// start seeds the random generators.
func (c *Cloud) start() {
	var seed [32]byte
	if c.options.Seed == 0 {
		_, _ = crand.Read(seed[:]) // never fails
	} else {
		binary.LittleEndian.PutUint64(seed[:], c.options.Seed)
	}
	c.mu.Lock()
	c.random = rand.NewChaCha8(seed)
	c.mu.Unlock()
	seed[31]++
	c.script.reset(rand.New(rand.NewChaCha8(seed))) //nolint:gosec // the chances of faults are no secret
}

// Do sends an input to the model: a request, a read or an event such as
// cdn.ConfigurationFinished. It returns an error if the context has ended, or if the
// change cannot be written to the data directory.
func (c *Cloud) Do(ctx context.Context, in account.Input) (model.Output, error) {
	if err := ctx.Err(); err != nil {
		return model.Output{}, err
	}
	r, err := c.engine.do(in, nil)
	return r.output, err
}

// Apply applies events of the model and returns their outputs. An event that cannot be
// written to the data directory is not applied, and its output has Ignored set.
func (c *Cloud) Apply(events ...account.Input) []model.Output {
	outputs := make([]model.Output, len(events))
	for i, e := range events {
		r, err := c.engine.do(e, nil)
		if outputs[i] = r.output; err != nil {
			outputs[i] = model.Output{Ignored: true}
		}
	}
	return outputs
}

// State returns the current state. With a data directory, it returns only a state that is
// written there.
func (c *Cloud) State() account.State { return c.engine.settled().state }

// SetState replaces the state and clears the journal. It returns an error if
// Options.Observe is set, or if the state cannot be written to the data directory.
func (c *Cloud) SetState(s account.State) error {
	if c.options.Observe != nil {
		return errOneTrace
	}
	return c.engine.replace(s, func() {})
}

var errOneTrace = errors.New("fakecloud: the state cannot be replaced while Options.Observe is set, because the observed records form one trace")

// Reset restores the initial state and the seeds of the options. It clears the faults,
// the calls, the missing operations and the journal. Nonces stay used. It returns an
// error in the same cases as SetState.
func (c *Cloud) Reset() error {
	c.mu.Lock()
	beginning := c.beginning
	c.mu.Unlock()
	if err := c.SetState(beginning); err != nil {
		return err
	}
	c.keys.clear()
	c.calls.clear()
	c.missing.clear()
	c.start()
	return nil
}

// Journal returns the most recent records of the journal, at most Options.Remember.
func (c *Cloud) Journal() Journal {
	c.engine.mu.Lock()
	defer c.engine.mu.Unlock()
	return c.engine.journal.copy()
}

// requestID returns the RequestId of the answer to a request.
func (c *Cloud) requestID(r *http.Request) string {
	if c.options.RequestID != nil {
		return c.options.RequestID(r)
	}
	var id [16]byte
	c.mu.Lock()
	_, _ = c.random.Read(id[:]) // never fails
	c.mu.Unlock()
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	digits := strings.ToUpper(hex.EncodeToString(id[:]))
	return digits[:8] + "-" + digits[8:12] + "-" + digits[12:16] + "-" + digits[16:20] + "-" + digits[20:]
}

// ServeHTTP answers one request.
func (c *Cloud) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, controlPath) {
		c.control(w, r)
		return
	}
	x := c.newExchange(r)
	x.run()
	x.finish(w, r)
}
