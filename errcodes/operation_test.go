package errcodes_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
)

var (
	cdn        = errcodes.SetDomainServerCertificate.Table()
	alb        = errcodes.AssociateAdditionalCertificatesWithListener.Table()
	albCurrent = errcodes.Table{Operation: alb.Operation, Version: errcodes.Current}

	dissociate      = errcodes.DissociateAdditionalCertificatesFromListener.Table()
	updateListener  = errcodes.UpdateListenerAttribute.Table()
	listCerts       = errcodes.ListListenerCertificates.Table()
	getLoadBalancer = errcodes.GetLoadBalancerAttribute.Table()
	createListener  = errcodes.CreateListener.Table()
	deleteListener  = errcodes.DeleteListener.Table()

	cdnSSL  = errcodes.SetCdnDomainSSLCertificate.Table()
	dcdnSSL = errcodes.SetDcdnDomainSSLCertificate.Table()
	vod     = errcodes.SetVodDomainCertificate.Table()
	vodSSL  = errcodes.SetVodDomainSSLCertificate.Table()
	live    = errcodes.SetLiveDomainCertificate.Table()

	upload     = errcodes.UploadUserCertificate.Table()
	remove     = errcodes.DeleteUserCertificate.Table()
	orders     = errcodes.ListUserCertificateOrder.Table()
	domainInfo = errcodes.DescribeDomainCertificateInfo.Table()
	domain     = errcodes.DescribeCdnDomainDetail.Table()
	tags       = errcodes.ListTagResources.Table()
	stored     = errcodes.GetUserCertificateDetail.Table()
	detail     = errcodes.GetCertificateDetail.Table()

	nlb         = errcodes.NLBAssociateAdditionalCertificatesWithListener.Table()
	nlbRemove   = errcodes.DisassociateAdditionalCertificatesWithListener.Table()
	nlbUpdate   = errcodes.NLBUpdateListenerAttribute.Table()
	nlbList     = errcodes.NLBListListenerCertificates.Table()
	nlbBalancer = errcodes.NLBGetLoadBalancerAttribute.Table()
	nlbJob      = errcodes.GetJobStatus.Table()

	esaSet    = errcodes.SetCertificate.Table()
	esaDelete = errcodes.DeleteCertificate.Table()
	esaGet    = errcodes.GetCertificate.Table()
	esaList   = errcodes.ListCertificates.Table()
	esaQuotas = errcodes.ListInstanceQuotasWithUsage.Table()
	esaSites  = errcodes.ListSites.Table()

	noTable      = errcodes.Table{}
	pastTables   = errcodes.Table{Operation: lastOperation() + 1}
	unknownTable = errcodes.Table{Operation: 200}
)

// lastOperation returns the last operation that has a table.
func lastOperation() (last errcodes.Operation) {
	for op := range errcodes.Operations() {
		last = op
	}
	return last
}

const (
	noCondition      = errcodes.Condition(0)
	unknownCondition = errcodes.Condition(200)
)

