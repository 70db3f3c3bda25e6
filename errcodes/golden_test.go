package errcodes_test

import (
	"encoding/csv"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/testdata"
)

// TestRowsAreThePublishedOnes holds every row to the letter: first the rows of
// the operation's own table in its order, then the borrowed ones.
func TestRowsAreThePublishedOnes(t *testing.T) {
	dryRun := errcodes.Row{Code: "DryRunOperation", Status: 400, Message: "Request validation has been passed with DryRun flag set.", Origin: errcodes.OwnPage}
	token := errcodes.Row{Code: "IdempotenceSignatureMismatch", Status: 400, Message: "The idempotence token of request is same with the prev one, but the signature is different.", Origin: errcodes.SiblingPage}
	const original, later = "alb-AssociateAdditionalCertificatesWithListener.tsv", "alb-AssociateAdditionalCertificatesWithListener-later.tsv"

	inOriginal := func(l tableLine) bool { return slices.Contains(golden(t, original), l) }
	borrowed := []errcodes.Row{dryRun}
	for _, l := range golden(t, later) {
		// The original table reports a listener that is being configured
		// under IncorrectStatus.Listener, so it borrows no row for that.
		if !inOriginal(l) && l.Code != "ResourceInConfiguring.Listener" {
			borrowed = append(borrowed, row(l, errcodes.LaterPage))
		}
	}
	borrowed = append(borrowed, token)

	lend := func(rows ...errcodes.Row) []errcodes.Row {
		for i := range rows {
			rows[i].Origin = errcodes.SiblingPage
		}
		return rows
	}
	laterRow := func(code string) errcodes.Row { return rowsOf(t, later, code)[0] }
	originalRows := func(codes ...string) []errcodes.Row { return rowsOf(t, "cdn-SetDomainServerCertificate.tsv", codes...) }
	const vodTable = "vod-SetVodDomainCertificate.tsv"
	gateway := gatewayRows
	const nlbTable = "nlb-UpdateListenerAttribute.tsv"
	nlbRows := func(codes ...string) []errcodes.Row { return rowsOf(t, nlbTable, codes...) }
	nlbGateway := gateway("MissingAdditionalCertificateIds", "InvalidAdditionalCertificateIds", "MissingListenerId", "InvalidDryRun")
	listener := gateway("MissingListenerId", "MissingCertificates", "InvalidCertificates", "InvalidDryRun")
	domain := gateway("MissingDomainName", "MissingSSLProtocol", "InvalidCertId")
	notFound := errcodes.Row{Code: "NotFound", Status: 400, Message: "没有找到必要内容，请检查参数输入。", Origin: errcodes.ProductPage}
	byID := func(codes ...string) []errcodes.Row {
		return append([]errcodes.Row{notFound}, gateway(append([]string{"MissingCertId", "InvalidCertId"}, codes...)...)...)
	}
	inUse := errcodes.Row{Code: "InvalidStatus.DeleteProtection", Status: 400, Message: "当前状态不允许删除，请稍后重试。", Origin: errcodes.ProductPage}
	find := append(originalRows("InvalidDomain.NotFound"), gateway("MissingDomainName")...)

	loadBalancer := laterRow("ResourceNotFound.Listener")
	loadBalancer.Code = "ResourceNotFound.LoadBalancer"
	foreign := errcodes.Row{Code: "InvalidDomain.NotFound", Status: 404, Message: "The domain [%s] does not belong to you.", Origin: errcodes.SiblingPage}
	format := errcodes.Row{Code: "ParseCertificateFailed", Status: 400, Message: "证书格式异常，请检查输入内容。", Origin: errcodes.SiblingPage}
	ownRows := func(tableLine) errcodes.Origin { return errcodes.OwnPage }

	esa := func(code, message string, description ...string) errcodes.Row {
		r := errcodes.Row{Code: errcodes.Code(code), Status: 400, Message: message, Origin: errcodes.SiblingPage}
		r.Description.ZH = strings.Join(description, "")
		return r
	}
	noSite := esa("SiteNotFound", "The specified site is not found.", "您指定的站点不存在,请检查输入的站点是否正确。")
	noSiteCertificate := esa("Certificate.NotFound", "The specified certificate is not found.")
	ofSite := gateway("MissingSiteId", "InvalidSiteId")

	tests := []publishedTable{
		{
			errcodes.SetDomainServerCertificate.Table(), "cdn-SetDomainServerCertificate.tsv", 24, ownRows, nil,
		},
		{
			errcodes.AssociateAdditionalCertificatesWithListener.Table(), original, 6, ownRows, append(borrowed, listener...),
		},
		{
			albCurrent, later, 11,
			func(l tableLine) errcodes.Origin {
				if inOriginal(l) {
					return errcodes.OwnPage
				}
				return errcodes.LaterPage
			},
			append([]errcodes.Row{dryRun, token}, listener...),
		},
		{
			errcodes.DissociateAdditionalCertificatesFromListener.Table(), "alb-DissociateAdditionalCertificatesFromListener.tsv", 6, ownRows,
			append(lend(laterRow("InvalidParameter"), laterRow("Forbidden.LoadBalancer"), dryRun, token), listener...),
		},
		{
			errcodes.UpdateListenerAttribute.Table(), "", 0, ownRows,
			append(lend(
				laterRow("InvalidParameter"), laterRow("ResourceNotFound.Listener"), laterRow("Forbidden.LoadBalancer"),
				laterRow("OperationDenied.HttpListenerNotSupport"), laterRow("IncorrectStatus.Listener"), laterRow("ResourceNotFound.Certificate"),
			), gateway("MissingListenerId", "InvalidCertificates", "InvalidDryRun")...),
		},
		{errcodes.ListListenerCertificates.Table(), "alb-ListListenerCertificates.tsv", 2, ownRows, gateway("MissingListenerId")},
		{errcodes.GetLoadBalancerAttribute.Table(), "", 0, ownRows, append(lend(loadBalancer), gateway("MissingLoadBalancerId")...)},
		{
			errcodes.CreateListener.Table(), "", 0, ownRows, append(lend(
				laterRow("InvalidParameter"), loadBalancer, laterRow("Forbidden.LoadBalancer"), laterRow("OperationFailed.DefaultCertificateNotFound"),
				laterRow("ResourceNotFound.Certificate"), token, dryRun,
			), gateway("MissingLoadBalancerId", "MissingListenerPort", "InvalidListenerPort", "MissingListenerProtocol", "MissingDefaultActions", "InvalidDefaultActions", "InvalidDryRun")...),
		},
		{
			errcodes.DeleteListener.Table(), "", 0, ownRows, append(lend(
				laterRow("ResourceNotFound.Listener"), laterRow("Forbidden.LoadBalancer"), laterRow("ResourceInConfiguring.Listener"), token, dryRun,
			), gateway("MissingListenerId", "InvalidDryRun")...),
		},
		{
			errcodes.SetCdnDomainSSLCertificate.Table(), "cdn-SetCdnDomainSSLCertificate.tsv", 32, ownRows,
			append(originalRows("InvalidDomain.NotFound", "IllegalOperation", "ServiceBusy", "OperationDenied", "Certificate.NotPermittedOff"), domain...),
		},
		{
			errcodes.SetDcdnDomainSSLCertificate.Table(), "dcdn-SetDcdnDomainSSLCertificate.tsv", 34, ownRows,
			slices.Concat([]errcodes.Row{foreign}, originalRows("ServiceBusy", "OperationDenied", "Certificate.NotPermittedOff"), domain),
		},
		{errcodes.SetVodDomainCertificate.Table(), vodTable, 24, ownRows, nil},
		{
			errcodes.SetVodDomainSSLCertificate.Table(), "vod-SetVodDomainSSLCertificate.tsv", 4, ownRows, slices.Concat(
				undescribed(without(t, "cdn-SetCdnDomainSSLCertificate.tsv", append([]string{
					"InvalidSSLProtocol.ValueNotSupported", "SSLPub.MissingParameter", "SSLPri.MissingParameter", "InvalidSSLPub",
				}, sslUnmapped...)...)),
				rowsOf(t, vodTable, "InvalidDomain.NotFound", "IllegalOperation", "ServiceBusy", "OperationDenied", "Certificate.NotPermittedOff"), domain,
			),
		},
		{
			errcodes.SetLiveDomainCertificate.Table(), "live-SetLiveDomainCertificate.tsv", 4,
			func(l tableLine) errcodes.Origin {
				if strings.HasPrefix(l.Code, "Certificate.") {
					return errcodes.ProductPage
				}
				return errcodes.OwnPage
			},
			append(
				without(t, vodTable, "InvalidSSLProtocol.ValueNotSupported", "IllegalOperation", "Certificate.Duplicated", "Certificate.MissMatch"),
				gateway("MissingDomainName", "MissingSSLProtocol")...,
			),
		},
		{
			errcodes.UploadUserCertificate.Table(), "cas-UploadUserCertificate.tsv", 15,
			func(tableLine) errcodes.Origin { return errcodes.ProductPage },
			append([]errcodes.Row{format}, gateway("MissingName")...),
		},
		{errcodes.DeleteUserCertificate.Table(), "", 0, ownRows, slices.Insert(byID(), 1, inUse)},
		{errcodes.ListUserCertificateOrder.Table(), "", 0, ownRows, gateway("InvalidCurrentPage", "InvalidShowSize")},
		{errcodes.DescribeDomainCertificateInfo.Table(), "", 0, ownRows, find},
		{errcodes.DescribeCdnDomainDetail.Table(), "", 0, ownRows, find},
		{errcodes.ListTagResources.Table(), "", 0, ownRows, originalRows("InvalidDomain.NotFound")},
		{errcodes.GetUserCertificateDetail.Table(), "", 0, ownRows, byID("InvalidCertFilter")},
		{
			errcodes.GetCertificateDetail.Table(), "", 0, ownRows,
			append([]errcodes.Row{notFound}, gateway("MissingCertificateId", "InvalidCertificateId")...),
		},
		{
			nlb, "", 0, ownRows, slices.Concat([]errcodes.Row{dryRun}, nlbRows("ResourceNotFound.Certificate", "IncorrectStatus.listener"), []errcodes.Row{token},
				nlbRows("ResourceAlreadyAssociated.Certificate", "IllegalParam", "Forbidden.NoPermission", "ResourceNotFound.listener"),
				lend(laterRow("OperationDenied.DefaultCertificateUsed")), nlbGateway),
		},
		{
			nlbRemove, "", 0, ownRows, slices.Concat([]errcodes.Row{dryRun}, nlbRows("IncorrectStatus.listener"), []errcodes.Row{token},
				nlbRows("IllegalParam", "Forbidden.NoPermission", "ResourceNotFound.listener"), lend(
					laterRow("OperationDenied.DefaultCertificateUsed"), rowsOf(t, "alb-DissociateAdditionalCertificatesFromListener.tsv", "ResourceNotAssociated.Certificate")[0],
				), nlbGateway),
		},
		{nlbUpdate, nlbTable, 18, ownRows, gateway("MissingListenerId", "InvalidCertificateIds", "InvalidDryRun")},
		{nlbList, "", 0, ownRows, append(nlbRows("ResourceNotFound.listener", "IllegalParam"), gateway("MissingListenerId")...)},
		{
			nlbBalancer, "", 0, ownRows,
			append([]errcodes.Row{{Code: "ResourceNotFound.loadBalancer", Status: 404, Message: "The specified resource of loadbalancer is not found.", Origin: errcodes.SiblingPage}},
				gateway("MissingLoadBalancerId")...),
		},
		{nlbJob, "", 0, ownRows, append(nlbRows("IllegalParam"), gateway("MissingJobId")...)},
		{
			errcodes.SetCertificate.Table(), "esa-SetCertificate.tsv", 2, ownRows, slices.Concat([]errcodes.Row{
				esa("CertQuotaCheckFailed", "The custom certificate quota verification failed. The number of uploaded certificates exceeds the upper limit allowed for the plan."),
				esa("InvalidCertificate.NotFound", "The specified certificate does not exist."),
				esa("InvalidSSLPub", "The specified SSLPub is invalid."),
				esa("InvalidSSLPri", "The specified SSLPri is invalid."),
				esa("CertificateDomainNotMatchSite", "The domain name of the certificate does not match the site."),
				esa("CertificateNotMatchPrivateKey", "Certificate and key does not match."),
				esa("Instance.NotOnline", "The plan is not online."),
				esa("InternalException", "Failed to call the service. Try again later or contact technical support.", "调用服务失败,请稍后重试或联系客服咨询详情。"),
				noSite,
			}, lend(laterRow("InvalidParameter")), ofSite, gateway("InvalidCasId", "MissingType")),
		},
		{
			errcodes.DeleteCertificate.Table(), "esa-DeleteCertificate.tsv", 3, ownRows,
			slices.Concat([]errcodes.Row{noSite, noSiteCertificate}, ofSite, gateway("MissingId")),
		},
		{errcodes.GetCertificate.Table(), "", 0, ownRows, slices.Concat([]errcodes.Row{noSite, noSiteCertificate}, ofSite, gateway("MissingId"))},
		{errcodes.ListCertificates.Table(), "", 0, ownRows, slices.Concat([]errcodes.Row{noSite}, ofSite, gateway("InvalidPageNumber", "InvalidPageSize", "InvalidValidOnly"))},
		{errcodes.ListInstanceQuotasWithUsage.Table(), "", 0, ownRows, append([]errcodes.Row{noSite}, gateway("InvalidSiteId", "MissingQuotaNames")...)},
		{errcodes.ListSites.Table(), "", 0, ownRows, gateway("InvalidPageNumber", "InvalidPageSize")},
	}
	tests = slices.Concat(tests, slbPublished(dryRun, gateway), gaPublished(t, dryRun, token, gateway))
	if got := slices.Collect(errcodes.Tables()); len(got) != len(tests) {
		t.Fatalf("%d tables; %d are tested", len(got), len(tests))
	}
	for _, test := range tests {
		t.Run(test.table.String(), func(t *testing.T) {
			var lines []tableLine
			if test.golden != "" {
				lines = golden(t, test.golden)
			}
			if len(lines) != test.rows {
				t.Errorf("%s has %d rows; want %d", test.golden, len(lines), test.rows)
			}
			var want []errcodes.Row
			for _, l := range lines {
				want = append(want, row(l, test.origin(l)))
			}
			want = append(want, test.borrowed...)
			got := slices.Collect(test.table.Rows())
			for i := range got {
				got[i].Description.Source = "" // see TestDescriptions
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-published +table)\n%s", diff)
			}
		})
	}
}

