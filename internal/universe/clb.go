package universe

import (
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

// The names in the universe of the classic load balancer.
const (
	balancer     = "lb-1"
	certificate1 = "cert-1"
	certificate2 = "cert-2"
	elsewhere    = "cert-3" // in another region
	port         = 443

	noPort = 81 // without a listener
)

// ClassicListener is the main listener of the universe of the classic load balancer.
var ClassicListener = clb.ListenerKey(balancer, port)

// CLB returns a space to explore: a load balancer with an HTTPS listener and another one,
// certificates in two regions, and inputs that reach every condition of every operation
// that an input can reach. No upload in it succeeds, because each would add a certificate.
// It is finite and explored in seconds. Outcomes have the names of operation and condition,
// and of the parameter where a condition has several rows.
func CLB() model.Space[clb.State, clb.Input, model.Output] {
	return model.Space[clb.State, clb.Input, model.Output]{
		Machine:    clb.Machine{Initial: clbState()},
		Inputs:     clbInputs(),
		Key:        clb.State.Key,
		Same:       func(from, to clb.State) bool { return from == to },
		Outcome:    outcomeOf(0),
		Invariants: clb.Invariants(),
	}
}

func clbState() clb.State {
	s := clb.State{}
	for _, c := range []cas.Certificate{
		{Name: "pending", ID: cas.IDOf(1), Status: cas.Pending, KeyStored: true},
		{Name: "without key", ID: cas.IDOf(2)},
	} {
		s.CAS, _ = s.CAS.Add(c)
	}
	for _, event := range []clb.Action{
		clb.BalancerAdded{ID: balancer},
		clb.ServerCertificateAdded{ID: certificate1},
		clb.ServerCertificateAdded{ID: elsewhere, Certificate: clb.Certificate{Region: "cn-beijing"}},
		clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: balancer, Port: port, Certificate: certificate1}},
		clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: balancer, Port: 80, Protocol: clb.HTTP}},
	} {
		s, _ = clb.Machine{}.Step(s, clb.Input{Action: event})
	}
	return s
}

const region = clb.DefaultRegion

func clbInputs() (inputs []clb.Input) {
	for _, a := range clbActions() {
		inputs = append(inputs, clb.Input{Action: a})
	}
	return inputs
}

