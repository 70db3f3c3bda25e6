package fakecloud_test

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

// browser is a headless Chromium that is controlled over the WebDriver protocol.
type browser struct {
	t       *testing.T
	session string // its URL
}

var driverPort = regexp.MustCompile(`started successfully on port (\d+)`)

// openBrowser starts a browser with its own profile. It fails the test if no browser is
// installed.
func openBrowser(t *testing.T, width, height int, phone bool) *browser {
	t.Helper()
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
	process := exec.Command(driver, "--port=0")
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
	b := &browser{t: t}
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
		"--user-data-dir=" + profile, fmt.Sprintf("--window-size=%d,%d", width, height),
	}}
	if phone {
		chrome["mobileEmulation"] = map[string]any{"deviceMetrics": map[string]any{"width": width, "height": height, "pixelRatio": 2, "touch": true}}
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
func (b *browser) do(method, path string, body, value any) {
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

func (b *browser) open(url string) {
	b.t.Helper()
	b.do(http.MethodPost, "/url", map[string]any{"url": url}, nil)
}

// eval returns the value of an expression in the page.
func (b *browser) eval(expression string) (value any) {
	b.t.Helper()
	b.do(http.MethodPost, "/execute/sync", map[string]any{"script": "return " + expression, "args": []any{}}, &value)
	return value
}

// wait waits until an expression is true in the page.
func (b *browser) wait(expression string) {
	b.t.Helper()
	for began := time.Now(); time.Since(began) < 30*time.Second; {
		if b.eval("Boolean("+expression+")") == true {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	b.t.Fatalf("timeout while waiting for %s\n%v", expression, b.eval("document.body.innerText"))
}

// click clicks on an element by pointer. It fails if the pointer cannot reach the
// element.
func (b *browser) click(selector string) {
	b.t.Helper()
	var element map[string]string
	b.do(http.MethodPost, "/element", map[string]any{"using": "css selector", "value": selector}, &element)
	for _, id := range element {
		b.do(http.MethodPost, "/element/"+id+"/click", map[string]any{}, nil)
	}
}

// The code points of keys in WebDriver.
const (
	keyTab   = "\ue004"
	keyEnter = "\ue007"
)

// press presses and releases a key.
func (b *browser) press(key string) {
	b.t.Helper()
	b.do(http.MethodPost, "/actions", map[string]any{"actions": []any{map[string]any{"type": "key", "id": "keyboard", "actions": []any{
		map[string]any{"type": "keyDown", "value": key}, map[string]any{"type": "keyUp", "value": key},
	}}}}, nil)
}

// complaints returns the log of the page.
func (b *browser) complaints() (entries []struct{ Level, Message string }) {
	b.t.Helper()
	b.do(http.MethodPost, "/se/log", map[string]any{"type": "browser"}, &entries)
	return entries
}

// screenshot writes the visible part of the page to a PNG file.
func (b *browser) screenshot(dir, name string) {
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
