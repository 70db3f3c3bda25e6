package fakecloud

import (
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/alicert/alicert/internal/redact"
)

// Call is a request that arrived over HTTP and its result.
type Call struct {
	Time      time.Time  `json:"time"`
	Host      string     `json:"host"`             // the host that the client addressed, without the port
	Client    string     `json:"client,omitempty"` // the product in its User-Agent, such as aliyun-cli
	Action    string     `json:"action,omitempty"`
	Version   string     `json:"version,omitempty"`
	KeyID     string     `json:"keyId,omitempty"`
	RequestID string     `json:"requestId"`
	Status    int        `json:"status"`
	Code      string     `json:"code,omitempty"`   // the error code; empty for a success
	Fault     bool       `json:"fault,omitempty"`  // a scripted fault matched it
	Drop      Drop       `json:"drop,omitempty"`   // the answer was not sent
	Values    url.Values `json:"values,omitempty"` // the parameters, without secrets and the signature, if the gateway admitted the request
}

// Limits on the parameters that a Call stores, in bytes.
const (
	maxRememberedValue  = 8 << 10
	maxRememberedValues = 64 << 10
)

// Calls returns the most recent HTTP calls, oldest first.
func (c *Cloud) Calls() []Call { return c.calls.all() }

// calls stores the most recent calls.
type calls struct {
	limit int
	mu    sync.Mutex
	queue queue[Call]
	added int // total, including dropped ones
}

func (c *calls) add(call Call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.added++
	if c.queue.push(call); c.queue.len() > c.limit {
		c.queue.pop()
	}
}

// each yields the calls that are stored when it begins, oldest first. It holds one call
// at a time, so that a slow reader does not keep dropped calls in memory. It skips calls
// that are dropped meanwhile.
func (c *calls) each(yield func(Call) bool) {
	c.mu.Lock()
	next, end := c.added-c.queue.len(), c.added
	c.mu.Unlock()
	for {
		c.mu.Lock()
		next = max(next, c.added-c.queue.len())
		if next >= end || next >= c.added {
			c.mu.Unlock()
			return
		}
		call := c.queue.items[len(c.queue.items)-(c.added-next)]
		c.mu.Unlock()
		if next++; !yield(call) {
			return
		}
	}
}

func (c *calls) all() []Call {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Call(nil), c.queue.items[c.queue.head:]...)
}

func (c *calls) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.queue = queue[Call]{}
}

func (x *exchange) record() Call {
	call := Call{
		Time: x.at, Host: x.short(x.request.Host), Client: x.short(x.client), Action: x.short(x.request.Action()), Version: x.short(x.request.Version()), KeyID: x.short(x.request.KeyID()),
		RequestID: x.requestID, Status: x.answer.Status, Code: x.code, Fault: x.fault.scripted, Drop: x.fault.Drop,
	}
	if x.admitted {
		call.Values = x.remembered()
	}
	return call
}

// remembered returns the parameters without secrets and the signature, cut to the limits.
func (x *exchange) remembered() url.Values {
	values := x.request.Values
	kept, array, room := make(url.Values, len(values)), make([]string, 0, len(values)), maxRememberedValues
	for name, all := range values {
		if strings.HasPrefix(name, "Signature") {
			continue // the signature, its nonce, method, type and version say nothing about the call
		}
		value := redacted
		if !redact.Parameter(name) {
			value = x.shown(all[0], maxRememberedValue)
		}
		if room -= len(name) + len(value); room < 0 {
			break
		}
		array = append(array, strings.ToValidUTF8(value, "\uFFFD")) // the one-element lists share this array
		kept[strings.ToValidUTF8(x.shown(name, maxRememberedValue), "\uFFFD")] = array[len(array)-1 : len(array) : len(array)]
	}
	return kept
}

const redacted = "[REDACTED]"

// shown returns text from a client, cut to longest bytes. Text that may be a secret is
// replaced by its length.
func (x *exchange) shown(text string, longest int) string {
	const beyond = 64 // bytes after the cut help to detect a key that starts before it
	switch {
	case x.request.Hides(text[:min(len(text), longest+beyond)]):
		return redact.Length(text)
	case len(text) > longest:
		return text[:longest] + "…"
	default:
		return text
	}
}

// short returns text from a client in printable form. The copy does not keep the request
// header in memory.
func (x *exchange) short(text string) string {
	return strings.Clone(redact.Printable(x.shown(text, 256)))
}
