package inputs

import (
	"slices"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/validate"
)

// esaCommands are the commands of model/esa.
func esaCommands() []command {
	return append([]command{
		once(hasSite, of("certificate of a site uploaded", 12, setSiteUpload)),
		once(hasSite, of("certificate of a site stored", 6, setSiteStored)),
		once(hasSite, of("certificate of a site odd", 2, setSiteOdd)),
		once(hasSiteCertificate, of("certificate of a site deleted", 3, func(s *fuzz.Source, m *history) esa.DeleteCertificate {
			c := anySiteCertificate(s, m)
			return esa.DeleteCertificate{RequestID: requestID(s, m), SiteID: c.Site, ID: c.ID}
		})),
		once(lacksPlan, of("plan added", 5, func(s *fuzz.Source, m *history) esa.PlanAdded {
			return esa.PlanAdded{ID: fresh(s, m.Plans.Has, plans...), Plan: esa.Plan{
				Status: fuzz.Pick(s, "", esa.PlanOnline, "", "", esa.PlanOffline, "other"), Quota: fuzz.Pick(s, 0, 1, 2, 3, 8, -1),
			}}
		})),
		once(hasPlan, of("plan status", 2, func(s *fuzz.Source, m *history) esa.PlanStatusChanged {
			id := among(s, &m.PlansOff, m, plan)
			if toggled(s, m.PlansOff.Has(id)) {
				return esa.PlanStatusChanged{Plan: id, Status: fuzz.Pick(s, esa.PlanOffline, esa.PlanDisabled)}
			}
			return esa.PlanStatusChanged{Plan: id, Status: esa.PlanOnline}
		})),
		once(hasPlan, of("plan quota", 2, func(s *fuzz.Source, m *history) esa.PlanQuotaChanged {
			return esa.PlanQuotaChanged{Plan: plan(s, m), Quota: fuzz.Pick(s, 4, 3, 2, 1, 0, 8, -1)}
		})),
		once(lacksSite, of("site added", 7, func(s *fuzz.Source, m *history) esa.SiteAdded {
			return esa.SiteAdded{ID: fresh(s, m.Sites.Has, sites...), Site: esa.Site{
				Name: fresh(s, m.SiteNames.Has, siteNames...), Plan: plan(s, m), Status: fuzz.Pick(s, "", esa.SiteActive, "", esa.SitePending, "other"),
			}}
		})),
		once(hasSite, of("site status", 1, func(s *fuzz.Source, m *history) esa.SiteStatusChanged {
			return esa.SiteStatusChanged{Site: site(s, m), Status: fuzz.Pick(s, esa.SiteOffline, esa.SiteMoved, esa.SitePending, esa.SiteActive)}
		})),
		once(hasSite, of("site removed", 1, func(s *fuzz.Source, m *history) esa.SiteRemoved { return esa.SiteRemoved{ID: site(s, m)} })),
		once(hasSite, of("certificate of a site added", 3, siteCertificateAdded)),
	}, esaReads()...)
}

// centerCommands are those commands of the certificate center that a machine without
// domains and listeners has.
func centerCommands() []command {
	return slices.DeleteFunc(cdnCommands(), func(c command) bool {
		return !slices.Contains([]string{"certificate added", "certificate removed", "certificate status", "lock"}, c.Name)
	})
}

func hasPlan(m *history) bool            { return m.Plans.Len() > 0 }
func lacksPlan(m *history) bool          { return m.Plans.Len() < len(plans) }
func hasSite(m *history) bool            { return m.Sites.Len() > 0 }
func lacksSite(m *history) bool          { return hasPlan(m) && m.Sites.Len() < len(sites) }
func hasSiteCertificate(m *history) bool { return m.SiteCertificates.Len() > 0 }

func esaReads() []command {
	return []command{
		once(hasSiteCertificate, of("certificate of a site", 2, func(s *fuzz.Source, m *history) esa.GetCertificate {
			c := anySiteCertificate(s, m)
			return esa.GetCertificate{RequestID: requestID(s, m), SiteID: c.Site, ID: c.ID}
		})),
		once(hasSite, of("certificates of a site", 2, func(s *fuzz.Source, m *history) esa.ListCertificates {
			return esa.ListCertificates{
				RequestID: requestID(s, m), SiteID: site(s, m), PageNumber: pageNumber(s), PageSize: pageSize(s),
				Keyword: fuzz.Pick(s, "", "", "A", "www.", "none"), ValidOnly: s.OneIn(4),
			}
		})),
		of("quotas of a plan", 1, func(s *fuzz.Source, m *history) esa.ListInstanceQuotasWithUsage {
			r := esa.ListInstanceQuotasWithUsage{RequestID: requestID(s, m), SiteID: site(s, m), QuotaNames: fuzz.Pick(s, esa.CertificateQuota, "other,"+esa.CertificateQuota, "other", "")}
			if s.OneIn(4) {
				r.SiteID, r.InstanceID = 0, plan(s, m)
			}
			return r
		}),
		of("sites", 1, func(s *fuzz.Source, m *history) esa.ListSites {
			return esa.ListSites{
				RequestID: requestID(s, m), SiteName: fuzz.Pick(s, "", siteNames[0], "Example.COM", "example"),
				SiteSearchType: fuzz.Pick(s, "", "exact", "prefix", "suffix", "fuzzy", "other"), PageNumber: pageNumber(s), PageSize: pageSize(s),
			}
		}),
	}
}

