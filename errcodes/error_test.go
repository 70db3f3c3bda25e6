package errcodes_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
)

func TestErrorText(t *testing.T) {
	reason := errcodes.Message{EN: "a blank line", ZH: "空行"}
	const start = "Certificate.FormatError (400): The certificate format is error."
	tests := []struct {
		name string
		edit func(*errcodes.Error)
		want string
	}{
		{"parameter", func(*errcodes.Error) {}, start + " [ServerCertificate]"},
		{"parameter and position", func(e *errcodes.Error) { e.Block = 2 }, start + " [ServerCertificate: block 2]"},
		{"parameter and reason", func(e *errcodes.Error) { e.Reason = reason }, start + " [ServerCertificate: a blank line]"},
		{"parameter, position and reason", func(e *errcodes.Error) { e.Block, e.Line, e.Reason = 2, 31, reason }, start + " [ServerCertificate: block 2, line 31: a blank line]"},
		{"reason", func(e *errcodes.Error) { e.Parameter, e.Reason = "", reason }, start + " [a blank line]"},
		{"nothing but the answer", func(e *errcodes.Error) { e.Parameter = "" }, start},
	}
	for _, test := range tests {
		err := cdn.Error(errcodes.CondCertificateNotPEM)
		test.edit(&err)
		if got := err.Error(); got != test.want {
			t.Errorf("%s: %q; want %q", test.name, got, test.want)
		}
	}
}

func TestPosition(t *testing.T) {
	reason := errcodes.Message{EN: "a blank line", ZH: "空行"}
	tests := []struct {
		at   errcodes.Position
		text errcodes.Message
		want errcodes.Message
	}{
		{errcodes.Position{}, errcodes.Message{}, errcodes.Message{}},
		{errcodes.Position{}, reason, reason},
		{errcodes.Position{Block: -1, Line: -1, Column: -1}, reason, reason},
		{errcodes.Position{Block: 2}, reason, errcodes.Message{EN: "block 2: a blank line", ZH: "第 2 个 PEM 块：空行"}},
		{errcodes.Position{Line: 31}, reason, errcodes.Message{EN: "line 31: a blank line", ZH: "第 31 行：空行"}},
		{errcodes.Position{Block: 2, Line: 31}, reason, errcodes.Message{EN: "block 2, line 31: a blank line", ZH: "第 2 个 PEM 块，第 31 行：空行"}},
		{errcodes.Position{Block: 2, Line: 31}, errcodes.Message{}, errcodes.Message{EN: "block 2, line 31", ZH: "第 2 个 PEM 块，第 31 行"}},
		{errcodes.Position{Block: 2, Line: 31, Column: 5}, reason, errcodes.Message{EN: "block 2, line 31, column 5: a blank line", ZH: "第 2 个 PEM 块，第 31 行，第 5 列：空行"}},
		{errcodes.Position{Line: 31, Column: 5}, errcodes.Message{}, errcodes.Message{EN: "line 31, column 5", ZH: "第 31 行，第 5 列"}},
		{errcodes.Position{Block: 2, Column: 5}, reason, errcodes.Message{EN: "block 2: a blank line", ZH: "第 2 个 PEM 块：空行"}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, test.at.Prefix(test.text)); diff != "" {
			t.Errorf("%+v.Prefix(%q) (-want +got)\n%s", test.at, test.text.EN, diff)
		}
		err := &errcodes.Error{Position: test.at, Reason: test.text}
		if got := err.Why(errcodes.English); got != test.want.EN {
			t.Errorf("Why(English) = %q; want %q", got, test.want.EN)
		}
		if got := err.Why(errcodes.Chinese); got != test.want.ZH {
			t.Errorf("Why(Chinese) = %q; want %q", got, test.want.ZH)
		}
	}
}