func TestTables(t *testing.T) {
	type test struct {
		table            errcodes.Table
		name, operation  string
		version          errcodes.Version
		rows, conditions int
	}
	tests := []test{
		{cdn, "SetDomainServerCertificate", "SetDomainServerCertificate", errcodes.Original, 24, 37},
		{alb, "AssociateAdditionalCertificatesWithListener", "AssociateAdditionalCertificatesWithListener", errcodes.Original, 16, 23},
		{albCurrent, "AssociateAdditionalCertificatesWithListener (later edition)", "AssociateAdditionalCertificatesWithListener", errcodes.Current, 17, 23},
		{dissociate, "DissociateAdditionalCertificatesFromListener", "DissociateAdditionalCertificatesFromListener", errcodes.Current, 14, 19},
		{updateListener, "UpdateListenerAttribute", "UpdateListenerAttribute", errcodes.Current, 9, 11},
		{listCerts, "ListListenerCertificates", "ListListenerCertificates", errcodes.Current, 3, 3},
		{getLoadBalancer, "GetLoadBalancerAttribute", "GetLoadBalancerAttribute", errcodes.Current, 2, 2},
		{createListener, "CreateListener", "CreateListener", errcodes.Current, 14, 12},
		{deleteListener, "DeleteListener", "DeleteListener", errcodes.Current, 7, 7},
		{cdnSSL, "SetCdnDomainSSLCertificate", "SetCdnDomainSSLCertificate", errcodes.Current, 40, 40},
		{dcdnSSL, "SetDcdnDomainSSLCertificate", "SetDcdnDomainSSLCertificate", errcodes.Current, 41, 40},
		{vod, "SetVodDomainCertificate", "SetVodDomainCertificate", errcodes.Original, 24, 29},
		{vodSSL, "SetVodDomainSSLCertificate", "SetVodDomainSSLCertificate", errcodes.Current, 27, 40},
		{live, "SetLiveDomainCertificate", "SetLiveDomainCertificate", errcodes.Current, 26, 38},
		{upload, "UploadUserCertificate", "UploadUserCertificate", errcodes.Current, 17, 16},
		{remove, "DeleteUserCertificate", "DeleteUserCertificate", errcodes.Current, 4, 4},
		{orders, "ListUserCertificateOrder", "ListUserCertificateOrder", errcodes.Current, 2, 1},
		{domainInfo, "DescribeDomainCertificateInfo", "DescribeDomainCertificateInfo", errcodes.Current, 2, 2},
		{domain, "DescribeCdnDomainDetail", "DescribeCdnDomainDetail", errcodes.Current, 2, 2},
		{tags, "ListTagResources", "ListTagResources", errcodes.Current, 1, 1},
		{stored, "GetUserCertificateDetail", "GetUserCertificateDetail", errcodes.Current, 4, 4},
		{detail, "GetCertificateDetail", "GetCertificateDetail", errcodes.Current, 3, 3},
		{nlb, "Nlb:AssociateAdditionalCertificatesWithListener", "AssociateAdditionalCertificatesWithListener", errcodes.Current, 13, 21},
		{nlbRemove, "DisassociateAdditionalCertificatesWithListener", "DisassociateAdditionalCertificatesWithListener", errcodes.Current, 12, 19},
		{nlbUpdate, "Nlb:UpdateListenerAttribute", "UpdateListenerAttribute", errcodes.Current, 21, 18},
		{nlbList, "Nlb:ListListenerCertificates", "ListListenerCertificates", errcodes.Current, 3, 3},
		{nlbBalancer, "Nlb:GetLoadBalancerAttribute", "GetLoadBalancerAttribute", errcodes.Current, 2, 2},
		{nlbJob, "GetJobStatus", "GetJobStatus", errcodes.Current, 2, 2},
		{esaSet, "SetCertificate", "SetCertificate", errcodes.Current, 16, 32},
		{esaDelete, "DeleteCertificate", "DeleteCertificate", errcodes.Current, 8, 4},
		{esaGet, "GetCertificate", "GetCertificate", errcodes.Current, 5, 4},
		{esaList, "ListCertificates", "ListCertificates", errcodes.Current, 6, 3},
		{esaQuotas, "ListInstanceQuotasWithUsage", "ListInstanceQuotasWithUsage", errcodes.Current, 3, 3},
		{esaSites, "ListSites", "ListSites", errcodes.Current, 2, 1},
		{noTable, "", "", 0, 0, 0},
		{pastTables, unknownName(lastOperation() + 1), unknownName(lastOperation() + 1), 0, 0, 0},
		{unknownTable, "unknown(200)", "unknown(200)", 0, 0, 0},
	}
	for _, of := range familyRules {
		op := of.table.Operation
		tests = append(tests, test{of.table, op.ID(), op.String(), errcodes.Current, familyRows(of.table), len(of.want)})
	}
	for _, test := range tests {
		if got := test.table.String(); got != test.name {
			t.Errorf("String() = %q; want %q", got, test.name)
		}
		if got := test.table.Operation.String(); got != test.operation {
			t.Errorf("%s: Operation.String() = %q; want %q", test.table, got, test.operation)
		}
		if got := test.table.Version; got != test.version {
			t.Errorf("%s: Version = %q; want %q", test.table, got, test.version)
		}
		if got := len(slices.Collect(test.table.Rows())); got != test.rows {
			t.Errorf("%s: %d rows; want %d", test.table, got, test.rows)
		}
		if got := len(slices.Collect(test.table.Conditions())); got != test.conditions {
			t.Errorf("%s: %d conditions; want %d", test.table, got, test.conditions)
		}
	}
	tables := []errcodes.Table{
		cdn, alb, albCurrent, dissociate, updateListener, listCerts, getLoadBalancer, createListener, deleteListener, cdnSSL, dcdnSSL, vod, vodSSL, live,
		upload, remove, orders, domainInfo, domain, tags, stored, detail,
		nlb, nlbRemove, nlbUpdate, nlbList, nlbBalancer, nlbJob,
	}
	for _, of := range slbRules {
		tables = append(tables, of.table)
	}
	tables = append(tables, esaSet, esaDelete, esaGet, esaList, esaQuotas, esaSites)
	for _, of := range gaRules {
		tables = append(tables, of.table)
	}
	if diff := cmp.Diff(tables, slices.Collect(errcodes.Tables())); diff != "" {
		t.Errorf("Tables (-want +got)\n%s", diff)
	}
}

