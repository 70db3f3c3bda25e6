package table_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/model/table"
)

// TestAgainstMap changes tables and Go maps alike at random, and keeps every
// version: in the end each must still be what its map says.
func TestAgainstMap(t *testing.T) {
	type version struct {
		table table.Table[int]
		want  map[string]int
	}
	for _, test := range []struct {
		keys, operations int
		form             func(n int) string
	}{
		{3, 200, numbered},
		{40, 1500, numbered},
		{5000, 2000, numbered},
		{300, 1500, nested},
		{3000, 1500, nested},
	} {
		random := rand.New(rand.NewPCG(7, uint64(test.keys)))
		key := func() string { return test.form(random.IntN(test.keys)) }
		versions := []version{{want: map[string]int{}}}
		for i := range test.operations {
			now := versions[len(versions)-1]
			if random.IntN(10) == 0 { // go on from an old version
				now = versions[random.IntN(len(versions))]
			}
			next := version{now.table, maps.Clone(now.want)}
			switch k := key(); random.IntN(4) {
			case 0:
				next.table = now.table.Delete(k)
				delete(next.want, k)
			case 1:
				next.table = now.table.Update(k, func(v *int) { *v = -*v })
				if v, ok := now.want[k]; ok {
					next.want[k] = -v
				} else if next.table != now.table {
					t.Fatalf("%d keys, operation %d: a change of %q, which is not there", test.keys, i, k)
				}
			default:
				next.table = now.table.Set(k, i)
				next.want[k] = i
			}
			if err := next.table.CheckBalance(); err != nil {
				t.Fatalf("%d keys, after operation %d: %v", test.keys, i, err)
			}
			versions = append(versions, next)
		}
		for i, v := range versions {
			if got := maps.Collect(v.table.All()); !maps.Equal(got, v.want) {
				t.Fatalf("%d keys, version %d: %v; want %v", test.keys, i, got, v.want)
			}
			if v.table.Len() != len(v.want) {
				t.Fatalf("%d keys, version %d: Len() = %d; want %d", test.keys, i, v.table.Len(), len(v.want))
			}
			k := key()
			got, ok := v.table.Get(k)
			if want, wantOK := v.want[k]; got != want || ok != wantOK || v.table.Has(k) != ok {
				t.Fatalf("%d keys, version %d: Get(%q) = %d, %v; want %d, %v", test.keys, i, k, got, ok, want, wantOK)
			}
		}
	}
}

func numbered(n int) string { return fmt.Sprint("k", n) }

// nested makes keys that begin with each other, share much or nothing, and end in
// zero bytes.
func nested(n int) string {
	var b strings.Builder
	for ; n > 0; n /= 4 {
		b.WriteString([]string{"", "\x00", "a", "a long common part "}[n%4])
	}
	return b.String()
}

// TestBalanceOfSortedInput: orders that would make a plain tree a list.
func TestBalanceOfSortedInput(t *testing.T) {
	const size = 3000
	for name, at := range map[string]func(i int) int{
		"up":     func(i int) int { return i },
		"down":   func(i int) int { return size - i },
		"inward": func(i int) int { return size/2 + (i%2*2-1)*(size-i) },
	} {
		var t1 table.Table[int]
		for i := range size {
			t1 = t1.Set(hostname(at(i)), i)
		}
		if err := t1.CheckBalance(); err != nil || t1.Len() != size {
			t.Errorf("%s: %d records, %v", name, t1.Len(), err)
		}
		for i := range size {
			t1 = t1.Delete(hostname(at(i)))
			if err := t1.CheckBalance(); err != nil {
				t.Fatalf("%s: after deletion %d: %v", name, i, err)
			}
		}
		if t1.Len() != 0 {
			t.Errorf("%s: %d records are left", name, t1.Len())
		}
	}
}

func TestDeleteWhatIsNotThere(t *testing.T) {
	some := table.Of(map[string]int{"a": 1, "c": 3})
	if got := some.Delete("b"); got != some {
		t.Error("another table")
	}
	if got := (table.Table[int]{}).Delete("b"); got != (table.Table[int]{}) {
		t.Error("another empty table")
	}
}

