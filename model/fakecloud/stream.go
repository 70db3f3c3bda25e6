package fakecloud

import (
	"encoding/json"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/alicert/alicert/model/account"
)

// writeState writes a state as package json encodes it, and a line feed. It encodes one
// record of a table at a time, so that a large state needs little memory.
func writeState(w io.Writer, s account.State) error {
	if err := writeObject(w, reflect.ValueOf(&s).Elem(), 1); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// writeObject writes a struct whose fields are structs of tables, down to a depth.
func writeObject(w io.Writer, v reflect.Value, depth int) error {
	separator := "{"
	for i := range v.NumField() {
		name, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		field := v.Field(i)
		if field.IsZero() && slices.ContainsFunc(strings.Split(options, ","), func(o string) bool { return o == "omitempty" || o == "omitzero" }) {
			continue
		}
		if _, err := io.WriteString(w, separator+`"`+name+`":`); err != nil {
			return err
		}
		if err := writeValue(w, field, depth); err != nil {
			return err
		}
		separator = ","
	}
	_, err := io.WriteString(w, strings.TrimPrefix(separator, ",")+"}")
	return err
}

func writeValue(w io.Writer, v reflect.Value, depth int) error {
	if t, is := reflect.TypeAssert[interface{ WriteJSON(w io.Writer) error }](v.Addr()); is {
		return t.WriteJSON(w)
	}
	if depth > 0 {
		return writeObject(w, v, depth-1)
	}
	data, err := json.Marshal(v.Interface())
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}
