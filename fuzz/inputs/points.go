package inputs

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/model/table"
)

// The dimensions of coverage.
const (
	byCode       = "code"       // operation, code and message
	byCondition  = "condition"  // operation and condition
	byClass      = "class"      // of a domain or listener, as Class of model/cdn, model/alb and model/clb names it
	byTransition = "transition" // class to class, by a type of input
	byInput      = "input"      // type of an input and its outcome
)

// Documented returns the points that a run must reach to cover the given
// tables: every row that a condition maps to, and every condition.
func Documented(tables ...errcodes.Table) []fuzz.Point {
	var points []fuzz.Point
	for _, c := range tables {
		for row := range c.Rows() {
			if _, earned := first(c.ConditionsFor(row)); earned {
				points = append(points, codePoint(c.Operation, row))
			}
		}
		for cond := range c.Conditions() {
			points = append(points, fuzz.Point{Dimension: byCondition, Name: c.Operation.ID() + " " + cond.String()})
		}
	}
	return points
}

// unreached returns the documented points that were not reached, of the operations that
// refused anything. Of two versions of a table it takes the one that fits better.
func unreached(reached *fuzz.Coverage) (missing []fuzz.Point) {
	called := map[string]bool{}
	for _, p := range reached.Counts() {
		if p.Dimension == byCondition {
			operation, _, _ := strings.Cut(p.Name, " ")
			called[operation] = true
		}
	}
	best := map[errcodes.Operation][]fuzz.Point{}
	var operations []errcodes.Operation
	for t := range errcodes.Tables() {
		if !called[t.Operation.ID()] {
			continue
		}
		points := reached.Missing(slices.DeleteFunc(Documented(t), ofTheGatewayAlone)...)
		before, known := best[t.Operation]
		if !known {
			operations = append(operations, t.Operation)
		}
		if !known || len(points) < len(before) {
			best[t.Operation] = points
		}
	}
	for _, op := range operations {
		missing = append(missing, best[op]...)
	}
	slices.SortStableFunc(missing, func(a, b fuzz.Point) int { return cmp.Compare(a.Dimension, b.Dimension) })
	return missing
}

// ofTheGatewayAlone reports whether only the gateway can reach a point, because no input of
// the machine can hold what it refuses.
func ofTheGatewayAlone(p fuzz.Point) bool {
	operation, name, _ := strings.Cut(p.Name, " ")
	name, _, _ = strings.Cut(name, ":")
	switch operation {
	case errcodes.UpdateListenerAttribute.String():
		return slices.Contains([]string{"ParameterUnreadable", "InvalidCertificates", "DryRunMalformed", "InvalidDryRun"}, name)
	case errcodes.CreateListener.String(), errcodes.DeleteListener.String():
		return slices.Contains([]string{"ParameterUnreadable", "InvalidListenerPort", "InvalidDefaultActions", "DryRunMalformed", "InvalidDryRun"}, name)
	case errcodes.SetLoadBalancerHTTPSListenerAttribute.String(), errcodes.DescribeLoadBalancerHTTPSListenerAttribute.String(),
		errcodes.CreateDomainExtension.String(), errcodes.DescribeDomainExtensions.String():
		return slices.Contains([]string{"ParameterUnreadable", "InvalidListenerPort", "DryRunMalformed", "InvalidDryRun"}, name)
	case errcodes.DeleteUserCertificate.String(), errcodes.GetUserCertificateDetail.String(), errcodes.GetCertificateDetail.String():
		return slices.Contains([]string{"ParameterUnreadable", "InvalidCertFilter", "CertIDMalformed", "InvalidCertId", "InvalidCertificateId"}, name)
	case errcodes.DeleteCertificate.String(), errcodes.GetCertificate.String():
		return slices.Contains([]string{"ParameterUnreadable", "InvalidSiteId"}, name)
	default:
		return false
	}
}

func first[T any](values iter.Seq[T]) (value T, ok bool) {
	for value = range values {
		return value, true
	}
	return value, false
}

// codePoint names a row by code and message, because two rows may share a code.
func codePoint(operation errcodes.Operation, row errcodes.Row) fuzz.Point {
	return fuzz.Point{Dimension: byCode, Name: operation.ID() + " " + string(row.Code) + ": " + row.Message}
}

// answered yields the points of an answer.
func answered(in Input, out model.Output, yield func(fuzz.Point) bool) bool {
	if !yield(fuzz.Point{Dimension: byInput, Name: inputName(in) + ": " + out.Outcome()}) {
		return false
	}
	e := &out.Error
	if e.Code == "" {
		return true
	}
	row := errcodes.Row{Code: e.Code, Message: e.Message}
	for c := range errcodes.Tables() {
		if r, known := c.Row(e.Condition); known && c.Operation == e.Operation && r.Code == e.Code {
			row = r
			break
		}
	}
	return yield(codePoint(e.Operation, row)) && yield(fuzz.Point{Dimension: byCondition, Name: e.Operation.ID() + " " + e.Condition.String()})
}