// rowsOf returns the rows of some codes in a file, as borrowed ones.
func rowsOf(t *testing.T, table string, codes ...string) (rows []errcodes.Row) {
	t.Helper()
	lines := golden(t, table)
	for _, code := range codes {
		i := slices.IndexFunc(lines, func(l tableLine) bool { return l.Code == code })
		if i < 0 {
			t.Fatalf("%s has no %s", table, code)
		}
		rows = append(rows, row(lines[i], errcodes.SiblingPage))
	}
	return rows
}

// without returns the rows of a file as borrowed ones, without those of some codes.
func without(t *testing.T, table string, codes ...string) (rows []errcodes.Row) {
	t.Helper()
	for _, l := range golden(t, table) {
		if !slices.Contains(codes, l.Code) {
			rows = append(rows, row(l, errcodes.SiblingPage))
		}
	}
	return rows
}

// undescribed removes the descriptions, which are those of another page.
func undescribed(rows []errcodes.Row) []errcodes.Row {
	for i := range rows {
		rows[i].Description = errcodes.Description{}
	}
	return rows
}

// gatewayRows are rows of the gateway: Missing<Name> for required parameters, Invalid<Name>
// for those that are not text.
func gatewayRows(codes ...string) (rows []errcodes.Row) {
	for _, code := range codes {
		name, absent := strings.CutPrefix(code, "Missing")
		message := name + " is mandatory for this action."
		if !absent {
			name = strings.TrimPrefix(code, "Invalid")
			message = "Specified parameter " + name + " is not valid."
		}
		if strings.HasPrefix(code, "Invalid") && (strings.HasSuffix(code, "CertificateIds") || code == "InvalidCertificates" || code == "InvalidDomains" || code == "InvalidDefaultActions") {
			message += " Illegal parameter serialization format. Flat format is required."
		}
		rows = append(rows, errcodes.Row{Code: errcodes.Code(code), Status: 400, Message: message, Origin: errcodes.GatewayPage})
	}
	return rows
}

