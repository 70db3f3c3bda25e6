package main

import (
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"math"

	"go.step.sm/crypto/pemutil"
)

// password encrypts the encrypted keys.
const password = "test"

// makeEncrypted makes encrypted forms of the rsa2048 leaf key.
func (g *generator) makeEncrypted() error {
	key := g.hierarchies["rsa2048"].leafKey
	if err := g.addKey("encrypted/legacy.pem", key, pemutil.WithPassword([]byte(password))); err != nil {
		return err
	}

	// pemutil also writes PKCS#8, but with too many iterations for a test.
	plain, err := keyPEM(key, pemutil.WithPKCS8(true))
	if err != nil {
		return err
	}
	encrypted, err := openssl(plain, "pkcs8", "-topk8", "-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA256",
		"-iter", "2048", "-passout", "pass:"+password)
	if err != nil {
		return err
	}
	if err := g.add("encrypted/pkcs8.pem", encrypted, privateMode); err != nil {
		return err
	}
	huge, err := setIterations(encrypted, math.MaxInt32)
	if err != nil {
		return err
	}
	return g.add("encrypted/pkcs8-huge-iterations.pem", huge, privateMode)
}

// encryptedPrivateKeyInfo is the EncryptedPrivateKeyInfo of RFC 5958 for PBES2
// with PBKDF2 (RFC 8018).
type encryptedPrivateKeyInfo struct {
	Algorithm struct {
		OID        asn1.ObjectIdentifier
		Parameters struct {
			KeyDerivation struct {
				OID        asn1.ObjectIdentifier
				Parameters struct {
					Salt       []byte
					Iterations int
					PRF        asn1.RawValue
				}
			}
			Encryption asn1.RawValue
		}
	}
	EncryptedData []byte
}

// setIterations changes the iteration count in an encrypted PKCS#8 key. The key no longer
// decrypts. It tests readers that try.
func setIterations(key []byte, n int) ([]byte, error) {
	block, _ := pem.Decode(key)
	if block == nil {
		return nil, errors.New("encrypted key is not PEM")
	}
	var info encryptedPrivateKeyInfo
	if _, err := asn1.Unmarshal(block.Bytes, &info); err != nil {
		return nil, err
	}
	info.Algorithm.Parameters.KeyDerivation.Parameters.Iterations = n
	der, err := asn1.Marshal(info)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: block.Type, Bytes: der}), nil
}
