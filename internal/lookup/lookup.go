// Package lookup finds what is said about the words of a log: error codes, conditions and
// the ids of advisories.
package lookup

import (
	"cmp"
	"iter"
	"regexp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// An Entry is one word that something is said about. One of its members is set.
type Entry struct {
	Code      errcodes.Code
	Condition errcodes.Condition
	Advisory  validate.AdvisoryID
}

// Word is how the entry is spelled.
func (e Entry) Word() string {
	return cmp.Or(string(e.Code), e.Condition.String(), string(e.Advisory))
}

// Longest is how much of a text is looked at, in bytes.
const Longest = 16 << 10

// Find returns the entries that a word or the line of a log is about, in any case of the
// letters. If a line names a code as such ("ErrorCode: …"), only that is returned; one
// without a code is looked up by the service's message. If there is none, like are entries
// that are spelled much like it.
func Find(text string) (found []Entry, like []string) {
	text = text[:min(len(text), Longest)]
	if found = exact(strings.TrimSpace(text)); found != nil {
		return found, nil
	}
	for _, pattern := range []*regexp.Regexp{named, dotted, humped} {
		for _, match := range pattern.FindAllStringSubmatch(text, -1) {
			for _, e := range inLine(match[1], pattern == named) {
				if !slices.Contains(found, e) {
					found = append(found, e)
				}
			}
		}
		if found != nil {
			return found, nil
		}
	}
	if found = byMessage(text); found != nil {
		return found, nil
	}
	return nil, similar(text)
}

var (
	// named is a code that is called so, in the logs of SDKs, in JSON and in XML.
	named = regexp.MustCompile(`(?i)code["'>]?\s*[:=]?\s*["']?([a-z][\w-]*(?:\.\w+)*)`)
	// dotted is a word with a dot in it, as most codes are.
	dotted = regexp.MustCompile(`\b([A-Za-z]\w*(?:\.\w+)+)`)
	// humped is a word with a capital or a hyphen in it.
	humped = regexp.MustCompile(`\b([A-Za-z][a-z0-9]*[A-Z-][\w-]*)`)
)

// inLine returns the entries for a word of a line. A word that is called a code may be one
// of a family.
func inLine(word string, isCode bool) []Entry {
	if found := exact(word); found != nil || !isCode {
		return found
	}
	if i := strings.LastIndexByte(word, '.'); i > 0 {
		e, ok := errcodes.Explain(errcodes.Code(word[:i]))
		if ok && len(e.Occurrences) == 0 {
			return []Entry{{Code: e.Code}}
		}
	}
	return nil
}

// exact returns the entries that are spelled so, or if there are none, those that are but
// for the case of the letters: a few codes of two products differ in nothing else.
func exact(word string) (found []Entry) {
	if word == "" {
		return nil
	}
	same := 0
	for e := range All() {
		switch {
		case e.Word() == word:
			found = slices.Insert(found, same, e)
			same++
		case strings.EqualFold(e.Word(), word):
			found = append(found, e)
		}
	}
	if same > 0 {
		return found[:same]
	}
	return found
}

// All yields every entry: codes, conditions, advisories.
func All() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for code := range errcodes.Codes() {
			if !yield(Entry{Code: code}) {
				return
			}
		}
		for cond := range errcodes.Conditions() {
			if !yield(Entry{Condition: cond}) {
				return
			}
		}
		for id := range validate.Advisories() {
			if !yield(Entry{Advisory: id}) {
				return
			}
		}
	}
}

// byMessage returns the codes whose message stands in a text.
func byMessage(text string) (found []Entry) {
	const least = 16 // letters of a message that says enough
	text = strings.ToLower(text)
	for table := range errcodes.Tables() {
		for row := range table.Rows() {
			e := Entry{Code: row.Code}
			if slices.Contains(found, e) || len(row.Message) < least {
				continue
			}
			at, all := 0, true
			for part := range strings.SplitSeq(strings.ToLower(row.Message), "%s") {
				i := strings.Index(text[at:], strings.Trim(part, " .!"))
				if i < 0 {
					all = false
					break
				}
				at += i + len(strings.Trim(part, " .!"))
			}
			if all {
				found = append(found, e)
			}
		}
	}
	return found
}

// similar returns the words that a single word was probably meant to be, the nearest
// first.
func similar(text string) (like []string) {
	const most, longest, letters = 3, 80, 4
	word := strings.ToLower(strings.TrimSpace(text))
	if word == "" || len(word) > longest || strings.ContainsAny(word, " \t\n") {
		return nil
	}
	type candidate struct {
		word     string
		distance int
	}
	var all []candidate
	for e := range All() {
		d := levenshtein.ComputeDistance(word, strings.ToLower(e.Word()))
		if d <= 1+len(word)/letters {
			all = append(all, candidate{e.Word(), d})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return a.distance - b.distance })
	for _, c := range all {
		if len(like) < most && c.distance <= all[0].distance+1 && !slices.Contains(like, c.word) {
			like = append(like, c.word)
		}
	}
	return like
}
