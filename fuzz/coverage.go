package fuzz

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Point is one thing that a run can reach, such as an error code or a class of states.
type Point struct {
	Dimension string `json:"dimension"` // such as "code"
	Name      string `json:"name"`
}

// Coverage counts how often runs reached each point. The zero value is empty. A Coverage
// is safe for concurrent use.
type Coverage struct {
	mu     sync.Mutex
	counts map[Point]int
}

// Touch adds one to the count of a point.
func (c *Coverage) Touch(p Point) { c.add(p, 1) }

func (c *Coverage) add(p Point, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.counts == nil {
		c.counts = map[Point]int{}
	}
	c.counts[p] += n
}

// Merge adds the counts of another coverage.
func (c *Coverage) Merge(other *Coverage) {
	for p, n := range other.snapshot() {
		c.add(p, n)
	}
}

// Count returns how often a point was reached.
func (c *Coverage) Count(p Point) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.counts[p]
}

func (c *Coverage) snapshot() map[Point]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.counts)
}

// Missing returns the given points that were never reached, in the given order.
func (c *Coverage) Missing(points ...Point) (missing []Point) {
	for _, p := range points {
		if c.Count(p) == 0 {
			missing = append(missing, p)
		}
	}
	return missing
}

// Require fails the test unless every point was reached, and names the missing ones. It
// asserts that a run tested what it should, such as every documented error code.
func (c *Coverage) Require(t T, points ...Point) {
	t.Helper()
	missing := c.Missing(points...)
	if len(missing) == 0 {
		return
	}
	var b strings.Builder
	for _, p := range missing {
		fmt.Fprintf(&b, "\n%-10s %s", p.Dimension, p.Name)
	}
	t.Fatalf("%d of %d were never touched:%s", len(missing), len(points), b.String())
}

// Counted is a point with its count.
type Counted struct {
	Point
	Count int `json:"count"`
}

// Counts returns all counts, sorted by dimension and name.
func (c *Coverage) Counts() []Counted {
	var all []Counted
	for p, n := range c.snapshot() {
		all = append(all, Counted{p, n})
	}
	slices.SortFunc(all, func(a, b Counted) int {
		return cmp.Or(cmp.Compare(a.Dimension, b.Dimension), cmp.Compare(a.Name, b.Name))
	})
	return all
}

// WriteText writes all counts, one point per line.
func (c *Coverage) WriteText(w io.Writer) error {
	var b strings.Builder
	for _, p := range c.Counts() {
		fmt.Fprintf(&b, "%8d  %-10s  %s\n", p.Count, p.Dimension, p.Name)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// MarshalJSON encodes the coverage as a sorted list of [Counted].
func (c *Coverage) MarshalJSON() ([]byte, error) {
	counts := c.Counts()
	if counts == nil {
		counts = []Counted{}
	}
	return json.Marshal(counts)
}

// UnmarshalJSON replaces the counts by decoded ones.
func (c *Coverage) UnmarshalJSON(data []byte) error {
	var list []Counted
	if err := json.Unmarshal(data, &list); err != nil {
		return err
	}
	counts := map[Point]int{}
	for _, p := range list {
		if p.Count < 0 {
			return fmt.Errorf("fuzz: coverage: %s %q was touched %d times", p.Dimension, p.Name, p.Count)
		}
		if p.Count > 0 {
			counts[p.Point] += p.Count
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts = counts
	return nil
}
