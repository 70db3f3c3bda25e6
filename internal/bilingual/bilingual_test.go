package bilingual_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"unicode"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/cli"
)

func TestDescribe(t *testing.T) {
	occupied, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = occupied.Close() }()
	_, busy := net.Listen("tcp", occupied.Addr().String())
	dir := t.TempDir()
	_, folder := os.ReadFile(dir)
	_, absent := os.ReadFile("no-such-file")
	unknown := errors.New("whatever it is")
	var into struct{ A int }
	decode := func(text string) error {
		d := json.NewDecoder(strings.NewReader(text))
		d.DisallowUnknownFields()
		return d.Decode(&into)
	}
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"a port in use", busy, "无法监听 " + occupied.Addr().String() + "：地址已被占用"},
		{"a folder", folder, dir + "：是目录"},
		{"no file", absent, "no-such-file：文件或目录不存在"},
		{"links", &os.LinkError{Op: "rename", Old: "a", New: "b", Err: syscall.EROFS}, "b：文件系统只读"},
		{"two", errors.Join(syscall.ENOSPC, fs.ErrPermission), "磁盘空间不足；没有权限"},
		{"in a failure", bilingual.Fail("-key: %v", "-key：%v", absent), "-key：no-such-file：文件或目录不存在"},
		{"a failure in a failure", bilingual.Fail("-a: %v", "-a：%v", bilingual.Fail("no", "不行")), "-a：不行"},
		{"a member that is unknown", decode(`{"b":1}`), `未知字段 "b"`},
		{"half an object", decode(`{"a":`), "JSON 内容不完整"},
		{"no object", decode(`{a}`), "JSON 中有不合法的字符 'a'"},
		{"unknown", unknown, "whatever it is"},
		{"a layer that would be lost", fmt.Errorf("line 7: %w", fs.ErrPermission), "line 7: permission denied"},
	}
	for _, test := range tests {
		if got := bilingual.Describe(test.err); got.ZH != test.want || got.EN != test.err.Error() {
			t.Errorf("%s: %+v; want %q", test.name, got, test.want)
		}
	}
	if err := bilingual.Fail("-key: %v", "-key：%v", absent); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v hides its cause", err)
	}
}

func TestFlagFailure(t *testing.T) {
	for _, test := range []struct{ arg, want string }{
		{"-bogus", "未知选项 -bogus"},
		{"-name", "选项 -name 缺少参数"},
		{"---name", "选项 ---name 的写法有误"},
		{"-all=7", `选项 -all 的值 "7" 不是 true 或 false`},
		{"-n=x", `选项 -n 的值 "x" 无效`},
	} {
		set := flag.NewFlagSet("test", flag.ContinueOnError)
		set.SetOutput(io.Discard)
		set.String("name", "", "")
		set.Bool("all", false, "")
		set.Int("n", 0, "")
		err := set.Parse([]string{test.arg})
		if err == nil {
			t.Errorf("%s is taken", test.arg)
			continue
		}
		got := bilingual.Describe(cli.FlagFailure("tool", err))
		want := errcodes.Message{EN: err.Error() + "; tool -h lists the flags", ZH: test.want + "；tool -h 可列出所有选项"}
		if got != want {
			t.Errorf("%s: %+v; want %+v", test.arg, got, want)
		}
	}
}

func TestComplain(t *testing.T) {
	for lang, want := range map[errcodes.Lang]string{errcodes.English: "tool: is a directory\n", errcodes.Chinese: "tool: 是目录\n"} {
		var b strings.Builder
		cli.Complain(&b, "tool", lang, syscall.EISDIR)
		if b.String() != want {
			t.Errorf("%q; want %q", b.String(), want)
		}
	}
	var b strings.Builder
	cli.Complain(&b, "tool", errcodes.Chinese, bilingual.Fail("a\x1bb", "甲\x1b乙"))
	if strings.ContainsRune(b.String(), '\x1b') || !strings.ContainsFunc(b.String(), func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		t.Errorf("%q", b.String())
	}
}

func TestSpoken(t *testing.T) {
	for _, test := range []struct {
		args   string
		locale string
		want   errcodes.Lang
	}{
		{"", "zh_CN.UTF-8", errcodes.Chinese},
		{"", "zh-TW", errcodes.Chinese},
		{"", "C.UTF-8", errcodes.English},
		{"-bogus -lang zh", "en_US.UTF-8", errcodes.Chinese},
		{"--lang=zh-CN -bogus", "", errcodes.Chinese},
		{"-lang zh -lang en", "zh_CN", errcodes.English},
		{"-lang klingon", "zh_CN", errcodes.English},
		{"-lang", "", errcodes.English},
	} {
		if got := cli.Spoken(strings.Fields(test.args), test.locale); got != test.want {
			t.Errorf("%q in %q: %v; want %v", test.args, test.locale, got, test.want)
		}
	}
	if err := cli.CheckLanguage("zh_CN.UTF-8", ""); err != nil {
		t.Error(err)
	}
	if err := cli.CheckLanguage("klingon", "klingon"); err == nil {
		t.Error("klingon is a language")
	}
}

func TestLocale(t *testing.T) {
	t.Setenv("LC_ALL", "")
	t.Setenv("LC_MESSAGES", "")
	t.Setenv("LANG", "zh_CN.UTF-8")
	if got := cli.Locale(); got != "zh_CN.UTF-8" {
		t.Errorf("%q", got)
	}
	t.Setenv("LC_MESSAGES", "en_US.UTF-8")
	if got := cli.Locale(); got != "en_US.UTF-8" {
		t.Errorf("%q", got)
	}
}
