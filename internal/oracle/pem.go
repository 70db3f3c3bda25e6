// Package oracle reads certificates and keys as OpenSSL and Go do. Tests compare this
// library with it. It also lists the intended differences.
//
//   - [OpenSSLBlocks] and [OpenSSLCertificates] read PEM as OpenSSL 3.0 does, fast
//     enough for a fuzz target. A test compares them with the openssl command.
//   - [GoBlocks] is encoding/pem, [Pairs] are crypto/tls and go.step.sm/crypto.
//   - [Known] is the list of all intended differences, each with its reason.
//   - [Mangler] damages PEM text at random.
package oracle

import (
	"bytes"
	"encoding/pem"
	"errors"
	"strings"
)

// Block is one PEM block as a reader yields it.
type Block struct {
	Label   string
	Headers string // as text; "" without headers
	DER     []byte
}

// Equal reports whether two blocks are the same, apart from headers.
func (b Block) Equal(other Block) bool {
	return b.Label == other.Label && bytes.Equal(b.DER, other.DER)
}

// GoBlocks returns the blocks that encoding/pem finds.
func GoBlocks(text string) (blocks []Block) {
	for rest := []byte(text); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return blocks
		}
		var headers strings.Builder
		for name, value := range block.Headers {
			headers.WriteString(name + ": " + value + "\n")
		}
		blocks = append(blocks, Block{block.Type, headers.String(), block.Bytes})
	}
}

// The errors that end OpenSSL's reading, by its names.
var (
	errNoStart  = errors.New("no start line")
	errBadEnd   = errors.New("bad end line")
	errBase64   = errors.New("bad base64 decode")
	errNothing  = errors.New("no data")
	errNotProc  = errors.New("not proc type")
	errTooShort = errors.New("short line, or a long one, behind a header")
)

// OpenSSLBlocks returns the blocks that OpenSSL 3.0 reads from a file. The error
// ends the reading before the end of the text.
func OpenSSLBlocks(text string) (blocks []Block, err error) {
	for r := (&openSSLReader{rest: text}); ; {
		block, err := r.block()
		if errors.Is(err, errNoStart) {
			return blocks, nil
		}
		if err != nil {
			return blocks, err
		}
		blocks = append(blocks, block)
	}
}

// OpenSSLCertificates returns the DER of the certificates that
// SSL_CTX_use_certificate_chain_file of OpenSSL 3.0 finds in a file. It reads only the
// PEM text, not the certificates. It skips blocks of other kinds. TRUSTED CERTIFICATE is
// one of its kinds only as the first block; its DER has more than a certificate.
func OpenSSLCertificates(text string) (ders [][]byte, err error) {
	blocks, err := OpenSSLBlocks(text)
	for _, b := range blocks {
		switch {
		case b.Label == "CERTIFICATE", b.Label == "X509 CERTIFICATE", b.Label == "TRUSTED CERTIFICATE" && len(ders) == 0:
		default:
			continue
		}
		if b.Headers != "" && b.Headers[0] != '\n' {
			return ders, errNotProc
		}
		ders = append(ders, b.DER)
	}
	if err == nil && len(ders) == 0 {
		err = errNoStart
	}
	return ders, err
}

// openSSLReader reads as PEM_read_bio does with the BIO of a file.
type openSSLReader struct{ rest string }

// piece is the number of bytes of a line that are read at once. The rest is read as
// another line.
const piece = 254

// line returns the next piece of a line. A piece is a C string, so it ends at a zero byte,
// and the rest of it is lost. An empty piece is the end of the file.
func (r *openSSLReader) line() (text string, ok bool) {
	n := min(len(r.rest), piece)
	if at := strings.IndexByte(r.rest[:n], '\n'); at >= 0 {
		n = at + 1
	}
	text, r.rest = r.rest[:n], r.rest[n:]
	text, _, _ = strings.Cut(text, "\x00")
	return text, text != ""
}

