package fakecloud

import (
	_ "embed" // published.txt
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
)

// Missing is an operation that the real cloud has and fakecloud does not.
type Missing struct {
	Product string `json:"product"` // as the vendor's metadata spells it, such as Cdn
	Version string `json:"version"`
	Action  string `json:"action"`
}

// String returns the operation with its product and version, such as "ModifyCdnDomain (Cdn
// 2018-05-10)".
func (m Missing) String() string {
	return m.Action + " (" + m.Product + " " + m.Version + ")"
}

// failure returns the answer to a call of the operation. The vendor has no such answer,
// and the message says so. The status is not 404, because clients take that for an absent
// resource.
func (m Missing) failure() *gateway.Failure {
	return &gateway.Failure{
		Status: http.StatusNotImplemented,
		Code:   gateway.NotImplemented,
		Message: fmt.Sprintf("fakecloud does not implement %s. The operation exists in the real cloud; "+
			"this answer comes from the fake and says nothing about the request.", m),
	}
}

// Missing returns the operations that were called since the start or the last Reset and
// that only the real cloud has, in the order of their first calls. The answer to such a
// call is 501 NotImplemented.Fake.
func (c *Cloud) Missing() []Missing { return c.missing.all() }

// missing stores which keys called which missing operations. Its size is bounded by the
// number of published operations and of keys.
type missing struct {
	mu   sync.Mutex
	list []Missing
	by   map[missedBy]int // how often
}

type missedBy struct {
	Missing
	keyID string
}

// add reports whether this is the first call of the operation with this key.
func (m *missing) add(called Missing, keyID string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	by := missedBy{called, keyID}
	if _, known := m.by[by]; known {
		m.by[by]++
		return false
	}
	if m.by == nil {
		m.by = map[missedBy]int{}
	}
	m.by[missedBy{called, strings.Clone(keyID)}] = 1
	if !slices.Contains(m.list, called) {
		m.list = append(m.list, called)
	}
	return true
}

func (m *missing) all() []Missing {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.list)
}

// counted returns the operations with the number of their calls.
func (m *missing) counted() []missingView {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := []missingView{}
	for _, called := range m.list {
		times := 0
		for by, n := range m.by {
			if by.Missing == called {
				times += n
			}
		}
		all = append(all, missingView{called, times})
	}
	return all
}

func (m *missing) clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.list, m.by = nil, nil
}

// vendorDomain is the end of the vendor's host names.
const vendorDomain = ".aliyuncs.com"

//go:embed published.txt
var publishedText string

// published is a product of the real cloud with its operations.
type published struct {
	product, label string
	versions       []string // the newest first
	operations     []string // sorted
	served         bool     // fakecloud has operations of the product
}

// publishedProducts parses published.txt once.
var publishedProducts = sync.OnceValue(func() []*published {
	served := map[string]bool{}
	for _, products := range operations {
		for _, op := range products {
			served[op.product.name] = true
		}
	}
	var products []*published
	for line := range strings.Lines(publishedText) {
		operation, isOperation := strings.CutPrefix(strings.TrimSpace(line), "#")
		if isOperation || operation == "" {
			continue // a comment
		}
		if strings.HasPrefix(line, "\t") {
			p := products[len(products)-1]
			p.operations = append(p.operations, operation)
			continue
		}
		fields := strings.Fields(line)
		products = append(products, &published{product: fields[0], label: fields[1], versions: fields[2:], served: served[fields[0]]})
	}
	return products
})

// missing returns an operation of the product. Its version is the given one if the
// product has it, else the newest.
func (p *published) missing(action, version string) Missing {
	at, _ := slices.BinarySearch(p.operations, action)
	v := max(0, slices.Index(p.versions, version))
	return Missing{p.product, p.versions[v], p.operations[at]}
}

func (p *published) has(action string) bool {
	_, found := slices.BinarySearch(p.operations, action)
	return found
}

func (p *published) inVersion(version string) bool { return slices.Contains(p.versions, version) }

// isHost reports whether a host name belongs to the product, such as
// alb.cn-hangzhou.aliyuncs.com or alb-vpc.cn-hangzhou.aliyuncs.com.
func (p *published) isHost(host string) bool {
	label, _, _ := strings.Cut(host, ".")
	return label == p.label || strings.HasPrefix(label, p.label+"-")
}

// isVendors reports whether a host name is one of the vendor.
func isVendors(host string) bool { return strings.HasSuffix(strings.ToLower(host), vendorDomain) }

// unserved returns the answer to an action that fakecloud does not have in this version:
// the missing operation of the real cloud, an invalid version, or an unknown action. A
// host name of the vendor decides which product was called. For other hosts the version
// decides.
func unserved(action, version, host string) (*Missing, *gateway.Failure) {
	missing := func(p *published) (*Missing, *gateway.Failure) {
		m := p.missing(action, version)
		return &m, m.failure()
	}
	owners := slices.DeleteFunc(slices.Clone(publishedProducts()), func(p *published) bool { return !p.has(action) })
	host = strings.ToLower(host)
	vendors := isVendors(host)
	if vendors {
		for _, p := range publishedProducts() {
			switch {
			case !p.isHost(host):
				continue
			case p.has(action) && (p.inVersion(version) || !p.served):
				return missing(p)
			case len(owners) > 0 && p.served && !p.inVersion(version):
				return nil, gateway.Invalid("Version")
			default:
				return nil, gateway.ActionUnknown
			}
		}
	}
	for _, p := range owners {
		if p.inVersion(version) {
			return missing(p)
		}
	}
	switch known, served := versionKnown(version); {
	case len(owners) == 0, vendors, known && !served:
		return nil, gateway.ActionUnknown
	case slices.ContainsFunc(owners, func(p *published) bool { return p.served }):
		return nil, gateway.Invalid("Version")
	case known:
		return nil, gateway.ActionUnknown
	default:
		return missing(owners[0])
	}
}

// productOf returns the product of a version. Refusals need it before their operation is
// known.
func productOf(version string) string {
	for _, p := range publishedProducts() {
		if p.inVersion(version) {
			return p.product
		}
	}
	return ""
}

// versionKnown reports whether any product has the version, and whether fakecloud has
// operations of such a product.
func versionKnown(version string) (known, served bool) {
	for _, p := range publishedProducts() {
		if p.inVersion(version) {
			known, served = true, served || p.served
		}
	}
	return known, served
}
