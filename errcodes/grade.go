package errcodes

// Grade says what a rule rests on. It never changes a verdict; it tells how
// far to trust one. The zero value is no grade at all.
type Grade uint8

const (
	// Documented means that the vendor's published page says it.
	Documented Grade = iota + 1
	// Observed means that a real answer of the service, quoted in public,
	// shows it.
	Observed
	// Assumed means that the documents are silent and this library decides.
	Assumed

	numGrades // one more than the last grade
)

var gradeNames = [numGrades]string{"", "documented", "observed", "assumed"}

// String returns "documented", "observed" or "assumed", and "" for no grade.
func (g Grade) String() string { return nameOf(gradeNames[:], g) }

// MarshalText encodes the grade as its name, and fails for a number without
// one.
func (g Grade) MarshalText() ([]byte, error) { return marshal(g, numGrades, "grade") }

// UnmarshalText decodes a name that MarshalText wrote, and refuses others.
func (g *Grade) UnmarshalText(text []byte) error { return unmarshal(g, numGrades, "grade", text) }
