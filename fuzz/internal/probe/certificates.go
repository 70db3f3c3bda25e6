package probe

import (
	"crypto"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/asn1"
	"strings"
)

// certificateForms returns what makes the certificates of a plan by their names.
func certificateForms() map[string]form {
	return map[string]form{
		"good": goodText(func(text string) string { return text }),

		// The text around the content.
		"one-line":         goodText(func(text string) string { return strings.ReplaceAll(text, "\n", "") }),
		"crlf":             goodText(func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }),
		"cr":               goodText(func(text string) string { return strings.ReplaceAll(text, "\n", "\r") }),
		"no-final-newline": goodText(func(text string) string { return strings.TrimSuffix(text, "\n") }),
		"blank-inside":     goodText(func(text string) string { return replaceLine(text, 3, func(l string) string { return l + "\n" }) }),
		"text-before":      goodText(func(text string) string { return "subject=probe\nissuer=probe\n" + text }),
		"indented": goodText(func(text string) string {
			return "  " + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n  ") + "\n"
		}),
		"escaped":    goodText(func(text string) string { return strings.ReplaceAll(text, "\n", `\n`) }),
		"wide":       goodText(func(text string) string { return rewrap(text, 76) }),
		"bom":        goodText(func(text string) string { return "\ufeff" + text }),
		"unarmored":  goodText(body),
		"trusted":    goodText(func(text string) string { return strings.ReplaceAll(text, "CERTIFICATE", "TRUSTED CERTIFICATE") }),
		"cut-off":    goodText(func(text string) string { return text[:len(text)/2] + "\n" }),
		"bad-base64": goodText(func(text string) string { return replaceLine(text, 3, func(l string) string { return "*" + l[1:] }) }),
		"empty-body": goodText(func(string) string { return "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n" }),
		"with-header": goodText(func(text string) string {
			return replaceLine(text, 0, func(l string) string { return l + "\nProbe: 1\n" })
		}),

		// Several blocks.
		"blank-between":    chain(func(leaf, intermediate, _ string) string { return leaf + "\n" + intermediate }),
		"reversed":         chain(func(leaf, intermediate, _ string) string { return intermediate + leaf }),
		"duplicate":        chain(func(leaf, _, _ string) string { return leaf + leaf }),
		"with-root":        chain(func(leaf, intermediate, root string) string { return leaf + intermediate + root }),
		"garbage-second":   chain(func(leaf, _, _ string) string { return leaf + armored("CERTIFICATE", []byte("probe")) }),
		"unrelated-second": unrelatedSecond,
		"key-inside":       keyInside,

		// The content.
		"pkcs7":        pkcs7,
		"trailing-der": trailingDER,
		"ca": func(m *Material) (string, error) {
			return text(m.leaf("ca", func(c *x509.Certificate) {
				c.IsCA, c.KeyUsage, c.ExtKeyUsage, c.DNSNames = true, x509.KeyUsageCertSign, nil, nil
				c.Subject.CommonName = "probe CA"
			}))
		},
		"client-auth": func(m *Material) (string, error) {
			return text(m.leaf("own", func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }))
		},
		"expired": func(m *Material) (string, error) {
			return text(m.leaf("own", func(c *x509.Certificate) {
				c.NotBefore, c.NotAfter = m.now.Add(-3*validFor), m.now.Add(-2*validFor)
			}))
		},
		"not-yet-valid": func(m *Material) (string, error) {
			return text(m.leaf("own", func(c *x509.Certificate) {
				c.NotBefore, c.NotAfter = m.now.Add(2*validFor), m.now.Add(3*validFor)
			}))
		},
		"sha1":     signedBySHA1,
		"rsa-1024": keyed("rsa-1024", freshRSA(1024)),
		"p224":     keyed("p224", freshEC(elliptic.P224())),
		"p384":     keyed("p384", freshEC(elliptic.P384())),
		"ed25519":  keyed("ed25519", freshEd25519),

		// The size, in bytes of the text.
		"16-kib": sized(16 << 10),
		"32-kib": sized(32 << 10),
		"64-kib": sized(64 << 10),
	}
}

func freshEd25519() (crypto.Signer, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	return key, err
}

// text returns a certificate as PEM text.
func text(cert *x509.Certificate, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return armored("CERTIFICATE", cert.Raw), nil
}

