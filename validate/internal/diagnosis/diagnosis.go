// Package diagnosis says what is known of a checked request: the findings with their
// places and hints, the lines that they are about, and what a repair would change. The
// command certcheck and the page of certpage show it.
package diagnosis

import (
	"fmt"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// A Diagnosis is a checked request with the data that shows it. It holds the private key
// and must not be printed.
type Diagnosis struct {
	Report  *validate.Report
	Skipped []errcodes.Condition // not checked, since the parameter was not given
	Files   map[string]string    // the files of the parameters on the wire
	Texts   map[string]string    // the texts of certificates, by the parameter on the wire
	Key     validate.Secret      // the text of the private key
	Repair  *Repair              // what a repair would do, nil if it would not help
	Fixed   bool                 // the texts are those that a repair has written
}

// format fills a label in.
func format(lang errcodes.Lang, label errcodes.Message, args ...any) string {
	return fmt.Sprintf(label.In(lang), args...)
}
