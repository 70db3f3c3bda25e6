package cdn_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

// publishedRows are the rows of the operation's published table.
var publishedRows = []errcodes.Row{
	{Code: "InvalidDomain.NotFound", Status: 404, Message: "The domain provided does not belong to you.", Origin: errcodes.OwnPage},
	{Code: "IllegalOperation", Status: 403, Message: "Illegal domain operate is not permitted.", Origin: errcodes.OwnPage},
	{Code: "ServiceBusy", Status: 403, Message: "The specified Domain is configuring, please retry later.", Origin: errcodes.OwnPage},
	{Code: "InvalidDomain.Offline", Status: 400, Message: "The domain provided is offline.", Origin: errcodes.OwnPage},
	{Code: "OperationDenied", Status: 403, Message: "Your CDN service is suspended.", Origin: errcodes.OwnPage},
	{Code: "InvalidServerCertificateStatus.ValueNotSupported", Status: 400, Message: "The specified value of parameter Enable is not supported.", Origin: errcodes.OwnPage},
	{Code: "ServerCertificate.MissingParameter", Status: 400, Message: "An input parameter ServerCertificate that is mandatory for processing the request is not supplied.", Origin: errcodes.OwnPage},
	{Code: "PrivateKey.MissingParameter", Status: 400, Message: "An input parameter PrivateKey that is mandatory for processing the request is not supplied.", Origin: errcodes.OwnPage},
	{Code: "InvalidCertificate", Status: 400, Message: "The Certificate you provided is malformed!", Origin: errcodes.OwnPage},
	{Code: "InvalidPrivateKey", Status: 400, Message: "The Private Key you provided is malformed!", Origin: errcodes.OwnPage},
	{Code: "Certificate.MissMatch", Status: 400, Message: "The Private Key does not math the specified Certificate!", Origin: errcodes.OwnPage},
	{Code: "InvalidCertificate.TooLong", Status: 400, Message: "The Certificate you provided is over the max length!", Origin: errcodes.OwnPage},
	{Code: "InvalidCertName.TooLong", Status: 400, Message: "The Certificate name you provided is over the max length 128!", Origin: errcodes.OwnPage},
	{Code: "SetDomainServerCertificate.ParameterError", Status: 400, Message: "Parameters have error.", Origin: errcodes.OwnPage},
	{Code: "Certificate.StatusError", Status: 400, Message: "Certificate is not exist or its status is error.", Origin: errcodes.OwnPage},
	{Code: "DeleteFailed", Status: 400, Message: "Delete certificate is failed.", Origin: errcodes.OwnPage},
	{Code: "Certificate.NotFind", Status: 400, Message: "Not find the certificate info.", Origin: errcodes.OwnPage},
	{Code: "Certificate.Duplicated", Status: 400, Message: "The certificate name is duplicated.", Origin: errcodes.OwnPage},
	{Code: "Certificate.FormatError", Status: 400, Message: "The certificate format is error.", Origin: errcodes.OwnPage},
	{Code: "Certificate.StatusError", Status: 400, Message: "The certificate status is error.", Origin: errcodes.OwnPage},
	{Code: "Certificate.KeyNull", Status: 400, Message: "The private key is not null.", Origin: errcodes.OwnPage},
	{Code: "Key.Malformed", Status: 400, Message: "The private key format is error.", Origin: errcodes.OwnPage},
	{Code: "Certificate.NotPermittedOff", Status: 400, Message: "Turn off certificate will change domain scheduling, please contact customer service.", Origin: errcodes.OwnPage},
	{Code: "Certificate.SettedNotEffect", Status: 400, Message: "Certificate was successfully setted but does't take effect for protecting current service, please contact customer service.", Origin: errcodes.OwnPage},
}

// rowCase is a request in a state, and the condition and row that it maps to.
type rowCase struct {
	cond  errcodes.Condition
	row   int // in publishedRows
	state cdn.State
	req   *request
	opts  validate.Options
	alone bool // the condition is one of the request alone
}

// change returns a sound upload with something changed.
func change(p pair, apply func(*request)) *request {
	req := p.upload(www, "n")
	apply(req)
	return req
}

