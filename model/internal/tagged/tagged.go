// Package tagged encodes a value of one of several types as a JSON object with
// one member: the name of its type, and the value.
package tagged

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/alicert/alicert/internal/redact"
)

// Marshal encodes v as {"TypeOfV": v}.
func Marshal(v any) ([]byte, error) {
	if v == nil {
		return []byte("null"), nil
	}
	return json.Marshal(map[string]any{reflect.TypeOf(v).Name(): v})
}

// Unmarshal decodes what Marshal wrote of a value whose type is that of one of
// the prototypes, and returns it.
func Unmarshal[T any](data []byte, prototypes ...T) (v T, err error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return v, err
	}
	if members == nil {
		return v, nil
	}
	if len(members) != 1 {
		return v, fmt.Errorf("an input is an object with one member, the name of its type; this one has %d", len(members))
	}
	for name, value := range members {
		for _, p := range prototypes {
			t := reflect.TypeOf(p)
			if t.Name() != name {
				continue
			}
			decoded := reflect.New(t)
			if err := json.Unmarshal(value, decoded.Interface()); err != nil {
				return v, fmt.Errorf("%s: %w", name, err)
			}
			return decoded.Elem().Interface().(T), nil
		}
		err = fmt.Errorf("there is no input named %q", redact.Text(name))
	}
	return v, err
}
