package openssl

// name reads a Name: a SEQUENCE of SETs of attributes (X509_NAME). OpenSSL writes
// every text in UTF-8, to compare names, and refuses a name where that fails.
func name(in []byte) (rest []byte, ok bool) {
	const longest = 1 << 20 // bytes: X509_NAME_MAX
	content, rest, ok := element(in, tagSequence)
	return rest, ok && len(in)-len(rest) <= longest && listOf(content, relativeName)
}

func relativeName(in []byte) (rest []byte, ok bool) {
	content, rest, ok := element(in, tagSet)
	return rest, ok && listOf(content, attribute)
}

// attribute reads a type and a value, nothing else (X509_NAME_ENTRY). The value is of
// ASN1_PRINTABLE.
func attribute(in []byte) (rest []byte, ok bool) {
	content, rest, ok := element(in, tagSequence)
	if !ok {
		return nil, false
	}
	oid, value, ok := element(content, tagOID)
	if !ok || !isOID(oid) {
		return nil, false
	}
	tag, text, more, ok := next(value)
	return rest, ok && len(more) == 0 && isPrintableType(tag) && isPrimitive(tag, text) && isText(tag, text)
}

// isPrintableType reports whether a tag is of B_ASN1_PRINTABLE: the string types but
// for VideotexString, GraphicString, VisibleString and GeneralString, BIT STRING, a
// SEQUENCE, and the types that it calls unknown.
func isPrintableType(tag byte) bool {
	switch tag {
	case tagBitString, tagUTF8, 0x12, tagPrintable, tagT61, tagIA5, tagUniversal, tagBMP, tagSequence, // NumericString
		0x07, 0x08, 0x09, 0x0b, 0x0d, 0x0e, 0x0f, 0x1d: // unknown
		return true
	default:
		return false
	}
}

// directoryString reads a DirectoryString under an explicit tag.
func directoryString(content []byte) bool {
	tag, text, rest, ok := next(content)
	if !ok || len(rest) > 0 {
		return false
	}
	switch tag {
	case tagPrintable, tagT61, tagUTF8, tagUniversal, tagBMP:
		return isPrimitive(tag, text)
	default:
		return false
	}
}

// generalName reads a GeneralName (GENERAL_NAME): otherName is a type and one value,
// directoryName is read through, registeredID is an object identifier, an
// ediPartyName has texts. Nobody looks into the others.
func generalName(in []byte) (rest []byte, ok bool) {
	tag, content, rest, ok := next(in)
	if !ok {
		return nil, false
	}
	switch tag {
	case explicit0: // otherName
		oid, value, found := element(content, tagOID)
		ok = found && isOID(oid) && isOnly(value, explicit0, anyElement)
	case context | 1, context | 2, context | 6, context | 7, explicit | 3: // e-mail, DNS, URI, address; X.400
	case explicit | 4: // directoryName
		more, found := name(content)
		ok = found && len(more) == 0
	case explicit | 5: // ediPartyName
		content, ok = optional(content, explicit0, directoryString)
		if ok {
			content, ok = whole(content, explicit|1)
		}
		ok = ok && directoryString(content)
	case context | 8: // registeredID
		ok = isOID(content)
	default:
		ok = false
	}
	return rest, ok
}

// isOnly reports whether there is one element of the given tag, and in it one that is
// read, and nothing else in either place.
func isOnly(in []byte, tag byte, read func([]byte) (rest []byte, ok bool)) bool {
	content, ok := whole(in, tag)
	if !ok {
		return false
	}
	rest, ok := read(content)
	return ok && len(rest) == 0
}

func generalNames(content []byte) bool { return listOf(content, generalName) }