// goodText changes the text of a certificate that nothing is wrong with.
func goodText(change func(string) string) form {
	return func(m *Material) (string, error) {
		good, err := text(m.good())
		return change(good), err
	}
}

// chain arranges the blocks of the good certificate and of the CA.
func chain(arrange func(leaf, intermediate, root string) string) form {
	return func(m *Material) (string, error) {
		leaf, err := text(m.good())
		if err != nil {
			return "", err
		}
		root, intermediate, _, err := m.authority()
		if err != nil {
			return "", err
		}
		return arrange(leaf, armored("CERTIFICATE", intermediate.Raw), armored("CERTIFICATE", root.Raw)), nil
	}
}

// keyed is a leaf with a key of a certain kind.
func keyed(name string, fresh func() (crypto.Signer, error)) form {
	return func(m *Material) (string, error) {
		if _, err := m.key(name, fresh); err != nil {
			return "", err
		}
		return text(m.leaf(name, nil))
	}
}

func unrelatedSecond(m *Material) (string, error) {
	first, err := text(m.good())
	if err != nil {
		return "", err
	}
	key, err := m.key("unrelated", freshEC(elliptic.P256()))
	if err != nil {
		return "", err
	}
	second, err := text(m.issue(key, func(c *x509.Certificate) {
		c.Subject.CommonName = "second." + m.Domain()
		c.DNSNames = []string{"second." + m.Domain()}
	}, nil, nil))
	return first + second, err
}

func keyInside(m *Material) (string, error) {
	good, err := text(m.good())
	if err != nil {
		return "", err
	}
	key, err := m.Value("@key/other-pkcs8")
	return good + key, err
}

// trailingDER is a certificate with two more bytes in its block.
func trailingDER(m *Material) (string, error) {
	cert, err := m.good()
	if err != nil {
		return "", err
	}
	return armored("CERTIFICATE", append(cert.Raw, 5, 0)), nil
}

// signedBySHA1 is signed by an RSA key, because Go signs nothing else by SHA-1.
func signedBySHA1(m *Material) (string, error) {
	key, err := m.own()
	if err != nil {
		return "", err
	}
	return text(m.issue(key, func(c *x509.Certificate) { c.SignatureAlgorithm = x509.SHA1WithRSA }, nil, nil))
}

// pkcs7 is the certificate in SignedData without signers, as CAs send it.
func pkcs7(m *Material) (string, error) {
	cert, err := m.good()
	if err != nil {
		return "", err
	}
	data, signedData := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}, asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	none := asn1.RawValue{Class: asn1.ClassUniversal, Tag: asn1.TagSet, IsCompound: true}
	type contentInfo struct{ Type asn1.ObjectIdentifier }
	content, err := asn1.Marshal(struct {
		Version      int
		Digests      asn1.RawValue
		Content      contentInfo
		Certificates asn1.RawValue
		Signers      asn1.RawValue
	}{1, none, contentInfo{data}, asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: cert.Raw}, none})
	if err != nil {
		return "", err
	}
	der, err := asn1.Marshal(struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue
	}{signedData, asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: content}})
	return armored("PKCS7", der), err
}

// sized repeats the intermediate behind the leaf until the text has the size.
func sized(size int) form {
	return chain(func(leaf, intermediate, _ string) string {
		return leaf + strings.Repeat(intermediate, 1+(size-len(leaf))/len(intermediate))
	})
}

// lines returns the lines of a text of one block, without their ends.
func lines(text string) []string { return strings.Split(strings.TrimSuffix(text, "\n"), "\n") }

func replaceLine(text string, n int, change func(string) string) string {
	all := lines(text)
	all[n] = change(all[n])
	return strings.Join(all, "\n") + "\n"
}

// body returns the base64 of a block in one line.
func body(text string) string {
	all := lines(text)
	return strings.Join(all[1:len(all)-1], "")
}

// rewrap breaks the base64 of a block into lines of another width.
func rewrap(text string, width int) string {
	all, rest := lines(text), body(text)
	var b strings.Builder
	b.WriteString(all[0] + "\n")
	for len(rest) > 0 {
		n := min(width, len(rest))
		b.WriteString(rest[:n] + "\n")
		rest = rest[n:]
	}
	b.WriteString(all[len(all)-1] + "\n")
	return b.String()
}