func requestRows(t *testing.T) []rowCase {
	t.Helper()
	a, b := pairA(), pairB()
	online := cdn.Scenario{}.HTTPSDomain(www).State()
	short := pair{testdata.Read("validity/short.pem"), a.key}
	at := func(year int) validate.Options {
		return validate.Options{Now: time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC)}
	}
	key := func(path string) func(*request) {
		return func(r *request) { r.PrivateKey = validate.NewSecret(testdata.Read(path)) }
	}
	cert := func(text string) func(*request) { return func(r *request) { r.Certificate = text } }
	cases := []rowCase{
		{cond: errcodes.CondDomainNameMissing, row: 13, req: change(a, func(r *request) { r.DomainName = "" })},
		{cond: errcodes.CondDomainNameMalformed, row: 13, req: change(a, func(r *request) { r.DomainName = "a.com,b.com" })},
		{cond: errcodes.CondStatusUnsupported, row: 5, req: change(a, func(r *request) { r.Status = "On" })},
		{cond: errcodes.CondCertTypeUnsupported, row: 13, req: change(a, func(r *request) { r.CertType = "Upload" })},
		{cond: errcodes.CondForceSetUnsupported, row: 13, req: change(a, func(r *request) { r.Overwrite = "yes" })},
		{cond: errcodes.CondCertNameMalformed, row: 13, req: change(a, func(r *request) { r.CertName = "a\tb" })},
		{cond: errcodes.CondCertNameTooLong, row: 12, req: change(a, func(r *request) { r.CertName = strings.Repeat("证", 129) })},
		{cond: errcodes.CondCertificateUnidentified, row: 13, req: byName(www, "")},
		{cond: errcodes.CondCertificateMissing, row: 6, req: change(a, cert(""))},
		{cond: errcodes.CondPrivateKeyMissing, row: 7, req: change(a, func(r *request) { r.PrivateKey = validate.Secret{} })},
		{cond: errcodes.CondCertificateTooLong, row: 11, req: change(a, cert(strings.Repeat(a.pem, 64)))},
		{cond: errcodes.CondPrivateKeyTooLong, row: 11, req: change(a, func(*request) {}), opts: validate.Options{PrivateKeyLimit: 100}},
		{cond: errcodes.CondPrivateKeyBlank, row: 20, req: change(a, func(r *request) { r.PrivateKey = validate.NewSecret(" \r\n") })},
		{cond: errcodes.CondCertificateNotPEM, row: 18, req: change(a, cert(testdata.Read("forms/leaf.der")))},
		{cond: errcodes.CondPrivateKeyNotPEM, row: 21, req: change(a, key("forms/key.der"))},
		{cond: errcodes.CondCertificateMalformed, row: 8, req: change(a, cert(testdata.Read("unsupported/dsa.pem")))},
		{cond: errcodes.CondCertificateNotServer, row: 8, req: change(a, cert(testdata.Read("usage/client-only.pem")))},
		{cond: errcodes.CondPrivateKeyEncrypted, row: 9, req: change(a, key("encrypted/pkcs8.pem"))},
		{cond: errcodes.CondPrivateKeyUnsupported, row: 9, req: change(a, key("unsupported/ed448-key.pem"))},
		{cond: errcodes.CondPrivateKeyMalformed, row: 9, req: change(a, key("forms/ec-wrong-public.pem"))},
		{cond: errcodes.CondKeyMismatch, row: 10, req: change(a, func(r *request) { r.PrivateKey = b.key })},
		{cond: errcodes.CondCertificateExpired, row: 19, req: short.upload(www, "n"), opts: at(2049)},
		{cond: errcodes.CondCertificateNotYetValid, row: 19, req: short.upload(www, "n"), opts: at(1999)},
	}
	for i := range cases {
		cases[i].alone, cases[i].state = true, online
	}
	return cases
}

