package validate

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate/internal/message"
	"github.com/alicert/alicert/validate/internal/pemscan"
)

// pemText reads a parameter that holds PEM text, certificate or private key. It
// collects damage, which the check of the form records.
type pemText struct {
	*checker
	notPEM errcodes.Condition // the condition for damage of the text or of a body
	found  []finding

	findings, notes int // how many the checker had before
}

func (c *checker) newPEMText(notPEM errcodes.Condition) *pemText {
	return &pemText{checker: c, notPEM: notPEM, findings: len(c.findings), notes: len(c.notes)}
}

func (a *pemText) damaged(at errcodes.Position, reason message.Reason) {
	a.found = append(a.found, finding{cond: a.notPEM, at: at, reason: reason})
}

// enough reports whether a verdict needs no more damage.
func (a *pemText) enough() bool { return a.verdictOnly && len(a.found) > 0 }

const (
	utf8BOM    = "\xef\xbb\xbf"
	utf16BOMle = "\xff\xfe"
	utf16BOMbe = "\xfe\xff"
)

// encoding checks the encoding of the whole text. It returns the text without a
// byte-order mark, and whether it can hold blocks.
func (a *pemText) encoding(text string) (rest string, readable bool) {
	switch {
	case strings.HasPrefix(text, utf16BOMle), strings.HasPrefix(text, utf16BOMbe):
		a.damaged(errcodes.Position{Line: 1}, message.UTF16.With().Advising(message.HintUTF16))
		return "", false
	case looksLikeDER(text):
		a.damaged(errcodes.Position{}, derReason(text, a.notPEM))
		return "", false
	case strings.HasPrefix(text, utf8BOM):
		a.damaged(errcodes.Position{Line: 1}, message.ByteOrderMark.With())
		return text[len(utf8BOM):], true
	default:
		return text, true
	}
}

// looksLikeDER reports whether the text begins as a DER SEQUENCE does: with a
// length of several bytes, the first of which is not ASCII, or with a short one
// that fits and an INTEGER (a small key).
func looksLikeDER(text string) bool {
	if len(text) < 3 || text[0] != 0x30 {
		return false
	}
	return 0x80 <= text[1] && text[1] <= 0x84 || int(text[1])+2 == len(text) && text[2] == 0x02
}

func derReason(text string, notPEM errcodes.Condition) message.Reason {
	if reason, ok := wholeReason(text, notPEM); ok {
		return reason
	}
	return message.NotPEMButDER.With()
}

// damage records a damaged BEGIN or END line.
func (a *pemText) damage(item pemscan.Item) {
	a.damaged(errcodes.Position{Block: item.Index, Line: item.Line, Column: item.Odd.Column}, damageReason(item))
}

func damageReason(item pemscan.Item) message.Reason {
	switch item.Damage {
	case pemscan.Indented:
		return message.LineIndented.With()
	case pemscan.WrongDashes:
		return message.LineDashes.With()
	case pemscan.Trailing:
		return message.LineTrailing.With()
	case pemscan.OneLine:
		return message.OneLine.With()
	case pemscan.BadLabel:
		return message.BadLabel.With()
	case pemscan.StrayCR:
		return message.StrayCR.With()
	case pemscan.EndWithoutBegin:
		if item.Bare.To > 0 {
			return message.BeginMissing.With(item.Bare.From, item.Bare.To)
		}
		return message.EndWithoutBegin.With()
	case pemscan.BeginInside:
		return message.BeginInside.With(item.Opened)
	case pemscan.LabelsDiffer:
		return message.LabelsDiffer.With(item.Opened)
	case pemscan.CutOff:
		return message.CutOff.With()
	case pemscan.LongLine:
		return message.LongLine.With()
	case pemscan.ZeroByte:
		return message.ZeroByte.With()
	case pemscan.ByteOrderMark:
		return message.ByteOrderMarkInside.With()
	default:
		return resemblanceReason(item)
	}
}

