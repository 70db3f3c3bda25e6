package cli

import (
	"fmt"
	"io"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/redact"
)

// Complain writes one message to standard error, behind the name of the command.
func Complain(stderr io.Writer, command string, lang errcodes.Lang, err error) {
	_, _ = fmt.Fprintf(stderr, "%s: %s\n", command, redact.Printable(bilingual.Describe(err).In(lang)))
}

// FlagFailure says what is wrong with the flags, and how they are listed.
func FlagFailure(command string, err error) error {
	return bilingual.Fail("%[1]v; %[2]s -h lists the flags", "%[1]v；%[2]s -h 可列出所有选项", err, command)
}
