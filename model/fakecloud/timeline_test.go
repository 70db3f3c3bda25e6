package fakecloud_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

type row struct {
	Number, Count, Status                                      int
	Kind, Client, Operation, Target, Outcome, Code, Text, Took string
	Why                                                        *struct{ By, Reason, Condition, Parameter, Hint, Evidence, Source, Advice string }
	Changes                                                    []struct{ Target, From, To, Certificate string }
}

type rows struct {
	Rows   []row
	Before int
}

// timelineOf returns the rows of a timeline.
func timelineOf(t *testing.T, cloud *fakecloud.Cloud, query string) []row {
	t.Helper()
	return get[rows](t, cloud, "timeline?"+query).Rows
}

// deploy sets the certificate of a domain. The chain is the one of a fixture.
func deploy(t *testing.T, cloud *fakecloud.Cloud, fixture string) answer {
	t.Helper()
	return call(t, cloud, "SetCdnDomainSSLCertificate",
		"DomainName", www, "CertType", "upload", "CertName", "new", "SSLProtocol", "on", "SSLPub", testdata.Read("p256/leaf.pem"), "SSLPri", testdata.Read(fixture+"/key.pem"))
}

// TestTimeline checks that calls, changes and seeds are rows in their order, each call with
// what it changed and why it was refused.
func TestTimeline(t *testing.T) {
	clock := newClock()
	cloud := open(t, fakecloud.Options{Now: clock.now, Elapsed: clock.monotonic, Progress: fakecloud.After(time.Second)})
	deploy(t, cloud, "rsa2048")
	must(t, deploy(t, cloud, "p256"))
	clock.advance(1500 * time.Millisecond)
	timelineOf(t, cloud, "") // a look lets the time that passed have its effect
	call(t, cloud, "ModifyCdnDomain", "Version", "2018-05-10")
	inject(t, cloud, fakecloud.Fault{Code: "Throttling.User", Times: 1})
	deploy(t, cloud, "p256")

	got := timelineOf(t, cloud, "")
	var kinds []string
	for _, r := range got {
		kinds = append(kinds, r.Kind+" "+r.Operation+" "+r.Outcome)
	}
	want := []string{
		"call SetCdnDomainSSLCertificate fault", "call ModifyCdnDomain unknown", "change ConfigurationFinished ok",
		"call SetCdnDomainSSLCertificate ok", "call SetCdnDomainSSLCertificate refused", "seed ListenerAdded ok",
	}
	if !slices.Equal(kinds, want) {
		t.Fatalf("%q", kinds)
	}
	checkRefusals(t, got[0], got[4])
	if r := got[2]; r.Took != "1.5" || len(r.Changes) != 1 || r.Changes[0].From != "on, configuring" || r.Changes[0].To != "on" {
		t.Errorf("%+v", r)
	}
	if r := got[3]; len(r.Changes) == 0 || r.Changes[0].Target != www || r.Changes[0].From != "off" || r.Changes[0].To != "on, configuring" || r.Changes[0].Certificate != "new" {
		t.Errorf("%+v", r)
	}
	if r := got[5]; r.Kind != "seed" || r.Count != len(shop().Events()) {
		t.Errorf("%+v", r)
	}
	if w := timelineOf(t, cloud, "lang=zh")[4].Why; !strings.ContainsAny(w.Reason, "私钥证书") {
		t.Errorf("%+v", w)
	}
}

func checkRefusals(t *testing.T, fault, mismatch row) {
	t.Helper()
	if r := fault; r.Why.By != "fault" || r.Code != "Throttling.User" || r.Target != www || r.Why.Advice == "" {
		t.Errorf("%+v %+v", r, r.Why)
	}
	if w := mismatch.Why; w.By != "model" || w.Condition != "KeyMismatch" || w.Reason == "" || w.Parameter != "SSLPri" || w.Hint == "" || w.Evidence == "" || w.Source == "" {
		t.Errorf("%+v", w)
	}
}

