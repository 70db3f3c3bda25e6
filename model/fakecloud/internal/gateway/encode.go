package gateway

// appendEncoded appends the percent-encoding that both signatures use: unreserved
// characters as they are, every other byte as %XX in upper case.
func appendEncoded[T string | []byte](dst []byte, text T) []byte {
	const upper = "0123456789ABCDEF"
	for i := range len(text) {
		if c := text[i]; unreserved(c) {
			dst = append(dst, c)
		} else {
			dst = append(dst, '%', upper[c>>4], upper[c&15])
		}
	}
	return dst
}

func unreserved(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	default:
		return c == '-' || c == '_' || c == '.' || c == '~'
	}
}
