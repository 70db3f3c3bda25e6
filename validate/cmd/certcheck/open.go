package main

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/binary"
	"encoding/pem"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"go.step.sm/crypto/pemutil"
	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
	"software.sslmate.com/src/go-pkcs12"

	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/container"
)

// What opening may cost. A file says itself how often its pass-phrase is hashed, so the
// counts are read and compared before anything is derived.
const (
	maxIterations = 4_000_000 // of PBKDF2 and the derivation of PKCS#12, all of a file together
	maxRounds     = 256       // of bcrypt in an OpenSSH key

	// maxOpening bounds what is not seen before something is decrypted: the counts
	// inside.
	maxOpening = time.Minute
)

var (
	errWrongPass  = errors.New("the pass-phrase is wrong")
	errTooCostly  = errors.New("it asks for too many rounds")
	errUnreadable = errors.New("it is encrypted in a way that is not read here")
)

// open returns certificate and key with what needs a pass-phrase opened: PKCS#12 and
// encrypted keys, if there is one. An OpenSSH key without a pass-phrase is
// converted, too. What needs nothing stays as it is.
func (o *options) open(certificate string, key validate.Secret, stdin io.Reader) (string, validate.Secret, error) {
	pass, given, err := o.readPass(stdin)
	if err != nil {
		return "", validate.Secret{}, err
	}
	opened, err := openText(certificate, pass, given)
	if err != nil {
		return "", validate.Secret{}, openFailure("cert", o.cert, err)
	}
	o.unsealed = opened != certificate
	openedKey := opened
	if key.Reveal() != certificate {
		if openedKey, err = openText(key.Reveal(), pass, given); err != nil {
			return "", validate.Secret{}, openFailure("key", o.key, err)
		}
	}
	return opened, validate.NewSecret(openedKey), nil
}

// openFailure says why a file cannot be opened. Errors of other packages are not
// repeated: what they quote is not known.
func openFailure(flag, path string, err error) error {
	switch {
	case errors.Is(err, errWrongPass):
		return bilingual.Fail("-%[1]s %[2]s: the pass-phrase of -pass does not open it", "-%[1]s %[2]s：-pass 给出的口令无法打开该文件", flag, shown(path))
	case errors.Is(err, errTooCostly):
		return bilingual.Fail("-%[1]s %[2]s: it asks for more than %[3]d iterations (%[4]d rounds of bcrypt) and is not opened; open it with openssl, or make it anew",
			"-%[1]s %[2]s：其迭代次数超过 %[3]d（bcrypt 超过 %[4]d 轮），不予打开；请用 openssl 打开或重新生成", flag, shown(path), maxIterations, maxRounds)
	default:
		return bilingual.Fail("-%[1]s %[2]s: it is encrypted in a way that is not read here; decrypt it with openssl pkey -in FILE -out out.pem, or openssl pkcs12",
			"-%[1]s %[2]s：无法读取其加密方式；请用 openssl pkey -in FILE -out out.pem 或 openssl pkcs12 解密", flag, shown(path))
	}
}

// openText opens what is in a text. given is false if there is no pass-phrase.
func openText(text string, pass validate.Secret, given bool) (string, error) {
	switch c := container.Recognize(text); c.Kind {
	case container.PKCS12, container.PKCS12Legacy:
		if given {
			return bounded(func() (string, error) { return openPKCS12([]byte(c.Data), pass) })
		}
	case container.EncryptedKey:
		if given {
			return bounded(func() (string, error) {
				return openKey(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: []byte(c.Data)}, pass)
			})
		}
	case container.PEM:
		return openBlocks(c.Data, text, pass, given)
	default:
	}
	return text, nil
}

// bounded runs a function that may panic or take long. A file made for that ends the
// command, not the machine's patience.
func bounded(open func() (string, error)) (string, error) {
	type result struct {
		text string
		err  error
	}
	done := make(chan result, 1)
	go func() {
		r := result{err: errUnreadable}
		defer func() {
			if recover() != nil { // what it says may quote the key
				r = result{err: errUnreadable}
			}
			done <- r
		}()
		r.text, r.err = open()
	}()
	select {
	case r := <-done:
		return r.text, r.err
	case <-time.After(maxOpening):
		return "", errTooCostly
	}
}

