// Package clienttest tests the fake cloud with the vendor's unmodified Go clients. It
// checks each documented refusal in the client's own type of error, the repetition of
// failed calls, and the calls of whole deployments. The Node clients in ../node run the
// same refusals.
//
// It is a separate module, so that importers of the library do not depend on the clients.
package clienttest

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/testdata"
)

// Suite is the content of ../cases.json: the calls that every client makes.
type Suite struct {
	Versions map[string]string  `json:"versions"` // by operation
	Requests map[string]Request `json:"requests"` // accepted requests, by operation
	Refusals []Refusal          `json:"refusals"`
}

// Refusal is a documented refusal and the steps that lead to it.
type Refusal struct {
	Operation string `json:"operation"` // "" for a refusal of the gateway, which applies to every operation
	Status    int    `json:"status"`
	Code      string `json:"code"`
	Condition string `json:"condition"` // the reason
	Message   string `json:"message"`

	Before   []Step  `json:"before"`
	Request  Request `json:"params"`   // differences from the accepted request
	Key      *Key    `json:"key"`      // nil means the demo key
	Later    bool    `json:"later"`    // only in the later version of the table
	Scripted bool    `json:"scripted"` // only a scripted fault leads to it
}

// Name returns a unique name of the refusal.
func (r *Refusal) Name() string {
	return strings.TrimSpace(r.Operation + " " + strings.TrimSpace(r.Code+" "+r.Condition))
}

// Step is a step before a refused call: an accepted call or an event.
type Step struct {
	Call  *Request      `json:"call"`
	Event account.Input `json:"event"`
}

// Key is an access key.
type Key struct {
	ID     string `json:"id"`
	Secret string `json:"secret"`
}

// Request is the parameters of a call. A nil parameter is left out.
type Request map[string]*Text

// Text is the value of a parameter: a text, or a test certificate file, repeated.
type Text struct {
	Text  string `json:"-"`
	File  string `json:"file"`
	Times int    `json:"times"`
}

// UnmarshalJSON decodes a string or an object.
func (t *Text) UnmarshalJSON(data []byte) error {
	if strings.HasPrefix(string(data), `"`) {
		return json.Unmarshal(data, &t.Text)
	}
	type object Text
	*t = Text{Times: 1}
	return json.Unmarshal(data, (*object)(t))
}

// ReadSuite reads the suite in the folder clienttest.
func ReadSuite(folder string) (*Suite, error) {
	data, err := os.ReadFile(filepath.Join(folder, "cases.json")) //nolint:gosec // the caller names the folder
	if err != nil {
		return nil, err
	}
	s := &Suite{}
	if err := json.Unmarshal(data, s); err != nil {
		return nil, fmt.Errorf("cases.json: %w", err)
	}
	return s, nil
}

// Operations returns the operations of the suite.
func (s *Suite) Operations() []string { return slices.Sorted(maps.Keys(s.Requests)) }

// Params returns the parameters of the accepted call, with those in differs changed.
func (s *Suite) Params(operation string, differs Request) (map[string]string, error) {
	request := maps.Clone(s.Requests[operation])
	maps.Copy(request, differs)
	params := map[string]string{}
	for name, value := range request {
		switch {
		case value == nil:
		case value.File == "":
			params[name] = value.Text
		default:
			text, err := fs.ReadFile(testdata.PKI(), value.File)
			if err != nil {
				return nil, err
			}
			params[name] = strings.Repeat(string(text), value.Times)
		}
	}
	return params, nil
}
