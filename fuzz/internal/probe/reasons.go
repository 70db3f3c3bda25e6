package probe

import (
	"strings"

	"github.com/alicert/alicert/errcodes"
)

// Reasons are why a request cannot succeed, each of which is enough. The first one is that
// there is no target, where there could be one; a request with no other reason is marked
// with T.
func (c *Case) Reasons() []errcodes.Message {
	var reasons []errcodes.Message
	add := func(en, zh string) { reasons = append(reasons, say(en, zh)) }
	if c.Operation == 0 {
		add("no operation has this name, so the request ends before every service", "不存在这个名称的接口，请求到不了任何服务")
	}
	if c.about(CDN) {
		if domain, _ := c.value("DomainName"); domain == "" {
			add("no domain is named", "没有指定域名")
		} else {
			add("the domain is new, random and below .invalid, a name that no account can have", "域名为随机生成且以 .invalid 结尾，任何账号都不可能拥有")
		}
	}
	if c.about(ALBDry) {
		add("the listener id is new and random, so that no listener has it", "监听 ID 为随机生成，不存在这个监听")
		add("it names no certificate that exists", "没有指定任何存在的证书")
	}
	if c.certificate() == nothing {
		add("the certificate is the letter x", "证书只是字母 x")
	}
	if c.key() == nothing {
		add("the key is the letter x", "私钥只是字母 x")
	}
	if !c.Tests.IsZero() {
		reasons = append(reasons, c.Tests)
	}
	if c.foreignKey() {
		add("the key is not that of the certificate; the two that belong together are never sent", "私钥与证书不匹配，匹配的那一对从不发送")
	}
	return reasons
}

// Trusting reports whether the unknown target is the only reason: the mark T. Such a
// request has nothing that could be stored.
func (c *Case) Trusting() bool { return len(c.Reasons()) == 1 }

// Mark is what stands behind the name of a case: " [T]" for a trusting one, or nothing.
func (c *Case) Mark() string {
	if c.Trusting() {
		return " [T]"
	}
	return ""
}

// foreignKey reports whether a certificate is sent with a key that is not its own.
func (c *Case) foreignKey() bool {
	return strings.HasPrefix(c.key(), "@key/other-") && strings.HasPrefix(c.certificate(), "@cert/")
}

func (c *Case) certificate() string {
	for _, name := range []string{"SSLPub", "Cert"} {
		if value, is := c.value(name); is {
			return value
		}
	}
	return ""
}

func (c *Case) key() string {
	for _, name := range []string{"SSLPri", "Key"} {
		if value, is := c.value(name); is {
			return value
		}
	}
	return ""
}

// about reports whether the request goes to the product of a group. DCDN counts as CDN.
func (c *Case) about(g Group) bool {
	switch c.Endpoint.Product {
	case "cdn", "dcdn":
		return g == CDN
	case "alb":
		return g == ALBDry
	default:
		return g == Center
	}
}

// Risk is what could go wrong although the request cannot succeed.
func (c *Case) Risk() errcodes.Message {
	switch {
	case c.Operation == 0:
		return say("nothing: no service sees it", "没有风险：请求不会到达任何服务")
	case c.Trusting():
		return say(
			"nothing to store is sent; if this is not refused as unknown, send.sh stops at once",
			"未携带任何可保存的内容；若返回的不是“不存在”，send.sh 立即停止")
	case c.about(ALBDry):
		return say(
			"if the product ignored DryRun, there would still be no listener and no certificate to change",
			"即使产品忽略 DryRun，也没有可改动的监听和证书")
	case c.Group == Center:
		return say(
			"if the center took it against all reason, a certificate for a name below .invalid would lie there until it is deleted; the list before and after shows it",
			"万一证书中心接受了它，会多出一张 .invalid 域名的证书，可删除；前后两次列表会显示")
	default:
		return say(
			"if the service stored certificates before it looks for the domain, this one would still be refused; the list before and after shows it",
			"即使服务先保存证书再查找域名，这个请求仍会被拒绝；前后两次列表会显示")
	}
}
