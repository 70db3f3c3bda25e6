package main

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
)

// oidNetscapeCertType is the Netscape certificate type extension, the predecessor of the
// extended key usage.
var oidNetscapeCertType = asn1.ObjectIdentifier{2, 16, 840, 1, 113730, 1, 1}

// Values of the Netscape certificate type: a DER BIT STRING in which bit 0 is
// for an SSL client and bit 1 for an SSL server.
var (
	netscapeClient = []byte{0x03, 0x02, 0x07, 0x80}
	netscapeServer = []byte{0x03, 0x02, 0x06, 0x40}
)

// makeUsage makes the certificates that differ in their allowed usage.
func (g *generator) makeUsage() error {
	extended := func(usages ...x509.ExtKeyUsage) func(*x509.Certificate) {
		return func(t *x509.Certificate) { t.ExtKeyUsage = usages }
	}
	keyUsage := func(usage x509.KeyUsage) func(*x509.Certificate) {
		return func(t *x509.Certificate) {
			t.KeyUsage = usage
			t.ExtKeyUsage = nil
		}
	}
	netscape := func(value []byte) func(*x509.Certificate) {
		return func(t *x509.Certificate) {
			t.ExtKeyUsage = nil
			t.ExtraExtensions = []pkix.Extension{{Id: oidNetscapeCertType, Value: value}}
		}
	}
	return g.makeVariants("usage", []variant{
		{name: "client-only.pem", serial: 1001, change: extended(x509.ExtKeyUsageClientAuth)},
		{name: "any-eku.pem", serial: 1002, change: extended(x509.ExtKeyUsageAny)},
		{name: "no-eku.pem", serial: 1003, change: keyUsage(0)},
		{name: "sgc.pem", serial: 1004, change: extended(x509.ExtKeyUsageNetscapeServerGatedCrypto)},
		{name: "ms-sgc.pem", serial: 1005, change: extended(x509.ExtKeyUsageMicrosoftServerGatedCrypto)},
		{name: "ku-cert-sign.pem", serial: 1006, change: keyUsage(x509.KeyUsageCertSign | x509.KeyUsageCRLSign)},
		{name: "ku-key-agreement.pem", serial: 1007, change: keyUsage(x509.KeyUsageKeyAgreement)},
		{name: "netscape-server.pem", serial: 1008, change: netscape(netscapeServer)},
		{name: "netscape-client.pem", serial: 1009, change: netscape(netscapeClient)},
		{name: "ca-true.pem", serial: 1010, selfSigned: true, change: func(t *x509.Certificate) {
			t.IsCA = true
			t.MaxPathLen = -1
			t.KeyUsage |= x509.KeyUsageCertSign
			t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
		}},
		{name: "self-signed.pem", serial: 1011, selfSigned: true},
	})
}
