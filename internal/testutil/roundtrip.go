package testutil

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// RoundTrip encodes a value as JSON and returns the text. It fails the test if the text
// decodes to another value, or if that value encodes to another text.
func RoundTrip(tb testing.TB, v any) string {
	tb.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		tb.Fatalf("%+v: %v", v, err)
	}
	decoded := reflect.New(reflect.TypeOf(v))
	if err := json.Unmarshal(data, decoded.Interface()); err != nil {
		tb.Fatalf("%s: %v", data, err)
	}
	back := decoded.Elem().Interface()
	if diff := cmp.Diff(v, back); diff != "" {
		tb.Errorf("lost in JSON (-before +after):\n%s", diff)
	}
	if again, err := json.Marshal(back); err != nil || string(again) != string(data) {
		tb.Errorf("%s is %s in JSON again, %v", data, again, err)
	}
	return string(data)
}
