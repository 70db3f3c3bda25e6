// Package chains makes test vectors of certificates in another order than a server
// sends them, and of chains without their leaf.
package chains

import (
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/testdata/vectors"
)

// folders are those of testdata/pki whose hierarchies the vectors are made of.
var folders = []string{"p256", "rsa2048"}

// chains are certificates in the order of the text, and what the first of them and the
// key of the leaf show. The issuing CA may serve TLS, too; the others only sign.
var chains = []struct {
	name  string
	certs string
	cond  errcodes.Condition
	says  string
}{
	{"issuing-first", "issuing leaf", errcodes.CondKeyMismatch, "the key belongs to the certificate in block 2"},
	{"issuing-first-chain-behind", "issuing leaf intermediate", errcodes.CondKeyMismatch, "the key belongs to the certificate in block 2"},
	{"issuing-first-root-behind", "issuing leaf intermediate root", errcodes.CondKeyMismatch, "the key belongs to the certificate in block 2"},
	{"issuing-and-intermediate-first", "issuing intermediate leaf", errcodes.CondKeyMismatch, "the key belongs to the certificate in block 3"},
	{"intermediate-first", "intermediate leaf issuing", errcodes.CondCertificateNotServer, "the leaf is block 2"},
	{"root-first", "root leaf issuing intermediate", errcodes.CondCertificateNotServer, "the leaf is block 2"},
	{"reversed", "intermediate issuing leaf", errcodes.CondCertificateNotServer, "the leaf is block 3"},
	{"reversed-with-root", "root intermediate issuing leaf", errcodes.CondCertificateNotServer, "the leaf is block 4"},
	{"issuing-alone", "issuing", errcodes.CondKeyMismatch, "there are only CA certificates here"},
	{"chain-alone", "issuing intermediate", errcodes.CondKeyMismatch, "there are only CA certificates here"},
	{"chain-with-root-alone", "issuing intermediate root", errcodes.CondKeyMismatch, "there are only CA certificates here"},
	{"intermediate-alone", "intermediate", errcodes.CondCertificateNotServer, "there are only CA certificates here"},
	{"root-alone", "root", errcodes.CondCertificateNotServer, "there are only CA certificates here"},
	{"reversed-without-leaf", "root intermediate issuing", errcodes.CondCertificateNotServer, "there are only CA certificates here"},
}

// Vectors returns a vector for each chain of each hierarchy. Their answers are missing,
// apart from the first reason and its code.
func Vectors() (made []vectors.Vector) {
	table := errcodes.SetDomainServerCertificate.Table()
	for _, folder := range folders {
		for _, c := range chains {
			var text strings.Builder
			for name := range strings.FieldsSeq(c.certs) {
				text.WriteString(testdata.Read(folder + "/" + name + ".pem"))
			}
			at := vectors.Finding{Parameter: table.Parameter(c.cond), Reason: c.says}
			if c.cond == errcodes.CondCertificateNotServer {
				at.Block, at.Line = 1, 1
			}
			made = append(made, vectors.Vector{
				Name:       c.cond.String() + "/chain-" + folder + "-" + c.name,
				Comment:    "The certificates stand in this order: " + strings.ReplaceAll(c.certs, " ", ", ") + ". The key is that of the leaf.",
				Operations: []string{table.Operation.String()},
				Short:      map[string]string{"DomainName": "www.example.com", "ServerCertificateStatus": "on"},
				Long:       map[string]string{"ServerCertificate": text.String(), "PrivateKey": testdata.Read(folder + "/key.pem")},
				Time:       vectors.DefaultTime(),
				Expect:     c.cond.String(),
				Code:       string(table.Error(c.cond).Code),
				At:         at,
			})
		}
	}
	return made
}
