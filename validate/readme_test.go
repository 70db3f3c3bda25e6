package validate_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeNumbers: the README's table has the numbers of CORPUS.md, which the
// corpus tests hold to what they count.
func TestReadmeNumbers(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("CORPUS.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile(`(?m)^\| \[([^\]]+)\]\(validate/CORPUS\.md#[a-z-]+\) (\|[ 0-9|]+\|)$`).FindAllStringSubmatch(string(readme), -1)
	if len(rows) < 7 {
		t.Fatalf("found %d rows of the table in the README", len(rows))
	}
	for _, row := range rows {
		_, section, found := strings.Cut(string(page), "\n## "+row[1]+"\n")
		section, _, _ = strings.Cut(section, "\n## ")
		if !found || !strings.Contains(section, "\n"+row[2]+"\n") {
			t.Errorf("README, %s: %s is not what CORPUS.md says", row[1], row[2])
		}
	}
}
