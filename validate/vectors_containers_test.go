package validate_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/testdata/vectors"
	"github.com/alicert/alicert/validate"
)

// A containerVector is one of the vectors that are made here: a certificate and a key, one
// of which is something else.
type containerVector struct {
	cond             errcodes.Condition
	name, comment    string
	certificate, key string
	says             string // a part of the reason
}

var notInNames = regexp.MustCompile(`[^a-z0-9]+`)

// containerVectors are made of the fixtures, so every run makes the same.
func containerVectors(tb testing.TB) (all []containerVector) {
	tb.Helper()
	leaf, key := pkiFile(tb, "p256/leaf.pem"), pkiFile(tb, "p256/key.pem")
	add := func(cond errcodes.Condition, prefix, name, certificate, key, says string) {
		of := "certificate"
		if slices.Contains([]errcodes.Condition{errcodes.CondPrivateKeyNotPEM, errcodes.CondPrivateKeyMalformed}, cond) {
			of = "private key"
		}
		file := prefix + "-" + strings.Trim(notInNames.ReplaceAllString(strings.ToLower(name), "-"), "-")
		all = append(all, containerVector{cond, file, fmt.Sprintf("The %s is something else: %s.", of, name), certificate, key, says})
	}
	for _, f := range slices.Concat(containerForms(), escapedForms(), derForms()) {
		add(errcodes.CondCertificateNotPEM, "container", f.name, f.form(tb, leaf), key, f.names)
		if len(f.name) < 16 { // the others are of the same kinds
			add(errcodes.CondPrivateKeyNotPEM, "container", f.name, leaf, f.form(tb, key), f.names)
		}
	}
	for _, o := range otherThings(tb) {
		add(errcodes.CondCertificateNotPEM, "container", o.name, o.text, key, o.says)
		add(errcodes.CondPrivateKeyNotPEM, "container", o.name, leaf, o.text, o.says)
	}
	for _, b := range contentsOfBlocks(tb) {
		if b.name == "SM2" && b.label != "CERTIFICATE" {
			continue // PrivateKeyUnsupported
		}
		if b.label == "CERTIFICATE" {
			add(errcodes.CondCertificateMalformed, "holds", b.name, pemOf(b.label, b.content), key, b.says)
			continue
		}
		add(errcodes.CondPrivateKeyMalformed, "holds", b.name, leaf, pemOf(b.label, b.content), b.says)
	}
	pkcs8, rsaKey, other := pkiFile(tb, "p256/key-pkcs8.pem"), pkiFile(tb, "rsa1024/key.pem"), pkiFile(tb, "p256/other-key.pem")
	for _, c := range [][3]string{
		{"one text for both", leaf + key, leaf + key},
		{"one text for both, key first", key + leaf, key + leaf},
		{"one text for both, in base64", base64Lines(leaf+key, 76, "\n"), base64Lines(leaf+key, 76, "\n")},
		{"the key in both", leaf + key, key},
		{"the key in both, once as PKCS#8", leaf + key, pkcs8},
		{"another key in the certificate", leaf + rsaKey, key},
		{"the fitting key in the certificate", leaf + key, other},
		{"exchanged, as PKCS#8", pkcs8, leaf},
	} {
		add(errcodes.CondCertificateNotPEM, "combined", c[0], c[1], c[2], "")
	}
	for _, c := range [][3]string{
		{"the key twice", key + key, "the same one twice"},
		{"the key twice, once as PKCS#8", key + pkcs8, "the same one twice"},
		{"the key three times", pkcs8 + key + key, "the same one twice"},
		{"two keys, the first fits", key + rsaKey, "the one in block 1 fits"},
		{"two keys, the second fits", rsaKey + key, "the one in block 2 fits"},
		{"two keys of one type, the second fits", other + key, "the one in block 2 fits"},
		{"three keys, the last fits", other + rsaKey + key, "the one in block 3 fits"},
		{"two keys, none fits", other + rsaKey, "it is not clear which is meant"},
		{"the certificate and two keys, the second fits", leaf + rsaKey + key, "the one in block 3 fits"},
		{"two encrypted keys", pkiFile(tb, "encrypted/pkcs8.pem") + pkiFile(tb, "encrypted/legacy.pem"), "it is not clear which is meant"},
	} {
		add(errcodes.CondPrivateKeyNotPEM, "combined", c[0], leaf, c[1], c[2])
	}
	return all
}

