package oracle

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// Mangler changes PEM text at random, mostly around its BEGIN and END lines. If this
// library accepts the result, it must read the same as OpenSSL and Go.
type Mangler struct {
	intN  func(n int) int
	decoy []string // the lines of a certificate that is not in the text
}

// NewMangler returns a mangler that makes its choices with intN, which returns a
// number from 0 to n-1. It hides decoy, a certificate of one block.
func NewMangler(intN func(n int) int, decoy string) Mangler {
	return Mangler{intN, strings.Split(strings.TrimSuffix(decoy, "\n"), "\n")}
}

// Seeded returns a mangler that makes the same choices for the same seed.
func Seeded(seed uint64, decoy string) Mangler {
	return NewMangler(rand.New(rand.NewPCG(seed, 0)).IntN, decoy) //nolint:gosec // a test must be repeatable
}

// PickOne returns one of the values.
func PickOne[T any](m Mangler, from ...T) T { return from[m.intN(len(from))] }

// length returns a number near the lengths at which OpenSSL reads lines differently.
func (m Mangler) length() int {
	return PickOne(m, 1, 2, 63, 64, 65, 76, piece, 2*piece, 4*piece) + PickOne(m, -1, 0, 0, 1, 2)
}

func (m Mangler) spaces() string {
	return strings.Repeat(PickOne(m, " ", " ", "\t", "\r", "\v", "\x00", "\u00a0"), PickOne(m, 1, 2, m.length()))
}

// Mangle makes a few changes to a text.
func (m Mangler) Mangle(text string) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for range 1 + m.intN(3) {
		lines = m.change(lines)
	}
	end := PickOne(m, "\n", "\n", "\n", "\r\n", "\r")
	text = strings.Join(lines, end)
	if m.intN(8) > 0 {
		text += PickOne(m, end, end, "\n", "\r\n", "\r", " ", "\n\x00")
	}
	switch m.intN(40) {
	case 0:
		text = "\ufeff" + text
	case 1:
		text = text[:m.intN(len(text)+1)]
	case 2:
		at := m.intN(len(text) + 1)
		text = text[:at] + PickOne(m, "-", ":", "=", "\r", "\n", "A", "\x00", " ") + text[at:]
	}
	return text
}

// change makes one change to the lines of a text.
func (m Mangler) change(lines []string) []string {
	at := m.intN(len(lines))
	switch kind := m.intN(16); kind {
	case 0, 1:
		return m.rewrap(lines)
	case 2: // another line
		return slices.Insert(lines, at, PickOne(m, "", "", m.spaces(), "text", "# "+m.decoy[0], strings.Repeat("x", m.length())))
	case 3: // a line after BEGIN
		return slices.Insert(lines, min(1, at), PickOne(m, "", "", m.spaces(), "Comment: none", "Proc-Type: 4,ENCRYPTED"))
	case 7, 8, 9: // the next BEGIN or END line
		for i := range lines {
			if j := (at + i) % len(lines); strings.HasPrefix(lines[j], "-----") {
				at = j
				break
			}
		}
		lines[at] = m.changeBoundary(kind, lines[at])
	case 10: // padding
		last := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "-----END") }) - 1
		if last > 0 {
			lines[last] = strings.TrimRight(lines[last], "=") + PickOne(m, "", "=", "==", "===", "====", "= =", "=\n=")
		}
	case 12: // two lines in one
		if at+1 < len(lines) {
			lines[at] += lines[at+1]
			return slices.Delete(lines, at+1, at+2)
		}
	case 13:
		return slices.Delete(lines, at, at+min(1, len(lines)-1))
	case 14:
		return slices.Insert(lines, PickOne(m, 0, at, len(lines)), m.hidden()...)
	default:
		lines[at] = m.changeLine(kind, lines[at])
	}
	return lines
}

// changeBoundary changes a BEGIN or END line.
func (m Mangler) changeBoundary(kind int, line string) string {
	switch kind {
	case 7:
		return strings.Replace(line, "-----", PickOne(m, "----", "------", "—————", "- ----", "-----x", "\ufeff-----", "\n-----", "-----\n"), PickOne(m, 1, 2))
	case 8:
		return line + m.spaces()
	case 9:
		if m.intN(2) == 0 {
			return m.resemble(line)
		}
		fallthrough
	default:
		return strings.Replace(line, "CERTIFICATE", PickOne(m, "certificate", "CERTIFICATE ", " CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE", "CERTIFICATE\t", "C-", "", "PUBLIC KEY"), 1)
	}
}

// resemble changes a BEGIN or END line into what only a person takes for one.
func (m Mangler) resemble(line string) string {
	switch m.intN(4) {
	case 0:
		return strings.ReplaceAll(line, "-", PickOne(m, "\u2010", "\u2011", "\u2013", "\u2014", "\u2212", "\ufe63", "\uff0d"))
	case 1:
		return strings.ReplaceAll(line, " ", PickOne(m, "\u00a0", "\u2003", "\u3000", "\u200b \u200b", "\t"))
	case 2:
		return strings.ToLower(line)
	default:
		return PickOne(m, "\u200b", "\u00a0", "> ", "CERT=\"", "\u201c", "# ", "// ", "+", "<pre>", "cert: ") + line
	}
}

// changeLine changes any line.
func (m Mangler) changeLine(kind int, line string) string {
	switch kind {
	case 4:
		return line + m.spaces()
	case 5:
		return m.spaces() + line
	case 6:
		half := m.intN(len(line) + 1)
		return line[:half] + m.spaces() + line[half:]
	case 11:
		if line == "" {
			return line
		}
		i := m.intN(len(line))
		return line[:i] + PickOne(m, "-", ":", "=", "_", "é", "\x00", "", "A", "\n") + line[i+1:]
	default: // a line far to the right
		return strings.Repeat(PickOne(m, " ", "x"), PickOne(m, piece, piece-1, piece+1, 2*piece)) + line
	}
}

// rewrap writes the body lines with another length.
func (m Mangler) rewrap(lines []string) []string {
	var out []string
	var body string
	length := max(1, m.length())
	for _, l := range lines {
		if !strings.HasPrefix(l, "-----") {
			body += l
			continue
		}
		for ; len(body) > length; body = body[length:] {
			out = append(out, body[:length])
		}
		if body != "" {
			out = append(out, body)
		}
		out, body = append(out, l), ""
	}
	return append(out, body)
}

// hidden returns the decoy with BEGIN and END lines that only some readers find.
func (m Mangler) hidden() []string {
	lines := slices.Clone(m.decoy)
	for _, i := range []int{0, len(lines) - 1} {
		lines[i] = strings.Repeat(PickOne(m, "A", "A", "#", " "), PickOne(m, piece, 2*piece, 2*piece, piece-1, piece+1)) + lines[i]
	}
	switch m.intN(4) {
	case 0:
		lines[0] = m.decoy[0]
	case 1:
		lines[len(lines)-1] = m.decoy[len(lines)-1]
	case 2:
		lines[0] = "\ufeff" + m.decoy[0]
	}
	return lines
}