var (
	plans = []string{"sp-1", "sp-2"}
	sites = []int64{1, 2, 3}

	// siteNames are names of sites. Good pairs are for all but the last.
	siteNames = []string{"example.com", "www.example.com", "cdn.example.com", "example.net"}
)

func plan(s *fuzz.Source, m *history) string {
	if s.OneIn(16) {
		return fuzz.Pick(s, "sp-9", "sp-2", "")
	}
	return m.Plans.Pick(s, plans[0])
}

// site is the number of a site that exists or may exist.
func site(s *fuzz.Source, m *history) int64 {
	if s.OneIn(16) {
		return fuzz.Pick[int64](s, 9, 2, 0, -1)
	}
	return m.Sites.Pick(s, sites[0])
}

// anySiteCertificate is a certificate that exists or may exist.
func anySiteCertificate(s *fuzz.Source, m *history) siteCertificate {
	c := m.SiteCertificates.Pick(s, siteCertificate{sites[0], "baba1"})
	if s.OneIn(8) {
		c.Site = site(s, m)
	}
	if s.OneIn(12) {
		c.ID = fuzz.Pick(s, "baba9", "baba1", "")
	}
	return c
}

// setSite is a request without a certificate. Some replace one.
func setSite(s *fuzz.Source, m *history) SetSite {
	r := SetSite{RequestID: requestID(s, m), SiteID: esa.SiteKey(site(s, m)), CertName: anyName(s, m)}
	if s.OneIn(3) {
		r.CertName = ""
	}
	if s.OneIn(4) {
		c := anySiteCertificate(s, m)
		r.SiteID, r.ID = esa.SiteKey(c.Site), c.ID
	}
	return r
}

func setSiteUpload(s *fuzz.Source, m *history) SetSite {
	r := setSite(s, m)
	r.CertType, r.At = "upload", callTime(s)
	r.Certificate, r.PrivateKey = pairOfFixtures(s)
	return r
}

func setSiteStored(s *fuzz.Source, m *history) SetSite {
	r := setSite(s, m)
	r.CertType, r.CertID, r.CertRegion = "cas", certificateDecimal(s, m), fuzz.Pick(s, "", cas.Region, "ap-southeast-1")
	return r
}

// setSiteOdd misspells some parameters that take one of a few words or a number.
func setSiteOdd(s *fuzz.Source, m *history) SetSite {
	r := setSiteUpload(s, m)
	r.SiteID = fuzz.Pick(s, r.SiteID, "", "one", "1.0", "+1", "99999999999999999999", "1")
	r.CertType = fuzz.Pick(s, "upload", "cas", "", "Upload", "free")
	r.CertID = fuzz.Pick(s, "", "1", "1-cn-hangzhou", "１")
	r.CertRegion = fuzz.Pick(s, "", cas.Region, "ap-southeast-1", "cn-beijing")
	r.At = 0
	return r
}

func siteCertificateAdded(s *fuzz.Source, m *history) esa.SiteCertificateAdded {
	e := esa.SiteCertificateAdded{
		Site: site(s, m), ID: fuzz.Pick(s, "baba1", "baba2", "baba3", "baba4", "baba5", "baba6", "baba7", ""),
		Certificate: esa.Certificate{Name: fuzz.Pick(s, "A", "B", "C", "D", "E", "F", "G", ""), Type: fuzz.Pick(s, "", esa.Upload, esa.Upload, esa.Stored, esa.Stored, "other")},
	}
	if s.Bool() {
		good := goodPairs[s.Intn(len(goodPairs))]
		check := validate.Summarize(&validate.CASRequest{Pair: pairOf(good[0], good[1])}, validate.Options{})
		e.Certificate.Leaf, e.Certificate.PEM = check.Leaf, check.Certificate
	}
	return e
}
