package clienttest

import (
	"crypto/x509"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/cdn"
)

// dnsmgr repeats the deployments of dnsmgr, which posts forms with curl from PHP.
type dnsmgr struct {
	deployer
	pair
}

func newDnsmgr(cloud *toolCloud, p pair) dnsmgr {
	return dnsmgr{deployer{demo(cloud.Running), form{signature: "body"}.call, time.Millisecond}, p}
}

// hexSerial returns the serial number as PHP prints it: with an even number of digits.
func hexSerial(c *x509.Certificate) string { return fmt.Sprintf("%x", c.SerialNumber.Bytes()) }

// upload returns number and name of the certificate in the center. The tool recognizes its
// certificate by the serial number.
func (d dnsmgr) upload() (number, name string, err error) {
	leaf, err := leafOf(d.certificate)
	if err != nil {
		return "", "", err
	}
	// The tool's name has the date alone. The certificates of the test all have the same one.
	name = fmt.Sprintf("%s-%d-%s", leaf.Subject.CommonName, leaf.NotBefore.Unix(), hexSerial(leaf))
	body, err := d.cas(listOrders, map[string]string{"Keyword": leaf.Subject.CommonName, "OrderType": "CERT"})
	if err != nil {
		return "", "", err
	}
	var orders struct {
		TotalCount           int
		CertificateOrderList []struct {
			CertificateID  int `json:"CertificateId"`
			SerialNo, Name string
		}
	}
	if err := decode(body, &orders); err != nil {
		return "", "", err
	}
	for _, o := range orders.CertificateOrderList {
		if orders.TotalCount > 0 && strings.Contains(strings.ToLower(o.SerialNo), hexSerial(leaf)) {
			return strconv.Itoa(o.CertificateID), o.Name, nil
		}
	}
	body, err = d.cas(upload, map[string]string{"Name": name, "Cert": d.certificate, "Key": d.key})
	if err != nil {
		return "", "", err
	}
	var uploaded struct {
		CertID int `json:"CertId"`
	}
	err = decode(body, &uploaded)
	return strconv.Itoa(uploaded.CertID), name, err
}

// domains sets the certificate of domains, and stops at the first error.
func (d dnsmgr) domains(p cdnProduct, domains ...string) error {
	number, name, err := d.upload()
	for _, domain := range domains {
		if err == nil {
			_, err = d.call(p.version, p.set, map[string]string{"DomainName": domain, "CertName": name, "CertType": "cas", "SSLProtocol": "on", "CertId": number})
		}
	}
	return err
}

// listener sets the default certificate of a listener, or adds an additional one.
func (d dnsmgr) listener(id string, additional bool) error {
	number, _, err := d.upload()
	if err != nil {
		return err
	}
	certificate, action := number+"-cn-hangzhou", updateListener
	if additional {
		all, err := d.certificates(map[string]string{"MaxResults": "100", "ListenerId": id, "CertificateType": "Server"})
		if err != nil {
			return err
		}
		for _, c := range all {
			if c.CertificateID == certificate {
				return nil
			}
		}
		action = associate
	}
	_, err = d.alb(action, map[string]string{"ListenerId": id, "Certificates.1.CertificateId": certificate})
	return err
}

// TestDnsmgr deploys to domains and listeners.
func TestDnsmgr(t *testing.T) {
	first, second, third := renewals()
	for _, p := range []cdnProduct{certimateCDN, certimateDCDN} {
		t.Run(p.name, func(t *testing.T) {
			cloud := startDemo(t)
			deploy := func(c pair, domains ...string) func() error {
				return func() error { return newDnsmgr(cloud, c).domains(p, domains...) }
			}
			served := func(c pair, domains ...string) func() {
				return func() {
					for _, domain := range domains {
						cloud.AssertServed(t, cdn.DomainID(p.name, domain), c.certificate)
					}
				}
			}
			const shop = "shop.example.com"
			uploads, again := []string{listOrders, upload, p.set}, []string{listOrders, p.set}
			check := func() error {
				_, err := newDnsmgr(cloud, first).cas(listOrders, nil)
				return err
			}
			cloud.play(t, []stage{
				{"check of the account", check, "", []string{listOrders}, nil},
				{"first", deploy(first, demoDomain), "", uploads, served(first, demoDomain)},
				{"renewal", deploy(second, demoDomain), "", uploads, served(second, demoDomain)},
				{"second renewal of two domains", deploy(third, demoDomain, shop), "", uploads, served(third, demoDomain, shop)},
				{"the same again", deploy(third, demoDomain, shop), "", again, served(third, demoDomain, shop)},
				{"an unknown domain", deploy(third, "elsewhere.example.org", demoDomain), errcodes.InvalidDomainNotFound, again, served(third, demoDomain)},
			})
		})
	}
	for _, additional := range []bool{false, true} {
		t.Run(fmt.Sprint("Alb, additional ", additional), func(t *testing.T) {
			cloud := startDemo(t)
			deploy := func(c pair, listener string) func() error {
				return func() error { return newDnsmgr(cloud, c).listener(listener, additional) }
			}
			has := func(c pair) func() {
				return func() {
					number, _, err := newDnsmgr(cloud, c).upload()
					if err != nil {
						t.Fatal(err)
					}
					cloud.AssertAssociated(t, demoListener, number+"-cn-hangzhou")
				}
			}
			cloud.play(t, []stage{
				{"first", deploy(first, demoListener), "", nil, has(first)},
				{"renewal", deploy(second, demoListener), "", nil, has(second)},
				{"second renewal", deploy(third, demoListener), "", nil, has(third)},
				{"the same again", deploy(third, demoListener), "", nil, has(third)},
				{"an unknown listener", deploy(third, "lsn-none"), errcodes.ResourceNotFoundListener, nil, nil},
			})
		})
	}
}
