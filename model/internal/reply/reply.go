// Package reply has the common parts of all machines' answers.
package reply

import (
	"math"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/table"
)

// Head is the beginning of every answer of the service. Answers are encoded as JSON
// or XML.
type Head struct {
	RequestID string `json:"RequestId" xml:"RequestId"`
	JobID     string `json:"JobId,omitempty" xml:"JobId,omitempty"`
}

// To returns the head of the answer to a request.
func To(requestID string) Head { return Head{RequestID: requestID} }

// Ignored answers an event that does not apply.
func Ignored() model.Output { return model.Output{Ignored: true} }

// Refuse returns the output of a refused request. target is the part of the state
// that decided.
func Refuse(requestID string, e errcodes.Error, target string) model.Output {
	return model.Output{RequestID: requestID, Error: e, Target: redact.Printable(target)}
}

// Missing returns the output of a request without a parameter that its operation
// requires, as the gateway in front of all operations answers. It is for operations
// without an error table.
func Missing(requestID, parameter string) model.Output {
	return Refuse(requestID, errcodes.Error{
		Code: errcodes.Code("Missing" + parameter), Status: 400, Message: parameter + " is mandatory for this action.", Parameter: parameter,
	}, "the request")
}

// Required refuses a request without a required parameter, as the gateway in front of an
// operation with an error table does. It returns nil if the request has all of them.
func Required(requestID string, table errcodes.Table, has func(errcodes.Field) bool) *model.Output {
	for i := 0; ; i++ {
		check, more := table.GatewayCheck(i)
		if !more {
			return nil
		}
		if f := check.Parameter.Field; check.Missing != 0 && !has(f) {
			o := Refuse(requestID, table.ErrorOf(check.Missing, f), "the request")
			return &o
		}
	}
}

// Answer returns the output of a successful request whose answer has members of its
// own: body points to a struct that begins with a Head.
func Answer(requestID string, body any) model.Output {
	return model.Output{RequestID: requestID, Body: body}
}

// List is the body of an answer that contains some of the items of a list.
type List interface {
	// Shown returns the ids of the items in the answer.
	Shown() []string
}

// IDs returns the ids of items.
func IDs[T any](items []T, id func(T) string) []string {
	ids := make([]string, len(items))
	for i, item := range items {
		ids[i] = id(item)
	}
	return ids
}

// Page returns the size of a page, and the number of items before it. Pages are
// numbered from 1.
func Page(number, size, standard int) (_, skip int) {
	if size <= 0 {
		size = standard
	}
	pages := max(number, 1) - 1
	if pages > math.MaxInt/size {
		return size, math.MaxInt
	}
	return size, pages * size
}

// Items returns one page of records: at most size of them behind the first skip.
func Items[V comparable, W any](records table.Selection[V], skip, size int, describe func(string, V) W) []W {
	items := []W{}
	for key, v := range records.Skip(skip) {
		if len(items) == size {
			break
		}
		items = append(items, describe(key, v))
	}
	return items
}

// Moment returns a time in Unix milliseconds as a text of a form, "" for 0.
func Moment(form string, at int64) string {
	if at == 0 {
		return ""
	}
	return time.UnixMilli(at).UTC().Format(form)
}
