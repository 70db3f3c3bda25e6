package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate/internal/diagnosis"
)

// The parts of SARIF 2.1.0 that are written.
type (
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name            string      `json:"name"`
		InformationURI  string      `json:"informationUri"`
		SemanticVersion string      `json:"semanticVersion"`
		Rules           []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string       `json:"id"`
		ShortDescription sarifText    `json:"shortDescription"`
		FullDescription  sarifText    `json:"fullDescription"`
		Help             sarifText    `json:"help"`
		HelpURI          string       `json:"helpUri"`
		Default          sarifDefault `json:"defaultConfiguration"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Properties   sarifProperties   `json:"properties,omitzero"`
	}
	sarifProperties struct {
		Code     errcodes.Code `json:"code,omitempty"`
		Evidence string        `json:"evidence,omitempty"`
		Source   string        `json:"source,omitempty"`
		Follows  string        `json:"follows,omitempty"`
		Hint     string        `json:"hint,omitempty"`
		Fix      string        `json:"fix,omitempty"` // what a dry run would change
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"` // from 1, in code points
	}
)

// fingerprintName is the only fingerprint that code scanning compares.
const fingerprintName = "primaryLocationLineHash"

// sarifReporter writes all results into one run. It writes them as they come, and the
// rules behind them: which there are is known only then.
type sarifReporter struct {
	out   *bufio.Writer
	lang  errcodes.Lang
	rules []sarifRule
	seen  map[[fingerprintSize]byte]uint32 // fingerprints, and how often
	begun bool
}

// What stands around the results and the tool.
const (
	sarifHead = `{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "results": [`
	sarifIndent = "        " // of a result
)

func (s *sarifReporter) show(r *result) error {
	all := r.Findings()
	for i := range all {
		before := ",\n" + sarifIndent
		if !s.begun {
			before = sarifHead + before[1:]
		}
		s.begun = true
		if err := s.write(before, s.result(r, &all[i]), sarifIndent); err != nil {
			return err
		}
	}
	return nil
}

// write writes what stands before a value, and the value without a line break.
func (s *sarifReporter) write(before string, value any, indent string) error {
	text, err := diagnosis.JSON(value, "  ")
	if err != nil {
		return err
	}
	_, _ = s.out.WriteString(before) // a bufio.Writer keeps its error for Flush
	_, _ = s.out.Write(bytes.ReplaceAll(bytes.TrimRight(text, "\n"), []byte("\n"), []byte("\n"+indent)))
	return nil
}

func (s *sarifReporter) finish() error {
	before := "\n      ]"
	if !s.begun {
		before = sarifHead + "]"
	}
	err := s.write(before+",\n      \"tool\": ", sarifTool{sarifDriver{
		Name:            "certcheck",
		InformationURI:  "https://github.com/alicert/alicert",
		SemanticVersion: cli.Version(),
		Rules:           list(s.rules),
	}}, "      ")
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(s.out, ",\n      \"language\": %q,\n      \"columnKind\": \"unicodeCodePoints\"\n    }\n  ]\n}\n", languageTag(s.lang))
	return nil
}

// list returns items that are an empty list in JSON if there are none.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// result makes one result. Its fingerprint leaves the line out, which moves.
func (s *sarifReporter) result(r *result, f *diagnosis.Finding) sarifResult {
	index := slices.IndexFunc(s.rules, func(known sarifRule) bool { return known.ID == f.ID })
	if index < 0 {
		index = len(s.rules)
		s.rules = append(s.rules, s.rule(f))
	}
	uri := artifactURI(r, f.Place.Parameter)
	region := sarifRegion{StartLine: max(f.Place.Line, 1)}
	if f.Place.Line > 0 {
		region.StartColumn = max(f.Place.Column, 1)
	}
	var message string
	if v := f.Violation; v != nil {
		message = fmt.Sprintf("%s (%d): %s", v.Code, v.Status, reasonOf(v, s.lang))
	} else {
		message = f.Advisory.Why(s.lang)
	}
	return sarifResult{
		RuleID:       f.ID,
		RuleIndex:    index,
		Level:        string(f.Level),
		Message:      sarifText{redact.Printable(message)},
		Locations:    []sarifLocation{{sarifPhysical{sarifArtifact{uri}, region}}},
		Fingerprints: map[string]string{fingerprintName: s.fingerprint(f.ID, uri, f.Place.Parameter, f.Place.Block)},
		Properties:   s.properties(r, f),
	}
}

