package validate_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/net/idna"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/slow"
)

// TestDomainForms: names that are accepted, and their ASCII forms. Each label is judged
// by itself, and only those that are not ASCII are mapped.
func TestDomainForms(t *testing.T) {
	t.Parallel()
	for domain, want := range map[string]string{
		"WWW.Example.COM":        "www.example.com",
		"r3---sn-abc.cn":         "r3---sn-abc.cn",
		"r3---sn-abc.中国":         "r3---sn-abc.xn--fiqs8s",
		"xn--a.中国":               "xn--a.xn--fiqs8s",
		"*.ab--cd.中文.com":        "*.ab--cd.xn--fiq228c.com",
		".AB--cd。中国":             ".ab--cd.xn--fiqs8s",
		"ab--cd．中国｡example":      "ab--cd.xn--fiqs8s.example",
		"1a.אב.example":          "1a.xn--4dbc.example",
		"bücher.example":         "xn--bcher-kva.example",
		"faß.example":            "xn--fa-hia.example",
		"ｗｗｗ.example":            "www.example",
		"www.example.1a":         "www.example.1a",
		"1.2.3.4a":               "1.2.3.4a",
		"1.2.3.xn--fiqs8s":       "1.2.3.xn--fiqs8s",
		"123.com":                "123.com",
		"ex\u200bample.com":      "example.com",
		"www.exam\u00adple.com":  "www.example.com",
		"\ufeffwww.example.com":  "www.example.com",
		"*.\u2060中国.example":     "*.xn--fiqs8s.example",
		"www.\u200b中国\u200b.com": "www.xn--fiqs8s.com",
	} {
		got, err := validate.DomainName(domain)
		if err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", domain, got, err, want)
		}
	}
}

// TestDomainReasons: what was pasted along with a name is named.
func TestDomainReasons(t *testing.T) {
	t.Parallel()
	const (
		dot, scheme, port, path     = "a dot at the end", "a scheme", "a port", "a path"
		address, digits, label, not = "an IP address", "all digits", "each label has", "no ASCII form"
		list                        = "a list"
	)
	for domain, want := range map[string]string{
		"www.example.com.":            dot,
		"*.example.com.":              dot,
		"中国.example。":                 dot,
		"a_b.example.com.":            dot,
		".":                           label,
		"*.":                          label,
		"..":                          label,
		"a..b":                        label,
		"https://www.example.com":     scheme,
		"HTTP://www.example.com:80/a": scheme,
		"*.https://中国.example":        scheme,
		"www.example.com:443":         port,
		"*.example.com:":              port,
		"中国.example:80":               port,
		"1.2.3.4:443":                 port,
		"[2001:db8::1]:443":           port,
		":443":                        label,
		"a:b":                         label,
		"www.example.com/":            path,
		"中国.example/index.html":       path,
		"www.example.com:443/a":       path,
		`www.example.com\a`:           path,
		"www.example.com?a":           path,
		"//www.example.com":           path,
		" www.example.com":            "(U+0020",
		"www.example.com\n":           "(U+000A",
		"www.exa\tmple.com":           "(U+0009",
		"www.example.com\u00a0":       "(U+00A0",
		"\u3000中国.example":            "(U+3000",
		"www.example.com www.a.com/":  "(U+0020",
		"1.2.3.4":                     address,
		"*.1.2.3.4":                   address,
		".1.2.3.4":                    address,
		"１.２.３.４":                     address,
		"2001:db8::1":                 address,
		"[::1]":                       address,
		"256.1.1.1":                   digits,
		"1.2.3":                       digits,
		"123":                         digits,
		"www.example.123":             digits,
		"www.中国.123":                  digits,
		"www.１２３":                     digits,
		"a_b.com":                     label,
		"w*.example.com":              label,
		"＊.example.com":               not,
		"*。example.com":               label,
		"中_国.example":                 not,
		"\u200b.example":              label,
		"\xff.example":                not,
		"中\xff国.example":              not,
		"xn--a\u200b.example":         "(U+200B", // a mapped label has to be a sound one
		"a.com,b.com":                 list,
	} {
		ascii, err := validate.DomainName(domain)
		var e *errcodes.Error
		if !errors.As(err, &e) || ascii != "" || e.Condition != errcodes.CondDomainNameMalformed || !strings.Contains(e.Reason.EN, want) || e.Reason.ZH == "" {
			t.Errorf("%q: %q, %v; want %q", domain, ascii, err, want)
		}
	}
}

