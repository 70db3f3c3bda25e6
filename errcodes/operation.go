package errcodes

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/alicert/alicert/internal/redact"
)

// Operation is one operation of the cloud. The zero value is none.
//
// Several products can have an operation of one name. The constant of the first one is
// the name; those of the others begin with the product, as
// [GAListListenerCertificates] does. String is the name on the wire, Product the product,
// and ID tells both.
type Operation uint8

// The operations whose tables the library knows.
const (
	// SetDomainServerCertificate is the original operation of CDN.
	SetDomainServerCertificate Operation = iota + 1

	// AssociateAdditionalCertificatesWithListener is an operation of ALB, the application
	// load balancer: it adds certificates to a listener.
	AssociateAdditionalCertificatesWithListener
	// DissociateAdditionalCertificatesFromListener undoes it.
	DissociateAdditionalCertificatesFromListener
	// UpdateListenerAttribute is known as far as it sets a listener's default
	// certificate. All its rows are borrowed from its siblings.
	UpdateListenerAttribute
	// ListListenerCertificates is a read of ALB. GetListenerAttribute,
	// ListListeners and ListAsynJobs answer with its rows.
	ListListenerCertificates
	// GetLoadBalancerAttribute is a read of ALB. Its row has the shape of
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
	// SetVodDomainCertificate is the original operation under the names of VOD (ApsaraVideo
	// VOD).
	SetVodDomainCertificate
	// SetVodDomainSSLCertificate is the successor of SetVodDomainCertificate. Most of its
	// rows are borrowed from SetCdnDomainSSLCertificate.
	SetVodDomainSSLCertificate
	// SetLiveDomainCertificate is an operation of ApsaraVideo Live: the original operation
	// under other names. Most of its rows are borrowed from SetVodDomainCertificate.
	SetLiveDomainCertificate

	// UploadUserCertificate is the upload to the certificate center. The rows of the
	// center's operations are those of the product's list of error codes.
	UploadUserCertificate
	// DeleteUserCertificate removes a certificate from the certificate center.
	DeleteUserCertificate
	// ListUserCertificateOrder is a read of the certificate center.
	ListUserCertificateOrder
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

	// NLBAssociateAdditionalCertificatesWithListener is an operation of NLB, the network
	// load balancer. Its rows and those of the other operations of NLB are borrowed from
	// NLB UpdateListenerAttribute.
	NLBAssociateAdditionalCertificatesWithListener
	// DisassociateAdditionalCertificatesWithListener undoes it. Only NLB spells it so.
	DisassociateAdditionalCertificatesWithListener
	// NLBUpdateListenerAttribute is known as far as it sets a listener's default
	// certificate.
	NLBUpdateListenerAttribute
	// NLBListListenerCertificates is a read of NLB. GetListenerAttribute and
	// ListListeners answer with its rows.
	NLBListListenerCertificates
	// NLBGetLoadBalancerAttribute is a read of NLB.
	NLBGetLoadBalancerAttribute
	// GetJobStatus is a read of NLB: it tells whether a change of a listener has ended.
	GetJobStatus

	// UploadServerCertificate is the upload to the classic load balancer, whose product is
	// Slb and which the vendor's pages call CLB. It has certificates of its own in each
	// region. The rows of the operations on them, on HTTPS listeners and on domain
	// extensions are those of the product's list of error codes.
	UploadServerCertificate
	// DeleteServerCertificate removes a certificate of the classic load balancer.
	DeleteServerCertificate
	// SetServerCertificateName gives a certificate of the classic load balancer a name.
	SetServerCertificateName
	// SetLoadBalancerHTTPSListenerAttribute is known as far as it sets the certificate of
	// an HTTPS listener.
	SetLoadBalancerHTTPSListenerAttribute
	// DescribeLoadBalancerHTTPSListenerAttribute is a read of the classic load balancer.
	DescribeLoadBalancerHTTPSListenerAttribute
	// CreateDomainExtension gives a listener a certificate for one more domain.
	CreateDomainExtension
	// SetDomainExtensionAttribute sets the certificate of a domain extension.
	SetDomainExtensionAttribute
	// DeleteDomainExtension removes a domain extension.
	DeleteDomainExtension
	// DescribeDomainExtensions is a read of the classic load balancer.
	DescribeDomainExtensions
	// DescribeDomainExtensionAttribute is a read of the classic load balancer.
	DescribeDomainExtensionAttribute
	// DescribeLoadBalancerAttribute is a read of the classic load balancer.
	DescribeLoadBalancerAttribute

	// SetCertificate adds a certificate to a site of ESA (Edge Security Acceleration), or
	// replaces one.
	SetCertificate
	// DeleteCertificate removes a certificate from a site.
	DeleteCertificate
	// GetCertificate is a read of a site's certificate.
	GetCertificate
	// ListCertificates is a read of a site's certificates.
	ListCertificates
	// ListInstanceQuotasWithUsage tells the quotas of a plan.
	ListInstanceQuotasWithUsage
	// ListSites is a read of the sites.
	ListSites

	// GAAssociateAdditionalCertificatesWithListener is an operation of GA (Global
	// Accelerator): it gives a listener certificates for domains. Its rows and those of
	// the next two are borrowed from UpdateListener of GA, ALB and NLB.
	GAAssociateAdditionalCertificatesWithListener
	// UpdateAdditionalCertificateWithListener gives a domain another certificate.
	UpdateAdditionalCertificateWithListener
	// GADissociateAdditionalCertificatesFromListener removes the certificates of domains.
	GADissociateAdditionalCertificatesFromListener
	// UpdateListener of GA is known as far as it sets a listener's default certificate.
	UpdateListener
	// GAListListenerCertificates is a read of GA.
	GAListListenerCertificates
	// DescribeListener is a read of GA.
	DescribeListener
	// DescribeAccelerator is a read of GA. ListListeners answers with its rows.
	DescribeAccelerator

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
	UpdateListenerAttribute:                      {"UpdateListenerAttribute", "Alb", updateListenerParameters, nil, &albUpdateListener},
	ListListenerCertificates:                     {"ListListenerCertificates", "Alb", listCertificatesParameters, nil, &albListCertificates},
	GetLoadBalancerAttribute:                     {"GetLoadBalancerAttribute", "Alb", loadBalancerParameters, nil, &albGetLoadBalancer},
	CreateListener:                               {"CreateListener", "Alb", createListenerParameters, nil, &albCreateListener},
	DeleteListener:                               {"DeleteListener", "Alb", deleteListenerParameters, nil, &albDeleteListener},
	SetVodDomainCertificate:                      {"SetVodDomainCertificate", "vod", vodParameters, &vodOriginal, nil},
	SetVodDomainSSLCertificate:                   {"SetVodDomainSSLCertificate", "vod", sslParameters, nil, &vodSSL},
	SetLiveDomainCertificate:                     {"SetLiveDomainCertificate", "live", liveParameters, nil, &live},
	UploadUserCertificate:                        {"UploadUserCertificate", "cas", uploadParameters, nil, &casUpload},
	DeleteUserCertificate:                        {"DeleteUserCertificate", "cas", certIDParameters, nil, &casDelete},
	ListUserCertificateOrder:                     {"ListUserCertificateOrder", "cas", orderParameters, nil, &casList},
	DescribeDomainCertificateInfo:                {"DescribeDomainCertificateInfo", "Cdn", domainNameParameters, nil, &cdnFindDomain},
	DescribeCdnDomainDetail:                      {"DescribeCdnDomainDetail", "Cdn", domainNameParameters, nil, &cdnFindDomain},
	ListTagResources:                             {"ListTagResources", "Cdn", resourceParameters, nil, &cdnFindResource},
	GetUserCertificateDetail:                     {"GetUserCertificateDetail", "cas", detailParameters, nil, &casGetDetail},
	GetCertificateDetail:                         {"GetCertificateDetail", "cas", certificateIDParameters, nil, &casFindCertificate},

	NLBAssociateAdditionalCertificatesWithListener: {"AssociateAdditionalCertificatesWithListener", "Nlb", nlbParameters, nil, &nlbAssociate},
	DisassociateAdditionalCertificatesWithListener: {"DisassociateAdditionalCertificatesWithListener", "Nlb", nlbParameters, nil, &nlbDisassociate},
	NLBUpdateListenerAttribute:                     {"UpdateListenerAttribute", "Nlb", nlbUpdateParameters, nil, &nlbUpdateListener},
	NLBListListenerCertificates:                    {"ListListenerCertificates", "Nlb", listCertificatesParameters, nil, &nlbListCertificates},
	NLBGetLoadBalancerAttribute:                    {"GetLoadBalancerAttribute", "Nlb", loadBalancerParameters, nil, &nlbGetLoadBalancer},
	GetJobStatus:                                   {"GetJobStatus", "Nlb", jobParameters, nil, &nlbGetJob},
	UploadServerCertificate:                        {"UploadServerCertificate", "Slb", uploadServerParameters, nil, &slbUpload},
	DeleteServerCertificate:                        {"DeleteServerCertificate", "Slb", deleteServerParameters, nil, &slbDelete},
	SetServerCertificateName:                       {"SetServerCertificateName", "Slb", renameServerParameters, nil, &slbRename},
	SetLoadBalancerHTTPSListenerAttribute:          {"SetLoadBalancerHTTPSListenerAttribute", "Slb", setHTTPSParameters, nil, &slbSetHTTPS},
	DescribeLoadBalancerHTTPSListenerAttribute:     {"DescribeLoadBalancerHTTPSListenerAttribute", "Slb", slbListenerParameters, nil, &slbGetHTTPS},
	CreateDomainExtension:                          {"CreateDomainExtension", "Slb", createExtensionParameters, nil, &slbCreateExtension},
	SetDomainExtensionAttribute:                    {"SetDomainExtensionAttribute", "Slb", setExtensionParameters, nil, &slbSetExtension},
	DeleteDomainExtension:                          {"DeleteDomainExtension", "Slb", extensionParameters, nil, &slbDeleteExtension},
	DescribeDomainExtensions:                       {"DescribeDomainExtensions", "Slb", extensionsParameters, nil, &slbListExtensions},
	DescribeDomainExtensionAttribute:               {"DescribeDomainExtensionAttribute", "Slb", extensionParameters, nil, &slbGetExtension},
	DescribeLoadBalancerAttribute:                  {"DescribeLoadBalancerAttribute", "Slb", slbLoadBalancerParameters, nil, &slbGetLoadBalancer},
	SetCertificate:                                 {"SetCertificate", "ESA", esaSetParameters, nil, &esaSet},
	DeleteCertificate:                              {"DeleteCertificate", "ESA", esaCertificateParameters, nil, &esaDelete},
	GetCertificate:                                 {"GetCertificate", "ESA", esaCertificateParameters, nil, &esaGet},
	ListCertificates:                               {"ListCertificates", "ESA", esaListParameters, nil, &esaList},
	ListInstanceQuotasWithUsage:                    {"ListInstanceQuotasWithUsage", "ESA", esaQuotasParameters, nil, &esaQuotas},
	ListSites:                                      {"ListSites", "ESA", esaSitesParameters, nil, &esaSites},

	GAAssociateAdditionalCertificatesWithListener:  {"AssociateAdditionalCertificatesWithListener", "Ga", gaParameters, nil, &gaAssociate},
	UpdateAdditionalCertificateWithListener:        {"UpdateAdditionalCertificateWithListener", "Ga", gaReplaceParameters, nil, &gaReplace},
	GADissociateAdditionalCertificatesFromListener: {"DissociateAdditionalCertificatesFromListener", "Ga", gaDissociateParameters, nil, &gaDissociate},
	UpdateListener:             {"UpdateListener", "Ga", gaUpdateParameters, nil, &gaUpdate},
	GAListListenerCertificates: {"ListListenerCertificates", "Ga", gaListParameters, nil, &gaListCertificates},
	DescribeListener:           {"DescribeListener", "Ga", gaListenerParameters, nil, &gaGetListener},
	DescribeAccelerator:        {"DescribeAccelerator", "Ga", gaAcceleratorParameters, nil, &gaGetAccelerator},
}

