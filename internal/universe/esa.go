package universe

import (
	"strconv"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/validate"
)

// The names in the universe of ESA.
const (
	Site      = 1 // its certificates cover
	otherSite = 2 // of the same plan, for which no certificate is
	noSite    = 9
	Plan      = "plan-1"

	// SiteCertificate is the certificate that the site begins with. It is expired, and
	// counts.
	SiteCertificate = "baba1"
	siteName        = "example.com"
	otherName       = "example.org"
)

// ESA returns a space to explore: two sites of a plan that allows two certificates, of
// which one is there and expired, and inputs that reach every condition of SetCertificate.
// It is finite: requests have the same id every time, and what they add has an id that
// follows from it.
func ESA() model.Space[esa.State, esa.Input, model.Output] {
	u := universe{errcodes.SetCertificate, newFixtures()}
	return model.Space[esa.State, esa.Input, model.Output]{
		Machine:    esa.Machine{Initial: u.sites()},
		Inputs:     u.esaInputs(),
		Key:        esa.State.Key,
		Same:       func(from, to esa.State) bool { return from == to },
		Outcome:    outcomeOf(errcodes.SetCertificate),
		Invariants: esa.Invariants(),
	}
}

// now is a time within the validity of the fixtures, in Unix milliseconds, for the inputs
// that have one.
const now = 1_790_000_000_000

// sites is the state to begin with.
func (u *universe) sites() esa.State {
	expired := leafOf(u.OtherCertificate)
	expired.NotAfter = now/1000 - 1
	m := model.Machine[esa.State, esa.Input, model.Output](esa.Machine{})
	s := m.Init()
	for _, a := range []model.Action{
		cas.CertificateAdded{Certificate: cas.Certificate{Name: Center1, ID: cas.IDOf(1), PEM: u.Certificate, Leaf: leafOf(u.Certificate), KeyStored: true}},
		cas.CertificateAdded{Certificate: cas.Certificate{Name: Center2, ID: cas.IDOf(2), PEM: u.OtherCertificate, Leaf: leafOf(u.OtherCertificate)}},
		cas.CertificateAdded{Certificate: cas.Certificate{Name: "client", ID: cas.IDOf(3), NotServer: true, KeyStored: true}},
		esa.PlanAdded{ID: Plan},
		esa.SiteAdded{ID: Site, Site: esa.Site{Name: siteName, Plan: Plan}},
		esa.SiteAdded{ID: otherSite, Site: esa.Site{Name: otherName, Plan: Plan}},
		esa.SiteCertificateAdded{Site: Site, ID: SiteCertificate, Certificate: esa.Certificate{Name: "old", PEM: u.OtherCertificate, Leaf: expired}},
	} {
		next, output := m.Step(s, esa.Input{Action: a})
		if output.Ignored {
			panic("universe: a site that cannot be")
		}
		s = next
	}
	return s
}

// ofSite returns an upload to a site.
func (u *universe) ofSite(site int, name string) wanted {
	return wanted{
		Op: u.operation, SiteID: strconv.Itoa(site), CertType: "upload", CertName: name, Certificate: u.Certificate, PrivateKey: u.PrivateKey,
	}
}

// stored returns a request that gives the site a certificate of the center.
func (u *universe) stored(number int, name string) wanted {
	return wanted{Op: u.operation, SiteID: strconv.Itoa(Site), CertType: "cas", CertName: name, CertID: strconv.Itoa(number)}
}

func (u *universe) esaInputs() []esa.Input {
	set := func(requestID string, w wanted, at int64) esa.Input {
		opts := validate.Options{}
		if at > 0 {
			opts.Now = time.UnixMilli(at)
		}
		in := esa.Set(requestID, &w, opts)
		in.At = at
		return in
	}
	replacing := func(w wanted, id string) wanted {
		w.SiteCertificateID = id
		return w
	}
	inputs := []esa.Input{
		set("s1", u.ofSite(Site, Upload1), now),
		set("s2", u.ofSite(Site, Upload2), 0),
		set("s3", u.stored(1, ""), 0),
		set("s4", replacing(u.ofSite(Site, ""), SiteCertificate), 0),
		set("s5", replacing(u.stored(1, Upload1), SiteCertificate), 0),
		set("s6", replacing(u.ofSite(Site, Upload1), "baba9"), 0),
		set("s7", u.ofSite(otherSite, Upload1), 0),
		set("s8", u.ofSite(noSite, Upload1), 0),
		set("s9", u.stored(9, ""), 0),
		set("s10", u.stored(2, ""), 0),
		set("s11", u.stored(3, ""), 0),
	}
	for i, r := range u.refused(u.ofSite(Site, Upload1)) {
		inputs = append(inputs, esa.Set("refused-"+strconv.Itoa(i+1), &r.wanted, r.opts))
	}
	noType, noNumber := u.ofSite(Site, Upload1), u.ofSite(Site, Upload1)
	noType.CertType, noNumber.SiteID = "", siteName
	inputs = append(
		inputs,
		set("refused-site", wanted{Op: u.operation}, 0), set("refused-type", noType, 0), set("refused-number", noNumber, 0),
	)
	for _, a := range []model.Action{
		esa.DeleteCertificate{RequestID: "d1", SiteID: Site, ID: SiteCertificate},
		esa.DeleteCertificate{RequestID: "d2", SiteID: Site, ID: esa.NewID(Site, "s1", 0)},
		esa.DeleteCertificate{RequestID: "d3", SiteID: noSite, ID: SiteCertificate},
		esa.PlanStatusChanged{Plan: Plan, Status: esa.PlanOffline},
		esa.PlanStatusChanged{Plan: Plan, Status: esa.PlanOnline},
		esa.PlanQuotaChanged{Plan: Plan, Quota: 3},
		esa.SiteStatusChanged{Site: Site, Status: esa.SiteOffline},
		esa.SiteRemoved{ID: otherSite},
		esa.SiteAdded{ID: otherSite, Site: esa.Site{Name: otherName, Plan: Plan}},
		cas.CertificateStatusChanged{Name: Center1, Status: cas.Revoked},
		cas.CertificateStatusChanged{Name: Center1, Status: cas.Issued},
		esa.GetCertificate{RequestID: "q1", SiteID: Site, ID: SiteCertificate},
		esa.GetCertificate{RequestID: "q2", SiteID: noSite, ID: SiteCertificate},
		esa.ListCertificates{RequestID: "q3", SiteID: Site},
		esa.ListCertificates{RequestID: "q4", SiteID: noSite},
		esa.ListInstanceQuotasWithUsage{RequestID: "q5", SiteID: Site, QuotaNames: esa.CertificateQuota},
		esa.ListInstanceQuotasWithUsage{RequestID: "q6", SiteID: noSite, QuotaNames: esa.CertificateQuota},
		esa.ListSites{RequestID: "q7"},
		esa.DeleteCertificate{RequestID: "m1"},
		esa.DeleteCertificate{RequestID: "m2", SiteID: Site},
		esa.GetCertificate{RequestID: "m3"},
		esa.GetCertificate{RequestID: "m4", SiteID: Site},
		esa.ListCertificates{RequestID: "m5"},
		esa.ListInstanceQuotasWithUsage{RequestID: "m6", SiteID: Site},
	} {
		inputs = append(inputs, esa.Input{Action: a})
	}
	return inputs
}
