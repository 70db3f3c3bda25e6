package fakecloud

import (
	"errors"
	"fmt"
	"sync"

	"github.com/alicert/alicert/model/fakecloud/internal/store"
)

// FailKeeping has nothing kept from now on, for a reason; nil: it is kept again.
func (c *Cloud) FailKeeping(reason error) {
	k := c.engine.keeper
	c.engine.mu.Lock()
	defer c.engine.mu.Unlock()
	k.update = k.store.Update
	if reason != nil {
		k.update = func(change func(*store.Tx) error) error {
			return k.store.Update(func(tx *store.Tx) error { return errors.Join(change(tx), reason) })
		}
	}
}

// GuardUpdates has the store changed only while a lock can be had.
func (c *Cloud) GuardUpdates(mu *sync.Mutex) {
	k := c.engine.keeper
	c.engine.mu.Lock()
	defer c.engine.mu.Unlock()
	k.update = func(change func(*store.Tx) error) error {
		mu.Lock()
		defer mu.Unlock()
		return k.store.Update(change)
	}
}

// Times returns the times of now, as text.
func (c *Cloud) Times() string { return fmt.Sprint(c.engine.settled().times) }

// Texts returns how many texts of certificates are kept.
func (c *Cloud) Texts() int { return len(c.engine.keeper.texts) }

// Nonces returns how many nonces are kept.
func (c *Cloud) Nonces() int {
	kept := c.engine.keeper.nonces
	return int(kept.next - kept.first)
}

// OperationNames returns the names of all operations.
func OperationNames() []string { return operationNames() }

// VersionOf returns a version that an operation is called with; one that is not
// known here has none of its own.
func VersionOf(action string) string {
	if op, known := operations[action]; known {
		return op.product.versions[0]
	}
	return albProduct.versions[0]
}
