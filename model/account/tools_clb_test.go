package account_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/validate"
)

const beijing = "cn-beijing"

// balanced is a classic load balancer in a region with an HTTPS listener.
func balanced(t *testing.T) account.State {
	t.Helper()
	s, _ := accepted(
		t, account.State{},
		input(clb.BalancerAdded{ID: "lb-1", LoadBalancer: clb.LoadBalancer{Region: beijing}}),
		input(clb.ServerCertificateAdded{ID: "first", Certificate: clb.Certificate{Region: beijing}}),
		input(clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-1", Port: 443, Certificate: "first"}}),
		input(clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-1", Port: 80, Protocol: clb.HTTP}}),
		input(clb.DomainExtensionAdded{ID: "de-1", Extension: clb.Extension{LoadBalancer: "lb-1", Port: 443, Domain: "*.example.com", Certificate: "first"}}),
		input(clb.DomainExtensionAdded{ID: "de-2", Extension: clb.Extension{LoadBalancer: "lb-1", Port: 443, Domain: "www.example.com", Certificate: "first"}}),
	)
	return s
}

// uploadTo is an upload to the region as certimate and Terraform send it.
func uploadTo(requestID, name string, pair validate.CDNRequest) account.Input {
	return input(clb.Upload(requestID, &validate.CASRequest{
		Op: errcodes.UploadServerCertificate, Region: beijing, Name: name, Certificate: pair.Certificate, PrivateKey: pair.PrivateKey,
	}, validate.Options{}).Action)
}

// body decodes an answer.
func body[B any](t *testing.T, out model.Output) (b B) {
	t.Helper()
	data, err := json.Marshal(out.Body)
	if err == nil {
		err = json.Unmarshal(data, &b)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

type serverCertificates struct {
	ServerCertificates struct{ ServerCertificate []serverCertificate }
}

type serverCertificate struct {
	ServerCertificateID   string `json:"ServerCertificateId"`
	AliCloudCertificateID string `json:"AliCloudCertificateId"`
	IsAliCloudCertificate int
	CommonName            string
	Fingerprint           string
}

type uploadedCertificate struct {
	ServerCertificateID string `json:"ServerCertificateId"`
	Fingerprint         string
}

type extensions struct {
	DomainExtensions struct {
		DomainExtension []struct {
			Domain              string
			DomainExtensionID   string `json:"DomainExtensionId"`
			ServerCertificateID string `json:"ServerCertificateId"`
		}
	}
}

// TestClassicByUpload: certimate looks for the certificate by its name and fingerprint,
// uploads it if it is not there, finds the HTTPS listeners of the load balancer, and sets
// the default certificate of each, and later that of the renewed pair.
func TestClassicByUpload(t *testing.T) {
	first, renewed := pairs()
	s := balanced(t)
	list := input(clb.DescribeServerCertificates{RequestID: "l", RegionID: beijing})
	for round, pair := range []validate.CDNRequest{first, first, renewed} {
		_, out := accepted(t, s, list)
		leaf, err := validate.ParseLeaf(pair.Certificate)
		if err != nil {
			t.Fatal(err)
		}
		id, known := "", cas.Fingerprint(pair.Certificate)
		for _, c := range body[serverCertificates](t, out).ServerCertificates.ServerCertificate {
			if c.CommonName == leaf.Name && plain(c.Fingerprint) == known {
				id = c.ServerCertificateID
			}
		}
		if (id != "") != (round == 1) {
			t.Errorf("round %d: found %q", round, id)
		}
		if id == "" {
			s, out = accepted(t, s, uploadTo("u"+string(rune('0'+round)), "certimate_"+string(rune('1'+round)), pair))
			id = body[uploadedCertificate](t, out).ServerCertificateID
		}
		_, out = accepted(t, s,
			input(clb.DescribeLoadBalancerAttribute{RequestID: "a", RegionID: beijing, LoadBalancerID: "lb-1"}),
			input(clb.DescribeLoadBalancerListeners{RequestID: "a", RegionID: beijing, LoadBalancerIDs: []string{"lb-1"}, ListenerProtocol: "https", MaxResults: 100}),
		)
		listeners := body[struct {
			Listeners []struct{ ListenerPort int }
			NextToken *string
		}](t, out)
		if len(listeners.Listeners) != 1 || listeners.Listeners[0].ListenerPort != 443 || listeners.NextToken != nil {
			t.Fatalf("%+v", listeners)
		}
		s, _ = accepted(t, s,
			input(clb.DescribeLoadBalancerHTTPSListenerAttribute{RequestID: "g", LoadBalancerID: "lb-1", ListenerPort: 443}),
			input(clb.SetLoadBalancerHTTPSListenerAttribute{RequestID: "s", RegionID: beijing, LoadBalancerID: "lb-1", ListenerPort: 443, ServerCertificateID: id}),
		)
		if l, _ := s.CLB.Listeners.Get("lb-1 443"); l.Certificate != id {
			t.Errorf("round %d: %+v; want %s", round, l, id)
		}
	}
	if n := s.CLB.Certificates.Len(); n != 3 { // the one that was there, and one a pair
		t.Errorf("%d certificates", n)
	}
}

func plain(fingerprint string) string {
	return string(slices.DeleteFunc([]byte(fingerprint), func(b byte) bool { return b == ':' }))
}

// TestClassicByNumber: dnsmgr uploads to the certificate center, takes the certificate from
// there by its number unless the list has it already, and sets the domain extensions of its
// domains.
func TestClassicByNumber(t *testing.T) {
	s, _ := accepted(t, balanced(t), upload(t, "u1", "shop"))
	take := input(clb.Upload("t1", &validate.CASRequest{
		Op: errcodes.UploadServerCertificate, Region: beijing, CertID: "1000001", CertRegion: cas.Region,
	}, validate.Options{}).Action)
	s, out := accepted(t, s, take)
	id := body[uploadedCertificate](t, out).ServerCertificateID
	_, out = accepted(t, s, input(clb.DescribeServerCertificates{RequestID: "l", RegionID: beijing}))
	found := slices.ContainsFunc(body[serverCertificates](t, out).ServerCertificates.ServerCertificate, func(c serverCertificate) bool {
		return c.IsAliCloudCertificate == 1 && c.AliCloudCertificateID == "1000001" && c.ServerCertificateID == id
	})
	if !found {
		t.Errorf("the list does not have %s as 1000001: %+v", id, body[serverCertificates](t, out))
	}
	_, out = accepted(t, s, input(clb.DescribeDomainExtensions{RequestID: "e", RegionID: beijing, LoadBalancerID: "lb-1", ListenerPort: 443}))
	both := body[extensions](t, out).DomainExtensions.DomainExtension
	if len(both) != 2 {
		t.Fatalf("%+v", both)
	}
	for _, e := range both {
		s, _ = accepted(t, s, input(clb.SetDomainExtensionAttribute{RequestID: "x", RegionID: beijing, DomainExtensionID: e.DomainExtensionID, ServerCertificateID: id}))
	}
	if c, _ := s.CLB.Certificates.Get(id); c.Users != 2 || c.CenterName != "shop" {
		t.Errorf("%+v", c)
	}
	// The certificate center does not know who took a certificate.
	s, _ = accepted(t, s, input(cas.DeleteUserCertificate{RequestID: "d", CertID: 1000001}))
	if _, out := (account.Machine{}).Step(s, take); out.Error.Condition != errcodes.CondCertificateNotFound {
		t.Error(out.Outcome())
	}
}

// TestClassicOtherTargets: dnsmgr takes a certificate from the center for the listener itself,
// unless it has it, and certimate uploads one for the extensions of a domain.
func TestClassicOtherTargets(t *testing.T) {
	first, _ := pairs()
	s, out := accepted(t, balanced(t), upload(t, "u1", "shop"), input(clb.Upload("t1", &validate.CASRequest{
		Op: errcodes.UploadServerCertificate, Region: beijing, CertID: "1000001", CertRegion: cas.Region,
	}, validate.Options{}).Action))
	taken := body[uploadedCertificate](t, out).ServerCertificateID
	attribute := input(clb.DescribeLoadBalancerHTTPSListenerAttribute{RequestID: "g", RegionID: beijing, LoadBalancerID: "lb-1", ListenerPort: 443})
	s, _ = accepted(t, s, input(clb.SetLoadBalancerHTTPSListenerAttribute{RequestID: "s", RegionID: beijing, LoadBalancerID: "lb-1", ListenerPort: 443, ServerCertificateID: taken}))
	_, out = accepted(t, s, attribute)
	if got := body[uploadedCertificate](t, out).ServerCertificateID; got != taken {
		t.Errorf("the listener has %s; want %s", got, taken)
	}

	s, out = accepted(t, s, uploadTo("u2", "certimate_1", first))
	id := body[uploadedCertificate](t, out).ServerCertificateID
	_, out = accepted(t, s, input(clb.DescribeDomainExtensions{RequestID: "e", RegionID: beijing, LoadBalancerID: "lb-1", ListenerPort: 443}))
	for _, e := range body[extensions](t, out).DomainExtensions.DomainExtension {
		if e.Domain == www && e.ServerCertificateID != id {
			s, _ = accepted(t, s, input(clb.SetDomainExtensionAttribute{RequestID: "x", RegionID: beijing, DomainExtensionID: e.DomainExtensionID, ServerCertificateID: id}))
		}
	}
	for extension, want := range map[string]string{"de-1": "first", "de-2": id} {
		if e, _ := s.CLB.Extensions.Get(extension); e.Certificate != want {
			t.Errorf("%s: %+v; want %s", extension, e, want)
		}
	}
	if l, _ := s.CLB.Listeners.Get("lb-1 443"); l.Certificate != taken {
		t.Errorf("%+v", l)
	}
}

// TestClassicByTerraform: the provider creates a certificate and a domain extension and
// reads both, replaces the certificate, and removes all of it. It takes the refusals of
// what is gone, or is not yet free, for what they are.
func TestClassicByTerraform(t *testing.T) {
	first, renewed := pairs()
	s, out := accepted(t, balanced(t), uploadTo("u1", "tf", first))
	id := body[uploadedCertificate](t, out).ServerCertificateID
	read := func(id string) account.Input {
		return input(clb.DescribeServerCertificates{RequestID: "l", RegionID: beijing, ServerCertificateID: id})
	}
	_, out = accepted(t, s, input(clb.ListTagResources{RequestID: "t", ResourceType: "certificate", ResourceIDs: []string{id}}), read(id))
	if list := body[serverCertificates](t, out).ServerCertificates.ServerCertificate; len(list) != 1 || list[0].ServerCertificateID != id {
		t.Errorf("%+v", list)
	}
	s, out = accepted(t, s, input(clb.CreateDomainExtension{
		RequestID: "c", RegionID: beijing, LoadBalancerID: "lb-1", ListenerPort: 443, Domain: "shop.example.com", ServerCertificateID: id,
	}))
	extension := body[struct {
		DomainExtensionID string `json:"DomainExtensionId"`
	}](t, out).DomainExtensionID
	attribute := input(clb.DescribeDomainExtensionAttribute{RequestID: "r", RegionID: beijing, DomainExtensionID: extension})
	_, out = accepted(t, s, attribute)
	if got := body[struct {
		Domain       string
		ListenerPort int
	}](t, out); got.Domain != "shop.example.com" || got.ListenerPort != 443 {
		t.Errorf("%+v", got)
	}
	remove := input(clb.DeleteServerCertificate{RequestID: "d", RegionID: beijing, ServerCertificateID: id})
	refused := func(in account.Input, code errcodes.Code) {
		t.Helper()
		if next, out := (account.Machine{}).Step(s, in); out.Error.Code != code || next != s {
			t.Errorf("%s: %s; want %s", in.Name(), out.Outcome(), code)
		}
	}
	refused(remove, errcodes.CertificateAndPrivateKeyIsRefered)
	s, out = accepted(t, s, uploadTo("u2", "tf", renewed))
	s, _ = accepted(
		t, s,
		input(clb.SetServerCertificateName{RequestID: "n", RegionID: beijing, ServerCertificateID: id, ServerCertificateName: "old"}),
		input(clb.SetDomainExtensionAttribute{RequestID: "x", RegionID: beijing, DomainExtensionID: extension, ServerCertificateID: body[uploadedCertificate](t, out).ServerCertificateID}),
		remove, read(id),
		input(clb.DeleteDomainExtension{RequestID: "e", RegionID: beijing, DomainExtensionID: extension}),
	)
	refused(remove, errcodes.ServerCertificateIDNotFound)
	refused(attribute, errcodes.InvalidParameterDomainExtensionID)
}
