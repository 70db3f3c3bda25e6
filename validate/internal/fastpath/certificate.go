package fastpath

import (
	"bytes"
	"time"
)

// certificate holds the fields that the checks need.
type certificate struct {
	publicKey
	from, until time.Time // its period, inclusive
	server      bool      // its usage allows for a TLS server
}

// version3 is the version field of a certificate with extensions.
const version3 = "\xa0\x03\x02\x01\x02"

// readCertificate reads a certificate, without its signature, which TLS
// servers do not verify when they load it.
func readCertificate(der []byte) (c certificate, ok bool) {
	outer, ok := whole(der, tagSequence)
	if !ok {
		return c, false
	}
	tbs, outer, ok := element(outer, tagSequence)
	if !ok || len(tbs) < len(version3) || string(tbs[:len(version3)]) != version3 {
		return c, false
	}
	serial, tbs, ok := element(tbs[len(version3):], tagInteger)
	if !ok || !isSerial(serial) {
		return c, false
	}
	algorithm, tbs, ok := element(tbs, tagSequence)
	if !ok || !isSignatureAlgorithm(algorithm) {
		return c, false
	}
	again, outer, ok := element(outer, tagSequence)
	if !ok || !bytes.Equal(algorithm, again) {
		return c, false
	}
	if _, rest, ok := octets(outer); !ok || len(rest) > 0 {
		return c, false
	}
	if tbs, ok = name(tbs); !ok { // issuer
		return c, false
	}
	period, tbs, ok := element(tbs, tagSequence)
	if !ok {
		return c, false
	}
	if c.from, c.until, ok = readPeriod(period); !ok {
		return c, false
	}
	if tbs, ok = name(tbs); !ok { // subject
		return c, false
	}
	if c.publicKey, tbs, ok = readPublicKey(tbs); !ok {
		return c, false
	}
	c.server, ok = readExtensions(tbs)
	return c, ok
}

// isSerial reports whether the content of an INTEGER is that of a usual serial
// number.
func isSerial(content []byte) bool {
	return len(content) > 0 && len(content) <= longestSerial && content[0] < 0x80 &&
		(len(content) == 1 || content[0] != 0 || content[1] >= 0x80)
}

// The algorithm identifiers of signatures, without their SEQUENCE header.
const (
	pkcs1Signature = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01" // and a byte that tells the hash
	null           = "\x05\x00"
	ecdsaSHA1      = "\x06\x07\x2a\x86\x48\xce\x3d\x04\x01"
	ecdsaSHA2      = "\x06\x08\x2a\x86\x48\xce\x3d\x04\x03" // and a byte that tells the hash
)

// isSignatureAlgorithm reports whether the content of an AlgorithmIdentifier is
// one of those in use.
func isSignatureAlgorithm(content []byte) bool {
	switch string(content) {
	case pkcs1Signature + "\x05" + null, pkcs1Signature + "\x0b" + null, pkcs1Signature + "\x0c" + null, pkcs1Signature + "\x0d" + null, // SHA-1, 256, 384, 512
		ecdsaSHA2 + "\x02", ecdsaSHA2 + "\x03", ecdsaSHA2 + "\x04", ecdsaSHA1, // SHA-256, 384, 512
		oidEd25519:
		return true
	default:
		return false
	}
}

// readPeriod reads the content of a Validity.
func readPeriod(in []byte) (from, until time.Time, ok bool) {
	if from, in, ok = readTime(in); !ok {
		return from, until, false
	}
	until, in, ok = readTime(in)
	return from, until, ok && len(in) == 0
}

// readTime reads a time to the second in UTC.
func readTime(in []byte) (t time.Time, rest []byte, ok bool) {
	year := 0
	digits, rest, ok := element(in, tagUTCTime)
	if ok {
		const form = len("060102150405Z")
		if len(digits) != form {
			return t, nil, false
		}
		if year, digits = number(digits[0], digits[1]), digits[2:]; year < 50 {
			year += 100
		}
		year += 1900
	} else {
		const form = len("20060102150405Z")
		digits, rest, ok = element(in, tagGeneralized)
		if !ok || len(digits) != form {
			return t, nil, false
		}
		year, digits = 100*number(digits[0], digits[1])+number(digits[2], digits[3]), digits[4:]
	}
	month, day := number(digits[0], digits[1]), number(digits[2], digits[3])
	hour, minute, second := number(digits[4], digits[5]), number(digits[6], digits[7]), number(digits[8], digits[9])
	if year < 1900 || month < 1 || day < 1 || hour > 23 || minute > 59 || second > 59 || digits[10] != 'Z' ||
		hour < 0 || minute < 0 || second < 0 {
		return t, nil, false
	}
	t = time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	return t, rest, t.Day() == day && int(t.Month()) == month // no 31st of February
}

// number reads two digits; it is far below zero if they are none.
func number(a, b byte) int {
	if a < '0' || a > '9' || b < '0' || b > '9' {
		return -1 << 20
	}
	return 10*int(a-'0') + int(b-'0')
}
