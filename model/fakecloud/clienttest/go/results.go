package clienttest

import (
	"encoding/json"
	"os"
)

// Result has the observations of one client.
type Result struct {
	Client     string            `json:"client"`
	Operations []string          `json:"operations"`
	Outcomes   map[string]string `json:"outcomes"` // by Refusal.Name or Behavior.Name
}

// The outcomes of a refusal.
const (
	Reached  = "reached"  // through the state of the cloud
	Scripted = "scripted" // through a scripted fault
)

// Behavior is an observation of a client other than a refusal.
type Behavior struct{ Name, Title string }

// Behaviors returns all behaviors. A client has no outcome for a behavior that does not
// apply, for example because it cannot ask for XML or sends no private key.
func Behaviors() []Behavior {
	return []Behavior{
		{"success", "success"},
		{"temporary key", "temporary key"},
		{"xml success", "success in XML"},
		{"xml refusal", "refusal in XML"},
		{"page", "a proxy's HTML page"},
		{"500", "status 500"},
		{"throttled", "`Throttling.User`"},
		{"closed before", "closed before the effect"},
		{"closed after", "closed after the effect"},
		{"closed after, token", "the same, with a `ClientToken`"},
		{"key shown", "private key in the error's text"},
	}
}

// ReadResults reads results from a file.
func ReadResults(file string) ([]Result, error) {
	data, err := os.ReadFile(file) //nolint:gosec // the caller names the file
	if err != nil {
		return nil, err
	}
	var results []Result
	return results, json.Unmarshal(data, &results)
}

// WriteResults writes results to a file.
func WriteResults(file string, results []Result) error {
	data, err := json.MarshalIndent(results, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o600)
}
