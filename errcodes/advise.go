package errcodes

import (
	"context"
	"errors"
	"io"
	"reflect"
	"strings"
	"time"
)

// Advice is what a program can do about an error. The zero value is for no error.
type Advice struct {
	Action Action `json:"action"`

	// After is how long to wait before the next try; wait twice as long after each. No
	// document gives it. It is 0 if waiting does not help.
	After time.Duration `json:"after,omitempty"`

	Code   Code    `json:"code,omitempty"` // the code of the error, "" if it has none
	Reason Message `json:"reason"`         // what happened
	Hint   Message `json:"hint"`           // what to do
}

// Retry reports whether a program may try again on its own: with the same request, the
// same client token, and a new signature, which covers [Again], [AgainWithToken] and
// [SignAnew].
func (a Advice) Retry() bool {
	return a.Action == Again || a.Action == AgainWithToken || a.Action == SignAnew
}

// Action is what to do about an error. The zero value is none.
type Action uint8

const (
	// Again means to wait and send the same request again: it had no effect.
	Again Action = iota + 1
	// AgainWithToken means to wait and send the same request again with the same client
	// token, since nobody knows whether it had its effect. For an operation that has no
	// client token, look first.
	AgainWithToken
	// SignAnew means to sign the same request again, with the right time, a new nonce or
	// fresh keys. SDKs sign every try anew.
	SignAnew
	// ChangeRequest means that the request is refused as often as it is sent.
	ChangeRequest
	// Stop means that a program cannot do anything: a person has to see to it.
	Stop

	numActions // one more than the last action
)

var actionNames = [numActions]string{"", "again", "again-with-token", "sign-anew", "change-request", "stop"}

// String returns "again", "again-with-token", "sign-anew", "change-request" or "stop",
// and "" for none.
func (a Action) String() string { return nameOf(actionNames[:], a) }

// MarshalText encodes the action as its name, and fails for a number without one.
func (a Action) MarshalText() ([]byte, error) { return marshal(a, numActions, "action") }

// UnmarshalText decodes a name that MarshalText wrote, and refuses others.
func (a *Action) UnmarshalText(text []byte) error { return unmarshal(a, numActions, "action", text) }

// Advise says what to do about the error of a call: whether to send it again, after how
// long and how, or to change or stop it. It understands the codes that [Of] finds (for an
// [*Error], its condition), the errors of packages net, net/url and context, and those
// that SDKs make up when no answer comes. An error that it does not know is judged by its
// HTTP status, if it has one, and otherwise advises to stop. For nil the advice is zero.
//
// Bound the number of tries: IncorrectStatus.Listener, for one, passes while a change is
// rolled out and stays while the listener is stopped.
func Advise(err error) Advice {
	if err == nil {
		return Advice{}
	}
	if own, ok := errors.AsType[*Error](err); ok && own != nil && own.Condition != 0 {
		a := adviseConditions([]Condition{own.Condition})
		a.Code, a.Reason, a.Hint = own.Code, own.Condition.Meaning(), own.Hint()
		if !own.Reason.IsZero() {
			a.Reason = own.Reason
		}
		return a
	}
	code, _ := Of(err)
	if a, ok := adviseCode(code); ok {
		return a
	}
	a, ok := adviseTransport(err)
	if !ok {
		a = adviseStatus(statusOf(err), code)
	}
	a.Code = code
	return a
}

// adviseConditions returns what to do about one of several conditions: a try is worth
// more than to give up.
func adviseConditions(conds []Condition) (a Advice) {
	for _, cond := range conds {
		switch info := cond.info(); {
		case info.action == 0 && a.Action == 0:
			a.Action = ChangeRequest
		case info.action == Stop && !a.Retry():
			a.Action = Stop
		case info.action == Again:
			a.Action, a.After = Again, max(a.After, info.after)
		}
	}
	return a
}

// adviseCode returns what to do about a code. One that is unknown is taken for that which
// it begins with, up to a dot.
func adviseCode(code Code) (Advice, bool) {
	for family := string(code); family != ""; {
		if e, ok := Explain(Code(family)); ok && (family == string(code) || len(e.Conditions()) == 0) {
			e.Advice.Code = code
			return e.Advice, true
		}
		family = family[:max(0, strings.LastIndexByte(family, '.'))]
	}
	if strings.Contains(string(code), "Throttling") {
		return Advice{Again, pause, code, throttled, hintThrottled}, true
	}
	return Advice{}, false
}

