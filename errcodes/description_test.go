package errcodes_test

import (
	"maps"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
)

// TestDescriptions counts the rows of each table that have the vendor's own Chinese
// description, by the source, and those that have none. The golden files have the texts.
// The messages of the certificate center are Chinese themselves, and no Chinese page is
// known of ALB's rows and of the gateway's.
func TestDescriptions(t *testing.T) {
	const none = "none"
	want := map[string]map[string]int{
		"SetDomainServerCertificate":                                  {"cdn": 24},
		"AssociateAdditionalCertificatesWithListener":                 {none: 16},
		"AssociateAdditionalCertificatesWithListener (later edition)": {none: 17},
		"DissociateAdditionalCertificatesFromListener":                {none: 14},
		"UpdateListenerAttribute":                                     {none: 9},
		"ListListenerCertificates":                                    {none: 3},
		"GetLoadBalancerAttribute":                                    {none: 2},
		"CreateListener":                                              {none: 14},
		"DeleteListener":                                              {none: 7},
		"SetCdnDomainSSLCertificate":                                  {"cdn-ssl": 1, "cdn-codes": 1, "cdn": 5, none: 33},
		"SetDcdnDomainSSLCertificate":                                 {"dcdn-zh": 28, "cdn": 3, none: 10},
		"SetVodDomainCertificate":                                     {"vod": 24},
		"SetVodDomainSSLCertificate":                                  {"vod": 5, none: 22},
		"SetLiveDomainCertificate":                                    {"live": 1, "live-codes": 2, "vod": 20, none: 3},
		"UploadUserCertificate":                                       {none: 17},
		"DeleteUserCertificate":                                       {none: 4},
		"ListUserCertificateOrder":                                    {none: 2},
		"DescribeDomainCertificateInfo":                               {"cdn": 1, none: 1},
		"DescribeCdnDomainDetail":                                     {"cdn": 1, none: 1},
		"ListTagResources":                                            {"cdn": 1},
		"GetUserCertificateDetail":                                    {none: 4},
		"GetCertificateDetail":                                        {none: 3},
		"SetCertificate":                                              {"esa": 1, "esa-siblings": 2, none: 13},
		"DeleteCertificate":                                           {"esa": 1, "esa-delete": 2, "esa-siblings": 1, none: 4},
		"GetCertificate":                                              {"esa-siblings": 1, none: 4},
		"ListCertificates":                                            {"esa-siblings": 1, none: 5},
		"ListInstanceQuotasWithUsage":                                 {"esa-siblings": 1, none: 2},
		"ListSites":                                                   {none: 2},
	}
	maps.Copy(want, slbDescriptions)
	for table, count := range gaDescriptions {
		want[table.String()] = count
	}
	known := map[string]bool{}
	for s := range errcodes.Sources() {
		known[s.Key] = s.Evidence == errcodes.Documented
	}
	for table, rows := range map[errcodes.Table]int{nlb: 13, nlbRemove: 12, nlbUpdate: 21, nlbList: 3, nlbBalancer: 2, nlbJob: 2} {
		want[table.String()] = map[string]int{none: rows}
	}
	got := map[string]map[string]int{}
	for table := range errcodes.Tables() {
		count := map[string]int{}
		for row := range table.Rows() {
			d := row.Description
			switch {
			case d.IsZero():
				count[none]++
			case !known[d.Source] || !strings.ContainsFunc(d.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
				t.Errorf("%s, %s: %+v", table, row.Code, d)
			default:
				count[d.Source]++
			}
		}
		got[table.String()] = count
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +table)\n%s", diff)
	}
}