// resemblanceReason explains what resembles a BEGIN or END line, and what is left where
// there is none.
func resemblanceReason(item pemscan.Item) message.Reason {
	switch item.Damage {
	case pemscan.OddCharacter:
		return oddReason(item.Odd.Rune)
	case pemscan.SmallLetters:
		return message.SmallLetters.With()
	case pemscan.Encoded:
		return encodingReason(item.Odd.Encoding)
	case pemscan.TextBefore:
		if item.Odd.End {
			return message.TextBeforeEnd.With()
		}
		return message.TextBeforeBegin.With()
	case pemscan.BareBase64:
		if item.Bare.Key {
			return message.BareKey.With(item.Bare.From, item.Bare.To)
		}
		return message.BareCertificate.With(item.Bare.From, item.Bare.To)
	default:
		return message.DamagedLine.With()
	}
}

// oddReason names a character of a BEGIN or END line.
func oddReason(r rune) message.Reason {
	switch name := character(r); {
	case pemscan.IsDash(r):
		return message.OddDash.With(name)
	case r == '\t':
		return message.OddTab.With(name)
	case unicode.IsSpace(r):
		return message.OddSpace.With(name)
	case pemscan.Letter(r) != r:
		return message.OddLetter.With(scriptOf(r).With(), name, string(pemscan.Letter(r)))
	default:
		return message.OddInvisible.With(name)
	}
}

// scriptOf names the script of a letter that looks like a Latin one.
func scriptOf(r rune) message.ID {
	switch {
	case unicode.Is(unicode.Cyrillic, r):
		return message.ScriptCyrillic
	case unicode.Is(unicode.Greek, r):
		return message.ScriptGreek
	default:
		return message.ScriptFullwidth
	}
}

func encodingReason(encoding pemscan.Encoding) message.Reason {
	switch encoding {
	case pemscan.Escapes:
		return message.EncodedEscapes.With()
	case pemscan.Percent:
		return message.EncodedPercent.With()
	case pemscan.Entities:
		return message.EncodedEntities.With()
	case pemscan.Tags:
		return message.EncodedTags.With()
	default:
		return message.EncodedMail.With()
	}
}

// notBase64 records why a body is not base64. Of a private key it tells the line and the
// kind of character, and nothing more.
func (a *pemText) notBase64(item pemscan.Item, f pemscan.Fault) {
	at := errcodes.Position{Block: item.Index, Line: f.Line, Column: f.Column}
	secret := a.notPEM == errcodes.CondPrivateKeyNotPEM || isPrivateKeyLabel(item.Block.Label)
	if secret {
		at.Column = 0
	}
	a.damaged(at, faultReason(f, secret))
}

func faultReason(f pemscan.Fault, secret bool) message.Reason {
	switch f.Kind {
	case pemscan.EncodedText:
		return encodingReason(f.Encoding)
	case pemscan.URLAlphabet:
		return message.URLAlphabet.With()
	case pemscan.LeftOut:
		return message.LeftOut.With()
	case pemscan.SpacesForPlus:
		return message.SpacesForPlus.With()
	case pemscan.PaddingInside:
		return message.PaddingInside.With()
	case pemscan.OtherLength:
		return message.OtherLength.With()
	case pemscan.NoPadding:
		return message.NoPadding.With()
	default:
		return oddRuneReason(f, secret)
	}
}

func oddRuneReason(f pemscan.Fault, secret bool) message.Reason {
	name := characterName(f.Rune)
	switch {
	case pemscan.IsSpace(f.Rune):
		return message.InvisibleInside.With(character(f.Rune))
	case name != "":
		return message.NotOfBase64.With(character(f.Rune))
	case secret, unicode.IsLetter(f.Rune), unicode.IsDigit(f.Rune): // a fullwidth letter may be one of a key
		return message.NotOfBase64.With(kindOfCharacter(f.Rune))
	default:
		return message.NotOfBase64.With(shownCharacter(f.Rune))
	}
}

