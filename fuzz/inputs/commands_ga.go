package inputs

import (
	"slices"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
)

// accelerated gives a request of GA its accelerator, its region and a domain for each
// certificate, as far as its operation has them. Others stay as they are.
func accelerated(s *fuzz.Source, m *history, r Change) Change {
	if r.Op.Product() != alb.GA {
		return r
	}
	r.Region = gaRegion(s)
	if r.Op.Parameter(errcodes.FieldDomainName) == "" {
		return r
	}
	r.AcceleratorID = "ga-1"
	if len(r.Domains) == 0 {
		for range r.CertificateIDs {
			r.Domains = append(r.Domains, domainOfListener(s, m))
		}
	}
	if r.Op.Parameter(errcodes.FieldCertificateID) == "" {
		r.CertificateIDs = nil
	}
	switch odd := fuzz.Pick(s, "", "a b", "例子.example", "A.EXAMPLE", "a.example"); s.Weighted(16, 1, 1, 1, 1, 1, 1) {
	case 1:
		r.AcceleratorID = fuzz.Pick(s, "", "", "ga-9", loadBalancer(s, m))
	case 2:
		r.ListenerID = ""
	case 3:
		r.Domains = append([]string{odd}, r.Domains...)
	case 4:
		r.Domains = append(slices.Clip(r.Domains), odd)
	case 5:
		r.Domains = r.Domains[:len(r.Domains)/2]
	case 6:
		if len(r.CertificateIDs) > 0 {
			r.CertificateIDs = append([]string{fuzz.Pick(s, "", "1 cn-hangzhou")}, r.CertificateIDs[1:]...)
		}
	}
	return r
}

// ofDomain makes requests of an operation on domains that mostly have a certificate.
func ofDomain(op errcodes.Operation) func(*fuzz.Source, *history) Change {
	return func(s *fuzz.Source, m *history) Change {
		r := associate(s, m)
		r.Op, r.Domains = op, nil
		var known []association
		for a := range m.Associated.All() {
			if m.product(a.Listener) == alb.GA {
				known = append(known, a)
			}
		}
		if len(known) > 0 && !s.OneIn(4) {
			a := fuzz.Pick(s, known...)
			r.ListenerID, r.Domains = a.Listener, []string{a.Associated}
			r.CertificateIDs = r.CertificateIDs[:min(1, len(r.CertificateIDs))]
		}
		if s.OneIn(6) {
			r.CertificateIDs = []string{fuzz.Pick(s, m.NotServer.Pick(s, "none"), "9-cn-hangzhou")}
		}
		m.moveTo(s, &r, alb.GA)
		return accelerated(s, m, r)
	}
}

func accelerator(s *fuzz.Source, m *history) string {
	if s.OneIn(8) {
		return fuzz.Pick(s, "", loadBalancer(s, m))
	}
	return "ga-1"
}

func gaRegion(s *fuzz.Source) string {
	if s.OneIn(24) {
		return ""
	}
	return cas.Region
}

func domainOfListener(s *fuzz.Source, m *history) string {
	if s.OneIn(8) {
		return m.Associated.Pick(s, association{}).Associated
	}
	return fuzz.Pick(s, "a.example", "b.example", "*.example", "c.example", "d.example", "e.example")
}
