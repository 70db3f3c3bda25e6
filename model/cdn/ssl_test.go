package cdn_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

type sslRequest = validate.CDNRequest

// A successor is an operation that took the place of SetDomainServerCertificate.
type successor struct {
	op errcodes.Operation

	notFound, notPermitted string // its codes for a domain
}

func successorsOf() []successor {
	return []successor{
		{errcodes.SetCdnDomainSSLCertificate, "InvalidDomain.NotFound", "IllegalOperation"},
		{errcodes.SetDcdnDomainSSLCertificate, "InvalidDomain.NotFound", "IllegalOperationDomain"},
	}
}

// id returns the id of the domain that requests on www are about.
func (s *successor) id() string { return cdn.DomainID(s.op.Product(), www) }

// domains is an account with www in the CDN and in the operation's product; the latter is
// the one that further calls apply to.
func (s *successor) domains() cdn.Scenario {
	account := cdn.Scenario{}.HTTPSDomain(www)
	if s.id() != www {
		account = account.HTTPSDomain(s.id())
	}
	return account
}

// of returns the request as one of the operation.
func (s *successor) of(req *sslRequest) *sslRequest {
	of := *req
	of.Op = s.op
	return &of
}

func (s *successor) set(req *sslRequest, opts validate.Options) cdn.Input {
	return cdn.Set("r", s.of(req), opts)
}

func (s *successor) in(req *sslRequest) cdn.Input { return s.set(req, validate.Options{}) }

func sslOf(req *request) *sslRequest {
	return &sslRequest{
		DomainName: req.DomainName, Status: req.Status, Certificate: req.Certificate, PrivateKey: req.PrivateKey,
		CertType: req.CertType, CertName: req.CertName,
	}
}

func (p pair) ssl(name string) *sslRequest { return sslOf(p.upload(www, name)) }

func byID(id, region string) *sslRequest {
	return &sslRequest{DomainName: www, Status: "on", CertType: "cas", CertID: id, CertRegion: region}
}

// sslCase is a request in a state, and the condition and code that it maps to.
type sslCase struct {
	cond  errcodes.Condition
	code  string
	state cdn.State
	req   *sslRequest
	opts  validate.Options
	alone bool // the condition is one of the request alone
}

// sslRequestCodes are the codes of the conditions of a request alone.
var sslRequestCodes = map[errcodes.Condition]string{
	errcodes.CondDomainNameMissing:       "MissingDomainName",
	errcodes.CondDomainNameMalformed:     "SetDomainCertificate.ParameterError",
	errcodes.CondStatusUnsupported:       "InvalidSSLProtocol.ValueNotSupported",
	errcodes.CondCertTypeUnsupported:     "SetDomainCertificate.ParameterError",
	errcodes.CondCertNameMalformed:       "SetDomainCertificate.ParameterError",
	errcodes.CondCertNameTooLong:         "InvalidCertName.TooLong",
	errcodes.CondCertificateUnidentified: "CertName.MissingParameter",
	errcodes.CondCertificateMissing:      "SSLPub.MissingParameter",
	errcodes.CondPrivateKeyMissing:       "SSLPri.MissingParameter",
	errcodes.CondCertificateTooLong:      "InvalidCertificate.TooLong",
	errcodes.CondPrivateKeyTooLong:       "InvalidCertificate.TooLong",
	errcodes.CondPrivateKeyBlank:         "Certificate.KeyNull",
	errcodes.CondCertificateNotPEM:       "InvalidSSLPub",
	errcodes.CondPrivateKeyNotPEM:        "InvalidSSLPri",
	errcodes.CondCertificateMalformed:    "InvalidSSLPub",
	errcodes.CondCertificateNotServer:    "InvalidSSLPub",
	errcodes.CondPrivateKeyEncrypted:     "InvalidSSLPri",
	errcodes.CondPrivateKeyUnsupported:   "InvalidSSLPri",
	errcodes.CondPrivateKeyMalformed:     "InvalidSSLPri",
	errcodes.CondKeyMismatch:             "Certificate.MissMatch",
	errcodes.CondCertificateExpired:      "Certificate.Expired",
	errcodes.CondCertificateNotYetValid:  "Certificate.StatusError",
}

