package main

import "github.com/alicert/alicert/errcodes"

var usage = errcodes.Message{
	EN: `probe makes a plan of harmless requests, records the answers, and compares them.
It sends nothing and reads no credentials. Read PROBE.md first.

  probe plan [-group gateway,cdn,dcdn,alb-dry,center] [-evening] [-o DIR]
      prove that no request of the plan can succeed, and write DIR: send.sh,
      which sends it with the vendor's CLI, and PLAN.txt, which explains each
      request. Without -o the explanation is printed, and nothing is written.
      -evening: the 25 calls that settle most.
  probe record [-site cn|intl] [-auth ram-user|sts|no-permission] -client "aliyun-cli 3.4.9" [-o FILE] DIR
      turn the answers in DIR into a file without ids.
  probe compare [-json] [-as-go-test] FILE...
      compare files with what this library says, offline.
  probe evidence OBSERVATIONS
      print the evidence of the files in a folder as Go source, for go generate.

Everywhere: -lang en|zh; left out: as LC_ALL or LANG says, else en.
Exit status: 0; 1 if something differs or was skipped; 2 for bad usage and refused files.
`,
	ZH: `probe 生成一组无害的请求，记录应答，并与本库的规则比较。
它不发送任何请求，也不读取任何凭证。请先阅读 PROBE.zh.md。

  probe plan [-group gateway,cdn,dcdn,alb-dry,center] [-evening] [-o 目录]
      先证明计划中没有任何请求会成功，再写入目录：send.sh（用阿里云 CLI 发送）
      和 PLAN.txt（逐条解释）。不给 -o 则只打印说明，不写文件。
      -evening：最有价值的 25 次调用。
  probe record [-site cn|intl] [-auth ram-user|sts|no-permission] -client "aliyun-cli 3.4.9" [-o 文件] 目录
      把目录中的应答整理成不含任何标识的文件。
  probe compare [-json] [-as-go-test] 文件...
      离线比较：应答与本库的规则是否一致。
  probe evidence 目录
      把目录中各文件的证据输出为 Go 源码，供 go generate 使用。

通用选项：-lang en|zh；不给则取 LC_ALL 或 LANG，否则为 en。
退出码：0；有差异或有应答被跳过为 1；用法错误或文件被拒绝为 2。
`,
}
