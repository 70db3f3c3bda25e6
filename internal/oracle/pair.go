package oracle

import (
	"crypto/tls"
	"errors"

	"go.step.sm/crypto/keyutil"
	"go.step.sm/crypto/pemutil"
)

// A Pair is another library's check of a certificate and a key.
type Pair struct {
	Name    string
	Accepts func(cert, key string) error
}

// The checks of pairs.
var (
	TLS     = Pair{"tls.X509KeyPair", acceptedByTLS}
	Keyutil = Pair{"keyutil.VerifyPair", acceptedByKeyutil}
	Pairs   = []Pair{TLS, Keyutil}
)

func acceptedByTLS(cert, key string) error {
	_, err := tls.X509KeyPair([]byte(cert), []byte(key))
	return err
}

func acceptedByKeyutil(cert, key string) error {
	certs, err := pemutil.ParseCertificateBundle([]byte(cert))
	if err != nil {
		return err
	}
	// Without this, pemutil asks the terminal for a password.
	noPassword := pemutil.WithPasswordPrompt("", func(string) ([]byte, error) { return nil, errors.New("encrypted") })
	private, err := pemutil.ParseKey([]byte(key), noPassword)
	if err != nil {
		return err
	}
	return keyutil.VerifyPair(certs[0].PublicKey, private)
}
