package validate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alicert/alicert/errcodes"
)

// CertName checks a certificate name: at most 128 characters, counted as Unicode
// code points and not as bytes, in valid UTF-8 and without control characters.
// More than 512 bytes cannot be 128 characters and are refused unread. The empty
// name is an absent one and passes. The codes are those of CDN
// SetDomainServerCertificate.
func CertName(name string) error {
	c := newChecker(errcodes.SetDomainServerCertificate, Options{})
	c.checkCertName(name)
	return c.finish().Err()
}

func (c *checker) checkCertName(name string) {
	if len(name) > maxCertNameBytes {
		c.violate(errcodes.CondCertNameTooLong, errcodes.Position{}, say("%[1]d bytes cannot be %[2]d characters", "%[1]d 字节不可能在 %[2]d 个字符以内", len(name), MaxCertName))
		return
	}
	switch {
	case !utf8.ValidString(name):
		c.violate(errcodes.CondCertNameMalformed, errcodes.Position{}, say("not valid UTF-8", "不是合法的 UTF-8"))
	case strings.ContainsFunc(name, unicode.IsControl):
		c.violate(errcodes.CondCertNameMalformed, errcodes.Position{}, say("it holds a control character", "含有控制字符"))
	}
	if n := utf8.RuneCountInString(name); n > MaxCertName && !c.done() {
		c.violate(errcodes.CondCertNameTooLong, errcodes.Position{}, say("%[1]d characters; the limit is %[2]d", "%[1]d 个字符，上限为 %[2]d", n, MaxCertName))
	}
}
