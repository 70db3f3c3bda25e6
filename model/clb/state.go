package clb

import (
	"hash/fnv"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/table"
	"github.com/alicert/alicert/validate"
)

// State has the load balancers with what belongs to them, and the certificate center.
// States are values: a step returns a new state, which shares the unchanged parts with the
// old one.
type State struct {
	Own
	CAS cas.State `json:"cas"` // the certificate center, which only its own actions change
}

// Own is the part of a state that belongs to the classic load balancer alone.
type Own struct {
	LoadBalancers table.Table[LoadBalancer] `json:"loadBalancers"` // by id
	Listeners     table.Table[Listener]     `json:"listeners"`     // by ListenerKey
	Certificates  table.Table[Certificate]  `json:"certificates"`  // by id, which no region shares
	Extensions    table.Table[Extension]    `json:"extensions"`    // by id
}

// DefaultRegion is the region of a request that names none and needs one.
const DefaultRegion = "cn-hangzhou"

// LoadBalancer is one load balancer.
type LoadBalancer struct {
	Region      string `json:"region"`
	Forbidden   bool   `json:"forbidden,omitempty"`   // the caller may not operate it
	Configuring bool   `json:"configuring,omitempty"` // an earlier change is still being rolled out
}

// Protocol is the protocol of a listener.
type Protocol string

// The protocols.
const (
	HTTPS Protocol = "https"
	HTTP  Protocol = "http"
	TCP   Protocol = "tcp"
	UDP   Protocol = "udp"
)

// protocols are all of them, in the order of their groups.
var protocols = [...]Protocol{HTTPS, HTTP, TCP, UDP}

func (p Protocol) known() bool { return slices.Contains(protocols[:], p) }

// groupOf returns the group of the listeners with a protocol.
func groupOf(p Protocol) table.Group {
	return table.Group(max(0, slices.Index(protocols[:], p))) //nolint:gosec // there are few
}

// groupsOf returns that group, none for a protocol that no listener has.
func groupsOf(p Protocol) table.Groups {
	if !p.known() {
		return 0
	}
	return table.GroupsOf(groupOf(p))
}

// ListenerStatus is the status of a listener.
type ListenerStatus string

// The statuses of a listener.
const (
	Starting    ListenerStatus = "starting"
	Running     ListenerStatus = "running"
	Configuring ListenerStatus = "configuring"
	Stopping    ListenerStatus = "stopping"
	Stopped     ListenerStatus = "stopped"
)

// Listener is one listener. It has no id but the port of its load balancer.
type Listener struct {
	LoadBalancer string         `json:"loadBalancer"`
	Region       string         `json:"region,omitempty"` // the load balancer's; an event need not say it
	Port         int            `json:"port"`
	Protocol     Protocol       `json:"protocol"`
	Status       ListenerStatus `json:"status"`
	Certificate  string         `json:"certificate,omitempty"` // id of the server certificate
}

// ListenerKey returns the key of a listener: load balancer and port.
func ListenerKey(loadBalancer string, port int) string {
	return loadBalancer + " " + strconv.Itoa(port)
}

// Group implements [table.Grouped] by the protocol.
func (l *Listener) Group(string) table.Group { return groupOf(l.Protocol) }

// Link implements [table.Linked] with the region.
func (l *Listener) Link() string { return l.Region }

// ListenersOf yields the listeners of a load balancer in the order of their keys.
func (s Own) ListenersOf(loadBalancer string) iter.Seq2[string, Listener] {
	return func(yield func(string, Listener) bool) {
		for key, l := range s.Listeners.Select().From(loadBalancer + " ") {
			if l.LoadBalancer != loadBalancer || !yield(key, l) {
				return
			}
		}
	}
}

// Certificate is a server certificate of a region.
type Certificate struct {
	Region      string        `json:"region"`
	Name        string        `json:"name"`
	PEM         string        `json:"pem,omitempty"`         // its public text
	Leaf        validate.Leaf `json:"leaf,omitzero"`         //
	Fingerprint string        `json:"fingerprint,omitempty"` // SHA-1 of the leaf, with colons
	Center      string        `json:"center,omitempty"`      // id in the certificate center that it was taken from
	CenterName  string        `json:"centerName,omitempty"`  // its name there
	Created     int64         `json:"created,omitempty"`     // Unix milliseconds, 0 if that is not known
	Users       int           `json:"users,omitempty"`       // listeners and domain extensions that use it
}

// Link implements [table.Linked] with the region.
func (c *Certificate) Link() string { return c.Region }

// Extension is the certificate of a listener for one more domain.
type Extension struct {
	LoadBalancer string `json:"loadBalancer"`
	Port         int    `json:"port"`
	Domain       string `json:"domain"`
	Certificate  string `json:"certificate"` // id
}

// Link implements [table.Linked] with the listener.
func (e *Extension) Link() string { return ListenerKey(e.LoadBalancer, e.Port) }

// ExtensionsOf returns the domain extensions of a listener in the order of their ids.
func (s Own) ExtensionsOf(key string) table.Selection[Extension] {
	return s.Extensions.Select().LinkedTo(key)
}

// use counts the users of a certificate; "" has none.
func (s State) use(id string, by int) State {
	if id != "" {
		s.Certificates = s.Certificates.Update(id, func(c *Certificate) { c.Users += by })
	}
	return s
}

// CertificateID returns the id of a certificate that a request uploads: four parts, as the
// service has them, of which all but the account follow from the request.
func CertificateID(requestID string) string {
	return certificateID(digest("certificate", requestID))
}

func certificateID(sum uint64) string {
	const digits = 1_000_000_000
	return owner + "_" + strconv.FormatUint(1<<40|sum>>24, 16) + "_" + strconv.FormatUint(sum%digits, 10) + "_" + strconv.FormatUint(sum/7%digits, 10)
}

// owner is the id of the account, as package account has it.
const owner = "1000000000000001"

// ExtensionID returns the id of a domain extension that a request creates.
func ExtensionID(requestID string) string { return extensionID(digest("extension", requestID)) }

func extensionID(sum uint64) string { return "de-" + strconv.FormatUint(sum, 36) }

func digest(what, requestID string) uint64 {
	h := fnv.New64a()
	_, _ = io.WriteString(h, what+"\x00"+requestID) // never fails
	return h.Sum64()
}

// free returns the first id of a request that is not taken.
func free(what, requestID string, id func(uint64) string, taken func(string) bool) string {
	sum := digest(what, requestID)
	for taken(id(sum)) {
		sum++
	}
	return id(sum)
}

// isID reports whether an id of an event can be told from others in keys and texts. No
// byte of it is less than the space in the key of a listener.
func isID(id string) bool {
	return id != "" && !strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' })
}
