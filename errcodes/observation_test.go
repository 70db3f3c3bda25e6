package errcodes

import "testing"

// TestRecordedEvidence: answers that agree raise what is assumed, and nothing that is
// surer; one that differs is evidence against the mapping. Other mappings stay.
func TestRecordedEvidence(t *testing.T) {
	table := SetCdnDomainSSLCertificate.Table()
	against := Message{"the answer was another one", "应答不同"}
	all := []observation{
		{SetCdnDomainSSLCertificate, Current, CondKeyMismatch, "SSLPri", Message{}},
		{SetCdnDomainSSLCertificate, Current, CondCertIDMalformed, "CertId", Message{}},
		{SetCdnDomainSSLCertificate, Current, CondParameterMissing, "SSLProtocol", against},
		{SetCdnDomainSSLCertificate, Original, CondPrivateKeyBlank, "SSLPri", Message{}},
		{SetDcdnDomainSSLCertificate, Current, CondPrivateKeyNotPEM, "SSLPri", Message{}},
	}
	tests := []struct {
		cond     Condition
		evidence Evidence
		recorded bool // the source is that of the records
		contrary Message
	}{
		{CondKeyMismatch, Observed, true, Message{}},
		{CondCertIDMalformed, Documented, false, Message{}},
		{CondParameterMissing, Observed, false, against},
		{CondPrivateKeyBlank, Assumed, false, Message{}},
		{CondPrivateKeyNotPEM, Assumed, false, Message{}},
	}
	for _, test := range tests {
		m, ok := table.find(test.cond)
		if !ok {
			t.Fatalf("no %s", test.cond)
		}
		evidence, source, contrary := table.evidence(all, m, table.data().row(m))
		if evidence != test.evidence || (source.Key == ObservationKey) != test.recorded || contrary.Says != test.contrary {
			t.Errorf("%s: %s from %s, against it %+v", test.cond, evidence, source, contrary)
		}
		if !contrary.IsZero() && contrary.Source.Key != ObservationKey {
			t.Errorf("%s: %+v", test.cond, contrary)
		}
	}
}
