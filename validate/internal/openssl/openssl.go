// Package openssl states what OpenSSL 3.0 demands of a certificate and a private key
// that a TLS server loads, as far as Go demands less: SSL_CTX_use_certificate_chain_file
// and PEM_read_bio_PrivateKey. Each rule names the template of OpenSSL that it follows.
//
// What is given to it has been read by crypto/x509, or is read by it next. So there is
// no rule here for what Go refuses by itself: text that is no text in the names of the
// certificate, two extensions of one kind, numbers that are too long. Where OpenSSL
// reads BER, these rules read DER.
//
// Which part is read of which certificate:
//
//   - [Exact] of every certificate: elements behind the last one of a part, which Go
//     passes over, and the forms of names, algorithms and unique identifiers.
//   - [Extensions] and [PublicKey] of the first one only. Those of later ones are
//     nobody's when a file is loaded.
//   - [Parameters] and [Attributes] of a private key in PKCS#8 form.
package openssl

// A Certificate is taken apart: what is looked at of the first one.
type Certificate struct {
	extensions []byte // the content of the list of them
	publicKey  []byte // a SubjectPublicKeyInfo: its content
}

// Exact reads a certificate (X509): each part has its elements, and none behind
// them. ok is false if OpenSSL would not read it.
func Exact(der []byte) (c Certificate, ok bool) {
	content, ok := whole(der, tagSequence)
	if !ok {
		return c, false
	}
	tbs, content, ok := element(content, tagSequence)
	if !ok {
		return c, false
	}
	if content, ok = algorithm(content); !ok {
		return c, false
	}
	signature, ok := whole(content, tagBitString)
	if !ok || !isBitString(signature) {
		return c, false
	}
	ok = c.readTBS(tbs)
	return c, ok
}

// readTBS reads X509_CINF.
func (c *Certificate) readTBS(in []byte) (ok bool) {
	if in, ok = optional(in, explicit0, isVersion); !ok {
		return false
	}
	serial, in, ok := element(in, tagInteger)
	if !ok || !isInteger(serial) {
		return false
	}
	if in, ok = algorithm(in); !ok {
		return false
	}
	if in, ok = name(in); !ok { // issuer
		return false
	}
	period, in, ok := element(in, tagSequence)
	if !ok || !isPair(period) {
		return false
	}
	if in, ok = name(in); !ok { // subject
		return false
	}
	if c.publicKey, in, ok = element(in, tagSequence); !ok || !isPublicKeyInfo(c.publicKey) {
		return false
	}
	for n := range byte(2) { // unique identifiers of issuer and subject
		if tag := explicit | (n + 1); begins(in, tag) {
			in, ok = optional(in, tag, isBitStringInPieces)
		} else {
			in, ok = optional(in, context|(n+1), isBitString)
		}
		if !ok {
			return false
		}
	}
	if len(in) == 0 {
		return true
	}
	if in, ok = whole(in, explicit|3); !ok {
		return false
	}
	c.extensions, ok = whole(in, tagSequence)
	return ok && listOf(c.extensions, func(in []byte) (rest []byte, ok bool) {
		_, _, rest, ok = extension(in)
		return rest, ok
	})
}

func isVersion(content []byte) bool {
	version, ok := whole(content, tagInteger)
	return ok && isInteger(version)
}

// isPair reports whether there are two elements, of whatever form.
func isPair(in []byte) bool {
	for range 2 {
		var ok bool
		if _, _, in, ok = next(in); !ok {
			return false
		}
	}
	return len(in) == 0
}

// algorithm reads an AlgorithmIdentifier (X509_ALGOR): a type and an optional value.
func algorithm(in []byte) (rest []byte, ok bool) {
	content, rest, ok := element(in, tagSequence)
	if !ok {
		return nil, false
	}
	oid, parameters, ok := element(content, tagOID)
	return rest, ok && isOID(oid) && Parameters(parameters)
}

// Parameters reports whether what stands behind the type in an AlgorithmIdentifier is
// sound: nothing, or one value.
func Parameters(in []byte) bool {
	if len(in) == 0 {
		return true
	}
	rest, ok := anyElement(in)
	return ok && len(rest) == 0 && !isEndOfContents(in)
}

func isPublicKeyInfo(in []byte) bool {
	in, ok := algorithm(in)
	if !ok {
		return false
	}
	bits, ok := whole(in, tagBitString)
	return ok && isBitString(bits)
}

// extension reads an Extension (X509_EXTENSION).
func extension(in []byte) (oid, value, rest []byte, ok bool) {
	content, rest, ok := element(in, tagSequence)
	if !ok {
		return nil, nil, nil, false
	}
	oid, content, ok = element(content, tagOID)
	if !ok || !isOID(oid) {
		return nil, nil, nil, false
	}
	if content, ok = optional(content, tagBoolean, isBoolean); !ok {
		return nil, nil, nil, false
	}
	value, ok = whole(content, tagOctetString)
	return oid, value, rest, ok
}

// Extensions returns the first extension of the certificate that OpenSSL does not
// decode, or takes for invalid, 0 if there is none. A proxy certificate must have no
// alternative names, and not be a CA.
func (c Certificate) Extensions() (bad Extension) {
	var proxy, notProxy bool
	for in := c.extensions; len(in) > 0; {
		oid, value, rest, _ := extension(in)
		in = rest
		x := extensionOf(oid)
		if x != 0 && !x.decodes(value) {
			return x
		}
		const issuerAltName = "\x55\x1d\x12"
		proxy = proxy || x == ProxyCertInfo
		notProxy = notProxy || x == SubjectAltName || string(oid) == issuerAltName || x == BasicConstraints && isCA(value)
	}
	if proxy && notProxy {
		return ProxyCertInfo
	}
	return 0
}

// isCA reads basic constraints that decode.
func isCA(value []byte) bool {
	content, _, _ := element(value, tagSequence)
	flag, _, ok := element(content, tagBoolean)
	return ok && flag[0] != 0
}

// PublicKey reports whether OpenSSL decodes the certificate's public key. An
// RSAPublicKey has two numbers and nothing behind them; behind itself, bytes are
// passed over. Of other keys Go demands as much.
func (c Certificate) PublicKey() bool {
	const rsaEncryption = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"
	algorithm, in, _ := element(c.publicKey, tagSequence)
	oid, _, _ := element(algorithm, tagOID)
	bits, _, _ := element(in, tagBitString)
	if string(oid) != rsaEncryption || len(bits) == 0 {
		return true
	}
	numbers, _, ok := element(bits[1:], tagSequence)
	for range 2 {
		var number []byte
		if ok {
			number, numbers, ok = element(numbers, tagInteger)
			ok = ok && isInteger(number)
		}
	}
	return ok && len(numbers) == 0
}

// Attributes reports whether the content of the attributes of a private key in PKCS#8
// form is sound: each is a type and a SET of any values (X509_ATTRIBUTE).
func Attributes(content []byte) bool {
	return listOf(content, func(in []byte) (rest []byte, ok bool) {
		content, rest, ok := element(in, tagSequence)
		if !ok {
			return nil, false
		}
		oid, values, ok := element(content, tagOID)
		if !ok || !isOID(oid) {
			return nil, false
		}
		values, ok = whole(values, tagSet)
		return rest, ok && listOf(values, anyElement)
	})
}