// Operations yields every operation.
func Operations() iter.Seq[Operation] { return values(numOperations) }

func (op Operation) info() *operation {
	if op >= numOperations {
		op = 0
	}
	return &operations[op]
}

// String returns the operation's name on the wire, and "" for none. Operations of
// different products may share it; see ID.
func (op Operation) String() string {
	if op >= numOperations {
		return nameOf(nil, op)
	}
	return operations[op].name
}

// Product returns the name of the product that has the operation, as the vendor's API
// metadata spells it: Cdn, dcdn, vod, live, Alb, Nlb, Ga (Global Accelerator), Slb (the
// classic load balancer), ESA, or cas (the certificate center). Operations of different
// products may share a name.
func (op Operation) Product() string { return op.info().product }

// ID returns a name that no other operation has: the one on the wire, and if an earlier
// operation has that, too, with product and colon in front, such as
// "Ga:ListListenerCertificates". MarshalText writes it and UnmarshalText reads it.
func (op Operation) ID() string {
	name := op.String()
	if first, ok := FindOperation("", name); ok && first != op {
		return withProduct(op.Product(), name)
	}
	return name
}

// productEnd stands between the product and the name of an operation.
const productEnd = ":"

func withProduct(product, name string) string {
	if product == "" {
		return name
	}
	return product + productEnd + name
}

