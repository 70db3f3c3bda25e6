package openssl

// An Extension is one that OpenSSL decodes of the certificate that a server loads,
// the first of a file. SSL_CTX_use_certificate refuses the certificate ("invalid
// certificate") if one of them does not decode.
type Extension uint8

// The extensions, in the order in which OpenSSL decodes them. It decodes extended key
// usage and subject key identifier too; Go does as much. Nobody who loads a certificate
// decodes any other.
const (
	BasicConstraints Extension = iota + 1
	ProxyCertInfo
	KeyUsage
	NetscapeCertType
	AuthorityKeyIdentifier
	SubjectAltName
	NameConstraints
	CRLDistributionPoints
	IPAddressBlocks
	AutonomousSystems
)

// extensionOf names an extension by the content of its object identifier, 0 if it is
// none of the above.
func extensionOf(oid []byte) Extension {
	switch string(oid) {
	case "\x55\x1d\x13":
		return BasicConstraints
	case "\x2b\x06\x01\x05\x05\x07\x01\x0e":
		return ProxyCertInfo
	case "\x55\x1d\x0f":
		return KeyUsage
	case "\x60\x86\x48\x01\x86\xf8\x42\x01\x01":
		return NetscapeCertType
	case "\x55\x1d\x23":
		return AuthorityKeyIdentifier
	case "\x55\x1d\x11":
		return SubjectAltName
	case "\x55\x1d\x1e":
		return NameConstraints
	case "\x55\x1d\x1f":
		return CRLDistributionPoints
	case "\x2b\x06\x01\x05\x05\x07\x01\x07":
		return IPAddressBlocks
	case "\x2b\x06\x01\x05\x05\x07\x01\x08":
		return AutonomousSystems
	default:
		return 0
	}
}

// NetscapeTypes returns the first eight bits of a Netscape certificate type. Bytes behind
// the BIT STRING are passed over; bits that it calls unused are not set.
func NetscapeTypes(value []byte) (bits byte, ok bool) {
	content, _, ok := element(value, tagBitString)
	if !ok || !isBitString(content) {
		return 0, false
	}
	switch unused := content[0]; len(content) {
	case 1:
		return 0, true
	case 2:
		return content[1] & (0xff << unused), true
	default:
		return content[1], true
	}
}

// decodes reports whether the value of an extension decodes. Bytes behind the
// outermost element are passed over.
func (x Extension) decodes(value []byte) bool {
	switch x {
	case KeyUsage:
		bits, _, ok := element(value, tagBitString)
		return ok && isBitString(bits) && !noBits(bits)
	case NetscapeCertType:
		_, ok := NetscapeTypes(value)
		return ok
	default: // a SEQUENCE
	}
	content, _, ok := element(value, tagSequence)
	if !ok {
		return false
	}
	switch x {
	case BasicConstraints:
		return basicConstraints(content)
	case ProxyCertInfo:
		return proxyCertInfo(content)
	case AuthorityKeyIdentifier:
		return authorityKeyIdentifier(content)
	case SubjectAltName:
		return generalNames(content)
	case NameConstraints:
		return nameConstraints(content)
	case CRLDistributionPoints:
		return listOf(content, distributionPoint)
	case IPAddressBlocks:
		return listOf(content, addressFamily)
	case AutonomousSystems:
		return autonomousSystems(content)
	default:
		return true
	}
}

// noBits reports whether no bit is set, of the first nine, which have a meaning.
func noBits(bits []byte) bool {
	bits, unused := bits[1:], bits[0]
	for i, b := range bits {
		if i == len(bits)-1 {
			b &= 0xff << unused
		}
		if b != 0 && i < 2 {
			return false
		}
	}
	return true
}

// BASIC_CONSTRAINTS: an optional BOOLEAN and an optional INTEGER, which must not be
// negative.
func basicConstraints(content []byte) bool {
	content, ok := optional(content, tagBoolean, isBoolean)
	if !ok || len(content) == 0 {
		return ok
	}
	length, ok := whole(content, tagInteger)
	return ok && isInteger(length) && length[0] < 0x80
}

