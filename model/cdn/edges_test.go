package cdn_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

// Numbers of pages that overflow an int lead behind the last page, not back to
// the first.
func TestHugePageNumbers(t *testing.T) {
	s := cdn.Scenario{}.HTTPSDomain(www).HTTPSDomain(shop).CenterCertificate("c", "").CenterCertificate("d", "").State()
	for _, number := range []int{3, math.MaxInt / 2, math.MaxInt/2 + 2, math.MaxInt - 1, math.MaxInt} {
		for _, size := range []int{2, 3, 500, math.MaxInt} {
			t.Run(fmt.Sprint(number, "/", size), func(t *testing.T) {
				_, output := must(t, s, event(cdn.DescribeUserDomains{PageNumber: number, PageSize: size}))
				if !strings.Contains(text(t, output), `"PageData":[]`) || !strings.Contains(text(t, output), `"TotalCount":2`) {
					t.Errorf("domains: %s", text(t, output))
				}
				_, output = must(t, s, event(cas.ListUserCertificateOrder{CurrentPage: number, ShowSize: size, OrderType: "CERT"}))
				if !strings.Contains(text(t, output), `"CertificateOrderList":[]`) || !strings.Contains(text(t, output), `"TotalCount":2`) {
					t.Errorf("certificates: %s", text(t, output))
				}
			})
		}
	}
}

// The clients' models have CertId as text.
func TestCertIDOfADomainIsText(t *testing.T) {
	s := cdn.Scenario{}.HTTPSDomain(www).CenterCertificate("c", "").Bound().State()
	_, output := must(t, s, event(cdn.DescribeDomainCertificateInfo{DomainName: www}))
	if !strings.Contains(text(t, output), `"CertId":"1000001"`) {
		t.Error(text(t, output))
	}
}

// A refusal has the evidence and row of its own operation, and names its parameter.
func TestOperationsHaveRowsOfTheirOwn(t *testing.T) {
	a := pairA()
	s := cdn.Scenario{}.Certificate("taken", "").State()
	tests := []struct {
		in        cdn.Input
		cond      errcodes.Condition
		operation errcodes.Operation
		parameter string
	}{
		{upload("r", "taken", a.pem, a.key, validate.Options{}), errcodes.CondCertNameDuplicated, errcodes.UploadUserCertificate, "Name"},
		{upload("r", strings.Repeat("n", 129), a.pem, a.key, validate.Options{}), errcodes.CondCertNameTooLong, errcodes.UploadUserCertificate, "Name"},
		{upload("r", "n", "", a.key, validate.Options{}), errcodes.CondCertificateMissing, errcodes.UploadUserCertificate, "Cert"},
		{upload("r", "n", a.pem, validate.Secret{}, validate.Options{}), errcodes.CondPrivateKeyMissing, errcodes.UploadUserCertificate, "Key"},
		{event(cas.DeleteUserCertificate{CertID: 1}), errcodes.CondCertificateNotFound, errcodes.DeleteUserCertificate, "CertId"},
		{event(cas.DeleteUserCertificate{}), errcodes.CondParameterMissing, errcodes.DeleteUserCertificate, "CertId"},
		{event(cas.GetUserCertificateDetail{}), errcodes.CondParameterMissing, errcodes.GetUserCertificateDetail, "CertId"},
		{event(cas.GetCertificateDetail{}), errcodes.CondParameterMissing, errcodes.GetCertificateDetail, "CertificateId"},
		{event(cdn.DescribeDomainCertificateInfo{}), errcodes.CondDomainNameMissing, errcodes.DescribeDomainCertificateInfo, "DomainName"},
		{event(cdn.DescribeCdnDomainDetail{}), errcodes.CondDomainNameMissing, errcodes.DescribeCdnDomainDetail, "DomainName"},
		{event(cas.GetUserCertificateDetail{CertID: 1}), errcodes.CondCertificateNotFound, errcodes.GetUserCertificateDetail, "CertId"},
		{event(cas.GetCertificateDetail{CertID: 1}), errcodes.CondCertificateNotFound, errcodes.GetCertificateDetail, "CertificateId"},
		{event(cdn.DescribeDomainCertificateInfo{DomainName: "no.example.com"}), errcodes.CondDomainNotFound, errcodes.DescribeDomainCertificateInfo, "DomainName"},
		{event(cdn.ListTagResources{ResourceIDs: []string{"no.example.com"}}), errcodes.CondDomainNotFound, errcodes.ListTagResources, "ResourceId"},
		{event(cdn.DescribeCdnDomainDetail{DomainName: "no.example.com"}), errcodes.CondDomainNotFound, errcodes.DescribeCdnDomainDetail, "DomainName"},
	}
	for _, test := range tests {
		e := refused(t, s, test.in, test.cond).Error
		if e.Evidence != test.operation.Table().Evidence(test.cond) || e.Operation != test.operation || e.Parameter != test.parameter {
			t.Errorf("%T: grade %v, operation %s, parameter %s", test.in.Action, e.Evidence, e.Operation, e.Parameter)
		}
		if row, _ := test.operation.Table().Row(test.cond); e.Code != row.Code || e.Message != row.Message || e.Status != row.Status {
			t.Errorf("%T: %+v", test.in.Action, e)
		}
	}
}

