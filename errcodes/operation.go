package errcodes

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/alicert/alicert/internal/redact"
)

// Operation is one operation of the cloud. The zero value is none.
type Operation uint8

// The operations whose tables the library knows.
const (
	// SetDomainServerCertificate is the original operation of CDN.
	SetDomainServerCertificate Operation = iota + 1

	// AssociateAdditionalCertificatesWithListener is an operation of ALB.
	AssociateAdditionalCertificatesWithListener
	// DissociateAdditionalCertificatesFromListener undoes it.
	DissociateAdditionalCertificatesFromListener
	// UpdateListenerAttribute is known as far as it sets a listener's default
	// certificate. All its rows are borrowed from its siblings.
	UpdateListenerAttribute
	// ListListenerCertificates is an operation of ALB. GetListenerAttribute,
	// ListListeners and ListAsynJobs answer with its rows.
	ListListenerCertificates
	// GetLoadBalancerAttribute is an operation of ALB. Its row has the shape of
	// its siblings' rows.
	GetLoadBalancerAttribute
	// CreateListener is an operation of ALB. Its rows are borrowed from its siblings.
	CreateListener
	// DeleteListener is an operation of ALB. Its rows are borrowed from its siblings.
	DeleteListener

	// SetCdnDomainSSLCertificate replaced SetDomainServerCertificate.
	SetCdnDomainSSLCertificate
	// SetDcdnDomainSSLCertificate is its DCDN counterpart.
	SetDcdnDomainSSLCertificate
	// SetVodDomainCertificate is the original operation under VOD's names.
	SetVodDomainCertificate

	// UploadUserCertificate is the upload to the certificate center. Its own table
	// is not known: its rows are borrowed from the original operation of CDN, like
	// those of the reads behind it.
	UploadUserCertificate
	// DescribeDomainCertificateInfo is a read of CDN.
	DescribeDomainCertificateInfo
	// DescribeCdnDomainDetail is a read of CDN.
	DescribeCdnDomainDetail
	// ListTagResources is a read of CDN.
	ListTagResources
	// GetUserCertificateDetail is a read of the certificate center.
	GetUserCertificateDetail
	// GetCertificateDetail is a read of the certificate center.
	GetCertificateDetail

	numOperations // one more than the last operation
)

// An operation holds what is known of an Operation.
type operation struct {
	name       string
	product    string
	parameters []Parameter
	original   *table // the table of a source document, nil if there is none
	current    *table // what was published or seen later, nil if there is none
}

var operations = [numOperations]operation{
	SetDomainServerCertificate:                   {"SetDomainServerCertificate", "Cdn", domainParameters, &cdnOriginal, nil},
	SetCdnDomainSSLCertificate:                   {"SetCdnDomainSSLCertificate", "Cdn", sslParameters, nil, &cdnSSL},
	SetDcdnDomainSSLCertificate:                  {"SetDcdnDomainSSLCertificate", "dcdn", sslParameters, nil, &dcdnSSL},
	AssociateAdditionalCertificatesWithListener:  {"AssociateAdditionalCertificatesWithListener", "Alb", albParameters, &albOriginal, &albCurrent},
	DissociateAdditionalCertificatesFromListener: {"DissociateAdditionalCertificatesFromListener", "Alb", albParameters, nil, &albDissociate},
	UpdateListenerAttribute:                      {"UpdateListenerAttribute", "Alb", albParameters, nil, &albUpdateListener},
	ListListenerCertificates:                     {"ListListenerCertificates", "Alb", albParameters, nil, &albListCertificates},
	GetLoadBalancerAttribute:                     {"GetLoadBalancerAttribute", "Alb", loadBalancerParameters, nil, &albGetLoadBalancer},
	CreateListener:                               {"CreateListener", "Alb", createListenerParameters, nil, &albCreateListener},
	DeleteListener:                               {"DeleteListener", "Alb", albParameters, nil, &albDeleteListener},
	SetVodDomainCertificate:                      {"SetVodDomainCertificate", "vod", vodParameters, &vodOriginal, nil},
	UploadUserCertificate:                        {"UploadUserCertificate", "cas", uploadParameters, nil, &casUpload},
	DescribeDomainCertificateInfo:                {"DescribeDomainCertificateInfo", "Cdn", domainNameParameters, nil, &cdnFindDomain},
	DescribeCdnDomainDetail:                      {"DescribeCdnDomainDetail", "Cdn", domainNameParameters, nil, &cdnFindDomain},
	ListTagResources:                             {"ListTagResources", "Cdn", resourceParameters, nil, &cdnFindDomain},
	GetUserCertificateDetail:                     {"GetUserCertificateDetail", "cas", certIDParameters, nil, &casFindCertificate},
	GetCertificateDetail:                         {"GetCertificateDetail", "cas", certIDParameters, nil, &casFindCertificate},
}

// Operations yields every operation.
func Operations() iter.Seq[Operation] { return values(numOperations) }

func (op Operation) info() *operation {
	if op >= numOperations {
		op = 0
	}
	return &operations[op]
}

