package fakecloud

import (
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/world"
)

// followTokens remembers which client token was used up, and has the model forget
// the oldest of too many.
func (e *engine) followTokens(in world.Input, before, after *moment) {
	token := tokenOf(in)
	if token == "" || before.state.ALB.Tokens.Has(token) || !after.state.ALB.Tokens.Has(token) {
		return
	}
	e.tokens.push(token)
	for e.tokens.len() > maxTokens {
		e.advance(onALB(alb.TokenForgotten{Token: e.tokens.pop()}))
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
