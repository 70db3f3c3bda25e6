// Package bilingual has errors and texts in English and Chinese. What a text quotes is the
// same in both.
package bilingual

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"regexp"
	"strings"
	"syscall"

	"github.com/alicert/alicert/errcodes"
)

// A Failure is an error for the person who called. Its text as an error is the English one.
type Failure struct {
	errcodes.Message
	cause error
}

func (f Failure) Error() string { return f.EN }

// Unwrap returns the error among the arguments of [Fail], nil if there was none.
func (f Failure) Unwrap() error { return f.cause }

// Fail returns a [Failure] with the text of [Say].
func Fail(en, zh string, args ...any) error {
	f := Failure{Message: Say(en, zh, args...)}
	for _, arg := range args {
		if err, is := arg.(error); is {
			f.cause = err
		}
	}
	return f
}

// Say formats one text in both languages from the same arguments. An error among them is
// put into the language, as far as [Describe] can.
func Say(en, zh string, args ...any) errcodes.Message {
	if len(args) == 0 {
		return errcodes.Message{EN: en, ZH: zh}
	}
	chinese := make([]any, len(args))
	for i, arg := range args {
		if err, is := arg.(error); is {
			arg = Describe(err).ZH
		}
		chinese[i] = arg
	}
	return errcodes.Message{EN: fmt.Sprintf(en, args...), ZH: fmt.Sprintf(zh, chinese...)}
}

// Describe returns the text of an error in every language. Chinese has the text of a
// [Failure], and what the operating system, package flag and package json say. The text of
// other errors is English.
func Describe(err error) errcodes.Message {
	return errcodes.Message{EN: err.Error(), ZH: chinese(err)}
}

func chinese(err error) string {
	const colon = "："
	switch e := err.(type) { //nolint:errorlint // each layer has its own words
	case Failure:
		return e.ZH
	case *fs.PathError:
		return e.Path + colon + chinese(e.Err)
	case *os.LinkError:
		return e.New + colon + chinese(e.Err)
	case *os.SyscallError:
		return chinese(e.Err)
	case *net.OpError:
		if e.Op == "listen" && e.Addr != nil {
			return "无法监听 " + e.Addr.String() + colon + chinese(e.Err)
		}
	case interface{ Unwrap() []error }:
		var all []string
		for _, one := range e.Unwrap() {
			all = append(all, chinese(one))
		}
		return strings.Join(all, "；")
	}
	for _, k := range systemErrors {
		if errors.Is(err, k.err) && errors.Unwrap(err) == nil { // else a layer around it would be lost
			return k.zh
		}
	}
	return chineseText(err.Error())
}

// systemErrors are what the operating system says of files and addresses.
var systemErrors = []struct {
	err error
	zh  string
}{
	{fs.ErrNotExist, "文件或目录不存在"},
	{fs.ErrPermission, "没有权限"},
	{fs.ErrExist, "已存在"},
	{fs.ErrClosed, "文件已关闭"},
	{syscall.EISDIR, "是目录"},
	{syscall.ENOTDIR, "不是目录"},
	{syscall.ENOSPC, "磁盘空间不足"},
	{syscall.EROFS, "文件系统只读"},
	{syscall.EMFILE, "打开的文件过多"},
	{syscall.EFBIG, "文件过大"},
	{syscall.ENAMETOOLONG, "文件名过长"},
	{syscall.ELOOP, "符号链接层数过多"},
	{syscall.EINVAL, "参数无效"},
	{syscall.EIO, "输入输出错误"},
	{syscall.EPIPE, "管道已关闭"},
	{syscall.EADDRINUSE, "地址已被占用"},
	{syscall.EADDRNOTAVAIL, "地址不可用"},
}

// known are texts of package flag and of encoding/json.
var known = []struct {
	en *regexp.Regexp
	zh string
}{
	{regexp.MustCompile(`^flag provided but not defined: (-.*)$`), "未知选项 $1"},
	{regexp.MustCompile(`^flag needs an argument: (-.*)$`), "选项 $1 缺少参数"},
	{regexp.MustCompile(`^bad flag syntax: (.*)$`), "选项 $1 的写法有误"},
	{regexp.MustCompile(`^invalid boolean value (".*") for (-\S+): .*$`), "选项 $2 的值 $1 不是 true 或 false"},
	{regexp.MustCompile(`^invalid value (".*") for flag (-\S+): .*$`), "选项 $2 的值 $1 无效"},
	{regexp.MustCompile(`^json: unknown field (".*")$`), "未知字段 $1"},
	{regexp.MustCompile(`^unexpected (?:EOF|end of JSON input)$`), "JSON 内容不完整"},
	{regexp.MustCompile(`^invalid character (.*) (?:looking for|after|in) .*$`), "JSON 中有不合法的字符 $1"},
}

func chineseText(text string) string {
	for _, k := range known {
		if k.en.MatchString(text) {
			return k.en.ReplaceAllString(text, k.zh)
		}
	}
	return text
}
