// Package published reads error tables out of the documents that publish them,
// and keeps them as tab-separated golden files.
//
// The documents themselves are not part of this project; what is kept of them
// is only the facts that programs meet on the wire: status, code and message.
package published

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Line is one error row of a published table.
type Line struct {
	Status  int
	Code    string
	Message string // template, to the letter
}

// maxLine bounds the length of one line of a document.
const maxLine = 1 << 20

// newLine checks what was cut out of a document and makes a Line of it.
func newLine(status, code, message string) (Line, error) {
	n, err := strconv.Atoi(status)
	if err != nil || len(status) != 3 || n < 100 || n > 599 {
		return Line{}, fmt.Errorf("want an HTTP status of three digits; got %q", status)
	}
	if code == "" || strings.ContainsFunc(code, notInCode) {
		return Line{}, fmt.Errorf("want an error code of letters, digits and dots; got %q", code)
	}
	if message == "" || strings.ContainsAny(message, "\t\r\n") {
		return Line{}, fmt.Errorf("want a message of one line without tabs; got %q", message)
	}
	return Line{n, code, message}, nil
}

func notInCode(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '.'
}

// A reader hands out the lines of a document and knows where it is.
type reader struct {
	scanner *bufio.Scanner
	number  int                    // of the current line, from 1
	stop    func(line string) bool // the line that ends the text early; nil: none
	ended   bool                   // for good: a Scanner would go on after an error
}

func newReader(r io.Reader) *reader {
	s := bufio.NewScanner(r)
	s.Buffer(nil, maxLine)
	return &reader{scanner: s}
}

// next returns the next line, without its end; ok is false after the last.
func (r *reader) next() (line string, ok bool) {
	if r.ended || !r.scanner.Scan() {
		r.ended = true
		return "", false
	}
	r.number++
	line = r.scanner.Text()
	if r.stop != nil && r.stop(line) {
		r.ended = true
		return "", false
	}
	return line, true
}

// err returns what stopped next before the end of the document, if anything.
func (r *reader) err() error {
	if err := r.scanner.Err(); err != nil {
		return fmt.Errorf("after line %d: %w", r.number, err)
	}
	return nil
}

// errorf is fmt.Errorf with the current line's number in front.
func (r *reader) errorf(format string, args ...any) error {
	return fmt.Errorf("line %d: %w", r.number, fmt.Errorf(format, args...))
}
