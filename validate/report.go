package validate

import (
	"encoding/json"
	"slices"

	"github.com/alicert/alicert/errcodes"
)

// Report has all findings of one request. It is data, and callers render it. It holds
// no private-key material and shares no memory with the request. A nil report has no
// findings. JSON has the operation as its name on the wire and, beside it, the "product",
// which tells operations of one name apart.
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

	// Names says of the domain of the request and of Options.Domains, each once,
	// whether the leaf covers it. It is empty if there is no leaf.
	Names []NameCoverage `json:"names,omitempty"`
}

// reportFields are the members of a Report in JSON but for the operation.
type reportFields Report

// reportJSON is the JSON form of a Report. Its own members hide the operation among the
// fields.
type reportJSON struct {
	Operation string `json:"operation"`
	Product   string `json:"product,omitempty"`
	*reportFields
}

// MarshalJSON encodes the report with the product of its operation.
func (r Report) MarshalJSON() ([]byte, error) {
	if _, err := r.Operation.MarshalText(); err != nil {
		return nil, err
	}
	return json.Marshal(reportJSON{r.Operation.String(), r.Operation.Product(), (*reportFields)(&r)})
}

// UnmarshalJSON decodes what MarshalJSON wrote. Without a product the operation is the
// first one of its name.
func (r *Report) UnmarshalJSON(data []byte) error {
	j := reportJSON{reportFields: (*reportFields)(r)}
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	text := j.Operation
	if j.Product != "" {
		text = j.Product + ":" + text
	}
	return r.Operation.UnmarshalText([]byte(text))
}

// NameCoverage says whether a certificate covers a domain.
type NameCoverage struct {
	Domain  string `json:"domain"` // its lower-case ASCII form, or as it was given if it has none
	Covered bool   `json:"covered"`
	By      string `json:"by,omitempty"` // the name of the certificate that covers it
}

// Worst returns the highest level of the findings: LevelError if there is a violation,
// "" if there is no finding. Findings that follow from others count, too.
func (r *Report) Worst() Level {
	if r == nil {
		return ""
	}
	if len(r.Violations) > 0 {
		return LevelError
	}
	var worst Level
	for i := range r.Advisories {
		if l := r.Advisories[i].Level; worst == "" || l.AtLeast(worst) {
			worst = l
		}
	}
	return worst
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

// fold says which findings follow from others of the report, beyond what the checks
// know: a fault of the form that is there for the same reason as an earlier one, and
// every finding about the order of the certificates but the first. A finding whose cause is not in
// the report is one of its own.
func (r *Report) fold() {
	type fault struct {
		condition errcodes.Condition
		parameter string
		reason    errcodes.Message
	}
	before, faults := map[errcodes.Condition]bool{}, map[fault]bool{} // of the violations so far
	for _, v := range r.Violations {
		if !before[v.Follows] {
			v.Follows = 0
		}
		if v.Condition == errcodes.CondCertificateNotPEM || v.Condition == errcodes.CondPrivateKeyNotPEM {
			form := fault{v.Condition, v.Parameter, v.Reason}
			if faults[form] && v.Follows == 0 {
				v.Follows = v.Condition
			}
			faults[form] = true
		}
		before[v.Condition] = true
	}
	told := map[string]bool{} // names of all findings
	for _, a := range r.Advisories {
		told[string(a.ID)] = true
	}
	for condition := range before {
		told[condition.String()] = true
	}
	order := false
	for i := range r.Advisories {
		a := &r.Advisories[i]
		if !told[a.Follows] {
			a.Follows = ""
		}
		if a.ID == ChainOutOfOrder && a.Follows == "" {
			if order {
				a.Follows = string(ChainOutOfOrder)
			}
			order = true
		}
	}
}
