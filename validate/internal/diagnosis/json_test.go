package diagnosis

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
)

// TestJSON is about what a terminal must not get.
func TestJSON(t *testing.T) {
	for _, want := range []string{"plain", "a\x7f\u009b\u202e", "\U000e0001", "证书 \"quoted\" \\u001b", "\u2028"} {
		safe, err := JSON(want, "")
		if err != nil {
			t.Fatal(err)
		}
		if strings.ContainsFunc(strings.TrimSuffix(string(safe), "\n"), func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("JSON(%q) = %s, not printable", want, safe)
		}
		var got string
		if err := json.Unmarshal(safe, &got); err != nil || got != want {
			t.Errorf("JSON(%q) = %s, which decodes to %q, %v", want, safe, got, err)
		}
	}
}
