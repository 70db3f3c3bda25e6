package gateway

import (
	"crypto/subtle"
	"net/url"
	"strings"

	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
)

// Key is an access key.
type Key struct {
	ID     string
	Secret validate.Secret

	// SecurityToken makes the key a temporary one, as STS issues them: requests must send
	// the token. A table may have an id with and without a token.
	SecurityToken validate.Secret

	Disabled bool
}

// Keys is a table of access keys by id.
type Keys map[string][]Key

// NewKeys returns a table of the keys.
func NewKeys(keys ...Key) Keys {
	table := Keys{}
	for _, k := range keys {
		table[k.ID] = append(table[k.ID], k)
	}
	return table
}

// find returns the key with an id and a token. token is "" for a request without one.
func (keys Keys) find(id, token string) (Key, *Failure) {
	candidates := keys[id]
	if len(candidates) == 0 {
		return Key{}, KeyNotFound
	}
	for _, k := range candidates {
		switch {
		case subtle.ConstantTimeCompare([]byte(k.SecurityToken.Reveal()), []byte(token)) == 0:
		case k.Disabled:
			return Key{}, KeyInactive
		default:
			return k, nil
		}
	}
	if token == "" {
		return Key{}, Missing("SecurityToken")
	}
	return Key{}, TokenMismatch
}

// shortestSecret is the shortest secret that is searched for inside other texts, in
// bytes. A shorter one must be the whole text.
const shortestSecret = 8

// hold reports whether a text contains a secret or a security token of the table, plain
// or percent-encoded up to twice.
func (keys Keys) hold(text string) bool {
	for range 3 {
		for _, candidates := range keys {
			for _, k := range candidates {
				if holds(text, k.Secret) || holds(text, k.SecurityToken) {
					return true
				}
			}
		}
		decoded, err := url.PathUnescape(text)
		if err != nil || decoded == text {
			return false
		}
		text = decoded
	}
	return false
}

func holds(text string, secret validate.Secret) bool {
	s := secret.Reveal()
	return s != "" && (text == s || len(s) >= shortestSecret && strings.Contains(text, s))
}

// Hides reports whether a text of the request may be a secret, which no answer and no
// record may repeat. It looks at the content of the text and at the secrets of the table
// of keys.
func (r *Request) Hides(text string) bool { return redact.Is(text) || r.Keys.hold(text) }