func (s *successor) cases(t *testing.T) (cases []sslCase) {
	t.Helper()
	a, b := pairA(), pairB()
	for _, c := range requestRows(t) {
		if code, ok := sslRequestCodes[c.cond]; ok {
			cases = append(cases, sslCase{c.cond, code, c.state, sslOf(c.req), c.opts, true})
		}
	}
	domain := cdn.Scenario{}.HTTPSDomain(s.id())
	bound := domain.Certificate("A", a.pem).Bound()
	inCenter := domain.CenterCertificate("C", a.pem) // its number is the first
	const first = "1000001"
	otherName, otherContent, withKey := byID(first, ""), byID(first, ""), byID(first, "")
	otherName.CertName, otherContent.Certificate, withKey.PrivateKey = "D", b.pem, b.key
	off := sslOf(off(www))
	cases = append(cases, []sslCase{
		{cond: errcodes.CondParameterMissing, code: "MissingSSLProtocol", req: &sslRequest{DomainName: www}, alone: true},
		{cond: errcodes.CondSecondLeaf, code: "InvalidSSLPub", req: sslOf(change(a, func(r *request) { r.Certificate += b.pem })), alone: true},
		{cond: errcodes.CondCertTypeUnsupported, code: "SetDomainCertificate.ParameterError", req: sslOf(free()), alone: true},
		{cond: errcodes.CondCertIDMalformed, code: "InvalidCertId", req: byID(first+"-cn-hangzhou", ""), alone: true},
		{cond: errcodes.CondCertRegionUnsupported, code: "Abs.CertRegion.ValueNotSupported", req: byID(first, "cn-beijing"), alone: true},
		{cond: errcodes.CondCertificateUnidentified, code: "CertName.MissingParameter", req: byID("", ""), alone: true},

		{cond: errcodes.CondAccountSuspended, code: "OperationDenied", state: domain.Suspended().State(), req: a.ssl("n")},
		{cond: errcodes.CondDomainNotFound, code: s.notFound, state: cdn.State{}, req: a.ssl("n")},
		{cond: errcodes.CondDomainNotPermitted, code: s.notPermitted, state: domain.Forbidden().State(), req: a.ssl("n")},
		{cond: errcodes.CondDomainOffline, code: "InvalidDomain.Offline", state: domain.Offline().State(), req: a.ssl("n")},
		{cond: errcodes.CondDomainConfiguring, code: "ServiceBusy", state: domain.Configuring().State(), req: a.ssl("n")},
		{cond: errcodes.CondCertificateNotFound, code: "SSLPri.MissingParameter", state: domain.State(), req: byID(first, "")},
		{cond: errcodes.CondCertificateNotFound, code: "SSLPri.MissingParameter", state: inCenter.State(), req: byID(first, "ap-southeast-1")},
		{cond: errcodes.CondCertificateNotFound, code: "SSLPri.MissingParameter", state: inCenter.CenterCertificate("D", b.pem).State(), req: otherName},
		{cond: errcodes.CondCertificateNotFound, code: "SSLPri.MissingParameter", state: inCenter.State(), req: otherContent},
		{cond: errcodes.CondCertificateNotFound, code: "SSLPri.MissingParameter", state: domain.CertificateIn(cas.Overseas, "D", a.pem).State(), req: byID(first, "")},
		{cond: errcodes.CondCertificateNotFound, code: "SSLPri.MissingParameter", state: domain.CertificateIn(cas.Overseas, "D", a.pem).State(), req: sslOf(byName(www, "D"))},
		{cond: errcodes.CondCertificateStatusBad, code: "Certificate.StatusError", state: inCenter.Revoked().State(), req: byID(first, "")},
		{cond: errcodes.CondStoredKeyMissing, code: "SSLPri.MissingParameter", state: inCenter.WithoutKey().State(), req: byID(first, "cn-hangzhou")},
		{cond: errcodes.CondStoredKeyMismatch, code: "Certificate.MissMatch", state: inCenter.State(), req: withKey},
		{cond: errcodes.CondCertNameDuplicated, code: "CertNameAlreadyExists", state: bound.State(), req: a.ssl("A")},
		{cond: errcodes.CondCertNameDuplicated, code: "CertNameAlreadyExists", state: inCenter.State(), req: b.ssl("C")},
		{cond: errcodes.CondContentDuplicated, code: "CertificateContent.Duplicated", state: bound.RefusesRepeatedContent().State(), req: a.ssl("n")},
		{cond: errcodes.CondContentDuplicated, code: "CertificateContent.Duplicated", state: inCenter.Expired().RefusesRepeatedContent().State(), req: a.ssl("")},
		{cond: errcodes.CondTurnOffNotPermitted, code: "Certificate.NotPermittedOff", state: bound.Scheduled().State(), req: off},
		{cond: errcodes.CondCertificateDeleteFailed, code: "DeleteFailed", state: bound.Locked().State(), req: off},
		{cond: errcodes.CondDomainProtected, code: "DomainInProtectedMode", state: domain.Protected().State(), req: a.ssl("n")},
		{cond: errcodes.CondDomainProtected, code: "DomainInProtectedMode", state: inCenter.Protected().State(), req: byID(first, "")},
	}...)
	return cases
}

