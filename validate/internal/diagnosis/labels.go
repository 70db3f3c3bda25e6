package diagnosis

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
)

// The remarks of excerpts.
var (
	labelColumn       = bilingual.Say("column %d", "第 %d 列")
	labelKeyLine      = bilingual.Say("(line of a private key, %d characters)", "（私钥中的一行，%d 个字符）")
	labelMaybeKeyLine = bilingual.Say("(may be a line of a private key, %d characters)", "（可能是私钥中的一行，%d 个字符）")
	labelTheLeaf      = bilingual.Say("certificate %[1]d: %[2]s, the leaf", "第 %[1]d 份：%[2]s，服务器证书")
	labelACA          = bilingual.Say("certificate %[1]d: %[2]s, a CA", "第 %[1]d 份：%[2]s，CA 证书")
	labelCertificateN = bilingual.Say("certificate %[1]d: %[2]s", "第 %[1]d 份：%[2]s")
	labelMoveBefore   = bilingual.Say("move it in front of certificate %[1]d (%[2]s)", "请移到第 %[1]d 份（%[2]s）之前")
	labelMoveBeforeCA = bilingual.Say("move it in front of certificate %[1]d (%[2]s, a CA)", "请移到第 %[1]d 份（%[2]s，CA 证书）之前")
	labelNoSubject    = bilingual.Say("(no subject)", "（无主题）")
)

// Sureness is the word behind a code whose rule is not documented, zero for one whose rule
// is.
func Sureness(e errcodes.Evidence) errcodes.Message {
	switch e {
	case errcodes.Documented:
		return errcodes.Message{}
	case errcodes.Observed:
		return bilingual.Say("(observed)", "（实际返回）")
	case errcodes.Reported:
		return bilingual.Say("(reported)", "（用户报告）")
	default:
		return bilingual.Say("(assumed)", "（推定）")
	}
}

// Rest says what a rule rests on.
func Rest(e errcodes.Evidence) errcodes.Message {
	switch e {
	case errcodes.Documented:
		return bilingual.Say("documented by the vendor", "官方文档")
	case errcodes.Observed:
		return bilingual.Say("observed in a real answer", "见于真实返回")
	case errcodes.Reported:
		return bilingual.Say("reported by users or widely used tools", "用户或常用工具的报告")
	default:
		return bilingual.Say("assumed: the documents are silent", "推定：文档未说明")
	}
}
