package account_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/validate"
)

const (
	siteID   = 9
	siteName = "example.com"
)

// oneSite is an account with a site whose plan allows two certificates.
func oneSite(t *testing.T) account.State {
	t.Helper()
	s, _ := accepted(t, account.State{}, input(esa.PlanAdded{ID: "p"}), input(esa.SiteAdded{ID: siteID, Site: esa.Site{Name: siteName, Plan: "p"}}))
	return s
}

// timed gives inputs the time of reads, in the order of the inputs.
func timed(n int, in account.Input) account.Input {
	in.At = readingTime + int64(n)*aDay
	return in
}

// setOf is a call of SetCertificate for the site.
func setOf(requestID string, req validate.CDNRequest) account.Input {
	req.Op, req.SiteID = errcodes.SetCertificate, strconv.Itoa(siteID)
	return input(esa.Set(requestID, &req, validate.Options{}).Action)
}

// siteItem is what tools read about a certificate of a site.
type siteItem struct {
	ID         string `json:"Id"`
	CasID      string `json:"CasId"`
	Name       string
	SAN        string
	Type       string
	Status     string
	CreateTime string
}

// decoded reads an answer.
func decoded[A any](t *testing.T, out model.Output) (a A) {
	t.Helper()
	data, err := json.Marshal(out.Body)
	if err == nil {
		err = json.Unmarshal(data, &a)
	}
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// listSite lists the certificates of the site.
func listSite(t *testing.T, s account.State, list esa.ListCertificates) []siteItem {
	t.Helper()
	list.SiteID = siteID
	_, out := accepted(t, s, timed(90, input(list)))
	return decoded[struct{ Result []siteItem }](t, out).Result
}

// storedInCenter uploads a pair to the certificate center under a fresh name.
func storedInCenter(t *testing.T, s account.State, name string, pair validate.CDNRequest) (account.State, int) {
	t.Helper()
	up := cas.Upload("u", &validate.CASRequest{Name: name, Certificate: pair.Certificate, PrivateKey: pair.PrivateKey}, validate.Options{})
	s, _ = accepted(t, s, input(up.Action))
	c, _ := s.CAS.Get(name)
	return s, c.Number()
}

// TestSiteByUploadToTheCenter: a tool uploads to the center, looks whether the site has the
// certificate, and adds it by number. A certificate that is there already is fine for it.
func TestSiteByUploadToTheCenter(t *testing.T) {
	first, renewed := pairs()
	s := oneSite(t)
	for round, pair := range []validate.CDNRequest{first, renewed} {
		var number int
		s, number = storedInCenter(t, s, fmt.Sprint("tool_", round), pair)
		has := slices.ContainsFunc(listSite(t, s, esa.ListCertificates{PageNumber: 1, PageSize: 10}), func(c siteItem) bool { return c.CasID == strconv.Itoa(number) })
		if has {
			t.Errorf("round %d: it is there", round)
		}
		req := validate.CDNRequest{CertRegion: cas.Region, CertType: "cas", CertID: strconv.Itoa(number)}
		s, _ = accepted(t, s, setOf(fmt.Sprint("s", round), req))
		if next, out := (account.Machine{}).Step(s, setOf("again", req)); out.Error.Code != errcodes.CertificateDuplicated || next != s {
			t.Errorf("round %d, again: %s", round, out.Outcome())
		}
	}

	// The quota is used up: the tool has to remove one.
	s, number := storedInCenter(t, s, "third", first)
	third := setOf("s3", validate.CDNRequest{CertRegion: cas.Region, CertType: "cas", CertID: strconv.Itoa(number)})
	if _, out := (account.Machine{}).Step(s, third); out.Error.Condition != errcodes.CondQuotaExceeded {
		t.Errorf("a third one: %s", out.Outcome())
	}
	oldest := listSite(t, s, esa.ListCertificates{PageNumber: 1, PageSize: 10})[0]
	prune := input(esa.DeleteCertificate{RequestID: "d", SiteID: siteID, ID: oldest.ID})
	s, _ = accepted(t, s, prune, third)
	if _, out := (account.Machine{}).Step(s, prune); out.Error.Code != errcodes.CertificateNotFound {
		t.Errorf("a second removal: %s", out.Outcome())
	}
}

// TestSiteByName: another tool looks the site up by name, makes room if the quota is used
// up, and replaces the certificate that has the same names.
func TestSiteByName(t *testing.T) {
	first, renewed := pairs()
	s := oneSite(t)
	for round, pair := range []validate.CDNRequest{first, renewed, first} {
		var number int
		s, number = storedInCenter(t, s, fmt.Sprint("cert_", round), pair)
		_, out := accepted(t, s, input(esa.ListSites{SiteName: siteName, SiteSearchType: "exact"}))
		sites := decoded[struct {
			Sites []struct {
				SiteID   int `json:"SiteId"`
				SiteName string
			}
		}](t, out).Sites
		if len(sites) != 1 || sites[0].SiteID != siteID || sites[0].SiteName != siteName {
			t.Fatalf("sites %+v", sites)
		}
		leaf, err := validate.ParseLeaf(pair.Certificate)
		if err != nil {
			t.Fatal(err)
		}
		id := ""
		for _, c := range listSite(t, s, esa.ListCertificates{}) {
			if slices.Contains(strings.Split(c.SAN, ","), strings.Split(leaf.Names, ",")[0]) && c.Type == "cas" {
				id = c.ID
			}
		}
		if replaces := round > 0; replaces != (id != "") {
			t.Errorf("round %d replaces %q", round, id)
		}
		_, out = accepted(t, s, input(esa.ListInstanceQuotasWithUsage{SiteID: siteID, QuotaNames: esa.CertificateQuota}))
		quotas := decoded[struct {
			Quotas []struct{ Usage, QuotaValue string }
		}](t, out).Quotas
		if used := strconv.Itoa(min(round, 1)); len(quotas) != 1 || quotas[0].Usage != used || quotas[0].QuotaValue != "2" {
			t.Errorf("round %d: quotas %+v", round, quotas)
		}
		s, out = accepted(t, s, timed(round, setOf(fmt.Sprint("s", round), validate.CDNRequest{
			CertType: "cas", CertID: strconv.Itoa(number), CertName: fmt.Sprint("cert_", round), CertRegion: cas.Region, SiteCertificateID: id,
		})))
		if got := decoded[siteItem](t, out).ID; id != "" && got != id || got == "" {
			t.Errorf("round %d: the certificate is %q; want %q", round, got, id)
		}
	}
	items := listSite(t, s, esa.ListCertificates{})
	if len(items) != 1 || items[0].Name != "cert_2" || items[0].CreateTime != "2026-09-21 14:13:20" {
		t.Errorf("certificates %+v", items)
	}
}

// TestSiteWithoutRegion: a third tool sends no region, and removes what has the status
// Expired afterwards.
func TestSiteWithoutRegion(t *testing.T) {
	first, _ := pairs()
	s, number := storedInCenter(t, oneSite(t), "new", first)
	s, _ = accepted(t, s, input(esa.SiteCertificateAdded{Site: siteID, ID: "old", Certificate: esa.Certificate{Name: "old", Leaf: validate.Leaf{NotAfter: 1}}}),
		setOf("s", validate.CDNRequest{CertType: "cas", CertID: strconv.Itoa(number), CertName: "new"}))
	for _, c := range listSite(t, s, esa.ListCertificates{PageSize: 100}) {
		if c.Status == "Expired" {
			s, _ = accepted(t, s, input(esa.DeleteCertificate{SiteID: siteID, ID: c.ID}))
		}
	}
	if items := listSite(t, s, esa.ListCertificates{}); len(items) != 1 || items[0].Name != "new" {
		t.Errorf("certificates %+v", items)
	}
}

// TestSiteAsResource: a tool that holds what it made as a resource uploads the pair, reads
// it, uploads the renewed pair under the same id, and removes it.
func TestSiteAsResource(t *testing.T) {
	first, renewed := pairs()
	s, id := oneSite(t), ""
	for round, pair := range []validate.CDNRequest{first, renewed} {
		pair.CertType, pair.SiteCertificateID = "upload", id
		if round == 0 {
			pair.CertName = "site"
		}
		var out model.Output
		s, out = accepted(t, s, setOf(fmt.Sprint("s", round), pair))
		id = decoded[siteItem](t, out).ID
		_, out = accepted(t, s, timed(0, input(esa.GetCertificate{SiteID: siteID, ID: id})))
		got := decoded[struct {
			Certificate string
			SiteID      int `json:"SiteId"`
			Result      siteItem
		}](t, out)
		if got.Certificate != validate.PublicText(pair.Certificate) || got.SiteID != siteID || got.Result.ID != id || got.Result.Name != "site" || got.Result.Type != "upload" {
			t.Errorf("round %d: %+v", round, got)
		}
	}
	s, _ = accepted(t, s, input(esa.DeleteCertificate{SiteID: siteID, ID: id}))
	if _, out := (account.Machine{}).Step(s, input(esa.GetCertificate{SiteID: siteID, ID: id})); out.Error.Code != errcodes.CertificateNotFound {
		t.Errorf("after the removal: %s", out.Outcome())
	}
}
