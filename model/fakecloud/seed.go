package fakecloud

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// Seed is what is in a cloud to begin with. In JSON:
//
//	{
//	  "domains":       {"www.example.com": {}, "old.example.com": {"offline": true}},
//	  "certificates":  {"default": {"id": "1-cn-hangzhou"}},
//	  "loadBalancers": {"alb-1": {"edition": "Standard"}},
//	  "listeners":     {"lsn-1": {"loadBalancer": "alb-1", "protocol": "HTTPS", "port": 443, "status": "Running", "default": "1-cn-hangzhou"}}
//	}
//
// The records are those of the model's states. The text of a certificate, pem, may
// be left out; its leaf is read from it. An empty protocol is HTTPS, an
// empty port 443, an empty status Running, an empty edition Standard.
type Seed struct {
	Domains       map[string]cdn.Domain       `json:"domains,omitempty"`      // by lower-case ASCII name
	Certificates  map[string]cas.Certificate  `json:"certificates,omitempty"` // of the certificate center, by name
	LoadBalancers map[string]alb.LoadBalancer `json:"loadBalancers,omitempty"`
	Listeners     map[string]alb.Listener     `json:"listeners,omitempty"`
}

// Demo is a small account: domains, a load balancer with listeners, certificates.
func Demo() Seed {
	return Seed{
		Domains: map[string]cdn.Domain{
			"www.example.com":  {},
			"shop.example.com": {Free: cdn.FreeIssued},
			".example.com":     {},
			"old.example.com":  {Offline: true},
		},
		Certificates: map[string]cas.Certificate{
			"default": {ID: "1-cn-hangzhou", KeyStored: true},
			"first":   {ID: "2-cn-hangzhou", KeyStored: true},
			"second":  {ID: "3-cn-hangzhou", KeyStored: true},
		},
		LoadBalancers: map[string]alb.LoadBalancer{"alb-demo": {Edition: alb.Standard}},
		Listeners: map[string]alb.Listener{
			"lsn-https": {LoadBalancer: "alb-demo", Default: "1-cn-hangzhou"},
			"lsn-quic":  {LoadBalancer: "alb-demo", Protocol: alb.QUIC, Port: 8443, Default: "1-cn-hangzhou"},
			"lsn-http":  {LoadBalancer: "alb-demo", Protocol: alb.HTTP, Port: 80},
		},
	}
}

// ParseSeed reads a seed in JSON. Unknown members are errors.
func ParseSeed(data []byte) (Seed, error) {
	var s Seed
	if err := strictly(data, &s); err != nil {
		return Seed{}, fmt.Errorf("seed: %w", err)
	}
	return s, nil
}

// Events returns the events of the model that bring the seed about, always in the
// same order.
func (s Seed) Events() []account.Input {
	var events []account.Input
	for _, name := range slices.Sorted(maps.Keys(s.Domains)) {
		events = append(events, account.Input{Action: cdn.DomainAdded{Name: name, Domain: s.Domains[name]}})
	}
	for _, name := range slices.Sorted(maps.Keys(s.Certificates)) {
		c := s.Certificates[name]
		c.Name = name
		c, _ = withLeaf(c) // Seed tells the error; here the certificate stays as it is
		events = append(events, account.Input{Action: cas.CertificateAdded{Certificate: c}})
	}
	for _, id := range slices.Sorted(maps.Keys(s.LoadBalancers)) {
		events = append(events, account.Input{Action: alb.LoadBalancerAdded{ID: id, LoadBalancer: s.LoadBalancers[id]}})
	}
	for _, id := range slices.Sorted(maps.Keys(s.Listeners)) {
		l := s.Listeners[id]
		if l.Protocol == "" {
			l.Protocol = alb.HTTPS
		}
		if l.Port == 0 {
			l.Port = 443
		}
		if l.Status == "" {
			l.Status = alb.Running
		}
		events = append(events, account.Input{Action: alb.ListenerAdded{ID: id, Listener: l}})
	}
	return events
}

// Seed puts what a seed has into the cloud, event by event, and says which one
// does not apply.
func (c *Cloud) Seed(s Seed) error {
	for name, certificate := range s.Certificates {
		if _, err := withLeaf(certificate); err != nil {
			return fmt.Errorf("seed: certificate %q: %w", redact.Text(name), err)
		}
	}
	events := c.timed(s.Events())
	for _, e := range events {
		r, err := c.engine.do(e, false)
		if err != nil {
			return err
		}
		if r.output.Ignored {
			return doesNotApply(e)
		}
	}
	c.beginWith(events)
	return nil
}

// withLeaf returns a certificate with what its text says of its leaf, unless that
// is there.
func withLeaf(c cas.Certificate) (cas.Certificate, error) {
	if c.PEM == "" || c.Leaf != (validate.Leaf{}) {
		return c, nil
	}
	leaf, err := validate.ParseLeaf(c.PEM)
	if err != nil {
		return c, err
	}
	c.PEM, c.Leaf = validate.PublicText(c.PEM), leaf
	return c, nil
}

// timed gives events the time of now.
func (c *Cloud) timed(events []account.Input) []account.Input {
	for i := range events {
		events[i] = c.engine.timed(events[i])
	}
	return events
}

// beginWith has Reset go back to a state in which the events of a seed have happened.
func (c *Cloud) beginWith(events []account.Input) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for step := range model.RunSeq(account.Machine{Initial: c.beginning}, slices.Values(events)) {
		c.beginning = step.To
	}
}

func doesNotApply(e account.Input) error {
	text, _ := json.Marshal(e)
	if redact.IsJSON(text) {
		return errors.New("seed: a private key has no place in it")
	}
	return fmt.Errorf("seed: this does not apply: %s", text)
}
