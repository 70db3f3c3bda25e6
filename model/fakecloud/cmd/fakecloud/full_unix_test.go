//go:build unix

package main

import (
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/cli"
)

// limited starts the command as a process whose files are limited to a number of blocks
// of 512 bytes.
func limited(t *testing.T, data, blocks string) (process *exec.Cmd, out *output) {
	t.Helper()
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out = &output{}
	process = exec.Command(shell, "-c", `ulimit -f "$1" && exec "$2" -addr 127.0.0.1:0 -no-auth -data "$3"`, "sh", blocks, self, data)
	process.Env = append(os.Environ(), asCommand+"=1")
	process.Stdout, process.Stderr = out, out
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = process.Process.Kill() })
	return process, out
}

// TestFileLimit checks that changes beyond the file-size limit are refused, that the
// reason is printed at once, that the process continues, and that all answered changes
// are there after a restart.
func TestFileLimit(t *testing.T) {
	data := t.TempDir()
	process, out := limited(t, data, "256")
	base := out.find(t, listens)
	added := func(i int) string { return strings.Repeat("a", i%50+1) + strings.Repeat(".b", i/50) + ".example.com" }
	n := 0
	for ; n < 5000; n++ {
		if sendEvent(http.DefaultClient, base, `{"cdn":{"DomainAdded":{"name":"`+added(n)+`"}}}`) != nil {
			break
		}
	}
	out.find(t, regexp.MustCompile(`(?m)^fakecloud: -data: (changes cannot be written and are refused: .*file too large.*)$`))
	if status, _ := get(t, http.DefaultClient, base+"/_/view"); status != http.StatusOK {
		t.Errorf("the page: %d", status)
	}
	_ = process.Process.Kill()
	_ = process.Wait() // killed
	_, base = spawn(t, data)
	_, state := get(t, http.DefaultClient, base+"/_/state")
	for i := range n {
		if !strings.Contains(state, `"`+added(i)+`"`) {
			t.Errorf("%s was answered, and is lost", added(i))
		}
	}
	if strings.Contains(state, `"`+added(n)+`"`) || n < 10 {
		t.Errorf("number %d was refused, and is there", n)
	}
}

// TestUnusableData checks that problems of the folder are reported at the start.
func TestUnusableData(t *testing.T) {
	process, out := limited(t, t.TempDir(), "1")
	if _ = process.Wait(); process.ProcessState.ExitCode() != cli.Failed || !strings.Contains(out.String(), "file too large") {
		t.Errorf("exit status %d, %s", process.ProcessState.ExitCode(), out)
	}
	data := t.TempDir()
	_, first := launch(t, data)
	first.find(t, listens)
	second, out := launch(t, data)
	if _ = second.Wait(); second.ProcessState.ExitCode() != cli.Failed || !strings.Contains(out.String(), "another process uses "+data) {
		t.Errorf("exit status %d, %s", second.ProcessState.ExitCode(), out)
	}
}
