package validate_test

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/crypto/cryptobyte"
	cryptobyteasn1 "golang.org/x/crypto/cryptobyte/asn1"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// tlv writes one short element of ASN.1.
func tlv(tag byte, content ...[]byte) []byte {
	value := slices.Concat(content...)
	return slices.Concat([]byte{tag, byte(len(value))}, value)
}

// An extensionCase is the value of an extension. sound is whether OpenSSL and Go
// both decode it; of the others, Go refuses some by itself.
type extensionCase struct {
	name  string
	id    asn1.ObjectIdentifier
	value []byte
	sound bool
}

func extensionCases() []extensionCase {
	var (
		keyUsage    = asn1.ObjectIdentifier{2, 5, 29, 15}
		altName     = asn1.ObjectIdentifier{2, 5, 29, 17}
		constraints = asn1.ObjectIdentifier{2, 5, 29, 30}
		crl         = asn1.ObjectIdentifier{2, 5, 29, 31}
		authority   = asn1.ObjectIdentifier{2, 5, 29, 35}
		basic       = asn1.ObjectIdentifier{2, 5, 29, 19}
	)
	const sequence = 0x30
	oid := tlv(0x06, []byte{0x2a, 0x03, 0x04})
	text := tlv(0x0c, []byte("a"))
	dns := tlv(0x82, []byte("example.com"))
	name := tlv(0xa0, tlv(0xa0, tlv(0x86, []byte("http://example.com/"))))
	issuer := tlv(0xa4, tlv(sequence))
	names := func(general ...[]byte) []byte { return tlv(sequence, general...) }
	return []extensionCase{
		{"key usage/no bit", keyUsage, tlv(0x03, []byte{0}), false},
		{"key usage/a bit", keyUsage, tlv(0x03, []byte{7, 0x80}), true},

		{"basic constraints/empty", basic, tlv(sequence), true},
		{"basic constraints/CA", basic, tlv(sequence, tlv(0x01, []byte{0xff})), true},
		{"basic constraints/CA and length", basic, tlv(sequence, tlv(0x01, []byte{0xff}), tlv(0x02, []byte{1})), true},
		{"basic constraints/wrong order", basic, tlv(sequence, tlv(0x02, []byte{1}), tlv(0x01, []byte{0xff})), false},
		{"basic constraints/more", basic, tlv(sequence, tlv(0x01, []byte{0xff}), tlv(0x02, []byte{1}), tlv(0x05)), false},
		{"basic constraints/neither", basic, tlv(sequence, tlv(0x05)), false},

		{"names/DNS", altName, names(dns), true},
		{"names/mail", altName, names(tlv(0x81, []byte("a@example.com"))), true},
		{"names/registered id", altName, names(tlv(0x88, []byte{0x2a, 0x03})), true},
		{"names/X.400", altName, names(tlv(0xa3, text)), true},
		{"names/directory", altName, names(issuer), true},
		{"names/directory, not a sequence", altName, names(tlv(0xa4, tlv(0x31))), false},
		{"names/directory, two", altName, names(tlv(0xa4, tlv(sequence), tlv(sequence))), false},
		{"names/other", altName, names(tlv(0xa0, oid, tlv(0xa0, text))), true},
		{"names/other, no value", altName, names(tlv(0xa0, oid)), false},
		{"names/other, no type", altName, names(tlv(0xa0, tlv(0xa0, text))), false},
		{"names/other, more", altName, names(tlv(0xa0, oid, tlv(0xa0, text), text)), false},
		{"names/EDI party", altName, names(tlv(0xa5, tlv(0xa1, text))), true},
		{"names/EDI party, assigner", altName, names(tlv(0xa5, tlv(0xa0, text), tlv(0xa1, text))), true},
		{"names/EDI party, empty", altName, names(tlv(0xa5)), false},
		{"names/EDI party, number", altName, names(tlv(0xa5, tlv(0xa1, tlv(0x02, []byte{1})))), false},
		{"names/EDI party, two texts", altName, names(tlv(0xa5, tlv(0xa1, text, text))), false},
		{"names/unknown kind", altName, names(tlv(0x89, []byte("a"))), false},
		{"names/universal kind", altName, names(text), false},
		{"names/none", altName, names(), true},

		{"constraints/permitted", constraints, tlv(sequence, tlv(0xa0, tlv(sequence, dns))), true},
		{"constraints/both", constraints, tlv(sequence, tlv(0xa0, tlv(sequence, dns)), tlv(0xa1, tlv(sequence, dns))), true},
		{"constraints/bounds", constraints, tlv(sequence, tlv(0xa1, tlv(sequence, dns, tlv(0x80, []byte{0}), tlv(0x81, []byte{9})))), true},
		{"constraints/more than bounds", constraints, tlv(sequence, tlv(0xa1, tlv(sequence, dns, tlv(0x82, []byte{0})))), false},
		{"constraints/unknown kind", constraints, tlv(sequence, tlv(0xa1, tlv(sequence, tlv(0x89, []byte("a"))))), false},

		{"CRL/name", crl, tlv(sequence, tlv(sequence, name)), true},
		{"CRL/issuer", crl, tlv(sequence, tlv(sequence, tlv(0xa2, issuer))), true},
		{"CRL/name, reasons, issuer", crl, tlv(sequence, tlv(sequence, name, tlv(0x81, []byte{7, 0x80}), tlv(0xa2, issuer))), true},
		{"CRL/none", crl, tlv(sequence), true},
		{"CRL/nothing", crl, tlv(sequence, tlv(sequence)), false},
		{"CRL/reasons alone", crl, tlv(sequence, tlv(sequence, tlv(0x81, []byte{7, 0x80}))), false},
		{"CRL/reasons, empty", crl, tlv(sequence, tlv(sequence, name, tlv(0x81))), false},
		{"CRL/reasons, 8 unused bits", crl, tlv(sequence, tlv(sequence, name, tlv(0x81, []byte{8, 0x80}))), false},
		{"CRL/issuer of an unknown kind", crl, tlv(sequence, tlv(sequence, tlv(0xa2, tlv(0x89, []byte("a"))))), false},
		{"CRL/more", crl, tlv(sequence, tlv(sequence, name, tlv(0xa3))), false},
		{"CRL/not a sequence", crl, tlv(sequence, tlv(0x31, name)), false},

		{"authority/key", authority, tlv(sequence, tlv(0x80, []byte{1, 2})), true},
		{"authority/issuer and serial", authority, tlv(sequence, tlv(0xa1, issuer), tlv(0x82, []byte{1})), true},
		{"authority/nothing", authority, tlv(sequence), true},
		{"authority/issuer of an unknown kind", authority, tlv(sequence, tlv(0xa1, tlv(0x89, []byte("a")))), false},
		{"authority/more", authority, tlv(sequence, tlv(0x80, []byte{1, 2}), tlv(0x83, []byte{1})), false},
	}
}

