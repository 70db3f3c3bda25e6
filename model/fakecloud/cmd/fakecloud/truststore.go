package main

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // the format prescribes it, and it protects nothing here
	"crypto/x509"
	"encoding/binary"
	"unicode/utf16"
)

// storePassword is the password of the trust store. It is no secret: it only makes the
// store's digest, and "changeit" is Java's own default.
const storePassword = "changeit"

// trustStore returns a trust store of Java, in its format JKS, with one certificate. The
// bytes depend on the certificate only.
func trustStore(cert *x509.Certificate) []byte {
	var store bytes.Buffer
	number := func(n any) { _ = binary.Write(&store, binary.BigEndian, n) } // never fails
	text := func(s string) {
		number(uint16(len(s))) //nolint:gosec // short constants
		store.WriteString(s)
	}
	number(uint32(0xfeedfeed))
	number(uint32(2)) // the version of the format
	number(uint32(1)) // the number of entries
	number(uint32(2)) // a trusted certificate
	text("fakecloud")
	number(cert.NotBefore.UnixMilli())
	text("X.509")
	number(uint32(len(cert.Raw))) //nolint:gosec // a certificate is short
	store.Write(cert.Raw)

	digest := sha1.New() //nolint:gosec // as above
	_ = binary.Write(digest, binary.BigEndian, utf16.Encode([]rune(storePassword)))
	digest.Write([]byte("Mighty Aphrodite")) // prescribed, too
	digest.Write(store.Bytes())
	return digest.Sum(store.Bytes())
}
