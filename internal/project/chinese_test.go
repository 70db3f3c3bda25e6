package project

import (
	"go/scanner"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// notChinese are the words that no Chinese text of the project has, and why. The vendor's
// own texts are data and stay as they are.
var notChinese = []struct {
	word *regexp.Regexp
	why  string
}{
	{regexp.MustCompile(`签发者|签发人|发行者`), "the vendor's pages and browsers call the issuer 颁发者"},
	{regexp.MustCompile(`第 ?(%\S*?d|\d+) ?块`), "certificates are counted 第 2 份证书, blocks of other kinds 第 1 个 PEM 块"},
	{regexp.MustCompile(`叶证书|叶子证书|端实体`), "the vendor calls the leaf 服务器证书"},
	{regexp.MustCompile(`没有用|重发.*没用`), "what a retry does is 重试无效，需先修改请求 or 可稍后重试"},
	{regexp.MustCompile(`官方文档说明|官方文件`), "the evidence is 官方文档"},
	{regexp.MustCompile(`仅就.{0,6}而言`), "an acceptance is 仅检查请求本身（未检查账号、域名、监听的状态）"},
	{regexp.MustCompile(`提示`), "it reads as a tip; a finding is 提醒, of the level 警告 or 说明"},
	{regexp.MustCompile(`警报|忠告|通知级`), "a finding that the service accepts is 提醒"},
	{regexp.MustCompile(`密码短语|通行短语`), "a pass-phrase is 口令"},
	{regexp.MustCompile(`旗标|标志参数|命令行标志`), "a flag is 选项"},
	{regexp.MustCompile(`侦听`), "the vendor writes 监听"},
	{regexp.MustCompile(`干跑|空运行`), "a dry run of a request is 预检, of a repair 试运行"},
	{regexp.MustCompile(`建议: |说明: |警告: |错误: |拒绝: `), "labels end with the full-width colon"},
	{regexp.MustCompile(`\p{Han} ?[,;!?]|[,;!?] ?\p{Han}|\p{Han}:|\p{Han}\(|\)\p{Han}`), "punctuation beside Chinese is full-width"},
	{regexp.MustCompile(`(?:^|\p{Han} ?|，|：)-?[\w-]+, -?[\w-]+(?: \p{Han}|，|；|。|、)`), "names are separated by 、"},
}

// vendors have texts of the vendor.
var vendors = regexp.MustCompile(`^errcodes/(table_\w+\.go|CODES\.md)$|^testdata/tables/|_test\.go$`)

// TestChinese looks for words that do not belong in every string of the source that has
// Chinese, and in the lines of every page.
func TestChinese(t *testing.T) {
	texts := 0
	check := func(where, text string) {
		if !strings.ContainsFunc(text, isHan) {
			return
		}
		texts++
		for _, not := range notChinese {
			if found := not.word.FindString(text); found != "" {
				t.Errorf("%s: %q in %q: %s", where, found, text, not.why)
			}
		}
	}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		path = filepath.ToSlash(path)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != "." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case entry.IsDir() || vendors.MatchString(path):
			return nil
		}
		switch filepath.Ext(path) {
		case ".go":
			for line, text := range stringsOf(t, path) {
				check(path+":"+strconv.Itoa(line), text)
			}
		case ".md", ".html", ".js":
			for i, line := range strings.Split(read(t, path), "\n") {
				check(path+":"+strconv.Itoa(i+1), line)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if texts < 1000 {
		t.Errorf("only %d texts", texts)
	}
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// stringsOf yields the string literals of a source file line by line.
func stringsOf(t *testing.T, path string) func(yield func(int, string) bool) {
	t.Helper()
	source := []byte(read(t, path))
	files := token.NewFileSet()
	file := files.AddFile(path, files.Base(), len(source))
	var s scanner.Scanner
	s.Init(file, source, func(at token.Position, message string) { t.Errorf("%s: %s", at, message) }, 0)
	return func(yield func(int, string) bool) {
		for {
			at, kind, literal := s.Scan()
			if kind == token.EOF {
				return
			}
			if kind != token.STRING {
				continue
			}
			text, err := strconv.Unquote(literal)
			if err != nil {
				t.Errorf("%s: %v", path, err)
			}
			for i, line := range strings.Split(text, "\n") {
				if !yield(file.Line(at)+i, line) {
					return
				}
			}
		}
	}
}
