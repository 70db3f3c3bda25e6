package validate_test

import (
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/validate"
)

// successors are the operations that replaced SetDomainServerCertificate.
var successors = []errcodes.Operation{errcodes.SetCdnDomainSSLCertificate, errcodes.SetDcdnDomainSSLCertificate, errcodes.SetVodDomainSSLCertificate}

// relatives are the operations that take a certificate and a key, besides the
// original one.
func relatives() (ops []errcodes.Operation) {
	for op := range errcodes.Operations() {
		if op != errcodes.SetDomainServerCertificate && op.Parameter(errcodes.FieldCertificate) != "" {
			ops = append(ops, op)
		}
	}
	return ops
}

// requestOf is a request of the original operation as another one takes it. ok is
// false where that has no way to say it.
func requestOf(op errcodes.Operation, req *validate.CDNRequest) (own validate.Request, ok bool) {
	has := op.Table().Has
	byContent := req.CertType == "cas" && req.CertName == "" && req.Certificate != "" && op.Parameter(errcodes.FieldCertID) != "" // which identifies instead
	free := req.CertType == "free" && !has(errcodes.CondFreeCertificateUnavailable)
	switch upload := req.CertType == "" || req.CertType == "upload"; {
	case !has(errcodes.CondCertTypeUnsupported) && !upload, free, byContent, op.Requires(errcodes.FieldStatus) && req.Status == "":
		return nil, false
	case has(errcodes.CondDomainNameMissing):
		cdn := *req
		cdn.Op = op
		if op.Parameter(errcodes.FieldOverwrite) == "" {
			cdn.Overwrite = ""
		}
		return &cdn, true
	default:
		named := req.CertName != "" && utf8.RuneCountInString(req.CertName) <= op.Limit(errcodes.FieldCertName)
		if has(errcodes.CondCertNameCharacters) && !plainName.MatchString(req.CertName) {
			named = named && (!utf8.ValidString(req.CertName) || strings.ContainsFunc(req.CertName, unicode.IsControl))
		}
		return &validate.CASRequest{
			Op: op, Region: "cn-hangzhou", Name: req.CertName, Certificate: req.Certificate, PrivateKey: req.PrivateKey,
		}, req.Status == "on" && named
	}
}

// plainName is the form of the names that the classic load balancer takes.
var plainName = regexp.MustCompile(`^\p{L}[\p{L}\p{N}._/-]*$`)

// answers are what the package says of one request.
type answers struct {
	report  *validate.Report
	verdict error
	summary validate.Summary
}

func answersOf(req validate.Request, opts validate.Options) answers {
	return answers{validate.Check(req, opts), validate.Verdict(req, opts), validate.Summarize(req, opts)}
}

// agree proves that a relative finds the conditions that the original operation
// finds and its own table has, under the names of that, whichever way it is asked.
func agree(t *testing.T, op errcodes.Operation, name string, original *validate.Report, own answers) {
	t.Helper()
	report := own.report
	var want []*errcodes.Error
	for _, v := range original.Violations {
		if !op.Table().Has(v.Condition) {
			continue
		}
		e := op.Table().Error(v.Condition)
		e.Position, e.Reason, e.Remedy, e.Follows = v.Position, v.Reason, v.Remedy, v.Follows
		want = append(want, &e)
	}
	for _, a := range original.Advisories { // what the original operation takes
		if a.ID == validate.SecondLeaf && op.Table().Has(errcodes.CondSecondLeaf) {
			e := op.Table().Error(errcodes.CondSecondLeaf)
			e.Position, e.Reason = a.Position, a.Reason
			want = append(want, &e)
		}
	}
	slices.SortStableFunc(want, func(a, b *errcodes.Error) int {
		return cmp.Compare(op.Table().Rank(a.Condition), op.Table().Rank(b.Condition))
	})
	if diff := gocmp.Diff(want, report.Violations); diff != "" {
		t.Errorf("%s: %s (-original +relative)\n%s", name, op, diff)
	}
	if report.Operation != op || !gocmp.Equal(original.Certificates, report.Certificates) {
		t.Errorf("%s: the report is of %s, with %d certificates", name, report.Operation, len(report.Certificates))
	}
	var parameters []string
	for p := range op.Parameters() {
		parameters = append(parameters, p.Name)
	}
	for _, a := range report.Advisories {
		if foreign := a.ID == validate.ParameterIgnored && a.Parameter == ""; !foreign && !slices.Contains(parameters, a.Parameter) {
			t.Errorf("%s: %s: %s is about %s", name, op, a.ID, a.Parameter)
		}
	}
	own.checkSame(t, name)
}

