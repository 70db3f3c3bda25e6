package published

import (
	"fmt"
	"io"
	"strings"
)

// WriteTSV writes one line "status TAB code TAB message" per row.
func WriteTSV(w io.Writer, lines []Line) error {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "%d\t%s\t%s\n", l.Status, l.Code, l.Message)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// ReadTSV reads what WriteTSV wrote, and refuses anything else.
func ReadTSV(r io.Reader) ([]Line, error) {
	in := newReader(r)
	var lines []Line
	for {
		text, ok := in.next()
		if !ok {
			break
		}
		cells := strings.Split(text, "\t")
		if len(cells) != 3 {
			return nil, in.errorf("want status, code and message between tabs; got %q", text)
		}
		line, err := newLine(cells[0], cells[1], cells[2])
		if err != nil {
			return nil, in.errorf("%w", err)
		}
		lines = append(lines, line)
	}
	if err := in.err(); err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		return nil, in.errorf("no rows")
	}
	return lines, nil
}
