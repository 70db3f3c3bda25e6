// Package vectors holds test vectors for the upload of certificates: requests, one in each
// file, with the answers of the service. README.md describes the format, for runners in
// other languages.
package vectors

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

//go:embed */*.txt
var files embed.FS

// Accepted is the value of [Vector.Expect] for a request without a fault.
const Accepted = "accepted"

// AnyID is the key in [Vector.Stored] for every id without an entry of its own.
const AnyID = "*"

// A Vector is a request and its answer.
type Vector struct {
	Name       string   // "folder/file" without the extension
	Comment    string   // describes the special property of the request
	Operations []string // all of them give the same answer

	// The parameters of the request, short and long, by their names on the wire.
	// Pad has lengths in bytes to which long ones are padded with line feeds in
	// front.
	Short, Long map[string]string
	Pad         map[string]int

	Time                       time.Time         // to check validity at; zero: not checked
	Strict, VerifyChain        bool              // further checks
	CertificateLimit, KeyLimit int               // in bytes; 0: the default; negative: none
	Stored                     map[string]string // certificates by id, with AnyID for all others; nil: ids are not looked up

	Expect     string    // a condition, or Accepted
	Code       string    // the error code of a refused request
	At         Finding   // position and reason of the condition; its ID is empty
	Also       []Finding // further conditions, in order of precedence
	Advisories []Finding // all advisories of the report
}

// A Finding is a condition or an advisory with its position.
type Finding struct {
	ID          string
	Parameter   string // name on the wire; empty: none in particular
	Block, Line int    // PEM block and line in the parameter, both from 1; 0: none in particular
	Reason      string // a part of this project's explanation in English
}

// All returns every vector, sorted by name.
func All() ([]Vector, error) {
	var all []Vector
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		name, isVector := strings.CutSuffix(path, ".txt")
		if err != nil || entry.IsDir() || !isVector {
			return err
		}
		text, err := files.ReadFile(path)
		if err != nil {
			return err
		}
		v, err := Parse(name, string(text))
		all = append(all, v)
		return err
	})
	return all, err
}

// Values returns the request's parameters on the wire, long ones padded.
func (v Vector) Values() url.Values {
	values := url.Values{}
	for _, parameters := range []map[string]string{v.Short, v.Long} {
		for name, value := range parameters {
			values.Set(name, value)
		}
	}
	for name, length := range v.Pad {
		values.Set(name, strings.Repeat("\n", max(0, length-len(values.Get(name))))+values.Get(name))
	}
	return values
}

// Lookup returns the certificate that is stored under an id.
func (v Vector) Lookup(id string) (text string, ok bool) {
	if text, ok = v.Stored[id]; !ok {
		text, ok = v.Stored[AnyID]
	}
	return text, ok
}

const (
	storedPrefix = "stored "
	sectionBegin = "-- "
	sectionEnd   = " --"
	noLimit      = -1
)

// DefaultTime is the time of a vector without one.
func DefaultTime() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) }

// About returns the condition or advisory that the vector tests, or "" if it tests several
// or none.
func (v Vector) About() string {
	folder, _, _ := strings.Cut(v.Name, "/")
	if folder == "several-faults" || folder == "sound" {
		return ""
	}
	return folder
}

// Parse reads one file. It returns an error for anything that is not in the format.
func Parse(name, text string) (Vector, error) {
	v := Vector{Name: name, Time: DefaultTime(), Short: map[string]string{}, Long: map[string]string{}, Pad: map[string]int{}}
	if !utf8.ValidString(text) || !strings.HasSuffix(text, "\n") || strings.Contains(text, "\r") {
		return v, fmt.Errorf("%s: not lines of UTF-8 that end with a line feed", name)
	}
	seen := map[string]bool{}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for n := 0; n < len(lines); n++ {
		line := lines[n]
		var err error
		if section, found := sectionName(line); found {
			end := n + 1
			for end < len(lines) && !isSection(lines[end]) {
				end++
			}
			err = v.setSection(section, strings.Join(append(lines[n+1:end:end], ""), "\n"))
			n = end - 1
		} else if line != "" {
			err = v.setKey(line, seen)
		}
		if err != nil {
			return v, fmt.Errorf("%s:%d: %w", name, n+1, err)
		}
	}
	for name := range v.Pad {
		if _, found := v.Long[name]; !found {
			return v, fmt.Errorf("%s: pad: there is no section %s", v.Name, name)
		}
	}
	if v.Comment == "" || len(v.Operations) == 0 || v.Expect == "" || (v.Code == "") != (v.Expect == Accepted) {
		return v, fmt.Errorf("%s: comment, operation, expect or code is missing, or a code is too much", name)
	}
	return v, nil
}

