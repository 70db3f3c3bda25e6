//go:build unix

package fakecloud_test

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

var (
	loadRounds = flag.Int("load.rounds", 0, "number of rounds of TestLoad; 0 skips it")
	soakCalls  = flag.Int("soak.calls", 0, "number of calls of TestSoak; 0 skips it")
)

// verifyOnly checks an HMAC-SHA1 signature and answers a constant: the minimum for a
// server of these clients.
func verifyOnly(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	values := r.Form
	given := values.Get("Signature")
	values.Del("Signature")
	canonical := percentEncoding.Replace(values.Encode())
	mac := hmac.New(sha1.New, []byte("testsecret&"))
	mac.Write([]byte(r.Method + "&%2F&" + strings.ReplaceAll(url.QueryEscape(canonical), "%7E", "~")))
	if !hmac.Equal([]byte(base64.StdEncoding.EncodeToString(mac.Sum(nil))), []byte(given)) {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	_, _ = io.WriteString(w, `{"RequestId":"365F4154-92F6-4AE4-92F8-7FF34B540710"}`)
}

// load is a server and a kind of call to it.
type load struct {
	name   string
	action string
	dryRun string
	marker string // part of every answer
	pair   bool   // the call sends a certificate and its key
	server *httptest.Server
	nonce  int
}

func newLoads(t testing.TB) []*load {
	t.Helper()
	cloud := newShop(t, fakecloud.Options{Window: -1, Seed: testSeed(t, 1)})
	verify, fake := httptest.NewServer(http.HandlerFunc(verifyOnly)), httptest.NewServer(cloud)
	t.Cleanup(verify.Close)
	t.Cleanup(fake.Close)
	const associate, dissociate = "AssociateAdditionalCertificatesWithListener", "DissociateAdditionalCertificatesFromListener"
	return []*load{
		{name: "verify only", action: associate, dryRun: "true", marker: "RequestId", server: verify},
		{name: "dry run", action: associate, dryRun: "true", marker: "DryRunOperation", server: fake},
		{name: "read", action: "GetListenerAttribute", marker: "ListenerStatus", server: fake},
		{name: "associate", action: associate, marker: "RequestId", server: fake},
		{name: "dissociate", action: dissociate, marker: "RequestId", server: fake},
		{name: "verify pair", action: setCertificate, pair: true, marker: "RequestId", server: verify},
		{name: "set pair", action: setCertificate, pair: true, marker: "RequestId", server: fake},
	}
}

const setCertificate = "SetDomainServerCertificate"

// requests returns the text of n signed requests, each with its own nonce.
func (l *load) requests(n int) [][]byte {
	all := make([][]byte, 0, n)
	for range n {
		l.nonce++
		if l.pair {
			form := signed(http.MethodPost, url.Values{
				"Action": {l.action}, "Version": {"2018-05-10"}, "DomainName": {"www.example.com"}, "ServerCertificateStatus": {"on"},
				"ServerCertificate": {testdata.Read("p256/leaf.pem")}, "PrivateKey": {testdata.Read("p256/key.pem")},
				"SignatureNonce": {l.name + strconv.Itoa(l.nonce)}, "Timestamp": {"2026-11-21T21:15:00Z"},
			})
			all = append(all, fmt.Appendf(nil, "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: load\r\n"+
				"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", len(form), form))
			continue
		}
		query := signedQuery("Action", l.action, "Version", "2020-06-16", "ListenerId", listener, "DryRun", l.dryRun,
			"Certificates.1.CertificateId", first, "SignatureNonce", l.name+strconv.Itoa(l.nonce), "Timestamp", "2026-11-21T21:15:00Z")
		all = append(all, fmt.Appendf(nil, "GET /?%s HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: load\r\n\r\n", query))
	}
	return all
}

// connections is the number of connections. Each has one call at a time.
const connections = 16

// prepare returns the requests for every connection.
func (l *load) prepare(calls int) [][][]byte {
	texts := make([][][]byte, connections)
	for i := range texts {
		texts[i] = l.requests(calls / connections)
	}
	runtime.GC()
	return texts
}

// run sends the requests and returns the duration. It only sends and reads, because it
// shares the processors with the server.
func (l *load) run(t testing.TB, texts [][][]byte) time.Duration {
	t.Helper()
	started := time.Now()
	var all sync.WaitGroup
	for _, text := range texts {
		all.Go(func() {
			if err := l.converse(text); err != nil {
				t.Errorf("%s: %v", l.name, err)
			}
		})
	}
	all.Wait()
	return time.Since(started)
}

func (l *load) converse(requests [][]byte) error {
	conn, err := net.Dial("tcp", l.server.Listener.Addr().String())
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	r := bufio.NewReader(conn)
	for _, text := range requests {
		if _, err := conn.Write(text); err != nil {
			return err
		}
		body, err := readBody(r)
		if err != nil {
			return err
		}
		if !bytes.Contains(body, []byte(l.marker)) {
			return fmt.Errorf("answer %s", body)
		}
	}
	return nil
}

// readBody reads an answer with a Content-Length.
func readBody(r *bufio.Reader) ([]byte, error) {
	length := -1
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return nil, err
		}
		if line = bytes.TrimRight(line, "\r\n"); len(line) == 0 {
			break
		}
		if value, found := bytes.CutPrefix(line, []byte("Content-Length: ")); found {
			if length, err = strconv.Atoi(string(value)); err != nil {
				return nil, err
			}
		}
	}
	if length < 0 {
		return nil, io.ErrUnexpectedEOF
	}
	body := make([]byte, length)
	_, err := io.ReadFull(r, body)
	return body, err
}

