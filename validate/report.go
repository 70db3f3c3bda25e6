package validate

import (
	"slices"

	"github.com/alicert/alicert/errcodes"
)

// Report has all findings of one request. It is data, and callers render it. It holds
// no private-key material and shares no memory with the request. A nil report has no
// findings.
type Report struct {
	// Operation is the operation of the request.
	Operation errcodes.Operation `json:"operation"`

	// Violations are in the order in which the service checks; the first is
	// its answer.
	Violations []*errcodes.Error `json:"violations,omitempty"`

	// Advisories are findings that the service accepts or does not document, but
	// a deployer wants to know.
	Advisories []Advisory `json:"advisories,omitempty"`

	// Certificates are those that could be parsed, in the order of the text.
	Certificates []Certificate `json:"certificates,omitempty"`
}

// Verdict returns the violation that the service would answer with. refused is
// false if it would accept.
func (r *Report) Verdict() (v errcodes.Error, refused bool) {
	if r == nil || len(r.Violations) == 0 {
		return errcodes.Error{}, false
	}
	return *r.Violations[0], true
}

// Err returns the verdict as an error, an [*errcodes.Error], or nil if the
// service would accept.
func (r *Report) Err() error {
	if r == nil || len(r.Violations) == 0 {
		return nil
	}
	return r.Violations[0]
}

// Advisory returns the first advisory with the given id; ok is false if there
// is none.
func (r *Report) Advisory(id AdvisoryID) (a Advisory, ok bool) {
	if r == nil {
		return Advisory{}, false
	}
	i := slices.IndexFunc(r.Advisories, func(a Advisory) bool { return a.ID == id })
	if i < 0 {
		return Advisory{}, false
	}
	return r.Advisories[i], true
}