// openBlocks opens the private-key blocks of a text. The rest of it stays as it is.
func openBlocks(text, given string, pass validate.Secret, hasPass bool) (string, error) {
	if !strings.Contains(text, "PRIVATE KEY") {
		return given, nil
	}
	var out strings.Builder
	changed := false
	rest := []byte(text)
	for {
		block, after := pem.Decode(rest)
		if block == nil {
			break
		}
		consumed := string(rest[:len(rest)-len(after)])
		rest = after
		if !isClosed(block, hasPass) {
			out.WriteString(consumed)
			continue
		}
		opened, err := bounded(func() (string, error) { return openKey(block, pass) })
		if err != nil {
			return "", err
		}
		begin := max(0, strings.LastIndex(consumed, "-----BEGIN "))
		out.WriteString(consumed[:begin] + opened)
		changed = true
	}
	if !changed {
		return given, nil
	}
	out.Write(rest)
	return out.String(), nil
}

// isClosed reports whether a block is to be opened: with a pass-phrase, an encrypted key;
// in any case an OpenSSH key that needs none.
func isClosed(block *pem.Block, hasPass bool) bool {
	switch block.Type {
	case "ENCRYPTED PRIVATE KEY":
		return hasPass && container.DER(block.Bytes) == container.EncryptedKey
	case "OPENSSH PRIVATE KEY":
		_, encrypted, ok := container.OpenSSH(block.Bytes)
		return ok && (hasPass || !encrypted)
	default:
		return hasPass && strings.HasSuffix(block.Type, "PRIVATE KEY") && block.Headers["DEK-Info"] != ""
	}
}

// openKey returns the key of an encrypted block in PEM form.
func openKey(block *pem.Block, pass validate.Secret) (string, error) {
	password := []byte(pass.Reveal())
	defer clear(password)
	switch block.Type {
	case "OPENSSH PRIVATE KEY":
		return openOpenSSH(block, password)
	case "ENCRYPTED PRIVATE KEY":
		if err := boundPKCS8(block.Bytes); err != nil {
			return "", err
		}
	}
	der, err := pemutil.DecryptPEMBlock(&pem.Block{Type: block.Type, Headers: block.Headers, Bytes: slices.Clone(block.Bytes)}, password)
	if err != nil {
		return "", wrongOr(err)
	}
	defer clear(der)
	if container.DER(der) != container.PrivateKey && container.DER(der) != container.SM2PrivateKey {
		return "", errWrongPass // noise that happens to end as padding does
	}
	label := block.Type
	if label == "ENCRYPTED PRIVATE KEY" {
		label = "PRIVATE KEY"
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der})), nil
}

func wrongOr(err error) error {
	if errors.Is(err, x509.IncorrectPasswordError) || errors.Is(err, pkcs12.ErrIncorrectPassword) {
		return errWrongPass
	}
	return errUnreadable
}

// openOpenSSH converts an OpenSSH key.
func openOpenSSH(block *pem.Block, password []byte) (string, error) {
	if rounds, ok := bcryptRounds(block.Bytes); !ok || rounds > maxRounds {
		return "", errTooCostly
	}
	text := pem.EncodeToMemory(block)
	defer clear(text)
	never := func(string) ([]byte, error) { return nil, errWrongPass }
	key, err := pemutil.ParseOpenSSHPrivateKey(text, pemutil.WithPassword(password), pemutil.WithPasswordPrompt("", never))
	switch {
	case err != nil && strings.Contains(err.Error(), "unsupported"), err != nil && strings.Contains(err.Error(), "unhandled"):
		return "", errUnreadable
	case err != nil:
		return "", errWrongPass
	}
	return pkcs8Text(key)
}

// pkcs8Text returns a key in PEM form.
func pkcs8Text(key any) (string, error) {
	switch key.(type) {
	case *rsa.PrivateKey, *ecdsa.PrivateKey, ed25519.PrivateKey:
	default:
		return "", errUnreadable
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", errUnreadable
	}
	defer clear(der)
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})), nil
}

// bcryptRounds returns the rounds of an OpenSSH key, 0 if it is not encrypted.
func bcryptRounds(data []byte) (rounds uint32, ok bool) {
	const magic = "openssh-key-v1\x00"
	s := cryptobyte.String(data)
	var cipher, kdf, options []byte
	field := func(out *[]byte) bool {
		var size uint32
		return s.ReadUint32(&size) && uint64(size) <= uint64(len(s)) && s.ReadBytes(out, int(size))
	}
	if !s.Skip(len(magic)) || !field(&cipher) || !field(&kdf) || !field(&options) {
		return 0, false
	}
	if string(kdf) == "none" {
		return 0, true
	}
	if len(options) < 8 {
		return 0, false
	}
	return binary.BigEndian.Uint32(options[len(options)-4:]), true
}

