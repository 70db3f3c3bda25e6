package diagnosis

import "github.com/alicert/alicert/errcodes"

// label is a text in both languages, or a format for one.
func label(en, zh string) errcodes.Message { return errcodes.Message{EN: en, ZH: zh} }

// The remarks of excerpts.
var (
	labelColumn       = label("column %d", "第 %d 列")
	labelKeyLine      = label("(line of a private key, %d characters)", "（私钥中的一行，%d 个字符）")
	labelMaybeKeyLine = label("(may be a line of a private key, %d characters)", "（可能是私钥中的一行，%d 个字符）")
	labelTheLeaf      = label("certificate %[1]d: %[2]s, the leaf", "第 %[1]d 份：%[2]s，服务器证书")
	labelACA          = label("certificate %[1]d: %[2]s, a CA", "第 %[1]d 份：%[2]s，CA 证书")
	labelCertificateN = label("certificate %[1]d: %[2]s", "第 %[1]d 份：%[2]s")
	labelMoveBefore   = label("move it in front of certificate %[1]d (%[2]s)", "请移到第 %[1]d 份（%[2]s）之前")
	labelMoveBeforeCA = label("move it in front of certificate %[1]d (%[2]s, a CA)", "请移到第 %[1]d 份（%[2]s，CA 证书）之前")
	labelNoSubject    = label("(no subject)", "（无主题）")
)

// Sureness is the word behind a code whose rule is not documented, zero for one whose rule
// is.
func Sureness(e errcodes.Evidence) errcodes.Message {
	switch e {
	case errcodes.Documented:
		return errcodes.Message{}
	case errcodes.Observed:
		return label("(observed)", "（实际返回）")
	case errcodes.Reported:
		return label("(reported)", "（用户报告）")
	default:
		return label("(assumed)", "（推定）")
	}
}

// Rest says what a rule rests on.
func Rest(e errcodes.Evidence) errcodes.Message {
	switch e {
	case errcodes.Documented:
		return label("documented by the vendor", "官方文档")
	case errcodes.Observed:
		return label("observed in a real answer", "见于真实返回")
	case errcodes.Reported:
		return label("reported by users or widely used tools", "用户或常用工具的报告")
	default:
		return label("assumed: the documents are silent", "推定：文档未说明")
	}
}
