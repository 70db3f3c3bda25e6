// Command probe makes a plan of harmless requests that a user with an account can send,
// turns the answers into a file without ids, and compares it with what this library says.
// It sends nothing and reads no credentials: the vendor's CLI sends the plan.
//
//	go run ./fuzz/cmd/probe plan [-group LIST] [-evening] [-o DIR] [-lang en|zh]
//	go run ./fuzz/cmd/probe record [-site cn|intl] [-auth WHO] -client "aliyun-cli VERSION" [-o FILE] DIR
//	go run ./fuzz/cmd/probe compare [-json] [-as-go-test] FILE...
//
// PROBE.md says what it does, what it costs and how to send a file. Exit status: 0 if all
// went well and nothing differs; 1 if an answer differs or an answer was skipped; 2 for bad
// usage, and for files that are refused.
package main

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/cli"
)

func main() {
	os.Exit((&command{stdout: os.Stdout, stderr: os.Stderr, locale: cli.Locale(), now: time.Now()}).run(os.Args[1:]))
}

// A command is what the commands get from the system.
type command struct {
	stdout, stderr io.Writer
	locale         string
	now            time.Time
	lang           errcodes.Lang
}

func (c *command) run(args []string) int {
	c.lang = cli.Spoken(args, c.locale)
	name := ""
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	var status int
	var err error
	switch name {
	case "plan":
		err = c.plan(args)
	case "record":
		status, err = c.record(args)
	case "compare":
		status, err = c.compare(args)
	case "evidence":
		err = c.evidence(args)
	case "help", "-h", "-help", "--help":
		_, _ = io.WriteString(c.stdout, usage.In(c.lang))
	case "run":
		err = bilingual.Fail("probe sends nothing: send.sh in the folder of a plan does", "probe 不发送请求：请使用计划目录中的 send.sh")
	default:
		err = bilingual.Fail("commands are plan, record and compare; probe help shows more", "可用的命令为 plan、record 和 compare；详见 probe help")
	}
	if err == nil {
		return status
	}
	if errors.Is(err, flag.ErrHelp) {
		_, _ = io.WriteString(c.stdout, usage.In(c.lang))
		return cli.OK
	}
	cli.Complain(c.stderr, "probe", c.lang, err)
	return cli.Usage
}

// flags returns flags that have -lang.
func (c *command) flags(name string) *flag.FlagSet {
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.Func("lang", "", func(value string) error { return cli.CheckLanguage(value, value) }) // see cli.Spoken
	return set
}

// output writes to a file that is new, or to standard output if there is no name.
func (c *command) output(name string, content []byte) error {
	if name == "" {
		_, err := c.stdout.Write(content)
		return err
	}
	const private = 0o600
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, private) //nolint:gosec // the user names it
	if err != nil {
		return err
	}
	_, err = io.Copy(f, bytes.NewReader(content))
	return errors.Join(err, f.Close())
}