// FindOperation returns the operation of a product that has a name on the wire; the
// product is spelled in any letter case, the name as on the wire. Without a product it is
// the first one of that name, which goes on being the same one when other products get
// theirs. For an ID, use [Operation.UnmarshalText].
func FindOperation(product, name string) (op Operation, ok bool) {
	if name == "" {
		return 0, false
	}
	for op := range Operations() {
		if op.String() == name && (product == "" || strings.EqualFold(op.Product(), product)) {
			return op, true
		}
	}
	return 0, false
}

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

// Limit returns the number of characters (Unicode code points), or of elements of a flat
// array, that the page allows for a field, and 0 if none is known.
func (op Operation) Limit(f Field) int {
	for _, p := range op.info().parameters {
		if p.Field == f {
			return p.Limit
		}
	}
	return 0
}

// Requires reports whether the request must carry the field.
func (op Operation) Requires(f Field) bool {
	return slices.ContainsFunc(op.info().parameters, func(p Parameter) bool { return p.Field == f && p.Required })
}

// Table returns the operation's table in the default version: the original one where
// a source document has it.
func (op Operation) Table() Table { return Table{Operation: op}.Resolve() }

// MarshalText encodes the operation as its ID, and fails for a number without one.
func (op Operation) MarshalText() ([]byte, error) {
	if op >= numOperations {
		return marshal(op, numOperations, "operation")
	}
	return []byte(op.ID()), nil
}