// trimmed returns a line without the bytes at its end that are not greater than a space.
// Bytes that are not ASCII are negative numbers in C.
func trimmed(line string) string {
	for n := len(line); n > 0; n-- {
		if c := int8(line[n-1]); c > ' ' { //nolint:gosec // a C char is signed
			return line[:n]
		}
	}
	return ""
}

const (
	begin, end, tail = "-----BEGIN ", "-----END ", "-----"
	byteOrderMark    = "\xef\xbb\xbf"
)

func (r *openSSLReader) block() (Block, error) {
	label, ok := r.label()
	if !ok {
		return Block{}, errNoStart
	}
	headers, body, err := r.body(label)
	if err != nil {
		return Block{}, err
	}
	der, err := openSSLBase64(body)
	if err == nil && len(der) == 0 {
		err = errNothing
	}
	return Block{label, headers, der}, err
}

// label looks for a BEGIN line. The first line that it looks at may have a
// byte-order mark.
func (r *openSSLReader) label() (label string, ok bool) {
	for first := true; ; first = false {
		line, ok := r.line()
		if !ok {
			return "", false
		}
		if first && len(line) > len(byteOrderMark) {
			line = strings.TrimPrefix(line, byteOrderMark)
		}
		if rest, isBegin := strings.CutPrefix(trimmed(line), begin); isBegin {
			if label, isBegin = strings.CutSuffix(rest, tail); isBegin {
				return label, true
			}
		}
	}
}

// body reads up to the END line. A colon in the first line makes it a header. A blank line
// ends the headers, even if there are none. After that, all lines but the last are 64
// long.
func (r *openSSLReader) body(label string) (headers, body string, err error) {
	var text [2]strings.Builder // headers and body
	var (
		mayBeHeader = true // so far
		behind      = false
		last        = false // only END may follow
		partial     = false // the line continues in the next piece
	)
	for {
		line, ok := r.line()
		if !ok {
			return "", "", errBadEnd
		}
		continued := partial
		partial = len(line) == piece && line[piece-1] != '\n'
		if mayBeHeader && strings.Contains(line, ":") {
			mayBeHeader = false
		}
		line = trimmed(line)
		if line == "" {
			if continued {
				continue
			}
			if behind {
				return "", "", errBadEnd
			}
			mayBeHeader, behind = false, true
			continue
		}
		if rest, isEnd := strings.CutPrefix(line, end); isEnd {
			if rest != label+tail {
				return "", "", errBadEnd
			}
			if mayBeHeader { // it was not
				return "", text[0].String(), nil
			}
			return text[0].String(), text[1].String(), nil
		}
		if last {
			return "", "", errBadEnd
		}
		if !behind {
			_, _ = text[0].WriteString(line + "\n")
			continue
		}
		_, _ = text[1].WriteString(line + "\n")
		if len(line) > 64 {
			return "", "", errTooShort
		}
		last = len(line) < 64
	}
}

// openSSLBase64 decodes as EVP_DecodeUpdate and EVP_DecodeFinal do: it skips white space,
// and a hyphen ends the text.
func openSSLBase64(text string) ([]byte, error) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	var out []byte
	var group, n, padding int
	for _, c := range []byte(text) {
		value := strings.IndexByte(alphabet, c)
		switch {
		case c == ' ', c == '\t', c == '\r', c == '\n':
			continue
		case c == '-':
			if n != 0 {
				return nil, errBase64
			}
			return out, nil
		case c == '=':
			padding++
			value = 0
		case value < 0, padding > 0:
			return nil, errBase64
		}
		if padding > 2 {
			return nil, errBase64
		}
		group, n = group<<6|value, n+1
		if n == 4 {
			out = append(out, byte(group>>16), byte(group>>8), byte(group)) //nolint:gosec // the low bits
			out = out[:len(out)-padding]
			group, n = 0, 0
		}
	}
	if n != 0 {
		return nil, errBase64
	}
	return out, nil
}
