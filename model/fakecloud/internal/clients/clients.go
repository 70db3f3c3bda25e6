// Package clients says how clients are led to the fake cloud: the environment variables of
// fakecloud -print-env, the settings of SDKs, and the recipes of CLIENTS.md. The command
// prints them and the page shows them.
package clients

import (
	"net"
	"net/netip"
	"strings"

	"github.com/alicert/alicert/errcodes"
)

// Authority names the files that clients need to trust the server in front of the cloud.
type Authority struct {
	CertFile      string // in PEM
	StoreFile     string // for Java
	StorePassword string
}

// Environment returns the environment variables that lead clients to the cloud: those that
// select the proxy, those that trust the authority, and with demoKey those with the key.
// Each line is a comment, in the language, or an export for a shell.
func Environment(addr string, a Authority, demoKey bool, lang errcodes.Lang) string {
	var text strings.Builder
	host, port, _ := net.SplitHostPort(addr)
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	proxy := "http://" + net.JoinHostPort(host, port)
	export := func(value string, names ...string) {
		for _, name := range names {
			text.WriteString("export " + name + "=" + Quoted(value) + "\n")
		}
	}
	comment := func(en, zh string) { text.WriteString("# " + errcodes.Message{EN: en, ZH: zh}.In(lang) + "\n") }

	comment("The proxy. It stands for every host of aliyuncs.com and connects to none.",
		"代理。它代替 aliyuncs.com 的所有主机，不连接其中任何一个。")
	export(proxy, "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")
	comment("Node takes the proxy from version 24 on. For earlier ones give the client an endpoint.",
		"Node 自 24 版起使用该代理；更早的版本请为客户端设置接入地址。")
	export("1", "NODE_USE_ENV_PROXY")
	comment("The authority: Go, OpenSSL, Python and Ruby; curl and acme.sh; requests for Python; Node.",
		"CA 证书：Go、OpenSSL、Python 和 Ruby；curl 和 acme.sh；Python 的 requests；Node。")
	export(a.CertFile, "SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
	comment("Java: the proxy and the authority.",
		"Java：代理和 CA 证书。")
	var java []string
	for _, property := range []string{
		"http.proxyHost=" + host, "http.proxyPort=" + port, "https.proxyHost=" + host, "https.proxyPort=" + port,
		"javax.net.ssl.trustStore=" + a.StoreFile, "javax.net.ssl.trustStoreType=JKS", "javax.net.ssl.trustStorePassword=" + a.StorePassword,
	} {
		if strings.ContainsAny(property, " '") {
			property = `"` + property + `"`
		}
		java = append(java, "-D"+property)
	}
	export(strings.Join(java, " "), "JAVA_TOOL_OPTIONS")
	if demoKey {
		text.WriteString(KeyVariables(lang))
	}
	return text.String()
}

// KeyVariables returns the environment variables with the demo key, and a comment in the
// language.
func KeyVariables(lang errcodes.Lang) string {
	var text strings.Builder
	export := func(value string, names ...string) {
		for _, name := range names {
			text.WriteString("export " + name + "=" + Quoted(value) + "\n")
		}
	}
	text.WriteString("# " + errcodes.Message{EN: "The key: the SDKs and the CLI; Terraform; acme.sh.", ZH: "密钥：SDK 和 CLI；Terraform；acme.sh。"}.In(lang) + "\n")
	export("testid", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY", "Ali_Key")
	export("testsecret", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALICLOUD_SECRET_KEY", "Ali_Secret")
	export("cn-hangzhou", "ALIBABA_CLOUD_REGION_ID", "ALICLOUD_REGION")
	return text.String()
}

// Quoted returns a text that a shell reads as one word.
func Quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// Setting is how one client is pointed at the address of the cloud.
type Setting struct{ Client, Text string }

// Settings returns the settings of the clients that take an endpoint.
func Settings(scheme, addr string) []Setting {
	cli := "--endpoint " + addr
	if scheme == "http" {
		cli += " --insecure"
	}
	return []Setting{
		{"Go, alibaba-cloud-sdk-go", `request.SetScheme("` + strings.ToUpper(scheme) + `"); request.SetDomain("` + addr + `")`},
		{"Go, darabonba-openapi, tea-rpc", `Config{Endpoint: "` + addr + `", Protocol: "` + scheme + `"}`},
		{"Go, aliyungo", "CDN_ENDPOINT=" + scheme + "://" + addr},
		{"Node, pop-core", "endpoint: '" + scheme + "://" + addr + "'"},
		{"Node, cdn20180510, alb20200616", "new Config({endpoint: '" + addr + "', protocol: '" + scheme + "'})"},
		{"aliyun", cli},
	}
}

// Recipe is the script of one recipe of CLIENTS.md.
type Recipe struct{ Tool, Script string }

// Recipes returns the scripts of the recipes in the text of CLIENTS.md, and before them the
// script that prepares all of them, whose Tool is "".
func Recipes(clients string) (all []Recipe) {
	_, clients, _ = strings.Cut(clients, "\n## Before every recipe\n")
	before, rest, _ := strings.Cut(clients, "\n## Recipes\n")
	all = append(all, Recipe{"", scripts(before)})
	recipes, _, _ := strings.Cut(rest, "\n## ")
	for section := range strings.SplitSeq(recipes, "\n### ") {
		tool, text, _ := strings.Cut(section, "\n")
		if script := scripts(text); strings.TrimSpace(tool) != "" && script != "" {
			all = append(all, Recipe{strings.TrimSpace(tool), script})
		}
	}
	return all
}

// scripts returns the shell blocks of a text in Markdown.
func scripts(markdown string) string {
	var blocks []string
	for {
		_, block, found := strings.Cut(markdown, "```sh\n")
		if !found {
			return strings.Join(blocks, "\n")
		}
		var script string
		script, markdown, _ = strings.Cut(block, "\n```")
		blocks = append(blocks, script)
	}
}
