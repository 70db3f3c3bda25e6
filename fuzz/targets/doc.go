// Package targets has the native fuzz targets that belong to no single package, with
// their seed corpora: the machines by sequence, PEM text against OpenSSL and Go,
// server usage, JSON and error codes. Its test files are all in the package itself,
// because the builder of OSS-Fuzz takes no others.
//
//	go test -fuzz '^FuzzAccount$' ./fuzz/targets
//	go run ./fuzz/cmd/fuzzall -each 1m
//	go test ./fuzz/targets -run Seeds -update
//
// The last one writes the seeds anew after inputs have changed.
package targets
