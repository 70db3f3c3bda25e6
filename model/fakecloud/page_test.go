package fakecloud_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/model/table"
)

// pageOf returns the page and the policy that it is sent with.
func pageOf(t *testing.T) (page, policy string) {
	t.Helper()
	cloud := fakecloud.Start(t, fakecloud.Options{})
	resp, err := http.Get(cloud.URL + "/_/")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	return readAnswer(t, resp).raw, resp.Header.Get("Content-Security-Policy")
}

// TestPage checks that the page is one document that loads nothing from elsewhere, and that
// its policy allows nothing but its own style and script.
func TestPage(t *testing.T) {
	page, policy := pageOf(t)
	for _, file := range pageFiles(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(file, ".html") && !strings.Contains(page, strings.TrimSpace(string(data))) {
			t.Errorf("%s is not in the page", file)
		}
	}
	for _, want := range []string{"default-src 'none'", "connect-src 'self'", "script-src 'sha256-", "style-src 'sha256-", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy %q has no %s", policy, want)
		}
	}
	if strings.Contains(policy, "unsafe") {
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
	if n := strings.Count(page, "localStorage."); n != 2 {
		t.Errorf("the page uses the storage %d times; want 2, to read and to write the language", n)
	}
}

// pageFiles returns the names of the parts of the page.
func pageFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("page/*")
	if err != nil || len(files) < 5 {
		t.Fatal(files, err)
	}
	return files
}

// textKey finds the keys of texts in the sources. A key that is made of parts ends with a
// dot there.
var textKey = regexp.MustCompile(`(?:text\(|text\([^,"()]*, |data-(?:text|label|placeholder)=|label\(|about\(|adding\(|choice\(|choice\("[^"]*", |card\()"([a-zA-Z.]+)"`)

// TestTexts checks that every text of the page is there in both languages, and that the page
// and the server ask for no other.
func TestTexts(t *testing.T) {
	data, err := os.ReadFile("page/texts.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]map[string]string
	if err := json.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	for key, message := range texts {
		if len(message) != 2 || message["en"] == "" || message["zh"] == "" {
			t.Errorf("%s lacks a language, or has one too many: %q", key, message)
		}
		for _, place := range []string{"{0}", "{1}"} {
			if strings.Contains(message["en"], place) != strings.Contains(message["zh"], place) {
				t.Errorf("%s: only one language has %s: %q", key, place, message)
			}
		}
	}
	sources, _ := filepath.Glob("*.go")
	used := 0
	for _, file := range append(sources, pageFiles(t)...) {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, ".json") {
			continue
		}
		for _, found := range textKey.FindAllStringSubmatch(string(source), -1) {
			used++
			key := found[1]
			known := slices.ContainsFunc(slices.Collect(maps.Keys(texts)), func(k string) bool { return k == key || strings.HasSuffix(key, ".") && strings.HasPrefix(k, key) })
			if !known {
				t.Errorf("%s: there is no text %q", file, key)
			}
		}
	}
	if used < 100 {
		t.Errorf("only %d uses were found", used)
	}
	for _, word := range wordsOfModel() {
		if texts[word] == nil {
			t.Errorf("there is no text %s", word)
		}
	}
}

// wordsOfModel returns the keys of the texts that events and statuses of the model need.
func wordsOfModel() (words []string) {
	for _, a := range events() {
		words = append(words, "event."+account.Input{Action: a}.Name())
	}
	for _, status := range []alb.AssociationStatus{alb.Associating, alb.Associated, alb.Updating, alb.Dissociating} {
		words = append(words, "class."+string(status))
	}
	return words
}

// events returns all events of the model.
func events() (all []model.Action) {
	add := func(a model.Action) {
		if a.Kind() == model.Event {
			all = append(all, a)
		}
	}
	for _, a := range cas.Actions() {
		add(a)
	}
	for _, a := range cdn.Actions() {
		add(a)
	}
	for _, a := range alb.Actions() {
		add(a)
	}
	for _, a := range clb.Actions() {
		add(a)
	}
	for _, a := range esa.Actions() {
		add(a)
	}
	return all
}

// get asks a control path and decodes the answer.
func get[T any](t *testing.T, cloud *fakecloud.Cloud, path string) (v T) {
	t.Helper()
	status, text := control(t, cloud, "GET", path, "", nil)
	if err := json.Unmarshal([]byte(text), &v); err != nil || status != http.StatusOK {
		t.Fatalf("%s: %d %v %s", path, status, err, text)
	}
	return v
}

