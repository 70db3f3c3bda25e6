//go:build !unix

package main

// outliveFileLimit has nothing to do here.
func outliveFileLimit() {}
