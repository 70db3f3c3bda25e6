package fakecloud_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

// openPersisted opens a cloud in a folder. A new folder gets the shop.
func openPersisted(t testing.TB, dir string, o fakecloud.Options) *fakecloud.Cloud {
	t.Helper()
	if o.Now == nil {
		o.Now = newClock().now
	}
	o.NoAuth = true
	cloud, err := fakecloud.Open(dir, o, shop())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cloud.Close() })
	return cloud
}

// killed returns a copy of the folder, which is the same as after a kill.
func killed(t testing.TB, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// randomCall makes a random call or applies a random event.
func randomCall(t testing.TB, cloud *fakecloud.Cloud, random *rand.Rand) {
	t.Helper()
	switch random.IntN(9) {
	case 0:
		call(t, cloud, "AssociateAdditionalCertificatesWithListener", "ListenerId", listener, "Certificates.1.CertificateId", first)
	case 1:
		call(t, cloud, "DissociateAdditionalCertificatesFromListener", "ListenerId", listener, "Certificates.1.CertificateId", first)
	case 2:
		call(t, cloud, "SetDomainServerCertificate", "DomainName", www, "ServerCertificateStatus", "on", "ForceSet", "1",
			"ServerCertificate", testdata.Read("p256/leaf.pem"), "PrivateKey", testdata.Read("p256/key.pem"), "CertName", fmt.Sprint(random.IntN(3)))
	case 3:
		call(t, cloud, "SetDomainServerCertificate", "DomainName", www)
	case 4:
		call(t, cloud, "UploadUserCertificate", "Name", fmt.Sprint(random.IntN(3)), "Cert", testdata.Read("p256/leaf.pem"), "Key", testdata.Read("p256/key.pem"))
	case 5:
		cloud.Apply(onCDN(cdn.ProtectionChanged{Domain: www, On: random.IntN(2) == 0}))
	case 6:
		cloud.Apply(onALB(alb.ListenerStopped{ID: listener}), onALB(alb.ListenerStarted{ID: listener}))
	case 7:
		call(t, cloud, "ListAsynJobs")
	case 8:
		call(t, cloud, "DescribeUserDomains")
	}
}

// TestKept checks that the folder has all changes whenever an answer arrives.
func TestKept(t *testing.T) {
	random := rand.New(rand.NewPCG(1, testSeed(t, 2)))
	clock := newClock()
	dir := t.TempDir()
	cloud := openPersisted(t, dir, fakecloud.Options{Now: clock.now})
	for i := range 150 {
		clock.advance(1e9)
		randomCall(t, cloud, random)
		if i%10 > 0 {
			continue
		}
		call(t, cloud, "ListUserCertificateOrder") // the next answer waits for the changes that a poll ended
		again := openPersisted(t, killed(t, dir), fakecloud.Options{Progress: fakecloud.Manual()})
		if key(again.State()) != key(cloud.State()) {
			t.Fatalf("call %d: another state: %s", i, cmp.Diff(cloud.State(), again.State()))
		}
		_ = again.Close()
	}
	call(t, cloud, "ListAsynJobs") // ends the pending job
	live := call(t, cloud, "ListAsynJobs")
	kept := call(t, openPersisted(t, killed(t, dir), fakecloud.Options{}), "ListAsynJobs")
	if withoutRequestID(kept) != withoutRequestID(live) || !strings.Contains(live.raw, "CreateTime") {
		t.Errorf("times of jobs:\n%s\n%s", live.raw, kept.raw)
	}
	if !strings.Contains(withoutRequestID(live), "Succeeded") {
		t.Errorf("no job has succeeded: %s", live.raw)
	}
}

func withoutRequestID(a answer) string { return strings.ReplaceAll(a.raw, a.text("RequestId"), "") }

// firstParts are the parts of the first version of the folder's format. Products that came
// later have parts of their own.
var firstParts = []string{
	"account", "certificates", "texts", "nonces", "domains", "configs", "ids", "leaves", "deployments",
	"loadBalancers", "listeners", "associations", "tokens", "jobs", "finished", "usedTokens",
}

// TestFolderOfAnEarlierVersion checks that a folder opens which an earlier version wrote,
// without the parts of products that it did not know, and that it then keeps these, too.
func TestFolderOfAnEarlierVersion(t *testing.T) {
	dir := t.TempDir()
	cloud := openPersisted(t, dir, fakecloud.Options{})
	want := cloud.State()
	if err := cloud.Close(); err != nil {
		t.Fatal(err)
	}
	if n := withoutParts(t, dir, firstParts); n < 8 {
		t.Errorf("%d parts are later ones", n)
	}
	cloud = openPersisted(t, dir, fakecloud.Options{})
	if got := cloud.State(); key(got) != key(want) {
		t.Fatalf("another state: %s", cmp.Diff(want, got))
	}
	later := fakecloud.Seed{Plans: map[string]esa.Plan{"sp-1": {}}, Sites: map[string]esa.Site{"1": {Name: "example.com", Plan: "sp-1"}}}
	if err := cloud.Seed(later); err != nil {
		t.Fatal(err)
	}
	again := openPersisted(t, killed(t, dir), fakecloud.Options{})
	if got := again.State(); key(got) != key(cloud.State()) || got.ESA.Sites.Len() != 1 {
		t.Errorf("another state after a restart: %s", cmp.Diff(cloud.State(), got))
	}
}

// withoutParts removes all parts of a folder but the given ones, and returns how many those
// are.
func withoutParts(t *testing.T, dir string, kept []string) (removed int) {
	t.Helper()
	db, err := bolt.Open(filepath.Join(dir, "state.db"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		const format = "format"
		var names []string
		err := tx.ForEach(func(name []byte, _ *bolt.Bucket) error {
			if part := string(name); part != format && !slices.Contains(kept, part) {
				names = append(names, part)
			}
			return nil
		})
		for _, name := range names {
			removed++
			err = errors.Join(err, tx.DeleteBucket([]byte(name)), tx.Bucket([]byte(format)).Delete([]byte("="+name)))
		}
		return err
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return removed
}

// TestKilledWhileBusy checks that the folder holds a consistent state at any moment while
// many clients change it, and that no answered change is missing.
func TestKilledWhileBusy(t *testing.T) {
	dir := t.TempDir()
	cloud := openPersisted(t, dir, fakecloud.Options{Remember: 100_000, Progress: fakecloud.Polls(0)})
	var updates sync.Mutex
	cloud.GuardUpdates(&updates)
	stop := make(chan struct{})
	var clients sync.WaitGroup
	for client := range 4 {
		clients.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				name := fmt.Sprintf("d%d-%d.example.com", client, i)
				cloud.Apply(onCDN(cdn.DomainAdded{Name: name}))
				call(t, cloud, "SetDomainServerCertificate", "DomainName", name, "ServerCertificateStatus", "on", "CertType", "cas", "CertName", "first")
			}
		})
	}
	for range 15 {
		before := cloud.State()
		updates.Lock() // a kill is instantaneous, so the copy must be, too
		copied := killed(t, dir)
		updates.Unlock()
		again := openPersisted(t, copied, fakecloud.Options{Progress: fakecloud.Manual()})
		got := again.State()
		missing := 0
		for name := range before.CDN.Domains.All() {
			if !got.CDN.Domains.Has(name) {
				missing++
			}
		}
		if missing > 0 {
			t.Errorf("%d of %d domains are missing", missing, before.CDN.Domains.Len())
		}
		for name, d := range got.CDN.Domains.All() {
			if d.HTTPS != (d.Bound == "first") {
				t.Errorf("half a change of %s: %+v", name, d)
			}
		}
		first, _ := got.CAS.Get("first")
		bound := 0
		for _, d := range got.CDN.Domains.All() {
			if d.Bound == "first" {
				bound++
			}
		}
		if first.Domains != bound {
			t.Errorf("%d domains are bound, %d are counted", bound, first.Domains)
		}
		_ = again.Close()
	}
	close(stop)
	clients.Wait()
}

