package inputs

import (
	"encoding/base64"
	"encoding/pem"
	"maps"
	"slices"
	"strings"

	"github.com/alicert/alicert/validate"
)

// MutationNames returns the names of the mutations of a [Fixture], sorted.
func MutationNames() []string { return slices.Sorted(maps.Keys(mutations)) }

// mutations combine, wrap and damage texts. Each takes any text.
var mutations = map[string]func(string) string{
	// order
	"reversed": func(text string) string {
		blocks := split(text)
		slices.Reverse(blocks)
		return strings.Join(blocks, "")
	},
	"doubled": func(text string) string { return text + text },

	// form
	"crlf":      func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") },
	"cr":        func(text string) string { return strings.ReplaceAll(text, "\n", "\r") },
	"unended":   func(text string) string { return strings.TrimRight(text, "\n") },
	"commented": func(text string) string { return "subject=www.example.com\n" + text },
	"spaced": func(text string) string {
		return "\n" + strings.ReplaceAll(text, "-----\n-----", "-----\n\n-----") + "\n"
	},
	"one line": func(text string) string { return encode(text, 1<<20) },
	"long":     func(text string) string { return encode(text, 76) },
	"at limit": func(text string) string { return pad(text, validate.DefaultCertificateLimit) },
	"at key limit": func(text string) string {
		return pad(text, validate.DefaultPrivateKeyLimit)
	},

	// BEGIN and END lines
	"blank":      func(string) string { return " \t\r\n" },
	"cut":        func(text string) string { return text[:len(text)*2/3] },
	"endless":    func(text string) string { before, _, _ := strings.Cut(text, "-----END"); return before },
	"indented":   func(text string) string { return " " + text },
	"bom":        func(text string) string { return "\uFEFF" + text },
	"dashes":     func(text string) string { return strings.Replace(text, "-----BEGIN", "----BEGIN", 1) },
	"header":     func(text string) string { return strings.Replace(text, "-----\n", "-----\nComment: none\n\n", 1) },
	"blank line": func(text string) string { return strings.Replace(text, "-----\n", "-----\n\n", 1) },
	"not base64": func(text string) string { return strings.Replace(text, "-----\nM", "-----\n!", 1) },
	"trusted":    func(text string) string { return strings.ReplaceAll(text, " CERTIFICATE-", " TRUSTED CERTIFICATE-") },
	"x509":       func(text string) string { return strings.ReplaceAll(text, " CERTIFICATE-", " X509 CERTIFICATE-") },
	"relabeled":  func(text string) string { return strings.NewReplacer(" EC ", " ", " RSA ", " ").Replace(text) },
	"over limit": func(text string) string { return pad(text, validate.DefaultCertificateLimit+1) },
	"over key limit": func(text string) string {
		return pad(text, validate.DefaultPrivateKeyLimit+1)
	},
	"der": func(text string) string {
		block, _ := pem.Decode([]byte(text))
		if block == nil {
			return text
		}
		return string(block.Bytes)
	},

	// content
	"empty":     func(text string) string { return rewrite(text, func([]byte) []byte { return nil }) },
	"truncated": func(text string) string { return rewrite(text, func(der []byte) []byte { return der[:len(der)-1] }) },
	"trailing":  func(text string) string { return rewrite(text, func(der []byte) []byte { return append(der, 0) }) },
	"flipped": func(text string) string {
		return rewrite(text, func(der []byte) []byte {
			der[len(der)/2] ^= 0x40
			return der
		})
	},
}

// split returns the blocks of a text, each with the text before it.
func split(text string) (blocks []string) {
	start := 0
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n') + 1
		if end == 0 {
			end = len(text) - at
		}
		line := text[at : at+end]
		at += end
		if strings.HasPrefix(line, "-----END ") {
			blocks = append(blocks, text[start:at])
			start = at
		}
	}
	if start < len(text) {
		blocks = append(blocks, text[start:])
	}
	return blocks
}

// pad puts lines of comment before a text to reach a length.
func pad(text string, length int) string {
	missing := length - len(text)
	if missing <= 0 {
		return text
	}
	line := strings.Repeat("#", 63) + "\n"
	return strings.Repeat(line, missing/64) + strings.Repeat("#", max(missing%64-1, 0)) + strings.Repeat("\n", min(missing%64, 1)) + text
}

// encode rewrites the blocks of a text with another length of lines.
func encode(text string, width int) string {
	return eachBlock(text, func(label string, der []byte) string {
		body := base64.StdEncoding.EncodeToString(der)
		var b strings.Builder
		b.WriteString("-----BEGIN " + label + "-----\n")
		for ; body != ""; body = body[min(width, len(body)):] {
			b.WriteString(body[:min(width, len(body))] + "\n")
		}
		return b.String() + "-----END " + label + "-----\n"
	})
}

// rewrite changes the content of the first block of a text.
func rewrite(text string, change func(der []byte) []byte) string {
	first := true
	return eachBlock(text, func(label string, der []byte) string {
		if first && len(der) > 0 {
			der = change(der)
			first = false
		}
		return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
	})
}

// eachBlock rewrites every block of a text. A text without a block stays as it is.
func eachBlock(text string, write func(label string, der []byte) string) string {
	var b strings.Builder
	rest := []byte(text)
	for {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		b.WriteString(write(block.Type, block.Bytes))
	}
	if b.Len() == 0 {
		return text
	}
	return b.String()
}
