package fastpath

import "bytes"

// An extension is one that is recognized.
type extension uint8

const (
	subjectKeyID extension = iota + 1
	keyUsage
	subjectAltName
	basicConstraints
	crlDistribution
	policies
	authorityKeyID
	extKeyUsage
	authorityInfo
	netscapeType
	opaque // TLS servers do not read it
)

// which names an extension by its object identifier, 0 if it is not recognized.
func which(oid []byte) extension {
	switch string(oid) {
	case "\x55\x1d\x0e":
		return subjectKeyID
	case "\x55\x1d\x0f":
		return keyUsage
	case "\x55\x1d\x11":
		return subjectAltName
	case "\x55\x1d\x13":
		return basicConstraints
	case "\x55\x1d\x1f":
		return crlDistribution
	case "\x55\x1d\x20":
		return policies
	case "\x55\x1d\x23":
		return authorityKeyID
	case "\x55\x1d\x25":
		return extKeyUsage
	case "\x2b\x06\x01\x05\x05\x07\x01\x01":
		return authorityInfo
	case "\x60\x86\x48\x01\x86\xf8\x42\x01\x01":
		return netscapeType
	case "\x2b\x06\x01\x05\x05\x07\x01\x03", // qualified-certificate statements
		"\x2b\x06\x01\x05\x05\x07\x01\x0c",     // logotype
		"\x2b\x06\x01\x05\x05\x07\x01\x18",     // TLS feature
		"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x0f", // S/MIME capabilities
		"\x60\x86\x48\x01\x86\xf8\x42\x01\x0d": // Netscape comment
		return opaque
	}
	const enterprise, forum = "\x2b\x06\x01\x04\x01", "\x67\x81\x0c" // timestamps, templates; CA/Browser Forum
	if isOID(oid) && (hasPrefix(oid, enterprise) || hasPrefix(oid, forum)) {
		return opaque
	}
	return 0
}

func hasPrefix(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && string(b[:len(prefix)]) == prefix
}

// readExtensions reads the extensions, which follow the public key. server says that
// they allow a TLS server.
func readExtensions(in []byte) (server, ok bool) {
	server = true
	if len(in) == 0 {
		return server, true
	}
	in, ok = whole(in, tagConstructed|3)
	if !ok {
		return false, false
	}
	list, ok := whole(in, tagSequence)
	if !ok || len(list) == 0 {
		return false, false
	}
	var seen [24][]byte
	for n := 0; len(list) > 0; n++ {
		var one []byte
		if one, list, ok = element(list, tagSequence); !ok || n == len(seen) {
			return false, false
		}
		oid, rest, ok := element(one, tagOID)
		if !ok {
			return false, false
		}
		const isCritical = "\x01\x01\xff"
		critical := len(rest) > len(isCritical) && string(rest[:len(isCritical)]) == isCritical
		if critical {
			rest = rest[len(isCritical):]
		}
		value, ok := whole(rest, tagOctetString)
		id := which(oid)
		if !ok || id == 0 || contains(seen[:n], oid) {
			return false, false
		}
		seen[n] = oid
		allows, ok := readExtension(id, critical, value)
		if !ok {
			return false, false
		}
		server = server && allows
	}
	return server, true
}

// readExtension reads the value of one extension. server says that it
// allows a TLS server.
func readExtension(id extension, critical bool, value []byte) (server, ok bool) {
	switch id {
	case keyUsage:
		return readKeyUsage(value)
	case extKeyUsage:
		return readExtKeyUsage(value)
	case netscapeType:
		const sslServer = 0x40
		bits, ok := readBits(value)
		return bits&sslServer != 0, ok
	case subjectAltName, crlDistribution:
		ok = isListOf(id, value)
	case basicConstraints:
		ok = isBasicConstraints(value)
	case policies:
		ok = isPolicies(value)
	case authorityKeyID:
		ok = !critical && isAuthorityKeyID(value)
	case subjectKeyID:
		_, ok = whole(value, tagOctetString)
		ok = ok && !critical
	case authorityInfo:
		ok = !critical && isListOf(id, value)
	default:
		ok = !critical
	}
	return true, ok
}

// isListOf reports whether a value is a SEQUENCE of at least one of the elements
// that the extension is made of. They are not read through a func, because its
// arguments would escape to the heap.
func isListOf(id extension, value []byte) bool {
	list, ok := whole(value, tagSequence)
	if !ok || len(list) == 0 {
		return false
	}
	for len(list) > 0 && ok {
		switch id {
		case subjectAltName:
			list, ok = generalName(list)
		case crlDistribution:
			list, ok = distributionPoint(list)
		default:
			list, ok = accessDescription(list)
		}
	}
	return ok
}

func readKeyUsage(value []byte) (server, ok bool) {
	const tls = 0x80 | 0x20 | 0x08 // digitalSignature, keyEncipherment, keyAgreement
	bits, ok := readBits(value)
	return bits&tls != 0, ok && bits != 0
}

