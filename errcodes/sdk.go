package errcodes

import (
	"reflect"
	"strings"
)

// Of returns the service's error code that err carries, or else that of the
// first error it wraps that has one. It understands this library's errors and,
// without importing them, those of both generations of the vendor's SDKs: a
// method ErrorCode() string, a struct (or a pointer to one) with a field
// Code *string, and a method GetCode() *string.
//
// If the code of an error is absent or empty, Of looks at the errors that it wraps. A
// nil pointer inside a non-nil error has no code. For joined errors Of returns the
// first code; use [errors.Is] to test for a particular one.
func Of(err error) (code Code, ok bool) {
	if err == nil || isNilPointer(err) {
		return "", false
	}
	if c := own(err); c != "" {
		return c, true
	}
	switch e := err.(type) { //nolint:errorlint // this is the walk that errors.As would do
	case interface{ Unwrap() error }:
		return Of(e.Unwrap())
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			if c, ok := Of(inner); ok {
				return c, true
			}
		}
	}
	return "", false
}

// own returns the code of err itself, not of what it wraps, or "".
func own(err error) Code {
	switch e := err.(type) { //nolint:errorlint // one level only
	case Code:
		return e
	case interface{ ErrorCode() string }:
		if c := Code(e.ErrorCode()); c != "" {
			return c
		}
	}
	// The field goes before the method: the SDKs' methods only read it, and a
	// method promoted through a nil embedded value would panic.
	if c, ok := fieldCode(err); ok {
		return c
	}
	if e, ok := err.(interface{ GetCode() *string }); ok {
		if s := e.GetCode(); s != nil {
			return Code(*s)
		}
	}
	return ""
}

// fieldCode returns the value of the field Code *string, "" for a nil one; ok
// says whether there is such a field.
func fieldCode(err error) (code Code, ok bool) {
	v := reflect.Indirect(reflect.ValueOf(err))
	if v.Kind() != reflect.Struct {
		return "", false
	}
	f, ok := v.Type().FieldByName("Code")
	if !ok || f.Type != reflect.TypeFor[*string]() {
		return "", false
	}
	// FieldByName of the value would panic on a field that is promoted
	// through a nil embedded pointer.
	field, ferr := v.FieldByIndexErr(f.Index)
	if ferr != nil || field.IsNil() {
		return "", true
	}
	return Code(field.Elem().String()), true
}

func isNilPointer(err error) bool {
	v := reflect.ValueOf(err)
	return v.Kind() == reflect.Pointer && v.IsNil()
}

// retryable are codes of a state that passes: the same request may succeed later.
// Codes of throttling are matched by name instead.
//
// The evidence is in the messages of the published tables ("please retry later",
// "please try again") and in the codes that deploy tools retry.
var retryable = [...]Code{
	ServiceBusy,
	IncorrectStatusListener,
	ResourceInConfiguringListener,
	CreateCertificateFailed,
	FlowControlError,
	DeductQuotaFailed,
	InternalError,
	OperationDeniedSystemUpgrading,
	"IdempotenceProcessing",
	"ServiceUnavailable",
	"SystemBusy",
}

// Retryable reports whether waiting and sending the same request again can
// help. It knows the codes of the tables and those of the gateway in front of
// every operation; for an unknown code it is false. IncorrectStatus.Listener is
// retryable although a stopped listener has it too: bound the number of tries.
func Retryable(code Code) bool {
	for _, c := range retryable {
		if c == code {
			return true
		}
	}
	return strings.Contains(string(code), "Throttling")
}
