package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// testPass opens whatever the tests encrypt.
const testPass = "open sesame"

// A recommended case is a file of another kind. Its making is a shell script over cert.pem,
// chain3.pem, key.pem and key-pkcs8.pem in the folder, or a text.
type recommended struct {
	name   string
	as     string   // the parameter: "cert" or "key"
	make   string   // writes FILE
	text   string   // or its text
	needs  []string // the programs of making and commands
	runs   []string // the commands, which stand in the hint
	gives  []string // the files that they write, which -fix or a check accepts
	asking string   // put behind each command: the pass-phrase instead of a question
}

func recommendations(t *testing.T) []recommended {
	t.Helper()
	chain, key := readText(t, "pki", "rsa2048", "chain3.pem"), readText(t, "pki", "rsa2048", "key.pem")
	b64 := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	secret := fmt.Sprintf("apiVersion: v1\nkind: Secret\ntype: kubernetes.io/tls\ndata:\n  tls.crt: %s\n  tls.key: %s\n", b64(chain), b64(key))
	secretJSON := fmt.Sprintf(`{"apiVersion": "v1", "kind": "Secret", "data": {"tls.crt": %q, "tls.key": %q}}`, b64(chain), b64(key))
	store := fmt.Sprintf(`{"le": {"Account": {"Email": "a@example.com"}, "Certificates": [{"domain": {"main": "www.example.com"}, "certificate": %q, "key": %q}]}}`, b64(chain), b64(key))
	toUTF16 := func(text string, order []int, mark bool) string {
		var out []byte
		for _, unit := range utf16.Encode([]rune(map[bool]string{true: "\ufeff"}[mark] + text)) {
			bytes := []byte{byte(unit >> 8), byte(unit & 0xff)}
			out = append(out, bytes[order[0]], bytes[order[1]])
		}
		return string(out)
	}
	fix := "certcheck -cert out.p12 -key out.p12 -pass file:PASS -fix DIR"
	open := "certcheck -cert FILE -key FILE -pass file:PASS -fix DIR"
	openssl := []string{"openssl"}
	both := []string{"cert.pem", "key.pem"}
	pkcs12 := []string{open, "openssl pkcs12 -in FILE -nokeys -out cert.pem", "openssl pkcs12 -in FILE -nocerts -nodes -out key.pem"}
	legacy := []string{open, "openssl pkcs12 -legacy -in FILE -nokeys -out cert.pem", "openssl pkcs12 -legacy -in FILE -nocerts -nodes -out key.pem"}
	keystore := func(kind string) string {
		return "openssl pkcs12 -export -in chain3.pem -inkey key.pem -out x.p12 -passout file:PASS && " +
			"keytool -importkeystore -noprompt -srckeystore x.p12 -srcstoretype PKCS12 -srcstorepass:file PASS -destkeystore FILE -deststoretype " + kind + " -deststorepass:file PASS"
	}
	ofStore := " -noprompt -srcstorepass:file PASS -deststorepass:file PASS"
	return []recommended{
		{name: "base64 of PEM", as: "cert", text: b64(chain), runs: []string{"base64 -d FILE > out.pem"}, gives: []string{"out.pem"}},
		{name: "base64 of PEM in lines", as: "cert", make: "base64 chain3.pem > FILE", runs: []string{"base64 -d FILE > out.pem"}, gives: []string{"out.pem"}},
		{name: "base64 of base64 of PEM", as: "key", text: b64(b64(key)), runs: []string{"base64 -d FILE | base64 -d > out.pem"}, gives: []string{"out.pem"}},
		{name: "base64 of a certificate", as: "cert", make: "grep -v -e ----- cert.pem > FILE", needs: openssl, runs: []string{"base64 -d FILE | openssl x509 -inform der -out out.pem"}, gives: []string{"out.pem"}},
		{name: "base64 of a key", as: "key", make: "grep -v -e ----- key.pem > FILE", needs: openssl, runs: []string{"base64 -d FILE | openssl pkey -inform der -out out.pem"}, gives: []string{"out.pem"}},
		{name: "UTF-16", as: "cert", text: toUTF16(chain, []int{1, 0}, true), needs: []string{"iconv"}, runs: []string{"iconv -f UTF-16 -t UTF-8 FILE > out.pem"}, gives: []string{"out.pem"}},
		{name: "UTF-16, little-endian", as: "key", text: toUTF16(key, []int{1, 0}, false), needs: []string{"iconv"}, runs: []string{"iconv -f UTF-16LE -t UTF-8 FILE > out.pem"}, gives: []string{"out.pem"}},
		{name: "UTF-16, big-endian", as: "cert", text: toUTF16(chain, []int{0, 1}, false), needs: []string{"iconv"}, runs: []string{"iconv -f UTF-16BE -t UTF-8 FILE > out.pem"}, gives: []string{"out.pem"}},
		{name: "a certificate in DER", as: "cert", make: "openssl x509 -in cert.pem -outform der -out FILE", needs: openssl, runs: []string{"openssl x509 -inform der -in FILE -out out.pem"}, gives: []string{"out.pem"}},
		{name: "a key in DER", as: "key", make: "openssl pkey -in key.pem -outform der -out FILE", needs: openssl, runs: []string{"openssl pkey -inform der -in FILE -out out.pem"}, gives: []string{"out.pem"}},
		{name: "an encrypted key in DER", as: "key", make: "openssl pkcs8 -topk8 -in key.pem -outform der -passout file:PASS -out FILE", needs: openssl, runs: []string{"openssl pkey -inform der -in FILE -out out.pem"}, gives: []string{"out.pem"}, asking: " -passin file:PASS"},
		{name: "an encrypted key", as: "key", make: "openssl pkcs8 -topk8 -in key.pem -passout file:PASS -out FILE", needs: openssl, runs: []string{"certcheck -key FILE -pass file:PASS -fix DIR", "openssl pkey -in FILE -out out.pem"}, gives: []string{"out.pem", "DIR/FILE"}, asking: " -passin file:PASS"},
		{name: "an encrypted key, old form", as: "key", make: "openssl rsa -in key.pem -aes128 -traditional -passout file:PASS -out FILE", needs: openssl, runs: []string{"certcheck -key FILE -pass file:PASS -fix DIR", "openssl pkey -in FILE -out out.pem"}, gives: []string{"out.pem", "DIR/FILE"}, asking: " -passin file:PASS"},
		{name: "PKCS#7 in DER", as: "cert", make: "openssl crl2pkcs7 -nocrl -certfile chain3.pem -outform der -out FILE", needs: openssl, runs: []string{"openssl pkcs7 -inform der -in FILE -print_certs -out out.pem"}, gives: []string{"out.pem"}},
		{name: "PKCS#7", as: "cert", make: "openssl crl2pkcs7 -nocrl -certfile chain3.pem -out FILE", needs: openssl, runs: []string{"openssl pkcs7 -in FILE -print_certs -out out.pem"}, gives: []string{"out.pem"}},
		{name: "PKCS#7 labeled CERTIFICATE", as: "cert", make: "openssl crl2pkcs7 -nocrl -certfile chain3.pem | sed s/PKCS7/CERTIFICATE/ > FILE", needs: openssl, runs: []string{"openssl pkcs7 -in FILE -print_certs -out out.pem"}, gives: []string{"out.pem"}},
		{name: "a trusted certificate", as: "cert", make: "openssl x509 -in cert.pem -addtrust serverAuth -trustout -out FILE", needs: openssl, runs: []string{"openssl x509 -in FILE -out out.pem"}, gives: []string{"out.pem"}},
		{name: "PEM in PEM", as: "cert", make: "(echo -----BEGIN CERTIFICATE-----; base64 chain3.pem; echo -----END CERTIFICATE-----) > FILE", runs: []string{"grep -v -e ----- FILE | base64 -d > out.pem"}, gives: []string{"out.pem"}},
		{name: "base64 in PEM", as: "cert", make: "(echo -----BEGIN CERTIFICATE-----; grep -v -e ----- cert.pem | base64; echo -----END CERTIFICATE-----) > FILE", needs: openssl, runs: []string{"grep -v -e ----- FILE | base64 -d | base64 -d | openssl x509 -inform der -out out.pem"}, gives: []string{"out.pem"}},
		{name: "base64 in PEM as key", as: "key", make: "(echo -----BEGIN PRIVATE KEY-----; grep -v -e ----- key.pem | base64; echo -----END PRIVATE KEY-----) > FILE", needs: openssl, runs: []string{"grep -v -e ----- FILE | base64 -d | base64 -d | openssl pkey -inform der -out out.pem"}, gives: []string{"out.pem"}},
		{name: "PKCS#12", as: "cert", make: "openssl pkcs12 -export -in chain3.pem -inkey key.pem -out FILE -passout file:PASS", needs: openssl, runs: pkcs12, gives: append([]string{"DIR/FILE", "DIR/FILE.key"}, both...), asking: " -passin file:PASS"},
		{name: "PKCS#12 as key", as: "key", make: "openssl pkcs12 -export -in chain3.pem -inkey key.pem -out FILE -passout file:PASS", needs: openssl, runs: pkcs12[:2], gives: []string{"DIR/FILE", "DIR/FILE.key"}, asking: " -passin file:PASS"},
		{name: "PKCS#12 of an old Windows", as: "cert", make: "openssl pkcs12 -legacy -export -in chain3.pem -inkey key.pem -out FILE -passout file:PASS", needs: openssl, runs: legacy, gives: append([]string{"DIR/FILE", "DIR/FILE.key"}, both...), asking: " -passin file:PASS"},
		{name: "PKCS#12 in base64", as: "cert", make: "openssl pkcs12 -export -in chain3.pem -inkey key.pem -passout file:PASS | base64 > FILE", needs: openssl, runs: []string{"base64 -d FILE > out.p12", fix}, gives: []string{"DIR/out.pem", "DIR/out.key"}},
		{name: "PKCS#12 labeled CERTIFICATE", as: "cert", make: "(echo -----BEGIN CERTIFICATE-----; openssl pkcs12 -export -in chain3.pem -inkey key.pem -passout file:PASS | base64 -w 64; echo -----END CERTIFICATE-----) > FILE", needs: openssl, runs: []string{"grep -v -e ----- FILE | base64 -d > out.p12", fix}, gives: []string{"DIR/out.pem", "DIR/out.key"}},
		{name: "a Java keystore", as: "cert", make: keystore("JKS"), needs: []string{"openssl", "keytool"}, runs: []string{"keytool -importkeystore -srckeystore FILE -srcstoretype JKS -destkeystore out.p12 -deststoretype PKCS12", fix}, gives: []string{"DIR/out.pem", "DIR/out.key"}, asking: ofStore},
		{name: "a Java keystore, JCEKS", as: "key", make: keystore("JCEKS"), needs: []string{"openssl", "keytool"}, runs: []string{"keytool -importkeystore -srckeystore FILE -srcstoretype JCEKS -destkeystore out.p12 -deststoretype PKCS12", fix}, gives: []string{"DIR/out.pem", "DIR/out.key"}, asking: ofStore},
		{name: "gzip", as: "cert", make: "gzip -c chain3.pem > FILE", needs: []string{"gzip"}, runs: []string{"gzip -dc < FILE > out.pem"}, gives: []string{"out.pem"}},
		{name: "a compressed archive", as: "cert", make: "tar -czf FILE chain3.pem && rm chain3.pem", needs: []string{"tar", "gzip"}, runs: []string{"tar -xzf FILE"}, gives: []string{"chain3.pem"}},
		{name: "ZIP", as: "cert", make: "python3 -m zipfile -c FILE chain3.pem && rm chain3.pem", needs: []string{"python3", "unzip"}, runs: []string{"unzip FILE"}, gives: []string{"chain3.pem"}},
		{name: "a store of Traefik", as: "cert", text: store, needs: []string{"jq"}, runs: []string{"jq -r '[.. | .certificate? | strings][0]' FILE | base64 -d > cert.pem", "jq -r '[.. | .key? | strings][0]' FILE | base64 -d > key.pem"}, gives: both},
		{name: "a Secret", as: "cert", text: secret, runs: []string{"sed -n 's/^ *tls.crt: *//p' FILE | base64 -d > cert.pem", "sed -n 's/^ *tls.key: *//p' FILE | base64 -d > key.pem"}, gives: both},
		{name: "a Secret in JSON", as: "key", text: secretJSON, needs: []string{"jq"}, runs: []string{`jq -r '.data."tls.crt"' FILE | base64 -d > cert.pem`, `jq -r '.data."tls.key"' FILE | base64 -d > key.pem`}, gives: both},
		{name: "an OpenSSH key, RSA", as: "key", make: "cp key.pem FILE && chmod 600 FILE && ssh-keygen -q -p -f FILE -N ''", needs: []string{"ssh-keygen"}, runs: []string{"cp FILE out.pem && ssh-keygen -p -m PEM -f out.pem", "certcheck -key FILE -fix DIR"}, gives: []string{"out.pem", "DIR/FILE"}, asking: " -N ''"},
		{name: "an OpenSSH key, Ed25519", as: "key", make: "ssh-keygen -q -t ed25519 -f FILE -N ''", needs: []string{"ssh-keygen"}, runs: []string{"certcheck -key FILE -fix DIR"}, gives: []string{"DIR/FILE"}},
		{name: "a PuTTY key", as: "key", make: "puttygen key.pem -O private -o FILE --new-passphrase /dev/null", needs: []string{"puttygen"}, runs: []string{"puttygen FILE -O private-openssh -o out.pem", "certcheck -key out.pem -fix DIR"}, gives: []string{"DIR/out.pem"}},
		{name: "Ansible Vault", as: "key", make: "ansible-vault encrypt --vault-password-file PASS --output FILE key.pem", needs: []string{"ansible-vault"}, runs: []string{"ansible-vault view FILE > out.pem"}, gives: []string{"out.pem"}, asking: " --vault-password-file PASS"},
		{name: "SOPS", as: "key", make: "sops -e key.pem > FILE", needs: []string{"sops", "age"}, runs: []string{"sops -d FILE"}},
	}
}