// Text around the certificates passes the request checks. It may be anything, so
// it is not kept: a commented-out key would be in the state, and text that is
// not UTF-8 would not survive a journal.
func TestOnlyCertificateBlocksAreKept(t *testing.T) {
	const marker = "MARKERMARKERMARKER"
	a := pairA()
	around := map[string]string{
		"commented-out key": "# -----BEGIN PRIVATE KEY-----\n# " + marker + "\n# -----END PRIVATE KEY-----\n",
		"key as text":       "RSA Private-Key: (2048 bit)\nprime1: " + marker + "\n",
		"not UTF-8":         marker + " \xff\xfe\n",
	}
	for name, text := range around {
		t.Run(name, func(t *testing.T) {
			p := pair{text + a.pem + text, a.key}
			for _, in := range []cdn.Input{
				in(p.upload(www, "n")),
				upload("r", "n", p.pem, p.key, validate.Options{}),
			} {
				s, _ := must(t, cdn.Scenario{}.HTTPSDomain(www).State(), in)
				for _, v := range []any{in, s} {
					if data := testutil.RoundTrip(t, v); strings.Contains(data, marker) {
						t.Errorf("%T holds the marker", v)
					}
				}
				if got := certificate(t, s, "n").PEM; got != a.pem {
					t.Errorf("kept:\n%s", got)
				}
			}
		})
	}
}

// Blank lines are nothing to hide, and clients compare the text with what they
// sent.
func TestBlankLinesAreKept(t *testing.T) {
	a := pairA()
	a.pem = "\n" + strings.ReplaceAll(a.pem, "-----END CERTIFICATE-----\n", "-----END CERTIFICATE-----\r\n \n")
	s, _ := must(t, cdn.Scenario{}.HTTPSDomain(www).State(), in(a.upload(www, "n")))
	if got := certificate(t, s, "n").PEM; got != a.pem {
		t.Errorf("got %q", got)
	}
}

// A key in the place of the name fits into 128 characters.
func TestPrivateKeyAsName(t *testing.T) {
	a := pairA()
	name := strings.Join(strings.Fields(testdata.Read("ed25519/key.pem")), " ")
	if err := validate.CertName(name); err != nil {
		t.Fatal(err)
	}
	for _, input := range []cdn.Input{
		in(a.upload(www, name)), in(byName(www, name)), in(free()), upload("r", name, a.pem, a.key, validate.Options{}),
	} {
		s, output := step(cdn.Scenario{}.HTTPSDomain(www).State(), input)
		for _, v := range []any{input, s, output} {
			if strings.Contains(testutil.RoundTrip(t, v), "PRIVATE KEY") {
				t.Errorf("%T holds the key", v)
			}
		}
	}
	s, _ := must(t, cdn.Scenario{}.HTTPSDomain(www).HTTPSDomain(shop).State(), in(a.upload(www, name)))
	refused(t, s, in(a.upload(shop, name)), errcodes.CondCertNameDuplicated)
}

