package fakecloud

import (
	"iter"
	"slices"
)

// SetSnapshotSize has a snapshot made after so many bytes of changes.
func (c *Cloud) SetSnapshotSize(bytes int64) {
	c.engine.mu.Lock()
	defer c.engine.mu.Unlock()
	c.engine.keeper.limit = bytes
}

// FailKeeping has nothing kept from now on.
func (c *Cloud) FailKeeping(err error) { c.engine.keeper.store.Fail(err) }

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

// Published yields the products and operations of the cloud, with a version of each.
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

// CheckPublished says what is wrong with the table of published operations.
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
	for name, op := range operations {
		found := false
		for _, p := range publishedProducts() {
			found = found || p.product == op.product.name && p.has(name) && !slices.ContainsFunc(op.product.versions, func(v string) bool { return !p.inVersion(v) })
		}
		if !found {
			faults = append(faults, name+": served, and not published")
		}
	}
	return faults
}