// TestRecommendedCommands makes a file of every kind for which a command is recommended,
// takes the command from what certcheck says about it, and runs it: it works, and what it
// writes is sound.
func TestRecommendedCommands(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("there is no shell to run commands in")
	}
	for _, tt := range recommendations(t) {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, program := range tt.needs {
				if _, err := exec.LookPath(program); err != nil {
					t.Skipf("%s is not installed", program)
				}
			}
			dir := t.TempDir()
			for name, source := range map[string]string{"chain3.pem": "chain3.pem", "cert.pem": "leaf.pem", "key.pem": "key.pem"} {
				writeFile(t, filepath.Join(dir, name), readText(t, "pki", "rsa2048", source))
			}
			writeFile(t, filepath.Join(dir, "PASS"), testPass+"\n")
			writeFile(t, filepath.Join(dir, "FILE"), tt.text)
			if tt.make != "" {
				if err := os.Remove(filepath.Join(dir, "FILE")); err != nil {
					t.Fatal(err)
				}
				shell(t, dir, tt.make)
			}
			file := filepath.Join(dir, "FILE")
			hints := [2]string{}
			for i, lang := range []string{"en", "zh"} {
				hints[i] = hintOf(t, tt.as, file, lang)
				for _, command := range tt.runs {
					if !strings.Contains(hints[i], command) {
						t.Fatalf("the hint does not have the command %q:\n%s", command, hints[i])
					}
				}
			}
			for _, name := range []string{"cert.pem", "key.pem"} {
				_ = os.Remove(filepath.Join(dir, name))
			}
			for _, command := range tt.runs {
				runRecommended(t, dir, command, tt.asking)
			}
			for _, name := range tt.gives {
				soundFile(t, filepath.Join(dir, filepath.FromSlash(name)))
			}
		})
	}
}

