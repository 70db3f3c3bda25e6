package fakecloud_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/webdriver"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

var screenshots = flag.String("browser.screenshots", "", "folder for the screenshots of TestBrowserScreens and TestBrowserPicture")

// staged is a cloud in which something of everything has happened.
func staged(t *testing.T, p fakecloud.Progress) *fakecloud.Running {
	t.Helper()
	cloud := fakecloud.Start(t, fakecloud.Options{NoAuth: true, Progress: p, Authority: fakecloud.Authority{CertFile: "/home/me/fake.crt", StoreFile: "/home/me/fake.jks"}})
	if err := cloud.Seed(fakecloud.Demo()); err != nil {
		t.Fatal(err)
	}
	upload := func(domain, name, key string) {
		called(t, cloud, "SetCdnDomainSSLCertificate", "DomainName", domain, "CertType", "upload", "CertName", name, "SSLProtocol", "on",
			"SSLPub", testdata.Read("p256/leaf.pem"), "SSLPri", testdata.Read(key+"/key.pem"))
	}
	upload(www, "www-2026", "rsa2048")
	upload(www, "www-2026", "p256")
	called(t, cloud, "DescribeDomainCertificateInfo", "DomainName", www)
	called(t, cloud, "AssociateAdditionalCertificatesWithListener", "ListenerId", "lsn-https", "Certificates.1.CertificateId", "2-cn-hangzhou")
	return cloud
}

// called calls an operation over HTTP as the aliyun CLI, whatever the answer.
func called(t *testing.T, cloud *fakecloud.Running, action string, params ...string) {
	t.Helper()
	callAs(t, cloud.Cloud, "Aliyun-CLI/3.0.277", action, params...)
}

// session is a browser that shows the page of a cloud.
type session struct {
	*webdriver.Browser
	t     *testing.T
	cloud *fakecloud.Running
}

var desktop, tablet, phone = webdriver.Screen{Width: 1280, Height: 900}, webdriver.Screen{Width: 768, Height: 1024}, webdriver.Screen{Width: 390, Height: 844, Phone: true}

func show(t *testing.T, screen webdriver.Screen, cloud *fakecloud.Running) *session {
	t.Helper()
	b := &session{webdriver.Start(t, screen), t, cloud}
	b.Open(cloud.URL + "/_/")
	b.speak("en")
	b.Wait(`document.getElementById("link").className === "live" && document.querySelector("#rows li") && document.querySelector("#groups a")`)
	return b
}

// speak switches the language.
func (b *session) speak(language string) {
	b.t.Helper()
	b.Click("#" + language)
	b.Wait(`document.documentElement.lang.startsWith("` + language + `") && document.querySelector("#rows li")`)
}

// says waits until an element has a text.
func (b *session) says(selector, text string) {
	b.t.Helper()
	b.Wait(fmt.Sprintf(`[...document.querySelectorAll(%q)].some(e => (e.innerText || e.textContent).includes(%q))`, selector, text))
}

// check fails the test for what a page must never do.
func (b *session) check() {
	b.t.Helper()
	if wide := b.Eval("document.documentElement.scrollWidth - window.innerWidth"); wide.(float64) > 0 {
		b.t.Errorf("the page is %v pixels too wide", wide)
	}
	for _, name := range b.Eval(`performance.getEntriesByType("resource").map(e => e.name)`).([]any) {
		if !strings.HasPrefix(name.(string), b.cloud.URL+"/_/") && !strings.HasPrefix(name.(string), "data:") {
			b.t.Errorf("the page asks for %v", name)
		}
	}
	for _, entry := range b.Complaints() {
		if !strings.Contains(entry.Message, "status of 404") { // the answer to a question
			b.t.Errorf("%s: %s", entry.Level, entry.Message)
		}
	}
	if kept := b.Eval(`JSON.stringify(Object.keys(localStorage)) + JSON.stringify(Object.keys(sessionStorage)) + document.cookie`); kept != `["language"][]` {
		b.t.Errorf("the page stores %v", kept)
	}
	text := fmt.Sprint(b.Eval(`document.documentElement.outerHTML + JSON.stringify({...localStorage}) + location.href + document.title`))
	for line := range strings.SplitSeq(testdata.Read("p256/key.pem")+testdata.Read("rsa2048/key.pem"), "\n") {
		if len(line) > 30 && !strings.HasPrefix(line, "-----") && strings.Contains(text, line) {
			b.t.Errorf("the page has a line of a key: %s", line)
		}
	}
}

