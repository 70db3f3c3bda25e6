package main

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// label is a text in both languages, or a format for one.
func label(en, zh string) errcodes.Message { return errcodes.Message{EN: en, ZH: zh} }

// The labels of the text output, in the order of their appearance. A label that begins a
// line ends with a colon.
var (
	labelAcceptedAs    = label("accepted:", "通过：")
	labelWouldTake     = label("%[1]s would take %[2]s, as far as the request decides", "%[1]s 会接受%[2]s（仅检查请求本身，未检查账号、域名、监听的状态）")
	labelTheRequest    = label("the request", "该请求")
	labelDomain        = label("%s", " %s")
	labelCertificateOf = label("the certificate of %s", " %s 的证书")
	labelRefusedAs     = label("refused:", "拒绝：")
	labelError         = label("error:", "错误：")
	labelHelp          = label("help:", "建议：")
	labelNote          = label("note:", "说明：")
	labelWarning       = label("warning:", "警告：")
	labelServiceSays   = label("the service would say:", "服务将返回：")
	labelRule          = label("rule:", "依据：")
	labelFixed         = label("fixed:", "已修复：")
	labelBefore        = label("refused before:", "修复前被拒绝：")
	labelWritten       = label("written:", "已写入：")

	labelAddFix         = label("the same command with -fix fixed writes files that are accepted", "在同一命令中加上 -fix fixed，即可写出能通过的文件")
	labelTried          = label("a dry run was accepted: %s; nothing else changed", "试运行可通过：%s；其余不变")
	labelDryRun         = label("the answer is DryRunOperation (400), since this is a dry run", "这是预检请求，返回结果为 DryRunOperation (400)")
	labelNotChecked     = label("not checked: %[1]s (%[2]s)", "未检查 %[1]s（未给出 %[2]s）")
	labelNoTime         = label("validity is not checked (-at none)", "未检查有效期（-at none）")
	labelFailing        = label("this run fails because of %s", "由于 %s，本次检查不通过")
	labelNotRepairable  = label("nothing is written: -fix cannot repair this", "未写入任何文件：-fix 无法修复该问题")
	labelNothingWritten = label("nothing is written: %s", "未写入任何文件：%s")
	labelNoChanges      = label("nothing had to be changed", "无需改动")
	labelProvisional    = label("provisional: the listener's state may map to another code first", "暂定：监听的状态可能先返回其他错误码")

	labelStdin            = label("standard input", "标准输入")
	labelBlock            = label("block %d", "第 %d 个 PEM 块")
	labelCertificateBlock = label("certificate %d", "第 %d 份证书")
	labelLine             = label("line %d", "第 %d 行")
	labelInParentheses    = label("(%s)", "（%s）")

	labelNotes     = label("%d notes: %s (-all)", "%d 条说明：%s（-all 可列出）")
	labelFoldedOne = label("+ 1 finding that follows from this (-all shows it)", "另有 1 项由此引起（-all 可列出）")
	labelFolded    = label("+ %d findings that follow from this (-all shows them)", "另有 %d 项由此引起（-all 可列出）")

	labelCovered      = label("covered:", "已包含：")
	labelCoveredBy    = label("%[1]s (%[2]s)", "%[1]s（%[2]s）")
	labelCertificates = label("certificates", "证书")

	labelCA        = label("(CA)", "（CA）")
	labelNames     = label("names", "域名")
	labelIssuer    = label("issuer", "颁发者")
	labelSelf      = label("itself", "自身")
	labelValid     = label("valid", "有效期")
	labelKey       = label("key", "密钥")
	labelPrint     = label("sha256", "指纹")
	labelMore      = label("and %d more", "等，另有 %d 个")
	labelMoreLines = label("and %d more lines", "另有 %d 行")
	labelMoreCerts = label("and %d more (-all)", "另有 %d 份（-all 可列出）")
	labelPeriod    = label("%s to %s", "%s 至 %s")
	labelDaysLeft  = label("%d days left", "剩余 %d 天")
	labelDaysAgo   = label("ended %d days ago", "已于 %d 天前结束")
	labelNotYet    = label("begins in %d days", "%d 天后开始")
	labelBits      = label("%s, %d bits", "%s，%d 位")
	labelSigned    = label("signed with %s", "签名算法 %s")
	labelNoDump    = label("no dump of this certificate: %v", "无法输出该证书：%v")

	labelUntilDays = label("until %[1]s, %[2]d days", "有效期至 %[1]s，剩余 %[2]d 天")
	labelRenewFrom = label("(renew from %s)", "（可自 %s 起续期）")
	labelEnded     = label("expired %[1]s, %[2]d days ago", "已于 %[1]s 过期（%[2]d 天前）")
	labelValidFrom = label("valid from %[1]s, in %[2]d days", "自 %[1]s 起有效（%[2]d 天后）")

	labelUntil              = label("until %s", "有效期至 %s")
	labelRefusedPairs       = label("refused", "拒绝")
	labelFailingPairs       = label("failing", "未达要求")
	labelWarnings           = label("warnings", "警告")
	labelNoteKinds          = label("notes", "说明")
	labelAcceptedPairs      = label("accepted", "通过")
	labelOf                 = label("%d of %d", "%d 对，共 %d 对")
	labelOfFile             = label("%s: %s", "%s：%s")
	labelPairs              = label("%d pairs: %d accepted, %d refused", "共 %d 对：%d 对通过，%d 对拒绝")
	labelOnePair            = label("%d pair: %d accepted, %d refused", "共 %d 对：%d 对通过，%d 对拒绝")
	labelCodes              = label(" (%s)", "（%s）")
	labelUnreadable         = label("%d unreadable", "%d 个无法读取")
	labelPairsWritten       = label("%d written", "%d 对已写入")
	labelPairsNotWritten    = label("%d not written", "%d 对未写入")
	labelRepairable         = label("-fix DIR would repair %d of them", "用 -fix 目录 可修复其中 %d 对")
	labelWithoutKey         = label("without a key that fits, not checked: %d (%s)", "没有对应私钥、未检查的证书：%d 个（%s）")
	labelWithoutCertificate = label("keys without a certificate: %d (%s)", "没有对应证书的私钥：%d 个（%s）")
	labelSealed             = label("keystores (PKCS#12, JKS), not opened: %d (%s); for PKCS#12: certcheck FILE FILE -pass file:PASS -fix DIR", "未打开的密钥库（PKCS#12、JKS）：%d 个（%s）；PKCS#12 请用：certcheck FILE FILE -pass file:PASS -fix DIR")
)

