package validate

import (
	"net"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/alicert/alicert/errcodes"
)

// DomainName checks a DomainName parameter: one host name of letters, digits and
// hyphens or its Unicode form, an optional leading "." or "*." for a wildcard
// domain, at most 253 octets in ASCII form. It returns the lower-case ASCII
// form. The codes are those of CDN SetDomainServerCertificate.
func DomainName(domain string) (ascii string, err error) {
	c := newChecker(errcodes.SetDomainServerCertificate, Options{})
	ascii = c.checkDomainName(domain)
	return ascii, c.verdict()
}

// checkDomainName returns the lower-case ASCII form, "" if there is none.
func (c *checker) checkDomainName(domain string) (ascii string) {
	if domain == "" {
		c.violate(errcodes.CondDomainNameMissing, errcodes.Position{}, errcodes.Message{})
		return ""
	}
	ascii, reason := hostName(domain)
	if ascii == "" {
		c.violate(errcodes.CondDomainNameMalformed, errcodes.Position{}, reason)
	}
	return ascii
}

// hostName returns the lower-case ASCII form of a domain, or what is wrong with
// it.
func hostName(domain string) (ascii string, reason errcodes.Message) {
	// Far more than any Unicode form of a name in bounds has.
	const longest = 4 * MaxDomainName
	if len(domain) > longest {
		return "", say("%[1]d bytes; a host name has at most %[2]d octets in ASCII form", "%[1]d 字节；主机名的 ASCII 形式最多 %[2]d 个字节", len(domain), MaxDomainName)
	}
	if strings.Contains(domain, ",") {
		return "", say("a list; this operation takes one domain", "是一个列表；该接口每次只接受一个域名")
	}
	prefix, host := "", domain
	for _, p := range []string{"*.", "."} {
		if rest, found := strings.CutPrefix(domain, p); found {
			prefix, host = p, rest
			break
		}
	}
	if !isASCII(host) {
		toASCII, err := idna.Lookup.ToASCII(host)
		if err != nil || !utf8.ValidString(host) {
			q := quote(domain)
			return "", errcodes.Message{
				EN: q.EN + " is not a host name: it has no ASCII form (IDNA)",
				ZH: q.ZH + " 不是主机名：没有合法的 ASCII 形式（IDNA）",
			}
		}
		host = toASCII
	}
	host = strings.ToLower(host)
	if len(prefix)+len(host) > MaxDomainName {
		return "", say("%[1]d octets in ASCII form; a host name has at most %[2]d", "ASCII 形式为 %[1]d 个字节；主机名最多 %[2]d 个字节", len(prefix)+len(host), MaxDomainName)
	}
	for label := range strings.SplitSeq(host, ".") {
		if !isLDH(label) {
			q := quote(domain)
			return "", errcodes.Message{
				EN: q.EN + " is not a host name: each label has 1 to 63 letters, digits and inner hyphens",
				ZH: q.ZH + " 不是主机名：每一段应为 1 至 63 个字母、数字或中间的连字符",
			}
		}
	}
	return prefix + host, errcodes.Message{}
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// isLDH reports whether a label in lower case is made of letters, digits and inner
// hyphens.
func isLDH(label string) bool {
	if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
		return false
	}
	for i := range len(label) {
		switch c := label[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-':
		default:
			return false
		}
	}
	return true
}

// covers reports whether one of a certificate's names covers a domain in
// lower-case ASCII form: the same name, or a wildcard in place of its first
// label. A wildcard domain is covered by the same wildcard only.
func covers(dnsNames []string, addresses []net.IP, domain string) bool {
	if ip := net.ParseIP(domain); ip != nil {
		for _, a := range addresses {
			if a.Equal(ip) {
				return true
			}
		}
		return false
	}
	if rest, found := strings.CutPrefix(domain, "."); found {
		domain = "*." + rest
	}
	_, parent, hasParent := strings.Cut(domain, ".")
	for _, name := range dnsNames {
		name = strings.ToLower(strings.TrimSuffix(name, "."))
		if name == domain {
			return true
		}
		if rest, wild := strings.CutPrefix(name, "*."); wild && hasParent && rest == parent {
			return true
		}
	}
	return false
}
