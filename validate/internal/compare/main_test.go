package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

var fixtures = filepath.Join("..", "..", "..", "testdata", "pki")

func TestJSON(t *testing.T) {
	var out bytes.Buffer
	if err := compare(&out, "json", 1, "^(ed25519|rsa2048)/leaf$", fixtures); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Cases []struct {
			Name                                     string
			Verdict, Report, VerifyPair, X509KeyPair float64
			Allocs                                   *float64
		}
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Cases) != 2 || got.Cases[0].Name != "rsa2048/leaf" || got.Cases[1].Name != "ed25519/leaf" {
		t.Fatalf("%+v", got)
	}
	for _, c := range got.Cases {
		if c.Verdict <= 0 || c.Report <= 0 || c.VerifyPair <= 0 || c.Allocs == nil || *c.Allocs != 0 {
			t.Errorf("%+v", c)
		}
	}
}

func TestTables(t *testing.T) {
	for format, lines := range map[string]int{"text": 2, "markdown": 3} {
		var out bytes.Buffer
		if err := compare(&out, format, 1, "^ed25519/leaf$", fixtures); err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(out.String(), "\n"); got != lines || !strings.Contains(out.String(), "ed25519/leaf") {
			t.Errorf("%s:\n%s", format, &out)
		}
	}
}

func TestMisuse(t *testing.T) {
	for _, c := range []struct {
		name, format string
		rounds       int
		run, folder  string
	}{
		{"format", "xml", 1, "", fixtures},
		{"rounds", "text", 0, "", fixtures},
		{"pattern", "text", 1, "(", fixtures},
		{"folder", "text", 1, "", "nowhere"},
	} {
		if err := compare(&bytes.Buffer{}, c.format, c.rounds, c.run, c.folder); err == nil {
			t.Errorf("wrong %s is accepted", c.name)
		}
	}
}
