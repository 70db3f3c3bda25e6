package fakecloud_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"reflect"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/fakecloud"
)

// wireClient uses a cloud as a client does: it signs requests and reads, sends them over
// HTTP, decodes the answers, and sends events through the control path.
type wireClient struct {
	running *fakecloud.Running
	http    *http.Client
	at      atomic.Int64 // time of the cloud's clock, Unix seconds; 0 means that validity is not checked
	calls   atomic.Int64
	lost    atomic.Int64 // calls without an answer
}

var _ model.System[inputs.Input, model.Output] = (*wireClient)(nil)

// requestIDHeader holds the RequestId that the answer must have.
const requestIDHeader = "X-Test-Request-Id"

// newWireClient starts a cloud in which nothing ends on its own.
func newWireClient(t testing.TB, o fakecloud.Options) *wireClient {
	t.Helper()
	c := &wireClient{http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
	o.Progress, o.Window = fakecloud.Manual(), -1
	o.RequestID = func(r *http.Request) string { return r.Header.Get(requestIDHeader) }
	o.Now = func() time.Time {
		if at := c.at.Load(); at != 0 {
			return time.Unix(at, 0)
		}
		return time.Time{}
	}
	c.running = fakecloud.Start(t, o)
	t.Cleanup(c.http.CloseIdleConnections)
	return c
}

// closeConnections makes the cloud close some connections before the effect of a call,
// and as many after it.
func (c *wireClient) closeConnections(t testing.TB, chance float64) {
	t.Helper()
	for _, drop := range []fakecloud.Drop{fakecloud.DropBefore, fakecloud.DropAfter} {
		if err := c.running.Inject(fakecloud.Fault{Drop: drop, Chance: chance}); err != nil {
			t.Fatal(err)
		}
	}
}

var errLost = errors.New("no answer")

// Do sends an input. An error means that the result is unknown.
func (c *wireClient) Do(ctx context.Context, in inputs.Input) (model.Output, error) {
	n := c.calls.Add(1)
	p := parametersOf(in)
	if p.action == "" {
		return c.apply(ctx, in.Account())
	}
	c.at.Store(p.at)
	r, err := p.request(ctx, c.running.URL, int(n))
	if err != nil {
		return model.Output{}, err
	}
	status, members, err := c.exchange(r)
	if err != nil {
		c.lost.Add(1)
		return model.Output{}, err
	}
	out := model.Output{RequestID: members.take("RequestId"), JobID: members.take("JobId")}
	if status != http.StatusOK {
		out.Error = errcodes.Error{Code: errcodes.Code(members.take("Code")), Status: status, Message: members.take("Message")}
		if out.Error.Code == "SignatureNonceUsed" { // the transport repeated the request
			c.lost.Add(1)
			return model.Output{}, errLost
		}
		return out, nil
	}
	if rest := members.rest(); rest != "" {
		out.Body = json.RawMessage(rest)
	}
	return out, nil
}

func (c *wireClient) apply(ctx context.Context, event account.Input) (model.Output, error) {
	body, err := json.Marshal(event)
	if err != nil {
		return model.Output{}, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.running.URL+"/_/events", bytes.NewReader(body))
	if err != nil {
		return model.Output{}, err
	}
	r.Header.Set("Content-Type", "application/json")
	var outputs [1]model.Output
	status, err := c.send(r, &outputs)
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("%s: %d", body, status)
	}
	return outputs[0], err
}

func (c *wireClient) exchange(r *http.Request) (status int, m members, err error) {
	status, err = c.send(r, &m)
	return status, m, err
}

