package gateway

import (
	"crypto/subtle"

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
