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

// DefaultLimit is the default for the largest size of query and body together, in bytes.
// A certificate and a key need far less.
const DefaultLimit = 1 << 20

// Request is a decoded request. It holds secrets: do not print it.
type Request struct {
	Method string
	Host   string     // the host that the client addressed, without the port
	Values url.Values // all parameters
	Keys   Keys       // keys whose secrets no answer repeats; set by the caller

	path          string
	query, form   []pair
	header        http.Header
	host          string // with the port, as in the signature
	authorization string
	payload       string // hexadecimal digest of the body, for ACS3
}

// Address returns the host that the client addressed, with the port if it has one.
func (r *Request) Address() string { return r.host }

// Parameters returns the parameters in the form that an operation may store. A value that
// contains a secret or a token of the table of keys is replaced by its length, except in
// the parameters for private keys.
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

// Read decodes a request whose query and body have at most limit bytes together. It also
// returns a refused request, as far as it could be read, because the answer depends on
// its format.
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
	switch kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); {
	case kind == "application/x-www-form-urlencoded":
		req.form, formErr = parse(string(body))
	case kind == "application/json" && req.isACS3():
		req.form = members(body)
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
		return req, undecodable
	default:
		return req, req.checkForm()
	}
}

// readBody reads at most room bytes.
func readBody(r *http.Request, room, limit int) ([]byte, *Failure) {
	if room < 0 || r.ContentLength > int64(room) {
		return nil, tooLarge(limit)
	}
	if r.Body == nil || r.ContentLength == 0 {
		return nil, nil
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, int64(room)+1))
	switch timeout, isNet := errors.AsType[net.Error](err); {
	case isNet && timeout.Timeout():
		return nil, &Failure{http.StatusRequestTimeout, "RequestTimeout", "The body did not arrive in time."}
	case err != nil:
		return nil, bodyIncomplete
	case len(body) > room:
		return nil, tooLarge(limit)
	default:
		return body, nil
	}
}

// checkForm makes the checks that need no key.
func (r *Request) checkForm() *Failure {
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodPost:
		return MethodUnsupported
	case r.path != "/" && r.path != "":
		return PathUnknown
	}
	if format := r.Values.Get("Format"); format != "" && !strings.EqualFold(format, "JSON") && !strings.EqualFold(format, "XML") {
		return formatUnsupported
	}
	return nil
}

// Action returns the name of the called operation.
func (r *Request) Action() string { return r.either("Action", "X-Acs-Action") }

// Version returns the version of the called operation.
func (r *Request) Version() string { return r.either("Version", "X-Acs-Version") }

// either returns a parameter or, if it is absent, a header. ACS3 requests send these
// values in headers only.
func (r *Request) either(parameter, header string) string {
	if value := r.Values.Get(parameter); value != "" && !r.isACS3() {
		return value
	}
	return r.header.Get(header)
}

// KeyID returns the access key id in the request.
func (r *Request) KeyID() string {
	if r.isACS3() {
		return strings.Clone(r.parseAuthorization().credential) // does not keep the header in memory
	}
	return r.Values.Get("AccessKeyId")
}

func (r *Request) isACS3() bool { return strings.HasPrefix(r.authorization, "ACS3-") }

// XML reports whether the answer must be XML.
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
