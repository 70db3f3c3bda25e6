package validate

import (
	"strings"

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
	a.damaged(errcodes.Position{Block: item.Index, Line: item.Line}, damageReason(item))
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
		return message.DamagedLine.With()
	}
}

// decode reads the body of a block; ok is false if a violation was recorded.
func (a *pemText) decode(item pemscan.Item) (body pemscan.Body, ok bool) {
	body, defect := item.Block.Decode(nil)
	if defect.Kind == 0 {
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
		a.damaged(at, message.NotBase64.With())
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
