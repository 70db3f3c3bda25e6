package gateway

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func sprint(format string, args ...any) string { return fmt.Sprintf(format, args...) }

type timeout struct{}

func (timeout) Error() string   { return "too slow" }
func (timeout) Timeout() bool   { return true }
func (timeout) Temporary() bool { return true }

func TestRead(t *testing.T) {
	const form = "application/x-www-form-urlencoded"
	tests := []struct {
		name, method, target, contentType string
		body                              io.Reader
		want                              string // code
	}{
		{"query", "GET", "/?a=1&b=2", "", nil, ""},
		{"no slash", "GET", "http://host?a=1&b=2", "", nil, ""},
		{"body", "POST", "/", form, strings.NewReader("a=1&b=2"), ""},
		{"body with a character set", "POST", "/?a=1", form + "; charset=utf-8", strings.NewReader("b=2"), ""},
		{"a body that is no form", "POST", "/?a=1&b=2", "application/json", strings.NewReader(`{"a":"%zz"}`), ""},
		{"empty parts", "GET", "/?&a=1&&b=2&", "", nil, ""},
		{"broken encoding in the query", "GET", "/?a=1&b=2&c=%zz", "", nil, "InvalidParameter.Encoding"},
		{"broken encoding in a name", "GET", "/?a=1&b=2&%=1", "", nil, "InvalidParameter.Encoding"},
		{"broken encoding in the body", "POST", "/?a=1", form, strings.NewReader("b=2&c=%4"), "InvalidParameter.Encoding"},
		{"another path", "GET", "/api?a=1&b=2", "", nil, "InvalidApi.NotFound"},
		{"an encoded path", "GET", "/%2F?a=1&b=2", "", nil, "InvalidApi.NotFound"},
		{"HEAD", "HEAD", "/?a=1&b=2", "", nil, "UnsupportedHTTPMethod"},
		{"PUT", "PUT", "/?a=1", form, strings.NewReader("b=2"), "UnsupportedHTTPMethod"},
		{"a line of 100 KB", "GET", "/?a=1&b=2&c=" + strings.Repeat("x", 100<<10), "", nil, ""},
		{"a query over the limit", "GET", "/?c=" + strings.Repeat("x", DefaultLimit), "", nil, "RequestEntityTooLarge"},
		{"a body at the limit", "POST", "/", form, strings.NewReader("a=1&b=2&c=" + strings.Repeat("x", DefaultLimit-10)), ""},
		{"a body over the limit", "POST", "/", form, strings.NewReader("a=1&b=2&c=" + strings.Repeat("x", DefaultLimit-9)), "RequestEntityTooLarge"},
		{"both over the limit", "POST", "/?a=1&", form, strings.NewReader("b=2&c=" + strings.Repeat("x", DefaultLimit-8)), "RequestEntityTooLarge"},
		{"a body over the limit of unknown length", "POST", "/", form, struct{ io.Reader }{strings.NewReader(strings.Repeat("x", DefaultLimit+1))}, "RequestEntityTooLarge"},
		{"a body that breaks off", "POST", "/?a=1&b=2", form, iotest.ErrReader(io.ErrUnexpectedEOF), "IncompleteBody"},
		{"a body that is too slow", "POST", "/?a=1&b=2", form, iotest.ErrReader(timeout{}), "RequestTimeout"},
		{"a broken body", "POST", "/?a=1&b=2", form, iotest.ErrReader(errors.New("reset")), "IncompleteBody"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			incoming := httptest.NewRequest(test.method, test.target, test.body)
			incoming.Header.Set("Content-Type", test.contentType)
			r, failure := Read(incoming, DefaultLimit)
			got := ""
			if failure != nil {
				got = failure.Code
			}
			if got != test.want {
				t.Fatalf("%q; want %q", got, test.want)
			}
			if test.want != "RequestEntityTooLarge" && (r.Values.Get("a") != "1" || r.Values.Get("b") != "2") {
				t.Errorf("parameters %v", r.Values)
			}
		})
	}
}

// TestDecoding checks that a plus is a space for every client.
func TestDecoding(t *testing.T) {
	const text = "-----BEGIN A-----\nab+/=\r\n"
	for _, encoded := range []string{url.QueryEscape(text), strings.ReplaceAll(url.QueryEscape(text), "+", "%20")} {
		r, failure := Read(httptest.NewRequest("GET", "/?a="+encoded, nil), DefaultLimit)
		if failure != nil || r.Values.Get("a") != text {
			t.Errorf("%v: %q", failure, r.Values.Get("a"))
		}
	}
}

