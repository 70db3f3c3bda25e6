package alicert_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// asHook in the environment makes the test binary stand for acme.sh.
const asHook = "ALICERT_TEST_AS_HOOK"

func TestMain(m *testing.M) {
	if os.Getenv(asHook) != "" {
		if err := hook(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// hook sends a request as a deploy hook of acme.sh does: to the host of the vendor, by the
// proxy, with the authority and the key of the environment. The cloud may still be starting.
func hook() error {
	if got, want := strings.Join(os.Args[1:], " "), "--deploy -d www.example.com --deploy-hook ali_cdn"; got != want {
		return fmt.Errorf("acme.sh %s; want acme.sh %s", got, want)
	}
	text, err := os.ReadFile(os.Getenv("CURL_CA_BUNDLE"))
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(text)
	proxy, err := url.Parse(os.Getenv("HTTPS_PROXY"))
	if err != nil {
		return err
	}
	client := http.Client{Transport: &http.Transport{
		Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
	}}
	var answer *http.Response
	for range 300 {
		if answer, err = client.Get("https://cdn.aliyuncs.com/?Action=DescribeCdnDomainDetail&Version=2018-05-10&DomainName=www.example.com&AccessKeyId=" + os.Getenv("Ali_Key")); err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err == nil && !strings.Contains(string(body), "MissingTimestamp") { // the key is known, and the request is not signed
		err = fmt.Errorf("%s: %s", answer.Status, body)
	}
	return err
}

// TestChineseReadme runs what README.zh.md shows: the refusal and every command. Of those
// that install a release it checks the paths. acme.sh is played by [hook].
func TestChineseReadme(t *testing.T) {
	page := read(t, "README.zh.md")
	if n := strings.Count(page, "\n"); n > 75 {
		t.Errorf("README.zh.md has %d lines; it is to fit on a screen", n)
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip(err)
	}
	folder := t.TempDir()
	bin, home := filepath.Join(folder, "bin"), filepath.Join(folder, "home")
	build := exec.Command("go", "build", "-o", bin+string(filepath.Separator), "./validate/cmd/certcheck", "./model/fakecloud/cmd/fakecloud")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := os.CopyFS(filepath.Join(home, ".acme.sh"), os.DirFS("testdata/layouts/acme.sh")); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	write("fullchain.pem", read(t, "testdata/pki/p256/chain3.pem"))
	write("privkey.pem", read(t, "testdata/pki/p256/key.pem"))
	for _, name := range []string{"shop.example.com.pem", "shop.example.com.key"} {
		write(name, read(t, filepath.Join("testdata/demo", name)))
	}
	if err := os.Rename(filepath.Join(bin, "fakecloud"), filepath.Join(bin, "fakecloud-itself")); err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	_ = free.Close()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	write("bin/fakecloud", "#!/bin/sh\nexec fakecloud-itself -addr "+address+` "$@"`+"\n")
	write("bin/acme.sh", "#!/bin/sh\n"+asHook+"=1 exec '"+self+`' "$@"`+"\n")
	run := func(script string) (string, error) {
		cmd := exec.Command(bash, "-euo", "pipefail", "-c", "trap 'kill $(jobs -p) 2>/dev/null || :' EXIT\n"+script)
		cmd.Dir = folder
		cmd.Env = append(os.Environ(), "HOME="+home, "PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
		out, err := cmd.CombinedOutput()
		return string(out), err
	}

	_, refusal, _ := strings.Cut(page, "```text\n")
	refusal, _, _ = strings.Cut(refusal, "```")
	out, err := run("certcheck -cert shop.example.com.pem -key shop.example.com.key -domain shop.example.com -lang zh")
	if got, _, _ := strings.Cut(out, "\n\n"); err == nil || got+"\n" != refusal {
		t.Errorf("the command prints, with %v\n%s\nand README.zh.md has\n%s", err, got, refusal)
	}

	want := [][]string{nil, {"通过：", "已写入：", "官方描述：证书和私钥不匹配。"}, {"共 2 对：2 对通过", "fakecloud listens on http://" + address, "客户端设置："}}
	blocks := regexp.MustCompile("(?s)\n```sh\n(.*?)```\n").FindAllStringSubmatch(page, -1)
	if len(blocks) != len(want) {
		t.Fatalf("%d blocks of commands", len(blocks))
	}
	install(t, blocks[0][1])
	for i, parts := range want[1:] {
		out, err := run(blocks[i+1][1])
		if err != nil {
			t.Errorf("%v:\n%s\nprints\n%s", err, blocks[i+1][1], out)
		}
		for _, part := range parts {
			if !strings.Contains(out, part) {
				t.Errorf("no %q in\n%s", part, out)
			}
		}
	}
}

// install checks that the commands which install a release name commands of this module, or
// the module itself.
func install(t *testing.T, commands string) {
	t.Helper()
	const module = "github.com/alicert/alicert"
	list, err := exec.Command("go", "list", "-f", `{{if eq .Name "main"}}{{.ImportPath}}{{end}}`, "./validate/cmd/...", "./model/fakecloud/cmd/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, m := range regexp.MustCompile(`(?m)^go (install|get) (\S+)@latest +#`).FindAllStringSubmatch(commands, -1) {
		found++
		if m[1] == "get" && m[2] != module || m[1] == "install" && !slices.Contains(strings.Fields(string(list)), m[2]) {
			t.Errorf("go %s %s", m[1], m[2])
		}
	}
	if found != strings.Count(commands, "\n") {
		t.Errorf("%d of the commands are known:\n%s", found, commands)
	}
}
