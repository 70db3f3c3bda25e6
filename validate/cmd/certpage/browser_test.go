package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/webdriver"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/testdata/demo"
	"github.com/alicert/alicert/testdata/vectors"
	"github.com/alicert/alicert/validate/cmd/certpage/internal/workspace"
)

var desktop = webdriver.Screen{Width: 1280, Height: 1000}

var built = sync.OnceValues(func() (*page, error) { return build(context.Background()) })

// openPage writes the page to a file and opens that.
func openPage(t *testing.T, b *webdriver.Browser) {
	t.Helper()
	p, err := built()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "certpage.html")
	if err := write(path, p.html); err != nil {
		t.Fatal(err)
	}
	b.Open("file://" + path)
	b.Wait(`document.documentElement.dataset.ready`)
}

func quote(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // of a test's own value
	}
	return string(text)
}

// drop drops files on the page.
func drop(b *webdriver.Browser, files ...workspace.File) {
	var add strings.Builder
	for _, f := range files {
		fmt.Fprintf(&add, "d.items.add(new File([new Uint8Array(%s)], %s));", quote(numbers(f.Data)), quote(f.Name))
	}
	b.Eval(`(() => { const d = new DataTransfer(); ` + add.String() + ` document.getElementById("drop").dispatchEvent(new DragEvent("drop", {dataTransfer: d, bubbles: true, cancelable: true})); })()`)
}

// paste pastes a text into a field. It reports whether the page leaves it to the field.
func paste(b *webdriver.Browser, field, text string) bool {
	return b.Eval(`(() => { const d = new DataTransfer(); d.setData("text/plain", `+quote(text)+`); return document.getElementById("`+field+`").dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true})); })()`) == true
}

// numbers is data as JSON has it, which would be base64 otherwise.
func numbers(data []byte) []int {
	all := make([]int, len(data))
	for i, b := range data {
		all[i] = int(b)
	}
	return all
}

// TestBrowserVectors checks vectors in the page and with certcheck. The JSON is the same.
func TestBrowserVectors(t *testing.T) {
	b := webdriver.Start(t, desktop)
	openPage(t, b)
	certcheck := filepath.Join(t.TempDir(), "certcheck")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", certcheck, "../certcheck").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	known, err := vectors.All()
	if err != nil {
		t.Fatal(err)
	}
	const fewest, each = 200, 4 // vectors: every fourth, which takes a quarter of a minute
	const hangs = 20_000        // milliseconds: no measurement, but a sign that something is wrong
	compared := 0
	var all []float64 // milliseconds
	for i, v := range known {
		if i%each > 0 {
			continue
		}
		in, ok := inputOf(v, v.Operations[compared%len(v.Operations)]) // all of them in turn
		if !ok {
			continue
		}
		compared++
		in.query.Lang = []string{"zh", "en"}[compared%2]
		got, took := in.inPage(b)
		all = append(all, took)
		if diff := cmp.Diff(in.byCertcheck(t, certcheck), got); diff != "" {
			t.Errorf("%s, %s (-certcheck +page)\n%s", v.Name, in.query.Operation, diff)
		}
	}
	first := all[0]
	slices.Sort(all)
	t.Logf("%d vectors; the first check took %.1f ms, the median %.1f ms, the slowest %.1f ms", compared, first, all[len(all)/2], all[len(all)-1])
	if all[len(all)-1] > hangs {
		t.Error("a check hangs")
	}
	if compared < fewest {
		t.Errorf("%d vectors; want at least %d", compared, fewest)
	}
}

// An input is a vector that page and command can be given.
type input struct {
	query            workspace.Query
	certificate, key string
}

