package fuzz

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/internal/redact"
)

// Difference is a part of an output that the comparison of a failure rejects.
type Difference struct {
	Field     string // such as Error.Message, or "" for an output without parts
	Want, Got string // the machine's value and the system's
}

// String returns the field and both values.
func (d Difference) String() string {
	field := d.Field
	if field == "" {
		field = "the whole"
	}
	return field + ": the system has " + d.Got + ", the machine " + d.Want
}

// differences returns the parts in which two outputs differ, as far as equal looks at
// them. A part counts if the machine's output stops being equal to itself with the
// system's value in that place. So parts that Options.Equal ignores are left out, though
// nobody has told which these are.
func differences[O any](want, got O, equal func(want, got O) bool) []Difference {
	w, g := addressable(want), addressable(got)
	d := differ{equal: func() bool {
		mixed, ok := reflect.TypeAssert[O](w.mixed)
		return ok && equal(want, mixed)
	}}
	w.mixed.Set(w.value)
	d.parts("", w.value, g.value, func(part reflect.Value) { w.mixed.Set(part) })
	return d.found
}

// sides has a value, and a place for the same value with one part replaced.
type sides struct{ value, mixed reflect.Value }

func addressable[O any](o O) sides {
	v := reflect.New(reflect.TypeFor[O]()).Elem()
	v.Set(reflect.ValueOf(&o).Elem())
	return sides{v, reflect.New(reflect.TypeFor[O]()).Elem()}
}

// differ collects differences. equal compares the output with the replaced part.
type differ struct {
	equal func() bool
	found []Difference
}

// parts looks for differences of w and g. place makes the output in which a value takes
// the place of w. It reports whether it found any.
func (d *differ) parts(field string, w, g reflect.Value, place func(reflect.Value)) (found bool) {
	place(g)
	differs := !d.equal()
	place(w)
	if !differs {
		return false
	}
	switch w.Kind() {
	case reflect.Struct:
		for i := range w.NumField() {
			f := w.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			name := f.Name
			if f.Anonymous {
				name = ""
			}
			if d.parts(join(field, name), w.Field(i), g.Field(i), func(part reflect.Value) {
				whole := reflect.New(w.Type()).Elem()
				whole.Set(w)
				whole.Field(i).Set(part)
				place(whole)
			}) {
				found = true
			}
		}
	case reflect.Interface:
		found = d.decoded(field, w, g, place)
	default: // a whole
	}
	if !found { // the parts are hidden, or equal each by itself
		d.found = append(d.found, Difference{field, printed(w), printed(g)})
	}
	return true
}

func join(field, name string) string {
	if field == "" || name == "" {
		return field + name
	}
	return field + "." + name
}

// decoded looks for differences in the JSON values of two values whose types are not
// known, such as bodies of answers.
func (d *differ) decoded(field string, w, g reflect.Value, place func(reflect.Value)) bool {
	a, okA := decodedJSON(w)
	b, okB := decodedJSON(g)
	if !okA || !okB || w.NumMethod() > 0 {
		return false
	}
	return d.members(field, a, b, func(part any) {
		v := reflect.New(w.Type()).Elem()
		v.Set(reflect.ValueOf(&part).Elem())
		place(v)
	})
}

func decodedJSON(v reflect.Value) (decoded any, ok bool) {
	data, err := json.Marshal(v.Interface())
	return decoded, err == nil && json.Unmarshal(data, &decoded) == nil
}

// members is parts for decoded JSON.
func (d *differ) members(field string, w, g any, place func(any)) (found bool) {
	place(g)
	differs := !d.equal()
	place(w)
	if !differs {
		return false
	}
	a, isMap := w.(map[string]any)
	b, bothMaps := g.(map[string]any)
	x, isList := w.([]any)
	y, bothLists := g.([]any)
	switch {
	case isMap && bothMaps:
		names := maps.Clone(a)
		maps.Copy(names, b)
		for _, name := range slices.Sorted(maps.Keys(names)) {
			if d.members(join(field, name), a[name], b[name], func(part any) {
				whole := maps.Clone(a)
				whole[name] = part
				if _, has := b[name]; !has && part == nil {
					delete(whole, name)
				}
				place(whole)
			}) {
				found = true
			}
		}
	case isList && bothLists && len(x) == len(y):
		for i := range x {
			if d.members(field+"["+strconv.Itoa(i)+"]", x[i], y[i], func(part any) {
				whole := slices.Clone(x)
				whole[i] = part
				place(whole)
			}) {
				found = true
			}
		}
	}
	place(w)
	if !found {
		d.found = append(d.found, Difference{field, printedJSON(w), printedJSON(g)})
	}
	return true
}

func printed(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return shorten(strconv.Quote(v.String()))
	case reflect.Interface:
		if v.IsNil() {
			return "nothing"
		}
		if decoded, ok := decodedJSON(v); ok {
			return printedJSON(decoded)
		}
	default:
	}
	if text := fmt.Sprintf("%+v", v.Interface()); text != "" {
		return shorten(text)
	}
	return "nothing"
}

func printedJSON(v any) string {
	if v == nil {
		return "nothing"
	}
	data, err := json.Marshal(v)
	if err != nil {
		return shorten(fmt.Sprint(v))
	}
	return shorten(string(data))
}

// shorten cuts a long text, such as a body with a certificate, and hides one that holds a
// private key.
func shorten(text string) string {
	const most = 240
	if redact.Armored(text) {
		return redact.Length(text)
	}
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
