package clienttest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud"
)

func newCertimate(cloud *toolCloud, p pair, domain string) certimate {
	return certimate{deployer{demo(cloud.Running), callOpenAPI(""), time.Millisecond}, p.certificate, p.key, domain}
}

// TestCertimateDomains deploys to domains of CDN and DCDN.
func TestCertimateDomains(t *testing.T) {
	first, second, third := renewals()
	for _, p := range []cdnProduct{certimateCDN, certimateDCDN} {
		t.Run(p.name, func(t *testing.T) {
			cloud := startDemo(t)
			deploy := func(c pair, domain string) func() error {
				return func() error { return newCertimate(cloud, c, "").deployDomains(p, domain) }
			}
			served := func(c pair, domains ...string) func() {
				return func() {
					for _, domain := range domains {
						cloud.AssertServed(t, cdn.DomainID(p.name, domain), c.certificate)
					}
				}
			}
			event := func(a cdn.Action) func() {
				return func() { cloud.Apply(account.Input{Action: a}) }
			}
			id := cdn.DomainID(p.name, demoDomain)
			uploads := []string{listOrders, upload, getUploaded, p.set}
			again := []string{listOrders, getUploaded, p.set}
			const shop = "shop.example.com"
			cloud.play(t, []stage{
				{"first", deploy(first, demoDomain), "", uploads, served(first, demoDomain)},
				{"renewal", deploy(second, demoDomain), "", uploads, served(second, demoDomain)},
				{"second renewal", deploy(third, demoDomain), "", uploads, served(third, demoDomain)},
				{"the same again", deploy(third, demoDomain), "", again, served(third, demoDomain)},
				{"all domains below a name", deploy(second, "*.example.com"), "", []string{listOrders, getUploaded, p.list, p.set}, served(second, demoDomain, shop)},
				{"the renewal of all", deploy(first, "*.example.com"), "", nil, served(first, demoDomain, shop)},
				{"an unknown domain", deploy(first, "elsewhere.example.org"), errcodes.InvalidDomainNotFound, again, event(cdn.DomainTakenOffline{Domain: id})},
				{"an offline domain", deploy(second, demoDomain), errcodes.InvalidDomainOffline, again, event(cdn.DomainBroughtOnline{Domain: id})},
				{"after an error", deploy(second, demoDomain), "", again, served(second, demoDomain)},
			})
		})
	}
}

// TestCertimateListeners deploys default and additional certificates to listeners.
func TestCertimateListeners(t *testing.T) {
	first, second, third := renewals()
	cloud := startDemo(t)
	deploy := func(c pair, domain string) func() error {
		return func() error { return newCertimate(cloud, c, domain).deploy(demoListener) }
	}
	// has fails unless the certificate is associated, and no other one of the names.
	has := func(c pair) func() {
		return func() {
			id, err := newCertimate(cloud, c, "").upload()
			if err != nil {
				t.Fatal(err)
			}
			cloud.AssertAssociated(t, demoListener, id)
			var others []string
			for key := range cloud.State().ALB.Associations.WithPrefix(demoListener + " ") {
				if _, certificate, _ := strings.Cut(key, " "); certificate != id && !strings.HasPrefix(certificate, "2-") {
					others = append(others, certificate)
				}
			}
			if others != nil {
				t.Errorf("%s also has %q", demoListener, others)
			}
		}
	}
	addDemo := func() error { // an additional certificate of another name
		_, err := newCertimate(cloud, first, "").alb(associate, map[string]string{"ListenerId": demoListener, "Certificates.1.CertificateId": "2-cn-hangzhou"})
		return err
	}
	everywhere := func(c pair) func() error {
		return func() error { return newCertimate(cloud, c, "").deployAll("alb-demo") }
	}
	const domain = "example.com" // of the three certificates, and of no additional one of the demo account
	cloud.play(t, []stage{
		{"another certificate", addDemo, "", nil, nil},
		{"first", deploy(first, domain), "", []string{listOrders, upload, getUploaded, listCertificates, getDetail, getListener, associate}, has(first)},
		{"renewal", deploy(second, domain), "", []string{listOrders, upload, getUploaded, listCertificates, getDetail, getListener, associate, getListener, dissociate}, has(second)},
		{"second renewal", deploy(third, domain), "", nil, has(third)},
		{"the same again", deploy(third, domain), errcodes.ResourceAlreadyAssociatedCertificate, nil, has(third)},
		{"the other certificate stays", func() error { return nil }, "", nil, func() { cloud.AssertAssociated(t, demoListener, "2-cn-hangzhou") }},
		{"default of all listeners", everywhere(first), "", []string{getLoadBalancer, listListeners, listOrders, getUploaded, getListener, updateListener, getListener, updateListener}, func() {
			id, _ := newCertimate(cloud, first, "").upload()
			cloud.AssertAssociated(t, demoListener, id)
			cloud.AssertAssociated(t, "lsn-quic", id)
		}},
		{"default, renewal", everywhere(second), "", nil, nil},
		{"default, second renewal", deploy(third, ""), "", []string{listOrders, getUploaded, getListener, updateListener}, nil},
		{"an unknown listener", func() error { return newCertimate(cloud, first, "").deploy("lsn-none") }, errcodes.ResourceNotFoundListener, nil, nil},
		{"an unknown load balancer", func() error { return newCertimate(cloud, first, "").deployAll("alb-none") }, errcodes.ResourceNotFoundLoadBalancer, nil, nil},
		{"a listener that does not run", func() error {
			cloud.Apply(account.Input{Action: alb.ListenerStopped{ID: demoListener}})
			return deploy(first, "")()
		}, errcodes.IncorrectStatusListener, nil, nil},
	})
}

