package main

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.step.sm/crypto/pemutil"
	"software.sslmate.com/src/go-pkcs12"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/validate"
)

// A closedFile is a file that needs a pass-phrase.
type closedFile struct{ name, as, text string }

// closedFiles are the key of pki/rsa2048, each encrypted with testPass in another form,
// and PKCS#12 files with its chain.
func closedFiles(tb testing.TB) (files []closedFile) {
	tb.Helper()
	block, _ := pem.Decode([]byte(readText(tb, "pki", "rsa2048", "key.pem")))
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil {
		tb.Fatal(err)
	}
	chain := certificates([]byte(readText(tb, "pki", "rsa2048", "chain3.pem")))
	add := func(name, as string, text []byte, err error) {
		if err != nil {
			tb.Fatalf("%s: %v", name, err)
		}
		files = append(files, closedFile{name, as, string(text)})
	}
	for name, cipher := range map[string]x509.PEMCipher{"AES-128": x509.PEMCipherAES128, "AES-256": x509.PEMCipherAES256, "3DES": x509.PEMCipher3DES} {
		legacy, err := x509.EncryptPEMBlock(zeros{}, "RSA PRIVATE KEY", block.Bytes, []byte(testPass), cipher) //nolint:staticcheck // people have such keys
		add("old form, "+name, "key", pem.EncodeToMemory(legacy), err)
		der, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			tb.Fatal(err)
		}
		if name == "AES-128" {
			continue // a derivation takes a second here
		}
		pkcs8, err := pemutil.EncryptPKCS8PrivateKey(zeros{}, der, []byte(testPass), cipher)
		if name == "AES-256" {
			add("PKCS#8, "+name, "key", pem.EncodeToMemory(pkcs8), err)
		} else {
			add("PKCS#8 in DER, "+name, "key", pkcs8.Bytes, err)
		}
	}
	ssh, err := pemutil.SerializeOpenSSHPrivateKey(key, pemutil.WithPassword([]byte(testPass)))
	add("a key of OpenSSH", "key", pem.EncodeToMemory(ssh), err)
	for name, encoder := range map[string]*pkcs12.Encoder{"modern": pkcs12.Modern2023, "3DES": pkcs12.LegacyDES, "RC2": pkcs12.LegacyRC2} {
		der, err := encoder.WithRand(zeros{}).Encode(key, chain[0], chain[1:], testPass)
		add("PKCS#12, "+name, "both", der, err)
		add("PKCS#12 in base64, "+name, "both", []byte(base64.StdEncoding.EncodeToString(der)), err)
		add("PKCS#12 as certificate, "+name, "cert", der, err)
	}
	return files
}

// zeros is a source of salts and vectors that need not be secret here.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// argsFor returns the arguments that give a file, with the matching certificate where it
// is the key alone.
func (f closedFile) argsFor(path string) []string {
	switch f.as {
	case "key":
		return []string{"-cert", repository("pki", "rsa2048", "chain3.pem"), "-key", path}
	case "both":
		return []string{"-cert", path, "-key", path}
	default:
		return []string{"-cert", path}
	}
}

