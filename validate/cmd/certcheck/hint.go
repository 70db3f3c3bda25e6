package main

import (
	"regexp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/diagnosis"
)

// standIns are the words in commands of hints that stand for a file. FILE is the one that
// a finding is about.
var standIns = regexp.MustCompile(`\bFILE\b|\bDIR\b|-in cert\.pem\b|-in key\.pem\b`)

// named puts the names of files into the commands of a hint, so that they can be pasted.
// What is piped in has no name, and a name that is not printable is not shown.
func (r *result) named(hint string, f *diagnosis.Finding) string {
	op := r.Report.Operation
	return standIns.ReplaceAllStringFunc(hint, func(word string) string {
		before, file := "-in ", ""
		switch word {
		case "DIR":
			return "fixed"
		case "FILE":
			before, file = "", r.Files[f.Parameter]
		case "-in cert.pem":
			file = r.Files[op.Parameter(errcodes.FieldCertificate)]
		case "-in key.pem":
			file = r.Files[op.Parameter(errcodes.FieldPrivateKey)]
		}
		if !isPastable(file) {
			return word
		}
		return before + shellQuote([]string{file})
	})
}