func TestTextIn(t *testing.T) {
	text := errcodes.Message{EN: "door", ZH: "门"}
	for lang, want := range map[errcodes.Lang]string{errcodes.English: "door", errcodes.Chinese: "门", 200: "door"} {
		if got := text.In(lang); got != want {
			t.Errorf("In(%d) = %q; want %q", lang, got, want)
		}
	}
	for text, want := range map[errcodes.Message]bool{{}: true, {EN: "x"}: false, {ZH: "x"}: false} {
		if got := text.IsZero(); got != want {
			t.Errorf("%q: IsZero() = %v", text, got)
		}
	}
}

func TestErrorHint(t *testing.T) {
	for cond := range cdn.Conditions() {
		e := cdn.Error(cond)
		if got := e.Hint(); got != cond.Hint() || got.IsZero() {
			t.Errorf("%s: hint %q", cond, got.EN)
		}
	}
}

func errorOf(table errcodes.Table, cond errcodes.Condition, args ...string) *errcodes.Error {
	e := table.Error(cond, args...)
	return &e
}

// TestErrorIsNeverEmpty proves that even the zero Error says something.
func TestErrorIsNeverEmpty(t *testing.T) {
	for _, e := range []errcodes.Error{{}, {Message: "m"}, {Status: 400}} {
		if e.Error() == "" {
			t.Errorf("%+v says nothing", e)
		}
	}
}