// PROXY_CERT_INFO_EXTENSION: an optional INTEGER, and a policy, which is a language
// and an optional OCTET STRING.
func proxyCertInfo(content []byte) bool {
	content, ok := optional(content, tagInteger, isInteger)
	if !ok {
		return false
	}
	policy, ok := whole(content, tagSequence)
	if !ok {
		return false
	}
	language, policy, ok := element(policy, tagOID)
	if !ok || !isOID(language) {
		return false
	}
	policy, ok = optional(policy, tagOctetString, anyContent)
	return ok && len(policy) == 0
}

// AUTHORITY_KEYID: an optional OCTET STRING, optional names, and an optional INTEGER.
func authorityKeyIdentifier(content []byte) bool {
	content, ok := optional(content, context0, anyContent)
	if !ok {
		return false
	}
	if content, ok = optional(content, explicit|1, generalNames); !ok {
		return false
	}
	content, ok = optional(content, context|2, isInteger)
	return ok && len(content) == 0
}

// NAME_CONSTRAINTS: an optional list of subtrees that are permitted, and one of those
// that are not.
func nameConstraints(content []byte) bool {
	content, ok := optional(content, explicit0, generalSubtrees)
	if !ok {
		return false
	}
	content, ok = optional(content, explicit|1, generalSubtrees)
	return ok && len(content) == 0
}

func generalSubtrees(content []byte) bool { return listOf(content, generalSubtree) }

// GENERAL_SUBTREE: a name and two optional INTEGERs.
func generalSubtree(in []byte) (rest []byte, ok bool) {
	content, rest, ok := element(in, tagSequence)
	if !ok {
		return nil, false
	}
	if content, ok = generalName(content); !ok {
		return nil, false
	}
	if content, ok = optional(content, context0, isInteger); !ok {
		return nil, false
	}
	content, ok = optional(content, context|1, isInteger)
	return rest, ok && len(content) == 0
}

// DIST_POINT: an optional name under an explicit tag, optional reasons, and an
// optional list of issuers. setup_dp demands a name, or at least one issuer.
func distributionPoint(in []byte) (rest []byte, ok bool) {
	content, rest, ok := element(in, tagSequence)
	if !ok {
		return nil, false
	}
	named := begins(content, explicit0)
	if content, ok = optional(content, explicit0, distributionPointName); !ok {
		return nil, false
	}
	if content, ok = optional(content, context|1, isBitString); !ok {
		return nil, false
	}
	if begins(content, explicit|2) {
		issuers, more, ok := element(content, explicit|2)
		if !ok || !generalNames(issuers) {
			return nil, false
		}
		content, named = more, named || len(issuers) > 0
	}
	return rest, named && len(content) == 0
}

// DIST_POINT_NAME: names, or a relative name.
func distributionPointName(content []byte) bool {
	tag, names, rest, ok := next(content)
	if !ok || len(rest) > 0 {
		return false
	}
	switch tag {
	case explicit0:
		return generalNames(names)
	case explicit | 1:
		return listOf(names, attribute)
	default:
		return false
	}
}

// IPAddressFamily: an OCTET STRING, and NULL or a list of prefixes and ranges.
func addressFamily(in []byte) (rest []byte, ok bool) {
	content, rest, ok := element(in, tagSequence)
	if !ok {
		return nil, false
	}
	_, content, ok = element(content, tagOctetString)
	return rest, ok && inheritOrList(content, tagBitString, isBitString)
}

// ASIdentifiers: two optional choices of NULL or a list of numbers and ranges.
func autonomousSystems(content []byte) bool {
	numbers := func(content []byte) bool { return inheritOrList(content, tagInteger, isInteger) }
	content, ok := optional(content, explicit0, numbers)
	if !ok {
		return false
	}
	content, ok = optional(content, explicit|1, numbers)
	return ok && len(content) == 0
}

// inheritOrList reads NULL, or a SEQUENCE of elements and of SEQUENCEs of two of them.
func inheritOrList(content []byte, tag byte, rule func([]byte) bool) bool {
	if null, ok := whole(content, tagNull); ok {
		return isNull(null)
	}
	list, ok := whole(content, tagSequence)
	one := func(in []byte) (rest []byte, ok bool) {
		content, rest, ok := element(in, tag)
		return rest, ok && rule(content)
	}
	return ok && listOf(list, func(in []byte) (rest []byte, ok bool) {
		if !begins(in, tagSequence) {
			return one(in)
		}
		pair, rest, ok := element(in, tagSequence)
		for range 2 {
			if ok {
				pair, ok = one(pair)
			}
		}
		return rest, ok && len(pair) == 0
	})
}