// hintOf returns what certcheck says to do about a file that is one of the parameters.
func hintOf(t *testing.T, as, file, lang string) string {
	t.Helper()
	got := runHere(t, "", false, "-"+as, file, "-lang", lang, "-format", "json")
	var out struct {
		Violations []struct{ Parameter, Hint, Condition string }
	}
	if err := json.Unmarshal([]byte(got.stdout), &out); err != nil {
		t.Fatalf("%v\n%s%s", err, got.stdout, got.stderr)
	}
	for _, v := range out.Violations {
		if strings.HasSuffix(v.Condition, "Missing") {
			continue
		}
		return v.Hint
	}
	t.Fatalf("nothing is wrong:\n%s", got.stdout)
	return ""
}

func shell(t *testing.T, dir, script string) {
	t.Helper()
	cmd := exec.Command("sh", "-ec", script)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", script, err, out)
	}
}

// runRecommended runs a command: certcheck in the process, any other in a shell, with
// the pass-phrase in the place of a question.
func runRecommended(t *testing.T, dir, command, asking string) {
	t.Helper()
	rest, ours := strings.CutPrefix(command, "certcheck ")
	if !ours {
		if strings.Contains(command, ">") {
			asking = ""
		}
		shell(t, dir, command+asking)
		return
	}
	var args []string
	for word := range strings.FieldsSeq(rest) {
		switch {
		case strings.HasPrefix(word, "-"):
			args = append(args, word)
		case strings.HasPrefix(word, "file:"):
			args = append(args, "file:"+filepath.Join(dir, word[len("file:"):]))
		default:
			args = append(args, filepath.Join(dir, word))
		}
	}
	got := runHere(t, "", false, args...)
	if got.status == exitUsage || !strings.Contains(got.stdout, "written") {
		t.Fatalf("%s: %+v", command, got)
	}
	if strings.Contains(got.stdout+got.stderr, testPass) {
		t.Errorf("%s shows the pass-phrase", command)
	}
}

var keyBlock = regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----`)

// soundFile checks that a file is a sound certificate or key.
func soundFile(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("%s was not written", path)
	}
	if keyBlock.Match(data) && !bytes.Contains(data, []byte("BEGIN CERTIFICATE")) {
		_, err = validate.Normalize(errcodes.SetDomainServerCertificate, "", validate.NewSecret(data))
	} else {
		_, err = validate.Normalize(errcodes.SetDomainServerCertificate, string(data), validate.Secret{})
	}
	if err != nil {
		t.Errorf("%s: %v", path, err)
	}
}