// BenchmarkServe measures one call over the loopback interface.
func BenchmarkServe(b *testing.B) {
	for _, l := range newLoads(b) {
		b.Run(l.name, func(b *testing.B) {
			texts := l.prepare(max(b.N, connections))
			b.ReportAllocs()
			b.ResetTimer()
			l.run(b, texts)
		})
	}
}

// TestLoad compares the rate of signed calls with that of a handler that only verifies
// the signature, round by round. It measures the wall clock and the processor time of a
// call. The processor time decides, because other processes disturb it less.
func TestLoad(t *testing.T) {
	if *loadRounds == 0 {
		t.Skip("-load.rounds is 0")
	}
	const calls, usual, ofPair = 1_600, 0.6, 1 / 1.7
	loads := slices.DeleteFunc(newLoads(t), func(l *load) bool { return strings.HasSuffix(l.name, "ssociate") })
	rates, costs := make([][]float64, len(loads)), make([][]float64, len(loads))
	for round := range *loadRounds + 1 {
		for i, l := range loads {
			texts := l.prepare(calls)
			cpu := processorTime(t)
			took := l.run(t, texts)
			if cpu = processorTime(t) - cpu; round > 0 { // the first round warms up
				rates[i] = append(rates[i], calls/took.Seconds())
				costs[i] = append(costs[i], float64(cpu.Microseconds())/calls)
			}
		}
	}
	floor := 0 // the last load that only verifies
	for i, l := range loads {
		if strings.HasPrefix(l.name, "verify") {
			floor = i
		}
		var byClock, byCost []float64
		for round := range *loadRounds {
			byClock = append(byClock, rates[i][round]/rates[floor][round])
			byCost = append(byCost, costs[floor][round]/costs[i][round])
		}
		ratio, least := median(byCost), usual
		if l.pair {
			least = ofPair
		}
		t.Logf("%-12s %6.0f calls a second (%3.0f %%), %5.1f microseconds of processor time a call (%3.0f %%)",
			l.name, median(rates[i]), 100*median(byClock), median(costs[i]), 100*ratio)
		if ratio < least {
			t.Errorf("%s: less than %.0f %%", l.name, 100*least)
		}
	}
}

// processorTime returns the processor time of this process.
func processorTime(t testing.TB) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// TestSoak checks that the memory in use after a tenth of the calls does not grow until
// the end.
func TestSoak(t *testing.T) {
	if *soakCalls == 0 {
		t.Skip("-soak.calls is 0")
	}
	const steps = 10
	loads := newLoads(t)[1:5] // these loads alternate, and some of them change the state
	var early uint64
	for step := range steps {
		for _, l := range loads {
			l.run(t, l.prepare(*soakCalls/steps/len(loads)))
		}
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		t.Logf("after %7d calls: %5.1f MiB in use, %5.1f MiB from the system", (step+1)**soakCalls/steps, mib(m.HeapAlloc), mib(m.Sys))
		switch step {
		case 0:
			early = m.HeapAlloc
		case steps - 1:
			if m.HeapAlloc > early+early/4+8<<20 {
				t.Errorf("%.1f MiB became %.1f", mib(early), mib(m.HeapAlloc))
			}
		}
	}
}
