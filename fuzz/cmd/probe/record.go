package main

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"

	"github.com/alicert/alicert/fuzz/internal/probe"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/internal/redact"
)

// record turns the answers in a folder into a file of observations.
func (c *command) record(args []string) (int, error) {
	set := c.flags("record")
	site := set.String("site", probe.SiteChina, "")
	auth := set.String("auth", probe.AuthRAM, "")
	client := set.String("client", "", "")
	out := set.String("o", "", "")
	if err := set.Parse(args); err != nil {
		return 0, err
	}
	if set.NArg() != 1 {
		return 0, bilingual.Fail("record takes the folder of a plan", "record 需要计划目录")
	}
	root, err := os.OpenRoot(set.Arg(0)) // no link leads out of it
	if err != nil {
		return 0, err
	}
	defer func() { _ = root.Close() }()
	lines, skipped, err := probe.Record(root.FS(), probe.Meta{Site: *site, Client: *client, Auth: *auth}, probe.SavedAt)
	for _, s := range skipped {
		_, _ = fmt.Fprintf(c.stderr, c.in("skipped %s (%s): %v\n", "跳过 %s（%s）：%v\n"), s.Case, s.File, redact.Printable(s.Why.Error()))
	}
	if err != nil {
		return 0, err
	}
	var b bytes.Buffer
	if err := probe.Encode(&b, lines); err != nil {
		return 0, err
	}
	name := *out
	if name == "" {
		name = observationName(lines)
	}
	if err := c.output(name, b.Bytes()); err != nil {
		return 0, err
	}
	_, _ = fmt.Fprintf(c.stdout, c.in(
		"%s: %d answers. It is text: read it before you send it.\n", "%s：%d 条应答。它是纯文本，发送前请自行查看。\n"), name, len(lines))
	if len(skipped) > 0 {
		return cli.Failed, nil
	}
	return cli.OK, nil
}

// observationName is the name of a file: day, site and a random part, which is not that of
// the plan, whose domain the vendor's audit log has.
func observationName(lines []probe.Observation) string {
	var random [4]byte
	_, _ = rand.Read(random[:]) // never fails
	const day = len("2026-11-26")
	return lines[0].At[:day] + "-" + lines[0].Site + "-" + hex.EncodeToString(random[:]) + ".jsonl"
}
