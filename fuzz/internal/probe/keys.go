package probe

import (
	"crypto"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"strings"

	"go.step.sm/crypto/pemutil"
	"golang.org/x/crypto/ssh"
)

// keyForms returns what makes the keys that are sent. Each is a key that belongs to no certificate, so
// that none of them can be stored with one.
func keyForms() map[string]form {
	return map[string]form{
		"other-pkcs1": otherText(func(text string) string { return text }),
		"other-pkcs8": func(m *Material) (string, error) { return pkcs8(m.other()) },
		"other-sec1":  func(m *Material) (string, error) { return sec1(m) },
		"other-sec1-parameters": func(m *Material) (string, error) {
			key, err := sec1(m)
			return ecParameters + key, err
		},
		"other-ed25519":         func(m *Material) (string, error) { return pkcs8(m.key("other ed25519", freshEd25519)) },
		"other-encrypted":       encrypted,
		"other-encrypted-pkcs1": encryptedPKCS1,
		"other-openssh":         openSSH,
		"other-public":          publicKey,

		"other-one-line":     otherText(func(text string) string { return strings.ReplaceAll(text, "\n", "") }),
		"other-blank-line":   otherText(func(text string) string { return replaceLine(text, 3, func(l string) string { return l + "\n" }) }),
		"other-unarmored":    otherText(body),
		"other-twice":        otherText(func(text string) string { return text + text }),
		"other-cut-off":      otherText(func(text string) string { return text[:len(text)/2] + "\n" }),
		"other-wrong-label":  otherText(func(text string) string { return strings.ReplaceAll(text, "RSA PRIVATE", "EC PRIVATE") }),
		"other-with-cert":    otherWithCertificate,
		"other-empty-inside": otherText(func(string) string { return "-----BEGIN RSA PRIVATE KEY-----\n-----END RSA PRIVATE KEY-----\n" }),
	}
}

// ecParameters names P-256 in a block of its own, as OpenSSL writes it before a key.
var ecParameters = func() string {
	der, _ := asn1.Marshal(asn1.ObjectIdentifier{1, 2, 840, 10045, 3, 1, 7}) // cannot fail
	return armored("EC PARAMETERS", der)
}()

// passphrase protects the encrypted keys. It is no secret.
const passphrase = "probe"

// otherText changes the text of a key in PKCS#1.
func otherText(change func(string) string) form {
	return func(m *Material) (string, error) {
		der, err := otherPKCS1(m)
		if err != nil {
			return "", err
		}
		return change(armored("RSA PRIVATE KEY", der)), nil
	}
}

func otherPKCS1(m *Material) ([]byte, error) {
	key, err := m.other()
	if err != nil {
		return nil, err
	}
	return x509.MarshalPKCS1PrivateKey(key.(*rsa.PrivateKey)), nil
}

func pkcs8(key crypto.Signer, err error) (string, error) {
	if err != nil {
		return "", err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return armored("PRIVATE KEY", der), err
}

func sec1(m *Material) (string, error) {
	key, err := m.key("other ec", freshEC(elliptic.P256()))
	if err != nil {
		return "", err
	}
	block, err := pemutil.Serialize(key)
	if err != nil {
		return "", err
	}
	return string(pem.EncodeToMemory(block)), nil
}

func encrypted(m *Material) (string, error) {
	key, err := m.other()
	if err != nil {
		return "", err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", err
	}
	block, err := pemutil.EncryptPKCS8PrivateKey(rand.Reader, der, []byte(passphrase), x509.PEMCipherAES256)
	if err != nil {
		return "", err
	}
	return string(pem.EncodeToMemory(block)), nil
}

func encryptedPKCS1(m *Material) (string, error) {
	der, err := otherPKCS1(m)
	if err != nil {
		return "", err
	}
	block, err := x509.EncryptPEMBlock(rand.Reader, "RSA PRIVATE KEY", der, []byte(passphrase), x509.PEMCipherAES256) //nolint:staticcheck // the old form is what is sent
	if err != nil {
		return "", err
	}
	return string(pem.EncodeToMemory(block)), nil
}

func openSSH(m *Material) (string, error) {
	key, err := m.other()
	if err != nil {
		return "", err
	}
	block, err := ssh.MarshalPrivateKey(key, "")
	if err != nil {
		return "", err
	}
	return string(pem.EncodeToMemory(block)), nil
}

func publicKey(m *Material) (string, error) {
	key, err := m.other()
	if err != nil {
		return "", err
	}
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	return armored("PUBLIC KEY", der), err
}

func otherWithCertificate(m *Material) (string, error) {
	key, err := m.Value("@key/other-pkcs1")
	if err != nil {
		return "", err
	}
	cert, err := m.Value("@cert/good")
	return key + cert, err
}

// ownKey is the key of the good certificate. It is sent nowhere: no name of material
// stands for it.
func ownKey(m *Material) (string, error) {
	key, err := m.own()
	if err != nil {
		return "", err
	}
	return armored("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key.(*rsa.PrivateKey))), nil
}