// An otherThing is a text that is neither certificate nor key.
type otherThing struct{ name, text, says string }

func otherThings(tb testing.TB) []otherThing {
	tb.Helper()
	secret := base64.StdEncoding.EncodeToString([]byte("not a certificate"))
	return []otherThing{
		{"an empty Java keystore", "\xfe\xed\xfe\xed\x00\x00\x00\x02\x00\x00\x00\x00" + strings.Repeat("\x01", 20), "Java keystore (JKS)"},
		{"a Java keystore, JCEKS", "\xce\xce\xce\xce\x00\x00\x00\x02\x00\x00\x00\x00" + strings.Repeat("\x01", 20), "Java keystore (JCEKS)"},
		{"a Java keystore in base64", base64.StdEncoding.EncodeToString([]byte("\xfe\xed\xfe\xed\x00\x00\x00\x02\x00\x00\x00\x00" + strings.Repeat("\x01", 20))), "base64 of a Java keystore"},
		{"the beginning of PKCS#12", string(beginOfPKCS12()), "PKCS#12"},
		{"the beginning of PKCS#12 in base64", base64.StdEncoding.EncodeToString(beginOfPKCS12()), "base64 of a PKCS#12"},
		{"an empty ZIP archive", "PK\x05\x06" + strings.Repeat("\x00", 18), "ZIP"},
		{"a gzip file", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00", "gzip"},
		{"a 7z archive", "7z\xbc\xaf\x27\x1c\x00\x04", "an archive"},
		{"the store of Traefik", fmt.Sprintf(`{"le": {"Account": {}, "Certificates": [{"domain": {"main": "www.example.com"}, "certificate": %q, "key": %q}]}}`, secret, secret), "acme.json"},
		{"a JWK", `{"kty": "EC", "crv": "P-256", "x": "x", "y": "y", "d": "d"}`, "JWK"},
		{"an account of certbot", `{"body": {"contact": []}, "uri": "https://acme.example/acct/1"}`, "ACME"},
		{"an error in JSON", `{"error": "no such secret"}`, "JSON"},
		{"a Secret without data", "apiVersion: v1\nkind: Secret\ndata: {}\n", "Kubernetes Secret"},
		{"an HTML page", "<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head></html>\n", "HTML page"},
		{"an HTML page without type", "<html>\n<body>Bad Gateway</body>\n</html>\n", "HTML page"},
		{"an XML document", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code></Error>\n", "XML"},
		{"a path", "/etc/letsencrypt/live/www.example.com/fullchain.pem\n", "name of a file"},
		{"a path of Windows", `C:\certs\www.pfx`, "name of a file"},
		{"the name of a file", "privkey.pem", "name of a file"},
		{"a call of Terraform", `file("${path.module}/cert.pem")`, "name of a file"},
		{"a URL", "https://www.example.com/fullchain.pem", "URL"},
		{"a placeholder", "<paste your text here>", "placeholder"},
		{"a placeholder in Chinese", "请在此处粘贴内容", "placeholder"},
		{"a document", "{\\rtf1\\ansi -----BEGIN PEM-----\\par\nAA==\\par\n-----END PEM-----\\par\n}", "word processor"},
		{"a variable", "${TLS_TEXT}", "placeholder"},
		{"a template", "{{ .Values.tls.crt }}", "placeholder"},
		{"the word null", "null", "placeholder"},
		{"what openssl prints", "Certificate:\n    Data:\n        Version: 3 (0x2)\n        Serial Number: 4096 (0x1000)\n", "openssl -text"},
		{"a PuTTY key", "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: x\nPublic-Lines: 0\nPrivate-Lines: 0\nPrivate-MAC: 00\n", "PuTTY"},
		{"an SSH public key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAA a@b\n", "SSH public key"},
		{"Ansible Vault", "$ANSIBLE_VAULT;1.1;AES256\n61626162\n", "Ansible Vault"},
		{"SOPS", "key: ENC[AES256_GCM,data:YQ==,iv:YQ==,tag:YQ==,type:str]\nsops:\n    mac: x\n", "SOPS"},
		{"an age file", "age-encryption.org/v1\n-> X25519 x\n", "an encrypted file"},
		{"an SM2 certificate in DER", string(derOf(tb, pkiFile(tb, "unsupported/sm2.pem"))), "SM2"},
	}
}

// TestOtherThingsAreNamed: what is no text to be opened is named in both parameters, in
// both languages, with what to do.
func TestOtherThingsAreNamed(t *testing.T) {
	leaf, key := pkiFile(t, "p256/leaf.pem"), pkiFile(t, "p256/key.pem")
	for _, o := range otherThings(t) {
		in := soundInput(t, errcodes.SetDomainServerCertificate)
		for parameter, texts := range map[string][2]string{"certificate": {o.text, key}, "key": {leaf, o.text}} {
			in.cdn.Certificate, in.cdn.PrivateKey = texts[0], validate.NewSecret(texts[1])
			v, refused := in.report().Verdict()
			if !refused || !strings.Contains(v.Reason.EN, o.says) || v.Reason.ZH == "" || v.Hint() == v.Condition.Hint() {
				t.Errorf("%s as %s: %s: %s; %s", o.name, parameter, v.Code, v.Reason.EN, v.Hint().EN)
			}
		}
	}
}

// TestContainerVectors holds the vectors to what is made here. With -update it writes
// those that are missing or differ; TestVectors completes their answers.
func TestContainerVectors(t *testing.T) {
	made := make(map[string]bool)
	for _, c := range containerVectors(t) {
		name := c.cond.String() + "/" + c.name
		if made[name] {
			t.Errorf("two vectors are called %s", name)
		}
		made[name] = true
		want := vectors.Vector{
			Name: name, Comment: c.comment, Operations: []string{errcodes.SetDomainServerCertificate.String()}, Time: inPeriod,
			Short: map[string]string{"DomainName": "www.example.com", "ServerCertificateStatus": "on"},
			Long:  map[string]string{"ServerCertificate": c.certificate, "PrivateKey": c.key},
		}
		in := soundInput(t, errcodes.SetDomainServerCertificate)
		in.cdn.Certificate, in.cdn.PrivateKey = c.certificate, validate.NewSecret(c.key)
		v, _ := in.report().Verdict()
		if v.Condition != c.cond || !strings.Contains(v.Reason.EN, c.says) {
			t.Errorf("%s: %v: %s; want %q", name, v.Condition, v.Reason.EN, c.says)
		}
		want.Expect, want.Code = c.cond.String(), string(v.Code)
		want.At = vectors.Finding{Parameter: v.Parameter, Block: v.Block, Line: v.Line, Reason: c.says}
		path := filepath.Join(vectorFolder, name+".txt")
		text, err := os.ReadFile(path)
		got, parsed := vectors.Parse(name, string(text))
		same := err == nil && parsed == nil && got.Comment == want.Comment && got.At.Reason == c.says && gocmp.Equal(got.Long, want.Long) && gocmp.Equal(got.Short, want.Short)
		switch {
		case same:
		case testutil.Updating():
			if err := os.WriteFile(path, []byte(want.Format()), 0o600); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("%s: %v, %v: run TestContainerVectors and then TestVectors with -update", name, err, parsed)
		}
	}
	for _, prefix := range []string{"container-", "holds-", "combined-"} {
		files, err := filepath.Glob(filepath.Join(vectorFolder, "*", prefix+"*.txt"))
		if err != nil || len(files) < 10 {
			t.Errorf("%s: %d vectors, %v", prefix, len(files), err)
		}
		for _, file := range files {
			name := filepath.Base(filepath.Dir(file)) + "/" + strings.TrimSuffix(filepath.Base(file), ".txt")
			if _, err := os.Stat(file); !made[name] && !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s is not made any more", name)
			}
		}
	}
}