// moved yields the points of a change of class.
func moved(what string, in Input, from, to string, yield func(fuzz.Point) bool) bool {
	return from == to || yield(fuzz.Point{Dimension: byClass, Name: what + ": " + to}) && yield(fuzz.Point{Dimension: byTransition, Name: what + ": " + from + " → " + to + " by " + inputName(in)})
}

// allMoved yields the points of the records that changed their class, and of those that are
// gone.
func allMoved[V comparable](
	what string, in Input, from, to table.Table[V], classFrom, classTo func(string) string, yield func(fuzz.Point) bool,
) bool {
	for key := range to.All() {
		if !moved(what, in, classFrom(key), classTo(key), yield) {
			return false
		}
	}
	for key := range from.All() {
		if !to.Has(key) && !moved(what, in, classFrom(key), classTo(key), yield) {
			return false
		}
	}
	return true
}

func cdnTouched(t model.Transition[cdn.State, Input, model.Output]) iter.Seq[fuzz.Point] {
	return func(yield func(fuzz.Point) bool) {
		_ = answered(t.Input, t.Output, yield) && domainsMoved(t.Input, t.From, t.To, yield)
	}
}

func domainsMoved(in Input, from, to cdn.State, yield func(fuzz.Point) bool) bool {
	if from.Suspended == to.Suspended && from.Domains.Equal(to.Domains) {
		return true
	}
	for name, d := range to.Domains.All() {
		if was, known := from.Domains.Get(name); known && was == d && from.Suspended == to.Suspended {
			continue
		}
		if !moved("domain", in, from.Class(name), to.Class(name), yield) {
			return false
		}
	}
	for name := range from.Domains.All() {
		if !to.Domains.Has(name) && !moved("domain", in, from.Class(name), to.Class(name), yield) {
			return false
		}
	}
	return true
}

func albTouched(t model.Transition[alb.State, Input, model.Output]) iter.Seq[fuzz.Point] {
	return func(yield func(fuzz.Point) bool) {
		_ = answered(t.Input, t.Output, yield) && listenersMoved(t.Input, t.From, t.To, yield)
	}
}

func listenersMoved(in Input, from, to alb.State, yield func(fuzz.Point) bool) bool {
	if from.Listeners.Equal(to.Listeners) && from.Associations.Equal(to.Associations) && from.LoadBalancers.Equal(to.LoadBalancers) {
		return true
	}
	return allMoved("listener", in, from.Listeners, to.Listeners, from.Class, to.Class, yield)
}

func clbTouched(t model.Transition[clb.State, Input, model.Output]) iter.Seq[fuzz.Point] {
	return func(yield func(fuzz.Point) bool) {
		_ = answered(t.Input, t.Output, yield) && classicMoved(t.Input, t.From, t.To, yield)
	}
}

func classicMoved(in Input, from, to clb.State, yield func(fuzz.Point) bool) bool {
	if from.Listeners.Equal(to.Listeners) && from.Extensions.Equal(to.Extensions) && from.LoadBalancers.Equal(to.LoadBalancers) {
		return true
	}
	return allMoved("classic listener", in, from.Listeners, to.Listeners, from.Class, to.Class, yield)
}

func esaTouched(t model.Transition[esa.State, Input, model.Output]) iter.Seq[fuzz.Point] {
	return func(yield func(fuzz.Point) bool) {
		_ = answered(t.Input, t.Output, yield) && sitesMoved(t.Input, t.From, t.To, yield)
	}
}

func sitesMoved(in Input, from, to esa.State, yield func(fuzz.Point) bool) bool {
	if from.Sites.Equal(to.Sites) && from.Plans.Equal(to.Plans) {
		return true
	}
	return allMoved("site", in, from.Sites, to.Sites, from.Class, to.Class, yield)
}

func accountTouched(t model.Transition[account.State, Input, model.Output]) iter.Seq[fuzz.Point] {
	return func(yield func(fuzz.Point) bool) {
		_ = answered(t.Input, t.Output, yield) &&
			domainsMoved(t.Input, t.From.ForCDN(), t.To.ForCDN(), yield) && listenersMoved(t.Input, t.From.ForALB(), t.To.ForALB(), yield) &&
			classicMoved(t.Input, t.From.ForCLB(), t.To.ForCLB(), yield) && sitesMoved(t.Input, t.From.ForESA(), t.To.ForESA(), yield)
	}
}
