package probe

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/alicert/alicert/errcodes"
)

// The most calls of a run, reads included.
const (
	MaxCalls        = 120
	MaxEveningCalls = 25
	// Pause is the least time between two calls.
	Pause = 2 * time.Second
)

// Plan is a choice of cases in the order of sending, with the material for them.
type Plan struct {
	Cases    []Case
	Reads    []Read // are sent before the first case and behind the last one
	Evening  bool
	Material *Material
}

// Read is a call that changes nothing. What it shows must be the same before and after.
type Read struct {
	Name     string
	Endpoint Endpoint
	Params   []Param
}

var (
	centerRead = Read{"center", Endpoint{"cas", "2020-04-07", "ListUserCertificateOrder", "cn-hangzhou"}, []Param{{"OrderType", "UPLOAD"}, {"ShowSize", "50"}}}
	cdnRead    = Read{"cdn", Endpoint{"cdn", "2018-05-10", "DescribeCdnCertificateList", "cn-hangzhou"}, nil}
)

// NewPlan chooses the cases of groups, none of which means all. The evening plan has the
// calls that settle most, whatever their group.
func NewPlan(groups []Group, evening bool, m *Material) (*Plan, error) {
	for _, g := range groups {
		if !slices.Contains(Groups(), g) {
			return nil, fmt.Errorf("probe: there is no group %q", g)
		}
	}
	if len(groups) == 0 {
		groups = Groups()
	}
	p := &Plan{Evening: evening, Material: m}
	all := Cases()
	for _, c := range all {
		if slices.Contains(groups, c.Group) && (!evening || c.Evening) || c.Role == RoleControl && !evening && controlsGroup(all, c, groups) {
			p.Cases = append(p.Cases, c)
		}
	}
	if len(p.Cases) == 0 {
		return nil, errors.New("probe: the plan has no requests")
	}
	p.Reads = []Read{centerRead}
	if !evening && slices.ContainsFunc(p.Cases, func(c Case) bool { return c.about(CDN) }) {
		p.Reads = append(p.Reads, cdnRead)
	}
	most := MaxCalls
	if evening {
		most = MaxEveningCalls
	}
	if p.Calls() > most {
		return nil, fmt.Errorf("probe: the plan has %d calls, more than %d", p.Calls(), most)
	}
	return p, nil
}

// controlsGroup reports whether a control is about the product of a chosen case, so that
// it comes first.
func controlsGroup(all []Case, control Case, groups []Group) bool {
	return slices.ContainsFunc(all, func(c Case) bool {
		return slices.Contains(groups, c.Group) && c.Endpoint.Product == control.Endpoint.Product
	})
}

// Calls is the number of calls of a whole run.
func (p *Plan) Calls() int { return len(p.Cases) + 2*len(p.Reads) }

// Digest is that of all requests and their order.
func (p *Plan) Digest() string {
	var all []any
	for i := range p.Cases {
		all = append(all, p.Cases[i].ID, p.Cases[i].Digest())
	}
	return digest(all...)
}

// Groups returns the groups of the plan's cases, in order.
func (p *Plan) Groups() (groups []Group) {
	for _, g := range Groups() {
		if slices.ContainsFunc(p.Cases, func(c Case) bool { return c.Group == g }) {
			groups = append(groups, g)
		}
	}
	return groups
}

// goesOn is the code of a control after which a run goes on.
func (c *Case) goesOn() errcodes.Code {
	if c.about(ALBDry) {
		return errcodes.ResourceNotFoundListener
	}
	return errcodes.InvalidDomainNotFound
}
