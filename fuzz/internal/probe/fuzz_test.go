package probe

import (
	"bytes"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// FuzzRecord gives any text in place of an answer. What is recorded of it can be read
// again, and has nothing that looks like an id, an address or a key.
func FuzzRecord(f *testing.F) {
	for _, text := range savedAnswers {
		f.Add([]byte(text))
	}
	m := NewMaterial(time.Now())
	p, err := NewPlan(nil, true, m)
	if err != nil {
		f.Fatal(err)
	}
	planData, err := p.manifest()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		folder := fstest.MapFS{planName: {Data: planData}, AnswerFile(0): {Data: text}}
		lines, _, err := Record(folder, Meta{SiteChina, "aliyun-cli 3.4.9", AuthRAM}, func(os.FileInfo) time.Time { return time.Unix(1_800_000_000, 0) })
		if err != nil {
			return // there is nothing to record
		}
		var b bytes.Buffer
		if err := Encode(&b, lines); err != nil {
			t.Fatal(err)
		}
		again, err := Decode(&b)
		if err != nil || !reflect.DeepEqual(again, lines) {
			t.Fatalf("%v: %+v; want %+v", err, again, lines)
		}
		answer := lines[0].Answer.Code + " " + lines[0].Answer.Message
		for _, secret := range []string{m.random, m.Domain(), m.Listener(), "LTAI", "PRIVATE KEY", "@"} {
			if strings.Contains(answer, secret) {
				t.Errorf("%q is recorded in %q", secret, answer)
			}
		}
	})
}

// FuzzCompare reads any text as a file of observations. What passes is written again to
// the byte, and can be compared.
func FuzzCompare(f *testing.F) {
	for _, text := range madeUpFiles(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		lines, err := Decode(bytes.NewReader(text))
		if err != nil {
			if strings.ContainsFunc(err.Error(), hidden) || len(err.Error()) > 200 {
				t.Errorf("the error quotes the file: %q", err)
			}
			return
		}
		var b bytes.Buffer
		if err := Encode(&b, lines); err != nil || !bytes.Equal(bytes.TrimSuffix(b.Bytes(), []byte("\n")), bytes.TrimSuffix(text, []byte("\n"))) {
			t.Fatalf("%v: it is written again as\n%s", err, b.Bytes())
		}
		all, err := Compare(lines)
		if err != nil || len(all.Lines) != len(lines) {
			t.Fatalf("%d lines: %v", len(lines), err)
		}
		for i := range all.Lines {
			if line := &all.Lines[i]; (line.Verdict == Differs || line.Verdict == NewCode) && line.Rule == "" {
				t.Errorf("%s differs by no rule", line.Case)
			}
		}
	})
}
