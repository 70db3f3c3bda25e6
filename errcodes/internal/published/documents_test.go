package published_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes/internal/published"
)

// factsDocument has what is known from elsewhere than the two pages.
const factsDocument = "*facts.md"

// document returns the path of the published document that a pattern names.
func document(t *testing.T, pattern string) string {
	t.Helper()
	const variable = "ALICERT_DOCUMENTS"
	folder := os.Getenv(variable)
	if folder == "" {
		t.Skipf("set %s to a folder with the published documents to compare the golden tables with them", variable)
	}
	documents, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil || len(documents) != 1 {
		t.Fatalf("want one document %s in %s; got %q, error %v", pattern, folder, documents, err)
	}
	return documents[0]
}

// facts returns what the documents come to, on one line.
func facts(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(document(t, factsDocument))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(text)), " ")
}

// TestGoldensAgreeWithDocuments extracts the golden tables again from the
// published documents. Those are not part of the project, so it runs only where
// a copy of them is at hand.
func TestGoldensAgreeWithDocuments(t *testing.T) {
	tests := []struct {
		golden, document string
		read             func(io.Reader) ([]published.Line, error)
		rows             int
	}{
		{"cdn-SetDomainServerCertificate.tsv", "000_*.txt", published.CDN, 24},
		{"alb-AssociateAdditionalCertificatesWithListener.tsv", "004_*.txt", published.ALB, 6},
		{
			"alb-AssociateAdditionalCertificatesWithListener-later.tsv", factsDocument,
			list("ALB 2020-06-16 AssociateAdditionalCertificatesWithListener, current table"), 11,
		},
		{
			"cdn-SetCdnDomainSSLCertificate.tsv", factsDocument,
			list("CDN 2018-05-10 SetDomainServerCertificate, 2019 table"), 32, // the successor's table stands under it
		},
	}
	for _, test := range tests {
		t.Run(test.golden, func(t *testing.T) {
			want := readFile(t, document(t, test.document), test.read)
			got := golden(t, test.golden)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the golden table is not what the document says (-document +golden)\n%s", diff)
			}
			if len(want) != test.rows {
				t.Errorf("the document has %d rows; want %d", len(want), test.rows)
			}
		})
	}
}

// TestGoldensAgreeWithProse does the same for the tables that the facts only tell
// in a sentence: "Operation (400 Code, Code; 404 Code; …".
func TestGoldensAgreeWithProse(t *testing.T) {
	text := facts(t)
	for operation, rows := range map[string]int{"DissociateAdditionalCertificatesFromListener": 6, "ListListenerCertificates": 2} {
		_, sentence, found := strings.Cut(text, operation+" (")
		sentence, _, closed := strings.Cut(sentence, ")")
		if !found || !closed {
			t.Fatalf("the facts say nothing of %s", operation)
		}
		var want, got []string
		status := ""
		for _, word := range regexp.MustCompile(`\b[45][0-9]{2}\b|\b[A-Z][A-Za-z]+\.[A-Z][A-Za-z]+\b`).FindAllString(sentence, -1) {
			if word[0] <= '9' {
				status = word
				continue
			}
			want = append(want, status+" "+word)
		}
		for _, line := range golden(t, "alb-"+operation+".tsv") {
			got = append(got, strconv.Itoa(line.Status)+" "+line.Code)
		}
		if diff := cmp.Diff(want, got); diff != "" || len(want) != rows {
			t.Errorf("%s has %d rows, want %d (-facts +golden)\n%s", operation, len(want), rows, diff)
		}
	}
}

// TestTwinAgreesWithProse holds the table of DCDN to what the facts tell of it: that
// of CDN, and what it has besides.
func TestTwinAgreesWithProse(t *testing.T) {
	_, sentence, found := strings.Cut(facts(t), "carry nearly the same table (")
	sentence, _, closed := strings.Cut(sentence, "). ")
	if !found || !closed {
		t.Fatal("the facts say nothing of DCDN")
	}
	cdn, dcdn := golden(t, "cdn-SetCdnDomainSSLCertificate.tsv"), golden(t, "dcdn-SetDcdnDomainSSLCertificate.tsv")
	if diff := cmp.Diff(cdn, dcdn[:len(cdn)]); diff != "" {
		t.Errorf("(-CDN +DCDN)\n%s", diff)
	}
	for _, line := range dcdn[len(cdn):] {
		if !strings.Contains(sentence, line.Code) || !strings.Contains(sentence, strconv.Quote(line.Message)) {
			t.Errorf("the facts do not say %+v: %s", line, sentence)
		}
	}
	messages := strings.Count(sentence, `"`) / 2
	if more := len(dcdn) - len(cdn); more != messages {
		t.Errorf("%d rows more than CDN; the facts tell %d", more, messages)
	}
}

func golden(t *testing.T, name string) []published.Line {
	t.Helper()
	return readFile(t, filepath.Join("..", "..", "..", "testdata", "tables", name), published.ReadTSV)
}

func readFile(t *testing.T, file string, read func(io.Reader) ([]published.Line, error)) []published.Line {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := read(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return lines
}
