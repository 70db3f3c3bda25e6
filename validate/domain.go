package validate

import (
	"net"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/message"
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
		c.violate(errcodes.CondDomainNameMissing, errcodes.Position{}, message.Reason{})
		return ""
	}
	ascii, reason := hostName(domain)
	if ascii == "" {
		c.violate(errcodes.CondDomainNameMalformed, errcodes.Position{}, reason)
	}
	return ascii
}

// hostName returns the lower-case ASCII form of a domain, or the reason why it has
// none.
func hostName(domain string) (ascii string, reason message.Reason) {
	// The Unicode form of an allowed name has far fewer bytes.
	const longest = 4 * MaxDomainName
	if len(domain) > longest {
		return "", message.DomainTooManyBytes.With(len(domain), MaxDomainName)
	}
	if strings.Contains(domain, ",") {
		return "", message.DomainList.With()
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
			return "", message.DomainNoASCII.With(quote(domain))
		}
		host = toASCII
	}
	host = strings.ToLower(host)
	if len(prefix)+len(host) > MaxDomainName {
		return "", message.DomainTooLong.With(len(prefix)+len(host), MaxDomainName)
	}
	for label := range strings.SplitSeq(host, ".") {
		if !isLDH(label) {
			return "", message.DomainBadLabel.With(quote(domain))
		}
	}
	return prefix + host, message.Reason{}
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
