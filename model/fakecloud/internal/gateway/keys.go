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

	// SecurityToken makes it a temporary key, as STS hands them out: requests
	// must bring the token. An id may be in a table with and without one.
	SecurityToken validate.Secret

	Disabled bool
}

// Keys is a table of access keys.
type Keys map[string][]Key

// NewKeys returns a table of the keys.
func NewKeys(keys ...Key) Keys {
	table := Keys{}
	for _, k := range keys {
		table[k.ID] = append(table[k.ID], k)
	}
	return table
}

// find returns the key of an id that goes with a token, "" for none.
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

// shortestSecret is the length, in bytes, from which a secret is looked for inside
// of other texts. A shorter one is only known as the whole of a text.
const shortestSecret = 8

// hold reports whether a text has a secret or a security token of the table in it,
// as it is or percent-encoded up to twice.
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

// Hides reports whether a text that came with the request may be a secret, which
// neither an answer nor a record repeats: by its content, or because it is one that
// a key of the table signs with.
func (r *Request) Hides(text string) bool { return redact.Is(text) || r.Keys.hold(text) }
