package columns

import "testing"

func TestColumns(t *testing.T) {
	tests := []struct {
		text   string
		width  int
		padded string
	}{
		{"", 0, "      "},
		{"key", 3, "key   "},
		{"密钥", 4, "密钥  "},
		{"有效期", 6, "有效期 "},
		{"（a）", 5, "（a） "},
		{"longer than six", 15, "longer than six "},
	}
	for _, test := range tests {
		if got := Of(test.text); got != test.width {
			t.Errorf("Of(%q) = %d; want %d", test.text, got, test.width)
		}
		if got := Pad(test.text, 6); got != test.padded {
			t.Errorf("Pad(%q) = %q; want %q", test.text, got, test.padded)
		}
	}
}
