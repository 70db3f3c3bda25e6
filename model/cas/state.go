package cas

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"hash/fnv"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model/table"
	"github.com/alicert/alicert/validate"
)

// Source is the way that a certificate came into the account.
type Source string

// The sources of certificates.
const (
	FromCDN Source = "upload" // uploaded with an operation of CDN or DCDN
	FromCAS Source = "cas"    // a certificate of the center itself
)

// Status is the status of a certificate in the center.
type Status string

// The states of a certificate.
const (
	Issued  Status = "issued"
	Pending Status = "pending"
	Revoked Status = "revoked"
	Expired Status = "expired"
)

// Certificate is one certificate of the account.
type Certificate struct {
	Name      string        `json:"name"`
	ID        string        `json:"id,omitempty"` // number and region, such as 1234567-cn-hangzhou; see IDIn
	Source    Source        `json:"source"`
	Status    Status        `json:"status"`
	Bought    bool          `json:"bought,omitempty"`  // ordered at the center, not uploaded
	PEM       string        `json:"pem,omitempty"`     // its public text
	Content   string        `json:"content,omitempty"` // of the text, see ContentOf
	Leaf      validate.Leaf `json:"leaf,omitzero"`
	NotServer bool          `json:"notServer,omitempty"` // not usable by a TLS server
	KeyStored bool          `json:"keyStored,omitempty"`
	Locked    bool          `json:"locked,omitempty"`    // by another service
	Domains   int           `json:"domains,omitempty"`   // CDN domains bound to it
	Listeners int           `json:"listeners,omitempty"` // ALB listeners that use it
}

// leafKey returns the certificate's key in the index of leaves, "" without a leaf.
func (c *Certificate) leafKey() string {
	if c.Leaf.SHA256 == "" {
		return ""
	}
	return leafPrefix(c.Source, c.Leaf.SHA256) + c.Name
}

func leafPrefix(source Source, sha256 string) string { return string(source) + " " + sha256 + " " }

// State is the certificate center. The tables below Certificates are indices; only
// the methods may change them.
type State struct {
	Certificates table.Table[Certificate] `json:"certificates"` // by name
	IDs          table.Table[string]      `json:"ids"`          // names by id
	Leaves       table.Table[bool]        `json:"leaves"`       // "source fingerprint name"
	Numbered     int                      `json:"numbered,omitempty"`
	Site         errcodes.Site            `json:"site,omitzero"` // in whose language errors are

	Deployments table.Table[Deployment] `json:"deployments"`        // by number, with leading zeros
	Deployed    int                     `json:"deployed,omitempty"` // number of the latest job
}

// FirstNumber is the number of the first certificate that is uploaded to the center.
const FirstNumber = 1000001

// The regions of the certificate center. Each has certificates of its own.
const (
	Region   = "cn-hangzhou" // where nothing else is said, and where uploads of the CDN appear
	Overseas = "ap-southeast-1"
)

// RegionOf returns the center's region for the region of another product: Overseas for
// itself, and Region for any other.
func RegionOf(region string) string {
	if region == Overseas {
		return Overseas
	}
	return Region
}

// Get returns the certificate of a name.
func (s State) Get(name string) (Certificate, bool) { return s.Certificates.Get(name) }

// ByID returns the certificate of an id.
func (s State) ByID(id string) (Certificate, bool) {
	name, ok := s.IDs.Get(id)
	if !ok {
		return Certificate{}, false
	}
	return s.Get(name)
}

// ByNumber returns the certificate of a number in a region. An empty region is Region.
func (s State) ByNumber(number int, region string) (Certificate, bool) {
	return s.ByID(IDIn(number, region))
}

// ByLeaf returns a certificate of a region that has the given leaf fingerprint. It
// prefers certificates of the center to uploads of the CDN, then the first in the order
// of names.
func (s State) ByLeaf(sha256, region string) (Certificate, bool) {
	for _, source := range []Source{FromCAS, FromCDN} {
		if c, ok := s.bySource(source, sha256, region); ok {
			return c, true
		}
	}
	return Certificate{}, false
}

// Holds reports whether there is any certificate with the given leaf fingerprint,
// whatever its source and region.
func (s State) Holds(sha256 string) bool {
	_, found := s.ByLeaf(sha256, "")
	if !found {
		_, found = s.ByLeaf(sha256, Overseas)
	}
	return found
}

func (s State) bySource(source Source, sha256, region string) (Certificate, bool) {
	prefix := leafPrefix(source, sha256)
	for key := range s.Leaves.WithPrefix(prefix) {
		// A made-up fingerprint with a space may begin like another one.
		if c, ok := s.Get(key[len(prefix):]); ok && c.Leaf.SHA256 == sha256 && c.In(region) {
			return c, true
		}
	}
	return Certificate{}, false
}

// NextNumber returns the number of the next upload to the center, which is free in all
// regions, and the state that has given it out.
func (s State) NextNumber() (State, int) {
	for {
		n := FirstNumber + s.Numbered
		s.Numbered++
		if !s.IDs.Has(IDOf(n)) && !s.IDs.Has(IDIn(n, Overseas)) {
			return s, n
		}
	}
}

// FirstUploadNumber is the smallest number of an upload of the CDN.
const FirstUploadNumber = 100_000_000

