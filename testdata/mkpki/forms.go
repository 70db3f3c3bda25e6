package main

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"fmt"

	"golang.org/x/crypto/cryptobyte"
	cbasn1 "golang.org/x/crypto/cryptobyte/asn1"
)

var (
	oidP256    = asn1.ObjectIdentifier{1, 2, 840, 10045, 3, 1, 7}
	oidEd25519 = asn1.ObjectIdentifier{1, 3, 101, 112}
)

// makeForms makes files with a certificate or key of the hierarchies in an unusual
// form.
func (g *generator) makeForms() error {
	if err := g.makeCertForms(); err != nil {
		return err
	}
	if err := g.makeECForms(); err != nil {
		return err
	}
	return g.makeEd25519Form()
}

// makeCertForms makes the forms of the rsa2048 certificates and key.
func (g *generator) makeCertForms() error {
	h := g.hierarchies["rsa2048"]
	pkcs7, err := openssl(g.files["rsa2048/chain3.pem"].data, "crl2pkcs7", "-nocrl", "-certfile", "/dev/stdin")
	if err != nil {
		return err
	}
	if err := g.add("forms/pkcs7.pem", pkcs7, publicMode); err != nil {
		return err
	}
	// A trust setting, because without one only the label differs.
	trusted, err := openssl(certPEM(h.leaf.Raw), "x509", "-trustout", "-addtrust", "serverAuth")
	if err != nil {
		return err
	}
	if err := g.add("forms/trusted.pem", trusted, publicMode); err != nil {
		return err
	}

	key, ok := h.leafKey.(*rsa.PrivateKey)
	if !ok {
		return fmt.Errorf("the rsa2048 leaf key is a %T", h.leafKey)
	}
	if err := g.add("forms/leaf.der", h.leaf.Raw, publicMode); err != nil {
		return err
	}
	return g.add("forms/key.der", x509.MarshalPKCS1PrivateKey(key), privateMode)
}

// makeECForms makes the forms of the p256 leaf key.
func (g *generator) makeECForms() error {
	h := g.hierarchies["p256"]
	key, ok := h.leafKey.(*ecdsa.PrivateKey)
	if !ok {
		return fmt.Errorf("the p256 leaf key is a %T", h.leafKey)
	}

	// The output of "openssl ecparam -genkey" without -noout.
	oid, err := asn1.Marshal(oidP256)
	if err != nil {
		return err
	}
	params := pem.EncodeToMemory(&pem.Block{Type: "EC PARAMETERS", Bytes: oid})
	private, err := keyPEM(key)
	if err != nil {
		return err
	}
	if err := g.add("forms/ec-with-params.pem", append(params, private...), privateMode); err != nil {
		return err
	}

	scalar, err := key.Bytes()
	if err != nil {
		return err
	}
	other, ok := h.issuing.PublicKey.(*ecdsa.PublicKey)
	if !ok {
		return fmt.Errorf("the p256 issuing key is a %T", h.issuing.PublicKey)
	}
	wrong, err := other.Bytes()
	if err != nil {
		return err
	}
	for _, f := range []struct {
		name   string
		public []byte
	}{
		{"forms/ec-no-public.pem", nil},
		{"forms/ec-wrong-public.pem", wrong},
	} {
		der, err := marshalSEC1(scalar, f.public)
		if err != nil {
			return err
		}
		data := pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der})
		if err := g.add(f.name, data, privateMode); err != nil {
			return err
		}
	}
	return nil
}

// marshalSEC1 returns the ECPrivateKey of RFC 5915 for a P-256 scalar, with any public key
// or none.
func marshalSEC1(scalar, public []byte) ([]byte, error) {
	var b cryptobyte.Builder
	b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		b.AddASN1OctetString(scalar)
		b.AddASN1(cbasn1.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(oidP256)
		})
		if public != nil {
			b.AddASN1(cbasn1.Tag(1).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
				b.AddASN1BitString(public)
			})
		}
	})
	return b.Bytes()
}

// makeEd25519Form makes the ed25519 leaf key as a OneAsymmetricKey of RFC 5958,
// version 2, which carries the public key.
func (g *generator) makeEd25519Form() error {
	key, ok := g.hierarchies["ed25519"].leafKey.(ed25519.PrivateKey)
	if !ok {
		return fmt.Errorf("the ed25519 leaf key is a %T", g.hierarchies["ed25519"].leafKey)
	}
	public, ok := key.Public().(ed25519.PublicKey)
	if !ok {
		return fmt.Errorf("the ed25519 public key is a %T", key.Public())
	}

	var b cryptobyte.Builder
	b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1) // version 2
		b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(oidEd25519)
		})
		b.AddASN1(cbasn1.OCTET_STRING, func(b *cryptobyte.Builder) {
			b.AddASN1OctetString(key.Seed())
		})
		// An implicitly tagged BIT STRING, with no unused bits.
		b.AddASN1(cbasn1.Tag(1).ContextSpecific(), func(b *cryptobyte.Builder) {
			b.AddUint8(0)
			b.AddBytes(public)
		})
	})
	der, err := b.Bytes()
	if err != nil {
		return err
	}
	data := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	return g.add("forms/pkcs8-v2-ed25519.pem", data, privateMode)
}
