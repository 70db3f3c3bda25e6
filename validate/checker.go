package validate

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate/internal/message"
)

// A checker collects the findings of one request: conditions and advisories, in the
// order of the checks. At the end the table of the request's operation turns them
// into codes and parameter names, so a check does not depend on the operation. A
// checker without a table only collects.
//
// For a verdict, checks stop at the first finding.
type checker struct {
	table       errcodes.Table
	opts        Options
	verdictOnly bool
	region      string // that the request names, "" for none

	findings     []finding
	notes        []note
	certificates []Certificate
	names        []NameCoverage

	signatures    map[signature]signatureCheck // the signatures that were verified
	signatureCost int                          // of all of them
	spent         bool                         // a signature was not verified, because all of them would have cost too much
}

// A finding is one condition that holds.
type finding struct {
	cond        errcodes.Condition
	field       errcodes.Field // that the gateway refuses; 0 for a condition of the service
	at          errcodes.Position
	entry       int // of a repeated parameter, from 1; 0: none
	reason      message.Reason
	args        []string // fill the message of the row
	provisional bool
	follows     errcodes.Condition // that of an earlier finding, which is the cause
}

// A note is an advisory whose parameter has no name yet.
type note struct {
	id     AdvisoryID
	field  errcodes.Field
	entry  int // as in a finding
	at     errcodes.Position
	reason message.Reason

	follows string // the cause: a condition or another advisory
}

// newChecker returns a checker for one of an operation's requests.
func newChecker(op errcodes.Operation, opts Options) *checker {
	return &checker{table: opts.table(op), opts: opts}
}

func (c *checker) done() bool { return c.verdictOnly && len(c.findings) > 0 }

// has reports whether the operation checks a condition.
func (c *checker) has(cond errcodes.Condition) bool { return c.table.Has(cond) }

// insteadOf has the advisories about what some operations refuse and others accept.
var insteadOf = map[errcodes.Condition]AdvisoryID{
	errcodes.CondSecondLeaf:             SecondLeaf,
	errcodes.CondCertificateNotServer:   NotServer,
	errcodes.CondCertificateExpired:     LeafNotInPeriod,
	errcodes.CondCertificateNotYetValid: LeafNotInPeriod,
}

// record records a finding, unless its condition is skipped. If the operation does not
// have the condition, there may be an advisory in its place.
func (c *checker) record(f finding) {
	switch {
	case slices.Contains(c.opts.Skip, f.cond):
	case c.table.Operation == 0 || c.has(f.cond):
		c.findings = append(c.findings, f)
	case c.verdictOnly:
	default:
		if id, known := insteadOf[f.cond]; known {
			c.advise(id, errcodes.FieldCertificate, f.at, f.reason)
		}
	}
}

// hasFinding reports whether a condition was recorded.
func (c *checker) hasFinding(cond errcodes.Condition) bool {
	return slices.ContainsFunc(c.findings, func(f finding) bool { return f.cond == cond })
}

func (c *checker) violate(cond errcodes.Condition, at errcodes.Position, reason message.Reason) {
	c.record(finding{cond: cond, at: at, reason: reason})
}

func (c *checker) advise(id AdvisoryID, field errcodes.Field, at errcodes.Position, reason message.Reason) {
	c.note(note{id: id, field: field, at: at, reason: reason})
}

func (c *checker) note(n note) {
	if !c.verdictOnly {
		c.notes = append(c.notes, n)
	}
}

// form records a departure from the vendor's published form of PEM text: an
// advisory, or in strict mode a violation.
func (c *checker) form(strict errcodes.Condition, id AdvisoryID, at errcodes.Position, reason message.Reason) {
	if c.opts.Strict {
		c.violate(strict, at, reason)
		return
	}
	c.advise(id, fieldOf(strict), at, reason)
}

// fieldOf returns the parameter that a condition on the form of PEM text is about.
func fieldOf(notPEM errcodes.Condition) errcodes.Field {
	if notPEM == errcodes.CondPrivateKeyNotPEM {
		return errcodes.FieldPrivateKey
	}
	return errcodes.FieldCertificate
}

// finish returns the findings under the operation's names, in the order of its
// table.
func (c *checker) finish() *Report {
	r := &Report{Operation: c.table.Operation, Certificates: c.certificates, Names: c.names}
	slices.SortStableFunc(c.findings, func(a, b finding) int { return cmp.Compare(c.rank(a), c.rank(b)) })
	for _, f := range c.findings {
		r.Violations = append(r.Violations, c.violation(f))
	}
	r.Advisories = slices.Grow(r.Advisories, len(c.notes))
	for _, n := range c.notes {
		a := c.advisory(n)
		switch {
		case a.Level == LevelIgnore:
		case n.id == NothingChecked: // the first thing that a reader must see
			r.Advisories = slices.Insert(r.Advisories, 0, a)
		default:
			r.Advisories = append(r.Advisories, a)
		}
	}
	r.fold()
	return r
}

// rank returns the place of a finding in the order of the checks. Those of the gateway stay
// as they were recorded, in front of all others: a condition that has a row for each
// parameter has no single place in the table.
func (c *checker) rank(f finding) int {
	if f.field != 0 {
		return -1
	}
	return c.table.Rank(f.cond)
}

func (c *checker) advisory(n note) Advisory {
	return Advisory{
		ID: n.id, Level: c.opts.level(n.id), Parameter: c.parameter(n.field, n.entry), Position: n.at,
		Reason: printable(n.reason.Text()), Remedy: printable(n.reason.Remedy()), Follows: n.follows,
	}
}

// verdict returns the answer of a checker whose checks run in the order of the
// table and stop at the first finding.
func (c *checker) verdict() error {
	if len(c.findings) == 0 {
		return nil
	}
	return c.violation(c.findings[0])
}

func (c *checker) violation(f finding) *errcodes.Error {
	e := c.table.ErrorOf(f.cond, f.field, f.args...)
	e.Position, e.Provisional = f.at, f.provisional
	e.Reason, e.Remedy, e.Follows = printable(f.reason.Text()), printable(f.reason.Remedy()), f.follows
	if f.entry > 0 {
		e.Parameter = entryName(e.Parameter, f.entry)
	}
	return &e
}

// parameter returns the wire name of a field, or of one entry of a repeated one.
func (c *checker) parameter(f errcodes.Field, entry int) string {
	name := c.table.Operation.Parameter(f)
	if entry > 0 {
		return entryName(name, entry)
	}
	return name
}

// entryName puts a number into the name of a repeated parameter, such as
// Certificates.N.CertificateId.
func entryName(parameter string, entry int) string {
	return strings.Replace(parameter, ".N", "."+strconv.Itoa(entry), 1)
}

// printable escapes characters that certificates and parameters bring into a reason.
func printable(m errcodes.Message) errcodes.Message {
	return errcodes.Message{EN: redact.Printable(m.EN), ZH: redact.Printable(m.ZH)}
}

// longestShown is in bytes: the base64 text of the shortest key in use, Ed25519,
// has 64.
const longestShown = 63

// quote shows a short parameter value to a person. It does not show a longer one,
// which may be a private key that was pasted into the wrong field, or a piece of one.
func quote(value string) message.Reason {
	if len(value) > longestShown || redact.Is(value) {
		return message.ValueOfBytes.With(len(value))
	}
	return message.Quoted.With(value)
}
