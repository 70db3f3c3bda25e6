package clienttest

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

// deployDomains sets the certificate of a CDN domain, or of all domains below "*.".
func (d certimate) deployDomains(domain string) error {
	id, err := d.upload()
	if err != nil {
		return err
	}
	domains := []string{domain}
	if below, wildcard := strings.CutPrefix(domain, "*"); wildcard {
		if domains, err = d.domainsBelow(below); err != nil {
			return err
		}
	}
	var errs []error
	for _, domain := range domains {
		errs = append(errs, d.setDomain(setSSL, versionCDN, domain, id))
	}
	return errors.Join(errs...)
}

func (d certimate) domainsBelow(suffix string) ([]string, error) {
	var below []string
	for page := 1; ; page++ {
		body, err := d.cdn(listDomains, map[string]string{"PageNumber": strconv.Itoa(page), "PageSize": "500"})
		if err != nil {
			return nil, err
		}
		var list struct {
			Domains struct {
				PageData []struct{ DomainName, DomainStatus string }
			}
		}
		if err := decode(body, &list); err != nil {
			return nil, err
		}
		for _, domain := range list.Domains.PageData {
			if strings.HasSuffix(domain.DomainName, suffix) && domain.DomainStatus != "offline" {
				below = append(below, domain.DomainName)
			}
		}
		if len(list.Domains.PageData) < 500 {
			return below, nil
		}
	}
}

// deployDCDN sets the certificate of a DCDN domain.
func (d certimate) deployDCDN(domain string) error {
	id, err := d.upload()
	if err != nil {
		return err
	}
	return d.setDomain(setDCDN, versionDCDN, domain, id)
}

// setDomain sets the certificate of a domain with an operation.
func (d certimate) setDomain(operation, version, domain, id string) error {
	number, region, _ := strings.Cut(id, "-")
	_, err := d.call(version, operation, map[string]string{
		"DomainName": domain, "CertType": "cas", "CertId": number, "CertRegion": region, "SSLProtocol": "on",
	})
	return err
}

// TestCertimateDomains deploys a certificate to all CDN domains below a name, except the
// one that may not use HTTPS. Then it deploys a renewed certificate to one of them, as a
// CDN and as a DCDN domain.
func TestCertimateDomains(t *testing.T) {
	cloud := start(t, fakecloud.Options{Progress: fakecloud.Polls(0)})
	first := certimate{deployer: deployer{demo(cloud), callOpenAPI(""), time.Millisecond}, certificate: testdata.Read("p256/chain3.pem"), key: testdata.Read("p256/key.pem")}
	renewed := first
	renewed.certificate, renewed.key = testdata.Read("rsa2048/chain3.pem"), testdata.Read("rsa2048/key.pem")
	const www, scheduled = "www.example.com", "scheduled.example.com"
	for _, step := range []struct {
		deploy  func() error
		refusal errcodes.Code
		actions []string
		want    map[string]string // expected certificates, by domain
	}{
		{
			func() error { return first.deployDomains("*.example.com") }, errcodes.IllegalOperation,
			[]string{listOrders, upload, getUploaded, listDomains, setSSL, setSSL, setSSL},
			map[string]string{www: first.certificate, scheduled: first.certificate},
		},
		{
			func() error { return renewed.deployDomains(www) }, "",
			[]string{listOrders, upload, getUploaded, setSSL},
			map[string]string{www: renewed.certificate, scheduled: first.certificate},
		},
		{
			func() error { return first.deployDCDN(www) }, "",
			[]string{listOrders, getUploaded, setDCDN},
			map[string]string{www: first.certificate, scheduled: first.certificate},
		},
	} {
		before := len(cloud.Calls())
		err := step.deploy()
		if code, _ := errcodes.Of(err); code != step.refusal || (err == nil) != (code == "") {
			t.Fatalf("%T %v", err, err)
		}
		if got := actions(cloud)[before:]; !slices.Equal(got, step.actions) {
			t.Fatalf("got %q; want %q", got, step.actions)
		}
		for domain, want := range step.want {
			body, err := first.cdn(getInfo, map[string]string{"DomainName": domain})
			if err != nil {
				t.Fatal(err)
			}
			if got, err := certificateOf(body); err != nil || got.ServerCertificate != want || got.ServerCertificateStatus != "on" {
				t.Errorf("%s: %+v, %v", domain, got, err)
			}
		}
	}
}
