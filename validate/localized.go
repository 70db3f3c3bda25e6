package validate

import "github.com/alicert/alicert/errcodes"

// LocalizedSchema is the schema of [Localized]. It grows when a key is removed or gets
// another meaning; keys are added without that.
const LocalizedSchema = 1

// Localized is a report in one language, for programs that show or store it: the form of
// certcheck -format json, and of the pages. Slices are never nil.
type Localized struct {
	Schema    int    `json:"schema"`
	Cert      string `json:"cert,omitempty"` // set by certcheck -dir: the files of a pair
	Key       string `json:"key,omitempty"`
	Operation string `json:"operation"` // its name on the wire
	Product   string `json:"product"`   // that has the operation: products may share names

	// Verdict is the first of the violations, nil if the service would accept.
	Verdict      *LocalizedViolation  `json:"verdict"`
	Violations   []LocalizedViolation `json:"violations"`
	Advisories   []LocalizedAdvisory  `json:"advisories"`
	Certificates []Certificate        `json:"certificates"`
	Names        []NameCoverage       `json:"names"`

	// Fix is what a repair would change, after which the service would accept. It is nil
	// if that is not known, would not help, or there is nothing to change.
	Fix *LocalizedFix `json:"fix"`

	Failing AdvisoryID           `json:"failing,omitempty"` // set by certcheck: makes the exit status 1
	Skipped []errcodes.Condition `json:"skipped,omitempty"` // Options.Skip, where somebody set it
	Fixed   []LocalizedChange    `json:"fixed,omitempty"`   // set by certcheck -fix: what was changed
}

// LocalizedViolation is an [*errcodes.Error] in one language.
type LocalizedViolation struct {
	Code        errcodes.Code      `json:"code"`
	Status      int                `json:"status"`
	Message     string             `json:"message"`
	Condition   errcodes.Condition `json:"condition"`
	Parameter   string             `json:"parameter"`
	Reason      string             `json:"reason"` // with the position in front
	Hint        string             `json:"hint"`
	Grade       errcodes.Evidence  `json:"grade"`
	Edition     errcodes.Origin    `json:"edition"`
	Block       int                `json:"block,omitempty"`
	Line        int                `json:"line,omitempty"`
	Provisional bool               `json:"provisional,omitempty"`

	LocalizedFinding
}

// LocalizedAdvisory is an [Advisory] in one language.
type LocalizedAdvisory struct {
	ID        AdvisoryID `json:"id"`
	Reason    string     `json:"reason"` // with the position in front
	Hint      string     `json:"hint"`
	Parameter string     `json:"parameter,omitempty"`
	Block     int        `json:"block,omitempty"`
	Line      int        `json:"line,omitempty"`

	LocalizedFinding
}

// LocalizedFinding is what violations and advisories have alike.
type LocalizedFinding struct {
	Level    Level  `json:"level"`
	Evidence string `json:"evidence,omitempty"`
	Source   string `json:"source,omitempty"`
	Follows  string `json:"follows,omitempty"` // the condition or id of the finding that is the cause

	// Place is the position in the parameter, nil if there is none. certcheck adds the
	// file.
	Place *LocalizedPlace `json:"place"`
}

// LocalizedPlace is a line and a column, both from 1, as editors count them. Columns are
// Unicode code points.
type LocalizedPlace struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// LocalizedFix is what a repair would change.
type LocalizedFix struct {
	Command []string          `json:"command,omitempty"` // set by certcheck: that repairs
	Changes []LocalizedChange `json:"changes"`
}

// LocalizedChange is a [Change] in one language.
type LocalizedChange struct {
	Parameter string `json:"parameter"`
	What      string `json:"what"`
	Remedy    string `json:"remedy,omitempty"` // what it leaves to do
}

// In returns the report in one language. It shares no memory with it that either changes.
func (r *Report) In(lang errcodes.Lang) Localized {
	if r == nil {
		r = new(Report)
	}
	l := Localized{
		Schema:       LocalizedSchema,
		Operation:    r.Operation.String(),
		Product:      r.Operation.Product(),
		Violations:   make([]LocalizedViolation, 0, len(r.Violations)),
		Advisories:   make([]LocalizedAdvisory, 0, len(r.Advisories)),
		Certificates: append([]Certificate{}, r.Certificates...),
		Names:        append([]NameCoverage{}, r.Names...),
	}
	for _, v := range r.Violations {
		l.Violations = append(l.Violations, localizedViolation(v, lang))
	}
	for i := range r.Advisories {
		l.Advisories = append(l.Advisories, localizedAdvisory(&r.Advisories[i], lang))
	}
	if len(l.Violations) > 0 {
		l.Verdict = &l.Violations[0]
	}
	return l
}

func localizedViolation(v *errcodes.Error, lang errcodes.Lang) LocalizedViolation {
	reason := v.Why(lang)
	if v.Reason.IsZero() {
		reason = v.Prefix(v.Condition.Meaning()).In(lang)
	}
	l := LocalizedViolation{
		Code: v.Code, Status: v.Status, Message: v.Message, Condition: v.Condition, Parameter: v.Parameter,
		Reason: reason, Hint: v.Hint().In(lang), Grade: v.Evidence, Edition: v.Origin,
		Block: v.Block, Line: v.Line, Provisional: v.Provisional,
		LocalizedFinding: LocalizedFinding{Level: LevelError, Evidence: v.Evidence.String(), Source: v.Source, Place: localizedPlace(v.Position)},
	}
	if v.Follows != 0 {
		l.Follows = v.Follows.String()
	}
	return l
}

func localizedAdvisory(a *Advisory, lang errcodes.Lang) LocalizedAdvisory {
	return LocalizedAdvisory{
		ID: a.ID, Reason: a.Why(lang), Hint: a.Hint().In(lang), Parameter: a.Parameter, Block: a.Block, Line: a.Line,
		LocalizedFinding: LocalizedFinding{Level: a.Level, Follows: a.Follows, Place: localizedPlace(a.Position)},
	}
}

func localizedPlace(p errcodes.Position) *LocalizedPlace {
	if p.Line == 0 {
		return nil
	}
	return &LocalizedPlace{Line: p.Line, Column: max(p.Column, 1)}
}

// LocalizedChanges returns changes in one language.
func LocalizedChanges(changes []Change, lang errcodes.Lang) (all []LocalizedChange) {
	for _, c := range changes {
		all = append(all, LocalizedChange{c.Parameter, c.What.In(lang), c.Remedy.In(lang)})
	}
	return all
}
