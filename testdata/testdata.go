// Package testdata holds the fixtures of the whole module: throw-away certificates
// and keys, and the published error tables. They are embedded, so a test or a command
// reads them in any directory. README.md describes the folders.
//
// The keys are public and protect nothing. The go command leaves folders of this name
// out of ./..., so name ./testdata to build, vet or document this package.
//
// The functions panic for an unknown name, because the callers' names are literals.
package testdata

// Every run makes new keys. Commit the changes in pki, demo and layouts together.
//go:generate go run -C mkpki . -out ../pki

import (
	"embed"
	"io/fs"
)

//go:embed pki tables
var files embed.FS

// PKI returns the folder of certificates and keys, whose files have names such as
// p256/chain3.pem.
func PKI() fs.FS { return sub("pki") }

// Tables returns the folder of error tables, whose files have names such as
// cdn-SetDomainServerCertificate.tsv. They are tab-separated: status, code and
// message. Lines that begin with # name the source of the rows.
func Tables() fs.FS { return sub("tables") }

// Read returns the text of a certificate or key, such as p256/chain3.pem.
func Read(name string) string {
	data, err := files.ReadFile("pki/" + name)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// All returns the texts of all certificates and keys, in the order of their names.
func All() (texts []string) {
	names, err := fs.Glob(PKI(), "*/*")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		texts = append(texts, Read(name))
	}
	return texts
}

func sub(folder string) fs.FS {
	fsys, err := fs.Sub(files, folder)
	if err != nil {
		panic(err)
	}
	return fsys
}
