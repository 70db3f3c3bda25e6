// Package damaged has the ways in which people and programs damage PEM text on its way
// from a file to a request: each is a function of sound text, so that tests can damage any
// certificate or key. Command mkvectors writes test vectors of them.
package damaged

import (
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strings"
)

// The classes of damage.
const (
	LookAlike = "look-alike" // BEGIN and END lines that only a person takes for such
	InFront   = "in-front"   // text in front of BEGIN on its line
	Base64    = "base64"     // the content went through another encoding
	Dashes    = "dashes"     // lines of dashes that are no BEGIN or END lines
)

// A Variant is one way to damage text.
type Variant struct {
	Class, Name string // the name is that of a file

	// Damage damages the text of one block, or of several. Lines end with LF, bodies have
	// lines of 64 characters, and the first body has "+", "/" and padding.
	Damage func(text string) string

	Says string // what the reason says in English
	Lost bool   // something is left to guess, so it cannot be repaired
}

// Variants returns all variants, those of a class together.
func Variants() (all []Variant) {
	add := func(class string, variants []Variant) {
		for _, v := range variants {
			v.Class = class
			all = append(all, v)
		}
	}
	add(LookAlike, lookAlikes())
	add(InFront, inFront())
	add(Base64, encoded())
	add(Dashes, dashed())
	return all
}

const dashes = "-----"

// replaced replaces every old text.
func replaced(oldnew ...string) func(string) string { return strings.NewReplacer(oldnew...).Replace }

// boundaries changes the BEGIN and END lines, without their line breaks.
func boundaries(change func(line string) string) func(string) string {
	return lines(func(line string) string {
		if strings.HasPrefix(line, dashes) {
			return change(line)
		}
		return line
	})
}

// lines changes each line, without its line break.
func lines(change func(line string) string) func(string) string {
	return func(text string) string {
		all := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		for i := range all {
			all[i] = change(all[i])
		}
		return strings.Join(all, "\n") + "\n"
	}
}

// bodies changes the lines between the BEGIN and END lines.
func bodies(change func(line string) string) func(string) string {
	return lines(func(line string) string {
		if strings.HasPrefix(line, dashes) {
			return line
		}
		return change(line)
	})
}

// first changes the first block only.
func first(change func(string) string) func(string) string {
	return func(text string) string {
		_, rest, _ := strings.Cut(text, dashes+"END ")
		_, rest, _ = strings.Cut(rest, "\n")
		return change(strings.TrimSuffix(text, rest)) + rest
	}
}

