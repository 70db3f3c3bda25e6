package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model/account"
)

var (
	kills    = flag.Int("kill.times", 5, "number of kills of TestKill")
	killSeed = flag.Uint64("kill.seed", 0, "seed of the moments of the kills; 0 means a random seed")
)

// TestKill kills the command at random moments, under load and during the start, and
// starts it again. It checks that no answered change is lost and that no change is stored
// in part.
func TestKill(t *testing.T) {
	seed := *killSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("-kill.seed %d", seed)
	random := rand.New(rand.NewPCG(1, seed))
	data := t.TempDir()
	var answered sync.Map // the certificates of answered requests, by domain
	for kill := range *kills {
		if kill%4 == 3 {
			process, _ := launch(t, data)
			time.Sleep(time.Duration(random.IntN(40)) * time.Millisecond)
			_ = process.Process.Kill()
			_ = process.Wait() // killed
		}
		process, base := spawn(t, data)
		check(t, base, &answered)
		var clients sync.WaitGroup
		for client := range 4 {
			clients.Go(func() {
				for i := 0; ; i++ {
					name := fmt.Sprintf("k%d-c%d-%d.example.com", kill, client, i)
					certificate := []string{"first", name}[i%2]
					if !deploy(base, name, certificate) {
						return
					}
					answered.Store(name, certificate)
				}
			})
		}
		time.Sleep(time.Duration(20+random.IntN(150)) * time.Millisecond)
		if err := process.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = process.Wait() // killed
		clients.Wait()
	}
	process, base := spawn(t, data)
	n := check(t, base, &answered)
	if n < *kills {
		t.Errorf("only %d changes in %d lives", n, *kills)
	}
	t.Logf("%d kills, %d changes", *kills, n)
	_ = process.Process.Kill()
	_ = process.Wait()
}

// spawn starts the command in a process and waits until it listens.
func spawn(t *testing.T, data string) (process *exec.Cmd, base string) {
	t.Helper()
	process, out := launch(t, data)
	return process, out.find(t, listens)
}

func launch(t *testing.T, data string) (process *exec.Cmd, out *output) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out = &output{}
	process = exec.Command(self, "-addr", "127.0.0.1:0", "-no-auth", "-data", data, "-progress", "polls=0")
	process.Env = append(os.Environ(), asCommand+"=1")
	process.Stdout, process.Stderr = out, out
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = process.Process.Kill() })
	return process, out
}

// deploy adds a domain and sets its certificate: one of CAS, or an uploaded one. It
// reports whether both requests were answered.
func deploy(base, name, certificate string) bool {
	client := &http.Client{Timeout: 5 * time.Second}
	if sendEvent(client, base, `{"cdn":{"DomainAdded":{"name":"`+name+`"}}}`) != nil {
		return false
	}
	set := url.Values{
		"Action": {"SetDomainServerCertificate"}, "Version": {"2018-05-10"}, "Format": {"JSON"},
		"DomainName": {name}, "ServerCertificateStatus": {"on"}, "CertType": {"cas"}, "CertName": {certificate},
	}
	if certificate == name {
		set.Set("CertType", "upload")
		set.Set("ServerCertificate", inputs.Fixture("p256/chain3").Text())
		set.Set("PrivateKey", inputs.Fixture("p256/key").Text())
	}
	resp, err := client.PostForm(base, set)
	if err != nil {
		return false
	}
	_ = resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// check compares the state after a start with the answered changes, and returns their
// number.
func check(t *testing.T, base string, answered *sync.Map) (n int) {
	t.Helper()
	_, body := get(t, http.DefaultClient, base+"/_/state")
	var s account.State
	if err := json.Unmarshal([]byte(body), &s); err != nil {
		t.Fatal(err)
	}
	for name, certificate := range answered.Range {
		n++
		if d, _ := s.CDN.Domains.Get(name.(string)); d.Bound != certificate || !d.HTTPS {
			t.Errorf("%s was answered, and is lost: %+v", name, d)
		}
	}
	bound := map[string]int{}
	for name, d := range s.CDN.Domains.All() {
		if d.HTTPS != (d.Bound != "") || d.Configuring || d.Bound != "" && !s.CAS.Certificates.Has(d.Bound) {
			t.Errorf("%s: half a change: %+v", name, d)
		}
		bound[d.Bound]++
	}
	for name, c := range s.CAS.Certificates.All() {
		if c.Domains != bound[name] {
			t.Errorf("%d domains are bound to %s, and %d are counted", bound[name], name, c.Domains)
		}
	}
	return n
}
