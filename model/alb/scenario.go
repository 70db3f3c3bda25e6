package alb

import (
	"fmt"
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
)

// Scenario builds a state to begin with, step by step:
//
//	alb.Scenario{}.LoadBalancer("alb-1", alb.Standard).Listener("lsn-1", alb.HTTPS).
//		Default("1-cn-hangzhou").Certificates(30).State()
//
// The calls after LoadBalancer or Listener apply to that load balancer or listener.
// Scenarios are values: one can be continued in several ways. The zero value is an
// empty region. A call that cannot apply panics, for example Listener without a load
// balancer.
type Scenario struct {
	state                  State
	loadBalancer, listener string
}

// State returns what was built.
func (b Scenario) State() State { return b.state }

// In says in which region the load balancer is.
func (b Scenario) In(region string) Scenario {
	lb, found := b.state.LoadBalancers.Get(b.loadBalancer)
	if !found {
		panic("alb: scenario: no load balancer yet")
	}
	lb.Region = region
	b.state.LoadBalancers = b.state.LoadBalancers.Set(b.loadBalancer, lb)
	return b
}

// LoadBalancer adds a load balancer with its edition's quota.
func (b Scenario) LoadBalancer(id string, edition Edition) Scenario {
	b = b.apply(LoadBalancerAdded{id, LoadBalancer{Edition: edition}})
	b.loadBalancer = id
	return b
}

// NetworkLoadBalancer adds a load balancer of NLB.
func (b Scenario) NetworkLoadBalancer(id string) Scenario {
	b = b.apply(LoadBalancerAdded{id, LoadBalancer{Product: NLB}})
	b.loadBalancer = id
	return b
}

// Accelerator adds an accelerator of GA.
func (b Scenario) Accelerator(id string) Scenario {
	b = b.apply(LoadBalancerAdded{id, LoadBalancer{Product: GA}})
	b.loadBalancer = id
	return b
}

// Quota sets the load balancer's quota. It may be lower than any edition's quota, so
// that few certificates reach it.
func (b Scenario) Quota(quota int) Scenario {
	return b.changeLoadBalancer(func(lb *LoadBalancer) { lb.Quota = quota })
}

// Forbidden says that the caller may not operate the load balancer.
func (b Scenario) Forbidden() Scenario {
	return b.changeLoadBalancer(func(lb *LoadBalancer) { lb.Forbidden = true })
}

// Listener adds a running listener on port 443 of the load balancer.
func (b Scenario) Listener(id string, protocol Protocol) Scenario {
	b = b.apply(ListenerAdded{id, Listener{LoadBalancer: b.loadBalancer, Protocol: protocol, Port: 443, Status: Running}})
	b.listener = id
	return b
}

// Provisioning says that the listener is still being created.
func (b Scenario) Provisioning() Scenario { return b.status(Provisioning) }

// Stopped says that the listener is stopped.
func (b Scenario) Stopped() Scenario { return b.status(Stopped) }

// Certificate adds a server certificate to the certificate center if there is none of
// the id.
func (b Scenario) Certificate(id string) Scenario {
	if _, known := b.state.CAS.ByID(id); known {
		return b
	}
	return b.applyCAS(cas.CertificateAdded{Certificate: cas.Certificate{Name: "certificate " + id, ID: id, KeyStored: true}})
}

// Certificates adds n server certificates with the ids [cas.IDOf](1) to
// cas.IDOf(n). Existing certificates stay as they are.
func (b Scenario) Certificates(n int) Scenario {
	for i := range n {
		b = b.Certificate(cas.IDOf(i + 1))
	}
	return b
}

// NotServer adds a certificate that no TLS server can use.
func (b Scenario) NotServer(id string) Scenario {
	return b.applyCAS(cas.CertificateAdded{Certificate: cas.Certificate{Name: "certificate " + id, ID: id, KeyStored: true, NotServer: true}})
}

// Default sets the listener's default certificate, and adds it to the certificate
// center if it is missing.
func (b Scenario) Default(id string) Scenario {
	b = b.Certificate(id)
	return b.apply(DefaultCertificateSet{b.listener, id})
}

// Associated gives the listener additional certificates, and adds them to the
// certificate center if they are missing.
func (b Scenario) Associated(ids ...string) Scenario { return b.associate(Associated, "", ids) }

// Associating starts a job that associates certificates with the listener. The
// listener becomes Configuring. The job's id is "job-" and the RequestId.
func (b Scenario) Associating(requestID string, ids ...string) Scenario {
	b, job := b.startJob(requestID, Job{Operation: operationOf(b.current().Product, associate.String()).ID()})
	return b.associate(Associating, job, ids)
}

// Dissociating starts a job that removes additional certificates from the listener.
// The listener becomes Configuring. The job's id is "job-" and the RequestId.
func (b Scenario) Dissociating(requestID string, ids ...string) Scenario {
	op := dissociate
	if b.current().Product == NLB {
		op = errcodes.DisassociateAdditionalCertificatesWithListener
	}
	b, job := b.startJob(requestID, Job{Operation: op.ID()})
	return b.associate(Dissociating, job, ids)
}

func (b Scenario) startJob(requestID string, j Job) (Scenario, string) {
	l := b.current()
	if l.Status != Running {
		panic("alb: scenario: listener " + b.listener + " is " + string(l.Status))
	}
	j.Listener = b.listener
	var id string
	b.state, id = b.state.startJob(0, requestID, j)
	return b, id
}

func (b Scenario) associate(status AssociationStatus, job string, ids []string) Scenario {
	l := b.current()
	for _, id := range ids {
		b = b.Certificate(id)
		if id == l.Default {
			panic("alb: scenario: " + id + " is the default certificate of listener " + b.listener)
		}
		b.state = b.state.setAssociation(b.listener, id, Association{Status: status, Job: job})
	}
	if lb, _ := b.state.LoadBalancers.Get(l.LoadBalancer); lb.Associations > lb.Limit() {
		panic("alb: scenario: the quota of load balancer " + l.LoadBalancer + " is " + strconv.Itoa(lb.Limit()))
	}
	return b
}

// current returns the listener that the calls apply to.
func (b Scenario) current() Listener {
	l, found := b.state.Listeners.Get(b.listener)
	if !found {
		panic("alb: scenario: no listener yet")
	}
	return l
}

func (b Scenario) status(status ListenerStatus) Scenario {
	l := b.current()
	l.Status = status
	b.state.Listeners = b.state.Listeners.Set(b.listener, l)
	return b
}

func (b Scenario) changeLoadBalancer(change func(*LoadBalancer)) Scenario {
	lb, found := b.state.LoadBalancers.Get(b.loadBalancer)
	if !found {
		panic("alb: scenario: no load balancer yet")
	}
	change(&lb)
	b.state.LoadBalancers = b.state.LoadBalancers.Set(b.loadBalancer, lb)
	return b
}

// apply applies an event and panics if it does not apply.
func (b Scenario) apply(event Action) Scenario {
	var output model.Output
	b.state, output = Machine{}.Step(b.state, Input{Action: event})
	if output.Ignored {
		panic("alb: scenario: this cannot happen: " + fmt.Sprintf("%T%+v", event, event))
	}
	return b
}

// applyCAS does the same with an event of the certificate center.
func (b Scenario) applyCAS(event cas.Action) Scenario {
	var output model.Output
	b.state.CAS, output = cas.Machine{}.Step(b.state.CAS, cas.Input{Action: event})
	if output.Ignored {
		panic("alb: scenario: this cannot happen: " + fmt.Sprintf("%T%+v", event, event))
	}
	return b
}
