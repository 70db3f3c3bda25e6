package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
)

//go:embed page
var sources embed.FS

// A page is the file, and the policy in it.
type page struct {
	html   []byte
	policy string
}

// contentType is how the page is served. Every byte of the packed module is one character,
// so the page is in a character set that has one for each; its own text is ASCII.
const contentType = "text/html; charset=windows-1252"

// assemble puts the page together.
func assemble(module, runtime []byte) (*page, error) {
	packed, err := pack(module)
	if err != nil {
		return nil, err
	}
	parts := map[string]string{"runtime": string(runtime), "module": string(packed)}
	for part, name := range map[string]string{"html": "page.html", "style": "page.css", "script": "page.js", "texts": "texts.json"} {
		data, err := sources.ReadFile("page/" + name)
		if err != nil {
			return nil, err
		}
		parts[part] = string(data)
	}
	if parts["texts"], err = asciiJSON(parts["texts"]); err != nil {
		return nil, err
	}
	for _, part := range []string{"html", "style", "script", "texts", "runtime"} {
		if strings.ContainsFunc(parts[part], func(r rune) bool { return r > '~' }) {
			return nil, fmt.Errorf("the %s of the page is not ASCII", part)
		}
	}
	for _, part := range []string{"style", "script", "texts", "runtime"} {
		if strings.Contains(parts[part], "</") || strings.Contains(parts[part], "<!--") {
			return nil, fmt.Errorf("the %s of the page ends its element", part)
		}
	}
	p := &page{policy: policyOf(parts["style"], parts["runtime"], parts["script"])}
	parts["policy"] = p.policy
	var out bytes.Buffer
	rest := parts["html"]
	for {
		before, after, found := strings.Cut(rest, "{{")
		out.WriteString(before)
		if !found {
			break
		}
		name, behind, _ := strings.Cut(after, "}}")
		out.WriteString(parts[name])
		rest = behind
	}
	p.html = out.Bytes()
	return p, nil
}

// policyOf is the policy of a page with one style and some scripts. It allows them by their
// hashes, to compile the module, and an icon that is in the page itself.
func policyOf(style string, scripts ...string) string {
	allowed := make([]string, len(scripts))
	for i, script := range scripts {
		allowed[i] = hashOf(script)
	}
	return strings.Join([]string{
		"default-src 'none'", "connect-src 'none'", "form-action 'none'", "base-uri 'none'", "img-src data:",
		"script-src 'wasm-unsafe-eval' " + strings.Join(allowed, " "), "style-src " + hashOf(style), "require-trusted-types-for 'script'",
	}, "; ")
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// asciiJSON writes JSON in one line and in ASCII.
func asciiJSON(text string) (string, error) {
	var short bytes.Buffer
	if err := json.Compact(&short, []byte(text)); err != nil {
		return "", err
	}
	var out strings.Builder
	for _, r := range short.String() {
		if r > '~' { // all are of the basic plane
			fmt.Fprintf(&out, `\u%04x`, r)
			continue
		}
		out.WriteRune(r)
	}
	return out.String(), nil
}

// pack compresses a module and writes it so that it can stand in an element of the page:
// each byte as the character of windows-1252 with that number. Four bytes that HTML does
// not keep, or that may end the element, are written as an equals sign and the byte plus
// 64. In base64 the page would be a third larger.
func pack(module []byte) ([]byte, error) {
	var compressed bytes.Buffer
	w, err := gzip.NewWriterLevel(&compressed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(module); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	const escape = 64
	out := make([]byte, 0, compressed.Len()+compressed.Len()/escape)
	for _, b := range compressed.Bytes() {
		switch b {
		case 0, '\r', '<', '=':
			out = append(out, '=', b+escape)
		default:
			out = append(out, b)
		}
	}
	return out, nil
}
