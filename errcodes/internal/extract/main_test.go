package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const document = "## Doors\n\n| status | code | message |\n|---|---|---|\n| 400 | Door.Open | The door is open. |\n"

func TestRun(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	doors := write("doors.md", document)
	cdn := write("cdn.md", "|错误代码|错误信息|HTTP 状态码|描述|\n|-|-|-|-|\n|Door.Open|The door is open.|400|门开着。|\n")
	alb := write("alb.txt", "HttpCode Error code Error message Description\n400 Door.Open The door is open. The error message returned because it is.\n")
	missing := filepath.Join(folder, "missing.md")
	const row = "400\tDoor.Open\tThe door is open.\n"

	tests := []struct {
		name   string
		args   []string
		code   int
		stdout string
		stderr string // first line
	}{
		{"cdn", []string{"-form", "cdn", cdn}, exitOK, row, ""},
		{"alb", []string{"-form", "alb", alb}, exitOK, row, ""},
		{"list", []string{"-form", "list", "-heading", "Doors", doors}, exitOK, row, ""},
		{"nothing found", []string{"-form", "alb", doors}, exitFailed, "", `extract: ` + doors + `: line 5: the document ends without the line "HttpCode Error code Error message Description"`},
		{"no such file", []string{"-form", "alb", missing}, exitFailed, "", "extract: open " + missing},
		{"no form", []string{doors}, exitUsage, "", `extract: -form is ""; want cdn, alb or list`},
		{"unknown form", []string{"-form", "pdf", doors}, exitUsage, "", `extract: -form is "pdf"; want cdn, alb or list`},
		{"list without heading", []string{"-form", "list", doors}, exitUsage, "", "extract: -heading goes with -form list, and only with it"},
		{"heading without list", []string{"-form", "cdn", "-heading", "Doors", doors}, exitUsage, "", "extract: -heading goes with -form list, and only with it"},
		{"no file", []string{"-form", "cdn"}, exitUsage, "", "extract: want one file; got 0"},
		{"two files", []string{"-form", "cdn", doors, doors}, exitUsage, "", "extract: want one file; got 2"},
		{"unknown flag", []string{"-from", "cdn", doors}, exitUsage, "", "flag provided but not defined: -from"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			code := run(test.args, &stdout, &stderr)
			if code != test.code {
				t.Errorf("exit code %d; want %d", code, test.code)
			}
			if stdout.String() != test.stdout {
				t.Errorf("stdout %q; want %q", stdout.String(), test.stdout)
			}
			first, _, _ := strings.Cut(stderr.String(), "\n")
			if !strings.HasPrefix(first, test.stderr) || (test.stderr == "") != (first == "") {
				t.Errorf("stderr begins %q; want %q", first, test.stderr)
			}
		})
	}
}

func TestRunReportsAFullDisk(t *testing.T) {
	file := filepath.Join(t.TempDir(), "doors.md")
	if err := os.WriteFile(file, []byte(document), 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	code := run([]string{"-form", "list", "-heading", "Doors", file}, fullDisk{}, &stderr)
	if code != exitFailed || stderr.String() != "extract: disk full\n" {
		t.Errorf("exit code %d, stderr %q", code, stderr.String())
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }
