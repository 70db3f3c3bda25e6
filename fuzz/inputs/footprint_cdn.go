package inputs

import (
	"cmp"
	"iter"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// The footprints of this library's machines. Domains and load balancers are independent
// unless certificates, tokens or whole lists connect them.
//
// Resources are named "kind value". A resource that many inputs read, such as the status
// of the account, connects inputs only in a history that changes it.

type accessFunc = func(resource string, how fuzz.Access)

// cdnFootprint is the footprint of model/cdn.
func cdnFootprint(s cdn.State, _ iter.Seq[Input], link func(...string)) func(Input, accessFunc) {
	for name, d := range s.Domains.All() {
		if d.Bound != "" {
			link("domain "+name, certificateResource(d.Bound))
		}
	}
	linkCertificates(s.CAS, link)
	return func(in Input, access accessFunc) { accessCDN(in.CDN(), access) }
}

func linkCertificates(s cas.State, link func(...string)) {
	for name, c := range s.Certificates.All() {
		link(append(certificateResources(c), certificateResource(name))...)
		linkMade("certificate ", name, link)
	}
}

func certificateResource(name string) string { return "certificate " + name }

// madeOf returns the ids from which a machine may have derived an id. If an id is taken,
// the machine appends -2, -3, …
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

// accessMade writes a resource with an id that may be derived from other ids, and reads
// the resources with these.
func accessMade(kind, id string, access accessFunc) {
	access(kind+id, fuzz.Write)
	for _, taken := range madeOf(id) {
		access(kind+taken, fuzz.Read)
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

// certificateResources returns the other names of a certificate.
func certificateResources(c cas.Certificate) (resources []string) {
	if c.ID != "" {
		resources = append(resources, idResources(c.ID)...)
	}
	if c.Leaf.SHA256 != "" {
		resources = append(resources, "leaf "+c.Leaf.SHA256)
	}
	return resources
}

// idResources names a certificate by its id, and by the number in it, which some reads use.
// All numbers that CAS may choose are one more resource.
func idResources(id string) []string {
	number, _, found := strings.Cut(id, "-")
	n, err := strconv.Atoi(number)
	if !found || err != nil || n < 0 {
		return []string{"id " + id, "number odd"}
	}
	if n >= cas.FirstNumber && n < cas.FirstUploadNumber {
		return []string{"id " + id, "number " + strconv.Itoa(n), "numbers"}
	}
	return []string{"id " + id, "number " + strconv.Itoa(n)}
}

func each(access accessFunc, how fuzz.Access, resources ...string) {
	for _, resource := range resources {
		access(resource, how)
	}
}

// accessDomain changes one domain, and so the lists of domains.
func accessDomain(id string, access accessFunc) {
	access("domain "+id, fuzz.Write)
	access("domains", fuzz.Add)
}

// accessCertificate changes one certificate, and so the lists of certificates.
func accessCertificate(name string, access accessFunc) {
	accessMade("certificate ", name, access)
	access("certificates", fuzz.Add)
}

func accessCDN(in cdn.Input, access accessFunc) {
	switch a := in.Action.(type) {
	case cas.Action:
		accessCAS(a, access)
	case cdn.SetCertificate:
		accessSet(&a, access)
	case cdn.AccountSuspended, cdn.AccountReinstated, cdn.RepeatedContentChanged:
		access("account", fuzz.Write)
	case cdn.DescribeDomainCertificateInfo:
		access("domain "+domainForm(a.DomainName), fuzz.Read)
	case cdn.DescribeCdnDomainDetail:
		access("domain "+domainForm(a.DomainName), fuzz.Read)
	case cdn.DescribeDomain:
		access("domain "+domainForm(cdn.DomainID(a.Product, a.DomainName)), fuzz.Read)
	case cdn.DescribeCertificate:
		access("domain "+domainForm(cdn.DomainID(a.Product, a.DomainName)), fuzz.Read)
	case cdn.DescribeUserDomains, cdn.DescribeDomains:
		access("domains", fuzz.Read)
	case cdn.ListTagResources:
		for _, name := range a.ResourceIDs {
			access("domain "+domainForm(cdn.DomainID(a.Product, name)), fuzz.Read)
		}
	case nil:
	case cdn.Action:
		if r := a.About(); a.Kind() == model.Event && r.Type == "domain" {
			accessDomain(r.ID, access)
			return
		}
		access(fuzz.All, fuzz.Write)
	default: // unknown
		access(fuzz.All, fuzz.Write)
	}
}

func accessCAS(action cas.Action, access accessFunc) {
	switch a := action.(type) {
	case cas.UploadUserCertificate:
		access("site", fuzz.Read)
		if !a.Check.Accepted() || a.Name == "" {
			return
		}
		accessCertificate(a.Name, access)
		access("numbers", fuzz.Write)
		access("leaf "+a.Check.Leaf.SHA256, fuzz.Write)
	case cas.CertificateAdded:
		accessCertificate(a.Certificate.Name, access)
		each(access, fuzz.Write, certificateResources(a.Certificate)...)
	case cas.CertificateRemoved, cas.CertificateStatusChanged, cas.LockChanged:
		accessCertificate(a.About().ID, access)
	case cas.DeleteUserCertificate:
		access("site", fuzz.Read)
		each(access, fuzz.Write, idResources(cas.IDIn(a.CertID, a.Region))...)
		access("certificates", fuzz.Add)
	case cas.CreateCertificateName:
		access(fuzz.All, fuzz.Write) // it reaches the domains that are bound to it
	case cas.SiteChanged:
		access("site", fuzz.Write)
	case cas.CreateDeploymentJob:
		each(access, fuzz.Read, "site", "numbers")
		for text := range strings.SplitSeq(a.CertIDs, ",") {
			if n, err := strconv.Atoi(text); err == nil {
				each(access, fuzz.Read, idResources(cas.IDIn(n, a.Region))...)
			}
		}
		access("deployments", fuzz.Write)
	case cas.UpdateDeploymentJobStatus, cas.DeploymentFailed:
		access("site", fuzz.Read)
		access("deployments", fuzz.Write)
	case cas.DescribeDeploymentJob:
		each(access, fuzz.Read, "site", "deployments")
	case cas.ListContact:
	case cas.ListCertificates:
		access(fuzz.All, fuzz.Write) // it tells which certificates are in use
	case cas.ListUserCertificateOrder:
		access("certificates", fuzz.Read)
	case cas.GetUserCertificateDetail:
		access("site", fuzz.Read)
		each(access, fuzz.Read, idResources(cas.IDIn(a.CertID, a.Region))...)
	case cas.GetCertificateDetail:
		access("site", fuzz.Read)
		each(access, fuzz.Read, idResources(cas.IDIn(a.CertID, a.Region))...)
	default: // unknown
		access(fuzz.All, fuzz.Write)
	}
}

func accessSet(a *cdn.SetCertificate, access accessFunc) {
	if !a.Check.Accepted() {
		return
	}
	access("account", fuzz.Read)
	accessDomain(a.About().ID, access)
	access("certificates", fuzz.Add) // off may delete the one that is bound
	if !a.On() || a.CertType == "free" {
		return
	}
	switch {
	case a.CertType == "cas" && a.CertID != "":
		each(access, fuzz.Write, idResources(a.CertID)...)
		if a.CertName != "" {
			accessCertificate(a.CertName, access)
		}
	case a.CertName != "":
		accessCertificate(a.CertName, access)
	case a.CertType == "cas":
		access("leaf "+a.Check.Leaf.SHA256, fuzz.Write)
	default:
		accessCertificate("cert-"+a.RequestID, access)
	}
	if a.CertType != "cas" {
		name := cmp.Or(a.CertName, "cert-"+a.RequestID)
		each(access, fuzz.Write, idResources(cas.IDOf(cas.UploadNumber(a.RequestID, name)))...)
		// Uploads of one leaf disturb each other only where one asks
		// whether there is another.
		how := fuzz.Add
		if a.Operation.Table().Has(errcodes.CondContentDuplicated) {
			how = fuzz.Write
		}
		access("leaf "+a.Check.Leaf.SHA256, how)
	}
}

// domainForm returns a domain's name in the form that the machine keeps.
func domainForm(name string) string {
	product, name := cdn.SplitID(name)
	if ascii, err := validate.DomainName(name); err == nil {
		name = ascii
	}
	return cdn.DomainID(product, name)
}
