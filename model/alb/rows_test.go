package alb_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/validate"
)

// A way is a request that maps to a condition, with the exact answer.
type way struct {
	cond      errcodes.Condition
	from      alb.State
	in        alb.Input
	code      errcodes.Code
	status    int
	message   string
	subject   string
	parameter string
}

const (
	invalidParameter = "Invalid parameter, please check the parameter input."
	quotaStandard    = "alb_quota_loadbalancer_certificates_num_standard_edition"
)

// ways has every condition of the operation, as the original edition answers.
func ways(t *testing.T) []way {
	t.Helper()
	full := alb.Scenario{}.LoadBalancer("alb-1", alb.Standard).Quota(2).Certificates(9).
		Listener("lsn-2", alb.QUIC).Default(c(9)).Associated(c(8)).Listener("lsn-1", alb.HTTPS).Default(c(1)).State()
	notServer := shop().NotServer("client-cn-hangzhou").State()
	bare := alb.Scenario{}.LoadBalancer("alb-1", alb.Basic).Listener("lsn-1", alb.HTTPS).Certificates(3).State()
	used, _ := alb.Machine{}.Step(shop().State(), withToken("r0", "t", c(2)))
	sixteen := make([]string, 16)
	for i := range sixteen {
		sixteen[i] = c(i + 2)
	}
	ask := func(change func(*request)) alb.Input {
		req := &request{ListenerID: "lsn-1", CertificateIDs: ids(2)}
		change(req)
		return alb.Change("r", req)
	}
	malformed := parsed(t, url.Values{
		"ListenerId": {"lsn-1"}, "Certificates.1.CertificateId": {c(2)}, "DryRun": {"True"},
	})
	s := shop().State()
	return []way{
		{
			errcodes.CondListenerIDMissing, s, ask(func(r *request) { r.ListenerID = "" }),
			errcodes.InvalidParameter, 400, invalidParameter, "the request", "ListenerId",
		},
		{
			errcodes.CondCertificatesMissing, s, ask(func(r *request) { r.CertificateIDs = nil }),
			errcodes.InvalidParameter, 400, invalidParameter, "the request", "Certificates",
		},
		{
			errcodes.CondTooManyCertificates, s, ask(func(r *request) { r.CertificateIDs = sixteen }),
			errcodes.InvalidParameter, 400, invalidParameter, "the request", "Certificates",
		},
		{
			errcodes.CondCertificateIDMissing, s, ask(func(r *request) { r.CertificateIDs = []string{c(2), ""} }),
			errcodes.InvalidParameter, 400, invalidParameter, "the request", "Certificates.2.CertificateId",
		},
		{
			errcodes.CondCertificateIDMalformed, s, ask(func(r *request) { r.CertificateIDs = []string{c(2) + "\n"} }),
			errcodes.InvalidParameter, 400, invalidParameter, "the request", "Certificates.1.CertificateId",
		},
		{
			errcodes.CondClientTokenTooLong, s, ask(func(r *request) { r.ClientToken = strings.Repeat("t", 65) }),
			errcodes.InvalidParameter, 400, invalidParameter, "the request", "ClientToken",
		},
		{
			errcodes.CondClientTokenNotASCII, s, ask(func(r *request) { r.ClientToken = "tôken" }),
			errcodes.InvalidParameter, 400, invalidParameter, "the request", "ClientToken",
		},
		{
			errcodes.CondDryRunMalformed, s, alb.Change("r", malformed),
			errcodes.InvalidParameter, 400, invalidParameter, "the request", "DryRun",
		},
		{
			errcodes.CondCertificateRepeated, s, ask(func(r *request) { r.CertificateIDs = ids(2, 2) }),
			errcodes.ResourceAlreadyAssociatedCertificate, 400, "The specified resource 2-cn-hangzhou is already associated.", "the request", "Certificates.2.CertificateId",
		},
		{
			errcodes.CondListenerNotFound, s, ask(func(r *request) { r.ListenerID = "lsn-9" }),
			errcodes.ResourceNotFoundListener, 404, "The specified resource lsn-9 is not found.", "listener lsn-9", "ListenerId",
		},
		{
			errcodes.CondLoadBalancerForbidden, shop().Forbidden().State(), associate("r", c(2)),
			errcodes.ForbiddenLoadBalancer, 403, "Authentication has failed for LoadBalancer.", "load balancer alb-1", "ListenerId",
		},
		{
			errcodes.CondListenerProtocolUnsupported, alb.Scenario{}.LoadBalancer("alb-1", alb.WAF).Listener("lsn-1", alb.HTTP).State(), associate("r", c(2)),
			errcodes.OperationDeniedHTTPListenerNotSupport, 400, "The operation is not allowed because of HttpListenerNotSupport.", "listener lsn-1", "ListenerId",
		},
		{
			errcodes.CondTokenReused, used, withToken("r", "t", c(3)),
			errcodes.IdempotenceSignatureMismatch, 400, "The idempotence token of request is same with the prev one, but the signature is different.", `client token "t"`, "ClientToken",
		},
		{
			errcodes.CondListenerConfiguring, shop().Associating("a", c(3)).State(), associate("r", c(2)),
			errcodes.IncorrectStatusListener, 400, "The status of lsn-1 [Configuring] is incorrect.", "listener lsn-1", "ListenerId",
		},
		{
			errcodes.CondListenerNotRunning, shop().Stopped().State(), associate("r", c(2)),
			errcodes.IncorrectStatusListener, 400, "The status of lsn-1 [Stopped] is incorrect.", "listener lsn-1", "ListenerId",
		},
		{
			errcodes.CondListenerNotRunning, shop().Provisioning().State(), associate("r", c(2)),
			errcodes.IncorrectStatusListener, 400, "The status of lsn-1 [Provisioning] is incorrect.", "listener lsn-1", "ListenerId",
		},
		{
			errcodes.CondDefaultCertificateMissing, bare, associate("r", c(2)),
			errcodes.OperationFailedDefaultCertificateNotFound, 400, "The operation failed because of DefaultCertificateNotFound.", "listener lsn-1", "ListenerId",
		},
		{
			errcodes.CondCertificateNotFound, s, associate("r", "7"),
			errcodes.ResourceNotFoundCertificate, 404, "The specified resource 7 is not found.", "certificate 7", "Certificates.1.CertificateId",
		},
		{
			errcodes.CondCertificateNotServer, notServer, associate("r", c(2), "client-cn-hangzhou"),
			errcodes.ResourceNotFoundCertificate, 404, "The specified resource client-cn-hangzhou is not found.", "certificate client-cn-hangzhou", "Certificates.2.CertificateId",
		},
		{
			errcodes.CondCertificateIsDefault, s, associate("r", c(1)),
			errcodes.OperationDeniedDefaultCertificateUsed, 400, "The operation is not allowed because of DefaultCertificateUsed.", "certificate 1-cn-hangzhou", "Certificates.1.CertificateId",
		},
		{
			errcodes.CondCertificateAssociated, shop().Associated(c(2)).State(), associate("r", c(2)),
			errcodes.ResourceAlreadyAssociatedCertificate, 400, "The specified resource 2-cn-hangzhou is already associated.", "certificate 2-cn-hangzhou", "Certificates.1.CertificateId",
		},
		{
			errcodes.CondQuotaExceeded, full, associate("r", c(2), c(3)),
			errcodes.ResourceQuotaExceededLoadBalancerCertificatesNum, 400, "The quota of " + quotaStandard + " is exceeded for resource alb-1, usage 1/2.", "load balancer alb-1", "Certificates",
		},
		{
			errcodes.CondDryRun, s, ask(func(r *request) { r.DryRun = true }),
			errcodes.DryRunOperation, 400, "Request validation has been passed with DryRun flag set.", "the request", "DryRun",
		},
	}
}