// Every condition of a successor is reached by name, has its code, and changes
// nothing; validate also finds the conditions of the request alone.
func TestEveryRowOfSuccessors(t *testing.T) {
	for _, s := range successorsOf() {
		reached, rows := map[errcodes.Condition]bool{}, map[errcodes.Row]bool{}
		for _, c := range s.cases(t) {
			t.Run(s.op.String()+"/"+c.cond.String(), func(t *testing.T) {
				output := refused(t, c.state, s.set(c.req, c.opts), c.cond)
				row, _ := s.op.Table().Row(c.cond)
				reached[c.cond], rows[row] = true, true
				e := output.Error
				if string(e.Code) != c.code || e.Code != row.Code || e.Status != row.Status || e.Message != strings.Replace(row.Message, "%s", www, 1) || e.Operation != s.op {
					t.Errorf("%s %d %s %q; want %s", e.Operation, e.Status, e.Code, e.Message, c.code)
				}
				if output.RequestID != "r" || output.Target == "" || e.Evidence != s.op.Table().Evidence(c.cond) || e.Origin != row.Origin {
					t.Errorf("incomplete: %+v", output)
				}
				verdict, asked := errors.AsType[*errcodes.Error](validate.Verdict(s.of(c.req), c.opts))
				if asked != c.alone || asked && *verdict != e {
					t.Errorf("validate says %v, the machine %v", verdict, output.Err())
				}
			})
		}
		s.checkReached(t, reached, rows)
	}
}

// checkReached checks that every condition and row of the operation is reached, or is known
// as one that is never answered.
func (s *successor) checkReached(t *testing.T, reached map[errcodes.Condition]bool, rows map[errcodes.Row]bool) {
	t.Helper()
	for cond := range s.op.Table().Conditions() {
		if !reached[cond] {
			t.Errorf("%s: %s is not reached", s.op, cond)
		}
	}
	for row := range s.op.Table().Rows() {
		why, known := s.op.Table().NeverAnswered(row)
		if known == rows[row] || known && (why.EN == "" || why.ZH == "") {
			t.Errorf("%s: row %s %q: reached %v; known as never answered %v, because %q", s.op, row.Code, row.Message, rows[row], known, why.EN)
		}
	}
}

// A successor does to domains and certificates what the original operation does.
func TestSuccessorsAct(t *testing.T) {
	a, b := pairA(), pairB()
	for _, s := range successorsOf() {
		start := s.domains().RefusesRepeatedContent().State()
		ofCDN, finished := event(cdn.ConfigurationFinished{Domain: www}), event(cdn.ConfigurationFinished{Domain: s.id()})
		original, _ := must(t, start, in(a.upload(www, "A")), ofCDN, in(b.upload(www, "B")), ofCDN, in(off(www)))
		same, output := must(t, start, s.in(a.ssl("A")), finished, s.in(b.ssl("B")), finished, s.in(sslOf(off(www))))
		if output.RequestID != "r" || domain(t, same, s.id()) != domain(t, original, www) || !same.CAS.Certificates.Equal(original.CAS.Certificates) {
			t.Errorf("%+v", output)
		}

		// What one stores the other finds.
		mixed, _ := must(t, start, s.in(a.ssl("A")), finished, in(a.forced("A")), ofCDN)
		refused(t, mixed, s.in(a.ssl("C")), errcodes.CondContentDuplicated)
		must(t, mixed, s.in(b.ssl("C")))
		if s.id() != www { // the other product's domain uses the certificate, too
			mixed, _ = must(t, mixed, in(off(www)), ofCDN)
		}
		gone, _ := must(t, mixed, s.in(sslOf(off(www))), finished)
		must(t, gone, s.in(a.ssl("C")))

		// A name is made where none is given.
		named, _ := must(t, start, s.in(a.ssl("")))
		if got := domain(t, named, s.id()).Bound; got != "cert-r" {
			t.Errorf("bound to %q", got)
		}
	}
}

