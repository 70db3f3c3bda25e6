package validate_test

import (
	"net/url"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/testdata/vectors"
	"github.com/alicert/alicert/validate"
)

// requestTables are the tables that requests are checked by.
var requestTables = []errcodes.Operation{
	errcodes.SetDomainServerCertificate, errcodes.AssociateAdditionalCertificatesWithListener,
	errcodes.SetCdnDomainSSLCertificate, errcodes.SetDcdnDomainSSLCertificate, errcodes.SetVodDomainCertificate,
	errcodes.SetVodDomainSSLCertificate, errcodes.SetLiveDomainCertificate,
}

// An input is a request of one of the operations with the options to check it by.
type input struct {
	op   errcodes.Operation
	cdn  validate.CDNRequest
	alb  validate.ALBRequest
	cas  validate.CASRequest
	opts validate.Options
}

// inputOf reads a request from its parameters on the wire.
func inputOf(tb testing.TB, operation string, values url.Values, opts validate.Options) *input {
	tb.Helper()
	var op errcodes.Operation
	if err := op.UnmarshalText([]byte(operation)); err != nil {
		tb.Fatal(err)
	}
	req, err := validate.Parse(op, values)
	if err != nil {
		tb.Fatal(err)
	}
	in := &input{op: op, opts: opts}
	switch req := req.(type) {
	case *validate.CDNRequest:
		in.cdn = *req
	case *validate.ALBRequest:
		in.alb = *req
	case *validate.CASRequest:
		in.cas = *req
	}
	return in
}

func (in *input) request() validate.Request {
	switch {
	case in.alb.Op != 0:
		return &in.alb
	case in.cas.Op != 0:
		return &in.cas
	}
	return &in.cdn
}

func (in *input) report() *validate.Report  { return validate.Check(in.request(), in.opts) }
func (in *input) verdict() error            { return validate.Verdict(in.request(), in.opts) }
func (in *input) summary() validate.Summary { return validate.Summarize(in.request(), in.opts) }

// soundParameters are those of a request without a fault.
func soundParameters(tb testing.TB, op errcodes.Operation) url.Values {
	tb.Helper()
	chain, key := pkiFile(tb, "p256/chain3.pem"), pkiFile(tb, "p256/key.pem")
	switch op {
	case errcodes.SetDomainServerCertificate:
		return url.Values{"DomainName": {"www.example.com"}, "ServerCertificateStatus": {"on"}, "ServerCertificate": {chain}, "PrivateKey": {key}}
	case errcodes.AssociateAdditionalCertificatesWithListener:
		return url.Values{"ListenerId": {"lsn-example"}, "Certificates.1.CertificateId": {"1234567-cn-hangzhou"}}
	default:
		return url.Values{"DomainName": {"www.example.com"}, "SSLProtocol": {"on"}, "SSLPub": {chain}, "SSLPri": {key}}
	}
}

// soundInput is a request without a fault, which many tests start from.
func soundInput(tb testing.TB, op errcodes.Operation) *input {
	tb.Helper()
	return inputOf(tb, op.String(), soundParameters(tb, op), validate.Options{Now: inPeriod})
}

// A namedInput is the request of a vector.
type namedInput struct {
	input
	name string
}

// everyInput returns the request of every vector, for each of its operations.
func everyInput(tb testing.TB) []namedInput {
	tb.Helper()
	var all []namedInput
	for _, v := range readVectors(tb) {
		for _, operation := range v.Operations {
			all = append(all, namedInput{*vectorInput(tb, v, operation), v.Name + "/" + operation})
		}
	}
	return all
}

// vectorInput is the request of a vector for one of its operations.
func vectorInput(tb testing.TB, v vectors.Vector, operation string) *input {
	tb.Helper()
	return inputOf(tb, operation, v.Values(), vectorOptions(v))
}

func vectorOptions(v vectors.Vector) validate.Options {
	opts := validate.Options{Now: v.Time, Strict: v.Strict, VerifyChain: v.VerifyChain, CertificateLimit: v.CertificateLimit, PrivateKeyLimit: v.KeyLimit}
	if v.Stored != nil {
		opts.Certificate = v.Lookup
	}
	return opts
}

// conditionsOf lists what a report holds.
func conditionsOf(r *validate.Report) []errcodes.Condition {
	var conditions []errcodes.Condition
	for _, v := range r.Violations {
		conditions = append(conditions, v.Condition)
	}
	return conditions
}

// Edits of a request.

func domain(name string) func(*input) { return func(in *input) { in.cdn.DomainName = name } }

func status(s string) func(*input)   { return func(in *input) { in.cdn.Status = s } }
func certType(t string) func(*input) { return func(in *input) { in.cdn.CertType = t } }
func forceSet(f string) func(*input) { return func(in *input) { in.cdn.Overwrite = f } }
func certName(n string) func(*input) { return func(in *input) { in.cdn.CertName = n } }
func cert(text string) func(*input)  { return func(in *input) { in.cdn.Certificate = text } }

func privateKey(text string) func(*input) {
	return func(in *input) { in.cdn.PrivateKey = validate.NewSecret(text) }
}

func ids(all ...string) func(*input) { return func(in *input) { in.alb.CertificateIDs = all } }

// wireDryRun takes the parameter in its wire form, the only one in which it can
// be malformed.
func wireDryRun(value string) func(*input) {
	return func(in *input) {
		wire := parseALB(url.Values{"DryRun": {value}})
		in.alb.DryRun, in.alb.Malformed.DryRun = wire.DryRun, wire.Malformed.DryRun
	}
}

// lookUp gives every id the same certificate.
func lookUp(text string) func(*input) {
	return func(in *input) { in.opts.Certificate = func(string) (string, bool) { return text, true } }
}

func all(edits ...func(*input)) func(*input) {
	return func(in *input) {
		for _, edit := range edits {
			edit(in)
		}
	}
}
