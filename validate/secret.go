package validate

import (
	"errors"
	"fmt"
)

const redacted = "[REDACTED]"

// Secret is text that must not leak: the private key of a request. It prints as
// "[REDACTED]" in every fmt verb, in JSON, in other text encodings and in log/slog,
// also inside other values; only [Secret.Reveal] returns the text. A function holds the
// text, to hide it even from printers that call no methods or follow pointers.
//
// The zero value is an absent key. An empty text equals an absent one.
type Secret struct{ text func() string }

// NewSecret hides text, the content of a private-key file.
func NewSecret[T ~string | ~[]byte](text T) Secret {
	if len(text) == 0 {
		return Secret{}
	}
	s := string(text)
	return Secret{func() string { return s }}
}

// Reveal returns the hidden text, "" for an absent key.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return s.text()
}

// IsZero reports whether there is no text.
func (s Secret) IsZero() bool { return s.text == nil }

// Equal reports whether two secrets hide the same text. go-cmp calls it.
func (s Secret) Equal(other Secret) bool { return s.Reveal() == other.Reveal() }

// String returns "[REDACTED]", or "" for an absent key.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return redacted
}

// Format writes String for every verb and flag.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s.String())) }

// MarshalText encodes the secret as String.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText fails: a redacted key cannot be restored, and plaintext keys must not
// appear in encoded requests. Use [NewSecret].
func (s *Secret) UnmarshalText([]byte) error {
	return errors.New("validate: a Secret does not decode; make one with NewSecret")
}