// What is not looked at is not kept: it may be anything.
func TestUnusedNamesAreNotKept(t *testing.T) {
	for _, req := range []*request{
		{DomainName: www, CertName: "n"},
		{DomainName: www, Status: "off", CertName: "n", CertType: "cas", Overwrite: "1"},
		{DomainName: www, Status: "on", CertType: "free", CertName: "n", Overwrite: "1"},
	} {
		if got := in(req).Action.(set); got.CertName != "" || got.Overwrite {
			t.Errorf("%+v", got)
		}
	}
}

// Even an event that brings one along puts no private key into a state.
func TestCertificateAddedTakesNoPrivateKey(t *testing.T) {
	key := "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
	ignored(t, cdn.State{}, cas.CertificateAdded{Certificate: cas.Certificate{Name: "n", PEM: key}})
}

// A domain's name is its canonical one, or no request could name it.
func TestDomainAddedTakesCanonicalNamesOnly(t *testing.T) {
	for _, name := range []string{"", "WWW.example.com", "例子.example.com", "a b", "a,b"} {
		ignored(t, cdn.State{}, cdn.DomainAdded{Name: name})
	}
	for _, name := range []string{www, "xn--fsqu00a.example.com", "*.example.com", ".example.com"} {
		s, _ := must(t, cdn.State{}, event(cdn.DomainAdded{Name: name}))
		must(t, s, in(off(name)))
	}
}

// Only what an event is about makes it apply: a status that is none, or a
// protection that is not there.
func TestEventsThatMeanNothing(t *testing.T) {
	s := cdn.Scenario{}.CenterCertificate("c", "").HTTPSDomain(www).State()
	for _, status := range []cas.Status{"", cas.Pending, "lost"} {
		ignored(t, s, cas.CertificateStatusChanged{Name: "c", Status: status})
	}
	ignored(t, s, cas.CertificateAdded{Certificate: cas.Certificate{Name: "d", Status: "lost"}})
	ignored(t, s, cdn.DomainAdded{Name: shop, Domain: cdn.Domain{Free: "lost"}})
	odd := cdn.Domain{Bound: "c"} // no machine makes it: not in effect, yet not protected
	s.Domains = s.Domains.Set(www, odd)
	ignored(t, s, cdn.ProtectionChanged{Domain: www})
}

// A read's subject does not echo what is no domain name.
func TestReadsDoNotEcho(t *testing.T) {
	key := testdata.Read("p256/key.pem")
	for _, action := range []model.Action{cdn.DescribeDomainCertificateInfo{DomainName: key}, cdn.DescribeCdnDomainDetail{DomainName: key}} {
		output := refused(t, cdn.State{}, event(action), errcodes.CondDomainNotFound)
		if strings.Contains(testutil.RoundTrip(t, output), "PRIVATE KEY") {
			t.Errorf("%+v", output)
		}
	}
}

// A certificate that many uploads share is found in the center without passing
// them all.
func TestContentOfManyUploads(t *testing.T) {
	a := pairA()
	b := cdn.Scenario{}.HTTPSDomain(www)
	for i := range 50 {
		b = b.Certificate(fmt.Sprint("a", i), a.pem)
	}
	s := b.CenterCertificate("z", a.pem).State()
	s, _ = must(t, s, in(&request{DomainName: www, Status: "on", CertType: "cas", Certificate: a.pem}))
	if got := domain(t, s, www).Bound; got != "z" {
		t.Errorf("bound to %q", got)
	}
}
