package inputs

import (
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/validate"
)

// albCommands are the commands of model/alb.
func albCommands() []command {
	return append([]command{
		once(hasTaking, of("associate", 16, associate)),
		once(hasAssociated, of("dissociate", 8, dissociate)),
		{Name: "again", Weight: 4, Make: again, Ready: hasChange},
		once(hasListener, of("default certificate by request", 3, func(s *fuzz.Source, m *history) alb.UpdateListenerAttribute {
			r := alb.UpdateListenerAttribute{RequestID: requestID(s, m), ListenerID: listener(s, m), CertificateID: certificateID(s, m)}
			switch s.Intn(12) {
			case 0, 3:
				r.CertificateID = ""
			case 1, 2:
				r.CertificateID = certificateDecimal(s, m)
			}
			if s.OneIn(6) {
				r.Attributes = attributes(s)
			}
			return r
		})),
		once(hasLoadBalancer, of("create listener", 2, createListener)),
		once(hasListener, of("delete listener", 1, func(s *fuzz.Source, m *history) alb.DeleteListener {
			return alb.DeleteListener{RequestID: requestID(s, m), ListenerID: listener(s, m), ClientToken: clientToken(s, m), DryRun: s.OneIn(6)}
		})),
		once(hasListenerOf(alb.NLB), of("default certificate of NLB", 3, func(s *fuzz.Source, m *history) Change {
			return setDefault(s, m, alb.NLB, errcodes.NLBUpdateListenerAttribute)
		})),
		once(hasListenerOf(alb.GA), of("default certificate of GA", 3, func(s *fuzz.Source, m *history) Change {
			return setDefault(s, m, alb.GA, errcodes.UpdateListener)
		})),
		once(hasListenerOf(alb.GA), of("certificate of a domain", 4, ofDomain(errcodes.UpdateAdditionalCertificateWithListener))),
		once(hasListenerOf(alb.GA), of("domains dissociated", 4, ofDomain(errcodes.GADissociateAdditionalCertificatesFromListener))),
		once(hasJob, of("job finished", 10, func(s *fuzz.Source, m *history) alb.JobFinished { return alb.JobFinished{Job: job(s, m)} })),
		once(hasJob, of("job failed", 3, func(s *fuzz.Source, m *history) alb.JobFailed { return alb.JobFailed{Job: job(s, m)} })),
		once(lacksListener, of("listener added", 5, listenerAdded)),
		once(hasListener, of("listener removed", 1, func(s *fuzz.Source, m *history) alb.ListenerRemoved { return alb.ListenerRemoved{ID: listener(s, m)} })),
		once(hasStopped, of("listener started", 4, func(s *fuzz.Source, m *history) alb.ListenerStarted {
			return alb.ListenerStarted{ID: among(s, &m.Stopped, m, listener)}
		})),
		once(hasListener, of("listener stopped", 1, func(s *fuzz.Source, m *history) alb.ListenerStopped {
			return alb.ListenerStopped{ID: fresh(s, m.cannotStop, append(slices.Collect(m.Listeners.All()), listener(s, m))...)}
		})),
		once(hasProvisioning, of("listener provisioned", 6, func(s *fuzz.Source, m *history) alb.ListenerProvisioned {
			return alb.ListenerProvisioned{ID: among(s, &m.Provisioning, m, listener)}
		})),
		once(lacksLoadBalancer, of("load balancer added", 6, loadBalancerAdded)),
		once(hasLoadBalancer, of("load balancer permission", 2, func(s *fuzz.Source, m *history) alb.PermissionChanged {
			id := among(s, &m.ForbiddenLoadBalancers, m, loadBalancer)
			return alb.PermissionChanged{LoadBalancer: id, Allowed: toggled(s, !m.ForbiddenLoadBalancers.Has(id))}
		})),
		once(hasQuota, of("quota raised", 1, func(s *fuzz.Source, m *history) alb.QuotaRaised {
			id := loadBalancer(s, m)
			for known := range m.LoadBalancers.All() {
				if productOf(id) != "" && productOf(known) == "" && !s.OneIn(8) { // only ALB has a quota
					id = known
				}
			}
			limit := m.Limits[id]
			return alb.QuotaRaised{LoadBalancer: id, Quota: fuzz.Pick(s, limit+1, limit+2, limit+1, limit+1, 26, 150, 151, 300, 301, 0, -1, limit)}
		})),
		once(mayHaveDefault, of("default certificate set", 3, func(s *fuzz.Source, m *history) alb.DefaultCertificateSet {
			e := alb.DefaultCertificateSet{Listener: listener(s, m), Certificate: certificateID(s, m)}
			if free := m.takable(e.Listener); len(free) > 0 && !s.OneIn(3) {
				e.Certificate = fuzz.Pick(s, free...)
			}
			return e
		})),
		once(hasDefault, of("default certificate removed", 1, func(s *fuzz.Source, m *history) alb.DefaultCertificateRemoved {
			return alb.DefaultCertificateRemoved{Listener: among(s, &m.Defaulted, m, listener)}
		})),
		once(lacksCertificate, of("certificate added by id", 8, albCertificateAdded)),
		once(hasID, of("certificate removed by id", 1, func(s *fuzz.Source, m *history) cas.CertificateRemoved {
			return cas.CertificateRemoved{Name: ofID + certificateID(s, m)}
		})),
		once(hasToken, of("token forgotten", 1, func(s *fuzz.Source, m *history) alb.TokenForgotten {
			return alb.TokenForgotten{Token: m.Tokens.Pick(s, "none")}
		})),
	}, albReads()...)
}

