package probe

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/alicert/alicert/errcodes"
)

// A Verdict is what one answer says about this library's rules.
type Verdict string

// The verdicts.
const (
	Agrees     Verdict = "agrees"
	Differs    Verdict = "differs"
	NewCode    Verdict = "new code"
	NotDecided Verdict = "not decided" // the request did not come so far
)

// Comparison is one observation beside what this library says.
type Comparison struct {
	Case     string
	Table    errcodes.Table
	Verdict  Verdict
	Expected Expectation
	Answer   Answer
	Rule     string // the rule that differs, "" if none does
	// First is the condition behind the expected one whose row was answered: it is judged
	// first, or the expected one does not hold for the service. 0: none.
	First errcodes.Condition
}

// Comparisons are those of one file.
type Comparisons struct {
	Lines []Comparison
	Rules []Rule // that differ
}

// Rule is a rule that differs.
type Rule struct {
	Name    string   `json:"name"` // such as "SetCdnDomainSSLCertificate order DomainNotFound"
	Kind    Kind     `json:"kind"`
	Cases   []string `json:"cases"`            // that show it
	Before  []string `json:"before,omitempty"` // of an order: what the condition is judged before
	Answers []string `json:"answers"`          // the codes that were answered
}

// Kind is what differs.
type Kind string

// The kinds of rules.
const (
	KindOrder    Kind = "order"    // a condition is judged before others
	KindRow      Kind = "row"      // a condition has another row
	KindAccepted Kind = "accepted" // a form is taken that this library refuses
	KindRefused  Kind = "refused"  // a form is refused that this library takes, or is refused otherwise
	KindText     Kind = "text"     // the code is right, status or message are not
	KindSuccess  Kind = "success"  // the request was not refused at all
)

// Compare holds the observations of one run against the tables. One answer never proves
// why it is what it is: a rule that is named is one that the answers are not consistent
// with.
func Compare(observations []Observation) (*Comparisons, error) {
	if len(observations) == 0 {
		return nil, errors.New("probe: there is nothing to compare")
	}
	all := &Comparisons{}
	made := materials{}
	for i := range observations {
		o := &observations[i]
		c, known := caseByID(o.Case)
		if !known {
			return nil, errors.New("probe: there is no such case")
		}
		expected, err := c.Expect(made.at(o.time()), o.time(), o.site())
		if err != nil {
			return nil, err
		}
		all.Lines = append(all.Lines, compare(&c, expected, o))
	}
	all.findRules()
	return all, nil
}

// materials are made once for each day.
type materials map[int64]*Material

func (ms materials) at(t time.Time) *Material {
	day := t.Unix() / int64(validFor/time.Second)
	if ms[day] == nil {
		ms[day] = NewMaterial(t)
		ms[day].bits = quickBits
	}
	return ms[day]
}

func compare(c *Case, expected Expectation, o *Observation) Comparison {
	line := Comparison{Case: c.ID, Table: expected.Table, Expected: expected, Answer: o.Answer}
	code := errcodes.Code(o.Answer.Code)
	switch {
	case code == expected.Row.Code:
		line.Verdict = Agrees
	case code != "" && outside(code, c):
		line.Verdict = NotDecided
	case code != "" && !isKnown(code):
		line.Verdict = NewCode
	default:
		line.Verdict = Differs
	}
	if line.Verdict == Differs {
		for _, held := range expected.Behind {
			if held.Row.Code == code {
				line.First = held.Condition
				break
			}
		}
	}
	return line
}

// outside reports whether a code tells of the caller, the rate or the service, and not of
// the request. A case that reaches no operation is about the gateway itself.
func outside(code errcodes.Code, c *Case) bool {
	if c.Operation == 0 {
		return false
	}
	table := c.Operation.Table()
	for row := range table.Rows() {
		if row.Code == code {
			return false
		}
	}
	return aboutCaller(string(code))
}

// isKnown reports whether any table, or the gateway, has a code.
func isKnown(code errcodes.Code) bool {
	_, known := errcodes.Explain(code)
	return known
}

// textDiffers reports whether an answer with the right code has another status or message.
// What a saved text does not tell, differs from nothing.
func (line *Comparison) textDiffers() bool {
	a := &line.Answer
	return a.HTTP != 0 && a.HTTP != line.Expected.Row.Status || a.Message != "" && a.Message != line.Expected.Message
}