// TestPassOpens: with the pass-phrase -fix writes the published form of every closed
// file; without it, and with a wrong one, nothing is written, and nothing shows.
func TestPassOpens(t *testing.T) {
	testutil.Long(t)
	t.Setenv("CERTCHECK_TEST_PASS", testPass)
	wantCertificate, wantKey := readText(t, "pki", "rsa2048", "chain3.pem"), readText(t, "pki", "rsa2048", "key.pem")
	for _, f := range closedFiles(t) {
		t.Run(f.name, func(t *testing.T) {
			dir := t.TempDir()
			path, passFile, wrong := filepath.Join(dir, "x.bin"), filepath.Join(dir, "pass"), filepath.Join(dir, "wrong")
			writeFile(t, path, f.text)
			writeFile(t, passFile, testPass+"\nanother line\n")
			writeFile(t, wrong, "open barley\n")
			args := f.argsFor(path)
			sources := []string{"file:" + passFile, "env:CERTCHECK_TEST_PASS", "-"}
			if strings.HasPrefix(f.name, "PKCS#8") || f.name == "a key of OpenSSH" { // which take long
				sources = sources[:1]
			}
			for i, source := range sources {
				out := filepath.Join(dir, "fixed.d", source[:1]) // a dot: a long name of random letters may be a key
				got := runHere(t, testPass+"\r\n", false, append(slices.Clone(args), "-pass", source, "-fix", out)...)
				if got.status != exitAccepted || strings.Contains(got.stdout, "issued again") { // nobody has read the key
					t.Fatalf("%d: %+v", i, got)
				}
				names := map[string]string{"x.key": wantKey, "x.bin": wantCertificate}
				if f.as == "key" {
					names = map[string]string{"chain3.pem": wantCertificate, "x.bin": wantKey}
				}
				for name, want := range names {
					if text, err := os.ReadFile(filepath.Join(out, name)); err != nil || string(text) != want {
						t.Errorf("%s: %v, as expected: %t", name, err, string(text) == want)
					}
				}
				nothingShows(t, got, wantKey)
			}
			none := filepath.Join(dir, "none.d")
			for _, more := range [][]string{nil, {"-pass", "file:" + wrong}, {"-pass", "file:" + wrong, "-format", "json"}, {"-pass", "file:" + wrong, "-lang", "zh"}} {
				got := runHere(t, "", false, slices.Concat(args, more, []string{"-fix", none})...)
				if got.status == exitAccepted {
					t.Errorf("%q: %+v", more, got)
				}
				nothingShows(t, got, wantKey)
				if _, err := os.Stat(none); err == nil {
					t.Errorf("%q: something was written", more)
				}
				if strings.Contains(got.stdout+got.stderr, "barley") {
					t.Errorf("%q: the wrong pass-phrase shows", more)
				}
			}
			// Without -fix the verdict is that of the file as it is.
			for _, format := range []string{"text", "json", "sarif"} {
				got := runHere(t, "", false, slices.Concat(args, []string{"-pass", "file:" + passFile, "-format", format})...)
				if got.status != exitRefused {
					t.Errorf("%s: %+v", format, got)
				}
				nothingShows(t, got, wantKey)
				if format == "text" && !strings.Contains(got.stdout, "-fix fixed") {
					t.Errorf("not said that -fix helps:\n%s", got.stdout)
				}
			}
		})
	}
}

func nothingShows(t *testing.T, got ran, key string) {
	t.Helper()
	if out := got.stdout + got.stderr; strings.Contains(out, testPass) || slices.ContainsFunc(secretsOf(key), func(secret string) bool { return strings.Contains(out, secret) }) {
		t.Errorf("the pass-phrase or the key shows:\n%s", out)
	}
}

// TestPassIsNoArgument: the pass-phrase itself is refused, and not repeated.
func TestPassIsNoArgument(t *testing.T) {
	cert, key := repository("pki", "rsa2048", "chain3.pem"), repository("pki", "encrypted", "pkcs8.pem")
	t.Chdir(t.TempDir())
	writeFile(t, "empty", "")
	for _, tt := range []struct{ pass, want string }{
		{"hunter2-hunter2", "never an argument"},
		{"pass:hunter2-hunter2", "never an argument"},
		{"", "never an argument"},
		{"file:", "never an argument"},
		{"env:", "never an argument"},
		{"env:CERTCHECK_NOT_SET", "the variable is not set"},
		{"file:none", "-pass none: there is no such file"},
		{"file:empty/none", "-pass empty/none: "},
	} {
		for _, lang := range []string{"en", "zh"} {
			got := runHere(t, "", false, "-cert", cert, "-key", key, "-pass", tt.pass, "-lang", lang)
			if got.status != exitUsage || lang == "en" && !strings.Contains(got.stderr, tt.want) || strings.Contains(got.stderr, "hunter2") {
				t.Errorf("-pass %q: %+v", tt.pass, got)
			}
		}
	}
	if got := runHere(t, "", false, "-cert", "-", "-key", key, "-pass", "-"); got.status != exitUsage || !strings.Contains(got.stderr, "standard input") {
		t.Errorf("%+v", got)
	}
	if got := runHere(t, strings.Repeat("x", maxPass+2), false, "-cert", cert, "-key", key, "-pass", "-"); got.status != exitUsage {
		t.Errorf("%+v", got)
	}
	if got := runHere(t, "", false, "-dir", t.TempDir(), "-pass", "-"); got.status != exitUsage {
		t.Errorf("%+v", got)
	}
}

