package openssl

// The tags of ASN.1 types that occur. A tag is the first byte of an element, so it
// holds the class and whether the element is constructed.
const (
	tagBoolean     = 0x01
	tagInteger     = 0x02
	tagBitString   = 0x03
	tagOctetString = 0x04
	tagNull        = 0x05
	tagOID         = 0x06
	tagUTF8        = 0x0c
	tagPrintable   = 0x13
	tagT61         = 0x14
	tagIA5         = 0x16
	tagUniversal   = 0x1c
	tagBMP         = 0x1e
	tagSequence    = 0x30
	tagSet         = 0x31

	numberMask  = 0x1f // of a tag; all bits set stand for a number in more bytes
	constructed = 0x20
	classMask   = 0xc0
	context     = 0x80 // and a number: an implicit tag of a primitive type
	explicit    = context | constructed
	context0    = context // of the number 0
	explicit0   = explicit
)

// next reads the element at the front of some bytes. Lengths are those of DER: what
// OpenSSL reads of BER beyond that, a certificate must not have, and Go refuses it in
// nearly every place.
func next(in []byte) (tag byte, content, rest []byte, ok bool) {
	if len(in) < 2 {
		return 0, nil, nil, false
	}
	tag, in = in[0], in[1:]
	if tag&numberMask == numberMask {
		if in, ok = skipNumber(in); !ok || len(in) == 0 {
			return 0, nil, nil, false
		}
	}
	n := int(in[0])
	in = in[1:]
	if n >= 0x80 {
		size := n & 0x7f
		if size == 0 || size > 3 || size > len(in) || in[0] == 0 {
			return 0, nil, nil, false
		}
		n = 0
		for _, b := range in[:size] {
			n = n<<8 | int(b)
		}
		if in = in[size:]; n < 0x80 {
			return 0, nil, nil, false
		}
	}
	if n > len(in) {
		return 0, nil, nil, false
	}
	return tag, in[:n], in[n:], true
}

// skipNumber reads the bytes of a tag's number that does not fit the first.
func skipNumber(in []byte) (rest []byte, ok bool) {
	const longest = 4 // bytes
	for i, b := range in {
		if i == longest {
			break
		}
		if b < 0x80 {
			return in[i+1:], true
		}
	}
	return nil, false
}

// element reads an element of the given tag.
func element(in []byte, tag byte) (content, rest []byte, ok bool) {
	got, content, rest, ok := next(in)
	return content, rest, ok && got == tag
}

// whole reads an element of the given tag that nothing follows.
func whole(in []byte, tag byte) (content []byte, ok bool) {
	content, rest, ok := element(in, tag)
	return content, ok && len(rest) == 0
}

// begins reports whether an element of the given tag is next.
func begins(in []byte, tag byte) bool { return len(in) > 0 && in[0] == tag }

// listOf reports whether the content of an element is a list of elements, which may
// be empty.
func listOf(in []byte, read func([]byte) (rest []byte, ok bool)) bool {
	ok := true
	for len(in) > 0 && ok {
		if isEndOfContents(in) {
			return false
		}
		in, ok = read(in)
	}
	return ok
}

// isEndOfContents reports whether the element is next that ends what has an indefinite
// length. Among the elements of anything else it is an error, even of any type.
func isEndOfContents(in []byte) bool { return len(in) >= 2 && in[0] == 0 && in[1] == 0 }

// optional reads an element that may be absent, and holds its content to a rule.
func optional(in []byte, tag byte, rule func([]byte) bool) (rest []byte, ok bool) {
	if !begins(in, tag) {
		return in, true
	}
	content, rest, ok := element(in, tag)
	return rest, ok && rule(content)
}

func anyContent([]byte) bool { return true }
