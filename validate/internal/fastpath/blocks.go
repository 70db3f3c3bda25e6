package fastpath

import "strings"

// CertificateBlock decodes the block of a certificate that a text begins with, of so
// many lines, whatever is in it. ok is false unless the text is nothing but such blocks in
// canonical form, as far as this one and the next line tell.
func CertificateBlock(text string) (der []byte, lines int, rest string, ok bool) {
	// The END line is short, so the content fits into three quarters of the block.
	size := strings.Index(text, certificateEnd) + len(certificateEnd)
	der = make([]byte, size/4*3)
	n, rest, ok := DecodeCertificate(der, text)
	if !ok {
		return nil, 0, "", false
	}
	return der[:n:n], strings.Count(text[:len(text)-len(rest)], "\n"), rest, true
}

// DecodeCertificate is CertificateBlock for a certificate that fits into dst.
func DecodeCertificate(dst []byte, text string) (n int, rest string, ok bool) {
	n, rest = decodeBlock(dst, text, certificateBegin, certificateEnd)
	if n == 0 || !endsLine(text, rest) || rest != "" && !strings.HasPrefix(rest, certificateBegin) {
		return 0, "", false
	}
	return n, rest, true
}

// KeyBlock decodes a text that is nothing but the block of a private key in canonical
// form, whatever is in it. The label tells the form.
func KeyBlock(text string) (f Form, der []byte, ok bool) {
	der = make([]byte, len(text)/4*3)
	f, n, rest := decodeKeyBlock(der, text)
	if n == 0 || rest != "" || !endsLine(text, rest) {
		clear(der)
		return 0, nil, false
	}
	return f, der[:n:n], true
}

// endsLine reports whether there is a line break in front of the rest of a text.
func endsLine(text, rest string) bool { return text[len(text)-len(rest)-1] == '\n' }