// unmapped are the published rows that no condition maps to: they are known and never
// answered.
var unmapped = map[errcodes.Table][]string{
	dissociate: {"ResourceInConfiguring.Listener"},
	cdnSSL:     sslUnmapped,
	dcdnSSL:    append(slices.Clip(sslUnmapped), "Certificate.StatusError: The certificate does not exist, or the status of the certificate is invalid."),
	vod:        {"Certificate.NotFind", "Certificate.StatusError: Certificate is not exist or its status is error."},
	upload: {
		"NotFound", "ParamRepeat", "ParseCertificateFailed: 解析证书失败，请检查证书内容。", "InsufficientQuota", "DeductQuotaFailed", "PermissionDenied",
		"FlowControlError", "InvalidStatus.DeleteProtection", "InvalidStatus.UpdateProtection", "DomainRepeat", "InternalError",
		"OperationDenied.SystemUpgrading",
	},
	gaUpdate: {"PortRangeIllegal.Listener", "PortConflict.Listener", "QuotaExceeded.ListenerPort", "NotExist.Accelerator"},
	nlbUpdate: {
		"Mismatch.VpcId", "Conflict.Port", "SystemBusy", "IllegalParam.IdleTimeout", "OperationDenied.RegionNotSupportHDMonitor",
		"ResourceNotEnough.CaCertificateApiCount", "ResourceNotFound.HdMonitorConfigNotExist", "ResourceNotFound.CaCertificate",
		"ResourceNotFound.securitypolicy",
	},
	errcodes.UploadServerCertificate.Table(): {"InvalidRegionId.NotFound", "Forbidden"},
	esaSet:                                   {"InternalException"},
	esaDelete:                                {"Certificate.StatusError", "MissingSiteId: Required parameter SiteId missing. Specify SiteId and try again.", "InternalError"},
}

var sslUnmapped = []string{
	"AuthenticationFailed", "Certificate.NotFind", "Certificate.Duplicated", "Certificate.FormatError", "Key.Malformed",
	"CertStorage.failed", "InvalidDomain.notOnline", "Decode.Error", "sslPub.Error", "sslPri.Error", "DomainInSafeMode",
	"CreateCertificateFailed", "InvalidEnv",
}

// isUnmapped finds a row in the list, by its code, or by code and message.
func isUnmapped(table errcodes.Table, row errcodes.Row) bool {
	return slices.Contains(unmapped[table], string(row.Code)) || slices.Contains(unmapped[table], string(row.Code)+": "+row.Message)
}

// TestTablesAreTotal proves the mapping in both directions: each condition maps to
// one row that exists, and each row has a condition.
func TestTablesAreTotal(t *testing.T) {
	for table := range errcodes.Tables() {
		t.Run(table.String(), func(t *testing.T) {
			rows := slices.Collect(table.Rows())
			seen := map[errcodes.Condition]bool{}
			for cond := range table.Conditions() {
				if seen[cond] {
					t.Errorf("%s is checked twice", cond)
				}
				seen[cond] = true
				if _, ok := table.Row(cond); !ok {
					t.Errorf("%s maps to no row", cond)
				}
			}
			mapped := map[errcodes.Row][]errcodes.Condition{}
			for m := range table.Mappings() {
				if n := count(rows, m.Row); n != 1 {
					t.Errorf("%s maps to a row that the table has %d times: %+v", m.Condition, n, m.Row)
				}
				mapped[m.Row] = append(mapped[m.Row], m.Condition)
			}
			for _, row := range rows {
				got := slices.Collect(table.ConditionsFor(row))
				if isUnmapped(table, row) != (len(got) == 0) {
					t.Errorf("%v map to %+v", got, row)
				}
				why, never := table.NeverAnswered(row)
				if never != (len(got) == 0) {
					t.Errorf("never answered: %v, %q, although %v map to %+v", never, why.EN, got, row)
				}
				if never {
					checkStyle(t, string(row.Code)+": never answered", why)
				}
				if diff := cmp.Diff(mapped[row], got); diff != "" {
					t.Errorf("ConditionsFor(%s) (-want +got)\n%s", row.Code, diff)
				}
			}
		})
	}
}

