package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicert/alicert/internal/cli"
)

// TestAuthorityFile checks that -ca makes a file, reuses it, and refuses a bad one.
func TestAuthorityFile(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "it's ca.pem")
	var client *http.Client
	for range 2 {
		out, stop := start(t, "-no-auth", "-ca", file)
		address := strings.TrimPrefix(out.find(t, listens), "http://")
		if name := out.find(t, trusts); name != filepath.Join(folder, "it's ca.crt") {
			t.Errorf("it prints %q", name)
		}
		if client == nil { // the second fakecloud has the same authority
			client = trusting(t, filepath.Join(folder, "it's ca.crt"))
		}
		if status, body := get(t, client, "https://"+address+"/_/healthz"); status != http.StatusOK {
			t.Errorf("%d %s", status, body)
		}
		client.CloseIdleConnections()
		stop()
	}
	info, err := os.Stat(file)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if cert, rest := pem.Decode(text); cert == nil || cert.Type != "CERTIFICATE" || !strings.HasPrefix(string(rest), "-----BEGIN PRIVATE KEY-----") {
		t.Error("not a certificate and its key")
	}
	if names, err := filepath.Glob(filepath.Join(folder, "*")); err != nil || len(names) != 3 {
		t.Errorf("files %q, %v", names, err)
	}
}

// TestBadAuthorities checks that a file that is no authority is refused, and not replaced.
func TestBadAuthorities(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "ca.pem")
	if _, err := openAuthority(file, time.Now); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const noPair, noCA = "does not have a certificate and its private key", "is not one of a certificate authority"
	for i, test := range []struct{ content, want string }{
		{"", noPair},
		{"hello", noPair},
		{string(text[:strings.Index(string(text), "-----BEGIN PRIVATE")]), noPair},
		{leafOf(t, file), noCA},
	} {
		bad := filepath.Join(folder, fmt.Sprintf("bad-%d.pem", i))
		if err := os.WriteFile(bad, []byte(test.content), 0o600); err != nil {
			t.Fatal(err)
		}
		out := &output{}
		if status := run(t.Context(), []string{"-addr", "127.0.0.1:0", "-ca", bad}, "", out, out); status != cli.Failed ||
			!strings.HasPrefix(out.String(), "fakecloud: -ca: "+bad) || !strings.Contains(out.String(), test.want) || !strings.Contains(out.String(), "delete the file") {
			t.Errorf("%d: exit status %d, %s", i, status, out)
		}
		if after, err := os.ReadFile(bad); err != nil || string(after) != test.content {
			t.Errorf("%d: the file was changed: %v", i, err)
		}
	}
	later := func() time.Time { return time.Now().AddDate(11, 0, 0) }
	if _, err := openAuthority(file, later); err == nil || !strings.Contains(err.Error(), "is valid from") {
		t.Errorf("an expired authority: %v", err)
	}
	if out := (&output{}); run(t.Context(), []string{"-addr", "127.0.0.1:0", "-ca", filepath.Join(folder, "none", "ca.pem")}, "", out, out) != cli.Failed {
		t.Error("a folder that does not exist")
	}
}

