package targets

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// values has pointers to the types of errcodes and validate that can be decoded from JSON.
var values = []any{
	new(errcodes.Error), new(errcodes.Message), new(errcodes.Code), new(errcodes.Condition), new(errcodes.Table), new(errcodes.Evidence), new(errcodes.Origin),
	new(validate.Report), new(validate.Summary), new(validate.Leaf), new(validate.Certificate), new(validate.Advisory), new(validate.Change),
}

// FuzzValues decodes a value from JSON text; the first byte selects the type. A decoded
// value must survive encoding and decoding, and Of must find the code of a decoded error.
func FuzzValues(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 {
			return
		}
		kind := reflect.TypeOf(values[int(data[0])%len(values)]).Elem()
		read := func(text []byte) (any, error) {
			v := reflect.New(kind)
			err := json.Unmarshal(text, v.Interface())
			return v.Interface(), err
		}
		value, err := read(data[1:])
		if err != nil {
			return
		}
		written := mustMarshal(t, value)
		again, err := read(written)
		if err != nil {
			t.Fatalf("%s was written and cannot be read: %v", written, err)
		}
		if rewritten := mustMarshal(t, again); !bytes.Equal(written, rewritten) {
			t.Fatalf("%s comes back as %s", written, rewritten)
		}
		third, err := read(mustMarshal(t, again))
		if err != nil || !reflect.DeepEqual(again, third) {
			t.Fatalf("%+v comes back as %+v, %v", again, third, err)
		}
		if e, ok := value.(*errcodes.Error); ok {
			if got, found := errcodes.Of(e); got != e.Code || found != (e.Code != "") || e.Error() == "" {
				t.Fatalf("%+v carries %q", e, got)
			}
		}
	})
}

func mustMarshal(t *testing.T, value any) []byte {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatalf("%+v was read and cannot be written: %v", value, err)
	}
	return text
}
