package errcodes_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
)

// TestSources: every source has a key of its own, says something, and says where.
func TestSources(t *testing.T) {
	keys := map[string]bool{}
	for s := range errcodes.Sources() {
		if s.Key == "" || keys[s.Key] || s.Title == "" || s.Evidence < errcodes.Documented || s.Evidence > errcodes.Assumed {
			t.Errorf("%+v", s)
		}
		keys[s.Key] = true
		if says := s.Says(); says.EN != s.Title || says.ZH == s.Title || chineseOdd.MatchString(says.ZH) {
			t.Errorf("%s: %+v", s.Key, says)
		}
		want := s.Key + ": " + s.Where
		if s.Where == "" {
			want = s.Title
			if s.Evidence != errcodes.Documented {
				t.Errorf("%s: no place", s.Key)
			}
		}
		if s.String() != want || s.IsZero() {
			t.Errorf("%s: %q; want %q", s.Key, s, want)
		}
	}
	if !(errcodes.Source{}).IsZero() || !(errcodes.Contrary{}).IsZero() {
		t.Error("the zero values say something")
	}
}

// TestEveryMappingHasASource: what is not documented by the operation's own page names
// a source of the list, no mapping is surer than its source, and what is assumed names
// the decision. Every source is in use.
func TestEveryMappingHasASource(t *testing.T) {
	all := slices.Collect(errcodes.Sources())
	used := map[errcodes.Source]bool{}
	for table := range errcodes.Tables() {
		for m := range table.Mappings() {
			used[m.Source], used[m.Contrary.Source] = true, true
			switch {
			case !slices.Contains(all, m.Source):
				t.Errorf("%s: %s has the source %+v", table, m.Condition, m.Source)
			case m.Evidence < m.Source.Evidence:
				t.Errorf("%s: %s is %s, its source %s", table, m.Condition, m.Evidence, m.Source.Evidence)
			case m.Evidence == errcodes.Assumed && !strings.HasPrefix(m.Source.Where, "decided here"):
				t.Errorf("%s: %s is assumed, by %s", table, m.Condition, m.Source)
			case m.Evidence == errcodes.Documented && m.Row.Origin > errcodes.LaterPage && m.Source.Where == "":
				t.Errorf("%s: %s is documented by %s, whose row is borrowed", table, m.Condition, m.Source)
			}
			if m.Contrary.IsZero() {
				continue
			}
			if !slices.Contains(all, m.Contrary.Source) || m.Contrary.Source == m.Source {
				t.Errorf("%s: %s has %+v against it", table, m.Condition, m.Contrary)
			}
			checkStyle(t, table.String()+": against "+m.Condition.String(), m.Contrary.Says)
		}
	}
	described := map[string]bool{}
	for table := range errcodes.Tables() {
		for row := range table.Rows() {
			described[row.Description.Source] = true
		}
	}
	for _, s := range all {
		if !used[s] && !described[s.Key] && !pagesWithoutRules[s.Key] {
			t.Errorf("nothing rests on %s", s)
		}
	}
}

// pagesWithoutRules are pages whose rows are known, and whose rules are all decided here
// or seen elsewhere.
var pagesWithoutRules = map[string]bool{"alb-update": true, "alb-balancer": true, "dcdn-ssl": true, "vod-ssl": true, "cas": true, "nlb-others": true}