// leafOf returns a certificate that the authority in a file issued, with its key.
func leafOf(t *testing.T, file string) string {
	t.Helper()
	a, err := openAuthority(file, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	c, err := a.certificate("cdn.aliyuncs.com")
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(a.leafKey)
	if err != nil {
		t.Fatal(err)
	}
	return string(certificateText(c.Leaf.Raw)) + string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

// TestAuthorityIsMadeOnce checks that processes that start together get one authority.
func TestAuthorityIsMadeOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ca.pem")
	var all sync.WaitGroup
	serials := make([]string, 8)
	for i := range serials {
		all.Go(func() {
			a, err := openAuthority(file, time.Now)
			if err != nil {
				t.Error(err)
				return
			}
			serials[i] = a.cert.SerialNumber.String()
		})
	}
	all.Wait()
	for _, s := range serials {
		if s != serials[0] {
			t.Errorf("authorities %q", serials)
		}
	}
}

// TestCertificatesAreRenewed checks that a certificate is replaced before it expires.
func TestCertificatesAreRenewed(t *testing.T) {
	at := time.Now()
	a, remove, err := temporaryAuthority(func() time.Time { return at })
	if err != nil {
		t.Fatal(err)
	}
	defer remove()
	var before *tls.Certificate
	for range 5 {
		c, err := a.certificate("cdn.aliyuncs.com")
		if again, _ := a.certificate("cdn.aliyuncs.com"); err != nil || c != again {
			t.Fatal(err)
		}
		if c == before || at.AddDate(0, 1, 0).After(c.Leaf.NotAfter) || c.Leaf.NotAfter.Sub(c.Leaf.NotBefore) > 398*24*time.Hour {
			t.Errorf("at %v: %v", at, c.Leaf.NotAfter)
		}
		before, at = c, at.AddDate(1, 0, 0)
	}
}

// TestPrintEnv checks that a shell can evaluate the output, and that curl then reaches the
// cloud by the names of the vendor's hosts.
func TestPrintEnv(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "it's a folder")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "ca.pem")
	out, _ := start(t, "-no-auth", "-ca", file)
	address := strings.TrimPrefix(out.find(t, listens), "http://")
	var exports output
	if status := run(t.Context(), []string{"-addr", address, "-ca", file, "-print-env"}, "", &exports, &exports); status != cli.OK {
		t.Fatalf("exit status %d, %s", status, exports.String())
	}
	if !strings.Contains(out.String(), "-ca '"+strings.ReplaceAll(file, "'", `'\''`)+"' -print-env") {
		t.Errorf("the banner does not name the command:\n%s", out)
	}
	for line := range strings.Lines(exports.String()) {
		if !strings.HasPrefix(line, "export ") && !strings.HasPrefix(line, "# ") || !strings.Contains(out.String(), line) {
			t.Errorf("line %q, which the banner has: %v", line, strings.Contains(out.String(), line))
		}
	}
	certificate := filepath.Join(folder, "ca.crt")
	for name, want := range map[string]string{
		"HTTPS_PROXY": "http://" + address, "https_proxy": "http://" + address, "HTTP_PROXY": "http://" + address, "http_proxy": "http://" + address,
		"SSL_CERT_FILE": certificate, "CURL_CA_BUNDLE": certificate, "REQUESTS_CA_BUNDLE": certificate, "NODE_EXTRA_CA_CERTS": certificate,
		"ALIBABA_CLOUD_ACCESS_KEY_ID": "testid", "Ali_Secret": "testsecret",
		"JAVA_TOOL_OPTIONS": `-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=` + address[10:] + ` -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=` + address[10:] +
			` -D"javax.net.ssl.trustStore=` + filepath.Join(folder, "ca.jks") + `" -Djavax.net.ssl.trustStoreType=JKS -Djavax.net.ssl.trustStorePassword=changeit`,
	} {
		got, err := evaluate(exports.String(), `printf %s "$`+name+`"`)
		if err != nil {
			t.Skipf("there is no shell: %v", err)
		}
		if got != want {
			t.Errorf("%s is %q; want %q", name, got, want)
		}
	}
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("there is no curl")
	}
	for _, url := range []string{"https://cdn.aliyuncs.com", "http://cdn.aliyuncs.com"} {
		if got, err := evaluate(exports.String(), "unset NO_PROXY no_proxy; curl -sS '"+url+noListener+"'"); err != nil || !strings.Contains(got, `"HostId":"cdn.aliyuncs.com"`) {
			t.Errorf("%s: %s %v", url, got, err)
		}
	}
	if got, err := evaluate(exports.String(), "unset NO_PROXY no_proxy; curl -sS https://www.example.com/"); err == nil || !strings.Contains(got, "403") {
		t.Errorf("another host: %s %v", got, err)
	}
}

// evaluate runs a command in a shell that has evaluated exports.
func evaluate(exports, command string) (string, error) {
	shell := exec.Command("sh", "-c", `eval "$1" && eval "$2"`, "sh", exports, command)
	data, err := shell.CombinedOutput()
	return string(data), err
}

// TestEnvironmentOfPublic checks that the variables name an address that a client can
// connect to, and no key but the public one.
func TestEnvironmentOfPublic(t *testing.T) {
	a := &authority{certFile: "/ca.crt", storeFile: "/ca.jks"}
	for addr, want := range map[string]string{":8080": "'http://127.0.0.1:8080'", "0.0.0.0:80": "'http://127.0.0.1:80'", "[::]:80": "'http://127.0.0.1:80'", "[::1]:80": "'http://[::1]:80'", "localhost:1": "'http://localhost:1'"} {
		if text := (&options{}).environment(addr, a); !strings.Contains(text, "export HTTPS_PROXY="+want+"\n") || strings.Contains(text, "testsecret") {
			t.Errorf("%s: %s", addr, text)
		}
	}
}

// TestTrustStore checks that Java reads the trust store, if there is Java.
func TestTrustStore(t *testing.T) {
	a, remove, err := temporaryAuthority(time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer remove()
	if store, err := os.ReadFile(a.storeFile); err != nil || !strings.HasPrefix(string(store), "\xfe\xed\xfe\xed\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00\x02\x00\x09fakecloud") || !strings.Contains(string(store), string(a.cert.Raw)) {
		t.Errorf("%q %v", store, err)
	}
	keytool, err := exec.LookPath("keytool")
	if err != nil {
		t.Skip("there is no keytool")
	}
	data, err := exec.Command(keytool, "-list", "-keystore", a.storeFile, "-storepass", storePassword).CombinedOutput()
	if err != nil || !strings.Contains(string(data), "fakecloud") || !strings.Contains(string(data), "trustedCertEntry") {
		t.Errorf("%s %v", data, err)
	}
}
