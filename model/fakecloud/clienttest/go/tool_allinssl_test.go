package clienttest

import (
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/cdn"
)

// TestAllinssl deploys with the plugins of allinssl: one call of the generated clients'
// core, with neither type nor name of the certificate.
func TestAllinssl(t *testing.T) {
	first, second, third := renewals()
	cloud := startDemo(t)
	d := deployer{demo(cloud.Running), callOpenAPI(""), time.Millisecond}
	set := func(p cdnProduct, c pair, domain string) func() error {
		params := map[string]string{"DomainName": domain, "SSLProtocol": "on", "SSLPub": strings.TrimSpace(c.certificate), "SSLPri": strings.TrimSpace(c.key)}
		if p.name == "dcdn" {
			params["CertType"] = "upload"
		}
		return func() error {
			_, err := d.call(p.version, p.set, params)
			return err
		}
	}
	center := func(c pair) func() error {
		return func() error {
			_, err := d.cas(upload, map[string]string{"Name": "allinssl-certificate", "Cert": c.certificate, "Key": c.key})
			return err
		}
	}
	served := func(p cdnProduct, c pair, domain string) func() {
		return func() { cloud.AssertServed(t, cdn.DomainID(p.name, domain), c.certificate) }
	}
	const shop = "shop.example.com"
	var stages []stage
	for _, p := range []cdnProduct{certimateCDN, certimateDCDN} {
		calls := []string{p.set}
		stages = append(stages, []stage{
			{p.name + ", first", set(p, first, demoDomain), "", calls, served(p, first, demoDomain)},
			{p.name + ", renewal", set(p, second, demoDomain), "", calls, served(p, second, demoDomain)},
			{p.name + ", second renewal", set(p, third, demoDomain), "", calls, served(p, third, demoDomain)},
			{p.name + ", the same again", set(p, third, demoDomain), "", calls, served(p, third, demoDomain)},
			{p.name + ", another domain", set(p, third, shop), "", calls, served(p, third, shop)},
			{p.name + ", an unknown domain", set(p, third, "elsewhere.example.org"), errcodes.InvalidDomainNotFound, calls, nil},
		}...)
	}
	// A fault of the tool: its certificates have one name unless the user gives another.
	stages = append(stages, stage{"center, first", center(first), "", nil, nil}, stage{"center, renewal", center(second), errcodes.NameRepeat, nil, nil})
	cloud.play(t, stages)
}

// TestCLI makes the calls of the aliyun CLI for a deployment. It asks Location for the
// host of a product first.
func TestCLI(t *testing.T) {
	first, second, third := renewals()
	cloud := startDemo(t)
	d := deployer{demo(cloud.Running), callV1Common, time.Millisecond}
	endpoint := func(product string) error {
		body, err := d.call("2015-06-12", "DescribeEndpoints", map[string]string{"Id": "cn-hangzhou", "ServiceCode": product, "Type": "openAPI"})
		if err != nil {
			return err
		}
		found, err := reads(body, "Endpoints.Endpoint.Endpoint", "Endpoints.Endpoint.Type", "Endpoints.Endpoint.SerivceCode", "Endpoints.Endpoint.Id")
		if err == nil && (found["Endpoints.Endpoint.Endpoint"] != cloud.Host() || found["Endpoints.Endpoint.SerivceCode"] != product) {
			t.Errorf("%s is at %v", product, found)
		}
		return err
	}
	run := func(product, version, action string, params map[string]string) func() error {
		return func() error {
			if err := endpoint(product); err != nil {
				return err
			}
			_, err := d.call(version, action, params)
			return err
		}
	}
	set := func(c pair) func() error {
		return run("cdn", versionCDN, setSSL, map[string]string{"DomainName": demoDomain, "SSLProtocol": "on", "CertType": "upload", "SSLPub": c.certificate, "SSLPri": c.key})
	}
	served := func(c pair) func() { return func() { cloud.AssertServed(t, demoDomain, c.certificate) } }
	cloud.play(t, []stage{
		{"who am I", func() error { _, err := d.call("2015-04-01", "GetCallerIdentity", nil); return err }, "", nil, nil},
		{"regions", func() error { _, err := d.call("2014-05-26", "DescribeRegions", nil); return err }, "", nil, nil},
		{"first", set(first), "", []string{"DescribeEndpoints", setSSL}, served(first)},
		{"renewal", set(second), "", nil, served(second)},
		{"second renewal", set(third), "", nil, served(third)},
		{"the same again", set(third), "", nil, served(third)},
		{"domains with a certificate", run("cdn", versionCDN, "DescribeCdnHttpsDomainList", map[string]string{"PageSize": "10"}), "", nil, nil},
		{"certificates", run("cdn", versionCDN, "DescribeCdnCertificateList", nil), "", nil, nil},
		{"listeners", run("alb", versionALB, listListeners, map[string]string{"MaxResults": "10"}), "", nil, nil},
		{"DCDN domains", run("dcdn", versionDCDN, "DescribeDcdnUserDomains", nil), "", nil, nil},
		{"certificate of a listener", run("alb", versionALB, associate, map[string]string{"ListenerId": demoListener, "Certificates.1.CertificateId": "2-cn-hangzhou"}), "", nil, func() {
			cloud.AssertAssociated(t, demoListener, "2-cn-hangzhou")
		}},
		{"the certificates as JSON", run("alb", versionALB, associate, map[string]string{"ListenerId": demoListener, "Certificates": `[{"CertificateId":"3-cn-hangzhou"}]`}), "InvalidCertificates", nil, nil},
		{"an unknown listener", run("alb", versionALB, associate, map[string]string{"ListenerId": "lsn-none", "Certificates.1.CertificateId": "2-cn-hangzhou"}), errcodes.ResourceNotFoundListener, nil, nil},
	})
}
