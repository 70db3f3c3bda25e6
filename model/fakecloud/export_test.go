package fakecloud

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
