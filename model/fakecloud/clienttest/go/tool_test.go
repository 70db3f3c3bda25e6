package clienttest

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alibabacloud-go/tea/tea"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

// The tests of the tools repeat what each deploy tool does, from the first deployment
// through two renewals to an error and the end: the same calls in the same order, from
// the client that the tool uses. The cloud has its default options and the demo account.

// toolCloud is a cloud with the demo account and default options. The test has the clock
// of the rollouts, so that a renewal need not wait.
type toolCloud struct {
	*fakecloud.Running
	passed *atomic.Int64
}

func startDemo(t *testing.T) *toolCloud {
	t.Helper()
	passed := new(atomic.Int64)
	cloud := fakecloud.Start(t, fakecloud.Options{Elapsed: func() time.Duration { return time.Duration(passed.Load()) }})
	if err := cloud.Seed(fakecloud.Demo()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cloud.AssertNothingUnknown(t) })
	return &toolCloud{cloud, passed}
}

// stage is one run of a tool.
type stage struct {
	name    string
	run     func() error
	refusal errcodes.Code // that ends the run; "" means that the run succeeds
	calls   []string      // equal ones in a row count once; nil means any
	check   func()        // after the run
}

// play makes the runs of a tool. A minute passes between two.
func (c *toolCloud) play(t *testing.T, stages []stage) {
	t.Helper()
	for _, s := range stages {
		before := len(c.Calls())
		err := s.run()
		if code, _ := errcodes.Of(err); code != s.refusal || (err == nil) != (code == "") {
			t.Fatalf("%s: got %q, %T %v; want %q", s.name, code, err, err, s.refusal)
		}
		if got := slices.Compact(actions(c.Running)[before:]); s.calls != nil && !slices.Equal(got, s.calls) {
			t.Errorf("%s: called %q; want %q", s.name, got, s.calls)
		}
		c.passed.Add(int64(time.Minute))
		if s.check != nil {
			s.check()
		}
		if t.Failed() {
			t.Fatalf("%s failed", s.name)
		}
	}
}

// pair is a certificate chain of www.example.com and example.com with its key.
type pair struct{ certificate, key string }

// leafOf returns the first certificate of a chain.
func leafOf(chain string) (*x509.Certificate, error) {
	block, _ := pem.Decode([]byte(chain))
	return x509.ParseCertificate(block.Bytes)
}

// renewals returns three certificates for the same names, in the order of their issue.
func renewals() (first, second, third pair) {
	read := func(folder string) pair {
		return pair{testdata.Read(folder + "/chain3.pem"), testdata.Read(folder + "/key.pem")}
	}
	return read("p256"), read("rsa2048"), read("p384")
}

// The names of the demo account.
const (
	demoDomain   = "www.example.com"
	demoListener = "lsn-https"
)

// form is an HTTP client of tools that write the requests themselves, with curl for
// example. They sign with HMAC-SHA1.
type form struct {
	signature string // where it is: "body" or "query"
}

// number returns a number in the body of an answer as a text.
func number(body map[string]any, name string) string {
	switch n := body[name].(type) {
	case float64:
		return strconv.FormatFloat(n, 'f', -1, 64)
	case json.Number:
		return n.String()
	default:
		return ""
	}
}

// encode escapes a text as the signature method demands.
func encode(text string) string {
	return strings.NewReplacer("+", "%20", "*", "%2A", "%7E", "~").Replace(url.QueryEscape(text))
}

// call posts the parameters as a form.
func (f form) call(to target, c call) (answer, error) {
	all := map[string]string{
		"AccessKeyId": to.id, "Action": c.action, "Format": "json", "SignatureMethod": "HMAC-SHA1", "SignatureNonce": rand.Text(),
		"SignatureVersion": "1.0", "Timestamp": time.Now().UTC().Format(time.RFC3339), "Version": c.version,
	}
	maps.Copy(all, c.params)
	var parts []string
	for name, value := range all {
		parts = append(parts, encode(name)+"="+encode(value))
	}
	slices.Sort(parts)
	query := strings.Join(parts, "&")
	mac := hmac.New(sha1.New, []byte(to.secret+"&"))
	mac.Write([]byte("POST&%2F&" + encode(query)))
	signature := "Signature=" + encode(base64.StdEncoding.EncodeToString(mac.Sum(nil)))

	address := "http://" + to.host + "/"
	if f.signature == "query" {
		address += "?" + signature
	} else {
		query += "&" + signature
	}
	response, err := http.Post(address, "application/x-www-form-urlencoded", strings.NewReader(query)) //nolint:noctx // a test
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close() //nolint:errcheck // the body was read
	data, err := io.ReadAll(response.Body)
	if err != nil {
		return answer{}, err
	}
	body := map[string]any{}
	if err := json.Unmarshal(data, &body); err != nil {
		return answer{}, fmt.Errorf("%d %s: %w", response.StatusCode, data, err)
	}
	if response.StatusCode != http.StatusOK {
		return answer{}, &tea.SDKError{Code: new(member(body, "Code")), Message: new(member(body, "Message")), StatusCode: &response.StatusCode}
	}
	return answer{member(body, "RequestId"), member(body, "JobId"), body}, nil
}
