package clienttest

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"
)

// certimate repeats the deployment of a certificate by the tool of that name, which stops
// at the first error.
type certimate struct {
	deployer
	certificate, key string
	domain           string // an SNI domain; "" means the default certificate of the listeners
}

// upload returns the id of the certificate in CAS. It uploads the certificate unless it
// is already there.
func (d certimate) upload() (id string, err error) {
	leaf, err := leafOf(d.certificate)
	if err != nil {
		return "", err
	}
	body, err := d.cas(listOrders, map[string]string{"CurrentPage": "1", "ShowSize": "50", "OrderType": "CERT"})
	if err != nil {
		return "", err
	}
	var orders struct {
		CertificateOrderList []struct {
			CertificateID int `json:"CertificateId"`
			SerialNo      string
		}
	}
	if err := decode(body, &orders); err != nil {
		return "", err
	}
	for _, o := range orders.CertificateOrderList {
		if serial, ok := new(big.Int).SetString(o.SerialNo, 16); !ok || serial.Cmp(leaf.SerialNumber) != 0 {
			continue
		}
		if text, id, err := d.uploaded(o.CertificateID); err != nil || text == d.certificate {
			return id, err
		}
	}
	body, err = d.cas(upload, map[string]string{"Name": fmt.Sprintf("certimate_%d", time.Now().UnixMilli()), "Cert": d.certificate, "Key": d.key})
	if err != nil {
		return "", err
	}
	var number struct {
		CertID int `json:"CertId"`
	}
	if err := decode(body, &number); err != nil {
		return "", err
	}
	text, id, err := d.uploaded(number.CertID)
	if err == nil && text != d.certificate {
		err = fmt.Errorf("certificate %s has another text", id)
	}
	return id, err
}

// uploaded returns the text and the id of a certificate in CAS.
func (d certimate) uploaded(number int) (text, id string, err error) {
	body, err := d.cas(getUploaded, map[string]string{"CertId": fmt.Sprint(number), "CertFilter": "true"})
	return member(body, "Cert"), member(body, "CertIdentifier"), err
}

// deploy deploys the certificate to listeners.
func (d certimate) deploy(listeners ...string) error {
	id, err := d.upload()
	for _, listener := range listeners {
		if err == nil && d.domain == "" {
			err = d.change(updateListener, listener, id)
		} else if err == nil {
			err = d.deployDomain(listener, id)
		}
	}
	return err
}

// deployDomain adds the certificate and removes the previous certificates of the domain.
func (d certimate) deployDomain(listener, id string) error {
	all, err := d.certificates(map[string]string{"ListenerId": listener, "MaxResults": "100", "CertificateType": "Server"})
	if err != nil {
		return err
	}
	var old []string
	for _, l := range all {
		if l.IsDefault || l.Status != "Associated" || l.CertificateID == id {
			continue
		}
		number, _, _ := strings.Cut(l.CertificateID, "-")
		body, err := d.cas(getDetail, map[string]string{"CertificateId": number})
		if err != nil {
			return err
		}
		if slices.Contains(strings.Split(member(body, "Domain"), ","), d.domain) {
			old = append(old, l.CertificateID)
		}
	}
	if err := d.change(associate, listener, id); err != nil || old == nil {
		return err
	}
	return d.change(dissociate, listener, old...)
}

// change calls an operation when the listener is not being configured.
func (d certimate) change(action, listener string, ids ...string) error {
	if err := d.settle(listener); err != nil {
		return err
	}
	params := map[string]string{"ListenerId": listener}
	for i, id := range ids {
		params[fmt.Sprintf("Certificates.%d.CertificateId", i+1)] = id
	}
	_, err := d.alb(action, params)
	return err
}

// settle waits until the listener is not being configured.
func (d certimate) settle(listener string) error {
	return d.until(func() (bool, error) {
		body, err := d.alb(getListener, map[string]string{"ListenerId": listener})
		return member(body, "ListenerStatus") != "Configuring", err
	})
}

// deployAll deploys the certificate to all listeners of a load balancer.
func (d certimate) deployAll(loadBalancer string) error {
	if _, err := d.alb(getLoadBalancer, map[string]string{"LoadBalancerId": loadBalancer}); err != nil {
		return err
	}
	var listeners []string
	for _, protocol := range []string{"HTTPS", "QUIC"} {
		body, err := d.alb(listListeners, map[string]string{"LoadBalancerIds.1": loadBalancer, "ListenerProtocol": protocol, "MaxResults": "100"})
		var page struct {
			Listeners []struct {
				ListenerID string `json:"ListenerId"`
			}
		}
		if err == nil {
			err = decode(body, &page)
		}
		if err != nil {
			return err
		}
		for _, l := range page.Listeners {
			listeners = append(listeners, l.ListenerID)
		}
	}
	return d.deploy(listeners...)
}
