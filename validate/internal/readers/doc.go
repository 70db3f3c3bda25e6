// Package readers holds what passes to what OpenSSL and Go load: its tests change
// certificates and private keys by the structure of their DER, and ask OpenSSL itself
// through a program that stays up. Run the larger test with, for example,
//
//	go test ./validate/internal/readers -run Changed -changed.certificates 2000000 -changed.keys 500000 -changed.seed 7 -timeout 0
//
// The fuzz targets do the same for as long as they run.
package readers
