//go:build js || wasip1 || plan9

package store

import "errors"

// Store cannot be had here: bbolt has no support for this system.
type Store struct{}

// Tx is an update.
type Tx struct{}

// Open returns an error.
func Open(string, []string) (*Store, error) {
	return nil, errors.New("no state can be kept on this system")
}

// Fresh reports false.
func (*Store) Fresh() bool { return false }

// Read does nothing.
func (*Store) Read(string, func(key string, value []byte) error) error { return nil }

// Update returns an error.
func (*Store) Update(func(*Tx) error) error { return ErrClosed }

// Close does nothing.
func (*Store) Close() error { return nil }

// Put does nothing.
func (*Tx) Put(string, string, []byte) error { return nil }

// Empty reports true.
func (*Tx) Empty(string) bool { return true }

// Delete does nothing.
func (*Tx) Delete(string, string) error { return nil }
