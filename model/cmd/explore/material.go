package main

import (
	"embed"

	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// Copies of throw-away fixtures, made by go generate, so that the command runs in
// any directory.
//
//go:embed material/*.pem
var materialFiles embed.FS

func material() cdn.Material {
	text := func(name string) string {
		data, err := materialFiles.ReadFile("material/" + name + ".pem")
		if err != nil {
			panic(err) // embedded files can be read
		}
		return string(data)
	}
	key := func(name string) validate.Secret { return validate.NewSecret(text(name)) }
	return cdn.Material{
		Certificate:      text("certificate"),
		PrivateKey:       key("private-key"),
		OtherCertificate: text("other-certificate"),
		OtherPrivateKey:  key("other-private-key"),
		NotServer:        text("not-server"),
		UnsupportedKey:   key("unsupported-key"),
	}
}
