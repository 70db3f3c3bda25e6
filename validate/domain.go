package validate

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate/internal/message"
	"github.com/alicert/alicert/validate/internal/pemscan"
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
		if !c.hasFinding(errcodes.CondDomainNameMissing) { // the gateway has not refused it
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
		c.advise(DomainCharacterDropped, errcodes.FieldDomainName, errcodes.Position{}, use(message.DomainDropped.With(character(dropped), ascii), withoutFormat(domain)))
	}
	if odd, ok := symbol(domain); ok {
		c.advise(DomainCharacterUnusual, errcodes.FieldDomainName, errcodes.Position{}, withoutSymbols(message.DomainSymbol.With(visible(odd), ascii), domain))
	}
	return ascii
}

// writesDot reports whether the operation's product writes the wildcard domain
// *.example.com as .example.com. All products that accelerate domains do: the pages of
// AddVodDomain and AddLiveDomain say so, too.
func writesDot(op errcodes.Operation) bool { return setsCertificate(op) }

// hostName returns the lower-case ASCII form of a domain, or the reason why it has
// none.
func hostName(domain string) (ascii string, reason message.Reason) {
	// The Unicode form of an allowed name has far fewer bytes.
	const longest = 4 * MaxDomainName
	if len(domain) > longest {
		return "", message.DomainTooManyBytes.With(len(domain), MaxDomainName)
	}
	if strings.Contains(domain, ",") {
		return "", useOf(message.DomainList.With(), domain)
	}
	prefix, host, found := asciiName(domain)
	switch {
	case found == message.DomainTooLong:
		return "", found.With(len(prefix)+len(host), MaxDomainName)
	case found != 0:
		return "", notHostName(domain, host, found)
	}
	return prefix + host, message.Reason{}
}

// asciiName returns the wildcard of a domain and the lower-case ASCII form of the rest,
// or what keeps the rest from having one. host is mapped as far as it goes then.
func asciiName(domain string) (prefix, host string, found message.ID) {
	prefix, host = cutWildcard(domain)
	host, ok := mapLabels(host)
	if !ok {
		return prefix, host, message.DomainNoASCII
	}
	if len(prefix)+len(host) > MaxDomainName {
		return prefix, host, message.DomainTooLong
	}
	last := host
	for label := range strings.SplitSeq(host, ".") {
		if !isLDH(label) {
			return prefix, host, message.DomainBadLabel
		}
		last = label
	}
	if isNumber(last) {
		return prefix, host, message.DomainNumeric
	}
	return prefix, host, 0
}

