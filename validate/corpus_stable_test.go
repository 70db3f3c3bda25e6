package validate_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

const titleStable = "Every file, every function"

// TestCorpusNoPanicNoHang gives every file to every function, as certificate and
// as key, and wants an answer: in time, and the same one from Verdict and Check
// as from the report.
func TestCorpusNoPanicNoHang(t *testing.T) {
	t.Parallel()
	comparison[*corpusFile]{
		title: titleStable,
		about: "The bytes of every file, as certificate and as key at once, through `ServerCertificate`, `PrivateKey`, `KeyPair`, `SetDomainServerCertificate` and `Normalize`, " +
			"plain and strict: no panic, no answer that takes long, and `Verdict` and `Check` say what the report says.",
		items:    needCorpus(t).files,
		unit:     "files",
		outcomes: [2]string{"unstable", "stable"},
		id:       fileIDs,
		ours:     func(f *corpusFile) bool { return unstable(f) == "" },
		theirs:   func(*corpusFile) bool { return true },
		explain:  unstable,
	}.run(t)
}

// tooLong is generous even for a slow machine with other work to do: most answers
// take microseconds, the longest RSA keys a second.
const tooLong = 2 * time.Second

// unstable says what is wrong with the answers to a file, "" if nothing is.
func unstable(f *corpusFile) (problem string) {
	text, key := string(f.Data), validate.NewSecret(f.Data)
	req := &validate.CDNRequest{
		DomainName: "www.example.com", Status: "on",
		Certificate: text, PrivateKey: key,
	}
	if problem := guarded(f.ID+": Normalize", func() { _, _ = validate.Normalize(errcodes.SetDomainServerCertificate, text, key) }); problem != "" {
		return "Normalize " + problem
	}
	for _, opts := range []validate.Options{{}, {Strict: true}, noLimits} {
		var report *validate.Report
		var verdict error
		var check validate.Summary
		calls := []struct {
			name string
			call func()
		}{
			{"ServerCertificate", func() { validate.ServerCertificate(text, opts) }},
			{"PrivateKey", func() { validate.PrivateKey(key, opts) }},
			{"KeyPair", func() { validate.KeyPair(text, key, opts) }},
			{"SetDomainServerCertificate", func() { report = validate.Check(req, opts) }},
			{"Verdict", func() { verdict = validate.Verdict(req, opts) }},
			{"Check", func() { check = validate.Summarize(req, opts) }},
		}
		for _, c := range calls {
			if problem := guarded(f.ID+": "+c.name, c.call); problem != "" {
				return fmt.Sprintf("%s (strict: %t) %s", c.name, opts.Strict, problem)
			}
		}
		if v, refused := report.Verdict(); check.Accepted() == refused || check.Verdict != v {
			return fmt.Sprintf("strict: %t: Check says %v, the report %v", opts.Strict, check.Verdict, report.Err())
		}
		if !sameAnswer(verdict, report.Err()) {
			return fmt.Sprintf("strict: %t: Verdict says %v, the report %v", opts.Strict, verdict, report.Err())
		}
	}
	return ""
}

// guarded says how a call went wrong. One that does not end ends the test.
func guarded(name string, call func()) (problem string) {
	defer time.AfterFunc(20*tooLong, func() { panic(name + " does not end") }).Stop()
	defer func() {
		if p := recover(); p != nil {
			problem = fmt.Sprintf("panics: %v", p)
		}
	}()
	start := time.Now()
	call()
	if took := time.Since(start); took > tooLong {
		return "takes " + took.String()
	}
	return ""
}

// sameAnswer compares all that an answer says.
func sameAnswer(a, b error) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	x, isX := errors.AsType[*errcodes.Error](a)
	y, isY := errors.AsType[*errcodes.Error](b)
	return isX && isY && *x == *y
}