// TestPassIsBounded: what asks for more than the bounds is refused before anything is
// derived.
func TestPassIsBounded(t *testing.T) {
	files := map[string]string{"2^31-1 iterations": readText(t, "pki", "encrypted", "pkcs8-huge-iterations.pem")}
	for _, f := range closedFiles(t) {
		der := []byte(f.text)
		if block, _ := pem.Decode(der); block != nil {
			der = block.Bytes
		}
		switch {
		case f.name == "a key of OpenSSH":
			at := bytes.Index(der, []byte{0, 0, 0, 16}) // the salt
			big := slices.Clone(der)
			copy(big[at+4+16:], []byte{0x7f, 0xff, 0xff, 0xff})
			files["OpenSSH"] = string(pem.EncodeToMemory(&pem.Block{Type: "OPENSSH PRIVATE KEY", Bytes: big}))
		case strings.HasPrefix(f.name, "PKCS#12, ") || f.name == "PKCS#8 in DER, 3DES":
			for i, changed := range moreIterations(der) {
				files[f.name+" "+string(rune('0'+i))] = changed
			}
		}
	}
	if len(files) < 8 {
		t.Fatalf("%d files", len(files))
	}
	dir := t.TempDir()
	path, passFile := filepath.Join(dir, "x.key"), filepath.Join(dir, "pass")
	writeFile(t, passFile, testPass)
	for name, text := range files {
		writeFile(t, path, text)
		began := time.Now()
		got := runHere(t, "", false, "-cert", repository("pki", "rsa2048", "chain3.pem"), "-key", path, "-pass", "file:"+passFile, "-fix", filepath.Join(dir, "out"))
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%s took %v", name, took)
		}
		if got.status != exitUsage || !strings.Contains(got.stderr, "iterations") {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// moreIterations returns copies of a DER in each of which one count of iterations, which
// takes two bytes or three, is the largest of its size that is over the bound: it is
// made by replacing the INTEGER and adding to the lengths around it.
func moreIterations(der []byte) (all []string) {
	var walk func(content []byte) [][]byte
	walk = func(content []byte) (variants [][]byte) {
		salted := false
		for at := 0; at < len(content); {
			var raw asn1.RawValue
			rest, err := asn1.Unmarshal(content[at:], &raw)
			if err != nil {
				return nil
			}
			end := len(content) - len(rest)
			put := func(with []byte) { variants = append(variants, slices.Concat(content[:at], with, content[end:])) }
			switch {
			case raw.Tag == asn1.TagInteger && salted:
				put([]byte{2, 4, 0x7f, 0xff, 0xff, 0xff})
			case raw.IsCompound || raw.Tag == asn1.TagOctetString && raw.Bytes != nil:
				for _, inner := range walk(raw.Bytes) {
					wrapped, err := asn1.Marshal(asn1.RawValue{Class: raw.Class, Tag: raw.Tag, IsCompound: raw.IsCompound, Bytes: inner})
					if err == nil {
						put(wrapped)
					}
				}
			}
			salted = raw.Tag == asn1.TagOctetString && !raw.IsCompound
			at = end
		}
		return variants
	}
	for _, v := range walk(der) {
		all = append(all, string(v))
	}
	return all
}

// TestPassUnreadable: derivations and ciphers that are not read are called that, not a
// wrong pass-phrase, and damage makes no panic.
func TestPassUnreadable(t *testing.T) {
	dir := t.TempDir()
	path, passFile := filepath.Join(dir, "x.key"), filepath.Join(dir, "pass")
	writeFile(t, passFile, testPass)
	run := func(text string) ran {
		writeFile(t, path, text)
		return runHere(t, "", false, "-key", path, "-pass", "file:"+passFile, "-fix", filepath.Join(dir, "out"))
	}
	if _, err := exec.LookPath("openssl"); err == nil {
		writeFile(t, filepath.Join(dir, "key.pem"), readText(t, "pki", "p256", "key.pem"))
		for _, how := range []string{"-scrypt", "-v2prf hmacWithSHA512", "-v1 PBE-SHA1-3DES"} {
			shell(t, dir, "openssl pkcs8 -topk8 -in key.pem -passout file:pass -out FILE "+how)
			text, err := os.ReadFile(filepath.Join(dir, "FILE"))
			if err != nil {
				t.Fatal(err)
			}
			if got := run(string(text)); got.status != exitUsage || !strings.Contains(got.stderr, "not read here") {
				t.Errorf("%s: %+v", how, got)
			}
		}
	}
	for _, f := range closedFiles(t) {
		if f.as == "cert" || strings.HasPrefix(f.name, "PKCS#8") {
			continue
		}
		der := []byte(f.text)
		label := ""
		if block, _ := pem.Decode(der); block != nil {
			der, label = block.Bytes, block.Type
		}
		step := 13
		if f.name == "a key of OpenSSH" {
			step = 61
		}
		for at := 0; at < min(len(der), 180); at += step {
			changed := slices.Clone(der)
			changed[at] ^= 0x41
			text := string(changed)
			if label != "" {
				text = string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: changed}))
			}
			if got := run(text); strings.Contains(got.stdout+got.stderr, testPass) || strings.Contains(got.stderr, "goroutine") {
				t.Errorf("%s, byte %d: %+v", f.name, at, got)
			}
		}
	}
	// A vector of another length makes the cipher panic.
	type cipher struct {
		Algorithm asn1.ObjectIdentifier
		IV        []byte
	}
	type pbkdf2 struct {
		Salt       []byte
		Iterations int
	}
	type derivation struct {
		Algorithm asn1.ObjectIdentifier
		Params    pbkdf2
	}
	type pbes2 struct {
		Derivation derivation
		Cipher     cipher
	}
	params, err := asn1.Marshal(pbes2{derivation{oidPBKDF2, pbkdf2{make([]byte, 8), 1}}, cipher{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 42}, make([]byte, 5)}})
	if err != nil {
		t.Fatal(err)
	}
	der, err := asn1.Marshal(struct {
		Algorithm pkix.AlgorithmIdentifier
		Data      []byte
	}{pkix.AlgorithmIdentifier{Algorithm: oidPBES2, Parameters: asn1.RawValue{FullBytes: params}}, make([]byte, 17)})
	if err != nil {
		t.Fatal(err)
	}
	if got := run(string(der)); got.status != exitUsage || !strings.Contains(got.stderr, "not read here") {
		t.Errorf("a short vector: %+v", got)
	}
}