// checkSame proves that verdict and summary are what the report says.
func (a answers) checkSame(t *testing.T, name string) {
	t.Helper()
	if diff := gocmp.Diff(a.report.Err(), a.verdict); diff != "" {
		t.Errorf("%s: (-report +verdict)\n%s", name, diff)
	}
	if verdict, refused := errors.AsType[*errcodes.Error](a.report.Err()); refused {
		if diff := gocmp.Diff(validate.Summary{Verdict: *verdict}, a.summary); diff != "" {
			t.Errorf("%s: (-report +summary)\n%s", name, diff)
		}
	} else if !a.summary.Accepted() {
		t.Errorf("%s: the summary is %v", name, a.summary.Verdict)
	}
}

// checkShared proves that a request with a parsed pair has the answers of one with
// the texts.
func (a answers) checkShared(t *testing.T, name string, req validate.Request, pair *validate.Pair, opts validate.Options) {
	t.Helper()
	var request validate.Request
	switch r := req.(type) {
	case *validate.CDNRequest:
		own := *r
		own.Pair, own.Certificate, own.PrivateKey = pair, "", validate.Secret{}
		request = &own
	case *validate.CASRequest:
		own := *r
		own.Pair, own.Certificate, own.PrivateKey = pair, "", validate.Secret{}
		request = &own
	}
	shared := answersOf(request, opts)
	if diff := gocmp.Diff(a.report, shared.report); diff != "" {
		t.Errorf("%s: report (-texts +pair)\n%s", name, diff)
	}
	if diff := gocmp.Diff(a.verdict, shared.verdict); diff != "" {
		t.Errorf("%s: verdict (-texts +pair)\n%s", name, diff)
	}
	if diff := gocmp.Diff(a.summary, shared.summary); diff != "" {
		t.Errorf("%s: summary (-texts +pair)\n%s", name, diff)
	}
}

// TestRelativesAgree checks the requests of every vector by each operation of the
// family. The operations share one parsed pair.
func TestRelativesAgree(t *testing.T) {
	testutil.Long(t)
	for _, c := range everyInput(t) {
		if c.op != errcodes.SetDomainServerCertificate {
			continue
		}
		for _, strict := range []bool{false, true} {
			c.opts.Strict = strict
			original := validate.Check(&c.cdn, c.opts)
			pair := validate.ParsePair(c.cdn.Certificate, c.cdn.PrivateKey, c.opts)
			for _, op := range relatives() {
				if req, ok := requestOf(op, &c.cdn); ok {
					own := answersOf(req, c.opts)
					agree(t, op, c.name, original, own)
					own.checkShared(t, c.name, req, pair, c.opts)
				}
			}
		}
	}
}

func soundSSL(t *testing.T, op errcodes.Operation) *validate.CDNRequest {
	t.Helper()
	return &soundInput(t, op).cdn
}

// TestSuccessorsIgnore is about parameters that are given and not looked at.
func TestSuccessorsIgnore(t *testing.T) {
	tests := map[string]struct {
		edit func(*validate.CDNRequest)
		want []string
	}{
		"everything, off": {func(r *validate.CDNRequest) {
			r.Status, r.CertType, r.CertName, r.CertID, r.CertRegion, r.Env = "off", "upload", "n", "1", "cn-hangzhou", "production"
		}, []string{"CertId", "CertName", "CertRegion", "CertType", "Env", "SSLPri", "SSLPub"}},
		"upload":  {func(r *validate.CDNRequest) { r.CertID, r.CertRegion = "1", "x" }, []string{"CertId", "CertRegion"}},
		"cas":     {func(r *validate.CDNRequest) { r.CertType, r.CertID, r.CertRegion = "cas", "1", "cn-hangzhou" }, nil},
		"staging": {func(r *validate.CDNRequest) { r.Env = "staging" }, nil},
	}
	for _, op := range successors {
		for name, test := range tests {
			req := soundSSL(t, op)
			test.edit(req)
			var got []string
			for _, a := range validate.Check(req, validate.Options{}).Advisories {
				if a.ID == validate.ParameterIgnored {
					got = append(got, a.Parameter)
				}
			}
			slices.Sort(got)
			if diff := gocmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s: %s (-want +got)\n%s", op, name, diff)
			}
		}
	}
}