// TestObject checks that the members of an object in the body are parameters of a request
// with an ACS3 signature.
func TestObject(t *testing.T) {
	const signed = "ACS3-HMAC-SHA256 Credential=testid"
	for _, test := range []struct{ authorization, contentType, body, want string }{
		{signed, "application/json; charset=utf-8", `{"b":"x+y\n","Ids.1":"i","n":100001,"yes":true,"none":null}`, "Ids.1=i&a=1&b=x%2By%0A&n=100001&yes=true"},
		{signed, "application/json", `{"big":12345678901234567890}`, "a=1&big=12345678901234567890"},
		{signed, "application/json", `{"list":[1, "two"],"object":{"c":{}}}`, "a=1&list=%5B1%2C+%22two%22%5D&object=%7B%22c%22%3A%7B%7D%7D"},
		{signed, "application/json", ` { "b" : null , "c" : "" , "d" : 0 } `, "a=1&c=&d=0"},
		{signed, "application/json", `{"a":"2"}`, "a=1&a=2"}, // the first one counts
		{signed, "application/json", "", "a=1"},
		{signed, "application/json", "null", "a=1"},
		{signed, "application/json", `["b"]`, "a=1"},
		{signed, "application/json", `{"b":"2"`, "a=1"},
		{signed, "text/plain", `{"b":"2"}`, "a=1"},
		{"", "application/json", `{"b":"2"}`, "a=1"}, // an HMAC-SHA1 signature does not cover it
	} {
		incoming := httptest.NewRequest("POST", "/?a=1", strings.NewReader(test.body))
		incoming.Header.Set("Authorization", test.authorization)
		incoming.Header.Set("Content-Type", test.contentType)
		r, failure := Read(incoming, DefaultLimit)
		if got := r.Values.Encode(); failure != nil || got != test.want {
			t.Errorf("%s %s: %v %s; want %s", test.contentType, test.body, failure, got, test.want)
		}
	}
}

func TestActionAndVersion(t *testing.T) {
	tests := []struct {
		name, query string
		header      map[string]string
		want        string
	}{
		{"parameters", "Action=A&Version=1", nil, "A 1"},
		{"parameters before headers", "Action=A&Version=1", map[string]string{"x-acs-action": "B", "x-acs-version": "2"}, "A 1"},
		{"headers", "", map[string]string{"x-acs-action": "B", "x-acs-version": "2"}, "B 2"},
		{"only headers for ACS3", "Action=A&Version=1", map[string]string{"x-acs-action": "B", "x-acs-version": "2", "Authorization": "ACS3-HMAC-SHA256 Credential=k"}, "B 2"},
		{"nothing", "", nil, " "},
	}
	for _, test := range tests {
		incoming := httptest.NewRequest("GET", "/?"+test.query, nil)
		for name, value := range test.header {
			incoming.Header.Set(name, value)
		}
		r, _ := Read(incoming, DefaultLimit)
		if got := r.Action() + " " + r.Version(); got != test.want {
			t.Errorf("%s: %q; want %q", test.name, got, test.want)
		}
	}
}

func TestList(t *testing.T) {
	values := url.Values{}
	for _, n := range []string{"1", "10", "2", "12", "3"} {
		values.Set("Ids."+n, "id"+n)
	}
	for _, other := range []string{"Ids.0", "Ids.01", "Ids.-1", "Ids.x", "Ids", "Ids.4.Name", "IdsX.5", "Ids.99999999999999999999"} {
		values.Set(other, "wrong")
	}
	if got, want := List(values, "Ids"), []string{"id1", "id2", "id3", "id10", "id12"}; !slices.Equal(got, want) {
		t.Errorf("%q; want %q", got, want)
	}
	if got := List(values, "Names"); got != nil {
		t.Errorf("%q", got)
	}
}

// FuzzRead checks that every request gets an answer that clients can decode.
func FuzzRead(f *testing.F) {
	f.Add("GET", "Action=A&Format=XML", "", "")
	f.Add("POST", "", "Action=A&Signature=%zz", "")
	f.Add("POST", "Format=json", "b=1", "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-action,Signature=00")
	f.Fuzz(func(t *testing.T, method, query, body, authorization string) {
		incoming := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		incoming.Method, incoming.URL.RawQuery = method, query
		incoming.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		incoming.Header.Set("Authorization", authorization)
		r, failure := Read(incoming, 1000)
		if failure == nil {
			failure = gate().Admit(r)
		}
		if failure == nil {
			t.Fatal("admitted without a signature")
		}
		w := httptest.NewRecorder()
		r.Write(w, Refusal(r, "Cdn", "request", failure))
		checkAnswer(t, w.Result(), r.Method == http.MethodHead)
	})
}
