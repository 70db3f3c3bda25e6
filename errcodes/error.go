package errcodes

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/alicert/alicert/internal/redact"
)

// Error is what the service answers to one condition, with what it does not
// say: which condition, which parameter, where in it, and why. It is a value
// without hidden parts: comparable, and lossless in JSON where its strings are
// valid UTF-8.
//
// No field ever holds private-key material. What of a request or a certificate
// stands in Message or Reason has its characters that are not printable escaped, such
// as changes of the writing direction; in Message, control characters of ASCII stay.
type Error struct {
	Operation string    `json:"operation"`
	Code      Code      `json:"code"`
	Status    int       `json:"status"`  // HTTP status
	Message   string    `json:"message"` // the service's text, its %s filled in
	Condition Condition `json:"condition"`
	Parameter string    `json:"parameter,omitempty"` // name on the wire of the parameter to blame
	Block     int       `json:"block,omitempty"`     // PEM block in the parameter, from 1; 0: none in particular
	Line      int       `json:"line,omitempty"`      // line in the parameter, from 1; 0: none in particular
	Reason    Text      `json:"reason,omitzero"`     // what was found, for people
	Grade     Grade     `json:"grade"`
	Edition   Edition   `json:"edition"`

	// Provisional: the rest of the state may earn another code first.
	Provisional bool `json:"provisional,omitempty"`
}

var _ error = (*Error)(nil)

// Error returns code, status and message as the service gives them, then the
// parameter, the place and the reason. It is one line: what is not printable shows as
// its code.
func (e *Error) Error() string {
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

// Is reports whether target is this error's [Code] or [Condition]. A nil pointer
// is neither.
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

// Why returns the reason with its place in front, such as
// "block 2, line 31: a private-key block inside the certificate".
func (e *Error) Why(lang Lang) string {
	return At(e.Block, e.Line, e.Reason).In(lang)
}

// Hint says what to do about it.
func (e *Error) Hint() Text { return e.Condition.Hint() }

// At puts a place in front of a text: PEM block and line, both counted from 1,
// 0 for none. Without a place, or without a text, it returns what is left.
func At(block, line int, text Text) Text {
	var en, zh []string
	if block > 0 {
		en = append(en, "block "+strconv.Itoa(block))
		zh = append(zh, "第 "+strconv.Itoa(block)+" 块")
	}
	if line > 0 {
		en = append(en, "line "+strconv.Itoa(line))
		zh = append(zh, "第 "+strconv.Itoa(line)+" 行")
	}
	if len(en) == 0 {
		return text
	}
	place := Text{strings.Join(en, ", "), strings.Join(zh, "，")}
	if text.IsZero() {
		return place
	}
	return Text{place.EN + ": " + text.EN, place.ZH + "：" + text.ZH}
}
