package validate_test

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// TestGateway: what the gateway answers to requests of operations that only the wire
// form shows, in the order of the parameters.
func TestGateway(t *testing.T) {
	for _, test := range []struct {
		op    errcodes.Operation
		query string
		want  errcodes.Code
	}{
		{errcodes.SetCdnDomainSSLCertificate, "", "MissingDomainName"},
		{errcodes.SetCdnDomainSSLCertificate, "DomainName=&SSLProtocol=on", "MissingDomainName"},
		{errcodes.SetDcdnDomainSSLCertificate, "DomainName=not+a+name", "MissingSSLProtocol"},
		{errcodes.SetDcdnDomainSSLCertificate, "DomainName=a.b&CertId=x", "MissingSSLProtocol"},
		{errcodes.SetCdnDomainSSLCertificate, "DomainName=a.b&SSLProtocol=x&CertId=1-cn-hangzhou", "InvalidCertId"},
		{errcodes.SetCdnDomainSSLCertificate, "DomainName=a.b&SSLProtocol=x&CertId=007", ""},
		{errcodes.SetCdnDomainSSLCertificate, "DomainName=a.b&SSLProtocol=x&CertId=9223372036854775807", ""},
		{errcodes.SetCdnDomainSSLCertificate, "DomainName=a.b&SSLProtocol=x&CertId=9223372036854775808", "InvalidCertId"},
		{errcodes.SetDomainServerCertificate, "", ""}, // has rows of its own
		{errcodes.SetVodDomainCertificate, "", ""},
		{errcodes.SetVodDomainSSLCertificate, "SSLProtocol=on", "MissingDomainName"},
		{errcodes.SetVodDomainSSLCertificate, "DomainName=a.b&SSLProtocol=on&CertId=x", "InvalidCertId"},
		{errcodes.SetLiveDomainCertificate, "", "MissingDomainName"},
		{errcodes.SetLiveDomainCertificate, "DomainName=a.b", "MissingSSLProtocol"},
		{errcodes.SetLiveDomainCertificate, "DomainName=a.b&SSLProtocol=on&CertId=x", ""}, // it has no such parameter
		{errcodes.AssociateAdditionalCertificatesWithListener, "DryRun=x", "MissingListenerId"},
		{errcodes.AssociateAdditionalCertificatesWithListener, "ListenerId=l&DryRun=x", "MissingCertificates"},
		{errcodes.AssociateAdditionalCertificatesWithListener, "ListenerId=l&Certificates=[]", "InvalidCertificates"},
		{errcodes.AssociateAdditionalCertificatesWithListener, "ListenerId=l&Certificates=[]&Certificates.1.CertificateId=1", "InvalidCertificates"},
		{errcodes.DissociateAdditionalCertificatesFromListener, "ListenerId=l&Certificates.1.CertificateId=&DryRun=0", "InvalidDryRun"},
		{errcodes.DissociateAdditionalCertificatesFromListener, "ListenerId=l&Certificates.1.CertificateId=&DryRun=fAlSe", ""},
		{errcodes.UpdateListenerAttribute, "", "MissingListenerId"},
		{errcodes.UpdateListenerAttribute, "ListenerId=l", ""},
		{errcodes.UpdateListenerAttribute, "ListenerId=l&DryRun=yes", "InvalidDryRun"},
		{errcodes.UpdateListenerAttribute, "ListenerId=l&DefaultActions.1.Type=ForwardGroup", ""},
		{errcodes.CreateListener, "LoadBalancerId=a&ListenerPort=443&ListenerProtocol=HTTPS", "MissingDefaultActions"},
		{errcodes.CreateListener, "LoadBalancerId=a&ListenerPort=443&ListenerProtocol=HTTPS&DefaultActions.1.Type=ForwardGroup", ""},
		{errcodes.CreateListener, "LoadBalancerId=a&ListenerPort=443&ListenerProtocol=HTTPS&DefaultActions=[]", "InvalidDefaultActions"},
		{errcodes.CreateListener, "LoadBalancerId=a&ListenerPort=443&ListenerProtocol.1=HTTPS&DefaultActions.1.Type=ForwardGroup", "MissingListenerProtocol"},
		{errcodes.CreateListener, "LoadBalancerId=a&ListenerPort=x&ListenerProtocol=HTTPS&DefaultActions.1.Type=ForwardGroup", "InvalidListenerPort"},
		{errcodes.DeleteListener, "ListenerId=l&DryRun=yes", "InvalidDryRun"},
		{errcodes.ListListenerCertificates, "", "MissingListenerId"},
		{errcodes.GetLoadBalancerAttribute, "LoadBalancerId=", "MissingLoadBalancerId"},
		{errcodes.DescribeCdnDomainDetail, "", "MissingDomainName"},
		{errcodes.DescribeDomainCertificateInfo, "DomainName=x", ""},
		{errcodes.ListTagResources, "", ""},
		{errcodes.UploadUserCertificate, "Cert=x&Key=y", "MissingName"},
		{errcodes.DeleteUserCertificate, "", "MissingCertId"},
		{errcodes.DeleteUserCertificate, "CertId=-1", "InvalidCertId"},
		{errcodes.GetUserCertificateDetail, "CertId=1&CertFilter=maybe", "InvalidCertFilter"},
		{errcodes.GetUserCertificateDetail, "CertFilter=maybe", "MissingCertId"},
		{errcodes.GetCertificateDetail, "CertificateId=1&CertFilter=maybe", ""},
		{errcodes.ListUserCertificateOrder, "ShowSize=x&CurrentPage=x", "InvalidCurrentPage"},
		{errcodes.ListUserCertificateOrder, "ShowSize=x", "InvalidShowSize"},
		{errcodes.ListUserCertificateOrder, "", ""},
	} {
		form := parseQuery(t, test.query)
		got, refused := errors.AsType[*errcodes.Error](validate.Gateway(test.op, form, validate.Options{}))
		if refused != (test.want != "") || refused && got.Code != test.want {
			t.Errorf("%s?%s: %v; want %q", test.op, test.query, got, test.want)
		}
		if refused && (got.Status != 400 || got.Origin != errcodes.GatewayPage || !strings.Contains(got.Message, got.Parameter) || got.Parameter == "") {
			t.Errorf("%s?%s: %+v", test.op, test.query, got)
		}
	}
}

