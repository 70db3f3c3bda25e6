package clienttest

import (
	"encoding/json"
	"os"
)

// Result is what became of the calls of one client.
type Result struct {
	Client     string            `json:"client"`
	Operations []string          `json:"operations"`
	Outcomes   map[string]string `json:"outcomes"` // by name of a refusal or of a Behaviour
}

// The outcomes of refusals.
const (
	Reached  = "reached"  // through the state of the cloud
	Scripted = "scripted" // through a scripted fault
)

// Behaviours are what is seen of a client besides refusals, by the name of the
// outcome: what to call it.
var Behaviours = [][2]string{
	{"success", "success"},
	{"xml success", "success in XML"},
	{"xml refusal", "refusal in XML"},
	{"500", "status 500, told to repeat"},
	{"throttled", "`Throttling.User`, told to repeat"},
	{"closed before", "connection closed before the effect, told to repeat"},
	{"closed after", "connection closed after the effect, told to repeat"},
	{"key shown", "private key in the text of an error"},
}

// ReadResults reads the results of a file.
func ReadResults(file string) ([]Result, error) {
	data, err := os.ReadFile(file) //nolint:gosec // the caller says which
	if err != nil {
		return nil, err
	}
	var results []Result
	return results, json.Unmarshal(data, &results)
}

// WriteResults writes results into a file.
func WriteResults(file string, results []Result) error {
	data, err := json.MarshalIndent(results, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o600)
}