func clbActions() []clb.Action {
	set := clb.SetLoadBalancerHTTPSListenerAttribute{
		RequestID: "s", LoadBalancerID: balancer, ListenerPort: port, ServerCertificateID: certificate2,
	}
	read := clb.DescribeLoadBalancerHTTPSListenerAttribute{RequestID: "q", LoadBalancerID: balancer, ListenerPort: port}
	list := clb.DescribeDomainExtensions{RequestID: "q", RegionID: region, LoadBalancerID: balancer, ListenerPort: port}
	create := clb.CreateDomainExtension{
		RequestID: "x", RegionID: region, LoadBalancerID: balancer, ListenerPort: port, Domain: Domain1, ServerCertificateID: certificate1,
	}
	change := clb.SetDomainExtensionAttribute{RequestID: "y", RegionID: region, DomainExtensionID: clb.ExtensionID("x"), ServerCertificateID: certificate2}
	remove := clb.DeleteDomainExtension{RequestID: "z", RegionID: region, DomainExtensionID: clb.ExtensionID("x")}
	find := clb.DescribeDomainExtensionAttribute{RequestID: "q", RegionID: region, DomainExtensionID: clb.ExtensionID("x")}
	rename := clb.SetServerCertificateName{RequestID: "n", RegionID: region, ServerCertificateID: certificate1, ServerCertificateName: "shop"}
	drop := clb.DeleteServerCertificate{RequestID: "d", RegionID: region, ServerCertificateID: certificate2}
	get := clb.DescribeLoadBalancerAttribute{RequestID: "q", LoadBalancerID: balancer}

	actions := refusedUploads()
	actions = append(actions,
		set, read, list, create, change, remove, find, rename, drop, get,
		clb.ServerCertificateAdded{ID: certificate2},
		clb.BalancerChanged{ID: balancer, Forbidden: true},
		clb.BalancerChanged{ID: balancer, Configuring: true},
		clb.BalancerChanged{ID: balancer},
		clb.BalancerListenerRemoved{LoadBalancer: balancer, Port: port},
		clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: balancer, Port: port, Certificate: certificate1}},
		clb.DescribeServerCertificates{RequestID: "q"},
		clb.DescribeLoadBalancerListeners{RequestID: "q"},
		clb.ListTagResources{RequestID: "q"},
	)
	for _, status := range []clb.ListenerStatus{clb.Configuring, clb.Stopping, clb.Stopped, clb.Running} {
		actions = append(actions, clb.BalancerListenerChanged{LoadBalancer: balancer, Port: port, Status: status})
	}
	return append(actions, slices.Concat(
		variants(set,
			func(r *clb.SetLoadBalancerHTTPSListenerAttribute) { r.LoadBalancerID = "" },
			func(r *clb.SetLoadBalancerHTTPSListenerAttribute) { r.LoadBalancerID = "lb-9" },
			func(r *clb.SetLoadBalancerHTTPSListenerAttribute) { r.ListenerPort = 0 },
			func(r *clb.SetLoadBalancerHTTPSListenerAttribute) { r.ListenerPort = 65536 },
			func(r *clb.SetLoadBalancerHTTPSListenerAttribute) { r.ListenerPort = noPort },
			func(r *clb.SetLoadBalancerHTTPSListenerAttribute) { r.ListenerPort = 80 },
			func(r *clb.SetLoadBalancerHTTPSListenerAttribute) { r.ServerCertificateID = elsewhere },
			func(r *clb.SetLoadBalancerHTTPSListenerAttribute) { r.ServerCertificateID = certificate1 },
			func(r *clb.SetLoadBalancerHTTPSListenerAttribute) { r.DryRun = true },
		),
		variants(read,
			func(r *clb.DescribeLoadBalancerHTTPSListenerAttribute) { r.LoadBalancerID = "" },
			func(r *clb.DescribeLoadBalancerHTTPSListenerAttribute) { r.LoadBalancerID = "lb-9" },
			func(r *clb.DescribeLoadBalancerHTTPSListenerAttribute) { r.ListenerPort = 0 },
			func(r *clb.DescribeLoadBalancerHTTPSListenerAttribute) { r.ListenerPort = noPort },
			func(r *clb.DescribeLoadBalancerHTTPSListenerAttribute) { r.ListenerPort = 80 },
		),
		variants(list,
			func(r *clb.DescribeDomainExtensions) { r.RegionID = "" },
			func(r *clb.DescribeDomainExtensions) { r.LoadBalancerID = "" },
			func(r *clb.DescribeDomainExtensions) { r.LoadBalancerID = "lb-9" },
			func(r *clb.DescribeDomainExtensions) { r.ListenerPort = 0 },
			func(r *clb.DescribeDomainExtensions) { r.ListenerPort = noPort },
			func(r *clb.DescribeDomainExtensions) { r.ListenerPort = 80 },
		),
		variants(create,
			func(r *clb.CreateDomainExtension) { r.RegionID = "" },
			func(r *clb.CreateDomainExtension) { r.LoadBalancerID = "" },
			func(r *clb.CreateDomainExtension) { r.LoadBalancerID = "lb-9" },
			func(r *clb.CreateDomainExtension) { r.ListenerPort = 0 },
			func(r *clb.CreateDomainExtension) { r.ListenerPort = 65536 },
			func(r *clb.CreateDomainExtension) { r.ListenerPort = noPort },
			func(r *clb.CreateDomainExtension) { r.ListenerPort = 80 },
			func(r *clb.CreateDomainExtension) { r.Domain = "" },
			func(r *clb.CreateDomainExtension) { r.Domain = "www example com" },
			func(r *clb.CreateDomainExtension) { r.ServerCertificateID = "" },
			func(r *clb.CreateDomainExtension) { r.ServerCertificateID = "cert-9" },
			func(r *clb.CreateDomainExtension) { r.ServerCertificateID = elsewhere },
		),
		variants(change,
			func(r *clb.SetDomainExtensionAttribute) { r.RegionID = "" },
			func(r *clb.SetDomainExtensionAttribute) { r.DomainExtensionID = "" },
			func(r *clb.SetDomainExtensionAttribute) { r.ServerCertificateID = "" },
			func(r *clb.SetDomainExtensionAttribute) { r.ServerCertificateID = elsewhere },
		),
		variants(remove,
			func(r *clb.DeleteDomainExtension) { r.RegionID = "" },
			func(r *clb.DeleteDomainExtension) { r.DomainExtensionID = "" },
		),
		variants(find,
			func(r *clb.DescribeDomainExtensionAttribute) { r.RegionID = "" },
			func(r *clb.DescribeDomainExtensionAttribute) { r.DomainExtensionID = "" },
		),
		variants(rename,
			func(r *clb.SetServerCertificateName) { r.RegionID = "" },
			func(r *clb.SetServerCertificateName) { r.ServerCertificateID = "" },
			func(r *clb.SetServerCertificateName) { r.ServerCertificateID = "cert-9" },
			func(r *clb.SetServerCertificateName) { r.ServerCertificateID = elsewhere },
			func(r *clb.SetServerCertificateName) { r.ServerCertificateName = "" },
			func(r *clb.SetServerCertificateName) { r.ServerCertificateName = "shop\n" },
			func(r *clb.SetServerCertificateName) { r.ServerCertificateName = "*.example.com" },
			func(r *clb.SetServerCertificateName) { r.ServerCertificateName = strings.Repeat("n", 81) },
		),
		variants(drop,
			func(r *clb.DeleteServerCertificate) { r.ServerCertificateID = "" },
			func(r *clb.DeleteServerCertificate) { r.ServerCertificateID = certificate1 },
			func(r *clb.DeleteServerCertificate) { r.ServerCertificateID = elsewhere },
		),
		variants(get,
			func(r *clb.DescribeLoadBalancerAttribute) { r.LoadBalancerID = "" },
			func(r *clb.DescribeLoadBalancerAttribute) { r.RegionID = "cn-beijing" },
		),
	)...)
}

