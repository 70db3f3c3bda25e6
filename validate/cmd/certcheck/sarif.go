package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
)

// The parts of SARIF 2.1.0 that are written.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		Results    []sarifResult `json:"results"`
		ColumnKind string        `json:"columnKind"`
	}
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
		StartLine int `json:"startLine"`
	}
)

// The levels of SARIF.
const (
	levelError   = "error"
	levelWarning = "warning"
	levelNote    = "note"
)

// fingerprintName is the only fingerprint that code scanning compares.
const fingerprintName = "primaryLocationLineHash"

// sarifReporter collects all results into one run.
type sarifReporter struct {
	out     *bufio.Writer
	lang    errcodes.Lang
	rules   []sarifRule
	results []sarifResult
	seen    map[string]int // fingerprints, and how often
}

func (s *sarifReporter) show(r *result) error {
	for _, v := range r.report.Violations {
		s.add(s.violationRule(v.Condition), levelError, reasonOf(v, s.lang), r, v.Parameter, v.Block, v.Line)
		message := &s.results[len(s.results)-1].Message
		message.Text = fmt.Sprintf("%s (%d): %s", v.Code, v.Status, message.Text)
	}
	for _, a := range r.report.Advisories {
		s.add(s.advisoryRule(a.ID), levelOf(a.ID), a.Why(s.lang), r, a.Parameter, a.Block, a.Line)
	}
	return nil
}

func (s *sarifReporter) finish() error {
	return writeJSON(s.out, sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs: []sarifRun{{
			Tool: sarifTool{sarifDriver{
				Name:            "certcheck",
				InformationURI:  "https://github.com/alicert/alicert",
				SemanticVersion: version(),
				Rules:           append([]sarifRule{}, s.rules...),
			}},
			Results:    append([]sarifResult{}, s.results...),
			ColumnKind: "unicodeCodePoints",
		}},
	}, "  ")
}

// add adds one result. Its fingerprint leaves the line out, which moves.
func (s *sarifReporter) add(rule sarifRule, level, message string, r *result, parameter string, block, line int) {
	index := slices.IndexFunc(s.rules, func(known sarifRule) bool { return known.ID == rule.ID })
	if index < 0 {
		index = len(s.rules)
		s.rules = append(s.rules, rule)
	}
	uri := artifactURI(r, parameter)
	s.results = append(s.results, sarifResult{
		RuleID:       rule.ID,
		RuleIndex:    index,
		Level:        level,
		Message:      sarifText{redact.Printable(message)},
		Locations:    []sarifLocation{{sarifPhysical{sarifArtifact{uri}, sarifRegion{max(line, 1)}}}},
		Fingerprints: map[string]string{fingerprintName: s.fingerprint(rule.ID, uri, parameter, block)},
	})
}

func (s *sarifReporter) fingerprint(rule, uri, parameter string, block int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%d", rule, uri, parameter, block))
	digest := hex.EncodeToString(sum[:8])
	if s.seen == nil {
		s.seen = make(map[string]int)
	}
	s.seen[digest]++
	return fmt.Sprintf("%s:%d", digest, s.seen[digest])
}

func (s *sarifReporter) violationRule(cond errcodes.Condition) sarifRule {
	meaning := sarifText{cond.Meaning().In(s.lang)}
	return sarifRule{
		ID:               cond.String(),
		ShortDescription: meaning,
		FullDescription:  meaning,
		Help:             sarifText{cond.Hint().In(s.lang)},
		Default:          sarifDefault{levelError},
	}
}

func (s *sarifReporter) advisoryRule(id validate.AdvisoryID) sarifRule {
	hint := sarifText{id.Hint().In(s.lang)}
	return sarifRule{
		ID:               string(id),
		ShortDescription: sarifText{strings.ReplaceAll(string(id), "-", " ")},
		FullDescription:  hint,
		Help:             hint,
		Default:          sarifDefault{levelOf(id)},
	}
}

// levelOf says how much an advisory matters: a note is about the form of the
// text or needs nothing done.
func levelOf(id validate.AdvisoryID) string {
	switch id {
	case validate.ChainLinkNotVerifiable, validate.RootIncluded, validate.DuplicateCertificate, validate.ParameterIgnored,
		validate.PKCS8RSAKey, validate.LabelMisfit, validate.ForeignBlock, validate.TextOutsideBlocks, validate.BlankLines,
		validate.LineLength, validate.WhiteSpace, validate.MixedLineEnds, validate.CRLF, validate.NoFinalNewline:
		return levelNote
	default:
		return levelWarning
	}
}

// artifactURI returns the file of a finding. A finding without a file is reported at
// the certificate.
func artifactURI(r *result, parameter string) string {
	op := r.report.Operation
	for _, name := range []string{parameter, op.Parameter(errcodes.FieldCertificate), op.Parameter(errcodes.FieldPrivateKey)} {
		if path := r.files[name]; path != "" {
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

// version is that of the module, where it was built from a release.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if ok && strings.HasPrefix(info.Main.Version, "v") {
		return info.Main.Version[1:]
	}
	return "0.0.0"
}
