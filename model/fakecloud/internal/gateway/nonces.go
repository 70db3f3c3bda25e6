package gateway

import (
	"crypto/sha256"
	"sync"
)

// maxNonces is the largest number of stored nonces. If one window has more, the oldest
// are dropped first. Each is stored as a digest of 16 bytes, so all of them take less
// than 100 MB.
const maxNonces = 1 << 20

// maxNonce is the length of the longest accepted nonce, in bytes.
const maxNonce = 256

// Nonce is a used nonce.
type Nonce struct {
	ID    [16]byte // digest of the key id and the nonce
	Until int64    // when the time of its request expires, in Unix seconds; 0 means never
}

// nonces stores the used nonces. They are numbered in the order of their use.
type nonces struct {
	mu    sync.Mutex
	used  map[[16]byte]struct{}
	list  []Nonce // in order; entries before head are dropped
	head  int
	first uint64 // number of the nonce at head
}

// use reports whether the nonce of a key is new, and stores it until its request expires.
// It drops expired nonces.
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

// NoncesSince returns the stored nonces from a number on, the number of the first stored
// nonce, and the number that the next nonce will get.
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

// RestoreNonces stores nonces that an earlier process used. first is the number of the
// first of them.
func (g *Gate) RestoreNonces(first uint64, used []Nonce) {
	n := &g.nonces
	n.mu.Lock()
	defer n.mu.Unlock()
	n.first = first
	for _, nonce := range used {
		n.add(nonce)
	}
}
