package table_test

import (
	"maps"
	"math/rand/v2"
	"testing"

	"github.com/alicert/alicert/model/table"
)

// TestBuilder compares built tables of every small size, and of some large ones, with
// those that grew, also after changes.
func TestBuilder(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	sizes := []int{1_000, 1_999, 12_345}
	for size := range 300 {
		sizes = append(sizes, size)
	}
	for _, size := range sizes {
		var b table.Builder[thing]
		var grown table.Table[thing]
		records := map[string]thing{}
		for _, i := range random.Perm(size) {
			for range 1 + random.IntN(2) { // the last one counts
				v := randomThing(random)
				b.Add(hostname(i), v)
				grown = grown.Set(hostname(i), v)
				records[hostname(i)] = v
			}
		}
		built := b.Table()
		for changes := range 20 {
			if err := built.CheckBalance(); err != nil {
				t.Fatalf("%d records, after %d changes: %v", size, changes, err)
			}
			if !built.Equal(grown) || !grown.Equal(built) || !maps.Equal(maps.Collect(built.All()), records) {
				t.Fatalf("%d records, after %d changes: another table", size, changes)
			}
			if size > 300 || size == 0 {
				break
			}
			key, v := hostname(random.IntN(size)), randomThing(random)
			if random.IntN(2) == 0 {
				built, grown = built.Delete(key), grown.Delete(key)
				delete(records, key)
			} else {
				built, grown, records[key] = built.Set(key, v), grown.Set(key, v), v
			}
		}
		if empty := b.Table(); empty.Len() != 0 {
			t.Fatalf("a used builder has %d records", empty.Len())
		}
	}
}

// BenchmarkBuilder makes tables of sorted records.
func BenchmarkBuilder(b *testing.B) {
	const size = 100_000
	b.Run("Builder", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var builder table.Builder[record]
			for i := range size {
				builder.Add(hostname(i), record{i})
			}
			sink = builder.Table()
		}
	})
	b.Run("Set", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var t table.Table[record]
			for i := range size {
				t = t.Set(hostname(i), record{i})
			}
			sink = t
		}
	})
}
