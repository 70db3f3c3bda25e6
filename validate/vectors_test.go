package validate_test

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/testdata/vectors"
	"github.com/alicert/alicert/validate"
)

const vectorFolder = "../testdata/vectors"

var vectorsOnce = sync.OnceValues(vectors.All)

func readVectors(tb testing.TB) []vectors.Vector {
	tb.Helper()
	all, err := vectorsOnce()
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

// TestVectors runs the suite: the answers, written in the form of the README, are the
// files. With -update they become so.
func TestVectors(t *testing.T) {
	for _, v := range readVectors(t) {
		for _, operation := range v.Operations {
			t.Run(v.Name+"/"+operation, func(t *testing.T) {
				in := vectorInput(t, v, operation)
				report := in.report()
				testutil.Golden(t, filepath.Join(vectorFolder, v.Name+".txt"), answer(v, report).Format())
				checkAnswers(t, in, report)
			})
		}
	}
}

// answer puts what a report says into its vector.
func answer(v vectors.Vector, report *validate.Report) vectors.Vector {
	expected := slices.Concat([]vectors.Finding{v.At}, v.Also)
	expected[0].ID = v.Expect
	told := v.Advisories
	v.Expect, v.Code, v.At, v.Also, v.Advisories = vectors.Accepted, "", vectors.Finding{}, nil, nil
	for i, e := range report.Violations {
		f := vectors.Finding{ID: e.Condition.String(), Parameter: e.Parameter, Block: e.Block, Line: e.Line}
		if f.Reason = reasonOf(f, e.Why(errcodes.English), expected); i > 0 {
			v.Also = append(v.Also, f)
			continue
		}
		v.Expect, v.Code, v.At = f.ID, string(e.Code), f
		v.At.ID = ""
	}
	for _, a := range report.Advisories {
		f := vectors.Finding{ID: string(a.ID), Parameter: a.Parameter, Block: a.Block, Line: a.Line}
		f.Reason = reasonOf(f, a.Reason.EN, told)
		v.Advisories = append(v.Advisories, f)
	}
	return v
}

// reasonOf is the part of a reason that the vector names, or the whole if it is
// not in there.
func reasonOf(found vectors.Finding, reason string, expected []vectors.Finding) string {
	for _, want := range expected {
		part := want.Reason
		if want.Reason = ""; want == found && part != "" {
			if strings.Contains(reason, part) {
				return part
			}
			return reason
		}
	}
	return ""
}

// checkAnswers proves that verdict and check agree with the report, and that what
// it holds is complete, in both languages.
func checkAnswers(t *testing.T, in *input, report *validate.Report) {
	t.Helper()
	if diff := gocmp.Diff(report.Err(), in.verdict()); diff != "" {
		t.Errorf("(-report +verdict)\n%s", diff)
	}
	var want errcodes.Error
	if v, refused := errors.AsType[*errcodes.Error](report.Err()); refused {
		want = *v
	}
	summary := in.summary()
	if diff := gocmp.Diff(want, summary.Verdict); diff != "" || summary.Accepted() != (report.Err() == nil) {
		t.Errorf("(-report +summary)\n%s", diff)
	}
	if got := conditionsOf(report); !slices.IsSortedFunc(got, func(a, b errcodes.Condition) int { return in.op.Table().Rank(a) - in.op.Table().Rank(b) }) {
		t.Errorf("%v is not in the order of the table", got)
	}
	for _, v := range report.Violations {
		checkRow(t, in.op, v)
	}
	for _, a := range report.Advisories {
		en, zh, line := a.Why(errcodes.English), a.Why(errcodes.Chinese), strconv.Itoa(a.Line)
		if a.Reason.EN == "" || a.Reason.ZH == "" || a.Line > 0 && (!strings.Contains(en, "line "+line) || !strings.Contains(zh, "第 "+line+" 行")) {
			t.Errorf("%s is explained by %q and %q", a.ID, en, zh)
		}
		if hint := a.Hint(); hint != cmp.Or(a.Remedy, a.ID.Hint()) || hint.EN == "" || hint.ZH == "" {
			t.Errorf("the hint is %+v; want that of the reason or of the kind", hint)
		}
		if a.Level != a.ID.Level() {
			t.Errorf("%s has the level %q; want %q", a.ID, a.Level, a.ID.Level())
		}
	}
}

// codesOfRequests are the codes that a request alone can have, besides the
// operation's.
var codesOfRequests = map[errcodes.Operation][]errcodes.Code{
	errcodes.SetDomainServerCertificate: {
		"SetDomainServerCertificate.ParameterError", "InvalidServerCertificateStatus.ValueNotSupported",
		"InvalidCertName.TooLong", "ServerCertificate.MissingParameter", "PrivateKey.MissingParameter",
		"InvalidCertificate.TooLong", "Certificate.KeyNull", "Certificate.FormatError", "Key.Malformed",
		"InvalidCertificate", "InvalidPrivateKey", "Certificate.MissMatch", "Certificate.StatusError",
	},
	errcodes.AssociateAdditionalCertificatesWithListener: {
		"MissingListenerId", "MissingCertificates", "InvalidCertificates", "InvalidDryRun",
		"InvalidParameter", "ResourceAlreadyAssociated.Certificate", "ResourceNotFound.Certificate",
	},
}

// TestVectorsAreComplete proves that no condition of a request, no code and no
// advisory was forgotten: a vector has it, and another only just does not.
func TestVectorsAreComplete(t *testing.T) {
	all := readVectors(t)
	const fewest = 250
	if len(all) < fewest {
		t.Errorf("%d vectors; want at least %d", len(all), fewest)
	}
	covered := coverageOf(all)
	for _, op := range requestTables {
		for cond := range op.Table().Conditions() {
			if cond <= errcodes.CondCertificateRepeated {
				covered.check(t, op.String(), cond.String())
			}
		}
		covered.checkCodes(t, op)
	}
	for _, id := range declaredAdvisories(t) {
		covered.check(t, "", string(id))
	}
	// Every operation has the conditions of its own that any request shows.
	for op := range errcodes.Operations() {
		if _, err := validate.Parse(op, nil); err != nil {
			continue
		}
		for cond := range op.Table().Conditions() {
			if covered.has[shown{"", cond.String()}] {
				covered.check(t, op.ID(), cond.String())
			}
		}
	}
	// The later table differs in rows that only the state can show.
	alb := errcodes.AssociateAdditionalCertificatesWithListener
	for cond := range (errcodes.Table{Operation: alb, Version: errcodes.Current}).Conditions() {
		if cond <= errcodes.CondCertificateRepeated {
			covered.check(t, alb.String(), cond.String())
		}
	}
}

// A coverage is what vectors show of an operation; "" stands for all operations.
type coverage struct{ has, near, codes map[shown]bool }

type shown struct{ operation, id string }

func coverageOf(all []vectors.Vector) coverage {
	c := coverage{map[shown]bool{}, map[shown]bool{}, map[shown]bool{}}
	for _, v := range all {
		for _, operation := range slices.Concat(v.Operations, []string{""}) {
			for _, f := range slices.Concat([]vectors.Finding{{ID: v.Expect}}, v.Also, v.Advisories) {
				c.has[shown{operation, f.ID}] = true
			}
			if about := v.About(); !shows(v, about) {
				c.near[shown{operation, about}] = true
			}
			c.codes[shown{operation, v.Code}] = v.Code != ""
		}
	}
	return c
}

func (c coverage) check(t *testing.T, operation, id string) {
	t.Helper()
	if k := (shown{operation, id}); !c.has[k] || !c.near[k] {
		t.Errorf("%s: %s: a vector has it: %v; one only just does not: %v", operation, id, c.has[k], c.near[k])
	}
}

func (c coverage) checkCodes(t *testing.T, op errcodes.Operation) {
	t.Helper()
	want := codesOfRequests[op]
	for _, code := range want {
		if !c.codes[shown{op.String(), string(code)}] {
			t.Errorf("%s: no vector has the code %s", op, code)
		}
	}
	for k, found := range c.codes {
		if found && k.operation == op.String() && want != nil && !slices.Contains(want, errcodes.Code(k.id)) {
			t.Errorf("%s: a request alone has the code %s", op, k.id)
		}
	}
}

// shows reports whether a vector has a condition or an advisory.
func shows(v vectors.Vector, id string) bool {
	is := func(f vectors.Finding) bool { return f.ID == id }
	return v.Expect == id || slices.ContainsFunc(v.Also, is) || slices.ContainsFunc(v.Advisories, is)
}

// TestVectorFiles proves that the files are named by what they show, and that the
// README's example is one.
func TestVectorFiles(t *testing.T) {
	known := map[string]bool{"": true}
	for cond := range errcodes.Conditions() {
		known[cond.String()] = true
	}
	for _, id := range declaredAdvisories(t) {
		known[string(id)] = true
	}
	for _, v := range readVectors(t) {
		_, file, _ := strings.Cut(v.Name, "/")
		near := strings.HasPrefix(file, "near-") || strings.Contains(file, "-near-")
		if about := v.About(); !known[about] || about != "" && shows(v, about) == near {
			t.Errorf("%s: %s is known: %v; the request shows it: %v", v.Name, about, known[about], !near)
		}
	}
	readme, err := os.ReadFile(filepath.Join(vectorFolder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "```text\n")
	example, _, _ := strings.Cut(rest, "```")
	v, err := vectors.Parse("README", example)
	if err != nil {
		t.Fatal(err)
	}
	answered := answer(v, vectorInput(t, v, v.Operations[0]).report())
	if diff := gocmp.Diff(example, answered.Format()); diff != "" {
		t.Errorf("the example of the README (-there +now)\n%s", diff)
	}
}

// TestVectorFormat is about what the format has and what it does not have.
func TestVectorFormat(t *testing.T) {
	const sound = "comment: a\noperation: SetDomainServerCertificate\nexpect: accepted\n"
	for name, test := range map[string]struct{ text, want string }{
		"nothing":                {"", "line feed"},
		"no final line feed":     {sound[:len(sound)-1], "line feed"},
		"CR LF":                  {strings.ReplaceAll(sound, "\n", "\r\n"), "line feed"},
		"invalid UTF-8":          {sound + "reason: \xff\n", "UTF-8"},
		"no comment":             {strings.TrimPrefix(sound, "comment: a\n"), "missing"},
		"no operation":           {"comment: a\nexpect: accepted\n", "missing"},
		"no answer":              {"comment: a\noperation: SetDomainServerCertificate\n", "missing"},
		"refused without a code": {strings.Replace(sound, "accepted", "KeyMismatch", 1), "missing"},
		"accepted with a code":   {sound + "code: InvalidCertificate\n", "too much"},
		"unknown key":            {sound + "coment: b\n", `unknown key "coment"`},
		"key in capitals":        {sound + "Time: none\n", `unknown key "Time"`},
		"key twice":              {sound + "comment: b\n", "twice"},
		"key without a value":    {sound + "time: \n", "with a value"},
		"no key":                 {sound + "strict\n", "with a value"},
		"unknown escape":         {sound + "request: A=\\y\n", "escape"},
		"escape cut off":         {sound + "request: A=\\x4\n", "escape"},
		"escape not hexadecimal": {sound + "request: A=\\xzz\n", "invalid syntax"},
		"parameter twice":        {sound + "request: A=1\nrequest: A=2\n", "twice"},
		"parameter without name": {sound + "request: =1\n", "no name"},
		"section twice":          {sound + "-- A --\n-- A --\n", "twice"},
		"stored twice":           {sound + "-- stored a --\n-- stored a --\n", "twice"},
		"pad of no section":      {sound + "pad: A 5\n", "no section A"},
		"pad without length":     {sound + "pad: A\n-- A --\n", "invalid syntax"},
		"time not RFC 3339":      {sound + "time: 2026-06-01\n", "parsing time"},
		"strict but not true":    {sound + "strict: false\n", "only one is true"},
		"limit of zero":          {sound + "key-limit: 0\n", "not positive"},
		"limit not a number":     {sound + "certificate-limit: all\n", "invalid syntax"},
		"position not numbers":   {sound + "advisory: crlf A 1:x\n", "invalid syntax"},
		"position without line":  {sound + "advisory: crlf A 1\n", "invalid syntax"},
	} {
		if _, err := vectors.Parse(name, test.text); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: the error is %v; want %q in it", name, err, test.want)
		}
	}
	for _, text := range []string{"", "a", "a\n", "\n", " ", " a \n b\t\n", "\r\n", "\\", "\\n", "a\\\n", "\x00\xff\xfe", "-- A --\n", "-- A --", "中\u200b\u0085\ufffd", "-- \n --\n\n"} {
		v := vectors.Vector{
			Comment: "a", Operations: []string{"b"}, Expect: vectors.Accepted, Time: inPeriod, Pad: map[string]int{},
			Short: map[string]string{"A": text}, Long: map[string]string{"A": text, "B": text}, Stored: map[string]string{"1": text, vectors.AnyID: text},
		}
		again, err := vectors.Parse("", v.Format())
		if diff := gocmp.Diff(v, again); err != nil || diff != "" {
			t.Errorf("%q: %v\n%s", text, err, diff)
		}
	}
	v := vectors.Vector{Long: map[string]string{"A": "a"}, Pad: map[string]int{"A": 3}, Stored: map[string]string{"1": "one"}}
	if got := v.Values().Get("A"); got != "\n\na" {
		t.Errorf("padded: %q", got)
	}
	if text, ok := v.Lookup("2"); ok || text != "" {
		t.Errorf("an id that is not stored: %q, %v", text, ok)
	}
	if text, ok := v.Lookup("1"); !ok || cmp.Or(text, "none") != "one" {
		t.Errorf("an id that is stored: %q, %v", text, ok)
	}
}