// firm are the mappings that do not rest on this library's own decision, in the tables
// that rest mostly on it, with the keys of their sources.
var firm = map[errcodes.Table]map[string]string{
	cdnSSL:         sslFirm,
	dcdnSSL:        firmer(sslFirm, "DomainNotFound", "observed A5"),
	vod:            {},
	vodSSL:         {"DomainOffline": "reported V1"},
	live:           {"DomainNotFound": "reported L1"},
	updateListener: {"ListenerIDMissing": "observed R1", "ParameterUnreadable": "observed A4", "DryRunMalformed": "documented R2"},
	listCerts: {
		"ListenerIDMissing": "observed R1", "ListenerNotFound": "documented alb-list", "ListenerProtocolUnsupported": "documented alb-list",
	},
	getLoadBalancer: {},

	errcodes.CreateListener.Table(): {"DryRunMalformed": "documented R2"},
	errcodes.DeleteListener.Table(): {"ListenerIDMissing": "observed R1", "DryRunMalformed": "documented R2", "ListenerConfiguring": "reported T1"},

	dissociate: {
		"ListenerIDMissing": "observed R1", "ParameterUnreadable": "observed A4", "DryRunMalformed": "documented R2",
		"ListenerNotFound": "documented alb-dissociate", "ListenerProtocolUnsupported": "documented alb-dissociate",
		"ListenerConfiguring": "observed A1", "ListenerNotRunning": "documented alb-dissociate",
		"CertificateIsDefault": "documented alb-dissociate", "CertificateNotAssociated": "documented alb-dissociate",
	},
	upload:     {"CertNameMissing": "documented A7", "CertNameDuplicated": "reported R7"},
	remove:     {"CertificateNotFound": "observed R8"},
	orders:     {},
	domainInfo: {},
	domain:     {},
	tags:       {},
	stored:     {},
	detail:     {},

	nlb:       {"ParameterUnreadable": "observed A4", "DryRunMalformed": "documented R2", "DryRun": "documented nlb"},
	nlbRemove: {"ParameterUnreadable": "observed A4", "DryRunMalformed": "documented R2", "DryRun": "documented nlb-disassociate", "ListenerNotFound": "reported N1"},
	nlbUpdate: {
		"ParameterUnreadable": "observed A4", "DryRunMalformed": "documented R2",
		"TooManyCertificates": "documented nlb-update", "ListenerNotFound": "documented nlb-update", "LoadBalancerForbidden": "documented nlb-update",
		"TokenReused": "documented nlb-update", "ListenerConfiguring": "documented nlb-update", "ListenerNotRunning": "documented nlb-update",
		"CertificateNotFound": "documented nlb-update", "DryRun": "documented nlb-update",
	},
	nlbList:     {},
	nlbBalancer: {},
	nlbJob:      {},
	esaSet:      siteFirm("CertNameDuplicated", "reported E2", "QuotaExceeded", "observed E1"),
	esaDelete:   siteFirm("SiteCertificateNotFound", "reported E4"),
	esaGet:      siteFirm("SiteCertificateNotFound", "reported E4"),
	esaList:     siteFirm("ParameterUnreadable", "documented R2"),
	esaQuotas:   {},
	esaSites:    {"ParameterUnreadable": "documented R2"},
}

// siteFirm has what is seen of the gateway for a site, and more.
func siteFirm(more ...string) map[string]string {
	rules := map[string]string{"ParameterMissing": "observed R1"}
	for i := 0; i < len(more); i += 2 {
		rules[more[i]] = more[i+1]
	}
	return rules
}

var sslFirm = map[string]string{
	"DomainNameMissing": "observed R1", "ParameterMissing": "observed R1", "CertIDMalformed": "documented R2",
	"CertificateMissing": "observed A3", "PrivateKeyMissing": "observed A3",
	"CertificateNotPEM": "reported R4", "SecondLeaf": "reported R5",
	"PrivateKeyEncrypted": "observed A2", "PrivateKeyUnsupported": "observed A2", "PrivateKeyMalformed": "observed A2",
	"CertificateNotFound": "observed R3",
}

func firmer(rules map[string]string, cond, evidence string) map[string]string {
	all := maps.Clone(rules)
	all[cond] = evidence
	return all
}

// TestEvidence writes out what rests on more than a decision. The tables of the source
// documents have the evidence of the conditions, and what they borrow is assumed.
func TestEvidence(t *testing.T) {
	maps.Copy(firm, slbFirm)
	maps.Copy(firm, gaFirm)
	for table := range errcodes.Tables() {
		got := map[string]string{}
		for m := range table.Mappings() {
			if m.Evidence != errcodes.Assumed {
				got[m.Condition.String()] = m.Evidence.String() + " " + m.Source.Key
			}
			if e := table.Evidence(m.Condition); e != m.Evidence && m.Condition != errcodes.CondParameterMissing && m.Condition != errcodes.CondParameterUnreadable {
				t.Errorf("%s: Evidence(%s) = %s; the mapping has %s", table, m.Condition, e, m.Evidence)
			}
			borrowed := m.Row.Origin != errcodes.OwnPage && (table != albCurrent || m.Row.Origin != errcodes.LaterPage)
			_, written := firm[table]
			switch {
			case written || m.Row.Origin == errcodes.GatewayPage:
			case borrowed && m.Evidence != errcodes.Assumed, !borrowed && table != albCurrent && m.Evidence != m.Condition.Evidence():
				t.Errorf("%s: %s is %s", table, m.Condition, m.Evidence)
			}
		}
		if want, written := firm[table]; written {
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got)\n%s", table, diff)
			}
		}
	}
}

