package clienttest

import (
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/validate"
)

// outcomes are the observations of a client, by name.
type outcomes map[string][]string

func (o outcomes) add(name, outcome string) {
	if !slices.Contains(o[name], outcome) {
		o[name] = append(o[name], outcome)
	}
}

// TestBehavior records what each client does on success, with XML, and after failures.
func TestBehavior(t *testing.T) {
	for _, c := range clients() {
		t.Run(c.name, func(t *testing.T) {
			seen := outcomes{}
			for _, operation := range c.operations {
				succeeds(t, c, operation, seen)
				bringsToken(t, c, operation, seen)
				if c.xml {
					speaksXML(t, c, operation, seen)
				}
				meetsPage(t, c, operation, seen)
				meetsFaults(t, c, operation, seen)
				if operation != associate {
					seen.add("key shown", c.showsKey(t, operation))
				}
			}
			for name, outcome := range seen {
				result(c)[name] = strings.Join(outcome, ", ")
			}
		})
	}
}

// try makes the accepted call, with the parameters in differs changed.
func try(t *testing.T, to target, c client, operation string, differs Request) (answer, error) {
	t.Helper()
	s := suite(t)
	params, err := s.Params(operation, differs)
	if err != nil {
		t.Fatal(err)
	}
	return c.call(to, call{operation, s.Versions[operation], params})
}

func succeeds(t *testing.T, c client, operation string, seen outcomes) {
	t.Helper()
	cloud := start(t, fakecloud.Options{})
	got, err := try(t, demo(cloud), c, operation, nil)
	checkSuccess(t, cloud, operation, got, err)
	seen.add("success", "✓")
}

func checkSuccess(t *testing.T, cloud *fakecloud.Running, operation string, got answer, err error) {
	t.Helper()
	output := cloud.Journal().Records[0].Output
	if err != nil || got.requestID != output.RequestID || got.jobID != output.JobID || (got.jobID != "") != (operation == associate) {
		t.Errorf("%s: got %+v, %v; want %+v", operation, got, err, output)
	}
}

// bringsToken checks that the security token of a temporary key arrives unchanged, and
// that another token is refused.
func bringsToken(t *testing.T, c client, operation string, seen outcomes) {
	t.Helper()
	const token = "CAIS+/=token~*"
	key := fakecloud.DemoKey()
	key.SecurityToken = validate.NewSecret(token)
	cloud := start(t, fakecloud.Options{Keys: []fakecloud.Key{key}})
	to := demo(cloud)
	to.token = token + "x"
	_, err := try(t, to, c, operation, nil)
	if refusal, _ := c.failure(err); refusal.code != "InvalidSecurityToken.MismatchWithAccessKey" {
		t.Errorf("%s: %T with the code %q", operation, err, refusal.code)
	}
	to.token = token
	got, err := try(t, to, c, operation, nil)
	checkSuccess(t, cloud, operation, got, err)
	seen.add("temporary key", "✓")
}

// speaksXML checks that the client decodes a success in XML. After a refusal it only
// returns the document.
func speaksXML(t *testing.T, c client, operation string, seen outcomes) {
	t.Helper()
	cloud := start(t, fakecloud.Options{})
	to := demo(cloud)
	to.xml = true
	got, err := try(t, to, c, operation, nil)
	checkSuccess(t, cloud, operation, got, err)
	seen.add("xml success", "✓")

	_, err = try(t, to, c, operation, nil)
	refusal, own := c.failure(err)
	code := cloud.Calls()[1].Code
	if !own || code == "" || refusal.code != "" || !strings.Contains(refusal.message, "<Code>"+code+"</Code>") || refusal.status < 400 {
		t.Errorf("%s: got %T %+v; want a document with %s", operation, err, refusal, code)
	}
	if code, found := errcodes.Of(err); found {
		t.Errorf("errcodes.Of: %s", code)
	}
	seen.add("xml refusal", "no code")
}

