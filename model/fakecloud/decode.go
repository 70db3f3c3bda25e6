package fakecloud

import (
	"reflect"
	"strings"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/jsonunion"
)

// direct returns an operation whose action has the operation's name and a field for every
// parameter that it reads. See wireName for the names of the parameters. A field is a
// text, a number, a Boolean, a flat array of texts, or one element of a flat array.
func direct[A model.Action](productName string) operation {
	op := operation{product: products[productName], input: decode[A]}
	var action A
	op.name = jsonunion.Name(action)
	for f := range reflect.TypeFor[A]().Fields() {
		array, _, element := strings.Cut(wireName(f), ".")
		if element || f.Type.Kind() == reflect.Slice {
			op.arrays = append(op.arrays, array)
		}
	}
	return op
}

func decode[A model.Action](c *call) model.Action {
	var action A
	v := reflect.ValueOf(&action).Elem()
	for f := range v.Type().Fields() {
		field, name := v.FieldByIndex(f.Index), wireName(f)
		switch {
		case name == "":
		case name == "RequestId":
			field.SetString(c.requestID)
		case name == "Host":
			field.SetString(c.host)
		case name == "Region":
			field.SetString(c.region)
		case f.Type.Kind() == reflect.String:
			field.SetString(c.text(name))
		case f.Type.Kind() == reflect.Int:
			field.SetInt(int64(c.number(name)))
		case f.Type.Kind() == reflect.Bool:
			field.SetBool(c.boolean(name))
		default:
			field.Set(reflect.ValueOf(c.list(name))) // []string
		}
	}
	return action
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
