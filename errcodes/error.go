package errcodes

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/alicert/alicert/internal/redact"
)

// Error is the service's answer to one condition. It adds what the service does not
// say: the condition, the parameter, the position in it, and the reason. It is a
// comparable value without hidden parts, and lossless in JSON if its strings are
// valid UTF-8. JSON has the operation as its name on the wire and, beside it, the
// "product", which tells operations of one name apart.
//
// No field ever holds private-key material. Where Message or Reason quote a request
// or a certificate, characters that are not printable are escaped, such as changes of
// the writing direction; Message keeps control characters of ASCII.
type Error struct {
	Operation Operation `json:"operation"`
	Code      Code      `json:"code"`
	Status    int       `json:"status"`  // HTTP status
	Message   string    `json:"message"` // the service's text, its %s filled in
	Condition Condition `json:"condition"`
	Parameter string    `json:"parameter,omitempty"` // wire name of the parameter to blame

	Position // in the parameter

	Reason   Message  `json:"reason,omitzero"`   // what was found, for people
	Remedy   Message  `json:"remedy,omitzero"`   // what to do about this reason; zero: see [Condition.Hint]
	Evidence Evidence `json:"grade"`             // what the rule rests on
	Source   string   `json:"source,omitempty"`  // where that can be read
	Contrary Message  `json:"contrary,omitzero"` // what speaks against it
	Origin   Origin   `json:"edition"`           // which published table has the row

	// Follows is the condition of an earlier error of the same report that this one
	// follows from: whoever removes the cause need not do anything about this one.
	// The zero value is an error of its own.
	Follows Condition `json:"follows,omitzero"`

	// Provisional: the rest of the state may map to another code first.
	Provisional bool `json:"provisional,omitempty"`
}

var _ error = (*Error)(nil)

// errorFields are the members of an Error in JSON but for the operation.
type errorFields Error

// errorJSON is the JSON form of an Error. Its own members hide the operation among the
// fields.
type errorJSON struct {
	Operation string `json:"operation"`
	Product   string `json:"product,omitempty"`
	*errorFields
}

// MarshalJSON encodes the error with the product of its operation.
func (e Error) MarshalJSON() ([]byte, error) {
	if _, err := e.Operation.MarshalText(); err != nil {
		return nil, err
	}
	return json.Marshal(errorJSON{e.Operation.String(), e.Operation.Product(), (*errorFields)(&e)})
}

// UnmarshalJSON decodes what MarshalJSON wrote. Without a product the operation is the
// first one of its name.
func (e *Error) UnmarshalJSON(data []byte) error {
	j := errorJSON{errorFields: (*errorFields)(e)}
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	return e.Operation.UnmarshalText([]byte(withProduct(j.Product, j.Operation)))
}

// Error returns code, status and message as the service gives them, then the
// parameter, the position and the reason. It is one line and never empty: characters
// that are not printable show as their code points. It is in English, for logs; Why and
// Hint say it in Chinese, too.
func (e *Error) Error() string {
	if e.Code == "" { // no answer of the service
		return cmp.Or(redact.Printable(e.Message), "an error without a code")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%d): %s", e.Code, e.Status, redact.Printable(e.Message))
	switch why := e.Why(English); {
	case e.Parameter != "" && why != "":
		fmt.Fprintf(&b, " [%s: %s]", e.Parameter, redact.Printable(why))
	case e.Parameter != "" || why != "":
		fmt.Fprintf(&b, " [%s]", e.Parameter+redact.Printable(why)) // one of them is empty
	}
	return b.String()
}

// ErrorCode returns the code; the vendor's SDK errors have the same method.
func (e *Error) ErrorCode() string { return string(e.Code) }

// Is reports whether target is this error's [Code] or [Condition]. A nil pointer is
// neither.
func (e *Error) Is(target error) bool {
	if e == nil {
		return false
	}
	switch t := target.(type) {
	case Code:
		return e.Code == t
	case Condition:
		return e.Condition == t
	default:
		return false
	}
}

// Why returns the reason with its position in front, such as
// "block 2, line 31: a private-key block inside the certificate".
func (e *Error) Why(lang Lang) string {
	if e.Condition.aboutCertificate() {
		return e.PrefixCertificate(e.Reason).In(lang)
	}
	return e.Prefix(e.Reason).In(lang)
}

// Hint says what to do about it.
func (e *Error) Hint() Message { return cmp.Or(e.Remedy, e.Condition.Hint()) }

// Position is a PEM block, a line and a column of a parameter, each counted from 1.
// Zero means none in particular. A column is a Unicode code point of its line, so a
// byte-order mark and a tab count as one; it stands with a line only.
type Position struct {
	Block  int `json:"block,omitempty"`
	Line   int `json:"line,omitempty"`
	Column int `json:"column,omitempty"`
}

// Prefix puts the position in front of a text. If one of the two is empty, it returns
// the other.
func (p Position) Prefix(text Message) Message { return p.prefix(text, "个 PEM 块") }

// PrefixCertificate is Prefix for a block that is known to hold a certificate, which
// Chinese calls so.
func (p Position) PrefixCertificate(text Message) Message { return p.prefix(text, "份证书") }

// prefix puts the position in front of a text, with a Chinese word for the blocks.
func (p Position) prefix(text Message, blocks string) Message {
	var en, zh []string
	if p.Block > 0 {
		en = append(en, "block "+strconv.Itoa(p.Block))
		zh = append(zh, "第 "+strconv.Itoa(p.Block)+" "+blocks)
	}
	if p.Line > 0 {
		en = append(en, "line "+strconv.Itoa(p.Line))
		zh = append(zh, "第 "+strconv.Itoa(p.Line)+" 行")
		if p.Column > 0 {
			en = append(en, "column "+strconv.Itoa(p.Column))
			zh = append(zh, "第 "+strconv.Itoa(p.Column)+" 列")
		}
	}
	if len(en) == 0 {
		return text
	}
	position := Message{strings.Join(en, ", "), strings.Join(zh, "，")}
	if text.IsZero() {
		return position
	}
	return Message{position.EN + ": " + text.EN, position.ZH + "：" + text.ZH}
}

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
