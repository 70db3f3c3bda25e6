package validate_test

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

type (
	sslRequest  = validate.SetCdnDomainSSLCertificateRequest
	dcdnRequest = validate.SetDcdnDomainSSLCertificateRequest
)

// A successor is an operation that took the place of SetDomainServerCertificate,
// with its functions.
type successor struct {
	op         errcodes.Catalog
	report     func(*sslRequest, validate.Options) *validate.Report
	verdict    func(*sslRequest, validate.Options) error
	check      func(*sslRequest, validate.Options) validate.Check
	fromValues func(url.Values) *sslRequest
}

var successors = []successor{
	{
		errcodes.SetCdnDomainSSLCertificate,
		validate.SetCdnDomainSSLCertificate,
		(*sslRequest).Verdict,
		(*sslRequest).Check,
		validate.SetCdnDomainSSLCertificateFromValues,
	},
	{
		errcodes.SetDcdnDomainSSLCertificate,
		func(r *sslRequest, opts validate.Options) *validate.Report {
			return validate.SetDcdnDomainSSLCertificate((*dcdnRequest)(r), opts)
		},
		func(r *sslRequest, opts validate.Options) error { return (*dcdnRequest)(r).Verdict(opts) },
		func(r *sslRequest, opts validate.Options) validate.Check { return (*dcdnRequest)(r).Check(opts) },
		func(values url.Values) *sslRequest {
			return (*sslRequest)(validate.SetDcdnDomainSSLCertificateFromValues(values))
		},
	},
}

// sslOf is a request of the original operation as its successors take it. ok is
// false where they have no way to say it.
func sslOf(req *validate.SetDomainServerCertificateRequest) (ssl *sslRequest, ok bool) {
	byContent := req.CertType == "cas" && req.CertName == "" && req.ServerCertificate != ""
	return &sslRequest{
		DomainName: req.DomainName, SSLProtocol: req.ServerCertificateStatus, SSLPub: req.ServerCertificate, SSLPri: req.PrivateKey,
		CertType: req.CertType, CertName: req.CertName,
	}, req.CertType != "free" && req.ServerCertificateStatus != "" && !byContent
}

// agree proves that a successor finds the conditions that the original operation
// finds, under the names of its own table, whichever way it is asked.
func (s successor) agree(t *testing.T, name string, req *validate.SetDomainServerCertificateRequest, opts validate.Options) {
	t.Helper()
	ssl, ok := sslOf(req)
	if !ok {
		return
	}
	original, report := validate.SetDomainServerCertificate(req, opts), s.report(ssl, opts)
	var want []*errcodes.Error
	for _, v := range original.Violations {
		if v.Condition == errcodes.CondForceSetUnsupported {
			continue
		}
		e, known := s.op.Error(v.Condition)
		if !known {
			t.Fatalf("%s: %s has no %s", name, s.op, v.Condition)
		}
		e.Block, e.Line, e.Reason = v.Block, v.Line, v.Reason
		want = append(want, &e)
	}
	if diff := gocmp.Diff(want, report.Violations); diff != "" {
		t.Errorf("%s: %s (-original +successor)\n%s", name, s.op, diff)
	}
	if report.Operation != s.op || !gocmp.Equal(original.Certificates, report.Certificates) {
		t.Errorf("%s: the report is of %s, with %d certificates", name, report.Operation, len(report.Certificates))
	}
	for _, a := range report.Advisories {
		if a.Parameter != "" && !slices.Contains(sslParameters, a.Parameter) {
			t.Errorf("%s: %s is about %s", name, a.ID, a.Parameter)
		}
	}
	s.answer(t, name, ssl, opts)
}

var sslParameters = []string{"DomainName", "SSLProtocol", "SSLPub", "SSLPri", "CertType", "CertName", "CertId", "CertRegion", "Env"}

// answer proves that verdict and check are what the report says.
func (s successor) answer(t *testing.T, name string, req *sslRequest, opts validate.Options) {
	t.Helper()
	report := s.report(req, opts)
	if diff := gocmp.Diff(report.Err(), s.verdict(req, opts)); diff != "" {
		t.Errorf("%s: (-report +verdict)\n%s", name, diff)
	}
	check := s.check(req, opts)
	if verdict, refused := errors.AsType[*errcodes.Error](report.Err()); refused {
		if diff := gocmp.Diff(validate.Check{Verdict: *verdict}, check); diff != "" {
			t.Errorf("%s: (-report +check)\n%s", name, diff)
		}
	} else if !check.Accepted() {
		t.Errorf("%s: the check is %v", name, check.Verdict)
	}
}

// TestSuccessorsAgree judges the requests of every vector by each operation of the
// family.
func TestSuccessorsAgree(t *testing.T) {
	for _, s := range successors {
		for _, c := range everyInput(t) {
			if c.op != errcodes.SetDomainServerCertificate {
				continue
			}
			for _, strict := range []bool{false, true} {
				c.opts.Strict = strict
				s.agree(t, c.name, &c.cdn, c.opts)
			}
		}
	}
}

func soundSSL(t *testing.T) *sslRequest {
	t.Helper()
	return &soundInput(t, errcodes.SetCdnDomainSSLCertificate).ssl
}

