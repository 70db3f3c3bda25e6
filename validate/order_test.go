package validate_test

import (
	"crypto/x509"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// touches lists the parameters and options that an edit sets, and those that
// what it makes depends on.
func touches(base *input, edit func(*input)) []string {
	// An edit that sets a parameter to what it is in a sound request shows
	// in a request that is like nothing.
	alien := &input{
		op: base.op,
		cdn: validate.CDNRequest{
			DomainName: "?", Status: "?", Certificate: "?", PrivateKey: validate.NewSecret("?"), CertType: "?", CertName: "?", Overwrite: "?",
		},
		alb:  validate.ALBRequest{ListenerID: "?", CertificateIDs: []string{"?"}, ClientToken: "?"},
		opts: validate.Options{At: time.Unix(1, 0), CertificateLimit: 12345, PrivateKeyLimit: 12345},
	}
	var names []string
	for _, in := range []input{*base, *alien} {
		before := in
		edit(&in)
		names = append(names, changed(before, in)...)
	}
	for option, parameter := range map[string]string{"CertificateLimit": "Certificate", "PrivateKeyLimit": "PrivateKey"} {
		if slices.Contains(names, option) {
			names = append(names, parameter)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// changed lists the fields in which two inputs differ.
func changed(before, after input) []string {
	var names []string
	compare := func(a, b any) {
		v, w := reflect.ValueOf(a), reflect.ValueOf(b)
		for i := range v.NumField() {
			x, y := v.Field(i), w.Field(i)
			if x.Kind() == reflect.Func && x.IsNil() == y.IsNil() || x.Kind() != reflect.Func && cmp.Equal(x.Interface(), y.Interface()) {
				continue
			}
			names = append(names, v.Type().Field(i).Name)
		}
	}
	compare(before.cdn, after.cdn)
	compare(before.alb, after.alb)
	compare(before.opts, after.opts)
	return names
}

// A fault is a case of the table with what it touches.
type fault struct {
	requestCase
	touches    []string
	leafParsed bool // the first certificate can still be read
}

// faultsOf returns cases that earn a condition, few enough to join each with
// each.
func faultsOf(t *testing.T, op errcodes.Operation) []fault {
	t.Helper()
	base := soundInput(t, op)
	perShape := make(map[string]int)
	var faults []fault
	for _, c := range requestCases(t) {
		if c.op != op || !c.earned {
			continue
		}
		in := c.input(t)
		f := fault{requestCase: c, touches: touches(base, c.edit)}
		certificates := in.report().Certificates
		f.leafParsed = len(certificates) > 0 && certificates[0].Block == 1
		shape := c.of.String() + strings.Join(f.touches, ",")
		if perShape[shape]++; perShape[shape] <= 3 {
			faults = append(faults, f)
		}
	}
	return faults
}

// disjoint reports whether two faults touch different parameters, so that one
// request can have both.
func (f fault) disjoint(other fault) bool {
	return !slices.ContainsFunc(f.touches, func(name string) bool { return slices.Contains(other.touches, name) })
}

// hides reports whether a fault keeps a later condition from being judged: what
// cannot be parsed has no usage, no match and no period.
func (f fault) hides(later errcodes.Condition, in *input) bool {
	switch later {
	case errcodes.CondKeyMismatch:
		return !f.leafParsed || f.op.Table().Parameter(f.of) == "PrivateKey"
	case errcodes.CondCertificateExpired, errcodes.CondCertificateNotYetValid:
		return !f.leafParsed
	case errcodes.CondCertificateNotServer: // of ALB: nothing to look up
		return !slices.ContainsFunc(in.alb.CertificateIDs, func(id string) bool { return id != "" }) && f.op != errcodes.SetDomainServerCertificate
	default:
		return false
	}
}

type conditions struct{ earlier, later errcodes.Condition }

// neverTogether are pairs of conditions about different parameters that no
// request has both of.
var neverTogether = map[errcodes.Operation]map[conditions]string{
	errcodes.SetDomainServerCertificate: {
		{errcodes.CondCertTypeUnsupported, errcodes.CondCertificateUnidentified}:  "the type is judged on as upload",
		{errcodes.CondCertificateUnidentified, errcodes.CondCertificateMissing}:   "of different types",
		{errcodes.CondCertificateUnidentified, errcodes.CondPrivateKeyMissing}:    "of different types",
		{errcodes.CondCertificateUnidentified, errcodes.CondCertificateTooLong}:   "there is no certificate",
		{errcodes.CondCertificateUnidentified, errcodes.CondCertificateNotPEM}:    "there is no certificate",
		{errcodes.CondCertificateUnidentified, errcodes.CondCertificateMalformed}: "there is no certificate",
		{errcodes.CondCertificateUnidentified, errcodes.CondCertificateNotServer}: "there is no certificate",
		{errcodes.CondCertNameTooLong, errcodes.CondCertificateUnidentified}:      "there is a name",
		{errcodes.CondCertNameMalformed, errcodes.CondCertificateUnidentified}:    "there is a name",
		{errcodes.CondCertificateExpired, errcodes.CondCertificateNotYetValid}:    "the period has an end behind its begin",
	},
	errcodes.AssociateAdditionalCertificatesWithListener: {
		{errcodes.CondCertificatesMissing, errcodes.CondCertificateIDMissing}:   "there is no entry",
		{errcodes.CondCertificatesMissing, errcodes.CondCertificateIDMalformed}: "there is no entry",
		{errcodes.CondCertificatesMissing, errcodes.CondCertificateRepeated}:    "there is no entry",
		{errcodes.CondTooManyCertificates, errcodes.CondCertificateIDMissing}:   "of too many entries none is looked at",
		{errcodes.CondTooManyCertificates, errcodes.CondCertificateIDMalformed}: "of too many entries none is looked at",
		{errcodes.CondTooManyCertificates, errcodes.CondCertificateRepeated}:    "of too many entries none is looked at",
		{errcodes.CondTooManyCertificates, errcodes.CondCertificateNotServer}:   "of too many entries none is looked at",
	},
}

// TestOrderOfPairs joins cases of the table that touch different parameters. The
// answer must be the one that the catalog judges first, and the report must hold
// both, unless the first keeps the other from being judged.
func TestOrderOfPairs(t *testing.T) {
	for _, op := range []errcodes.Operation{errcodes.SetDomainServerCertificate, errcodes.AssociateAdditionalCertificatesWithListener} {
		t.Run(op.String(), func(t *testing.T) {
			met := make(map[conditions]bool)
			for _, two := range faultPairs(faultsOf(t, op)) {
				pair := conditions{two[0].of, two[1].of}
				if _, impossible := neverTogether[op][pair]; !impossible {
					testTwoFaults(t, two[0], two[1])
					met[pair] = true
				}
			}
			for _, c := range sameParameterCases(t) {
				for i, earlier := range c.want {
					for _, later := range c.want[i+1:] {
						met[conditions{earlier, later}] = met[conditions{earlier, later}] || c.op == op
					}
				}
			}
			testAllMet(t, op, met)
		})
	}
}

// faultPairs returns the pairs that one request can have both of, the one that is
// judged first in front.
func faultPairs(faults []fault) (pairs [][2]fault) {
	for i, a := range faults {
		for _, b := range faults[i+1:] {
			switch rank := a.op.Table().Rank(a.of) - a.op.Table().Rank(b.of); {
			case rank == 0 || !a.disjoint(b):
			case rank < 0:
				pairs = append(pairs, [2]fault{a, b})
			default:
				pairs = append(pairs, [2]fault{b, a})
			}
		}
	}
	return pairs
}

func testTwoFaults(t *testing.T, earlier, later fault) {
	t.Helper()
	in := soundInput(t, earlier.op)
	earlier.edit(in)
	later.edit(in)
	report := in.report()
	name := earlier.fullName() + " and " + later.fullName()
	checkOrder(t, name, in, report)
	got := conditionsOf(report)
	if len(got) == 0 || got[0] != earlier.of {
		t.Errorf("%s: the verdict is %v", name, report.Err())
		return
	}
	if slices.Contains(got, later.of) == earlier.hides(later.of, in) {
		t.Errorf("%s: the report holds %v", name, got)
	}
}

// checkOrder checks that a report is in the order of its catalog, and that the
// short way to the verdict comes to the same answer.
func checkOrder(t *testing.T, name string, in *input, report *validate.Report) {
	t.Helper()
	got := conditionsOf(report)
	if !slices.IsSortedFunc(got, func(a, b errcodes.Condition) int { return in.op.Table().Rank(a) - in.op.Table().Rank(b) }) {
		t.Errorf("%s: %v is not in the order of the catalog", name, got)
	}
	if diff := cmp.Diff(report.Err(), in.verdict()); diff != "" {
		t.Errorf("%s: (-report +verdict)\n%s", name, diff)
	}
}

// testAllMet checks that no pair of conditions was forgotten: two that no case
// brought together must be impossible, or be about one parameter, which
// sameParameterCases is for.
func testAllMet(t *testing.T, op errcodes.Operation, met map[conditions]bool) {
	t.Helper()
	var all []errcodes.Condition
	for cond := range op.Table().Conditions() {
		if cond <= errcodes.CondCertificateRepeated {
			all = append(all, cond)
		}
	}
	for i, earlier := range all {
		for _, later := range all[i+1:] {
			pair := conditions{earlier, later}
			if _, impossible := neverTogether[op][pair]; !met[pair] && !impossible && op.Table().Parameter(earlier) != op.Table().Parameter(later) {
				t.Errorf("%s and %s never met", earlier, later)
			}
		}
	}
}

// A sameParameterCase is a request of which one parameter has two faults.
type sameParameterCase struct {
	op   errcodes.Operation
	name string
	edit func(*input)
	want []errcodes.Condition
}

func sameParameterCases(tb testing.TB) []sameParameterCase {
	tb.Helper()
	const (
		cdn = errcodes.SetDomainServerCertificate
		alb = errcodes.AssociateAdditionalCertificatesWithListener

		malformedName, longName = errcodes.CondCertNameMalformed, errcodes.CondCertNameTooLong
		malformed, notServer    = errcodes.CondCertificateMalformed, errcodes.CondCertificateNotServer
		mismatch                = errcodes.CondKeyMismatch
		expired, notYet         = errcodes.CondCertificateExpired, errcodes.CondCertificateNotYetValid
		tooMany                 = errcodes.CondTooManyCertificates
		idMissing, idMalformed  = errcodes.CondCertificateIDMissing, errcodes.CondCertificateIDMalformed
		longToken, notASCII     = errcodes.CondClientTokenTooLong, errcodes.CondClientTokenNotASCII
		repeated                = errcodes.CondCertificateRepeated
	)
	garbage := pemOf("CERTIFICATE", []byte("garbage"))
	clientOnly := func(t *x509.Certificate) { t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }
	past := func(t *x509.Certificate) { t.NotAfter = inPeriod.Add(-time.Hour) }
	future := func(t *x509.Certificate) { t.NotBefore = inPeriod.Add(time.Hour) }
	otherKey := parseSigner(tb, pkiFile(tb, "p256/other-key.pem")).Public()
	root := newRoot(tb)
	list := func(op errcodes.Operation, name string, edit func(*input), want ...errcodes.Condition) sameParameterCase {
		return sameParameterCase{op, name, edit, want}
	}
	sixteen := func(first ...string) []string {
		return slices.Concat(first, slices.Repeat([]string{""}, 16-len(first)))
	}
	return []sameParameterCase{
		list(cdn, "long name with a control character", certName("\t"+strings.Repeat("a", 128)), malformedName, longName),
		list(cdn, "long name that is not UTF-8", certName("\xff"+strings.Repeat("a", 128)), malformedName, longName),
		list(cdn, "client certificate and garbage", cert(leafWith(tb, clientOnly)+garbage), malformed, notServer),
		list(cdn, "garbage and no match", cert(root.leaf(tb, otherKey)+garbage), malformed, mismatch),
		list(cdn, "garbage and expired", cert(leafWith(tb, past)+garbage), malformed, expired),
		list(cdn, "garbage and not yet valid", cert(leafWith(tb, future)+garbage), malformed, notYet),
		list(cdn, "client certificate, expired", cert(leafWith(tb, clientOnly, past)), notServer, expired),
		list(cdn, "client certificate, not yet valid", cert(leafWith(tb, clientOnly, future)), notServer, notYet),
		list(cdn, "client certificate of another key", cert(root.leaf(tb, otherKey, clientOnly)), notServer, mismatch),
		list(cdn, "expired, of another key", cert(root.leaf(tb, otherKey, past)), mismatch, expired),
		list(cdn, "not yet valid, of another key", cert(root.leaf(tb, otherKey, future)), mismatch, notYet),
		list(cdn, "everything that one certificate text can have", cert(root.leaf(tb, otherKey, clientOnly, past)+garbage+garbage),
			malformed, malformed, notServer, mismatch, expired),
		list(cdn, "key type not served, client only", all(certType("cas"), privateKey(""), cert(pkiFile(tb, "unsupported/rsa-pss.pem")), at(periodEnd.Add(time.Hour))),
			malformed, expired),

		list(alb, "too many, absent", ids(sixteen()...), tooMany),
		list(alb, "malformed in front of an absent one", ids("1 cn", ""), idMissing, idMalformed),
		list(alb, "malformed twice", ids("1 cn", "1 cn"), idMalformed, idMalformed, repeated),
		list(alb, "too many, malformed", ids(sixteen("1 cn")...), tooMany),
		list(alb, "too many, repeated", ids(slices.Repeat([]string{"1-cn-a"}, 16)...), tooMany),
		list(alb, "repeated and absent", ids("1-cn-a", "1-cn-a", ""), idMissing, repeated),
		list(alb, "repeated and malformed", ids("1-cn-a", "1-cn-a", "2 cn"), idMalformed, repeated),
		list(alb, "repeated twice", ids("1-cn-a", "1-cn-a", "1-cn-a"), repeated, repeated),
		list(alb, "repeated client certificate", all(ids("1-cn-a", "1-cn-a"), lookUp(pkiFile(tb, "usage/client-only.pem"))), repeated, notServer, notServer),
		list(alb, "long token that is not ASCII", token(strings.Repeat("令", 65)), longToken, notASCII),
	}
}

// TestTwoFaultsInOneParameter is TestOrderOfPairs for what two edits cannot
// bring together.
func TestTwoFaultsInOneParameter(t *testing.T) {
	for _, test := range sameParameterCases(t) {
		t.Run(test.op.String()+"/"+test.name, func(t *testing.T) {
			in := soundInput(t, test.op)
			test.edit(in)
			report := in.report()
			if diff := cmp.Diff(test.want, conditionsOf(report)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			checkOrder(t, test.name, in, report)
		})
	}
}

// TestContinuing is about what is judged behind a violation, and what is not.
func TestContinuing(t *testing.T) {
	const (
		statusUnsupported, typeUnsupported = errcodes.CondStatusUnsupported, errcodes.CondCertTypeUnsupported
		noCert, noKey                      = errcodes.CondCertificateMissing, errcodes.CondPrivateKeyMissing
		unidentified                       = errcodes.CondCertificateUnidentified
		certNotPEM, keyNotPEM              = errcodes.CondCertificateNotPEM, errcodes.CondPrivateKeyNotPEM
		malformedCert, malformedKey        = errcodes.CondCertificateMalformed, errcodes.CondPrivateKeyMalformed
		mismatch, expired                  = errcodes.CondKeyMismatch, errcodes.CondCertificateExpired
		notServer                          = errcodes.CondCertificateNotServer
	)
	empty := all(cert(""), privateKey(""))
	leaf, key := pkiFile(t, "p256/leaf.pem"), pkiFile(t, "p256/key.pem")
	otherKey, clientOnly := pkiFile(t, "p256/other-key.pem"), pkiFile(t, "usage/client-only.pem")
	garbage := pemOf("CERTIFICATE", []byte("garbage"))
	damaged := replacing(t, "-----BEGIN", "----BEGIN")
	late := at(periodEnd.Add(time.Hour))
	domainMissing := errcodes.CondDomainNameMissing
	tests := []struct {
		name string
		edit func(*input)
		want []errcodes.Condition
	}{
		{"an unsupported status is judged on as on", all(status("ON"), empty), []errcodes.Condition{statusUnsupported, noCert, noKey}},
		{"an absent status is off", all(status(""), empty), nil},
		{"off ends the checks", all(status("off"), cert("x"), privateKey("x"), late), nil},
		{"off does not end those before it", all(status("off"), domain(""), certType("x"), forceSet("x"), certName("\n"), cert("x")), []errcodes.Condition{
			domainMissing, typeUnsupported, errcodes.CondForceSetUnsupported, errcodes.CondCertNameMalformed,
		}},
		{"off with cas and nothing", all(status("off"), certType("cas"), empty), nil},
		{"an unsupported type is judged on as upload", all(certType("CAS"), certName("shop"), empty), []errcodes.Condition{typeUnsupported, noCert, noKey}},
		{"unsupported status and type", all(status("ON"), certType("CAS"), empty), []errcodes.Condition{statusUnsupported, typeUnsupported, noCert, noKey}},
		{"unsupported status, free", all(status("ON"), certType("free"), cert("x")), []errcodes.Condition{statusUnsupported}},

		{"cas, nothing", all(certType("cas"), empty), []errcodes.Condition{unidentified}},
		{"cas, name", all(certType("cas"), empty, certName("shop")), nil},
		{"cas, certificate", all(certType("cas"), privateKey("")), nil},
		{"cas, name and certificate", all(certType("cas"), privateKey(""), certName("shop")), nil},
		{"cas, the given certificate is judged", all(certType("cas"), certName("shop"), cert("x"), privateKey("")), []errcodes.Condition{certNotPEM}},
		{"cas, the given key is judged", all(certType("cas"), certName("shop"), cert(""), privateKey("x")), []errcodes.Condition{keyNotPEM}},
		{"cas, the given pair is judged", all(certType("cas"), certName("shop"), privateKey(otherKey), late), []errcodes.Condition{mismatch, expired}},
		{"cas, a key alone does not name a certificate", all(certType("cas"), cert("")), []errcodes.Condition{unidentified}},
		{"cas, a malformed name is a name", all(certType("cas"), empty, certName("\n")), []errcodes.Condition{errcodes.CondCertNameMalformed}},
		{"cas, blank key", all(certType("cas"), certName("shop"), privateKey(" ")), []errcodes.Condition{errcodes.CondPrivateKeyBlank}},

		{"free, nothing", all(certType("free"), empty), nil},
		{"free, what is given is ignored", all(certType("free"), cert("x"), privateKey("x"), certName("shop"), late), nil},
		{"free, the name is still judged", all(certType("free"), certName("\n")), []errcodes.Condition{errcodes.CondCertNameMalformed}},

		{"a damaged certificate is not decoded further", all(cert(clientOnly+garbage+damaged(leaf)), late), []errcodes.Condition{certNotPEM}},
		{"all damages are reported", all(cert(damaged(leaf) + damaged(leaf))), []errcodes.Condition{certNotPEM, certNotPEM}},
		{"a certificate behind a byte-order mark is not decoded further", cert("\xef\xbb\xbf" + clientOnly), []errcodes.Condition{certNotPEM}},
		{"an over-long certificate is not decoded", all(cert(clientOnly), func(in *input) { in.opts.CertificateLimit = 1 }), []errcodes.Condition{errcodes.CondCertificateTooLong}},
		{"a damaged key is not decoded further", privateKey(pkiFile(t, "encrypted/pkcs8.pem") + damaged(key)), []errcodes.Condition{keyNotPEM}},
		{"two keys are not decoded further", privateKey(pkiFile(t, "encrypted/pkcs8.pem") + key), []errcodes.Condition{keyNotPEM}},
		{"an over-long key is not decoded", all(privateKey(pkiFile(t, "encrypted/pkcs8.pem")), func(in *input) { in.opts.PrivateKeyLimit = 1 }), []errcodes.Condition{errcodes.CondPrivateKeyTooLong}},
		{"a blank key comes before a damaged certificate", all(cert(damaged(leaf)), privateKey("\n")), []errcodes.Condition{errcodes.CondPrivateKeyBlank, certNotPEM}},
		{"a damaged certificate comes before a damaged key", all(cert(damaged(leaf)), privateKey(damaged(key))), []errcodes.Condition{certNotPEM, keyNotPEM}},
		{"a damaged key comes before a malformed certificate", all(cert(garbage), privateKey(damaged(key))), []errcodes.Condition{keyNotPEM, malformedCert}},

		{"no usage, match or period of a first certificate that does not parse", all(cert(garbage+clientOnly), privateKey(otherKey), late), []errcodes.Condition{malformedCert}},
		{"usage, match and period beside a later one that does not", all(cert(clientOnly+garbage), privateKey(otherKey), late), []errcodes.Condition{malformedCert, notServer, mismatch, expired}},
		{"usage and period beside a key type that is not served", all(cert(pkiFile(t, "unsupported/ed448.pem")), late), []errcodes.Condition{malformedCert, mismatch, expired}},
		{"no match of a key that does not parse", privateKey(pkiFile(t, "forms/ec-wrong-public.pem")), []errcodes.Condition{malformedKey}},
		{"period beside a key that does not parse", all(privateKey(pkiFile(t, "forms/ec-wrong-public.pem")), late), []errcodes.Condition{malformedKey, expired}},
		{"period beside an absent key", all(privateKey(""), late), []errcodes.Condition{noKey, expired}},
		{"usage beside an absent key", all(privateKey(""), cert(clientOnly)), []errcodes.Condition{noKey, notServer}},
		{"key beside an absent certificate", all(cert(""), privateKey("x")), []errcodes.Condition{noCert, keyNotPEM}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in := soundInput(t, errcodes.SetDomainServerCertificate)
			test.edit(in)
			report := in.report()
			if diff := cmp.Diff(test.want, conditionsOf(report)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			checkOrder(t, test.name, in, report)
		})
	}
}