// leafWithExtension is a leaf with an extension of any value.
func leafWithExtension(tb testing.TB, id asn1.ObjectIdentifier, value []byte) string {
	tb.Helper()
	return leafWith(tb, func(t *x509.Certificate) {
		t.KeyUsage = 0
		t.ExtraExtensions = []pkix.Extension{{Id: id, Value: value}}
	})
}

// TestExtensions: an extension that one of the two readers cannot decode makes a
// certificate malformed.
func TestExtensions(t *testing.T) {
	for _, c := range extensionCases() {
		t.Run(c.name, func(t *testing.T) {
			var want []errcodes.Condition
			if !c.sound {
				want = []errcodes.Condition{errcodes.CondCertificateMalformed}
			}
			report := validate.ServerCertificate(leafWithExtension(t, c.id, c.value), validate.Options{})
			if diff := cmp.Diff(want, conditionsOf(report)); diff != "" {
				t.Errorf("(-want +got)\n%s%v", diff, report.Err())
			}
		})
	}
}

// asVersion1 writes a certificate as one of version 1, without a valid signature.
func asVersion1(tb testing.TB, text string) string {
	tb.Helper()
	var outer, tbs cryptobyte.String
	der := cryptobyte.String(derOf(tb, text))
	version := cryptobyteasn1.Tag(0).ContextSpecific().Constructed()
	if !der.ReadASN1(&outer, cryptobyteasn1.SEQUENCE) || !outer.ReadASN1(&tbs, cryptobyteasn1.SEQUENCE) || !tbs.SkipASN1(version) {
		tb.Fatal("not a certificate of version 3")
	}
	var b cryptobyte.Builder
	b.AddASN1(cryptobyteasn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(cryptobyteasn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddBytes(tbs) })
		b.AddBytes(outer)
	})
	return pemOf("CERTIFICATE", b.BytesOrPanic())
}

