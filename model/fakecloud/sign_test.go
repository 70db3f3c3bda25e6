package fakecloud_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"net/url"
	"strings"
)

// signedQuery is the query of a GET request with names and values in turn, signed
// with HMAC-SHA1 and the demo key.
func signedQuery(params ...string) string {
	values := url.Values{
		"AccessKeyId": {"testid"}, "Format": {"JSON"}, "SignatureMethod": {"HMAC-SHA1"}, "SignatureVersion": {"1.0"},
	}
	for i := 0; i+1 < len(params); i += 2 {
		values.Set(params[i], params[i+1])
	}
	// Encode sorts, and encodes as signatures want it but for three characters.
	canonical := strings.NewReplacer("+", "%20", "*", "%2A", "%7E", "~").Replace(values.Encode())
	mac := hmac.New(sha1.New, []byte("testsecret&"))
	mac.Write([]byte("GET&%2F&" + strings.ReplaceAll(url.QueryEscape(canonical), "%7E", "~")))
	return canonical + "&Signature=" + url.QueryEscape(base64.StdEncoding.EncodeToString(mac.Sum(nil)))
}
