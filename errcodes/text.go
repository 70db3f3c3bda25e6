package errcodes

// Lang is a language the library explains things in. The zero value is English.
type Lang uint8

// The languages of [Text].
const (
	English Lang = iota
	Chinese
)

// Text is one explanation in every language the library speaks. Published
// codes and messages are not Text: they are facts, and have one spelling.
type Text struct {
	EN string `json:"en"`
	ZH string `json:"zh"`
}

// In returns the text in the given language, English for an unknown one.
func (t Text) In(lang Lang) string {
	if lang == Chinese {
		return t.ZH
	}
	return t.EN
}

// IsZero reports whether the text says nothing.
func (t Text) IsZero() bool { return t == Text{} }
