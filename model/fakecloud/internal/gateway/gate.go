package gateway

import "time"

// Gate authenticates requests. It is safe for concurrent use.
type Gate struct {
	Keys Keys

	// Window is the largest difference between the time of a request and Now. 0 accepts any
	// time.
	Window time.Duration

	// Now is the clock.
	Now func() time.Time

	nonces nonces
}

// Admit checks the access key with its security token, then the time, the length of the
// nonce, the signature, and whether the nonce was used before.
func (g *Gate) Admit(r *Request) *Failure {
	id, token := r.KeyID(), r.signing("SecurityToken", "X-Acs-Security-Token")
	if id == "" {
		return Missing("AccessKeyId")
	}
	key, failure := g.Keys.find(id, token)
	if failure != nil {
		return failure
	}
	until, failure := g.checkTime(r.signing("Timestamp", "X-Acs-Date"))
	if failure != nil {
		return failure
	}
	nonce := r.signing("SignatureNonce", "X-Acs-Signature-Nonce")
	switch {
	case nonce == "":
		return Missing("SignatureNonce")
	case len(nonce) > maxNonce:
		return Invalid("SignatureNonce")
	}
	if failure := r.verify(key); failure != nil {
		return failure
	}
	if !g.nonces.use(id, nonce, g.Now().Unix(), until) {
		return NonceUsed
	}
	return nil
}

// checkTime returns when the time of a request expires, in Unix seconds. 0 means never.
func (g *Gate) checkTime(text string) (until int64, _ *Failure) {
	if text == "" {
		return 0, Missing("Timestamp")
	}
	const form = "2006-01-02T15:04:05Z"
	at, err := time.Parse(form, text)
	if err != nil || at.Format(form) != text { // Parse takes fractions of a second as well
		return 0, timeMalformed
	}
	if g.Window <= 0 {
		return 0, nil
	}
	if off := g.Now().Sub(at).Abs(); off > g.Window {
		return 0, TimeExpired
	}
	return at.Add(g.Window).Unix() + 1, nil
}

// signing returns a value that belongs to the signature: a header of an ACS3 request, a
// parameter of other requests.
func (r *Request) signing(parameter, header string) string {
	if r.isACS3() {
		return r.header.Get(header)
	}
	return r.Values.Get(parameter)
}

func (r *Request) verify(key Key) *Failure {
	if r.isACS3() {
		return r.verifyACS3(key.Secret)
	}
	return r.verifyHMACSHA1(key.Secret)
}
