package project

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/internal/testutil"
)

// TestRefusal: the command prints what the pages show of it, and the command that this text
// offers repairs the files.
func TestRefusal(t *testing.T) {
	const certcheck = "go run ./validate/cmd/certcheck "
	for page, command := range map[string]string{
		"README.md": blocks(read(t, "README.md"), "sh")[0],
		"README.zh.md": "cd testdata/demo && " + strings.Replace(certcheck, "./", "../../", 1) +
			"-cert shop.example.com.pem -key shop.example.com.key -domain shop.example.com -lang zh -exit-zero",
	} {
		refusal := blocks(read(t, page), "text")[0]
		out, err := exec.Command("bash", "-c", command).Output()
		if got, _, _ := strings.Cut(string(out), "\n\n"); err != nil || got+"\n" != refusal {
			t.Errorf("the command prints\n%s %v\nand %s has\n%s", got, err, page, refusal)
		}
	}

	help := regexp.MustCompile(`(?m)^help: certcheck (.* -fix) fixed$`).FindStringSubmatch(blocks(read(t, "README.md"), "text")[0])
	if help == nil {
		t.Fatal("README.md shows no command that repairs")
	}
	fixed := t.TempDir()
	script := certcheck + help[1] + " " + fixed + " && " + certcheck + fixed + "/*.pem " + fixed + "/*.key"
	if out, err := exec.Command("bash", "-ec", script).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// The commands of a page run under these: the files here stand for the latest release, a
// free port for the usual one, and [hook] for acme.sh.
const standIns = `
set -meuo pipefail # a job is killed with what it started
trap 'kill %1' EXIT
go() {
	case $1 in
	get) (cd "$MODULE" && command go list "${2%@latest}") ;;
	install) (cd "$MODULE" && command go install "${2%@latest}") ;;
	*) command go "$@" ;;
	esac
}
fakecloud() { command fakecloud -addr "$ADDRESS" "$@"; }
acme.sh() { ` + asHook + `=1 "$SELF" "$@"; }
`

// TestShell runs the commands of the pages for people, in the order of the page and in a
// folder with the files that they name. At the end a client follows the environment that
// they set. The recipes with tools of others, which cannot be here, are at least what bash
// reads.
func TestShell(t *testing.T) {
	testutil.Long(t)
	ours := regexp.MustCompile(`(?m)^(go (get|install)|certcheck|fakecloud) |\Aeval `)
	for page, prints := range map[string][]string{
		"README.md":                  {"accepted: ", "written: ", "sarif", "重试无效", "fakecloud listens on http"},
		"README.zh.md":               {"通过：", "已写入：", "官方描述：证书和私钥不匹配。", "共 2 对：2 对通过", "fakecloud listens on http", "客户端设置："},
		"model/fakecloud/CLIENTS.md": nil,
	} {
		t.Run(page, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(filepath.Join(dir, ".acme.sh"), os.DirFS("testdata/layouts/acme.sh")); err != nil {
				t.Fatal(err)
			}
			for name, from := range map[string]string{"fullchain.pem": "chain3.pem", "privkey.pem": "key.pem"} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(read(t, "testdata/pki/p256/"+from)), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			script := standIns
			for _, block := range blocks(read(t, page), "sh") {
				if ours.MatchString(block) {
					script += strings.ReplaceAll(block, "/etc/letsencrypt/live", dir+"/.acme.sh")
				} else if out, err := exec.Command("bash", "-n", "-c", block).CombinedOutput(); err != nil {
					t.Errorf("%v: %s\n%s", err, out, block)
				}
			}
			out := bash(t, dir, script+"acme.sh --deploy -d www.example.com --deploy-hook ali_cdn\n")
			for _, part := range prints {
				if !strings.Contains(out, part) {
					t.Errorf("no %q in\n%s", part, out)
				}
			}
		})
	}
}

// bash runs a script in a folder that is its home, too, and returns what it prints.
func bash(t *testing.T, dir, script string) string {
	t.Helper()
	module, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	port, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := port.Addr().String()
	_ = port.Close() // for fakecloud
	cache, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	caches := strings.Fields(string(cache))
	cmd := exec.CommandContext(t.Context(), "bash", "-c", script)
	cmd.Dir, cmd.WaitDelay = dir, 10*time.Second
	cmd.Env = append(os.Environ(), "MODULE="+module, "SELF="+self, "ADDRESS="+address, "HOME="+dir, "GOBIN="+dir+"/bin",
		"PATH="+dir+"/bin:"+os.Getenv("PATH"), "GOCACHE="+caches[0], "GOMODCACHE="+caches[1])
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, out)
	}
	return string(out)
}

// blocks returns the code blocks of a page in a language.
func blocks(page, language string) (code []string) {
	for _, block := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(page, -1) {
		code = append(code, block[1])
	}
	return code
}

// TestCommands finds the tests of every command on the pages.
func TestCommands(t *testing.T) {
	command := regexp.MustCompile(`go test (\./[a-z/0-9]+)[^\n\x60|]* -run '?([^' \n\x60]+)`)
	test := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Example)\w*)\(`)
	found := 0
	for _, page := range pages(t) {
		for _, m := range command.FindAllStringSubmatch(strings.ReplaceAll(read(t, page), `\|`, "/"), -1) {
			found++
			files, _ := filepath.Glob(m[1] + "/*_test.go")
			var names []string
			for _, file := range files {
				for _, name := range test.FindAllStringSubmatch(read(t, file), -1) {
					names = append(names, name[1])
				}
			}
			for pattern := range strings.SplitSeq(strings.Trim(m[2], "^$()"), "|") {
				wanted := regexp.MustCompile(pattern)
				if !slices.ContainsFunc(names, wanted.MatchString) {
					t.Errorf("%s: %s has no test %s", page, m[1], pattern)
				}
			}
		}
	}
	if found < 20 {
		t.Errorf("%d commands", found)
	}
}
