package fakecloud

// SetSnapshotSize has a snapshot made after so many bytes of changes.
func (c *Cloud) SetSnapshotSize(bytes int64) {
	c.engine.mu.Lock()
	defer c.engine.mu.Unlock()
	c.engine.keeper.limit = bytes
}

// FailKeeping has nothing kept from now on.
func (c *Cloud) FailKeeping(err error) { c.engine.keeper.store.Fail(err) }
