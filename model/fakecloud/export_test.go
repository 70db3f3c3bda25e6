package fakecloud

import (
	"errors"
	"iter"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/fakecloud/internal/store"
)

// FailUpdates makes every update of the store fail with an error, or succeed again if it
// is nil.
func (c *Cloud) FailUpdates(reason error) {
	k := c.engine.persister
	c.engine.mu.Lock()
	defer c.engine.mu.Unlock()
	k.update = k.store.Update
	if reason != nil {
		k.update = func(change func(*store.Tx) error) error {
			return k.store.Update(func(tx *store.Tx) error { return errors.Join(change(tx), reason) })
		}
	}
}

// GuardUpdates makes every update of the store hold a lock.
func (c *Cloud) GuardUpdates(mu sync.Locker) {
	k := c.engine.persister
	c.engine.mu.Lock()
	defer c.engine.mu.Unlock()
	k.update = func(change func(*store.Tx) error) error {
		mu.Lock()
		defer mu.Unlock()
		return k.store.Update(change)
	}
}

// Unsettled returns the current state, which may not be written yet.
func (c *Cloud) Unsettled() account.State { return c.engine.current.Load().state }

// Texts returns the number of stored texts of certificates.
func (c *Cloud) Texts() int { return len(c.engine.persister.texts) }

// Nonces returns the number of stored nonces.
func (c *Cloud) Nonces() int {
	kept := c.engine.persister.nonces
	return int(kept.next - kept.first)
}

// OperationNames returns the names of all operations.
func OperationNames() []string { return operationNames() }

// VersionIn returns the version of a product's operation. Product is part of the name of
// the package that has the operation, such as alb.
func VersionIn(product, action string) string {
	for _, op := range operations[action] {
		if strings.EqualFold(op.product.name, product) {
			return op.product.versions[0]
		}
	}
	return VersionOf(action)
}

// Serves reports whether fakecloud has a published operation.
func Serves(m Missing) bool {
	return slices.ContainsFunc(operations[m.Action], func(op operation) bool {
		return op.product.name == m.Product && slices.Contains(op.product.versions, m.Version)
	})
}

// VersionOf returns a version of an operation. For an unknown operation it returns the
// version of ALB.
func VersionOf(action string) string {
	for _, op := range operations[action] {
		return op.product.versions[0]
	}
	return products["Alb"].versions[0]
}

// WireName returns the name of the parameter that a field of an action holds.
func WireName(f reflect.StructField) string { return wireName(f) }

// ParameterFields returns the fields of an action that hold parameters.
func ParameterFields(action reflect.Type) []reflect.StructField { return parameterFields(action) }

// Published yields all published operations, each with a version.
func Published() iter.Seq[Missing] {
	return func(yield func(Missing) bool) {
		for _, p := range publishedProducts() {
			for _, action := range p.operations {
				if !yield(p.missing(action, "")) {
					return
				}
			}
		}
	}
}

// CheckPublished returns the faults of the table of published operations.
func CheckPublished() (faults []string) {
	labels := map[string]bool{}
	for _, p := range publishedProducts() {
		sorted := slices.Compact(slices.Sorted(slices.Values(p.operations)))
		if !slices.Equal(sorted, p.operations) || len(sorted) == 0 {
			faults = append(faults, p.product+": the operations are not sorted, or some are there twice, or there are none")
		}
		if labels[p.label] || len(p.versions) == 0 {
			faults = append(faults, p.product+": another product has its label, or it has no version")
		}
		labels[p.label] = true
	}
	for name, products := range operations {
		for _, op := range products {
			if !slices.ContainsFunc(publishedProducts(), op.isPublished) {
				faults = append(faults, name+": served, and not published")
			}
		}
	}
	return faults
}

// KeysInMemory returns the number of private keys beside the state.
func (c *Cloud) KeysInMemory() int {
	c.keys.mu.Lock()
	defer c.keys.mu.Unlock()
	return len(c.keys.byLeaf)
}

// isPublished reports whether the product has the operation in all its versions.
func (op *operation) isPublished(p *published) bool {
	return p.product == op.product.name && p.has(op.name) && !slices.ContainsFunc(op.product.versions, func(v string) bool { return !p.inVersion(v) })
}

// OperationTable returns a table in Markdown of all operations with what their answers are
// made of.
func OperationTable() string {
	var rows []string
	for name, list := range operations {
		for _, op := range list {
			rows = append(rows, strings.Join([]string{"| " + op.product.name, strings.Join(op.product.versions, ", "), "`" + name + "`", op.facts, op.madeUp + " |"}, " | "))
		}
	}
	slices.SortFunc(rows, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	return "| product | version | operation | from requests, state and published tables | made up |\n|---|---|---|---|---|\n" + strings.Join(rows, "\n") + "\n"
}
