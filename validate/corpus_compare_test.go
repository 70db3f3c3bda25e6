package validate_test

import (
	"cmp"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/alicert/alicert/internal/oracle"
)

// A comparison holds what we say of many items to what others say of them.
type comparison[T any] struct {
	title, about string

	items    []T
	unit     string // what an item is, in the plural
	id       func(T) string
	ours     func(T) bool
	theirs   func(T) bool
	explain  func(T) string // what we say of an item, in words
	classes  []class[T]
	leftOut  int // items that cannot be compared
	whyNot   string
	outcomes [2]string // the words for false and true
}

// A class of differences is one that is intended. The differences that no class
// explains fail the test, and so does a class that explains none: the list can
// neither hide a mistake nor outlive its reasons.
type class[T any] struct {
	known string // the reason, by its name in oracle.Known
	ours  bool   // which of the two ways to differ
	when  func(T) bool
}

// run compares the items, reports on the test, and keeps CORPUS.md true.
func (c comparison[T]) run(t *testing.T) {
	t.Helper()
	const shown = 40 // an error in the library concerns many files
	members := make([]int, len(c.classes))
	differ, unexplained := 0, 0
	ours, theirs := inParallel(c.items, c.ours), inParallel(c.items, c.theirs)
	for i, item := range c.items {
		if ours[i] == theirs[i] {
			continue
		}
		differ++
		k := slices.IndexFunc(c.classes, func(class class[T]) bool { return class.ours == ours[i] && class.when(item) })
		if k >= 0 {
			members[k]++
			continue
		}
		if unexplained++; unexplained <= shown {
			t.Errorf("%s: we say %s, they say %s: %s", c.id(item), c.word(ours[i]), c.word(theirs[i]), c.explain(item))
		}
	}
	if unexplained > shown {
		t.Errorf("... and %d others", unexplained-shown)
	}
	for i, class := range c.classes {
		if members[i] == 0 {
			t.Errorf("no difference is of the class %q any more: remove it", class.known)
		}
	}
	section := c.section(members, len(c.items)-differ)
	t.Log(section)
	keepCorpusSection(t, c.title, section)
}

func (c comparison[T]) word(outcome bool) string {
	if outcome {
		return c.outcomes[1]
	}
	return c.outcomes[0]
}

// section renders the result for CORPUS.md.
func (c comparison[T]) section(members []int, equal int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n%s\n\n", c.title, c.about)
	explained := 0
	for _, n := range members {
		explained += n
	}
	fmt.Fprintf(&b, "| %s compared | equal | explained | unexplained |\n|---:|---:|---:|---:|\n", c.unit)
	fmt.Fprintf(&b, "| %d | %d | %d | %d |\n", len(c.items), equal, explained, len(c.items)-equal-explained)
	if c.leftOut > 0 {
		fmt.Fprintf(&b, "\nNot compared: %d %s.\n", c.leftOut, c.whyNot)
	}
	if len(c.classes) == 0 {
		return b.String()
	}
	fmt.Fprintf(&b, "\n| class of differences | we say | %s | why |\n|---|---|---:|---|\n", c.unit)
	for i, class := range c.classes {
		fmt.Fprintf(&b, "| %s | %s | %d | %s |\n", class.known, c.word(class.ours), members[i], oracle.Find(class.known).Why)
	}
	return b.String()
}

// inParallel returns what f says of each item.
func inParallel[T, R any](items []T, f func(T) R) []R {
	results := make([]R, len(items))
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(items); i += workers {
				results[i] = f(items[i])
			}
		})
	}
	wg.Wait()
	return results
}

// partition returns the items that are wanted, and the number of others.
func partition[T any](items []T, wanted func(T) bool) (kept []T, others int) {
	for _, item := range items {
		if wanted(item) {
			kept = append(kept, item)
		}
	}
	return kept, len(items) - len(kept)
}

const corpusPage = "CORPUS.md"

