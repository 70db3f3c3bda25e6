package clienttest

import (
	"os"
	"strings"
	"testing"

	cdn "github.com/alibabacloud-go/cdn-20180510/v5/client"
	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"

	"github.com/alicert/alicert/model/fakecloud"
)

// issue returns a certificate for the recipe below.
func issue(_ *testing.T, name string) (chain, key string) {
	first, renewed, _ := renewals()
	if name == "first" {
		return first.certificate, first.key
	}
	return renewed.certificate, renewed.key
}

func TestRenewal(t *testing.T) {
	cloud := fakecloud.Start(t, fakecloud.Options{})
	if err := cloud.AddDomain("www.example.com"); err != nil {
		t.Fatal(err)
	}
	client, err := cdn.NewClient(&openapi.Config{
		AccessKeyId: new("testid"), AccessKeySecret: new("testsecret"),
		Endpoint: new(cloud.Host()), Protocol: new("http"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"first", "renewed"} {
		chain, key := issue(t, name) // yours
		_, err := client.SetCdnDomainSSLCertificate(&cdn.SetCdnDomainSSLCertificateRequest{
			DomainName: new("www.example.com"), SSLProtocol: new("on"),
			CertName: new(name), SSLPub: new(chain), SSLPri: new(key),
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := cloud.FinishAll(); err != nil { // no waiting for the rollout
			t.Fatal(err)
		}
		cloud.AssertServed(t, "www.example.com", chain)
	}
	cloud.AssertNothingUnknown(t)
}

// TestRecipe checks that CLIENTS.md prints the test above.
func TestRecipe(t *testing.T) {
	file, err := os.ReadFile("recipe_test.go")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../CLIENTS.md")
	if err != nil {
		t.Fatal(err)
	}
	_, test, _ := strings.Cut(string(file), "\nfunc TestRenewal")
	test, _, _ = strings.Cut(test, "\n}\n")
	if !strings.Contains(string(page), "```go\nfunc TestRenewal"+test+"\n}\n```\n") {
		t.Error("CLIENTS.md prints another test")
	}
}
