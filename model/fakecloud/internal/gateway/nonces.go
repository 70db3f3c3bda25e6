package gateway

import (
	"crypto/sha256"
	"sync"
)

// maxNonces is how many nonces are remembered; of more than that in one window the
// oldest are forgotten first. They are known by digests of 16 bytes, so all of them
// take less than 100 MB.
const maxNonces = 1 << 20

// maxNonce is the longest nonce, in bytes.
const maxNonce = 256

// Nonce is a nonce that was used.
type Nonce struct {
	ID    [16]byte // digest of it and of its key's id
	Until int64    // when its request is too old anyway, Unix seconds; 0: never
}

// nonces remembers which were used. They are numbered in the order of their use.
type nonces struct {
	mu    sync.Mutex
	used  map[[16]byte]struct{}
	list  []Nonce // in order; those before head are forgotten
	head  int
	first uint64 // number of the one at head
}

// use reports whether the nonce of a key was not used before, and remembers it
// until a time. Those whose time is over are forgotten.
func (n *nonces) use(key, nonce string, now, until int64) bool {
	sum := sha256.Sum256([]byte(key + "\x00" + nonce))
	id := [16]byte(sum[:16])
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, used := n.used[id]; used {
		return false
	}
	for n.head < len(n.list) && (len(n.used) >= maxNonces || n.list[n.head].over(now)) {
		n.forgetFirst()
	}
	n.add(Nonce{id, until})
	return true
}

func (n Nonce) over(now int64) bool { return n.Until != 0 && n.Until < now }

func (n *nonces) add(nonce Nonce) {
	if n.used == nil {
		n.used = map[[16]byte]struct{}{}
	}
	n.used[nonce.ID] = struct{}{}
	n.list = append(n.list, nonce)
}

func (n *nonces) forgetFirst() {
	delete(n.used, n.list[n.head].ID)
	n.head++
	n.first++
	if n.head > 64 && n.head > len(n.list)/2 {
		n.list = append(n.list[:0:0], n.list[n.head:]...)
		n.head = 0
	}
}

// NoncesSince returns the nonces that are remembered from a number on, the number of
// the first one that is remembered at all, and the number of the next one to come.
func (g *Gate) NoncesSince(number uint64) (since []Nonce, first, next uint64) {
	n := &g.nonces
	n.mu.Lock()
	defer n.mu.Unlock()
	list := n.list[n.head:]
	next = n.first + uint64(len(list))
	if number = max(number, n.first); number < next {
		since = append(since, list[number-n.first:]...)
	}
	return since, n.first, next
}

// RestoreNonces remembers nonces that were used before the process began, in order
// from a number on.
func (g *Gate) RestoreNonces(first uint64, used []Nonce) {
	n := &g.nonces
	n.mu.Lock()
	defer n.mu.Unlock()
	n.first = first
	for _, nonce := range used {
		n.add(nonce)
	}
}