// TestContrary writes out what speaks against which mapping.
func TestContrary(t *testing.T) {
	want := map[string]string{
		"SetDomainServerCertificate DomainNameMissing": "R1", "SetDomainServerCertificate DomainNameMalformed": "R11",
		"SetDomainServerCertificate CertNameMalformed": "R9", "SetDomainServerCertificate CertificateNotPEM": "R4",
		"SetDomainServerCertificate PrivateKeyEncrypted": "R10",
		"UploadUserCertificate CertNameMissing":          "A8", "UploadUserCertificate CertNameMalformed": "A8",
		"UploadUserCertificate CertificateNotPEM": "R8", "UploadUserCertificate CertificateMalformed": "R8",
	}
	maps.Copy(want, slbContrary)
	for _, op := range []string{"SetCdnDomainSSLCertificate", "SetDcdnDomainSSLCertificate", "SetVodDomainSSLCertificate"} {
		want[op+" DomainNameMalformed"], want[op+" CertNameMalformed"] = "R11", "R9"
		want[op+" CertificateMissing"], want[op+" PrivateKeyEncrypted"] = "A6", "R10"
		want[op+" ContentDuplicated"] = "R6"
	}
	for _, cond := range []string{
		"CertificateUnidentified", "CertificateMissing", "PrivateKeyMissing", "CertificateTooLong", "PrivateKeyTooLong", "PrivateKeyBlank",
		"CertificateNotPEM", "PrivateKeyNotPEM", "CertificateMalformed", "CertificateNotServer", "PrivateKeyEncrypted", "PrivateKeyUnsupported",
		"PrivateKeyMalformed", "KeyMismatch", "PlanNotOnline", "SiteCertificateNotFound", "CertificateNotFound", "StoredKeyMissing", "SiteNotCovered",
	} {
		want["SetCertificate "+cond] = "E3"
	}
	got := map[string]string{}
	for table := range errcodes.Tables() {
		if table == vod || table == live { // have what the original table has
			continue
		}
		for cond := range table.Conditions() {
			if c := table.Contrary(cond); !c.IsZero() {
				got[table.String()+" "+cond.String()] = c.Source.Key
				if e := table.Error(cond); e.Contrary != c.Says {
					t.Errorf("%s: the error of %s says %q", table, cond, e.Contrary.EN)
				}
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestSitesOfTheCenter: the operations of the certificate center have every message in
// both languages, those of the gateway and of other products in English only.
func TestSitesOfTheCenter(t *testing.T) {
	han := func(s string) bool { return strings.ContainsFunc(s, func(r rune) bool { return r > 0x2e80 }) }
	for table := range errcodes.Tables() {
		abroad := table
		abroad.Site = errcodes.InternationalSite
		english := slices.Collect(abroad.Rows())
		i := 0
		for row := range table.Rows() {
			center := table.Operation.Product() == "cas" && row.Origin != errcodes.GatewayPage
			if han(row.Message) != center || han(english[i].Message) || !center && english[i] != row || english[i].Code != row.Code {
				t.Errorf("%s: %+v, abroad %+v", table, row, english[i])
			}
			if diff := cmp.Diff(slices.Collect(table.ConditionsFor(row)), slices.Collect(abroad.ConditionsFor(english[i]))); diff != "" {
				t.Errorf("%s: %s (-china +international)\n%s", table, row.Code, diff)
			}
			i++
		}
		for m := range abroad.Mappings() {
			if got := abroad.ErrorOf(m.Condition, fieldOf(table.Operation, m.Parameter)).Message; han(got) {
				t.Errorf("%s: %s says %q abroad", table, m.Condition, got)
			}
		}
	}
}

// TestTablesOfSites: a table of the international site is one of its own where there are
// two languages, and travels by its name.
func TestTablesOfSites(t *testing.T) {
	for table := range errcodes.Tables() {
		abroad := table
		abroad.Site = errcodes.InternationalSite
		two := table == upload || table == remove || table == stored || table == detail
		if (abroad.Resolve() == abroad) != two {
			t.Errorf("%s: two languages: %v", table, !two)
		}
		text, err := abroad.MarshalText()
		var back errcodes.Table
		if read := back.UnmarshalText(text); err != nil || (read == nil) != two || two && back != abroad {
			t.Errorf("%s: %q, %v, %v, %v", abroad, text, err, read, back)
		}
	}
}