// The id of a certificate of the center is its number and its region.
func TestSuccessorsFindByNumber(t *testing.T) {
	a := pairA()
	start := cdn.Scenario{}.HTTPSDomain(www).HTTPSDomain("dcdn "+www).CenterCertificate("C", a.pem).State()
	abroad := cas.Certificate{Name: "D", ID: "7-ap-southeast-1", KeyStored: true}
	start, _ = must(t, start, event(cas.CertificateAdded{Certificate: abroad}))
	named := byID("1000001", "cn-hangzhou")
	named.CertName, named.Certificate, named.PrivateKey = "C", a.pem, a.key
	abroadByName := sslOf(byName(www, "D"))
	abroadByName.CertRegion = cas.Overseas
	for _, s := range successorsOf() {
		for _, test := range []struct {
			req   *sslRequest
			bound string
		}{
			{byID("1000001", ""), "C"},
			{byID("0001000001", ""), "C"},
			{named, "C"},
			{byID("7", "ap-southeast-1"), "D"},
			{abroadByName, "D"},
		} {
			next, _ := must(t, start, s.in(test.req))
			if got := domain(t, next, s.id()).Bound; got != test.bound {
				t.Errorf("%+v is bound to %q; want %q", test.req, got, test.bound)
			}
			_, wantRegion, _ := strings.Cut(certificate(t, next, test.bound).ID, "-")
			if got := s.info(t, next)["CertRegion"]; got != wantRegion {
				t.Errorf("%+v: the region is %v; want %s", test.req, got, wantRegion)
			}
		}
		output := refused(t, start, s.in(byID("7", "")), errcodes.CondCertificateNotFound)
		if want := "certificate 7-cn-hangzhou"; output.Target != want {
			t.Errorf("%q decided; want %q", output.Target, want)
		}
	}
}

// info returns what the product tells of the certificate of www.
func (s *successor) info(t *testing.T, state cdn.State) object {
	t.Helper()
	if s.id() == www {
		return info(t, state, www)
	}
	return body(t, state, cdn.DescribeCertificate{Product: "dcdn", DomainName: www})["CertInfos"].(object)["CertInfo"].([]any)[0].(object)
}

// The staging environment is no part of the state.
func TestSuccessorsForStaging(t *testing.T) {
	a := pairA()
	for _, s := range successorsOf() {
		start := s.domains().Certificate("A", a.pem).Bound().State()
		for _, req := range []*sslRequest{pairB().ssl("B"), sslOf(off(www))} {
			req.Env = "staging"
			next, output := step(start, s.in(req))
			if !output.OK() {
				t.Errorf("%v", output.Err())
			}
			unchanged(t, start, next)
		}
		req := a.ssl("A")
		req.Env = "staging"
		refused(t, start, s.in(req), errcodes.CondCertNameDuplicated)
		req = pairB().ssl("B")
		req.Env = "production"
		must(t, start, s.in(req))
	}
}

// Of a request nothing is kept that its status or type makes idle, and no key.
func TestSuccessorsKeepWhatCounts(t *testing.T) {
	a := pairA()
	full := func(status, certType string) *sslRequest {
		return &sslRequest{
			DomainName: "WWW.Example.com", Status: status, CertType: certType, CertName: "n", CertID: "007", CertRegion: "ap-southeast-1",
			Certificate: "# text\n" + a.pem, PrivateKey: a.key, Env: "production",
		}
	}
	for _, s := range successorsOf() {
		for status, want := range map[string]set{
			"off":       {DomainName: www, Status: "off"},
			"on upload": {DomainName: www, Status: "on", CertType: "upload", CertName: "n"},
			"on cas":    {DomainName: www, Status: "on", CertType: "cas", CertName: "n", CertID: "7-ap-southeast-1"},
		} {
			status, certType, _ := strings.Cut(status, " ")
			input := s.in(full(status, certType))
			got, ok := input.Action.(set)
			want.Operation, want.RequestID = s.op, "r"
			want.Check, want.Content = got.Check, got.Content
			if !ok || got != want {
				t.Errorf("%s %s: %+v; want %+v", status, certType, got, want)
			}
			if got.On() && (got.Check.Certificate != a.pem || got.Content != cas.ContentOf(a.pem)) {
				t.Errorf("%s: %.20q", status, got.Check.Certificate)
			}
			testutil.RoundTrip(t, input)
		}
		input := s.in(&sslRequest{DomainName: www, CertName: "n"})
		if got, _ := input.Action.(set); got.DomainName+got.CertName != "" || got.Check.Accepted() {
			t.Errorf("of a request that is refused is kept %+v", got)
		}
	}
}
