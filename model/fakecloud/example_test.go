package fakecloud_test

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/alicert/alicert/model/fakecloud"
)

func ExampleNew() {
	cloud := fakecloud.New(fakecloud.Options{NoAuth: true, Seed: 1, Progress: fakecloud.Polls(1)})
	if err := cloud.Seed(fakecloud.Demo()); err != nil {
		fmt.Println(err)
		return
	}
	client := &http.Client{Transport: cloud.Transport()} // no socket; any host name leads here
	call := func(query string) {
		var answer struct{ Code, JobID, ListenerStatus string }
		resp, err := client.Get("http://alb.cn-hangzhou.aliyuncs.com/?Version=2020-06-16&Format=JSON&ListenerId=lsn-https&" + query)
		if err != nil {
			fmt.Println(err)
			return
		}
		defer func() { _ = resp.Body.Close() }()
		if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
			fmt.Println(err)
		}
		fmt.Println(resp.StatusCode, answer.Code+answer.JobID+answer.ListenerStatus)
	}
	call("Action=AssociateAdditionalCertificatesWithListener&Certificates.1.CertificateId=2-cn-hangzhou")
	_ = cloud.Inject(fakecloud.Fault{Times: 1, Code: "SystemBusy"})
	call("Action=GetListenerAttribute")
	call("Action=GetListenerAttribute")
	call("Action=GetListenerAttribute")

	// Output:
	// 200 job-6AE6783F-4FBD-491B-AEB8-8B73A48ED247
	// 400 SystemBusy
	// 200 Configuring
	// 200 Running
}

// A test of a deployment from its own domain to what is served in the end.
func ExampleCloud_AssertServed() {
	var (
		t       fakecloud.TB // the *testing.T of a test
		certPEM string       // the chain to deploy
	)

	_ = func() {
		cloud := fakecloud.Start(t, fakecloud.Options{NoAuth: true})
		if err := cloud.AddDomain("www.example.com"); err != nil {
			t.Fatalf("%v", err)
		}
		if err := cloud.AddListener("lsn-1", "alb-1", ""); err != nil {
			t.Fatalf("%v", err)
		}

		// … have the program under test deploy certPEM to both at cloud.URL …

		if err := cloud.FinishAll(); err != nil {
			t.Fatalf("%v", err)
		}
		cloud.AssertServed(t, "www.example.com", certPEM)
		cloud.AssertAssociated(t, "lsn-1", "1000001-cn-hangzhou")
		cloud.AssertNothingUnknown(t)
	}
}

func ExampleStart() {
	var t fakecloud.TB // the *testing.T of a test

	_ = func() {
		cloud := fakecloud.Start(t, fakecloud.Options{})
		if err := cloud.Seed(fakecloud.Demo()); err != nil {
			t.Fatalf("%v", err)
		}
		_ = cloud.Inject(fakecloud.Fault{Action: "SetDomainServerCertificate", Times: 2, Code: "Throttling.User"})

		// … have the program under test talk to cloud.URL with the key testid, secret testsecret …

		cloud.AssertDone(t) // the two refusals were met, and no operation was missing
		for _, call := range cloud.Calls() {
			fmt.Println(call.Action, call.Status, call.Code)
		}
	}
}