func TestErrorsIs(t *testing.T) {
	mismatch := errorOf(cdn, errcodes.CondKeyMismatch)
	tests := []struct {
		name   string
		err    error
		target error
		want   bool
	}{
		{"its code", mismatch, errcodes.CertificateMissMatch, true},
		{"its code, not a constant", mismatch, errcodes.Code("Certificate.MissMatch"), true},
		{"another code", mismatch, errcodes.CertificateKeyNull, false},
		{"no code", mismatch, errcodes.Code(""), false},
		{"its condition", mismatch, errcodes.CondKeyMismatch, true},
		{"another condition of the same code", mismatch, errcodes.CondStoredKeyMismatch, false},
		{"no condition", mismatch, noCondition, false},
		{"itself", mismatch, mismatch, true},
		{"an equal error is another", mismatch, errorOf(cdn, errcodes.CondKeyMismatch), false},
		{"something else", mismatch, io.EOF, false},
		{"wrapped: code", fmt.Errorf("deploy: %w", mismatch), errcodes.CertificateMissMatch, true},
		{"wrapped: condition", fmt.Errorf("deploy: %w", mismatch), errcodes.CondKeyMismatch, true},
		{"wrapped: another code", fmt.Errorf("deploy: %w", mismatch), errcodes.CertificateKeyNull, false},
		{"joined: the second code", errors.Join(io.EOF, mismatch), errcodes.CertificateMissMatch, true},
		{"joined: the second condition", errors.Join(io.EOF, mismatch), errcodes.CondKeyMismatch, true},
		{"joined: the first", errors.Join(io.EOF, mismatch), io.EOF, true},
		{"a code is itself", errcodes.ServiceBusy, errcodes.ServiceBusy, true},
		{"a condition is itself", errcodes.CondDryRun, errcodes.CondDryRun, true},
		{"a code is no condition", errcodes.DryRunOperation, errcodes.CondDryRun, false},
	}
	for _, test := range tests {
		if got := errors.Is(test.err, test.target); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}

func TestErrorsAs(t *testing.T) {
	want := errorOf(alb, errcodes.CondListenerNotFound, "lsn-1")
	for name, err := range map[string]error{
		"plain":   want,
		"wrapped": fmt.Errorf("deploy: %w", want),
		"joined":  errors.Join(io.EOF, fmt.Errorf("deploy: %w", want)),
	} {
		var got *errcodes.Error
		if !errors.As(err, &got) || got != want {
			t.Errorf("%s: errors.As finds %v", name, got)
		}
		if code, ok := errors.AsType[errcodes.Code](err); ok {
			t.Errorf("%s: errors.As finds the bare code %s, which is not in the chain", name, code)
		}
	}
	if got, ok := errors.AsType[*errcodes.Error](io.EOF); ok {
		t.Errorf("errors.As finds %v in io.EOF", got)
	}
}

func TestCodeText(t *testing.T) {
	if got := errcodes.ServiceBusy.Error(); got != "ServiceBusy" {
		t.Errorf("Error() = %q", got)
	}
	if got := errorOf(cdn, errcodes.CondDomainConfiguring).ErrorCode(); got != "ServiceBusy" {
		t.Errorf("ErrorCode() = %q", got)
	}
}

// TestErrorIsOneLine: an id of the caller's cannot break a log line in two.
func TestErrorIsOneLine(t *testing.T) {
	e := errcodes.AssociateAdditionalCertificatesWithListener.Table().Error(errcodes.CondCertificateRepeated, "a\nb\x1b[31m")
	if got := e.Error(); strings.ContainsAny(got, "\n\x1b") {
		t.Errorf("Error() = %q: a control character in it", got)
	}
	if !strings.Contains(e.Message, "a\nb") {
		t.Errorf("Message = %q: not what the service answers", e.Message)
	}
}

// TestErrorIsPrintable: a name cannot change the direction in which an error reads.
func TestErrorIsPrintable(t *testing.T) {
	for _, hostile := range []string{"\u202e", "\u2066", "\u2028", "\u2029", "\u200b", "\ufeff", "\u0085", "\U000e0001", "\xff", "\x7f"} {
		e := errcodes.AssociateAdditionalCertificatesWithListener.Table().Error(errcodes.CondCertificateRepeated, "a"+hostile+"b")
		if strings.Contains(e.Message, hostile) && hostile != "\x7f" {
			t.Errorf("%q: Message = %q", hostile, e.Message)
		}
		e.Message, e.Reason.EN = "set by a caller: "+hostile, hostile
		if got := e.Error(); strings.Contains(got, hostile) {
			t.Errorf("%q: Error() = %q", hostile, got)
		}
	}
}

// TestErrorHidesKeys: an id that is a key in the wrong parameter shows as its length.
func TestErrorHidesKeys(t *testing.T) {
	const scalar = "n4Ni+HpISpVObnQMW0wOhCKROaIKqKtW/2ZYb2p9KcU="
	want := "The specified resource a value of 44 bytes is already associated."
	if e := errcodes.AssociateAdditionalCertificatesWithListener.Table().Error(errcodes.CondCertificateAssociated, scalar); e.Message != want {
		t.Errorf("Message = %q; want %q", e.Message, want)
	}
	var code errcodes.Condition
	if err := code.UnmarshalText([]byte(scalar)); err == nil || strings.Contains(err.Error(), scalar[:20]) {
		t.Errorf("UnmarshalText: %v", err)
	}
}

// TestPrefixCertificate: in Chinese a block that is a certificate is called so.
func TestPrefixCertificate(t *testing.T) {
	at, reason := errcodes.Position{Block: 2, Line: 31}, errcodes.Message{EN: "it expired", ZH: "已过期"}
	want := errcodes.Message{EN: "block 2, line 31: it expired", ZH: "第 2 份证书，第 31 行：已过期"}
	if got := at.PrefixCertificate(reason); got != want {
		t.Errorf("%+v; want %+v", got, want)
	}
	for cond, want := range map[errcodes.Condition]string{
		errcodes.CondCertificateExpired: want.ZH,
		errcodes.CondCertificateNotPEM:  "第 2 个 PEM 块，第 31 行：已过期",
		errcodes.CondPrivateKeyNotPEM:   "第 2 个 PEM 块，第 31 行：已过期",
	} {
		err := &errcodes.Error{Condition: cond, Position: at, Reason: reason}
		if got := err.Why(errcodes.Chinese); got != want {
			t.Errorf("%s: %s; want %s", cond, got, want)
		}
	}
}
