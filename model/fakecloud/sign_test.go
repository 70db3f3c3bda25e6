package fakecloud_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
)

// percentEncoding converts the sorted result of url.Values.Encode to the encoding of
// signatures.
var percentEncoding = strings.NewReplacer("+", "%20", "*", "%2A", "%7E", "~")

// signedQuery returns the query of a GET request that is signed with HMAC-SHA1 and the
// demo key. params are names and values in turn.
func signedQuery(params ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(params); i += 2 {
		values.Set(params[i], params[i+1])
	}
	return signed(http.MethodGet, values)
}

// signed returns the signed query or form of a request.
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
