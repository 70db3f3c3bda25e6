package errcodes_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/alicert/alicert/errcodes"
)

// The types below have the shapes of the vendor's SDK errors.

// oldSDK: the first generation has a method.
type oldSDK struct{ code string }

func (e *oldSDK) Error() string     { return "SDK.ServerError" }
func (e *oldSDK) ErrorCode() string { return e.code }

// tea: the second generation has a field.
type tea struct {
	Code    *string
	Message *string
}

func (e *tea) Error() string { return "SDKError" }

// teaValue is the same with a value receiver, so that the struct is an error too.
type teaValue struct{ Code *string }

func (e teaValue) Error() string { return "SDKError" }

// embedded promotes the field, through a pointer that may be nil.
type embedded struct{ *tea }

func (e embedded) Error() string { return "embedded" }

// promoted promotes it through an unexported struct.
type promoted struct{ teaValue }

// baseError is what dara's SDKError embeds beside its field and leaves nil.
type baseError interface {
	error
	GetCode() *string
}

type dara struct {
	baseError
	Code *string
}

func (e *dara) Error() string { return "SDKError" }

// getter has the method only.
type getter struct{ code *string }

func (e getter) Error() string    { return "getter" }
func (e getter) GetCode() *string { return e.code }

// several ways to a code, the first of them empty.
type several struct {
	Code   *string
	method string
	inner  error
}

func (e *several) Error() string     { return "several" }
func (e *several) ErrorCode() string { return e.method }
func (e *several) Unwrap() error     { return e.inner }

// emptyGetter has an empty code of its own and wraps an error.
type emptyGetter struct {
	getter
	inner error
}

func (e emptyGetter) Unwrap() error { return e.inner }

// Shapes that mean something else.
type (
	codeString  struct{ Code string }
	codeInt     struct{ Code int }
	codeIntPtr  struct{ Code *int }
	codeMethod  struct{}
	errorString string
	errorFunc   func()
)

func (codeString) Error() string  { return "string" }
func (codeInt) Error() string     { return "int" }
func (*codeIntPtr) Error() string { return "*int" }
func (codeMethod) Error() string  { return "method" }
func (codeMethod) Code() string   { return "ServiceBusy" }
func (errorString) Error() string { return "string" }
func (errorFunc) Error() string   { return "func" }

func TestOf(t *testing.T) {
	busy, other, empty := "ServiceBusy", "Other", ""
	number := 7
	own := errorOf(cdn, errcodes.CondDomainConfiguring)
	wrap := func(err error) error { return fmt.Errorf("deploy: %w", err) }

	tests := []struct {
		name string
		err  error
		want errcodes.Code // "": none
	}{
		{"nil", nil, ""},
		{"no code", io.EOF, ""},
		{"no code, wrapped", wrap(io.EOF), ""},
		{"wraps nothing", fmt.Errorf("deploy: %w", nil), ""},

		{"our error", own, "ServiceBusy"},
		{"our error, wrapped twice", wrap(wrap(own)), "ServiceBusy"},
		{"our error, joined", errors.Join(io.EOF, wrap(own), &oldSDK{other}), "ServiceBusy"},
		{"our error, one of several wrapped", fmt.Errorf("%w, %w", io.EOF, own), "ServiceBusy"},
		{"joined without a code", errors.Join(io.EOF, io.ErrUnexpectedEOF), ""},
		{"our error without a code", &errcodes.Error{}, ""},
		{"nil pointer to our error", (*errcodes.Error)(nil), ""},
		{"nil pointer to our error, wrapped", wrap((*errcodes.Error)(nil)), ""},
		{"bare code", errcodes.ServiceBusy, "ServiceBusy"},
		{"bare code, wrapped", wrap(errcodes.ServiceBusy), "ServiceBusy"},
		{"empty bare code", errcodes.Code(""), ""},
		{"condition", errcodes.CondDomainConfiguring, ""},

		{"old SDK", &oldSDK{busy}, "ServiceBusy"},
		{"old SDK, wrapped", wrap(&oldSDK{busy}), "ServiceBusy"},
		{"old SDK, empty", &oldSDK{}, ""},
		{"old SDK, nil pointer", (*oldSDK)(nil), ""},

		{"tea", &tea{Code: &busy}, "ServiceBusy"},
		{"tea, wrapped", wrap(&tea{Code: &busy}), "ServiceBusy"},
		{"tea, nil code", &tea{}, ""},
		{"tea, empty code", &tea{Code: &empty}, ""},
		{"tea, nil pointer", (*tea)(nil), ""},
		{"tea by value", teaValue{Code: &busy}, "ServiceBusy"},
		{"tea by value, nil code", teaValue{}, ""},
		{"tea by pointer to a value receiver", &teaValue{Code: &busy}, "ServiceBusy"},
		{"tea embedded by pointer", embedded{&tea{Code: &busy}}, "ServiceBusy"},
		{"tea embedded by nil pointer", embedded{}, ""},
		{"tea embedded by value", promoted{teaValue{&busy}}, "ServiceBusy"},
		{"tea embedded by value, by pointer", &promoted{teaValue{&busy}}, "ServiceBusy"},
		{"dara", &dara{Code: &busy}, "ServiceBusy"},
		{"dara, nil code and nil embedded interface", &dara{}, ""},
		{"getter", getter{&busy}, "ServiceBusy"},
		{"getter, nil code", getter{}, ""},
		{"getter, empty code", getter{&empty}, ""},
		{"nil pointer to a getter", (*getter)(nil), ""},

		{"empty method, then field", &several{Code: &busy}, "ServiceBusy"},
		{"method goes before field", &several{Code: &other, method: busy}, "ServiceBusy"},
		{"empty method and field, then inner", &several{Code: &empty, inner: own}, "ServiceBusy"},
		{"empty method and nil field, then inner", &several{inner: &tea{Code: &busy}}, "ServiceBusy"},
		{"outer code goes before inner", &several{method: other, inner: own}, "Other"},
		{"all empty", &several{}, ""},
		{"empty getter, then inner", emptyGetter{inner: wrap(own)}, "ServiceBusy"},

		{"aliyungo", &aliyungo{aliyungoAnswer: aliyungoAnswer{Code: busy}}, "ServiceBusy"},
		{"aliyungo, wrapped", wrap(&aliyungo{aliyungoAnswer: aliyungoAnswer{Code: busy}}), "ServiceBusy"},
		{"aliyungo, empty", &aliyungo{}, ""},

		{"field Code string", codeString{busy}, ""},
		{"field Code int", codeInt{number}, ""},
		{"field Code *int", &codeIntPtr{&number}, ""},
		{"method Code", codeMethod{}, ""},
		{"string type", errorString(busy), ""},
		{"func type", errorFunc(nil), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := errcodes.Of(test.err)
			if got != test.want || ok != (test.want != "") {
				t.Errorf("Of = %q, %v; want %q", got, ok, test.want)
			}
		})
	}
}
