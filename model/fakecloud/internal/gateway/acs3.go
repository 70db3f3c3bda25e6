package gateway

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/alicert/alicert/validate"
)

const acs3 = "ACS3-HMAC-SHA256"

// authorization is the parsed Authorization header of an ACS3 request.
type authorization struct {
	method, credential, signature string
	signedHeaders                 string // names as sent, separated by semicolons
}

func (r *Request) parseAuthorization() (a authorization) {
	method, rest, _ := strings.Cut(r.authorization, " ")
	a.method = method
	for field := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(field), "=")
		switch name {
		case "Credential":
			a.credential = value
		case "SignedHeaders":
			a.signedHeaders = value
		case "Signature":
			a.signature = value
		}
	}
	return a
}

// verifyACS3 checks the signature over method, path, query, headers and body.
func (r *Request) verifyACS3(secret validate.Secret) *Failure {
	a := r.parseAuthorization()
	if a.method != acs3 {
		return signatureMethod
	}
	given, err := hex.DecodeString(a.signature)
	if err != nil || len(given) != sha256.Size || !r.signsAll(a.signedHeaders) {
		return signatureIncomplete
	}
	if r.header.Get("X-Acs-Content-Sha256") != r.payload {
		return SignatureMismatch
	}
	digest := sha256.Sum256(r.canonicalRequest(a.signedHeaders))
	mac := hmac.New(sha256.New, []byte(secret.Reveal()))
	mac.Write([]byte(acs3 + "\n" + hex.EncodeToString(digest[:])))
	if !hmac.Equal(mac.Sum(nil), given) {
		return SignatureMismatch
	}
	return nil
}

// signsAll reports whether the signature covers all required headers: the host, the
// operation, and every x-acs- header of the request.
func (r *Request) signsAll(signedHeaders string) bool {
	signed := strings.Split(signedHeaders, ";")
	for _, name := range []string{"host", "x-acs-action", "x-acs-version", "x-acs-content-sha256"} {
		if !slices.Contains(signed, name) {
			return false
		}
	}
	for name := range r.header {
		if name = strings.ToLower(name); strings.HasPrefix(name, "x-acs-") && !slices.Contains(signed, name) {
			return false
		}
	}
	return true
}

func (r *Request) canonicalRequest(signedHeaders string) []byte {
	text := make([]byte, 0, 4096)
	text = append(append(append(text, r.Method...), '\n'), cmp.Or(r.path, "/")...)
	text = append(text, '\n')
	text = append(canonical(text, r.query, ""), '\n')
	for name := range strings.SplitSeq(signedHeaders, ";") {
		text = append(append(text, name...), ':')
		text = append(append(text, r.headerValue(name)...), '\n')
	}
	text = append(append(text, '\n'), signedHeaders...)
	return append(append(text, '\n'), r.payload...)
}

func (r *Request) headerValue(name string) string {
	if name == "host" {
		return r.host
	}
	values := slices.Clone(r.header.Values(name))
	for i := range values {
		values[i] = strings.TrimSpace(values[i])
	}
	slices.Sort(values)
	return strings.Join(values, ",")
}
