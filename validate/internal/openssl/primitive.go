package openssl

import (
	"unicode/utf8"
)

// What asn1_ex_c2i demands of the content of primitive types. Of other types it
// takes any content.

// isInteger: one byte at least, and no padding.
func isInteger(content []byte) bool {
	if len(content) < 2 {
		return len(content) == 1
	}
	return (content[0] != 0 || content[1] >= 0x80) && (content[0] != 0xff || content[1] < 0x80)
}

// isBitString: a count of unused bits, at most 7. Nobody minds what they are.
func isBitString(content []byte) bool { return len(content) > 0 && content[0] <= 7 }

// isBitStringInPieces: a BIT STRING in BER's constructed form, whose pieces are put
// together as they are, whatever they are. This is the one place where such a form passes:
// Go takes any unique identifier, and there are some.
func isBitStringInPieces(content []byte) bool {
	const deepest = 5 // ASN1_MAX_STRING_NEST
	first, ok := firstPiece(content, deepest)
	return ok && isBitString(first)
}

// firstPiece reads the pieces of a string, and returns the first one that is not empty.
func firstPiece(content []byte, depth int) (first []byte, ok bool) {
	ok = listOf(content, func(in []byte) (rest []byte, ok bool) {
		tag, piece, rest, ok := next(in)
		if ok && tag&constructed != 0 {
			if depth == 0 {
				return nil, false
			}
			piece, ok = firstPiece(piece, depth-1)
		}
		if len(first) == 0 {
			first = piece
		}
		return rest, ok
	})
	return first, ok
}

// isOID: whole subidentifiers, none of which begins with a padding byte. They may
// be of any length.
func isOID(content []byte) bool {
	if len(content) == 0 || content[len(content)-1] >= 0x80 {
		return false
	}
	begins := true
	for _, b := range content {
		if begins && b == 0x80 {
			return false
		}
		begins = b < 0x80
	}
	return true
}

func isBoolean(content []byte) bool { return len(content) == 1 }

func isNull(content []byte) bool { return len(content) == 0 }

// isPrimitive holds the content of an element of a universal type to the rule of the
// type.
func isPrimitive(tag byte, content []byte) bool {
	const enumerated = 0x0a
	switch tag {
	case tagBoolean:
		return isBoolean(content)
	case tagInteger, enumerated:
		return isInteger(content)
	case tagBitString:
		return isBitString(content)
	case tagNull:
		return isNull(content)
	case tagOID:
		return isOID(content)
	case tagBMP:
		return len(content)%2 == 0
	case tagUniversal:
		return len(content)%4 == 0
	default:
		return true
	}
}

// anyElement reads an element of any type (ASN1_ANY). A SEQUENCE and a SET must be
// constructed, and nobody looks into them; other universal types must be primitive,
// and have content of their type. Of the other classes everything is taken.
func anyElement(in []byte) (rest []byte, ok bool) {
	tag, content, rest, ok := next(in)
	switch {
	case !ok:
		return nil, false
	case tag&classMask != 0, tag == tagSequence, tag == tagSet:
		return rest, true
	case tag&constructed != 0, tag == tagSequence&^constructed, tag == tagSet&^constructed:
		return nil, false
	default:
		return rest, isPrimitive(tag, content)
	}
}

// isText reports whether a string can be written in UTF-8, as the names of
// certificates must be to be compared.
func isText(tag byte, content []byte) bool {
	switch tag {
	case tagUTF8:
		return utf8.Valid(content)
	case tagBMP:
		return isWide(content, 2)
	case tagUniversal:
		return isWide(content, 4)
	default:
		return true
	}
}

// isWide reports whether a string of characters of so many bytes has no surrogate, and
// nothing beyond Unicode.
func isWide(content []byte, size int) bool {
	for ; len(content) >= size; content = content[size:] {
		c := uint32(0)
		for _, b := range content[:size] {
			c = c<<8 | uint32(b)
		}
		if c > utf8.MaxRune || !utf8.ValidRune(rune(c)) {
			return false
		}
	}
	return len(content) == 0
}
