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

// TestVerdictIsTheReports proves that the short way comes to the same answer,
// to the last field, with all options.
func TestVerdictIsTheReports(t *testing.T) {
	for _, c := range everyInput(t) {
		in := &c.input
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
	for _, op := range []errcodes.Operation{errcodes.SetDomainServerCertificate, errcodes.AssociateAdditionalCertificatesWithListener} {
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
	in.cdn.Certificate = ""
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
		{"certificate, sound blocks behind", cert(damageBegin(t, leaf) + blocks(leaf, 1<<11)), cert(damageBegin(t, leaf) + blocks(leaf, 60<<10))},
		{"certificate, damaged blocks behind", cert(blocks(damageBegin(t, leaf), 1<<11)), cert(blocks(damageBegin(t, leaf), 60<<10))},
		{"certificate, lines behind", cert(damageBegin(t, lines(leaf, 1<<10))), cert(damageBegin(t, lines(leaf, 60<<10)))},
		{"key, lines behind", privateKey(damageBegin(t, lines(key, 1<<10))), privateKey(damageBegin(t, lines(key, 14<<10)))},
		{"key, damaged blocks behind", privateKey(blocks(damageBegin(t, key), 1<<10)), privateKey(blocks(damageBegin(t, key), 14<<10))},
		{"key, certificates behind", privateKey(damageBegin(t, key) + blocks(leaf, 1<<11)), privateKey(damageBegin(t, key) + blocks(leaf, 14<<10))},
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
