package jsonunion_test

import (
	"strings"
	"testing"

	"github.com/alicert/alicert/model/internal/jsonunion"
)

type (
	action interface{ act() }

	// call is an action that several operations share.
	call struct {
		Operation string `json:"-"`
		To        string `json:"to"`
	}
	open struct {
		Door string `json:"door"`
	}
	closeAll struct{}
)

func (c call) OperationName() string { return c.Operation }

func (open) act()     {}
func (call) act()     {}
func (closeAll) act() {}

func prototypes() []action {
	return []action{open{}, closeAll{}, call{Operation: "Ring"}, call{Operation: "Hang"}}
}

func TestRoundTrip(t *testing.T) {
	for want, value := range map[string]action{
		`{"open":{"door":"front"}}`: open{"front"},
		`{"closeAll":{}}`:           closeAll{},
		`{"Ring":{"to":"you"}}`:     call{"Ring", "you"},
		`{"Hang":{"to":""}}`:        call{"Hang", ""},
		`null`:                      nil,
	} {
		data, err := jsonunion.Marshal(0, value)
		if err != nil || string(data) != want {
			t.Errorf("%s, %v; want %s", data, err, want)
		}
		at, got, err := jsonunion.Unmarshal([]byte(want), prototypes()...)
		if err != nil || got != value || at != 0 {
			t.Errorf("%s gives %v at %d, %v; want %v", want, got, at, err, value)
		}
	}
}

func TestTime(t *testing.T) {
	data, err := jsonunion.Marshal(-7, open{"front"})
	if want := `{"at":-7,"open":{"door":"front"}}`; err != nil || string(data) != want {
		t.Errorf("%s, %v; want %s", data, err, want)
	}
	at, got, err := jsonunion.Unmarshal(data, prototypes()...)
	if err != nil || at != -7 || got != (open{"front"}) {
		t.Errorf("%v at %d, %v", got, at, err)
	}
}

func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		`{}`:                        "an input is an object with one member, the name of its type; this one has 0",
		`{"open":{},"closeAll":{}}`: "this one has 2",
		`{"lock":{}}`:               `there is no input named "lock"`,
		`{"Open":{}}`:               `there is no input named "Open"`,
		`{"open":{"door":7}}`:       "open: json: cannot unmarshal number",
		`{"at":"now","open":{}}`:    "at: json: cannot unmarshal string",
		`{"at":1}`:                  "this one has 0",
		`[]`:                        "json: cannot unmarshal array",
		`{`:                         "unexpected end of JSON input",
	} {
		_, got, err := jsonunion.Unmarshal([]byte(text), prototypes()...)
		if err == nil || !strings.Contains(err.Error(), want) || got != nil {
			t.Errorf("%s gives %v, %v; want %s", text, got, err, want)
		}
	}
}
