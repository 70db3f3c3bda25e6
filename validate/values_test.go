package validate_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// parseQuery reads a query string, the shortest way to write values.
func parseQuery(t *testing.T, query string) url.Values {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

// parseCDN reads a request of SetDomainServerCertificate.
func parseCDN(values url.Values) *validate.CDNRequest {
	req, _ := validate.Parse(errcodes.SetDomainServerCertificate, values)
	cdn := *req.(*validate.CDNRequest)
	cdn.Op = 0 // which stands for it
	return &cdn
}

// parseALB reads a request of AssociateAdditionalCertificatesWithListener.
func parseALB(values url.Values) *validate.ALBRequest {
	req, _ := validate.Parse(errcodes.AssociateAdditionalCertificatesWithListener, values)
	alb := *req.(*validate.ALBRequest)
	alb.Op = 0 // which stands for it
	return &alb
}

func TestParseCDN(t *testing.T) {
	secret := validate.NewSecret[string]
	tests := []struct {
		name, query string
		want        validate.CDNRequest
	}{
		{"nothing", "", validate.CDNRequest{}},
		{"everything", "DomainName=a.example&ServerCertificateStatus=on&ServerCertificate=c&PrivateKey=k&CertType=upload&CertName=n&ForceSet=1", validate.CDNRequest{
			DomainName: "a.example", Status: "on", Certificate: "c", PrivateKey: secret("k"), CertType: "upload", CertName: "n", Overwrite: "1",
		}},
		{"the first value counts", "DomainName=a&DomainName=b&PrivateKey=&PrivateKey=k&ForceSet=&ForceSet=1", validate.CDNRequest{DomainName: "a"}},
		{"empty values", "DomainName=&PrivateKey=&CertName", validate.CDNRequest{}},
		{"other names are passed over", "domainname=a&Domainname=b&Action=SetDomainServerCertificate&SSLPri=k", validate.CDNRequest{}},
		{"values are kept as they are", "DomainName=+a%2Cb%0A&ServerCertificate=%FF%00&PrivateKey=%0A&ServerCertificateStatus=ON&CertType=x&ForceSet=2", validate.CDNRequest{
			DomainName: " a,b\n", Certificate: "\xff\x00", PrivateKey: secret("\n"), Status: "ON", CertType: "x", Overwrite: "2",
		}},
		{"PEM", "ServerCertificate=-----BEGIN+CERTIFICATE-----%0AAAAA%2B%2F%3D%0A-----END+CERTIFICATE-----", validate.CDNRequest{
			Certificate: "-----BEGIN CERTIFICATE-----\nAAAA+/=\n-----END CERTIFICATE-----",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := parseCDN(parseQuery(t, test.query))
			if diff := cmp.Diff(&test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	if got := parseCDN(nil); !cmp.Equal(got, &validate.CDNRequest{}) {
		t.Errorf("no values give %+v", got)
	}
}

func TestParseALB(t *testing.T) {
	type request = validate.ALBRequest
	certificates := func(ids ...string) request { return request{CertificateIDs: ids} }
	const id = "CertificateId"
	tests := []struct {
		name, query string
		want        request
	}{
		{"nothing", "", request{}},
		{"everything", "ListenerId=lsn-1&Certificates.1.CertificateId=c&ClientToken=t&DryRun=true", request{
			ListenerID: "lsn-1", CertificateIDs: []string{"c"}, ClientToken: "t", DryRun: true,
		}},
		{"numbers are not words", "Certificates.10.CertificateId=ten&Certificates.2.CertificateId=two&Certificates.1.CertificateId=one", certificates("one", "two", "ten")},
		{"gaps", "Certificates.7.CertificateId=b&Certificates.3.CertificateId=a", certificates("a", "b")},
		{"huge numbers", "Certificates.18446744073709551615.CertificateId=b&Certificates.9007199254740993.CertificateId=a", certificates("a", "b")},
		{"numbers that are too large", "Certificates.18446744073709551616.CertificateId=x&Certificates.99999999999999999999999999.CertificateId=y&Certificates.1.CertificateId=a", certificates("a")},
		{"not numbers", "Certificates.0.CertificateId=x&Certificates.-1.CertificateId=x&Certificates.%2B1.CertificateId=x&Certificates.1e1.CertificateId=x&Certificates.x.CertificateId=x&Certificates..CertificateId=x&Certificates.+1.CertificateId=x&Certificates.%EF%BC%91.CertificateId=x", certificates()},
		{"leading zeros", "Certificates.01.CertificateId=x&Certificates.00.CertificateId=y&Certificates.1.CertificateId=a", certificates("a")},
		{"leading zeros alone", "Certificates.01.CertificateId=x", certificates()},
		{"repeated", "Certificates.1.CertificateId=a&Certificates.1.CertificateId=b", certificates("a")},
		{"an entry without id", "Certificates.1.CertificateType=Server&Certificates.2.CertificateId=b", certificates("", "b")},
		{"an entry with an empty id", "Certificates.1.CertificateId=", certificates("")},
		{"an entry that is a value", "Certificates.1=a", certificates("")},
		{"an entry with id and more", "Certificates.1.CertificateId=a&Certificates.1.CertificateType=Server&Certificates.1.X.Y=z", certificates("a")},
		{"other spelling", "Certificates.1.certificateid=a&certificates.2.CertificateId=b&Certificate.3.CertificateId=c", certificates("")},
		{"JSON", `Certificates=[{"CertificateId":"a"}]`, request{Malformed: validate.Malformed{Certificates: `[{"CertificateId":"a"}]`}}},
		{"JSON and numbers", "Certificates=[]&Certificates.1.CertificateId=a", request{CertificateIDs: []string{"a"}, Malformed: validate.Malformed{Certificates: "[]"}}},
		{"dry run, false", "DryRun=false", request{}},
		{"dry run, empty", "DryRun=", request{}},
		{"dry run, the first value counts", "DryRun=false&DryRun=true", request{}},
		{"dry run, any letter case", "DryRun=True", request{DryRun: true}},
		{"dry run, upper case", "DryRun=FALSE", request{}},
		{"dry run, number", "DryRun=1", request{Malformed: validate.Malformed{DryRun: "1"}}},
		{"dry run, white space", "DryRun=true+", request{Malformed: validate.Malformed{DryRun: "true "}}},
		{"other names are passed over", "listenerid=x&Action=A&DryRun.1=true&CertificatesX=y", request{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			// The order of a map is another one every time.
			for range 5 {
				got := parseALB(parseQuery(t, test.query))
				if diff := cmp.Diff(&test.want, got); diff != "" {
					t.Fatalf("(-want +got)\n%s", diff)
				}
			}
		})
	}
	if got := parseALB(nil); !cmp.Equal(got, &request{}) {
		t.Errorf("no values give %+v", got)
	}
	// Sixteen entries from the wire are one too many.
	values := make(url.Values)
	for n := range 16 {
		values.Set("Certificates."+strings.Repeat("1", n+1)+"."+id, "c"+strings.Repeat("c", n)+"-cn-hangzhou")
	}
	values.Set("ListenerId", "lsn-1")
	report := validate.Check(parseALB(values), validate.Options{})
	if got := conditionsOf(report); !cmp.Equal(got, []errcodes.Condition{errcodes.CondTooManyCertificates}) {
		t.Errorf("16 entries give %v", got)
	}
}

// TestVerdictsOnTheWireForm: the faults that only the wire form can have, in the
// answer.
func TestVerdictsOnTheWireForm(t *testing.T) {
	for query, want := range map[string]errcodes.Condition{
		"ListenerId=l&Certificates.1.CertificateId=1-cn-a&DryRun=yes":                          errcodes.CondDryRunMalformed,
		"ListenerId=l&Certificates=1-cn-a":                                                     errcodes.CondParameterUnreadable,
		"ListenerId=l":                                                                         errcodes.CondCertificatesMissing,
		"ListenerId=l&Certificates.1=1-cn-a":                                                   errcodes.CondCertificateIDMissing,
		"ListenerId=l&Certificates.01.CertificateId=1-cn-a":                                    errcodes.CondCertificatesMissing,
		"ListenerId=l&Certificates.1.CertificateId=1-cn-a&Certificates.9.CertificateId=1-cn-a": errcodes.CondCertificateRepeated,
		"ListenerId=l&Certificates.1.CertificateId=1-cn-a&DryRun=true":                         0,
	} {
		got := validate.Verdict(parseALB(parseQuery(t, query)), validate.Options{})
		if e, ok := errors.AsType[*errcodes.Error](got); ok != (want != 0) || ok && e.Condition != want {
			t.Errorf("%s: %v; want %s", query, got, want)
		}
	}
}
