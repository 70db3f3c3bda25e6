package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz/internal/probe"
	"github.com/alicert/alicert/internal/bilingual"
)

// plan proves a plan, then prints or writes it.
func (c *command) plan(args []string) error {
	set := c.flags("plan")
	list := set.String("group", "", "")
	evening := set.Bool("evening", false, "")
	dir := set.String("o", "", "")
	if err := set.Parse(args); err != nil {
		return err
	}
	if set.NArg() > 0 {
		return bilingual.Fail("plan takes no arguments", "plan 不接受参数")
	}
	var groups []probe.Group
	for _, name := range strings.FieldsFunc(*list, func(r rune) bool { return r == ',' }) {
		groups = append(groups, probe.Group(name))
	}
	p, err := probe.NewPlan(groups, *evening, probe.NewMaterial(c.now))
	if err != nil {
		return err
	}
	proof, err := p.Prove(probe.States())
	if err != nil {
		return err
	}
	text, err := c.explain(p, proof)
	if err != nil {
		return err
	}
	if *dir == "" {
		_, err = c.stdout.Write(text)
		return err
	}
	if err := p.Write(*dir, c.lang, text); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.stdout, c.in(
		"%s: %d calls at most. Read PLAN.txt, then run: bash %s/send.sh\n",
		"%s：最多 %d 次调用。请先阅读 PLAN.txt，再运行：bash %s/send.sh\n"), *dir, p.Calls(), *dir)
	return err
}

func (c *command) in(en, zh string) string { return errcodes.Message{EN: en, ZH: zh}.In(c.lang) }

// explain returns the text of a plan: what each request is for, why it can do no harm, what
// is expected, what could go wrong, and the command that sends it.
func (c *command) explain(p *probe.Plan, proof probe.Proof) ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, c.in(
		"A plan of %d requests and %d reads, at least %v between two calls.\n",
		"计划：%d 个请求，%d 次读取，两次调用至少间隔 %v。\n"), len(p.Cases), 2*len(p.Reads), probe.Pause)
	fmt.Fprintf(&b, c.in(
		"Proved with the model: in %d states of accounts, %d requests are refused and change nothing,\n"+
			"and all but those marked [T] also if their target existed. %d more reach no service.\n"+
			"The domain is %s, the listener %s. They exist in no account.\n"+
			"In the commands, \"$v_NAME\" is the content of a file in params/.\n",
		"已用模型验证：在 %d 种账号状态下，%d 个请求都被拒绝且不改变任何内容；\n"+
			"除标有 [T] 的以外，即使目标存在也会被拒绝。另有 %d 个请求到不了任何服务。\n"+
			"域名为 %s，监听为 %s，任何账号中都不存在。\n"+
			"命令中的 \"$v_名称\" 是 params/ 中文件的内容。\n"), proof.States, proof.Requests, proof.Outside, p.Material.Domain(), p.Material.Listener())
	for i := range p.Cases {
		if err := c.explainCase(&b, p, i); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

func (c *command) explainCase(b *bytes.Buffer, p *probe.Plan, i int) error {
	one := &p.Cases[i]
	expected, err := one.Expect(p.Material, c.now, errcodes.ChinaSite)
	if err != nil {
		return err
	}
	sends, err := p.Command(i)
	if err != nil {
		return err
	}
	fmt.Fprintf(b, "\n%d. %s (%s)%s\n", i+1, one.ID, one.Group, one.Mark())
	line := func(en, zh, text string) { fmt.Fprintf(b, "   %s%s\n", c.in(en, zh), text) }
	line("asks: ", "目的：", one.Purpose.In(c.lang))
	for _, reason := range one.Reasons() {
		line("cannot succeed: ", "不会成功：", reason.In(c.lang))
	}
	line("could go wrong: ", "可能的意外：", one.Risk().In(c.lang))
	because := expected.Evidence.String()
	if expected.Condition != 0 {
		because = expected.Condition.String() + ", " + because
	}
	if expected.Source != "" {
		because += ": " + expected.Source
	}
	line("expected: ", "预期：", fmt.Sprintf("%d %s (%s)", expected.Row.Status, expected.Row.Code, because))
	line("sent by: ", "命令：", sends)
	return nil
}
