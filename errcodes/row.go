package errcodes

import "slices"

// Row is one line of a published error table, to the letter. It keeps the mistakes
// in the vendor's wording, since programs compare it.
type Row struct {
	Code    Code   `json:"code"`
	Status  int    `json:"status"`  // HTTP status
	Message string `json:"message"` // template: each %s is filled in by an argument
	Origin  Origin `json:"edition"` // the table it stands in

	Description Description `json:"description,omitzero"`
}

// isLine reports whether two rows are the same line of a table, whatever is said about them.
func (r Row) isLine(other Row) bool {
	other.Description = r.Description
	return r == other
}

// Description is what a Chinese page of the vendor says about a row, beside its message and
// to the letter. The zero value is none: no such page is known, or it leaves the row out.
type Description struct {
	ZH     string `json:"zh"`
	Source string `json:"source"` // the key of one of [Sources]
}

// IsZero reports whether there is no description.
func (d Description) IsZero() bool { return d == Description{} }

// none is the description of a row that has none.
var none Description

func onPage(page source, zh string) Description { return Description{zh, sources[page].Key} }

// described returns the rows with what a page says about their codes. Its other rows have
// no description.
func described(page source, texts map[Code]string, rows []Row) []Row {
	rows = slices.Clone(rows)
	for i := range rows {
		if zh, known := texts[rows[i].Code]; known {
			rows[i].Description = onPage(page, zh)
		}
	}
	return rows
}

// Origin says which published table a row stands in.
type Origin uint8

const (
	// OwnPage is the operation's own page.
	OwnPage Origin = iota + 1
	// LaterPage is a table that the vendor published later for the same
	// operation.
	LaterPage
	// SiblingPage is the table of a sibling operation; the operation's own tables
	// have no row for the condition.
	SiblingPage
	// ProductPage is the list of error codes of the operation's product.
	ProductPage
	// GatewayPage stands for the rows of the vendor's gateway, which answers before
	// the service. They have one form for all operations.
	GatewayPage

	numOrigins // one more than the last origin
)

var originNames = [numOrigins]string{"", "original", "later", "sibling", "product", "gateway"}

// String returns "original", "later", "sibling", "product" or "gateway", and "" for no
// origin.
func (o Origin) String() string { return nameOf(originNames[:], o) }

// MarshalText encodes the origin as its name, and fails for a number without
// one.
func (o Origin) MarshalText() ([]byte, error) { return marshal(o, numOrigins, "origin") }

// UnmarshalText decodes a name that MarshalText wrote, and refuses others.
func (o *Origin) UnmarshalText(text []byte) error {
	return unmarshal(o, numOrigins, "origin", text)
}
