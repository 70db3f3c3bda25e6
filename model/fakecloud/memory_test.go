package fakecloud_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

// live returns the size of the live heap in MiB.
func live() float64 {
	runtime.GC()
	runtime.GC() // sync.Pool survives the first collection
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return mib(m.HeapAlloc)
}

// mib returns a number of bytes in MiB.
func mib(bytes uint64) float64 { return float64(bytes) / (1 << 20) }

// filler is a parameter value of a mebibyte minus the rest of a request.
var filler = strings.Repeat("x", 1<<20-64<<10)

// postForm sends a form unchanged, so that every request has a body of its own.
func postForm(t *testing.T, cloud *fakecloud.Cloud, header http.Header, form string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1/", strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(r.Header, header)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	send(t, cloud, r)
}

// TestBodiesAreNotKept checks that the stored parts of a request do not keep the rest of
// it in memory.
func TestBodiesAreNotKept(t *testing.T) {
	testutil.Long(t)
	const requests = 100
	cert, key := testdata.Read("p256/leaf.pem"), testdata.Read("p256/key.pem")
	form := func(action string, params ...string) string {
		values := url.Values{"Action": {action}, "Version": {fakecloud.VersionOf(action)}}
		for i := 0; i+1 < len(params); i += 2 {
			values.Set(params[i], params[i+1])
		}
		return values.Encode() + "&j=" + filler
	}
	tests := []struct {
		name    string
		limit   float64 // MiB
		noAuth  bool
		request func(n int) (header http.Header, form string)
	}{
		{"unauthenticated", 2, false, func(n int) (http.Header, string) {
			return nil, fmt.Sprintf("Action=A%d&Version=V%d&AccessKeyId=K%d&j=%s", n, n, n, filler)
		}},
		{"unauthenticated, in headers", 2, false, func(n int) (http.Header, string) {
			text := fmt.Sprintf("%d ", n)
			return http.Header{
				"Authorization": {"ACS3-HMAC-SHA256 Credential=k" + text + ",Signature=" + filler},
				"X-Acs-Action":  {text + filler}, "X-Acs-Version": {text + filler},
			}, ""
		}},
		{"unauthenticated, one long value", 2, false, func(n int) (http.Header, string) {
			return nil, fmt.Sprintf("Action=%d-%s", n, filler)
		}},
		{"uploads", 4, true, func(n int) (http.Header, string) {
			return nil, form("UploadUserCertificate", "Name", fmt.Sprintf("n%d", n), "Cert", cert, "Key", key)
		}},
		{"settings with a text around the certificate", 4, true, func(n int) (http.Header, string) {
			return nil, form("SetDomainServerCertificate", "DomainName", www, "ServerCertificateStatus", "on", "ServerCertificate", strings.Repeat("#\n", 20<<10)+cert,
				"PrivateKey", key, "CertName", fmt.Sprintf("n%d", n), "ForceSet", "1")
		}},
		{"associations", 2, true, func(n int) (http.Header, string) {
			return nil, form("AssociateAdditionalCertificatesWithListener", "ListenerId", listener, "Certificates.1.CertificateId", first,
				"ClientToken", fmt.Sprintf("t%d", n))
		}},
		{"reads", 2, true, func(n int) (http.Header, string) {
			return nil, form("GetListenerAttribute", "ListenerId", fmt.Sprintf("lsn-%d", n))
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cloud := newShop(t, fakecloud.Options{NoAuth: test.noAuth, Remember: requests, Seed: testSeed(t, 1)})
			before := live()
			for n := range requests {
				header, form := test.request(n)
				postForm(t, cloud, header, form)
			}
			if kept := live() - before; kept > test.limit {
				t.Errorf("%d requests of 1 MiB leave %.1f MiB; want %.0f at most", requests, kept, test.limit)
			}
			if n := len(cloud.Calls()); n != requests {
				t.Errorf("%d calls", n)
			}
		})
	}
}

