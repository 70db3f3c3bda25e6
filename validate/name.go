package validate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alicert/alicert/errcodes"
)

// CertName judges a certificate name: at most 128 characters, counted as Unicode
// code points and not as bytes, in valid UTF-8 and without control characters.
// More than 512 bytes cannot be 128 characters and are refused unread. The empty
// name is an absent one and passes. The codes are those of CDN
// SetDomainServerCertificate.
func CertName(name string) error {
	j := newJudge(errcodes.SetDomainServerCertificate, Options{})
	j.judgeCertName(name)
	return j.finish().Err()
}

func (j *judge) judgeCertName(name string) {
	if len(name) > maxCertNameBytes {
		j.violate(errcodes.CondCertNameTooLong, place{}, say("%[1]d bytes cannot be %[2]d characters", "%[1]d 字节不可能在 %[2]d 个字符以内", len(name), MaxCertName))
		return
	}
	switch {
	case !utf8.ValidString(name):
		j.violate(errcodes.CondCertNameMalformed, place{}, say("not valid UTF-8", "不是合法的 UTF-8"))
	case strings.ContainsFunc(name, unicode.IsControl):
		j.violate(errcodes.CondCertNameMalformed, place{}, say("it holds a control character", "含有控制字符"))
	}
	if n := utf8.RuneCountInString(name); n > MaxCertName && !j.done() {
		j.violate(errcodes.CondCertNameTooLong, place{}, say("%[1]d characters; the limit is %[2]d", "%[1]d 个字符，上限为 %[2]d", n, MaxCertName))
	}
}
