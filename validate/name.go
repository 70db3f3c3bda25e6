package validate

import (
	"cmp"
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
	longest := c.certNameLimit()
	if len(name) > maxCertNameBytes {
		c.violate(errcodes.CondCertNameTooLong, errcodes.Position{}, message.NameTooManyBytes.With(len(name), longest))
		return
	}
	switch {
	case !utf8.ValidString(name):
		c.violate(errcodes.CondCertNameMalformed, errcodes.Position{}, message.NotUTF8.With())
	case strings.ContainsFunc(name, unicode.IsControl):
		c.violate(errcodes.CondCertNameMalformed, errcodes.Position{}, message.ControlCharacter.With())
	}
	hasForm := c.has(errcodes.CondCertNameCharacters)
	if hasForm && len(c.findings) == 0 {
		c.checkNameCharacters(name)
	}
	if n := utf8.RuneCountInString(name); n > longest && !c.done() {
		c.violate(errcodes.CondCertNameTooLong, errcodes.Position{}, message.NameTooLong.With(n, longest))
	}
	if odd, found := oddInName(name); found && !hasForm && len(c.findings) == 0 && !c.verdictOnly {
		c.advise(CertNameCharacters, errcodes.FieldCertName, errcodes.Position{}, message.NameCharacters.With(codePoint(odd)))
	}
}

// checkNameCharacters checks the form of a name that has one.
func (c *checker) checkNameCharacters(name string) {
	for i, r := range name {
		switch {
		case unicode.IsLetter(r), i > 0 && (unicode.IsDigit(r) || strings.ContainsRune("._-/", r)):
			continue
		case i == 0:
			c.violate(errcodes.CondCertNameCharacters, errcodes.Position{}, message.NameFirstCharacter.With(codePoint(r)))
		default:
			c.violate(errcodes.CondCertNameCharacters, errcodes.Position{}, message.NameCharacterRefused.With(codePoint(r)))
		}
		return
	}
}

// certNameLimit returns the characters that the operation allows in a certificate name.
func (c *checker) certNameLimit() int {
	return cmp.Or(c.table.Operation.Limit(errcodes.FieldCertName), MaxCertName)
}

// oddInName returns the first character of a certificate name that the vendor's console
// does not take.
func oddInName(name string) (odd rune, found bool) {
	for _, r := range name {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '.', r == '_', r == '-':
		default:
			return r, true
		}
	}
	return 0, false
}
