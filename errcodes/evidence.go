package errcodes

// Evidence says what a rule rests on: how far to trust a verdict. It never changes
// one. The zero value is no evidence.
type Evidence uint8

const (
	// Documented means that the vendor's published page says it.
	Documented Evidence = iota + 1
	// Observed means that a real answer of the service, quoted in public,
	// shows it.
	Observed
	// Reported means that a user or a widely used tool describes it without
	// printing the answer.
	Reported
	// Assumed means that the documents are silent and this library decides.
	Assumed

	numEvidence // one more than the last evidence
)

var evidenceNames = [numEvidence]string{"", "documented", "observed", "reported", "assumed"}

// String returns "documented", "observed", "reported" or "assumed", and "" for no evidence.
func (e Evidence) String() string { return nameOf(evidenceNames[:], e) }

// MarshalText encodes the evidence as its name, and fails for a number without
// one.
func (e Evidence) MarshalText() ([]byte, error) { return marshal(e, numEvidence, "evidence") }

// UnmarshalText decodes a name that MarshalText wrote, and refuses others.
func (e *Evidence) UnmarshalText(text []byte) error {
	return unmarshal(e, numEvidence, "evidence", text)
}