// restarted is a cloud that is closed and opened again at random.
type restarted struct {
	t      *testing.T
	dir    string
	cloud  *fakecloud.Cloud
	random *rand.Rand
	starts int
}

func (r *restarted) Do(ctx context.Context, in account.Input) (model.Output, error) {
	if r.cloud == nil || r.random.IntN(25) == 0 {
		r.start()
	}
	return r.cloud.Do(ctx, in)
}

func (r *restarted) start() {
	before := ""
	if r.cloud != nil {
		before = all(r.t, r.cloud)
		if err := r.cloud.Close(); err != nil {
			r.t.Fatal(err)
		}
	}
	var err error
	if r.cloud, err = fakecloud.Open(r.dir, fakecloud.Options{Progress: fakecloud.Manual(), Now: func() time.Time { return time.Time{} }}, fakecloud.Seed{}); err != nil {
		r.t.Fatal(err)
	}
	if after := all(r.t, r.cloud); before != "" && after != before {
		r.t.Fatalf("start %d: another state: %s", r.starts, cmp.Diff(before, after))
	}
	r.starts++
}

// all returns the whole state of a cloud, with the times of its jobs.
func all(t testing.TB, cloud *fakecloud.Cloud) string {
	t.Helper()
	state, err := json.Marshal(cloud.State())
	if err != nil {
		t.Fatal(err)
	}
	return string(state) + "\n" + withoutRequestID(call(t, cloud, "ListAsynJobs"))
}

