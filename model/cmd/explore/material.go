package main

import (
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

// material is what the universes of the CDN machine are made of.
func material() cdn.Material {
	key := func(name string) validate.Secret { return validate.NewSecret(testdata.Read(name)) }
	return cdn.Material{
		Certificate:      testdata.Read("p256/chain3.pem"),
		PrivateKey:       key("p256/key.pem"),
		OtherCertificate: testdata.Read("p384/leaf.pem"),
		OtherPrivateKey:  key("p384/key.pem"),
		NotServer:        testdata.Read("usage/client-only.pem"),
		UnsupportedKey:   key("unsupported/secp256k1-key.pem"),
	}
}