// cutWildcard cuts what stands in front of the name of a wildcard domain.
func cutWildcard(domain string) (prefix, host string) {
	for _, p := range []string{"*.", "."} {
		if rest, found := strings.CutPrefix(domain, p); found {
			return p, rest
		}
	}
	return "", domain
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

// notHostName says why a domain is not a host name: which parts of it are too much,
// otherwise what was found. It names what remains if that is a host name. host is the
// domain without a wildcard, mapped as far as it goes.
func notHostName(domain, host string, found message.ID) message.Reason {
	shown := quote(domain)
	prefix, text := cutWildcard(domain)
	text = strings.ToLower(fullStops.Replace(text))
	name, parts := surplus(text)
	switch bad, other := badCharacter(host); {
	case isAddress(host):
		return message.DomainAddress.With(shown)
	case len(parts) > 0:
		has := parts[0]
		for _, part := range parts[1:] {
			has = message.DomainAnd.With(has, part)
		}
		reason := message.DomainHas.With(shown, has)
		if name = prefix + withoutFormat(name); isHostName(name) {
			return use(reason, name)
		}
		return useOf(reason, domain)
	case len(hostNames(domain)) > 1:
		return useOf(message.DomainList.With(), domain)
	case found == message.DomainBadLabel && other:
		return message.DomainBadCharacter.With(shown, visible(bad))
	default:
		return found.With(shown)
	}
}

// useOf adds to a reason the names of a list, or of what is one name with separators
// around it.
func useOf(reason message.Reason, list string) message.Reason {
	switch names := hostNames(list); len(names) {
	case 0:
		return reason
	case 1:
		return use(reason, names[0])
	default:
		return message.ListEach.With(reason, names[0])
	}
}

// hostNames returns the names of a list, nil if it has anything else in it.
func hostNames(list string) []string {
	names := strings.FieldsFunc(list, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;|，；、", r) })
	for i, name := range names {
		prefix, host := cutWildcard(name)
		host, _ = surplus(strings.ToLower(host))
		names[i] = prefix + withoutFormat(host)
		// White space inside a name makes two that have little in common.
		if !isHostName(names[i]) || lastLabel(names[i]) != lastLabel(names[0]) {
			return nil
		}
	}
	return names
}

func lastLabel(domain string) string { return domain[strings.LastIndexByte(domain, '.')+1:] }

// use adds to a reason what the value should be, unless that may be a secret.
func use(reason message.Reason, value string) message.Reason {
	if len(value) > longestShown || redact.Is(value) {
		return reason
	}
	return message.Use.With(reason, value)
}

func isHostName(domain string) bool {
	_, _, found := asciiName(domain)
	return found == 0
}

// surplus cuts off a host name what is often pasted along with one, and tells each part.
func surplus(host string) (name string, parts []message.Reason) {
	s := surplusOf{host: host}
	s.cutAround()
	s.cutFront()
	s.cutBehind()
	return s.host, s.parts
}

// surplusOf is a host name and what was cut off.
type surplusOf struct {
	host  string
	parts []message.Reason
}

func (s *surplusOf) cut(rest string, part message.ID, args ...any) {
	s.host = rest
	s.parts = append(s.parts, part.With(args...))
}

// cutAround cuts characters that nobody sees, and punctuation on both sides.
func (s *surplusOf) cutAround() {
	if i := strings.IndexFunc(s.host, unicode.IsSpace); i >= 0 {
		r, _ := utf8.DecodeRuneInString(s.host[i:])
		s.cut(strings.TrimSpace(s.host), message.DomainSpace, character(r))
	}
	if i := strings.IndexFunc(s.host, isFormat); i >= 0 {
		r, _ := utf8.DecodeRuneInString(s.host[i:])
		if rest := withoutFormat(s.host); isHostName(rest) && rest[0] != '.' {
			s.cut(rest, message.DomainInvisible, character(r))
		}
	}
	if rest := strings.TrimFunc(s.host, isWrapping); rest != s.host && rest != "" && !isAddress(s.host) && s.host[0] != '[' {
		beside := strings.TrimPrefix(s.host, rest)
		r, _ := utf8.DecodeRuneInString(beside)
		s.cut(rest, message.DomainBeside, visible(r))
	}
}

// cutFront cuts what stands in front of the host in a URL or in the text of a
// certificate.
func (s *surplusOf) cutFront() {
	if scheme, rest, found := strings.Cut(s.host, "://"); found {
		s.cut(rest, message.DomainScheme, shortened(scheme+"://"))
	}
	if rest := strings.TrimLeft(s.host, `/\`); rest != s.host && rest != "" {
		s.cut(rest, message.DomainSlashes, shortened(s.host[:len(s.host)-len(rest)]))
	}
	for _, front := range []string{"dns:", "cn="} {
		if rest, found := strings.CutPrefix(s.host, front); found && rest != "" {
			s.cut(rest, message.DomainPrefix, front)
		}
	}
}

// cutBehind cuts what stands behind the host in a URL, and the name in front of an @.
func (s *surplusOf) cutBehind() {
	if i := strings.IndexAny(s.host, `/\?#`); i >= 0 {
		s.cut(s.host[:i], message.DomainPath, shortened(s.host[i:]))
	}
	if i := strings.LastIndexByte(s.host, '@'); i >= 0 {
		s.cut(s.host[i+1:], message.DomainMail)
	}
	if name, found := cutPort(s.host); found && name != "" && !isAddress(s.host) {
		s.cut(name, message.DomainPort, shortened(s.host[len(name):]))
	}
	if rest := strings.TrimRight(s.host, "."); rest != s.host && rest != "" {
		s.cut(rest, message.DomainDotAtEnd)
	}
	if len(s.parts) > 0 && !isAddress(s.host) {
		s.host = strings.TrimFunc(s.host, isWrapping) // such as a parenthesis in front of a full stop
	}
}

// isFormat reports whether a character is one that nobody sees, such as a zero-width
// joiner.
func isFormat(r rune) bool { return unicode.Is(unicode.Cf, r) }

// withoutFormat leaves such characters out.
func withoutFormat(text string) string {
	return strings.Map(func(r rune) rune {
		if isFormat(r) {
			return -1
		}
		return r
	}, text)
}

// isWrapping reports whether a character is one that texts put around a value or behind
// it.
func isWrapping(r rune) bool {
	return strings.ContainsRune("\"'`“”‘’«»<>()[]{}（）【】《》「」,;，；、。|", r)
}

// badCharacter returns the first character of a host in ASCII that no host name has.
func badCharacter(host string) (bad rune, found bool) {
	if !isASCII(host) {
		return 0, false
	}
	for _, r := range host {
		if !isLDH(string(r)) && r != '-' && r != '.' {
			return r, true
		}
	}
	return 0, false
}

// visible writes a character of a value with its code point, such as U+005F '_'.
func visible(r rune) string {
	if name := character(r); name != codePoint(r) {
		return name
	}
	return fmt.Sprintf("%#U", r)
}

// shortened cuts a part of a value for display.
func shortened(part string) string {
	const longest = 20
	return cutAt(part, longest)
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

// symbol returns the first character of a host name that no name of a registry has,
// although it has an ASCII form: neither a letter nor a digit, such as a typographic
// quotation mark. IDNA 2008 (RFC 5892) excludes them, but for those that have rules of
// their own.
func symbol(host string) (odd rune, found bool) {
	const ruled = "·ͺ׳״・་۽۾。．｡"
	for _, r := range host {
		if r >= utf8.RuneSelf && !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.Cf) && !strings.ContainsRune(ruled, r) {
			return r, true
		}
	}
	return 0, false
}

// withoutSymbols adds to a reason what a name with symbols should be: dashes stand for
// hyphens, and others were put around it or between the names of a list.
func withoutSymbols(reason message.Reason, domain string) message.Reason {
	plain := strings.Map(func(r rune) rune {
		if pemscan.IsDash(r) {
			return '-'
		}
		return r
	}, domain)
	for _, name := range hostNames(plain) {
		if _, odd := symbol(name); odd {
			return reason
		}
	}
	return useOf(reason, plain)
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

// coveredBy returns the first of a certificate's names that covers a domain in
// lower-case ASCII form, "" for none: the same name, or a wildcard in place of its first
// label. A wildcard domain is covered by the same wildcard only. A name with a dot at
// its end covers nothing: OpenSSL, Go and browsers match it with no host name.
func coveredBy(dnsNames []string, domain string) string {
	if rest, found := strings.CutPrefix(domain, "."); found {
		domain = "*." + rest
	}
	_, parent, hasParent := strings.Cut(domain, ".")
	for _, given := range dnsNames {
		name := strings.ToLower(given)
		if rest, wild := strings.CutPrefix(name, "*."); name == domain || wild && hasParent && rest == parent {
			return given
		}
	}
	return ""
}

// NamesSite reports whether one of the certificate's names covers a site, given by its
// lower-case ASCII name, or is that of a host below it.
func (l *Leaf) NamesSite(site string) bool { return namesSite(strings.Split(l.Names, ","), site) }

func namesSite(dnsNames []string, site string) bool {
	return coveredBy(dnsNames, site) != "" || slices.ContainsFunc(dnsNames, func(name string) bool {
		return strings.HasSuffix(strings.ToLower(name), "."+site)
	})
}

// checkSite checks whether a certificate is for a site whose name the caller knows. The
// service looks at more of the site before it, so the answer may be another.
func (c *checker) checkSite(ch chain, site string) {
	if site == "" || ch.leaf == nil || !c.ofSite() || namesSite(ch.leaf.DNSNames, site) {
		return
	}
	c.record(finding{cond: errcodes.CondSiteNotCovered, at: ch.leaf.at, reason: message.NotOfSite.With(site), provisional: true})
}

// adviseCoverage says of the domain of the request, in ASCII form, "" for none, and of
// the domains of the options, each once, whether a certificate covers them.
func (c *checker) adviseCoverage(leaf parsed, domain string) {
	var known map[string]bool // nil for one name
	if len(c.opts.Domains) > 0 {
		known = make(map[string]bool, 1+len(c.opts.Domains))
	}
	look := func(name string, reason message.Reason) {
		if known[name] {
			return
		}
		if known != nil {
			known[name] = true
		}
		coverage := NameCoverage{Domain: cut(name)}
		if reason.IsZero() {
			coverage.By = coveredBy(leaf.DNSNames, name)
			reason = message.NotCovered.With(name)
		}
		if coverage.By == "" {
			n := note{id: DomainNotCovered, field: errcodes.FieldCertificate, at: leaf.at, reason: reason}
			if name == domain && c.hasFinding(errcodes.CondSiteNotCovered) {
				n.follows = errcodes.CondSiteNotCovered.String()
			}
			c.note(n)
		}
		coverage.Covered, coverage.By = coverage.By != "", cut(coverage.By)
		c.names = append(c.names, coverage)
	}
	if domain != "" {
		look(domain, message.Reason{})
	}
	for _, given := range c.opts.Domains {
		ascii, reason := hostName(given)
		look(cmp.Or(ascii, given), reason)
	}
}
