package main

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alicert/alicert/internal/cli"
)

// What the command prints, besides its first line.
var (
	labelPage      = cli.Say("page", "页面")
	labelKeys      = cli.Say("keys", "密钥")
	labelProgress  = cli.Say("progress", "进度")
	labelData      = cli.Say("data", "数据")
	labelAuthority = cli.Say("authority", "CA 证书")
	labelNoKey     = cli.Say("none required", "不需要")
	labelDemoKey   = cli.Say("testid, secret testsecret", "testid，Secret 为 testsecret")

	labelAccount       = cli.Say("Account:", "账号：")
	labelDomains       = cli.Say("domains", "域名")
	labelCertificates  = cli.Say("certificates", "证书")
	labelLoadBalancers = cli.Say("load balancers", "负载均衡")
	labelListeners     = cli.Say("listeners", "监听")
	labelListener      = cli.Say("%[1]s (%[2]s on %[3]s, %[4]s)", "%[1]s（%[2]s，位于 %[3]s，%[4]s）")
	labelNone          = cli.Say("none", "无")
	labelMore          = cli.Say("and %d more", "另有 %d 个")
	labelInText        = cli.Say(" (%s)", "（%s）")
	labelAnd           = cli.Say(", ", "、")

	labelClients   = cli.Say("Client settings:", "客户端设置：")
	labelFixed     = cli.Say("For Terraform, acme.sh, certimate and other tools with fixed host names:", "Terraform、acme.sh、certimate 等接入地址固定的工具：")
	labelSetsBelow = cli.Say("sets the variables below", "设置下列变量")
)

// padded returns a text with blanks behind it up to a number of columns, of which a Chinese
// character takes two.
func padded(text string, columns int) string {
	used := utf8.RuneCountInString(text)
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			used++
		}
	}
	return text + strings.Repeat(" ", max(0, columns-used))
}