// TestRestarted checks that random inputs get the answers of the model despite restarts,
// and that no restart changes the state.
func TestRestarted(t *testing.T) {
	o := inputs.Account()
	o.Sequences, o.Invariants = 12, nil
	o.Seed = testSeed(t, rand.Uint64())
	starts := 0
	var last *restarted
	fuzz.Conform(t, machine, func() model.System[inputs.Input, model.Output] {
		if last != nil && last.cloud != nil {
			starts += last.starts
			_ = last.cloud.Close()
		}
		last = &restarted{t: t, dir: t.TempDir(), random: rand.New(rand.NewPCG(o.Seed, uint64(starts)))}
		return fuzz.SystemOf(last, func(in inputs.Input) account.Input { return clampPaging(in).Account() })
	}, o)
	if last != nil && last.cloud != nil {
		_ = last.cloud.Close()
	}
	if starts < 10 {
		t.Errorf("only %d starts", starts)
	}
}

// TestTextsOnce checks that the file has the text of a certificate once, however many
// certificates have it, and removes it with the last of them.
func TestTextsOnce(t *testing.T) {
	dir := t.TempDir()
	cloud := openPersisted(t, dir, fakecloud.Options{})
	pem := testdata.Read("p256/leaf.pem")
	line := []byte(strings.Split(pem, "\n")[2])
	for i := range 50 {
		cloud.Apply(onCDN(cas.CertificateAdded{Certificate: cas.Certificate{Name: fmt.Sprint("c", i), PEM: pem}}))
	}
	if n := bytes.Count(databaseOf(t, dir), line); n < 1 || n > 3 { // bbolt keeps old pages
		t.Errorf("the text is there %d times", n)
	}
	for i := range 50 {
		cloud.Apply(onCDN(cas.CertificateRemoved{Name: fmt.Sprint("c", i)}))
		if i == 25 {
			_ = cloud.Close()
			cloud = openPersisted(t, dir, fakecloud.Options{})
			if c, _ := cloud.State().CAS.Get("c49"); c.PEM != pem {
				t.Errorf("the text is lost with another certificate: %+v", c)
			}
		}
	}
	if texts := cloud.Texts(); texts != 0 {
		t.Errorf("%d texts are left", texts)
	}
}

