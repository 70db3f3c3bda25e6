package fakecloud

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/alicert/alicert/model/account"
)

// TestWriteState checks that a state is written as package json encodes it, with all
// fields and with none.
func TestWriteState(t *testing.T) {
	var full account.State
	fill(t, reflect.ValueOf(&full).Elem())
	for name, s := range map[string]account.State{"full": full, "empty": {}} {
		want, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		if err := writeState(&got, s); err != nil || got.String() != string(want)+"\n" {
			t.Errorf("%s, %v:\n%s\nwant\n%s", name, err, got.String(), want)
		}
	}
}
