package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// asCommand in the environment makes the test binary run the command.
const asCommand = "FAKECLOUD_TEST_AS_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// output is the output of a running command.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

var (
	listens = regexp.MustCompile(`(?m)^fakecloud listens on (\S+)$`)
	trusts  = regexp.MustCompile(`(?m)^  authority  (.+)$`)
)

// find waits until the output matches, and returns the first group of the match.
func (o *output) find(t *testing.T, what *regexp.Regexp) string {
	t.Helper()
	for range 1000 {
		if found := what.FindStringSubmatch(o.String()); found != nil {
			return found[1]
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("no %v in the output:\n%s", what, o)
	return ""
}

// start runs the command in this process. stop ends it and returns the exit status.
func start(t *testing.T, args ...string) (out *output, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out = &output{}
	done := make(chan int, 1)
	go func() { done <- run(ctx, append([]string{"-addr", "127.0.0.1:0"}, args...), "", out, out) }()
	stop = sync.OnceValue(func() int {
		cancel()
		return <-done
	})
	t.Cleanup(func() { stop() })
	return out, stop
}

// get returns the status and the body of the answer to a GET request.
func get(t *testing.T, client *http.Client, url string) (int, string) {
	t.Helper()
	resp, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(data)
}

// sendEvent sends an event through the control path.
func sendEvent(client *http.Client, base, event string) error {
	resp, err := client.Post(base+"/_/events", "application/json", strings.NewReader(event))
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err == nil && (resp.StatusCode != http.StatusOK || strings.Contains(string(answer), "ignored")) {
		err = fmt.Errorf("%s: %d %s", event, resp.StatusCode, answer)
	}
	return err
}

// trusting returns a client that trusts the authority in a file.
func trusting(t *testing.T, file string) *http.Client {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) || strings.Contains(string(text), "PRIVATE") {
		t.Fatalf("the authority's file: %s", text)
	}
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
}
