package main

import "github.com/alicert/alicert/internal/bilingual"

// What the command prints, besides its first line.
var (
	labelPage      = bilingual.Say("page", "页面")
	labelKeys      = bilingual.Say("keys", "密钥")
	labelProgress  = bilingual.Say("progress", "进度")
	labelData      = bilingual.Say("data", "数据")
	labelAuthority = bilingual.Say("authority", "CA 证书")
	labelNoKey     = bilingual.Say("none required", "不需要")
	labelDemoKey   = bilingual.Say("testid, secret testsecret", "testid，Secret 为 testsecret")

	labelAccount       = bilingual.Say("Account:", "账号：")
	labelDomains       = bilingual.Say("domains", "域名")
	labelCertificates  = bilingual.Say("certificates", "证书")
	labelLoadBalancers = bilingual.Say("load balancers", "负载均衡")
	labelListeners     = bilingual.Say("listeners", "监听")
	labelClassic       = bilingual.Say("CLB listeners", "CLB 监听")
	labelSites         = bilingual.Say("sites", "站点")
	labelListener      = bilingual.Say("%[1]s (%[2]s on %[3]s, %[4]s)", "%[1]s（%[2]s，位于 %[3]s，%[4]s）")
	labelNone          = bilingual.Say("none", "无")
	labelMore          = bilingual.Say("and %d more", "另有 %d 个")
	labelInText        = bilingual.Say(" (%s)", "（%s）")
	labelAnd           = bilingual.Say(", ", "、")

	labelClients   = bilingual.Say("Client settings:", "客户端设置：")
	labelFixed     = bilingual.Say("For Terraform, acme.sh, certimate and other tools with fixed host names:", "Terraform、acme.sh、certimate 等接入地址固定的工具：")
	labelSetsBelow = bilingual.Say("sets the variables below", "设置下列变量")
)
