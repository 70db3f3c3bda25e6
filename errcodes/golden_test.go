package errcodes_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/errcodes/internal/published"
)

// TestRowsAreThePublishedOnes holds every row to the letter: first the rows of
// the operation's own table in its order, then the borrowed ones.
func TestRowsAreThePublishedOnes(t *testing.T) {
	dryRun := errcodes.Row{Code: "DryRunOperation", Status: 400, Message: "Request validation has been passed with DryRun flag set.", Origin: errcodes.OwnPage}
	token := errcodes.Row{Code: "IdempotenceSignatureMismatch", Status: 400, Message: "The idempotence token of request is same with the prev one, but the signature is different.", Origin: errcodes.SiblingPage}
	const original, later = "alb-AssociateAdditionalCertificatesWithListener.tsv", "alb-AssociateAdditionalCertificatesWithListener-later.tsv"

	inOriginal := func(l published.Line) bool { return slices.Contains(golden(t, original), l) }
	borrowed := []errcodes.Row{dryRun}
	for _, l := range golden(t, later) {
		// The original edition reports a listener that is being configured
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
	ownRows := func(published.Line) errcodes.Origin { return errcodes.OwnPage }

	tests := []struct {
		table    errcodes.Table
		golden   string // empty: no table of its own is known
		rows     int
		edition  func(published.Line) errcodes.Origin // of the operation's own rows
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
			func(l published.Line) errcodes.Origin {
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
	}
	if got := slices.Collect(errcodes.Tables()); len(got) != len(tests) {
		t.Fatalf("%d catalogs; %d are tested", len(got), len(tests))
	}
	for _, test := range tests {
		t.Run(test.table.String(), func(t *testing.T) {
			var lines []published.Line
			if test.golden != "" {
				lines = golden(t, test.golden)
			}
			if len(lines) != test.rows {
				t.Errorf("%s has %d rows; want %d", test.golden, len(lines), test.rows)
			}
			var want []errcodes.Row
			for _, l := range lines {
				want = append(want, row(l, test.edition(l)))
			}
			want = append(want, test.borrowed...)
			if diff := cmp.Diff(want, slices.Collect(test.table.Rows())); diff != "" {
				t.Errorf("(-published +table)\n%s", diff)
			}
		})
	}
}

func row(l published.Line, edition errcodes.Origin) errcodes.Row {
	return errcodes.Row{Code: errcodes.Code(l.Code), Status: l.Status, Message: l.Message, Origin: edition}
}

func golden(t *testing.T, name string) []published.Line {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", "tables", name))
	if err != nil {
		t.Fatal(err)
	}
	lines, err := published.ReadTSV(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return lines
}
