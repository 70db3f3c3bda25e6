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
	rowOf := func(table, code string) errcodes.Row {
		for _, l := range golden(t, table) {
			if l.Code == code {
				return row(l, errcodes.SiblingPage)
			}
		}
		t.Fatalf("%s has no %s", table, code)
		return errcodes.Row{}
	}
	laterRow := func(code string) errcodes.Row { return rowOf(later, code) }
	originalRows := func(codes ...string) (rows []errcodes.Row) {
		for _, code := range codes {
			rows = append(rows, rowOf("cdn-SetDomainServerCertificate.tsv", code))
		}
		return rows
	}
	loadBalancer := laterRow("ResourceNotFound.Listener")
	loadBalancer.Code = "ResourceNotFound.LoadBalancer"
	statusError := errcodes.Row{Code: "Certificate.StatusError", Status: 400, Message: "The certificate status is error.", Origin: errcodes.SiblingPage}
	ownRows := func(tableLine) errcodes.Origin { return errcodes.OwnPage }

	tests := []struct {
		table    errcodes.Table
		golden   string // empty: no table of its own is known
		rows     int
		origin   func(tableLine) errcodes.Origin // of the operation's own rows
		borrowed []errcodes.Row
	}{
		{
			errcodes.SetDomainServerCertificate.Table(), "cdn-SetDomainServerCertificate.tsv", 24, ownRows, nil,
		},
		{
			errcodes.AssociateAdditionalCertificatesWithListener.Table(), original, 6, ownRows, borrowed,
		},
		{
			albCurrent, later, 11,
			func(l tableLine) errcodes.Origin {
				if inOriginal(l) {
					return errcodes.OwnPage
				}
				return errcodes.LaterPage
			},
			[]errcodes.Row{dryRun, token},
		},
		{
			errcodes.DissociateAdditionalCertificatesFromListener.Table(), "alb-DissociateAdditionalCertificatesFromListener.tsv", 6, ownRows,
			lend(laterRow("InvalidParameter"), laterRow("Forbidden.LoadBalancer"), dryRun, token),
		},
		{
			errcodes.UpdateListenerAttribute.Table(), "", 0, ownRows,
			lend(
				laterRow("InvalidParameter"), laterRow("ResourceNotFound.Listener"), laterRow("Forbidden.LoadBalancer"),
				laterRow("OperationDenied.HttpListenerNotSupport"), laterRow("IncorrectStatus.Listener"), laterRow("ResourceNotFound.Certificate"),
			),
		},
		{errcodes.ListListenerCertificates.Table(), "alb-ListListenerCertificates.tsv", 2, ownRows, nil},
		{errcodes.GetLoadBalancerAttribute.Table(), "", 0, ownRows, lend(loadBalancer)},
		{
			errcodes.SetCdnDomainSSLCertificate.Table(), "cdn-SetCdnDomainSSLCertificate.tsv", 32, ownRows,
			originalRows("InvalidDomain.NotFound", "IllegalOperation", "ServiceBusy", "OperationDenied", "Certificate.NotPermittedOff"),
		},
		{
			errcodes.SetDcdnDomainSSLCertificate.Table(), "dcdn-SetDcdnDomainSSLCertificate.tsv", 34, ownRows,
			originalRows("ServiceBusy", "OperationDenied", "Certificate.NotPermittedOff"),
		},
		{errcodes.SetVodDomainCertificate.Table(), "vod-SetVodDomainCertificate.tsv", 24, ownRows, nil},
		{errcodes.UploadUserCertificate.Table(), "", 0, ownRows, append(originalRows(
			"SetDomainServerCertificate.ParameterError", "InvalidCertName.TooLong", "ServerCertificate.MissingParameter",
			"PrivateKey.MissingParameter", "InvalidCertificate.TooLong", "Certificate.KeyNull", "Certificate.FormatError",
			"Key.Malformed", "InvalidCertificate", "InvalidPrivateKey", "Certificate.MissMatch",
		), statusError, originalRows("Certificate.Duplicated")[0])},
		{errcodes.DescribeDomainCertificateInfo.Table(), "", 0, ownRows, originalRows("InvalidDomain.NotFound")},
		{errcodes.DescribeCdnDomainDetail.Table(), "", 0, ownRows, originalRows("InvalidDomain.NotFound")},
		{errcodes.ListTagResources.Table(), "", 0, ownRows, originalRows("InvalidDomain.NotFound")},
		{errcodes.GetUserCertificateDetail.Table(), "", 0, ownRows, originalRows("Certificate.NotFind")},
		{errcodes.GetCertificateDetail.Table(), "", 0, ownRows, originalRows("Certificate.NotFind")},
	}
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
			if diff := cmp.Diff(want, slices.Collect(test.table.Rows())); diff != "" {
				t.Errorf("(-published +table)\n%s", diff)
			}
		})
	}
}

func row(l tableLine, origin errcodes.Origin) errcodes.Row {
	return errcodes.Row{Code: errcodes.Code(l.Code), Status: l.Status, Message: l.Message, Origin: origin}
}

// tableLine is one row of a file in testdata/tables.
type tableLine struct {
	Status  int
	Code    string
	Message string
}

// golden returns the rows of a file in testdata/tables, in the order of the file.
func golden(t *testing.T, name string) (lines []tableLine) {
	t.Helper()
	r := csv.NewReader(strings.NewReader(tableText(t, name)))
	r.Comma, r.Comment, r.FieldsPerRecord = '\t', '#', 3
	records, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, record := range records {
		status, err := strconv.Atoi(record[0])
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		lines = append(lines, tableLine{status, record[1], record[2]})
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
