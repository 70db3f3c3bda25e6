package validate

import (
	"fmt"
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/message"
)

// DomainName checks a DomainName parameter: one host name of letters, digits and
// hyphens or its Unicode form, an optional leading "." or "*." for a wildcard
// domain, at most 253 octets in ASCII form. An IP address is none, nor is a name whose
// last label is all digits. It returns the lower-case ASCII form. The codes are those
// of CDN SetDomainServerCertificate.
func DomainName(domain string) (ascii string, err error) {
	c := newChecker(errcodes.SetDomainServerCertificate, Options{})
	c.verdictOnly = true
	ascii = c.checkDomainName(domain)
	return ascii, c.verdict()
}

// checkDomainName returns the lower-case ASCII form, "" if there is none.
func (c *checker) checkDomainName(domain string) (ascii string) {
	if domain == "" {
		if !c.found(errcodes.CondDomainNameMissing) { // the gateway has not refused it
			c.violate(errcodes.CondDomainNameMissing, errcodes.Position{}, message.Reason{})
		}
		return ""
	}
	ascii, reason := hostName(domain)
	if ascii == "" {
		c.violate(errcodes.CondDomainNameMalformed, errcodes.Position{}, reason)
		return ""
	}
	if c.verdictOnly {
		return ascii
	}
	if strings.HasPrefix(ascii, "*.") && writesDot(c.table.Operation) {
		c.advise(WildcardSpelling, errcodes.FieldDomainName, errcodes.Position{}, message.DomainStar.With(ascii, ascii[1:]))
	}
	if dropped, ok := droppedCharacter(domain); ok {
		c.advise(DomainCharacterDropped, errcodes.FieldDomainName, errcodes.Position{}, message.DomainDropped.With(codePoint(dropped), ascii))
	}
	return ascii
}

// writesDot reports whether the operation's product writes the wildcard domain
// *.example.com as .example.com.
func writesDot(op errcodes.Operation) bool { return op.Product() == "Cdn" || op.Product() == "dcdn" }

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
	host, ok := mapLabels(host)
	if !ok {
		return "", notHostName(domain, host, message.DomainNoASCII)
	}
	if len(prefix)+len(host) > MaxDomainName {
		return "", message.DomainTooLong.With(len(prefix)+len(host), MaxDomainName)
	}
	last := host
	for label := range strings.SplitSeq(host, ".") {
		if !isLDH(label) {
			return "", notHostName(domain, host, message.DomainBadLabel)
		}
		last = label
	}
	if strings.Trim(last, "0123456789") == "" {
		return "", notHostName(domain, host, message.DomainNumeric)
	}
	return prefix + host, message.Reason{}
}

// mapLabels returns a host name with each label in its lower-case ASCII form. A label
// in ASCII is taken as it is, whatever IDNA has against it, as it would be in a name
// without other labels. ok is false if a label has no ASCII form; the labels are
// those of the text then.
func mapLabels(host string) (mapped string, ok bool) {
	if isASCII(host) {
		return strings.ToLower(host), true
	}
	labels := strings.Split(fullStops.Replace(host), ".")
	text := strings.Join(labels, ".")
	for i, label := range labels {
		if isASCII(label) {
			labels[i] = strings.ToLower(label)
			continue
		}
		ascii, err := idna.Lookup.ToASCII(label)
		if err != nil || !utf8.ValidString(label) || strings.Contains(ascii, ".") {
			return text, false
		}
		labels[i] = ascii
	}
	return strings.Join(labels, "."), true
}

// fullStops replaces what separates labels as the full stop does (RFC 3490, section
// 3.1).
var fullStops = strings.NewReplacer("\u3002", ".", "\uff0e", ".", "\uff61", ".")

// notHostName says why a domain is not a host name: what is often pasted along with a
// name, otherwise what was found. host is the domain without a wildcard, mapped as
// far as it goes.
func notHostName(domain, host string, found message.ID) message.Reason {
	shown := quote(domain)
	space := strings.IndexFunc(domain, unicode.IsSpace)
	name, port := cutPort(host)
	switch {
	case strings.Contains(host, "://"):
		return message.DomainScheme.With(shown)
	case space >= 0:
		r, _ := utf8.DecodeRuneInString(domain[space:])
		return message.DomainSpace.With(shown, codePoint(r))
	case strings.ContainsAny(host, "/\\?#"):
		return message.DomainPath.With(shown)
	case isAddress(host):
		return message.DomainAddress.With(shown)
	case port && name != "":
		return message.DomainPort.With(shown)
	case strings.HasSuffix(host, ".") && strings.Trim(host, ".") != "":
		return message.DomainDotAtEnd.With(shown)
	default:
		return found.With(shown)
	}
}

// cutPort cuts a port off a host: a colon and what there is of digits behind it.
func cutPort(host string) (name string, found bool) {
	i := strings.LastIndexByte(host, ':')
	if i < 0 || strings.Trim(host[i+1:], "0123456789") != "" {
		return host, false
	}
	return host[:i], true
}

// isAddress reports whether a host is an IP address, with or without brackets.
func isAddress(host string) bool {
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	_, err := netip.ParseAddr(host)
	return err == nil
}

// droppedCharacter returns the first character of a host name that its ASCII form
// does not have, such as a zero-width space.
func droppedCharacter(host string) (dropped rune, found bool) {
	for _, r := range host {
		if r < utf8.RuneSelf {
			continue
		}
		if without, err := idna.Lookup.ToASCII("a" + string(r) + "b"); err == nil && without == "ab" {
			return r, true
		}
	}
	return 0, false
}

// codePoint writes a character as Unicode does, such as U+200B.
func codePoint(r rune) string { return fmt.Sprintf("%U", r) }

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
// label. A wildcard domain is covered by the same wildcard only. A name with a dot at
// its end covers nothing: OpenSSL, Go and browsers match it with no host name.
func covers(dnsNames []string, domain string) bool {
	if rest, found := strings.CutPrefix(domain, "."); found {
		domain = "*." + rest
	}
	_, parent, hasParent := strings.Cut(domain, ".")
	for _, name := range dnsNames {
		name = strings.ToLower(name)
		if name == domain {
			return true
		}
		if rest, wild := strings.CutPrefix(name, "*."); wild && hasParent && rest == parent {
			return true
		}
	}
	return false
}