// UnmarshalText decodes an ID, also one with a product that could be left out, and
// refuses other text.
func (op *Operation) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*op = 0
		return nil
	}
	name := string(text)
	product, rest, qualified := strings.Cut(name, productEnd)
	if qualified && product != "" {
		name = rest
	} else {
		product = ""
	}
	known, ok := FindOperation(product, name)
	if !ok {
		return unknown("operation", string(text), func(yield func(operationID) bool) {
			for known := range Operations() {
				if !yield(operationID(known)) {
					return
				}
			}
		})
	}
	*op = known
	return nil
}

// operationID prints an operation as its ID.
type operationID Operation

func (op operationID) String() string { return Operation(op).ID() }

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
	FieldCertFilter
	FieldPageNumber
	FieldPageSize
	FieldOrderType
	FieldOrderStatus
	FieldKeyword
	FieldJobID
	FieldRegionID
	FieldDomainExtensionID
	FieldSiteID
	FieldSiteCertificateID // of a certificate of a site
	FieldSiteName
	FieldSiteSearchType
	FieldValidOnly
	FieldQuotaNames
	FieldPlanID
)

// Parameter is one parameter of an operation.
type Parameter struct {
	Field    Field
	Name     string // on the wire; N in it stands for a number
	Required bool   // a request without it is refused

	Type  ParameterType // as the gateway reads it
	Limit int           // characters (Unicode code points) or elements of an array that the page allows; 0: none is known
}

// Site is the site of the vendor that an account belongs to. The operations of the
// certificate center answer in its language. The zero value is the site of China.
type Site uint8

const (
	// ChinaSite answers in Chinese.
	ChinaSite Site = iota
	// InternationalSite answers in English.
	InternationalSite

	numSites // one more than the last site
)

var siteNames = [numSites]string{"china", "international"}

// String returns "china" or "international".
func (s Site) String() string { return nameOf(siteNames[:], s) }

// MarshalText encodes the site as its name, and fails for a number without one.
func (s Site) MarshalText() ([]byte, error) { return marshal(s, numSites, "site") }

// UnmarshalText decodes a name that MarshalText wrote, and refuses others.
func (s *Site) UnmarshalText(text []byte) error { return unmarshal(s, numSites, "site", text) }

// Table is the error table of one operation in one version. It maps every
// condition of the operation to exactly one of its rows; only [CondParameterMissing]
// and [CondParameterUnreadable] have one row for each parameter.
type Table struct {
	Operation Operation
	Version   Version
	Site      Site // says in which language the rows are, where the operation has two
}

