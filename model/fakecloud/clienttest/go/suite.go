// Package clienttest has the vendor's Go clients, unmodified, call the fake cloud:
// each documented refusal through the client's own type of error, repeated calls
// when something goes wrong, and the calls of whole deployments. The Node clients
// beside it, in ../node, go through the same refusals.
//
// It is a module of its own, so that nobody who imports the library gets the
// clients too.
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

// Suite is what every client has to go through: ../cases.json.
type Suite struct {
	Versions map[string]string  `json:"versions"` // of the operations
	Requests map[string]Request `json:"requests"` // by operation: one that is accepted
	Refusals []Refusal          `json:"refusals"`
}

// Refusal is a documented refusal and a way to it.
type Refusal struct {
	Operation string `json:"operation"` // "": the gateway's, whatever the operation
	Status    int    `json:"status"`
	Code      string `json:"code"`
	Condition string `json:"condition"` // why
	Message   string `json:"message"`

	Before   []Step  `json:"before"`
	Request  Request `json:"params"`   // what differs from the request that is accepted
	Key      *Key    `json:"key"`      // nil: the one that the cloud knows
	Later    bool    `json:"later"`    // in the later edition of the table only
	Scripted bool    `json:"scripted"` // there is no other way than a scripted fault
}

// Name tells a refusal from others.
func (r *Refusal) Name() string {
	return strings.TrimSpace(r.Operation + " " + strings.TrimSpace(r.Code+" "+r.Condition))
}

// Step is what goes before a refused call: a call that is accepted, or an event.
type Step struct {
	Call  *Request      `json:"call"`
	Event account.Input `json:"event"`
}

// Key is an access key.
type Key struct {
	ID     string `json:"id"`
	Secret string `json:"secret"`
}

// Request is the parameters of a call; nil is one that is left out.
type Request map[string]*Text

// Text is the value of a parameter: a text, or what is in a file of the project's
// test certificates, so many times.
type Text struct {
	Text  string `json:"-"`
	File  string `json:"file"`
	Times int    `json:"times"`
}

// UnmarshalJSON decodes a text or an object.
func (t *Text) UnmarshalJSON(data []byte) error {
	if strings.HasPrefix(string(data), `"`) {
		return json.Unmarshal(data, &t.Text)
	}
	type object Text
	*t = Text{Times: 1}
	return json.Unmarshal(data, (*object)(t))
}

// ReadSuite reads the suite of a folder, which is that of clienttest.
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

// Params returns the parameters of a call that differs from the accepted one.
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
