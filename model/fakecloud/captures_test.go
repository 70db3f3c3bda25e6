package fakecloud_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/validate"
)

// keysOfCaptures returns the keys that signed the captures, one without and one with a
// security token.
func keysOfCaptures() []fakecloud.Key {
	temporary := fakecloud.DemoKey()
	temporary.SecurityToken = validate.NewSecret("CAIS+/=token~*")
	return []fakecloud.Key{fakecloud.DemoKey(), temporary}
}

// TestCaptures checks that captured requests of real clients get the answers of the
// model.
func TestCaptures(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "captures", "*.http"))
	if err != nil || len(files) != 61 {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".http")
		t.Run(name, func(t *testing.T) {
			cloud := newShop(t, fakecloud.Options{Keys: keysOfCaptures(), Window: -1})
			got := send(t, cloud, captured(t, file))
			checkCaptured(t, cloud, name, got)
			if calls := cloud.Calls(); len(calls) != 1 || calls[0].Status != got.status {
				t.Errorf("calls %+v", calls)
			}
			checkJournal(t, cloud, 0)
		})
	}
}

func checkCaptured(t *testing.T, cloud *fakecloud.Cloud, name string, got answer) {
	t.Helper()
	switch action := name[strings.LastIndexByte(name, '-')+1:]; {
	case strings.Contains(name, "json-array"):
		want(t, got, 400, "InvalidCertificates")
		if message := got.text("Message"); message != "Specified parameter Certificates is not valid. Illegal parameter serialization format. Flat format is required." {
			t.Error(message)
		}
	case strings.Contains(name, "12-certs"):
		// The shop has none of the twelve certificates. The first one decides.
		want(t, got, 404, "ResourceNotFound.Certificate")
		if message := got.text("Message"); message != "The specified resource cert-01-cn-hangzhou is not found." {
			t.Error(message)
		}
	case strings.Contains(name, "format-xml"):
		if got.status != 400 || !strings.Contains(got.raw, "<Code>DryRunOperation</Code>") {
			t.Errorf("%d %s", got.status, got.raw)
		}
	case strings.Contains(name, "go-openapi-v3-SetCdn"): // CAS has no such certificate
		want(t, got, 400, "SSLPri.MissingParameter")
	case action == "AssociateAdditionalCertificatesWithListener":
		want(t, got, 400, "DryRunOperation")
	case action == "DissociateAdditionalCertificatesFromListener":
		want(t, got, 400, "ResourceNotAssociated.Certificate")
	case strings.Contains(name, "encoding"): // only CertName is special; an absent status means off
		must(t, got)
		if certName := cloud.Calls()[0].Values.Get("CertName"); certName != "a b*c~d+e/f=g&h%i#j?证书!'()" {
			t.Errorf("CertName %q", certName)
		}
	case action == "SetDomainServerCertificate", action == "SetCdnDomainSSLCertificate":
		must(t, got)
		if d, _ := cloud.State().CDN.Domains.Get(www); !d.HTTPS || !d.Configuring || d.Bound == "" {
			t.Errorf("the domain afterwards: %+v", d)
		}
	default:
		must(t, got)
	}
}
