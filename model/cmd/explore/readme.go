package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/internal/universe"
)

// A part of a page is generated if it stands between the lines
// <!-- explore:NAME --> and <!-- /explore -->.
const (
	partBegins = "<!-- explore:"
	partNamed  = " -->\n"
	partEnds   = "<!-- /explore -->\n"
)

// A writer writes a part. It reports whether the invariants hold.
type writer func(*strings.Builder, model.Limits) (sound bool, err error)

// parts are what can be generated, by name.
func parts() map[string]writer {
	all := map[string]writer{
		"domain":   diagram(cdnMachine(cdn.Operations()[0], universe.Small)),
		"listener": diagram(albMachine(universe.Small, errcodes.Original)),
		"cdn":      codes(cdnMachine(cdn.Operations()[0], universe.Small)),
		"alb":      codes(albMachine(universe.Small, errcodes.Original), albMachine(universe.Small, errcodes.Current)),
	}
	for _, operation := range cdn.Operations()[1:] {
		all[operation.String()] = codes(cdnMachine(operation, universe.Small))
	}
	return all
}

// writePage writes the page in a file with its parts as they have to be.
func writePage(w *strings.Builder, file string, limits model.Limits) (sound bool, err error) {
	page, err := os.ReadFile(file)
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

// A part is one in a page, with what follows it.
type part struct {
	name, after string
	write       writer
}

// split finds the parts of a page, each of which has to be there once.
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

// codes tells every code of the operation in its editions, the original one first.
func codes(editions ...machine) writer {
	return func(b *strings.Builder, limits model.Limits) (sound bool, err error) {
		sound = true
		for i, m := range editions {
			f, err := m.explore(limits)
			if err != nil {
				return false, err
			}
			sound = sound && f.sound()
			if i == 0 {
				fmt.Fprintf(b, "%s\n\n| code | condition | shortest sequence |\n|---|---|---|\n", f.summary())
			}
			f.writeRows(b)
		}
		return sound, nil
	}
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

// writeRows writes one line for every row of the operation's table; of a later
// edition only for those that the original one lacks.
func (f *finding) writeRows(b *strings.Builder) {
	original := f.catalog.Operation.Table()
	for row := range f.catalog.Rows() {
		o, found := f.shortest(row)
		if before, _ := original.Row(o.condition); !found || original != f.catalog && before.Code == row.Code {
			continue
		}
		var steps []string
		for _, in := range o.path {
			steps = append(steps, "`"+strings.ReplaceAll(in.brief, "|", `\|`)+"`")
		}
		fmt.Fprintf(b, "| `%s`%s | `%s` | %s |\n", row.Code, f.besides(original, row), o.condition, strings.Join(steps, " → "))
	}
}

// shortest returns the outcome that earns a row in the fewest steps; of several
// that which is judged first.
func (f *finding) shortest(row errcodes.Row) (least outcome, found bool) {
	for _, o := range f.judged() {
		if earned, known := f.catalog.Row(o.condition); !known || earned != row || o.name != o.condition.String() {
			continue
		}
		if !found || len(o.path) < len(least.path) {
			least, found = o, true
		}
	}
	return least, found
}

// besides says of a row that is not in the original table where it is.
func (f *finding) besides(original errcodes.Table, row errcodes.Row) string {
	switch {
	case f.catalog != original:
		return fmt.Sprintf(" (in the %s edition)", errcodes.LaterPage)
	case row.Origin != errcodes.OwnPage:
		return fmt.Sprintf(" (%s)", row.Origin)
	default:
		return ""
	}
}
