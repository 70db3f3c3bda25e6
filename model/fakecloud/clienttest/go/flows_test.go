package clienttest

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/fakecloud"
)

// The other operations of the deployments.
const (
	dissociate       = "DissociateAdditionalCertificatesFromListener"
	listCertificates = "ListListenerCertificates"
	getListener      = "GetListenerAttribute"
	updateListener   = "UpdateListenerAttribute"
	getLoadBalancer  = "GetLoadBalancerAttribute"
	listListeners    = "ListListeners"
	listOrders       = "ListUserCertificateOrder"
	upload           = "UploadUserCertificate"
	getUploaded      = "GetUserCertificateDetail"
	getDetail        = "GetCertificateDetail"
	setDCDN          = "SetDcdnDomainSSLCertificate"
	getDomain        = "DescribeCdnDomainDetail"
	getInfo          = "DescribeDomainCertificateInfo"
	listDomains      = "DescribeUserDomains"
	listTags         = "ListTagResources"
)

// The versions of the APIs.
const (
	versionALB  = "2020-06-16"
	versionCAS  = "2020-04-07"
	versionCDN  = "2018-05-10"
	versionDCDN = "2018-01-15"
)

// deployer makes the calls of a deployment.
type deployer struct {
	to    target
	calls func(target, call) (answer, error)
	pause time.Duration // between two polls, instead of seconds
}

func (d deployer) call(version, action string, params map[string]string) (map[string]any, error) {
	a, err := d.calls(d.to, call{action, version, params})
	return a.body, err
}

func (d deployer) alb(action string, params map[string]string) (map[string]any, error) {
	return d.call(versionALB, action, params)
}

func (d deployer) cdn(action string, params map[string]string) (map[string]any, error) {
	return d.call(versionCDN, action, params)
}

func (d deployer) cas(action string, params map[string]string) (map[string]any, error) {
	return d.call(versionCAS, action, params)
}

// contact returns the id of the first contact, which a deployment job has to name.
func (d deployer) contact(params map[string]string) (string, error) {
	const id = "ContactList.ContactId"
	contacts, err := d.cas("ListContact", params)
	if err != nil {
		return "", err
	}
	found, err := reads(contacts, id)
	return found[id], err
}

// until polls until a condition holds, at most 1000 times.
func (d deployer) until(look func() (done bool, err error)) error {
	for range 1000 {
		if done, err := look(); done || err != nil {
			return err
		}
		time.Sleep(d.pause)
	}
	return errors.New("it takes too long")
}

// listed is a certificate in the list of a listener.
type listed struct {
	CertificateID string `json:"CertificateId"`
	Status        string
	IsDefault     bool
}

// certificates lists the certificates of a listener, page by page.
func (d deployer) certificates(params map[string]string) ([]listed, error) {
	var all []listed
	for {
		body, err := d.alb(listCertificates, params)
		if err != nil {
			return nil, err
		}
		var page struct {
			Certificates []listed
			NextToken    string
		}
		if err := decode(body, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Certificates...)
		if page.NextToken == "" {
			return all, nil
		}
		params["NextToken"] = page.NextToken
	}
}

// decode decodes the body of an answer.
func decode(body map[string]any, v any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}

// terraform repeats the calls of the resource alicloud_alb_listener_additional_certificate_attachment.
type terraform struct {
	deployer
	listener, certificate string
}

func (r terraform) params(action string) map[string]string {
	token := fmt.Sprintf("TF-%s-%d-%s", action, time.Now().Unix(), rand.Text())
	return map[string]string{
		"ListenerId": r.listener, "Certificates.1.CertificateId": r.certificate,
		"RegionId": "cn-hangzhou", "ClientToken": token[:min(len(token), 64)],
	}
}

// change repeats a call until no other change is pending.
func (r terraform) change(action string) error {
	params := r.params(action)
	return r.until(func() (bool, error) {
		_, err := r.alb(action, params)
		if code, _ := errcodes.Of(err); code == errcodes.ResourceInConfiguringListener || code == errcodes.IncorrectStatusListener {
			return false, nil
		}
		return true, err
	})
}

// status returns the status of the attachment, or "" if there is none.
func (r terraform) status() (string, error) {
	all, err := r.certificates(map[string]string{"ListenerId": r.listener, "MaxResults": "50"})
	i := slices.IndexFunc(all, func(l listed) bool { return l.CertificateID == r.certificate })
	if i < 0 {
		return "", err
	}
	return all[i].Status, nil
}

func (r terraform) wait(status string) error {
	return r.until(func() (bool, error) {
		now, err := r.status()
		return now == status, err
	})
}

func (r terraform) create() error { return errors.Join(r.change(associate), r.wait("Associated")) }
func (r terraform) destroy() error {
	return errors.Join(r.change(dissociate), r.wait(""))
}

// TestTerraformAttachment creates and destroys a resource with the calls of the provider.
func TestTerraformAttachment(t *testing.T) {
	cloud := start(t, fakecloud.Options{Progress: fakecloud.Polls(2)})
	r := terraform{deployer{demo(cloud), callTeaRPC, time.Millisecond}, "lsn-https", "2-cn-hangzhou"}
	if err := r.create(); err != nil {
		t.Fatal(err)
	}
	if status, err := r.status(); status != "Associated" || err != nil { // a later plan
		t.Fatal(status, err)
	}
	if err := r.destroy(); err != nil {
		t.Fatal(err)
	}
	want := []string{associate, listCertificates, listCertificates, listCertificates, listCertificates, dissociate, listCertificates, listCertificates, listCertificates}
	if got := actions(cloud); !slices.Equal(got, want) {
		t.Errorf("got %q; want %q", got, want)
	}
}

// TestTerraformAttachments checks that a second resource on the listener waits for the
// first.
func TestTerraformAttachments(t *testing.T) {
	cloud := start(t, fakecloud.Options{Progress: fakecloud.Polls(2)})
	first := terraform{deployer{demo(cloud), callTeaRPC, time.Millisecond}, "lsn-https", "2-cn-hangzhou"}
	second := first
	second.certificate = "3-cn-hangzhou"
	for _, step := range []struct{ action, status string }{{associate, "Associated"}, {dissociate, ""}} {
		before := len(cloud.Calls())
		if err := errors.Join(first.change(step.action), second.change(step.action), first.wait(step.status), second.wait(step.status)); err != nil {
			t.Fatal(err)
		}
		if second := cloud.Calls()[before+1]; second.Action != step.action || second.Code != string(errcodes.IncorrectStatusListener) {
			t.Errorf("the second %s was answered with %q", step.action, second.Code)
		}
	}
	if lb, _ := cloud.State().ALB.LoadBalancers.Get("alb-1"); lb.Associations != 0 {
		t.Errorf("%d associations are left", lb.Associations)
	}
}

// actions returns the called operations.
func actions(cloud *fakecloud.Running) []string {
	var names []string
	for _, c := range cloud.Calls() {
		names = append(names, c.Action)
	}
	return names
}
