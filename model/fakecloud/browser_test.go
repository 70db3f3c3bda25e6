package fakecloud_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud"
)

var screenshots = flag.String("browser.screenshots", "", "folder for the screenshots of TestBrowser")

// TestBrowser checks in a real browser, on a desktop and a phone screen, that the page
// shows the state and that its buttons change it by pointer and by keyboard.
func TestBrowser(t *testing.T) {
	if os.Getenv("ALICERT_BROWSER") != "required" {
		t.Skip("it needs a browser: install chromium and chromium-driver and set ALICERT_BROWSER=required")
	}
	for _, screen := range []struct {
		name          string
		width, height int
		phone         bool
	}{
		{"desktop", 1280, 2200, false},
		{"phone", 390, 844, true},
	} {
		t.Run(screen.name, func(t *testing.T) {
			b := openBrowser(t, screen.width, screen.height, screen.phone)
			cloud := fakecloud.Start(t, fakecloud.Options{NoAuth: true, Progress: fakecloud.Manual()})
			if err := cloud.Seed(shop()); err != nil {
				t.Fatal(err)
			}
			call(t, cloud.Cloud, "AssociateAdditionalCertificatesWithListener", "ListenerId", listener, "Certificates.1.CertificateId", first)
			call(t, cloud.Cloud, "SetDomainServerCertificate", "DomainName", www, "ServerCertificateStatus", "off")
			usePage(t, b, cloud)
			if *screenshots != "" {
				for n := range 4 {
					b.eval(fmt.Sprintf("window.scrollTo(0, %d)", n*screen.height))
					b.screenshot(*screenshots, fmt.Sprintf("%s-%d", screen.name, n))
				}
			}
		})
	}
}

func usePage(t *testing.T, b *browser, cloud *fakecloud.Running) {
	t.Helper()
	key := func(name string) string { return fmt.Sprintf(`[data-key=%q]`, www+" "+name) }
	b.open(cloud.URL + "/_/")
	b.wait(`document.getElementById("link").textContent === "live" && document.querySelector("#domains article")`)

	b.click(key("offline"))
	b.wait(`document.getElementById("said").textContent.startsWith("Take offline")`)
	if d, _ := cloud.State().CDN.Domains.Get(www); !d.Offline {
		t.Error("the button has no effect")
	}

	// By keyboard: press Tab until the button has the focus, then Enter. The
	// focus must stay when the page is drawn again.
	focus := `document.activeElement.dataset.key === "` + www + ` `
	b.eval(`document.activeElement.blur()`)
	for n := 0; b.eval(focus+`protection"`) != true; n++ {
		if n > 60 {
			t.Fatal("the keyboard does not reach the button")
		}
		b.press(keyTab)
	}
	b.press(keyEnter)
	b.wait(`document.getElementById("said").textContent.startsWith("Protect")`)
	b.wait(`document.querySelector('` + key("protection") + `').textContent === "Lift protection"`)
	if d, _ := cloud.State().CDN.Domains.Get(www); !d.Protected {
		t.Error("the key has no effect")
	}
	if b.eval(focus+`protection"`) != true {
		t.Errorf("the focus is lost: %v", b.eval(`document.activeElement.outerHTML`))
	}

	// Changes that come from elsewhere appear, too.
	cloud.Apply(onCDN(cdn.AccountSuspended{}))
	b.wait(`document.getElementById("account").textContent.includes("account suspended")`)
	cloud.Apply(onCDN(cdn.AccountReinstated{}))
	b.wait(`document.getElementById("account").textContent.includes("account active")`)
	if current := b.eval(`document.querySelector("#diagram .current text").textContent`); current != "off" {
		t.Errorf("the diagram marks %v", current)
	}

	// An operation that only the real cloud has is marked.
	call(t, cloud.Cloud, "ModifyCdnDomain", "Version", "2018-05-10")
	b.wait(`document.getElementById("missing").textContent.includes("ModifyCdnDomain (Cdn 2018-05-10)")`)
	if text := b.eval(`document.querySelector("#calls tr.bad").textContent`); !strings.Contains(text.(string), "ModifyCdnDomain") || !strings.Contains(text.(string), "501 NotImplemented.Fake") {
		t.Errorf("the call is shown as %v", text)
	}

	if wide := b.eval("document.documentElement.scrollWidth - window.innerWidth"); wide.(float64) > 0 {
		t.Errorf("the page is %v pixels too wide", wide)
	}
	for _, name := range b.eval(`performance.getEntriesByType("resource").map(e => e.name)`).([]any) {
		if !strings.HasPrefix(name.(string), cloud.URL+"/_/") && !strings.HasPrefix(name.(string), "data:") {
			t.Errorf("the page asks for %v", name)
		}
	}
	for _, entry := range b.complaints() {
		t.Errorf("%s: %s", entry.Level, entry.Message)
	}
}
