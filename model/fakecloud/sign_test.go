package fakecloud_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
)

// percentEncoding makes what url.Values.Encode returns, which is sorted, what
// signatures want.
var percentEncoding = strings.NewReplacer("+", "%20", "*", "%2A", "%7E", "~")

// signedQuery is the query of a GET request with names and values in turn, signed
// with HMAC-SHA1 and the demo key.
func signedQuery(params ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(params); i += 2 {
		values.Set(params[i], params[i+1])
	}
	return signed(http.MethodGet, values)
}

// signed is the query or the form of a request, signed in the same way.
func signed(method string, values url.Values) string {
	for name, value := range map[string]string{
		"AccessKeyId": "testid", "Format": "JSON", "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0",
	} {
		values.Set(name, value)
	}
	canonical := percentEncoding.Replace(values.Encode())
	mac := hmac.New(sha1.New, []byte("testsecret&"))
	mac.Write([]byte(method + "&%2F&" + strings.ReplaceAll(url.QueryEscape(canonical), "%7E", "~")))
	return canonical + "&Signature=" + url.QueryEscape(base64.StdEncoding.EncodeToString(mac.Sum(nil)))
}
