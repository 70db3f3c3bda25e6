package errcodes

// Lang is a language the library explains things in. The zero value is English.
type Lang uint8

// The languages of [Message].
const (
	English Lang = iota
	Chinese
)

// Message is one explanation in every language of the library. A published code or
// message is a fact with one spelling, so it is a string, not a Message.
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
