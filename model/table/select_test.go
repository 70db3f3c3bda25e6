package table_test

import (
	"fmt"
	"iter"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alicert/alicert/model/table"
)

// thing is a record that a table counts.
type thing struct {
	group table.Group
	end   int64
	link  string
}

func (r *thing) Group(key string) table.Group { return r.group + table.Group(len(key)%2) }
func (r *thing) End() int64                   { return r.end }
func (r *thing) Link() string                 { return r.link }

// links are ids of which some begin with others, and which have any bytes.
var links = []string{"", "a", "ab", "a\xff", "b", "12:a", "\xff\xff", "c\xfe", "c\xff", "c\ufffd"}

func randomThing(random *rand.Rand) thing {
	end := int64(random.IntN(9))
	if end == 8 {
		end = table.Forever
	}
	return thing{table.Group(random.IntN(4)), end, links[random.IntN(len(links))]}
}

// TestSelection compares selections of tables that changed at random with the records
// that a walk through all of them finds.
func TestSelection(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SampledFrom([]int{3, 30, 400, 3000}).Draw(t, "keys")
		form := rapid.SampledFrom([]func(int) string{numbered, nested}).Draw(t, "form")
		random := rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed")))
		var tab table.Table[thing]
		for range rapid.IntRange(0, 2*keys).Draw(t, "changes") {
			switch key := form(random.IntN(keys)); random.IntN(4) {
			case 0:
				tab = tab.Delete(key)
			case 1:
				tab = tab.Update(key, func(v *thing) { *v = randomThing(random) })
			default:
				tab = tab.Set(key, randomThing(random))
			}
		}
		if err := tab.CheckBalance(); err != nil {
			t.Fatal(err)
		}
		for range 10 {
			some := randomSelection(tab, random)
			want, from := some.want(tab), form(random.IntN(keys))
			skip := random.IntN(len(want) + 2)
			rank, _ := slices.BinarySearch(want, from)
			if n, before := some.Len(), some.Rank(from); n != len(want) || before != rank {
				t.Fatalf("%v: %d records, %d before %q; want %d, %d", some, n, before, from, len(want), rank)
			}
			most := random.IntN(len(want) + 2)
			if err := some.yields(some.Skip(skip), want[min(skip, len(want)):], most); err != nil {
				t.Fatalf("%v, behind the first %d: %v", some, skip, err)
			}
			if err := some.yields(some.From(from), want[rank:], most); err != nil {
				t.Fatalf("%v, from %q: %v", some, from, err)
			}
		}
	})
}

// selection is a selection with what it was made of.
type selection struct {
	table.Selection[thing]
	filter table.Filter
	link   string // "" for none
}

func (s selection) String() string { return fmt.Sprintf("%+v, linked to %q", s.filter, s.link) }

func randomSelection(tab table.Table[thing], random *rand.Rand) selection {
	f := table.Filter{Groups: table.Groups(random.Uint32()), During: table.Groups(random.Uint32()), From: int64(random.IntN(9)), To: int64(random.IntN(9))}
	if random.IntN(2) == 0 {
		f.To = table.Forever
	}
	s := selection{tab.Where(f), f, links[random.IntN(len(links))]}
	if s.link != "" {
		s.Selection = s.LinkedTo(s.link)
	}
	return s
}

// want walks through all records.
func (s selection) want(tab table.Table[thing]) (keys []string) {
	f := s.filter
	for k, v := range tab.All() {
		g := v.Group(k)
		during := f.During.Has(g) && f.From <= v.end && (v.end < f.To || f.To == table.Forever)
		if (s.link == "" || v.link == s.link) && (f.Groups.Has(g) || during) {
			keys = append(keys, k)
		}
	}
	return keys
}

// yields compares the first records of a sequence with those that it should have.
func (selection) yields(seq iter.Seq2[string, thing], want []string, most int) error {
	want = want[:min(most, len(want))]
	var got []string
	for k := range seq {
		if len(got) == most {
			break
		}
		got = append(got, k)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("%q; want %q", got, want)
	}
	return nil
}

