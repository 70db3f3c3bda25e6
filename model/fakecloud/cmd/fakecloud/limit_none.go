//go:build !unix

package main

// outliveFileLimit does nothing, because this system has no SIGXFSZ.
func outliveFileLimit() {}
