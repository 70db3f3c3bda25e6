package validate_test

import (
	"crypto/rsa"
	"crypto/x509"
	"math/big"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// An input is a request of either operation with the options to judge it by.
type input struct {
	op   errcodes.Operation
	cdn  validate.CDNRequest
	alb  validate.ALBRequest
	opts validate.Options
}

func (in *input) request() validate.Request {
	if in.op == errcodes.SetDomainServerCertificate {
		return &in.cdn
	}
	return &in.alb
}

func (in *input) report() *validate.Report { return validate.Check(in.request(), in.opts) }
func (in *input) verdict() error           { return validate.Verdict(in.request(), in.opts) }

// soundInput is a request without fault, which the cases start from.
func soundInput(tb testing.TB, op errcodes.Operation) *input {
	tb.Helper()
	in := &input{op: op, opts: validate.Options{At: inPeriod}}
	if op == errcodes.SetDomainServerCertificate {
		in.cdn = validate.CDNRequest{
			DomainName:  "www.example.com",
			Status:      "on",
			Certificate: pkiFile(tb, "p256/chain3.pem"),
			PrivateKey:  secretFile(tb, "p256/key.pem"),
		}
		return in
	}
	in.alb = validate.ALBRequest{
		ListenerID:     "lsn-example",
		CertificateIDs: []string{"1234567-cn-hangzhou"},
	}
	return in
}

// A requestCase is a request that earns a condition, or one that only just does
// not.
type requestCase struct {
	op     errcodes.Operation
	of     errcodes.Condition // what the case is about
	earned bool
	name   string
	edit   func(*input)         // makes the case from a sound request
	reason string               // a part of the English reason, where there is one
	also   []errcodes.Condition // what cannot be avoided beside it
}

func (c requestCase) fullName() string {
	verdict := "passes"
	if c.earned {
		verdict = "refused"
	}
	return c.op.String() + "/" + c.of.String() + "/" + verdict + "/" + c.name
}

func (c requestCase) input(tb testing.TB) *input {
	tb.Helper()
	in := soundInput(tb, c.op)
	c.edit(in)
	return in
}

// want is the conditions of the report in order.
func (c requestCase) want() []errcodes.Condition {
	want := slices.Clone(c.also)
	if c.earned {
		want = append(want, c.of)
	}
	slices.SortFunc(want, func(a, b errcodes.Condition) int { return c.op.Table().Rank(a) - c.op.Table().Rank(b) })
	return want
}

// conditionsOf lists what a report holds.
func conditionsOf(r *validate.Report) []errcodes.Condition {
	var conditions []errcodes.Condition
	for _, v := range r.Violations {
		conditions = append(conditions, v.Condition)
	}
	return conditions
}

// A casesOf collects the cases of one operation.
type casesOf struct {
	op    errcodes.Operation
	cases []requestCase
}

func (c *casesOf) add(of errcodes.Condition, earned bool, name, reason string, edit func(*input), also ...errcodes.Condition) {
	c.cases = append(c.cases, requestCase{c.op, of, earned, name, edit, reason, also})
}

func (c *casesOf) refused(of errcodes.Condition, name, reason string, edit func(*input), also ...errcodes.Condition) {
	c.add(of, true, name, reason, edit, also...)
}

func (c *casesOf) passes(of errcodes.Condition, name string, edit func(*input), also ...errcodes.Condition) {
	c.add(of, false, name, "", edit, also...)
}

// Edits of a request.

func domain(name string) func(*input) { return func(in *input) { in.cdn.DomainName = name } }

func status(s string) func(*input)   { return func(in *input) { in.cdn.Status = s } }
func certType(t string) func(*input) { return func(in *input) { in.cdn.CertType = t } }
func forceSet(f string) func(*input) { return func(in *input) { in.cdn.Overwrite = f } }
func certName(n string) func(*input) { return func(in *input) { in.cdn.CertName = n } }
func cert(text string) func(*input)  { return func(in *input) { in.cdn.Certificate = text } }
func at(t time.Time) func(*input)    { return func(in *input) { in.opts.At = t } }

func privateKey(text string) func(*input) {
	return func(in *input) { in.cdn.PrivateKey = validate.NewSecret(text) }
}

func listener(id string) func(*input) { return func(in *input) { in.alb.ListenerID = id } }
func token(t string) func(*input)     { return func(in *input) { in.alb.ClientToken = t } }

func ids(all ...string) func(*input) { return func(in *input) { in.alb.CertificateIDs = all } }

// wireDryRun takes the parameter in its wire form, the only one in which it can
// be malformed.
func wireDryRun(value string) func(*input) {
	return func(in *input) {
		wire := parseALB(url.Values{"DryRun": {value}})
		in.alb.DryRun, in.alb.Malformed.DryRun = wire.DryRun, wire.Malformed.DryRun
	}
}

// unknownID is the only id that the look-up of the cases does not know.
const unknownID = "7654321-cn-hangzhou"

// lookUp gives every id but one the same certificate.
func lookUp(text string) func(*input) {
	return func(in *input) {
		in.opts.Certificate = func(id string) (string, bool) {
			return text, id != unknownID
		}
	}
}

func all(edits ...func(*input)) func(*input) {
	return func(in *input) {
		for _, edit := range edits {
			edit(in)
		}
	}
}

// requestCases is the table over both operations.
func requestCases(tb testing.TB) []requestCase {
	tb.Helper()
	return slices.Concat(parameterCases(), materialCases(tb), certificateFormCases(tb), keyFormCases(tb), contentCases(tb), albCases(tb))
}

// parameterCases are about what is neither certificate nor key.
func parameterCases() []requestCase {
	c := &casesOf{op: errcodes.SetDomainServerCertificate}
	label63 := strings.Repeat("a", 63)
	longest := strings.Join([]string{label63, label63, label63, strings.Repeat("a", 61)}, ".") // 253 octets

	c.refused(errcodes.CondDomainNameMissing, "empty", "", domain(""))
	c.passes(errcodes.CondDomainNameMissing, "one letter", domain("a"))

	const malformed = errcodes.CondDomainNameMalformed
	c.refused(malformed, "comma list", "a list", domain("a.example.com,b.example.com"))
	c.refused(malformed, "comma at the end", "a list", domain("a.example.com,"))
	c.refused(malformed, "254 octets", "254 octets", domain(longest+"a"))
	c.passes(malformed, "253 octets", domain(longest))
	c.refused(malformed, "253 octets and a leading dot", "254 octets", domain("."+longest))
	c.refused(malformed, "254 octets in ASCII form only", "octets", domain(longest[:192]+strings.Repeat("中", 56)))
	c.passes(malformed, "253 octets in ASCII form", domain(longest[:192]+strings.Repeat("中", 55)))
	c.refused(malformed, "more bytes than any form of a name has", "bytes", domain(strings.Repeat("a", 1013)))
	c.refused(malformed, "label of 64 octets", "1 to 63", domain(label63+"a.example.com"))
	c.passes(malformed, "label of 63 octets", domain(label63+".example.com"))
	c.refused(malformed, "underscore", "not a host name", domain("_dmarc.example.com"))
	c.passes(malformed, "hyphen", domain("d-marc.example.com"))
	c.refused(malformed, "label begins with a hyphen", "inner hyphens", domain("-a.example.com"))
	c.refused(malformed, "label ends with a hyphen", "inner hyphens", domain("a-.example.com"))
	c.refused(malformed, "trailing dot", "not a host name", domain("www.example.com."))
	c.refused(malformed, "two dots", "not a host name", domain("www..example.com"))
	c.refused(malformed, "two leading dots", "not a host name", domain("..example.com"))
	c.refused(malformed, "two leading dots of an IDN", "not a host name", domain("..中国.example"))
	c.refused(malformed, "dot only", "not a host name", domain("."))
	c.passes(malformed, "leading dot", domain(".example.com"))
	c.refused(malformed, "star only", "not a host name", domain("*"))
	c.refused(malformed, "star and dot only", "not a host name", domain("*."))
	c.refused(malformed, "two wildcards", "not a host name", domain("*.*.example.com"))
	c.refused(malformed, "wildcard inside a label", "not a host name", domain("w*.example.com"))
	c.refused(malformed, "wildcard not in front", "not a host name", domain("www.*.com"))
	c.passes(malformed, "wildcard", domain("*.example.com"))
	c.refused(malformed, "leading space", "not a host name", domain(" www.example.com"))
	c.refused(malformed, "trailing line break", "not a host name", domain("www.example.com\n"))
	c.refused(malformed, "white space only", "not a host name", domain(" "))
	c.refused(malformed, "port", "not a host name", domain("www.example.com:443"))
	c.refused(malformed, "URL", "not a host name", domain("https://www.example.com/"))
	c.refused(malformed, "NUL", "not a host name", domain("www.example.com\x00"))
	c.passes(malformed, "upper case", domain("WWW.EXAMPLE.COM"))
	c.passes(malformed, "IDN", domain("中国.example"))
	c.passes(malformed, "IDN in ASCII form", domain("xn--fiqs8s.example"))
	c.passes(malformed, "wildcard IDN", domain("*.中国.example"))
	c.passes(malformed, "leading dot of an IDN", domain(".中国.example"))
	c.passes(malformed, "ideographic full stops", domain("www。中国。example"))
	c.refused(malformed, "IDN with a disallowed character", "IDNA", domain("中国☃︎\u200b_.example"))
	c.refused(malformed, "IDN with a space", "IDNA", domain("中 国.example"))
	c.refused(malformed, "IDN with a space, too long to be shown", "a value of 75 bytes", domain("中 国."+strings.Repeat("a", 63)+".com"))
	c.refused(malformed, "invalid UTF-8", "IDNA", domain("\xff.example"))
	c.passes(malformed, "address", domain("192.0.2.1"))
	c.refused(malformed, "IPv6 address", "not a host name", domain("2001:db8::1"))

	const unsupportedStatus = errcodes.CondStatusUnsupported
	c.refused(unsupportedStatus, "ON", `"ON"`, status("ON"))
	c.refused(unsupportedStatus, "on and a space", `"on "`, status("on "))
	c.refused(unsupportedStatus, "true", `"true"`, status("true"))
	c.refused(unsupportedStatus, "just short enough to be shown", `"`+strings.Repeat("n", 63)+`"`, status(strings.Repeat("n", 63)))
	c.refused(unsupportedStatus, "too long to be shown", "a value of 64 bytes", status(strings.Repeat("n", 64)))
	c.passes(unsupportedStatus, "on", status("on"))
	c.passes(unsupportedStatus, "off", status("off"))
	c.passes(unsupportedStatus, "absent means off", all(status(""), cert("damaged")))

	const unsupportedType = errcodes.CondCertTypeUnsupported
	c.refused(unsupportedType, "other word", `"csr"`, certType("csr"))
	c.refused(unsupportedType, "UPLOAD", `"UPLOAD"`, certType("UPLOAD"))
	c.passes(unsupportedType, "absent means upload", certType(""))
	c.passes(unsupportedType, "upload", certType("upload"))
	c.passes(unsupportedType, "cas", all(certType("cas"), certName("shop")))
	c.passes(unsupportedType, "free", certType("free"))

	const unsupportedForce = errcodes.CondForceSetUnsupported
	c.refused(unsupportedForce, "2", `"2"`, forceSet("2"))
	c.refused(unsupportedForce, "true", `"true"`, forceSet("true"))
	c.passes(unsupportedForce, "absent", forceSet(""))
	c.passes(unsupportedForce, "0", forceSet("0"))
	c.passes(unsupportedForce, "1", forceSet("1"))

	const malformedName, longName = errcodes.CondCertNameMalformed, errcodes.CondCertNameTooLong
	c.refused(malformedName, "line break", "control character", certName("shop\n"))
	c.refused(malformedName, "NUL", "control character", certName("sh\x00op"))
	c.refused(malformedName, "DEL", "control character", certName("shop\x7f"))
	c.refused(malformedName, "C1 control", "control character", certName("shop\u0085"))
	c.refused(malformedName, "invalid UTF-8", "UTF-8", certName("shop\xff"))
	c.refused(malformedName, "cut inside a character", "UTF-8", certName("中国"[:4]))
	c.passes(malformedName, "space", certName("my shop"))
	c.passes(malformedName, "absent", certName(""))
	c.refused(longName, "129 ASCII characters", "129 characters", certName(strings.Repeat("a", 129)))
	c.passes(longName, "128 ASCII characters", certName(strings.Repeat("a", 128)))
	c.refused(longName, "129 Chinese characters", "129 characters", certName(strings.Repeat("证", 129)))
	c.passes(longName, "128 Chinese characters", certName(strings.Repeat("证", 128)))
	c.refused(longName, "129 emoji", "516 bytes", certName(strings.Repeat("🔒", 129)))
	c.passes(longName, "128 emoji", certName(strings.Repeat("🔒", 128)))
	// A family is one emoji on the screen and seven code points.
	c.refused(longName, "19 families", "133 characters", certName(strings.Repeat("👨‍👩‍👧‍👦", 19)))
	c.passes(longName, "18 families", certName(strings.Repeat("👨‍👩‍👧‍👦", 18)))
	c.refused(longName, "513 bytes", "513 bytes", certName(strings.Repeat("🔒", 128)+"a"))
	c.refused(longName, "513 bytes that are not UTF-8 are not read", "513 bytes", certName(strings.Repeat("\xff", 513)))
	c.refused(longName, "512 bytes", "512 characters", certName(strings.Repeat("a", 512)))
	return c.cases
}

// materialCases are about absence and length of certificate and key.
func materialCases(tb testing.TB) []requestCase {
	tb.Helper()
	c := &casesOf{op: errcodes.SetDomainServerCertificate}
	cas := certType("cas")

	const unidentified = errcodes.CondCertificateUnidentified
	c.refused(unidentified, "neither name nor certificate", "", all(cas, cert("")))
	c.refused(unidentified, "nothing at all", "", all(cas, cert(""), privateKey("")))
	c.passes(unidentified, "name", all(cas, cert(""), privateKey(""), certName("shop")))
	c.passes(unidentified, "certificate", all(cas, privateKey("")))

	c.refused(errcodes.CondCertificateMissing, "upload", "", all(certType("upload"), cert("")))
	c.refused(errcodes.CondCertificateMissing, "type absent", "", cert(""))
	c.passes(errcodes.CondCertificateMissing, "free", all(certType("free"), cert("")))
	c.passes(errcodes.CondCertificateMissing, "off", all(status("off"), cert("")))
	c.refused(errcodes.CondPrivateKeyMissing, "upload", "", all(certType("upload"), privateKey("")))
	c.refused(errcodes.CondPrivateKeyMissing, "type absent", "", privateKey(""))
	c.passes(errcodes.CondPrivateKeyMissing, "cas", all(cas, certName("shop"), privateKey("")))
	c.passes(errcodes.CondPrivateKeyMissing, "free", all(certType("free"), privateKey("")))

	chain, key := pkiFile(tb, "p256/chain3.pem"), pkiFile(tb, "p256/key.pem")
	pad := func(text string, length int) string { return strings.Repeat("\n", length-len(text)) + text }
	certLimit := func(n int) func(*input) { return func(in *input) { in.opts.CertificateLimit = n } }
	keyLimit := func(n int) func(*input) { return func(in *input) { in.opts.PrivateKeyLimit = n } }

	const longCert, longKey = errcodes.CondCertificateTooLong, errcodes.CondPrivateKeyTooLong
	c.refused(longCert, "64 KiB and a byte", "65537 bytes; the limit is 65536", cert(pad(chain, 64<<10+1)))
	c.passes(longCert, "64 KiB", cert(pad(chain, 64<<10)))
	c.refused(longCert, "own limit and a byte", "the limit is 2206", certLimit(len(chain)-1))
	c.passes(longCert, "own limit", certLimit(len(chain)))
	c.passes(longCert, "no limit", all(certLimit(-1), cert(pad(chain, 1<<17))))
	c.refused(longCert, "nothing but white space", "65537 bytes", cert(pad("", 64<<10+1)))
	c.refused(longKey, "16 KiB and a byte", "16385 bytes; the limit is 16384", privateKey(pad(key, 16<<10+1)))
	c.passes(longKey, "16 KiB", privateKey(pad(key, 16<<10)))
	c.refused(longKey, "own limit and a byte", "the limit is 226", keyLimit(len(key)-1))
	c.passes(longKey, "own limit", keyLimit(len(key)))
	c.passes(longKey, "no limit", all(keyLimit(-1), privateKey(pad(key, 1<<17))))
	c.refused(longKey, "nothing but white space", "16385 bytes", privateKey(pad("", 16<<10+1)))

	const blankKey = errcodes.CondPrivateKeyBlank
	c.refused(blankKey, "space", "white space", privateKey(" "))
	c.refused(blankKey, "tab", "white space", privateKey("\t"))
	c.refused(blankKey, "CR", "white space", privateKey("\r"))
	c.refused(blankKey, "LF", "white space", privateKey("\n"))
	c.refused(blankKey, "all of them", "white space", privateKey(" \t\r\n\r\n"))
	for _, label := range []string{"RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY"} {
		c.refused(blankKey, "empty block "+label, "block is empty", privateKey("-----BEGIN "+label+"-----\n-----END "+label+"-----\n"))
	}
	c.refused(blankKey, "block of white space", "block is empty", privateKey("-----BEGIN PRIVATE KEY-----\n \t\n\n-----END PRIVATE KEY-----\n"))
	c.refused(blankKey, "empty block behind parameters", "block is empty", privateKey("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n-----BEGIN EC PRIVATE KEY-----\n-----END EC PRIVATE KEY-----\n"))
	c.passes(blankKey, "white space around a key", privateKey(" \n"+key+"\n"))
	c.passes(blankKey, "other space is text", privateKey("\v"), errcodes.CondPrivateKeyNotPEM)
	c.passes(blankKey, "two empty blocks", privateKey(strings.Repeat("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n", 2)), errcodes.CondPrivateKeyNotPEM)
	c.passes(blankKey, "cas with a name and no key", all(cas, certName("shop"), privateKey("")))
	return c.cases
}

// A form is a text of certificate or key with a damage of its form.
type form struct {
	name, reason string
	text         string
}

// armourDamages are what can be wrong with the armour of one sound block.
func armourDamages(tb testing.TB, text string) []form {
	tb.Helper()
	firstLine, _, _ := strings.Cut(text, "\n")
	label := strings.TrimSuffix(strings.TrimPrefix(firstLine, "-----BEGIN "), "-----")
	begin, end := firstLine, "-----END "+label+"-----"
	damage := func(old, by string) string { return replacing(tb, old, by)(text) }
	return []form{
		{"indented BEGIN", "indented", damage(begin, " "+begin)},
		{"indented END", "indented", damage(end, "\t"+end)},
		{"four dashes in front", "five dashes", damage(begin, begin[1:])},
		{"six dashes in front", "five dashes", damage(begin, "-"+begin)},
		{"four dashes behind", "five dashes", damage(begin, begin[:len(begin)-1])},
		{"six dashes behind", "five dashes", damage(begin, begin+"-")},
		{"four dashes before END", "five dashes", damage(end, end[1:])},
		{"text behind the dashes", "follows the dashes", damage(begin, begin+"x")},
		{"line break behind BEGIN lost", "follows the dashes", damage(begin+"\n", begin)},
		{"all line breaks lost", "one line", strings.ReplaceAll(text, "\n", "")},
		{"dashes of a word processor", "", damage(begin, strings.ReplaceAll(begin, "--", "—"))},
		{"two spaces in the label", "label", damage(begin, replacing(tb, "BEGIN ", "BEGIN  ")(begin))},
		{"stray CR", "stray carriage return", damage(begin, begin+"\r\r")},
		{"END without BEGIN", "without its BEGIN", damage(begin+"\n", "")},
		{"labels differ", "another label", damage(end, "-----END X"+label+"-----")},
		{"BEGIN twice", "cut off", begin + "\n" + text},
		{"cut off in the body", "cut off", text[:len(text)/2]},
		{"no END line", "cut off", damage(end+"\n", "")},
		{"END line cut off", "", damage(end, end[:len(end)-3])},
	}
}

// bodyDamages are what can be wrong with the body of one sound block.
func bodyDamages(tb testing.TB, text string) []form {
	tb.Helper()
	edit := func(f func([]string) []string) string { return editLines(f)(text) }
	header := func(h string) string {
		return edit(func(l []string) []string { return slices.Insert(l, 1, h, "") })
	}
	return []form{
		{"character outside the alphabet", "base64", edit(func(l []string) []string { l[2] = "#" + l[2][1:]; return l })},
		{"URL alphabet", "base64", edit(func(l []string) []string { l[1] = "_" + l[1][1:]; return l })},
		{"character lost", "base64", edit(func(l []string) []string { l[1] = l[1][1:]; return l })},
		{"padding in the middle", "base64", edit(func(l []string) []string { l[1] = l[1][:60] + "===="; return l })},
		{"dots for what was left out", "base64", edit(func(l []string) []string { l[2] = "..."; return l })},
		{"checksum line", "base64", edit(func(l []string) []string { return slices.Insert(l, len(l)-1, "=twTO") })},
		{"blank line inside", "blank line", edit(func(l []string) []string { return slices.Insert(l, 2, "") })},
		{"blank line before END", "blank line", edit(func(l []string) []string { return slices.Insert(l, len(l)-1, "") })},
		{"header", "headers", header("Comment: made by hand")},
		{"Proc-Type alone", "headers", header("Proc-Type: 4,ENCRYPTED")},
		{"other Proc-Type", "headers", header("Proc-Type: 4,MIC-CLEAR")},
		{"DEK-Info alone", "headers", header("DEK-Info: AES-256-CBC,00")},
		{"headers without blank line", "headers", edit(func(l []string) []string {
			return slices.Insert(l, 1, "Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-256-CBC,00")
		})},
	}
}

func certificateFormCases(tb testing.TB) []requestCase {
	tb.Helper()
	c := &casesOf{op: errcodes.SetDomainServerCertificate}
	const notPEM = errcodes.CondCertificateNotPEM
	leaf, issuing := pkiFile(tb, "p256/leaf.pem"), pkiFile(tb, "p256/issuing.pem")
	key := pkiFile(tb, "p256/key.pem")
	utf16 := func(text string) string {
		var b strings.Builder
		for i := range len(text) {
			b.WriteString("\x00" + text[i:i+1])
		}
		return b.String()
	}

	for _, f := range slices.Concat(armourDamages(tb, leaf), bodyDamages(tb, leaf)) {
		c.refused(notPEM, f.name, f.reason, cert(f.text))
		// The damage counts wherever it stands: passing over it would drop a
		// part of the chain, or pick another leaf.
		c.refused(notPEM, f.name+" in the second block", "", cert(leaf+f.text))
	}
	c.refused(notPEM, "headers of an encrypted key", "headers", cert(editLines(func(l []string) []string {
		return slices.Insert(l, 1, "Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF", "")
	})(leaf)))
	c.refused(notPEM, "white space only", "white space", cert(" \t\r\n"))
	c.refused(notPEM, "no block", "no CERTIFICATE block", cert("see the attached file\n"))
	c.refused(notPEM, "commented out", "no CERTIFICATE block", cert(strings.ReplaceAll("#"+leaf, "\n", "\n#")))
	c.refused(notPEM, "base64 without armour", "no CERTIFICATE block", cert(strings.Join(strings.Split(leaf, "\n")[1:len(strings.Split(leaf, "\n"))-2], "\n")))
	c.refused(notPEM, "empty block", "empty", cert("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"))
	c.refused(notPEM, "empty second block", "block 2, line 15: the block is empty", cert(leaf+"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"))
	c.refused(notPEM, "private key", "private-key block", cert(leaf+key))
	c.refused(notPEM, "private key in front", "private-key block", cert(key+leaf))
	c.refused(notPEM, "PKCS#7", "PKCS#7", cert(pkiFile(tb, "forms/pkcs7.pem")))
	c.refused(notPEM, "TRUSTED CERTIFICATE", "TRUSTED CERTIFICATE", cert(pkiFile(tb, "forms/trusted.pem")))
	c.refused(notPEM, "X509 CERTIFICATE", "X509 CERTIFICATE", cert(relabel(tb, leaf, "X509 CERTIFICATE")))
	c.refused(notPEM, "CERTIFICATE REQUEST", "certificate request", cert(relabel(tb, leaf, "CERTIFICATE REQUEST")))
	c.refused(notPEM, "NEW CERTIFICATE REQUEST", "certificate request", cert(relabel(tb, leaf, "NEW CERTIFICATE REQUEST")))
	c.refused(notPEM, "CMS", "PKCS#7", cert(relabel(tb, leaf, "CMS")))
	c.refused(notPEM, "EC PARAMETERS", "EC PARAMETERS", cert(leaf+"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"))
	c.refused(notPEM, "label that nobody uses", "another kind", cert(relabel(tb, leaf, "CERTIFICAT")))
	c.refused(notPEM, "lower-case label", "another kind", cert(relabel(tb, leaf, "certificate")))
	c.refused(notPEM, "empty label", "", cert(relabel(tb, leaf, "")))
	c.refused(notPEM, "DER", "openssl x509 -inform der", cert(pkiFile(tb, "forms/leaf.der")))
	c.refused(notPEM, "BER of indefinite length", "DER", cert("\x30\x80\x06\x09"))
	c.refused(notPEM, "DER of the longest length", "DER", cert("\x30\x84\x01\x00"))
	c.refused(notPEM, "not DER, by its length", "no CERTIFICATE block", cert("\x30\x85\x01\x00"))
	c.refused(notPEM, "not DER, though as long as it says", "no CERTIFICATE block", cert("0A"+strings.Repeat("x", 'A')))
	c.refused(notPEM, "not DER, though an INTEGER begins", "no CERTIFICATE block", cert("0A\x02"))
	c.refused(notPEM, "byte-order mark", "byte-order mark", cert("\xef\xbb\xbf"+leaf))
	c.refused(notPEM, "UTF-16, big-endian", "UTF-16", cert("\xfe\xff"+utf16(leaf)))
	c.refused(notPEM, "UTF-16, little-endian", "UTF-16", cert("\xff\xfe"+utf16(leaf)))
	c.refused(notPEM, "line breaks written as backslash n", "one line", cert(strings.ReplaceAll(leaf, "\n", `\n`)))
	c.refused(notPEM, "certificate and key swapped", "swapped", all(cert(key), privateKey(leaf)), errcodes.CondPrivateKeyNotPEM)

	// The nearest of each that pass.
	lines := func(edit func([]string) []string) func(*input) { return cert(editLines(edit)(leaf)) }
	c.passes(notPEM, "one block", cert(leaf))
	c.passes(notPEM, "two blocks", cert(leaf+issuing))
	c.passes(notPEM, "no final line break", cert(strings.TrimSuffix(leaf, "\n")))
	c.passes(notPEM, "CR LF", cert(strings.ReplaceAll(leaf, "\n", "\r\n")))
	c.passes(notPEM, "white space behind the armour", lines(func(l []string) []string { l[0] += " \t"; l[len(l)-1] += " "; return l }))
	c.passes(notPEM, "text before, between and after", cert("subject=a\n"+leaf+"issuer=b\n"+issuing+"bye\n"))
	c.passes(notPEM, "blank lines between", cert("\n"+leaf+"\n \n"+issuing+"\n"))
	c.passes(notPEM, "another block commented out", cert(leaf+strings.ReplaceAll("#"+issuing, "\n", "\n#")))
	c.passes(notPEM, "lines of 76", cert(rewrap(tb, leaf, 76)))
	c.passes(notPEM, "lines of 60", cert(rewrap(tb, leaf, 60)))
	c.passes(notPEM, "blank first line of the body", lines(func(l []string) []string { return slices.Insert(l, 1, "") }))
	c.passes(notPEM, "white space at line ends", lines(func(l []string) []string { l[1] += "  "; l[2] += "\t"; return l }))
	c.passes(notPEM, "key and certificate in their places", all(cert(leaf), privateKey(key)))
	return c.cases
}

func keyFormCases(tb testing.TB) []requestCase {
	tb.Helper()
	c := &casesOf{op: errcodes.SetDomainServerCertificate}
	const notPEM = errcodes.CondPrivateKeyNotPEM
	rsaPair := func(key string) func(*input) {
		return all(cert(pkiFile(tb, "rsa2048/chain3.pem")), privateKey(key))
	}
	key, rsaKey := pkiFile(tb, "p256/key.pem"), pkiFile(tb, "rsa2048/key.pem")
	leaf := pkiFile(tb, "p256/leaf.pem")
	parameters := "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"

	for _, f := range slices.Concat(armourDamages(tb, rsaKey), bodyDamages(tb, rsaKey)) {
		c.refused(notPEM, f.name, f.reason, privateKey(f.text))
	}
	c.refused(notPEM, "no block", "no private-key block", privateKey("see the attached file\n"))
	c.refused(notPEM, "empty block and text that is damaged", "", privateKey("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n-----BEGIN PRIVATE KEY----\n"), notPEM)
	c.refused(notPEM, "empty body behind headers", "empty", privateKey("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n-----END RSA PRIVATE KEY-----\n"))
	c.refused(notPEM, "certificate only", "but a certificate", privateKey(leaf))
	c.refused(notPEM, "parameters only", "no private-key block", privateKey(parameters))
	c.refused(notPEM, "public key", "no private-key block", privateKey(relabel(tb, leaf, "PUBLIC KEY")))
	c.refused(notPEM, "two keys", "more than one", privateKey(key+pkiFile(tb, "p256/other-key.pem")))
	c.refused(notPEM, "the same key twice", "more than one", privateKey(key+key))
	c.refused(notPEM, "a key and an empty one", "more than one", privateKey(key+"-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"))
	c.refused(notPEM, "a key and an OpenSSH key", "more than one", privateKey(key+pkiFile(tb, "unsupported/openssh-key.pem")))
	c.refused(notPEM, "OpenSSH", "OpenSSH", privateKey(pkiFile(tb, "unsupported/openssh-key.pem")))
	c.refused(notPEM, "DSA", "DSA", privateKey(pkiFile(tb, "unsupported/dsa-legacy-key.pem")))
	c.refused(notPEM, "other label", "none of RSA PRIVATE KEY", privateKey(relabel(tb, key, "ANY PRIVATE KEY")))
	c.refused(notPEM, "lower-case label", "no private-key block", privateKey(relabel(tb, key, "ec private key")))
	c.refused(notPEM, "damaged parameters", "base64", privateKey(strings.Replace(parameters, "Bggq", "#ggq", 1)+key))
	c.refused(notPEM, "DER", "openssl pkey -inform der", privateKey(pkiFile(tb, "forms/key.der")))
	c.refused(notPEM, "byte-order mark", "byte-order mark", privateKey("\xef\xbb\xbf"+key))
	c.refused(notPEM, "UTF-16", "UTF-16", privateKey("\xff\xfe-\x00"))
	c.refused(notPEM, "encrypted, headers in the wrong order", "headers", privateKey(editLines(func(l []string) []string {
		l[1], l[2] = l[2], l[1]
		return l
	})(pkiFile(tb, "encrypted/legacy.pem"))))

	for _, folder := range pkiKeyTypes {
		pair := func(key string) func(*input) {
			return all(cert(pkiFile(tb, folder+"/leaf.pem")), privateKey(pkiFile(tb, folder+"/"+key)))
		}
		c.passes(notPEM, folder, pair("key.pem"))
		c.passes(notPEM, folder+" in PKCS#8", pair("key-pkcs8.pem"))
	}
	c.passes(notPEM, "parameters before the key", privateKey(pkiFile(tb, "forms/ec-with-params.pem")))
	c.passes(notPEM, "certificate beside the key", privateKey(leaf+key))
	c.passes(notPEM, "bag attributes", privateKey("Bag Attributes\n    friendlyName: shop\nKey Attributes: <No Attributes>\n"+key))
	c.passes(notPEM, "CR LF", privateKey(strings.ReplaceAll(key, "\n", "\r\n")))
	c.passes(notPEM, "no final line break", privateKey(strings.TrimSuffix(key, "\n")))
	c.passes(notPEM, "another key commented out", privateKey(key+strings.ReplaceAll("#"+rsaKey, "\n", "\n#")))
	c.passes(notPEM, "PKCS#1 labelled as PKCS#8", rsaPair(relabel(tb, rsaKey, "PRIVATE KEY")))
	c.passes(notPEM, "PKCS#8 labelled as PKCS#1", rsaPair(relabel(tb, pkiFile(tb, "rsa2048/key-pkcs8.pem"), "RSA PRIVATE KEY")))
	c.passes(notPEM, "SEC 1 labelled as PKCS#8", privateKey(relabel(tb, key, "PRIVATE KEY")))
	c.passes(notPEM, "SEC 1 labelled as PKCS#1", privateKey(relabel(tb, key, "RSA PRIVATE KEY")))
	return c.cases
}

// contentCases are about what stands in sound blocks.
func contentCases(tb testing.TB) []requestCase {
	tb.Helper()
	c := &casesOf{op: errcodes.SetDomainServerCertificate}
	leaf, issuing := pkiFile(tb, "p256/leaf.pem"), pkiFile(tb, "p256/issuing.pem")
	// certAlone leaves the key out, so that a certificate of another key does
	// not earn a mismatch as well.
	certAlone := func(text string) func(*input) {
		return all(certType("cas"), privateKey(""), cert(text))
	}
	fixture := func(name string) string { return pkiFile(tb, name) }

	const malformed = errcodes.CondCertificateMalformed
	trailing := func(text string) string { return pemOf("CERTIFICATE", append(derOf(tb, text), 0)) }
	c.refused(malformed, "trailing byte", "trailing data", cert(trailing(leaf)))
	c.refused(malformed, "trailing byte in the second block", "block 2, line 15", cert(leaf+trailing(issuing)))
	c.refused(malformed, "cut DER", "not an X.509 certificate", cert(pemOf("CERTIFICATE", derOf(tb, leaf)[:100])))
	c.refused(malformed, "garbage in the third block", "block 3", cert(leaf+issuing+pemOf("CERTIFICATE", []byte("garbage"))))
	c.refused(malformed, "a private key under the label", "not an X.509 certificate", cert(pemOf("CERTIFICATE", derOf(tb, fixture("p256/key.pem")))))
	c.refused(malformed, "extension that cannot be decoded", "OpenSSL", cert(leafWith(tb, func(t *x509.Certificate) {
		t.KeyUsage = 0
		t.ExtraExtensions = append(t.ExtraExtensions, extension(oidNetscape, []byte{0x04, 0x00}))
	})))
	for _, name := range []string{"dsa", "ed448", "rsa-pss"} {
		c.refused(malformed, name, "none of RSA, ECDSA (P-224 to P-521) and Ed25519", certAlone(fixture("unsupported/"+name+".pem")))
	}
	for _, name := range []string{"sm2", "explicit", "secp256k1"} {
		c.refused(malformed, name, "", certAlone(fixture("unsupported/"+name+".pem")))
	}
	c.refused(malformed, "X25519", "none of RSA", certAlone(x25519Certificate(tb)))
	c.refused(malformed, "RSA of 16385 bits", "16385 bits", certAlone(leafFor(tb, &rsa.PublicKey{N: modulus(16385), E: 65537})))
	c.passes(malformed, "RSA of 16384 bits", certAlone(leafFor(tb, &rsa.PublicKey{N: modulus(16384), E: 65537})))
	c.passes(malformed, "key that is not served in the second block", cert(leaf+fixture("unsupported/rsa-pss.pem")))
	for _, folder := range pkiKeyTypes {
		c.passes(malformed, folder, all(cert(fixture(folder+"/chain3.pem")), privateKey(fixture(folder+"/key.pem"))))
	}

	const notServer = errcodes.CondCertificateNotServer
	newCA := newRoot(tb)
	c.refused(notServer, "client only", "serverAuth", cert(fixture("usage/client-only.pem")))
	c.refused(notServer, "certificate signing only", "key usage", cert(fixture("usage/ku-cert-sign.pem")))
	c.refused(notServer, "Netscape client", "Netscape", cert(fixture("usage/netscape-client.pem")))
	c.refused(notServer, "CA in front of its leaf", "it issued block 2", certAlone(newCA.pem()+newCA.leaf(tb, nil)))
	for _, name := range []string{"any-eku", "no-eku", "sgc", "ms-sgc", "ku-key-agreement", "netscape-server", "ca-true", "self-signed"} {
		c.passes(notServer, name, cert(fixture("usage/"+name+".pem")))
	}
	c.passes(notServer, "client certificate in the second block", cert(leaf+fixture("usage/client-only.pem")))

	const encrypted = errcodes.CondPrivateKeyEncrypted
	rsaPair := func(key string) func(*input) {
		return all(cert(fixture("rsa2048/chain3.pem")), privateKey(key))
	}
	c.refused(encrypted, "headers", "encrypted", privateKey(fixture("encrypted/legacy.pem")))
	c.refused(encrypted, "PKCS#8", "encrypted", privateKey(fixture("encrypted/pkcs8.pem")))
	// Deriving this key would take hours.
	c.refused(encrypted, "PKCS#8, 2^31-1 iterations", "encrypted", privateKey(fixture("encrypted/pkcs8-huge-iterations.pem")))
	c.refused(encrypted, "label alone", "encrypted", privateKey(relabel(tb, fixture("rsa2048/key-pkcs8.pem"), "ENCRYPTED PRIVATE KEY")))
	c.passes(encrypted, "not encrypted", rsaPair(fixture("rsa2048/key-pkcs8.pem")))

	const unsupported = errcodes.CondPrivateKeyUnsupported
	for _, key := range []struct{ name, reason string }{
		{"dsa", "DSA"},
		{"ed448", "1.3.101.113"},
		{"explicit", "explicit curve"},
		{"rsa-pss", "RSA-PSS"},
		{"secp256k1", "curve other than"},
		{"sm2", "curve other than"},
	} {
		c.refused(unsupported, key.name, key.reason, privateKey(fixture("unsupported/"+key.name+"-key.pem")))
	}
	x25519PKCS8, err := x509.MarshalPKCS8PrivateKey(x25519(tb))
	if err != nil {
		tb.Fatal(err)
	}
	c.refused(unsupported, "X25519", "1.3.101.110", privateKey(pemOf("PRIVATE KEY", x25519PKCS8)))
	c.refused(unsupported, "DSA labelled as PKCS#8", "DSA", privateKey(relabel(tb, fixture("unsupported/dsa-legacy-key.pem"), "PRIVATE KEY")))
	c.refused(unsupported, "RSA of 16392 bits", "more than 16384 bits", privateKey(pemOf("RSA PRIVATE KEY", hugeRSA(tb, 16392))))
	c.refused(unsupported, "RSA of six primes", "more than 5 primes", privateKey(pemOf("RSA PRIVATE KEY", multiPrimeDER(tb, 6))))
	c.passes(unsupported, "RSA of 16384 bits with numbers that do not fit", privateKey(pemOf("RSA PRIVATE KEY", hugeRSA(tb, 16384))), errcodes.CondPrivateKeyMalformed)
	c.passes(unsupported, "RSA of three primes", all(
		cert(leafFor(tb, threePrimes(tb).Public())),
		privateKey(pemOf("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(threePrimes(tb)))),
	))

	const badKey = errcodes.CondPrivateKeyMalformed
	keyDER := func(name string) []byte { return slices.Clone(derOf(tb, fixture(name))) }
	c.refused(badKey, "garbage", "not a private key", privateKey(pemOf("EC PRIVATE KEY", []byte("garbage"))))
	c.refused(badKey, "certificate under the label", "not a private key", privateKey(pemOf("PRIVATE KEY", derOf(tb, leaf))))
	c.refused(badKey, "trailing byte", "not a private key", privateKey(pemOf("EC PRIVATE KEY", append(keyDER("p256/key.pem"), 0))))
	c.refused(badKey, "EC, public key of another key", "embedded public key", privateKey(fixture("forms/ec-wrong-public.pem")))
	c.passes(badKey, "EC without a public key", privateKey(fixture("forms/ec-no-public.pem")))
	c.refused(badKey, "PKCS#8 version 2 with a public key", "version 2", privateKey(fixture("forms/pkcs8-v2-ed25519.pem")))
	c.refused(badKey, "PKCS#8, an EC key as RSA", "whose RSA key cannot be read",
		privateKey(pemOf("PRIVATE KEY", long(derSequence, derV0, tlv(derSequence, derRSA, tlv(derNull)), long(derOctets, keyDER("p256/key.pem"))))))
	c.refused(badKey, "RSA, exponent of another key", "do not fit", rsaPair(pemOf("RSA PRIVATE KEY", flipByte(keyDER("rsa2048/key.pem"), 600))))
	c.refused(badKey, "EC, scalar 0", "out of range", privateKey(ecKeyPEM(tb, new(big.Int))))
	c.refused(badKey, "EC, scalar n", "out of range", privateKey(ecKeyPEM(tb, orderP256())))
	c.passes(badKey, "EC, scalar 1", all(cert(leafForScalar(tb, big.NewInt(1))), privateKey(ecKeyPEM(tb, big.NewInt(1)))))
	c.passes(badKey, "EC, scalar n-1", all(cert(leafForScalar(tb, orderMinusOne())), privateKey(ecKeyPEM(tb, orderMinusOne()))))
	c.passes(badKey, "EC, scalar with leading zeros", all(cert(leafForScalar(tb, big.NewInt(1))), privateKey(ecKeyPEM(tb, big.NewInt(1), 40))))
	c.refused(badKey, "EC, scalar too long", "out of range", privateKey(ecKeyPEM(tb, new(big.Int).Lsh(big.NewInt(1), 300), 38)))
	c.refused(badKey, "Ed25519 of 31 bytes", "32 bytes", privateKey(ed25519PEM(tb, 31)))
	c.passes(badKey, "Ed25519 of 32 bytes", privateKey(ed25519PEM(tb, 32)), errcodes.CondKeyMismatch)

	mismatchCases(tb, c)
	validityCases(tb, c)
	return c.cases
}

// mismatchCases are about keys that are sound, but another certificate's.
func mismatchCases(tb testing.TB, c *casesOf) {
	tb.Helper()
	const mismatch = errcodes.CondKeyMismatch
	fixture := func(name string) string { return pkiFile(tb, name) }
	pair := func(certificate, key string) func(*input) {
		return all(cert(fixture(certificate)), privateKey(fixture(key)))
	}
	for _, folder := range pkiKeyTypes {
		c.refused(mismatch, folder+", other key", "belongs to none", pair(folder+"/chain3.pem", folder+"/other-key.pem"))
		c.passes(mismatch, folder+", own key", pair(folder+"/chain3.pem", folder+"/key-pkcs8.pem"))
	}
	c.refused(mismatch, "leaf not first", "the key belongs to the certificate in block 2 (line 12): the leaf is not first",
		cert(leafForScalar(tb, big.NewInt(1))+fixture("p256/leaf.pem")))
	c.refused(mismatch, "leaf last of four", "block 4", cert(leafForScalar(tb, big.NewInt(1))+fixture("p384/leaf.pem")+fixture("rsa1024/leaf.pem")+fixture("p256/leaf.pem")))
	c.refused(mismatch, "types differ", "the key is ECDSA, the first certificate's is RSA", cert(fixture("rsa2048/chain3.pem")))
	c.refused(mismatch, "types differ, RSA key", "the key is RSA, the first certificate's is ECDSA", privateKey(fixture("rsa2048/key.pem")))
	c.refused(mismatch, "types differ, Ed25519 key", "the key is Ed25519, the first certificate's is ECDSA", privateKey(fixture("ed25519/key.pem")))
	c.refused(mismatch, "sizes differ", "the key has 2048 bits, the first certificate's 4096", pair("rsa4096/chain3.pem", "rsa2048/key.pem"))
	c.refused(mismatch, "curves differ", "the key is on P-384, the first certificate's on P-256", privateKey(fixture("p384/key.pem")))
	rsaKey, ok := parseSigner(tb, fixture("rsa2048/key.pem")).(*rsa.PrivateKey)
	if !ok {
		tb.Fatal("rsa2048/key.pem is no RSA key")
	}
	c.refused(mismatch, "same modulus, other exponent", "same RSA modulus, but the key's exponent is 65537 and the certificate's 3",
		all(cert(leafFor(tb, &rsa.PublicKey{N: rsaKey.N, E: 3})), privateKey(fixture("rsa2048/key.pem"))))
	c.passes(mismatch, "same modulus, same exponent",
		all(cert(leafFor(tb, rsaKey.Public())), privateKey(fixture("rsa2048/key.pem"))))
}

// validityCases are about the bounds, which both belong to the period.
func validityCases(tb testing.TB, c *casesOf) {
	tb.Helper()
	const expired, notYet = errcodes.CondCertificateExpired, errcodes.CondCertificateNotYetValid
	begin, end := parseCert(tb, pkiFile(tb, "validity/short.pem")).NotBefore, parseCert(tb, pkiFile(tb, "validity/short.pem")).NotAfter
	short := cert(pkiFile(tb, "validity/short.pem"))
	c.refused(expired, "a second behind NotAfter", "it expired at 2026-03-31 00:00:00 UTC", all(short, at(end.Add(time.Second))))
	c.passes(expired, "at NotAfter", all(short, at(end)))
	c.passes(expired, "at NotAfter in another zone", all(short, at(end.In(time.FixedZone("", 8*3600)))))
	c.refused(expired, "long ago", "2021-01-01", cert(pkiFile(tb, "validity/expired.pem")))
	c.passes(expired, "no time given", all(cert(pkiFile(tb, "validity/expired.pem")), at(time.Time{})))
	c.passes(expired, "expired certificate in the second block", cert(pkiFile(tb, "p256/leaf.pem")+pkiFile(tb, "validity/expired.pem")))
	c.refused(expired, "time given alone", "2049", at(periodEnd.Add(time.Second)))
	c.refused(notYet, "a second before NotBefore", "it is not valid before 2026-01-01 00:00:00 UTC", all(short, at(begin.Add(-time.Second))))
	c.passes(notYet, "at NotBefore", all(short, at(begin)))
	c.refused(notYet, "far ahead", "2048-01-01", cert(pkiFile(tb, "validity/not-yet.pem")))
	c.passes(notYet, "no time given", all(cert(pkiFile(tb, "validity/not-yet.pem")), at(time.Time{})))
	c.refused(notYet, "time given alone", "2026", at(periodBegin.Add(-time.Second)))
}

func albCases(tb testing.TB) []requestCase {
	tb.Helper()
	c := &casesOf{op: errcodes.AssociateAdditionalCertificatesWithListener}
	many := func(n int) func(*input) {
		return func(in *input) {
			in.alb.CertificateIDs = nil
			for i := range n {
				in.alb.CertificateIDs = append(in.alb.CertificateIDs, big.NewInt(int64(1000+i)).String()+"-cn-hangzhou")
			}
		}
	}
	const id, other = "1234567-cn-hangzhou", unknownID

	c.refused(errcodes.CondListenerIDMissing, "empty", "", listener(""))
	c.passes(errcodes.CondListenerIDMissing, "given", listener("l"))

	c.refused(errcodes.CondCertificatesMissing, "none", "", ids())
	c.refused(errcodes.CondCertificatesMissing, "given as JSON", "Certificates.1.CertificateId", func(in *input) {
		in.alb.CertificateIDs, in.alb.Malformed.Certificates = nil, `[{"CertificateId":"`+id+`"}]`
	})
	c.passes(errcodes.CondCertificatesMissing, "one", ids(id))
	c.refused(errcodes.CondTooManyCertificates, "16", "16 certificates; the limit is 15", many(16))
	c.passes(errcodes.CondTooManyCertificates, "15", many(15))

	c.refused(errcodes.CondCertificateIDMissing, "only one", "", ids(""))
	c.refused(errcodes.CondCertificateIDMissing, "second of three", "", ids(id, "", other))
	const malformed = errcodes.CondCertificateIDMalformed
	c.refused(malformed, "space", `"1234567 cn"`, ids("1234567 cn"))
	c.refused(malformed, "trailing line break", `hangzhou\n"`, ids(id+"\n"))
	c.refused(malformed, "control character", `\x01`, ids("\x01"+id))
	c.refused(malformed, "DEL", `\x7f`, ids(id+"\x7f"))
	c.refused(malformed, "not ASCII", "杭州", ids("1234567-杭州"))
	c.refused(malformed, "invalid UTF-8", `\xff`, ids(id+"\xff"))
	c.refused(malformed, "second of two", "", ids(id, "1234567 cn"))
	c.passes(errcodes.CondCertificateIDMissing, "all given", ids(id, other))
	c.passes(malformed, "punctuation", ids("~!_.:1234567-cn-hangzhou"))

	const longToken, token64 = errcodes.CondClientTokenTooLong, 64
	c.refused(longToken, "65 characters", "more than 64 characters (65 bytes)", token(strings.Repeat("t", token64+1)))
	c.passes(longToken, "64 characters", token(strings.Repeat("t", token64)))
	c.passes(longToken, "absent", token(""))
	const notASCII = errcodes.CondClientTokenNotASCII
	c.refused(notASCII, "Chinese", "not printable ASCII", token("令牌"))
	c.refused(notASCII, "64 Chinese characters are not too long", "not printable ASCII", token(strings.Repeat("令", token64)))
	c.refused(notASCII, "control character", "not printable ASCII", token("to\x1fken"))
	c.refused(notASCII, "DEL", "not printable ASCII", token("token\x7f"))
	c.refused(notASCII, "invalid UTF-8", "not printable ASCII", token("\xfe"))
	c.passes(notASCII, "space and tilde", token(" ~"))

	const dryRun = errcodes.CondDryRunMalformed
	c.refused(dryRun, "TRUE", `"TRUE"`, wireDryRun("TRUE"))
	c.refused(dryRun, "1", `"1"`, wireDryRun("1"))
	c.refused(dryRun, "white space", `" true"`, wireDryRun(" true"))
	c.passes(dryRun, "true", wireDryRun("true"))
	c.passes(dryRun, "false", wireDryRun("false"))
	c.passes(dryRun, "absent", wireDryRun(""))

	const repeated = errcodes.CondCertificateRepeated
	c.refused(repeated, "next to each other", "the same id as Certificates.1.CertificateId", ids(id, id))
	c.refused(repeated, "apart", "the same id as Certificates.1.CertificateId", ids(id, other, id))
	c.passes(repeated, "upper case is another", ids(id, strings.ToUpper(id)))
	c.passes(repeated, "absent ids are not repeated ones", ids("", ""), errcodes.CondCertificateIDMissing, errcodes.CondCertificateIDMissing)

	const notServer = errcodes.CondCertificateNotServer
	c.refused(notServer, "client only", "serverAuth", lookUp(pkiFile(tb, "usage/client-only.pem")))
	c.refused(notServer, "not PEM", "no CERTIFICATE block", lookUp("a certificate"))
	c.refused(notServer, "nothing", "white space", lookUp(""))
	c.refused(notServer, "key type not served", "none of RSA", lookUp(pkiFile(tb, "unsupported/rsa-pss.pem")))
	c.passes(notServer, "server", lookUp(pkiFile(tb, "p256/chain3.pem")))
	c.passes(notServer, "expired", lookUp(pkiFile(tb, "validity/expired.pem")))
	c.passes(notServer, "lines of another length, strict", all(lookUp(rewrap(tb, pkiFile(tb, "p256/leaf.pem"), 76)), func(in *input) { in.opts.Strict = true }))
	c.passes(notServer, "unknown to the look-up", all(lookUp("a certificate"), ids(other)))
	c.passes(notServer, "no look-up", ids(id))
	return c.cases
}