// A table is the content of a Table.
type table struct {
	evidence Evidence // of mappings that have none of their own; 0: that of the condition
	decision source   // that says why, where that evidence is Assumed
	source   source   // the page that prints the rows
	page     Origin   // which of the operation's pages that is; 0: its own
	rows     []Row
	mappings []mapping // in the order in which the conditions are checked
	gateway  []GatewayCheck
	unmapped []unmappedRow

	// english has the messages of the international site, by those of the site of
	// China; nil if there is only one language.
	english map[string]string
}

// An unmappedRow is a row that is known and never answered.
type unmappedRow struct {
	code Code
	nth  int // which of several rows of that code, from 0
	why  Message
}

// A mapping says which row a condition maps to, and which field is to blame.
type mapping struct {
	cond     Condition
	code     Code
	field    Field
	evidence Evidence
	source   source
	contrary contrary
	arg      string // fills the row's only %s, where the vendor sends a constant
	nth      int    // which of several rows of that code, from 0
}

// Mapping is one line of a table's decisions: a condition, the row that it maps to, and
// what that rests on.
type Mapping struct {
	Condition Condition
	Row       Row
	Parameter string // wire name of the parameter to blame; empty: none
	Evidence  Evidence
	Source    Source
	Contrary  Contrary // zero: no evidence against it is known
}

// Mappings yields the mappings of the table in the order in which their conditions are
// checked. [CondParameterMissing] and [CondParameterUnreadable] have one for each
// parameter.
func (t Table) Mappings() iter.Seq[Mapping] {
	return func(yield func(Mapping) bool) {
		d := t.data()
		for i := range t.mappings() {
			m := &d.mappings[i]
			row := t.onSite(d.row(m))
			evidence, source, contrary := t.evidence(observations, m, row)
			if !yield(Mapping{m.cond, row, t.Operation.Parameter(m.field), evidence, source, contrary}) {
				return
			}
		}
	}
}

