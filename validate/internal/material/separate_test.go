package material

import (
	"strings"
	"testing"

	"github.com/alicert/alicert/testdata"
)

// TestSeparate: the certificates of a file that holds a key, too, keep their lines.
func TestSeparate(t *testing.T) {
	leaf, key := testdata.Read("p256/leaf.pem"), testdata.Read("p256/key.pem")
	other := testdata.Read("rsa2048/key-pkcs8.pem")
	for _, end := range []string{"\n", "\r\n"} {
		text := []byte(strings.ReplaceAll("note\n"+other+"\n"+leaf+key, "\n", end))
		p := Separate(text)
		if want := strings.ReplaceAll("note\n\n"+leaf, "\n", end); string(p.Rest) != want {
			t.Errorf("the rest is %q; want %q", p.Rest, want)
		}
		first := 1 + strings.Count(other, "\n") + 2
		if len(p.Lines) != 2+strings.Count(leaf, "\n") || p.Lines[1] != first-1 || p.Lines[2] != first {
			t.Errorf("lines %v; want the third to be %d", p.Lines, first)
		}
		meant, line := p.Key()
		if want := strings.ReplaceAll(key, "\n", end); meant.Reveal() != want || line != first+strings.Count(leaf, "\n") {
			t.Errorf("another key, or another line: %d", line)
		}
	}
	if p := Separate([]byte(leaf)); len(p.Keys) > 0 || string(p.Rest) != leaf {
		t.Error("a certificate alone is changed")
	}
}
