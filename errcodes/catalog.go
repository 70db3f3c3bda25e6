package errcodes

import (
	"iter"
	"slices"
	"strings"

	"github.com/alicert/alicert/internal/redact"
)

// Catalog names the error table of one operation in one edition, and maps
// every condition of that operation to exactly one of its rows. Catalogs are
// constants; their tables cannot be changed.
type Catalog uint8

const (
	// SetDomainServerCertificate is the CDN operation's original table.
	SetDomainServerCertificate Catalog = iota + 1
	// AssociateAdditionalCertificatesWithListener is the ALB operation with
	// its original table. Conditions that the original has no row for
	// borrow one; see [Row.Edition].
	AssociateAdditionalCertificatesWithListener
	// AssociateAdditionalCertificatesWithListenerLater is the same
	// operation with its later published table, in which a listener that is
	// being configured has a row of its own.
	AssociateAdditionalCertificatesWithListenerLater

	// DissociateAdditionalCertificatesFromListener is the ALB operation that
	// undoes it, with its published table.
	DissociateAdditionalCertificatesFromListener
	// UpdateListenerAttribute is the ALB operation as far as it sets a
	// listener's default certificate. All its rows are borrowed from its
	// siblings.
	UpdateListenerAttribute
	// ListListenerCertificates is the ALB operation with its published
	// table. GetListenerAttribute, ListListeners and ListAsynJobs answer
	// with its rows.
	ListListenerCertificates
	// GetLoadBalancerAttribute is the ALB operation. Its row is borrowed in
	// shape from its siblings.
	GetLoadBalancerAttribute

	// SetCdnDomainSSLCertificate is the CDN operation that took the place of
	// SetDomainServerCertificate, with its published table.
	SetCdnDomainSSLCertificate
	// SetDcdnDomainSSLCertificate is its twin of DCDN, with its published
	// table.
	SetDcdnDomainSSLCertificate

	numCatalogs // one more than the last catalog
)

// A catalogTable is what an operation adds to the library: its rows in
// published order, and its conditions in the order in which they are judged.
type catalogTable struct {
	operation string
	edition   Edition
	rests     Grade // of rules that have none of their own; 0: that of the condition
	rows      []Row
	mappings  []mapping
}

// A mapping says which row a condition earns in one operation, and which
// request parameter is to blame. Grade 0 means the table's.
type mapping struct {
	cond  Condition
	code  Code
	param string
	grade Grade
	arg   string // fills the row's only %s, where the vendor sends a constant
	nth   int    // which of several rows of that code, from 0
}

var catalogs = [numCatalogs]catalogTable{
	SetDomainServerCertificate:                       cdnOriginal,
	AssociateAdditionalCertificatesWithListener:      albOriginal,
	AssociateAdditionalCertificatesWithListenerLater: albLater,
	DissociateAdditionalCertificatesFromListener:     albDissociate,
	UpdateListenerAttribute:                          albUpdateListener,
	ListListenerCertificates:                         albListCertificates,
	GetLoadBalancerAttribute:                         albGetLoadBalancer,
	SetCdnDomainSSLCertificate:                       cdnSSL,
	SetDcdnDomainSSLCertificate:                      dcdnSSL,
}

// Catalogs yields every catalog.
func Catalogs() iter.Seq[Catalog] {
	return func(yield func(Catalog) bool) {
		for c := Catalog(1); c < numCatalogs; c++ {
			if !yield(c) {
				return
			}
		}
	}
}

func (c Catalog) table() *catalogTable {
	if c >= numCatalogs {
		c = 0
	}
	return &catalogs[c]
}

// Operation returns the operation's name on the wire.
func (c Catalog) Operation() string { return c.table().operation }

// Edition says which published table of the operation this is.
func (c Catalog) Edition() Edition { return c.table().edition }

// String returns the operation's name, with the edition if it is not the
// original one, and "" for no catalog.
func (c Catalog) String() string {
	if c >= numCatalogs {
		return nameOf(nil, c)
	}
	t := c.table()
	if t.edition == Later {
		return t.operation + " (later edition)"
	}
	return t.operation
}

// Rows yields the rows in published order, those borrowed from other tables
// last.
func (c Catalog) Rows() iter.Seq[Row] { return slices.Values(c.table().rows) }