func (s *sarifReporter) properties(r *result, f *diagnosis.Finding) sarifProperties {
	p := sarifProperties{Follows: f.Follows}
	if a := f.Advisory; a != nil && !a.Remedy.IsZero() {
		p.Hint = redact.Printable(r.Hint(f).In(s.lang)) // the help of the rule is more general
	}
	if v := f.Violation; v != nil {
		if !v.Remedy.IsZero() {
			p.Hint = redact.Printable(r.Hint(f).In(s.lang))
		}
		p.Code, p.Evidence, p.Source = v.Code, v.Evidence.String(), v.Source
		if r.Repair != nil {
			changes := make([]string, len(r.Repair.Changes))
			for i, c := range r.Repair.Changes {
				changes[i] = redact.Printable(c.What.In(s.lang))
			}
			p.Fix = strings.Join(slices.Compact(changes), labelSemicolon.In(s.lang))
		}
	}
	return p
}

// fingerprintSize is in bytes.
const fingerprintSize = 8

func (s *sarifReporter) fingerprint(rule, uri, parameter string, block int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%d", rule, uri, parameter, block))
	digest := [fingerprintSize]byte(sum[:fingerprintSize])
	if s.seen == nil {
		s.seen = make(map[[fingerprintSize]byte]uint32)
	}
	s.seen[digest]++
	return fmt.Sprintf("%x:%d", digest, s.seen[digest])
}

// findingsPage has a heading for each id.
const findingsPage = "https://github.com/alicert/alicert/blob/main/validate/FINDINGS.md#"

// rule describes a kind of finding. The description of a condition says what the rule
// rests on.
func (s *sarifReporter) rule(f *diagnosis.Finding) sarifRule {
	rule := sarifRule{ID: f.ID, HelpURI: findingsPage + strings.ToLower(f.ID), Default: sarifDefault{string(f.Level)}}
	var meaning, hint errcodes.Message
	if v := f.Violation; v != nil {
		meaning, hint = v.Condition.Meaning(), v.Condition.Hint()
		rule.FullDescription.Text = s.sentence(meaning) + gap(s.lang) + s.sentence(bilingual.Say("the rule is "+diagnosis.Rest(v.Evidence).EN, "依据："+diagnosis.Rest(v.Evidence).ZH))
	} else {
		meaning, hint = f.Advisory.ID.Meaning(), f.Advisory.ID.Hint()
		rule.Default.Level = string(f.Advisory.ID.Level())
		rule.FullDescription.Text = s.sentence(meaning) + gap(s.lang) + s.sentence(labelNoRefusal)
	}
	rule.ShortDescription.Text, rule.Help.Text = s.sentence(meaning), s.sentence(hint)
	return rule
}

// sentence makes a sentence of a phrase.
func (s *sarifReporter) sentence(phrase errcodes.Message) string {
	text := phrase.In(s.lang)
	if s.lang == errcodes.Chinese {
		return text + "。"
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:] + "."
}

// languageTag returns the tag of a language (RFC 5646).
func languageTag(lang errcodes.Lang) string {
	if lang == errcodes.Chinese {
		return "zh-CN"
	}
	return "en-US"
}

// artifactURI returns the file of a finding. A finding without a file is reported at
// the certificate.
func artifactURI(r *result, parameter string) string {
	op := r.Report.Operation
	for _, name := range []string{parameter, op.Parameter(errcodes.FieldCertificate), op.Parameter(errcodes.FieldPrivateKey)} {
		if path := r.Files[name]; path != "" {
			return fileURI(path)
		}
	}
	return "command-line"
}

// fileURI returns a path relative to the current folder, which in code scanning
// is the repository, as a relative URI. Other paths start at the root.
func fileURI(path string) string {
	if path == stdinName {
		return "stdin"
	}
	if strings.HasPrefix(path, "/dev/") || strings.HasPrefix(path, "/proc/") {
		return "pipe" // of a shell: the name means nothing to others
	}
	if absolute, err := filepath.Abs(path); err == nil {
		path = strings.TrimPrefix(absolute, filepath.VolumeName(absolute))
		if here, err := os.Getwd(); err == nil {
			if relative, err := filepath.Rel(here, absolute); err == nil && filepath.IsLocal(relative) {
				path = relative
			}
		}
	}
	return (&url.URL{Path: strings.TrimLeft(filepath.ToSlash(path), "/")}).String()
}
