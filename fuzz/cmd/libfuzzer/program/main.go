//go:build libfuzzer

// Command program is what libFuzzer drives. It is built by command libfuzzer only,
// which gives package fuzz the target.
package main

// #include <stddef.h>
import "C"

import (
	"bytes"
	"unsafe"

	"github.com/alicert/alicert/fuzz"
)

var target = fuzz.LibFuzzerTarget()

// LLVMFuzzerTestOneInput runs one input.
//
//export LLVMFuzzerTestOneInput
func LLVMFuzzerTestOneInput(data *C.char, size C.size_t) C.int {
	target(bytes.Clone(unsafe.Slice((*byte)(unsafe.Pointer(data)), int(size))))
	return 0
}

func main() {}
