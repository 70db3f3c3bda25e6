// Package baseline holds the checks that the benchmarks compare: several ways to find
// out whether a certificate and a private key can be deployed.
package baseline

import (
	"crypto/tls"
	"errors"
	"io/fs"
	"time"

	"go.step.sm/crypto/keyutil"
	"go.step.sm/crypto/pemutil"

	"github.com/alicert/alicert/validate"
)

// Pair is a certificate text and its private key.
type Pair struct {
	Name      string // such as "rsa2048/chain3"
	Cert, Key []byte
}

// ReadPairs reads a leaf and a chain of three for each type of key from the folder of
// the fixtures.
func ReadPairs(folder fs.FS) ([]Pair, error) {
	var pairs []Pair
	for _, keyType := range []string{"rsa2048", "rsa4096", "p256", "p384", "ed25519"} {
		key, err := fs.ReadFile(folder, keyType+"/key.pem")
		if err != nil {
			return nil, err
		}
		for _, form := range []string{"leaf", "chain3"} {
			cert, err := fs.ReadFile(folder, keyType+"/"+form+".pem")
			if err != nil {
				return nil, err
			}
			pairs = append(pairs, Pair{keyType + "/" + form, cert, key})
		}
	}
	return pairs, nil
}

// A Baseline is one way to check a pair.
type Baseline struct {
	Name string

	// Prepare returns the check of one pair, which returns nil if the pair is
	// accepted.
	Prepare func(Pair) (check func() error, err error)
}

// The names of the baselines that are always there.
const (
	Verdict     = "verdict"
	Report      = "report"
	X509KeyPair = "X509KeyPair"
	VerifyPair  = "VerifyPair"
)

// All returns all that were built in.
func All() []Baseline {
	return append([]Baseline{
		{X509KeyPair, func(p Pair) (func() error, error) {
			return func() error {
				_, err := tls.X509KeyPair(p.Cert, p.Key)
				return err
			}, nil
		}},
		{Verdict, func(p Pair) (func() error, error) {
			req := request(p)
			opts := validate.Options{Now: inPeriod}
			return func() error { return validate.Verdict(req, opts) }, nil
		}},
		{Report, func(p Pair) (func() error, error) {
			req := request(p)
			opts := validate.Options{Now: inPeriod}
			return func() error { return validate.Check(req, opts).Err() }, nil
		}},
		{VerifyPair, func(p Pair) (func() error, error) {
			return func() error { return verifyPair(p) }, nil
		}},
	}, openssl()...)
}

// inPeriod is in the validity period of all fixtures that are compared.
var inPeriod = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)

func request(p Pair) validate.Request {
	return &validate.CDNRequest{
		DomainName: "www.example.com", Status: "on",
		Certificate: string(p.Cert), PrivateKey: validate.NewSecret(p.Key),
	}
}

func verifyPair(p Pair) error {
	certs, err := pemutil.ParseCertificateBundle(p.Cert)
	if err != nil {
		return err
	}
	// Without this pemutil would ask the terminal for a password.
	noPassword := pemutil.WithPasswordPrompt("", func(string) ([]byte, error) { return nil, errors.New("encrypted") })
	key, err := pemutil.ParseKey(p.Key, noPassword)
	if err != nil {
		return err
	}
	return keyutil.VerifyPair(certs[0].PublicKey, key)
}