type item struct {
	Kind, ID, Name, State, Tone, Facts string
	Certificate                        *struct {
		Name string
		Days *int
	}
}

type group struct {
	Name  string
	Total int
	More  bool
	Items []item
	After string
}

// TestView checks what the page says of the resources, and that it is bounded.
func TestView(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Manual()})
	for i := range 150 {
		cloud.Apply(onCDN(cdn.DomainAdded{Name: "d" + strconv.Itoa(i) + ".example.com"}), onCDN(cdn.DomainAdded{Name: "dcdn d" + strconv.Itoa(i) + ".example.com"}))
	}
	job := associateFirst(t, cloud)
	v := get[struct{ Groups []group }](t, cloud, "view")
	byName := map[string]group{}
	for _, g := range v.Groups {
		byName[g.Name] = g
		if len(g.Items) > 10 {
			t.Errorf("%s: %d items", g.Name, len(g.Items))
		}
	}
	if g := byName["cdn"]; g.Total != 151 || g.Items[0].ID != "d0.example.com" || g.Items[0].State != "off" || g.After == "" {
		t.Errorf("%+v", g)
	}
	if g := byName["dcdn"]; g.Total != 150 || g.Items[0].ID != "dcdn d0.example.com" || g.Items[0].Name != "d0.example.com" {
		t.Errorf("%+v", g)
	}
	if g := byName["listeners"]; g.Items[0].State != "configuring" || g.Items[0].Certificate.Name != "default" {
		t.Errorf("%+v", g)
	}
	if g := byName["jobs"]; g.Total != 1 || g.Items[0].ID != job || g.Items[0].Tone != "pending" {
		t.Errorf("%+v", g)
	}
	if g := get[struct{ Groups []group }](t, cloud, "view?lang=zh").Groups[0]; g.Items[0].State != "未启用 HTTPS" {
		t.Errorf("%+v", g)
	}
}

// TestLists checks that the pages of a list have every item once, with and without a search.
func TestLists(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Manual()})
	want := map[string]int{"cdn": 1, "dcdn": 0, "vod": 0}
	for i := range 70 {
		name := "n" + strconv.Itoa(i) + ".example.com"
		for group, prefix := range map[string]string{"cdn": "", "dcdn": "dcdn ", "vod": "vod "} {
			cloud.Apply(onCDN(cdn.DomainAdded{Name: prefix + name}), onCDN(cdn.DomainAdded{Name: prefix + "z" + name}))
			want[group] += 2
		}
	}
	for name, total := range want {
		for find, n := range map[string]int{"": total, "ZN": 70, "absent": 0} {
			seen, after := map[string]bool{}, ""
			for {
				g := get[group](t, cloud, "list?limit=7&group="+name+"&find="+find+"&after="+url.QueryEscape(after))
				for _, i := range g.Items {
					if seen[i.ID] {
						t.Errorf("%s: %s is there twice", name, i.ID)
					}
					seen[i.ID] = true
				}
				if g.Total != total || len(g.Items) > 7 {
					t.Fatalf("%s: %+v", name, g)
				}
				if after = g.After; after == "" {
					break
				}
			}
			if len(seen) != n {
				t.Errorf("%s, %q: %d items; want %d", name, find, len(seen), n)
			}
		}
	}
	if status, _ := control(t, cloud, "GET", "list?group=absent", "", nil); status != http.StatusNotFound {
		t.Error(status)
	}
}

// TestPageCost checks that a view of a large account costs about as much as one of a small
// account.
func TestPageCost(t *testing.T) {
	cost := func(domains int) time.Duration {
		cloud := open(t, fakecloud.Options{})
		records := map[string]cdn.Domain{}
		for i := range domains {
			records[fmt.Sprintf("d%06d.example.com", i)] = cdn.Domain{}
		}
		s := cloud.State()
		s.CDN.Domains = table.Of(records)
		if err := cloud.SetState(s); err != nil {
			t.Fatal(err)
		}
		least := time.Hour
		for range 20 {
			began := time.Now()
			get[struct{}](t, cloud, "view")
			get[struct{}](t, cloud, "list?group=cdn&limit=50&after=d000500.example.com")
			least = min(least, time.Since(began))
		}
		return least
	}
	if small, large := cost(1000), cost(100_000); large > 20*small {
		t.Errorf("%v with 1,000 domains, %v with 100,000", small, large)
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
