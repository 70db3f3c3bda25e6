package validate

import (
	"unicode"

	"github.com/alicert/alicert/validate/internal/message"
)

// character names a character as Unicode does, such as U+2013 EN DASH, where it is one
// that people take for another or do not see; others only by its code point.
func character(r rune) string {
	if name := characterName(r); name != "" {
		return codePoint(r) + " " + name
	}
	return codePoint(r)
}

// characterName has the characters that take the places of hyphens and spaces in texts
// that were copied.
func characterName(r rune) string {
	if name := dashName(r); name != "" {
		return name
	}
	switch r {
	case '\t':
		return "CHARACTER TABULATION"
	case '\v':
		return "LINE TABULATION"
	case '\f':
		return "FORM FEED"
	case '\u0085':
		return "NEXT LINE"
	case '\u00a0':
		return "NO-BREAK SPACE"
	case '\u00ad':
		return "SOFT HYPHEN"
	case '\u1680':
		return "OGHAM SPACE MARK"
	case '\u2000':
		return "EN QUAD"
	case '\u2001':
		return "EM QUAD"
	case '\u2002':
		return "EN SPACE"
	case '\u2003':
		return "EM SPACE"
	case '\u2007':
		return "FIGURE SPACE"
	case '\u2008':
		return "PUNCTUATION SPACE"
	case '\u2009':
		return "THIN SPACE"
	case '\u200a':
		return "HAIR SPACE"
	case '\u202f':
		return "NARROW NO-BREAK SPACE"
	case '\u205f':
		return "MEDIUM MATHEMATICAL SPACE"
	case '\u3000':
		return "IDEOGRAPHIC SPACE"
	default:
		return invisibleName(r)
	}
}

func dashName(r rune) string {
	switch r {
	case '\u2010':
		return "HYPHEN"
	case '\u2011':
		return "NON-BREAKING HYPHEN"
	case '\u2012':
		return "FIGURE DASH"
	case '\u2013':
		return "EN DASH"
	case '\u2014':
		return "EM DASH"
	case '\u2015':
		return "HORIZONTAL BAR"
	case '\u2043':
		return "HYPHEN BULLET"
	case '\u2212':
		return "MINUS SIGN"
	case '\u02d7':
		return "MODIFIER LETTER MINUS SIGN"
	case '\u2500':
		return "BOX DRAWINGS LIGHT HORIZONTAL"
	case '\u2e3a':
		return "TWO-EM DASH"
	case '\u2e3b':
		return "THREE-EM DASH"
	case '\u30fc':
		return "KATAKANA-HIRAGANA PROLONGED SOUND MARK"
	case '\ufe58':
		return "SMALL EM DASH"
	case '\ufe63':
		return "SMALL HYPHEN-MINUS"
	case '\uff0d':
		return "FULLWIDTH HYPHEN-MINUS"
	default:
		return ""
	}
}

func invisibleName(r rune) string {
	switch r {
	case '\u200b':
		return "ZERO WIDTH SPACE"
	case '\u200c':
		return "ZERO WIDTH NON-JOINER"
	case '\u200d':
		return "ZERO WIDTH JOINER"
	case '\u200e':
		return "LEFT-TO-RIGHT MARK"
	case '\u200f':
		return "RIGHT-TO-LEFT MARK"
	case '\u2028':
		return "LINE SEPARATOR"
	case '\u2029':
		return "PARAGRAPH SEPARATOR"
	case '\u202a':
		return "LEFT-TO-RIGHT EMBEDDING"
	case '\u202c':
		return "POP DIRECTIONAL FORMATTING"
	case '\u2060':
		return "WORD JOINER"
	case '\u180e':
		return "MONGOLIAN VOWEL SEPARATOR"
	case '\u2800':
		return "BRAILLE PATTERN BLANK"
	case '\u3164':
		return "HANGUL FILLER"
	case '\ufeff':
		return "ZERO WIDTH NO-BREAK SPACE"
	default:
		return ""
	}
}

// kindOfCharacter says what kind a character is of which nothing else may be said,
// because it stands in a private key.
func kindOfCharacter(r rune) message.Reason {
	switch {
	case r == '"' || r == '\'' || r == '`' || unicode.In(r, unicode.Pi, unicode.Pf):
		return message.KindQuote.With()
	case unicode.IsControl(r):
		return message.KindControl.With()
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return message.KindLetter.With()
	default:
		return message.KindSign.With()
	}
}
