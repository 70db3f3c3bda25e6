package errcodes

import "reflect"

// Of returns the service's error code that err carries, or else that of the
// first error it wraps that has one. It understands this library's errors and,
// without importing them, those of both generations of the vendor's SDKs: a
// method ErrorCode() string, a struct (or a pointer to one) with a field
// Code *string, and a method GetCode() *string; and that of aliyungo: a struct with
// fields Code and HostId of type string.
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

// fieldCode returns the value of the field Code *string, "" for a nil one, or of the
// field Code string of a struct that has a HostId, as only the vendor's answers do; ok
// says whether there is such a field.
func fieldCode(err error) (code Code, ok bool) {
	if _, has := field[string](err, "HostId"); has {
		if c, has := field[string](err, "Code"); has {
			return Code(c), true
		}
	}
	c, ok := field[*string](err, "Code")
	if c == nil {
		return "", ok
	}
	return Code(*c), ok
}

// field returns the field of a struct, or of a struct that err points to, if it has one
// of that name and type.
func field[T any](err error, name string) (value T, ok bool) {
	v := reflect.Indirect(reflect.ValueOf(err))
	if v.Kind() != reflect.Struct {
		return value, false
	}
	f, ok := v.Type().FieldByName(name)
	if !ok || f.Type != reflect.TypeFor[T]() || !f.IsExported() {
		return value, false
	}
	// FieldByName of the value would panic on a field that is promoted
	// through a nil embedded pointer.
	found, ferr := v.FieldByIndexErr(f.Index)
	if ferr != nil || !found.CanInterface() {
		return value, true
	}
	return found.Interface().(T), true //nolint:forcetypeassert // compared above
}

func isNilPointer(err error) bool {
	v := reflect.ValueOf(err)
	return v.Kind() == reflect.Pointer && v.IsNil()
}
