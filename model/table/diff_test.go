package table_test

import (
	"fmt"
	"maps"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alicert/alicert/model/table"
)

// apply applies the changes to a map, and says what is wrong with them: each must
// differ, fit the map, and come in the order of the keys.
func apply(changes []table.Change[int], to map[string]int) (map[string]int, error) {
	result := maps.Clone(to)
	for i, c := range changes {
		before, was := to[c.Key]
		switch {
		case i > 0 && changes[i-1].Key >= c.Key:
			return nil, fmt.Errorf("%q comes after %q", c.Key, changes[i-1].Key)
		case was != c.Was || before != c.Before:
			return nil, fmt.Errorf("%+v, but there was %d, %v", c, before, was)
		case c.Was == c.Is && c.Before == c.After:
			return nil, fmt.Errorf("%+v changes nothing", c)
		case !c.Is && c.After != 0:
			return nil, fmt.Errorf("%+v has a record and has none", c)
		case c.Is:
			result[c.Key] = c.After
		default:
			delete(result, c.Key)
		}
	}
	return result, nil
}

// TestDiff compares tables that share much, little and nothing, in both directions.
func TestDiff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SampledFrom([]int{3, 30, 400, 3000}).Draw(t, "keys")
		form := rapid.SampledFrom([]func(int) string{numbered, nested}).Draw(t, "form")
		random := rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed")))
		change := func(t1 table.Table[int], records map[string]int, times int) (table.Table[int], map[string]int) {
			records = maps.Clone(records)
			for range times {
				k := form(random.IntN(keys))
				if v := random.IntN(5); v == 0 {
					t1 = t1.Delete(k)
					delete(records, k)
				} else {
					t1 = t1.Set(k, v)
					records[k] = v
				}
			}
			return t1, records
		}
		a, was := change(table.Table[int]{}, map[string]int{}, rapid.IntRange(0, 2*keys).Draw(t, "first"))
		b, is := change(a, was, rapid.IntRange(0, 40).Draw(t, "second"))
		if rapid.IntRange(0, 9).Draw(t, "unrelated") == 0 {
			b, is = change(table.Table[int]{}, map[string]int{}, rapid.IntRange(0, keys).Draw(t, "another"))
		}
		for _, way := range []struct {
			from, to table.Table[int]
			was, is  map[string]int
		}{{a, b, was, is}, {b, a, is, was}, {a, a, was, was}} {
			got, err := apply(slices.Collect(way.from.Diff(way.to)), way.was)
			if err != nil || !maps.Equal(got, way.is) {
				t.Fatalf("from %v to %v: %v, %v", way.from, way.to, got, err)
			}
		}
	})
}

// TestDiffEnds stops the iteration early.
func TestDiffEnds(t *testing.T) {
	a := table.Of(map[string]int{"a": 1, "b": 2, "c": 3})
	b := table.Of(map[string]int{"b": 5, "c": 3, "d": 4})
	for enough := 1; enough <= 3; enough++ {
		n := 0
		for range a.Diff(b) {
			if n++; n == enough {
				break
			}
		}
		if n != enough {
			t.Errorf("%d changes; want %d", n, enough)
		}
	}
}

// TestDiffLooksAtChangesOnly: what two tables share is passed over, wherever the
// changes are and however they moved the rest.
func TestDiffLooksAtChangesOnly(t *testing.T) {
	const size = 100_000
	random := rand.New(rand.NewPCG(3, 5))
	var base table.Table[int]
	for i := range size {
		base = base.Set(hostname(i), i)
	}
	for _, changes := range []int{0, 1, 2, 10, 100} {
		for range 20 {
			to := base
			for range changes {
				switch k := random.IntN(size); random.IntN(3) {
				case 0:
					to = to.Set(hostname(k)+"x", 1)
				case 1:
					to = to.Delete(hostname(k))
				default:
					to = to.Update(hostname(k), func(v *int) { *v = -*v - 1 })
				}
			}
			most := 12 * changes * bits.Len(size)
			if there, back := table.Opened(base, to), table.Opened(to, base); there > most || back > most {
				t.Fatalf("%d changes of %d records: %d and %d subtrees were taken apart; want at most %d", changes, size, there, back, most)
			}
		}
	}
}

func BenchmarkDiff(b *testing.B) {
	for _, size := range []int{100, 100_000} {
		var base table.Table[int]
		for i := range size {
			base = base.Set(hostname(i), i)
		}
		to := base.Set(hostname(size/3), -1)
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			for b.Loop() {
				for range base.Diff(to) {
				}
			}
		})
	}
}
