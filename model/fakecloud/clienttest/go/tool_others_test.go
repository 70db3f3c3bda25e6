package clienttest

import (
	"errors"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/cdn"
)

// TestDeployAction repeats the action deploy-certificate-to-aliyun: it uploads with the
// first domain, and binds the other domains to the certificate that this made. It does the
// same if the certificate was uploaded before.
func TestDeployAction(t *testing.T) {
	first, second, third := renewals()
	for _, refuses := range []bool{false, true} { // certificates that were uploaded before
		t.Run(fmt.Sprint("repeated content is refused: ", refuses), func(t *testing.T) {
			cloud := startDemo(t)
			cloud.Apply(account.Input{Action: cdn.RepeatedContentChanged{Refuse: refuses}})
			d := deployer{demo(cloud.Running), callOpenAPI(""), time.Millisecond}
			deploy := func(name string, c pair, domains ...string) func() error {
				return func() error {
					_, err := d.cdn(setSSL, map[string]string{"DomainName": domains[0], "SSLProtocol": "on", "CertName": name, "CertType": "upload", "SSLPub": c.certificate, "SSLPri": c.key})
					code, _ := errcodes.Of(err)
					bound := domains[1:]
					if code == errcodes.CertificateContentDuplicated || code == errcodes.CertNameAlreadyExists {
						err, bound = nil, domains
					}
					if err != nil {
						return err
					}
					body, err := d.cdn("DescribeCdnCertificateDetail", map[string]string{"CertName": name})
					if err != nil {
						return err
					}
					var errs []error
					for _, domain := range bound {
						_, err := d.cdn(setSSL, map[string]string{"DomainName": domain, "SSLProtocol": "on", "CertType": "cas", "CertId": number(body, "CertId"), "CertName": name})
						errs = append(errs, err)
					}
					return errors.Join(errs...)
				}
			}
			served := func(c pair, domains ...string) func() {
				return func() {
					for _, domain := range domains {
						cloud.AssertServed(t, domain, c.certificate)
					}
				}
			}
			const shop = "shop.example.com"
			cloud.play(t, []stage{
				{"first", deploy("one", first, demoDomain, shop), "", []string{setSSL, "DescribeCdnCertificateDetail", setSSL}, served(first, demoDomain, shop)},
				{"renewal", deploy("two", second, demoDomain, shop), "", nil, served(second, demoDomain, shop)},
				{"second renewal", deploy("three", third, demoDomain, shop), "", nil, served(third, demoDomain, shop)},
				{"the same again", deploy("three", third, demoDomain, shop), "", nil, served(third, demoDomain, shop)},
				{"an unknown domain", deploy("four", first, "elsewhere.example.org"), errcodes.InvalidDomainNotFound, []string{setSSL}, nil},
			})
		})
	}
}

// TestCertRenew repeats AliyunCertRenew: a deployment job of the center for the resources
// whose certificate ends soon.
func TestCertRenew(t *testing.T) {
	first, second, _ := renewals()
	cloud := startDemo(t)
	d := deployer{demo(cloud.Running), callOpenAPI(""), 5 * time.Millisecond}
	renew := func(name string, c pair) func() error {
		return func() error {
			resources, err := d.cas("ListCloudResources", map[string]string{"CloudName": "aliyun", "Keyword": demoDomain})
			if err != nil {
				return err
			}
			var list struct {
				Data []struct {
					ID                  int `json:"Id"`
					Domain, CertEndTime string
					EnableHTTPS         int `json:"EnableHttps"`
				}
			}
			if err := decode(resources, &list); err != nil {
				return err
			}
			if len(list.Data) != 2 || list.Data[0].Domain != demoDomain { // of CDN and of DCDN
				return fmt.Errorf("resources %+v", list)
			}
			uploaded, err := d.cas(upload, map[string]string{"Name": name, "Cert": c.certificate, "Key": c.key})
			if err != nil {
				return err
			}
			contact, err := d.contact(nil)
			if err != nil {
				return err
			}
			job, err := d.cas("CreateDeploymentJob", map[string]string{
				"Name": name, "JobType": "user", "CertIds": number(uploaded, "CertId"), "ResourceIds": strconv.Itoa(list.Data[0].ID), "ContactIds": contact,
			})
			if err != nil {
				return err
			}
			_, err = d.cas("UpdateDeploymentJobStatus", map[string]string{"JobId": number(job, "JobId"), "Status": "scheduling"})
			return err
		}
	}
	calls := []string{"ListCloudResources", upload, "ListContact", "CreateDeploymentJob", "UpdateDeploymentJobStatus"}
	cloud.play(t, []stage{
		{"first", renew("one", first), "", calls, nil},
		{"renewal", renew("two", second), "", calls, nil},
		{"the same name again", renew("two", second), errcodes.NameRepeat, calls[:2], nil},
	})
}