func count[E comparable](s []E, e E) (n int) {
	for i := range s {
		if s[i] == e {
			n++
		}
	}
	return n
}

// TestStatusErrorIsTwoRows: the one code that needs its message to be told apart.
func TestStatusErrorIsTwoRows(t *testing.T) {
	var messages []string
	for row := range cdn.Rows() {
		if row.Code == errcodes.CertificateStatusError {
			messages = append(messages, row.Message)
		}
	}
	if diff := cmp.Diff([]string{anyStatusError, statusError}, messages); diff != "" {
		t.Fatalf("the rows of %s (-want +got)\n%s", errcodes.CertificateStatusError, diff)
	}
	for message, want := range map[string][]errcodes.Condition{
		anyStatusError: {errcodes.CondFreeCertificateUnavailable},
		statusError:    {errcodes.CondCertificateExpired, errcodes.CondCertificateNotYetValid, errcodes.CondCertificateStatusBad},
	} {
		row := errcodes.Row{Code: errcodes.CertificateStatusError, Status: 400, Message: message, Origin: errcodes.OwnPage}
		if diff := cmp.Diff(want, slices.Collect(cdn.ConditionsFor(row))); diff != "" {
			t.Errorf("ConditionsFor(%q) (-want +got)\n%s", message, diff)
		}
	}
}

func TestEveryConditionBelongsToAnOperation(t *testing.T) {
	for cond := range errcodes.Conditions() {
		checked := false
		for table := range errcodes.Tables() {
			checked = checked || table.Rank(cond) >= 0
		}
		if !checked {
			t.Errorf("no operation checks %s", cond)
		}
		if alb.Rank(cond) != albCurrent.Rank(cond) {
			t.Errorf("%s: rank %d in the original table, %d in the later one", cond, alb.Rank(cond), albCurrent.Rank(cond))
		}
	}
}

// TestResolve: every version of an operation's table is one that it has.
func TestResolve(t *testing.T) {
	for table := range errcodes.Tables() {
		if got := table.Resolve(); got != table {
			t.Errorf("%v resolves to %v", table, got)
		}
	}
	for op := range errcodes.Operations() {
		for v := range errcodes.Version(5) {
			got := errcodes.Table{Operation: op, Version: v}.Resolve()
			if !slices.Contains(slices.Collect(errcodes.Tables()), got) {
				t.Errorf("%s, %d: %v, %d is no table", op, v, got, got.Version)
			}
		}
	}
}

func TestForeignConditions(t *testing.T) {
	tests := []struct {
		table errcodes.Table
		cond  errcodes.Condition
	}{
		{cdn, errcodes.CondListenerNotFound},
		{alb, errcodes.CondDomainNotFound},
		{albCurrent, errcodes.CondKeyMismatch},
		{alb, errcodes.CondCertificateNotAssociated},
		{dissociate, errcodes.CondCertificateAssociated},
		{dissociate, errcodes.CondQuotaExceeded},
		{updateListener, errcodes.CondTokenReused},
		{listCerts, errcodes.CondLoadBalancerForbidden},
		{getLoadBalancer, errcodes.CondListenerNotFound},
		{cdn, noCondition},
		{cdn, unknownCondition},
		{noTable, errcodes.CondDomainNotFound},
		{pastTables, errcodes.CondDomainNotFound},
		{unknownTable, errcodes.CondDomainNotFound},
	}
	for _, test := range tests {
		if row, ok := test.table.Row(test.cond); ok || row != (errcodes.Row{}) {
			t.Errorf("%s: Row(%s) = %+v, %v", test.table, test.cond, row, ok)
		}
		if got := test.table.Error(test.cond, "x"); got != (errcodes.Error{}) {
			t.Errorf("%s: Error(%s) = %v", test.table, test.cond, got)
		}
		if got := test.table.Rank(test.cond); got != -1 {
			t.Errorf("%s: Rank(%s) = %d", test.table, test.cond, got)
		}
		if got := test.table.Parameter(test.cond); got != "" {
			t.Errorf("%s: Parameter(%s) = %s", test.table, test.cond, got)
		}
		if got := test.table.Evidence(test.cond); got != 0 {
			t.Errorf("%s: Evidence(%s) = %s", test.table, test.cond, got)
		}
	}
	row, _ := cdn.Row(errcodes.CondKeyMismatch)
	if got := slices.Collect(alb.ConditionsFor(row)); got != nil {
		t.Errorf("%v map to a row of another operation", got)
	}
}

