package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	clienttest "github.com/alicert/alicert/model/fakecloud/clienttest/go"
)

// folder returns a folder with a small suite, a page, and the results of two clients.
func folder(t *testing.T, outcome string) (dir, page, results string) {
	t.Helper()
	dir = t.TempDir()
	page, results = filepath.Join(dir, "page.md"), filepath.Join(dir, "results.json")
	for file, text := range map[string]string{
		filepath.Join(dir, "cases.json"): `{"requests": {"Set": {}}, "refusals": [
			{"operation": "Set", "status": 404, "code": "NotFound", "condition": "Missing"}, {"status": 400, "code": "Throttling"}]}`,
		page: "above\n" + begins + "old\n" + ends + "below\n",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	err := clienttest.WriteResults(results, []clienttest.Result{
		{Client: "one", Operations: []string{"Set"}, Outcomes: map[string]string{"Set NotFound Missing": clienttest.Reached, "Throttling": clienttest.Scripted, "success": "✓", "500": "repeats"}},
		{Client: "two", Outcomes: map[string]string{"Throttling": outcome, "success": "✓"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir, page, results
}

func TestMatrix(t *testing.T) {
	dir, page, results := folder(t, clienttest.Reached)
	var stderr bytes.Buffer
	for _, test := range []struct {
		args   []string
		status int
	}{
		{[]string{page, results}, 1},
		{[]string{"-update", page, results}, 0},
		{[]string{page, results}, 0},
		{[]string{page}, 2},
		{[]string{"-other"}, 2},
		{[]string{page, filepath.Join(dir, "none.json")}, 2},
		{[]string{results, results}, 2},
	} {
		if status := run(test.args, dir, &stderr); status != test.status {
			t.Errorf("%q: status %d; want %d", test.args, status, test.status)
		}
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"above\n" + begins, ends + "below\n",
		"| status | code (condition) | one |\n|---|---|:-:|\n| 404 | `NotFound` (Missing) | ✓ |\n",
		"| status | code | one | two |\n", "| 400 | `Throttling` | (✓) | ✓ |\n",
		"| one | ✓ | – | – | – | – | repeats | – | – | – | – | – |\n",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// TestGaps checks that incomplete results are an error.
func TestGaps(t *testing.T) {
	dir, page, results := folder(t, "")
	var stderr bytes.Buffer
	if status := run([]string{"-update", page, results}, dir, &stderr); status != 2 || !strings.Contains(stderr.String(), "two has no result for Throttling") {
		t.Error(status, stderr.String())
	}
}
