package fuzz

import (
	"encoding/json"
	"fmt"
	"go/format"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// goSource returns a Go test that sends the inputs with [Replay]. It prints values as
// composite literals. A value that a literal cannot express, such as one with unexported
// fields, is printed as JSON text.
func goSource[I any](p Program, inputs []I) string {
	g := &goPrinter{home: p.Package, imports: map[string]bool{"testing": true, "github.com/alicert/alicert/fuzz": true}}
	for _, path := range p.Imports {
		g.imports[path] = true
	}
	or := func(expression, name string) string {
		if expression == "" {
			return name
		}
		return expression
	}
	var body strings.Builder
	fmt.Fprintf(&body, "func TestFailure(t *testing.T) {\n\tfuzz.Replay(t, %s, %s, %s,\n", or(p.Machine, "machine"), or(p.Open, "open"), or(p.Options, "options"))
	for _, input := range inputs {
		fmt.Fprintf(&body, "\t\t%s,\n", g.value(reflect.ValueOf(&input).Elem()))
	}
	body.WriteString("\t)\n}\n")
	name := "failure_test"
	if p.Package != "" {
		name = p.Package[strings.LastIndex(p.Package, "/")+1:]
	}
	source := "package " + name + "\n\nimport (\n"
	std, others := "", ""
	for _, path := range slices.Sorted(maps.Keys(g.imports)) {
		line := "\t" + strconv.Quote(path) + "\n"
		if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
			others += line
		} else {
			std += line
		}
	}
	source += std + "\n" + others + ")\n\n" + body.String()
	if pretty, err := format.Source([]byte(source)); err == nil {
		return string(pretty)
	}
	return source // an expression in Program may be invalid
}

type goPrinter struct {
	home    string // path of the package that is printed for
	imports map[string]bool
}

// value prints a value as an expression of its own type.
func (g *goPrinter) value(v reflect.Value) string { return g.expression(v, false) }

// part prints a value where its type is known to the compiler.
func (g *goPrinter) part(v reflect.Value) string {
	return g.expression(v, v.Kind() != reflect.Interface)
}

func (g *goPrinter) expression(v reflect.Value, typed bool) string {
	t := v.Type()
	switch v.Kind() {
	case reflect.Interface:
		if v.IsNil() {
			return "nil"
		}
		return g.value(v.Elem())
	case reflect.Pointer:
		switch {
		case v.IsNil():
			return "(" + g.name(t) + ")(nil)"
		case v.Elem().Kind() == reflect.Struct && g.literal(v.Elem()):
			return "&" + g.value(v.Elem())
		default:
			return "new(" + g.value(v.Elem()) + ")"
		}
	case reflect.Struct, reflect.Array, reflect.Slice, reflect.Map:
		if !g.literal(v) {
			return g.fromJSON(v)
		}
		return g.composite(v)
	case reflect.String:
		return g.converted(t, quoted(v.String()), typed || t == reflect.TypeFor[string]())
	case reflect.Bool:
		return g.converted(t, strconv.FormatBool(v.Bool()), typed || t == reflect.TypeFor[bool]())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return g.converted(t, strconv.FormatInt(v.Int(), 10), typed || t == reflect.TypeFor[int]())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return g.converted(t, strconv.FormatUint(v.Uint(), 10), typed)
	default:
		return g.fromJSON(v)
	}
}

// converted prints a constant, converted to its type unless it has it anyway.
func (g *goPrinter) converted(t reflect.Type, constant string, anyway bool) string {
	if anyway {
		return constant
	}
	return g.name(t) + "(" + constant + ")"
}

func (g *goPrinter) composite(v reflect.Value) string {
	var members []string
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Field(i); !field.IsZero() {
				members = append(members, v.Type().Field(i).Name+": "+g.part(field))
			}
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			members = append(members, g.part(key)+": "+g.part(v.MapIndex(key)))
		}
		slices.Sort(members)
	default:
		if v.Kind() == reflect.Slice && v.IsNil() {
			return g.name(v.Type()) + "(nil)"
		}
		for i := range v.Len() {
			members = append(members, g.part(v.Index(i)))
		}
	}
	return g.name(v.Type()) + "{" + strings.Join(members, ", ") + "}"
}

// literal reports whether a composite literal outside the type's package can hold
// all there is in a value.
func (g *goPrinter) literal(v reflect.Value) bool {
	if v.Kind() != reflect.Struct {
		return true
	}
	for i := range v.NumField() {
		if !v.Type().Field(i).IsExported() && !v.Field(i).IsZero() {
			return false
		}
	}
	return true
}

func (g *goPrinter) fromJSON(v reflect.Value) string {
	data, err := json.Marshal(v.Interface())
	if err != nil {
		return fmt.Sprintf("nil /* %s has no source: %s */", v.Type(), strings.ReplaceAll(err.Error(), "*/", "* /"))
	}
	return "fuzz.FromJSON[" + g.name(v.Type()) + "](" + quoted(string(data)) + ")"
}

// name prints a type.
func (g *goPrinter) name(t reflect.Type) string {
	if t.Name() == "" {
		switch t.Kind() {
		case reflect.Pointer:
			return "*" + g.name(t.Elem())
		case reflect.Slice:
			return "[]" + g.name(t.Elem())
		case reflect.Array:
			return "[" + strconv.Itoa(t.Len()) + "]" + g.name(t.Elem())
		case reflect.Map:
			return "map[" + g.name(t.Key()) + "]" + g.name(t.Elem())
		default:
			return t.String()
		}
	}
	if t.PkgPath() == "" {
		return t.Name()
	}
	if t.PkgPath() == g.home {
		return t.Name()
	}
	g.imports[t.PkgPath()] = true
	name := t.String() // has the package's name, which its path need not end with
	return typeArgument.ReplaceAllStringFunc(name, func(full string) string {
		path, _, _ := strings.Cut(full[strings.LastIndex(full, "/")+1:], ".")
		g.imports[full[:strings.LastIndex(full, "/")+1]+path] = true
		return full[strings.LastIndex(full, "/")+1:]
	})
}

// typeArgument is a type with its package's path, as it stands in the name of a
// generic type.
var typeArgument = regexp.MustCompile(`[\w.~-]+(/[\w.~-]+)+\.\w+`)

// quoted prints a text, over several lines where it has many.
func quoted(s string) string {
	if strings.Count(s, "\n") > 2 && strconv.CanBackquote(strings.ReplaceAll(s, "\n", "")) {
		return "`" + s + "`"
	}
	return strconv.Quote(s)
}

// FromJSON decodes a value. It panics if the text is not valid. Printed failures call
// it.
func FromJSON[V any](text string) V {
	var v V
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		panic(fmt.Sprintf("fuzz: a value of type %T does not decode: %v", v, err))
	}
	return v
}
