// Package jsonunion encodes a value of one of several types as a JSON object with
// one member: the name of its type, and the value.
package jsonunion

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
)

// Name returns the name of a value: the result of its method OperationName, which
// types of several operations have, or the name of its type.
func Name(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case interface{ OperationName() string }:
		return v.OperationName()
	default:
		return reflect.TypeOf(v).Name()
	}
}

// Marshal encodes v as {"Name": v}. A time other than 0 stands before it, as "at".
func Marshal(at int64, v any) ([]byte, error) {
	if v == nil {
		return []byte("null"), nil
	}
	value, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	if at == 0 {
		return fmt.Appendf(nil, "{%q:%s}", Name(v), value), nil
	}
	return fmt.Appendf(nil, `{"at":%d,%q:%s}`, at, Name(v), value), nil
}

// Join returns the prototypes of two kinds of actions as one list for [Unmarshal].
func Join[A, B model.Action](own []A, others []B) (all []model.Action) {
	for _, a := range own {
		all = append(all, a)
	}
	for _, a := range others {
		all = append(all, a)
	}
	return all
}

// Unmarshal decodes the result of Marshal for a value with the name of one of the
// prototypes. Members that JSON omits keep the prototype's values.
func Unmarshal[T any](data []byte, prototypes ...T) (at int64, v T, err error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return 0, v, err
	}
	if members == nil {
		return 0, v, nil
	}
	if time, timed := members["at"]; timed {
		if err := json.Unmarshal(time, &at); err != nil {
			return 0, v, fmt.Errorf("at: %w", err)
		}
		delete(members, "at")
	}
	if len(members) != 1 {
		return 0, v, fmt.Errorf("an input is an object with one member, the name of its type; this one has %d", len(members))
	}
	for name, value := range members {
		for _, p := range prototypes {
			if Name(p) != name {
				continue
			}
			decoded := reflect.New(reflect.TypeOf(p))
			decoded.Elem().Set(reflect.ValueOf(p))
			if err := json.Unmarshal(value, decoded.Interface()); err != nil {
				return 0, v, fmt.Errorf("%s: %w", name, err)
			}
			return at, decoded.Elem().Interface().(T), nil
		}
		err = fmt.Errorf("there is no input named %q", redact.Text(name))
	}
	return 0, v, err
}
