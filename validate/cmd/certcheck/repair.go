package main

import (
	"os"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/diagnosis"
)

// dryRunFix tries -fix without writing anything. It returns nil if that fails, if the
// result would be refused, or if there is nothing to change.
func (o *options) dryRunFix(r *result, certificate string, key validate.Secret) *diagnosis.Repair {
	settings := o.settings()
	settings.Skip = r.Skipped
	plan, written := diagnosis.DryRun(o.request(certificate, key), settings, r.Report)
	if plan != nil {
		plan.Changes, plan.Command = o.told(plan.Changes), o.fixCommand(certificate, key, written)
	}
	return plan
}

// told returns the changes that -fix tells. Nobody has read a key that was behind a
// pass-phrase.
func (o *options) told(changes []validate.Change) []validate.Change {
	if o.unsealed {
		for i := range changes {
			changes[i].Remedy = errcodes.Message{}
		}
	}
	return changes
}

// mostFolders is how many names of folders are tried for the command that is shown.
const mostFolders = 9

// fixCommand returns the command that repairs, with a folder that it can write to: one
// that holds nothing that -fix would refuse to replace.
func (o *options) fixCommand(certificate string, key validate.Secret, written validate.Normalized) []string {
	if o.pass == stdinName {
		return nil
	}
	for _, input := range []string{o.cert, o.key} {
		if input != "" && !isPastable(input) {
			return nil
		}
	}
	for n := range mostFolders {
		trial := *o
		trial.fix = "fixed"
		if n > 0 {
			trial.fix += strconv.Itoa(n + 1)
		}
		targets, err := trial.targets(certificate, key, written)
		if err != nil || trial.checkTargets(targets, written) != nil {
			continue
		}
		return append(o.again(), "-fix", trial.fix)
	}
	return nil
}

// isPastable reports whether the name of a file can be shown and given again: a pipe has
// no name to give.
func isPastable(name string) bool {
	info, err := os.Stat(name) //nolint:gosec // the files are those it is told to work on
	return err == nil && info.Mode().IsRegular() && redact.Printable(name) == name
}

// again returns the command with the flags that decide what is written and whether that
// is accepted.
func (o *options) again() []string {
	command := []string{"certcheck"}
	add := func(name string, values ...string) {
		if o.isSet(name) {
			for _, value := range values {
				command = append(command, "-"+name, value)
			}
		}
	}
	add("cert", o.cert)
	add("key", o.key)
	add("op", o.op)
	add("domain", o.domains...)
	add("name", o.name)
	add("type", o.certType)
	add("status", o.status)
	add("force", o.force)
	add("id", o.id)
	add("region", o.region)
	add("at", o.at)
	add("pass", o.pass)
	if o.strict {
		command = append(command, "-strict")
	}
	add("lang", o.lang)
	return command
}

// shellQuote writes arguments as a POSIX shell reads them.
func shellQuote(args []string) string {
	quoted := make([]string, len(args))
	for i, arg := range args {
		if quoted[i] = arg; arg == "" || strings.ContainsFunc(arg, func(r rune) bool { return !isPlainInShell(r) }) {
			quoted[i] = "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
		}
	}
	return strings.Join(quoted, " ")
}

func isPlainInShell(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_./:=+,@%", r) || r >= 0x80
}

// fileName returns a file as a person names it, relative to the current folder as it
// was given.
func (p *printer) fileName(path string) string {
	if path == stdinName {
		return p.in(labelStdin)
	}
	return path
}

// sameFinding reports whether two violations tell a person the same.
func sameFinding(a, b *errcodes.Error) bool {
	return b != nil && a.Condition == b.Condition && a.Reason == b.Reason
}
