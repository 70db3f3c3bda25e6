package fakecloud_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/model/fakecloud"
)

func inject(t *testing.T, cloud *fakecloud.Cloud, f fakecloud.Fault) {
	t.Helper()
	if err := cloud.Inject(f); err != nil {
		t.Fatal(err)
	}
}

// complaints is a TB that stores the messages of failures.
type complaints struct{ texts []string }

func (c *complaints) Helper()        {}
func (c *complaints) Cleanup(func()) {}
func (c *complaints) Errorf(format string, args ...any) {
	c.texts = append(c.texts, fmt.Sprintf(format, args...))
}
func (c *complaints) Fatalf(format string, args ...any) { c.Errorf(format, args...) }

func TestFaultCodes(t *testing.T) {
	const set, associate = "SetDomainServerCertificate", "AssociateAdditionalCertificatesWithListener"
	tests := []struct {
		fault   fakecloud.Fault
		action  string
		status  int
		code    string
		message string // part of it
	}{
		{fakecloud.Fault{Code: "ServiceBusy"}, set, 403, "ServiceBusy", "is configuring"},
		{fakecloud.Fault{Code: "ServiceBusy"}, associate, 400, "ServiceBusy", "scripted"},
		{fakecloud.Fault{Code: "ServiceBusy", Status: 409, Message: "Busy."}, set, 409, "ServiceBusy", "Busy."},
		{fakecloud.Fault{Code: "ResourceNotFound.Certificate"}, associate, 404, "ResourceNotFound.Certificate", "is not found"},
		{fakecloud.Fault{Code: "Throttling.User"}, set, 400, "Throttling.User", "user flow control"},
		{fakecloud.Fault{Code: "Throttling.Api"}, set, 400, "Throttling.Api", "throttling"},
		{fakecloud.Fault{Code: "SystemBusy"}, associate, 400, "SystemBusy", "scripted"},
		{fakecloud.Fault{Code: "InvalidAccessKeyId.NotFound"}, set, 404, "InvalidAccessKeyId.NotFound", "not found"},
		{fakecloud.Fault{Status: 500}, set, 500, "InternalError", "unknown error"},
		{fakecloud.Fault{Status: 503}, set, 503, "ServiceUnavailable", "temporary"},
		{fakecloud.Fault{Status: 502}, set, 502, "InternalError", ""},
		{fakecloud.Fault{Code: "ServiceUnavailable"}, set, 503, "ServiceUnavailable", "temporary"},
	}
	for _, test := range tests {
		cloud := open(t, fakecloud.Options{})
		before := key(cloud.State())
		test.fault.Times = 1
		inject(t, cloud, test.fault)
		got := call(t, cloud, test.action, "DomainName", www, "ListenerId", listener, "Certificates.1.CertificateId", first)
		want(t, got, test.status, test.code)
		if !strings.Contains(got.text("Message"), test.message) || strings.Contains(got.text("Message"), "%s") {
			t.Errorf("%s: message %q", test.code, got.text("Message"))
		}
		if key(cloud.State()) != before {
			t.Errorf("%s: had an effect", test.code)
		}
		must(t, call(t, cloud, test.action, "DomainName", www, "ListenerId", listener, "Certificates.1.CertificateId", first))
	}
}

// TestFaultScript checks which calls a fault matches, and how often.
func TestFaultScript(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	inject(t, cloud, fakecloud.Fault{Action: "ListListeners", Times: 2, Code: "First", AnyCode: true})
	inject(t, cloud, fakecloud.Fault{Times: 1, Code: "Second", AnyCode: true})
	inject(t, cloud, fakecloud.Fault{Action: "ListAsynJobs", Code: "Always", AnyCode: true})
	var open complaints
	cloud.AssertDone(&open)
	if len(open.texts) != 2 {
		t.Errorf("complaints %q", open.texts)
	}
	for i, step := range []struct{ action, want string }{
		{"ListListeners", "First"},
		{"DescribeUserDomains", "Second"},
		{"DescribeUserDomains", ""},
		{"ListListeners", "First"},
		{"ListListeners", ""},
		{"ListAsynJobs", "Always"},
		{"ListAsynJobs", "Always"},
	} {
		if got := call(t, cloud, step.action).code(); got != step.want {
			t.Errorf("step %d, %s: %q; want %q", i, step.action, got, step.want)
		}
	}
	cloud.AssertDone(t)
	if faults := cloud.Faults(); len(faults) != 1 || faults[0].Code != "Always" {
		t.Errorf("left: %+v", faults)
	}
	if calls := cloud.Calls(); !calls[0].Fault || calls[0].Code != "First" || calls[2].Fault {
		t.Errorf("calls %+v", calls)
	}
	cloud.ClearFaults()
	must(t, call(t, cloud, "ListAsynJobs"))
	call(t, cloud, "Nonsense") // no fault applies to an unknown operation
}

