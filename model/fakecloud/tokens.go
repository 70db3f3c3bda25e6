package fakecloud

import "github.com/alicert/alicert/model/alb"

// maxTokens is how many client tokens are remembered as used up; the oldest are
// forgotten first.
const maxTokens = 10_000

// forgetTokens has the model forget the oldest client tokens of too many.
func (e *engine) forgetTokens() {
	for m := e.current.Load(); m.times.Tokens.Len() > maxTokens; m = e.current.Load() {
		for at, token := range m.times.Tokens.All() {
			without := *m
			without.times.Tokens = m.times.Tokens.Delete(at)
			e.current.Store(&without)
			e.advance(onALB(alb.TokenForgotten{Token: token}))
			break
		}
	}
}

// queue is first in, first out.
type queue[T any] struct {
	items []T
	head  int
}

func (q *queue[T]) len() int { return len(q.items) - q.head }

func (q *queue[T]) push(item T) {
	if q.head > 64 && q.head > len(q.items)/2 {
		q.items = append(q.items[:0:0], q.items[q.head:]...)
		q.head = 0
	}
	q.items = append(q.items, item)
}

// pop returns the oldest item, of which there must be one.
func (q *queue[T]) pop() T {
	var none T
	item := q.items[q.head]
	q.items[q.head] = none
	q.head++
	return item
}
