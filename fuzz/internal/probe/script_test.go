package probe

import (
	"bytes"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
)

// stub stands for the vendor's CLI: it keeps its arguments, each ended by a zero byte, and
// answers as the file answer-N says, or what the file answers has for the case's number.
const stub = `#!/usr/bin/env bash
n=$(($(cat "$STUB/calls") + 1))
echo "$n" >"$STUB/calls"
printf '%s\0' "$@" >"$STUB/args-$n"
case $2 in
List* | Describe*) cat "$STUB/list" 2>/dev/null || echo '{"RequestId": "'$n'", "TotalCount": 0}'; exit 0 ;;
esac
answer=$(cat "$STUB/answer-$n" 2>/dev/null || cat "$STUB/answer-$1" 2>/dev/null || cat "$STUB/answer")
case $answer in
ok) echo '{"RequestId": "1"}'; exit 0 ;;
none) echo 'ERROR: dial tcp: no such host'; exit 3 ;;
esac
printf 'ERROR: SDK.ServerError\nErrorCode: %s\nRecommend: \nRequestId: 1\nMessage: no\n' "$answer"
exit 1
`

// sent is a run of send.sh with the stub.
type sent struct {
	dir, stub, stderr string
	status            int
}

func (s *sent) calls(t *testing.T) string {
	t.Helper()
	return strings.TrimSpace(string(file(t, s.stub, "calls")))
}

func file(t *testing.T, parts ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// runScript writes a plan and runs its script without pauses.
func runScript(t *testing.T, p *Plan, consent string, answers map[string]string) *sent {
	t.Helper()
	return runScriptWith(t, p, stub, consent, answers)
}

func runScriptWith(t *testing.T, p *Plan, stub, consent string, answers map[string]string) *sent {
	t.Helper()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash")
	}
	s := &sent{dir: filepath.Join(t.TempDir(), "plan"), stub: t.TempDir()}
	if err := p.Write(s.dir, errcodes.English, []byte("plan")); err != nil {
		t.Fatal(err)
	}
	write := func(name, content string, mode os.FileMode) {
		if err := os.WriteFile(name, []byte(content), mode); err != nil {
			t.Fatal(err)
		}
	}
	script := filepath.Join(s.dir, scriptName)
	text := string(file(t, script))
	if !strings.Contains(text, "\n\tsleep 2\n") {
		t.Error("the script does not wait two seconds before each call")
	}
	write(script, strings.Replace(text, "\n\tsleep 2\n", "\n", 1), private)
	write(filepath.Join(s.stub, "aliyun"), stub, 0o700)
	write(filepath.Join(s.stub, "calls"), "0", private)
	for name, answer := range answers {
		write(filepath.Join(s.stub, name), answer, private)
	}
	cmd := exec.Command(bash, script)
	var stderr bytes.Buffer
	cmd.Stdin, cmd.Stderr = strings.NewReader(consent), &stderr
	cmd.Env = append(os.Environ(), "STUB="+s.stub, "PATH="+s.stub+":"+os.Getenv("PATH"))
	if err := cmd.Run(); err != nil {
		exit, is := errors.AsType[*exec.ExitError](err)
		if !is {
			t.Fatal(err)
		}
		s.status = exit.ExitCode()
	}
	s.stderr = stderr.String()
	if _, err := os.Stat(filepath.Join(s.dir, paramsName)); !errors.Is(err, os.ErrNotExist) {
		t.Error("the keys are still there")
	}
	return s
}

const (
	everyGroup = "cdn\nalb-dry\ngateway\ndcdn\ncenter\n"
	domainGone = "InvalidDomain.NotFound"
)

func refusals(more ...string) map[string]string {
	answers := map[string]string{"answer": "InvalidSSLPub", "answer-3": domainGone, "answer-alb": "ResourceNotFound.Listener", "answer-dcdn": domainGone}
	for i := 0; i+1 < len(more); i += 2 {
		answers[more[i]] = more[i+1]
	}
	return answers
}