// Conditions yields the conditions of the operation in the order in which they
// are judged: of several, the first is the service's answer.
func (c Catalog) Conditions() iter.Seq[Condition] {
	return func(yield func(Condition) bool) {
		for _, m := range c.table().mappings {
			if !yield(m.cond) {
				return
			}
		}
	}
}

// Row returns the row that a condition earns; ok is false for a condition that
// the operation does not know.
func (c Catalog) Row(cond Condition) (row Row, ok bool) {
	m, ok := c.table().find(cond)
	if !ok {
		return Row{}, false
	}
	return c.table().row(m), true
}

// Earning yields the conditions that earn the given row, in the order in which
// they are judged.
func (c Catalog) Earning(row Row) iter.Seq[Condition] {
	return func(yield func(Condition) bool) {
		t := c.table()
		for _, m := range t.mappings {
			if t.row(&m) == row && !yield(m.cond) {
				return
			}
		}
	}
}

// Rank returns the condition's place in the order of judging, from 0, and -1
// for a condition that the operation does not know.
func (c Catalog) Rank(cond Condition) int {
	return slices.IndexFunc(c.table().mappings, func(m mapping) bool { return m.cond == cond })
}

// Grade says what the rule "this condition earns this row" rests on, 0 for a
// condition that the operation does not know. An original table that has to
// borrow the row does not document it.
func (c Catalog) Grade(cond Condition) Grade {
	t := c.table()
	m, ok := t.find(cond)
	if !ok {
		return 0
	}
	return t.grade(m)
}

func (t *catalogTable) grade(m *mapping) Grade {
	switch {
	case m.grade != 0:
		return m.grade
	case t.rests != 0:
		return t.rests
	case t.edition == Original && t.row(m).Edition != Original:
		return Assumed
	default:
		return m.cond.Grade()
	}
}

// Parameter returns the wire name of the request parameter that a condition is
// about; N in it stands for a number. It is empty where no parameter is to blame.
func (c Catalog) Parameter(cond Condition) string {
	if m, ok := c.table().find(cond); ok {
		return m.param
	}
	return ""
}

// Error returns the error that a condition earns in this operation. The
// arguments fill the row's %s in order; a row with a constant argument takes
// none. An argument that may be private-key material shows as its length. The caller may set Parameter (if it knows better than the catalog),
// Block, Line and Reason. ok is false for a condition that the operation does
// not know.
func (c Catalog) Error(cond Condition, args ...string) (e Error, ok bool) {
	m, ok := c.table().find(cond)
	if !ok {
		return Error{}, false
	}
	if m.arg != "" {
		args = []string{m.arg}
	}
	row := c.table().row(m)
	return Error{
		Operation: c.Operation(),
		Code:      row.Code,
		Status:    row.Status,
		Message:   fill(row.Message, args),
		Condition: cond,
		Parameter: m.param,
		Grade:     c.table().grade(m),
		Edition:   row.Edition,
	}, true
}

func (t *catalogTable) find(cond Condition) (*mapping, bool) {
	for i := range t.mappings {
		if m := &t.mappings[i]; m.cond == cond {
			return m, true
		}
	}
	return nil, false
}

func (t *catalogTable) row(m *mapping) Row {
	nth := m.nth
	for i := range t.rows {
		if r := &t.rows[i]; r.Code == m.code {
			if nth == 0 {
				return *r
			}
			nth--
		}
	}
	return Row{Code: m.code}
}

// fill replaces each %s of the template by the next argument; a %s without an
// argument stays, as it does in the answers of a service with a bug. An argument
// that may be a secret in the wrong parameter shows as its length in bytes.
func fill(template string, args []string) string {
	if len(args) == 0 {
		return template
	}
	var b strings.Builder
	size := len(template)
	for _, arg := range args {
		size += len(arg)
	}
	b.Grow(size)
	for _, arg := range args {
		before, after, found := strings.Cut(template, "%s")
		if !found {
			break
		}
		b.WriteString(before)
		b.WriteString(redact.Lines(redact.Text(arg)))
		template = after
	}
	b.WriteString(template)
	return b.String()
}

// MarshalText encodes the catalog as its String, and fails for a number
// without one.
func (c Catalog) MarshalText() ([]byte, error) { return marshal(c, numCatalogs, "catalog") }

// UnmarshalText decodes what MarshalText wrote, and refuses other text.
func (c *Catalog) UnmarshalText(text []byte) error {
	return unmarshal(c, numCatalogs, "catalog", text)
}
