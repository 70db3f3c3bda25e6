package fakecloud_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/webdriver"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud"
)

var screenshots = flag.String("browser.screenshots", "", "folder for the screenshots of TestBrowser")

// TestBrowser checks in a real browser, on a desktop and a phone screen, that the page
// shows the state and that its buttons change it by pointer and by keyboard.
func TestBrowser(t *testing.T) {
	for _, screen := range []struct {
		name string
		webdriver.Screen
	}{
		{"desktop", webdriver.Screen{Width: 1280, Height: 2200}},
		{"phone", webdriver.Screen{Width: 390, Height: 844, Phone: true}},
	} {
		t.Run(screen.name, func(t *testing.T) {
			b := webdriver.Start(t, screen.Screen)
			cloud := fakecloud.Start(t, fakecloud.Options{NoAuth: true, Progress: fakecloud.Manual()})
			if err := cloud.Seed(shop()); err != nil {
				t.Fatal(err)
			}
			call(t, cloud.Cloud, "AssociateAdditionalCertificatesWithListener", "ListenerId", listener, "Certificates.1.CertificateId", first)
			call(t, cloud.Cloud, "SetDomainServerCertificate", "DomainName", www, "ServerCertificateStatus", "off")
			usePage(t, b, cloud)
			if *screenshots != "" {
				for n := range 4 {
					b.Eval(fmt.Sprintf("window.scrollTo(0, %d)", n*screen.Height))
					b.Screenshot(*screenshots, fmt.Sprintf("%s-%d", screen.name, n))
				}
			}
		})
	}
}

func usePage(t *testing.T, b *webdriver.Browser, cloud *fakecloud.Running) {
	t.Helper()
	key := func(name string) string { return fmt.Sprintf(`[data-key=%q]`, www+" "+name) }
	b.Open(cloud.URL + "/_/")
	b.Wait(`document.getElementById("link").textContent === "live" && document.querySelector("#domains article")`)

	b.Click(key("offline"))
	b.Wait(`document.getElementById("said").textContent.startsWith("Take offline")`)
	if d, _ := cloud.State().CDN.Domains.Get(www); !d.Offline {
		t.Error("the button has no effect")
	}

	// By keyboard: press Tab until the button has the focus, then Enter. The
	// focus must stay when the page is drawn again.
	focus := `document.activeElement.dataset.key === "` + www + ` `
	b.Eval(`document.activeElement.blur()`)
	for n := 0; b.Eval(focus+`protection"`) != true; n++ {
		if n > 60 {
			t.Fatal("the keyboard does not reach the button")
		}
		b.Press(webdriver.Tab)
	}
	b.Press(webdriver.Enter)
	b.Wait(`document.getElementById("said").textContent.startsWith("Protect")`)
	b.Wait(`document.querySelector('` + key("protection") + `').textContent === "Lift protection"`)
	if d, _ := cloud.State().CDN.Domains.Get(www); !d.Protected {
		t.Error("the key has no effect")
	}
	if b.Eval(focus+`protection"`) != true {
		t.Errorf("the focus is lost: %v", b.Eval(`document.activeElement.outerHTML`))
	}

	// Changes that come from elsewhere appear, too.
	cloud.Apply(onCDN(cdn.AccountSuspended{}))
	b.Wait(`document.getElementById("account").textContent.includes("account suspended")`)
	cloud.Apply(onCDN(cdn.AccountReinstated{}))
	b.Wait(`document.getElementById("account").textContent.includes("account active")`)
	if current := b.Eval(`document.querySelector("#diagram .current text").textContent`); current != "off" {
		t.Errorf("the diagram marks %v", current)
	}

	// An operation that only the real cloud has is marked.
	call(t, cloud.Cloud, "ModifyCdnDomain", "Version", "2018-05-10")
	b.Wait(`document.getElementById("missing").textContent.includes("ModifyCdnDomain (Cdn 2018-05-10)")`)
	if text := b.Eval(`document.querySelector("#calls tr.bad").textContent`); !strings.Contains(text.(string), "ModifyCdnDomain") || !strings.Contains(text.(string), "501 NotImplemented.Fake") {
		t.Errorf("the call is shown as %v", text)
	}

	if wide := b.Eval("document.documentElement.scrollWidth - window.innerWidth"); wide.(float64) > 0 {
		t.Errorf("the page is %v pixels too wide", wide)
	}
	for _, name := range b.Eval(`performance.getEntriesByType("resource").map(e => e.name)`).([]any) {
		if !strings.HasPrefix(name.(string), cloud.URL+"/_/") && !strings.HasPrefix(name.(string), "data:") {
			t.Errorf("the page asks for %v", name)
		}
	}
	for _, entry := range b.Complaints() {
		t.Errorf("%s: %s", entry.Level, entry.Message)
	}
}
