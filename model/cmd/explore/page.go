package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/label"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
)

// A generated part of a page is between the lines <!-- explore:NAME --> and <!--
// /explore -->.
const (
	partBegins = "<!-- explore:"
	partNamed  = " -->\n"
	partEnds   = "<!-- /explore -->\n"
)

// A writer writes a part. It reports whether the invariants hold.
type writer func(*strings.Builder, model.Limits) (sound bool, err error)

// parts returns the writers of parts by name.
func parts() map[string]writer {
	all := map[string]writer{
		"domain":      diagram(cdnMachine(cdn.Operations()[0], universe.Small)),
		"listener":    diagram(albMachine(universe.Small, errcodes.Original)),
		"network":     diagram(nlbMachine(errcodes.NLBAssociateAdditionalCertificatesWithListener)),
		"accelerated": diagram(gaMachine(errcodes.GAAssociateAdditionalCertificatesWithListener)),
		"cdn":         codes(cdnMachine(cdn.Operations()[0], universe.Small)),
		"alb":         codes(albMachine(universe.Small, errcodes.Original), albMachine(universe.Small, errcodes.Current)),
		// The other operations of the CDN machine. A new operation needs no new part.
		"operations": others,
		"nlb":        ofProduct(alb.NLB, nlbMachine),
		"ga":         ofProduct(alb.GA, gaMachine),
		"clb":        together(errcodes.UploadServerCertificate.Product(), clbMachine()),
		"esa":        together(errcodes.SetCertificate.Product(), esaMachine()),
	}
	return all
}

// writePage writes the page of a file with its parts updated.
func writePage(w *strings.Builder, file string, limits model.Limits) (sound bool, err error) {
	page, err := os.ReadFile(file) //nolint:gosec // the user names the file
	if err != nil {
		return false, err
	}
	before, found, err := split(string(page))
	if err != nil {
		return false, fmt.Errorf("%s: %w", file, err)
	}
	w.WriteString(before)
	sound = true
	for _, p := range found {
		w.WriteString(partBegins + p.name + partNamed)
		holds, err := p.write(w, limits)
		if err != nil {
			return false, err
		}
		sound = sound && holds
		w.WriteString(partEnds + p.after)
	}
	return sound, nil
}

// A part is a part of a page, with the text after it.
type part struct {
	name, after string
	write       writer
}

// split finds the parts of a page. Each must be there once.
func split(page string) (before string, found []part, err error) {
	missing := parts()
	pieces := strings.Split(page, partBegins)
	for _, piece := range pieces[1:] {
		name, text, _ := strings.Cut(piece, partNamed)
		_, after, ends := strings.Cut(text, partEnds)
		switch write := missing[name]; {
		case write == nil:
			return "", nil, fmt.Errorf("%s%.20q: no such part, or it is there twice", partBegins, name)
		case !ends:
			return "", nil, fmt.Errorf("%s%s: no %s", partBegins, name, strings.TrimSpace(partEnds))
		default:
			found = append(found, part{name, after, write})
			delete(missing, name)
		}
	}
	for name := range missing {
		return "", nil, fmt.Errorf("no %s%s", partBegins, name)
	}
	return pieces[0], found, nil
}

func diagram(m machine) writer {
	return func(b *strings.Builder, limits model.Limits) (bool, error) {
		b.WriteString("```mermaid\n")
		b.WriteString(m.draw(limits).Mermaid() + "```\n")
		return true, nil
	}
}

// codes writes every code of the operation in its versions, the original one first.
func codes(editions ...machine) writer {
	return func(b *strings.Builder, limits model.Limits) (sound bool, err error) {
		sound = true
		var lines []string
		for i, m := range editions {
			f, err := m.explore(limits)
			if err != nil {
				return false, err
			}
			sound = sound && f.sound()
			if i == 0 {
				fmt.Fprintf(b, "%s\n", f.summary())
			}
			lines = append(lines, f.rows()...)
		}
		writeTable(b, lines)
		return sound, nil
	}
}

// others writes every code of the operations of the CDN machine after the first one.
func others(b *strings.Builder, limits model.Limits) (sound bool, err error) {
	sound = true
	var earlier []*finding
	for i, operation := range cdn.Operations() {
		f, err := cdnMachine(operation, universe.Small).explore(limits)
		if err != nil {
			return false, err
		}
		sound = sound && f.sound()
		if i > 0 {
			f.writeDifferences(b, earlier)
		}
		earlier = append(earlier, f)
	}
	return sound, nil
}