// TestKeysLeaveTheHeap checks that no live object contains a part of an uploaded private
// key, neither decoded nor as sent. A heap dump has the whole memory of live objects,
// including unused bytes of dead ones. Therefore a few copies are allowed, but fewer than
// one for each upload.
func TestKeysLeaveTheHeap(t *testing.T) {
	cloud := open(t, fakecloud.Options{Remember: 1000, Seed: testSeed(t, 1)})
	upload := func(n int) {
		cert, key := testdata.Read("rsa2048/leaf.pem"), testdata.Read("rsa2048/key.pem")
		must(t, call(t, cloud, "UploadUserCertificate", "Name", fmt.Sprintf("n%d", n), "Cert", cert, "Key", key, "Beside", cert))
		call(t, cloud, "SetDomainServerCertificate", "DomainName", www, "ServerCertificateStatus", "on", "ServerCertificate", cert+"\n", "PrivateKey", key, "CertName", key)
		call(t, cloud, "GetListenerAttribute", "ListenerId", strings.Split(key, "\n")[1])
	}
	const uploads, stale = 30, 5
	before := filepath.Join(t.TempDir(), "before") // other tests may hold the key in memory
	dumpHeap(t, before)
	for n := range uploads {
		upload(n)
	}
	after := filepath.Join(t.TempDir(), "after")
	dumpHeap(t, after)
	held, dump := readDump(t, before), readDump(t, after)
	// The first half of the file has the public modulus. Only the second half is secret.
	lines := strings.Split(testdata.Read("rsa2048/key.pem"), "\n")
	for _, line := range lines[len(lines)/2 : len(lines)-3] {
		for _, text := range []string{line, url.QueryEscape(line)} {
			if n := bytes.Count(dump, []byte(text)) - bytes.Count(held, []byte(text)); n > stale {
				t.Errorf("%d more copies of %.10s… of the key", n, text)
			}
		}
	}
	if cert := strings.Split(testdata.Read("rsa2048/leaf.pem"), "\n")[3]; !bytes.Contains(dump, []byte(cert)) {
		t.Error("the dump has not even the certificate")
	}
	runtime.KeepAlive(cloud)
}

func dumpHeap(t *testing.T, name string) {
	t.Helper()
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	_ = live()
	debug.WriteHeapDump(file.Fd())
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}

func readDump(t *testing.T, name string) []byte {
	t.Helper()
	dump, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return dump
}

// slowWriter is a client that stops reading at the first bytes.
type slowWriter struct {
	header   http.Header
	stopped  chan<- bool
	goOn     <-chan bool
	received int
}

func (w *slowWriter) Header() http.Header { return w.header }
func (w *slowWriter) WriteHeader(int)     {}
func (w *slowWriter) Write(p []byte) (int, error) {
	if w.received == 0 {
		w.stopped <- true
		<-w.goOn
	}
	w.received += len(p)
	return len(p), nil
}

// TestSlowReaders checks that slow readers of the calls need little memory and do not
// keep dropped calls.
func TestSlowReaders(t *testing.T) {
	const remembered, readers = 200, 60
	cloud := open(t, fakecloud.Options{Remember: remembered})
	fill := func() {
		for n := range remembered {
			params := []string{"DomainName", www}
			for i := range 7 {
				params = append(params, fmt.Sprintf("p%d", i), fmt.Sprintf("%d-%d-%s", n, i, strings.Repeat("y", 8000)))
			}
			call(t, cloud, "DescribeCdnDomainDetail", params...)
		}
	}
	fill()
	before := live()
	stopped, goOn, done := make(chan bool), make(chan bool), make(chan int)
	for range readers {
		go func() {
			w := &slowWriter{header: http.Header{}, stopped: stopped, goOn: goOn}
			r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1/_/calls", http.NoBody) // always valid
			r.RemoteAddr = "127.0.0.1:1"
			cloud.ServeHTTP(w, r)
			done <- w.received
		}()
		<-stopped
	}
	fill() // drops the calls with which the readers began
	if more := live() - before; more > readers*0.3 {
		t.Errorf("%d readers cost %.1f MiB", readers, more)
	}
	close(goOn)
	for range readers {
		if n := <-done; n < 8000 {
			t.Errorf("a reader got %d bytes", n)
		}
	}
}
