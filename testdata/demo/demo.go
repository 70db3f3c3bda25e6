// Package demo has the example of the README and of the page of certpage: a chain whose
// leaf is not first, and its key. The key is public and protects nothing.
package demo

import _ "embed"

// Name is the name of the host.
const Name = "shop.example.com"

// Certificate is the text of the file shop.example.com.pem.
//
//go:embed shop.example.com.pem
var Certificate string

// Key is the text of the file shop.example.com.key.
//
//go:embed shop.example.com.key
var Key string
