package errcodes_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
)

// statusSDK carries a status and a code, as errors of the first generation do.
type statusSDK struct {
	oldSDK
	status int
}

func (e *statusSDK) HttpStatus() int { return e.status } //nolint:revive // the SDK's spelling

// teaStatus carries them as errors of the second generation do.
type teaStatus struct {
	Code       *string
	StatusCode *int
}

func (*teaStatus) Error() string { return "SDKError" }

// aliyungo has the shape of the errors of that library.
type aliyungo struct {
	aliyungoAnswer
	StatusCode int
}

type aliyungoAnswer struct{ HostId, Code, Message string } //nolint:revive // its spelling

func (*aliyungo) Error() string { return "Aliyun API Error" }

func TestAdviseCodes(t *testing.T) {
	for action, codes := range map[errcodes.Action][]errcodes.Code{
		errcodes.Again: {
			"ServiceBusy", "IncorrectStatus.Listener", "ResourceInConfiguring.Listener", "Throttling", "Throttling.User", "Throttling.Api",
			"Throttling.Something.New", "Rejected.Throttling", "SystemBusy", "CreateCertificateFailed", "FlowControlError", "DeductQuotaFailed",
			"OperationDenied.SystemUpgrading", "OperationConflict", "SDK.ServerUnreachable",
		},
		errcodes.AgainWithToken: {
			"ServiceUnavailable", "InternalError", "InternalError.Backend", "IdempotenceProcessing", "LastTokenProcessing", "SDK.TimeoutError",
			"SDK.JsonUnmarshalError", "AliyunGoClientFailure",
		},
		errcodes.SignAnew: {"SignatureNonceUsed", "InvalidTimeStamp.Expired", "InvalidSecurityToken.Expired"},
		errcodes.ChangeRequest: {
			"Certificate.MissMatch", "MissingParameter", "InvalidSSLPub", "InvalidVersion", "InvalidAction.NotFound", "InvalidSomething.New",
			"MissingSomething", "IdempotenceSignatureMismatch", "DryRunOperation", "InvalidDomain.NotFound",
		},
		errcodes.Stop: {
			"SignatureDoesNotMatch", "Forbidden", "Forbidden.RAM", "Forbidden.New", "Forbidden.LoadBalancer", "NoPermission", "InvalidAccessKeyId.NotFound",
			"InvalidAccessKeyId.New", "InvalidSecurityToken.Malformed", "InvalidSecurityToken.MismatchWithAccessKey", "IllegalOperation",
			"Certificate.SettedNotEffect", "DomainInProtectedMode", "Unknown", "servicebusy", " ServiceBusy", "IncorrectStatus", "SDK.CanNotResolveEndpoint",
		},
	} {
		for _, code := range codes {
			got := errcodes.Advise(fmt.Errorf("deploy: %w", &tea{Code: (*string)(&code)}))
			if got.Action != action || got.Code != code || got.Reason.IsZero() || got.Hint.IsZero() {
				t.Errorf("%s: %+v; want %s", code, got, action)
			}
			if again := action == errcodes.Again || action == errcodes.AgainWithToken; again != (got.After > 0) {
				t.Errorf("%s: after %v", code, got.After)
			}
			if retry := action < errcodes.ChangeRequest; got.Retry() != retry {
				t.Errorf("%s: retry %v", code, got.Retry())
			}
		}
	}
}

// TestAdviseEveryCode: nothing that is explained is left without advice, and no advice
// is surer than its code.
func TestAdviseEveryCode(t *testing.T) {
	n := 0
	for code := range errcodes.Codes() {
		n++
		e, ok := errcodes.Explain(code)
		if !ok || e.Meaning.IsZero() || e.Hint.IsZero() || e.Meaning.ZH == "" || e.Hint.ZH == "" {
			t.Errorf("%s: %v, %+v", code, ok, e)
		}
		if got := errcodes.Advise(code); got != e.Advice || got.Action == 0 {
			t.Errorf("Advise(%s) = %+v; explained as %+v", code, got, e.Advice)
		}
		if len(e.Occurrences) == 0 {
			checkStyle(t, string(code)+": meaning", e.Meaning)
			checkStyle(t, string(code)+": hint", e.Hint)
		}
	}
	if n < 150 {
		t.Errorf("%d codes", n)
	}
}

// TestAdviseOwn: an error of this library is judged by its condition, which is finer
// than its code.
func TestAdviseOwn(t *testing.T) {
	for cond, want := range map[errcodes.Condition]errcodes.Action{
		errcodes.CondListenerConfiguring:  errcodes.Again,
		errcodes.CondQuotaExceeded:        errcodes.Stop,
		errcodes.CondCertificateIsDefault: errcodes.ChangeRequest,
	} {
		err := errorOf(alb, cond)
		got := errcodes.Advise(fmt.Errorf("deploy: %w", err))
		if got.Action != want || got.Code != err.Code || got.Hint != err.Hint() {
			t.Errorf("%s: %+v", cond, got)
		}
		err.Reason = errcodes.Message{EN: "a reason", ZH: "原因"}
		if got := errcodes.Advise(err); got.Reason != err.Reason {
			t.Errorf("%s: %+v", cond, got)
		}
	}
	if got := errcodes.Advise((*errcodes.Error)(nil)); got.Action != errcodes.Stop {
		t.Errorf("%+v", got)
	}
	if got := errcodes.Advise(nil); got != (errcodes.Advice{}) {
		t.Errorf("%+v", got)
	}
}

