package fastpath

import "unicode/utf8"

// name reads a Name with text in the string types in use.
func name(in []byte) (rest []byte, ok bool) {
	pairs, rest, ok := element(in, tagSequence)
	if !ok {
		return nil, false
	}
	var set []byte
	for len(pairs) > 0 {
		if set, pairs, ok = element(pairs, tagSet); !ok || len(set) == 0 {
			return nil, false
		}
		for len(set) > 0 {
			if set, ok = attribute(set); !ok {
				return nil, false
			}
		}
	}
	return rest, true
}

// isName reports whether there is a Name and nothing else.
func isName(in []byte) bool {
	rest, ok := name(in)
	return ok && len(rest) == 0
}

// attribute reads one type and its value.
func attribute(in []byte) (rest []byte, ok bool) {
	pair, rest, ok := element(in, tagSequence)
	if !ok {
		return nil, false
	}
	oid, value, ok := element(pair, tagOID)
	if !ok || !isOID(oid) || len(value) == 0 {
		return nil, false
	}
	tag := value[0]
	text, ok := whole(value, tag)
	if !ok {
		return nil, false
	}
	switch tag {
	case tagPrintable:
		ok = isPrintable(text)
	case tagUTF8:
		ok = utf8.Valid(text)
	case tagIA5:
		ok = isASCII(text)
	default:
		ok = false
	}
	return rest, ok
}

// isPrintable reports whether a text is a PrintableString to the letter. Go takes
// two characters more.
func isPrintable(text []byte) bool {
	for _, c := range text {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', '\'' <= c && c <= ')', '+' <= c && c <= '/',
			c == ' ', c == ':', c == '=', c == '?':
		default:
			return false
		}
	}
	return true
}

func isASCII(text []byte) bool {
	for _, c := range text {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