func sectionName(line string) (string, bool) {
	rest, begins := strings.CutPrefix(line, sectionBegin)
	section, ends := strings.CutSuffix(rest, sectionEnd)
	return section, begins && ends
}

func isSection(line string) bool {
	_, found := sectionName(line)
	return found
}

func (v *Vector) setSection(section, text string) error {
	text, err := unescape(text)
	if err != nil {
		return err
	}
	into := v.Long
	if id, found := strings.CutPrefix(section, storedPrefix); found {
		if v.Stored == nil {
			v.Stored = map[string]string{}
		}
		section, into = id, v.Stored
	}
	return set(into, section, text)
}

func set[V any](into map[string]V, name string, value V) error {
	if _, twice := into[name]; twice || name == "" {
		return fmt.Errorf("%q is given twice, or has no name", name)
	}
	into[name] = value
	return nil
}

// repeatable are the keys that may occur more than once.
var repeatable = []string{"request", "pad", "also", "advisory"}

func (v *Vector) setKey(line string, seen map[string]bool) error {
	key, value, found := strings.Cut(line, ": ")
	if !found || value == "" {
		return errors.New("neither a section nor a key with a value")
	}
	if seen[key] && !slices.Contains(repeatable, key) {
		return fmt.Errorf("the key %q is given twice", key)
	}
	seen[key] = true
	var err error
	switch key {
	case "comment":
		v.Comment, err = unescape(value)
	case "operation":
		v.Operations = strings.Split(value, " ")
	case "expect":
		v.Expect = value
	case "code":
		v.Code = value
	case "at":
		v.At, err = parseFinding(" "+value, v.At.Reason)
	case "reason":
		v.At.Reason, err = unescape(value)
	case "also":
		err = add(&v.Also, value)
	case "advisory":
		err = add(&v.Advisories, value)
	case "time":
		v.Time, err = parseTime(value)
	case "strict":
		v.Strict, err = parseTrue(value)
	case "verify-chain":
		v.VerifyChain, err = parseTrue(value)
	case "certificate-limit":
		v.CertificateLimit, err = parseLimit(value)
	case "key-limit":
		v.KeyLimit, err = parseLimit(value)
	case "pad":
		name, digits, _ := strings.Cut(value, " ")
		length, numberErr := strconv.Atoi(digits)
		err = cmp.Or(numberErr, set(v.Pad, name, length))
	case "request":
		name, raw, _ := strings.Cut(value, "=")
		text, escapeErr := unescape(raw)
		err = cmp.Or(escapeErr, set(v.Short, name, text))
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	return err
}

func add(to *[]Finding, value string) error {
	f, err := parseFinding(value, "")
	*to = append(*to, f)
	return err
}

// parseFinding reads "ID PARAMETER BLOCK:LINE REASON". Parts after the ID may be missing,
// the last ones first.
func parseFinding(value, reason string) (f Finding, err error) {
	id, rest, _ := strings.Cut(value, " ")
	parameter, rest, _ := strings.Cut(rest, " ")
	place, why, _ := strings.Cut(rest, " ")
	f = Finding{ID: id, Parameter: strings.TrimPrefix(parameter, "-"), Reason: reason}
	if place != "" {
		block, line, _ := strings.Cut(place, ":")
		var blockErr, lineErr error
		f.Block, blockErr = strconv.Atoi(block)
		f.Line, lineErr = strconv.Atoi(line)
		err = errors.Join(blockErr, lineErr)
	}
	if why != "" {
		var escapeErr error
		f.Reason, escapeErr = unescape(why)
		err = cmp.Or(err, escapeErr)
	}
	return f, err
}

func parseTime(value string) (time.Time, error) {
	if value == "none" {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339, value)
}

func parseTrue(value string) (bool, error) {
	if value != "true" {
		return false, fmt.Errorf("the value is %q; the only one is true", value)
	}
	return true, nil
}

func parseLimit(value string) (int, error) {
	if value == "none" {
		return noLimit, nil
	}
	limit, err := strconv.Atoi(value)
	if err == nil && limit <= 0 {
		err = fmt.Errorf("the limit %d is not positive", limit)
	}
	return limit, err
}

// Format writes the file of a vector in the order of the README.
func (v Vector) Format() string {
	var b strings.Builder
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", key, value)
		}
	}
	line("comment", escapeValue(v.Comment))
	line("operation", strings.Join(v.Operations, " "))
	line("expect", v.Expect)
	line("code", v.Code)
	at := v.At
	at.Reason = ""
	line("at", strings.TrimPrefix(at.format(), " "))
	line("reason", escapeValue(v.At.Reason))
	for _, f := range v.Also {
		line("also", f.format())
	}
	for _, f := range v.Advisories {
		line("advisory", f.format())
	}
	if v.Time.IsZero() {
		line("time", "none")
	} else if !v.Time.Equal(DefaultTime()) {
		line("time", v.Time.Format(time.RFC3339))
	}
	line("strict", formatTrue(v.Strict))
	line("verify-chain", formatTrue(v.VerifyChain))
	line("certificate-limit", formatLimit(v.CertificateLimit))
	line("key-limit", formatLimit(v.KeyLimit))
	for _, name := range slices.SortedFunc(maps.Keys(v.Short), numbersInOrder) {
		line("request", name+"="+escapeValue(v.Short[name]))
	}
	for _, name := range slices.Sorted(maps.Keys(v.Pad)) {
		line("pad", name+" "+strconv.Itoa(v.Pad[name]))
	}
	separator := "\n" // a blank line ends the header; in a section it would be content
	section := func(name, text string) {
		b.WriteString(separator + sectionBegin + name + sectionEnd + "\n" + escapeSection(text))
		separator = ""
	}
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(v.Long))) { // certificate, then key
		section(name, v.Long[name])
	}
	for _, id := range slices.Sorted(maps.Keys(v.Stored)) {
		section(storedPrefix+id, v.Stored[id])
	}
	return b.String()
}

