package clienttest

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/fakecloud"
)

func TestMain(m *testing.M) {
	results := flag.String("results", "", "`file` for the observations of the clients")
	flag.Parse()
	status := m.Run()
	if *results != "" && status == 0 {
		if err := WriteResults(*results, collected); err != nil {
			fmt.Fprintln(os.Stderr, err)
			status = 1
		}
	}
	os.Exit(status)
}

// TestSuite checks that the suite has every row of the tables, with the exact message.
func TestSuite(t *testing.T) {
	suite := suite(t)
	for catalog := range errcodes.Tables() {
		if !slices.Contains(suite.Operations(), catalog.Operation.ID()) {
			continue
		}
		for row := range catalog.Rows() {
			pattern := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(row.Message), "%s", ".+") + "$")
			if !slices.ContainsFunc(suite.Refusals, func(r Refusal) bool {
				return r.Operation == catalog.Operation.String() && r.Code == string(row.Code) && r.Status == row.Status && pattern.MatchString(r.Message)
			}) {
				t.Errorf("%s: no refusal for %d %s %s", catalog, row.Status, row.Code, row.Message)
			}
		}
	}
}

// start starts a cloud with the seed of the suite.
func start(t *testing.T, o fakecloud.Options) *fakecloud.Running {
	t.Helper()
	data, err := os.ReadFile("../seed.json")
	if err != nil {
		t.Fatal(err)
	}
	seed, err := fakecloud.ParseSeed(data)
	if err != nil {
		t.Fatal(err)
	}
	if o.Progress == (fakecloud.Progress{}) {
		o.Progress = fakecloud.Polls(1) // unlike the default, it does not depend on time
	}
	cloud := fakecloud.Start(t, o)
	if err := cloud.Seed(seed); err != nil {
		t.Fatal(err)
	}
	if err := cloud.Reset(); err != nil { // the journal starts after the seed
		t.Fatal(err)
	}
	return cloud
}

// TestRefusals checks that every refusal arrives in the client's own type of error, with
// code, status, message and request id, and that errcodes finds the code.
func TestRefusals(t *testing.T) {
	suite := suite(t)
	for _, c := range clients() {
		t.Run(c.name, func(t *testing.T) {
			original, later := start(t, fakecloud.Options{}), start(t, fakecloud.Options{Version: errcodes.Current})
			for i := range suite.Refusals {
				r := &suite.Refusals[i]
				operation := r.Operation
				if operation == "" {
					operation = c.operations[0]
				}
				if !slices.Contains(c.operations, operation) {
					continue
				}
				t.Run(r.Name(), func(t *testing.T) {
					cloud := original
					if r.Later {
						cloud = later
					}
					if err := cloud.Reset(); err != nil {
						t.Fatal(err)
					}
					refused(t, cloud, suite, c, operation, r)
				})
			}
		})
	}
}

func refused(t *testing.T, cloud *fakecloud.Running, suite *Suite, c client, operation string, r *Refusal) {
	t.Helper()
	to := demo(cloud)
	send := func(request Request) (answer, error) {
		params, err := suite.Params(operation, request)
		if err != nil {
			t.Fatal(err)
		}
		return c.call(to, call{operation, suite.Versions[operation], params})
	}
	outcome := Reached
	if r.Scripted || slices.ContainsFunc(c.omits, func(name string) bool { return r.Request[name] != nil }) {
		outcome = Scripted
		if err := cloud.Inject(fakecloud.Fault{Action: operation, Times: 1, Code: r.Code}); err != nil {
			t.Fatal(err)
		}
	} else {
		prepare(t, cloud, r.Before, send)
		if r.Key != nil {
			to.id, to.secret = r.Key.ID, r.Key.Secret
		}
	}

	_, err := send(r.Request)
	got, own := c.failure(err)
	if !own {
		t.Fatalf("%T is not its own type of error", err) // the text may contain the private key
	}
	calls := cloud.Calls()
	last := calls[len(calls)-1]
	if got.code != r.Code || got.status != r.Status || got.requestID != last.RequestID || !strings.Contains(got.message, r.Message) {
		t.Errorf("got %+v;\nwant %d %s %q of %s", got, r.Status, r.Code, r.Message, last.RequestID)
	}
	if code, found := errcodes.Of(err); !found || string(code) != r.Code {
		t.Errorf("errcodes.Of: %q, %v", code, found)
	}
	if outcome == Reached && r.Condition != "" {
		if condition := condition(cloud, last.RequestID); condition != r.Condition {
			t.Errorf("the condition is %q, not %s", condition, r.Condition)
		}
	}
	cloud.AssertDone(t)
	if !t.Failed() {
		result(c)[r.Name()] = outcome
	}
}

// prepare takes the steps before a refusal.
func prepare(t *testing.T, cloud *fakecloud.Running, steps []Step, send func(Request) (answer, error)) {
	t.Helper()
	for _, step := range steps {
		if step.Call == nil {
			if output := cloud.Apply(step.Event)[0]; output.Ignored {
				t.Fatalf("the event does not apply: %+v", step.Event)
			}
		} else if _, err := send(*step.Call); err != nil {
			t.Fatal(err)
		}
	}
}

// condition returns the condition that decided a request.
func condition(cloud *fakecloud.Running, requestID string) string {
	for _, record := range cloud.Journal().Records {
		if record.Output.RequestID == requestID {
			return record.Output.Error.Condition.String()
		}
	}
	return ""
}

// demo returns the endpoint of a cloud with the demo key.
func demo(cloud *fakecloud.Running) target {
	return target{host: cloud.Host(), id: "testid", secret: "testsecret"}
}