// TestExtensionsPassedOver: Go passes over extensions where the version has none, and
// behind a unique identifier in BER's constructed form; OpenSSL goes by them.
func TestExtensionsPassedOver(t *testing.T) {
	forms := []struct {
		name     string
		version1 bool
		id       []byte
	}{
		{"version 1", true, nil},
		{"an issuer's identifier in pieces", false, []byte{0xa1, 4, 0x81, 2, 0, 1}},
		{"a subject's identifier in pieces", false, []byte{0xa2, 4, 0x03, 2, 0, 1}},
		{"a subject's identifier in pieces, in version 1", true, []byte{0xa2, 4, 0x03, 2, 0, 1}},
	}
	tests := []struct {
		name, cert string
		want       []errcodes.Condition
		reason     string
	}{
		{"server", leafWith(t), nil, ""},
		{"client", pkiFile(t, "usage/client-only.pem"), []errcodes.Condition{errcodes.CondCertificateNotServer}, "extended key usage"},
		{"undecodable for OpenSSL", leafWithExtension(t, oidNetscape, []byte{4, 0}), []errcodes.Condition{errcodes.CondCertificateMalformed}, "Netscape"},
		{"undecodable for Go", editDER(t, leafWith(t), []byte("www.example.com"), []byte("www.example\xffcom")), []errcodes.Condition{errcodes.CondCertificateMalformed}, "Go passes over them"},
	}
	for _, form := range forms {
		for _, test := range tests {
			t.Run(form.name+"/"+test.name, func(t *testing.T) {
				cert := test.cert
				if form.id != nil {
					cert = withUniqueIdentifier(t, cert, form.id)
				}
				if form.version1 {
					cert = asVersion1(t, cert)
				}
				report := validate.ServerCertificate(cert, validate.Options{})
				if diff := cmp.Diff(test.want, conditionsOf(report)); diff != "" {
					t.Fatalf("(-want +got)\n%s%v", diff, report.Err())
				}
				if v, refused := report.Verdict(); refused && !strings.Contains(v.Reason.EN, test.reason) {
					t.Errorf("the reason is %q; want %q in it", v.Reason.EN, test.reason)
				}
			})
		}
	}
}

// withUniqueIdentifier puts an element in front of the extensions of a certificate.
func withUniqueIdentifier(tb testing.TB, text string, id []byte) string {
	tb.Helper()
	root, _ := takeApart(derOf(tb, text), "0")
	tbs := root.children[0]
	tbs.children = slices.Insert(tbs.children, len(tbs.children)-1, &node{tag: id[0], content: id[2:]})
	return pemOf("CERTIFICATE", root.encode())
}

// editDER replaces bytes of a certificate; the last occurrence is in its names.
func editDER(tb testing.TB, text string, old, by []byte) string {
	tb.Helper()
	der := slices.Clone(derOf(tb, text))
	at := strings.LastIndex(string(der), string(old))
	if at < 0 || len(old) != len(by) {
		tb.Fatalf("%q is not in the certificate", old)
	}
	copy(der[at:], by)
	return pemOf("CERTIFICATE", der)
}

// A node is an element of ASN.1 taken apart.
type node struct {
	tag      byte
	content  []byte // of a primitive element
	children []*node
}

func (n *node) encode() []byte {
	content := n.content
	for _, child := range n.children {
		content = append(content, child.encode()...)
	}
	return long(n.tag, content)
}

// takeApart reads DER, and lists the constructed elements with their places,
// such as "0.5.1": the second child of the sixth of the first.
func takeApart(der []byte, place string) (n *node, constructed map[string]*node) {
	e := elements(der, 0, 2)[0]
	n, constructed = &node{tag: der[0]}, make(map[string]*node)
	if der[0]&0x20 == 0 {
		n.content = der[e.content:e.end]
		return n, constructed
	}
	constructed[place] = n
	for rest := der[e.content:e.end]; len(rest) > 0; {
		size := elementEnd(rest, 0)
		child, more := takeApart(rest[:size], place+"."+strconv.Itoa(len(n.children)))
		n.children = append(n.children, child)
		maps.Copy(constructed, more)
		rest = rest[size:]
	}
	return n, constructed
}

// TestElementsTooMany: Go passes over what stands behind the last element that
// it knows; OpenSSL does not.
func TestElementsTooMany(t *testing.T) {
	der := derOf(t, pkiFile(t, "p256/leaf.pem"))
	_, places := takeApart(der, "0")
	for _, place := range slices.Sorted(maps.Keys(places)) {
		whole, constructed := takeApart(der, "0")
		if !bytes.Equal(whole.encode(), der) {
			t.Fatal("the certificate is another one when put together again")
		}
		more := constructed[place]
		more.children = append(more.children, &node{tag: derNull})
		report := validate.ServerCertificate(pemOf("CERTIFICATE", whole.encode()), validate.Options{})
		if got := conditionsOf(report); !slices.Equal(got, []errcodes.Condition{errcodes.CondCertificateMalformed}) {
			t.Errorf("one more at %s: %v", place, got)
		}
	}
}
