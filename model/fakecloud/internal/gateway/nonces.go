package gateway

import (
	"crypto/sha256"
	"sync"
)

// maxNonces is how many nonces are remembered; the oldest are forgotten first.
// They are known by digests of 16 bytes, so all of them take a few megabytes.
const maxNonces = 1 << 17

// maxNonce is the longest nonce, in bytes.
const maxNonce = 256

// nonces remembers which were used.
type nonces struct {
	mu    sync.Mutex
	used  map[[16]byte]struct{}
	order [][16]byte // a ring, once it is full
	next  int
}

// use reports whether the nonce of a key was not used before, and remembers it.
func (n *nonces) use(key, nonce string) bool {
	sum := sha256.Sum256([]byte(key + "\x00" + nonce))
	id := [16]byte(sum[:16])
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, used := n.used[id]; used {
		return false
	}
	if n.used == nil {
		n.used = map[[16]byte]struct{}{}
	}
	if len(n.order) < maxNonces {
		n.order = append(n.order, id)
	} else {
		delete(n.used, n.order[n.next])
		n.order[n.next] = id
		n.next = (n.next + 1) % maxNonces
	}
	n.used[id] = struct{}{}
	return true
}
