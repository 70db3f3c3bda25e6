package fakecloud_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

// TestSecretsStayOut: a private key is put into every parameter of every operation
// and into what has no parameter, and shows nowhere afterwards.
func TestSecretsStayOut(t *testing.T) {
	secret := testdata.Read("p256/key.pem")
	lines := strings.Split(secret, "\n")
	traces := []string{lines[1], url.QueryEscape(lines[1]), url.QueryEscape(url.QueryEscape(lines[1]))}
	parameters := []string{
		"DomainName", "ServerCertificateStatus", "ServerCertificate", "PrivateKey", "CertType", "CertName", "ForceSet", "ListenerId",
		"Certificates.1.CertificateId", "Certificates", "ClientToken", "DryRun", "CertificateType", "NextToken", "MaxResults", "LoadBalancerIds.1",
		"ListenerProtocol", "LoadBalancerId", "JobIds.1", "ResourceIds.1", "Name", "Cert", "Key", "CertId", "PageNumber", "SSLProtocol", "SSLPub", "SSLPri", "CertRegion", "Env", "ResourceId.1", "ResourceType", "Unknown", secret, "Action", "Version",
	}
	cloud := open(t, fakecloud.Options{Remember: 100_000})
	base := []string{
		"DomainName", www, "ServerCertificateStatus", "on", "ServerCertificate", testdata.Read("p256/leaf.pem"), "PrivateKey", secret, "CertName", "a",
		"SSLProtocol", "on", "SSLPub", testdata.Read("p256/leaf.pem"), "SSLPri", secret,
		"ForceSet", "1", "ListenerId", listener, "Certificates.1.CertificateId", first, "Name", "b", "Cert", testdata.Read("p256/leaf.pem"), "Key", secret,
	}
	for _, action := range fakecloud.OperationNames() {
		for _, parameter := range parameters {
			got := call(t, cloud, action, append(slices.Clip(base), parameter, secret)...)
			for _, trace := range traces {
				if strings.Contains(got.raw, trace) {
					t.Errorf("%s: %.40s: the answer has the key: %s", action, parameter, got.raw)
				}
			}
		}
	}
	state, err := json.Marshal(cloud.State())
	if err != nil {
		t.Fatal(err)
	}
	calls, err := json.Marshal(cloud.Calls())
	if err != nil {
		t.Fatal(err)
	}
	var journal bytes.Buffer
	if _, err := cloud.Journal().WriteTo(&journal); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"state": string(state), "calls": string(calls), "journal": journal.String(),
		"printed": fmt.Sprintf("%v %+v %#v", cloud.State(), cloud.Journal(), cloud.Calls()),
	} {
		if len(text) < 1000 {
			t.Errorf("%s: %q", name, text)
		}
		for _, trace := range append(traces, "testsecret") {
			if strings.Contains(text, trace) {
				t.Errorf("the %s has it", name)
			}
		}
	}
	if !strings.Contains(string(calls), "[REDACTED]") {
		t.Error("nothing was left out of the calls")
	}
	checkJournal(t, cloud, 0)
}
