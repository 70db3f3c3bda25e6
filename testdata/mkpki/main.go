// Command mkpki makes the certificates and private keys under testdata that
// the tests of every package, and the examples in the README, work with.
//
//	go run -C testdata/mkpki . [-out ../pki]
//
// Key generation in Go cannot be seeded, so the files are committed and this
// command is the record of how they were made; running it again gives a tree
// of the same shape with new keys. A few kinds of key, such as DSA or SM2, are
// beyond crypto/x509 and are made with the openssl command, version 3.0 or
// later.
//
// All the keys are throw-away keys: they are public, they protect nothing, and
// no certificate made here chains to anything a client trusts.
package main

import (
	"flag"
	"log"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("mkpki: ")
	out := flag.String("out", "../pki", "write the fixtures to `dir`, and to demo and layouts beside it")
	flag.Parse()
	if flag.NArg() > 0 {
		log.Fatalf("unexpected argument %q", flag.Arg(0))
	}

	g := newGenerator()
	if err := g.generate(); err != nil {
		log.Fatal(err)
	}
	if err := g.write(*out); err != nil {
		log.Fatal(err)
	}
}