// TestDomainCharacterDropped: a character that the ASCII form does not have is told.
func TestDomainCharacterDropped(t *testing.T) {
	t.Parallel()
	for domain, want := range map[string]string{
		"www.example.com":        "",
		"中国.example":             "",
		"bu\u0308cher.example":   "", // is composed
		"ＷＷＷ.example":            "",
		"www。example.com":        "",
		"ex\u200bample.com":      "U+200B",
		"www.exam\u00adple.com":  "U+00AD",
		"*.\u2060中国\ufe0f.com":   "U+2060",
		"\ufeffwww.example.com":  "U+FEFF",
		"www.example\ufe0f.com":  "U+FE0F",
		"\u4e2d\u034f国.example":  "U+034F",
		"www.example.com\u200b":  "U+200B",
		".\u180bwww.example.com": "U+180B",
	} {
		req := soundInput(t, errcodes.SetDomainServerCertificate).cdn
		req.DomainName = domain
		report := validate.Check(&req, validate.Options{Now: inPeriod})
		a, told := report.Advisory(validate.DomainCharacterDropped)
		if report.Err() != nil || told != (want != "") || !strings.Contains(a.Reason.EN, want) || told && (a.Parameter != "DomainName" || a.Reason.ZH == "") {
			t.Errorf("%q: %v, %+v; want %q", domain, report.Err(), a, want)
		}
	}
}

// TestDomainCost: the longest names cost no more than anything else.
func TestDomainCost(t *testing.T) {
	for name, domain := range map[string]string{
		"zero-width spaces":    strings.Repeat("\u200b", 330) + "a.com",
		"ideographs":           strings.Repeat("中", 300) + ".com",
		"labels":               strings.Repeat("中.", 200) + "com",
		"combining characters": "a" + strings.Repeat("\u0301\u0323", 250),
		"stops":                strings.Repeat("。", 330),
	} {
		req := soundInput(t, errcodes.SetDomainServerCertificate).cdn
		req.DomainName = domain
		slow.Measure(func() { validate.Check(&req, validate.Options{Now: inPeriod}) }).Check(t, name)
	}
}

// FuzzDomainLabels holds each name to the IDNA mapping of its labels, taken one by one.
func FuzzDomainLabels(f *testing.F) {
	for _, name := range vectorValues(f, "DomainName", 300) {
		f.Add(name)
	}
	for _, name := range []string{"r3---sn-abc.中国", "xn--a。中国", "１.２.３.４", "a\u2488b", "1a.אב"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got, err := validate.DomainName(name)
		if err != nil {
			return
		}
		prefix, rest := "", name
		for _, p := range []string{"*.", "."} {
			if strings.HasPrefix(name, p) {
				prefix, rest = p, name[len(p):]
				break
			}
		}
		var want []string
		for _, label := range strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(".。．｡", r) }) {
			ascii := strings.ToLower(label)
			if strings.ContainsFunc(label, func(r rune) bool { return r >= 0x80 }) {
				if ascii, err = idna.Lookup.ToASCII(label); err != nil {
					t.Fatalf("%q is accepted, but its label %q is not: %v", name, label, err)
				}
			}
			want = append(want, ascii)
		}
		if got != prefix+strings.Join(want, ".") {
			t.Errorf("%q is %q; its labels are %q", name, got, want)
		}
		if last := want[len(want)-1]; strings.Trim(last, "0123456789") == "" {
			t.Errorf("%q ends with a number", name)
		}
	})
}
