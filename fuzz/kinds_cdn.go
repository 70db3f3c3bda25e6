package fuzz

import (
	"slices"

	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/centre"
)

// kind is a kind of this library's inputs.
type kind = Kind[*Memory, Input]

// of makes a kind of a function that makes an action.
func of[A any](name string, weight int, make func(*Source, *Memory) A) kind {
	return kind{Name: name, Weight: weight, Make: func(s *Source, m *Memory) Input { return Input{make(s, m)} }}
}

// once makes the kind ready when there is something that it needs.
func once(ready func(*Memory) bool, k kind) kind {
	k.Ready = ready
	return k
}

func hasDomain(m *Memory) bool      { return m.Domains.Len() > 0 }
func hasName(m *Memory) bool        { return m.Names.Len() > 0 }
func hasConfiguring(m *Memory) bool { return m.Configuring.Len() > 0 }
func hasNumber(m *Memory) bool      { return m.Numbers.Len() > 0 }

// cdnKinds are the inputs of the CDN machine.
func cdnKinds() []kind {
	return slices.Concat([]kind{
		once(hasDomain, of("set upload", 12, setUpload)),
		once(hasDomain, of("set centre", 8, setCentre)),
		once(hasDomain, of("set free", 3, setFree)),
		once(hasDomain, of("set off", 6, setOff)),
		of("set odd", 2, setOdd),
		of("upload", 4, upload),
		of("account suspended", 1, func(*Source, *Memory) cdn.AccountSuspended { return cdn.AccountSuspended{} }),
		of("account reinstated", 3, func(*Source, *Memory) cdn.AccountReinstated { return cdn.AccountReinstated{} }),
		of("domain added", 5, domainAdded),
		once(hasDomain, of("domain removed", 1, func(s *Source, m *Memory) cdn.DomainRemoved { return cdn.DomainRemoved{Name: domain(s, m)} })),
		once(hasConfiguring, of("configuration finished", 14, func(s *Source, m *Memory) cdn.ConfigurationFinished {
			return cdn.ConfigurationFinished{Domain: m.Configuring.Pick(s, domain(s, m))}
		})),
		once(hasDomain, of("taken offline", 2, func(s *Source, m *Memory) cdn.DomainTakenOffline { return cdn.DomainTakenOffline{Domain: domain(s, m)} })),
		once(hasDomain, of("brought online", 3, func(s *Source, m *Memory) cdn.DomainBroughtOnline {
			return cdn.DomainBroughtOnline{Domain: domain(s, m)}
		})),
		once(hasDomain, of("protection", 2, func(s *Source, m *Memory) cdn.ProtectionChanged {
			return cdn.ProtectionChanged{Domain: domain(s, m), On: s.Bool()}
		})),
		once(hasDomain, of("schedule", 2, func(s *Source, m *Memory) cdn.ScheduleChanged {
			return cdn.ScheduleChanged{Domain: domain(s, m), On: s.Bool()}
		})),
		once(hasDomain, of("permission", 2, func(s *Source, m *Memory) cdn.PermissionChanged {
			return cdn.PermissionChanged{Domain: domain(s, m), Allowed: !s.OneIn(3)}
		})),
		once(hasDomain, of("free certificate issued", 2, func(s *Source, m *Memory) cdn.FreeCertificateIssued {
			return cdn.FreeCertificateIssued{Domain: domain(s, m)}
		})),
		once(hasDomain, of("free certificate withdrawn", 1, func(s *Source, m *Memory) cdn.FreeCertificateWithdrawn {
			return cdn.FreeCertificateWithdrawn{Domain: domain(s, m)}
		})),
		of("certificate added", 4, certificateAdded),
		once(hasName, of("certificate removed", 1, func(s *Source, m *Memory) cdn.CertificateRemoved {
			return cdn.CertificateRemoved{Name: certificateName(s, m)}
		})),
		once(hasName, of("certificate status", 2, func(s *Source, m *Memory) cdn.CertificateStatusChanged {
			return cdn.CertificateStatusChanged{
				Name: certificateName(s, m), Status: Pick(s, centre.Issued, centre.Revoked, centre.Expired, centre.Issued, centre.Pending, "other"),
			}
		})),
		once(hasName, of("lock", 2, func(s *Source, m *Memory) cdn.LockChanged {
			return cdn.LockChanged{Name: certificateName(s, m), On: s.Bool()}
		})),
	}, sslKinds("set cdn", func(r SetCdn) any { return r }), sslKinds("set dcdn", func(r SetCdn) any { return SetDcdn(r) }), cdnReads())
}

