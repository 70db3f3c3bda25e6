package fakecloud_test

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud"
)

var seedFlag = flag.Uint64("seed", 0, "seed of the tests with random parts; 0 selects the default of each test")

// testSeed returns and prints the seed of a test: that of the flag, or its default.
func testSeed(t testing.TB, byDefault uint64) uint64 {
	t.Helper()
	seed := cmp.Or(*seedFlag, byDefault)
	t.Logf("-seed %d", seed)
	return seed
}

const (
	www      = "www.example.com"
	listener = "lsr-bp1bpn0kn908w4nbw****" // the listener of the captures
)

func onCDN(a model.Action) account.Input { return account.Input{Action: a} }
func onALB(a model.Action) account.Input { return account.Input{Action: a} }

// clock is a wall clock that can be set and a monotonic clock that cannot. Tests advance
// both.
type clock struct {
	mu     sync.Mutex
	at     time.Time
	passed time.Duration
}

// newClock returns a clock shortly after the time of the captures.
func newClock() *clock { return &clock{at: time.Date(2026, 11, 21, 21, 15, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
	c.passed += d
}

// set moves the wall clock while no time passes.
func (c *clock) set(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(by)
}

func (c *clock) monotonic() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.passed
}

// shop is a seed with the resources of the captured requests.
func shop() fakecloud.Seed {
	seed := fakecloud.Seed{
		Domains:       map[string]cdn.Domain{www: {}},
		Certificates:  map[string]cas.Certificate{},
		LoadBalancers: map[string]alb.LoadBalancer{"alb-1": {}},
		Listeners:     map[string]alb.Listener{listener: {LoadBalancer: "alb-1", Default: "1-cn-hangzhou"}},
	}
	for name, id := range map[string]string{
		"default": "1-cn-hangzhou",
		"first":   "12315790343_166f8204689_1714763408_709981430",
		"second":  "12315790344_166f8204690_1714763409_709981431-cn-hangzhou",
	} {
		seed.Certificates[name] = cas.Certificate{ID: id, KeyStored: true}
	}
	return seed
}

// newShop returns a cloud with the shop. Its default clock stands still.
func newShop(t testing.TB, o fakecloud.Options) *fakecloud.Cloud {
	t.Helper()
	if o.Now == nil {
		o.Now = newClock().now
	}
	cloud := fakecloud.New(o)
	if err := cloud.Seed(shop()); err != nil {
		t.Fatal(err)
	}
	return cloud
}

// open returns a shop that accepts unsigned requests.
func open(t testing.TB, o fakecloud.Options) *fakecloud.Cloud {
	t.Helper()
	o.NoAuth = true
	return newShop(t, o)
}

// answer is a decoded answer.
type answer struct {
	status  int
	members map[string]any
	raw     string
}

func (a answer) text(path ...any) string {
	var v any = a.members
	for _, p := range path {
		switch p := p.(type) {
		case string:
			object, _ := v.(map[string]any)
			v = object[p]
		case int:
			list, _ := v.([]any)
			if p >= len(list) {
				return ""
			}
			v = list[p]
		}
	}
	if s, ok := v.(string); ok {
		return s
	}
	if v == nil {
		return ""
	}
	data, _ := json.Marshal(v)
	return string(data)
}

func (a answer) code() string { return a.text("Code") }

// call calls an operation without a signature. params are names and values in turn.
func call(t testing.TB, h http.Handler, action string, params ...string) answer {
	t.Helper()
	return callAs(t, h, "", action, params...)
}

// callAs does the same with a User-Agent.
func callAs(t testing.TB, h http.Handler, agent, action string, params ...string) answer {
	t.Helper()
	values := url.Values{"Action": {action}, "Version": {fakecloud.VersionOf(action)}, "Format": {"JSON"}}
	for i := 0; i+1 < len(params); i += 2 {
		values.Set(params[i], params[i+1])
	}
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "http://127.0.0.1/", strings.NewReader(values.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if agent != "" {
		r.Header.Set("User-Agent", agent)
	}
	return send(t, h, r)
}

func send(t testing.TB, h http.Handler, r *http.Request) answer {
	t.Helper()
	cloud, ok := h.(*fakecloud.Cloud)
	if !ok {
		t.Fatalf("%T", h)
	}
	resp, err := cloud.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	return readAnswer(t, resp)
}

func readAnswer(t testing.TB, resp *http.Response) answer {
	t.Helper()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := answer{status: resp.StatusCode, raw: string(data)}
	if resp.Header.Get("Content-Type") == "application/json;charset=utf-8" {
		if err := json.Unmarshal(data, &a.members); err != nil {
			t.Fatalf("%v in %s", err, data)
		}
	}
	return a
}

// must fails the test now unless a call succeeded.
func must(t testing.TB, a answer) answer {
	t.Helper()
	if a.status != http.StatusOK || a.code() != "" {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	return a
}

// want fails the test unless a call was refused with the status and code.
func want(t testing.TB, a answer, status int, code string) {
	t.Helper()
	if a.status != status || a.code() != code {
		t.Errorf("%d %s; want %d %s", a.status, a.raw, status, code)
	}
}

// captured reads a captured request.
func captured(t testing.TB, file string) *http.Request {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(data)))
	if err != nil {
		t.Fatal(err)
	}
	r.URL.Scheme, r.URL.Host, r.RequestURI = "http", r.Host, ""
	return r
}

// checkJournal checks that the model follows the journal of a cloud to its state.
func checkJournal(t testing.TB, cloud *fakecloud.Cloud, records int) {
	t.Helper()
	journal := cloud.Journal()
	var lines bytes.Buffer
	if _, err := journal.WriteTo(&lines); err != nil {
		t.Fatal(err)
	}
	checker := model.NewChecker(journal.Machine(0), key, nil)
	agree, err := checker.Follow(&lines)
	if err != nil {
		t.Errorf("after %d records: %v", agree, err)
	}
	if records > 0 && agree != records {
		t.Errorf("%d records; want %d", agree, records)
	}
	for s := range checker.States() {
		if key(s) != key(cloud.State()) {
			t.Error("the journal leads to another state")
		}
	}
}

func key(s account.State) string { return s.Key() }
