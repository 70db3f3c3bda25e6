package errcodes

// An observation is what answers, which users recorded with the probe on accounts of their
// own, say about one mapping. observed.go has them; go generate writes it.
type observation struct {
	operation Operation
	version   Version
	cond      Condition
	parameter string
	contrary  Message // what an answer says against the mapping; zero: several agree, none differs
}

// ObservationKey is the key of the source that has what was recorded with the probe.
const ObservationKey = "O"

// observedSource is that source. It is none of the list while there are no files.
func observedSource() Source {
	return Source{ObservationKey, "answers that users recorded with the probe on accounts of their own", Observed, observedIn}
}

// observationOf returns what was recorded about a mapping.
func (t Table) observationOf(all []observation, m *mapping) (o observation, ok bool) {
	for i := range all {
		o := &all[i]
		if o.operation == t.Operation && o.cond == m.cond && o.version == t.Resolve().Version && o.parameter == t.Operation.Parameter(m.field) {
			return *o, true
		}
	}
	return observation{}, false
}

// evidence returns the evidence for a mapping to its row, the source of it, and what
// speaks against it. Answers that were recorded raise what is reported or assumed, and
// what they contradict they make doubtful.
func (t Table) evidence(all []observation, m *mapping, row Row) (Evidence, Source, Contrary) {
	evidence, from := t.data().evidenceOf(m, row)
	source, contrary := sources[from], m.contrary.public()
	o, recorded := t.observationOf(all, m)
	switch {
	case recorded && !o.contrary.IsZero():
		contrary = Contrary{o.contrary, observedSource()}
	case recorded && evidence > Observed:
		evidence, source = Observed, observedSource()
	}
	return evidence, source, contrary
}