func lookAlikes() []Variant {
	dash := func(name, dash, says string) Variant {
		return Variant{Name: name, Damage: boundaries(replaced("-", dash)), Says: says}
	}
	space := func(name, space, says string) Variant {
		return Variant{Name: name, Damage: boundaries(func(line string) string { return strings.Replace(line, " ", space, 1) }), Says: says}
	}
	front := func(name, front, says string) Variant {
		return Variant{Name: name, Damage: boundaries(func(line string) string { return front + line }), Says: says}
	}
	behind := func(name, behind, says string) Variant {
		return Variant{Name: name, Damage: boundaries(func(line string) string { return line + behind }), Says: says}
	}
	return []Variant{
		dash("hyphens", "\u2010", "U+2010 HYPHEN"),
		dash("non-breaking-hyphens", "\u2011", "U+2011 NON-BREAKING HYPHEN"),
		dash("figure-dashes", "\u2012", "U+2012 FIGURE DASH"),
		dash("en-dashes", "\u2013", "U+2013 EN DASH"),
		dash("em-dashes", "\u2014", "U+2014 EM DASH"),
		dash("horizontal-bars", "\u2015", "U+2015 HORIZONTAL BAR"),
		dash("minus-signs", "\u2212", "U+2212 MINUS SIGN"),
		dash("small-em-dashes", "\ufe58", "U+FE58 SMALL EM DASH"),
		dash("small-hyphens", "\ufe63", "U+FE63 SMALL HYPHEN-MINUS"),
		dash("fullwidth-hyphens", "\uff0d", "U+FF0D FULLWIDTH HYPHEN-MINUS"),
		{Name: "em-dashes-for-two", Damage: boundaries(replaced(dashes, "\u2014\u2014-")), Says: "U+2014 EM DASH"},
		{Name: "one-en-dash", Damage: first(func(text string) string { return strings.Replace(text, "-----\n", "--\u2013--\n", 1) }), Says: "U+2013 EN DASH"},
		{Name: "en-dashes-at-end", Damage: boundaries(func(line string) string {
			if strings.Contains(line, "END ") {
				return strings.ReplaceAll(line, "-", "\u2013")
			}
			return line
		}), Says: "U+2013 EN DASH"},
		{Name: "en-dashes-first-block", Damage: first(boundaries(replaced("-", "\u2013"))), Says: "U+2013 EN DASH"},

		space("no-break-space", "\u00a0", "U+00A0 NO-BREAK SPACE"),
		space("narrow-no-break-space", "\u202f", "U+202F NARROW NO-BREAK SPACE"),
		space("thin-space", "\u2009", "U+2009 THIN SPACE"),
		space("ideographic-space", "\u3000", "U+3000 IDEOGRAPHIC SPACE"),
		space("tab", "\t", "tab"),
		space("space-and-joiner", " \u2060", "U+2060 WORD JOINER"),
		front("zero-width-space-in-front", "\u200b", "U+200B ZERO WIDTH SPACE"),
		front("no-break-space-in-front", "\u00a0", "U+00A0 NO-BREAK SPACE"),
		front("left-to-right-mark-in-front", "\u200e", "U+200E LEFT-TO-RIGHT MARK"),
		behind("no-break-space-behind", "\u00a0", "U+00A0 NO-BREAK SPACE"),
		behind("zero-width-space-behind", "\u200b", "U+200B ZERO WIDTH SPACE"),
		{Name: "soft-hyphen-in-the-label", Damage: boundaries(replaced("CERTI", "CER\u00adTI", "VATE", "VA\u00adTE")), Says: "U+00AD SOFT HYPHEN"},
		{Name: "zero-width-space-in-the-word", Damage: boundaries(replaced("BEGIN", "BE\u200bGIN", "END", "E\u200bND")), Says: "U+200B ZERO WIDTH SPACE"},

		{Name: "cyrillic-letters-in-the-label", Damage: boundaries(replaced("CERTIFICATE", "\u0421\u0415RTIFICATE", "PRIVATE KEY", "\u0420RIVATE KE\u0423")), Says: "a Cyrillic letter"},
		{Name: "cyrillic-letters-in-the-word", Damage: boundaries(replaced("BEGIN", "\u0412\u0415GIN", "END", "\u0415ND")), Says: "a Cyrillic letter (U+0412)"},
		{Name: "greek-letter", Damage: boundaries(replaced("E ", "\u0395 ", "E-", "\u0395-", "KEY", "\u039aEY")), Says: "a Greek letter"},
		{Name: "fullwidth-letters", Damage: boundaries(replaced("BEGIN", wide("BEGIN"), "END", wide("END"))), Says: "a fullwidth letter (U+FF22)"},
		{Name: "fullwidth-lines", Damage: boundaries(wide), Says: "U+FF0D FULLWIDTH HYPHEN-MINUS"},

		{Name: "lower-case", Damage: boundaries(strings.ToLower), Says: "lower case"},
		{Name: "lower-case-first-block", Damage: first(boundaries(strings.ToLower)), Says: "lower case"},
		{Name: "capitalized", Damage: boundaries(replaced("BEGIN", "Begin", "END", "End")), Says: "capital letters"},
		{Name: "capitalized-label", Damage: boundaries(replaced("CERTIFICATE", "Certificate", "PRIVATE KEY", "Private Key")), Says: "capital letters"},

		{Name: "boundaries-lost", Damage: first(func(text string) string {
			_, text, _ = strings.Cut(text, "\n")
			return text[:strings.Index(text, dashes)]
		}), Says: "without its BEGIN and END lines"},
		{Name: "begin-lost", Damage: first(func(text string) string { _, rest, _ := strings.Cut(text, "\n"); return rest }), Says: "BEGIN line of this block is missing"},
		{Name: "end-lost", Damage: first(func(text string) string { return text[:strings.Index(text, dashes+"END ")] }), Says: "END line"},
	}
}

// wide writes a text with the fullwidth forms of an input method.
func wide(text string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' {
			return '\u3000'
		}
		return r - '!' + '\uff01'
	}, text)
}

// numbered puts a number in front of each line.
func numbered(format string) func(string) string {
	return func(text string) string {
		n := 0
		return lines(func(line string) string {
			n++
			return fmt.Sprintf(format, n) + line
		})(text)
	}
}

