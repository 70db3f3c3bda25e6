package probe

import (
	"bytes"
	"cmp"
	_ "embed" // send.sh
	"fmt"
	"strings"

	"github.com/alicert/alicert/errcodes"
)

// scriptHead has the rules of a run: pauses, stops, consent, reads before and after.
//
//go:embed send.sh
var scriptHead string

// script returns the script that sends the plan.
func (p *Plan) script(lang errcodes.Lang) ([]byte, error) {
	var b bytes.Buffer
	head := strings.NewReplacer(
		"{{calls}}", fmt.Sprint(p.Calls()),
		"{{pause}}", fmt.Sprint(int(Pause.Seconds())),
		"{{language}}", languageCode(lang),
	).Replace(scriptHead)
	b.WriteString(head)
	for _, r := range p.Reads {
		fmt.Fprintf(&b, "look before %s %s\n", r.Name, command(r.Endpoint, arguments(r.Params, nil)))
	}
	var last Group
	for i := range p.Cases {
		c := &p.Cases[i]
		if c.Group != last {
			fmt.Fprintf(&b, "\n# --- %s ---\ngroup %s\n", c.Group, c.Group)
			last = c.Group
		}
		lines, err := p.request(i, lang)
		if err != nil {
			return nil, err
		}
		b.WriteString(lines)
	}
	b.WriteString("\nfinish\n")
	for _, r := range p.Reads {
		fmt.Fprintf(&b, "look after %s %s\n", r.Name, command(r.Endpoint, arguments(r.Params, nil)))
	}
	b.WriteString("farewell\n")
	return b.Bytes(), nil
}

// request returns the lines of the script that send a case.
func (p *Plan) request(i int, lang errcodes.Lang) (string, error) {
	c := &p.Cases[i]
	var b strings.Builder
	fmt.Fprintf(&b, "\n# %d. %s%s: %s\n", i+1, c.ID, c.Mark(), c.Purpose.In(lang))
	for _, reason := range c.Reasons() {
		fmt.Fprintf(&b, "#    - %s\n", reason.In(lang))
	}
	params, files, err := p.values(i)
	if err != nil {
		return "", err
	}
	for _, v := range params {
		if file, inFile := files[v.Name]; inFile {
			fmt.Fprintf(&b, "load %s %s\n", shellName(v.Name), file)
		}
	}
	fmt.Fprintf(&b, "request %s %s %s %s\n", AnswerFile(i), c.ID, c.roleWord(), command(c.Endpoint, arguments(params, files)))
	return b.String(), nil
}

// roleWord tells the script what the answer decides: any, control=CODE or order.
func (c *Case) roleWord() string {
	if c.Role == RoleControl {
		return string(c.Role) + "=" + string(c.goesOn())
	}
	return cmp.Or(string(c.Role), "any")
}

// command is a call of the vendor's CLI. --force keeps it from checking parameters, which
// are wrong on purpose, and --retry-count 0 from sending anything twice. It takes a version
// only of the products of which it knows several.
func command(e Endpoint, args string) string {
	version := ""
	if e.Product == cdnEndpoint.Product || e.Product == casEndpoint.Product {
		version = " --version " + e.Version
	}
	return fmt.Sprintf("aliyun %s %s%s --force --method POST --retry-count 0 --region %s%s", e.Product, e.Action, version, e.Region, args)
}

// arguments returns parameters as arguments of the CLI. Those that are in files are
// variables, which load has filled.
func arguments(params []Param, files map[string]string) string {
	var b strings.Builder
	for _, p := range params {
		if _, inFile := files[p.Name]; inFile {
			fmt.Fprintf(&b, " --%s \"$%s\"", p.Name, shellName(p.Name))
		} else {
			fmt.Fprintf(&b, " --%s '%s'", p.Name, strings.ReplaceAll(p.Value, "'", `'\''`))
		}
	}
	return b.String()
}

// shellName returns the variable of a parameter.
func shellName(name string) string { return "v_" + strings.ReplaceAll(name, ".", "_") }

// Command returns the call of the CLI that sends a case, for people.
func (p *Plan) Command(i int) (string, error) {
	params, files, err := p.values(i)
	if err != nil {
		return "", err
	}
	return command(p.Cases[i].Endpoint, arguments(params, files)) + " >" + AnswerFile(i), nil
}

func languageCode(lang errcodes.Lang) string {
	if lang == errcodes.Chinese {
		return "zh"
	}
	return "en"
}

// values returns the parameters of a case with their values, and the files of those that
// the script loads.
func (p *Plan) values(i int) (params []Param, files map[string]string, err error) {
	c := &p.Cases[i]
	params, files = make([]Param, len(c.Params)), map[string]string{}
	for j, v := range c.Params {
		value, err := p.Material.Value(v.Value)
		if err != nil {
			return nil, nil, err
		}
		params[j] = Param{v.Name, value}
		if loaded(v, value) {
			files[v.Name] = paramFile(i, v.Name)
		}
	}
	return params, files, nil
}
