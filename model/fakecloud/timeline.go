package fakecloud

import (
	"strings"
	"sync"

	"github.com/alicert/alicert/errcodes"
)

// timeline joins what happened: the records of the journal in their order, and the calls.
// A call that reached the model shares a moment with its record. Any other call has the
// place at which it ended. The oldest moments are dropped first.
type timeline struct {
	limit int

	mu    sync.Mutex
	queue queue[*moment]
	last  int // number of the newest moment; numbers count from 1 and are not used again
}

// moment is a record, a call, or both.
type moment struct {
	number int
	record *entry      // nil if the call did not reach the model
	call   *callMoment // nil for an event, and until the call ends
	seeded bool        // an event of a seed

	changes  []change // of the record; valid if compared
	compared bool
}

// callMoment is a call with what the page says about its refusal.
type callMoment struct {
	Call
	message string          // of the refusal
	refusal *errcodes.Error // of the checks before the model; nil if they found nothing
}

// addRecord adds a record of the journal and returns its number.
func (t *timeline) addRecord(e *entry) (number int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.add(&moment{record: e})
}

func (t *timeline) add(m *moment) (number int) {
	t.last++
	m.number = t.last
	if t.queue.push(m); t.queue.len() > t.limit {
		t.queue.pop()
	}
	return m.number
}

// addCall adds a call. number is that of its record, or 0 if it did not reach the model.
func (t *timeline) addCall(number int, call *callMoment) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch m := t.at(number); {
	case m != nil:
		m.call = call
	case number == 0:
		t.add(&moment{call: call})
	}
}

// at returns the moment of a number, or nil if it is not there or has been dropped. The
// caller holds the lock.
func (t *timeline) at(number int) *moment {
	i := len(t.queue.items) - 1 - (t.last - number)
	if number > t.last || i < t.queue.head {
		return nil
	}
	return t.queue.items[i]
}

// seeded marks a record as an event of a seed.
func (t *timeline) seeded(number int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if m := t.at(number); m != nil {
		m.seeded = true
	}
}

func (t *timeline) clear() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.queue = queue[*moment]{}
}

// moments returns the moments up to a number, oldest first. 0 stands for all of them. It
// leaves out records that could not be written to the data directory.
func (t *timeline) moments(to int) []moment {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []moment
	for _, m := range t.queue.items[t.queue.head:] {
		if to != 0 && m.number > to {
			break
		}
		if m, is := m.settled(); is {
			all = append(all, m)
		}
	}
	return all
}

// newest yields the moments with a number below before, newest first; with 0 all of them.
// It holds the lock meanwhile.
func (t *timeline) newest(before int) func(yield func(moment) bool) {
	return func(yield func(moment) bool) {
		t.mu.Lock()
		defer t.mu.Unlock()
		for i := len(t.queue.items) - 1; i >= t.queue.head; i-- {
			if before != 0 && t.queue.items[i].number >= before {
				continue
			}
			if m, is := t.queue.items[i].settled(); is && !yield(m) {
				return
			}
		}
	}
}

// settled returns the moment with its changes, and without a record that could not be
// written to the data directory. It returns false if nothing is left. The caller holds the
// lock of the timeline.
func (m *moment) settled() (moment, bool) {
	if !m.compared && m.record != nil {
		m.changes, m.compared = changesOf(m.record), true
	}
	is := *m
	if m.record != nil && m.record.lost() {
		is.record, is.changes = nil, nil
	}
	return is, is.record != nil || is.call != nil
}

// record adds a call that has ended to the calls and to the timeline.
func (c *Cloud) record(x *exchange) {
	call := x.record()
	c.calls.add(call)
	c.engine.timeline.addCall(x.number, &callMoment{call, strings.Clone(x.shown(x.message, maxRememberedValue)), x.refusal})
}

// clientOf returns the product of a User-Agent: its first word, without the version.
func clientOf(agent string) string {
	product, _, _ := strings.Cut(strings.TrimSpace(agent), " ")
	product, _, _ = strings.Cut(product, "/")
	return strings.TrimRight(product, ",;")
}
