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

// fillUp uploads certificates until the folder is full. It is the common part of
// TestFullDisk and TestFileLimit. It checks that answered changes are stored and refused
// ones are not, that reads are answered, that Trouble receives the reason, and that
// changes succeed again after makeRoom.
func fillUp(t *testing.T, dir, reason string, makeRoom func()) {
	t.Helper()
	var mu sync.Mutex
	var told []error
	cloud := openPersisted(t, dir, fakecloud.Options{Trouble: func(err error) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, err)
	}})
	answered, refused := uploadUntilRefused(t, cloud)
	isTold := func(holds func() bool) bool {
		return eventually(func() bool {
			mu.Lock()
			defer mu.Unlock()
			return len(told) > 0 && holds()
		})
	}
	if !isTold(func() bool { return told[0] != nil && strings.Contains(told[0].Error(), reason) }) {
		t.Errorf("told %v; want %q in it", told, reason)
	}
	checkUploads(t, cloud, answered, refused)
	must(t, call(t, cloud, "ListUserCertificateOrder"))
	if _, v := control(t, cloud, "GET", "view", "", nil); !strings.Contains(v, reason) {
		t.Errorf("the page does not know: %s", v)
	}
	full := false
	for i := 0; i < 1000 && !full; i++ { // a single upload may fit where several did not
		full = upload(t, cloud, fmt.Sprint("again ", i)).status == http.StatusInternalServerError
	}
	if !full {
		t.Error("there is no end of room")
	}
	makeRoom()
	for i := range 30 {
		must(t, upload(t, cloud, fmt.Sprint("with room ", i)))
	}
	checkUploads(t, cloud, answered, refused)
	if _, v := control(t, cloud, "GET", "view", "", nil); !strings.Contains(v, `"trouble":""`) {
		t.Errorf("the page does not know that it goes on: %s", v)
	}
	if !isTold(func() bool { return told[len(told)-1] == nil }) {
		t.Errorf("told at last: %v", told)
	}
	again := openPersisted(t, killed(t, dir), fakecloud.Options{Progress: fakecloud.Manual()})
	checkUploads(t, again, answered, refused)
	if key(again.State()) != key(cloud.State()) {
		t.Errorf("another state: %s", cmp.Diff(cloud.State(), again.State()))
	}
	if err := cloud.Close(); err != nil {
		t.Error(err)
	}
}

func upload(t *testing.T, cloud *fakecloud.Cloud, name string) answer {
	t.Helper()
	return call(t, cloud, "UploadUserCertificate", "Name", name, "Cert", testdata.Read("p256/leaf.pem"), "Key", testdata.Read("p256/key.pem"))
}

// uploadUntilRefused uploads certificates with four clients. Each client stops at its
// first refusal. It returns the names of the certificates.
func uploadUntilRefused(t *testing.T, cloud *fakecloud.Cloud) (answered, refused *sync.Map) {
	t.Helper()
	answered, refused = &sync.Map{}, &sync.Map{}
	var clients sync.WaitGroup
	for client := range 4 {
		clients.Go(func() {
			for i := range 5000 {
				name := fmt.Sprintf("%d-%d-%s", client, i, strings.Repeat("long ", 10))
				switch a := upload(t, cloud, name); {
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
	return answered, refused
}

// checkUploads checks that the account has exactly the certificates whose upload was
// answered.
func checkUploads(t *testing.T, cloud *fakecloud.Cloud, answered, refused *sync.Map) {
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

// TestFullDisk fills a small file system, which only root can mount.
func TestFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=800k"); err != nil {
		t.Skipf("cannot mount a file system: %v", err)
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

// inLimit in the environment marks the process that TestFileLimit starts.
const inLimit = "FAKECLOUD_TEST_IN_LIMIT"

// TestFileLimit limits the size of files. It runs in a process of its own, because the
// limit applies to the whole process.
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
	for _, bytes := range []uint64{100_000, 140_000} { // within a page, and where bbolt extends the file
		limit(bytes)
		fillUp(t, t.TempDir(), "file too large", func() { limit(before.Cur) })
	}
	limit(6000)
	dir := t.TempDir()
	if _, err := fakecloud.Open(dir, fakecloud.Options{}, fakecloud.Demo()); err == nil || !strings.Contains(err.Error(), "file too large") {
		t.Errorf("a new folder: %v", err)
	}
	limit(before.Cur)
	openPersisted(t, dir, fakecloud.Options{}) // the failed start left nothing
}