// shownCharacter writes a character and its code point.
func shownCharacter(r rune) string {
	if r < 0x80 && r > ' ' && r != 0x7f {
		return fmt.Sprintf("%q (%s)", string(r), codePoint(r))
	}
	if half := halfwidth(r); half != r {
		return fmt.Sprintf("%s FULLWIDTH %q", codePoint(r), string(half))
	}
	return codePoint(r)
}

// decode reads the body of a block; ok is false if a violation was recorded.
func (a *pemText) decode(item pemscan.Item) (body pemscan.Body, ok bool) {
	body, defect := item.Block.Decode(nil)
	if defect.Kind == 0 {
		if body.SpaceAt != 0 {
			if line, column, lost := item.Block.LostPlus(body.DER); lost {
				a.notBase64(item, pemscan.Fault{Kind: pemscan.SpacesForPlus, Line: line, Column: column})
				return pemscan.Body{}, false
			}
		}
		a.bodyForm(item, body)
		return body, true
	}
	at := errcodes.Position{Block: item.Index, Line: defect.Line}
	switch defect.Kind {
	case pemscan.Empty:
		a.damaged(at, message.BlockEmpty.With())
	case pemscan.Headers:
		a.damaged(at, message.BlockHeaders.With())
	case pemscan.BlankLine:
		a.damaged(at, message.BlankLineEndsHeaders.With())
	default:
		a.notBase64(item, item.Block.Fault())
	}
	return pemscan.Body{}, false
}

// bodyForm records where a sound body departs from the published form.
func (a *pemText) bodyForm(item pemscan.Item, body pemscan.Body) {
	if body.BlankAt != 0 {
		a.form(a.notPEM, BlankLines, errcodes.Position{Block: item.Index, Line: body.BlankAt}, message.BlankLineInside.With())
	}
	if body.LengthAt != 0 {
		a.form(a.notPEM, LineLength, errcodes.Position{Block: item.Index, Line: body.LengthAt}, message.LineLength.With())
	}
	if body.SpaceAt != 0 {
		a.form(a.notPEM, WhiteSpace, errcodes.Position{Block: item.Index, Line: body.SpaceAt}, message.WhiteSpaceInside.With())
	}
}

// outside records text and blank lines between the blocks, the first of each.
func (a *pemText) outside(item pemscan.Item, seen *struct{ text, blank bool }) {
	at := errcodes.Position{Line: item.Line}
	switch {
	case item.Kind == pemscan.KindText && item.Looks:
		a.form(a.notPEM, TextOutsideBlocks, at, message.TextLikeBlock.With())
	case item.Kind == pemscan.KindText && !seen.text:
		seen.text = true
		a.form(a.notPEM, TextOutsideBlocks, at, message.TextOutside.With())
	case item.Kind == pemscan.KindBlank && !seen.blank:
		seen.blank = true
		a.form(a.notPEM, BlankLines, at, message.BlankLineOutside.With())
	}
}

// lineEnds records how lines end.
func (a *pemText) lineEnds(text string) {
	if a.verdictOnly && !a.opts.Strict {
		return
	}
	lf, crlf := strings.Count(text, "\n"), strings.Count(text, "\r\n")
	switch crlf {
	case 0:
	case lf:
		a.advise(CRLF, fieldOf(a.notPEM), errcodes.Position{}, message.LinesCRLF.With())
	default:
		a.form(a.notPEM, MixedLineEnds, errcodes.Position{}, message.MixedLineEnds.With())
	}
	if text != "" && text[len(text)-1] != '\n' {
		a.advise(NoFinalNewline, fieldOf(a.notPEM), errcodes.Position{}, message.NoFinalNewline.With())
	}
}

func isPrivateKeyLabel(label string) bool { return strings.HasSuffix(label, redact.Marker) }

const certificateLabel = "CERTIFICATE"

// nothingReason is the reason of a text without content.
func nothingReason() message.Reason {
	return message.OnlyWhiteSpace.With()
}

func blank(text string) bool { return strings.Trim(text, " \t\r\n") == "" }
