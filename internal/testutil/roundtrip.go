package testutil

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// RoundTrip returns a value in JSON, and fails the test if that decodes to another
// one or is not what the decoded one encodes to.
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
