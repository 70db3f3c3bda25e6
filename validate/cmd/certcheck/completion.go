package main

import (
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/lookup"
	"github.com/alicert/alicert/validate"
)

// completions are the scripts that complete flags and their values in a shell.
var completions = map[string]func(o *options) string{"bash": bash, "zsh": zsh, "fish": fish}

// checkCompletion refuses a shell that has no script.
func (o *options) checkCompletion() error {
	if _, known := completions[o.completion]; !known && o.isSet("completion") {
		return bilingual.Fail("-completion %s is not a shell that is known; use bash, zsh or fish", "-completion %s 不是已知的 shell；请用 bash、zsh 或 fish", shown(o.completion))
	}
	return nil
}

// valuesOf returns the words that a flag takes. A flag without any takes a file, a folder
// or free text.
func valuesOf(name string) (words []string) {
	switch name {
	case "op":
		words = namesOf(slices.Collect(errcodes.Operations()))
	case "explain":
		for e := range lookup.All() {
			words = append(words, e.Word())
		}
	case "type":
		words = []string{"upload", "cas", "free"}
	case "status":
		words = []string{"on", "off"}
	case "force":
		words = []string{"0", "1"}
	case "lang":
		words = []string{"en", "zh"}
	case "format":
		words = []string{formatText, formatJSON, formatSARIF}
	case "color":
		words = []string{colorAuto, colorAlways, colorNever}
	case "completion":
		words = []string{"bash", "zsh", "fish"}
	case "region":
		words = []string{"cn-hangzhou", "ap-southeast-1"}
	case "fail-on", "ignore", "level":
		words = []string{string(validate.LevelWarning), string(validate.LevelNote)}
		for id := range validate.Advisories() {
			words = append(words, string(id))
		}
	}
	return words
}

// eachFlag calls a function for every flag with the words that it takes; takesFile says
// that they are names of files.
func (o *options) eachFlag(f func(name string, words []string, isSwitch, takesFile bool)) {
	files := []string{"cert", "key", "dir", "fix"}
	o.flags().VisitAll(func(known *flag.Flag) {
		b, isBool := known.Value.(interface{ IsBoolFlag() bool })
		f(known.Name, valuesOf(known.Name), isBool && b.IsBoolFlag(), slices.Contains(files, known.Name))
	})
}

func bash(o *options) string {
	var names []string
	var cases strings.Builder
	o.eachFlag(func(name string, words []string, isSwitch, takesFile bool) {
		names = append(names, "-"+name)
		switch {
		case len(words) > 0:
			fmt.Fprintf(&cases, "  -%[1]s|--%[1]s) COMPREPLY=($(compgen -W '%[2]s' -- \"$word\")); return ;;\n", name, strings.Join(words, " "))
		case !isSwitch && !takesFile:
			fmt.Fprintf(&cases, "  -%[1]s|--%[1]s) return ;;\n", name)
		}
	})
	return `# bash completion for certcheck: source <(certcheck -completion bash)
_certcheck() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  case $before in
` + cases.String() + `  esac
  case $word in
  -*) COMPREPLY=($(compgen -W '` + strings.Join(names, " ") + `' -- "$word")); return ;;
  esac
  COMPREPLY=($(compgen -f -- "$word"))
}
complete -o filenames -F _certcheck certcheck
`
}

func zsh(o *options) string {
	var b strings.Builder
	b.WriteString("#compdef certcheck\n# zsh completion for certcheck: source <(certcheck -completion zsh)\n_certcheck() {\n  _arguments \\\n")
	o.eachFlag(func(name string, words []string, isSwitch, takesFile bool) {
		fmt.Fprintf(&b, "    '*-%s", name)
		switch {
		case len(words) > 0:
			fmt.Fprintf(&b, ":%s:(%s)", name, strings.Join(words, " "))
		case takesFile:
			fmt.Fprintf(&b, ":%s:_files", name)
		case !isSwitch:
			fmt.Fprintf(&b, ":%s:", name)
		}
		b.WriteString("' \\\n")
	})
	b.WriteString("    '*:file:_files'\n}\ncompdef _certcheck certcheck\n")
	return b.String()
}

func fish(o *options) string {
	var b strings.Builder
	b.WriteString("# fish completion for certcheck: certcheck -completion fish | source\n")
	o.eachFlag(func(name string, words []string, isSwitch, takesFile bool) {
		fmt.Fprintf(&b, "complete -c certcheck -o %s", name)
		switch {
		case len(words) > 0:
			fmt.Fprintf(&b, " -x -a '%s'", strings.Join(words, " "))
		case takesFile:
			b.WriteString(" -r")
		case !isSwitch:
			b.WriteString(" -x")
		}
		b.WriteByte('\n')
	})
	return b.String()
}
