package clienttest

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

// terraformDomain repeats the calls of the resource alicloud_cdn_domain_new for the
// certificate of a domain. It only sends the parameters that have changed.
type terraformDomain struct {
	deployer
	domain string
}

func (r terraformDomain) set(config map[string]string) error {
	params := map[string]string{"DomainName": r.domain}
	maps.Copy(params, config)
	if _, err := r.cdn(setSSL, params); err != nil {
		return err
	}
	return r.online()
}

// online waits until the domain is online.
func (r terraformDomain) online() error {
	return r.until(func() (bool, error) {
		body, err := r.cdn(getDomain, map[string]string{"DomainName": r.domain})
		detail, _ := body["GetDomainDetailModel"].(map[string]any)
		return member(detail, "DomainStatus") == "online", err
	})
}

// info describes the certificate of a domain.
type info struct {
	DomainName, CertName, CertType, CertRegion, ServerCertificate, ServerCertificateStatus string

	CertID string `json:"CertId"`
}

// certificateOf returns the first certificate of an answer.
func certificateOf(body map[string]any) (info, error) {
	var answer struct {
		CertInfos struct{ CertInfo []info }
	}
	if err := decode(body, &answer); err != nil {
		return info{}, err
	}
	if len(answer.CertInfos.CertInfo) == 0 {
		return info{}, errors.New("the answer has no certificate")
	}
	return answer.CertInfos.CertInfo[0], nil
}

// read makes the calls of a state refresh.
func (r terraformDomain) read() (info, error) {
	_, detailErr := r.cdn(getDomain, map[string]string{"DomainName": r.domain})
	body, infoErr := r.cdn(getInfo, map[string]string{"DomainName": r.domain})
	tags, tagsErr := r.cdn(listTags, map[string]string{"ResourceId.1": r.domain, "ResourceType": "DOMAIN"})
	if err := errors.Join(detailErr, infoErr, tagsErr); err != nil {
		return info{}, err
	}
	resources, _ := tags["TagResources"].(map[string]any)
	if _, listed := resources["TagResource"].([]any); !listed {
		return info{}, errors.New("the tags are not a list")
	}
	return certificateOf(body)
}

// TestTerraformDomain uploads the certificate of a domain, replaces it by one of CAS, and
// turns HTTPS off, with the calls of the provider.
func TestTerraformDomain(t *testing.T) {
	cloud := start(t, fakecloud.Options{Progress: fakecloud.Polls(2)})
	r := terraformDomain{deployer{demo(cloud), callTeaRPC, time.Millisecond}, "www.example.com"}
	pem := testdata.Read("p256/chain3.pem")
	for _, step := range []struct {
		config map[string]string
		want   info
	}{
		{
			map[string]string{"SSLProtocol": "on", "CertName": "tf", "CertType": "upload", "SSLPub": pem, "SSLPri": testdata.Read("p256/key.pem")},
			info{DomainName: r.domain, CertName: "tf", CertType: "upload", CertRegion: "cn-hangzhou", ServerCertificate: pem, ServerCertificateStatus: "on"},
		},
		{
			map[string]string{"SSLProtocol": "on", "CertId": "2", "CertType": "cas", "CertRegion": "cn-hangzhou"},
			info{DomainName: r.domain, CertName: "first", CertType: "cas", CertID: "2", CertRegion: "cn-hangzhou", ServerCertificateStatus: "on"},
		},
		{
			map[string]string{"SSLProtocol": "off"},
			info{DomainName: r.domain, ServerCertificateStatus: "off"},
		},
	} {
		before := len(cloud.Calls())
		if err := r.set(step.config); err != nil {
			t.Fatalf("%T %v", err, err)
		}
		got, err := r.read()
		if number, _ := strconv.Atoi(got.CertID); got.CertType == "upload" && number > 0 {
			got.CertID = "" // an upload gets any number
		}
		if err != nil || got != step.want {
			t.Fatalf("got %+v, %v; want %+v", got, err, step.want)
		}
		want := []string{setSSL, getDomain, getDomain, getDomain, getDomain, getInfo, listTags}
		if got := actions(cloud)[before:]; !slices.Equal(got, want) {
			t.Errorf("got %q; want %q", got, want)
		}
	}
	stranger := r
	stranger.domain = strings.Replace(r.domain, "www", "elsewhere", 1)
	if _, err := stranger.read(); err == nil {
		t.Error("a domain that is not there is read")
	}
}
