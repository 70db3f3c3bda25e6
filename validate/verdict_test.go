package validate_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// A namedInput is a request of any table of these tests.
type namedInput struct {
	name string
	edit func(*input)
	op   errcodes.Catalog
}

// everyInput collects the requests of all tables.
func everyInput(tb testing.TB) []namedInput {
	tb.Helper()
	var all []namedInput
	for _, c := range requestCases(tb) {
		all = append(all, namedInput{c.fullName(), c.edit, c.op})
	}
	for _, c := range sameParameterCases(tb) {
		all = append(all, namedInput{c.op.Operation() + "/two faults/" + c.name, c.edit, c.op})
	}
	for _, c := range shortcutCases(tb) {
		all = append(all, namedInput{c.op.Operation() + "/shortcut/" + c.name, c.edit, c.op})
	}
	for _, c := range advisoryCases(tb) {
		all = append(all, namedInput{c.op.Operation() + "/advisory/" + c.name(), c.edit, c.op})
	}
	return all
}

// shortcutCases are requests where what comes behind the first violation changes
// what is said of it, or seems to.
func shortcutCases(tb testing.TB) []namedInput {
	tb.Helper()
	const cdn, alb = errcodes.SetDomainServerCertificate, errcodes.AssociateAdditionalCertificatesWithListener
	leaf, key := pkiFile(tb, "p256/leaf.pem"), pkiFile(tb, "p256/key.pem")
	damaged := replacing(tb, "-----BEGIN", "----BEGIN")
	broken := replacing(tb, "\nM", "\n#")
	return []namedInput{
		{"swapped", all(cert(key), privateKey(leaf)), cdn},
		{"swapped, several blocks each", all(cert(key+key), privateKey(leaf+leaf)), cdn},
		{"swapped, key damaged", all(cert(damaged(key)), privateKey(leaf)), cdn},
		{"swapped, certificate damaged", all(cert(key), privateKey(damaged(leaf))), cdn},
		{"swapped, both damaged", all(cert(damaged(key)), privateKey(damaged(leaf))), cdn},
		{"swapped, damage in front of the key", all(cert("-----END X-----\n"+key), privateKey(leaf)), cdn},
		{"both in the certificate, key first", all(cert(key+leaf), privateKey(leaf)), cdn},
		{"both in the certificate, key last", all(cert(leaf+key), privateKey(leaf)), cdn},
		{"both in the key", all(cert(key), privateKey(leaf+key)), cdn},
		{"both in both", all(cert(key+leaf), privateKey(leaf+key)), cdn},
		{"certificate twice", all(cert(leaf), privateKey(leaf)), cdn},
		{"key twice", all(cert(key), privateKey(key)), cdn},
		{"key twice, then a certificate", all(cert(key+leaf), privateKey(key)), cdn},
		{"damages of the certificate in both orders", cert(broken(leaf) + damaged(leaf) + key), cdn},
		{"damage, then a body that does not decode", cert(damaged(leaf) + broken(leaf)), cdn},
		{"damages of the key", privateKey(leaf + damaged(key) + key), cdn},
		{"several malformed certificates", cert(pemOf("CERTIFICATE", []byte("a")) + pemOf("CERTIFICATE", []byte("b"))), cdn},
		{"key type not served, then garbage", cert(pkiFile(tb, "unsupported/ed448.pem") + pemOf("CERTIFICATE", []byte("b"))), cdn},
		{"everything wrong", func(in *input) {
			in.cdn = validate.SetDomainServerCertificateRequest{
				DomainName: ",", ServerCertificateStatus: "ON", ServerCertificate: damaged(leaf) + key, PrivateKey: validate.NewSecret("x"),
				CertType: "x", CertName: "\x00" + strings.Repeat("n", 128), ForceSet: "x",
			}
		}, cdn},
		{"blank key, damaged certificate", all(cert(damaged(leaf)), privateKey(" ")), cdn},
		{"empty key block, damaged certificate", all(cert(damaged(leaf)), privateKey("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n")), cdn},
		{"swapped, an odd label in front", all(cert(key), privateKey("-----BEGIN - PRIVATE KEY-----\nx\n"+leaf)), cdn},
		{"key of another label, damaged certificate", all(cert(damaged(leaf)), privateKey(leaf+key)), cdn},
		{"empty key block, text around it", privateKey("text\n\n-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"), cdn},

		{"client certificate behind a server certificate", all(ids("1-cn-a", "2-cn-a"), func(in *input) {
			in.opts.Certificate = func(id string) (string, bool) {
				return map[string]string{"1-cn-a": leaf, "2-cn-a": pkiFile(tb, "usage/client-only.pem")}[id], true
			}
		}), alb},
		{"malformed, absent, repeated", ids("2 cn", "", "2 cn", "1-cn-a", "1-cn-a", ""), alb},
		{"everything wrong", func(in *input) {
			in.alb = validate.AssociateAdditionalCertificatesWithListenerRequest{
				CertificateIDs: slices.Repeat([]string{"1 cn", ""}, 8), ClientToken: strings.Repeat("令", 65),
				Untyped: validate.Untyped{DryRun: "no", Certificates: "[]"},
			}
		}, alb},
	}
}

