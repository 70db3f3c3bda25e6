package main

import "github.com/alicert/alicert/validate"

// renumber puts the lines of the file into the findings of a report on its parts. keyLine
// is the line of the key, 0 if it is from another file.
func (o *options) renumber(report *validate.Report, lines []int, keyLine int) {
	move := func(parameter string, line *int) {
		switch {
		case *line == 0:
		case parameter == o.certificateParameter() && *line <= len(lines):
			*line = lines[*line-1]
		case parameter == o.keyParameter() && keyLine > 0:
			*line += keyLine - 1
		}
	}
	for _, v := range report.Violations {
		move(v.Parameter, &v.Line)
	}
	for i := range report.Advisories {
		move(report.Advisories[i].Parameter, &report.Advisories[i].Line)
	}
	for i := range report.Certificates {
		move(o.certificateParameter(), &report.Certificates[i].Line)
	}
}
