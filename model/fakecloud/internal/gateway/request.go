package gateway

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/alicert/alicert/internal/redact"
)

// DefaultLimit is how many bytes query and body of a request may have together:
// far more than certificate and key need.
const DefaultLimit = 1 << 20

// Request is a request as it came, decoded. It holds secrets: do not print it.
type Request struct {
	Method string
	Host   string     // that the client addressed, without its port
	Values url.Values // all parameters
	Keys   Keys       // whose secrets no answer repeats; set by the caller

	path          string
	query, form   []pair
	header        http.Header
	host          string // with its port, as it is signed
	authorization string
	payload       string // digest of the body, for ACS3
}

// Parameters returns the parameters as an operation may keep them. A value that has
// a secret or a token of the table of keys in it is replaced by its length, except
// in the parameters that are for private keys.
func (r *Request) Parameters() url.Values {
	values, copied := r.Values, false
	for name, all := range r.Values {
		if redact.Parameter(name) || !slices.ContainsFunc(all, r.Keys.hold) {
			continue
		}
		if !copied {
			values, copied = maps.Clone(r.Values), true
		}
		hidden := make([]string, len(all))
		for i, value := range all {
			hidden[i] = redact.Length(value)
		}
		values[name] = hidden
	}
	return values
}

// Read reads a request, whose query and body may have limit bytes together. A
// request that is refused is returned, too, as far as it could be read: it knows
// how to be answered.
func Read(r *http.Request, limit int) (*Request, *Failure) {
	req := &Request{
		Method: r.Method, Host: hostName(r.Host),
		path: r.URL.EscapedPath(), header: r.Header, host: r.Host, authorization: r.Header.Get("Authorization"),
	}
	body, failure := readBody(r, limit-len(r.URL.RawQuery), limit)
	var queryErr, formErr error
	if len(r.URL.RawQuery) <= limit {
		req.query, queryErr = parse(r.URL.RawQuery)
	}
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "application/x-www-form-urlencoded" {
		req.form, formErr = parse(string(body))
	}
	req.Values = values(req.query, req.form)
	if req.isACS3() {
		sum := sha256.Sum256(body)
		req.payload = hex.EncodeToString(sum[:])
	}
	switch {
	case failure != nil:
		return req, failure
	case queryErr != nil || formErr != nil:
		return req, Undecodable
	default:
		return req, req.checkForm()
	}
}

// readBody reads at most room bytes.
func readBody(r *http.Request, room, limit int) ([]byte, *Failure) {
	if room < 0 || r.ContentLength > int64(room) {
		return nil, TooLarge(limit)
	}
	if r.Body == nil || r.ContentLength == 0 {
		return nil, nil
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, int64(room)+1))
	switch timeout, isNet := errors.AsType[net.Error](err); {
	case isNet && timeout.Timeout():
		return nil, &Failure{http.StatusRequestTimeout, "RequestTimeout", "The body did not arrive in time."}
	case err != nil:
		return nil, Incomplete
	case len(body) > room:
		return nil, TooLarge(limit)
	default:
		return body, nil
	}
}

// checkForm checks what needs no key to be checked.
func (r *Request) checkForm() *Failure {
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodPost:
		return MethodUnsupported
	case r.path != "/" && r.path != "":
		return PathUnknown
	}
	if format := r.Values.Get("Format"); format != "" && !strings.EqualFold(format, "JSON") && !strings.EqualFold(format, "XML") {
		return FormatUnsupported
	}
	return nil
}

// Action returns the name of the operation that is called.
func (r *Request) Action() string { return r.either("Action", "X-Acs-Action") }

// Version returns the version of the operation.
func (r *Request) Version() string { return r.either("Version", "X-Acs-Version") }

// either returns a parameter, or a header instead. An ACS3 request has both in its
// headers only.
func (r *Request) either(parameter, header string) string {
	if value := r.Values.Get(parameter); value != "" && !r.isACS3() {
		return value
	}
	return r.header.Get(header)
}

// KeyID returns the id of the access key that the request names.
func (r *Request) KeyID() string {
	if r.isACS3() {
		return strings.Clone(r.parseAuthorization().credential) // not a part of the header
	}
	return r.Values.Get("AccessKeyId")
}

func (r *Request) isACS3() bool { return strings.HasPrefix(r.authorization, "ACS3-") }

// XML reports whether the answer is to be XML.
func (r *Request) XML() bool {
	if format := r.Values.Get("Format"); format != "" {
		return !strings.EqualFold(format, "JSON")
	}
	return !r.isACS3()
}

func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return host
}
