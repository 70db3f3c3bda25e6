package published_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes/internal/published"
)

// TestGoldensAgreeWithDocuments extracts the golden tables again from the
// published documents. Those are not part of the project, so it runs only where
// a copy of them is at hand.
func TestGoldensAgreeWithDocuments(t *testing.T) {
	const variable = "ALICERT_DOCUMENTS"
	folder := os.Getenv(variable)
	if folder == "" {
		t.Skipf("set %s to a folder with the published documents to compare the golden tables with them", variable)
	}
	tests := []struct {
		golden, document string
		read             func(io.Reader) ([]published.Line, error)
		rows             int
	}{
		{"cdn-SetDomainServerCertificate.tsv", "000_*.txt", published.CDN, 24},
		{"alb-AssociateAdditionalCertificatesWithListener.tsv", "004_*.txt", published.ALB, 6},
		{
			"alb-AssociateAdditionalCertificatesWithListener-later.tsv", "published-facts.md",
			list("ALB 2020-06-16 AssociateAdditionalCertificatesWithListener, current table"), 11,
		},
	}
	for _, test := range tests {
		t.Run(test.golden, func(t *testing.T) {
			documents, err := filepath.Glob(filepath.Join(folder, test.document))
			if err != nil || len(documents) != 1 {
				t.Fatalf("want one document %s in %s; got %q, error %v", test.document, folder, documents, err)
			}
			want := readFile(t, documents[0], test.read)
			got := readFile(t, filepath.Join("..", "..", "..", "testdata", "tables", test.golden), published.ReadTSV)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the golden table is not what the document says (-document +golden)\n%s", diff)
			}
			if len(want) != test.rows {
				t.Errorf("the document has %d rows; want %d", len(want), test.rows)
			}
		})
	}
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
