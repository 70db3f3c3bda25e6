package main

import (
	"net"
	"net/netip"
	"strings"
)

// environment returns the environment variables that lead clients to the cloud: those that
// select the proxy, those that trust the authority, and those with the key. Each line is a
// comment or an export for a shell.
func (o *options) environment(addr string, a *authority) string {
	var text strings.Builder
	host, port, _ := net.SplitHostPort(addr)
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	proxy := "http://" + net.JoinHostPort(host, port)
	export := func(value string, names ...string) {
		for _, name := range names {
			text.WriteString("export " + name + "=" + quoted(value) + "\n")
		}
	}
	comment := func(line string) { text.WriteString("# " + line + "\n") }

	comment("The proxy. It stands for every host of aliyuncs.com and connects to none.")
	export(proxy, "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")
	comment("Node takes the proxy from version 24 on. For earlier ones give the client an endpoint.")
	export("1", "NODE_USE_ENV_PROXY")
	comment("The authority: Go, OpenSSL, Python and Ruby; curl and acme.sh; requests for Python; Node.")
	export(a.certFile, "SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
	comment("Java: the proxy and the authority.")
	var java []string
	for _, property := range []string{
		"http.proxyHost=" + host, "http.proxyPort=" + port, "https.proxyHost=" + host, "https.proxyPort=" + port,
		"javax.net.ssl.trustStore=" + a.storeFile, "javax.net.ssl.trustStoreType=JKS", "javax.net.ssl.trustStorePassword=" + storePassword,
	} {
		if strings.ContainsAny(property, " '") {
			property = `"` + property + `"`
		}
		java = append(java, "-D"+property)
	}
	export(strings.Join(java, " "), "JAVA_TOOL_OPTIONS")
	if !o.demoKey {
		return text.String()
	}
	comment("The key: the SDKs and the CLI; Terraform; acme.sh.")
	export("testid", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY", "Ali_Key")
	export("testsecret", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALICLOUD_SECRET_KEY", "Ali_Secret")
	export("cn-hangzhou", "ALIBABA_CLOUD_REGION_ID", "ALICLOUD_REGION")
	return text.String()
}

// quoted returns a text that a shell reads as one word.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
