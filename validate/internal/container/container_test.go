package container_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate/internal/container"
)

func derOf(tb testing.TB, name string) []byte {
	tb.Helper()
	block, _ := pem.Decode([]byte(testdata.Read(name)))
	if block == nil {
		tb.Fatalf("%s is no PEM text", name)
	}
	return block.Bytes
}

func zipped(tb testing.TB, text string) string {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create("cert.pem")
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := f.Write([]byte(text)); err != nil {
		tb.Fatal(err)
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

func gzipped(tb testing.TB, text string) string {
	tb.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		tb.Fatal(err)
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

func tarred(tb testing.TB, text string) string {
	tb.Helper()
	var b bytes.Buffer
	a := tar.NewWriter(&b)
	if err := a.WriteHeader(&tar.Header{Name: "cert.pem", Size: int64(len(text)), Mode: 0o600}); err != nil {
		tb.Fatal(err)
	}
	if _, err := a.Write([]byte(text)); err != nil {
		tb.Fatal(err)
	}
	if err := a.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

func utf16(text string, big bool) string {
	var b strings.Builder
	for i := range len(text) {
		if big {
			b.WriteByte(0)
		}
		b.WriteByte(text[i])
		if !big {
			b.WriteByte(0)
		}
	}
	return b.String()
}

// A sample is a text and what it is.
type sample struct {
	text string
	want container.Kind
}

func samples(tb testing.TB) map[string]sample {
	tb.Helper()
	chain, key := testdata.Read("p256/chain3.pem"), testdata.Read("p256/key.pem")
	b64 := base64.StdEncoding.EncodeToString
	return map[string]sample{
		"PEM":                         {chain, container.PEM},
		"PEM behind a text":           {"hello\n" + key, container.PEM},
		"UTF-16":                      {"\xff\xfe" + utf16(chain, false), container.UTF16},
		"UTF-16, big-endian":          {"\xfe\xff" + utf16(chain, true), container.UTF16},
		"UTF-16 without mark":         {utf16(chain, false), container.UTF16LE},
		"UTF-16, big, without mark":   {utf16(key, true), container.UTF16BE},
		"certificate":                 {string(derOf(tb, "p256/leaf.pem")), container.Certificate},
		"RSA certificate":             {string(derOf(tb, "rsa4096/leaf.pem")), container.Certificate},
		"SM2 certificate":             {string(derOf(tb, "unsupported/sm2.pem")), container.SM2Certificate},
		"SM2 key":                     {string(derOf(tb, "unsupported/sm2-key.pem")), container.SM2PrivateKey},
		"PKCS#1 key":                  {string(derOf(tb, "rsa2048/key.pem")), container.PrivateKey},
		"SEC 1 key":                   {string(derOf(tb, "p384/key.pem")), container.PrivateKey},
		"PKCS#8 key":                  {string(derOf(tb, "ed25519/key.pem")), container.PrivateKey},
		"encrypted key":               {string(derOf(tb, "encrypted/pkcs8.pem")), container.EncryptedKey},
		"PKCS#7":                      {string(derOf(tb, "forms/pkcs7.pem")), container.PKCS7},
		"certificate that is cut off": {string(derOf(tb, "p256/leaf.pem")[:300]), container.CutOff},
		"certificate and more":        {string(derOf(tb, "p256/leaf.pem")) + "\x00\x01", container.Surplus},
		"curve":                       {"\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07", container.CurveName},
		"OpenSSH":                     {string(derOf(tb, "unsupported/openssh-key.pem")), container.OpenSSHKey},
		"JKS":                         {"\xfe\xed\xfe\xed\x00\x00\x00\x02\x00\x00\x00\x01", container.JKS},
		"JCEKS":                       {"\xce\xce\xce\xce\x00\x00\x00\x02\x00\x00\x00\x01", container.JCEKS},
		"ZIP":                         {zipped(tb, chain), container.ZIP},
		"gzip":                        {gzipped(tb, chain), container.Gzip},
		"tar":                         {tarred(tb, chain), container.Archive},
		"tar.gz":                      {gzipped(tb, tarred(tb, chain)), container.TarGzip},
		"JWK":                         {`{"kty":"EC","crv":"P-256","d":"x"}`, container.JWK},
		"JWK set":                     {`{"keys": [{"kty": "RSA"}]}`, container.JWK},
		"Traefik":                     {`{"le":{"Certificates":[{"domain":{"main":"a"},"certificate":"YQ==","key":"YQ=="}]}}`, container.TraefikStore},
		"account of certbot":          {`{"body": {"contact": []}, "uri": "https://acme.example/acct/1"}`, container.ACMEAccount},
		"account of lego":             {`{"email": "a@example.com", "registration": {}}`, container.ACMEAccount},
		"Secret in JSON":              {`{"kind": "Secret", "data": {"tls.crt": "YQ=="}}`, container.SecretJSON},
		"JSON":                        {`{"error": "not found"}`, container.JSON},
		"Secret":                      {"apiVersion: v1\nkind: Secret\ndata:\n  tls.crt: " + b64([]byte(chain)) + "\n", container.SecretYAML},
		"Secret in a list":            {"items:\n- apiVersion: v1\n  kind: Secret\n", container.SecretYAML},
		"data of a Secret":            {"tls.crt: " + b64([]byte(chain)) + "\n", container.SecretYAML},
		"HTML":                        {"<!DOCTYPE html>\n<html></html>", container.HTML},
		"HTML without type":           {"\n<html><body>Bad gateway</body></html>", container.HTML},
		"XML":                         {`<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>`, container.XML},
		"path":                        {"/etc/letsencrypt/live/a/fullchain.pem\n", container.Path},
		"path without suffix":         {"/run/secrets/tls_cert", container.Path},
		"path of Windows":             {`C:\certs\site.pfx`, container.Path},
		"relative path":               {"certs/site.crt", container.Path},
		"name alone":                  {"fullchain.pem", container.Path},
		"path of curl":                {"@cert.pem", container.Path},
		"path as URL":                 {"file:///etc/ssl/cert.pem", container.Path},
		"call of Terraform":           {`${file("cert.pem")}`, container.Path},
		"URL":                         {"https://example.com/cert.pem", container.URL},
		"URL of a store":              {"oss://bucket/cert", container.URL},
		"placeholder":                 {"<your certificate here>", container.Placeholder},
		"variable":                    {"${TLS_CERT}", container.Placeholder},
		"variable of Windows":         {"%TLS_CERT%", container.Placeholder},
		"template":                    {"{{ .Values.tls.crt }}", container.Placeholder},
		"change me":                   {"CHANGEME", container.Placeholder},
		"words in Chinese":            {"请在此粘贴证书内容", container.Placeholder},
		"word processor":              {"{\\rtf1\\ansi -----BEGIN CERTIFICATE-----\\par\n}", container.RTF},
		"null":                        {"null", container.Placeholder},
		"undefined":                   {"undefined", container.Placeholder},
		"object":                      {"[object Object]", container.Placeholder},
		"unknown value of Terraform":  {"(known after apply)", container.Placeholder},
		"words":                       {"certificate content", container.Placeholder},
		"dump":                        {"Certificate:\n    Data:\n        Version: 3 (0x2)\n        Serial Number: 1\n", container.Dump},
		"PuTTY":                       {"PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\n", container.PuTTY},
		"SSH":                         {"ssh-rsa AAAAB3NzaC1yc2E a@b\n", container.SSHPublicKey},
		"SSH, Ed25519":                {"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 a@b\n", container.SSHPublicKey},
		"Ansible Vault":               {"$ANSIBLE_VAULT;1.1;AES256\n6162\n", container.AnsibleVault},
		"SOPS, JSON":                  {`{"data": "ENC[AES256_GCM,data:x,iv:y]", "sops": {"mac": "z"}}`, container.SOPS},
		"SOPS, YAML":                  {"data: ENC[AES256_GCM,data:x]\nsops:\n    mac: z\n", container.SOPS},
		"age":                         {"age-encryption.org/v1\n-> X25519 x\n", container.OtherSealed},
		"openssl enc":                 {"Salted__\x01\x02\x03\x04\x05\x06\x07\x08", container.OtherSealed},
		"nothing known":               {"hello world, this is a text that says nothing", container.Unknown},
		"white space":                 {" \n", container.Unknown},
		"empty":                       {"", container.Unknown},
	}
}

func TestRecognize(t *testing.T) {
	for name, s := range samples(t) {
		if got := container.Recognize(s.text); got.Kind != s.want || got.Layers != 0 {
			t.Errorf("%s: kind %d under %d layers; want %d", name, got.Kind, got.Layers, s.want)
		}
		if got := container.Recognize("\xef\xbb\xbf" + s.text); s.text != "" && s.text[0] < 0x80 && s.text[0] != 0 && s.text[0] != 0x30 && got.Kind != s.want {
			t.Errorf("%s behind a byte-order mark: kind %d; want %d", name, got.Kind, s.want)
		}
	}
}

// TestRecognizeBase64: what is in base64 is named as it is, and how often it was encoded.
func TestRecognizeBase64(t *testing.T) {
	inLines := func(text string, width int, end string) string {
		var b strings.Builder
		for ; len(text) > width; text = text[width:] {
			b.WriteString(text[:width] + end)
		}
		return b.String() + text + end
	}
	std := base64.StdEncoding.EncodeToString
	for name, s := range samples(t) {
		if s.want == container.Unknown || s.want == container.Path || s.want == container.URL || s.want == container.Placeholder || len(s.text) < 24 {
			continue
		}
		for form, tt := range map[string]struct {
			text   string
			layers int
			common bool
		}{
			"one line":        {std([]byte(s.text)), 1, true},
			"lines of 76":     {inLines(std([]byte(s.text)), 76, "\n"), 1, true},
			"CR LF":           {inLines(std([]byte(s.text)), 64, "\r\n"), 1, true},
			"quoted":          {`"` + std([]byte(s.text)) + `"`, 1, true},
			"URL-safe":        {base64.URLEncoding.EncodeToString([]byte(s.text)), 1, !strings.ContainsAny(base64.URLEncoding.EncodeToString([]byte(s.text)), "-_")},
			"without padding": {base64.RawStdEncoding.EncodeToString([]byte(s.text)), 1, len(s.text)%3 == 0},
			"twice":           {std([]byte(std([]byte(s.text)))), 2, true},
			"three times":     {std([]byte(std([]byte(std([]byte(s.text)))))), 3, true},
		} {
			got := container.Recognize(tt.text)
			if got.Kind != s.want || got.Layers != tt.layers || got.Common != tt.common || got.Data != s.text {
				t.Errorf("%s, %s: kind %d under %d layers, common %t; want %d, %d, %t", name, form, got.Kind, got.Layers, got.Common, s.want, tt.layers, tt.common)
			}
		}
	}
	for name, text := range map[string]string{
		"of nothing known": std([]byte("hello world, this is a text that says nothing")),
		"four times":       std([]byte(std([]byte(std([]byte(std([]byte(testdata.Read("p256/leaf.pem"))))))))),
		"padding inside":   strings.Repeat("YWJj=", 20),
		"a BEGIN line":     strings.ReplaceAll(testdata.Read("p256/leaf.pem"), "BEGIN", "BEGUN"),
	} {
		if got := container.Recognize(text); got.Kind != container.Unknown {
			t.Errorf("base64 %s is taken for kind %d", name, got.Kind)
		}
	}
}

func TestDecodeUTF16(t *testing.T) {
	chain := testdata.Read("p256/chain3.pem")
	for name, text := range map[string]string{
		"little": utf16(chain, false), "big": utf16(chain, true), "little, mark": "\xff\xfe" + utf16(chain, false), "big, mark": "\xfe\xff" + utf16(chain, true),
	} {
		if got, ok := container.DecodeUTF16(text, container.Recognize(text).Kind); !ok || got != chain {
			t.Errorf("%s: %t, %.40q", name, ok, got)
		}
		if _, ok := container.DecodeUTF16(text+"x", container.Recognize(text).Kind); ok {
			t.Errorf("%s: half a character is taken", name)
		}
		if _, ok := container.DecodeUTF16(text+"\x4e\x2d", container.Recognize(text).Kind); ok {
			t.Errorf("%s: a Chinese character is taken", name)
		}
	}
}

func TestOpenSSH(t *testing.T) {
	der := derOf(t, "unsupported/openssh-key.pem")
	if keyType, encrypted, ok := container.OpenSSH(der); keyType != "ssh-ed25519" || encrypted || !ok {
		t.Errorf("%q, %t, %t", keyType, encrypted, ok)
	}
	for n := range der {
		container.OpenSSH(der[:n]) // must not panic
	}
	if _, _, ok := container.OpenSSH(der[:60]); ok {
		t.Error("a piece of a key is one")
	}
}

// TestCertificates: the certificates of a PKCS#7 are those of the chain, unchanged.
func TestCertificates(t *testing.T) {
	der := derOf(t, "forms/pkcs7.pem")
	all, ok := container.Certificates(der)
	if !ok || len(all) == 0 {
		t.Fatalf("%d, %t", len(all), ok)
	}
	for i, one := range all {
		if container.DER(one) != container.Certificate || !bytes.Contains(der, one) {
			t.Errorf("certificate %d is none of the structure", i)
		}
	}
	for _, other := range [][]byte{nil, der[:len(der)-1], append(bytes.Clone(der), 0), derOf(t, "p256/leaf.pem")} {
		if _, ok := container.Certificates(other); ok {
			t.Errorf("%.20x has certificates", other)
		}
	}
}

// TestMissing: the count is that of the bytes that were taken away or added.
func TestMissing(t *testing.T) {
	der := derOf(t, "rsa2048/leaf.pem")
	for _, n := range []int{0, 1, 48, 96} {
		if got := container.Missing(der[:len(der)-n]); got != n {
			t.Errorf("%d; want %d", got, n)
		}
		if got := container.Missing(append(bytes.Clone(der), make([]byte, n)...)); got != -n {
			t.Errorf("%d; want %d", got, -n)
		}
	}
	for _, der := range []string{"", "0", "\x30\x03\x02\x01", "\x30\x85", "\x30\x82\x01"} {
		container.Missing([]byte(der)) // must not panic
	}
}

// TestDamage: a certificate with a line of base64 lost, repeated or moved is no
// certificate any more, wherever the line was.
func TestDamage(t *testing.T) {
	const line = 48
	der := derOf(t, "rsa2048/leaf.pem")
	for at := 0; at+2*line < len(der); at += line {
		for name, damaged := range map[string][]byte{
			"lost":     append(bytes.Clone(der[:at]), der[at+line:]...),
			"repeated": append(bytes.Clone(der[:at+line]), der[at:]...),
		} {
			if got := container.DER(damaged); got == container.Certificate {
				t.Errorf("a line %s at byte %d: kind %d", name, at, got)
			}
		}
	}
}

// TestCost: no text within the limits takes much longer than to hash as much of it.
func TestCost(t *testing.T) {
	const size, bound = 64 << 10, 150
	texts := map[string]string{
		"SEQUENCEs": strings.Repeat("\x30\x80", size/2), "deep": strings.Repeat("\x30\x84\x00\x00\xff\xff", size/6), "base64": strings.Repeat("MIIC", size/4),
		"braces": strings.Repeat(`{"`, size/2), "lines": strings.Repeat("kind: Secret \n", size/14), "spaces": strings.Repeat(" ", size-1) + "x",
		"base64 of base64": base64.StdEncoding.EncodeToString([]byte(base64.StdEncoding.EncodeToString([]byte(strings.Repeat("A", size/2))))),
		"keys":             strings.Repeat(`"sops":`, size/7), "hyphens": strings.Repeat("-", size), "ENC": strings.Repeat("ENC[AES256_GCM", size/14),
		"tls.crt": strings.Repeat("  tls.crt: AAAA\n", size/16), "tls.crt, long": "tls.crt: " + strings.Repeat("A", size), "dots": strings.Repeat("./", 500),
		"placeholder": strings.Repeat("your ", 39), "gzip": gzipped(t, strings.Repeat("\x00", 50<<20)),
		"PKCS#12 oids": "\x30\x82\xff\xfa\x02\x01\x03\x30\x82\xff\xf0\x06\x01\x00" + strings.Repeat("\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x03", size/12),
	}
	yardstick := bytes.Repeat([]byte("A"), size)
	for name, text := range texts {
		recognized, hashed := time.Hour, time.Hour
		for range 10 { // the machine has other work
			began := time.Now()
			container.Recognize(text)
			container.DER([]byte(text))
			between := time.Now()
			for range 10 {
				sha256.Sum256(yardstick)
			}
			recognized, hashed = min(recognized, between.Sub(began)), min(hashed, time.Since(between)/10)
		}
		if recognized > bound*hashed && !testing.Short() {
			t.Errorf("%s: %v, %d times as long as to hash it", name, recognized, recognized/hashed)
		}
	}
}

// FuzzRecognize: whatever the input, nothing panics, and what is named in base64 is named
// alike without it.
func FuzzRecognize(f *testing.F) {
	for _, s := range samples(f) {
		f.Add(s.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c := container.Recognize(text)
		container.Missing([]byte(text))
		container.Certificates([]byte(text))
		container.OpenSSH([]byte(text))
		if c.Layers > 0 {
			if inner := container.Recognize(c.Data); inner.Kind != c.Kind || inner.Layers != 0 {
				t.Errorf("%d under %d layers; %d without", c.Kind, c.Layers, inner.Kind)
			}
		}
	})
}