// subject names what a rule is about: the operation and the condition, with the parameter
// where a condition has a row for each.
func (line *Comparison) subject() string {
	e := &line.Expected
	if e.Condition == 0 {
		return line.Case
	}
	name := e.Condition.String()
	if e.Condition == errcodes.CondParameterMissing || e.Condition == errcodes.CondParameterUnreadable {
		name += "(" + e.Parameter + ")"
	}
	return name
}

// operation is the operation of a line as rules name it.
func (line *Comparison) operation() string {
	return cmp.Or(line.Table.Operation.ID(), "gateway")
}

// shownCode is the code of an answer, or a word for none.
func (line *Comparison) shownCode() string { return cmp.Or(line.Answer.Code, "no refusal") }

// findRules names the rules that the lines are not consistent with.
func (all *Comparisons) findRules() {
	subjects := map[string][]*Comparison{} // the lines that were decided
	for i := range all.Lines {
		line := &all.Lines[i]
		if line.Verdict != NotDecided {
			key := line.operation() + " " + line.subject()
			subjects[key] = append(subjects[key], line)
		}
	}
	for i := range all.Lines {
		line := &all.Lines[i]
		alike := subjects[line.operation()+" "+line.subject()]
		switch line.Verdict {
		case Agrees:
			if line.textDiffers() {
				all.add(line, KindText, line.Answer.Code)
			}
		case NotDecided:
		default:
			all.explain(line, alike)
		}
	}
}

// explain names the rule behind a line that differs, in the light of those with the same
// expected condition.
func (all *Comparisons) explain(line *Comparison, alike []*Comparison) {
	same := func(l *Comparison) bool { return l.Answer.Code == line.Answer.Code }
	everywhere := !slices.ContainsFunc(alike, func(l *Comparison) bool { return !same(l) })
	const mark = errcodes.CondKeyMismatch // of what is read and taken
	switch {
	case line.Answer.Code == "":
		all.add(line, KindSuccess, line.Case)
	case line.First == mark && !all.markFirst(line.Table), line.First != 0 && line.First != mark && !first(line, alike):
		all.add(line, KindAccepted, line.Case)
	case line.First != 0:
		all.add(line, KindOrder, line.First.String())
	case everywhere && line.Expected.Condition != mark:
		all.add(line, KindRow, line.subject())
	default:
		all.add(line, KindRefused, line.Case)
	}
}

// markFirst reports whether every certificate and key of an operation that this library
// refuses is answered as if only the match had been judged. Then that comes first. One
// that is answered so while others are not is accepted.
func (all *Comparisons) markFirst(table errcodes.Table) bool {
	n := 0
	for i := range all.Lines {
		l := &all.Lines[i]
		if l.Table != table || l.Verdict == NotDecided || !l.Expected.holds(errcodes.CondKeyMismatch) || !judgesForm(l.Expected.Condition) {
			continue
		}
		if l.First != errcodes.CondKeyMismatch {
			return false
		}
		n++
	}
	return n > 1
}

// judgesForm reports whether a condition is about the form of a certificate.
func judgesForm(cond errcodes.Condition) bool {
	return cond == errcodes.CondCertificateNotPEM || cond == errcodes.CondCertificateMalformed
}

// first reports whether the condition that was answered comes before the expected one:
// whether all requests that have both are answered so.
func first(line *Comparison, alike []*Comparison) bool {
	for _, l := range alike {
		if l.Expected.holds(line.First) && l.First != line.First {
			return false
		}
	}
	return true
}

// add adds a line to the rule of a kind about a subject.
func (all *Comparisons) add(line *Comparison, kind Kind, subject string) {
	line.Rule = line.operation() + " " + string(kind) + " " + subject
	i := slices.IndexFunc(all.Rules, func(r Rule) bool { return r.Name == line.Rule })
	if i < 0 {
		i = len(all.Rules)
		all.Rules = append(all.Rules, Rule{Name: line.Rule, Kind: kind})
	}
	r := &all.Rules[i]
	r.Cases = append(r.Cases, line.Case)
	if kind == KindOrder && !slices.Contains(r.Before, line.subject()) {
		r.Before = append(r.Before, line.subject())
	}
	if code := line.shownCode(); !slices.Contains(r.Answers, code) {
		r.Answers = append(r.Answers, code)
	}
}
