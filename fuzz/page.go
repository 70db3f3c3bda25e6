package fuzz

import (
	"html/template"
	"io"
)

var page = template.Must(template.New("coverage").Parse(`<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Coverage</title>
<style>
body { font: 1rem/1.4 sans-serif; margin: 2rem; }
table { border-collapse: collapse; }
td, th { padding: .1rem .6rem; text-align: left; vertical-align: top; }
td:first-child { text-align: right; font-variant-numeric: tabular-nums; }
.missing { color: #b00; font-weight: bold; }
@media (prefers-color-scheme: dark) { body { background: #111; color: #ddd; } .missing { color: #f77; } }
</style>
<h1>Coverage</h1>
{{if .Missing}}<h2 class="missing">Never touched: {{len .Missing}}</h2>
<table>{{range .Missing}}<tr class="missing"><td>0<td>{{.Dimension}}<td>{{.Name}}{{end}}</table>
{{end}}{{range .Dimensions}}<h2>{{.Name}}: {{len .Points}}</h2>
<table>{{range .Points}}<tr><td>{{.Count}}<td>{{.Point.Name}}{{end}}</table>
{{end}}</html>
`))

// WritePage writes all counts as one self-contained HTML page. Required points that
// were never reached come first.
func (c *Coverage) WritePage(w io.Writer, required ...Point) error {
	type dimension struct {
		Name   string
		Points []Counted
	}
	data := struct {
		Missing    []Point
		Dimensions []dimension
	}{Missing: c.Missing(required...)}
	for _, p := range c.Counts() {
		last := len(data.Dimensions) - 1
		if last < 0 || data.Dimensions[last].Name != p.Dimension {
			data.Dimensions = append(data.Dimensions, dimension{Name: p.Dimension})
			last++
		}
		data.Dimensions[last].Points = append(data.Dimensions[last].Points, p)
	}
	return page.Execute(w, data)
}
