package gateway

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // the protocol's own
	"encoding/base64"
	"slices"

	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
)

// verifyHMACSHA1 checks the signature that covers all parameters.
func (r *Request) verifyHMACSHA1(secret validate.Secret) *Failure {
	switch values := r.Values; {
	case values.Get("SignatureMethod") == "":
		return Missing("SignatureMethod")
	case values.Get("SignatureMethod") != "HMAC-SHA1":
		return SignatureMethod
	case values.Get("SignatureVersion") == "":
		return Missing("SignatureVersion")
	case values.Get("SignatureVersion") != "1.0":
		return Invalid("SignatureVersion")
	case values.Get("Signature") == "":
		return Missing("Signature")
	}
	// What is decoded is encoded again, because the decoder skips line breaks and
	// ignores the last bits.
	text := r.Values.Get("Signature")
	given, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(given) != sha1.Size || base64.StdEncoding.EncodeToString(given) != text {
		return SignatureIncomplete
	}
	toSign := r.stringToSign()
	mac := hmac.New(sha1.New, []byte(secret.Reveal()+"&"))
	mac.Write(toSign)
	if hmac.Equal(mac.Sum(nil), given) {
		return nil
	}
	return r.mismatch(toSign)
}

func (r *Request) stringToSign() []byte {
	text := canonical(make([]byte, 0, 1024), slices.Concat(r.query, r.form), "Signature")
	toSign := make([]byte, 0, len(r.Method)+5+len(text)+len(text)/2)
	toSign = append(append(toSign, r.Method...), "&%2F&"...)
	return appendEncoded(toSign, text)
}

// longestTold is in bytes: more than a certificate and its chain take, encoded twice.
const longestTold = 256 << 10

// mismatch tells the client the string that was signed here, as the vendor does:
// the clients compare it with theirs. It has all parameters in it, so it is left
// out where one of them may be a secret, and where it is very long.
func (r *Request) mismatch(toSign []byte) *Failure {
	if len(toSign) > longestTold {
		return SignatureMismatch
	}
	for _, p := range slices.Concat(r.query, r.form) {
		if p.name != "Signature" && (redact.Parameter(p.name) || r.Hides(p.name) || r.Hides(p.value)) {
			return SignatureMismatch
		}
	}
	f := *SignatureMismatch
	f.Message += " server string to sign is:" + string(toSign)
	return &f
}
