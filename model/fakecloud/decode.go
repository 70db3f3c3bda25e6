package fakecloud

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/jsonunion"
)

// direct returns an operation whose action has the operation's name and a field for every
// parameter that it reads. See wireName for the names of the parameters. A field is a
// text, a number, a Boolean, a flat array of texts, or a text from the elements of a flat
// array, which may have keys and values.
func direct[A model.Action](productName string) operation {
	var zero A
	return like(zero, productName)
}

// like does the same for a type that several operations have. The action has the
// prototype's values in fields that are no parameters.
func like[A model.Action](prototype A, productName string) operation {
	fields := parameterFields(reflect.TypeFor[A]())
	name := jsonunion.Name(prototype)
	if _, onWire, qualified := strings.Cut(name, ":"); qualified { // the name has the product in front
		name = onWire
	}
	op := operation{
		name: name, product: products[productName],
		input: func(c *call) model.Action { return decode(c, prototype, fields) },
	}
	for _, f := range fields {
		array, _, element := strings.Cut(wireName(f), ".")
		if (element || f.Type.Kind() == reflect.Slice) && !slices.Contains(op.arrays, array) {
			op.arrays = append(op.arrays, array)
		}
	}
	return op
}

// parameterFields returns the fields of an action, with those of embedded structs.
func parameterFields(action reflect.Type) []reflect.StructField {
	return slices.DeleteFunc(reflect.VisibleFields(action), func(f reflect.StructField) bool { return f.Anonymous || wireName(f) == "" })
}

func decode[A model.Action](c *call, action A, fields []reflect.StructField) model.Action {
	v := reflect.ValueOf(&action).Elem()
	for _, f := range fields {
		field, name := v.FieldByIndex(f.Index), wireName(f)
		switch {
		case f.Name == "RequestID":
			field.SetString(c.requestID)
		case f.Name == "Host":
			field.SetString(c.host)
		case f.Name == "Region":
			field.SetString(c.region)
		case strings.HasSuffix(name, ".N"):
			field.SetString(c.pairs(strings.TrimSuffix(name, ".N")))
		case f.Type.Kind() == reflect.String:
			field.SetString(c.joined(name))
		case field.CanInt():
			field.SetInt(c.number(name, f.Type.Bits()))
		case f.Type.Kind() == reflect.Bool:
			field.SetBool(c.boolean(name))
		default:
			field.Set(reflect.ValueOf(c.list(name))) // []string
		}
	}
	return action
}

// joined returns a text, or the texts of all elements of a flat array, whose name has N
// for their numbers, separated by commas.
func (c *call) joined(name string) string {
	before, after, array := strings.Cut(name, ".N.")
	if !array {
		return c.text(name)
	}
	var texts []string
	for n := 1; ; n++ {
		text := c.text(before + "." + strconv.Itoa(n) + "." + after)
		if text == "" {
			return strings.Join(texts, ",")
		}
		texts = append(texts, text)
	}
}

// pairs returns the keys and values of all elements of a flat array as a JSON list, or ""
// if there are none.
func (c *call) pairs(array string) string {
	var pairs []struct{ Key, Value string }
	for n := 1; ; n++ {
		element := array + "." + strconv.Itoa(n)
		key := c.text(element + ".Key")
		if key == "" {
			break
		}
		pairs = append(pairs, struct{ Key, Value string }{key, c.text(element + ".Value")})
	}
	if pairs == nil {
		return ""
	}
	text, err := json.Marshal(pairs)
	if err != nil {
		return "" // texts have a JSON form
	}
	return string(text)
}

// wireName returns the name of the parameter that a field of an action holds: its tag
// "wire", or its name, in which the vendor spells ID as Id. It is empty for the tag "-".
func wireName(f reflect.StructField) string {
	switch tag := f.Tag.Get("wire"); tag {
	case "-":
		return ""
	case "":
		return strings.ReplaceAll(f.Name, "ID", "Id")
	default:
		return tag
	}
}
