package fakecloud_test

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

// fillUp makes changes by several clients until some are refused, and checks what
// TestFullDisk and TestFileLimit have in common: what was answered is there, what was
// refused is not, reads are answered, the reason is told, and when there is room
// again, it goes on.
func fillUp(t *testing.T, dir, reason string, makeRoom func()) {
	t.Helper()
	var mu sync.Mutex
	var told []error
	cloud := openKept(t, dir, fakecloud.Options{Trouble: func(err error) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, err)
	}})
	upload := func(name string) answer {
		return call(t, cloud, "UploadUserCertificate", "Name", name, "Cert", testdata.Read("p256/leaf.pem"), "Key", testdata.Read("p256/key.pem"))
	}
	var answered, refused sync.Map
	var clients sync.WaitGroup
	for client := range 4 {
		clients.Go(func() {
			for i := range 5000 {
				name := fmt.Sprintf("%d-%d-%s", client, i, strings.Repeat("long ", 20))
				switch a := upload(name); {
				case a.status == http.StatusOK:
					answered.Store(name, true)
				case a.code() == "InternalError" && a.status == http.StatusInternalServerError:
					refused.Store(name, true)
					return
				default:
					t.Errorf("%d %s", a.status, a.raw)
					return
				}
			}
		})
	}
	clients.Wait()
	mu.Lock()
	if len(told) == 0 || told[0] == nil || !strings.Contains(told[0].Error(), reason) {
		t.Errorf("told %v; want %q in it", told, reason)
	}
	mu.Unlock()
	check := func(cloud *fakecloud.Cloud) {
		t.Helper()
		s := cloud.State()
		for name := range answered.Range {
			if !s.CAS.Certificates.Has(name.(string)) {
				t.Errorf("%s was answered, and is lost", name)
			}
		}
		for name := range refused.Range {
			if s.CAS.Certificates.Has(name.(string)) {
				t.Errorf("%s was refused, and is there", name)
			}
		}
	}
	check(cloud)
	must(t, call(t, cloud, "ListUserCertificateOrder"))
	if _, v := control(t, cloud, "GET", "view", "", nil); !strings.Contains(v, reason) {
		t.Errorf("the page does not know: %s", v)
	}
	full := false
	for i := 0; i < 1000 && !full; i++ { // one alone may fit where several at once did not
		full = upload(fmt.Sprint("again ", i)).status == http.StatusInternalServerError
	}
	if !full {
		t.Error("there is no end of room")
	}
	makeRoom()
	for i := range 30 {
		must(t, upload(fmt.Sprint("with room ", i)))
	}
	check(cloud)
	if _, v := control(t, cloud, "GET", "view", "", nil); !strings.Contains(v, `"trouble":""`) {
		t.Errorf("the page does not know that it goes on: %s", v)
	}
	mu.Lock()
	if told[len(told)-1] != nil {
		t.Errorf("told at last: %v", told[len(told)-1])
	}
	mu.Unlock()
	again := openKept(t, killed(t, dir), fakecloud.Options{Progress: fakecloud.Manual()})
	check(again)
	if key(again.State()) != key(cloud.State()) {
		t.Errorf("another state: %s", cmp.Diff(cloud.State(), again.State()))
	}
	if err := cloud.Close(); err != nil {
		t.Error(err)
	}
}

// TestFullDisk has a small disk of its own, which takes the rights of root.
func TestFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=800k"); err != nil {
		t.Skipf("no disk of its own: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	ballast := filepath.Join(disk, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 500<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	fillUp(t, filepath.Join(disk, "data"), "no space left", func() {
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
	})
	if err := os.WriteFile(ballast, make([]byte, 800<<10), 0o600); err == nil {
		t.Fatal("the disk is not full")
	}
	if _, err := fakecloud.Open(filepath.Join(disk, "new"), fakecloud.Options{}, fakecloud.Demo()); err == nil || !strings.Contains(err.Error(), "no space left") {
		t.Errorf("a new folder on a full disk: %v", err)
	}
}

// inLimit in the environment has the test binary be the process that TestFileLimit
// limits.
const inLimit = "FAKECLOUD_TEST_IN_LIMIT"

// TestFileLimit has files end where the limit of the process is: one of its own, for
// the limit is on all that it writes.
func TestFileLimit(t *testing.T) {
	if os.Getenv(inLimit) == "" {
		process := exec.Command(os.Args[0], "-test.run", "^TestFileLimit$", "-test.v")
		process.Env = append(os.Environ(), inLimit+"=1")
		if out, err := process.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: TestFileLimit") {
			t.Errorf("%v: %s", err, out)
		}
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	limit := func(bytes uint64) {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: bytes, Max: before.Max}); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { limit(before.Cur) })
	for _, bytes := range []uint64{100_000, 140_000} { // in a page, and where bbolt makes the file longer
		limit(bytes)
		fillUp(t, t.TempDir(), "file too large", func() { limit(before.Cur) })
	}
	limit(6000)
	dir := t.TempDir()
	if _, err := fakecloud.Open(dir, fakecloud.Options{}, fakecloud.Demo()); err == nil || !strings.Contains(err.Error(), "file too large") {
		t.Errorf("a new folder: %v", err)
	}
	limit(before.Cur)
	openKept(t, dir, fakecloud.Options{}) // what the start left is nothing
}