// TestVerdictIsTheReports proves that the short way comes to the same answer,
// to the last field, whatever the options.
func TestVerdictIsTheReports(t *testing.T) {
	for _, c := range everyInput(t) {
		in := soundInput(t, c.op)
		c.edit(in)
		check := func(how string) {
			if diff := cmp.Diff(in.report().Err(), in.verdict()); diff != "" {
				t.Errorf("%s, %s: (-report +verdict)\n%s", c.name, how, diff)
			}
		}
		check("plain")
		found := conditionsOf(in.report())
		options := in.opts

		in.opts.VerifyChain = true
		check("with signatures")
		in.opts.Strict = true
		check("strict")
		in.opts = options

		// Skipping uncovers what stands behind.
		for len(found) > 0 {
			in.opts.Skip = append(in.opts.Skip, found[0])
			check("skipping " + found[0].String())
			report := in.report()
			if slices.Contains(conditionsOf(report), found[0]) {
				t.Errorf("%s: %s is skipped, and found", c.name, found[0])
				break
			}
			found = conditionsOf(report)
		}
		in.opts = options
		for _, one := range conditionsOf(in.report()) {
			in.opts.Skip = []errcodes.Condition{one}
			check("skipping " + one.String() + " alone")
		}
	}
}

// TestErrIsNoTypedNil is about what a caller compares with nil.
func TestErrIsNoTypedNil(t *testing.T) {
	for _, op := range []errcodes.Catalog{errcodes.SetDomainServerCertificate, errcodes.AssociateAdditionalCertificatesWithListener} {
		in := soundInput(t, op)
		report := in.report()
		if err := report.Err(); err != nil {
			t.Errorf("%s: a sound request: %v", op, err)
		}
		if v, refused := report.Verdict(); refused {
			t.Errorf("%s: the verdict on a sound request is %v", op, &v)
		}
		if err := in.verdict(); err != nil {
			t.Errorf("%s: Verdict on a sound request: %v", op, err)
		}
		if report.Operation != op {
			t.Errorf("the report is of %s; want %s", report.Operation, op)
		}
	}
	if _, err := validate.DomainName("www.example.com"); err != nil {
		t.Error(err)
	}
	if err := validate.CertName("shop"); err != nil {
		t.Error(err)
	}
	if err := validate.ServerUsage(parseCert(t, pkiFile(t, "p256/leaf.pem"))); err != nil {
		t.Error(err)
	}
}

// TestSkip is about callers that do not have every parameter at hand.
func TestSkip(t *testing.T) {
	in := soundInput(t, errcodes.SetDomainServerCertificate)
	in.cdn.DomainName, in.cdn.PrivateKey = "", validate.Secret{}
	in.opts.Skip = []errcodes.Condition{errcodes.CondDomainNameMissing, errcodes.CondPrivateKeyMissing}
	if got := conditionsOf(in.report()); got != nil {
		t.Errorf("the report holds %v", got)
	}
	in.cdn.ServerCertificate = ""
	if got, want := conditionsOf(in.report()), []errcodes.Condition{errcodes.CondCertificateMissing}; !slices.Equal(got, want) {
		t.Errorf("the report holds %v; want %v", got, want)
	}

	alb := soundInput(t, errcodes.AssociateAdditionalCertificatesWithListener)
	alb.alb.ListenerID, alb.alb.CertificateIDs = "", nil
	alb.opts.Skip = []errcodes.Condition{errcodes.CondListenerIDMissing, errcodes.CondCertificatesMissing}
	if got := conditionsOf(alb.report()); got != nil {
		t.Errorf("the report holds %v", got)
	}
}