func hasTaking(m *history) bool {
	return slices.ContainsFunc(slices.Collect(m.Listeners.All()), m.takes)
}
func hasLoadBalancer(m *history) bool { return m.LoadBalancers.Len() > 0 }
func hasQuota(m *history) bool {
	return slices.ContainsFunc(slices.Collect(m.LoadBalancers.All()), isALB)
}
func isALB(loadBalancer string) bool { return productOf(loadBalancer) == "" }
func hasListener(m *history) bool    { return m.Listeners.Len() > 0 }
func hasListenerOf(product string) func(*history) bool {
	return func(m *history) bool {
		return slices.ContainsFunc(slices.Collect(m.Listeners.All()), func(id string) bool { return m.product(id) == product })
	}
}
func hasAssociated(m *history) bool   { return m.Associated.Len() > 0 }
func hasJob(m *history) bool          { return m.Jobs.Len() > 0 }
func hasID(m *history) bool           { return m.IDs.Len() > 0 }
func hasChange(m *history) bool       { return len(m.Changes) > 0 }
func hasToken(m *history) bool        { return m.Tokens.Len() > 0 }
func hasStopped(m *history) bool      { return m.Stopped.Len() > 0 }
func hasProvisioning(m *history) bool { return m.Provisioning.Len() > 0 }
func hasDefault(m *history) bool      { return m.Defaulted.Len() > 0 }
func mayHaveDefault(m *history) bool  { return hasListener(m) && hasID(m) }
func lacksListener(m *history) bool {
	return hasLoadBalancer(m) && m.Listeners.Len() < len(listeners)
}

// lacksCertificate is true while a listener has little choice.
func lacksCertificate(m *history) bool { return m.IDs.Len() < 6 }

func lacksLoadBalancer(m *history) bool { return m.LoadBalancers.Len() < len(loadBalancers) }