const corpusPreface = `# What the corpus says

Nearly ten thousand files with certificates and keys, most from the tests of some ninety other projects, the others deformed
on purpose; each labeled with what OpenSSL 3.0 and Go make of it, and nearly seven thousand pairs of them. None is part of
this repository. With ` + "`ALICERT_CORPUS`" + ` naming their folder, ` + "`go test ./validate -run Corpus`" + ` checks every one of them, holds the answers to
the labels, and the numbers to this page; ` + "`-corpus.update`" + ` writes it anew.

A difference is explained when it belongs to a named class of intended ones. Any other fails the tests.
`

// corpusSections is their order in CORPUS.md.
var corpusSections = []string{
	titleStable, titleUsage, titleCertificates, titleDERCertificates, titleKeys, titleDERKeys, titleEncrypted,
	titleTruePairs, titleLoading, titleNearMisses, titleLaterCertificate, titleEncryptedPairs, titleDisputed, titleTerraform,
	titleNormalCertificates, titleNormalKeys, titleNormalPairs, titleNormalMisses, titleRepaired,
	// What the tests of internal/readers print for these stands in the page as it is.
	"Changed certificates", "Changed keys",
}

var corpusPageLock sync.Mutex

// keepCorpusSection holds one section of CORPUS.md to what a test found, or writes it.
func keepCorpusSection(t *testing.T, title, section string) {
	t.Helper()
	corpusPageLock.Lock()
	defer corpusPageLock.Unlock()
	old, err := os.ReadFile(corpusPage)
	if err != nil && !*corpusUpdate {
		t.Fatal(err)
	}
	all := strings.Split(string(old), "\n## ")[1:]
	for i, text := range all {
		all[i] = "## " + strings.TrimRight(text, "\n") + "\n"
	}
	i := slices.IndexFunc(all, func(text string) bool { return titleOf(text) == title })
	switch {
	case i >= 0 && all[i] == section && !*corpusUpdate:
		return
	case !*corpusUpdate:
		t.Errorf("%s says something else under %q: go test ./validate -run Corpus -corpus.update", corpusPage, title)
		return
	case i >= 0:
		all[i] = section
	default:
		all = append(all, section)
	}
	all = slices.DeleteFunc(all, func(text string) bool { return !slices.Contains(corpusSections, titleOf(text)) })
	slices.SortFunc(all, func(a, b string) int {
		return cmp.Compare(slices.Index(corpusSections, titleOf(a)), slices.Index(corpusSections, titleOf(b)))
	})
	if err := os.WriteFile(corpusPage, []byte(corpusPreface+corpusSummary(all)+"\n"+strings.Join(all, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
}

// corpusNumbers finds the first row of a section.
var corpusNumbers = regexp.MustCompile(`(?m)^\|[- :|]+\|\n(\|[ 0-9|]+\|)$`)

// corpusSummary is the table that begins the page: the first row of each section.
func corpusSummary(sections []string) string {
	var b strings.Builder
	b.WriteString("\n| check | compared | equal | explained | unexplained |\n|---|---:|---:|---:|---:|\n")
	for _, section := range sections {
		title, numbers := titleOf(section), "| – |"
		if found := corpusNumbers.FindStringSubmatch(section); found != nil {
			numbers = found[1]
		}
		anchor := strings.ReplaceAll(strings.ToLower(strings.ReplaceAll(title, ",", "")), " ", "-")
		fmt.Fprintf(&b, "| [%s](#%s) %s\n", title, anchor, numbers)
	}
	return b.String()
}

// TestCorpusSummary holds the table that begins CORPUS.md to the sections below it.
func TestCorpusSummary(t *testing.T) {
	page, err := os.ReadFile(corpusPage)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(page), "\n## ")
	sections := strings.Split(rest, "\n## ")
	if len(sections) != len(corpusSections) {
		t.Errorf("%d sections, want %d", len(sections), len(corpusSections))
	}
	want := corpusPreface + corpusSummary(sections)
	if before != want {
		t.Errorf("the beginning of CORPUS.md is not\n%s", want)
	}
	if strings.Contains(want, "– |") || !strings.HasSuffix(want, " 0 |\n") {
		t.Errorf("a section has no numbers, or unexplained ones:\n%s", want)
	}
}

// titleOf returns the title of a section.
func titleOf(section string) string {
	title, _, _ := strings.Cut(section, "\n")
	return strings.TrimPrefix(title, "## ")
}