// variants returns a request as each of some functions changes it.
func variants[A clb.Action](request A, changes ...func(*A)) (all []clb.Action) {
	for _, change := range changes {
		other := request
		change(&other)
		all = append(all, other)
	}
	return all
}

// refusedUploads reach each condition of an upload.
func refusedUploads() (actions []clb.Action) {
	f := newFixtures()
	secret := func(name string) validate.Secret { return validate.NewSecret(testdata.Read(name)) }
	sound := validate.CASRequest{
		Op: errcodes.UploadServerCertificate, Region: region, Name: "shop", Certificate: f.Certificate, PrivateKey: f.PrivateKey,
	}
	for i, change := range []func(*validate.CASRequest){
		func(r *validate.CASRequest) { r.Region = "" },
		func(r *validate.CASRequest) { r.Name = "shop\n" },
		func(r *validate.CASRequest) { r.Name = "*.example.com" },
		func(r *validate.CASRequest) { r.Name = strings.Repeat("n", 81) },
		func(r *validate.CASRequest) { r.Certificate = "" },
		func(r *validate.CASRequest) { r.PrivateKey = validate.Secret{} },
		func(r *validate.CASRequest) { r.Certificate = strings.Repeat(" ", validate.DefaultCertificateLimit+1) },
		func(r *validate.CASRequest) {
			r.PrivateKey = validate.NewSecret(strings.Repeat(" ", validate.DefaultPrivateKeyLimit+1))
		},
		func(r *validate.CASRequest) { r.PrivateKey = validate.NewSecret(" ") },
		func(r *validate.CASRequest) { r.Certificate = "certificate" },
		func(r *validate.CASRequest) { r.PrivateKey = validate.NewSecret("key") },
		func(r *validate.CASRequest) { r.Certificate = testdata.Read("unsupported/rsa-pss.pem") },
		func(r *validate.CASRequest) { r.PrivateKey = secret("encrypted/pkcs8.pem") },
		func(r *validate.CASRequest) { r.PrivateKey = f.UnsupportedKey },
		func(r *validate.CASRequest) { r.PrivateKey = secret("forms/ec-wrong-public.pem") },
		func(r *validate.CASRequest) { r.PrivateKey = f.OtherPrivateKey },
		func(r *validate.CASRequest) { r.CertID = "9" },
		func(r *validate.CASRequest) { r.CertID = "1" },
		func(r *validate.CASRequest) { r.CertID = "2" },
	} {
		req := sound
		change(&req)
		upload := clb.Upload("u"+strconv.Itoa(i+1), &req, validate.Options{})
		actions = append(actions, upload.Action.(clb.Action))
	}
	return actions
}