func albReads() []command {
	return []command{
		once(hasListener, of("listener certificates", 2, func(s *fuzz.Source, m *history) alb.ListListenerCertificates {
			id := listener(s, m)
			r := alb.ListListenerCertificates{Product: m.either(s, m.product(id)), RequestID: requestID(s, m), ListenerID: id, MaxResults: pageSize(s)}
			if r.Product == alb.GA {
				r.AcceleratorID, r.RegionID, r.Role = accelerator(s, m), gaRegion(s), fuzz.Pick(s, "", "default", "additional")
			} else {
				r.CertificateType, r.CertType = fuzz.Pick(s, "", "Server", "Ca"), fuzz.Pick(s, "", "Server", "Ca")
			}
			return r
		})),
		once(hasListener, of("listener attribute", 2, func(s *fuzz.Source, m *history) alb.Action {
			id := listener(s, m)
			product := m.either(s, m.product(id))
			if product == alb.GA {
				return alb.DescribeListener{RequestID: requestID(s, m), RegionID: gaRegion(s), ListenerID: id}
			}
			return alb.GetListenerAttribute{Product: product, RequestID: requestID(s, m), ListenerID: id}
		})),
		of("listeners", 1, func(s *fuzz.Source, m *history) alb.ListListeners {
			r := alb.ListListeners{
				RequestID: requestID(s, m), MaxResults: pageSize(s),
				Protocol: fuzz.Pick(s, "", alb.HTTPS, alb.QUIC, alb.HTTP, alb.TCPSSL, alb.TCP),
			}
			if r.Product = m.either(s, m.anyProduct(s)); r.Product == alb.GA {
				return alb.ListListeners{
					Product: alb.GA, RequestID: requestID(s, m), AcceleratorID: accelerator(s, m), RegionID: gaRegion(s),
					PageNumber: s.Intn(3), PageSize: pageSize(s),
				}
			}
			if s.Bool() {
				r.LoadBalancerIDs = []string{loadBalancer(s, m)}
			}
			if s.OneIn(4) {
				r.ListenerIDs = []string{listener(s, m)}
			}
			return r
		}),
		once(hasLoadBalancer, of("load balancer attribute", 1, func(s *fuzz.Source, m *history) alb.Action {
			id := loadBalancer(s, m)
			product := m.either(s, productOf(id))
			if product == alb.GA {
				return alb.DescribeAccelerator{RequestID: requestID(s, m), RegionID: gaRegion(s), AcceleratorID: id}
			}
			return alb.GetLoadBalancerAttribute{Product: product, RequestID: requestID(s, m), LoadBalancerID: id}
		})),
		once(hasListenerOf(alb.NLB), of("job status", 1, func(s *fuzz.Source, m *history) alb.GetJobStatus {
			return alb.GetJobStatus{RequestID: requestID(s, m), JobID: fuzz.Pick(s, job(s, m), job(s, m), "")}
		})),
		of("load balancers", 1, func(s *fuzz.Source, m *history) alb.ListLoadBalancers {
			r := alb.ListLoadBalancers{RequestID: requestID(s, m), MaxResults: pageSize(s)}
			if s.OneIn(4) {
				r.LoadBalancerIDs = []string{loadBalancer(s, m)}
			}
			if s.OneIn(4) {
				r.LoadBalancerNames = []string{loadBalancer(s, m)}
			}
			return r
		}),
		of("regions of ALB", 1, func(s *fuzz.Source, m *history) alb.DescribeRegions {
			return alb.DescribeRegions{RequestID: requestID(s, m), AcceptLanguage: fuzz.Pick(s, "", "en-US")}
		}),
		once(hasListener, of("tags of listeners", 1, func(s *fuzz.Source, m *history) alb.ListTagResources {
			return alb.ListTagResources{RequestID: requestID(s, m), ResourceType: "listener", ResourceIDs: []string{listener(s, m)}}
		})),
		of("jobs", 2, func(s *fuzz.Source, m *history) alb.ListAsynJobs {
			r := alb.ListAsynJobs{RequestID: requestID(s, m), MaxResults: pageSize(s)}
			switch s.Intn(4) {
			case 1:
				r.JobIDs = []string{job(s, m)}
			case 2:
				r.ResourceIDs = []string{listener(s, m)}
			case 3:
				r.JobIDs = []string{job(s, m), job(s, m)}
			}
			return r
		}),
	}
}

var (
	loadBalancers = []string{"alb-1", "alb-2", "nlb-1", "ga-1"}
	listeners     = []string{"lsn-1", "lsn-2", "lsn-3", "lsn-1@443", "lsn-2@443", "lsr-1", "lsr-2"}
)

