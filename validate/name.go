package validate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/message"
)

// CertName checks a certificate name: at most 128 characters, counted as Unicode
// code points and not as bytes, in valid UTF-8 and without control characters.
// It refuses more than 512 bytes unread, because they cannot be 128 characters. The
// empty name is an absent one and passes. The codes are those of CDN
// SetDomainServerCertificate.
func CertName(name string) error {
	c := newChecker(errcodes.SetDomainServerCertificate, Options{})
	c.checkCertName(name)
	return c.finish().Err()
}

func (c *checker) checkCertName(name string) {
	if len(name) > maxCertNameBytes {
		c.violate(errcodes.CondCertNameTooLong, errcodes.Position{}, message.NameTooManyBytes.With(len(name), MaxCertName))
		return
	}
	switch {
	case !utf8.ValidString(name):
		c.violate(errcodes.CondCertNameMalformed, errcodes.Position{}, message.NotUTF8.With())
	case strings.ContainsFunc(name, unicode.IsControl):
		c.violate(errcodes.CondCertNameMalformed, errcodes.Position{}, message.ControlCharacter.With())
	}
	if n := utf8.RuneCountInString(name); n > MaxCertName && !c.done() {
		c.violate(errcodes.CondCertNameTooLong, errcodes.Position{}, message.NameTooLong.With(n, MaxCertName))
	}
}