// ofProduct writes every code of the operations of a product, which have a machine each.
func ofProduct(product string, of func(errcodes.Operation) machine) writer {
	return func(b *strings.Builder, limits model.Limits) (sound bool, err error) {
		sound = true
		for op := range universe.OfProduct(product) {
			f, err := of(op).explore(limits)
			if err != nil {
				return false, err
			}
			sound = sound && f.sound()
			f.writeDifferences(b, nil)
		}
		return sound, nil
	}
}

// together writes every code of the operations of a product, which have one machine.
func together(product string, m machine) writer {
	return func(b *strings.Builder, limits model.Limits) (sound bool, err error) {
		f, err := m.explore(limits)
		if err != nil {
			return false, err
		}
		b.WriteString(f.summary() + "\n")
		for operation := range universe.OfProduct(product) {
			f.table = operation.Table()
			if rows := f.rows(); len(rows) > 0 {
				fmt.Fprintf(b, "\n### %s %s\n", label.Product(product), operation)
				writeTable(b, rows)
			}
		}
		return f.sound(), nil
	}
}

// writeDifferences writes every code, or only the differences to an earlier operation
// if that is shorter.
func (f *finding) writeDifferences(b *strings.Builder, earlier []*finding) {
	operation := f.table.Operation
	fmt.Fprintf(b, "### %s %s\n\n%s\n", label.Product(operation.Product()), operation, f.summary())
	own := f.rows()
	lines, as, shortest := own, "", len(own)
	for _, before := range earlier {
		theirs := before.rows()
		added, removed := without(own, theirs), without(theirs, own)
		if len(added)+len(removed) >= shortest {
			continue
		}
		lines, shortest = added, len(added)+len(removed)
		as = fmt.Sprintf("\nAs `%s`, but without %s, and with what follows.\n", before.table.Operation, codesOf(removed))
	}
	b.WriteString(as)
	if len(lines) > 0 {
		writeTable(b, lines)
	}
	b.WriteString("\n")
}

// without returns the lines that are not among the others.
func without(lines, others []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return slices.Contains(others, line) })
}

// codesOf returns the first cells of lines.
func codesOf(lines []string) string {
	var codes []string
	for _, line := range lines {
		codes = append(codes, strings.Split(line, " | ")[0][len("| "):])
	}
	return cmp.Or(strings.Join(codes, ", "), "nothing")
}

func writeTable(b *strings.Builder, lines []string) {
	fmt.Fprintf(b, "\n| code | condition | shortest sequence |\n|---|---|---|\n%s", strings.Join(lines, ""))
}

func (f *finding) summary() string {
	holding := 0
	for _, p := range f.invariants {
		if p.holds() {
			holding++
		}
	}
	return fmt.Sprintf("%d states, %d transitions; %d of %d invariants hold; %d dead ends.",
		f.states, f.transitions, holding, len(f.invariants), f.deadEnds)
}

// rows returns one line for every row of the operation's table. For a later version
// it omits the rows of the original one.
func (f *finding) rows() (lines []string) {
	original := f.table.Operation.Table()
	for row := range f.table.Rows() {
		o, found := f.shortest(row)
		if before, _ := original.Row(o.condition); !found || original != f.table && before.Code == row.Code {
			continue
		}
		var steps []string
		for _, in := range o.path {
			steps = append(steps, "`"+strings.ReplaceAll(in.brief, "|", `\|`)+"`")
		}
		lines = append(lines, fmt.Sprintf("| `%s`%s | `%s` | %s |\n", row.Code, f.besides(original, row), o.condition, strings.Join(steps, " → ")))
	}
	return lines
}

// shortest returns the outcome that reaches a row in the fewest steps. Of several it
// returns the one that is checked first.
func (f *finding) shortest(row errcodes.Row) (least outcome, found bool) {
	for _, o := range f.checked() {
		if o.operation != f.table.Operation || o.row != row {
			continue
		}
		if !found || len(o.path) < len(least.path) {
			least, found = o, true
		}
	}
	return least, found
}

// besides returns the origin of a row that is not in the original table.
func (f *finding) besides(original errcodes.Table, row errcodes.Row) string {
	switch {
	case f.table != original:
		return fmt.Sprintf(" (in the %s edition)", errcodes.LaterPage)
	case row.Origin != errcodes.OwnPage:
		return fmt.Sprintf(" (%s)", row.Origin)
	default:
		return ""
	}
}