func stateRows(t *testing.T) []rowCase {
	t.Helper()
	a, b := pairA(), pairB()
	domain := cdn.Scenario{}.HTTPSDomain(www)
	bound := domain.Certificate("A", a.pem).Bound()
	inCenter := domain.CenterCertificate("C", a.pem)
	withKey := func(req *request, p pair) *request {
		req.PrivateKey = p.key
		return req
	}
	return []rowCase{
		{cond: errcodes.CondAccountSuspended, row: 4, state: domain.Suspended().State(), req: a.upload(www, "n")},
		{cond: errcodes.CondDomainNotFound, row: 0, state: cdn.State{}, req: a.upload(www, "n")},
		{cond: errcodes.CondDomainNotFound, row: 0, state: cdn.Scenario{}.ForeignDomain(www).State(), req: a.upload(www, "n")},
		{cond: errcodes.CondDomainNotPermitted, row: 1, state: domain.Forbidden().State(), req: a.upload(www, "n")},
		{cond: errcodes.CondDomainNotPermitted, row: 1, state: cdn.Scenario{}.PlainDomain(www).State(), req: off(www)},
		{cond: errcodes.CondDomainOffline, row: 3, state: domain.Offline().State(), req: a.upload(www, "n")},
		{cond: errcodes.CondDomainConfiguring, row: 2, state: domain.Configuring().State(), req: a.upload(www, "n")},
		{cond: errcodes.CondCertificateNotFound, row: 16, state: domain.State(), req: byName(www, "C")},
		{cond: errcodes.CondCertificateNotFound, row: 16, state: domain.CertificateIn(cas.Overseas, "C", a.pem).State(), req: byName(www, "C")},
		{cond: errcodes.CondCertificateNotFound, row: 16, state: inCenter.State(), req: casContent("C", b)},
		{cond: errcodes.CondCertificateNotFound, row: 16, state: inCenter.CertificateIn(cas.Overseas, "B", b.pem).State(), req: casContent("", b)},
		{cond: errcodes.CondFreeCertificateUnavailable, row: 14, state: domain.State(), req: free()},
		{cond: errcodes.CondCertificateStatusBad, row: 19, state: inCenter.Pending().State(), req: byName(www, "C")},
		{cond: errcodes.CondCertificateStatusBad, row: 19, state: inCenter.Revoked().State(), req: casContent("", a)},
		{cond: errcodes.CondCertificateStatusBad, row: 19, state: inCenter.Expired().State(), req: byName(www, "C")},
		{cond: errcodes.CondStoredKeyMissing, row: 20, state: inCenter.WithoutKey().State(), req: byName(www, "C")},
		{cond: errcodes.CondStoredKeyMismatch, row: 10, state: inCenter.State(), req: withKey(byName(www, "C"), b)},
		{cond: errcodes.CondCertNameDuplicated, row: 17, state: bound.State(), req: a.upload(www, "A")},
		{cond: errcodes.CondCertNameDuplicated, row: 17, state: bound.State(), req: change(b, func(r *request) { r.CertName, r.Overwrite = "A", "0" })},
		{cond: errcodes.CondCertNameDuplicated, row: 17, state: inCenter.State(), req: a.forced("C")},
		{cond: errcodes.CondCertNameDuplicated, row: 17, state: bound.Locked().State(), req: a.forced("A")},
		{cond: errcodes.CondTurnOffNotPermitted, row: 22, state: bound.Scheduled().State(), req: off(www)},
		{cond: errcodes.CondCertificateDeleteFailed, row: 15, state: bound.Locked().State(), req: off(www)},
		{cond: errcodes.CondSetNotEffective, row: 23, state: domain.Protected().State(), req: a.upload(www, "n")},
		{cond: errcodes.CondSetNotEffective, row: 23, state: inCenter.Protected().State(), req: byName(www, "C")},
		{cond: errcodes.CondSetNotEffective, row: 23, state: domain.Protected().FreeCertificate().State(), req: free()},
	}
}

// casContent asks for a certificate of the center by content, and by name, too,
// if there is one.
func casContent(name string, p pair) *request {
	req := byName(www, name)
	req.Certificate = p.pem
	return req
}

// Every row of the published table and every condition of the table is reached
// through the machine. A condition of the request alone is also found by validate.
func TestEveryRow(t *testing.T) {
	catalog := errcodes.SetDomainServerCertificate.Table()
	same := func(row, published errcodes.Row) bool {
		row.Description = errcodes.Description{} // of a Chinese page
		return row == published
	}
	if len(publishedRows) != 24 || !slices.EqualFunc(slices.Collect(catalog.Rows()), publishedRows, same) {
		t.Fatal("the rows are not the published table")
	}
	rows, conditions := map[int]bool{}, map[errcodes.Condition]bool{}
	for _, c := range append(requestRows(t), stateRows(t)...) {
		rows[c.row], conditions[c.cond] = true, true
		t.Run(c.cond.String(), func(t *testing.T) { checkRow(t, c) })
	}
	for i, row := range publishedRows {
		if !rows[i] {
			t.Errorf("row %s %q is not reached", row.Code, row.Message)
		}
	}
	for cond := range catalog.Conditions() {
		if !conditions[cond] {
			t.Errorf("condition %v is not reached", cond)
		}
	}
}

func checkRow(t *testing.T, c rowCase) {
	t.Helper()
	next, output := step(c.state, cdn.Set("request 1", c.req, c.opts))
	e, row := output.Error, publishedRows[c.row]
	if e.Condition != c.cond || e.Code != row.Code || e.Message != row.Message || e.Status != row.Status {
		t.Errorf("%v %s %q, want %v %s %q", e.Condition, e.Code, e.Message, c.cond, row.Code, row.Message)
	}
	if output.RequestID != "request 1" || output.Target == "" || e.Evidence == 0 || e.Origin != errcodes.OwnPage {
		t.Errorf("incomplete: %+v", output)
	}
	if c.cond != errcodes.CondSetNotEffective {
		unchanged(t, c.state, next)
	}
	err := validate.Verdict(c.req, c.opts)
	var verdict *errcodes.Error
	switch asked := errors.As(err, &verdict); {
	case c.alone && (!asked || *verdict != e):
		t.Errorf("validate says %v, the machine %v", err, output.Err())
	case !c.alone && err != nil:
		t.Errorf("the request alone maps to %v", err)
	}
}

