package validate

import (
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate/internal/armour"
)

// pemText is what the certificate and the private key have in common: a parameter
// that holds PEM text. It collects damage; the check whose turn it is records it.
type pemText struct {
	*checker
	notPEM errcodes.Condition // the condition for damage of the text or of a body
	found  []finding
}

func (a *pemText) damaged(at errcodes.Position, reason errcodes.Message) {
	a.found = append(a.found, finding{cond: a.notPEM, at: at, reason: reason})
}

// enough reports whether a verdict needs no more damage.
func (a *pemText) enough() bool { return a.verdictOnly && len(a.found) > 0 }

const (
	utf8BOM    = "\xef\xbb\xbf"
	utf16BOMle = "\xff\xfe"
	utf16BOMbe = "\xfe\xff"
)

// encoding checks what the text is as a whole. It returns the text without a
// byte-order mark, and whether there is any point in looking for blocks.
func (a *pemText) encoding(text string) (rest string, readable bool) {
	switch {
	case strings.HasPrefix(text, utf16BOMle), strings.HasPrefix(text, utf16BOMbe):
		a.damaged(errcodes.Position{Line: 1}, say("the text is UTF-16: save it as plain ASCII", "文本为 UTF-16 编码：请另存为纯 ASCII"))
		return "", false
	case looksLikeDER(text):
		a.damaged(errcodes.Position{}, derReason(a.notPEM))
		return "", false
	case strings.HasPrefix(text, utf8BOM):
		a.damaged(errcodes.Position{Line: 1}, say("the text begins with a byte-order mark: save it without one", "文本以字节顺序标记（BOM）开头：请另存为不带 BOM 的文件"))
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

func derReason(notPEM errcodes.Condition) errcodes.Message {
	if notPEM == errcodes.CondCertificateNotPEM {
		return say("DER, not PEM: convert with openssl x509 -inform der (a PKCS#12 file: openssl pkcs12 -nodes)",
			"是 DER 而不是 PEM：用 openssl x509 -inform der 转换（PKCS#12 文件用 openssl pkcs12 -nodes）")
	}
	return say("DER, not PEM: convert with openssl pkey -inform der (a PKCS#12 file: openssl pkcs12 -nodes)",
		"是 DER 而不是 PEM：用 openssl pkey -inform der 转换（PKCS#12 文件用 openssl pkcs12 -nodes）")
}

// damage records damaged armour.
func (a *pemText) damage(item armour.Item) {
	a.damaged(errcodes.Position{Block: item.Index, Line: item.Line}, damageReason(item))
}

func damageReason(item armour.Item) errcodes.Message {
	switch item.Damage {
	case armour.Indented:
		return say("the armour line is indented", "标记行有缩进")
	case armour.WrongDashes:
		return say("the armour line does not have five dashes on each side", "标记行两侧不是五个短横线")
	case armour.Trailing:
		return say("something follows the dashes on the armour line; a line break is lost", "标记行的短横线之后还有内容，缺少换行")
	case armour.OneLine:
		return say("BEGIN and END stand on one line: the line breaks are lost", "BEGIN 与 END 在同一行：换行丢失")
	case armour.BadLabel:
		return say("the label of the armour line is not one", "标记行的标签不合法")
	case armour.StrayCR:
		return say("a stray carriage return on the armour line", "标记行中有多余的回车符")
	case armour.EndWithoutBegin:
		return say("an END line without its BEGIN line", "END 行没有对应的 BEGIN 行")
	case armour.BeginInside:
		return say("a BEGIN line inside the block that line %[1]d began: that block is cut off", "第 %[1]d 行开始的块内又出现 BEGIN 行：该块不完整", item.Opened)
	case armour.LabelsDiffer:
		return say("the END line has another label than the BEGIN line %[1]d", "END 行的标签与第 %[1]d 行 BEGIN 的标签不同", item.Opened)
	case armour.CutOff:
		return say("the last block is cut off: it has no END line", "最后一个块被截断：没有 END 行")
	case armour.LongLine:
		return say("a BEGIN line inside a line of more than 254 bytes, which OpenSSL reads in pieces", "BEGIN 出现在超过 254 字节的行中，OpenSSL 会分段读取该行")
	case armour.ZeroByte:
		return say("a zero byte, which OpenSSL takes for the end of the file", "零字节，OpenSSL 会将其视为文件结尾")
	case armour.ByteOrderMark:
		return say("a byte-order mark before the dashes: two files were joined", "短横线之前有字节顺序标记（BOM）：可能是两个文件拼接而成")
	default:
		return say("damaged armour", "标记行损坏")
	}
}

// decode reads the body of a block; ok is false if a violation was recorded.
func (a *pemText) decode(item armour.Item) (body armour.Body, ok bool) {
	body, defect := item.Block.Decode(nil)
	if defect.Kind == 0 {
		a.bodyForm(item, body)
		return body, true
	}
	at := errcodes.Position{Block: item.Index, Line: defect.Line}
	switch defect.Kind {
	case armour.Empty:
		a.damaged(at, say("the block is empty", "块内容为空"))
	case armour.Headers:
		a.damaged(at, say("the block has headers; OpenSSL and Go do not agree on such a block", "块内含有头部字段，不同程序对此解释不一致"))
	case armour.BlankLine:
		a.damaged(at, say("a blank line inside the block; OpenSSL takes it for the end of headers", "块内有空行；OpenSSL 会将其视为头部结束"))
	default:
		a.damaged(at, say("the content is not base64", "内容不是合法的 base64"))
	}
	return armour.Body{}, false
}

// bodyForm records how a sound body departs from the published form.
func (a *pemText) bodyForm(item armour.Item, body armour.Body) {
	if body.BlankAt != 0 {
		a.form(a.notPEM, BlankLines, errcodes.Position{Block: item.Index, Line: body.BlankAt}, say("a blank line inside the block", "块内有空行"))
	}
	if body.LengthAt != 0 {
		a.form(a.notPEM, LineLength, errcodes.Position{Block: item.Index, Line: body.LengthAt}, say("a line that is not 64 characters long", "该行长度不是 64 个字符"))
	}
	if body.SpaceAt != 0 {
		a.form(a.notPEM, WhiteSpace, errcodes.Position{Block: item.Index, Line: body.SpaceAt}, say("white space in the content", "内容中有空白字符"))
	}
}

// outside records text and blank lines between the blocks, the first of each.
func (a *pemText) outside(item armour.Item, seen *struct{ text, blank bool }) {
	at := errcodes.Position{Line: item.Line}
	switch {
	case item.Kind == armour.KindText && item.Armour:
		a.form(a.notPEM, TextOutsideBlocks, at, say("text outside the blocks looks like a block that is commented out or damaged; it is not read", "块外的文本像是被注释或损坏的块，不会被读取"))
	case item.Kind == armour.KindText && !seen.text:
		seen.text = true
		a.form(a.notPEM, TextOutsideBlocks, at, say("text outside the blocks", "块外有其他文本"))
	case item.Kind == armour.KindBlank && !seen.blank:
		seen.blank = true
		a.form(a.notPEM, BlankLines, at, say("a blank line between or around the blocks", "块之间或首尾有空行"))
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
		a.advise(CRLF, fieldOf(a.notPEM), errcodes.Position{}, say("lines end with CR LF", "行尾为 CR LF"))
	default:
		a.form(a.notPEM, MixedLineEnds, errcodes.Position{}, say("some lines end with CR LF, others with LF", "部分行以 CR LF 结尾，部分以 LF 结尾"))
	}
	if text != "" && text[len(text)-1] != '\n' {
		a.advise(NoFinalNewline, fieldOf(a.notPEM), errcodes.Position{}, say("the last line does not end with a line break", "最后一行没有换行符"))
	}
}

func isPrivateKeyLabel(label string) bool { return strings.HasSuffix(label, redact.Marker) }

const certificateLabel = "CERTIFICATE"

// nothingReason is the reason of a text without content.
func nothingReason() errcodes.Message {
	return say("nothing but white space", "内容只有空白字符")
}

func blank(text string) bool { return strings.Trim(text, " \t\r\n") == "" }