// meetsPage checks that an answer that is not from the service is an error without a
// code.
func meetsPage(t *testing.T, c client, operation string, seen outcomes) {
	t.Helper()
	cloud := start(t, fakecloud.Options{})
	if err := cloud.Inject(fakecloud.Fault{Action: operation, Times: 1, Status: 502, Body: "<html><h1>Bad Gateway</h1></html>"}); err != nil {
		t.Fatal(err)
	}
	_, err := try(t, demo(cloud), c, operation, nil)
	refusal, _ := c.failure(err)
	if code, found := errcodes.Of(err); err == nil || refusal.code != "" || found {
		t.Errorf("%s: %T with the code %q%s", operation, err, refusal.code, code)
	}
	cloud.AssertDone(t)
	seen.add("page", "no code")
}

func meetsFaults(t *testing.T, c client, operation string, seen outcomes) {
	t.Helper()
	token := Request{"ClientToken": {Text: "t"}}
	for _, test := range []struct {
		name    string
		fault   fakecloud.Fault
		differs Request
		repeats bool
	}{
		{"500", fakecloud.Fault{Times: 2, Status: 500}, nil, c.repeats.status500},
		{"throttled", fakecloud.Fault{Times: 2, Code: "Throttling.User"}, nil, c.repeats.throttled},
		{"closed before", fakecloud.Fault{Times: 2, Drop: fakecloud.DropBefore}, nil, c.repeats.closed},
		{"closed after", fakecloud.Fault{Times: 1, Drop: fakecloud.DropAfter}, nil, c.repeats.closed},
		{"closed after, token", fakecloud.Fault{Times: 1, Drop: fakecloud.DropAfter}, token, c.repeats.closed},
	} {
		if test.differs != nil && operation != associate {
			continue // the operation has no client token
		}
		cloud := start(t, fakecloud.Options{})
		test.fault.Action = operation
		if err := cloud.Inject(test.fault); err != nil {
			t.Fatal(err)
		}
		to := demo(cloud)
		to.retries = 3
		_, err := try(t, to, c, operation, test.differs)
		refusal, _ := c.failure(err)
		calls := cloud.Calls()
		last := calls[len(calls)-1]
		want, heard, outcome := 1, last.Code, "gives up"
		if last.Drop != "" {
			heard = ""
		}
		if test.repeats {
			want, outcome = test.fault.Times+1, "repeats"
			cloud.AssertDone(t)
			if jobs := cloud.State().ALB.Jobs.Len(); jobs > 1 {
				t.Errorf("%s, %s: %d jobs", operation, test.name, jobs)
			}
		}
		if test.repeats && test.name == "closed after" {
			// The first call had its effect, so the repeated call is refused.
			outcome = "`" + refusal.code + "`"
			if refusal.code == "" {
				t.Errorf("%s: %T; want a refusal", operation, err)
			}
		}
		if len(calls) != want || refusal.code != heard || (err == nil) != (heard == "" && last.Drop == "") {
			t.Errorf("%s, %s: %d calls, then %T %q; want %d, then %q", operation, test.name, len(calls), err, refusal.code, want, heard)
		}
		seen.add(test.name, outcome)
	}
}

// showsKey returns which errors of a client contain the private key. Such errors must not
// be logged.
func (c client) showsKey(t *testing.T, operation string) string {
	t.Helper()
	var shown []string
	for _, test := range []struct {
		name  string
		fault fakecloud.Fault
	}{
		{"refused", fakecloud.Fault{Code: "OperationDenied"}},
		{"closed", fakecloud.Fault{Drop: fakecloud.DropBefore}},
	} {
		cloud := start(t, fakecloud.Options{})
		if err := cloud.Inject(test.fault); err != nil {
			t.Fatal(err)
		}
		_, err := try(t, demo(cloud), c, operation, nil)
		if err == nil {
			t.Fatalf("%s: no error", test.name)
		}
		// The text may be plain or query-encoded.
		if text := strings.ReplaceAll(err.Error(), "+", " "); strings.Contains(text, "PRIVATE KEY") {
			shown = append(shown, test.name)
		}
	}
	if shown == nil {
		return "never"
	}
	return "when " + strings.Join(shown, ", ")
}
