package main

import "github.com/alicert/alicert/errcodes"

// usage is the text of -h.
var usage = errcodes.Message{EN: `Usage: fakecloud [flags]

fakecloud serves a fake of the cloud on this machine, for clients in any language.

The account:
  -seed SEED     what is in it: FILE.json, demo (the default) or none
  -data DIR      a folder that stores the state
  -journal FILE  write every input with its output to a file
  -later         answer with the later table of the ALB operation

Signatures:
  -key KEY       an access key, id:secret or id:secret:token; repeat the flag for
                 more; left out: testid with the secret testsecret. Other users
                 of the machine see it; file:PATH and env:NAME have one key a
                 line, which they do not see
  -no-auth       accept unsigned requests
  -window T      largest difference between the time of a request and the
                 clock: a duration such as 15m (the default), or off

Progress:
  -progress P    when rollouts and jobs end: polls=N, after=DURATION, or
                 polls=N,after=DURATION, whichever comes first; manual;
                 left out: polls=1,after=1s

Network:
  -addr ADDRESS  where to listen; left out: 127.0.0.1:8080
  -public        accept connections from other machines
  -tls           print https addresses; HTTPS is served with and without it
  -ca FILE       the certificate authority and its key, made if the file does
                 not exist; left out: a new authority at every start
  -print-env     print the environment variables that lead clients to the
                 address of -addr and trust the authority of -ca, and exit

Everywhere:
  -lang L        en or zh; left out: as LC_ALL or LANG says, else en
  -h             this text

The first line of the output is "fakecloud listens on ADDRESS" in every language,
so that a script can wait for it.

Exit status: 0 after an interrupt, 1 if it cannot serve, 2 bad usage.

Examples:
  fakecloud -no-auth
  fakecloud -ca ca.pem &
  eval "$(fakecloud -ca ca.pem -print-env)"
  fakecloud -data state -journal trace.jsonl -key file:keys
`, ZH: `用法：fakecloud [选项]

fakecloud 在本机运行模拟云，供任何语言的客户端使用。

账号：
  -seed 内容     账号的初始内容：文件.json、demo（默认）或 none
  -data 目录     保存状态的目录
  -journal 文件  将每个输入及其输出写入文件
  -later         按 ALB 接口后来公布的表返回

签名：
  -key 密钥      访问密钥，id:secret 或 id:secret:token；可重复使用；不给则为
                 testid，其 Secret 为 testsecret。本机的其他用户能看到该参数；
                 用 file:路径 或 env:变量名 给出则看不到，每行一个密钥
  -no-auth       接受未签名的请求
  -window 时长   请求时间与时钟的最大偏差：时长（例如 15m，默认值）或 off

进度：
  -progress 方式 配置下发和任务何时结束：polls=N（N 次查询后）、
                 after=DURATION（一段时间后）、polls=N,after=DURATION
                 （以先到者为准）或 manual；不给则为 polls=1,after=1s

网络：
  -addr 地址     监听地址；不给则为 127.0.0.1:8080
  -public        接受其他机器的连接
  -tls           显示 https 地址；无论是否给出都提供 HTTPS
  -ca 文件       CA 证书及其私钥，文件不存在时自动生成；
                 不给则每次启动时新建 CA
  -print-env     输出环境变量后退出：使客户端使用 -addr 的地址，
                 并信任 -ca 的 CA

通用：
  -lang 语言     en 或 zh；不给则取 LC_ALL 或 LANG，否则为 en
  -h             显示本说明

无论使用哪种语言，输出的第一行都是 "fakecloud listens on 地址"，脚本可等待它出现。

退出状态：0 被中断；1 无法提供服务；2 用法错误。

示例：
  fakecloud -no-auth
  fakecloud -ca ca.pem &
  eval "$(fakecloud -ca ca.pem -print-env)"
  fakecloud -data state -journal trace.jsonl -key file:keys
`}
