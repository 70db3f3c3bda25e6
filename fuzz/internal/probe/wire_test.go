package probe

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/fakecloud"
)

// A wire is a way to send a call and to save what comes back: what stands in the CLI's
// place.
type wire func(t *testing.T, handler http.Handler, e Endpoint, form url.Values) []byte

// wires are the ways of a run, in turn: both signatures, both formats, and the texts that
// clients print.
var wires = []wire{
	func(t *testing.T, h http.Handler, e Endpoint, form url.Values) []byte {
		t.Helper()
		return dump(send(t, h, signedV1(e, form, "JSON")))
	},
	func(t *testing.T, h http.Handler, e Endpoint, form url.Values) []byte {
		t.Helper()
		return dump(send(t, h, signedV1(e, form, "XML")))
	},
	func(t *testing.T, h http.Handler, e Endpoint, form url.Values) []byte {
		t.Helper()
		return send(t, h, signedV3(e, form)).Body.Bytes()
	},
	func(t *testing.T, h http.Handler, e Endpoint, form url.Values) []byte {
		t.Helper()
		return asCLI(t, send(t, h, signedV1(e, form, "JSON")))
	},
	func(t *testing.T, h http.Handler, e Endpoint, form url.Values) []byte {
		t.Helper()
		return asTea(t, send(t, h, signedV3(e, form)))
	},
}

func send(t *testing.T, handler http.Handler, r *http.Request) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	if w.Code >= 500 {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	return w
}

// dump returns a response as curl -i prints it.
func dump(w *httptest.ResponseRecorder) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", w.Code, http.StatusText(w.Code))
	_ = w.Header().Write(&b)
	b.WriteString("\r\n")
	b.Write(w.Body.Bytes())
	return b.Bytes()
}

