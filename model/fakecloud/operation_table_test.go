package fakecloud_test

import (
	"os"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model/fakecloud"
)

// TestOperationTable checks that CLIENTS.md lists all operations, and that each of them
// says what its answers are made of. -update writes the table.
func TestOperationTable(t *testing.T) {
	const page, begins, ends = "CLIENTS.md", "<!-- operations -->\n", "<!-- /operations -->\n"
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begun := strings.Cut(string(data), begins)
	_, after, ended := strings.Cut(rest, ends)
	if !begun || !ended {
		t.Fatalf("no %s and %s", begins, ends)
	}
	table := fakecloud.OperationTable()
	for _, name := range fakecloud.OperationNames() {
		if !strings.Contains(table, "`"+name+"`") {
			t.Errorf("%s is not in the table", name)
		}
	}
	for row := range strings.Lines(table) {
		if cells := strings.Split(row, "|"); len(cells) != 7 || strings.TrimSpace(cells[4]) == "" || strings.TrimSpace(cells[5]) == "" {
			t.Errorf("%q does not say what the answers are made of", row)
		}
	}
	testutil.Golden(t, page, before+begins+table+ends+after)
}