// inputOf returns what to give for a vector. ok is false if it has a parameter or option
// that the page does not have.
func inputOf(v vectors.Vector, operation string) (in input, ok bool) {
	if v.Strict || v.CertificateLimit != 0 || v.KeyLimit != 0 || v.Stored != nil {
		return in, false
	}
	in.query.Operation = operation
	for name, value := range v.Short {
		switch {
		case value == "" || strings.TrimSpace(value) != value || strings.ContainsAny(value, ",;\x00") || !utf8.ValidString(value):
			return in, false // no field of the page and no argument of a command holds it
		case name == "DomainName":
			in.query.Domains = []string{value}
		case name == "Name" || name == "CertName":
			in.query.Name = value
		case value != "on":
			return in, false
		}
	}
	values := v.Values()
	for name := range v.Long {
		switch name {
		case "ServerCertificate", "SSLPub", "Cert":
			in.certificate = values.Get(name)
		case "PrivateKey", "SSLPri", "Key":
			in.key = values.Get(name)
		default:
			return in, false
		}
	}
	if !v.Time.IsZero() {
		in.query.Time = v.Time.Format(time.RFC3339)
	}
	known := slices.ContainsFunc(workspace.Operations(), func(op errcodes.Operation) bool { return op.String() == operation })
	return in, known && in.certificate+in.key != ""
}

const (
	certificateFile = "certificate.pem"
	keyFile         = "key.pem"
)

// inPage returns the report of the page, and how long it took in milliseconds.
func (in *input) inPage(b *webdriver.Browser) (report any, took float64) {
	script := `certpage.clear("certificate"); certpage.clear("key");`
	for slot, text := range map[string]string{"certificate": in.certificate, "key": in.key} {
		if text != "" {
			name := map[string]string{"certificate": certificateFile, "key": keyFile}[slot]
			script += fmt.Sprintf("certpage.put(%q, %q, new Uint8Array(%s));", slot, name, quote(numbers([]byte(text))))
		}
	}
	answer := b.Eval(`(() => { ` + script + ` const began = performance.now(); certpage.check(` + quote(quote(in.query)) + `); return [performance.now() - began, certpage.report()]; })()`).([]any)
	return decoded(answer[1].(string)), answer[0].(float64)
}

// byCertcheck returns what certcheck says of the same.
func (in *input) byCertcheck(t *testing.T, command string) any {
	t.Helper()
	dir := t.TempDir()
	args := []string{"-format", "json", "-lang", in.query.Lang, "-op", in.query.Operation, "-at", in.query.Time}
	if in.query.Time == "" {
		args[len(args)-1] = "none"
	}
	for _, file := range []struct{ flag, name, text string }{{"-cert", certificateFile, in.certificate}, {"-key", keyFile, in.key}} {
		if file.text == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, file.name), []byte(file.text), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file.flag, file.name)
	}
	for _, domain := range in.query.Domains {
		args = append(args, "-domain", domain)
	}
	if in.query.Name != "" {
		args = append(args, "-name", in.query.Name)
	}
	run := exec.Command(command, args...)
	run.Dir = dir
	out, err := run.Output()
	if exit, failed := errors.AsType[*exec.ExitError](err); err != nil && (!failed || exit.ExitCode() != 1) {
		t.Fatalf("certcheck %q: %v", args, err)
	}
	return decoded(string(out))
}

// decoded is a report as JSON has it, without the command that only certcheck can give.
func decoded(text string) any {
	var value map[string]any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return text
	}
	if fix, ok := value["fix"].(map[string]any); ok {
		delete(fix, "command")
	}
	return value
}