// TestAdviseStatus: a code that nobody knows is judged by the status of the answer.
func TestAdviseStatus(t *testing.T) {
	for status, want := range map[int]errcodes.Action{
		429: errcodes.Again, 500: errcodes.AgainWithToken, 503: errcodes.AgainWithToken, 401: errcodes.Stop, 403: errcodes.Stop,
		400: errcodes.ChangeRequest, 404: errcodes.ChangeRequest, 0: errcodes.Stop,
	} {
		code := "Never.Seen"
		for _, err := range []error{
			&statusSDK{oldSDK{code}, status},
			&teaStatus{&code, &status},
			&aliyungo{aliyungoAnswer{Code: code, HostId: "cdn.aliyuncs.com"}, status},
		} {
			if got := errcodes.Advise(fmt.Errorf("deploy: %w", err)); got.Action != want || string(got.Code) != code {
				t.Errorf("%d of %T: %+v", status, err, got)
			}
		}
	}
}

// TestAdviseTransport asks about errors that the standard library really returns.
func TestAdviseTransport(t *testing.T) {
	get := func(ctx context.Context, client *http.Client, address string) error {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return err
		}
		resp, err := client.Do(req)
		if err == nil {
			_, err = io.ReadAll(resp.Body)
			_ = resp.Body.Close()
		}
		return err
	}
	ctx := t.Context()
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	late, cancelLate := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancelLate()

	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer silent.Close()
	cut := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack() //nolint:forcetypeassert // HTTP/1.1
		if err == nil {
			_ = conn.Close()
		}
	}))
	defer cut.Close()
	short := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte("{"))
	}))
	defer short.Close()
	private := httptest.NewUnstartedServer(http.NotFoundHandler())
	private.Config.ErrorLog = log.New(io.Discard, "", 0)
	private.StartTLS()
	defer private.Close()
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()

	plain := &http.Client{}
	quick := &http.Client{Timeout: 20 * time.Millisecond}
	for name, test := range map[string]struct {
		err  error
		want errcodes.Action
	}{
		"refused connection":     {get(ctx, plain, closed.URL), errcodes.Again},
		"time-out of the client": {get(ctx, quick, silent.URL), errcodes.AgainWithToken},
		"deadline":               {get(late, plain, silent.URL), errcodes.AgainWithToken},
		"bare deadline":          {context.DeadlineExceeded, errcodes.AgainWithToken},
		"canceled":               {get(canceled, plain, silent.URL), errcodes.Stop},
		"connection cut":         {get(ctx, plain, cut.URL), errcodes.AgainWithToken},
		"answer cut":             {get(ctx, plain, short.URL), errcodes.AgainWithToken},
		"unknown authority":      {get(ctx, plain, private.URL), errcodes.Stop},
		"other scheme":           {get(ctx, plain, strings.Replace(closed.URL, "http:", "ftp:", 1)), errcodes.AgainWithToken},
		"no address":             {get(ctx, plain, "http://a b/"), errcodes.ChangeRequest},
		"no such host":           {&url.Error{Op: "Post", Err: &net.OpError{Op: "dial", Err: &net.DNSError{IsNotFound: true}}}, errcodes.Stop},
		"resolver down":          {&net.OpError{Op: "dial", Err: &net.DNSError{IsTemporary: true}}, errcodes.Again},
		"handshake":              {&url.Error{Op: "Post", Err: &tls.CertificateVerificationError{Err: errors.New("expired")}}, errcodes.Stop},
		"nothing known":          {errors.New("connection reset"), errcodes.Stop},
	} {
		got := errcodes.Advise(fmt.Errorf("deploy: %w", test.err))
		if test.err == nil || got.Action != test.want || got.Code != "" || got.Reason.EN == "" || got.Reason.ZH == "" || got.Hint.EN == "" || got.Hint.ZH == "" {
			t.Errorf("%s: %v: %+v", name, test.err, got)
		}
	}
}

func TestActionText(t *testing.T) {
	for action := errcodes.Again; action <= errcodes.Stop; action++ {
		text, err := action.MarshalText()
		var again errcodes.Action
		if err != nil || again.UnmarshalText(text) != nil || again != action || action.String() != string(text) {
			t.Errorf("%d: %s, %v", action, text, err)
		}
	}
	var a errcodes.Action
	if err := a.UnmarshalText([]byte("never")); err == nil {
		t.Error("never is an action")
	}
	if _, err := errcodes.Action(99).MarshalText(); err == nil {
		t.Error("99 is an action")
	}
}
