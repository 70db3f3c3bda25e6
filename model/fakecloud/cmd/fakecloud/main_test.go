package main

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
)

const listener = "/?Action=GetListenerAttribute&Version=2020-06-16&Format=JSON&ListenerId="

func TestServe(t *testing.T) {
	out, stop := start(t, "-no-auth")
	base := out.find(t, listens)
	status, body := get(t, http.DefaultClient, base+listener+"lsn-https")
	if status != http.StatusOK || !strings.Contains(body, `"ListenerStatus":"Running"`) {
		t.Errorf("%d %s", status, body)
	}
	for _, part := range []string{
		"/_/", "www.example.com (off)", "lsn-https (HTTPS on alb-demo, Running)", "default 1-cn-hangzhou (example.com, *.example.com)\n", "none required", "polls=1,after=1s", "Terraform", "lsn-http (HTTP on alb-demo, Running)",
		"443 (https on lb-demo, running, extended)", "HTTPS_PROXY",
	} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("it does not print %q:\n%s", part, out)
		}
	}
	if status := stop(); status != cli.OK {
		t.Errorf("exit status %d", status)
	}
	if _, err := http.Get(base); err == nil {
		t.Error("it still answers")
	}
}

func TestKeys(t *testing.T) {
	out, _ := start(t, "-key", "one:top-secret", "-key", "two:top-secret:token", "-seed", "none")
	base := out.find(t, listens)
	for id, want := range map[string]string{"one": "MissingTimestamp", "two": "MissingSecurityToken", "two&SecurityToken=token": "MissingTimestamp", "testid": "InvalidAccessKeyId.NotFound"} {
		if _, body := get(t, http.DefaultClient, base+"/?Format=JSON&AccessKeyId="+id); !strings.Contains(body, want) {
			t.Errorf("%s: %s", id, body)
		}
	}
	if text := out.String(); strings.Contains(text, "top-secret") || strings.Contains(text, "token") || !strings.Contains(text, "one, two") {
		t.Error(text)
	}
}

// TestMissing checks that standard error names an operation that only the real cloud has,
// once for each key.
func TestMissing(t *testing.T) {
	out, stop := start(t, "-no-auth")
	base := out.find(t, listens)
	for _, action := range []string{"StopCdnDomain", "ModifyCdnDomain", "StopCdnDomain", "Nonsense"} {
		want := http.StatusNotImplemented
		if action == "Nonsense" {
			want = http.StatusNotFound
		}
		if status, body := get(t, http.DefaultClient, base+"/?Version=2018-05-10&Action="+action); status != want {
			t.Errorf("%s: %d %s", action, status, body)
		}
	}
	stop()
	for text, want := range map[string]int{
		"fakecloud: StopCdnDomain (Cdn 2018-05-10) was called; fakecloud does not implement this operation of the real cloud and answers 501 NotImplemented.Fake\n": 1,
		"ModifyCdnDomain": 1,
		"Nonsense":        0,
		" was called; ":   2,
	} {
		if n := strings.Count(out.String(), text); n != want {
			t.Errorf("%q is printed %d times; want %d:\n%s", text, n, want, out)
		}
	}

	// Standard output does not have it.
	var stdout, stderr output
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan int, 1)
	go func() { done <- run(ctx, []string{"-addr", "127.0.0.1:0", "-no-auth"}, "", &stdout, &stderr) }()
	get(t, http.DefaultClient, stdout.find(t, listens)+"/?Version=2022-04-30&Action=ListServerGroups")
	cancel()
	if status := <-done; status != cli.OK || !strings.HasPrefix(stderr.String(), "fakecloud: ListServerGroups (Nlb 2022-04-30) was called") || strings.Contains(stdout.String(), "Nlb") {
		t.Errorf("exit status %d, standard error %q", status, stderr.String())
	}
}

func TestTLS(t *testing.T) {
	out, stop := start(t, "-no-auth", "-tls")
	base, file := out.find(t, listens), out.find(t, trusts)
	client := trusting(t, file)
	address := strings.TrimPrefix(base, "https://")
	if status, body := get(t, client, base+listener+"lsn-https"); status != http.StatusOK {
		t.Errorf("by address: %d %s", status, body)
	}
	client.Transport.(*http.Transport).DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, address)
	}
	for _, host := range []string{"alb.cn-hangzhou.aliyuncs.com", "cdn.aliyuncs.com", "cas.aliyuncs.com", "localhost"} {
		if status, body := get(t, client, "https://"+host+listener+"none"); status != http.StatusNotFound || !strings.Contains(body, `"HostId":"`+host+`"`) {
			t.Errorf("%s: %d %s", host, status, body)
		}
	}
	proxied := trusting(t, file)
	proxied.Transport.(*http.Transport).Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: address})
	if status, body := get(t, proxied, "https://cdn.aliyuncs.com"+listener+"none"); status != http.StatusNotFound || !strings.Contains(body, `"HostId":"cdn.aliyuncs.com"`) {
		t.Errorf("by proxy: %d %s", status, body)
	}
	stop()
	if _, err := os.Stat(file); err == nil {
		t.Error("the authority's file is left")
	}
}