func databaseOf(t testing.TB, dir string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "state.db"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestReplayAfterRestart checks that a signed request is not admitted again after a
// restart, nor after a kill if it changed the state.
func TestReplayAfterRestart(t *testing.T) {
	clock := newClock()
	dir := t.TempDir()
	start := func(dir string) *fakecloud.Cloud {
		cloud, err := fakecloud.Open(dir, fakecloud.Options{Now: clock.now, Progress: fakecloud.Manual()}, shop())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = cloud.Close() })
		return cloud
	}
	request := func(cloud *fakecloud.Cloud, query string) answer {
		r, err := http.NewRequest(http.MethodGet, "http://127.0.0.1/?"+query, nil)
		if err != nil {
			t.Fatal(err)
		}
		return send(t, cloud, r)
	}
	at := clock.now().Format("2006-01-02T15:04:05Z")
	change := signedQuery("Action", "AssociateAdditionalCertificatesWithListener", "Version", "2020-06-16", "Timestamp", at, "SignatureNonce", "change",
		"ListenerId", listener, "Certificates.1.CertificateId", first)
	read := signedQuery("Action", "ListListeners", "Version", "2020-06-16", "Timestamp", at, "SignatureNonce", "read")

	cloud := start(dir)
	must(t, request(cloud, change))
	want(t, request(cloud, change), 400, "SignatureNonceUsed")
	want(t, request(start(killed(t, dir)), change), 400, "SignatureNonceUsed")

	must(t, request(cloud, read))
	if err := cloud.Close(); err != nil {
		t.Fatal(err)
	}
	cloud = start(dir)
	want(t, request(cloud, read), 400, "SignatureNonceUsed")
	want(t, request(cloud, change), 400, "SignatureNonceUsed")

	other := signedQuery("Action", "ListListeners", "Version", "2020-06-16", "Timestamp", at, "SignatureNonce", "other")
	must(t, request(cloud, other))
	time.Sleep(1500 * time.Millisecond) // longer than the delay for nonces that no change writes
	want(t, request(start(killed(t, dir)), other), 400, "SignatureNonceUsed")

	clock.advance(16 * time.Minute) // longer than the window
	late := signedQuery("Action", "ListListeners", "Version", "2020-06-16", "Timestamp", clock.now().Format("2006-01-02T15:04:05Z"), "SignatureNonce", "late")
	must(t, request(cloud, late))
	_ = cloud.Close()
	cloud = start(dir)
	if n := cloud.Nonces(); n != 1 {
		t.Errorf("%d nonces are kept", n)
	}
	want(t, request(cloud, read), 400, "InvalidTimeStamp.Expired")
	want(t, request(cloud, late), 400, "SignatureNonceUsed")
}

func TestKeptReset(t *testing.T) {
	dir := t.TempDir()
	cloud := openPersisted(t, dir, fakecloud.Options{})
	call(t, cloud, "AssociateAdditionalCertificatesWithListener", "ListenerId", listener, "Certificates.1.CertificateId", first)
	if err := cloud.Reset(); err != nil {
		t.Fatal(err)
	}
	again := openPersisted(t, killed(t, dir), fakecloud.Options{})
	if s := again.State(); s.ALB.Jobs.Len() != 0 || s.CDN.Domains.Len() != 1 {
		t.Errorf("kept: %v", s)
	}
	cloud.Apply(onCDN(cdn.DomainRemoved{Name: www}))
	call(t, cloud, "DescribeUserDomains")
	again = openPersisted(t, killed(t, dir), fakecloud.Options{})
	if removed := again.State().CDN.Domains.Len() == 0; !removed || again.Reset() != nil || again.State().CDN.Domains.Len() != 1 {
		t.Errorf("opened again and reset: %v", again.State())
	}
}