// Tables yields every table: operation by operation, the original one first.
func Tables() iter.Seq[Table] {
	return func(yield func(Table) bool) {
		for op := range Operations() {
			for v := range values(numVersions) {
				t := Table{Operation: op, Version: v}
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

// String returns the operation's ID. It adds the version of a current table
// whose operation also has an original one, and the international site.
func (t Table) String() string {
	name := t.Operation.ID()
	if t.Version == Current && t.Operation.info().original != nil {
		name += laterSuffix
	}
	if t.Site == InternationalSite {
		name += internationalSuffix
	}
	return name
}

const (
	laterSuffix         = " (later edition)"
	internationalSuffix = " (international site)"
)

// Resolve returns the table with its version spelled out, so that equal tables
// compare equal. A version that the operation does not have counts as none, and so does
// a site if the operation has one language.
func (t Table) Resolve() Table {
	if t.Version == 0 || t.data() == nil {
		t.Version = Current
		if t.Operation.info().original != nil {
			t.Version = Original
		}
	}
	if d := t.data(); d == nil || d.english == nil {
		t.Site = ChinaSite
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

// UnmarshalText decodes what MarshalText wrote, also with a product that could be left
// out, and refuses other text.
func (t *Table) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*t = Table{}
		return nil
	}
	name, international := strings.CutSuffix(string(text), internationalSuffix)
	name, later := strings.CutSuffix(name, laterSuffix)
	var op Operation
	if op.UnmarshalText([]byte(name)) != nil {
		return unknown("table", string(text), Tables())
	}
	named := op.Table()
	if later {
		named.Version = Current
	}
	if international {
		named.Site = InternationalSite
	}
	if name == "" || named.Resolve() != named || later != (named.Version == Current && op.info().original != nil) {
		return unknown("table", string(text), Tables())
	}
	*t = named
	return nil
}

// Rows yields the rows in published order, then those borrowed from other tables, then
// those of the gateway. Their messages are those of the table's site.
func (t Table) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		d := t.data()
		if d == nil {
			return
		}
		for _, row := range d.rows {
			if !yield(t.onSite(row)) {
				return
			}
		}
	}
}

// onSite returns a row with the message of the table's site.
func (t Table) onSite(row Row) Row {
	if t.Site == InternationalSite {
		row.Message = cmp.Or(t.data().english[row.Message], row.Message)
	}
	return row
}

// NeverAnswered says why no condition maps to a row of the table: it is known and never
// answered. ok is false for other rows.
func (t Table) NeverAnswered(row Row) (why Message, ok bool) {
	d := t.data()
	if d == nil {
		return Message{}, false
	}
	for _, u := range d.unmapped {
		if t.onSite(d.row(&mapping{code: u.code, nth: u.nth})).isLine(row) {
			return u.why, true
		}
	}
	return Message{}, false
}

func (t Table) mappings() []mapping {
	if d := t.data(); d != nil {
		return d.mappings
	}
	return nil
}

// Conditions yields the conditions of the operation in the order in which they
// are checked, each once: the first one that holds is the service's answer.
func (t Table) Conditions() iter.Seq[Condition] {
	return func(yield func(Condition) bool) {
		mappings := t.mappings()
		for i := range mappings {
			if cond := mappings[i].cond; t.Rank(cond) == i && !yield(cond) {
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
			if t.onSite(d.row(&m)).isLine(row) && !yield(m.cond) {
				return
			}
		}
	}
}

// Row returns the row that a condition maps to; ok is false for a condition that
// the table does not have. Of a condition with a row for each parameter it is the row of
// the first one.
func (t Table) Row(cond Condition) (row Row, ok bool) {
	m, ok := t.find(cond)
	if !ok {
		return Row{}, false
	}
	return t.onSite(t.data().row(m)), true
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
		evidence, _, _ := t.evidence(observations, m, t.data().row(m))
		return evidence
	}
	return 0
}

// Source says where the evidence for a mapping can be read. For a rule that this
// library assumes it is the decision. It is zero for a condition that the table does
// not have.
func (t Table) Source(cond Condition) Source {
	if m, ok := t.find(cond); ok {
		_, source, _ := t.evidence(observations, m, t.data().row(m))
		return source
	}
	return Source{}
}

// Contrary returns the evidence against a mapping; it is zero if none is known.
func (t Table) Contrary(cond Condition) Contrary {
	if m, ok := t.find(cond); ok {
		_, _, contrary := t.evidence(observations, m, t.data().row(m))
		return contrary
	}
	return Contrary{}
}

// evidenceOf returns the evidence for a mapping to its row, and the source of it.
func (d *table) evidenceOf(m *mapping, row Row) (evidence Evidence, from source) {
	borrowed := row.Origin > max(d.page, OwnPage)
	switch {
	case m.evidence != 0:
		evidence = m.evidence
	case d.evidence != 0:
		evidence = d.evidence
	case borrowed:
		evidence = Assumed
	default:
		evidence = m.cond.Evidence()
	}
	switch {
	case m.source != 0:
		return evidence, m.source
	case evidence == Documented:
		return evidence, d.source
	case evidence == Assumed && d.evidence == Assumed:
		return evidence, d.decision
	case evidence == Assumed && borrowed:
		return evidence, ruleBorrowed
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
// order; a row with a constant argument takes none. Arguments beyond them are ignored;
// for one that is not given the message has "%!s(MISSING)", as package fmt writes it.
// The caller may set Parameter, Position, Reason and Remedy.
func (t Table) Error(cond Condition, args ...string) Error { return t.ErrorOf(cond, 0, args...) }

// ErrorOf is Error for a condition that has a row for each parameter: it returns the
// error about the given one. For other conditions the field does not matter.
func (t Table) ErrorOf(cond Condition, f Field, args ...string) Error {
	m, ok := t.find(cond)
	if !ok {
		return Error{}
	}
	mappings := t.mappings()
	for i := range mappings {
		if mappings[i].cond == cond && mappings[i].field == f {
			m = &mappings[i]
			break
		}
	}
	if m.arg != "" {
		args = []string{m.arg}
	}
	row := t.onSite(t.data().row(m))
	evidence, source, contrary := t.evidence(observations, m, row)
	return Error{
		Operation: t.Operation,
		Code:      row.Code,
		Status:    row.Status,
		Message:   fill(row.Message, args),
		Condition: cond,
		Parameter: t.Operation.Parameter(m.field),
		Evidence:  evidence,
		Source:    source.String(),
		Contrary:  contrary.Says,
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

// missingArgument stands in a message for an argument that was not given, as in package fmt: a
// mistake of the caller that must be seen, and no reason to stop a service.
const missingArgument = "%!s(MISSING)"

// fill replaces each %s of the template by the next argument. An argument that may be a
// secret in the wrong parameter shows as its length in bytes.
func fill(template string, args []string) string {
	if !strings.Contains(template, "%s") {
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
	b.WriteString(strings.ReplaceAll(template, "%s", missingArgument))
	return b.String()
}
