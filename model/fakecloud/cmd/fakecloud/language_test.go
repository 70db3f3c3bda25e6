package main

import (
	"context"
	"flag"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/cli"
)

// TestUsageNamesEveryFlag checks that the help in each language has every flag, and no other.
func TestUsageNamesEveryFlag(t *testing.T) {
	var want []string
	flagsOf(&options{}).flags.VisitAll(func(f *flag.Flag) { want = append(want, f.Name) })
	want = append(want, "h")
	slices.Sort(want)
	name := regexp.MustCompile(`(?m)^  -([a-z-]+)\s`)
	for _, text := range []string{usage.EN, usage.ZH} {
		var got []string
		for _, m := range name.FindAllStringSubmatch(text, -1) {
			got = append(got, m[1])
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("the help has %q; want %q", got, want)
		}
	}
}

// TestChinese checks that help, banner and errors are in the language of -lang and of the
// locale.
func TestChinese(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	out := &output{}
	done := make(chan int, 1)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	go func() {
		done <- run(ctx, []string{"-addr", "127.0.0.1:0", "-ca", ca, "-lang", "zh"}, "en_US.UTF-8", out, out)
	}()
	out.find(t, listens)
	cancel()
	if status := <-done; status != cli.OK {
		t.Errorf("exit status %d", status)
	}
	banner := out.String()
	for _, part := range []string{
		"\n  页面       http://127.0.0.1:", "\n  密钥       testid，Secret 为 testsecret\n", "\n  CA 证书    ", "\n账号：\n  域名            .example.com（off）",
		"lsn-https（HTTPS，位于 alb-demo，Running）", "（example.com、*.example.com）", "\n客户端设置：\n", "# 设置下列变量\n", "\n  # 代理。它代替",
	} {
		if !strings.Contains(banner, part) {
			t.Errorf("it does not print %q:\n%s", part, banner)
		}
	}
	if found := regexp.MustCompile(`(?m)# [A-Z][ -~]*$`).FindString(banner); found != "" {
		t.Errorf("an English comment: %s", found)
	}

	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = busy.Close() }()
	folder := t.TempDir()
	wrong := filepath.Join(folder, "wrong.pem")
	if err := os.WriteFile(wrong, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	seed := func(text string) string {
		file := filepath.Join(t.TempDir(), "seed.json")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	old := t.TempDir()
	if err := os.WriteFile(filepath.Join(old, "snapshot"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args   []string
		status int
		part   string
	}{
		{[]string{"-h"}, cli.OK, "用法：fakecloud [选项]\n"},
		{[]string{"-nonsense"}, cli.Usage, "fakecloud: 未知选项 -nonsense；fakecloud -h 可列出所有选项\n"},
		{[]string{"-tls=7"}, cli.Usage, `选项 -tls 的值 "7" 不是 true 或 false；`},
		{[]string{"extra"}, cli.Usage, `多余的参数为 "extra"`},
		{[]string{"-addr", ":8080"}, cli.Usage, "-addr：其他机器可以访问 :8080；"},
		{[]string{"-progress", "sometimes"}, cli.Usage, `而不是 "sometimes"`},
		{[]string{"-print-env"}, cli.Usage, "-print-env：请给出 -ca 文件"},
		{[]string{"-window", "0s"}, cli.Usage, `-window：应为大于 0 的时长或 off，而不是 "0s"`},
		{[]string{"-key", "id"}, cli.Usage, "-key：该值不是密钥；"},
		{[]string{"-key", "file:" + folder}, cli.Usage, "-key：无法读取密钥文件：" + folder + "：是目录；"},
		{[]string{"-key", "file:" + wrong}, cli.Usage, "的第 1 行不是密钥；"},
		{[]string{"-key", "env:ALICERT_TEST_NOT_SET"}, cli.Usage, `环境变量 "ALICERT_TEST_NOT_SET" 未设置；`},
		{[]string{"-seed", filepath.Join(folder, "none.json")}, cli.Usage, "-seed：" + filepath.Join(folder, "none.json") + "：文件或目录不存在\n"},
		{[]string{"-seed", seed(`{"domain":{}}`)}, cli.Usage, "-seed：初始内容：未知字段 \"domain\"\n"},
		{[]string{"-seed", seed(`{"listeners":{"lsn-9":{"loadBalancer":"alb-9"}}}`)}, cli.Failed, `seed：监听 "lsn-9"：没有负载均衡 "alb-9"` + "\n"},
		{[]string{"-data", old}, cli.Failed, old + " 中是旧版本的状态（snapshot），"},
		{[]string{"-ca", wrong}, cli.Failed, "其中没有 PEM 格式的证书及其私钥；删除该文件即可重新生成\n"},
		{[]string{"-journal", folder}, cli.Failed, folder + "：是目录\n"},
		{[]string{"-addr", busy.Addr().String()}, cli.Failed, "无法监听 " + busy.Addr().String() + "：地址已被占用\n"},
	} {
		out := &output{}
		if status := run(t.Context(), test.args, "zh_CN.UTF-8", out, out); status != test.status || !strings.Contains(out.String(), test.part) {
			t.Errorf("%q: exit status %d, %q; want %d, %q", test.args, status, out, test.status, test.part)
		}
	}
	english := &output{}
	if status := run(t.Context(), []string{"-lang", "klingon"}, "zh_CN.UTF-8", english, english); status != cli.Usage || english.String() != "fakecloud: -lang \"klingon\" is not a language; use en or zh\n" {
		t.Errorf("exit status %d, %s", status, english)
	}

	var trouble strings.Builder
	report := reportTrouble(&trouble, errcodes.Chinese)
	report(&fs.PathError{Op: "write", Path: "journal-1", Err: fs.ErrPermission})
	report(nil)
	if want := "fakecloud: -data：变更无法写入，因此被拒绝：journal-1：没有权限\nfakecloud: -data：变更可再次写入\n"; trouble.String() != want {
		t.Errorf("%q; want %q", trouble.String(), want)
	}
}
