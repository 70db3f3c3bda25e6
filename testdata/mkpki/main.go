// Command mkpki makes the certificates and private keys under testdata, for the tests of
// all packages and the examples in the README, and the certificates in the demo account of
// package fakecloud.
//
//	go run -C testdata/mkpki . [-out ../pki] [-folders]
//
// Key generation in Go cannot be seeded, so the files are committed, and this command
// records how they were made. Another run makes the same tree of files with new keys. With
// -folders it makes only the folders of ../folders, which have a CA of their own.
// crypto/x509 does not support a few kinds of keys, such as DSA and SM2. The openssl
// command, version 3.0 or later, makes them.
//
// All keys are throw-away keys: they are public and protect nothing. No client trusts a
// certificate that is made here.
package main

import (
	"flag"
	"log"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("mkpki: ")
	out := flag.String("out", "../pki", "write the fixtures to `dir`, to demo, layouts and folders beside it, and to the package fakecloud")
	only := flag.Bool("folders", false, "make only ../folders")
	flag.Parse()
	if flag.NArg() > 0 {
		log.Fatalf("unexpected argument %q", flag.Arg(0))
	}

	g := newGenerator()
	generate := g.generate
	if *only {
		generate = g.makeFolders
	}
	if err := generate(); err != nil {
		log.Fatal(err)
	}
	if err := g.write(*out); err != nil {
		log.Fatal(err)
	}
}