// TestSuccessorsIgnore is about parameters that are given and not looked at.
func TestSuccessorsIgnore(t *testing.T) {
	tests := map[string]struct {
		edit func(*sslRequest)
		want []string
	}{
		"everything, off": {func(r *sslRequest) {
			r.SSLProtocol, r.CertType, r.CertName, r.CertID, r.CertRegion, r.Env = "off", "upload", "n", "1", "cn-hangzhou", "production"
		}, []string{"CertId", "CertName", "CertRegion", "CertType", "Env", "SSLPri", "SSLPub"}},
		"upload":  {func(r *sslRequest) { r.CertID, r.CertRegion = "1", "x" }, []string{"CertId", "CertRegion"}},
		"cas":     {func(r *sslRequest) { r.CertType, r.CertID, r.CertRegion = "cas", "1", "cn-hangzhou" }, nil},
		"staging": {func(r *sslRequest) { r.Env = "staging" }, nil},
	}
	for _, s := range successors {
		for name, test := range tests {
			req := soundSSL(t)
			test.edit(req)
			var got []string
			for _, a := range s.report(req, validate.Options{}).Advisories {
				if a.ID == validate.ParameterIgnored {
					got = append(got, a.Parameter)
				}
			}
			slices.Sort(got)
			if diff := gocmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s: %s (-want +got)\n%s", s.op, name, diff)
			}
		}
	}
}

// TestSuccessorsFromValues reads what clients send, certimate's and the Terraform
// provider's requests among it.
func TestSuccessorsFromValues(t *testing.T) {
	tests := []struct {
		name, query string
		want        sslRequest
	}{
		{"nothing", "", sslRequest{}},
		{"everything", "DomainName=a.example&SSLProtocol=on&SSLPub=c&SSLPri=k&CertType=cas&CertName=n&CertId=1&CertRegion=r&Env=staging", sslRequest{
			DomainName: "a.example", SSLProtocol: "on", SSLPub: "c", SSLPri: validate.NewSecret("k"), CertType: "cas", CertName: "n",
			CertID: "1", CertRegion: "r", Env: "staging",
		}},
		{"the first value counts", "CertId=&CertId=1&SSLProtocol=on&SSLProtocol=off", sslRequest{SSLProtocol: "on"}},
		{"names of the original operation", "ServerCertificate=c&PrivateKey=k&ServerCertificateStatus=on&ForceSet=1&CertID=1", sslRequest{}},
		{
			"query of a client of the third signature", "CertId=12345678&CertRegion=cn-hangzhou&CertType=cas&DomainName=www.example.com&SSLProtocol=on",
			sslRequest{DomainName: "www.example.com", SSLProtocol: "on", CertType: "cas", CertID: "12345678", CertRegion: "cn-hangzhou"},
		},
		{
			"query and form of a client of the first signature",
			"AccessKeyId=testid&Action=SetCdnDomainSSLCertificate&Format=json&Version=2018-05-10&CertName=example-cert&CertType=upload&DomainName=www.example.com" +
				"&SSLPri=-----BEGIN+EC+PRIVATE+KEY-----%0AAA%2B%2F%0A-----END+EC+PRIVATE+KEY-----%0A&SSLProtocol=on&SSLPub=-----BEGIN+CERTIFICATE-----%0AAA%3D%3D%0A-----END+CERTIFICATE-----%0A",
			sslRequest{
				DomainName: "www.example.com", SSLProtocol: "on", CertType: "upload", CertName: "example-cert",
				SSLPri: validate.NewSecret("-----BEGIN EC PRIVATE KEY-----\nAA+/\n-----END EC PRIVATE KEY-----\n"),
				SSLPub: "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n",
			},
		},
	}
	for _, s := range successors {
		for _, test := range tests {
			if diff := gocmp.Diff(&test.want, s.fromValues(parseQuery(t, test.query))); diff != "" {
				t.Errorf("%s: %s (-want +got)\n%s", s.op, test.name, diff)
			}
		}
		if diff := gocmp.Diff(&sslRequest{}, s.fromValues(nil)); diff != "" {
			t.Errorf("%s: no values (-want +got)\n%s", s.op, diff)
		}
	}
}

// TestCorpusSuccessors judges every file of the corpus as a certificate and as a
// key, and every pair, by each operation of the family.
func TestCorpusSuccessors(t *testing.T) {
	t.Parallel()
	corpus := needCorpus(t)
	type request struct{ id, certificate, key string }
	var requests []request
	chain, key := pkiFile(t, "p256/chain3.pem"), pkiFile(t, "p256/key.pem")
	for _, f := range corpus.files {
		requests = append(requests, request{f.ID + " as a certificate", string(f.Data), key}, request{f.ID + " as a key", chain, string(f.Data)})
	}
	for _, p := range corpus.pairs {
		requests = append(requests, request{p.CertID + " with " + p.KeyID, string(p.Cert.Data), string(p.Key.Data)})
	}
	met := inParallel(requests, func(r request) errcodes.Condition {
		req := soundInput(t, errcodes.SetDomainServerCertificate).cdn
		req.ServerCertificate, req.PrivateKey = r.certificate, validate.NewSecret(r.key)
		opts := noLimits
		opts.At = inPeriod
		for _, s := range successors {
			s.agree(t, r.id, &req, opts)
		}
		check := req.Check(opts)
		return check.Verdict.Condition
	})
	counts := map[errcodes.Condition]int{}
	for _, cond := range met {
		counts[cond]++
	}
	kinds := slices.SortedFunc(func(yield func(errcodes.Condition) bool) {
		for cond := range counts {
			if !yield(cond) {
				return
			}
		}
	}, cmp.Compare[errcodes.Condition])
	for _, cond := range kinds {
		t.Logf("%6d %s", counts[cond], cmp.Or(cond.String(), "accepted"))
	}
}