// String returns the operation's name on the wire, and "" for none.
func (op Operation) String() string {
	if op >= numOperations {
		return nameOf(nil, op)
	}
	return operations[op].name
}

// Product returns the name of the product that has the operation, as the
// vendor's API metadata spells it. Operations of different products may share a
// name.
func (op Operation) Product() string { return op.info().product }

// Parameters yields the operation's parameters in published order.
func (op Operation) Parameters() iter.Seq[Parameter] { return slices.Values(op.info().parameters) }

// Parameter returns the wire name of the parameter that holds a field; it is
// empty if the operation has no such parameter.
func (op Operation) Parameter(f Field) string {
	for _, p := range op.info().parameters {
		if p.Field == f {
			return p.Name
		}
	}
	return ""
}

// Requires reports whether the request must carry the field.
func (op Operation) Requires(f Field) bool {
	return slices.ContainsFunc(op.info().parameters, func(p Parameter) bool { return p.Field == f && p.Required })
}

// Table returns the operation's table in the default version: the original one where
// a source document has it.
func (op Operation) Table() Table { return Table{Operation: op}.Resolve() }

// MarshalText encodes the operation as its wire name, and fails for a number
// without one.
func (op Operation) MarshalText() ([]byte, error) { return marshal(op, numOperations, "operation") }

// UnmarshalText decodes a wire name, and refuses others.
func (op *Operation) UnmarshalText(text []byte) error {
	return unmarshal(op, numOperations, "operation", text)
}

// Version says which of an operation's tables is meant. The zero value is the
// original one where a source document has it, else the current one.
type Version uint8

const (
	// Original is the table of the operation's source document.
	Original Version = iota + 1
	// Current is what the vendor published later, or what was seen later.
	Current

	numVersions // one more than the last version
)

var versionNames = [numVersions]string{"", "original", "current"}

// String returns "original" or "current", and "" for no version.
func (v Version) String() string { return nameOf(versionNames[:], v) }

// MarshalText encodes the version as its name, and fails for a number without
// one.
func (v Version) MarshalText() ([]byte, error) { return marshal(v, numVersions, "version") }

// UnmarshalText decodes a name that MarshalText wrote, and refuses others.
func (v *Version) UnmarshalText(text []byte) error {
	return unmarshal(v, numVersions, "version", text)
}

// Field names what a parameter holds. Operations have different names for one field.
// The zero value is no field.
type Field uint8

// The fields of the requests.
const (
	FieldDomainName Field = iota + 1
	FieldStatus
	FieldCertType
	FieldCertName
	FieldCertID
	FieldCertRegion
	FieldEnv
	FieldOverwrite
	FieldCertificate
	FieldPrivateKey
	FieldListenerID
	FieldCertificates
	FieldCertificateID // one of FieldCertificates
	FieldClientToken
	FieldDryRun
	FieldLoadBalancerID
	FieldListenerPort
	FieldListenerProtocol
	FieldDefaultActions
)

// Parameter is one parameter of an operation.
type Parameter struct {
	Field    Field
	Name     string // on the wire; N in it stands for a number
	Required bool   // a request without it is refused
}

// Table is the error table of one operation in one version. It maps every
// condition of the operation to exactly one of its rows.
type Table struct {
	Operation Operation
	Version   Version
}

// A table is the content of a Table.
type table struct {
	evidence Evidence // of mappings that have none of their own; 0: that of the condition
	source   string   // the page that prints the rows
	page     Origin   // which of the operation's pages that is; 0: its own
	rows     []Row
	mappings []mapping // in the order in which the conditions are checked
}

// A mapping says which row a condition maps to, and which field is to blame.
type mapping struct {
	cond     Condition
	code     Code
	field    Field
	evidence Evidence
	source   string
	arg      string // fills the row's only %s, where the vendor sends a constant
	nth      int    // which of several rows of that code, from 0
}

// Tables yields every table: operation by operation, the original one first.
func Tables() iter.Seq[Table] {
	return func(yield func(Table) bool) {
		for op := range Operations() {
			for v := range values(numVersions) {
				t := Table{op, v}
				if t.data() != nil && !yield(t) {
					return
				}
			}
		}
	}
}

// data returns the content of the table, nil if the operation has no such
// version.
func (t Table) data() *table {
	op := t.Operation.info()
	switch t.Version {
	case Original:
		return op.original
	case Current:
		return op.current
	case 0:
		return cmp.Or(op.original, op.current)
	default:
		return nil
	}
}

// String returns the operation's name. It adds the version of a current table
// whose operation also has an original one.
func (t Table) String() string {
	if t.Version == Current && t.Operation.info().original != nil {
		return t.Operation.String() + " (later edition)"
	}
	return t.Operation.String()
}

// Resolve returns the table with its version spelled out, so that equal tables
// compare equal. A version that the operation does not have counts as none.
func (t Table) Resolve() Table {
	if t.Version == 0 || t.data() == nil {
		t.Version = Current
		if t.Operation.info().original != nil {
			t.Version = Original
		}
	}
	return t
}

