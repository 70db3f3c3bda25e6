package main

import (
	"cmp"
	"encoding/base64"
	"encoding/pem"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/testdata/vectors"
)

func readText(t testing.TB, path ...string) string {
	t.Helper()
	text, err := os.ReadFile(repository(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const marker = "S3CRETmarkerS3CRET"

// plantedKeys are private-key files that hold the marker, or a real key.
func plantedKeys(t testing.TB) map[string]string {
	t.Helper()
	sound := readText(t, "pki", "rsa2048", "key.pem")
	encoded := base64.StdEncoding.EncodeToString([]byte(marker))
	small, _ := pem.Decode([]byte(readText(t, "pki", "p256", "key.pem")))
	body := base64.StdEncoding.EncodeToString(small.Bytes)
	return map[string]string{
		"scalar":           base64.StdEncoding.EncodeToString(small.Bytes[7:39]),
		"40 characters":    body[8:48],
		"lines of 48":      body[:48] + "\n" + body[48:96] + "\n" + body[96:],
		"lines of 60":      body[:60] + "\n" + body[60:120] + "\n" + body[120:],
		"URL-safe":         base64.RawURLEncoding.EncodeToString(small.Bytes),
		"real key":         sound,
		"cut off":          sound[:len(sound)/2],
		"body only":        strings.Split(sound, "\n")[1] + "\n" + marker,
		"on one line":      strings.ReplaceAll(sound, "\n", " "),
		"wrong label":      strings.ReplaceAll(sound, "RSA PRIVATE", marker+" PRIVATE"),
		"as certificate":   strings.ReplaceAll(sound, "RSA PRIVATE KEY", "CERTIFICATE"),
		"indented":         "  " + strings.ReplaceAll(sound, "\n", "\n  "),
		"marker in body":   "-----BEGIN PRIVATE KEY-----\n" + marker + "\n-----END PRIVATE KEY-----\n",
		"marker in base64": "-----BEGIN EC PRIVATE KEY-----\n" + encoded + "\n-----END EC PRIVATE KEY-----\n",
		"bad base64":       "-----BEGIN PRIVATE KEY-----\n!" + marker + "\n-----END PRIVATE KEY-----\n",
		"headers":          "-----BEGIN RSA PRIVATE KEY-----\nX-" + marker + ": " + marker + "\n\n" + encoded + "\n-----END RSA PRIVATE KEY-----\n",
		"text beside it":   marker + "\n" + sound + "key: " + marker + "\n",
		"base64 of it":     base64.StdEncoding.EncodeToString([]byte(sound)),
		"DER":              string(small.Bytes),
		"twice":            sound + sound,
		"damaged BEGIN":    strings.Replace(sound, "-----BEGIN", "----BEGIN", 1),
		"trailing":         strings.Replace(sound, "KEY-----\n", "KEY-----"+marker, 1),
	}
}

// secretsOf are the strings of a key that must not be seen.
func secretsOf(key string) []string {
	secrets := []string{marker, base64.StdEncoding.EncodeToString([]byte(marker))}
	for line := range strings.FieldsSeq(key) {
		if len(line) >= 32 {
			secrets = append(secrets, line, line[:32])
		}
	}
	return secrets
}

func TestKeysNeverShow(t *testing.T) {
	testutil.Long(t)
	cert, err := filepath.Abs(repository("pki", "rsa2048", "chain3.pem"))
	if err != nil {
		t.Fatal(err)
	}
	for name, key := range plantedKeys(t) {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir) // a key given as -fix names a folder
			keyFile, combined := filepath.Join(dir, "x.key"), filepath.Join(dir, "x.crt")
			writeFile(t, keyFile, key)
			writeFile(t, combined, readText(t, "pki", "rsa2048", "leaf.pem")+key)
			runs := [][]string{
				{"-cert", cert, "-key", keyFile},
				{"-cert", cert, "-key", keyFile, "-strict"},
				{"-cert", cert, "-key", "-"},
				{"-cert", keyFile, "-key", cert},
				{"-cert", combined, "-key", combined},
				{"-cert", cert, "-key", keyFile, "-fix", filepath.Join(dir, "fixed")},
				{"-cert", combined, "-key", keyFile, "-fix", filepath.Join(dir, "fixed")},
				{"-dir", dir},
				{"-dir", dir, "-fix", filepath.Join(dir, "fixed", "dir")},
				{"-alb", "-certificate", "1-cn-hangzhou=" + keyFile},
				{"-cert", cert, "-key", keyFile, "-type", "free", "-status", "off"},
				{"-cert", key, "-key", key},
				{"-domain", key},
				{"-cert", cert, "-name", key, "-type", key, "-status", key, "-force", key},
				{"-alb", "-listener", key, "-token", key, "-certificate", key},
				{"-at", key},
				{"-lang", key},
				{"-fix", key, "-cert", cert},
				{"-cert", cert, "-key", keyFile, "-pass", key},
				{"-cert", cert, "-key", keyFile, "-pass", "file:" + keyFile, "-fix", filepath.Join(dir, "fixed")},
				{"-cert", cert, "-key", keyFile, "-pass", "env:" + key},
				{"-cert", cert, "-key", keyFile, "-pass", "file:" + key},
				{"-cert", combined, "-fix", filepath.Join(dir, "fixed")},
				{"-cert", combined, "-key", combined, "-fix", filepath.Join(dir, "fixed")},
				{key},
				{"-" + key},
				{"-strict=" + key},
			}
			for _, args := range runs {
				for _, more := range [][]string{nil, {"-text"}, {"-all", "-width", "40"}, {"-format", "json"}, {"-format", "sarif"}, {"-lang", "zh", "-color", "always"}} {
					all := append(append([]string{}, more...), args...)
					checkHidden(t, key, all, runHere(t, key, false, all...))
				}
			}
		})
	}
}

