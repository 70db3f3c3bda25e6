package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
)

type object = map[string]any

func decode(t *testing.T, text string) object {
	t.Helper()
	var value object
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return value
}

// at follows keys and indices into decoded JSON.
func at(t *testing.T, value any, path ...any) any {
	t.Helper()
	for i, step := range path {
		switch step := step.(type) {
		case string:
			member, ok := value.(object)[step]
			if !ok {
				t.Fatalf("nothing at %v", path[:i+1])
			}
			value = member
		case int:
			list, ok := value.([]any)
			if !ok || step >= len(list) {
				t.Fatalf("nothing at %v", path[:i+1])
			}
			value = list[step]
		}
	}
	return value
}

func keys(value any) []string { return slices.Sorted(maps.Keys(value.(object))) }

func TestJSONKeys(t *testing.T) {
	args := []string{"-cert", repository("demo", "shop.example.com.pem"), "-key", repository("demo", "shop.example.com.key"), "-domain", "shop.example.com", "-format", "json"}
	got := decode(t, runHere(t, "", false, args...).stdout)
	if diff := cmp.Diff([]string{"advisories", "certificates", "fix", "names", "operation", "product", "schema", "verdict", "violations"}, keys(got)); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
	violation := []string{"code", "condition", "edition", "evidence", "grade", "hint", "level", "message", "parameter", "place", "reason", "source", "status"}
	if diff := cmp.Diff(violation, keys(at(t, got, "verdict"))); diff != "" {
		t.Errorf("keys of the verdict (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(at(t, got, "verdict"), at(t, got, "violations", 0)); diff != "" {
		t.Errorf("the verdict is not the first violation:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"block", "hint", "id", "level", "line", "parameter", "place", "reason"}, keys(at(t, got, "advisories", 0))); diff != "" {
		t.Errorf("keys of an advisory (-want +got):\n%s", diff)
	}
	if n := len(at(t, got, "certificates").([]any)); n != 3 {
		t.Errorf("%d certificates; want 3", n)
	}
}

func TestCodesJSON(t *testing.T) {
	var got []object
	if err := json.Unmarshal([]byte(runHere(t, "", false, "-codes", "-format", "json").stdout), &got); err != nil {
		t.Fatal(err)
	}
	want := 0
	for table := range errcodes.Tables() {
		for row := range table.Rows() {
			if want >= len(got) || got[want]["catalog"] != table.String() || got[want]["operation"] != table.Operation.String() || got[want]["product"] != table.Operation.Product() || got[want]["code"] != string(row.Code) || got[want]["message"] != row.Message {
				t.Fatalf("row %d is not %v of %s", want, row, table)
			}
			want++
		}
	}
	if len(got) != want {
		t.Errorf("%d rows; want %d", len(got), want)
	}
}

func sarifOf(t *testing.T, args ...string) object {
	t.Helper()
	return decode(t, runHere(t, "", false, append(args, "-format", "sarif")...).stdout)
}

// TestSARIFShape checks what code scanning asks of an upload.
func TestSARIFShape(t *testing.T) {
	for _, log := range []object{
		sarifOf(t, "-cert", repository("demo", "shop.example.com.pem"), "-key", repository("demo", "shop.example.com.key")),
		sarifOf(t, "-cert", repository("pki", "p256", "key.pem"), "-key", repository("pki", "p256", "chain3.pem"), "-lang", "zh"),
		sarifOf(t, "-dir", repository("layouts"), "-strict"),
		sarifOf(t, "-dir", repository("folders"), "-at", testTime),
		sarifOf(t, "-alb", "-listener", "", "-certificate", "1", "-certificate", "1"),
	} {
		if at(t, log, "version") != "2.1.0" || at(t, log, "$schema") == "" || len(at(t, log, "runs").([]any)) != 1 {
			t.Errorf("not one run of SARIF 2.1.0: %v", log)
		}
		driver := at(t, log, "runs", 0, "tool", "driver")
		if at(t, driver, "name") != "certcheck" || at(t, driver, "semanticVersion") == "" || !strings.HasPrefix(at(t, driver, "informationUri").(string), "https://") {
			t.Errorf("driver %v", driver)
		}
		rules := at(t, driver, "rules").([]any)
		for _, rule := range rules {
			for _, text := range []string{"shortDescription", "fullDescription", "help"} {
				if sentence := at(t, rule, text, "text").(string); len(sentence) < 10 || !strings.HasSuffix(sentence, ".") && !strings.HasSuffix(sentence, "。") {
					t.Errorf("rule %v has the %s %q, which is no sentence", at(t, rule, "id"), text, sentence)
				}
			}
			if link := at(t, rule, "helpUri"); link != findingsPage+strings.ToLower(at(t, rule, "id").(string)) {
				t.Errorf("rule %v has the link %v", at(t, rule, "id"), link)
			}
		}
		results := at(t, log, "runs", 0, "results").([]any)
		if len(results) == 0 {
			t.Error("no results")
		}
		seen := make(map[string]bool)
		for _, result := range results {
			checkSARIFResult(t, result, rules)
			fingerprint := fmt.Sprint(at(t, result, "partialFingerprints", "primaryLocationLineHash"))
			if seen[fingerprint] {
				t.Errorf("two results have the fingerprint %s", fingerprint)
			}
			seen[fingerprint] = true
		}
	}
}

func checkSARIFResult(t *testing.T, result any, rules []any) {
	t.Helper()
	rule := rules[int(at(t, result, "ruleIndex").(float64))]
	if at(t, rule, "id") != at(t, result, "ruleId") || at(t, rule, "defaultConfiguration", "level") != at(t, result, "level") {
		t.Errorf("result %v points at rule %v", result, rule)
	}
	isCondition := !strings.Contains(at(t, result, "ruleId").(string), "-") && at(t, result, "ruleId") != "crlf"
	if isError := at(t, result, "level") == "error"; isError != isCondition {
		t.Errorf("%v has level %v", at(t, result, "ruleId"), at(t, result, "level"))
	}
	if at(t, result, "message", "text") == "" {
		t.Errorf("no message in %v", result)
	}
	place := at(t, result, "locations", 0, "physicalLocation")
	uri, err := url.Parse(at(t, place, "artifactLocation", "uri").(string))
	if err != nil || uri.IsAbs() || uri.Path == "" || strings.HasPrefix(uri.Path, "/") || strings.Contains(uri.Path, "\\") || strings.Contains(uri.Path, "..") {
		t.Errorf("uri %v, %v", uri, err)
	}
	if at(t, place, "region", "startLine").(float64) < 1 {
		t.Errorf("startLine in %v", place)
	}
}

// TestSARIFFingerprint moves a finding to another line.
func TestSARIFFingerprint(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	cert := readText(t, "pki", "usage", "client-only.pem")
	var fingerprints []any
	for _, text := range []string{cert, "some text\n" + cert} {
		writeFile(t, filepath.Join(dir, "a b.pem"), text)
		log := sarifOf(t, "-cert", "a b.pem", "-key", repository("pki", "p256", "key.pem"))
		result := at(t, log, "runs", 0, "results", 0)
		if got := at(t, result, "locations", 0, "physicalLocation", "artifactLocation", "uri"); got != "a%20b.pem" {
			t.Errorf("uri %v", got)
		}
		fingerprints = append(fingerprints, at(t, result, "partialFingerprints", "primaryLocationLineHash"))
	}
	if fingerprints[0] != fingerprints[1] {
		t.Errorf("fingerprints %v", fingerprints)
	}
}

// TestSARIFColumn: a column counts code points, and the properties say the same as JSON.
func TestSARIFColumn(t *testing.T) {
	t.Chdir(t.TempDir())
	text := readText(t, "pki", "p256", "chain3.pem")
	writeFile(t, "a.pem", text[:100]+"证!"+text[100:])
	args := []string{"-cert", "a.pem", "-key", repository("pki", "p256", "key.pem")}
	result := at(t, sarifOf(t, args...), "runs", 0, "results", 0)
	region := at(t, result, "locations", 0, "physicalLocation", "region")
	verdict := at(t, decode(t, runHere(t, "", false, append(args, "-format", "json")...).stdout), "verdict")
	// Behind the BEGIN line and its line break are 65 characters of a line, and 7 of the next.
	if at(t, region, "startLine") != 3.0 || at(t, region, "startColumn") != 8.0 {
		t.Errorf("region %v", region)
	}
	if at(t, verdict, "place", "line") != 3.0 || at(t, verdict, "place", "column") != 8.0 {
		t.Errorf("place %v in JSON", at(t, verdict, "place"))
	}
	for _, name := range []string{"evidence", "source", "code"} {
		if at(t, result, "properties", name) != at(t, verdict, name) {
			t.Errorf("%s: %v; want %v", name, at(t, result, "properties", name), at(t, verdict, name))
		}
	}
}