// allocations returns how often a verdict allocates at least: the race detector
// drops pooled memory at random.
func allocations(in *input) float64 {
	least := math.Inf(1)
	for range 20 {
		least = min(least, testing.AllocsPerRun(1, func() { _ = in.verdict() }))
	}
	return least
}

func checkConstant(t *testing.T, short, long *input) {
	t.Helper()
	// Go boxes the smallest numbers of a message without an allocation.
	const boxed = 1
	if a, b := allocations(short), allocations(long); b > a+boxed || a > 20 {
		t.Errorf("%v and %v allocations; want the same few", a, b)
	}
}

// TestVerdictReadsNothingBehindTheLimit proves that what is refused by its
// length is refused unread.
func TestVerdictReadsNothingBehindTheLimit(t *testing.T) {
	tests := []struct {
		name        string
		short, long func(*input)
	}{
		{
			"certificate", cert(strings.Repeat("-----BEGIN \n", 64<<10/12) + "-----BEGIN "),
			cert(strings.Repeat("-----BEGIN \n", 64<<20/12)),
		},
		{"key", privateKey(strings.Repeat("\n", 16<<10+1)), privateKey(strings.Repeat("\n", 16<<20))},
		{"name", certName(strings.Repeat("n", 513)), certName(strings.Repeat("\xff", 16<<20))},
		{"domain", domain(strings.Repeat("a", 1013)), domain(strings.Repeat("a,", 8<<20))},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			short, long := soundInput(t, errcodes.SetDomainServerCertificate), soundInput(t, errcodes.SetDomainServerCertificate)
			test.short(short)
			test.long(long)
			if short.verdict() == nil || long.verdict() == nil {
				t.Fatal("not refused")
			}
			checkConstant(t, short, long)
		})
	}
	t.Run("token", func(t *testing.T) {
		short, long := soundInput(t, errcodes.AssociateAdditionalCertificatesWithListener), soundInput(t, errcodes.AssociateAdditionalCertificatesWithListener)
		short.alb.ClientToken, long.alb.ClientToken = strings.Repeat("t", 65), strings.Repeat("t", 16<<20)
		checkConstant(t, short, long)
	})
}

// TestVerdictReadsNothingBehindDamage proves that the cost of refusing damage in
// the first line does not grow with what follows.
func TestVerdictReadsNothingBehindDamage(t *testing.T) {
	damaged := replacing(t, "-----BEGIN", "----BEGIN")
	leaf, key := pkiFile(t, "rsa2048/leaf.pem"), pkiFile(t, "p256/key.pem")
	blocks := func(text string, size int) string { return strings.Repeat(text, size/len(text)) }
	lines := func(text string, size int) string {
		begin, rest, _ := strings.Cut(text, "\n")
		line, _, _ := strings.Cut(rest, "\n")
		return begin + "\n" + strings.Repeat(line+"\n", size/len(line)) + rest[strings.LastIndex(rest, "-----END"):]
	}
	tests := []struct {
		name        string
		short, long func(*input)
	}{
		{"certificate, sound blocks behind", cert(damaged(leaf) + blocks(leaf, 1<<11)), cert(damaged(leaf) + blocks(leaf, 60<<10))},
		{"certificate, damaged blocks behind", cert(blocks(damaged(leaf), 1<<11)), cert(blocks(damaged(leaf), 60<<10))},
		{"certificate, lines behind", cert(damaged(lines(leaf, 1<<10))), cert(damaged(lines(leaf, 60<<10)))},
		{"key, lines behind", privateKey(damaged(lines(key, 1<<10))), privateKey(damaged(lines(key, 14<<10)))},
		{"key, damaged blocks behind", privateKey(blocks(damaged(key), 1<<10)), privateKey(blocks(damaged(key), 14<<10))},
		{"key, certificates behind", privateKey(damaged(key) + blocks(leaf, 1<<11)), privateKey(damaged(key) + blocks(leaf, 14<<10))},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			short, long := soundInput(t, errcodes.SetDomainServerCertificate), soundInput(t, errcodes.SetDomainServerCertificate)
			test.short(short)
			test.long(long)
			for _, in := range []*input{short, long} {
				if err := in.verdict(); err == nil || !strings.Contains(err.Error(), "five dashes") {
					t.Fatalf("the verdict is %v", err)
				}
			}
			if a, b := allocations(short), allocations(long); b > a {
				t.Errorf("%v allocations with a short tail, %v with a long one", a, b)
			}
		})
	}
}