// adviseTransport returns what to do about an error without an answer of the service.
func adviseTransport(err error) (Advice, bool) {
	lookup, network, request := named(err, "net", "DNSError"), named(err, "net", "OpError"), named(err, "net/url", "Error")
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(err, context.Canceled):
		return Advice{
			Action: Stop,
			Reason: Message{"the call was canceled, so nobody knows whether it took effect", "调用被取消，无法确定是否已生效"},
			Hint:   Message{"ask whoever canceled it", "由取消者决定是否重试"},
		}, true
	case lookup != nil:
		a := Advice{
			Action: Stop,
			Reason: Message{"the name of the service's host cannot be resolved", "无法解析服务的域名"},
			Hint:   Message{"check the endpoint, its region and the resolver", "检查接入点、地域和 DNS 设置"},
		}
		slow, _ := field[bool](lookup, "IsTimeout")
		passing, _ := field[bool](lookup, "IsTemporary")
		if slow || passing {
			a.Action, a.After = Again, pause
		}
		return a, true
	case named(err, "crypto/x509", "") != nil, named(err, "crypto/tls", "CertificateVerificationError") != nil:
		return Advice{
			Action: Stop,
			Reason: Message{"the certificate of the service is not trusted here", "本机不信任服务端的证书"},
			Hint:   Message{"check the endpoint, the proxy and the trusted authorities", "检查接入点、代理和受信任的 CA"},
		}, true
	case op(network) == "dial":
		return Advice{
			Action: Again, After: pause,
			Reason: Message{"the service could not be reached; nothing was sent", "无法连接服务，请求未发出"},
			Hint:   Message{"check the endpoint, the proxy and the network, then send it again", "检查接入点、代理和网络后重试"},
		}, true
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		known, _ := lone("SDK.TimeoutError")
		return known.advice(), true
	case op(request) == "parse":
		return Advice{Action: ChangeRequest, Reason: wrongSetup, Hint: hintSetup}, true
	case request != nil, network != nil, errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return Advice{
			Action: AgainWithToken, After: pause,
			Reason: Message{"the connection broke before the answer, so nobody knows whether the call took effect", "连接在收到应答前中断，无法确定调用是否已生效"},
			Hint:   hintUnknownEffect,
		}, true
	default:
		return Advice{}, false
	}
}

// named returns err, or the first error that it wraps, whose type has a name, or is of a
// package if there is no name. Asking by name links none of the code of that package.
func named(err error, pkg, name string) error {
	for ; err != nil; err = errors.Unwrap(err) {
		t := reflect.TypeOf(err)
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.PkgPath() == pkg && (name == "" || t.Name() == name) && !isNilPointer(err) {
			return err
		}
	}
	return nil
}

// op returns what an error of packages net and net/url happened to.
func op(err error) string {
	if err == nil {
		return ""
	}
	name, _ := field[string](err, "Op")
	return name
}

// statusOf returns the HTTP status that an error of one of the SDKs carries, 0 if none.
func statusOf(err error) int {
	for ; err != nil; err = errors.Unwrap(err) {
		if isNilPointer(err) {
			return 0
		}
		if status, ok := field[*int](err, "StatusCode"); ok && status != nil {
			return *status
		}
		if status, ok := field[int](err, "StatusCode"); ok && status > 0 {
			return status
		}
		if e, ok := err.(interface{ HttpStatus() int }); ok {
			return e.HttpStatus()
		}
	}
	return 0
}

// HTTP statuses; package net/http is heavy.
const (
	badRequest      = 400
	unauthorized    = 401
	forbiddenStatus = 403
	tooManyRequests = 429
	serverError     = 500
)

// adviseStatus returns what to do about an answer whose code nobody knows.
func adviseStatus(status int, code Code) Advice {
	a := Advice{
		Action: Stop,
		Reason: Message{"this error is not known here", "未知的错误"},
		Hint:   Message{"read its message; if it says that the state passes, send the request again", "查看错误消息；如其说明状态是暂时的，可重试"},
	}
	switch {
	case status == tooManyRequests:
		return Advice{Action: Again, After: pause, Reason: throttled, Hint: hintThrottled}
	case status >= serverError:
		known, _ := lone("ServiceUnavailable")
		known.code = ""
		return known.advice()
	case status == unauthorized, status == forbiddenStatus:
		a.Reason, a.Hint = forbidden, hintForbidden
	case status >= badRequest, strings.HasPrefix(string(code), "Invalid"), strings.HasPrefix(string(code), "Missing"):
		a.Action = ChangeRequest
		a.Hint = Message{"correct what the message names", "按错误消息修改请求"}
	}
	return a
}
