package fakecloud_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/fakecloud"
)

// wallJumps are the steps by which the tests set the wall clock.
var wallJumps = []time.Duration{-48 * time.Hour, -time.Hour, -time.Second, 0, time.Second, time.Hour, 48 * time.Hour}

// TestClockIsSet checks that setting the wall clock changes no duration of a rollout or a
// job, neither of a pending one nor of a later one.
func TestClockIsSet(t *testing.T) {
	const after = 10 * time.Second
	for _, jump := range wallJumps {
		t.Run(jump.String(), func(t *testing.T) {
			clock := newClock()
			cloud := open(t, fakecloud.Options{Progress: fakecloud.After(after), Now: clock.now, Elapsed: clock.monotonic})
			job := associateFirst(t, cloud)
			clock.advance(4 * time.Second)
			clock.set(jump)
			setFree(t, cloud)
			for _, step := range []struct {
				wait        time.Duration
				domain, job bool // going on
			}{{0, true, true}, {5999 * time.Millisecond, true, true}, {time.Millisecond, true, false}, {3999 * time.Millisecond, true, false}, {time.Millisecond, false, false}} {
				clock.advance(step.wait)
				call(t, cloud, "ListAsynJobs")
				if domain, processing := going(cloud, job); domain != step.domain || processing != step.job {
					t.Errorf("%v later: domain %v, job %v; want %v, %v", step.wait, domain, processing, step.domain, step.job)
				}
			}
			checkJournal(t, cloud, 0)
			jobs := must(t, call(t, cloud, "ListAsynJobs", "JobIds.1", job))
			if created, modified := jobs.text("Jobs", 0, "CreateTime"), jobs.text("Jobs", 0, "ModifyTime"); modified < created {
				t.Errorf("the job was created at %s and ended at %s", created, modified)
			}
		})
	}
}

// TestClockSetBack checks that Now alone may go back, too.
func TestClockSetBack(t *testing.T) {
	clock := newClock()
	cloud := open(t, fakecloud.Options{Progress: fakecloud.After(10 * time.Second), Now: clock.now})
	job := associateFirst(t, cloud)
	clock.set(-time.Hour)
	setFree(t, cloud)
	clock.advance(9 * time.Second)
	if domain, processing := going(cloud, job); !domain || !processing {
		t.Errorf("ended early: domain %v, job %v", !domain, !processing)
	}
	clock.advance(time.Second)
	if domain, processing := going(cloud, job); domain || processing {
		t.Errorf("not ended: domain %v, job %v", domain, processing)
	}
}

// TestClockAndRates checks that the documented rates count elapsed time.
func TestClockAndRates(t *testing.T) {
	for _, jump := range wallJumps {
		clock := newClock()
		cloud := open(t, fakecloud.Options{Now: clock.now, Elapsed: clock.monotonic})
		inject(t, cloud, fakecloud.Fault{Rates: true})
		count := func(n int) (throttled int) {
			for range n {
				if call(t, cloud, "SetDomainServerCertificate", "DomainName", "no.example.com").code() == "Throttling.User" {
					throttled++
				}
			}
			return throttled
		}
		got := [3]int{count(10)}
		clock.set(jump)
		got[1] = count(2)
		clock.advance(time.Second)
		got[2] = count(10)
		if got != [3]int{0, 2, 0} {
			t.Errorf("set by %v: throttled %v", jump, got)
		}
	}
}

// TestWindowIsOfTheWallClock checks that the time of a request is compared with the wall
// clock.
func TestWindowIsOfTheWallClock(t *testing.T) {
	for jump, code := range map[time.Duration]string{0: "", -time.Hour: "InvalidTimeStamp.Expired", time.Hour: "InvalidTimeStamp.Expired"} {
		clock := newClock()
		cloud := newShop(t, fakecloud.Options{Now: clock.now, Elapsed: clock.monotonic, Keys: keysOfCaptures()})
		r := captured(t, filepath.Join("testdata", "captures", "go-openapi-v3-GetListenerAttribute.http"))
		at, err := time.Parse(time.RFC3339, r.Header.Get("X-Acs-Date"))
		if err != nil {
			t.Fatal(err)
		}
		clock.set(at.Sub(clock.now()) + jump)
		if got := send(t, cloud, r); got.code() != code {
			t.Errorf("set by %v: %s", jump, got.raw)
		}
	}
}

// TestRestartInRollout checks that after a restart a rollout keeps its remaining duration
// by the wall clock, which may have been set meanwhile. The remaining duration is never
// more than the whole one, and pending changes do not wait for each other.
func TestRestartInRollout(t *testing.T) {
	const after = 10 * time.Second
	for _, test := range []struct{ away, left time.Duration }{
		{0, 6 * time.Second},
		{3 * time.Second, 3 * time.Second},
		{6 * time.Second, 0},
		{time.Hour, 0},
		{-time.Second, 7 * time.Second},
		{-4 * time.Second, after},
		{-time.Hour, after},
	} {
		t.Run(test.away.String(), func(t *testing.T) {
			clock, dir := newClock(), t.TempDir()
			options := fakecloud.Options{Progress: fakecloud.After(after), Now: clock.now, Elapsed: clock.monotonic}
			cloud := openPersisted(t, dir, options)
			job := associateFirst(t, cloud)
			clock.advance(4 * time.Second)
			setFree(t, cloud)
			if err := cloud.Close(); err != nil {
				t.Fatal(err)
			}
			clock.set(test.away)
			cloud = openPersisted(t, dir, options)
			jobEnds, domainEnds := test.left, min(after, test.left+4*time.Second)
			if test.away > 6*time.Second {
				domainEnds = max(0, after-test.away)
			}
			passed := time.Duration(0)
			for _, at := range []time.Duration{jobEnds - time.Millisecond, jobEnds, domainEnds - time.Millisecond, domainEnds} {
				if at < passed {
					continue
				}
				clock.advance(at - passed)
				passed = at
				if domain, processing := going(cloud, job); domain != (at < domainEnds) || processing != (at < jobEnds) {
					t.Errorf("%v after the restart: domain %v, job %v", at, domain, processing)
				}
			}
			checkJournal(t, cloud, 0)
		})
	}
}

// TestSetStateTakesAllItsTime checks that pending changes of a new state take the whole
// duration, because their start is unknown.
func TestSetStateTakesAllItsTime(t *testing.T) {
	clock := newClock()
	cloud := open(t, fakecloud.Options{Progress: fakecloud.After(10 * time.Second), Now: clock.now, Elapsed: clock.monotonic})
	job := associateFirst(t, cloud)
	clock.advance(9 * time.Second)
	if err := cloud.SetState(cloud.State()); err != nil {
		t.Fatal(err)
	}
	clock.advance(9 * time.Second)
	if _, processing := going(cloud, job); !processing {
		t.Error("it ended early")
	}
	clock.advance(time.Second)
	if j, _ := cloud.State().ALB.Jobs.Get(job); j.Status != alb.Succeeded {
		t.Errorf("the job is %s", j.Status)
	}
}

// TestAfterForever checks that the largest duration does not overflow.
func TestAfterForever(t *testing.T) {
	clock := newClock()
	clock.advance(time.Hour)
	cloud := open(t, fakecloud.Options{Progress: fakecloud.After(1<<63 - 1), Now: clock.now, Elapsed: clock.monotonic})
	job := associateFirst(t, cloud)
	clock.advance(1000 * time.Hour)
	if _, processing := going(cloud, job); !processing {
		t.Error("it ended")
	}
}
