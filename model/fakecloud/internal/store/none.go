//go:build js || wasip1 || plan9

package store

import (
	"github.com/alicert/alicert/internal/bilingual"
)

// Store is unavailable on this system, because bbolt does not support it.
type Store struct{}

// Tx is an update in progress.
type Tx struct{}

// Open returns an error.
func Open(string, []string) (*Store, error) {
	return nil, bilingual.Fail("this system does not support a data directory", "此系统不支持数据目录")
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
