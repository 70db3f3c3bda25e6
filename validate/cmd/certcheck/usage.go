package main

import (
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/diagnosis"
)

// usage returns the text of -h.
func usage(lang errcodes.Lang) string {
	var names, listeners strings.Builder
	for _, name := range namesOf(slices.Collect(diagnosis.Operations())) {
		names.WriteString("                   " + name + "\n")
	}
	for _, name := range namesOf(listenerOperations()) {
		listeners.WriteString("                   " + name + "\n")
	}
	text := errcodes.Message{EN: usageEnglish, ZH: usageChinese}.In(lang)
	return strings.NewReplacer("OPERATIONS", names.String(), "LISTENERS", listeners.String()).Replace(text)
}

const usageEnglish = `certcheck says what CDN SetDomainServerCertificate, the operations of its kind, and
those that change the certificates of a listener of ALB, NLB or GA would answer to
a certificate and its private key, without calling them.

  certcheck -cert FILE -key FILE [flags]              one certificate and its key
  certcheck FILE [FILE] [flags]                       the same: certificate, key
  certcheck -dir DIR [flags]                          every pair under a folder
  certcheck -alb -certificate ID[=FILE] ... [flags]   certificate ids for a listener
  certcheck -codes [flags]                            the published error tables
  certcheck -explain CODE [flags]                     what a code means
  certcheck -version                                  which version this is
  certcheck -completion SHELL                         a script for bash, zsh or fish

One certificate:
  -cert FILE     certificate chain in PEM form, leaf first; - is standard input
  -key FILE      private key in PEM form; - is standard input; of the two one
                 may be left out, and the other one is checked alone
  -domain D      the accelerated domain; left out: not checked; repeat the flag
                 for more domains that the certificate is to cover
  -name N        name of the certificate, at most 128 characters
  -type T        upload (the default), cas or free
  -status S      on (the default) or off
  -force F       0 or 1: overwrite a certificate of the same name
  -op NAME       the operation that is called; a name may be cut short as long
                 as it is clear; the first is the default:
OPERATIONS  -id N          number of a certificate of the center (not every operation)
  -region R      where that number is: cn-hangzhou (the default) or ap-southeast-1
  -fix DIR       write both files in the published form into another folder and
                 check those
  -pass SOURCE   file:PATH, env:NAME or - (standard input): whose first line is the
                 pass-phrase of an encrypted key or a PKCS#12 file, which -fix
                 then opens; never the pass-phrase itself
  -text          dump every certificate, too

A folder:
  -dir DIR       check what certbot, acme.sh, lego and others leave there; the
                 content of the files decides which belong together; -domain is
                 the only parameter that goes with it, beside -op
  -fix DIR       write every pair in the published form to the same place below
                 another folder and check those
  -quiet         print only what is refused

ALB, NLB and GA:
  -alb           check a request for a listener of ALB, or of the product of -op
  -op NAME       the operation that is called; products share some names: without
                 a product in front it is the first; the first is the default:
LISTENERS  -listener ID   the listener; left out: not checked
  -certificate ID[=FILE]
                 a certificate id, and its certificate if it is to be checked;
                 repeat the flag for more
  -domain D      of GA: the domain of a certificate; one for each -certificate, in
                 the same order; left out beside -certificate: not checked
  -accelerator ID
                 of GA: the accelerator of the listener; left out: not checked
  -region R      of GA: cn-hangzhou, which is the default
  -token T       the client token
  -dry-run       the request is a dry run
  -text          dump every certificate, too

Tables:
  -codes         list the published error codes and the conditions that map to
                 them; as text or json; with -op NAME, of one operation
  -explain CODE  say what a code from a log means, whether to send the request
                 again, and which conditions map to it; as text or json; also a
                 condition, an advisory, or a whole line of a log; - is standard
                 input

Everywhere:
  -at TIME       check validity at this time, such as 2026-07-01T00:00:00Z;
                 none: not at all; left out: now
  -expires-within T
                 warn if the certificate ends within this time, such as 21d or
                 36h; left out: within the last third of its lifetime
  -strict        refuse what departs from the published form (not with -alb)
  -fail-on LIST  exit with 1 for these findings, too: ids such as
                 domain-not-covered, or levels (warning, note), with commas
  -ignore LIST   leave these findings out: ids or levels, with commas
  -level ID=L    give a finding another level: error, warning, note or ignore;
                 error is -fail-on; repeat the flag for more
  -exit-zero     exit with 0 instead of 1, for pipelines that read the output
  -all           show everything: notes, what follows from other findings, and
                 every field of the certificates
  -width N       columns of a line; left out: those of the terminal or COLUMNS
  -color WHEN    auto (the default), always or never; NO_COLOR turns auto off
  -format F      text (the default), json or sarif
  -lang L        en or zh; left out: as LC_ALL or LANG says, else en
  -h             this text

Exit status: 0 the service would accept, 1 it would not or -fail-on names a
finding, 2 bad usage or a file that cannot be read. An acceptance holds as far
as the request alone decides: the state of the account, the domain and the
listener is not known here.

Examples:
  certcheck -cert shop.pem -key shop.key -domain shop.example.com
  certcheck -cert shop.pem -key shop.key -fix fixed
  vault read -field=key secret/shop | certcheck -cert shop.pem -key -
  certcheck -dir /etc/letsencrypt -format json | jq 'select(.verdict)'
  certcheck -alb -listener lsn-1 -certificate 1234567-cn-hangzhou=shop.pem
  certcheck -alb -op ga-associate -listener lsr-1 -domain shop.example.com -certificate 1234567-cn-hangzhou=shop.pem
  certcheck -op set-cdn -cert shop.pem -key shop.key
  certcheck shop.pem shop.key -domain a.example.com -domain b.example.com -fail-on domain-not-covered,expires-soon
  certcheck -explain InvalidSSLPri
  tail -1 deploy.log | certcheck -explain -
  source <(certcheck -completion bash)
`