// UploadNumber returns the number of a certificate that an operation of the CDN stores.
// It follows from the request and the name, so that uploads do not depend on each other
// and a number is not given out again for another request. If it is taken, the first
// free one behind it counts.
func (s State) UploadNumber(requestID, name string) int {
	n := UploadNumber(requestID, name)
	for s.IDs.Has(IDOf(n)) {
		n++
	}
	return n
}

// UploadNumber returns the number that [State.UploadNumber] tries first.
func UploadNumber(requestID, name string) int {
	h := fnv.New64a()
	_, _ = io.WriteString(h, requestID+"\x00"+name) // never fails
	return FirstUploadNumber + int(h.Sum64()%(9*FirstUploadNumber))
}

// IDIn returns the id of a number in a region. An empty region is Region.
func IDIn(number int, region string) string {
	return strconv.Itoa(number) + "-" + cmp.Or(region, Region)
}

// IDOf returns the id of a number in Region.
func IDOf(number int) string { return IDIn(number, Region) }

// Put stores a certificate under its name and replaces an existing one. It computes
// Content if that is empty.
func (s State) Put(c Certificate) State {
	if c.Content == "" {
		c.Content = ContentOf(c.PEM)
	}
	old, _ := s.Get(c.Name)
	if old.Leaf.SHA256 != c.Leaf.SHA256 || old.Source != c.Source {
		s = s.dropLeaf(old.leafKey())
		if key := c.leafKey(); key != "" {
			s.Leaves = s.Leaves.Set(key, true)
		}
	}
	if old.ID != c.ID {
		s = s.dropID(old.ID)
		if c.ID != "" {
			s.IDs = s.IDs.Set(c.ID, c.Name)
		}
	}
	s.Certificates = s.Certificates.Set(c.Name, c)
	return s
}

// ContentOf returns the SHA-256 of a public text in lower-case hexadecimal, "" for an
// empty text. It compares texts at little cost.
func ContentOf(pem string) string {
	if pem == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(pem))
	return hex.EncodeToString(sum[:])
}

// Remove removes the certificate of a name.
func (s State) Remove(name string) State {
	if c, ok := s.Get(name); ok {
		s = s.dropID(c.ID).dropLeaf(c.leafKey())
	}
	s.Certificates = s.Certificates.Delete(name)
	return s
}

// dropID and dropLeaf remove the entry of an id or of a leaf's key, if there is one.
func (s State) dropID(id string) State {
	if id != "" {
		s.IDs = s.IDs.Delete(id)
	}
	return s
}

func (s State) dropLeaf(key string) State {
	if key != "" {
		s.Leaves = s.Leaves.Delete(key)
	}
	return s
}

// Update changes a certificate's record except for name, id, leaf and content. An
// unknown name changes nothing.
func (s State) Update(name string, change func(*Certificate)) State {
	s.Certificates = s.Certificates.Update(name, change)
	return s
}

// Add stores a certificate that appears in the center. ok is false, and nothing
// changes, if the name is empty, name or id are taken, or any text holds a private
// key. Add sets the source to the center, an empty status to Issued, and the usage
// counts to 0.
func (s State) Add(c Certificate) (_ State, ok bool) {
	texts := []string{c.PEM, c.Leaf.SHA256, c.Leaf.Key, c.Leaf.Name, c.Leaf.Names, c.Leaf.Serial} // public
	ids := []string{c.Name, c.ID, string(c.Status)}
	if c.Name == "" || s.Certificates.Has(c.Name) || c.ID != "" && s.IDs.Has(c.ID) || slices.ContainsFunc(texts, redact.Armored) || slices.ContainsFunc(ids, redact.Is) {
		return s, false
	}
	c.Source, c.Content, c.Domains, c.Listeners = FromCAS, "", 0, 0
	if c.Status == "" {
		c.Status = Issued
	}
	return s.Put(c), true
}

// Withdraw removes a certificate of the center. ok is false, and nothing
// changes, if there is none of that name, or a domain is bound to it or a
// listener uses it.
func (s State) Withdraw(name string) (_ State, ok bool) {
	c, found := s.Get(name)
	if !found || c.Source != FromCAS || c.InUse() {
		return s, false
	}
	return s.Remove(name), true
}

// InUse reports whether a domain is bound to the certificate or a listener uses it.
func (c *Certificate) InUse() bool { return c.Domains > 0 || c.Listeners > 0 }

// FreeName returns the name, or the first of name-2, name-3, … that is not taken.
func (s State) FreeName(name string) string {
	for candidate, n := name, 2; ; n++ {
		if !s.Certificates.Has(candidate) {
			return candidate
		}
		candidate = name + "-" + strconv.Itoa(n)
	}
}

// Number returns the number at the beginning of the certificate's id, 0 if there is
// none.
func (c *Certificate) Number() int {
	digits, _, _ := strings.Cut(c.ID, "-")
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// Region returns the part of the certificate's id behind its number, and Region if
// there is none.
func (c *Certificate) Region() string {
	if _, after, joined := strings.Cut(c.ID, "-"); joined {
		return after
	}
	return Region
}

// In reports whether the certificate is in the center of a region, as RegionOf has it.
func (c *Certificate) In(region string) bool { return RegionOf(c.Region()) == RegionOf(region) }

// named returns a certificate's name for a refusal.
func named(name string) string { return "certificate " + strconv.Quote(name) }
