package fastpath

// DecodeBlock returns how many bytes a text of one block has.
func DecodeBlock(text string) int {
	var scratch [longestCertificate]byte
	n, _ := decodeBlock(scratch[:], text, certificateBegin, certificateEnd)
	return n
}