func withToken(requestID, token string, certificates ...string) alb.Input {
	return alb.Change(requestID, &request{ListenerID: "lsn-1", CertificateIDs: certificates, ClientToken: token})
}

// Every condition of the operation, in both editions, is reached, with the exact
// answer of its row. The editions differ in one row.
func TestEveryConditionIsReached(t *testing.T) {
	for version, table := range tables() {
		reached := map[errcodes.Condition]bool{}
		for _, e := range ways(t) {
			if e.cond == errcodes.CondListenerConfiguring && version == errcodes.Current {
				e.code, e.message = errcodes.ResourceInConfiguringListener, "The specified resource lsn-1 is configuring, please try again later."
			}
			next, output := alb.Machine{Version: version}.Step(e.from, e.in)
			unchanged(t, e.from, next)
			row, _ := table.Row(e.cond)
			want := errcodes.Error{
				Operation: errcodes.AssociateAdditionalCertificatesWithListener, Code: e.code, Status: e.status, Message: e.message, Condition: e.cond,
				Parameter: e.parameter, Reason: output.Error.Reason, Evidence: table.Evidence(e.cond), Source: table.Source(e.cond).String(), Origin: row.Origin,
			}
			if want := (model.Output{RequestID: "r", Error: want, Target: e.subject}); !output.Equal(want) {
				t.Errorf("version %v, %v:\n%+v, want\n%+v", version, e.cond, output, want)
			}
			reached[output.Error.Condition] = true
		}
		for cond := range table.Conditions() {
			if !reached[cond] {
				t.Errorf("version %v: %v is not reached", version, cond)
			}
		}
	}
}

func tables() map[errcodes.Version]errcodes.Table {
	return map[errcodes.Version]errcodes.Table{
		errcodes.Original: {Operation: errcodes.AssociateAdditionalCertificatesWithListener, Version: errcodes.Original},
		errcodes.Current:  {Operation: errcodes.AssociateAdditionalCertificatesWithListener, Version: errcodes.Current},
	}
}

