package cas

import (
	"cmp"
	"math"

	"github.com/alicert/alicert/model/table"
)

// The types of orders.
const (
	orderPackage = "CPACK"
	orderUpload  = "UPLOAD"
	orderCert    = "CERT"
)

// The statuses of an order. Days before the end of a certificate's validity in which it
// is about to expire are assumed.
const (
	statusIssued     = "ISSUED"
	statusWillExpire = "WILLEXPIRED"
	statusExpired    = "EXPIRED"
	statusChecking   = "CHECKING"
	statusRevoked    = "REVOKED"

	millisecondsADay = 24 * 60 * 60 * 1000
	lastDays         = 30
)

// statusAt returns the status of a certificate's order at a time, which may be unknown.
func (c *Certificate) statusAt(at int64) string {
	switch {
	case c.Status == Pending:
		return statusChecking
	case c.Status == Revoked:
		return statusRevoked
	case c.expiredAt(at):
		return statusExpired
	case at > 0 && c.End() < endOfLastDays(at):
		return statusWillExpire
	default:
		return statusIssued
	}
}

// expiredAt reports whether a certificate is expired at a time, which may be unknown.
func (c *Certificate) expiredAt(at int64) bool {
	return c.Status == Expired || at > 0 && c.End() < at
}

// End returns the end of a certificate's validity in Unix milliseconds, and
// [table.Forever] for an unknown one. It implements [table.Ending].
func (c *Certificate) End() int64 {
	if c.Leaf.NotAfter == 0 {
		return table.Forever
	}
	return c.Leaf.NotAfter * 1000
}

// endOfLastDays returns the time before which a certificate ends that is about to expire.
func endOfLastDays(at int64) int64 {
	const days = lastDays * millisecondsADay
	return min(at, table.Forever-1-days) + days
}

// group is a group of certificates in lists: a region, a way of coming and a status.
type group table.Group

const (
	overseas group = 1
	bought   group = 2

	// The statuses in a group.
	onlyTimeTells group = 0
	isPending     group = 4
	isRevoked     group = 8
	isExpired     group = 12

	allGroups group = 16
)

// Group implements [table.Grouped].
func (c *Certificate) Group(string) table.Group {
	g := onlyTimeTells
	switch c.Status {
	case Pending:
		g = isPending
	case Revoked:
		g = isRevoked
	case Expired:
		g = isExpired
	case Issued:
	}
	if c.In(Overseas) {
		g |= overseas
	}
	if c.Bought {
		g |= bought
	}
	return table.Group(g)
}

// in reports whether the certificates of a group are in the center of a region.
func (g group) in(region string) bool {
	return (g&overseas != 0) == (RegionOf(region) == Overseas)
}

// status returns the status of a group's certificates.
func (g group) status() group { return g &^ (overseas | bought) }

// groups returns the set of the groups that are wanted.
func groups(wanted func(group) bool) (set table.Groups) {
	for g := range allGroups {
		if wanted(g) {
			set |= table.GroupsOf(table.Group(g))
		}
	}
	return set
}

// filter returns which certificates the list has, whatever its keyword.
func (in *ListUserCertificateOrder) filter(at int64) (f table.Filter) {
	of := func(status group) table.Groups {
		return groups(func(g group) bool { return g.in(in.Region) && in.listsType(g) && g.status() == status })
	}
	ending := func(from, to int64) {
		f.During, f.From, f.To = of(onlyTimeTells), from, to
	}
	known := at > 0
	switch status := in.Status; {
	case status == "" && in.OrderType != orderCert && in.OrderType != orderUpload:
		f.Groups = of(onlyTimeTells) | of(isPending) | of(isRevoked) | of(isExpired)
	case status == statusChecking:
		f.Groups = of(isPending)
	case status == statusRevoked:
		f.Groups = of(isRevoked)
	case status == statusExpired:
		if f.Groups = of(isExpired); known {
			ending(math.MinInt64, min(at, table.Forever-1))
		}
	case !known && (status == "" || status == statusIssued):
		f.Groups = of(onlyTimeTells)
	case status == "":
		ending(at, table.Forever)
	case status == statusIssued:
		ending(endOfLastDays(at), table.Forever)
	case status == statusWillExpire && known:
		ending(at, endOfLastDays(at))
	}
	return f
}

func (in *ListUserCertificateOrder) listsType(g group) bool {
	switch cmp.Or(in.OrderType, orderPackage) {
	case orderCert:
		return true
	case orderUpload:
		return g&bought == 0
	case orderPackage:
		return g&bought != 0
	default:
		return false
	}
}
