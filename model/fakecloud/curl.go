package fakecloud

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/alicert/alicert/internal/redact"
)

// curl returns a shell command that sends the parameters of a call to the cloud at an
// address, without a signature. In place of a removed value the command reads a file with
// the name of the parameter, such as PrivateKey.pem.
func (c *Call) curl(base string) string {
	command := []string{"curl " + shellWord(base+"/")}
	add := func(name, value string) {
		if value == redacted || redact.Is(value) {
			file := "key.pem"
			if plainName.MatchString(name) {
				file = name + ".pem"
			}
			command = append(command, "--data-urlencode "+shellWord(name+"@"+file))
			return
		}
		command = append(command, "--data-urlencode "+shellWord(name+"="+value))
	}
	add("Action", c.Action)
	add("Version", c.Version)
	add("Format", "JSON")
	for _, name := range slices.Sorted(maps.Keys(c.Values)) {
		switch name {
		case "Action", "Version", "Format", "AccessKeyId", "Timestamp", "SecurityToken":
		default:
			add(name, c.Values.Get(name))
		}
	}
	return strings.Join(command, " \\\n  ")
}

var plainName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`)

// shellWord returns a text that a shell reads as one word.
func shellWord(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