// TestParseSuccessors reads what clients send, certimate's and the Terraform
// provider's requests among it.
func TestParseSuccessors(t *testing.T) {
	tests := []struct {
		name, query string
		want        validate.CDNRequest
	}{
		{"nothing", "", validate.CDNRequest{}},
		{"everything", "DomainName=a.example&SSLProtocol=on&SSLPub=c&SSLPri=k&CertType=cas&CertName=n&CertId=1&CertRegion=r&Env=staging", validate.CDNRequest{
			DomainName: "a.example", Status: "on", Certificate: "c", PrivateKey: validate.NewSecret("k"), CertType: "cas", CertName: "n",
			CertID: "1", CertRegion: "r", Env: "staging",
		}},
		{"the first value counts", "CertId=&CertId=1&SSLProtocol=on&SSLProtocol=off", validate.CDNRequest{Status: "on"}},
		{"names of the original operation", "ServerCertificate=c&PrivateKey=k&ServerCertificateStatus=on&ForceSet=1&CertID=1", validate.CDNRequest{}},
		{
			"query of a client of the third signature", "CertId=12345678&CertRegion=cn-hangzhou&CertType=cas&DomainName=www.example.com&SSLProtocol=on",
			validate.CDNRequest{DomainName: "www.example.com", Status: "on", CertType: "cas", CertID: "12345678", CertRegion: "cn-hangzhou"},
		},
		{
			"query and form of a client of the first signature",
			"AccessKeyId=testid&Action=SetCdnDomainSSLCertificate&Format=json&Version=2018-05-10&CertName=example-cert&CertType=upload&DomainName=www.example.com" +
				"&SSLPri=-----BEGIN+EC+PRIVATE+KEY-----%0AAA%2B%2F%0A-----END+EC+PRIVATE+KEY-----%0A&SSLProtocol=on&SSLPub=-----BEGIN+CERTIFICATE-----%0AAA%3D%3D%0A-----END+CERTIFICATE-----%0A",
			validate.CDNRequest{
				DomainName: "www.example.com", Status: "on", CertType: "upload", CertName: "example-cert",
				PrivateKey:  validate.NewSecret("-----BEGIN EC PRIVATE KEY-----\nAA+/\n-----END EC PRIVATE KEY-----\n"),
				Certificate: "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n",
			},
		},
	}
	for _, op := range successors {
		for _, test := range tests {
			test.want.Op = op
			got, err := validate.Parse(op, parseQuery(t, test.query))
			if diff := gocmp.Diff(validate.Request(&test.want), got); diff != "" || err != nil {
				t.Errorf("%s: %s (-want +got)\n%s", op, test.name, diff)
			}
		}
		if got, err := validate.Parse(op, nil); err != nil || !gocmp.Equal(got, validate.Request(&validate.CDNRequest{Op: op})) {
			t.Errorf("%s: no values: %+v, %v", op, got, err)
		}
	}
}

// TestCorpusRelatives checks every file of the corpus as a certificate and as a
// key, and every pair, by each operation of the family.
func TestCorpusRelatives(t *testing.T) {
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
		req.Certificate, req.PrivateKey = r.certificate, validate.NewSecret(r.key)
		opts := noLimits
		opts.Now = inPeriod
		original := answersOf(&req, opts)
		original.checkShared(t, r.id, &req, validate.ParsePair(req.Certificate, req.PrivateKey, opts), opts)
		for _, op := range relatives() {
			if own, ok := requestOf(op, &req); ok {
				agree(t, op, r.id, original.report, answersOf(own, opts))
			}
		}
		return original.summary.Verdict.Condition
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