// rowNames lists the rows by name: the six of the original table,
// DryRunOperation, and those that were borrowed.
var rowNames = map[errcodes.Version][]errcodes.Code{
	errcodes.Original: {
		"IncorrectStatus.Listener", "OperationDenied.DefaultCertificateUsed", "OperationFailed.DefaultCertificateNotFound",
		"ResourceAlreadyAssociated.Certificate", "ResourceQuotaExceeded.LoadBalancerCertificatesNum", "ResourceNotFound.Certificate",
		"DryRunOperation",
		"OperationDenied.HttpListenerNotSupport", "InvalidParameter", "Forbidden.LoadBalancer", "ResourceNotFound.Listener",
		"IdempotenceSignatureMismatch",
	},
	errcodes.Current: {
		"IncorrectStatus.Listener", "OperationDenied.DefaultCertificateUsed", "OperationFailed.DefaultCertificateNotFound",
		"ResourceAlreadyAssociated.Certificate", "ResourceQuotaExceeded.LoadBalancerCertificatesNum",
		"OperationDenied.HttpListenerNotSupport", "InvalidParameter", "ResourceInConfiguring.Listener", "Forbidden.LoadBalancer",
		"ResourceNotFound.Certificate", "ResourceNotFound.Listener",
		"DryRunOperation", "IdempotenceSignatureMismatch",
	},
}

func TestEveryRowIsReached(t *testing.T) {
	for version, table := range tables() {
		reached := map[errcodes.Row]bool{}
		for _, e := range ways(t) {
			_, output := alb.Machine{Version: version}.Step(e.from, e.in)
			row, known := table.Row(output.Error.Condition)
			if !known || row.Code != output.Error.Code || row.Status != output.Error.Status {
				t.Errorf("version %v, %v: %+v, row %+v", version, e.cond, output.Error, row)
			}
			reached[row] = true
		}
		var rows []errcodes.Code
		for row := range table.Rows() {
			rows = append(rows, row.Code)
			if !reached[row] {
				t.Errorf("version %v: row %s is not reached", version, row.Code)
			}
		}
		if !slices.Equal(rows, rowNames[version]) {
			t.Errorf("version %v: the rows are %v, want %v", version, rows, rowNames[version])
		}
	}
}

// The conditions of a request alone are the same before a call and in the machine,
// and the machine looks at no state for it.
func TestRequestRowsAreThoseOfValidate(t *testing.T) {
	long := strings.Repeat("t", 65)
	sixteen := make([]string, 16)
	for i := range sixteen {
		sixteen[i] = c(i)
	}
	requests := map[errcodes.Condition][]*request{
		errcodes.CondListenerIDMissing:      {{}, {CertificateIDs: ids(2), ClientToken: long}},
		errcodes.CondCertificatesMissing:    {{ListenerID: "l"}, {ListenerID: "l", Malformed: validate.Malformed{Certificates: "[]"}}},
		errcodes.CondTooManyCertificates:    {{ListenerID: "l", CertificateIDs: sixteen}},
		errcodes.CondCertificateIDMissing:   {{ListenerID: "l", CertificateIDs: []string{""}}, {ListenerID: "l", CertificateIDs: []string{"", ""}}},
		errcodes.CondCertificateIDMalformed: {{ListenerID: "l", CertificateIDs: []string{"a b"}}, {ListenerID: "l", CertificateIDs: []string{"é"}}},
		errcodes.CondClientTokenTooLong:     {{ListenerID: "l", CertificateIDs: ids(2, 2), ClientToken: long}},
		errcodes.CondClientTokenNotASCII:    {{ListenerID: "l", CertificateIDs: ids(2), ClientToken: "\x7f"}},
		errcodes.CondDryRunMalformed:        {{ListenerID: "l", CertificateIDs: ids(2, 2), Malformed: validate.Malformed{DryRun: "1"}}},
		errcodes.CondCertificateRepeated:    {{ListenerID: "l", CertificateIDs: ids(2, 3, 2), DryRun: true}},
	}
	for cond := range errcodes.AssociateAdditionalCertificatesWithListener.Table().Conditions() {
		if cond <= errcodes.CondCertificateRepeated && cond != errcodes.CondCertificateNotServer && requests[cond] == nil {
			t.Errorf("%v is missing here", cond)
		}
	}
	for cond, reqs := range requests {
		for _, req := range reqs {
			report := validate.Check(req, validate.Options{})
			for _, s := range []alb.State{{}, shop().State(), shop().Forbidden().State()} {
				next, output := step(s, alb.Change("r", req))
				unchanged(t, s, next)
				if v, refused := report.Verdict(); !refused || v.Condition != cond || output.Error != v {
					t.Errorf("%v: the machine answers %+v, validate %+v", cond, output.Error, v)
				}
			}
		}
	}
}

// A request that passes is passed on as it is.
func TestAssociateKeepsTheRequest(t *testing.T) {
	req := &request{ListenerID: "lsn-1", CertificateIDs: ids(2, 3), ClientToken: "t", DryRun: true}
	in := alb.Change("r", req)
	req.CertificateIDs[0] = "changed"
	got, ok := in.Action.(alb.ChangeCertificates)
	if !ok || got.RequestID != "r" || got.ListenerID != "lsn-1" || !slices.Equal(got.CertificateIDs, ids(2, 3)) || got.ClientToken != "t" || !got.DryRun {
		t.Errorf("%+v", in)
	}
}