// Of two things that stand against a request, the one that is checked first
// decides. Each of these states has every obstacle; the obstacles are taken away
// one after the other.
func TestOrderOfStateChecks(t *testing.T) {
	type obstacle struct {
		cond errcodes.Condition
		add  func(*cdn.State)
	}
	onDomain := func(apply func(*cdn.Domain)) func(*cdn.State) {
		return func(s *cdn.State) {
			d, _ := s.Domains.Get(www)
			apply(&d)
			s.Domains = s.Domains.Set(www, d)
		}
	}
	onCertificate := func(name string, apply func(*cas.Certificate)) func(*cdn.State) {
		return func(s *cdn.State) { s.CAS = s.CAS.Update(name, apply) }
	}
	common := []obstacle{
		{errcodes.CondAccountSuspended, func(s *cdn.State) { s.Suspended = true }},
		{errcodes.CondDomainNotFound, onDomain(func(d *cdn.Domain) { d.Foreign = true })},
		{errcodes.CondDomainNotPermitted, onDomain(func(d *cdn.Domain) { d.Forbidden = true })},
		{errcodes.CondDomainOffline, onDomain(func(d *cdn.Domain) { d.Offline = true })},
		{errcodes.CondDomainConfiguring, onDomain(func(d *cdn.Domain) { d.Configuring = true })},
	}
	notEffective := obstacle{errcodes.CondSetNotEffective, onDomain(func(d *cdn.Domain) { d.Protected = true })}
	a, b := pairA(), pairB()
	casWithKey := byName(www, "C")
	casWithKey.PrivateKey = b.key
	start := cdn.Scenario{}.HTTPSDomain(www).Certificate("A", a.pem).Bound().FreeCertificate().CenterCertificate("C", a.pem).State()
	tests := map[string]struct {
		req  *request
		then []obstacle
	}{
		"upload": {a.forced("A"), []obstacle{
			{errcodes.CondCertNameDuplicated, onCertificate("A", func(c *cas.Certificate) { c.Locked = true })}, notEffective,
		}},
		"cas": {byName(www, "C"), []obstacle{
			{errcodes.CondCertificateNotFound, func(s *cdn.State) { s.CAS = s.CAS.Remove("C") }},
			{errcodes.CondCertificateStatusBad, onCertificate("C", func(c *cas.Certificate) { c.Status = cas.Revoked })},
			{errcodes.CondStoredKeyMissing, onCertificate("C", func(c *cas.Certificate) { c.KeyStored = false })},
			notEffective,
		}},
		"cas with a key": {casWithKey, []obstacle{
			{errcodes.CondCertificateNotFound, func(s *cdn.State) { s.CAS = s.CAS.Remove("C") }},
			{errcodes.CondCertificateStatusBad, onCertificate("C", func(c *cas.Certificate) { c.Status = cas.Revoked })},
			{errcodes.CondStoredKeyMismatch, func(*cdn.State) {}},
		}},
		"free": {free(), []obstacle{
			{errcodes.CondFreeCertificateUnavailable, onDomain(func(d *cdn.Domain) { d.Free = cdn.FreeFailed })}, notEffective,
		}},
		"off": {off(www), []obstacle{
			{errcodes.CondTurnOffNotPermitted, onDomain(func(d *cdn.Domain) { d.Scheduled = true })},
			{errcodes.CondCertificateDeleteFailed, onCertificate("A", func(c *cas.Certificate) { c.Locked = true })},
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			obstacles := append(slices.Clone(common), test.then...)
			for i, first := range obstacles {
				for _, second := range obstacles[i:] {
					s := start
					second.add(&s)
					first.add(&s)
					if _, output := step(s, in(test.req)); output.Error.Condition != first.cond {
						t.Errorf("%v and %v: %v", first.cond, second.cond, output.Outcome())
					}
				}
			}
			bad := change(b, func(r *request) { r.PrivateKey = a.key })
			s := start
			for _, o := range obstacles {
				o.add(&s)
			}
			refused(t, s, in(bad), errcodes.CondKeyMismatch) // requests are checked before the state
		})
	}
}
