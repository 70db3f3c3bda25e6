// Package webdriver controls a real browser for tests of pages.
package webdriver

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"
)

// Browser is a headless Chromium that is controlled over the WebDriver protocol.
type Browser struct {
	t       *testing.T
	session string // its URL
}

var driverPort = regexp.MustCompile(`started successfully on port (\d+)`)

// Screen is what a browser shows its pages on.
type Screen struct {
	Width, Height int  // in CSS pixels
	Phone         bool // a touch screen of two device pixels to a CSS pixel
}

// Start starts a browser with its own profile, and ends it with the test. It skips the test
// if ALICERT_BROWSER is not "required", and fails it if no browser is installed.
func Start(t *testing.T, screen Screen) *Browser {
	t.Helper()
	if os.Getenv("ALICERT_BROWSER") != "required" {
		t.Skip("it needs a browser: install chromium and chromium-driver and set ALICERT_BROWSER=required")
	}
	driver, err := exec.LookPath("chromedriver")
	if err == nil {
		_, err = exec.LookPath("chromium")
	}
	if err != nil {
		t.Fatalf("no browser, install chromium and chromium-driver: %v", err)
	}
	profile, err := os.MkdirTemp("", "chromium-") //nolint:usetesting // TempDir fails the test if the browser still writes to it
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(profile) })
	process := exec.Command(driver, "--port=0") //nolint:gosec // found on the PATH
	out, err := process.StdoutPipe()
	if err == nil {
		err = process.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = process.Process.Kill()
		_ = process.Wait() // killed
	})
	b := &Browser{t: t}
	lines := bufio.NewScanner(out)
	for b.session == "" && lines.Scan() {
		if found := driverPort.FindStringSubmatch(lines.Text()); found != nil {
			b.session = "http://127.0.0.1:" + found[1] + "/session"
		}
	}
	if b.session == "" {
		t.Fatal("the driver does not start")
	}
	go func() { _, _ = io.Copy(io.Discard, out) }() // until it ends

	chrome := map[string]any{"args": []string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
		"--user-data-dir=" + profile, fmt.Sprintf("--window-size=%d,%d", screen.Width, screen.Height),
	}}
	if screen.Phone {
		chrome["mobileEmulation"] = map[string]any{"deviceMetrics": map[string]any{"width": screen.Width, "height": screen.Height, "pixelRatio": 2, "touch": true}}
	}
	var session struct{ SessionID string }
	b.do(http.MethodPost, "", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"goog:chromeOptions": chrome, "goog:loggingPrefs": map[string]any{"browser": "ALL"},
	}}}, &session)
	b.session += "/" + session.SessionID
	t.Cleanup(func() { b.do(http.MethodDelete, "", nil, nil) })
	return b
}

// do sends a command and decodes its value.
func (b *Browser) do(method, path string, body, value any) {
	b.t.Helper()
	var sent bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&sent).Encode(body); err != nil {
			b.t.Fatal(err)
		}
	}
	r, err := http.NewRequest(method, b.session+path, &sent)
	if err != nil {
		b.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		b.t.Fatalf("%s %s: %v %.500s", method, path, err, data)
	}
	if value != nil {
		answer := struct{ Value any }{value}
		if err := json.Unmarshal(data, &answer); err != nil {
			b.t.Fatalf("%s %s: %v in %.500s", method, path, err, data)
		}
	}
}

// Open goes to a page.
func (b *Browser) Open(url string) {
	b.t.Helper()
	b.do(http.MethodPost, "/url", map[string]any{"url": url}, nil)
}

// Eval returns the value of an expression in the page.
func (b *Browser) Eval(expression string) (value any) {
	b.t.Helper()
	b.do(http.MethodPost, "/execute/sync", map[string]any{"script": "return " + expression, "args": []any{}}, &value)
	return value
}

// Wait waits until an expression is true in the page.
func (b *Browser) Wait(expression string) {
	b.t.Helper()
	for began := time.Now(); time.Since(began) < 30*time.Second; {
		if b.Eval("Boolean("+expression+")") == true {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	b.t.Fatalf("timeout while waiting for %s\n%v", expression, b.Eval("document.body.innerText"))
}

// Click clicks on an element by pointer. It fails if the pointer cannot reach the
// element.
func (b *Browser) Click(selector string) {
	b.t.Helper()
	var element map[string]string
	b.do(http.MethodPost, "/element", map[string]any{"using": "css selector", "value": selector}, &element)
	for _, id := range element {
		b.do(http.MethodPost, "/element/"+id+"/click", map[string]any{}, nil)
	}
}

// The keys that [Browser.Press] takes beside characters: their code points in WebDriver.
const (
	Tab   = "\ue004"
	Enter = "\ue007"
)

// Press presses and releases a key.
func (b *Browser) Press(key string) {
	b.t.Helper()
	b.do(http.MethodPost, "/actions", map[string]any{"actions": []any{map[string]any{"type": "key", "id": "keyboard", "actions": []any{
		map[string]any{"type": "keyDown", "value": key}, map[string]any{"type": "keyUp", "value": key},
	}}}}, nil)
}

// Dark tells the page that its reader prefers dark colors, or light ones.
func (b *Browser) Dark(dark bool) {
	b.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	b.do(http.MethodPost, "/goog/cdp/execute", map[string]any{"cmd": "Emulation.setEmulatedMedia", "params": map[string]any{
		"features": []any{map[string]any{"name": "prefers-color-scheme", "value": scheme}},
	}}, nil)
}

// Complaints returns the log of the page.
func (b *Browser) Complaints() (entries []struct{ Level, Message string }) {
	b.t.Helper()
	b.do(http.MethodPost, "/se/log", map[string]any{"type": "browser"}, &entries)
	return entries
}

// Screenshot writes the visible part of the page to a PNG file.
func (b *Browser) Screenshot(dir, name string) {
	b.t.Helper()
	var encoded string
	b.do(http.MethodGet, "/screenshot", nil, &encoded)
	data, err := base64.StdEncoding.DecodeString(encoded)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), data, 0o600)
	}
	if err != nil {
		b.t.Error(err)
	}
}