// productOf returns the product of a load balancer of the generator.
func productOf(loadBalancer string) string {
	switch prefix, _, _ := strings.Cut(loadBalancer, "-"); prefix {
	case "nlb":
		return alb.NLB
	case "ga":
		return alb.GA
	default:
		return ""
	}
}

// products returns the products of the load balancers that there are. Without one of
// another product, every input is of ALB, so that a system that knows nothing else gets
// nothing else.
func (m *history) products() (products []string) {
	products = []string{""}
	for id := range m.LoadBalancers.All() {
		if product := productOf(id); !slices.Contains(products, product) {
			products = append(products, product)
		}
	}
	return products
}

func (m *history) anyProduct(s *fuzz.Source) string { return fuzz.Pick(s, m.products()...) }

// either is mostly the given product, if there are several.
func (m *history) either(s *fuzz.Source, product string) string {
	if len(m.products()) > 1 && s.OneIn(8) {
		return m.anyProduct(s)
	}
	return product
}

// product returns the product of a listener.
func (m *history) product(listener string) string { return productOf(m.Details[listener].LoadBalancer) }

// operation is mostly the one of the listener's product, out of those that do the same.
func (m *history) operation(s *fuzz.Source, listener string, ofALB, ofNLB, ofGA errcodes.Operation) errcodes.Operation {
	product := m.product(listener)
	if !m.Listeners.Has(listener) {
		product = m.anyProduct(s)
	}
	switch m.either(s, product) {
	case alb.NLB:
		return ofNLB
	case alb.GA:
		return ofGA
	default:
		return ofALB
	}
}

func loadBalancer(s *fuzz.Source, m *history) string {
	if s.OneIn(16) {
		return fuzz.Pick(s, "alb-9", "alb-2", "", "")
	}
	return m.LoadBalancers.Pick(s, loadBalancers[0])
}

func listener(s *fuzz.Source, m *history) string {
	if s.OneIn(16) {
		return fuzz.Pick(s, "lsn-9", "lsn-2", "", "")
	}
	return m.Listeners.Pick(s, listeners[0])
}

func job(s *fuzz.Source, m *history) string {
	if s.OneIn(8) {
		return "job-" + m.RequestIDs.Pick(s, "none")
	}
	return m.Jobs.Pick(s, "job-r1")
}

func createListener(s *fuzz.Source, m *history) alb.CreateListener {
	return alb.CreateListener{
		RequestID: requestID(s, m), LoadBalancerID: loadBalancer(s, m), ListenerPort: fuzz.Pick(s, 443, 444, 8443, 80, 0, 65536),
		ListenerProtocol: fuzz.Pick(s, alb.HTTPS, alb.HTTPS, alb.QUIC, alb.HTTP, "", "TCP"), CertificateID: fuzz.Pick(s, certificateID(s, m), certificateID(s, m), ""),
		ClientToken: clientToken(s, m), DryRun: s.OneIn(6), Attributes: attributes(s),
	}
}

func attributes(s *fuzz.Source) alb.Attributes {
	if s.OneIn(4) {
		return alb.Attributes{ActionType: "ForwardGroup", ServerGroupIDs: fuzz.Pick(s, "sgp-1", "sgp-1,sgp-2"), Description: fuzz.Pick(s, "", "shop", "店铺"), GzipEnabled: fuzz.Pick(s, "", "true", "false")}
	}
	return alb.Attributes{ActionType: fuzz.Pick(s, "ForwardGroup", "ForwardGroup", ""), IdleTimeout: s.Intn(61)}
}