// answered reads the answer that was given.
func answered(t *testing.T, w *httptest.ResponseRecorder) Answer {
	t.Helper()
	a, err := parseJSON(w.Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// asCLI prints an answer as the vendor's CLI does.
func asCLI(t *testing.T, w *httptest.ResponseRecorder) []byte {
	t.Helper()
	a := answered(t, w)
	if a.Code == "" {
		return w.Body.Bytes()
	}
	return fmt.Appendf(nil, "ERROR: SDK.ServerError\nErrorCode: %s\nRecommend: https://api.example/%s\nRequestId: 4C467B38-3910-447D-87BC-AC049166F216\nMessage: %s\nRespHeaders: map[Date:[now]]\n", a.Code, a.Code, a.Message)
}

// asTea prints an answer as the SDKs made by Tea do.
func asTea(t *testing.T, w *httptest.ResponseRecorder) []byte {
	t.Helper()
	a := answered(t, w)
	if a.Code == "" {
		return w.Body.Bytes()
	}
	data := strings.TrimSuffix(w.Body.String(), "}") + `,"statusCode":` + strconv.Itoa(w.Code) + "}"
	return fmt.Appendf(nil, "SDKError:\n   StatusCode: %d\n   Code: %s\n   Message: code: %d, %s request id: 4C467B38-3910-447D-87BC-AC049166F216\n   Data: %s\n", w.Code, a.Code, w.Code, a.Message, data)
}

func host(e Endpoint) string { return e.Product + "." + e.Region + ".aliyuncs.com" }

var percentEncoding = strings.NewReplacer("+", "%20", "*", "%2A", "%7E", "~")

var nonces int

// signedV1 is a POST with the old signature.
func signedV1(e Endpoint, form url.Values, format string) *http.Request {
	nonces++
	values := url.Values{}
	maps.Copy(values, form)
	for name, value := range map[string]string{
		"Action": e.Action, "Version": e.Version, "AccessKeyId": fakecloud.DemoKey().ID, "Format": format, "SignatureMethod": "HMAC-SHA1",
		"SignatureVersion": "1.0", "SignatureNonce": strconv.Itoa(nonces), "Timestamp": time.Now().UTC().Format("2006-01-02T15:04:05Z"),
	} {
		values.Set(name, value)
	}
	canonical := percentEncoding.Replace(values.Encode())
	mac := hmac.New(sha1.New, []byte(fakecloud.DemoKey().Secret.Reveal()+"&"))
	mac.Write([]byte("POST&%2F&" + percentEncoding.Replace(url.QueryEscape(canonical))))
	body := canonical + "&Signature=" + url.QueryEscape(base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	r := httptest.NewRequest(http.MethodPost, "http://"+host(e)+"/", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// signedV3 is a POST with the current signature.
func signedV3(e Endpoint, form url.Values) *http.Request {
	nonces++
	query := percentEncoding.Replace(form.Encode())
	r := httptest.NewRequest(http.MethodPost, "http://"+host(e)+"/?"+query, http.NoBody)
	empty := sha256.Sum256(nil)
	digest := hex.EncodeToString(empty[:])
	headers := [][2]string{
		{"host", host(e)},
		{"x-acs-action", e.Action},
		{"x-acs-content-sha256", digest},
		{"x-acs-date", time.Now().UTC().Format("2006-01-02T15:04:05Z")},
		{"x-acs-signature-nonce", strconv.Itoa(nonces)},
		{"x-acs-version", e.Version},
	}
	var canonical, names strings.Builder
	for i, h := range headers {
		canonical.WriteString(h[0] + ":" + h[1] + "\n")
		if i > 0 {
			names.WriteString(";")
		}
		names.WriteString(h[0])
		if h[0] != "host" {
			r.Header.Set(h[0], h[1])
		}
	}
	request := sha256.Sum256([]byte("POST\n/\n" + query + "\n" + canonical.String() + "\n" + names.String() + "\n" + digest))
	mac := hmac.New(sha256.New, []byte(fakecloud.DemoKey().Secret.Reveal()))
	mac.Write([]byte("ACS3-HMAC-SHA256\n" + hex.EncodeToString(request[:])))
	r.Header.Set("Authorization", "ACS3-HMAC-SHA256 Credential="+fakecloud.DemoKey().ID+",SignedHeaders="+names.String()+",Signature="+hex.EncodeToString(mac.Sum(nil)))
	return r
}

// runPlan sends the cases of a plan, keeping to its stops, and saves the answers. It stops
// where send.sh does: after a control that is not as expected, and for the rest of a group
// after an order that tells so.
func runPlan(t *testing.T, p *Plan, dir string, handler http.Handler) {
	t.Helper()
	skip := map[Group]bool{}
	for i := range p.Cases {
		c := &p.Cases[i]
		if skip[c.Group] {
			continue
		}
		form, err := c.Form(p.Material)
		if err != nil {
			t.Fatal(err)
		}
		saved := wires[i%len(wires)](t, handler, c.Endpoint, form)
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(AnswerFile(i))), saved, private); err != nil {
			t.Fatal(err)
		}
		a, err := ParseAnswer(saved)
		if err != nil {
			t.Fatalf("%s: %v\n%s", c.ID, err, saved)
		}
		switch code := errcodes.Code(a.Code); {
		case code == "":
			t.Fatalf("%s was not refused", c.ID)
		case c.Role == RoleControl && code != c.goesOn():
			t.Fatalf("the control %s: %s", c.ID, code)
		case c.Role == RoleOrder:
			skip[c.Group] = strings.HasPrefix(a.Code, "InvalidDomain")
		}
	}
}

// formOf returns the form of a request that is signed in either way, and puts the body
// back.
func formOf(r *http.Request) url.Values {
	form := r.URL.Query()
	data, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(data))
	body, _ := url.ParseQuery(string(data))
	maps.Copy(form, body)
	if action := r.Header.Get("X-Acs-Action"); action != "" {
		form.Set("Action", action)
		form.Set("Format", "JSON")
	}
	return form
}

// firstOf is the first certificate of a text, nil if there is none.
func firstOf(text string) *x509.Certificate {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil
	}
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil
	}
	return cert
}
