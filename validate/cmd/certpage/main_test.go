package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/testdata/demo"
)

// needsBuild skips a test that builds the WebAssembly where tests are to be short.
func needsBuild(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it builds the page, which takes seconds")
	}
}

// TestPage: the page is small, has nothing from elsewhere, and no script beside those that
// its policy allows.
func TestPage(t *testing.T) {
	needsBuild(t)
	p, err := built()
	if err != nil {
		t.Fatal(err)
	}
	const most = 3_000_000
	if len(p.html) > most {
		t.Errorf("%d bytes; want %d at most", len(p.html), most)
	}
	t.Logf("%d bytes", len(p.html))
	text := string(p.html)
	for _, part := range []string{"default-src 'none'", "connect-src 'none'", "form-action 'none'", "base-uri 'none'"} {
		if !strings.Contains(p.policy, part) {
			t.Errorf("the policy lacks %s: %s", part, p.policy)
		}
	}
	if strings.Contains(p.policy, "unsafe-inline") || strings.Contains(p.policy, "'unsafe-eval'") || !strings.Contains(text, `content="`+p.policy+`"`) {
		t.Errorf("policy %s", p.policy)
	}
	for _, foreign := range []string{" src=", "href=\"http", "@import", "url("} {
		if before, _, _ := strings.Cut(text, `id="module"`); strings.Contains(before, foreign) {
			t.Errorf("the page has %q", foreign)
		}
	}
	if body := strings.Split(demo.Key, "\n")[1]; strings.Contains(text, body) {
		t.Error("the page holds the key of the example in plain text")
	}
}

// TestServe: the served page has the policy in a header, too.
func TestServe(t *testing.T) {
	p := &page{html: []byte("<!doctype html>"), policy: "default-src 'none'"}
	for _, test := range []struct {
		method, path string
		status       int
	}{
		{http.MethodGet, "/", http.StatusOK},
		{http.MethodHead, "/", http.StatusOK},
		{http.MethodPost, "/", http.StatusMethodNotAllowed},
		{http.MethodGet, "/other", http.StatusNotFound},
	} {
		w := httptest.NewRecorder()
		p.ServeHTTP(w, httptest.NewRequest(test.method, test.path, nil))
		if w.Code != test.status {
			t.Errorf("%s %s: %d; want %d", test.method, test.path, w.Code, test.status)
		}
		if got := w.Header().Get("Content-Security-Policy"); test.status == http.StatusOK && !strings.HasPrefix(got, p.policy) {
			t.Errorf("policy %q", got)
		}
	}
}

// TestFailures: each says what to do.
func TestFailures(t *testing.T) {
	outside := t.TempDir()
	for _, test := range []struct {
		name, path, dir string
		args            []string
		status          int
		want            string
	}{
		{"an argument", os.Getenv("PATH"), "", []string{"page.html"}, cli.Usage, "-o FILE"},
		{"another machine", os.Getenv("PATH"), "", []string{"-listen", "0.0.0.0:0"}, cli.Usage, "127.0.0.1"},
		{"no go", outside, "", []string{"-o", filepath.Join(outside, "a.html")}, cli.Failed, "install Go"},
		{"no source", os.Getenv("PATH"), outside, []string{"-o", "a.html"}, cli.Failed, "git clone"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("PATH", test.path)
			if test.dir != "" {
				t.Chdir(test.dir)
			}
			var stdout, stderr bytes.Buffer
			if status := run(context.Background(), test.args, &stdout, &stderr); status != test.status || !strings.Contains(stderr.String(), test.want) {
				t.Errorf("status %d, %s; want %d and %q", status, &stderr, test.status, test.want)
			}
		})
	}
}

// TestWrite writes the file of a command that ends.
func TestWrite(t *testing.T) {
	needsBuild(t)
	path := filepath.Join(t.TempDir(), "page.html")
	var stdout, stderr bytes.Buffer
	if status := run(context.Background(), []string{"-o", path}, &stdout, &stderr); status != cli.OK || !strings.Contains(stdout.String(), path) {
		t.Fatalf("status %d: %s%s", status, &stdout, &stderr)
	}
	data, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(data, []byte("<!doctype html>")) {
		t.Errorf("%v, %.40q", err, data)
	}
	path = filepath.Join(path, "no-folder", "page.html")
	if status := run(context.Background(), []string{"-o", path}, &stdout, &stderr); status != cli.Failed || !strings.Contains(stderr.String(), "folder that can be written to") {
		t.Errorf("status %d: %s", status, &stderr)
	}
}