func associate(s *fuzz.Source, m *history) Change {
	r := Change{RequestID: requestID(s, m), ListenerID: listener(s, m)}
	if taking := m.taking(); len(taking) > 0 && !s.OneIn(6) {
		r.ListenerID = fuzz.Pick(s, taking...)
	}
	r.CertificateIDs = some(s, 1+s.Intn(3), m.takable(r.ListenerID))
	if len(r.CertificateIDs) == 0 || s.OneIn(8) {
		r.CertificateIDs = []string{certificateID(s, m)}
	}
	switch s.Weighted(16, 3, 1, 1, 2, 1) {
	case 1:
		r.CertificateIDs = append(r.CertificateIDs, certificateID(s, m))
	case 4:
		r.CertificateIDs = append(r.CertificateIDs, certificateDecimal(s, m))
	case 5:
		r.CertificateIDs, r.Certificates = nil, fuzz.Pick(s, "[]", "1-cn-hangzhou")
	case 2:
		r.CertificateIDs = append(r.CertificateIDs, fuzz.Pick(s, "nowhere", "", "1 cn-hangzhou", "1-cn-hangzhou\x00", "证"))
	case 3:
		r.CertificateIDs = nil
		for n := range fuzz.Pick(s, 0, validate.MaxCertificates, validate.MaxCertificates+1) {
			r.CertificateIDs = append(r.CertificateIDs, cas.IDOf(n+1))
		}
	}
	r.ClientToken, r.DryRun = clientToken(s, m), dryRun(s)
	r.Op = m.operation(s, r.ListenerID, 0, errcodes.NLBAssociateAdditionalCertificatesWithListener, errcodes.GAAssociateAdditionalCertificatesWithListener)
	return accelerated(s, m, r)
}

// setDefault sets the default certificate, mostly of a listener of the operation's product.
func setDefault(s *fuzz.Source, m *history, product string, op errcodes.Operation) Change {
	r := associate(s, m)
	r.Op, r.Domains = op, nil
	m.moveTo(s, &r, product)
	if len(r.CertificateIDs) > 1 && !s.OneIn(4) {
		r.CertificateIDs = r.CertificateIDs[len(r.CertificateIDs)-1:]
	}
	return accelerated(s, m, r)
}

// moveTo mostly makes a request one for a listener of a product, and mostly one that can
// take certificates.
func (m *history) moveTo(s *fuzz.Source, r *Change, product string) {
	if m.product(r.ListenerID) == product || s.OneIn(8) {
		return
	}
	busyToo := s.OneIn(4)
	for id := range m.Listeners.All() {
		if m.product(id) == product && (busyToo || m.takes(id) || m.product(r.ListenerID) != product) {
			r.ListenerID = id
		}
	}
}

// some returns up to n of the values.
func some(s *fuzz.Source, n int, of []string) (chosen []string) {
	first := s.Intn(len(of))
	for i := range min(n, len(of)) {
		chosen = append(chosen, of[(first+i)%len(of)])
	}
	return chosen
}

func dryRun(s *fuzz.Source) string {
	if s.OneIn(24) {
		return fuzz.Pick(s, "yes", "false", "True")
	}
	return fuzz.Pick(s, "", "", "", "", "true")
}

// hostileTokens are at the limits of a token.
var hostileTokens = []string{
	strings.Repeat("t", validate.MaxClientToken), strings.Repeat("t", validate.MaxClientToken+1), "é", "a\nb", " ", "r1",
}

func clientToken(s *fuzz.Source, m *history) string {
	switch s.Weighted(8, 4, 4, 1) {
	case 0:
		return ""
	case 1:
		return fuzz.Pick(s, "t1", "t2", "t3", "t4")
	case 2:
		return m.ClientTokens.Pick(s, "t1")
	default:
		return fuzz.Pick(s, hostileTokens...)
	}
}

func (m *history) dissociation(s *fuzz.Source, listener string) errcodes.Operation {
	return m.operation(s, listener, errcodes.DissociateAdditionalCertificatesFromListener,
		errcodes.DisassociateAdditionalCertificatesWithListener, errcodes.GADissociateAdditionalCertificatesFromListener)
}

// dissociate mostly removes an associated certificate.
func dissociate(s *fuzz.Source, m *history) Change {
	if s.Bool() {
		r := associate(s, m)
		r.Op = m.dissociation(s, r.ListenerID)
		return accelerated(s, m, r)
	}
	a := m.Associated.Pick(s, association{listeners[0], certificateID(s, m)})
	r := Change{Op: m.dissociation(s, a.Listener), RequestID: requestID(s, m), ListenerID: a.Listener, CertificateIDs: []string{a.Associated}}
	switch s.Weighted(12, 2, 2, 1) {
	case 1:
		r.CertificateIDs = append(r.CertificateIDs, a.Associated)
	case 2:
		r.CertificateIDs = append(r.CertificateIDs, certificateID(s, m))
	case 3:
		r.CertificateIDs = fuzz.Pick(s, nil, []string{""})
	}
	r.ClientToken, r.DryRun = clientToken(s, m), dryRun(s)
	if m.product(a.Listener) == alb.GA { // what is associated is a domain
		r.Domains, r.CertificateIDs = r.CertificateIDs, nil
	}
	return accelerated(s, m, r)
}