// TestJournal checks that the model follows the journal across a restart.
func TestJournal(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "trace.jsonl")
	state := ""
	for _, domain := range []string{"a.example.com", "b.example.com"} {
		out, stop := start(t, "-no-auth", "-data", filepath.Join(dir, "data"), "-journal", file)
		base := out.find(t, listens)
		if err := sendEvent(http.DefaultClient, base, `{"cdn":{"DomainAdded":{"name":"`+domain+`"}}}`); err != nil {
			t.Error(err)
		}
		get(t, http.DefaultClient, base+listener+"lsn-http")
		if status, body := get(t, http.DefaultClient, base+"/_/state"); status != http.StatusOK {
			t.Errorf("%d %s", status, body)
		} else {
			state = body
		}
		resp, err := http.Post(base+"/_/reset", "application/json", nil)
		if err != nil {
			t.Fatal(err)
		}
		if _ = resp.Body.Close(); resp.StatusCode != http.StatusConflict {
			t.Errorf("a reset: %d", resp.StatusCode)
		}
		if status := stop(); status != cli.OK {
			t.Errorf("exit status %d", status)
		}
	}
	trace, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = trace.Close() }()
	checker := model.NewChecker(account.Machine{}, account.State.Key, nil)
	records, err := checker.Follow(trace)
	if err != nil || records < 10 {
		t.Errorf("%d records: %v", records, err)
	}
	for s := range checker.States() {
		if !s.CDN.Domains.Has("b.example.com") || !strings.Contains(state, "a.example.com") {
			t.Errorf("the trace leads to %v", s)
		}
	}
}

func TestSeedFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "seed.json")
	text := `{"domains":{"mine.example.com":{"offline":true}},"loadBalancers":{"alb-9":{"edition":"Basic"}},"listeners":{"lsn-9":{"loadBalancer":"alb-9"}}}`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ := start(t, "-seed", file, "-progress", "after=5s", "-window", "off", "-later")
	out.find(t, listens)
	for _, part := range []string{"mine.example.com (off, offline)", "alb-9 (Basic)", "lsn-9 (HTTPS on alb-9, Running, no default)", "after=5s", "certificates    none"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("it does not print %q:\n%s", part, out)
		}
	}
}

// TestKeySources checks that keys come from the command line, a file and the environment,
// and that errors do not repeat them.
func TestKeySources(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("fileid:filesecret\r\n\nfile:other:token:with:colons\n")
	t.Setenv("ALICERT_TEST_KEY", "env:envsecret")
	o, err := parse([]string{"-key", "id:secret", "-key", "file:" + file, "-key", "env:ALICERT_TEST_KEY"}, "")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, k := range o.cloud.Keys {
		got = append(got, strings.Join([]string{k.ID, k.Secret.Reveal(), k.SecurityToken.Reveal()}, "|"))
	}
	if want := "id|secret| fileid|filesecret| file|other|token:with:colons env|envsecret|"; strings.Join(got, " ") != want {
		t.Errorf("%q; want %q", got, want)
	}
	write("fine:fine\nhushhush\n")
	t.Setenv("ALICERT_TEST_KEY", "hushhush")
	for _, args := range [][]string{{"-key", "hushhush"}, {"-key", ":hushhush"}, {"-key", "hushhush:"}, {"-key", "file:" + file}, {"-key", "env:ALICERT_TEST_KEY"}} {
		out := &output{}
		if status := run(context.Background(), args, "", out, out); status != cli.Usage || strings.Contains(out.String(), "hushhush") || !strings.Contains(out.String(), "-key: ") {
			t.Errorf("%q: exit status %d, %s", args, status, out)
		}
	}
}

func TestUsage(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = busy.Close() }()
	folder := t.TempDir()
	tests := []struct {
		args   []string
		status int
		part   string // part of the output
	}{
		{[]string{"-h"}, cli.OK, "Usage: fakecloud"},
		{[]string{"-nonsense"}, cli.Usage, "nonsense"},
		{[]string{"extra"}, cli.Usage, `the argument "extra"`},
		{[]string{"-addr", "0.0.0.0:0"}, cli.Usage, "-public"},
		{[]string{"-addr", ":8080"}, cli.Usage, "-public"},
		{[]string{"-addr", "example.com:80"}, cli.Usage, "-public"},
		{[]string{"-addr", "127.0.0.1"}, cli.Usage, "-addr"},
		{[]string{"-progress", "sometimes"}, cli.Usage, "-progress: want polls=N"},
		{[]string{"-print-env"}, cli.Usage, "-print-env: give -ca FILE"},
		{[]string{"-print-env", "-ca", filepath.Join(folder, "ca.pem"), "-addr", "127.0.0.1:0"}, cli.Usage, "a fixed port"},
		{[]string{"-window", "0s"}, cli.Usage, "-window"},
		{[]string{"-window", "long"}, cli.Usage, "-window"},
		{[]string{"-key", "id"}, cli.Usage, "id:secret"},
		{[]string{"-key", ":secret"}, cli.Usage, "-key: the value is not a key; want id:secret"},
		{[]string{"-key", "file:" + filepath.Join(folder, "none")}, cli.Usage, "-key: the key file cannot be read: "},
		{[]string{"-key", "file:" + folder}, cli.Usage, "want file:PATH"},
		{[]string{"-key", "file:"}, cli.Usage, "want file:PATH"},
		{[]string{"-key", "file:" + os.DevNull}, cli.Usage, "has no key; want a line id:secret"},
		{[]string{"-key", "env:ALICERT_TEST_NOT_SET"}, cli.Usage, `-key: the environment variable "ALICERT_TEST_NOT_SET" is not set; set it to id:secret`},
		{[]string{"-seed", filepath.Join(folder, "none.json")}, cli.Usage, "-seed"},
		{[]string{"-journal", folder}, cli.Failed, "directory"},
		{[]string{"-addr", busy.Addr().String()}, cli.Failed, "in use"},
	}
	for _, test := range tests {
		out := &output{}
		if status := run(context.Background(), test.args, "", out, out); status != test.status || !strings.Contains(out.String(), test.part) {
			t.Errorf("%q: exit status %d, %q", test.args, status, out)
		}
	}
}