// TestArguments writes out what every condition needs to fill its message.
func TestArguments(t *testing.T) {
	needs := map[errcodes.Condition]struct {
		args []string
		want string
	}{
		errcodes.CondCertificateRepeated:         {[]string{"1-cn"}, "The specified resource 1-cn is already associated."},
		errcodes.CondListenerNotFound:            {[]string{"lsn-1"}, "The specified resource lsn-1 is not found."},
		errcodes.CondListenerProtocolUnsupported: {nil, "The operation is not allowed because of HttpListenerNotSupport."},
		errcodes.CondListenerConfiguring:         {[]string{"lsn-1", "Configuring"}, "The status of lsn-1 [Configuring] is incorrect."},
		errcodes.CondListenerNotRunning:          {[]string{"lsn-1", "Stopped"}, "The status of lsn-1 [Stopped] is incorrect."},
		errcodes.CondDefaultCertificateMissing:   {nil, "The operation failed because of DefaultCertificateNotFound."},
		errcodes.CondCertificateNotFound:         {[]string{"1-cn"}, "The specified resource 1-cn is not found."},
		errcodes.CondCertificateNotServer:        {[]string{"1-cn"}, "The specified resource 1-cn is not found."},
		errcodes.CondCertificateIsDefault:        {nil, "The operation is not allowed because of DefaultCertificateUsed."},
		errcodes.CondCertificateAssociated:       {[]string{"1-cn"}, "The specified resource 1-cn is already associated."},
		errcodes.CondCertificateNotAssociated:    {[]string{"1-cn"}, "The specified resource 1-cn is not associated."},
		errcodes.CondDomainExtensionExists:       {[]string{"a.example"}, "The specified resource a.example is already associated."},
		errcodes.CondDomainExtensionNotFound:     {[]string{"a.example"}, "The specified resource a.example is not associated."},
		errcodes.CondLoadBalancerNotFound:        {[]string{"alb-1"}, "The specified resource alb-1 is not found."},
		errcodes.CondQuotaExceeded:               {[]string{"q", "alb-1", "24", "25"}, "The quota of q is exceeded for resource alb-1, usage 24/25."},
	}
	for table := range errcodes.Tables() {
		for cond := range table.Conditions() {
			args, want := fillingOf(table, cond, needs[cond].args, needs[cond].want)
			if got := table.Error(cond, args...).Message; got != want {
				t.Errorf("%s: %s: message %q; want %q", table, cond, got, want)
			}
			if strings.Contains(want, "%") {
				t.Errorf("%s: %s: unfilled message %q", table, cond, want)
			}
		}
	}
}

// fillingOf returns what a message takes and then says, where a table has a message of its
// own for a condition.
func fillingOf(table errcodes.Table, cond errcodes.Condition, args []string, want string) ([]string, string) {
	row, _ := table.Row(cond)
	switch {
	case table == dcdnSSL && cond == errcodes.CondDomainNotFound:
		args, want = []string{"www.example.com"}, "The domain [www.example.com] does not belong to you."
	case table.Operation.Product() == "Nlb" && row.Code == errcodes.IllegalParam:
		args, want = nil, "The param of "+strings.TrimSuffix(table.Parameter(cond), ".N")+" is illegal."
	case row.Code == errcodes.NLBIncorrectStatusListener:
		want = "The status of listener [lsn-1] is incorrect."
	case table == nlbBalancer && cond == errcodes.CondLoadBalancerNotFound:
		want = row.Message
	case table.Operation.Product() == "Ga" && strings.Contains(row.Message, "%s"): // as ALB and NLB say it
	case table.Operation.Product() != "Alb" && table.Operation.Product() != "Nlb":
		args, want = nil, row.Message // no message of these operations takes any
	case (table == albCurrent || table == deleteListener) && cond == errcodes.CondListenerConfiguring:
		args, want = []string{"lsn-1"}, "The specified resource lsn-1 is configuring, please try again later."
	case table == dissociate && cond == errcodes.CondCertificateRepeated:
		args, want = nil, "Invalid parameter, please check the parameter input."
	case want == "":
		want = row.Message
	}
	return args, want
}

