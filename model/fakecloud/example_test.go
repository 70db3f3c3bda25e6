package fakecloud_test

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/alicert/alicert/model/fakecloud"
)

func ExampleNew() {
	cloud := fakecloud.New(fakecloud.Options{NoAuth: true, Seed: 1})
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

func ExampleStart() {
	var t fakecloud.TB // the *testing.T of a test

	_ = func() {
		cloud := fakecloud.Start(t, fakecloud.Options{})
		cloud.Apply(fakecloud.Demo().Events()...)
		_ = cloud.Inject(fakecloud.Fault{Action: "SetDomainServerCertificate", Times: 2, Code: "Throttling.User"})

		// … have the program under test talk to cloud.URL with the key testid, secret testsecret …

		cloud.AssertDone(t) // the two refusals were met
		for _, call := range cloud.Calls() {
			fmt.Println(call.Action, call.Status, call.Code)
		}
	}
}
