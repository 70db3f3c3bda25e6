package errcodes_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
)

// TestExplainKnowsEveryCode: the occurrences of a code are its rows, and it has a
// meaning and a hint in every language.
func TestExplainKnowsEveryCode(t *testing.T) {
	want := map[errcodes.Code][]errcodes.Occurrence{}
	for table := range errcodes.Tables() {
		for row := range table.Rows() {
			conds := []errcodes.Condition{}
			for m := range table.Mappings() {
				if m.Row == row {
					conds = append(conds, m.Condition)
				}
			}
			want[row.Code] = append(want[row.Code], errcodes.Occurrence{Table: table, Row: row, Conditions: conds})
		}
	}
	for code, occurrences := range want {
		got, ok := errcodes.Explain(code)
		if !ok || got.Code != code || got.Advice != errcodes.Advise(code) {
			t.Errorf("%s: %v, %+v", code, ok, got)
		}
		if diff := cmp.Diff(occurrences, got.Occurrences); diff != "" {
			t.Errorf("%s (-tables +occurrences)\n%s", code, diff)
		}
		for what, text := range map[string]errcodes.Message{"meaning": got.Meaning, "hint": got.Hint} {
			if conds := got.Conditions(); len(conds) < 2 {
				checkStyle(t, fmt.Sprintf("%s: %s", code, what), text)
			} else if text.EN == "" || text.ZH == "" {
				t.Errorf("%s: no %s", code, what)
			}
		}
	}
}

// TestMeaningsOfOperations: a code that operations share may mean different things in them.
// Each condition that maps to it has the tables that say so.
func TestMeaningsOfOperations(t *testing.T) {
	for code := range errcodes.Codes() {
		e, _ := errcodes.Explain(code)
		answering := map[errcodes.Table]bool{}
		for _, o := range e.Occurrences {
			answering[o.Table] = answering[o.Table] || len(o.Conditions) > 0
		}
		maps.DeleteFunc(answering, func(_ errcodes.Table, answers bool) bool { return !answers })
		for _, cond := range e.Conditions() {
			var want []errcodes.Table
			for table := range errcodes.Tables() {
				for m := range table.Mappings() {
					if m.Condition == cond && m.Row.Code == code && !slices.Contains(want, table) {
						want = append(want, table)
					}
				}
			}
			got, all := e.Tables(cond)
			if diff := cmp.Diff(want, got); diff != "" || all != (len(got) == len(answering)) {
				t.Errorf("%s, %s: all %t of %d (-want +got)\n%s", code, cond, all, len(answering), diff)
			}
		}
	}
	e, _ := errcodes.Explain(errcodes.CertificateStatusError)
	tables, all := e.Tables(errcodes.CondCertificateExpired)
	if want := []errcodes.Table{cdn, vod, live, esaSet}; !slices.Equal(tables, want) || all {
		t.Errorf("%v, %t; want %v, and the successors have a code of their own", tables, all, want)
	}
}

func TestExplain(t *testing.T) {
	tests := []struct {
		code       errcodes.Code
		meaning    string
		conditions []errcodes.Condition
		rows       int
	}{
		{errcodes.ServiceBusy, "an earlier change to the domain is still being rolled out", []errcodes.Condition{errcodes.CondDomainConfiguring}, 6},
		{
			errcodes.CertificateKeyNull,
			"the private key is given, but there is nothing in it; or the certificate center holds no key for the certificate, and none is given",
			[]errcodes.Condition{errcodes.CondPrivateKeyBlank, errcodes.CondStoredKeyMissing},
			6,
		},
		{errcodes.CreateCertificateFailed, "the service could not create the certificate", nil, 2},
		{errcodes.CertificateDuplicated, "the account, or the site, already has a certificate of that name", []errcodes.Condition{errcodes.CondCertNameDuplicated}, 6},
	}
	for _, test := range tests {
		e, ok := errcodes.Explain(test.code)
		if !ok || e.Meaning.EN != test.meaning || len(e.Occurrences) != test.rows {
			t.Errorf("%s: %v, %q in %d rows", test.code, ok, e.Meaning.EN, len(e.Occurrences))
		}
		if diff := cmp.Diff(test.conditions, e.Conditions()); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.code, diff)
		}
	}

	// A hint that serves several conditions is given once.
	if e, _ := errcodes.Explain(errcodes.InvalidParameter); strings.Count(e.Hint.EN, "such as a UUID") != 1 {
		t.Errorf("%q", e.Hint.EN)
	}
}

func TestExplainUnknownCodes(t *testing.T) {
	for _, code := range []errcodes.Code{"", "Throttling.New", "servicebusy"} {
		if e, ok := errcodes.Explain(code); ok || len(e.Occurrences) > 0 || !e.Meaning.IsZero() {
			t.Errorf("%q: %v, %+v", code, ok, e)
		}
	}
}

func ExampleExplain() {
	e, _ := errcodes.Explain("InvalidSSLPri")
	fmt.Println(e.Code, e.Advice.Action)
	for _, cond := range e.Conditions() {
		fmt.Printf("%s: %s\n", cond, cond.Meaning().EN)
	}
	// Output:
	// InvalidSSLPri change-request
	// PrivateKeyNotPEM: the private-key text is not one sound private-key block in PEM form
	// PrivateKeyEncrypted: the private key is protected by a pass-phrase
	// PrivateKeyUnsupported: the private key is of an algorithm or curve that is not served
	// PrivateKeyMalformed: the private key is not well formed, or its parts contradict each other
	// PrivateKeyMissing: the private key is absent
	// PrivateKeyTooLong: the private-key text is longer than the limit
	// PrivateKeyBlank: the private key is given, but there is nothing in it
	// StoredKeyMissing: the certificate center holds no key for the certificate, and none is given
}