// TestGatewayComesFirst: the verdict on a parsed request is what the gateway answers to
// its wire form, if it answers anything, and a report holds what the service would find
// behind it.
func TestGatewayComesFirst(t *testing.T) {
	n := 0
	for _, v := range readVectors(t) {
		for _, operation := range v.Operations {
			in := vectorInput(t, v, operation)
			want := validate.Gateway(in.op, v.Values(), in.opts)
			if want == nil {
				continue
			}
			n++
			got, ok := errors.AsType[*errcodes.Error](in.verdict())
			if gateway, _ := errors.AsType[*errcodes.Error](want); !ok || *got != *gateway {
				t.Errorf("%s: %v; the gateway has %v", v.Name, got, want)
			}
		}
	}
	if n < 30 {
		t.Errorf("%d requests are for the gateway", n)
	}
	report := validate.Check(&validate.CDNRequest{Op: errcodes.SetDcdnDomainSSLCertificate, DomainName: "a b", CertID: "x", CertType: "y"}, validate.Options{})
	want := []errcodes.Condition{
		errcodes.CondParameterMissing, errcodes.CondCertIDMalformed, errcodes.CondDomainNameMalformed, errcodes.CondCertTypeUnsupported,
		errcodes.CondCertificateMissing, errcodes.CondPrivateKeyMissing,
	}
	if got := conditionsOf(report); !slices.Equal(got, want) {
		t.Errorf("%v; want %v", got, want)
	}
}