// publishedTable says which rows a table has.
type publishedTable struct {
	table    errcodes.Table
	golden   string // empty: no table of its own is known
	rows     int
	origin   func(tableLine) errcodes.Origin // of the operation's own rows
	borrowed []errcodes.Row
}

func row(l tableLine, origin errcodes.Origin) errcodes.Row {
	return errcodes.Row{
		Code: errcodes.Code(l.Code), Status: l.Status, Message: l.Message, Origin: origin,
		Description: errcodes.Description{ZH: l.Description},
	}
}

// tableLine is one row of a file in testdata/tables.
type tableLine struct {
	Status      int
	Code        string
	Message     string
	Description string // in Chinese; only some files have it
}

// golden returns the rows of a file in testdata/tables, in the order of the file.
func golden(t *testing.T, name string) (lines []tableLine) {
	t.Helper()
	r := csv.NewReader(strings.NewReader(tableText(t, name)))
	r.Comma, r.Comment, r.FieldsPerRecord = '\t', '#', -1
	records, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, record := range records {
		status, err := strconv.Atoi(record[0])
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		line := tableLine{Status: status, Code: record[1], Message: record[2]}
		if len(record) > 3 {
			line.Description = record[3]
		}
		lines = append(lines, line)
	}
	return lines
}

func tableText(t *testing.T, name string) string {
	t.Helper()
	data, err := fs.ReadFile(testdata.Tables(), name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestTablesSayWhereTheyAreFrom: no other file than those of tables is there, and
// each begins with the product and its version, the operation that the file is named
// after, and the source of the rows.
func TestTablesSayWhereTheyAreFrom(t *testing.T) {
	header := regexp.MustCompile(`^# product: ([A-Z]+) \d{4}-\d\d-\d\d\n# operation: (\w+)\n# source: \S.*\n\d`)
	names, err := fs.Glob(testdata.Tables(), "*")
	if err != nil {
		t.Fatal(err)
	}
	operations := map[string]bool{}
	for table := range errcodes.Tables() {
		operations[table.Operation.String()] = true
	}
	for _, name := range names {
		found := header.FindStringSubmatch(tableText(t, name))
		if found == nil {
			t.Errorf("%s does not begin with lines that match %s", name, header)
			continue
		}
		product, operation := strings.ToLower(found[1]), found[2]
		if base := strings.TrimSuffix(strings.TrimSuffix(name, ".tsv"), "-later"); base != product+"-"+operation || !operations[operation] {
			t.Errorf("%s is about %s %s", name, product, operation)
		}
	}
}
