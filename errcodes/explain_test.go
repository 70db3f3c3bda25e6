package errcodes_test

import (
	"fmt"
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
		{errcodes.CertificateDuplicated, "the account already has a certificate of that name", []errcodes.Condition{errcodes.CondCertNameDuplicated}, 5},
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
}
