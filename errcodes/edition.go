package errcodes

// Edition says which published table a row stands in.
type Edition uint8

const (
	// Original is the operation's own, original page.
	Original Edition = iota + 1
	// Later is a table the vendor published later for the same operation.
	Later
	// Sibling is the table of a sibling operation; the operation's own tables
	// have no row for the condition.
	Sibling

	numEditions // one more than the last edition
)

var editionNames = [numEditions]string{"", "original", "later", "sibling"}

// String returns "original", "later" or "sibling", and "" for no edition.
func (e Edition) String() string { return nameOf(editionNames[:], e) }

// MarshalText encodes the edition as its name, and fails for a number without
// one.
func (e Edition) MarshalText() ([]byte, error) { return marshal(e, numEditions, "edition") }

// UnmarshalText decodes a name that MarshalText wrote, and refuses others.
func (e *Edition) UnmarshalText(text []byte) error {
	return unmarshal(e, numEditions, "edition", text)
}