// TestSeparated: what comes in one file, or each in the other's parameter, is written
// under names that say what is in it, and no key is in the file of a certificate.
func TestSeparated(t *testing.T) {
	chain, key, other := readText(t, "pki", "p256", "chain3.pem"), readText(t, "pki", "p256", "key.pem"), readText(t, "pki", "rsa2048", "key.pem")
	pkcs8 := readText(t, "pki", "p256", "key-pkcs8.pem")
	for _, tt := range []struct {
		name           string
		files          map[string]string
		args           []string
		wantCert, want string
	}{
		{"one file for both", map[string]string{"shop.pem": chain + key}, []string{"-cert", "shop.pem", "-key", "shop.pem"}, "shop.pem", "shop.key"},
		{"one file for both, key first", map[string]string{"shop.pem": key + chain}, []string{"-cert", "shop.pem", "-key", "shop.pem"}, "shop.pem", "shop.key"},
		{"one file for both, by two names", map[string]string{"shop.pem": key + chain}, []string{"-cert", "shop.pem", "-key", "./shop.pem"}, "shop.pem", "shop.key"},
		{"one file, and no other", map[string]string{"shop.pem": chain + pkcs8}, []string{"-cert", "shop.pem"}, "shop.pem", "shop.key"},
		{"one file called .key", map[string]string{"shop.key": chain + key}, []string{"-cert", "shop.key", "-key", "shop.key"}, "shop.key", "shop.key.key"},
		{"the key in both", map[string]string{"shop.crt": chain + key, "priv.pem": pkcs8}, []string{"-cert", "shop.crt", "-key", "priv.pem"}, "shop.crt", "priv.pem"},
		{"another key in the certificate", map[string]string{"shop.crt": chain + other, "priv.pem": key}, []string{"-cert", "shop.crt", "-key", "priv.pem"}, "shop.crt", "priv.pem"},
		{"another key as key", map[string]string{"shop.crt": chain + key, "priv.pem": other}, []string{"-cert", "shop.crt", "-key", "priv.pem"}, "shop.crt", "priv.pem"},
		{"exchanged", map[string]string{"shop.crt": chain, "shop.key": key}, []string{"-cert", "shop.key", "-key", "shop.crt"}, "shop.crt", "shop.key"},
		{"exchanged content", map[string]string{"shop.crt": key, "shop.key": chain}, []string{"-cert", "shop.crt", "-key", "shop.key"}, "shop.crt", "shop.key"},
		{"exchanged, other names", map[string]string{"fullchain.pem": chain, "privkey.pem": key}, []string{"-cert", "privkey.pem", "-key", "fullchain.pem"}, "fullchain.pem", "fullchain.key"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for name, text := range tt.files {
				writeFile(t, name, text)
			}
			got := runHere(t, "", false, append(tt.args, "-fix", "out")...)
			if got.status != exitAccepted {
				t.Fatalf("%+v", got)
			}
			cert, err := os.ReadFile(filepath.Join("out", tt.wantCert))
			if err != nil || string(cert) != chain {
				t.Errorf("certificate: %v, as expected: %t", err, string(cert) == chain)
			}
			written, err := os.ReadFile(filepath.Join("out", tt.want))
			if out, failed := validate.Normalize(errcodes.SetDomainServerCertificate, chain, validate.NewSecret(written)); err != nil || failed != nil || out.PrivateKey.Reveal() != string(written) {
				t.Errorf("key: %v, %v", err, failed)
			}
			info, err := os.Stat(filepath.Join("out", tt.want))
			if err != nil || info.Mode().Perm() != keyMode {
				t.Errorf("key: %v, %v", info, err)
			}
			if entries, err := os.ReadDir("out"); err != nil || len(entries) != 2 {
				t.Errorf("%v, %v", entries, err)
			}
			nothingShows(t, got, key)
		})
	}
}
