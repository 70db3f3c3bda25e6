//go:build !openssl || !cgo

package baseline

// openssl has no baseline: build with -tags openssl and OpenSSL's headers.
func openssl() []Baseline { return nil }