// numbersInOrder puts Certificates.2.… before Certificates.10.…
func numbersInOrder(a, b string) int {
	return cmp.Or(cmp.Compare(len(a)*numbered(a)*numbered(b), len(b)*numbered(a)*numbered(b)), strings.Compare(a, b))
}

func numbered(name string) int { return min(1, strings.Count(name, ".")) }

func (f Finding) format() string {
	if f.Parameter == "" && f.Block == 0 && f.Line == 0 && f.Reason == "" {
		return f.ID
	}
	s := f.ID + " " + cmp.Or(f.Parameter, "-")
	if f.Block != 0 || f.Line != 0 || f.Reason != "" {
		s += fmt.Sprintf(" %d:%d", f.Block, f.Line)
	}
	if f.Reason != "" {
		s += " " + escapeValue(f.Reason)
	}
	return s
}

func formatTrue(set bool) string {
	if set {
		return "true"
	}
	return ""
}

func formatLimit(limit int) string {
	switch limit {
	case 0:
		return ""
	case noLimit:
		return "none"
	default:
		return strconv.Itoa(limit)
	}
}

// unescape decodes the escapes of values and sections.
func unescape(text string) (string, error) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, `\`)
		b.WriteString(before)
		switch {
		case !found:
			return b.String(), nil
		case strings.HasPrefix(rest, "\n"): // the line continues
			text = rest[1:]
		case strings.HasPrefix(rest, `\`):
			b.WriteByte('\\')
			text = rest[1:]
		case len(rest) >= 3 && rest[0] == 'x':
			c, err := strconv.ParseUint(rest[1:3], 16, 8)
			if err != nil {
				return "", err
			}
			b.WriteByte(byte(c))
			text = rest[3:]
		case rest != "" && strings.Contains("nrt", rest[:1]):
			b.WriteByte(map[byte]byte{'n': '\n', 'r': '\r', 't': '\t'}[rest[0]])
			text = rest[1:]
		default:
			return "", fmt.Errorf("unknown escape \\%.3s", rest)
		}
	}
}

// escapeValue escapes characters that a value of one line cannot hold or would hide.
func escapeValue(value string) string {
	escaped := strings.ReplaceAll(escape(value), "\n", `\n`)
	if strings.HasPrefix(escaped, " ") {
		escaped = `\x20` + escaped[1:]
	}
	return escaped
}

// escapeSection is escapeValue for a section, which may have many lines.
func escapeSection(text string) string {
	escaped := escape(text)
	lines := strings.SplitAfter(escaped, "\n")
	for i, line := range lines {
		if isSection(strings.TrimSuffix(line, "\n")) {
			lines[i] = `\x2d` + line[1:]
		}
	}
	escaped = strings.Join(lines, "")
	if escaped != "" && !strings.HasSuffix(escaped, "\n") {
		escaped += "\\\n"
	}
	return escaped
}

// escape escapes all characters but line feeds and visible ones. White space at the end of
// a line is not visible.
func escape(text string) string {
	var b strings.Builder
	for i, size := 0, 0; i < len(text); i += size {
		var r rune
		r, size = utf8.DecodeRuneInString(text[i:])
		atEnd := i+size == len(text) || strings.HasPrefix(text[i+size:], "\n") || strings.HasPrefix(text[i+size:], "\r")
		switch {
		case r == '\n' || (unicode.IsPrint(r) && r != '\\' && (r != utf8.RuneError || size > 1) && (r != ' ' || !atEnd)):
			b.WriteString(text[i : i+size])
		case r == '\\':
			b.WriteString(`\\`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		default:
			for _, c := range []byte(text[i : i+size]) {
				fmt.Fprintf(&b, `\x%02x`, c)
			}
		}
	}
	return b.String()
}
