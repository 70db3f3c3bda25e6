package errcodes_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
)

const (
	cdn      = errcodes.SetDomainServerCertificate
	alb      = errcodes.AssociateAdditionalCertificatesWithListener
	albLater = errcodes.AssociateAdditionalCertificatesWithListenerLater

	dissociate      = errcodes.DissociateAdditionalCertificatesFromListener
	updateListener  = errcodes.UpdateListenerAttribute
	listCerts       = errcodes.ListListenerCertificates
	getLoadBalancer = errcodes.GetLoadBalancerAttribute

	cdnSSL  = errcodes.SetCdnDomainSSLCertificate
	dcdnSSL = errcodes.SetDcdnDomainSSLCertificate

	noCatalog      = errcodes.Catalog(0)
	pastCatalogs   = dcdnSSL + 1
	unknownCatalog = errcodes.Catalog(200)

	noCondition      = errcodes.Condition(0)
	unknownCondition = errcodes.Condition(200)
)

func TestCatalogNames(t *testing.T) {
	tests := []struct {
		catalog          errcodes.Catalog
		name, operation  string
		edition          errcodes.Edition
		rows, conditions int
	}{
		{cdn, "SetDomainServerCertificate", "SetDomainServerCertificate", errcodes.Original, 24, 37},
		{alb, "AssociateAdditionalCertificatesWithListener", "AssociateAdditionalCertificatesWithListener", errcodes.Original, 12, 22},
		{albLater, "AssociateAdditionalCertificatesWithListener (later edition)", "AssociateAdditionalCertificatesWithListener", errcodes.Later, 13, 22},
		{dissociate, "DissociateAdditionalCertificatesFromListener", "DissociateAdditionalCertificatesFromListener", errcodes.Original, 10, 18},
		{updateListener, "UpdateListenerAttribute", "UpdateListenerAttribute", errcodes.Original, 6, 9},
		{listCerts, "ListListenerCertificates", "ListListenerCertificates", errcodes.Original, 2, 2},
		{getLoadBalancer, "GetLoadBalancerAttribute", "GetLoadBalancerAttribute", errcodes.Original, 1, 1},
		{cdnSSL, "SetCdnDomainSSLCertificate", "SetCdnDomainSSLCertificate", errcodes.Original, 37, 38},
		{dcdnSSL, "SetDcdnDomainSSLCertificate", "SetDcdnDomainSSLCertificate", errcodes.Original, 37, 38},
		{noCatalog, "", "", 0, 0, 0},
		{pastCatalogs, "unknown(10)", "", 0, 0, 0},
		{unknownCatalog, "unknown(200)", "", 0, 0, 0},
	}
	for _, test := range tests {
		if got := test.catalog.String(); got != test.name {
			t.Errorf("String() = %q; want %q", got, test.name)
		}
		if got := test.catalog.Operation(); got != test.operation {
			t.Errorf("%s: Operation() = %q; want %q", test.catalog, got, test.operation)
		}
		if got := test.catalog.Edition(); got != test.edition {
			t.Errorf("%s: Edition() = %q; want %q", test.catalog, got, test.edition)
		}
		if got := len(slices.Collect(test.catalog.Rows())); got != test.rows {
			t.Errorf("%s: %d rows; want %d", test.catalog, got, test.rows)
		}
		if got := len(slices.Collect(test.catalog.Conditions())); got != test.conditions {
			t.Errorf("%s: %d conditions; want %d", test.catalog, got, test.conditions)
		}
	}
	if diff := cmp.Diff([]errcodes.Catalog{cdn, alb, albLater, dissociate, updateListener, listCerts, getLoadBalancer, cdnSSL, dcdnSSL}, slices.Collect(errcodes.Catalogs())); diff != "" {
		t.Errorf("Catalogs (-want +got)\n%s", diff)
	}
}

// unearned are the published rows that no condition earns. A listener that is
// being configured has two rows in the table of the dissociation; real answers
// have the other one. Of the successors of the CDN operation they say too little.
var unearned = map[errcodes.Catalog][]errcodes.Code{
	dissociate: {errcodes.ResourceInConfiguringListener},
	cdnSSL:     sslUnearned,
	dcdnSSL:    sslUnearned,
}

