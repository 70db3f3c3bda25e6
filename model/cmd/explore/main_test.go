package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/cli"
)

func TestUsage(t *testing.T) {
	for _, c := range []struct {
		want string // the flag to blame
		args []string
	}{
		{"-machine: want cdn, alb, nlb, ga, clb, esa, got \"\"", nil},
		{"-machine: ", []string{"-machine", "slb"}},
		{"-universe: ", []string{"-machine", "cdn", "-universe", "large"}},
		{"-format: ", []string{"-machine", "cdn", "-format", "png"}},
		{"-operation: want SetDomainServerCertificate, SetCdn", []string{"-machine", "cdn", "-operation", "Set"}},
		{"-operation: want Associate", []string{"-machine", "ga", "-operation", "SetCdnDomainSSLCertificate"}},
		{"-operation: -machine alb has one", []string{"-machine", "alb", "-operation", "SetCdnDomainSSLCertificate"}},
		{"-later: ", []string{"-machine", "cdn", "-later"}},
		{"-universe: ", []string{"-machine", "clb", "-universe", "medium"}},
		{"-universe: ", []string{"-machine", "esa", "-universe", "medium"}},
		{"-universe: ", []string{"-machine", "ga", "-universe", "medium"}},
		{"-later: ", []string{"-machine", "nlb", "-later"}},
		{"-depth: ", []string{"-machine", "cdn", "-depth", "-1"}},
		{"flag -depth", []string{"-machine", "cdn", "-depth", "deep"}},
		{"-states: ", []string{"-machine", "cdn", "-states", "-1"}},
		{"-machine: ", []string{"-page", "STATES.md", "-machine", "cdn"}},
		{"-unknown", []string{"-unknown"}},
		{`"more"`, []string{"-machine", "cdn", "more"}},
	} {
		status, stdout, stderr := command(c.args...)
		if status != cli.Usage || stdout != "" || !strings.Contains(stderr, c.want) || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%q: exit status %d, %q, %q; want one line about %s", c.args, status, stdout, stderr, c.want)
		}
	}
}

func TestHelp(t *testing.T) {
	status, _, stderr := command("-h")
	if status != cli.OK {
		t.Error("exit status", status)
	}
	contains(t, stderr, "Usage: explore", "-universe small|medium")
}

func TestOut(t *testing.T) {
	file := filepath.Join(t.TempDir(), "graph")
	args := []string{"-machine", "alb", "-format", "mermaid"}
	_, want, _ := command(args...)
	if status, stdout, stderr := command(append(args, "-out", file)...); status != cli.OK || stdout+stderr != "" {
		t.Error(status, stdout, stderr)
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != want {
		t.Error(err, string(got))
	}
	status, _, stderr := command(append(args, "-out", filepath.Join(file, "none"))...)
	if status != cli.Failed || !strings.HasPrefix(stderr, "explore: ") {
		t.Error(status, stderr)
	}
}

// Limits cut the exploration, and the output says so.
func TestLimits(t *testing.T) {
	for _, args := range [][]string{
		{"-machine", "cdn", "-depth", "1"},
		{"-machine", "cdn", "-operation", "SetCdnDomainSSLCertificate", "-depth", "1"},
		{"-machine", "cdn", "-universe", "medium", "-states", "20"},
		{"-machine", "alb", "-universe", "medium", "-states", "20"},
		{"-machine", "alb", "-later", "-depth", "1"},
		{"-machine", "clb", "-depth", "1"},
		{"-machine", "esa", "-depth", "1"},
		{"-machine", "nlb", "-depth", "1"},
		{"-machine", "ga", "-operation", "UpdateListener", "-depth", "1"},
	} {
		status, stdout, stderr := command(args...)
		if status != cli.OK || stderr != "" || !strings.Contains(stdout, "cut short") {
			t.Errorf("%q: exit status %d, %s%s", args, status, stdout, stderr)
		}
	}
}

func TestProgress(t *testing.T) {
	var out, shown bytes.Buffer
	if status := run([]string{"-machine", "alb", "-depth", "2"}, &out, &shown, true); status != cli.OK {
		t.Fatal(status)
	}
	contains(t, shown.String(), cli.EraseLine+"depth 0, 0 of 1 states", cli.EraseLine+"depth 1, ")
	if !strings.HasSuffix(shown.String(), cli.EraseLine) || strings.Contains(out.String(), "\x1b") {
		t.Errorf("not erased: %q", shown.String())
	}
}