func inFront() []Variant {
	const says = "text stands before BEGIN on its line"
	around := func(name, front, behind string) Variant {
		return Variant{Name: name, Damage: func(text string) string { return front + strings.TrimSuffix(text, "\n") + behind }, Says: says}
	}
	each := func(name, mark string) Variant {
		return Variant{Name: name, Damage: lines(func(line string) string { return mark + line }), Says: says}
	}
	literals := func(name, declaration, front, behind, last string) Variant {
		return Variant{Name: name, Damage: func(text string) string {
			text = lines(func(line string) string { return front + line + behind })(text)
			return declaration + strings.TrimSuffix(text, behind+"\n") + last
		}, Says: says}
	}
	return []Variant{
		around("variable", `CERT="`, "\"\n"),
		around("variable-in-single-quotes", "TLS_PEM='", "'\n"),
		around("export", "export TLS_PEM=", "\n"),
		around("typographic-quotes", "\u201c", "\u201d\n"),
		around("corner-brackets", "\u300c", "\u300d\n"),
		around("three-quotes", `pem = """`, "\"\"\"\n"),
		around("template-literal", "const pem = `", "`;\n"),
		around("pre", "<pre>", "</pre>\n"),
		around("element-of-xml", "<pem>", "</pem>\n"),
		around("sentence", "Here it is: ", "\n"),
		around("yaml", "pem: ", "\n"),
		around("bullet", "\u2022 ", "\n"),
		each("quoted-mail", "> "),
		each("quoted-mail-twice", ">> "),
		each("table-bar", "| "),
		each("added-in-a-diff", "+"),
		{Name: "numbers-of-cat", Damage: numbered("%6d\t"), Says: says},
		{Name: "numbers-of-an-editor", Damage: numbered("%4d "), Says: says},
		{Name: "numbers-and-colons", Damage: numbered("%d: "), Says: says},
		{Name: "numbers-of-grep", Damage: numbered("%d:"), Says: says},
		{Name: "numbers-and-bars", Damage: numbered("%3d \u2502 "), Says: says},
		{Name: "json-object", Damage: func(text string) string { return `{"pem": ` + jsonOf(text) + "}\n" }, Says: says},
		{Name: "json-array", Damage: func(text string) string { return "[" + jsonOf(text) + "]\n" }, Says: says},
		{Name: "json-in-json", Damage: func(text string) string { return `{"secret": ` + jsonOf(`{"pem":`+jsonOf(text)+"}") + "}\n" }, Says: says},
		{Name: "json-of-lines", Damage: func(text string) string {
			return `{"pem": ["` + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", `", "`) + "\"]}\n"
		}, Says: says},
		{Name: "variable-with-escapes", Damage: func(text string) string { return "PEM=" + jsonOf(text) + "\n" }, Says: says},
		literals("java", "String pem = ", `"`, `\n" +`, `\n";`+"\n"),
		literals("go", "const pem = ", `"`, `\n" +`, `\n"`+"\n"),
		literals("php", "$pem = ", "'", `' . "\n" .`, "';\n"),
		literals("c", "static const char pem[] = ", `"`, `\n"`, `\n";`+"\n"),
		literals("python", "pem = (", `'`, `\n'`, `\n')`+"\n"),
	}
}

func jsonOf(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(quoted)
}