// MarshalText encodes the table as its String, and fails if there is no such
// table.
func (t Table) MarshalText() ([]byte, error) {
	if t != (Table{}) && t.data() == nil {
		return nil, unknown("table", t.String(), Tables())
	}
	return []byte(t.String()), nil
}

// UnmarshalText decodes what MarshalText wrote, and refuses other text.
func (t *Table) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*t = Table{}
		return nil
	}
	for known := range Tables() {
		if known.String() == string(text) {
			*t = known
			return nil
		}
	}
	return unknown("table", string(text), Tables())
}

// Rows yields the rows in published order, those borrowed from other tables
// last.
func (t Table) Rows() iter.Seq[Row] {
	if d := t.data(); d != nil {
		return slices.Values(d.rows)
	}
	return slices.Values[[]Row](nil)
}

func (t Table) mappings() []mapping {
	if d := t.data(); d != nil {
		return d.mappings
	}
	return nil
}

// Conditions yields the conditions of the operation in the order in which they
// are checked: the first one that holds is the service's answer.
func (t Table) Conditions() iter.Seq[Condition] {
	return func(yield func(Condition) bool) {
		for _, m := range t.mappings() {
			if !yield(m.cond) {
				return
			}
		}
	}
}

// ConditionsFor yields the conditions that map to the row, in the order in which
// they are checked.
func (t Table) ConditionsFor(row Row) iter.Seq[Condition] {
	return func(yield func(Condition) bool) {
		d := t.data()
		for _, m := range t.mappings() {
			if d.row(&m) == row && !yield(m.cond) {
				return
			}
		}
	}
}

// Row returns the row that a condition maps to; ok is false for a condition that
// the table does not have.
func (t Table) Row(cond Condition) (row Row, ok bool) {
	m, ok := t.find(cond)
	if !ok {
		return Row{}, false
	}
	return t.data().row(m), true
}

// Rank returns the condition's index in the order of the checks, from 0, and -1
// for a condition that the table does not have.
func (t Table) Rank(cond Condition) int {
	mappings := t.mappings()
	for i := range mappings {
		if mappings[i].cond == cond {
			return i
		}
	}
	return -1
}

// Has reports whether the operation checks a condition.
func (t Table) Has(cond Condition) bool { return t.Rank(cond) >= 0 }

// Evidence says what the rule "this condition maps to this row" rests on, 0 for a
// condition that the table does not have. A table that has to borrow the row does
// not document it.
func (t Table) Evidence(cond Condition) Evidence {
	if m, ok := t.find(cond); ok {
		evidence, _ := t.data().evidenceOf(m, t.data().row(m))
		return evidence
	}
	return 0
}

// Source says where the evidence for a mapping can be read. It is empty for a
// rule that this library assumes.
func (t Table) Source(cond Condition) string {
	if m, ok := t.find(cond); ok {
		_, source := t.data().evidenceOf(m, t.data().row(m))
		return source
	}
	return ""
}

// evidenceOf returns the evidence for a mapping to its row, and the source of it.
func (d *table) evidenceOf(m *mapping, row Row) (evidence Evidence, source string) {
	switch {
	case m.evidence != 0:
		evidence = m.evidence
	case d.evidence != 0:
		evidence = d.evidence
	case row.Origin > max(d.page, OwnPage):
		evidence = Assumed
	default:
		evidence = m.cond.Evidence()
	}
	switch {
	case evidence == Assumed:
		return evidence, ""
	case m.source != "":
		return evidence, m.source
	case evidence == Documented:
		return evidence, d.source
	default:
		return evidence, m.cond.info().source
	}
}

// Parameter returns the wire name of the parameter that a condition is about. It
// is empty if the condition is about no parameter.
func (t Table) Parameter(cond Condition) string {
	if m, ok := t.find(cond); ok {
		return t.Operation.Parameter(m.field)
	}
	return ""
}

// Error returns the error that a condition maps to, the zero Error for a
// condition that the table does not have. The arguments fill the row's %s in
// order; a row with a constant argument takes none. The caller may set Parameter,
// Position, Reason and Remedy.
func (t Table) Error(cond Condition, args ...string) Error {
	m, ok := t.find(cond)
	if !ok {
		return Error{}
	}
	if m.arg != "" {
		args = []string{m.arg}
	}
	row := t.data().row(m)
	evidence, source := t.data().evidenceOf(m, row)
	return Error{
		Operation: t.Operation,
		Code:      row.Code,
		Status:    row.Status,
		Message:   fill(row.Message, args),
		Condition: cond,
		Parameter: t.Operation.Parameter(m.field),
		Evidence:  evidence,
		Source:    source,
		Origin:    row.Origin,
	}
}

func (t Table) find(cond Condition) (*mapping, bool) {
	if i := t.Rank(cond); i >= 0 {
		return &t.mappings()[i], true
	}
	return nil, false
}

func (d *table) row(m *mapping) Row {
	nth := m.nth
	for i := range d.rows {
		if r := &d.rows[i]; r.Code == m.code {
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