func cdnReads() []kind {
	return []kind{
		once(hasDomain, of("domain certificate", 2, func(s *Source, m *Memory) cdn.DescribeDomainCertificateInfo {
			return cdn.DescribeDomainCertificateInfo{RequestID: requestID(s, m), DomainName: domain(s, m)}
		})),
		once(hasDomain, of("domain detail", 2, func(s *Source, m *Memory) cdn.DescribeCdnDomainDetail {
			return cdn.DescribeCdnDomainDetail{RequestID: requestID(s, m), DomainName: domain(s, m)}
		})),
		of("domains", 1, func(s *Source, m *Memory) cdn.DescribeUserDomains {
			return cdn.DescribeUserDomains{RequestID: requestID(s, m), PageNumber: pageNumber(s), PageSize: pageSize(s)}
		}),
		once(hasDomain, of("tags", 1, func(s *Source, m *Memory) cdn.ListTagResources {
			r := cdn.ListTagResources{RequestID: requestID(s, m)}
			for range s.Weighted(1, 6, 1) {
				r.ResourceIDs = append(r.ResourceIDs, domain(s, m))
			}
			return r
		})),
		of("certificates", 1, func(s *Source, m *Memory) cdn.ListUserCertificateOrder {
			return cdn.ListUserCertificateOrder{RequestID: requestID(s, m), CurrentPage: pageNumber(s), ShowSize: pageSize(s)}
		}),
		once(hasNumber, of("user certificate", 1, func(s *Source, m *Memory) cdn.GetUserCertificateDetail {
			return cdn.GetUserCertificateDetail{RequestID: requestID(s, m), CertID: certificateNumber(s, m)}
		})),
		once(hasNumber, of("certificate detail", 1, func(s *Source, m *Memory) cdn.GetCertificateDetail {
			return cdn.GetCertificateDetail{RequestID: requestID(s, m), CertID: certificateNumber(s, m)}
		})),
	}
}

func pageNumber(s *Source) int { return Pick(s, 0, 1, 2, -1, 1<<31-1) }
func pageSize(s *Source) int   { return Pick(s, 0, 1, 2, 100, -1, 1<<31-1) }

func setUpload(s *Source, m *Memory) Set {
	r := Set{
		RequestID: requestID(s, m), DomainName: anyDomain(s, m), Status: "on", CertType: Pick(s, "upload", ""),
		CertName: anyName(s, m), ForceSet: Pick(s, "", "1", "0"), At: callTime(s),
	}
	r.Certificate, r.PrivateKey = material(s)
	return r
}

// setCentre wants a certificate of the centre, by its name or by its content, with
// or without a key.
func setCentre(s *Source, m *Memory) Set {
	r := Set{RequestID: requestID(s, m), DomainName: anyDomain(s, m), Status: "on", CertType: "cas", ForceSet: Pick(s, "", "1"), At: callTime(s)}
	certificate, key := material(s)
	switch s.Weighted(4, 2, 1, 1) {
	case 0:
		r.CertName = anyName(s, m)
	case 1:
		r.Certificate = certificate
	case 2:
		r.CertName, r.Certificate = anyName(s, m), certificate
	}
	if s.OneIn(3) {
		r.PrivateKey = key
	}
	return r
}

func setFree(s *Source, m *Memory) Set {
	return Set{RequestID: requestID(s, m), DomainName: anyDomain(s, m), Status: "on", CertType: "free"}
}

func setOff(s *Source, m *Memory) Set {
	return Set{RequestID: requestID(s, m), DomainName: anyDomain(s, m), Status: Pick(s, "off", "")}
}

// setOdd has parameters that are words and spelt in ways that they may not be,
// besides those that they may.
func setOdd(s *Source, m *Memory) Set {
	r := setUpload(s, m)
	r.Status = Pick(s, "on", "ON", "off", "", "true", " on")
	r.CertType = Pick(s, "upload", "Upload", "cas", "free", "", "other")
	r.ForceSet = Pick(s, "", "0", "1", "true", " 1", "2")
	return r
}

func upload(s *Source, m *Memory) Upload {
	r := Upload{RequestID: requestID(s, m), Name: anyName(s, m), At: callTime(s)}
	r.Certificate, r.PrivateKey = material(s)
	return r
}

func domainAdded(s *Source, m *Memory) cdn.DomainAdded {
	e := cdn.DomainAdded{Name: Pick(s, domains...)}
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
		e.Domain.Free = Pick(s, cdn.FreeIssued, cdn.FreeFailed, "other")
	case 7:
		e.Name = Pick(s, "WWW.example.com", "", "www.example.com.", "none")
	}
	return e
}

func certificateAdded(s *Source, m *Memory) cdn.CertificateAdded {
	c := newCertificate(s, m)
	switch s.Intn(16) {
	case 0, 1:
		c.ID = ""
	case 2:
		c.Name = "-----BEGIN PRIVATE KEY-----"
	}
	return cdn.CertificateAdded{Certificate: c}
}

// newCertificate is one that appears in the certificate centre.
func newCertificate(s *Source, m *Memory) centre.Certificate {
	c := centre.Certificate{
		Name: certificateName(s, m), ID: centre.IDOf(Pick(s, 1, 2, 3, 4, 5, 6, centre.FirstNumber, centre.FirstNumber+1)),
		Status:    Pick(s, centre.Issued, "", centre.Pending, centre.Revoked, centre.Expired, centre.Issued, "other"),
		KeyStored: s.Bool(),
	}
	if s.OneIn(2) {
		c.Name = "of " + c.ID
	}
	if s.Bool() {
		l := goodPairs[s.Intn(len(goodPairs))][0].leaf()
		c.Leaf, c.PEM = l.Leaf, l.pem
	}
	c.NotServer = s.OneIn(6)
	return c
}
