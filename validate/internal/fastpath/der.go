package fastpath

// The tags that occur.
const (
	tagBoolean      = 0x01
	tagInteger      = 0x02
	tagBitString    = 0x03
	tagOctetString  = 0x04
	tagOID          = 0x06
	tagUTF8         = 0x0c
	tagPrintable    = 0x13
	tagIA5          = 0x16
	tagUTCTime      = 0x17
	tagGeneralized  = 0x18
	tagSequence     = 0x30
	tagSet          = 0x31
	tagContext      = 0x80 // and a number
	tagConstructed  = 0xa0 // context-specific, and a number
	longestSubID    = 4    // bytes; Go reads no more
	longestSerial   = 21   // bytes: 20 (RFC 5280) and the sign
	longestExponent = 4    // bytes
)

// element reads the element with the given tag off the front. Lengths are those
// of DER, below 64 KiB. It is not cryptobyte because it stores nothing through a
// pointer, so its results stay on the stack.
func element(in []byte, tag byte) (content, rest []byte, ok bool) {
	if len(in) < 2 || in[0] != tag {
		return nil, nil, false
	}
	n, in := int(in[1]), in[2:]
	switch {
	case n < 0x80:
	case n == 0x81 && len(in) > 0 && in[0] >= 0x80:
		n, in = int(in[0]), in[1:]
	case n == 0x82 && len(in) > 1 && in[0] != 0:
		n, in = int(in[0])<<8|int(in[1]), in[2:]
	default:
		return nil, nil, false
	}
	if n > len(in) {
		return nil, nil, false
	}
	return in[:n], in[n:], true
}

// whole reads an element that nothing follows.
func whole(in []byte, tag byte) (content []byte, ok bool) {
	content, rest, ok := element(in, tag)
	return content, ok && len(rest) == 0
}

// positive reads an INTEGER above zero and returns it without a sign byte.
func positive(in []byte) (magnitude, rest []byte, ok bool) {
	content, rest, ok := element(in, tagInteger)
	switch {
	case !ok || len(content) == 0 || content[0] >= 0x80:
		return nil, nil, false
	case content[0] != 0:
		return content, rest, true
	case len(content) == 1 || content[1] < 0x80:
		return nil, nil, false
	default:
		return content[1:], rest, true
	}
}

// octets reads a BIT STRING of whole bytes.
func octets(in []byte) (content, rest []byte, ok bool) {
	content, rest, ok = element(in, tagBitString)
	if !ok || len(content) < 2 || content[0] != 0 {
		return nil, nil, false
	}
	return content[1:], rest, true
}

// isOID reports whether the content of an OBJECT IDENTIFIER is sound.
func isOID(content []byte) bool {
	if len(content) == 0 || content[len(content)-1] >= 0x80 {
		return false
	}
	length := 0
	for _, b := range content {
		if length++; length > longestSubID || length == 1 && b == 0x80 {
			return false
		}
		if b < 0x80 {
			length = 0
		}
	}
	return true
}