// The object identifiers of what pemutil reads.
var (
	oidPBES2  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 13}
	oidPBKDF2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 12}
	oidSHA1   = asn1.ObjectIdentifier{1, 2, 840, 113549, 2, 7}
	oidSHA256 = asn1.ObjectIdentifier{1, 2, 840, 113549, 2, 9}
)

// boundPKCS8 refuses an encrypted PKCS#8 key that would cost too much, and one whose
// derivation is not PBKDF2 with SHA-1 or SHA-256: pemutil takes any other hash for
// SHA-1. So scrypt is never run.
func boundPKCS8(der []byte) error {
	input := cryptobyte.String(der)
	var info, algorithm, params, derivation, pbkdf2, prf cryptobyte.String
	var oid asn1.ObjectIdentifier
	var hasPRF bool
	if !input.ReadASN1(&info, tag.SEQUENCE) || !info.ReadASN1(&algorithm, tag.SEQUENCE) ||
		!algorithm.ReadASN1ObjectIdentifier(&oid) || !oid.Equal(oidPBES2) ||
		!algorithm.ReadASN1(&params, tag.SEQUENCE) || !params.ReadASN1(&derivation, tag.SEQUENCE) ||
		!derivation.ReadASN1ObjectIdentifier(&oid) || !oid.Equal(oidPBKDF2) ||
		!derivation.ReadASN1(&pbkdf2, tag.SEQUENCE) || !pbkdf2.SkipASN1(tag.OCTET_STRING) || !pbkdf2.SkipASN1(tag.INTEGER) ||
		!pbkdf2.ReadOptionalASN1(&prf, &hasPRF, tag.SEQUENCE) {
		return errUnreadable
	}
	if hasPRF && (!prf.ReadASN1ObjectIdentifier(&oid) || !oid.Equal(oidSHA1) && !oid.Equal(oidSHA256)) {
		return errUnreadable
	}
	return boundIterations(der)
}

// boundIterations refuses a structure that asks for too many iterations in all: the
// sum of the INTEGERs that follow an OCTET STRING, which is the salt, in its
// parameters. It looks into OCTET STRINGs that hold DER.
func boundIterations(der []byte) error {
	const deepest = 24
	left := uint64(maxIterations)
	var walk func(s cryptobyte.String, depth int) error
	walk = func(s cryptobyte.String, depth int) error {
		if depth > deepest {
			return errUnreadable
		}
		salted := false
		for !s.Empty() {
			var content cryptobyte.String
			var t tag.Tag
			if !s.ReadAnyASN1(&content, &t) {
				return errUnreadable
			}
			var n uint64
			number := cryptobyte.String(append([]byte{0x02, byte(min(len(content), 127))}, content...))
			switch {
			case t == tag.INTEGER && salted && (len(content) > 9 || !number.ReadASN1Integer(&n) || n > left):
				return errTooCostly
			case t == tag.INTEGER && salted:
				left -= n
			case t&0x20 != 0:
				if err := walk(content, depth+1); err != nil {
					return err
				}
			case t == tag.OCTET_STRING && holdsDER(content):
				if err := walk(content, depth+1); err != nil && !errors.Is(err, errUnreadable) {
					return err
				}
			}
			salted = t == tag.OCTET_STRING
		}
		return nil
	}
	return walk(der, 0)
}

// holdsDER reports whether a content is one SEQUENCE.
func holdsDER(content cryptobyte.String) bool {
	var inner cryptobyte.String
	return content.ReadASN1(&inner, tag.SEQUENCE) && content.Empty()
}

// openPKCS12 returns the key, the certificate and its chain in PEM form.
func openPKCS12(der []byte, pass validate.Secret) (string, error) {
	if err := boundIterations(der); err != nil {
		return "", err
	}
	key, leaf, chain, err := pkcs12.DecodeChain(der, pass.Reveal())
	if err != nil {
		return "", wrongOr(err)
	}
	text, err := pkcs8Text(key)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, cert := range append([]*x509.Certificate{leaf}, chain...) {
		_ = pem.Encode(&out, &pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw})
	}
	out.WriteString(text)
	return out.String(), nil
}
