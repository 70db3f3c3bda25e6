package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz/internal/probe"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/cli"
)

// compare compares files with what this library says.
func (c *command) compare(args []string) (int, error) {
	set := c.flags("compare")
	asJSON := set.Bool("json", false, "")
	asGo := set.Bool("as-go-test", false, "")
	if err := set.Parse(args); err != nil {
		return 0, err
	}
	if set.NArg() == 0 || *asJSON && *asGo {
		return 0, bilingual.Fail("compare takes files, and one of -json and -as-go-test at most", "compare 需要文件；-json 与 -as-go-test 不能同时使用")
	}
	status := cli.OK
	var results []jsonFile
	for _, name := range set.Args() {
		lines, err := readObservations(name)
		if err != nil {
			return 0, err
		}
		all, err := probe.Compare(lines)
		if err != nil {
			return 0, err
		}
		if len(all.Rules) > 0 {
			status = cli.Failed
		}
		switch {
		case *asJSON:
			results = append(results, newJSONFile(name, all))
			continue
		case *asGo:
			_, err = c.stdout.Write(probe.GoTest(lines, all))
		default:
			_, err = c.stdout.Write(c.report(name, all))
		}
		if err != nil {
			return 0, err
		}
	}
	if *asJSON {
		e := json.NewEncoder(c.stdout)
		e.SetIndent("", "  ")
		return status, e.Encode(results)
	}
	return status, nil
}

func readObservations(name string) ([]probe.Observation, error) {
	f, err := os.Open(name) //nolint:gosec // the user names it
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	lines, err := probe.Decode(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return lines, nil
}

// report is the text of a comparison: each case, the rules that differ, and a summary by
// table.
func (c *command) report(name string, all *probe.Comparisons) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n\n", name)
	for i := range all.Lines {
		line := &all.Lines[i]
		fmt.Fprintf(&b, "%-24s %-12s %s", line.Case, c.verdict(line.Verdict), shown(line.Answer.Code))
		if line.Verdict != probe.Agrees && line.Verdict != probe.NotDecided {
			fmt.Fprintf(&b, c.in("; expected %s (%s, %s)", "；预期 %s（%s，%s）"), line.Expected.Row.Code, line.Expected.Condition, line.Expected.Evidence)
		}
		fmt.Fprintf(&b, "%s\n", c.becomes(line))
	}
	if len(all.Rules) > 0 {
		b.WriteString(c.in("\nThe answers are not consistent with these rules:\n", "\n应答与以下规则不一致：\n"))
	}
	for _, r := range all.Rules {
		fmt.Fprintf(&b, "  %s: %s [%s]", r.Name, strings.Join(r.Answers, ", "), strings.Join(r.Cases, ", "))
		if len(r.Before) > 0 {
			fmt.Fprintf(&b, c.in("; before %s", "；先于 %s"), strings.Join(r.Before, ", "))
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "\n%-64s %8s %8s %8s %12s\n", c.in("table", "错误码表"), c.verdict(probe.Agrees), c.verdict(probe.Differs), c.verdict(probe.NewCode), c.verdict(probe.NotDecided))
	for _, s := range summary(all) {
		fmt.Fprintf(&b, "%-64s %8d %8d %8d %12d\n", s.Table, s.Counts[probe.Agrees], s.Counts[probe.Differs], s.Counts[probe.NewCode], s.Counts[probe.NotDecided])
	}
	return b.Bytes()
}

// becomes says what the evidence for a rule would become with this file.
func (c *command) becomes(line *probe.Comparison) string {
	switch {
	case line.Expected.Condition == 0 || line.Verdict == probe.NotDecided:
		return ""
	case line.Verdict != probe.Agrees:
		return c.in("; would be doubtful", "；证据将变为存疑")
	case line.Expected.Evidence == errcodes.Assumed || line.Expected.Evidence == errcodes.Reported:
		return fmt.Sprintf(c.in("; %s, observed with a second file", "；%s，再有一份独立记录即为 observed"), line.Expected.Evidence)
	default:
		return ""
	}
}

func (c *command) verdict(v probe.Verdict) string {
	return c.in(string(v), map[probe.Verdict]string{
		probe.Agrees: "一致", probe.Differs: "不一致", probe.NewCode: "新错误码", probe.NotDecided: "未决",
	}[v])
}

func shown(code string) string {
	if code == "" {
		return "-"
	}
	return code
}

// A tableSummary counts the verdicts of one table.
type tableSummary struct {
	Table  string                `json:"table"`
	Counts map[probe.Verdict]int `json:"counts"`
}

func summary(all *probe.Comparisons) (tables []tableSummary) {
	for i := range all.Lines {
		line := &all.Lines[i]
		name := line.Table.String()
		if line.Table == (errcodes.Table{}) {
			name = "gateway"
		}
		at := slices.IndexFunc(tables, func(t tableSummary) bool { return t.Table == name })
		if at < 0 {
			at = len(tables)
			tables = append(tables, tableSummary{name, map[probe.Verdict]int{}})
		}
		tables[at].Counts[line.Verdict]++
	}
	return tables
}

// The form of -json.
type (
	jsonFile struct {
		File   string         `json:"file"`
		Cases  []jsonCase     `json:"cases"`
		Rules  []probe.Rule   `json:"rules"`
		Tables []tableSummary `json:"tables"`
	}
	jsonCase struct {
		Case      string             `json:"case"`
		Verdict   probe.Verdict      `json:"verdict"`
		Answer    probe.Answer       `json:"answer"`
		Expected  errcodes.Code      `json:"expected"`
		Condition errcodes.Condition `json:"condition,omitzero"`
		Evidence  errcodes.Evidence  `json:"evidence"`
		Rule      string             `json:"rule,omitempty"`
	}
)

func newJSONFile(name string, all *probe.Comparisons) jsonFile {
	f := jsonFile{File: name, Rules: append([]probe.Rule{}, all.Rules...), Tables: summary(all)}
	for i := range all.Lines {
		line := &all.Lines[i]
		e := &line.Expected
		f.Cases = append(f.Cases, jsonCase{line.Case, line.Verdict, line.Answer, e.Row.Code, e.Condition, e.Evidence, line.Rule})
	}
	return f
}