func TestFillingMessages(t *testing.T) {
	tests := []struct {
		name string
		cond errcodes.Condition
		args []string
		want string
	}{
		{"none of four", errcodes.CondQuotaExceeded, nil, "The quota of %!s(MISSING) is exceeded for resource %!s(MISSING), usage %!s(MISSING)/%!s(MISSING)."},
		{"two of four", errcodes.CondQuotaExceeded, []string{"q", "r"}, "The quota of q is exceeded for resource r, usage %!s(MISSING)/%!s(MISSING)."},
		{"too many", errcodes.CondListenerNotFound, []string{"a", "b"}, "The specified resource a is not found."},
		{"an argument with a verb", errcodes.CondListenerNotRunning, []string{"%s%d", "%s"}, "The status of %s%d [%s] is incorrect."},
		{"an argument longer than the message", errcodes.CondListenerNotFound, []string{strings.Repeat("a", 99)}, "The specified resource " + strings.Repeat("a", 99) + " is not found."},
		{"an empty argument", errcodes.CondListenerNotFound, []string{""}, "The specified resource  is not found."},
		{"a row without arguments", errcodes.CondListenerIDMissing, []string{"a"}, "ListenerId is mandatory for this action."},
		{"a constant goes before an argument", errcodes.CondCertificateIsDefault, []string{"a"}, "The operation is not allowed because of DefaultCertificateUsed."},
	}
	for _, test := range tests {
		if got := alb.Error(test.cond, test.args...).Message; got != test.want {
			t.Errorf("%s: %q; want %q", test.name, got, test.want)
		}
	}
}

