package validate_test

import (
	"net/url"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/testdata/vectors"
	"github.com/alicert/alicert/validate"
)

// requestTables are the tables that requests are judged by.
var requestTables = []errcodes.Catalog{
	errcodes.SetDomainServerCertificate, errcodes.AssociateAdditionalCertificatesWithListener,
	errcodes.SetCdnDomainSSLCertificate, errcodes.SetDcdnDomainSSLCertificate,
}

// An input is a request of one of the operations with the options to judge it by.
type input struct {
	op   errcodes.Catalog
	cdn  validate.SetDomainServerCertificateRequest
	ssl  sslRequest // of both operations with its parameters
	alb  validate.AssociateAdditionalCertificatesWithListenerRequest
	opts validate.Options
}

// inputOf reads a request from its parameters on the wire.
func inputOf(tb testing.TB, operation string, values url.Values, opts validate.Options) *input {
	tb.Helper()
	for _, op := range requestTables {
		if op.Operation() != operation {
			continue
		}
		in := &input{op: op, opts: opts}
		switch op {
		case errcodes.SetDomainServerCertificate:
			in.cdn = *validate.SetDomainServerCertificateFromValues(values)
		case errcodes.AssociateAdditionalCertificatesWithListener:
			in.alb = *validate.AssociateAdditionalCertificatesWithListenerFromValues(values)
		case errcodes.SetCdnDomainSSLCertificate:
			in.ssl = *validate.SetCdnDomainSSLCertificateFromValues(values)
		case errcodes.SetDcdnDomainSSLCertificate:
			in.ssl = sslRequest(*validate.SetDcdnDomainSSLCertificateFromValues(values))
		}
		return in
	}
	tb.Fatalf("no operation is called %q", operation)
	return nil
}

func (in *input) report() *validate.Report {
	switch in.op {
	case errcodes.SetDomainServerCertificate:
		return validate.SetDomainServerCertificate(&in.cdn, in.opts)
	case errcodes.SetCdnDomainSSLCertificate:
		return validate.SetCdnDomainSSLCertificate(&in.ssl, in.opts)
	case errcodes.SetDcdnDomainSSLCertificate:
		return validate.SetDcdnDomainSSLCertificate((*dcdnRequest)(&in.ssl), in.opts)
	default:
		return validate.AssociateAdditionalCertificatesWithListener(&in.alb, in.opts)
	}
}

func (in *input) verdict() error {
	switch in.op {
	case errcodes.SetDomainServerCertificate:
		return in.cdn.Verdict(in.opts)
	case errcodes.SetCdnDomainSSLCertificate:
		return in.ssl.Verdict(in.opts)
	case errcodes.SetDcdnDomainSSLCertificate:
		return (*dcdnRequest)(&in.ssl).Verdict(in.opts)
	default:
		return in.alb.Verdict(in.opts)
	}
}

// check is the finished check, of the operations that have one.
func (in *input) check() (check validate.Check, ok bool) {
	switch in.op {
	case errcodes.SetDomainServerCertificate:
		return in.cdn.Check(in.opts), true
	case errcodes.SetCdnDomainSSLCertificate:
		return in.ssl.Check(in.opts), true
	case errcodes.SetDcdnDomainSSLCertificate:
		return (*dcdnRequest)(&in.ssl).Check(in.opts), true
	default:
		return validate.Check{}, false
	}
}

// soundParameters are those of a request without a fault.
func soundParameters(tb testing.TB, op errcodes.Catalog) url.Values {
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
func soundInput(tb testing.TB, op errcodes.Catalog) *input {
	tb.Helper()
	return inputOf(tb, op.Operation(), soundParameters(tb, op), validate.Options{At: inPeriod})
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
	opts := validate.Options{At: v.Time, Strict: v.Strict, VerifyChain: v.VerifyChain, CertificateLimit: v.CertificateLimit, PrivateKeyLimit: v.KeyLimit}
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

func status(s string) func(*input)   { return func(in *input) { in.cdn.ServerCertificateStatus = s } }
func certType(t string) func(*input) { return func(in *input) { in.cdn.CertType = t } }
func forceSet(f string) func(*input) { return func(in *input) { in.cdn.ForceSet = f } }
func certName(n string) func(*input) { return func(in *input) { in.cdn.CertName = n } }
func cert(text string) func(*input)  { return func(in *input) { in.cdn.ServerCertificate = text } }

func privateKey(text string) func(*input) {
	return func(in *input) { in.cdn.PrivateKey = validate.NewSecret(text) }
}

func ids(all ...string) func(*input) { return func(in *input) { in.alb.CertificateIDs = all } }

// wireDryRun takes the parameter in its wire form, the only one in which it can
// be malformed.
func wireDryRun(value string) func(*input) {
	return func(in *input) {
		wire := validate.AssociateAdditionalCertificatesWithListenerFromValues(url.Values{"DryRun": {value}})
		in.alb.DryRun, in.alb.Untyped.DryRun = wire.DryRun, wire.Untyped.DryRun
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
