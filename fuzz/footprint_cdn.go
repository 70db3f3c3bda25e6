package fuzz

import (
	"iter"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/validate"
)

// The footprints of this library's machines. Domains and load balancers fall
// apart, unless certificates, tokens or whole lists tie them together.
//
// Things are named "kind value". A thing that many inputs look at and few or none
// change, such as the standing of the account, ties nothing together in a history
// in which it does not change.

type touchFunc = func(thing string, how Touch)

// CDNFootprint is the footprint of model/cdn.
func CDNFootprint(s cdn.State, _ iter.Seq[Input], link func(...string)) func(Input, touchFunc) {
	for name, d := range s.Domains.All() {
		if d.Bound != "" {
			link("domain "+name, certificateThing(d.Bound))
		}
	}
	linkCentre(s.Centre, link)
	return func(in Input, touch touchFunc) { touchCDN(in.CDN(), touch) }
}

func linkCentre(s centre.State, link func(...string)) {
	for name, c := range s.Certificates.All() {
		link(append(certificateThings(c), certificateThing(name))...)
		linkMade("certificate ", name, link)
	}
}

func certificateThing(name string) string { return "certificate " + name }

// madeOf returns the ids that a machine may have made an id of, because they were
// taken: it appends -2, -3, …
func madeOf(id string) (taken []string) {
	for {
		base, number, found := cutLast(id, "-")
		if n, err := strconv.Atoi(number); !found || err != nil || n < 2 {
			return taken
		}
		taken = append(taken, base)
		id = base
	}
}

// touchMade touches something under an id that may have been made of others: then
// whoever has one of these decides about it, too.
func touchMade(kind, id string, touch touchFunc) {
	touch(kind+id, Write)
	for _, taken := range madeOf(id) {
		touch(kind+taken, Read)
	}
}

func linkMade(kind, id string, link func(...string)) {
	for _, taken := range madeOf(id) {
		link(kind+id, kind+taken)
	}
}

func cutLast(s, separator string) (before, after string, found bool) {
	i := strings.LastIndex(s, separator)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(separator):], true
}

// certificateThings are the other names that a certificate goes by.
func certificateThings(c centre.Certificate) (things []string) {
	if c.ID != "" {
		things = append(things, idThings(c.ID)...)
	}
	if c.Leaf.SHA256 != "" {
		things = append(things, "leaf "+c.Leaf.SHA256)
	}
	return things
}

// idThings names a certificate by its id, and, as some reads know it, by the number
// before it. One that the centre may give out itself is a thing with all those.
func idThings(id string) []string {
	number, _, found := strings.Cut(id, "-")
	n, err := strconv.Atoi(number)
	if !found || err != nil || n < 0 {
		return []string{"id " + id, "number odd"}
	}
	if n >= centre.FirstNumber {
		return []string{"id " + id, "number " + strconv.Itoa(n), "numbers"}
	}
	return []string{"id " + id, "number " + strconv.Itoa(n)}
}

func each(touch touchFunc, how Touch, things ...string) {
	for _, thing := range things {
		touch(thing, how)
	}
}

func touchCDN(in cdn.Input, touch touchFunc) {
	// domain is what happens to one domain, and so to the lists of them.
	domain := func(name string) {
		touch("domain "+name, Write)
		touch("domains", Add)
	}
	certificate := func(name string) {
		touchMade("certificate ", name, touch)
		touch("certificates", Add)
	}
	if a, isSet := cdn.SettingOf(in.Action); isSet {
		touchSet(&a, touch, domain, certificate)
		return
	}
	switch a := in.Action.(type) {
	case cdn.UploadUserCertificate:
		if !a.Check.Accepted() {
			return
		}
		name := a.Name
		if name == "" {
			name = "cert-" + a.RequestID
		}
		certificate(name)
		touch("numbers", Write)
		touch("leaf "+a.Check.Leaf.SHA256, Write)
	case cdn.AccountSuspended, cdn.AccountReinstated:
		touch("account", Write)
	case cdn.DomainAdded:
		domain(a.Name)
	case cdn.DomainRemoved:
		domain(a.Name)
	case cdn.ConfigurationFinished:
		domain(a.Domain)
	case cdn.DomainTakenOffline:
		domain(a.Domain)
	case cdn.DomainBroughtOnline:
		domain(a.Domain)
	case cdn.ProtectionChanged:
		domain(a.Domain)
	case cdn.ScheduleChanged:
		domain(a.Domain)
	case cdn.PermissionChanged:
		domain(a.Domain)
	case cdn.FreeCertificateIssued:
		domain(a.Domain)
	case cdn.FreeCertificateWithdrawn:
		domain(a.Domain)
	case cdn.CertificateAdded:
		certificate(a.Certificate.Name)
		each(touch, Write, certificateThings(a.Certificate)...)
	case cdn.CertificateRemoved:
		certificate(a.Name)
	case cdn.CertificateStatusChanged:
		certificate(a.Name)
	case cdn.LockChanged:
		certificate(a.Name)
	case cdn.DescribeDomainCertificateInfo:
		touch("domain "+domainForm(a.DomainName), Read)
	case cdn.DescribeCdnDomainDetail:
		touch("domain "+domainForm(a.DomainName), Read)
	case cdn.DescribeUserDomains:
		touch("domains", Read)
	case cdn.ListTagResources:
		for _, name := range a.ResourceIDs {
			touch("domain "+domainForm(name), Read)
		}
	case cdn.ListUserCertificateOrder:
		touch("certificates", Read)
	case cdn.GetUserCertificateDetail:
		readNumber(a.CertID, touch)
	case cdn.GetCertificateDetail:
		readNumber(a.CertID, touch)
	case nil:
	default: // of a kind that is not known here
		touch(Everything, Write)
	}
}

func touchSet(a *cdn.Setting, touch touchFunc, domain, certificate func(string)) {
	if !a.Check.Accepted() {
		return
	}
	touch("account", Read)
	domain(a.DomainName)
	touch("certificates", Add) // off may delete the one that is bound
	if !a.On || a.CertType == "free" {
		return
	}
	switch {
	case a.CertType == "cas" && a.CertID != "":
		each(touch, Write, idThings(a.CertID)...)
		if a.CertName != "" {
			certificate(a.CertName)
		}
	case a.CertName != "":
		certificate(a.CertName)
	case a.CertType == "cas":
		touch("leaf "+a.Check.Leaf.SHA256, Write)
	default:
		certificate("cert-" + a.RequestID)
	}
	if a.CertType != "cas" {
		// Uploads of one leaf disturb each other only where one asks
		// whether there is another.
		how := Add
		if a.Operation.Table().Has(errcodes.CondContentDuplicated) {
			how = Write
		}
		touch("leaf "+a.Check.Leaf.SHA256, how)
	}
}

// domainForm is the form that the machine keeps a domain's name in.
func domainForm(name string) string {
	if ascii, err := validate.DomainName(name); err == nil {
		return ascii
	}
	return name
}

// readNumber is a read of whatever certificate has a number.
func readNumber(n int, touch touchFunc) {
	for _, thing := range idThings(centre.IDOf(n)) {
		touch(thing, Read)
	}
}
