package pemscan

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Encoding is a way in which programs write characters that PEM text must have itself.
type Encoding uint8

// The encodings. The zero value is none.
const (
	Escapes         Encoding = iota + 1 // of JSON and source code: \n, \/, \u002b
	Percent                             // of URLs and forms: %0A, %2B
	Entities                            // of HTML: &#43;, &plus;
	Tags                                // of HTML: <br>
	QuotedPrintable                     // of mail: =0A, =3D
)

// None of these begins in sound PEM text: base64 has "=" at its end only, and of the
// others nothing.

// EncodingAt returns the encoding that a text begins with.
func EncodingAt(text string) Encoding {
	_, _, encoding := decodeOne(text)
	return encoding
}

// Unescape decodes what one line of text has of any [Encoding], each once. Line breaks
// come out as LF.
func Unescape(line string) string {
	if !strings.ContainsAny(line, `\%&<=`) {
		return line
	}
	var out strings.Builder
	for line != "" {
		at := strings.IndexAny(line, `\%&<=`)
		if at < 0 {
			break
		}
		out.WriteString(line[:at])
		line = line[at:]
		text, size, encoding := decodeOne(line)
		if encoding == 0 {
			text, size = line[:1], 1
		}
		out.WriteString(text)
		line = line[size:]
	}
	out.WriteString(line)
	return out.String()
}

// decodeOne decodes what a text begins with: size bytes of it are the text, in an
// encoding, or in none.
func decodeOne(line string) (text string, size int, encoding Encoding) {
	if line == "" {
		return "", 0, 0
	}
	switch line[0] {
	case '\\':
		text, size = escape(line)
		encoding = Escapes
	case '%':
		text, size = hexByte(line)
		encoding = Percent
	case '=':
		text, size = hexByte(line)
		encoding = QuotedPrintable
	case '&':
		text, size = entity(line)
		encoding = Entities
	case '<':
		text, size = htmlTag(line)
		encoding = Tags
	}
	if size == 0 {
		return "", 0, 0
	}
	return strings.ReplaceAll(text, "\r", ""), size, encoding
}

// escape decodes one escape of JSON or source code. Backslashes double where a text was
// quoted twice, so several are one.
func escape(line string) (text string, size int) {
	rest := strings.TrimLeft(line, `\`)
	size = len(line) - len(rest)
	if rest == "" { // the line goes on
		return "", size
	}
	switch rest[0] {
	case 'n':
		return "\n", size + 1
	case 'r':
		return "", size + 1
	case 't':
		return " ", size + 1
	case '/', '"', '\'', '`', '+', '=', '-':
		return rest[:1], size + 1
	case 'u', 'x':
		const unicodeDigits, hexDigits = 4, 2
		n := hexDigits
		if rest[0] == 'u' {
			n = unicodeDigits
		}
		if len(rest) <= n {
			return "", 0
		}
		r, err := strconv.ParseUint(rest[1:1+n], 16, 32)
		if err != nil {
			return "", 0
		}
		return string(rune(r)), size + 1 + n //nolint:gosec // four digits
	default:
		return "", 0
	}
}

// hexByte decodes a sign and the two hexadecimal digits behind it.
func hexByte(line string) (text string, size int) {
	const whole = 3
	if len(line) < whole {
		return "", 0
	}
	b, err := strconv.ParseUint(line[1:whole], 16, 8)
	if err != nil {
		return "", 0
	}
	return string([]byte{byte(b)}), whole
}

// entity decodes a character reference of HTML.
func entity(line string) (text string, size int) {
	const longest = 12
	end := strings.IndexByte(line[:min(len(line), longest)], ';')
	if end < 0 {
		return "", 0
	}
	text = html.UnescapeString(line[:end+1])
	if text == line[:end+1] || utf8.RuneCountInString(text) > 1 {
		return "", 0
	}
	return text, end + 1
}

// htmlTag reads a tag of HTML: one that ends a line is a line break, others are nothing.
func htmlTag(line string) (text string, size int) {
	const longest = 200
	end := strings.IndexByte(line[:min(len(line), longest)], '>')
	if end < 0 {
		return "", 0
	}
	name := strings.TrimLeft(line[1:end], "/")
	if at := strings.IndexAny(name, " /\t"); at >= 0 {
		name = name[:at]
	}
	switch strings.ToLower(name) {
	case "br", "p", "div", "li", "ul", "ol", "tr", "td", "table", "pre", "textarea", "blockquote", "body", "html":
		return "\n", end + 1
	case "code", "span", "b", "i", "em", "strong", "font", "wbr", "tt", "kbd", "samp", "string", "a", "u":
		return "", end + 1
	default:
		return "", 0
	}
}