func TestOrder(t *testing.T) {
	keys := []string{"", "\x00", "a", "a ", "a b", "aa", "b", "listener-1 1-cn", "listener-1 2-cn", "listener-10 1-cn", "é", "证", "\xff"}
	records := map[string]int{}
	for i, k := range keys {
		records[k] = i
	}
	tab := table.Of(records)
	if got := collect(tab.All()); !slices.Equal(got, keys) {
		t.Errorf("All: %q; want %q", got, keys)
	}
	for _, from := range append([]string{"A", "a a", "listener", "zz", "\xff\xff"}, keys...) {
		want := slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return k < from })
		if got := collect(tab.From(from)); !slices.Equal(got, want) {
			t.Errorf("From(%q): %q; want %q", from, got, want)
		}
	}
	for _, prefix := range []string{"", "a", "a ", "aa", "aaa", "listener-1 ", "listener-1", "listener-2", "\xff", "zz"} {
		want := slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return !strings.HasPrefix(k, prefix) })
		if got := collect(tab.WithPrefix(prefix)); !slices.Equal(got, want) {
			t.Errorf("WithPrefix(%q): %q; want %q", prefix, got, want)
		}
	}
}

func TestIteratorsStop(t *testing.T) {
	tab := table.Of(map[string]int{"a1": 1, "a2": 2, "a3": 3, "b": 4})
	for name, seq := range map[string]func(func(string, int) bool){"All": tab.All(), "From": tab.From("a2"), "WithPrefix": tab.WithPrefix("a")} {
		for limit := 1; limit <= 2; limit++ {
			n := 0
			seq(func(string, int) bool { n++; return n < limit })
			if n != limit {
				t.Errorf("%s yields %d records to a loop that stops after %d", name, n, limit)
			}
		}
	}
}

func TestEqual(t *testing.T) {
	build := func(keys ...string) (tab table.Table[string]) {
		for _, k := range keys {
			tab = tab.Set(k, "v")
		}
		return tab
	}
	up := build("a", "b", "c", "d", "e", "f", "g")
	tests := []struct {
		name string
		a, b table.Table[string]
		want bool
	}{
		{"both empty", build(), build(), true},
		{"itself", up, up, true},
		{"empty and not", build(), up, false},
		{"same keys and values, another order of insertion", up, build("g", "f", "e", "d", "c", "b", "a"), true},
		{"another shape", build("a", "b"), build("b", "a"), true},
		{"another shape, another value", build("a", "b"), build("b", "a").Set("a", "w"), false},
		{"another shape, another key", build("a", "b"), build("c", "a"), false},
		{"the same shape, another value on the left", up, up.Set("a", "w"), false},
		{"the same shape, another value on the right", up, up.Set("g", "w"), false},
		{"the same value set again", up, up.Set("d", "v"), true},
		{"one record less", up, up.Delete("g"), false},
		{"there and back", up, up.Set("h", "v").Delete("h"), true},
		{"another last key", build("a", "b", "c"), build("a", "b", "d"), false},
	}
	for _, test := range tests {
		if test.a.Equal(test.b) != test.want || test.b.Equal(test.a) != test.want {
			t.Errorf("%s: %v == %v; want %v", test.name, test.a, test.b, test.want)
		}
		if cmp.Equal(test.a, test.b) != test.want {
			t.Errorf("%s: go-cmp does not follow Equal", test.name)
		}
	}
}

// TestEqualAtRandom compares with the maps that the tables were made of.
func TestEqualAtRandom(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	equal := 0
	for range 3000 {
		a, b := map[string]int{}, map[string]int{}
		var ta, tb table.Table[int]
		for range random.IntN(6) {
			k, v := fmt.Sprint(random.IntN(3)), random.IntN(2)
			a[k], ta = v, ta.Set(k, v)
		}
		for range random.IntN(6) {
			k, v := fmt.Sprint(random.IntN(3)), random.IntN(2)
			b[k], tb = v, tb.Set(k, v)
		}
		want := maps.Equal(a, b)
		if ta.Equal(tb) != want {
			t.Fatalf("%v and %v: %v", a, b, !want)
		}
		if want {
			equal++
		}
	}
	if equal < 100 || equal > 2900 {
		t.Errorf("%d of 3000 pairs are equal: that tests little", equal)
	}
}

