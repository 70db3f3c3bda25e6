package errcodes

// Row is one line of a published error table, to the letter: mistakes in the
// vendor's wording are kept, since programs compare it.
type Row struct {
	Code    Code    `json:"code"`
	Status  int     `json:"status"`  // HTTP status
	Message string  `json:"message"` // template: each %s is filled in by an argument
	Edition Edition `json:"edition"` // the table it stands in
}