var sslUnearned = []errcodes.Code{
	errcodes.AuthenticationFailed, errcodes.CertificateDuplicated, errcodes.CertStorageFailed, errcodes.InvalidDomainNotOnline,
	errcodes.DecodeError, errcodes.SSLPubError, errcodes.SSLPriError, errcodes.DomainInSafeMode,
	errcodes.CreateCertificateFailed, errcodes.InvalidEnv,
}

// TestCatalogsAreTotal proves the mapping in both directions: each condition
// earns one row that exists, and each row is earned.
func TestCatalogsAreTotal(t *testing.T) {
	for catalog := range errcodes.Catalogs() {
		t.Run(catalog.String(), func(t *testing.T) {
			rows := slices.Collect(catalog.Rows())
			seen := map[errcodes.Condition]bool{}
			earned := map[errcodes.Row][]errcodes.Condition{}
			for cond := range catalog.Conditions() {
				if seen[cond] {
					t.Errorf("%s is judged twice", cond)
				}
				seen[cond] = true
				row, ok := catalog.Row(cond)
				if !ok {
					t.Errorf("%s earns no row", cond)
				}
				if n := count(rows, row); n != 1 {
					t.Errorf("%s earns a row that the table has %d times: %+v", cond, n, row)
				}
				earned[row] = append(earned[row], cond)
			}
			for _, row := range rows {
				got := slices.Collect(catalog.Earning(row))
				second := catalog == dcdnSSL && strings.HasPrefix(row.Message, "The certificate does not exist, or")
				if (second || slices.Contains(unearned[catalog], row.Code)) != (len(got) == 0) {
					t.Errorf("%v earn %+v", got, row)
				}
				if diff := cmp.Diff(earned[row], got); diff != "" {
					t.Errorf("Earning(%s) (-want +got)\n%s", row.Code, diff)
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
		row := errcodes.Row{Code: errcodes.CertificateStatusError, Status: 400, Message: message, Edition: errcodes.Original}
		if diff := cmp.Diff(want, slices.Collect(cdn.Earning(row))); diff != "" {
			t.Errorf("Earning(%q) (-want +got)\n%s", message, diff)
		}
	}
}

func TestEveryConditionBelongsToAnOperation(t *testing.T) {
	for cond := range errcodes.Conditions() {
		judged := false
		for catalog := range errcodes.Catalogs() {
			judged = judged || catalog.Rank(cond) >= 0
		}
		if !judged {
			t.Errorf("no operation judges %s", cond)
		}
		if alb.Rank(cond) != albLater.Rank(cond) {
			t.Errorf("%s: rank %d in the original edition, %d in the later one", cond, alb.Rank(cond), albLater.Rank(cond))
		}
	}
}

func TestForeignConditions(t *testing.T) {
	tests := []struct {
		catalog errcodes.Catalog
		cond    errcodes.Condition
	}{
		{cdn, errcodes.CondListenerNotFound},
		{alb, errcodes.CondDomainNotFound},
		{albLater, errcodes.CondKeyMismatch},
		{alb, errcodes.CondCertificateNotAssociated},
		{dissociate, errcodes.CondCertificateAssociated},
		{dissociate, errcodes.CondQuotaExceeded},
		{updateListener, errcodes.CondTokenReused},
		{listCerts, errcodes.CondLoadBalancerForbidden},
		{getLoadBalancer, errcodes.CondListenerNotFound},
		{cdn, noCondition},
		{cdn, unknownCondition},
		{noCatalog, errcodes.CondDomainNotFound},
		{pastCatalogs, errcodes.CondDomainNotFound},
		{unknownCatalog, errcodes.CondDomainNotFound},
	}
	for _, test := range tests {
		if row, ok := test.catalog.Row(test.cond); ok || row != (errcodes.Row{}) {
			t.Errorf("%s: Row(%s) = %+v, %v", test.catalog, test.cond, row, ok)
		}
		if got, ok := test.catalog.Error(test.cond, "x"); ok || got != (errcodes.Error{}) {
			t.Errorf("%s: Error(%s) = %v", test.catalog, test.cond, got)
		}
		if got := test.catalog.Rank(test.cond); got != -1 {
			t.Errorf("%s: Rank(%s) = %d", test.catalog, test.cond, got)
		}
		if got := test.catalog.Parameter(test.cond); got != "" {
			t.Errorf("%s: Parameter(%s) = %s", test.catalog, test.cond, got)
		}
		if got := test.catalog.Grade(test.cond); got != 0 {
			t.Errorf("%s: Grade(%s) = %s", test.catalog, test.cond, got)
		}
	}
	row, _ := cdn.Row(errcodes.CondKeyMismatch)
	if got := slices.Collect(alb.Earning(row)); got != nil {
		t.Errorf("%v earn a row of another operation", got)
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
		errcodes.CondLoadBalancerNotFound:        {[]string{"alb-1"}, "The specified resource alb-1 is not found."},
		errcodes.CondQuotaExceeded:               {[]string{"q", "alb-1", "24", "25"}, "The quota of q is exceeded for resource alb-1, usage 24/25."},
	}
	for catalog := range errcodes.Catalogs() {
		for cond := range catalog.Conditions() {
			row, _ := catalog.Row(cond)
			need, want := needs[cond], needs[cond].want
			switch {
			case catalog == cdn, catalog == cdnSSL, catalog == dcdnSSL:
				need.args, want = nil, row.Message // no message of these operations takes any
			case catalog == albLater && cond == errcodes.CondListenerConfiguring:
				need.args, want = []string{"lsn-1"}, "The specified resource lsn-1 is configuring, please try again later."
			case catalog == dissociate && cond == errcodes.CondCertificateRepeated:
				need.args, want = nil, "Invalid parameter, please check the parameter input."
			case want == "":
				want = row.Message
			}
			if got := errorOf(catalog, cond, need.args...).Message; got != want {
				t.Errorf("%s: %s: message %q; want %q", catalog, cond, got, want)
			}
			if strings.Contains(want, "%") {
				t.Errorf("%s: %s: unfilled message %q", catalog, cond, want)
			}
		}
	}
}

func TestFillingMessages(t *testing.T) {
	tests := []struct {
		name string
		cond errcodes.Condition
		args []string
		want string
	}{
		{"none of four", errcodes.CondQuotaExceeded, nil, "The quota of %s is exceeded for resource %s, usage %s/%s."},
		{"two of four", errcodes.CondQuotaExceeded, []string{"q", "r"}, "The quota of q is exceeded for resource r, usage %s/%s."},
		{"too many", errcodes.CondListenerNotFound, []string{"a", "b"}, "The specified resource a is not found."},
		{"an argument with a verb", errcodes.CondListenerNotRunning, []string{"%s%d", "%s"}, "The status of %s%d [%s] is incorrect."},
		{"an argument longer than the message", errcodes.CondListenerNotFound, []string{strings.Repeat("a", 99)}, "The specified resource " + strings.Repeat("a", 99) + " is not found."},
		{"an empty argument", errcodes.CondListenerNotFound, []string{""}, "The specified resource  is not found."},
		{"a row without arguments", errcodes.CondListenerIDMissing, []string{"a"}, "Invalid parameter, please check the parameter input."},
		{"a constant goes before an argument", errcodes.CondCertificateIsDefault, []string{"a"}, "The operation is not allowed because of DefaultCertificateUsed."},
	}
	for _, test := range tests {
		if got := errorOf(alb, test.cond, test.args...).Message; got != test.want {
			t.Errorf("%s: %q; want %q", test.name, got, test.want)
		}
	}
}

func TestCatalogError(t *testing.T) {
	want := &errcodes.Error{
		Operation: "AssociateAdditionalCertificatesWithListener",
		Code:      "ResourceInConfiguring.Listener",
		Status:    400,
		Message:   "The specified resource lsn-1 is configuring, please try again later.",
		Condition: errcodes.CondListenerConfiguring,
		Parameter: "ListenerId",
		Grade:     errcodes.Documented,
		Edition:   errcodes.Later,
	}
	if diff := cmp.Diff(want, errorOf(albLater, errcodes.CondListenerConfiguring, "lsn-1")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for catalog := range errcodes.Catalogs() {
		for cond := range catalog.Conditions() {
			row, _ := catalog.Row(cond)
			got := errorOf(catalog, cond)
			want := &errcodes.Error{
				Operation: catalog.Operation(),
				Code:      row.Code,
				Status:    row.Status,
				Message:   got.Message,   // TestArguments
				Parameter: got.Parameter, // TestParameters
				Condition: cond,
				Grade:     catalog.Grade(cond),
				Edition:   row.Edition,
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: Error(%s) (-want +got)\n%s", catalog, cond, diff)
			}
		}
	}
}

// TestParameters: every error blames a parameter of its operation, spelled as on
// the wire. An overdue account alone has none to blame.
func TestParameters(t *testing.T) {
	parameters := map[string][]string{
		"SetDomainServerCertificate":                   {"DomainName", "ServerCertificateStatus", "ServerCertificate", "PrivateKey", "CertType", "CertName", "ForceSet"},
		"AssociateAdditionalCertificatesWithListener":  {"ListenerId", "Certificates", "Certificates.N.CertificateId", "ClientToken", "DryRun"},
		"DissociateAdditionalCertificatesFromListener": {"ListenerId", "Certificates", "Certificates.N.CertificateId", "ClientToken", "DryRun"},
		"UpdateListenerAttribute":                      {"ListenerId", "Certificates.N.CertificateId"},
		"ListListenerCertificates":                     {"ListenerId"},
		"GetLoadBalancerAttribute":                     {"LoadBalancerId"},
		"SetCdnDomainSSLCertificate":                   {"DomainName", "SSLProtocol", "SSLPub", "SSLPri", "CertType", "CertName", "CertId", "CertRegion"},
	}
	parameters["SetDcdnDomainSSLCertificate"] = parameters["SetCdnDomainSSLCertificate"]
	for catalog := range errcodes.Catalogs() {
		blamed := map[string]bool{}
		for cond := range catalog.Conditions() {
			got := catalog.Parameter(cond)
			if e := errorOf(catalog, cond); e.Parameter != got {
				t.Errorf("%s: the error of %s blames %q; want %q", catalog, cond, e.Parameter, got)
			}
			blamed[got] = true
			if (got == "") != (cond == errcodes.CondAccountSuspended) || got != "" && !slices.Contains(parameters[catalog.Operation()], got) {
				t.Errorf("%s: %s blames %q", catalog, cond, got)
			}
		}
		for _, p := range parameters[catalog.Operation()] {
			if !blamed[p] {
				t.Errorf("%s: nothing blames %s", catalog, p)
			}
		}
	}
}

// sslObserved are the rules of the successors that real answers show.
var sslObserved = []errcodes.Condition{
	errcodes.CondCertificateMissing, errcodes.CondPrivateKeyMissing,
	errcodes.CondPrivateKeyEncrypted, errcodes.CondPrivateKeyUnsupported, errcodes.CondPrivateKeyMalformed,
}

func TestGrades(t *testing.T) {
	for catalog := range errcodes.Catalogs() {
		for cond := range catalog.Conditions() {
			want := cond.Grade()
			row, _ := catalog.Row(cond)
			switch {
			case (catalog == cdnSSL || catalog == dcdnSSL) && slices.Contains(sslObserved, cond):
				want = errcodes.Observed
			case catalog == cdnSSL, catalog == dcdnSSL:
				want = errcodes.Assumed
			case catalog == albLater && cond == errcodes.CondListenerConfiguring:
				want = errcodes.Documented // by the row of its own
			case catalog.Edition() == errcodes.Original && row.Edition != errcodes.Original:
				want = errcodes.Assumed // the row is borrowed
			}
			if got := catalog.Grade(cond); got != want {
				t.Errorf("%s: Grade(%s) = %s; want %s", catalog, cond, got, want)
			}
		}
	}
}

// TestGradesOfTheOperationsAround writes out which rules of the smaller tables do
// not rest on this library's own decision.
func TestGradesOfTheOperationsAround(t *testing.T) {
	firm := map[errcodes.Catalog]map[errcodes.Condition]errcodes.Grade{
		dissociate: {
			errcodes.CondListenerNotFound:            errcodes.Documented,
			errcodes.CondListenerProtocolUnsupported: errcodes.Documented,
			errcodes.CondListenerConfiguring:         errcodes.Observed,
			errcodes.CondListenerNotRunning:          errcodes.Documented,
			errcodes.CondCertificateIsDefault:        errcodes.Documented,
			errcodes.CondCertificateNotAssociated:    errcodes.Documented,
		},
		listCerts: {
			errcodes.CondListenerNotFound:            errcodes.Documented,
			errcodes.CondListenerProtocolUnsupported: errcodes.Documented,
		},
		updateListener:  {},
		getLoadBalancer: {},
	}
	for catalog, want := range firm {
		got := map[errcodes.Condition]errcodes.Grade{}
		for cond := range catalog.Conditions() {
			if g := catalog.Grade(cond); g != errcodes.Assumed {
				got[cond] = g
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", catalog, diff)
		}
	}
}

// TestSharedConditionsKeepTheirOrder: the operations on a listener judge what they
// have in common in the same order, but for one condition.
func TestSharedConditionsKeepTheirOrder(t *testing.T) {
	for _, catalog := range []errcodes.Catalog{dissociate, updateListener, listCerts} {
		last, shared := -1, 0
		for cond := range catalog.Conditions() {
			rank := alb.Rank(cond)
			if rank < 0 {
				continue
			}
			if catalog == dissociate && cond == errcodes.CondCertificateRepeated {
				continue // judged per id, behind the state
			}
			if rank < last {
				t.Errorf("%s: %s is judged too late", catalog, cond)
			}
			last, shared = rank, shared+1
			if got, want := catalog.Parameter(cond), alb.Parameter(cond); got != want {
				t.Errorf("%s: %s blames %q; want %q", catalog, cond, got, want)
			}
		}
		if shared < 2 {
			t.Errorf("%s shares %d conditions", catalog, shared)
		}
	}
}

// TestSuccessorsKeepTheOrder: what the CDN operation and its successors have in
// common they judge in the same order, and blame the same parameter where it has
// the same name.
func TestSuccessorsKeepTheOrder(t *testing.T) {
	for _, catalog := range []errcodes.Catalog{cdnSSL, dcdnSSL} {
		last := -1
		for cond := range catalog.Conditions() {
			rank := cdn.Rank(cond)
			if rank < 0 {
				continue
			}
			if rank < last {
				t.Errorf("%s: %s is judged too late", catalog, cond)
			}
			last = rank
			now := strings.NewReplacer("ServerCertificateStatus", "SSLProtocol", "ServerCertificate", "SSLPub", "PrivateKey", "SSLPri").Replace(cdn.Parameter(cond))
			if got := catalog.Parameter(cond); got != now {
				t.Errorf("%s: %s blames %q; want %q", catalog, cond, got, now)
			}
		}
		for _, gone := range []errcodes.Condition{errcodes.CondForceSetUnsupported, errcodes.CondFreeCertificateUnavailable, errcodes.CondSetNotEffective} {
			if catalog.Rank(gone) >= 0 {
				t.Errorf("%s judges %s", catalog, gone)
			}
		}
	}
}

// TestEditionsOfRows: only where the original table has a row of its own does an
// error promise what the original document promises.
func TestEditionsOfRows(t *testing.T) {
	for cond := range alb.Conditions() {
		row, _ := alb.Row(cond)
		laterRow, _ := albLater.Row(cond)
		if cond != errcodes.CondListenerConfiguring && row != laterRow {
			t.Errorf("%s: %+v in the original edition, %+v in the later one", cond, row, laterRow)
		}
	}
}

func TestIteratorsStop(t *testing.T) {
	status, _ := cdn.Row(errcodes.CondCertificateExpired)
	first := func(n *int) bool { *n++; return false }
	for name, run := range map[string]func(*int){
		"Catalogs":           func(n *int) { errcodes.Catalogs()(func(errcodes.Catalog) bool { return first(n) }) },
		"Conditions":         func(n *int) { errcodes.Conditions()(func(errcodes.Condition) bool { return first(n) }) },
		"Catalog.Rows":       func(n *int) { cdn.Rows()(func(errcodes.Row) bool { return first(n) }) },
		"Catalog.Conditions": func(n *int) { cdn.Conditions()(func(errcodes.Condition) bool { return first(n) }) },
		"Catalog.Earning":    func(n *int) { cdn.Earning(status)(func(errcodes.Condition) bool { return first(n) }) },
	} {
		var n int
		if run(&n); n != 1 {
			t.Errorf("%s yields %d values to a loop that stops after one", name, n)
		}
	}
}