// TestPositions: positions, ranks and the order of keys agree, also for records that the
// table does not count by anything.
func TestPositions(t *testing.T) {
	var tab table.Table[int]
	for i := range 3000 {
		tab = tab.Set(hostname(i*7919%3000), i)
	}
	i := 0
	for k, v := range tab.All() {
		if got, held, ok := tab.At(i); !ok || got != k || held != v || tab.Rank(k) != i || tab.Rank(k+"\x00") != i+1 {
			t.Fatalf("position %d: %q, %d, %v, rank %d; want %q, %d", i, got, held, ok, tab.Rank(k), k, v)
		}
		i++
	}
	for _, none := range []int{-1, 3000, 1 << 30} {
		if k, _, ok := tab.At(none); ok {
			t.Errorf("position %d has %q", none, k)
		}
	}
	if got := len(collect(tab.Skip(2998))); got != 2 {
		t.Errorf("%d records behind 2998", got)
	}
}

// TestSelectionLooksAtFewNodes counts the nodes that finding a page opens: a path or two,
// and what the page has.
func TestSelectionLooksAtFewNodes(t *testing.T) {
	const size, page = 100_000, 50
	var tab table.Table[thing]
	for i := range size {
		v := thing{group: 2, end: 100, link: fmt.Sprint("lb", i/10)}
		switch {
		case i%1000 == 0:
			v.group = 4 // rare
		case i%500 == 1:
			v.end = 10
		}
		tab = tab.Set(hostname(i*7919%size), v)
	}
	most := 8 * bits.Len(size)
	in := func(groups ...table.Group) table.Groups {
		return table.GroupsOf(groups...) | table.GroupsOf(groups...)<<1 // the key's length decides
	}
	for name, s := range map[string]table.Selection[thing]{
		"all":    tab.Where(table.Filter{Groups: table.AllGroups}),
		"most":   tab.Where(table.Filter{Groups: in(2)}),
		"nobody": tab.Where(table.Filter{Groups: in(8)}),
		"one link": tab.Where(table.Filter{Groups: table.AllGroups}).
			LinkedTo("lb77"),
		"valid, no one has ended": tab.Where(table.Filter{During: in(2), From: 5, To: table.Forever}),
		"all have ended":          tab.Where(table.Filter{During: in(2), To: 10}),
	} {
		for _, position := range []int{0, s.Len() / 2, max(0, s.Len()-page)} {
			if opened := table.OpenedBy(s, position, page); opened > most {
				t.Errorf("%s, from %d: %d nodes opened; want at most %d", name, position, opened, most)
			}
		}
	}
	// One of a thousand is on the page: a path for each.
	rare := tab.Where(table.Filter{Groups: in(4)})
	if opened := table.OpenedBy(rare, 25, page); rare.Len() != 100 || opened > page*bits.Len(size) {
		t.Errorf("%d rare records: %d nodes opened", rare.Len(), opened)
	}
	// The 200 that have ended cost a path each.
	valid := tab.Where(table.Filter{During: in(2), From: 50, To: table.Forever})
	if opened := table.OpenedBy(valid, valid.Len()-page, page); opened > 2*200*bits.Len(size) {
		t.Errorf("%d records that have not ended: %d nodes opened", valid.Len(), opened)
	}
}

// BenchmarkSelection counts records and takes a page of 50.
func BenchmarkSelection(b *testing.B) {
	for _, size := range []int{1_000, 1_000_000} {
		var tab table.Table[thing]
		for _, i := range rand.New(rand.NewPCG(1, 2)).Perm(size) {
			tab = tab.Set(hostname(i), thing{group: table.Group(i % 3 * 2), end: int64(i % 1000), link: fmt.Sprint("lb", i/100)})
		}
		for name, s := range map[string]table.Selection[thing]{
			"All":      tab.Where(table.Filter{Groups: table.AllGroups}),
			"Group":    tab.Where(table.Filter{Groups: table.GroupsOf(0, 1)}),
			"NotEnded": tab.Where(table.Filter{During: table.AllGroups, To: table.Forever}),
			"LinkedTo": tab.Where(table.Filter{Groups: table.AllGroups}).LinkedTo("lb7"),
		} {
			total := s.Len()
			for place, skip := range map[string]int{"first": 0, "middle": total / 2, "last": max(0, total-50)} {
				b.Run(fmt.Sprintf("%s/%s/%d", name, place, size), func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						n, page := s.Len(), 0
						for _, v := range s.Skip(skip) {
							if page++; page == 50 {
								sink = v.end + int64(n)
								break
							}
						}
					}
				})
			}
		}
	}
}
