package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/fuzz/internal/probe"
	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/internal/testutil"
)

const madeUp = "../../internal/probe/testdata/made-up/"

// run runs the command as a user of a locale.
func run(t *testing.T, locale string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	c := &command{stdout: &out, stderr: &errs, locale: locale, now: time.Now()}
	status = c.run(args)
	return status, out.String(), errs.String()
}

// TestPlanAndRecord writes a plan, puts the answers of a client beside it, and records them.
func TestPlanAndRecord(t *testing.T) {
	testutil.Long(t)
	dir := filepath.Join(t.TempDir(), "plan")
	status, out, errs := run(t, "", "plan", "-evening", "-o", dir)
	if status != cli.OK || !strings.Contains(out, "25 calls at most") {
		t.Fatalf("%d %s%s", status, out, errs)
	}
	text, err := os.ReadFile(filepath.Join(dir, "PLAN.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"A plan of 23 requests and 2 reads", "Proved with the model", "1. P2/control (cdn) [T]", "cannot succeed: the key is not that of the certificate",
		"could go wrong: ", "expected: 404 InvalidDomain.NotFound (DomainNotFound, assumed: D9", "sent by: aliyun cdn SetCdnDomainSSLCertificate --version 2018-05-10 --force",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("PLAN.txt has no %q\n%s", want, text)
		}
	}
	answer := "ERROR: SDK.ServerError\nErrorCode: InvalidDomain.NotFound\nRequestId: 4C467B38-3910-447D-87BC-AC049166F216\nMessage: The domain provided does not belong to you.\n"
	for i, text := range []string{answer, "ERROR: no such host"} {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(probe.AnswerFile(i))), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "a.jsonl")
	if status, out, errs := run(t, "", "record", "-client", "aliyun-cli 3.4.9", "-o", file, dir); status != cli.Failed || !strings.Contains(errs, "skipped P3/order") {
		t.Errorf("%d %s%s", status, out, errs)
	}
	if status, out, errs := run(t, "", "compare", file); status != cli.OK || !strings.Contains(out, "P2/control               agrees") {
		t.Errorf("%d %s%s", status, out, errs)
	}
	if status, _, errs := run(t, "", "record", dir); status != cli.Usage || !strings.Contains(errs, "client") {
		t.Errorf("%d %s", status, errs)
	}
}

func TestCompare(t *testing.T) {
	tests := []struct {
		locale string
		args   []string
		status int
		want   []string
	}{
		{"", []string{madeUp + "agrees-1.jsonl"}, cli.OK, []string{"P6/crlf                  agrees", "observed with a second file", "SetCdnDomainSSLCertificate", "table"}},
		{"", []string{madeUp + "encrypted.jsonl"}, cli.Failed, []string{"P7/encrypted             differs", "would be doubtful", "SetCdnDomainSSLCertificate row PrivateKeyEncrypted: Key.Malformed [P7/encrypted]"}},
		{"zh_CN.UTF-8", []string{madeUp + "domain-first.jsonl"}, cli.Failed, []string{"不一致", "SetCdnDomainSSLCertificate order DomainNotFound", "先于 CertificateNotPEM"}},
		{"", []string{"-as-go-test", madeUp + "encrypted.jsonl"}, cli.Failed, []string{"func TestAnswers(t *testing.T)", `{"P7/encrypted", "Key.Malformed"}`}},
	}
	for _, test := range tests {
		status, out, errs := run(t, test.locale, append([]string{"compare"}, test.args...)...)
		if status != test.status {
			t.Errorf("%q: status %d\n%s%s", test.args, status, out, errs)
		}
		for _, want := range test.want {
			if !strings.Contains(out, want) {
				t.Errorf("%q: no %q in\n%s", test.args, want, out)
			}
		}
	}
	status, out, _ := run(t, "", "compare", "-json", madeUp+"encrypted.jsonl", madeUp+"agrees-1.jsonl")
	var files []jsonFile
	if err := json.Unmarshal([]byte(out), &files); err != nil || status != cli.Failed || len(files) != 2 || len(files[0].Rules) != 1 || files[1].Rules == nil || len(files[1].Cases) != 23 {
		t.Errorf("%d, %v: %s", status, err, out)
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{
		nil,
		{"run"},
		{"plans"},
		{"plan", "x"},
		{"plan", "-group", "x"},
		{"plan", "-x"},
		{"record"},
		{"record", "-client", "x", "."},
		{"compare"},
		{"compare", "-json", "-as-go-test", "x"},
		{"compare", "none.jsonl"},
		{"compare", "main.go"},
		{"evidence"},
		{"evidence", "none"},
		{"plan", "-lang", "fr"},
	} {
		if status, out, errs := run(t, "", args...); status != cli.Usage || out != "" || !strings.HasPrefix(errs, "probe: ") {
			t.Errorf("%q: %d %s%s", args, status, out, errs)
		}
	}
	if _, _, errs := run(t, "zh", "run"); !strings.Contains(errs, "不发送请求") {
		t.Errorf("%s", errs)
	}
	for _, args := range [][]string{{"help"}, {"plan", "-h"}} {
		if status, out, _ := run(t, "", args...); status != cli.OK || out != usage.EN {
			t.Errorf("%q: %d %s", args, status, out)
		}
	}
	if _, out, _ := run(t, "zh", "help"); out != usage.ZH {
		t.Error(out)
	}
}

func TestEvidence(t *testing.T) {
	status, out, errs := run(t, "", "evidence", "../../../testdata/observations")
	if status != cli.OK || !strings.HasPrefix(out, "// Code generated by") {
		t.Errorf("%d %s%s", status, out, errs)
	}
}
