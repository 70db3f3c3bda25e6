package validate_test

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/testdata/vectors"
)

// A fault is a vector that shows what it is about, with what it changes in a
// sound request.
type fault struct {
	vectors.Vector
	op         errcodes.Operation
	of         errcodes.Condition
	changes    []string // parameters and options
	leafParsed bool     // the first certificate can still be read
}

// parameterOf is the parameter that a name on the wire belongs to: the entries of
// an array are one.
func parameterOf(name string) string {
	parameter, _, _ := strings.Cut(name, ".")
	return parameter
}

const (
	timeOption   = "time"
	storedOption = "stored"
)

// departures lists the parameters and options in which a vector departs from a
// sound request. A limit changes the parameter that it is for.
func departures(v vectors.Vector, op errcodes.Operation, sound url.Values) []string {
	var names []string
	values := v.Values()
	for name := range joined(values, sound) {
		if !slices.Equal(values[name], sound[name]) {
			names = append(names, parameterOf(name))
		}
	}
	for name, changed := range map[string]bool{
		timeOption: !v.Time.Equal(inPeriod), storedOption: v.Stored != nil,
		op.Table().Parameter(errcodes.CondCertificateTooLong): v.CertificateLimit != 0, op.Table().Parameter(errcodes.CondPrivateKeyTooLong): v.KeyLimit != 0,
	} {
		if changed {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// joined has the names of both.
func joined(a, b url.Values) url.Values {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// soundVector is the vector without a fault of an operation, from which the others
// depart.
func soundVector(t *testing.T, op errcodes.Operation) vectors.Vector {
	t.Helper()
	for _, v := range readVectors(t) {
		if strings.HasPrefix(v.Name, "sound/") && slices.Contains(v.Operations, op.String()) {
			return v
		}
	}
	t.Fatalf("%s has no vector without a fault", op)
	return vectors.Vector{}
}

// faultsOf returns vectors that show a condition, few enough to join each with
// each.
func faultsOf(t *testing.T, op errcodes.Operation) []fault {
	t.Helper()
	sound := soundVector(t, op).Values()
	perShape := make(map[string]int)
	var faults []fault
	for _, v := range readVectors(t) {
		if !slices.Contains(v.Operations, op.String()) || v.Expect != v.About() {
			continue
		}
		report := vectorInput(t, v, op.String()).report()
		f := fault{Vector: v, op: op, of: report.Violations[0].Condition, changes: departures(v, op, sound)}
		f.leafParsed = len(report.Certificates) > 0 && report.Certificates[0].Block == 1
		shape := v.Expect + strings.Join(f.changes, ",")
		if perShape[shape]++; perShape[shape] <= 3 {
			faults = append(faults, f)
		}
	}
	return faults
}

// together is a sound request with both faults.
func together(t *testing.T, a, b fault) *input {
	t.Helper()
	values, opts := soundVector(t, a.op).Values(), vectorOptions(a.Vector)
	for _, f := range []fault{a, b} {
		changed := f.Values()
		for name := range joined(changed, values) {
			if !slices.Contains(f.changes, parameterOf(name)) {
				continue
			}
			if delete(values, name); changed.Has(name) {
				values[name] = changed[name]
			}
		}
	}
	second := vectorOptions(b.Vector)
	if slices.Contains(b.changes, timeOption) {
		opts.Now = second.Now
	}
	if slices.Contains(b.changes, storedOption) {
		opts.Certificate = second.Certificate
	}
	opts.CertificateLimit += second.CertificateLimit // one of them is 0
	opts.PrivateKeyLimit += second.PrivateKeyLimit
	return inputOf(t, a.op.String(), values, opts)
}

// disjoint reports whether two faults change different parameters, so that one
// request can have both.
func (f fault) disjoint(other fault) bool {
	return !slices.ContainsFunc(f.changes, func(name string) bool { return slices.Contains(other.changes, name) })
}

// hides reports whether a fault keeps a later condition from being checked: what
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
		{errcodes.CondCertTypeUnsupported, errcodes.CondCertificateUnidentified}:  "the type is checked on as upload",
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

// TestOrderOfPairs joins vectors that change different parameters. The answer
// must be the one that the table checks first, and the report must hold both,
// unless the first keeps the other from being checked. What two vectors cannot
// bring together is in vectors of its own, with several faults.
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
			for _, c := range everyInput(t) {
				if c.op != op {
					continue
				}
				found := conditionsOf(c.report())
				for i, earlier := range found {
					for _, later := range found[i+1:] {
						met[conditions{earlier, later}] = true
					}
				}
			}
			testAllMet(t, op, met)
		})
	}
}

// faultPairs returns the pairs that one request can have both of, the one that is
// checked first in front.
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
	in := together(t, earlier, later)
	report := in.report()
	name := earlier.Name + " and " + later.Name
	checkAnswers(t, in, report)
	got := conditionsOf(report)
	if len(got) == 0 || got[0] != earlier.of {
		t.Errorf("%s: the verdict is %v", name, report.Err())
		return
	}
	if slices.Contains(got, later.of) == earlier.hides(later.of, in) {
		t.Errorf("%s: the report holds %v", name, got)
	}
}

// testAllMet checks that no pair of conditions was forgotten: two that no request
// has both of must be impossible, or be about one parameter.
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
