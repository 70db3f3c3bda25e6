//go:build !openssl || !cgo

package contend

// openssl has no contender: build with -tags openssl and OpenSSL's headers.
func openssl() []Contender { return nil }
