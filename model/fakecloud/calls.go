package fakecloud

import (
	"net/url"
	"sync"
	"time"

	"github.com/alicert/alicert/model/internal/secret"
)

// Call is a request that came over HTTP, and what became of it.
type Call struct {
	Time      time.Time  `json:"time"`
	Action    string     `json:"action,omitempty"`
	Version   string     `json:"version,omitempty"`
	KeyID     string     `json:"keyId,omitempty"`
	RequestID string     `json:"requestId"`
	Status    int        `json:"status"`
	Code      string     `json:"code,omitempty"`   // of a refusal
	Fault     bool       `json:"fault,omitempty"`  // a fault has met it
	Drop      Drop       `json:"drop,omitempty"`   // the answer was not sent
	Values    url.Values `json:"values,omitempty"` // the parameters, if the gateway admitted it; secrets are left out
}

// Limits on what is remembered of a call, in bytes.
const (
	maxRememberedValue  = 8 << 10
	maxRememberedValues = 64 << 10
)

// Calls returns the last calls that came over HTTP, the oldest first.
func (c *Cloud) Calls() []Call { return c.calls.all() }

// calls remembers some.
type calls struct {
	limit int
	mu    sync.Mutex
	queue queue[Call]
}

func (c *calls) add(call Call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.queue.push(call); c.queue.len() > c.limit {
		c.queue.pop()
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
		Time: x.at, Action: short(x.request.Action()), Version: short(x.request.Version()), KeyID: short(x.request.KeyID()),
		RequestID: x.requestID, Status: x.answer.Status, Code: x.code, Fault: x.fault.scripted, Drop: x.fault.Drop,
	}
	if x.admitted {
		call.Values = remembered(x.request.Values)
	}
	return call
}

// remembered returns parameters without secrets, and without what is too long.
func remembered(values url.Values) url.Values {
	kept, array, room := make(url.Values, len(values)), make([]string, 0, len(values)), maxRememberedValues
	for name, all := range values {
		value := all[0]
		switch {
		case isSecret(name) || secret.In(value) || secret.In(name):
			value = redacted
		case len(value) > maxRememberedValue:
			value = value[:maxRememberedValue] + "…"
		}
		if room -= len(name) + len(value); room < 0 {
			break
		}
		array = append(array, public(value)) // the lists of one value share it
		kept[public(name)] = array[len(array)-1 : len(array) : len(array)]
	}
	return kept
}

func isSecret(parameter string) bool {
	switch parameter {
	case "PrivateKey", "Key", "SSLPri", "SecurityToken", "Signature":
		return true
	default:
		return false
	}
}

// short returns what came from outside as it can be shown.
func short(text string) string {
	if len(text) > 256 {
		text = text[:256] + "…"
	}
	return public(text)
}
