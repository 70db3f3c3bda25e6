// Package statekey writes values into canonical texts, by which exploring tells
// states apart. Every value has a known end, so different sequences of values of the
// same types have different bytes.
package statekey

import "encoding/binary"

// Text appends texts, each after its length.
func Text(b []byte, texts ...string) []byte {
	for _, text := range texts {
		b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
	}
	return b
}

// Number appends numbers.
func Number[N int | int64](b []byte, numbers ...N) []byte {
	for _, n := range numbers {
		b = binary.AppendVarint(b, int64(n))
	}
	return b
}

// Bits appends up to eight bits as one byte.
func Bits(b []byte, bits ...bool) []byte {
	var sum byte
	for i, bit := range bits {
		if bit {
			sum |= 1 << i
		}
	}
	return append(b, sum)
}
