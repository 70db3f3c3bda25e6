package main

import (
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"

	"golang.org/x/crypto/cryptobyte"
	cbasn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// signatureAlgorithm is an algorithm to sign a certificate with by hand.
type signatureAlgorithm struct {
	id   pkix.AlgorithmIdentifier
	hash crypto.Hash
}

var (
	md5WithRSA = signatureAlgorithm{
		id: pkix.AlgorithmIdentifier{
			Algorithm:  asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 4},
			Parameters: asn1.NullRawValue,
		},
		hash: crypto.MD5,
	}
	ecdsaWithSHA256 = signatureAlgorithm{
		id:   pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}},
		hash: crypto.SHA256,
	}
)

// resign returns the DER of cert with its public key replaced by spki, a DER
// SubjectPublicKeyInfo, signed by key with an algorithm of the caller's choice.
// It makes the certificates that x509.CreateCertificate refuses to make.
func resign(cert *x509.Certificate, spki []byte, alg signatureAlgorithm, key crypto.Signer) ([]byte, error) {
	algID, err := asn1.Marshal(alg.id)
	if err != nil {
		return nil, err
	}
	tbs, err := rewriteTBS(cert.RawTBSCertificate, algID, spki)
	if err != nil {
		return nil, err
	}
	h := alg.hash.New()
	h.Write(tbs)
	signature, err := key.Sign(rand.Reader, h.Sum(nil), alg.hash)
	if err != nil {
		return nil, err
	}

	var b cryptobyte.Builder
	b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddBytes(tbs)
		b.AddBytes(algID)
		b.AddASN1BitString(signature)
	})
	return b.Bytes()
}

// rewriteTBS replaces the signature algorithm and the public key of a DER
// TBSCertificate and copies the other fields.
func rewriteTBS(tbs, algID, spki []byte) ([]byte, error) {
	// The fields by their place in a version 3 certificate.
	const (
		signatureField = 2
		publicKeyField = 6
	)
	input := cryptobyte.String(tbs)
	var fields cryptobyte.String
	if !input.ReadASN1(&fields, cbasn1.SEQUENCE) || !input.Empty() {
		return nil, errors.New("malformed TBSCertificate")
	}
	var out []byte
	for i := 0; !fields.Empty(); i++ {
		var field cryptobyte.String
		var tag cbasn1.Tag
		if !fields.ReadAnyASN1Element(&field, &tag) {
			return nil, errors.New("malformed field in TBSCertificate")
		}
		switch i {
		case signatureField:
			out = append(out, algID...)
		case publicKeyField:
			out = append(out, spki...)
		default:
			out = append(out, field...)
		}
	}

	var b cryptobyte.Builder
	b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddBytes(out) })
	return b.Bytes()
}