func (c *wireClient) send(r *http.Request, answer any) (status int, err error) {
	resp, err := c.http.Do(r)
	if err != nil {
		return 0, err
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, json.Unmarshal(data, answer)
}

// members are the members of a JSON object.
type members map[string]any

// take removes a member and returns its text.
func (m members) take(name string) string {
	text, _ := m[name].(string)
	delete(m, name)
	return text
}

// rest returns the remaining members as JSON.
func (m members) rest() string {
	if len(m) == 0 {
		return ""
	}
	data, _ := json.Marshal(m) // it was decoded from JSON
	return string(data)
}

// parameters are the parameters of a call.
type parameters struct {
	action, requestID string
	version           string
	host              string // to which the request is addressed; "" is the address of the cloud
	at                int64  // Unix seconds
	values            url.Values
}

// set leaves out empty values, and parameters without a name, which the operation does
// not have.
func (p *parameters) set(namesAndValues ...string) {
	for i := 0; i+1 < len(namesAndValues); i += 2 {
		if name, value := namesAndValues[i], namesAndValues[i+1]; name != "" && value != "" {
			p.values.Set(name, value)
		}
	}
}

func (p *parameters) list(name, member string, values []string) {
	for i, value := range values {
		p.values.Set(name+"."+strconv.Itoa(i+1)+member, value)
	}
}

func (p *parameters) begin(action, requestID string) {
	p.action, p.requestID, p.version = action, requestID, fakecloud.VersionOf(action)
}

// parametersOf returns the call for an input. The action is empty if the input is an
// event.
func parametersOf(in inputs.Input) parameters {
	p := parameters{values: url.Values{}}
	switch a := in.Action.(type) {
	case inputs.Set:
		p.begin(a.Operation().String(), a.RequestID)
		p.at = a.At
		for field, value := range map[errcodes.Field]string{
			errcodes.FieldDomainName: string(a.DomainName), errcodes.FieldStatus: a.Status, errcodes.FieldCertType: a.CertType,
			errcodes.FieldCertName: string(a.CertName), errcodes.FieldCertID: a.CertID, errcodes.FieldCertRegion: a.CertRegion,
			errcodes.FieldEnv: a.Env, errcodes.FieldOverwrite: a.ForceSet,
			errcodes.FieldCertificate: a.Certificate.Text(), errcodes.FieldPrivateKey: a.PrivateKey.Text(),
		} {
			p.set(a.Operation().Parameter(field), value)
		}
	case inputs.Upload:
		op := a.Operation()
		p.begin(op.String(), a.RequestID)
		p.at = a.At
		if name := op.Parameter(errcodes.FieldRegionID); name != "" {
			p.set(name, a.Region)
		} else {
			p.useRegion(a.Region)
		}
		p.set(
			op.Parameter(errcodes.FieldCertName), string(a.Name), op.Parameter(errcodes.FieldCertificate), a.Certificate.Text(),
			op.Parameter(errcodes.FieldPrivateKey), a.PrivateKey.Text(), op.Parameter(errcodes.FieldCertID), a.CertID,
			op.Parameter(errcodes.FieldCertRegion), a.CertRegion,
		)
	case inputs.SetSite:
		p.begin(errcodes.SetCertificate.String(), a.RequestID)
		p.at = a.At
		p.set("SiteId", a.SiteID, "Id", a.ID, "Type", a.CertType, "Name", string(a.CertName), "CasId", a.CertID, "Region", a.CertRegion,
			"Certificate", a.Certificate.Text(), "PrivateKey", a.PrivateKey.Text())
	case inputs.Change:
		op := a.Request().Operation()
		p.begin(op.String(), a.RequestID)
		p.version = fakecloud.VersionIn(op.Product(), p.action)
		p.set("ListenerId", a.ListenerID, "ClientToken", a.ClientToken, "DryRun", a.DryRun)
		p.set(op.Parameter(errcodes.FieldCertificates), a.Certificates)
		p.set(op.Parameter(errcodes.FieldLoadBalancerID), a.AcceleratorID, op.Parameter(errcodes.FieldRegionID), a.Region)
		for field, values := range map[errcodes.Field][]string{errcodes.FieldCertificateID: a.CertificateIDs, errcodes.FieldDomainName: a.Domains} {
			array, member, several := strings.Cut(op.Parameter(field), ".N")
			if several {
				p.list(array, member, values)
			} else if len(values) > 0 {
				p.set(array, values[0])
			}
		}
	default:
		p.read(a)
	}
	return p
}

// read sets the parameters of an operation whose input is that of the model: one for each
// field that is not empty. It sets nothing for an event.
func (p *parameters) read(action any) {
	a, known := action.(model.Action)
	if !known || a.Kind() == model.Event {
		return
	}
	v := reflect.ValueOf(a)
	for _, f := range fakecloud.ParameterFields(v.Type()) {
		name, field := fakecloud.WireName(f), v.FieldByIndex(f.Index)
		array, member, joined := strings.Cut(name, ".N.")
		switch {
		case name == "RequestId":
			product, name, qualified := strings.Cut(account.Input{Action: a}.Name(), ":")
			if !qualified {
				product, name = path.Base(v.Type().PkgPath()), product
			}
			p.begin(name, field.String())
			switch product {
			case "account": // which has a name in common with ALB
				product = "ecs"
			case "clb":
				product = "slb"
			}
			p.version = fakecloud.VersionIn(product, p.action)
		case f.Name == "Region":
			p.useRegion(field.String())
		case name == "Host":
			p.host = cmp.Or(field.String(), "location.aliyuncs.com")
		case field.IsZero():
		case strings.HasSuffix(name, ".N"):
			p.pairs(strings.TrimSuffix(name, ".N"), field.String())
		case joined:
			p.list(array, "."+member, strings.Split(field.String(), ","))
		case f.Type.Kind() == reflect.Slice:
			p.list(name, "", field.Interface().([]string))
		default:
			p.set(name, fmt.Sprint(field.Interface()))
		}
	}
}

// pairs sets the elements of an array of keys and values, given as JSON.
func (p *parameters) pairs(array, text string) {
	var pairs []struct{ Key, Value string }
	if json.Unmarshal([]byte(text), &pairs) != nil {
		return
	}
	for i, pair := range pairs {
		element := array + "." + strconv.Itoa(i+1)
		p.set(element+".Key", pair.Key, element+".Value", pair.Value)
	}
}

// useRegion addresses the certificate center of a region.
func (p *parameters) useRegion(region string) {
	if region != "" {
		p.host = "cas." + region + ".aliyuncs.com"
	}
}

// request returns the n-th request. The request forms alternate.
func (p *parameters) request(ctx context.Context, base string, n int) (r *http.Request, err error) {
	nonce, now := "wire-"+strconv.Itoa(n), time.Now().UTC().Format("2006-01-02T15:04:05Z")
	method := []string{http.MethodGet, http.MethodPost}[n%2]
	var query, body string
	if n%4 < 2 {
		p.set("Action", p.action, "Version", p.version, "SignatureNonce", nonce, "Timestamp", now)
		query = signed(method, p.values)
	} else {
		p.set("Format", "JSON")
		query = p.values.Encode()
	}
	if method == http.MethodPost {
		query, body = "", query
	}
	if r, err = http.NewRequestWithContext(ctx, method, base+"/?"+query, strings.NewReader(body)); err != nil {
		return nil, err
	}
	r.Host = cmp.Or(p.host, r.Host)
	r.Header.Set(requestIDHeader, p.requestID)
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if n%4 >= 2 {
		r.Header.Set("X-Acs-Version", p.version)
		signACS3(r, p.action, nonce, now, body)
	}
	return r, nil
}

// signACS3 signs a request with ACS3-HMAC-SHA256 and the demo key. It adds the version of
// the action unless the request has one.
func signACS3(r *http.Request, action, nonce, now, body string) {
	digest := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return hex.EncodeToString(sum[:])
	}
	headers := [][2]string{
		{"host", cmp.Or(r.Host, r.URL.Host)},
		{"x-acs-action", action},
		{"x-acs-content-sha256", digest(body)},
		{"x-acs-date", now},
		{"x-acs-signature-nonce", nonce},
		{"x-acs-version", cmp.Or(r.Header.Get("X-Acs-Version"), fakecloud.VersionOf(action))},
	}
	var names []string
	canonical := r.Method + "\n" + r.URL.EscapedPath() + "\n" + percentEncoding.Replace(r.URL.RawQuery) + "\n"
	for _, h := range headers {
		names = append(names, h[0])
		canonical += h[0] + ":" + h[1] + "\n"
		r.Header.Set(h[0], h[1])
	}
	r.Header.Del("Host")
	list := strings.Join(names, ";")
	mac := hmac.New(sha256.New, []byte("testsecret"))
	mac.Write([]byte("ACS3-HMAC-SHA256\n" + digest(canonical+"\n"+list+"\n"+digest(body))))
	r.Header.Set("Authorization", "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders="+list+",Signature="+hex.EncodeToString(mac.Sum(nil)))
}
