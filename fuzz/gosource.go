package fuzz

import (
	"encoding/json"
	"fmt"
	"go/token"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// goPrinter prints values as Go source: composite literals, and JSON text for a value that
// a literal cannot express, such as one with unexported fields.
type goPrinter struct {
	home    string // path of the package that is printed for
	imports map[string]bool
	inside  string // path of a package outside which a printed name cannot be used
	lossy   bool   // a value could not be printed as it is
}

// need remembers that a name can be used in its own package only.
func (g *goPrinter) need(path string) {
	if g.inside == "" {
		g.inside = path
	}
}

// sourceOf prints a value in one line, for a person to read.
func sourceOf(home string, value any) string {
	g := &goPrinter{home: home, imports: map[string]bool{}}
	source := g.value(reflect.ValueOf(value))
	if home == "" && g.inside != "" {
		return sourceOf(g.inside, value)
	}
	return shorten(strings.ReplaceAll(source, "\n", `\n`))
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
		return g.converted(t, strconv.FormatInt(v.Int(), 10), typed || t == reflect.TypeFor[int]()) + meaning(v)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return g.converted(t, strconv.FormatUint(v.Uint(), 10), typed) + meaning(v)
	default:
		return g.fromJSON(v)
	}
}

// meaning returns a comment with what the method String of a number says, such as the
// name of an operation.
func meaning(v reflect.Value) string {
	if !v.CanInterface() {
		return ""
	}
	s, ok := reflect.TypeAssert[fmt.Stringer](v)
	if !ok {
		return ""
	}
	text := s.String()
	if text == "" || strings.ContainsAny(text, "\n\r") || strings.Contains(text, "*/") {
		return ""
	}
	return " /* " + text + " */"
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
	if !v.CanInterface() {
		g.lossy = true
		return "nil"
	}
	data, err := json.Marshal(v.Interface())
	if err != nil || !survives(v, data) {
		g.lossy = true
	}
	if err != nil {
		return fmt.Sprintf("nil /* %s has no source: %s */", v.Type(), strings.ReplaceAll(err.Error(), "*/", "* /"))
	}
	return g.ours("FromJSON[") + g.name(v.Type()) + "](" + quoted(string(data)) + ")"
}

// survives reports whether a value comes back from its JSON form.
func survives(v reflect.Value, data []byte) bool {
	back := reflect.New(v.Type())
	if json.Unmarshal(data, back.Interface()) != nil {
		return false
	}
	if _, own := reflect.TypeAssert[json.Unmarshaler](back); !own {
		return reflect.DeepEqual(v.Interface(), back.Elem().Interface())
	}
	again, err := json.Marshal(back.Elem().Interface()) // the tables of model have many forms
	return err == nil && string(again) == string(data)
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
	if last := t.PkgPath()[strings.LastIndex(t.PkgPath(), "/")+1:]; !token.IsExported(t.Name()) || strings.HasSuffix(last, "_test") || last == "main" {
		g.need(t.PkgPath())
	}
	if t.PkgPath() == g.home && !strings.Contains(t.Name(), "[") {
		return t.Name()
	}
	g.imports[t.PkgPath()] = true
	name := t.String() // has the package's name, which its path need not end with
	if t.PkgPath() == g.home {
		name = t.Name()
	}
	return typeArgument.ReplaceAllStringFunc(name, func(full string) string {
		last, name, _ := strings.Cut(full[strings.LastIndex(full, "/")+1:], ".")
		path := full[:strings.LastIndex(full, "/")+1] + last
		if !token.IsExported(name) || strings.HasSuffix(last, "_test") {
			g.need(path)
		}
		if path == g.home {
			return name
		}
		g.imports[path] = true
		return last + "." + name
	})
}

// typeArgument is a type with its package's path, as it stands in the name of a
// generic type.
var typeArgument = regexp.MustCompile(`[\w.~-]+(/[\w.~-]+)+\.\w+`)

// quoted prints a text, between backquotes where it has several lines or quotes.
func quoted(s string) string {
	if (strings.Count(s, "\n") > 2 || strings.Count(s, `"`) > 1) && strconv.CanBackquote(strings.ReplaceAll(s, "\n", "")) {
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