// again repeats a request that succeeded, as a client does that got no answer, or changes
// it and keeps its token.
func again(s *fuzz.Source, m *history) Input {
	if len(m.Changes) == 0 {
		return Input{associate(s, m)}
	}
	r := m.Changes[len(m.Changes)-1-s.Intn(len(m.Changes))]
	if s.Bool() {
		if r.ClientToken == "" {
			r.ClientToken = r.RequestID
		}
		r.RequestID = requestID(s, m)
	}
	switch s.Weighted(3, 1, 1, 1) {
	case 1:
		r.CertificateIDs = append([]string{certificateID(s, m)}, r.CertificateIDs...)
		if len(r.Domains) > 0 {
			r.Domains = append([]string{domainOfListener(s, m)}, r.Domains...)
		}
	case 2:
		r.ListenerID = listener(s, m)
	case 3:
		r.DryRun = "true"
	}
	return Input{r}
}

func loadBalancerAdded(s *fuzz.Source, m *history) alb.LoadBalancerAdded {
	id := fresh(s, m.LoadBalancers.Has, loadBalancers...)
	if lb := (alb.LoadBalancer{Product: productOf(id), Forbidden: s.OneIn(8), Region: region(s)}); lb.Product != "" && !s.OneIn(8) {
		return alb.LoadBalancerAdded{ID: id, LoadBalancer: lb}
	}
	return alb.LoadBalancerAdded{ID: id, LoadBalancer: alb.LoadBalancer{
		Product:   productOf(id),
		Edition:   fuzz.Pick(s, alb.Standard, "", alb.Basic, alb.WAF, alb.Standard, alb.Standard, alb.Basic, "other"),
		Quota:     fuzz.Pick(s, 2, 0, 1, 3, 2, 1, 10, 300, 301),
		Forbidden: s.OneIn(8), Region: region(s),
	}}
}

func listenerAdded(s *fuzz.Source, m *history) alb.ListenerAdded {
	e := alb.ListenerAdded{ID: fresh(s, m.Listeners.Has, listeners...), Listener: alb.Listener{
		LoadBalancer: loadBalancer(s, m), Protocol: fuzz.Pick(s, alb.HTTPS, alb.QUIC, alb.HTTPS, alb.HTTPS, alb.HTTPS, alb.HTTP), Port: 443,
		Status: fuzz.Pick(s, alb.Running, alb.Running, alb.Running, alb.Running, "", alb.Running, alb.Stopped, alb.Configuring, "other"),
	}}
	switch product := productOf(e.Listener.LoadBalancer); {
	case product == alb.NLB && !s.OneIn(8):
		e.Listener.Protocol = fuzz.Pick(s, alb.TCPSSL, alb.TCPSSL, alb.TCPSSL, alb.TCP, alb.UDP)
	case product == alb.GA && !s.OneIn(8):
		e.Listener.Protocol = fuzz.Pick(s, alb.HTTPS, alb.HTTPS, alb.HTTPS, alb.HTTP, alb.TCP)
	}
	if !s.OneIn(4) {
		e.Listener.Default = m.IDs.Pick(s, "")
	}
	if s.OneIn(24) {
		e.ID = fuzz.Pick(s, "", "lsn 1")
	}
	return e
}

func albCertificateAdded(s *fuzz.Source, m *history) cas.CertificateAdded {
	c := newCertificate(s, m)
	c.Name = ofID + c.ID
	if s.OneIn(16) {
		c.ID = ""
	}
	return cas.CertificateAdded{Certificate: c}
}
