package errcodes

// Lang is a language the library explains things in. The zero value is English.
type Lang uint8

// The languages of [Message].
const (
	English Lang = iota
	Chinese
)

// Message is one explanation in every language the library speaks. Published
// codes and messages are not Message: they are facts, and have one spelling.
type Message struct {
	EN string `json:"en"`
	ZH string `json:"zh"`
}

// In returns the text in the given language, English for an unknown one.
func (t Message) In(lang Lang) string {
	if lang == Chinese {
		return t.ZH
	}
	return t.EN
}

// IsZero reports whether the text says nothing.
func (t Message) IsZero() bool { return t == Message{} }
