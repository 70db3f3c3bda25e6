package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/alicert/alicert/model/world"
)

// TestKill kills the command at random moments under load and starts it again:
// nothing that was answered is lost, and no half of a change is seen.
// FAKECLOUD_KILLS sets how often.
func TestKill(t *testing.T) {
	kills, err := strconv.Atoi(os.Getenv("FAKECLOUD_KILLS"))
	if err != nil {
		kills = 3
	}
	data := t.TempDir()
	var answered sync.Map // names of domains whose certificate was set
	for kill := range kills {
		process, base := spawn(t, data)
		check(t, base, &answered)
		var clients sync.WaitGroup
		for client := range 4 {
			clients.Go(func() {
				for i := 0; ; i++ {
					name := fmt.Sprintf("k%d-c%d-%d.example.com", kill, client, i)
					if !deploy(base, name) {
						return
					}
					answered.Store(name, true)
				}
			})
		}
		time.Sleep(time.Duration(20+rand.IntN(150)) * time.Millisecond)
		if err := process.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = process.Wait() // killed
		clients.Wait()
	}
	process, base := spawn(t, data)
	n := check(t, base, &answered)
	if n < kills {
		t.Errorf("only %d changes in %d lives", n, kills)
	}
	t.Logf("%d kills, %d changes", kills, n)
	_ = process.Process.Kill()
	_ = process.Wait()
}

// spawn starts the command as a process of its own.
func spawn(t *testing.T, data string) (process *exec.Cmd, base string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out := &output{}
	process = exec.Command(self, "-addr", "127.0.0.1:0", "-no-auth", "-data", data, "-progress", "polls=0")
	process.Env = append(os.Environ(), asCommand+"=1")
	process.Stdout, process.Stderr = out, out
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = process.Process.Kill() })
	return process, out.find(t, listens)
}

// deploy adds a domain and sets its certificate. It reports whether both were
// answered.
func deploy(base, name string) bool {
	client := &http.Client{Timeout: 5 * time.Second}
	if happen(client, base, `{"cdn":{"DomainAdded":{"name":"`+name+`"}}}`) != nil {
		return false
	}
	resp, err := client.Post(base+"/?Action=SetDomainServerCertificate&Version=2018-05-10&Format=JSON&ServerCertificateStatus=on&CertType=cas&CertName=first&DomainName="+name, "", nil)
	if err != nil {
		return false
	}
	_ = resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// check compares the state after a start with what was answered before.
func check(t *testing.T, base string, answered *sync.Map) (n int) {
	t.Helper()
	_, body := get(t, http.DefaultClient, base+"/_/state")
	var s world.State
	if err := json.Unmarshal([]byte(body), &s); err != nil {
		t.Fatal(err)
	}
	for name := range answered.Range {
		n++
		if d, _ := s.CDN.Domains.Get(name.(string)); d.Bound != "first" || !d.HTTPS {
			t.Errorf("%s was answered, and is lost: %+v", name, d)
		}
	}
	bound := 0
	for name, d := range s.CDN.Domains.All() {
		if d.HTTPS != (d.Bound == "first") || d.Configuring {
			t.Errorf("%s: half a change: %+v", name, d)
		}
		if d.Bound == "first" {
			bound++
		}
	}
	if first, _ := s.CDN.Centre.Get("first"); first.Domains != bound {
		t.Errorf("%d domains are bound, and %d are counted", bound, first.Domains)
	}
	return n
}