// TestBrowser checks in a real browser what a user of the page does.
func TestBrowser(t *testing.T) {
	cloud := staged(t, fakecloud.Manual())
	b := show(t, desktop, cloud)

	// A refused call shows why, in both languages, and its code leads to what it means.
	b.says("#rows .refused .why", "the key")
	b.says("#rows .refused .facts", "SSLPri")
	b.speak("zh")
	b.says("#rows .refused .why", "私钥")
	b.says("#rows .refused .outcome", "被拒绝")
	b.Click("#rows .refused a.code")
	b.says("#panel h2", "Certificate.MissMatch")
	b.says("#panel", "返回此错误码的情况")
	b.speak("en")
	b.says("#panel", "What is answered with it")
	b.says("#panel .cause", "assumed")
	if b.Eval(`document.activeElement.id`) == "" {
		t.Error("nothing has the focus")
	}

	// The language stays.
	b.speak("zh")
	b.Open(cloud.URL + "/_/")
	b.says("#timeline-title", "时间线")
	b.speak("en")

	// A resource shows its state and finishes its change.
	b.Click(`#groups a[data-key="domain=www.example.com"]`)
	b.says("#panel", "on, configuring")
	b.says("#panel svg .current", "on, configuring")
	b.says("#panel .card", "www-2026")
	b.Click(`#panel [data-key=finish]`)
	b.says("#said", "Finish roll-out: www.example.com")
	b.says("#panel svg .current", "on")
	if d, _ := cloud.State().CDN.Domains.Get(www); d.Configuring || !d.InEffect {
		t.Errorf("%+v", d)
	}
	b.says("#rows .thin", "www.example.com: on, configuring → on")
	b.Click(`#panel [data-key=history]`)
	b.Wait(`!document.querySelector("#rows").innerText.includes("AssociateAdditional")`)
	b.Click("#clear")
	b.says("#rows", "AssociateAdditional")

	// Filters.
	b.Click("#filter [name=refused]")
	b.Wait(`document.querySelectorAll("#rows > li").length === 1`)
	b.Click("#clear")

	// Faults come as chips and go one by one.
	b.Click("details.add-fault > summary")
	for name, value := range map[string]string{"operation": "SetCdnDomainSSLCertificate", "code": "Throttling.User", "times": "2"} {
		b.Eval(fmt.Sprintf(`document.forms["add-fault"].elements[%q].value = %q`, name, value))
	}
	b.Click("#add-fault button")
	b.says("#faults .chip", "Throttling.User on SetCdnDomainSSLCertificate × 2")
	if f := cloud.Faults(); len(f) != 1 || f[0].Times != 2 {
		t.Errorf("%+v", f)
	}
	b.Click("#faults .chip button")
	b.Wait(`!document.querySelector("#faults .chip")`)
	if f := cloud.Faults(); len(f) != 0 {
		t.Errorf("%+v", f)
	}
	if n := b.Eval(`document.querySelectorAll("#codes option").length`).(float64); n < 100 {
		t.Errorf("%v codes are suggested", n)
	}

	// An operation that only the real cloud has.
	called(t, cloud, "ModifyCdnDomain", "Version", "2018-05-10")
	called(t, cloud, "ModifyCdnDomain", "Version", "2018-05-10")
	b.says("#unknown", "ModifyCdnDomain (Cdn 2018-05-10) × 2, answered 501")
	b.says("#rows .unknown", "ModifyCdnDomain")

	// Progress, and changes that come from elsewhere.
	b.Eval(`(document.getElementById("progress").value = "after=10s", document.getElementById("progress").dispatchEvent(new Event("change")))`)
	b.says("#said", "by time: after 10s")
	if p := cloud.Progress().String(); p != "after=10s" {
		t.Error(p)
	}
	cloud.Apply(onCDN(cdn.AccountSuspended{}))
	b.Wait(`document.getElementById("standing").value === "suspended"`)
	cloud.Apply(onCDN(cdn.AccountReinstated{}))
	b.Wait(`document.getElementById("standing").value === "active"`)

	// How to point a client here.
	b.Click("#connect")
	b.says("#panel pre", "export HTTPS_PROXY='"+cloud.URL+"'")
	b.Click(`#panel [data-key="tab acme.sh"]`)
	b.says("#panel pre", "--deploy-hook ali_cdn")
	b.Click(`#panel [data-key=copy]`)
	b.says("#said", "Copied")

	// Save as seed says what a seed cannot say.
	b.Click("#save > summary")
	b.Click("#save-seed")
	b.says("#said", "the certificates that domains are bound to")

	// Reset and undo.
	b.Click("#reset")
	b.Wait(`!document.getElementById("undo").hidden && !document.querySelector("#rows .call")`)
	b.Click("#undo")
	b.says("#rows .refused .why", "the key")
	if d, _ := cloud.State().CDN.Domains.Get(www); d.Bound == "" {
		t.Error("the reset is not undone")
	}
	b.check()
}