// Labels of the tables.
var (
	labelRows      = label("%d rows", "共 %d 行")
	labelOriginal  = label("original table", "原始表")
	labelLater     = label("later table", "后来公布的表")
	labelSibling   = label("table of a sibling operation", "同类接口的表")
	labelSemicolon = label("; ", "；")
	labelColon     = label(": ", "：")
	labelAnd       = label(", ", "、")
	labelProduct   = label("list of error codes of the product", "产品错误码列表")
	labelGateway   = label("gateway in front of the service", "服务前的网关")
	labelContrary  = label("against it", "反面证据")
	labelUnmapped  = label("known, never answered", "已知，不会返回")
	labelNoRefusal = label("the service accepts it, or does not document that it refuses", "服务会接受，或文档未说明会拒绝")
	labelBorrowed  = label("the row is from the %s", "该行来自%s")

	labelCondition = label("a condition: what can be wrong, in the words of this library", "条件：本库对问题的称呼")
	labelAdvisory  = label("an advisory of level %s: the service accepts it", "提醒，级别为%s：服务会接受")
	labelVendor    = label("the vendor says:", "官方描述：")
	labelDecided   = label("decided here: errcodes/CODES.md, Sources", "本库的推定，见 errcodes/CODES.md")
	labelInText    = label(" (%s)", "（%s）")
)

// levelLabel is the word for a level in a sentence. -level and -fail-on take the English one.
func levelLabel(l validate.Level) errcodes.Message {
	switch l {
	case validate.LevelError:
		return label("error", "错误（error）")
	case validate.LevelWarning:
		return label("warning", "警告（warning）")
	default:
		return label("note", "说明（note）")
	}
}

func originLabel(o errcodes.Origin) errcodes.Message {
	switch o {
	case errcodes.OwnPage:
		return labelOriginal
	case errcodes.LaterPage:
		return labelLater
	case errcodes.ProductPage:
		return labelProduct
	case errcodes.GatewayPage:
		return labelGateway
	default:
		return labelSibling
	}
}
