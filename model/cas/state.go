package cas

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

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
	ID        string        `json:"id,omitempty"` // such as 1234567-cn-hangzhou; uploads of the CDN have none
	Source    Source        `json:"source"`
	Status    Status        `json:"status"`
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
}

// FirstNumber is the number of the first certificate that the center numbers.
const FirstNumber = 1000001

// Region is the end of every id that the center makes.
const Region = "cn-hangzhou"

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

// ByLeaf returns the first certificate, in the order of names, of the source CAS and
// with the given leaf fingerprint. It does not visit uploads, of which any number may
// have the same content.
func (s State) ByLeaf(sha256 string) (Certificate, bool) { return s.bySource(FromCAS, sha256) }

// Holds reports whether there is any certificate with the given leaf fingerprint,
// whatever its source.
func (s State) Holds(sha256 string) bool {
	if _, uploaded := s.bySource(FromCDN, sha256); uploaded {
		return true
	}
	_, found := s.bySource(FromCAS, sha256)
	return found
}

func (s State) bySource(source Source, sha256 string) (Certificate, bool) {
	prefix := leafPrefix(source, sha256)
	for key := range s.Leaves.WithPrefix(prefix) {
		// A made-up fingerprint with a space may begin like another one.
		if c, ok := s.Get(key[len(prefix):]); ok && c.Leaf.SHA256 == sha256 {
			return c, true
		}
	}
	return Certificate{}, false
}

// NextNumber returns the next number, and the state that has given it out.
func (s State) NextNumber() (State, int) {
	for {
		n := FirstNumber + s.Numbered
		s.Numbered++
		if !s.IDs.Has(IDOf(n)) {
			return s, n
		}
	}
}

// IDOf returns the id of a number: the number and the region.
func IDOf(number int) string { return strconv.Itoa(number) + "-" + Region }

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
	if !found || c.Source != FromCAS || c.Domains > 0 || c.Listeners > 0 {
		return s, false
	}
	return s.Remove(name), true
}

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

// Region returns the part of the certificate's id behind its number.
func (c *Certificate) Region() string {
	if _, after, joined := strings.Cut(c.ID, "-"); joined {
		return after
	}
	return Region
}

// named returns a certificate's name for a refusal.
func named(name string) string { return "certificate " + strconv.Quote(name) }
