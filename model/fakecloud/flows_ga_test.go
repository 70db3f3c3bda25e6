package fakecloud_test

import (
	"testing"

	"github.com/alicert/alicert/model/fakecloud"
)

// TestToolsOnGA makes the calls of certimate, dnsmgr and Terraform for a domain of an
// accelerator's listener, and then for its default certificate.
func TestToolsOnGA(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Polls(1)})
	first := firstID(t, cloud)
	if err := cloud.AddListener("lsr-1", "ga-1", first); err != nil {
		t.Fatal(err)
	}
	id := uploaded(t, cloud)
	ga := func(action string, params ...string) answer {
		t.Helper()
		return call(t, cloud, action, append([]string{"Version", "2019-11-20", "RegionId", "cn-hangzhou", "AcceleratorId", "ga-1", "ListenerId", "lsr-1"}, params...)...)
	}
	active := func() {
		t.Helper()
		for range 3 {
			if must(t, ga("DescribeListener")).text("State") == "active" && must(t, ga("DescribeAccelerator")).text("State") == "active" {
				return
			}
		}
		t.Fatal("the listener is not active")
	}
	if got := must(t, ga("ListListeners", "PageNumber", "1", "PageSize", "50")); got.text("Listeners", 0, "Protocol") != "https" {
		t.Errorf("%s", got.raw)
	}
	must(t, ga("ListListenerCertificates", "MaxResults", "20"))
	if got := must(t, ga("AssociateAdditionalCertificatesWithListener", "Certificates.1.Id", first, "Certificates.1.Domain", "www.example.com", "ClientToken", "TF-1")); got.text("ListenerId") != "lsr-1" {
		t.Errorf("%s", got.raw)
	}
	want(t, ga("UpdateAdditionalCertificateWithListener", "Domain", "www.example.com", "CertificateId", id), 400, "NotActive.Listener")
	active()
	must(t, ga("UpdateAdditionalCertificateWithListener", "Domain", "www.example.com", "CertificateId", id))
	active()
	if got := must(t, ga("ListListenerCertificates", "Role", "additional")); got.text("Certificates", 0, "CertificateId") != id || got.text("Certificates", 0, "Domain") != "www.example.com" {
		t.Errorf("%s", got.raw)
	}
	must(t, ga("UpdateListener", "Certificates.1.Id", id))
	active()
	must(t, ga("DissociateAdditionalCertificatesFromListener", "Domains.1", "www.example.com", "ClientToken", "TF-2"))
	active()
	want(t, ga("DissociateAdditionalCertificatesFromListener"), 400, "MissingDomains")
	want(t, call(t, cloud, "DescribeListener", "Version", "2019-11-20", "RegionId", "cn-hangzhou", "ListenerId", "lsr-9"), 400, "NotExist.Listener")
	checkJournal(t, cloud, 0)
}
