package published

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

const (
	albHeader = "HttpCode Error code Error message Description"

	// albDescription begins every description, and so ends every message.
	albDescription = " The error message returned because"
)

// ALB reads the table of the ALB pages, flattened to text: under a line with the
// column names, each line is status, code, message and description, up to the
// first blank line.
func ALB(r io.Reader) ([]Line, error) {
	in := newReader(r)
	for {
		text, ok := in.next()
		if !ok {
			if err := in.err(); err != nil {
				return nil, err
			}
			return nil, in.errorf("the document ends without the line %q", albHeader)
		}
		if strings.TrimSpace(text) == albHeader {
			break
		}
	}
	var lines []Line
	for {
		text, ok := in.next()
		text = strings.TrimSpace(text)
		if !ok || text == "" {
			break
		}
		line, err := cutALB(text)
		if err != nil {
			return nil, in.errorf("%w in %q", err, text)
		}
		lines = append(lines, line)
	}
	if err := in.err(); err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		return nil, in.errorf("no rows under the line %q", albHeader)
	}
	return lines, nil
}

func cutALB(text string) (Line, error) {
	status, rest, ok1 := strings.Cut(text, " ")
	code, rest, ok2 := strings.Cut(rest, " ")
	if !ok1 || !ok2 {
		return Line{}, errors.New("want status, code, message and description")
	}
	message, _, found := strings.Cut(rest, albDescription)
	if !found {
		return Line{}, fmt.Errorf("want a description that begins with %q", strings.TrimSpace(albDescription))
	}
	return newLine(status, code, message)
}