func TestTableError(t *testing.T) {
	want := errcodes.Error{
		Operation: errcodes.AssociateAdditionalCertificatesWithListener,
		Code:      "ResourceInConfiguring.Listener",
		Status:    400,
		Message:   "The specified resource lsn-1 is configuring, please try again later.",
		Condition: errcodes.CondListenerConfiguring,
		Parameter: "ListenerId",
		Evidence:  errcodes.Documented,
		Source:    "ALB API reference, AssociateAdditionalCertificatesWithListener (later table)",
		Origin:    errcodes.LaterPage,
	}
	if diff := cmp.Diff(want, albCurrent.Error(errcodes.CondListenerConfiguring, "lsn-1")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for table := range errcodes.Tables() {
		for cond := range table.Conditions() {
			row, _ := table.Row(cond)
			got := table.Error(cond)
			want := errcodes.Error{
				Operation: table.Operation,
				Code:      row.Code,
				Status:    row.Status,
				Message:   got.Message,   // TestArguments
				Parameter: got.Parameter, // TestParameters
				Condition: cond,
				Evidence:  table.Evidence(cond),
				Source:    table.Source(cond).String(),
				Contrary:  table.Contrary(cond).Says,
				Origin:    row.Origin,
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: Error(%s) (-want +got)\n%s", table, cond, diff)
			}
		}
	}
}

// TestParameters: every error blames a parameter of its operation, spelled as on
// the wire. An overdue account alone has none to blame.
func TestParameters(t *testing.T) {
	parameters := map[errcodes.Operation][]string{
		errcodes.SetDomainServerCertificate:                   {"DomainName", "ServerCertificateStatus", "ServerCertificate", "PrivateKey", "CertType", "CertName", "ForceSet"},
		errcodes.AssociateAdditionalCertificatesWithListener:  {"ListenerId", "Certificates", "Certificates.N.CertificateId", "ClientToken", "DryRun"},
		errcodes.DissociateAdditionalCertificatesFromListener: {"ListenerId", "Certificates", "Certificates.N.CertificateId", "ClientToken", "DryRun"},
		errcodes.UpdateListenerAttribute:                      {"ListenerId", "Certificates", "Certificates.N.CertificateId", "DryRun"},
		errcodes.ListListenerCertificates:                     {"ListenerId"},
		errcodes.GetLoadBalancerAttribute:                     {"LoadBalancerId"},
		errcodes.SetCdnDomainSSLCertificate:                   {"DomainName", "SSLProtocol", "SSLPub", "SSLPri", "CertType", "CertName", "CertId", "CertRegion"},
	}
	parameters[errcodes.CreateListener] = []string{"LoadBalancerId", "ListenerPort", "ListenerProtocol", "DefaultActions", "Certificates.1.CertificateId", "ClientToken", "DryRun"}
	parameters[errcodes.DeleteListener] = []string{"ListenerId", "ClientToken", "DryRun"}
	parameters[errcodes.SetVodDomainCertificate] = []string{"DomainName", "SSLProtocol", "CertName", "SSLPub", "SSLPri"}
	parameters[errcodes.SetVodDomainSSLCertificate] = parameters[errcodes.SetCdnDomainSSLCertificate]
	parameters[errcodes.SetLiveDomainCertificate] = append([]string{"CertType", "ForceSet"}, parameters[errcodes.SetVodDomainCertificate]...)
	parameters[errcodes.UploadUserCertificate] = []string{"Name", "Cert", "Key"}
	parameters[errcodes.DescribeDomainCertificateInfo] = []string{"DomainName"}
	parameters[errcodes.DescribeCdnDomainDetail] = []string{"DomainName"}
	parameters[errcodes.DeleteUserCertificate] = []string{"CertId"}
	parameters[errcodes.ListUserCertificateOrder] = []string{"CurrentPage", "ShowSize"}
	parameters[errcodes.ListTagResources] = []string{"ResourceId"}
	parameters[errcodes.GetUserCertificateDetail] = []string{"CertId", "CertFilter"}
	parameters[errcodes.GetCertificateDetail] = []string{"CertificateId"}
	parameters[errcodes.SetCertificate] = []string{"SiteId", "Type", "Name", "Certificate", "PrivateKey", "CasId", "Region", "Id"}
	parameters[errcodes.DeleteCertificate] = []string{"SiteId", "Id"}
	parameters[errcodes.GetCertificate] = []string{"SiteId", "Id"}
	parameters[errcodes.ListCertificates] = []string{"SiteId", "PageNumber", "PageSize", "ValidOnly"}
	parameters[errcodes.ListInstanceQuotasWithUsage] = []string{"SiteId", "QuotaNames"}
	parameters[errcodes.ListSites] = []string{"PageNumber", "PageSize"}
	parameters[errcodes.SetDcdnDomainSSLCertificate] = parameters[errcodes.SetCdnDomainSSLCertificate]
	parameters[errcodes.NLBAssociateAdditionalCertificatesWithListener] = []string{"ListenerId", "AdditionalCertificateIds", "AdditionalCertificateIds.N", "ClientToken", "DryRun"}
	parameters[errcodes.DisassociateAdditionalCertificatesWithListener] = parameters[errcodes.NLBAssociateAdditionalCertificatesWithListener]
	parameters[errcodes.NLBUpdateListenerAttribute] = []string{"ListenerId", "CertificateIds", "CertificateIds.N", "ClientToken", "DryRun"}
	parameters[errcodes.NLBListListenerCertificates] = []string{"ListenerId"}
	parameters[errcodes.NLBGetLoadBalancerAttribute] = []string{"LoadBalancerId"}
	parameters[errcodes.GetJobStatus] = []string{"JobId"}
	maps.Copy(parameters, slbParameters)
	maps.Copy(parameters, gaParameters)
	for table := range errcodes.Tables() {
		blamed := map[string]bool{}
		for m := range table.Mappings() {
			cond, got := m.Condition, m.Parameter
			if e := table.ErrorOf(cond, fieldOf(table.Operation, got)); e.Parameter != got {
				t.Errorf("%s: the error of %s blames %q; want %q", table, cond, e.Parameter, got)
			}
			blamed[got] = true
			if (got == "") != (cond == errcodes.CondAccountSuspended) || got != "" && !slices.Contains(parameters[table.Operation], got) {
				t.Errorf("%s: %s blames %q", table, cond, got)
			}
		}
		for _, p := range parameters[table.Operation] {
			if !blamed[p] {
				t.Errorf("%s: nothing blames %s", table, p)
			}
		}
	}
}

// fieldOf returns the field that a parameter of an operation holds.
func fieldOf(op errcodes.Operation, name string) errcodes.Field {
	for p := range op.Parameters() {
		if p.Name == name {
			return p.Field
		}
	}
	return 0
}

// TestSharedConditionsKeepTheirOrder: the operations on a listener check what they
// have in common in the same order, but for one condition.
func TestSharedConditionsKeepTheirOrder(t *testing.T) {
	for _, table := range []errcodes.Table{dissociate, updateListener, listCerts} {
		last, shared := -1, 0
		for cond := range table.Conditions() {
			rank := alb.Rank(cond)
			if rank < 0 {
				continue
			}
			if table == dissociate && cond == errcodes.CondCertificateRepeated {
				continue // checked per id, behind the state
			}
			if rank < last {
				t.Errorf("%s: %s is checked too late", table, cond)
			}
			last, shared = rank, shared+1
			if got, want := table.Parameter(cond), alb.Parameter(cond); got != want {
				t.Errorf("%s: %s blames %q; want %q", table, cond, got, want)
			}
		}
		if shared < 2 {
			t.Errorf("%s shares %d conditions", table, shared)
		}
	}
}

// TestKeepsTheOrderOfALB: NLB and GA check what they have in common with ALB in the same
// order, but for what the gateway checks.
func TestKeepsTheOrderOfALB(t *testing.T) {
	for table, other := range map[errcodes.Table]errcodes.Table{nlb: alb, nlbRemove: dissociate, nlbUpdate: updateListener, nlbList: listCerts, nlbBalancer: getLoadBalancer, ga: alb, gaRemove: alb, gaReplace: alb, gaUpdate: updateListener, gaList: listCerts} {
		last, shared := -1, 0
		for cond := range table.Conditions() {
			row, _ := table.Row(cond)
			rank := other.Rank(cond)
			if rank < 0 || row.Origin == errcodes.GatewayPage {
				continue
			}
			if rank < last {
				t.Errorf("%s: %s is checked too late", table, cond)
			}
			last, shared = rank, shared+1
		}
		if shared < 1 {
			t.Errorf("%s shares no condition with %s", table, other)
		}
	}
}

// TestSuccessorsKeepTheOrder: what the CDN operation and its successors have in
// common they check in the same order, and blame the same parameter where it has
// the same name.
func TestSuccessorsKeepTheOrder(t *testing.T) {
	for _, table := range []errcodes.Table{cdnSSL, dcdnSSL} {
		last := -1
		for cond := range table.Conditions() {
			rank := cdn.Rank(cond)
			if rank < 0 {
				continue
			}
			if rank < last {
				t.Errorf("%s: %s is checked too late", table, cond)
			}
			last = rank
			now := strings.NewReplacer("ServerCertificateStatus", "SSLProtocol", "ServerCertificate", "SSLPub", "PrivateKey", "SSLPri").Replace(cdn.Parameter(cond))
			if got := table.Parameter(cond); got != now {
				t.Errorf("%s: %s blames %q; want %q", table, cond, got, now)
			}
		}
		for _, gone := range []errcodes.Condition{errcodes.CondForceSetUnsupported, errcodes.CondFreeCertificateUnavailable, errcodes.CondSetNotEffective} {
			if table.Rank(gone) >= 0 {
				t.Errorf("%s checks %s", table, gone)
			}
		}
	}
}

// TestOriginsOfRows: only where the original table has a row of its own does an
// error promise what the original document promises.
func TestOriginsOfRows(t *testing.T) {
	for cond := range alb.Conditions() {
		row, _ := alb.Row(cond)
		laterRow, _ := albCurrent.Row(cond)
		if cond != errcodes.CondListenerConfiguring && row != laterRow {
			t.Errorf("%s: %+v in the original table, %+v in the later one", cond, row, laterRow)
		}
	}
}

func TestIteratorsStop(t *testing.T) {
	status, _ := cdn.Row(errcodes.CondCertificateExpired)
	first := func(n *int) bool { *n++; return false }
	for name, run := range map[string]func(*int){
		"Tables":              func(n *int) { errcodes.Tables()(func(errcodes.Table) bool { return first(n) }) },
		"Conditions":          func(n *int) { errcodes.Conditions()(func(errcodes.Condition) bool { return first(n) }) },
		"Table.Rows":          func(n *int) { cdn.Rows()(func(errcodes.Row) bool { return first(n) }) },
		"Table.Conditions":    func(n *int) { cdn.Conditions()(func(errcodes.Condition) bool { return first(n) }) },
		"Table.ConditionsFor": func(n *int) { cdn.ConditionsFor(status)(func(errcodes.Condition) bool { return first(n) }) },
	} {
		var n int
		if run(&n); n != 1 {
			t.Errorf("%s yields %d values to a loop that stops after one", name, n)
		}
	}
}