func checkHidden(t *testing.T, key string, args []string, got ran) {
	t.Helper()
	for _, secret := range secretsOf(key) {
		if strings.Contains(got.stdout, secret) || strings.Contains(got.stderr, secret) {
			t.Errorf("certcheck %.80q shows %.20q…:\n%s%s", args, secret, got.stdout, got.stderr)
			return
		}
	}
}

// TestFixedKeyFile checks that the one place where a key may go has it.
func TestFixedKeyFile(t *testing.T) {
	dir := t.TempDir()
	got := runHere(t, "", false, "-cert", repository("pki", "rsa2048", "chain3.pem"), "-key", repository("pki", "rsa2048", "key-pkcs8.pem"), "-fix", dir)
	if got.status != exitAccepted {
		t.Fatalf("%+v", got)
	}
	text, err := os.ReadFile(filepath.Join(dir, "key-pkcs8.pem"))
	if err != nil {
		t.Fatal(err)
	}
	want, _ := pem.Decode([]byte(readText(t, "pki", "rsa2048", "key.pem")))
	if block, _ := pem.Decode(text); block == nil || block.Type != "RSA PRIVATE KEY" || string(block.Bytes) != string(want.Bytes) {
		t.Error("the key that was written is another")
	}
}

// TestVectorsShowNoKey runs every vector with files in every format and language, also
// with the key behind the certificate, and looks for pieces of the keys in what is
// written.
func TestVectorsShowNoKey(t *testing.T) {
	if testing.Short() {
		t.Skip("runs nothing in parallel, and the race detector makes it many times as slow")
	}
	all, err := vectors.All()
	if err != nil {
		t.Fatal(err)
	}
	pieces := keyPieces(t)
	dir := t.TempDir()
	t.Chdir(dir)
	formats := [][]string{{"-all"}, {"-lang", "zh", "-width", "60"}, {"-format", "json"}, {"-format", "sarif"}}
	seen := make(map[string]bool)
	for _, v := range all {
		certificate, key := cmp.Or(v.Long["ServerCertificate"], v.Long["SSLPub"]), cmp.Or(v.Long["PrivateKey"], v.Long["SSLPri"])
		for i, texts := range [][2]string{{certificate, key}, {certificate + key, key}, {key, certificate}} {
			if texts[0]+texts[1] == "" || len(texts[0])+len(texts[1]) > maxInput || seen[texts[0]+"\x00"+texts[1]] {
				continue
			}
			seen[texts[0]+"\x00"+texts[1]] = true
			writeFile(t, "a.pem", texts[0])
			writeFile(t, "a.key", texts[1])
			for _, format := range formats {
				got := runHere(t, "", false, append([]string{"-cert", "a.pem", "-key", "a.key", "-at", testTime}, format...)...)
				if piece := pieces.in(got.stdout + got.stderr); piece != "" {
					t.Fatalf("%s, %d, %q shows %q of a key:\n%s", v.Name, i, format, piece, got.stdout)
				}
			}
		}
	}
	if len(seen) < len(all)/2 {
		t.Errorf("only %d pairs of files in %d vectors", len(seen), len(all))
	}
}

const pieceLength = 16 // characters of base64 that identify a key

// secretPieces are all runs of that length in the bodies of keys.
type secretPieces map[string]bool

// keyPieces returns those of the keys under testdata, without what their forms or their
// certificates have, too.
func keyPieces(t *testing.T) secretPieces {
	t.Helper()
	pieces, public := make(secretPieces), make(secretPieces)
	err := filepath.WalkDir(repository("pki"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".pem" {
			return err
		}
		text, err := os.ReadFile(path)
		for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
			body, to, from := base64.StdEncoding.EncodeToString(block.Bytes), pieces, 44 // behind what all keys of a kind begin with
			if !strings.Contains(block.Type, "PRIVATE KEY") {
				to, from = public, 0
			}
			for i := from; i+pieceLength <= len(body); i++ {
				to[body[i:i+pieceLength]] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	maps.DeleteFunc(pieces, func(piece string, _ bool) bool { return public[piece] })
	return pieces
}

// in returns the first piece that a text has, "" for none.
func (s secretPieces) in(text string) string {
	for i := range len(text) - pieceLength {
		if s[text[i:i+pieceLength]] {
			return text[i : i+pieceLength]
		}
	}
	return ""
}