func encoded() []Variant {
	const (
		escapes, percent, entities = "escapes", "percent encoding", "HTML entities"
		tags, mail                 = "HTML tag", "quoted-printable"
	)
	body := func(name, says string, oldnew ...string) Variant {
		return Variant{Name: name, Damage: bodies(replaced(oldnew...)), Says: says}
	}
	breaks := func(name, says, lineBreak string) Variant {
		return Variant{Name: name, Damage: replaced("\n", lineBreak), Says: says}
	}
	return []Variant{
		body("space-for-plus", "plus sign", "+", " "),
		body("url-alphabet", "URL-safe", "+", "-", "/", "_"),
		body("url-alphabet-without-padding", "URL-safe", "+", "-", "/", "_", "=", ""),
		body("padding-lost", "padding", "=", ""),
		body("escaped-slash", escapes, "/", `\/`),
		body("escaped-plus", escapes, "+", `\u002b`),
		body("escaped-plus-twice", escapes, "+", `\\u002b`, "=", `\\u003d`),
		body("escaped-in-hex", escapes, "+", `\x2b`, "/", `\x2f`),
		body("percent-plus", percent, "+", "%2B"),
		body("percent-all", percent, "+", "%2b", "/", "%2f", "=", "%3d"),
		body("percent-twice", percent, "+", "%252B"),
		body("entity-number", entities, "+", "&#43;"),
		body("entity-hex", entities, "+", "&#x2B;", "/", "&#x2F;", "=", "&#x3D;"),
		body("entity-name", entities, "+", "&plus;", "/", "&sol;", "=", "&equals;"),
		body("entity-twice", entities, "+", "&amp;#43;"),
		body("quoted-printable", mail, "=", "=3D"),
		body("fullwidth-plus", "the content is not base64", "+", wide("+")),
		{Name: "fullwidth-body", Damage: bodies(wide), Says: "the content is not base64"},
		body("no-break-space-inside", "U+00A0 NO-BREAK SPACE", "M", "M\u00a0"),
		body("zero-width-space-inside", "U+200B ZERO WIDTH SPACE", "I", "\u200bI"),
		breaks("backslash-n", escapes, `\n`),
		breaks("backslash-n-twice", escapes, `\\n`),
		breaks("backslash-r-n", escapes, `\r\n`),
		breaks("percent-0a", percent, "%0A"),
		breaks("percent-0d-0a", percent, "%0D%0A"),
		breaks("entity-10", entities, "&#10;"),
		breaks("entity-newline", entities, "&NewLine;"),
		breaks("br", tags, "<br>"),
		breaks("br-and-line-break", tags, "<br/>\n"),
		{Name: "backslash-n-and-escaped-slash", Damage: replaced("\n", `\n`, "/", `\/`), Says: escapes},
		{Name: "paragraphs", Damage: func(text string) string {
			return "<html><body>\n" + lines(func(line string) string { return line + "</p>" })(text) + "</body></html>\n"
		}, Says: tags},
		{Name: "query", Damage: func(text string) string { return url.QueryEscape(text) + "\n" }, Says: percent},
		{Name: "path", Damage: func(text string) string { return url.PathEscape(text) + "\n" }, Says: percent},
		{Name: "escaped-for-html", Damage: func(text string) string {
			return strings.ReplaceAll(html.EscapeString(strings.ReplaceAll(text, "+", "&#43;")), "amp;", "") // what a template does
		}, Says: entities},
		{Name: "mail-with-soft-breaks", Damage: mailed, Says: mail},
		{Name: "dots", Damage: bodies(func(line string) string { return "..." + line[min(len(line), 3):] }), Says: "dots", Lost: true},
		{Name: "ellipsis", Damage: bodies(func(line string) string { return line[:min(len(line), 10)] + "\u2026" }), Says: "dots", Lost: true},
	}
}

// mailed writes a text as quoted-printable, with its line breaks lost before.
func mailed(text string) string {
	const width = 75
	text = strings.NewReplacer("=", "=3D", "\n", "=0A").Replace(text)
	var out strings.Builder
	for len(text) > width {
		cut := width
		if at := strings.LastIndexByte(text[:cut], '='); at > cut-len("=3D") {
			cut = at // an encoded character stays whole
		}
		out.WriteString(text[:cut] + "=\n")
		text = text[cut:]
	}
	return out.String() + text + "\n"
}

func dashed() []Variant {
	indented := lines(func(line string) string { return "    " + line })
	with := func(name, front, behind string) Variant {
		return Variant{Name: name, Damage: func(text string) string { return front + indented(text) + behind }, Says: "indented"}
	}
	return []Variant{
		with("document", "---\npem: |\n", "...\n"),
		with("two-documents", "---\npem: |\n", "---\n"),
		with("list-item", "pems:\n- |\n", ""),
		with("list-item-of-text", "- the text:\n\n", ""),
		with("rule", "--------------------\n", "--------------------\n"),
		with("five-dashes", "-----\n", "-----\n"),
		with("signature", "Regards\n\n", "-- \nOperations\n"),
		with("original-message", "-----Original Message-----\n", ""),
		with("spaced-rule", "- - - - -\n", ""),
		with("option", "-cert\n", "--key\n"),
		with("arrow", "--> the text\n", "<--\n"),
		with("forwarded", "---------- Forwarded message ---------\n", ""),
		with("heading", "The text\n--------\n", ""),
		{Name: "rule-and-escapes", Damage: func(text string) string { return "----------\n" + strings.ReplaceAll(text, "\n", `\n`) + "\n" }, Says: "line break"},
	}
}