// TestCertimateFailedJob shows a fault of the tool: it does not look whether the job that
// associates the renewed certificate succeeds, and dissociates the present one.
func TestCertimateFailedJob(t *testing.T) {
	first, second, _ := renewals()
	cloud := startDemo(t)
	if err := newCertimate(cloud, first, "example.com").deploy(demoListener); err != nil {
		t.Fatal(err)
	}
	if err := newCertimate(cloud, first, "").settle(demoListener); err != nil {
		t.Fatal(err)
	}
	old, _ := newCertimate(cloud, first, "").upload()
	cloud.AssertAssociated(t, demoListener, old)
	if err := cloud.Inject(fakecloud.Fault{Action: associate, FailJob: true}); err != nil {
		t.Fatal(err)
	}
	if err := newCertimate(cloud, second, "example.com").deploy(demoListener); err != nil {
		t.Fatal(err)
	}
	if err := newCertimate(cloud, second, "").settle(demoListener); err != nil {
		t.Fatal(err)
	}
	for key := range cloud.State().ALB.Associations.WithPrefix(demoListener + " ") {
		t.Errorf("the tool left %q", key)
	}
}

// TestCertimateDeployment deploys by a job of the certificate center, as its deployer
// cas-deploy does.
func TestCertimateDeployment(t *testing.T) {
	first, second, _ := renewals()
	cloud := startDemo(t)
	deploy := func(c pair) func() error {
		return func() error {
			d := newCertimate(cloud, c, "")
			d.pause = 5 * time.Millisecond
			id, err := d.upload()
			if err != nil {
				return err
			}
			number, _, _ := strings.Cut(id, "-")
			return d.deployJob(number)
		}
	}
	calls := []string{listOrders, upload, getUploaded, "ListContact", "CreateDeploymentJob", "DescribeDeploymentJob"}
	cloud.play(t, []stage{
		{"first", deploy(first), "", calls, nil},
		{"renewal", deploy(second), "", calls, nil},
		{"the same again", deploy(second), "", slices.Concat(calls[:1], calls[2:]), nil},
		{"an unknown certificate", func() error { return newCertimate(cloud, first, "").deployJob("77") }, "NotFound", nil, nil},
	})
	for id, d := range cloud.State().CAS.Deployments.All() {
		if d.Resources != "11,12" || d.Status == cas.DeploymentFault {
			t.Errorf("job %s: %+v", id, d)
		}
	}
}

// deployJob starts a deployment job and waits for it.
func (d certimate) deployJob(number string) error {
	contact, err := d.contact(map[string]string{"ShowSize": "1", "CurrentPage": "1"})
	if err != nil {
		return err
	}
	created, err := d.cas("CreateDeploymentJob", map[string]string{
		"Name": fmt.Sprintf("certimate-%d", time.Now().UnixMilli()), "JobType": "user", "CertIds": number, "ResourceIds": "11,12", "ContactIds": contact,
	})
	if err != nil {
		return err
	}
	return d.until(func() (bool, error) {
		body, err := d.cas("DescribeDeploymentJob", map[string]string{"JobId": fmt.Sprint(created["JobId"])})
		switch status := member(body, "Status"); {
		case err != nil:
			return false, err
		case status == "success", status == "error":
			return true, nil
		case status == "", status == "editing":
			return false, errors.New("unexpected status " + status)
		default:
			return false, nil
		}
	})
}
