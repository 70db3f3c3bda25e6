package model_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/model"
)

// counter adds its inputs up and answers the sum.
func counter() model.Machine[int, int, int] {
	return model.Func(0, func(s, i int) (int, int) { return s + i, s + i })
}

func TestRunKeepsEveryStep(t *testing.T) {
	want := []model.Transition[int, int, int]{{0, 3, 3, 3}, {3, -1, 2, 2}, {2, 5, 7, 7}}
	if diff := cmp.Diff(want, model.Run(counter(), 3, -1, 5)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := model.Run(counter()); got == nil || len(got) != 0 {
		t.Errorf("no inputs give %v", got)
	}
}

// TestStepsIsLazy: of an endless sequence only what is asked for is taken.
func TestStepsIsLazy(t *testing.T) {
	taken := 0
	endless := func(yield func(int) bool) {
		for taken = 1; yield(1); {
			taken++
		}
	}
	var last int
	for step := range model.RunSeq(counter(), endless) {
		if last = step.To; last == 10 {
			break
		}
	}
	if last != 10 || taken != 10 {
		t.Errorf("state %d after %d inputs", last, taken)
	}
}

func TestFromLeavesTheMachine(t *testing.T) {
	m := counter()
	from := model.Func(40, m.Step)
	if got := model.Run(from, 2)[0].To; got != 42 || from.Init() != 40 || m.Init() != 0 {
		t.Errorf("%d from %d; the machine begins at %d", got, from.Init(), m.Init())
	}
}

func TestSystemIsSafeForConcurrentUse(t *testing.T) {
	const workers, each = 8, 200
	system := model.NewSystem(counter())
	var wg sync.WaitGroup
	answers := make([][]int, workers)
	for w := range workers {
		wg.Go(func() {
			for range each {
				sum, err := system.Do(t.Context(), 1)
				if err != nil {
					t.Error(err)
				}
				answers[w] = append(answers[w], sum)
			}
		})
	}
	wg.Wait()
	all := slices.Sorted(slices.Values(slices.Concat(answers...)))
	for i, sum := range all {
		if sum != i+1 {
			t.Fatalf("answer %d is %d: an input was lost or answered twice", i, sum)
		}
	}
	if len(all) != workers*each {
		t.Errorf("%d answers; want %d", len(all), workers*each)
	}
}

// TestSystemThatIsNotWaitedFor: an input that was given up before it was sent has
// no effect.
func TestSystemThatIsNotWaitedFor(t *testing.T) {
	system := model.NewSystem(counter())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if sum, err := system.Do(ctx, 7); !errors.Is(err, context.Canceled) || sum != 0 {
		t.Errorf("%d, %v", sum, err)
	}
	if sum, err := system.Do(t.Context(), 1); err != nil || sum != 1 {
		t.Errorf("afterwards %d, %v", sum, err)
	}
}
