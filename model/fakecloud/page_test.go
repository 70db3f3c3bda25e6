package fakecloud_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud"
)

// TestPage checks that the page is one file that loads nothing from elsewhere.
func TestPage(t *testing.T) {
	cloud := fakecloud.Start(t, fakecloud.Options{})
	resp, err := http.Get(cloud.URL + "/_/")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	page := readAnswer(t, resp).raw
	file, err := os.ReadFile("page.html")
	if err != nil || page != string(file) {
		t.Error("another page", err)
	}
	if policy := resp.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") || !strings.Contains(policy, "connect-src 'self'") {
		t.Errorf("policy %q", policy)
	}
	for _, address := range regexp.MustCompile(`(?:https?:)?//[a-z0-9.]+`).FindAllString(page, -1) {
		if address != "http://www.w3.org" { // an XML namespace
			t.Errorf("the page names %s", address)
		}
	}
	if strings.Contains(page, "innerHTML") || strings.Contains(page, "insertAdjacent") {
		t.Error("the page writes markup")
	}
}

// TestPageEvents checks that every event with a button on the page is an event of the
// model.
func TestPageEvents(t *testing.T) {
	page, err := os.ReadFile("page.html")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`\b(cdn|alb)\("([A-Za-z]+)"`).FindAllStringSubmatch(string(page), -1)
	if len(found) < 20 {
		t.Errorf("%d events", len(found))
	}
	cloud := open(t, fakecloud.Options{})
	for _, f := range found {
		if status, answer := control(t, cloud, "POST", "events", `{"`+f[1]+`":{"`+f[2]+`":{}}}`, nil); status != http.StatusOK {
			t.Errorf("%s: %s", f[0], answer)
		}
	}
}

// viewed is the part of the view that TestView checks.
type viewed struct {
	Domains   []struct{ Name, Class string }
	Listeners []struct {
		ID, Class    string
		Certificates []struct{ ID, Status string }
	}
	Jobs []struct {
		ID, Status string
		Created    int64
	}
	Journal []struct{ Input, About, Outcome string }
	Calls   []fakecloud.Call
	Faults  []fakecloud.Fault
	Totals  map[string]int
}

func viewOf(t *testing.T, cloud *fakecloud.Cloud) (v viewed) {
	t.Helper()
	status, text := control(t, cloud, "GET", "view", "", nil)
	if err := json.Unmarshal([]byte(text), &v); err != nil || status != http.StatusOK {
		t.Fatal(status, err)
	}
	return v
}

// TestView checks the content of the page, and that it is bounded.
func TestView(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Manual()})
	for i := range 150 {
		cloud.Apply(onCDN(cdn.DomainAdded{Name: "d" + strconv.Itoa(i) + ".example.com"}))
	}
	job := associateFirst(t, cloud)
	want(t, call(t, cloud, "GetListenerAttribute", "ListenerId", "<b>"), 404, "ResourceNotFound.Listener")
	inject(t, cloud, fakecloud.Fault{Status: 500, Times: 3})
	v := viewOf(t, cloud)
	if len(v.Domains) != 100 || v.Totals["domains"] != 151 || v.Domains[0].Class != "off" {
		t.Errorf("domains %v of %d", v.Domains, v.Totals["domains"])
	}
	if len(v.Listeners) != 1 || v.Listeners[0].Class != "Configuring, associating" || v.Listeners[0].Certificates[0].ID != first {
		t.Errorf("listeners %+v", v.Listeners)
	}
	if len(v.Jobs) != 1 || v.Jobs[0].ID != job || v.Jobs[0].Status != "Processing" || v.Jobs[0].Created == 0 {
		t.Errorf("jobs %+v", v.Jobs)
	}
	if r := v.Journal[0]; r.Input != "GetListenerAttribute" || r.About != "<b>" || !strings.HasPrefix(r.Outcome, "ResourceNotFound.Listener because of ListenerNotFound") {
		t.Errorf("journal %+v", r)
	}
	if len(v.Calls) != 2 || v.Calls[0].Code != "ResourceNotFound.Listener" || len(v.Faults) != 1 || len(v.Journal) != 100 {
		t.Errorf("calls %+v, faults %+v, %d records", v.Calls, v.Faults, len(v.Journal))
	}
}

// TestLive checks that changes are announced when they happen, including those that only
// time brings.
func TestLive(t *testing.T) {
	clock := newClock()
	cloud := fakecloud.Start(t, fakecloud.Options{Now: clock.now, NoAuth: true, Progress: fakecloud.After(time.Minute)})
	cloud.Apply(shop().Events()...)
	resp, err := http.Get(cloud.URL + "/_/live")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	lines := bufio.NewScanner(resp.Body)
	next := func() string {
		for lines.Scan() {
			if text, found := strings.CutPrefix(lines.Text(), "data: "); found {
				return text
			}
		}
		t.Fatal(lines.Err())
		return ""
	}
	seen := []string{next()}
	cloud.Apply(onCDN(cdn.AccountSuspended{}), onCDN(cdn.AccountReinstated{}))
	seen = append(seen, next())
	setFree(t, cloud.Cloud)
	seen = append(seen, next())
	clock.advance(time.Minute)
	seen = append(seen, next())
	for i := range seen[1:] {
		if seen[i] == seen[i+1] {
			t.Errorf("news %q", seen)
		}
	}
	if d, _ := cloud.State().CDN.Domains.Get(www); d.Configuring {
		t.Error("the roll-out has not ended")
	}
	if status, _ := control(t, cloud.Cloud, "GET", "live", "", nil); status != http.StatusNotImplemented {
		t.Errorf("without a connection: %d", status)
	}
}
