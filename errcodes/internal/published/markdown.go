package published

import (
	"io"
	"slices"
	"strings"
)

// The header cells by which the tables are known.
var (
	cdnHeader  = []string{"错误代码", "错误信息", "HTTP 状态码", "描述"}
	listHeader = []string{"status", "code", "message"}
)

// CDN reads the Markdown table of the CDN pages: code, message, status and
// description under Chinese column names, anywhere in the document.
func CDN(r io.Reader) ([]Line, error) {
	return readTable(newReader(r), cdnHeader, func(cells []string) (Line, error) {
		return newLine(cells[2], cells[0], cells[1])
	})
}

// List reads a Markdown table with the columns status, code and message. Only
// the section under the given heading counts, down to the next heading of
// whatever level.
func List(r io.Reader, heading string) ([]Line, error) {
	in := newReader(r)
	for {
		line, ok := in.next()
		if !ok {
			if err := in.err(); err != nil {
				return nil, err
			}
			return nil, in.errorf("the document ends without the heading %q", heading)
		}
		if text, ok := headingText(line); ok && text == heading {
			break
		}
	}
	in.stop = func(line string) bool {
		_, ok := headingText(line)
		return ok
	}
	return readTable(in, listHeader, func(cells []string) (Line, error) {
		return newLine(cells[0], cells[1], cells[2])
	})
}

// readTable reads the one table with the given header.
func readTable(in *reader, header []string, toLine func(cells []string) (Line, error)) ([]Line, error) {
	var lines []Line
	found := false
	for {
		text, ok := in.next()
		if !ok {
			break
		}
		if !slices.Equal(cellsOf(text), header) {
			continue
		}
		if found {
			return nil, in.errorf("a second table with the header %s", rowOf(header))
		}
		found = true
		var err error
		if lines, err = readRows(in, header, toLine); err != nil {
			return nil, err
		}
	}
	switch err := in.err(); {
	case err != nil:
		return nil, err
	case !found:
		return nil, in.errorf("the text ends without a table with the header %s", rowOf(header))
	default:
		return lines, nil
	}
}

// readRows reads what follows a header, up to the first line that is no row.
func readRows(in *reader, header []string, toLine func(cells []string) (Line, error)) ([]Line, error) {
	text, _ := in.next()
	if !isSeparator(text, len(header)) {
		return nil, in.errorf("want the line of dashes under the header %s; got %q", rowOf(header), text)
	}
	var lines []Line
	for {
		text, ok := in.next()
		cells := cellsOf(text)
		if !ok || cells == nil {
			break
		}
		if len(cells) != len(header) {
			return nil, in.errorf("want the %d cells %s; got %d in %q", len(header), rowOf(header), len(cells), text)
		}
		line, err := toLine(cells)
		if err != nil {
			return nil, in.errorf("%w in %q", err, text)
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 && in.err() == nil {
		return nil, in.errorf("no rows under the header %s", rowOf(header))
	}
	return lines, nil
}

// cellsOf returns the trimmed cells of a table row, nil for any other text.
func cellsOf(text string) []string {
	text = strings.TrimSpace(text)
	if len(text) < 2 || text[0] != '|' {
		return nil
	}
	// A bar that belongs to a cell is written \|.
	const bar = "\x00"
	text = strings.ReplaceAll(text, `\|`, bar)
	cells := strings.Split(strings.TrimSuffix(text[1:], "|"), "|")
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(strings.TrimSpace(cell), bar, "|")
	}
	return cells
}

// rowOf is the inverse of cellsOf, for messages.
func rowOf(cells []string) string { return "|" + strings.Join(cells, "|") + "|" }

func isSeparator(text string, columns int) bool {
	cells := cellsOf(text)
	return len(cells) == columns && !slices.ContainsFunc(cells, func(cell string) bool {
		return !strings.Contains(cell, "-") || strings.Trim(cell, ":-") != ""
	})
}

// headingText returns the text of a Markdown heading line.
func headingText(line string) (text string, ok bool) {
	rest := strings.TrimLeft(line, "#")
	if rest == line || !strings.HasPrefix(rest, " ") {
		return "", false
	}
	return strings.TrimSpace(rest), true
}