// TestFaultChance checks that equal seeds select the same calls, and different seeds
// different ones.
func TestFaultChance(t *testing.T) {
	run := func(seed uint64) (met string) {
		cloud := open(t, fakecloud.Options{Seed: seed})
		inject(t, cloud, fakecloud.Fault{Chance: 0.3, Status: 503})
		for range 200 {
			met += map[bool]string{true: "x", false: "."}[call(t, cloud, "ListListeners").status == 503]
		}
		return met
	}
	a := run(1)
	if n := strings.Count(a, "x"); n < 30 || n > 90 {
		t.Errorf("met %d of 200 calls with a chance of 0.3", n)
	}
	if run(1) != a || run(2) == a {
		t.Error("the seed does not decide")
	}
}

func TestRequestIDs(t *testing.T) {
	id := func(seed uint64) string {
		return call(t, open(t, fakecloud.Options{Seed: seed}), "ListListeners").text("RequestId")
	}
	seven, again, eight := id(7), id(7), id(8)
	random, another := id(0), id(0)
	if seven != again || seven == eight || random == another || len(random) != 36 {
		t.Error(seven, again, eight, random, another)
	}
}

// TestFaultRates checks the documented rates, by operation and period.
func TestFaultRates(t *testing.T) {
	clock := newClock()
	cloud := open(t, fakecloud.Options{Now: clock.now})
	inject(t, cloud, fakecloud.Fault{Rates: true})
	count := func(action string, n int) (throttled int) {
		for range n {
			if got := call(t, cloud, action, "DomainName", "no.example.com", "ListenerId", "no"); got.code() == "Throttling.User" && got.status == 400 {
				throttled++
			}
		}
		return throttled
	}
	const set, associate = "SetDomainServerCertificate", "AssociateAdditionalCertificatesWithListener"
	got := []int{count(set, 12), count(associate, 203), count("ListListeners", 300), count(set, 1)}
	clock.advance(time.Second)
	got = append(got, count(set, 11), count(associate, 1))
	clock.advance(time.Minute)
	got = append(got, count(set, 10), count(associate, 200))
	if want := []int{2, 3, 0, 1, 1, 1, 0, 0}; !reflect.DeepEqual(got, want) {
		t.Errorf("throttled %v; want %v", got, want)
	}
}

// TestFaultDrops checks connections that are closed before the effect and after it.
func TestFaultDrops(t *testing.T) {
	for _, drop := range []fakecloud.Drop{fakecloud.DropBefore, fakecloud.DropAfter} {
		cloud := fakecloud.Start(t, fakecloud.Options{NoAuth: true})
		cloud.Apply(shop().Events()...)
		inject(t, cloud.Cloud, fakecloud.Fault{Times: 2, Drop: drop})
		target := "/?Action=AssociateAdditionalCertificatesWithListener&Version=2020-06-16&ListenerId=" + listener + "&Certificates.1.CertificateId=" + first
		for _, client := range []*http.Client{{}, {Transport: cloud.Transport()}} {
			resp, err := client.Post(cloud.URL+target, "", nil)
			if err == nil {
				_ = resp.Body.Close()
				t.Errorf("%s: answered with %d", drop, resp.StatusCode)
			}
		}
		if jobs := cloud.State().ALB.Jobs.Len(); jobs != map[fakecloud.Drop]int{fakecloud.DropBefore: 0, fakecloud.DropAfter: 1}[drop] {
			t.Errorf("%s: %d jobs", drop, jobs)
		}
		if calls := cloud.Calls(); len(calls) != 2 || calls[0].Drop != drop {
			t.Errorf("%s: calls %+v", drop, calls)
		}
		checkJournal(t, cloud.Cloud, 0)
	}
}

func TestFaultBodyAndDelay(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	inject(t, cloud, fakecloud.Fault{Times: 1, Status: 502, Body: "<html>Bad Gateway</html>", Delay: 30 * time.Millisecond})
	began := time.Now()
	got := call(t, cloud, "ListListeners")
	if got.status != 502 || got.raw != "<html>Bad Gateway</html>" || time.Since(began) < 30*time.Millisecond {
		t.Errorf("%d %q after %v", got.status, got.raw, time.Since(began))
	}
}

