package inputs

import (
	"slices"
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// command is a command of this library's generators.
type command = fuzz.Command[*history, Input]

// of makes a command from a function that makes an action.
func of[A any](name string, weight int, action func(*fuzz.Source, *history) A) command {
	return command{Name: name, Weight: weight, Make: func(s *fuzz.Source, m *history) Input { return Input{action(s, m)} }}
}

// once makes a command that is not ready before the history has what it needs.
func once(ready func(*history) bool, k command) command {
	k.Ready = ready
	return k
}

func hasDomain(m *history) bool      { return m.Domains.Len() > 0 }
func hasName(m *history) bool        { return m.Names.Len() > 0 }
func hasConfiguring(m *history) bool { return m.Configuring.Len() > 0 }
func hasNumber(m *history) bool      { return m.Numbers.Len() > 0 }
func hasOffline(m *history) bool     { return m.Offline.Len() > 0 }
func hasFree(m *history) bool        { return m.Free.Len() > 0 }
func hasCenter(m *history) bool      { return m.Center.Len() > 0 }
func isSuspended(m *history) bool    { return m.Suspended }
func isReinstated(m *history) bool   { return !m.Suspended }
func lacksDomain(m *history) bool    { return m.Domains.Len() < len(domainIDs) }

// cdnCommands are the commands of model/cdn.
func cdnCommands() []command {
	commands := []command{
		of("upload", 4, upload),
		once(hasNumber, of("certificate deleted", 2, func(s *fuzz.Source, m *history) cas.DeleteUserCertificate {
			return cas.DeleteUserCertificate{RequestID: requestID(s, m), Region: region(s), CertID: certificateNumber(s, m)}
		})),
		of("deployments and site", 1, deploymentOrSite),
		of("repeated content", 2, func(s *fuzz.Source, m *history) cdn.RepeatedContentChanged {
			return cdn.RepeatedContentChanged{Refuse: toggled(s, m.RefuseRepeated)}
		}),
		once(isReinstated, of("account suspended", 1, func(*fuzz.Source, *history) cdn.AccountSuspended { return cdn.AccountSuspended{} })),
		once(isSuspended, of("account reinstated", 6, func(*fuzz.Source, *history) cdn.AccountReinstated { return cdn.AccountReinstated{} })),
		once(lacksDomain, of("domain added", 9, domainAdded)),
		once(hasDomain, of("domain removed", 1, func(s *fuzz.Source, m *history) cdn.DomainRemoved { return cdn.DomainRemoved{Name: domain(s, m)} })),
		once(hasConfiguring, of("configuration finished", 18, func(s *fuzz.Source, m *history) cdn.ConfigurationFinished {
			return cdn.ConfigurationFinished{Domain: among(s, &m.Configuring, m, domain)}
		})),
		once(hasDomain, of("taken offline", 2, func(s *fuzz.Source, m *history) cdn.DomainTakenOffline {
			return cdn.DomainTakenOffline{Domain: domain(s, m)}
		})),
		once(hasOffline, of("brought online", 5, func(s *fuzz.Source, m *history) cdn.DomainBroughtOnline {
			return cdn.DomainBroughtOnline{Domain: among(s, &m.Offline, m, domain)}
		})),
		once(hasDomain, of("protection", 2, func(s *fuzz.Source, m *history) cdn.ProtectionChanged {
			d := domain(s, m)
			return cdn.ProtectionChanged{Domain: d, On: toggled(s, m.Protected.Has(d))}
		})),
		once(hasDomain, of("schedule", 2, func(s *fuzz.Source, m *history) cdn.ScheduleChanged {
			d := m.Secured.Pick(s, domain(s, m))
			return cdn.ScheduleChanged{Domain: d, On: toggled(s, m.Scheduled.Has(d))}
		})),
		once(hasDomain, of("permission", 2, func(s *fuzz.Source, m *history) cdn.PermissionChanged {
			d := among(s, &m.Forbidden, m, domain)
			return cdn.PermissionChanged{Domain: d, Allowed: toggled(s, !m.Forbidden.Has(d))}
		})),
		once(hasDomain, of("free certificate issued", 2, func(s *fuzz.Source, m *history) cdn.FreeCertificateIssued {
			return cdn.FreeCertificateIssued{Domain: domain(s, m)}
		})),
		once(hasFree, of("free certificate withdrawn", 1, func(s *fuzz.Source, m *history) cdn.FreeCertificateWithdrawn {
			return cdn.FreeCertificateWithdrawn{Domain: among(s, &m.Free, m, domain)}
		})),
		of("certificate added", 4, certificateAdded),
		once(hasCenter, of("certificate removed", 1, func(s *fuzz.Source, m *history) cas.CertificateRemoved {
			return cas.CertificateRemoved{Name: among(s, &m.Center, m, certificateName)}
		})),
		once(hasCenter, of("certificate status", 2, func(s *fuzz.Source, m *history) cas.CertificateStatusChanged {
			status := fuzz.Pick(s, cas.Expired, cas.Revoked, cas.Issued, cas.Expired, cas.Revoked)
			if s.OneIn(6) {
				status = fuzz.Pick(s, cas.Pending, "other")
			}
			return cas.CertificateStatusChanged{Name: among(s, &m.Center, m, certificateName), Status: status}
		})),
		once(hasName, of("lock", 7, func(s *fuzz.Source, m *history) cas.LockChanged {
			name := certificateName(s, m)
			return cas.LockChanged{Name: name, On: toggled(s, m.Locked.Has(name))}
		})),
	}
	for _, op := range cdn.Operations() {
		commands = append(commands, setCommands(op)...)
	}
	return slices.Concat(commands, cdnReads(), domainCommands())
}

func cdnReads() []command {
	return []command{
		once(hasDomain, of("domain certificate", 2, func(s *fuzz.Source, m *history) cdn.DescribeDomainCertificateInfo {
			return cdn.DescribeDomainCertificateInfo{RequestID: requestID(s, m), DomainName: textDomain(s, m, "Cdn")}
		})),
		once(hasDomain, of("domain detail", 2, func(s *fuzz.Source, m *history) cdn.DescribeCdnDomainDetail {
			return cdn.DescribeCdnDomainDetail{RequestID: requestID(s, m), DomainName: textDomain(s, m, "Cdn")}
		})),
		of("domains", 1, func(s *fuzz.Source, m *history) cdn.DescribeUserDomains {
			return cdn.DescribeUserDomains{RequestID: requestID(s, m), PageNumber: pageNumber(s), PageSize: pageSize(s)}
		}),
		once(hasDomain, of("tags", 1, func(s *fuzz.Source, m *history) cdn.ListTagResources {
			r := cdn.ListTagResources{RequestID: requestID(s, m)}
			for range s.Weighted(1, 6, 1) {
				r.ResourceIDs = append(r.ResourceIDs, textDomain(s, m, "Cdn"))
			}
			return r
		})),
		of("certificates", 1, func(s *fuzz.Source, m *history) cas.ListUserCertificateOrder {
			return cas.ListUserCertificateOrder{
				RequestID: requestID(s, m), Region: region(s), CurrentPage: pageNumber(s), ShowSize: pageSize(s),
				OrderType: fuzz.Pick(s, "", "CERT", "CERT", "UPLOAD", "CPACK", "BUY"), Status: fuzz.Pick(s, "", "", "", "ISSUED", "EXPIRED", "REVOKED"),
				Keyword: fuzz.Pick(s, "", "", "", "EXAMPLE", "A", "none"),
			}
		}),
		of("lists of the center", 1, centerList),
		once(hasNumber, of("user certificate", 1, func(s *fuzz.Source, m *history) cas.GetUserCertificateDetail {
			return cas.GetUserCertificateDetail{RequestID: requestID(s, m), Region: region(s), CertID: certificateNumber(s, m), CertFilter: s.Bool()}
		})),
		once(hasNumber, of("certificate detail", 1, func(s *fuzz.Source, m *history) cas.GetCertificateDetail {
			return cas.GetCertificateDetail{RequestID: requestID(s, m), Region: region(s), CertID: certificateNumber(s, m)}
		})),
	}
}

// region is mostly the default region of the certificate center.
func region(s *fuzz.Source) string {
	if s.OneIn(6) {
		return cas.Overseas
	}
	return ""
}

func pageNumber(s *fuzz.Source) int { return fuzz.Pick(s, 0, 1, 2, -1, 1<<31-1) }
func pageSize(s *fuzz.Source) int   { return fuzz.Pick(s, 0, 1, 2, 100, -1, 1<<31-1) }

// deploymentOrSite is an input of the center that few others depend on.
func deploymentOrSite(s *fuzz.Source, m *history) any {
	switch s.Intn(5) {
	case 4:
		return cas.CreateCertificateName{RequestID: requestID(s, m), Region: region(s), CertID: certificateNumber(s, m), Name: certificateName(s, m)}
	case 0:
		return cas.SiteChanged{Site: fuzz.Pick(s, errcodes.ChinaSite, errcodes.InternationalSite)}
	case 1:
		return cas.UpdateDeploymentJobStatus{RequestID: requestID(s, m), JobID: 1 + s.Intn(3), Status: fuzz.Pick(s, "scheduling", "editing")}
	case 2:
		return cas.DeploymentFailed{Job: 1 + s.Intn(3)}
	default:
		return cas.CreateDeploymentJob{RequestID: requestID(s, m), Region: region(s), Name: "d", CertIDs: strconv.Itoa(certificateNumber(s, m)), ResourceIDs: "1,2"}
	}
}

// centerList is one of the center's less common reads.
func centerList(s *fuzz.Source, m *history) any {
	switch s.Intn(4) {
	case 0:
		return cas.ListCertificates{RequestID: requestID(s, m), Region: region(s), CurrentPage: pageNumber(s), ShowSize: pageSize(s)}
	case 1:
		return cas.ListContact{RequestID: requestID(s, m), CurrentPage: pageNumber(s), ShowSize: pageSize(s)}
	case 2:
		return cas.DescribeDeploymentJob{RequestID: requestID(s, m), JobID: 1 + s.Intn(3)}
	default:
		return cdn.ListCloudResources{
			RequestID: requestID(s, m), CloudProduct: fuzz.Pick(s, "", "cdn", "ALB"), Keyword: fuzz.Pick(s, "", "WWW"),
			CurrentPage: pageNumber(s), ShowSize: pageSize(s),
		}
	}
}

func upload(s *fuzz.Source, m *history) Upload {
	r := Upload{RequestID: requestID(s, m), Region: region(s), Name: anyName(s, m), At: callTime(s)}
	r.Certificate, r.PrivateKey = pairOfFixtures(s)
	return r
}

// domainIDs are the domains that appear: of the products with fewer requests, fewer.
var domainIDs = slices.Concat(domains, idsOf("dcdn", domains[:2]), idsOf("vod", domains[:2]), idsOf("live", domains[:2]))

func idsOf(product string, names []string) (ids []string) {
	for _, name := range names {
		ids = append(ids, cdn.DomainID(product, name))
	}
	return ids
}

func domainAdded(s *fuzz.Source, m *history) cdn.DomainAdded {
	from, to := 0, len(domains)
	if s.Bool() {
		from, to = to, len(domainIDs)
	}
	e := cdn.DomainAdded{Name: fresh(s, m.Domains.Has, domainIDs[from:to]...)}
	switch s.Weighted(12, 1, 1, 1, 1, 1, 1, 1) {
	case 1:
		e.Domain.Foreign = true
	case 2:
		e.Domain.PlainHTTP = true
	case 3:
		e.Domain.Forbidden = true
	case 4:
		e.Domain.Offline = true
	case 5:
		e.Domain.Configuring = true
	case 6:
		e.Domain.Free = fuzz.Pick(s, cdn.FreeIssued, cdn.FreeFailed, "other")
	case 7:
		e.Name = fuzz.Pick(s, "WWW.example.com", "", "www.example.com.", "none")
	}
	return e
}

func certificateAdded(s *fuzz.Source, m *history) cas.CertificateAdded {
	c := newCertificate(s, m)
	switch s.Intn(16) {
	case 0, 1:
		c.ID = ""
	case 2:
		c.Name = "-----BEGIN PRIVATE KEY-----"
	}
	return cas.CertificateAdded{Certificate: c}
}

// ofID begins the names of certificates that are named after their ids.
const ofID = "of "

// newCertificate is a certificate that appears in CAS.
func newCertificate(s *fuzz.Source, m *history) cas.Certificate {
	in := region(s)
	taken := func(number int) bool { return m.IDs.Has(cas.IDIn(number, in)) }
	c := cas.Certificate{
		Name: fresh(s, m.Names.Has, certificateNames...), ID: cas.IDIn(fresh(s, taken, 1, 2, 3, 4, 5, 6, cas.FirstNumber, cas.FirstNumber+1), in),
		Status:    fuzz.Pick(s, cas.Issued, "", cas.Pending, cas.Revoked, cas.Expired, cas.Issued, "other"),
		KeyStored: s.Bool(),
	}
	if s.OneIn(2) {
		c.Name = ofID + c.ID
	}
	if s.Bool() {
		good := goodPairs[s.Intn(len(goodPairs))]
		check := validate.Summarize(&validate.CASRequest{Pair: pairOf(good[0], good[1])}, validate.Options{})
		c.Leaf, c.PEM = check.Leaf, check.Certificate
	}
	c.NotServer, c.Bought = s.OneIn(6), s.OneIn(3)
	return c
}
