package table_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/alicert/alicert/model/table"
)

// record is about as large as the records of the models.
type record [8]int

var sink any // keeps results alive

// BenchmarkTable changes and reads keys all over tables that grew in random
// order, as they do in a long-lived state: at a million records nearly every
// level is a cache miss.
func BenchmarkTable(b *testing.B) {
	for _, size := range []int{10, 1_000, 1_000_000} {
		random := rand.New(rand.NewPCG(1, 2))
		var t table.Table[record]
		for _, i := range random.Perm(size) {
			t = t.Set(hostname(i), record{i})
		}
		keys := make([]string, 1<<16)
		for i := range keys {
			keys[i] = hostname(random.IntN(size))
		}
		run := func(name string, do func(i int, key string)) {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					do(i, keys[i%len(keys)])
					i++
				}
			})
		}
		var last table.Table[record]
		run("Set", func(i int, key string) { last = t.Set(key, record{i}) })
		run("SetNew", func(i int, key string) { last = t.Set(key+"x", record{i}) })
		run("Delete", func(_ int, key string) { last = t.Delete(key) })
		run("Equal", func(i int, key string) { sink = t.Equal(t.Set(key, record{i})) })
		var found record
		run("Get", func(_ int, key string) { found, _ = t.Get(key) })
		run("At", func(i int, _ string) { _, found, _ = t.At(i * 7919 % size) })
		rank := 0
		run("Rank", func(_ int, key string) { rank += t.Rank(key) })
		sink = rank
		sink = []any{last, found}
	}
}

func hostname(i int) string { return fmt.Sprintf("d%07d.example.com", i) }