// TestTimelineFilters checks the filters and the pages.
func TestTimelineFilters(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Manual()})
	deploy(t, cloud, "rsa2048")
	must(t, deploy(t, cloud, "p256"))
	call(t, cloud, "ModifyCdnDomain", "Version", "2018-05-10")
	associateFirst(t, cloud)
	for query, want := range map[string]int{
		"": 5, "target=WWW.": 2, "operation=ssl": 2, "refused=1": 2, "unknown=1": 1, "refused=1&operation=ssl": 1, "target=new": 1, "target=absent": 0,
		"operation=Associate&target=lsr": 1,
	} {
		if got := timelineOf(t, cloud, query); len(got) != want {
			t.Errorf("%s: %+v; want %d rows", query, got, want)
		}
	}
	first := get[rows](t, cloud, "timeline?limit=2")
	second := get[rows](t, cloud, "timeline?limit=200&before="+str(first.Before))
	if len(first.Rows) != 2 || len(second.Rows) != 3 || second.Before != 0 || second.Rows[0].Number >= first.Rows[1].Number {
		t.Errorf("%+v, then %+v", first, second)
	}
}

func str(n int) string {
	data, _ := json.Marshal(n)
	return string(data)
}

// TestTimelineFollowsCalls checks with many calls at once that each has the record that it
// caused.
func TestTimelineFollowsCalls(t *testing.T) {
	cloud := open(t, fakecloud.Options{Remember: 500})
	done := make(chan bool)
	for range 8 {
		go func() {
			for i := range 100 {
				name := www
				if i%2 == 1 {
					name = "absent" + str(i) + ".example.com"
				}
				call(t, cloud, "DescribeDomainCertificateInfo", "DomainName", name)
			}
			done <- true
		}()
	}
	for range 8 {
		<-done
	}
	page := get[rows](t, cloud, "timeline?limit=200")
	n := 0
	for len(page.Rows) > 0 {
		for _, r := range page.Rows {
			n++
			if absent := strings.HasPrefix(r.Target, "absent"); absent != (r.Code != "") || absent && r.Why == nil {
				t.Fatalf("%+v", r)
			}
		}
		if page.Before == 0 {
			break
		}
		page = get[rows](t, cloud, "timeline?limit=200&before="+str(page.Before))
	}
	if n != 500 {
		t.Errorf("%d rows", n)
	}
}

// TestRow checks the details of a row: parameters without secrets, the answer, the
// difference, and a command that has the same answer.
func TestRow(t *testing.T) {
	cloud := fakecloud.Start(t, fakecloud.Options{NoAuth: true, Progress: fakecloud.Manual()})
	if err := cloud.Seed(shop()); err != nil {
		t.Fatal(err)
	}
	must(t, deploy(t, cloud.Cloud, "p256"))
	call(t, cloud.Cloud, "DescribeDomainCertificateInfo", "DomainName", "it's.example.com")
	number := timelineOf(t, cloud.Cloud, "")
	type detail struct {
		Parameters  map[string][]string
		Answer      map[string]any
		Differences []struct{ Resource, Member, Before, After string }
		Curl        string
	}
	d := get[detail](t, cloud.Cloud, "row?number="+str(number[1].Number))
	if d.Parameters["SSLPri"][0] != "[REDACTED]" || !strings.Contains(d.Curl, `'SSLPri@SSLPri.pem'`) || strings.Contains(d.Curl, "PRIVATE") {
		t.Errorf("%+v", d)
	}
	found := false
	for _, x := range d.Differences {
		found = found || x.Resource == "domain "+www && x.Member == "https" && x.After == "true"
	}
	if !found {
		t.Errorf("differences %+v", d.Differences)
	}
	d = get[detail](t, cloud.Cloud, "row?number="+str(number[0].Number))
	curl, err := exec.LookPath("curl")
	if err != nil {
		t.Skip("curl is not installed")
	}
	command := strings.Replace(d.Curl, "http://127.0.0.1:8080/", cloud.URL+"/", 1)
	out, err := exec.Command("sh", "-c", strings.Replace(command, "curl ", curl+" -s ", 1)).Output()
	if err != nil || !strings.Contains(string(out), number[0].Code) {
		t.Errorf("%s: %v %s", command, err, out)
	}
	if status, _ := control(t, cloud.Cloud, "GET", "row?number=999999", "", nil); status != http.StatusNotFound {
		t.Error(status)
	}
}

