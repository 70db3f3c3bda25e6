package cdn

import (
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/statekey"
	"github.com/alicert/alicert/model/table"
)

// State is the account as the CDN operations see it. States are values: a step
// returns a new state, which shares the unchanged parts with the old one.
type State struct {
	Own
	CAS cas.State `json:"cas"` // the certificate center
}

// Own is the part of a state that belongs to the CDN alone: everything but the
// certificate center.
type Own struct {
	Suspended bool                `json:"suspended,omitempty"` // for overdue payment
	Domains   table.Table[Domain] `json:"domains"`             // by id, see DomainID

	Configs     table.Table[Config] `json:"configs"`               // functions of domains, by domain and id
	ConfigsMade int                 `json:"configsMade,omitempty"` // the last id that was given to a function

	// RefuseRepeatedContent is a setting of the account: the successors of
	// SetDomainServerCertificate refuse an upload whose leaf the account has under any
	// name. Widely used tools upload one certificate for several domains and tell of no
	// refusal, so it is off by default.
	RefuseRepeatedContent bool `json:"refuseRepeatedContent,omitempty"`
}

// Domain is one accelerated domain. The zero value is an ordinary HTTPS domain
// of the account: online, permitted, without a certificate.
type Domain struct {
	Foreign     bool `json:"foreign,omitempty"`     // another account's
	Forbidden   bool `json:"forbidden,omitempty"`   // the caller may not operate it
	PlainHTTP   bool `json:"plainHTTP,omitempty"`   // not of the HTTPS acceleration type
	Offline     bool `json:"offline,omitempty"`     //
	Configuring bool `json:"configuring,omitempty"` // a change is being rolled out
	Scheduled   bool `json:"scheduled,omitempty"`   // its scheduling depends on HTTPS
	Protected   bool `json:"protected,omitempty"`   // a new certificate does not take effect

	HTTPS    bool   `json:"https,omitempty"`    // HTTPS is on
	Bound    string `json:"bound,omitempty"`    // name of the bound certificate
	UsesFree bool   `json:"usesFree,omitempty"` // bound to its free certificate
	InEffect bool   `json:"inEffect,omitempty"` // the binding is in effect

	Free Free `json:"free,omitempty"`

	Deleting   bool       `json:"deleting,omitempty"` // it disappears when its configuration is finished
	Attributes Attributes `json:"attributes,omitzero"`
	Created    int64      `json:"created,omitempty"` // as Changed, of the request that added it

	// Changed is the time of the last change in Unix milliseconds, from its input; 0
	// if the input has no time.
	Changed int64 `json:"changed,omitempty"`
}

// Free is the state of a domain's free certificate.
type Free string

// The states of a free certificate.
const (
	NoFree     Free = ""
	FreeIssued Free = "issued"
	FreeFailed Free = "not issued"
)

func (f Free) known() bool { return f == NoFree || f == FreeIssued || f == FreeFailed }

// HasBinding reports whether the domain is bound to any certificate.
func (d Domain) HasBinding() bool { return d.Bound != "" || d.UsesFree }

// boundTo returns the domain bound to a named certificate, or to its free one if the
// name is empty. The binding is not in effect yet.
func (d Domain) boundTo(certificate string) Domain {
	d.Bound, d.UsesFree, d.InEffect = certificate, certificate == "", false
	return d
}

// setDomain returns the state with a changed domain. It records the time if the
// domain differs from the old one.
func (s State) setDomain(at int64, name string, was, is Domain) State {
	if is != was {
		is.Changed = at
	}
	s.Domains = s.Domains.Set(name, is)
	return s
}

// bind binds a domain as boundTo does and updates the counts of users. The caller
// stores the domain. The old certificate stays in the account.
func (s State) bind(d Domain, certificate string) (State, Domain) {
	if d.Bound != certificate {
		s = s.use(d.Bound, -1).use(certificate, +1)
	}
	return s, d.boundTo(certificate)
}

// use adds to the number of domains that are bound to a certificate. An empty name
// changes nothing.
func (s State) use(certificate string, more int) State {
	if certificate != "" {
		s.CAS = s.CAS.Update(certificate, func(c *cas.Certificate) { c.Domains += more })
	}
	return s
}

// The groups of domains in lists.
const (
	foreignDomain table.Group = iota
	unboundCDN
	boundCDN
	ofDCDN
	ofVOD
	ofLive
)

// Group implements [table.Grouped].
func (d *Domain) Group(id string) table.Group {
	if d.Foreign {
		return foreignDomain
	}
	name, _ := SplitID(id)
	p := productOf(name)
	if d.HasBinding() {
		return p.bound
	}
	return p.unbound
}

// ofProduct selects the account's domains of a product.
func (s State) ofProduct(name string) table.Selection[Domain] {
	p := productOf(name)
	return s.of(p.unbound, p.bound)
}

// of selects the account's domains of some groups.
func (s State) of(groups ...table.Group) table.Selection[Domain] {
	return s.Domains.Where(table.Filter{Groups: table.GroupsOf(groups...)})
}

// Key returns the canonical text of a state: two states are the same if and only if
// their keys are. Exploring uses it to tell states apart. It is not meant for
// reading. It has the digests of a certificate's leaf and text.
func (s State) Key() string {
	b := statekey.Number(statekey.Bits(make([]byte, 0, 1024), s.Suspended, s.RefuseRepeatedContent), s.Domains.Len())
	for name, d := range s.Domains.All() {
		b = statekey.Bits(b, d.Foreign, d.Forbidden, d.PlainHTTP, d.Offline, d.Configuring, d.Scheduled, d.Protected, d.Deleting)
		b = statekey.Bits(b, d.HTTPS, d.UsesFree, d.InEffect)
		b = statekey.Number(statekey.Text(b, name, d.Bound, string(d.Free), d.Attributes.text()), d.Changed, d.Created)
	}
	b = statekey.Number(b, s.ConfigsMade, s.Configs.Len())
	for key, c := range s.Configs.All() {
		b = statekey.Text(b, key, c.Function, c.Args, c.ParentID)
	}
	return string(s.CAS.AppendKey(b))
}