// TestKeepingFails checks that a change that cannot be written has no effect, and that
// later changes are written again.
func TestKeepingFails(t *testing.T) {
	dir := t.TempDir()
	var told []string
	var mu sync.Mutex
	cloud := openPersisted(t, dir, fakecloud.Options{Trouble: func(err error) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, fmt.Sprint(err))
	}})
	before := key(cloud.State())
	cloud.FailUpdates(errors.New("no space left"))
	for range 2 {
		want(t, call(t, cloud, "AssociateAdditionalCertificatesWithListener", "ListenerId", listener, "Certificates.1.CertificateId", first), 500, "InternalError")
	}
	if out := cloud.Apply(onCDN(cdn.DomainRemoved{Name: www})); !out[0].Ignored {
		t.Errorf("an event that is not kept: %+v", out)
	}
	if err := cloud.Reset(); err == nil {
		t.Error("a reset that is not kept")
	}
	want(t, call(t, cloud, "GetListenerAttribute", "ListenerId", listener), 200, "") // reads are still answered
	if key(cloud.State()) != before {
		t.Errorf("what was refused has happened: %v", cloud.State())
	}
	if records := cloud.Journal().Records; len(records) != 1 {
		t.Errorf("the journal has what was refused: %v", records)
	}
	if _, v := control(t, cloud, "GET", "view", "", nil); !strings.Contains(v, `"trouble":"no space left"`) {
		t.Errorf("the page does not know: %s", v)
	}
	cloud.FailUpdates(nil)
	want(t, call(t, cloud, "AssociateAdditionalCertificatesWithListener", "ListenerId", listener, "Certificates.1.CertificateId", first), 200, "")
	if _, v := control(t, cloud, "GET", "view", "", nil); !strings.Contains(v, `"trouble":""`) {
		t.Errorf("the page does not know: %s", v)
	}
	again := openPersisted(t, killed(t, dir), fakecloud.Options{Progress: fakecloud.Manual()})
	if key(again.State()) != key(cloud.State()) {
		t.Errorf("another state: %s", cmp.Diff(cloud.State(), again.State()))
	}
	want := []string{"no space left", "<nil>"}
	if !eventually(func() bool {
		mu.Lock()
		defer mu.Unlock()
		return slices.Equal(told, want)
	}) {
		t.Errorf("told %q; want %q", told, want)
	}
	cloud.FailUpdates(errors.New("no space left"))
	cloud.Apply(onCDN(cdn.DomainRemoved{Name: www}))
	if err := cloud.Close(); err == nil {
		t.Error("closed without a word")
	}
}

// eventually waits until something holds. What Options.Trouble receives may come after the
// answers to the calls that it is about.
func eventually(holds func() bool) bool {
	for range 1000 {
		if holds() {
			return true
		}
		time.Sleep(10 * time.Millisecond)
	}
	return false
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	cloud := openPersisted(t, dir, fakecloud.Options{})
	if _, err := fakecloud.Open(dir, fakecloud.Options{}, fakecloud.Seed{}); err == nil {
		t.Error("opened twice")
	}
	_ = cloud.Close()
	bad := fakecloud.Seed{Domains: map[string]cdn.Domain{"not a name": {}}}
	if _, err := fakecloud.Open(t.TempDir(), fakecloud.Options{}, bad); err == nil {
		t.Error("a seed that does not apply")
	}
	if err := fakecloud.New(fakecloud.Options{}).Close(); err != nil {
		t.Error(err)
	}
}

// TestKeptSecrets checks that no private key is in the file, neither whole nor in pieces,
// nor in old pages.
func TestKeptSecrets(t *testing.T) {
	dir := t.TempDir()
	cloud := openPersisted(t, dir, fakecloud.Options{})
	random := rand.New(rand.NewPCG(3, testSeed(t, 4)))
	for i := range 150 {
		randomCall(t, cloud, random)
		if i%3 == 0 {
			call(t, cloud, "UploadUserCertificate", "Name", testdata.Read("p256/key.pem"), "Cert", testdata.Read("p256/leaf.pem"), "Key", testdata.Read("p256/key.pem"))
			cloud.Apply(onCDN(cas.CertificateRemoved{Name: fmt.Sprint(i % 9 / 3)}))
		}
	}
	_ = cloud.Close()
	data := databaseOf(t, dir)
	if bytes.Contains(data, []byte("PRIVATE KEY")) {
		t.Error("there is a private key")
	}
	body := strings.Join(strings.Split(strings.TrimSpace(testdata.Read("p256/key.pem")), "\n"), "")
	body = strings.Split(body, "-----")[2]
	raw, err := base64.StdEncoding.DecodeString(body)
	if err != nil {
		t.Fatal(err)
	}
	const from, to = 7, 39 // the scalar; the bytes before it are the same in all keys, those after it are public
	if bytes.Contains(data, raw[from:to]) {
		t.Error("the scalar of the private key is there")
	}
	for i := from * 8 / 6; i+16 <= to*8/6; i++ {
		if bytes.Contains(data, []byte(body[i:i+16])) {
			t.Errorf("a piece of the private key is there: %d to %d", i, i+16)
		}
	}
	if len(data) < 1000 || !bytes.Contains(data, []byte("BEGIN CERTIFICATE")) {
		t.Errorf("%d bytes", len(data))
	}
}