// TestBrowserKeyboard finishes a change without a pointer.
func TestBrowserKeyboard(t *testing.T) {
	cloud := staged(t, fakecloud.Manual())
	b := show(t, desktop, cloud)
	reach := func(condition string) {
		t.Helper()
		for n := 0; b.Eval(condition) != true; n++ {
			if n > 80 {
				t.Fatalf("the keyboard does not reach %s", condition)
			}
			b.Press(webdriver.Tab)
		}
		if b.Eval(`getComputedStyle(document.activeElement).outlineStyle`) == "none" {
			t.Errorf("%s has no visible focus", condition)
		}
	}
	reach(`document.activeElement.dataset.key === "domain=www.example.com"`)
	b.Press(webdriver.Enter)
	b.Wait(`document.activeElement.id === "panel"`)
	reach(`document.activeElement.dataset.key === "finish"`)
	b.Press(webdriver.Enter)
	b.says("#said", "Finish roll-out")
	b.Wait(`document.activeElement !== document.body`)
	reach(`document.activeElement.tagName === "SUMMARY" && document.activeElement.dataset.key !== "" && document.activeElement.parentElement.dataset.key === "actions"`)
	b.Press(webdriver.Enter)
	reach(`document.activeElement.dataset.key === "protection"`)
	b.Press(webdriver.Enter)
	b.says("#said", "Protect the certificate")
	b.Wait(`document.activeElement.dataset.key === "protection" && document.activeElement.textContent === "Lift the protection"`)
	b.Press(escape)
	b.Press(escape)
	b.Wait(`document.getElementById("panel").hidden`)
	b.check()
}

const escape = "\ue00c"

// contrast returns the elements whose text has a contrast below 4.5 to what is behind it.
const contrast = `(() => {
	const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
	const rgba = color => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
	const light = ([r, g, b]) => [r, g, b].map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
	const behind = e => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] > 250) return c; } return rgba("Canvas"); };
	const found = [];
	for (const e of document.querySelectorAll("body *")) {
		const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
		if (!own || !e.checkVisibility() || e.closest("svg, script, option")) continue;
		const [a, b] = [light(rgba(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
		const ratio = (a + .05) / (b + .05);
		if (ratio < 4.5) found.push(e.tagName + "." + e.className + " " + ratio.toFixed(2) + " " + e.textContent.slice(0, 30));
	}
	return found.slice(0, 10).join("; ");
})()`

// TestBrowserScreens checks the page in all sizes, schemes and languages: no sideways
// scrolling, enough contrast, no animation for who wants none. With -browser.screenshots it
// makes a picture of each.
func TestBrowserScreens(t *testing.T) {
	for _, screen := range []struct {
		name string
		webdriver.Screen
	}{{"1280", desktop}, {"768", tablet}, {"390", phone}} {
		t.Run(screen.name, func(t *testing.T) {
			cloud := staged(t, fakecloud.Manual())
			called(t, cloud, "ModifyCdnDomain", "Version", "2018-05-10")
			inject(t, cloud.Cloud, fakecloud.Fault{Action: "SetCdnDomainSSLCertificate", Code: "Throttling.User", Times: 2})
			b := show(t, screen.Screen, cloud)
			for _, dark := range []bool{false, true} {
				b.Dark(dark)
				for _, language := range []string{"en", "zh"} {
					b.speak(language)
					for _, part := range []string{"", "domain=www.example.com", "listener=lsn-https", "code=Certificate.MissMatch", "connect"} {
						b.Eval(`void (location.hash = "` + part + `")`)
						if part != "" {
							b.Wait(`document.querySelector("#panel .head") && document.getElementById("panel").dataset.key.includes(` + fmt.Sprintf("%q", strings.Split(part, "=")[0]) + `)`)
						} else {
							b.Wait(`document.getElementById("panel").hidden`)
						}
						b.check()
						if faults := b.Eval(contrast); faults != "" {
							t.Errorf("%s, dark %v, %q: %v", language, dark, part, faults)
						}
						b.picture(screen.name, dark, language, part)
					}
				}
			}
		})
	}
}

// TestBrowserPicture makes the picture for the README: a refused call, why, and what its
// code means.
func TestBrowserPicture(t *testing.T) {
	cloud := staged(t, fakecloud.Manual())
	if err := cloud.Finish(www); err != nil {
		t.Fatal(err)
	}
	called(t, cloud, "SetCdnDomainSSLCertificate", "DomainName", "shop.example.com", "CertType", "upload", "CertName", "shop-2026", "SSLProtocol", "on",
		"SSLPub", testdata.Read("p256/issuing.pem")+testdata.Read("p256/leaf.pem"), "SSLPri", testdata.Read("p256/key.pem"))
	b := show(t, webdriver.Screen{Width: 1280, Height: 800}, cloud)
	b.says("#rows .refused .reason", "block 2")
	b.check()
	b.picture("page", false, "", "")
}

// picture makes a screenshot if the flag asks for it.
func (b *session) picture(size string, dark bool, language, part string) {
	if *screenshots == "" {
		return
	}
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	part, _, _ = strings.Cut(part, "=")
	name := size
	if language != "" {
		name = strings.TrimSuffix(strings.Join([]string{size, scheme, language, part}, "-"), "-")
	}
	if err := os.MkdirAll(*screenshots, 0o750); err != nil {
		b.t.Fatal(err)
	}
	b.Eval(`window.scrollTo(0, 0)`)
	b.Screenshot(*screenshots, name)
}
