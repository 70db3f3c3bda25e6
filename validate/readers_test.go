package validate_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/alicert/alicert/validate"
)

// TestReadersCases: certificates and keys of which it is known whether OpenSSL and Go
// both load them, each beside others that only just do or do not.
func TestReadersCases(t *testing.T) {
	data, err := os.ReadFile("../testdata/readers.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ ID, Why, Cert, Key, Want string }
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	const fewest = 129
	if len(cases) < fewest {
		t.Errorf("%d cases; want at least %d", len(cases), fewest)
	}
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) {
			req := pairRequest(c.Cert, c.Key)
			report, got := validate.Check(req, validate.Options{}), "accept"
			if v, refused := report.Verdict(); refused {
				got = string(v.Code)
			}
			if got != c.Want {
				t.Errorf("%s; want %s: %s\n%v", got, c.Want, c.Why, report.Err())
			}
			answersOf(req, validate.Options{}).checkSame(t, c.ID)
		})
	}
}
