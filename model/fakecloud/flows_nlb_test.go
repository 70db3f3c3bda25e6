package fakecloud_test

import (
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

const tcpssl = "lsn-1@443"

// withNLB is the shop of the other tests with a listener of NLB beside it.
func withNLB(t *testing.T, o fakecloud.Options) (cloud *fakecloud.Cloud, callNLB func(action string, params ...string) answer) {
	t.Helper()
	cloud = open(t, o)
	if err := cloud.AddListener(tcpssl, "nlb-1", firstID(t, cloud)); err != nil {
		t.Fatal(err)
	}
	return cloud, func(action string, params ...string) answer {
		t.Helper()
		return call(t, cloud, action, append([]string{"Version", "2022-04-30", "RegionId", "cn-hangzhou"}, params...)...)
	}
}

// firstID returns the default certificate of the shop's listener.
func firstID(t *testing.T, cloud *fakecloud.Cloud) string {
	t.Helper()
	l, found := cloud.State().ALB.Listeners.Get(listener)
	if !found || l.Default == "" {
		t.Fatal("the shop has no default certificate")
	}
	return l.Default
}

func uploaded(t *testing.T, cloud *fakecloud.Cloud) (id string) {
	t.Helper()
	number := must(t, call(t, cloud, "UploadUserCertificate", "Name", "renewed", "Cert", testdata.Read("p256/chain3.pem"), "Key", testdata.Read("p256/key.pem"))).text("CertId")
	return must(t, call(t, cloud, "GetUserCertificateDetail", "CertId", number, "CertFilter", "true")).text("CertIdentifier")
}

// TestTerraformNetworkAttachment makes the calls of the Terraform resource that attaches one
// additional certificate to a listener of NLB: create, wait for the list, delete, wait for
// the job.
func TestTerraformNetworkAttachment(t *testing.T) {
	cloud, nlb := withNLB(t, fakecloud.Options{Progress: fakecloud.Polls(2)})
	id := uploaded(t, cloud)
	if job := must(t, nlb("AssociateAdditionalCertificatesWithListener", "ListenerId", tcpssl, "AdditionalCertificateIds.1", id, "ClientToken", "TF-1")).text("JobId"); job == "" {
		t.Error("no JobId")
	}
	want(t, nlb("AssociateAdditionalCertificatesWithListener", "ListenerId", tcpssl, "AdditionalCertificateIds.1", id, "ClientToken", "TF-2"), 400, "IncorrectStatus.listener")
	for _, status := range []string{"Associating", "Associated"} {
		got := must(t, nlb("ListListenerCertificates", "ListenerId", tcpssl))
		if got.text("Certificates", 1, "CertificateId") != id || got.text("Certificates", 1, "Status") != status || got.text("CertificateIds", 1) != id {
			t.Fatalf("want %s: %s", status, got.raw)
		}
	}
	job := must(t, nlb("DisassociateAdditionalCertificatesWithListener", "ListenerId", tcpssl, "AdditionalCertificateIds.1", id, "ClientToken", "TF-3")).text("JobId")
	for _, status := range []string{"processing", "processing", "Succeeded"} {
		if got := must(t, nlb("GetJobStatus", "JobId", job, "ClientToken", "TF-4")); got.text("Status") != status {
			t.Fatalf("want %s: %s", status, got.raw)
		}
	}
	want(t, nlb("DisassociateAdditionalCertificatesWithListener", "ListenerId", "lsn-9@443", "AdditionalCertificateIds.1", id), 404, "ResourceNotFound.listener")
	checkJournal(t, cloud, 0)
}

// TestCertimateNetworkLoadBalancer makes the calls of certimate's deployment to all
// listeners of a load balancer: upload, find, update each, again after a renewal.
func TestCertimateNetworkLoadBalancer(t *testing.T) {
	cloud, nlb := withNLB(t, fakecloud.Options{Progress: fakecloud.Polls(1)})
	id := uploaded(t, cloud)
	for range 2 {
		if got := must(t, nlb("GetLoadBalancerAttribute", "LoadBalancerId", "nlb-1")); got.text("LoadBalancerId") != "nlb-1" {
			t.Error(got.raw)
		}
		list := must(t, nlb("ListListeners", "LoadBalancerIds.1", "nlb-1", "ListenerProtocol", "TCPSSL", "MaxResults", "100"))
		if list.text("Listeners", 0, "ListenerId") != tcpssl || list.text("TotalCount") != "1" || list.text("NextToken") != "" {
			t.Fatal(list.raw)
		}
		must(t, nlb("GetListenerAttribute", "ListenerId", tcpssl))
		must(t, nlb("UpdateListenerAttribute", "ListenerId", tcpssl, "CertificateIds.1", id))
		if got := must(t, nlb("GetListenerAttribute", "ListenerId", tcpssl)); got.text("ListenerStatus") != "Configuring" {
			t.Error(got.raw)
		}
		if got := must(t, nlb("GetListenerAttribute", "ListenerId", tcpssl)); got.text("ListenerStatus") != "Running" || got.text("CertificateIds", 0) != id {
			t.Error(got.raw)
		}
	}
	want(t, nlb("GetLoadBalancerAttribute", "LoadBalancerId", "alb-1"), 404, "ResourceNotFound.loadBalancer")
	checkJournal(t, cloud, 0)
}

// TestDnsmgrNetworkListener makes the calls of dnsmgr's deployment of an additional
// certificate, and again, and of the default one.
func TestDnsmgrNetworkListener(t *testing.T) {
	cloud, nlb := withNLB(t, fakecloud.Options{Progress: fakecloud.Polls(1)})
	id := uploaded(t, cloud)
	has := func() bool {
		list := must(t, nlb("ListListenerCertificates", "MaxResults", "50", "ListenerId", tcpssl, "CertificateType", "Server"))
		return list.text("Certificates", 1, "CertificateId") == id
	}
	if has() {
		t.Fatal("it is associated already")
	}
	must(t, nlb("AssociateAdditionalCertificatesWithListener", "ListenerId", tcpssl, "AdditionalCertificateIds.1", id))
	if !has() {
		t.Error("it is not associated")
	}
	want(t, nlb("UpdateListenerAttribute", "ListenerId", tcpssl, "CertificateIds.1", id), 400, "ResourceAlreadyAssociated.Certificate")
	cloud.AssertAssociated(t, tcpssl, id)
	checkJournal(t, cloud, 0)
}

// TestProductsShareNames: the version decides whose operation a call is, the gateway
// answers with that one's parameters, and a fault may be of one product.
func TestProductsShareNames(t *testing.T) {
	cloud, nlb := withNLB(t, fakecloud.Options{})
	want(t, nlb("AssociateAdditionalCertificatesWithListener", "ListenerId", tcpssl), 400, "MissingAdditionalCertificateIds")
	want(t, nlb("AssociateAdditionalCertificatesWithListener", "ListenerId", tcpssl, "AdditionalCertificateIds", `["1"]`), 400, "InvalidAdditionalCertificateIds")
	want(t, call(t, cloud, "AssociateAdditionalCertificatesWithListener", "ListenerId", tcpssl, "AdditionalCertificateIds.1", "1"), 400, "MissingCertificates")
	want(t, nlb("GetJobStatus"), 400, "MissingJobId")
	want(t, nlb("GetJobStatus", "JobId", "job-9"), 400, "IllegalParam")
	if err := cloud.Inject(fakecloud.Fault{Action: "Nlb:ListListenerCertificates", Code: "ResourceNotFound.listener"}); err != nil {
		t.Fatal(err)
	}
	want(t, nlb("ListListenerCertificates", "ListenerId", tcpssl), 404, "ResourceNotFound.listener")
	must(t, call(t, cloud, "ListListenerCertificates", "ListenerId", listener))
	if err := cloud.Inject(fakecloud.Fault{Action: "Ecs:ListListenerCertificates", Code: "Throttling"}); err == nil {
		t.Error("an operation that no product has")
	}
	if l, _ := cloud.State().ALB.Listeners.Get(tcpssl); l.Product != alb.NLB || errcodes.GetJobStatus.Product() != alb.NLB {
		t.Errorf("%+v", l)
	}
}