// TestBrowserUse drops files, changes what is asked, reads what the page shows, and
// downloads the repaired files.
func TestBrowserUse(t *testing.T) {
	for _, screen := range []struct {
		name string
		webdriver.Screen
	}{{"desktop", desktop}, {"tablet", webdriver.Screen{Width: 768, Height: 1024}}, {"phone", webdriver.Screen{Width: 390, Height: 844, Phone: true}}} {
		t.Run(screen.name, func(t *testing.T) {
			b := webdriver.Start(t, screen.Screen)
			openPage(t, b)
			t.Logf("ready after %v ms", b.Eval(`document.documentElement.dataset.ready`))
			fits := func() {
				t.Helper()
				if wide := b.Eval("document.documentElement.scrollWidth - window.innerWidth"); wide.(float64) > 0 {
					t.Errorf("the page is %v pixels too wide", wide)
				}
			}
			fits()
			shows := func(id string, want ...string) {
				t.Helper()
				text := b.Eval(`document.getElementById("` + id + `").innerText`).(string)
				for _, part := range want {
					if !strings.Contains(text, part) {
						t.Errorf("%s shows no %q:\n%s", id, part, text)
					}
				}
			}
			drop(b, workspace.File{Name: "a.pem", Data: []byte(demo.Certificate)}, workspace.File{Name: "a.key", Data: []byte(demo.Key)})
			b.Wait(`document.querySelector("#verdict .refused")`)
			shows("verdict", "拒绝", "Certificate.MissMatch", "a.pem:22:1", "^^^^^", "请移到第 1 份", "修复并下载", "math the specified")
			shows("slot-key", "a.key", "RSA 2048", "属于第 2 份证书")
			shows("chain", "shop.example.com", "应紧跟", "客户端自带的根证书")
			fits()
			keepsSecret(t, b)

			// By keyboard: the language is remembered, and every text is in it.
			b.Eval(`document.querySelector("[data-lang=en]").focus()`)
			b.Press(webdriver.Enter)
			b.Wait(`document.querySelector("#verdict").innerText.includes("Fix and download")`)
			shows("verdict", "refused", "move it in front of certificate 1", "--> a.pem:22:1")
			if left := b.Eval(`document.body.innerText.match(/[\u4e00-\u9fff]+/g)`); left != nil && cmp.Diff(left, []any{"中文"}) != "" {
				t.Errorf("in English the page says %v", left)
			}
			if stored := b.Eval(`JSON.stringify(localStorage)`); stored != `{"certpage-lang":"en"}` {
				t.Errorf("stored: %v", stored)
			}
			fits()

			// Several domains, one of which is not covered.
			b.Eval(`(() => { const f = document.getElementById("domains"); f.value = "www.shop.example.com, api.shop.example.com"; f.dispatchEvent(new Event("input")); })()`)
			b.Wait(`document.querySelectorAll("#coverage li").length === 2`)
			shows("coverage", "✓ www.shop.example.com", "✗ api.shop.example.com")

			// The repaired files are accepted.
			fixed := download(t, b)
			if fixed.Name != "shop.example.com.zip" {
				t.Errorf("the download is named %q", fixed.Name)
			}
			keepsSecret(t, b)
			b.Click("#slot-key .actions button:last-child")
			b.Wait(`document.getElementById("slot-key").innerText.includes("No key yet")`)
			drop(b, fixed)
			b.Wait(`document.querySelector("#verdict .accepted")`)
			shows("slot-certificate", "shop.example.com.pem", "3 certificates")
			shows("slot-key", "belongs to certificate 1")
			fits()

			// A line of a log; a key that is pasted there goes to the check instead.
			b.Eval(`(() => { document.getElementById("log").value = 'ERROR upload failed: "Code":"Certificate.StatusError" RequestId 1'; document.querySelector("#ask button").click(); })()`)
			b.Wait(`document.querySelector("#explained article")`)
			shows("explained", "Certificate.StatusError", "expired")
			b.Click("#slot-key .actions button:last-child")
			b.Wait(`document.getElementById("slot-key").innerText.includes("No key yet")`)
			if !paste(b, "log", "certificate "+strings.Repeat("0123456789abcdef", 4)+": Certificate.StatusError") {
				t.Error("the line of a log does not get into the field")
			}
			if paste(b, "log", demo.Key) {
				t.Error("a key gets into the field")
			}
			b.Wait(`document.getElementById("slot-key").innerText.includes("pasted text")`)
			shows("slot-key", "belongs to certificate 1")
			keepsSecret(t, b)
			fits()

			for _, dark := range []bool{false, true} {
				b.Dark(dark)
				if pale := b.Eval(contrast); cmp.Diff(pale, []any{}) != "" {
					t.Errorf("dark %v: hard to read: %v", dark, pale)
				}
			}
			for _, entry := range b.Complaints() {
				t.Errorf("the browser complains: %s %s", entry.Level, entry.Message)
			}
			refusesToConnect(t, b)
		})
	}
}

