package clb_test

import (
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

func in(a model.Action) clb.Input { return clb.Input{Action: a} }

// do sends an input, which must succeed.
func do(t *testing.T, s clb.State, in clb.Input) (clb.State, model.Output) {
	t.Helper()
	next, out := clb.Machine{}.Step(s, in)
	if !out.OK() {
		t.Fatalf("%T: %s", in.Action, out.Outcome())
	}
	return next, out
}

func upload(requestID string, change func(*validate.CASRequest)) clb.Input {
	req := &validate.CASRequest{
		Op: errcodes.UploadServerCertificate, Region: "cn-beijing", Name: "shop",
		Certificate: testdata.Read("p256/chain3.pem"), PrivateKey: validate.NewSecret(testdata.Read("p256/key.pem")),
	}
	if change != nil {
		change(req)
	}
	return clb.Upload(requestID, req, validate.Options{})
}

// members decodes an answer.
func members(t *testing.T, out model.Output) (m map[string]any) {
	t.Helper()
	data, err := json.Marshal(out.Body)
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestUpload: the answer has what the certificate says, an id of four parts that follows
// from the request, and the fingerprint in the service's form.
func TestUpload(t *testing.T) {
	first := upload("r1", nil)
	first.At = 1_790_000_000_000
	s, out := do(t, clb.State{}, first)
	got := members(t, out)
	block, _ := pem.Decode([]byte(testdata.Read("p256/chain3.pem")))
	sum := sha1.Sum(block.Bytes)
	if plain := strings.ReplaceAll(got["Fingerprint"].(string), ":", ""); plain != hex.EncodeToString(sum[:]) || strings.Count(got["Fingerprint"].(string), ":") != 19 {
		t.Errorf("fingerprint %s", got["Fingerprint"])
	}
	id := got["ServerCertificateId"].(string)
	if !regexp.MustCompile(`^[0-9]+_[0-9a-f]{11}_[0-9]+_[0-9]+$`).MatchString(id) || id != clb.CertificateID("r1") {
		t.Errorf("id %s", id)
	}
	want := map[string]any{
		"CommonName": "www.example.com", "CreateTime": "2026-09-21T14:13:20Z", "CreateTimeStamp": 1.79e12, "ExpireTime": "2049-12-31T23:59:59Z",
		"IsAliCloudCertificate": 0.0, "AliCloudCertificateId": "", "RegionId": "cn-beijing", "ServerCertificateName": "shop", "RequestId": "r1",
		"SubjectAlternativeNames": map[string]any{"SubjectAlternativeName": []any{"www.example.com", "example.com", "*.cdn.example.com"}},
	}
	for member, value := range want {
		if diff := cmp.Diff(value, got[member]); diff != "" {
			t.Errorf("%s (-want +got)\n%s", member, diff)
		}
	}
	// The same request again is another certificate: no token makes it one, and names may
	// be shared. An upload without a name has its id for one.
	s, out = do(t, s, first)
	if again := members(t, out)["ServerCertificateId"]; again == id || s.Certificates.Len() != 2 {
		t.Errorf("again %s, %d certificates", again, s.Certificates.Len())
	}
	_, out = do(t, s, upload("r2", func(r *validate.CASRequest) { r.Name = "" }))
	if m := members(t, out); m["ServerCertificateName"] != m["ServerCertificateId"] {
		t.Errorf("name %s, id %s", m["ServerCertificateName"], m["ServerCertificateId"])
	}
}

// TestUploadFromCenter: a certificate of the center is found by its number in the region
// that the request gives, or in the one that serves the load balancer's region.
func TestUploadFromCenter(t *testing.T) {
	leaf, err := validate.ParseLeaf(testdata.Read("p256/leaf.pem"))
	if err != nil {
		t.Fatal(err)
	}
	var s clb.State
	for _, region := range []string{cas.Region, cas.Overseas} {
		s.CAS, _ = s.CAS.Add(cas.Certificate{Name: region, ID: cas.IDIn(7, region), KeyStored: true, PEM: testdata.Read("p256/leaf.pem"), Leaf: leaf})
	}
	for _, test := range []struct{ region, certRegion, want string }{
		{"cn-beijing", "", cas.Region},
		{"cn-beijing", cas.Overseas, cas.Overseas},
		{cas.Overseas, "", cas.Overseas},
		{cas.Overseas, cas.Region, cas.Region},
		{"cn-beijing", "cn-beijing", ""},
	} {
		next, out := clb.Machine{}.Step(s, upload("r", func(r *validate.CASRequest) {
			r.Region, r.CertID, r.CertRegion, r.Certificate, r.PrivateKey = test.region, "7", test.certRegion, "", validate.Secret{}
		}))
		if test.want == "" {
			if out.Error.Condition != errcodes.CondCertificateNotFound {
				t.Errorf("%+v: %s", test, out.Outcome())
			}
			continue
		}
		got := members(t, out)
		if got["AliCloudCertificateName"] != test.want || got["AliCloudCertificateId"] != "7" || got["IsAliCloudCertificate"] != 1.0 || got["Fingerprint"] == "" {
			t.Errorf("%+v: %v", test, got)
		}
		if !next.CAS.Certificates.Equal(s.CAS.Certificates) {
			t.Errorf("%+v: the center changed", test)
		}
	}
}

// TestRegions: what is in another region cannot be used, changed, read or removed.
func TestRegions(t *testing.T) {
	s, _ := do(t, clb.State{}, upload("r1", nil))
	id := clb.CertificateID("r1")
	for _, a := range []clb.Action{
		clb.BalancerAdded{ID: "lb-1", LoadBalancer: clb.LoadBalancer{Region: "cn-shanghai"}},
		clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-1", Port: 443}},
	} {
		s, _ = do(t, s, in(a))
	}
	set := clb.SetLoadBalancerHTTPSListenerAttribute{RequestID: "s", LoadBalancerID: "lb-1", ListenerPort: 443, ServerCertificateID: id}
	abroad := set
	abroad.RegionID = "cn-beijing"
	for _, test := range []struct {
		action clb.Action
		want   errcodes.Condition
	}{
		{set, errcodes.CondCertificateOtherRegion},
		{abroad, errcodes.CondLoadBalancerNotFound},
		{clb.DeleteServerCertificate{RequestID: "d", ServerCertificateID: id}, errcodes.CondCertificateOtherRegion},
		{clb.DescribeLoadBalancerAttribute{RequestID: "a", RegionID: "cn-beijing", LoadBalancerID: "lb-1"}, errcodes.CondLoadBalancerNotFound},
		{clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-1", Port: 444, Certificate: id}}, 0},
		{clb.DeleteServerCertificate{RequestID: "d", RegionID: "cn-beijing", ServerCertificateID: id}, 0},
	} {
		next, out := clb.Machine{}.Step(s, in(test.action))
		if out.Error.Condition != test.want || test.want != 0 && next != s {
			t.Errorf("%+v: %s", test.action, out.Outcome())
		}
		if _, event := test.action.(clb.BalancerListenerAdded); event && !out.Ignored {
			t.Errorf("%+v applies", test.action)
		}
	}
	_, out := do(t, s, in(clb.DescribeServerCertificates{RequestID: "l"}))
	if strings.Contains(text(t, out), id) {
		t.Error("the list of the default region has it")
	}
}

func text(t *testing.T, out model.Output) string {
	t.Helper()
	data, err := json.Marshal(out.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestListenerRemoved: its domain extensions go with it, and their certificates are free.
func TestListenerRemoved(t *testing.T) {
	s := clb.State{}
	for _, a := range []clb.Action{
		clb.BalancerAdded{ID: "lb-1"},
		clb.ServerCertificateAdded{ID: "c"},
		clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-1", Port: 443, Certificate: "c"}},
		clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-1", Port: 8443, Certificate: "c"}},
		clb.DomainExtensionAdded{ID: "de-1", Extension: clb.Extension{LoadBalancer: "lb-1", Port: 443, Domain: "A.example.com", Certificate: "c"}},
		clb.DomainExtensionAdded{ID: "de-2", Extension: clb.Extension{LoadBalancer: "lb-1", Port: 443, Domain: "*.example.com", Certificate: "c"}},
	} {
		s, _ = do(t, s, in(a))
	}
	if c, _ := s.Certificates.Get("c"); c.Users != 4 || s.Class("lb-1 443") != "running, extended" || s.Class("lb-1 8443") != "running" {
		t.Errorf("%d users, %s, %s", c.Users, s.Class("lb-1 443"), s.Class("lb-1 8443"))
	}
	_, out := do(t, s, in(clb.DescribeDomainExtensions{RequestID: "l", RegionID: "cn-hangzhou", LoadBalancerID: "lb-1", ListenerPort: 443, DomainExtensionID: "de-1"}))
	if got := text(t, out); !strings.Contains(got, `"a.example.com"`) || strings.Contains(got, "de-2") {
		t.Error(got)
	}
	s, _ = do(t, s, in(clb.BalancerListenerRemoved{LoadBalancer: "lb-1", Port: 443}))
	if c, _ := s.Certificates.Get("c"); c.Users != 1 || s.Extensions.Len() != 0 {
		t.Errorf("%d users, %d extensions", c.Users, s.Extensions.Len())
	}
}

// TestPages: a list of listeners comes in pages, and ends without a token.
func TestPages(t *testing.T) {
	s, _ := do(t, clb.State{}, in(clb.BalancerAdded{ID: "lb-1"}))
	for port := range 25 {
		s, _ = do(t, s, in(clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-1", Port: 100 + port, Protocol: clb.TCP}}))
	}
	var ports []float64
	token, pages := "", 0
	for {
		_, out := do(t, s, in(clb.DescribeLoadBalancerListeners{RequestID: "l", LoadBalancerIDs: []string{"lb-1"}, MaxResults: 10, NextToken: token}))
		m := members(t, out)
		for _, l := range m["Listeners"].([]any) {
			ports = append(ports, l.(map[string]any)["ListenerPort"].(float64))
		}
		next, more := m["NextToken"].(string)
		if pages++; !more {
			break
		}
		token = next
	}
	if len(ports) != 25 || pages != 3 || ports[24] != 124 {
		t.Errorf("%d pages: %v", pages, ports)
	}
	_, out := do(t, s, in(clb.DescribeLoadBalancerListeners{RequestID: "l", ListenerProtocol: "HTTPS"}))
	if n := len(members(t, out)["Listeners"].([]any)); n != 0 {
		t.Errorf("%d HTTPS listeners", n)
	}
}

// TestEventsThatDoNotApply: ids that could be mistaken, texts with a private key, and what
// is not there, is there already or does not fit.
func TestEventsThatDoNotApply(t *testing.T) {
	const key = "-----BEGIN PRIVATE KEY-----"
	s := clb.State{}
	for _, a := range []clb.Action{
		clb.BalancerAdded{ID: "lb-1"},
		clb.ServerCertificateAdded{ID: "c"},
		clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-1", Port: 443}},
		clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-1", Port: 80, Protocol: clb.HTTP}},
		clb.DomainExtensionAdded{ID: "de-1", Extension: clb.Extension{LoadBalancer: "lb-1", Port: 443, Domain: "www.example.com", Certificate: "c"}},
	} {
		s, _ = do(t, s, in(a))
	}
	x := clb.Extension{LoadBalancer: "lb-1", Port: 443, Domain: "a.example.com", Certificate: "c"}
	other := func(change func(*clb.Extension)) clb.Extension {
		y := x
		change(&y)
		return y
	}
	for _, a := range []clb.Action{
		clb.BalancerAdded{},
		clb.BalancerAdded{ID: "lb 1"},
		clb.BalancerAdded{ID: "lb-1"},
		clb.BalancerAdded{ID: key},
		clb.BalancerAdded{ID: "lb-2", LoadBalancer: clb.LoadBalancer{Region: "a b"}},
		clb.BalancerChanged{ID: "lb-1"},
		clb.BalancerChanged{ID: "lb-2", Forbidden: true},
		clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-2", Port: 443}},
		clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-1", Port: 443}},
		clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-1", Port: 65536}},
		clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-1", Port: 1, Protocol: "quic"}},
		clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-1", Port: 1, Status: "odd"}},
		clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-1", Port: 1, Protocol: clb.HTTP, Certificate: "c"}},
		clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-1", Port: 1, Certificate: "d"}},
		clb.BalancerListenerChanged{LoadBalancer: "lb-1", Port: 443, Status: clb.Running},
		clb.BalancerListenerChanged{LoadBalancer: "lb-1", Port: 443, Status: "odd"},
		clb.BalancerListenerChanged{LoadBalancer: "lb-1", Port: 444, Status: clb.Running},
		clb.BalancerListenerRemoved{LoadBalancer: "lb-1", Port: 444},
		clb.ServerCertificateAdded{ID: "c"},
		clb.ServerCertificateAdded{},
		clb.ServerCertificateAdded{ID: "d", Certificate: clb.Certificate{PEM: key}},
		clb.ServerCertificateAdded{ID: "d", Certificate: clb.Certificate{Name: key}},
		clb.DomainExtensionAdded{ID: "de-1", Extension: x},
		clb.DomainExtensionAdded{ID: "", Extension: x},
		clb.DomainExtensionAdded{ID: "de-2", Extension: other(func(e *clb.Extension) { e.Domain = "www.example.com" })},
		clb.DomainExtensionAdded{ID: "de-2", Extension: other(func(e *clb.Extension) { e.Domain = ".example.com" })},
		clb.DomainExtensionAdded{ID: "de-2", Extension: other(func(e *clb.Extension) { e.Port = 80 })},
		clb.DomainExtensionAdded{ID: "de-2", Extension: other(func(e *clb.Extension) { e.Port = 81 })},
		clb.DomainExtensionAdded{ID: "de-2", Extension: other(func(e *clb.Extension) { e.Certificate = "d" })},
	} {
		if next, out := (clb.Machine{}).Step(s, in(a)); !out.Ignored || next != s {
			t.Errorf("%+v: %s", a, out.Outcome())
		}
	}
}

// TestSecretsStayOut: a private key that is given in the wrong parameter does not reach a
// state or an answer.
func TestSecretsStayOut(t *testing.T) {
	key := testdata.Read("p256/key.pem")
	s, _ := do(t, clb.State{}, upload("r1", nil))
	for _, a := range []clb.Input{
		upload("r2", func(r *validate.CASRequest) { r.Region = key }),
		upload("r2", func(r *validate.CASRequest) { r.CertID = key }),
		upload("r2", func(r *validate.CASRequest) { r.Certificate = key }),
		upload("r2", func(r *validate.CASRequest) { r.Name = key }),
		in(clb.SetServerCertificateName{RequestID: "n", RegionID: "cn-beijing", ServerCertificateID: clb.CertificateID("r1"), ServerCertificateName: key}),
		in(clb.DeleteServerCertificate{RequestID: "n", ServerCertificateID: key}),
	} {
		next, out := clb.Machine{}.Step(s, a)
		data, err := json.Marshal([]any{next, out, a})
		if err != nil {
			t.Fatal(err)
		}
		body, _, _ := strings.Cut(strings.Split(key, "\n")[1], "\n")
		if _, direct := a.Action.(clb.UploadServerCertificate); direct && strings.Contains(string(data), body) {
			t.Errorf("%T: the key is in %s", a.Action, data)
		}
		if strings.Contains(next.Key(), body) || strings.Contains(text(t, out), body) {
			t.Errorf("%T: the key is in the state or the answer", a.Action)
		}
	}
}

// TestInputsAreLossless: every action survives JSON, with and without its fields.
func TestInputsAreLossless(t *testing.T) {
	filled := func(a clb.Action) clb.Action {
		v := reflect.New(reflect.TypeOf(a)).Elem()
		fill(v)
		return v.Interface().(clb.Action)
	}
	for _, a := range clb.Actions() {
		for _, action := range []clb.Action{a, filled(a)} {
			data := testutil.RoundTrip(t, clb.Input{At: 7, Action: action})
			if name := reflect.TypeOf(a).Name(); !strings.Contains(data, name) {
				t.Errorf("%s is %s", name, data)
			}
		}
	}
	testutil.RoundTrip(t, clb.Input{})
	testutil.RoundTrip(t, in(cas.LockChanged{Name: "n"}))
}

// fill sets every field of a struct.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[validate.Summary]() { // has texts that only certain names can have
			v.FieldByName("Certificate").SetString("<pem>\n")
			return
		}
		for _, field := range v.Fields() {
			fill(field)
		}
	case reflect.String:
		v.SetString("text")
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		v.Set(reflect.ValueOf([]string{"a", "b"}))
	default:
		panic(v.Kind())
	}
}

// TestForeignInputs: the machine passes inputs of the center on and ignores others.
func TestForeignInputs(t *testing.T) {
	s, out := clb.Machine{}.Step(clb.State{}, in(cas.CertificateAdded{Certificate: cas.Certificate{Name: "n"}}))
	if !out.OK() || !s.CAS.Certificates.Has("n") {
		t.Errorf("%s", out.Outcome())
	}
	if next, out := (clb.Machine{}).Step(s, clb.Input{}); !out.Ignored || next != s {
		t.Errorf("%s", out.Outcome())
	}
}
