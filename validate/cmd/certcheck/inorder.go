package main

import (
	"iter"
	"runtime"
	"sync"
)

// ahead is how many items for each core are worked on, or wait, before their turn.
const ahead = 4

// inOrder works on items on all cores, and takes the results one after the other in the
// order of the items. It is never far ahead of what was taken, so that memory is bounded.
// If taking a result fails, it returns the error when what is being worked on is done.
//
// Another goroutine makes the items.
func inOrder[Item, Result any](items iter.Seq[Item], work func(Item) Result, take func(Result) error) (err error) {
	type task struct {
		item Item
		done chan Result
	}
	workers := runtime.GOMAXPROCS(0)
	queue, order := make(chan task, ahead*workers), make(chan task, ahead*workers)
	stop := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		defer close(queue)
		defer close(order)
		for item := range items {
			t := task{item, make(chan Result, 1)}
			select {
			case order <- t:
				queue <- t
			case <-stop:
				return
			}
		}
	})
	for range workers {
		group.Go(func() {
			for t := range queue {
				select {
				case <-stop:
				default:
					t.done <- work(t.item)
				}
			}
		})
	}
	for t := range order {
		if err = take(<-t.done); err != nil {
			break
		}
	}
	close(stop)
	group.Wait()
	return err
}
