package jsonunion_test

import (
	"strings"
	"testing"

	"github.com/alicert/alicert/model/internal/jsonunion"
)

type (
	action interface{ act() }
	open   struct {
		Door string `json:"door"`
	}
	closeAll struct{}
)

func (open) act()     {}
func (closeAll) act() {}

func TestRoundTrip(t *testing.T) {
	for want, value := range map[string]action{
		`{"open":{"door":"front"}}`: open{"front"},
		`{"closeAll":{}}`:           closeAll{},
		`null`:                      nil,
	} {
		data, err := jsonunion.Marshal(value)
		if err != nil || string(data) != want {
			t.Errorf("%s, %v; want %s", data, err, want)
		}
		got, err := jsonunion.Unmarshal[action]([]byte(want), open{}, closeAll{})
		if err != nil || got != value {
			t.Errorf("%s gives %v, %v; want %v", want, got, err, value)
		}
	}
}

func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		`{}`:                        "an input is an object with one member, the name of its type; this one has 0",
		`{"open":{},"closeAll":{}}`: "this one has 2",
		`{"lock":{}}`:               `there is no input named "lock"`,
		`{"Open":{}}`:               `there is no input named "Open"`,
		`{"open":{"door":7}}`:       "open: json: cannot unmarshal number",
		`[]`:                        "json: cannot unmarshal array",
		`{`:                         "unexpected end of JSON input",
	} {
		got, err := jsonunion.Unmarshal[action]([]byte(text), open{}, closeAll{})
		if err == nil || !strings.Contains(err.Error(), want) || got != nil {
			t.Errorf("%s gives %v, %v; want %s", text, got, err, want)
		}
	}
}