// TestScript runs send.sh against a stub in place of the CLI.
func TestScript(t *testing.T) {
	testutil.Long(t)
	long := plan(t, false)
	tests := []struct {
		name, consent string
		answers       map[string]string
		status        int
		calls         string // in all
		says          string
	}{
		// DCDN judges the domain first here, so that eight of its requests are left out.
		{"everything", everyGroup, refusals(), 0, "111", "111 calls sent"},
		{"domain first", everyGroup, refusals("answer-4", domainGone), 0, "36", "is left out"},
		{"no consent", "no\n\n\n\n\n", refusals(), 0, "4", "4 calls sent"},
		{"not all groups", "cdn\nno\ngateway\n", refusals(), 0, "", "P1/dry-run-maybe: left out"},
		{"not refused", everyGroup, refusals("answer-4", "ok"), 1, "4", "was NOT refused"},
		{"no answer", everyGroup, refusals("answer-4", "none"), 1, "4", "no answer of the service"},
		{"throttled", everyGroup, refusals("answer-7", "Throttling.User"), 1, "7", "was answered with Throttling.User"},
		{"no permission", everyGroup, refusals("answer-3", "Forbidden.RAM"), 1, "3", "was answered with Forbidden.RAM"},
		{"wrong control", everyGroup, refusals("answer-3", "IllegalOperation"), 1, "3", "control P2/control"},
		{"certificate 1", everyGroup, refusals("list", `{"RequestId":"1","CertificateOrderList":[{"CertificateId": 1,"Name":"mine"}]}`), 1, "1", "number 1"},
		{"list unreadable", everyGroup, refusals("list", `{"RequestId":"1","Code":"NoPermission"}`), 1, "1", "cannot be read"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := runScript(t, long, test.consent, test.answers)
			if calls := s.calls(t); s.status != test.status || calls != test.calls && test.calls != "" || !strings.Contains(s.stderr, test.says) {
				t.Errorf("status %d after %s calls; want %d after %s and %q\n%s", s.status, calls, test.status, test.calls, test.says, s.stderr)
			}
		})
	}
}

// TestScriptSendsThePlan: what the CLI gets is what the plan says, to the byte: line ends,
// empty values and control characters included. Each call switches off what would repeat
// it. The CLI refuses a version of a product of which it knows only one.
func TestScriptSendsThePlan(t *testing.T) {
	p := plan(t, false)
	want := map[string]url.Values{}
	for i := range p.Cases {
		form, err := p.Cases[i].Form(p.Material)
		if err != nil {
			t.Fatal(err)
		}
		want[p.Cases[i].ID] = form
	}
	answers := refusals("answer-dcdn", "InvalidSSLPub")
	at := 0
	for i := range p.Cases { // the third call is the first request
		if p.Cases[i].ID == "D2/control" {
			at = i + 3
		}
	}
	answers["answer-"+strconv.Itoa(at)] = domainGone
	s := runScript(t, p, everyGroup, answers)
	if s.status != 0 {
		t.Fatal(s.stderr)
	}
	for i := range p.Cases {
		c := &p.Cases[i]
		args := strings.Split(strings.TrimSuffix(string(file(t, s.stub, "args-"+strconv.Itoa(i+3))), "\x00"), "\x00")
		fixed := []string{c.Endpoint.Product, c.Endpoint.Action}
		if product := c.Endpoint.Product; product != "alb" && product != "dcdn" {
			fixed = append(fixed, "--version", c.Endpoint.Version)
		}
		fixed = append(fixed, "--force", "--method", "POST", "--retry-count", "0", "--region", c.Endpoint.Region)
		got := url.Values{}
		for j := len(fixed); j+1 < len(args); j += 2 {
			got.Add(strings.TrimPrefix(args[j], "--"), args[j+1])
		}
		if !slices.Equal(args[:len(fixed)], fixed) || got.Encode() != want[c.ID].Encode() {
			t.Errorf("%s: %q\n got %q\nwant %q", c.ID, args[:len(fixed)], got, want[c.ID])
		}
	}
	if err := p.Write(s.dir, errcodes.English, nil); err == nil {
		t.Error("a plan is written over another one")
	}
	if !strings.Contains(string(file(t, s.dir, scriptName)), "THROTTLING_RETRY_ENABLED=false") {
		t.Error("the CLI may repeat throttled calls")
	}
}

// TestScriptSeesDifferences: a certificate that was not there before is shown.
func TestScriptSeesDifferences(t *testing.T) {
	p := plan(t, true)
	changing := strings.Replace(stub, `echo '{"RequestId": "'$n'", "TotalCount": 0}'`, `echo '{"RequestId": "1", "TotalCount": '$n'}'`, 1)
	if changing == stub {
		t.Fatal("the stub is as it was")
	}
	s := runScriptWith(t, p, changing, everyGroup, refusals("answer-2", domainGone))
	if s.status != 1 || !strings.Contains(s.stderr, "is not what it was before") {
		t.Errorf("status %d: %s", s.status, s.stderr)
	}
}