// TestGatewayOrder: whichever parameters are absent or cannot be read, a parsed request has
// the answer that its wire form has.
func TestGatewayOrder(t *testing.T) {
	for op := range errcodes.Operations() {
		if _, err := validate.Parse(op, nil); err != nil {
			continue
		}
		var checks []errcodes.GatewayCheck
		for check, ok := op.Table().GatewayCheck(0); ok; check, ok = op.Table().GatewayCheck(len(checks)) {
			checks = append(checks, check)
		}
		const absent, unreadable, kinds = 0, 1, 3
		combinations := 1
		for range checks {
			combinations *= kinds
		}
		for number := range combinations {
			form := url.Values{}
			for _, check := range checks {
				name := check.Parameter.Name
				switch {
				case number%kinds == absent:
				case number%kinds == unreadable:
					form.Set(name, "x")
				case check.Parameter.Type == errcodes.TypeBoolean:
					form.Set(name, "true")
				case check.Parameter.Type == errcodes.TypeFlatArray:
					form.Set(name+".1.CertificateId", "1-cn-hangzhou")
				default:
					form.Set(name, "1")
				}
				number /= kinds
			}
			want, refused := errors.AsType[*errcodes.Error](validate.Gateway(op, form, validate.Options{}))
			if !refused {
				continue
			}
			req, _ := validate.Parse(op, form)
			verdict, _ := errors.AsType[*errcodes.Error](validate.Verdict(req, validate.Options{}))
			report, _ := validate.Check(req, validate.Options{}).Verdict()
			if summary := validate.Summarize(req, validate.Options{}); verdict == nil || *verdict != *want || report != *want || summary.Verdict != *want {
				t.Fatalf("%s?%s: Verdict %v, Check %v, Summarize %v; the gateway has %v", op.ID(), form.Encode(), verdict, report.Code, summary.Verdict.Code, want)
			}
		}
	}
}

// TestSites: the certificate center answers in the language of the account's site.
func TestSites(t *testing.T) {
	req := &validate.CASRequest{Name: "shop"}
	for site, want := range map[errcodes.Site]string{
		errcodes.ChinaSite:         "缺失必填参数，请检查参数输入。",
		errcodes.InternationalSite: "A required parameter is missing. Check the input parameters.",
	} {
		opts := validate.Options{Site: site}
		verdict, _ := errors.AsType[*errcodes.Error](validate.Verdict(req, opts))
		summary := validate.Summarize(req, opts)
		if verdict == nil || verdict.Message != want || summary.Verdict != *verdict || *validate.Check(req, opts).Violations[0] != *verdict {
			t.Errorf("%s: %v", site, verdict)
		}
	}
	cdn := &validate.CDNRequest{Op: errcodes.SetCdnDomainSSLCertificate}
	if a, b := validate.Summarize(cdn, validate.Options{}), validate.Summarize(cdn, validate.Options{Site: errcodes.InternationalSite}); a != b {
		t.Errorf("%v abroad, %v", b.Verdict, a.Verdict)
	}
}

// TestSecondLeafOfASharedPair: one parsed pair is refused by the operations that look
// for a second leaf and accepted, with an advisory, by the others.
func TestSecondLeafOfASharedPair(t *testing.T) {
	pair := validate.ParsePair(pkiFile(t, "p256/chain3.pem")+pkiFile(t, "rsa2048/chain3.pem"), secretFile(t, "p256/key.pem"), validate.Options{})
	for op, refused := range map[errcodes.Operation]bool{
		errcodes.SetDomainServerCertificate: false, errcodes.SetVodDomainCertificate: false,
		errcodes.SetCdnDomainSSLCertificate: true, errcodes.SetDcdnDomainSSLCertificate: true,
		errcodes.SetVodDomainSSLCertificate: true, errcodes.SetLiveDomainCertificate: false,
	} {
		report := validate.Check(&validate.CDNRequest{Op: op, DomainName: "www.example.com", Status: "on", Pair: pair}, validate.Options{Now: inPeriod})
		_, advised := report.Advisory(validate.SecondLeaf)
		if errors.Is(report.Err(), errcodes.CondSecondLeaf) != refused || advised == refused || !refused && report.Err() != nil {
			t.Errorf("%s: %v, advised %v", op, report.Err(), advised)
		}
	}
	if got := validate.Verdict(&validate.ALBRequest{ListenerID: "lsn-1", CertificateIDs: []string{"1-cn-a"}}, validate.Options{
		Certificate: func(string) (string, bool) {
			return pkiFile(t, "p256/chain3.pem") + pkiFile(t, "rsa2048/chain3.pem"), true
		},
	}); got != nil {
		t.Errorf("a second leaf in the certificate center: %v", got)
	}
	var form url.Values
	if got := validate.Gateway(0, form, validate.Options{}); got != nil {
		t.Errorf("no operation: %v", got)
	}
}
