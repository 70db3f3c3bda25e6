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
)

// TestRefusal: the first command of the README prints what stands above it, and the
// command that this text offers repairs the files.
func TestRefusal(t *testing.T) {
	page := read(t, "README.md")
	refusal := blocks(page, "text")[0]
	out, err := exec.Command("bash", "-c", blocks(page, "sh")[0]).Output()
	if got, _, _ := strings.Cut(string(out), "\n\n"); err != nil || got+"\n" != refusal {
		t.Errorf("the command prints\n%s %v\nand README.md has\n%s", got, err, refusal)
	}

	help := regexp.MustCompile(`(?m)^help: certcheck (.* -fix) fixed$`).FindStringSubmatch(refusal)
	if help == nil {
		t.Fatal("README.md shows no command that repairs")
	}
	fixed := t.TempDir()
	const run = "go run ./validate/cmd/certcheck "
	if out, err := exec.Command("bash", "-ec", run+help[1]+" "+fixed+" && "+run+fixed+"/*.pem "+fixed+"/*.key").CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// Each page's commands are run under these: the files here stand for the latest release, a
// free port for the usual one, and a look at the environment for a tool that others make.
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
acme.sh() { [ "$HTTPS_PROXY" = "http://$ADDRESS" ] && openssl x509 -noout -in "${@: -1}"; }
`

// TestShell runs the commands of the pages for people, in the order of the page and in a
// folder with the files that they name. The recipes with tools of others, which cannot be
// here, are at least what bash reads.
func TestShell(t *testing.T) {
	ours := regexp.MustCompile(`(?m)^(go (get|install)|certcheck|fakecloud) `)
	for _, page := range []string{"README.md", "README.zh.md", "model/fakecloud/CLIENTS.md"} {
		t.Run(page, func(t *testing.T) {
			dir := t.TempDir()
			for _, folder := range []string{dir, dir + "/.acme.sh/www.example.com_ecc", dir + "/live/www.example.com"} {
				if err := os.MkdirAll(folder, 0o700); err != nil {
					t.Fatal(err)
				}
				for name, from := range map[string]string{"fullchain.pem": "chain3.pem", "privkey.pem": "key.pem"} {
					if err := os.WriteFile(filepath.Join(folder, name), []byte(read(t, "testdata/pki/p256/"+from)), 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}
			script := standIns
			for _, block := range blocks(read(t, page), "sh") {
				if ours.MatchString(block) {
					script += strings.ReplaceAll(block, "/etc/letsencrypt/live", dir+"/live")
				} else if out, err := exec.Command("bash", "-n", "-c", block).CombinedOutput(); err != nil {
					t.Errorf("%v: %s\n%s", err, out, block)
				}
			}
			bash(t, dir, script)
		})
	}
}

// bash runs a script in a folder that is its home, too.
func bash(t *testing.T, dir, script string) {
	t.Helper()
	module, err := os.Getwd()
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
	cmd.Env = append(os.Environ(), "MODULE="+module, "ADDRESS="+address, "HOME="+dir, "GOBIN="+dir+"/bin",
		"PATH="+dir+"/bin:"+os.Getenv("PATH"), "GOCACHE="+caches[0], "GOMODCACHE="+caches[1])
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
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