func TestFaultFailsJob(t *testing.T) {
	for _, progress := range []fakecloud.Progress{fakecloud.Polls(0), fakecloud.Polls(1)} {
		cloud := open(t, fakecloud.Options{Progress: progress})
		inject(t, cloud, fakecloud.Fault{Times: 1, FailJob: true})
		job := associateFirst(t, cloud)
		call(t, cloud, "ListAsynJobs")
		if got := call(t, cloud, "ListAsynJobs", "JobIds.1", job); got.text("Jobs", 0, "Status") != "Failed" {
			t.Errorf("%v: %s", progress, got.raw)
		}
		job = associateFirst(t, cloud)
		call(t, cloud, "ListAsynJobs")
		if got := call(t, cloud, "ListAsynJobs", "JobIds.1", job); got.text("Jobs", 0, "Status") != "Succeeded" {
			t.Errorf("%v: the next one: %s", progress, got.raw)
		}
	}
}

// TestFaultFailsJobWithCode checks that the code and message of a fault that fails a job
// are those of the job, with every way in which the job can end.
func TestFaultFailsJobWithCode(t *testing.T) {
	for _, test := range []struct {
		fault         fakecloud.Fault
		code, message string
	}{
		{fakecloud.Fault{FailJob: true}, "InternalError", "The request processing has failed due to some unknown error, exception or failure."},
		{fakecloud.Fault{FailJob: true, Message: "No."}, "InternalError", "No."},
		{fakecloud.Fault{FailJob: true, Code: "Made.Up"}, "Made.Up", ""},
		{fakecloud.Fault{FailJob: true, Code: "VipStatusNotSupport", Message: "No."}, "VipStatusNotSupport", "No."},
	} {
		for _, progress := range []fakecloud.Progress{fakecloud.Polls(0), fakecloud.Polls(1), fakecloud.Manual()} {
			cloud := open(t, fakecloud.Options{Progress: progress})
			inject(t, cloud, test.fault)
			job := associateFirst(t, cloud)
			if progress == fakecloud.Manual() {
				if err := cloud.FinishAll(); err != nil {
					t.Error(err)
				}
			}
			call(t, cloud, "ListAsynJobs")
			got := call(t, cloud, "ListAsynJobs", "JobIds.1", job)
			if got.text("Jobs", 0, "Status") != "Failed" || got.text("Jobs", 0, "ErrorCode") != test.code || got.text("Jobs", 0, "ErrorMessage") != test.message {
				t.Errorf("%v: %s", progress, got.raw)
			}
			checkJournal(t, cloud, 0)
		}
	}
}

func TestFaultJSON(t *testing.T) {
	for _, f := range []fakecloud.Fault{
		{Code: "Throttling"},
		{Action: "ListListeners", Times: 3, Chance: 0.5, Rates: true, Code: "A", Status: 400, Message: "m", Body: "b", AnyCode: true, Delay: 1500 * time.Millisecond, Drop: fakecloud.DropAfter, FailJob: true},
	} {
		data, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		var again fakecloud.Fault
		if err := json.Unmarshal(data, &again); err != nil || !reflect.DeepEqual(again, f) {
			t.Errorf("%s: %+v, %v", data, again, err)
		}
	}
	var f fakecloud.Fault
	if json.Unmarshal([]byte(`{"delay":"soon"}`), &f) == nil {
		t.Error("a delay of soon")
	}
}

func TestFaultsThatAreNone(t *testing.T) {
	cloud := fakecloud.New(fakecloud.Options{})
	for _, f := range []fakecloud.Fault{
		{},
		{Times: 1},
		{Action: "Nonsense", Status: 500},
		{Times: -1, Status: 500},
		{Delay: -1},
		{Chance: 1.5, Status: 500},
		{Drop: "sometimes"},
		{Status: 400},
		{Code: "ServiceBusy", Status: 99},
		{Code: "ServiceBusy", Status: 600},
		{Code: "Throttling.Usr"},
		{Code: "servicebusy"},
		{Code: "InvalidAction.NotFound "},
		{FailJob: true, Status: 500},
		{FailJob: true, Code: "A", Rates: true},
	} {
		if cloud.Inject(f) == nil {
			t.Errorf("%+v is a fault", f)
		}
	}
}