// contrast lists the texts whose contrast with their background is below 4.5.
const contrast = `(() => {
	const numbers = (color) => color.match(/[\d.]+/g).map(Number);
	const light = (color) => numbers(color).slice(0, 3).map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
	const behind = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor, n = numbers(c); if (n.length < 4 || n[3] === 1) return c; } return "rgb(255, 255, 255)"; };
	for (const e of document.querySelectorAll("*")) e.style.transition = "none";
	return [...document.querySelectorAll("body *")].filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())).filter((e) => {
		const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
		return (a + 0.05) / (b + 0.05) < 4.5;
	}).map((e) => e.tagName + " " + e.className + " " + e.textContent.slice(0, 40));
})()`

// keepsSecret looks for pieces of keys wherever the page could leave them.
func keepsSecret(t *testing.T, b *webdriver.Browser) {
	t.Helper()
	places := b.Eval(`[document.documentElement.outerHTML, document.title, location.href, JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, String(history.state), window.name,
		...[...document.querySelectorAll("input, select, textarea")].map((e) => e.value), ...[...document.querySelectorAll("*")].flatMap((e) => [...e.attributes].map((a) => a.value))].join("\n")`).(string)
	if len(places) < 1000 {
		t.Fatalf("the page has %d characters only", len(places))
	}
	const piece = 16
	for _, key := range []string{demo.Key, testdata.Read("rsa2048/key.pem")} {
		for line := range strings.Lines(key) {
			if line = strings.TrimSpace(line); strings.HasPrefix(line, "-----") || len(line) < piece {
				continue
			}
			for i := 0; i+piece <= len(line); i += piece / 2 {
				if strings.Contains(places, line[i:i+piece]) {
					t.Fatal("the page holds a piece of the key")
				}
			}
		}
	}
}

// download presses the button and returns what the browser would save.
func download(t *testing.T, b *webdriver.Browser) workspace.File {
	t.Helper()
	b.Eval(`(() => {
		const make = URL.createObjectURL; window.saved = null;
		URL.createObjectURL = (blob) => { blob.arrayBuffer().then((data) => { window.saved = [...new Uint8Array(data)]; }); return make.call(URL, blob); };
		HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download; };
	})()`)
	b.Click("#fix")
	b.Wait(`window.saved`)
	f := workspace.File{Name: b.Eval(`window.savedAs`).(string)}
	for _, number := range b.Eval(`window.saved`).([]any) {
		f.Data = append(f.Data, byte(number.(float64)))
	}
	b.Eval(`delete window.saved`)
	return f
}

// refusesToConnect tries to send something.
func refusesToConnect(t *testing.T, b *webdriver.Browser) {
	t.Helper()
	b.Eval(`document.getElementById("privacy").open = true`)
	b.Click("#probe")
	b.Wait(`document.getElementById("probed").textContent.includes("connect-src")`)
	var asked atomic.Int32
	listener := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	t.Cleanup(listener.Close)
	server := listener.URL + "/"
	for name, try := range map[string]string{
		"fetch":  `fetch("` + server + `", {mode: "no-cors"}).then(() => "sent", () => "refused")`,
		"beacon": `(navigator.sendBeacon("` + server + `", "x"), new Promise((yes) => setTimeout(yes, 200, "refused")))`,
		"image":  `new Promise((yes) => { const i = new Image(); i.onload = () => yes("sent"); i.onerror = () => yes("refused"); i.src = "` + server + `"; })`,
		"frame":  `(document.body.append(Object.assign(document.createElement("iframe"), {src: "` + server + `"})), new Promise((yes) => setTimeout(yes, 200, "refused")))`,
		"form":   `(() => { const f = document.createElement("form"); f.action = "` + server + `"; document.body.append(f); f.submit(); return new Promise((yes) => setTimeout(yes, 200, "refused")); })()`,
		"socket": `new Promise((yes) => { try { const s = new WebSocket("ws` + strings.TrimPrefix(server, "http") + `"); s.onopen = () => yes("sent"); s.onerror = () => yes("refused"); } catch { yes("refused"); } })`,
	} {
		if got := b.Eval(try); got != "refused" {
			t.Errorf("%s: %v", name, got)
		}
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("%d requests arrived", n)
	}
}
