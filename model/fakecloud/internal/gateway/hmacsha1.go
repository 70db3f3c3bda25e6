package gateway

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // the protocol prescribes SHA-1
	"encoding/base64"
	"slices"

	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
)

// verifyHMACSHA1 checks the signature over all parameters.
func (r *Request) verifyHMACSHA1(secret validate.Secret) *Failure {
	switch values := r.Values; {
	case values.Get("SignatureMethod") == "":
		return Missing("SignatureMethod")
	case values.Get("SignatureMethod") != "HMAC-SHA1":
		return signatureMethod
	case values.Get("SignatureVersion") == "":
		return Missing("SignatureVersion")
	case values.Get("SignatureVersion") != "1.0":
		return Invalid("SignatureVersion")
	case values.Get("Signature") == "":
		return Missing("Signature")
	}
	// The decoder skips line breaks and ignores the last bits. Encoding the result again
	// detects both.
	text := r.Values.Get("Signature")
	given, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(given) != sha1.Size || base64.StdEncoding.EncodeToString(given) != text {
		return signatureIncomplete
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

// longestTold is the largest string to sign that an answer repeats, in bytes. A
// certificate with its chain, encoded twice, is shorter.
const longestTold = 256 << 10

// mismatch returns the refusal with the string to sign, as the vendor does, because
// clients compare it with theirs. The string contains all parameters. Therefore it is
// left out if one of them may be a secret, or if it is over the limit.
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
