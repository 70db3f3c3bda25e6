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

// Cloud answers as the vendor does. It is an http.Handler, and a model.System of
// the inputs themselves. It is safe for concurrent use.
type Cloud struct {
	options Options
	gate    *gateway.Gate
	engine  *engine
	script  script
	calls   calls
	missing missing

	mu        sync.Mutex
	random    *rand.ChaCha8 // of RequestIds
	beginning account.State // what Reset goes back to
}

var _ model.System[account.Input, model.Output] = (*Cloud)(nil)

// New returns a cloud.
func New(o Options) *Cloud {
	o = o.withDefaults()
	c := &Cloud{
		options: o,
		gate:    &gateway.Gate{Keys: gateway.NewKeys(o.Keys...), Window: o.Window, Now: o.Now},
		engine:  newEngine(&o),
		calls:   calls{limit: o.Remember},

		beginning: o.State,
	}
	c.start()
	return c
}

// start begins the random sequences.
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
	c.script.reset(rand.New(rand.NewChaCha8(seed)))
}

// Do sends an input to the model: a request, a read or an event such as
// cdn.ConfigurationFinished. An error means that the change cannot be kept.
func (c *Cloud) Do(ctx context.Context, in account.Input) (model.Output, error) {
	if err := ctx.Err(); err != nil {
		return model.Output{}, err
	}
	r, err := c.engine.do(in, false)
	return r.output, err
}

// Apply applies events of the model, and returns what became of them. One that cannot
// be kept is not applied: its output says that it was ignored.
func (c *Cloud) Apply(events ...account.Input) []model.Output {
	outputs := make([]model.Output, len(events))
	for i, e := range events {
		r, err := c.engine.do(e, false)
		if outputs[i] = r.output; err != nil {
			outputs[i] = model.Output{Ignored: true}
		}
	}
	return outputs
}

// State returns the state of now. Of a cloud that keeps it, that is one that is kept.
func (c *Cloud) State() account.State { return c.engine.settled().state }

// SetState replaces the state, and begins a new journal. With Options.Observe it is an error.
func (c *Cloud) SetState(s account.State) error {
	if c.options.Observe != nil {
		return errOneTrace
	}
	return c.engine.replace(s)
}

var errOneTrace = errors.New("fakecloud: the journal is observed: its records are one trace, and the state goes on from where it is")

// Reset goes back to the state of the options with its seeds, and forgets faults,
// calls, missing operations and the journal. Nonces stay used. With Options.Observe it is an error.
func (c *Cloud) Reset() error {
	c.mu.Lock()
	beginning := c.beginning
	c.mu.Unlock()
	if err := c.SetState(beginning); err != nil {
		return err
	}
	c.calls.clear()
	c.missing.clear()
	c.start()
	return nil
}

// Journal returns the last records of what reached the model.
func (c *Cloud) Journal() Journal {
	c.engine.mu.Lock()
	defer c.engine.mu.Unlock()
	return c.engine.journal.copy()
}

// requestID returns the RequestId of a request.
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