const usageChinese = `certcheck 在不调用接口的情况下，判断 CDN SetDomainServerCertificate 及同类接口，以及变更
ALB、NLB、GA 监听证书的接口会对证书和私钥返回什么结果。

  certcheck -cert 文件 -key 文件 [选项]             检查一张证书及其私钥
  certcheck 文件 [文件] [选项]                      同上：证书、私钥
  certcheck -dir 目录 [选项]                        检查目录下的所有证书和私钥
  certcheck -alb -certificate ID[=文件] ... [选项]  检查监听的证书 ID
  certcheck -codes [选项]                           列出官方错误码表
  certcheck -explain 错误码 [选项]                  说明某个错误码的含义
  certcheck -version                                显示版本
  certcheck -completion SHELL                       输出 bash、zsh 或 fish 的补全脚本

单张证书：
  -cert 文件     PEM 格式的证书链，服务器证书在最前；- 表示标准输入
  -key 文件      PEM 格式的私钥；- 表示标准输入；两者可只给一个，单独检查
  -domain 域名   加速域名；不给则不检查；可重复使用，检查证书是否包含其他域名
  -name 名称     证书名称，不超过 128 个字符
  -type 类型     upload（默认）、cas 或 free
  -status 状态   on（默认）或 off
  -force 值      0 或 1：是否覆盖同名证书
  -op 接口       所调用的接口，可以缩写，只要不产生歧义；默认为第一个：
OPERATIONS  -id 数字       证书中心的证书 ID（部分接口）
  -region 地域   该证书所在地域：cn-hangzhou（默认）或 ap-southeast-1
  -fix 目录      将两个文件按规范格式写入另一个目录，并检查写出的文件
  -pass 来源     file:路径、env:变量名 或 -（标准输入）：其第一行为加密私钥或
                 PKCS#12 文件的口令，供 -fix 打开；不能直接写口令
  -text          同时输出每张证书的完整内容（英文，形式同 openssl）

目录：
  -dir 目录      检查 certbot、acme.sh、lego 等工具留下的文件；按文件内容
                 判断哪些属于一对；请求参数中只能同时使用 -domain，以及 -op
  -fix 目录      将每一对按规范格式写入另一个目录下的相同位置，并检查写出的文件
  -quiet         只输出被拒绝的内容

ALB、NLB、GA：
  -alb           检查 ALB 监听的请求，或 -op 所属产品监听的请求
  -op 接口       所调用的接口；有些名称为多个产品共有，名称前不写产品时指第一个
                 产品的接口；默认为第一个：
LISTENERS  -listener ID   监听 ID；不给则不检查
  -certificate ID[=文件]
                 证书 ID，如需检查证书内容可给出文件；可重复使用
  -domain 域名   GA：证书对应的域名；按相同顺序为每个 -certificate 给出一个；
                 有 -certificate 而不给此项则不检查
  -accelerator ID
                 GA：监听所属的全球加速实例；不给则不检查
  -region 地域   GA：cn-hangzhou（默认）
  -token 值      客户端 Token
  -dry-run       该请求为预检请求
  -text          同时输出每张证书的完整内容（英文，形式同 openssl）

错误码：
  -codes         列出官方错误码及其触发条件；格式为 text 或 json；用 -op 只列一个接口
  -explain 错误码
                 说明日志中某个错误码的含义、能否重试和触发条件；格式为 text
                 或 json；也可以是条件、提醒的名称，或整行日志；- 表示标准输入

通用：
  -at 时间       按此时间判断有效期，例如 2026-07-01T00:00:00Z；
                 none 表示不判断；不给则为当前时间
  -expires-within 时长
                 证书在此时长内到期则警告，例如 21d 或 36h；
                 不给则为有效期的最后三分之一
  -strict        不符合规范格式的内容一律拒绝（不能与 -alb 同用）
  -fail-on 列表  发现这些问题时退出状态也为 1：名称（例如 domain-not-covered）
                 或级别（warning、note），以逗号分隔
  -ignore 列表   不报告这些问题：名称或级别，以逗号分隔
  -level 名称=级别
                 更改某种问题的级别：error（错误）、warning（警告）、
                 note（说明）或 ignore（不报告）；
                 error 等同于 -fail-on；可重复使用
  -exit-zero     退出状态 1 改为 0，供读取输出的流水线使用
  -all           显示全部内容：说明、由其他问题引起的问题、证书的所有字段
  -width 列数    每行列数；不给则取终端宽度或 COLUMNS
  -color 方式    auto（默认）、always 或 never；NO_COLOR 使 auto 不着色
  -format 格式   text（默认）、json 或 sarif
  -lang 语言     en 或 zh；不给则取 LC_ALL 或 LANG，否则为 en
  -h             显示本说明

退出状态：0 服务会接受；1 服务会拒绝，或出现 -fail-on 指定的问题；
2 用法错误或文件无法读取。仅检查请求本身（未检查账号、域名、监听的状态）。

示例：
  certcheck -cert shop.pem -key shop.key -domain shop.example.com
  certcheck -cert shop.pem -key shop.key -fix fixed
  vault read -field=key secret/shop | certcheck -cert shop.pem -key -
  certcheck -dir /etc/letsencrypt -format json | jq 'select(.verdict)'
  certcheck -alb -listener lsn-1 -certificate 1234567-cn-hangzhou=shop.pem
  certcheck -alb -op ga-associate -listener lsr-1 -domain shop.example.com -certificate 1234567-cn-hangzhou=shop.pem
  certcheck -op set-cdn -cert shop.pem -key shop.key
  certcheck shop.pem shop.key -domain a.example.com -domain b.example.com -fail-on domain-not-covered,expires-soon
  certcheck -explain InvalidSSLPri
  tail -1 deploy.log | certcheck -explain -
  source <(certcheck -completion bash)
`