// TestGoTest checks that the downloaded test compiles, passes, and fails if an output
// differs.
func TestGoTest(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles tests")
	}
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Polls(1)})
	deploy(t, cloud, "rsa2048")
	must(t, deploy(t, cloud, "p256"))
	must(t, call(t, cloud, "DescribeDomainCertificateInfo", "DomainName", www))
	associateFirst(t, cloud)
	call(t, cloud, "ModifyCdnDomain", "Version", "2018-05-10")
	cloud.Apply(onALB(alb.ListenerStopped{ID: listener}), onCDN(cdn.AccountSuspended{}))
	deploy(t, cloud, "p256")
	status, source := control(t, cloud, "GET", "gotest", "", nil)
	if status != http.StatusOK || strings.Contains(source, "PRIVATE KEY") {
		t.Fatal(status, source)
	}
	runGoTest(t, source, true)
	runGoTest(t, strings.Replace(source, `"target":"the request"`, `"target":"another"`, 1), false)

	// From a state that is no longer the first.
	short := open(t, fakecloud.Options{Progress: fakecloud.Manual(), Remember: 2})
	must(t, deploy(t, short, "p256"))
	must(t, call(t, short, "DescribeDomainCertificateInfo", "DomainName", www))
	first := timelineOf(t, short, "")[1].Number
	if _, source = control(t, short, "GET", "gotest?to="+str(first), "", nil); strings.Contains(source, "DescribeDomain") || !strings.Contains(source, "State: state") {
		t.Errorf("%.2000s", source)
	}
	runGoTest(t, source, true)
	if status, _ = control(t, fakecloud.New(fakecloud.Options{}), "GET", "gotest", "", nil); status != http.StatusConflict {
		t.Error(status)
	}
}

// runGoTest runs a test beside this package, without a file in its folder.
func runGoTest(t *testing.T, source string, passes bool) {
	t.Helper()
	dir := t.TempDir()
	file, overlay := filepath.Join(dir, "replay_test.go"), filepath.Join(dir, "overlay.json")
	here, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	data, _ := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(here, "replay_test.go"): file}})
	for name, content := range map[string]string{file: source, overlay: string(data)} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command("go", "test", "-overlay", overlay, "./testdata").CombinedOutput()
	if (err == nil) != passes {
		t.Errorf("%v\n%s\n%s", err, out, source)
	}
}

// TestTimelineWithoutLost checks that a change that could not be written is shown as a
// refused call without an effect.
func TestTimelineWithoutLost(t *testing.T) {
	cloud, err := fakecloud.Open(t.TempDir(), fakecloud.Options{NoAuth: true, Progress: fakecloud.Manual()}, shop())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cloud.Close() })
	cloud.FailUpdates(errors.New("the disk is full"))
	want(t, deploy(t, cloud, "p256"), 500, "InternalError")
	if r := timelineOf(t, cloud, "")[0]; r.Code != "InternalError" || len(r.Changes) > 0 || r.Outcome != "refused" || r.Why.By != "gateway" || r.Why.Advice == "" {
		t.Errorf("%+v %+v", r, r.Why)
	}
	cloud.FailUpdates(nil)
	must(t, deploy(t, cloud, "p256"))
	if r := timelineOf(t, cloud, "")[0]; r.Outcome != "ok" || len(r.Changes) == 0 {
		t.Errorf("%+v", r)
	}
}
