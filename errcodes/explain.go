package errcodes

import (
	"iter"
	"slices"
)

// Explanation is what a code means in all tables that have it.
type Explanation struct {
	Code   Code   `json:"code"`
	Advice Advice `json:"advice"` // as [Advise] gives it

	// Meaning and Hint are those of the conditions that map to the code in any
	// operation, joined if there are several. For a code that no condition maps
	// to, they say what its message or its name tells.
	Meaning Message `json:"meaning"`
	Hint    Message `json:"hint"`

	// Occurrences are the rows that have the code, table by table. The gateway's codes
	// and those that SDKs make up have none.
	Occurrences []Occurrence `json:"places"`
}

// Occurrence is one row of one table, and the conditions that map to it, in the
// order in which they are checked. A row without conditions is never answered.
type Occurrence struct {
	Table      Table       `json:"catalog"`
	Row        Row         `json:"row"`
	Conditions []Condition `json:"conditions"`
}

// Conditions returns the conditions that map to the code in any operation, each
// once.
func (e *Explanation) Conditions() (conds []Condition) {
	for _, p := range e.Occurrences {
		for _, cond := range p.Conditions {
			if !slices.Contains(conds, cond) {
				conds = append(conds, cond)
			}
		}
	}
	return conds
}

// Tables returns the tables in which a condition maps to the code. all reports whether these
// are all tables that answer with the code: if not, the code means something else in the
// others.
func (e *Explanation) Tables(cond Condition) (tables []Table, all bool) {
	var answering []Table
	for _, o := range e.Occurrences {
		if len(o.Conditions) > 0 && !slices.Contains(answering, o.Table) {
			answering = append(answering, o.Table)
		}
		if slices.Contains(o.Conditions, cond) {
			tables = append(tables, o.Table)
		}
	}
	return tables, len(tables) == len(answering)
}

// Explain says what a code means, what to do about it, and which conditions map to
// it in each operation. ok is false for a code that [Codes] does not yield.
func Explain(code Code) (e Explanation, ok bool) {
	e.Code = code
	for table := range Tables() {
		for row := range table.Rows() {
			if row.Code == code {
				conds := append([]Condition{}, slices.Collect(table.ConditionsFor(row))...)
				e.Occurrences = append(e.Occurrences, Occurrence{table, row, conds})
			}
		}
	}
	known, ok := lone(code)
	meanings, hints := []Message{known.meaning}, []Message{known.hint}
	e.Advice = known.advice()
	if conds := e.Conditions(); len(conds) > 0 {
		ok, meanings, hints, e.Advice = true, nil, nil, adviseConditions(conds)
		for _, cond := range conds {
			meanings, hints = append(meanings, cond.Meaning()), append(hints, cond.Hint())
		}
	}
	e.Meaning, e.Hint = oneOf(meanings), oneOf(hints)
	e.Advice.Code, e.Advice.Reason, e.Advice.Hint = code, e.Meaning, e.Hint
	return e, ok
}

// Codes yields every code that [Explain] knows, each once: those of the tables, those of
// the gateway in front of every operation, and those that SDKs make up themselves.
func Codes() iter.Seq[Code] {
	return func(yield func(Code) bool) {
		told := make(map[Code]bool)
		once := func(code Code) bool {
			if told[code] {
				return true
			}
			told[code] = true
			return yield(code)
		}
		for table := range Tables() {
			for row := range table.Rows() {
				if !once(row.Code) {
					return
				}
			}
		}
		for _, l := range loneCodes {
			if !once(l.code) {
				return
			}
		}
	}
}

// oneOf joins different texts.
func oneOf(texts []Message) (joined Message) {
	for i, text := range texts {
		switch {
		case slices.Contains(texts[:i], text):
		case i == 0:
			joined = text
		default:
			joined.EN += "; or " + text.EN
			joined.ZH += "；或者 " + text.ZH
		}
	}
	return joined
}