// readBits returns the first eight of a BIT STRING of up to sixteen.
func readBits(value []byte) (bits byte, ok bool) {
	content, ok := whole(value, tagBitString)
	if !ok || len(content) < 2 || len(content) > 3 || content[0] > 7 {
		return 0, false
	}
	padding := content[len(content)-1] & (1<<content[0] - 1)
	return content[1], padding == 0
}

func readExtKeyUsage(value []byte) (server, ok bool) {
	list, ok := whole(value, tagSequence)
	if !ok || len(list) == 0 {
		return false, false
	}
	for len(list) > 0 {
		var oid []byte
		if oid, list, ok = element(list, tagOID); !ok || !isOID(oid) {
			return false, false
		}
		server = server || string(oid) == "\x2b\x06\x01\x05\x05\x07\x03\x01"
	}
	return server, true
}

// The tags of alternative names.
const (
	tagDNS     = tagContext | 2
	tagAddress = tagContext | 7
)

// generalName takes DNS names, e-mail and IP addresses, and names of directories.
func generalName(in []byte) (rest []byte, ok bool) {
	const email, directory = tagContext | 1, tagConstructed | 4
	tag := in[0]
	content, rest, ok := element(in, tag)
	if !ok {
		return nil, false
	}
	switch tag {
	case email, tagDNS:
		return rest, isASCII(content)
	case tagAddress:
		return rest, len(content) == 4 || len(content) == 16
	case directory:
		return rest, isName(content)
	default:
		return nil, false
	}
}

func isBasicConstraints(value []byte) bool {
	content, ok := whole(value, tagSequence)
	if !ok || len(content) == 0 {
		return ok
	}
	const isCA, isNone = "\x01\x01\xff", "\x01\x01\x00" // the latter is the default, but some write it
	if string(content) == isNone {
		return true
	}
	if len(content) < len(isCA) || string(content[:len(isCA)]) != isCA {
		return false
	}
	if content = content[len(isCA):]; len(content) == 0 {
		return true
	}
	length, ok := whole(content, tagInteger)
	return ok && len(length) == 1 && length[0] < 0x80
}

// distributionPoint takes one with a full name of URIs, and nothing else.
func distributionPoint(in []byte) (rest []byte, ok bool) {
	point, rest, ok := element(in, tagSequence)
	if !ok {
		return nil, false
	}
	if point, ok = whole(point, tagConstructed); !ok {
		return nil, false
	}
	names, ok := whole(point, tagConstructed)
	if !ok || len(names) == 0 {
		return nil, false
	}
	for len(names) > 0 {
		var uri []byte
		if uri, names, ok = element(names, tagContext|6); !ok || !isASCII(uri) {
			return nil, false
		}
	}
	return rest, true
}

// isPolicies reads a list of policies, each once. TLS servers do not read
// the qualifiers.
func isPolicies(value []byte) bool {
	list, ok := whole(value, tagSequence)
	if !ok || len(list) == 0 {
		return false
	}
	var seen [8][]byte
	for n := 0; len(list) > 0; n++ {
		var one []byte
		if one, list, ok = element(list, tagSequence); !ok || n == len(seen) {
			return false
		}
		oid, qualifiers, ok := element(one, tagOID)
		if !ok || !isOID(oid) {
			return false
		}
		if len(qualifiers) > 0 {
			if _, ok := whole(qualifiers, tagSequence); !ok {
				return false
			}
		}
		if contains(seen[:n], oid) {
			return false
		}
		seen[n] = oid
	}
	return true
}

func contains(list [][]byte, one []byte) bool {
	for _, other := range list {
		if bytes.Equal(one, other) {
			return true
		}
	}
	return false
}

// isAuthorityKeyID takes one with a key identifier, an issuer's name and serial
// number, or both.
func isAuthorityKeyID(value []byte) bool {
	content, ok := whole(value, tagSequence)
	if !ok || len(content) == 0 {
		return false
	}
	if _, rest, has := element(content, tagContext); has {
		content = rest
	}
	if len(content) == 0 {
		return true
	}
	names, content, ok := element(content, tagConstructed|1)
	if !ok {
		return false
	}
	if names, ok = whole(names, tagConstructed|4); !ok || !isName(names) {
		return false
	}
	serial, ok := whole(content, tagContext|2)
	return ok && isSerial(serial)
}

// accessDescription takes one with a URI.
func accessDescription(in []byte) (rest []byte, ok bool) {
	one, rest, ok := element(in, tagSequence)
	if !ok {
		return nil, false
	}
	method, location, ok := element(one, tagOID)
	if !ok || !isOID(method) {
		return nil, false
	}
	uri, ok := whole(location, tagContext|6)
	return rest, ok && isASCII(uri)
}