func TestString(t *testing.T) {
	type point struct{ X, Y int }
	tests := []struct {
		table table.Table[point]
		want  string
	}{
		{table.Table[point]{}, `{}`},
		{table.Of(map[string]point{"b\n": {3, 4}, "a": {1, 2}}), `{"a":{X:1 Y:2} "b\n":{X:3 Y:4}}`},
	}
	for _, test := range tests {
		if got := test.table.String(); got != test.want {
			t.Errorf("%s; want %s", got, test.want)
		}
		if got := fmt.Sprintf("%+v", struct{ T table.Table[point] }{test.table}); got != "{T:"+test.want+"}" {
			t.Errorf("as a field: %s", got)
		}
	}
}

func TestJSON(t *testing.T) {
	tests := []struct {
		table table.Table[string]
		want  string
	}{
		{table.Table[string]{}, `{}`},
		{table.Of(map[string]string{"b": "<证>", "a\"": "", "": "x"}), `{"":"x","a\"":"","b":"\u003c证\u003e"}`},
	}
	for _, test := range tests {
		data, err := json.Marshal(test.table)
		if err != nil || string(data) != test.want {
			t.Errorf("%s, %v; want %s", data, err, test.want)
		}
		got := table.Of(map[string]string{"left": "over"})
		if err := json.Unmarshal(data, &got); err != nil || !got.Equal(test.table) {
			t.Errorf("%s comes back as %v, %v", data, got, err)
		}
	}
	big := map[string]string{}
	for i := range 1000 {
		big[hostname(i)] = fmt.Sprint(i)
	}
	data, err := json.Marshal(table.Of(big))
	if err != nil {
		t.Fatal(err)
	}
	var back table.Table[string]
	if err := json.Unmarshal(data, &back); err != nil || !back.Equal(table.Of(big)) || back.CheckBalance() != nil {
		t.Errorf("a table of 1,000 comes back with %d records, %v, %v", back.Len(), err, back.CheckBalance())
	}
}

func TestJSONErrors(t *testing.T) {
	got := table.Of(map[string]int{"a": 1})
	for _, data := range []string{`[]`, `{"a":"b"}`, `{`, `7`} {
		if err := json.Unmarshal([]byte(data), &got); err == nil {
			t.Errorf("%s is taken", data)
		}
	}
	if want := table.Of(map[string]int{"a": 1}); !got.Equal(want) {
		t.Errorf("a failure left %v", got)
	}
	if err := json.Unmarshal([]byte(`null`), &got); err != nil || got.Len() != 0 {
		t.Errorf("null gives %v, %v", got, err)
	}
	if _, err := json.Marshal(table.Of(map[string]complex64{"a": 1})); err == nil {
		t.Error("a record that JSON cannot hold is encoded")
	}
}

// TestSharing: a change to a large table makes only a path of new records.
func TestSharing(t *testing.T) {
	var tab, next table.Table[int]
	for i := range 100_000 {
		tab = tab.Set(hostname(i), i)
	}
	// One object for every level, and one for the record.
	if allocs := testing.AllocsPerRun(100, func() { next = tab.Set(hostname(31_415), 1) }); allocs > 7 {
		t.Errorf("a change makes %.0f new objects", allocs)
	}
	// The table grew in order, so that its nodes come from splitting; no two are joined again.
	if allocs := testing.AllocsPerRun(100, func() { _ = tab.Delete(hostname(31_415)) }); allocs > 6 {
		t.Errorf("a deletion makes %.0f new objects", allocs)
	}
	if v, _ := next.Get(hostname(31_415)); v != 1 {
		t.Errorf("it did not change: %d", v)
	}
	if allocs := testing.AllocsPerRun(100, func() { _ = tab.Equal(next) }); allocs != 0 {
		t.Errorf("comparing a table with a change of it makes %.0f objects", allocs)
	}
}

func collect[V any](seq func(func(string, V) bool)) (keys []string) {
	for k := range seq {
		keys = append(keys, k)
	}
	return keys
}
