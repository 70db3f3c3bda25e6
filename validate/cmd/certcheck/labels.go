package main

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/validate"
)

// The labels of the text output, in the order of their appearance. A label that begins a
// line ends with a colon.
var (
	labelAcceptedAs    = bilingual.Say("accepted:", "通过：")
	labelWouldTake     = bilingual.Say("%[1]s would take %[2]s, as far as the request decides", "%[1]s 会接受%[2]s（仅检查请求本身，未检查账号、域名、监听的状态）")
	labelTheRequest    = bilingual.Say("the request", "该请求")
	labelDomain        = bilingual.Say("%s", " %s")
	labelCertificateOf = bilingual.Say("the certificate of %s", " %s 的证书")
	labelRefusedAs     = bilingual.Say("refused:", "拒绝：")
	labelError         = bilingual.Say("error:", "错误：")
	labelHelp          = bilingual.Say("help:", "建议：")
	labelNote          = bilingual.Say("note:", "说明：")
	labelWarning       = bilingual.Say("warning:", "警告：")
	labelServiceSays   = bilingual.Say("the service would say:", "服务将返回：")
	labelRule          = bilingual.Say("rule:", "依据：")
	labelFixed         = bilingual.Say("fixed:", "已修复：")
	labelBefore        = bilingual.Say("refused before:", "修复前被拒绝：")
	labelWritten       = bilingual.Say("written:", "已写入：")

	labelAddFix         = bilingual.Say("the same command with -fix fixed writes files that are accepted", "在同一命令中加上 -fix fixed，即可写出能通过的文件")
	labelTried          = bilingual.Say("a dry run was accepted: %s; nothing else changed", "试运行可通过：%s；其余不变")
	labelDryRun         = bilingual.Say("the answer is DryRunOperation (400), since this is a dry run", "这是预检请求，返回结果为 DryRunOperation (400)")
	labelNotChecked     = bilingual.Say("not checked: %[1]s (%[2]s)", "未检查 %[1]s（未给出 %[2]s）")
	labelGivenWith      = bilingual.Say("%[1]s is given with %[2]s", "%[1]s 由 %[2]s 给出")
	labelNoTime         = bilingual.Say("validity is not checked (-at none)", "未检查有效期（-at none）")
	labelFailing        = bilingual.Say("this run fails because of %s", "由于 %s，本次检查不通过")
	labelNotRepairable  = bilingual.Say("nothing is written: -fix cannot repair this", "未写入任何文件：-fix 无法修复该问题")
	labelNothingWritten = bilingual.Say("nothing is written: %s", "未写入任何文件：%s")
	labelNoChanges      = bilingual.Say("nothing had to be changed", "无需改动")
	labelProvisional    = bilingual.Say("provisional: the state of the listener or site may map to another code first", "暂定：监听或站点的状态可能先返回其他错误码")

	labelStdin            = bilingual.Say("standard input", "标准输入")
	labelBlock            = bilingual.Say("block %d", "第 %d 个 PEM 块")
	labelCertificateBlock = bilingual.Say("certificate %d", "第 %d 份证书")
	labelLine             = bilingual.Say("line %d", "第 %d 行")
	labelInParentheses    = bilingual.Say("(%s)", "（%s）")

	labelNotes     = bilingual.Say("%d notes: %s (-all)", "%d 条说明：%s（-all 可列出）")
	labelFoldedOne = bilingual.Say("+ 1 finding that follows from this (-all shows it)", "另有 1 项由此引起（-all 可列出）")
	labelFolded    = bilingual.Say("+ %d findings that follow from this (-all shows them)", "另有 %d 项由此引起（-all 可列出）")

	labelCovered      = bilingual.Say("covered:", "已包含：")
	labelCoveredBy    = bilingual.Say("%[1]s (%[2]s)", "%[1]s（%[2]s）")
	labelCertificates = bilingual.Say("certificates", "证书")

	labelCA        = bilingual.Say("(CA)", "（CA）")
	labelNames     = bilingual.Say("names", "域名")
	labelIssuer    = bilingual.Say("issuer", "颁发者")
	labelSelf      = bilingual.Say("itself", "自身")
	labelValid     = bilingual.Say("valid", "有效期")
	labelKey       = bilingual.Say("key", "密钥")
	labelPrint     = bilingual.Say("sha256", "指纹")
	labelMore      = bilingual.Say("and %d more", "等，另有 %d 个")
	labelMoreLines = bilingual.Say("and %d more lines", "另有 %d 行")
	labelMoreCerts = bilingual.Say("and %d more (-all)", "另有 %d 份（-all 可列出）")
	labelPeriod    = bilingual.Say("%s to %s", "%s 至 %s")
	labelDaysLeft  = bilingual.Say("%d days left", "剩余 %d 天")
	labelDaysAgo   = bilingual.Say("ended %d days ago", "已于 %d 天前结束")
	labelNotYet    = bilingual.Say("begins in %d days", "%d 天后开始")
	labelBits      = bilingual.Say("%s, %d bits", "%s，%d 位")
	labelSigned    = bilingual.Say("signed with %s", "签名算法 %s")
	labelNoDump    = bilingual.Say("no dump of this certificate: %v", "无法输出该证书：%v")

	labelUntilDays = bilingual.Say("until %[1]s, %[2]d days", "有效期至 %[1]s，剩余 %[2]d 天")
	labelRenewFrom = bilingual.Say("(renew from %s)", "（可自 %s 起续期）")
	labelEnded     = bilingual.Say("expired %[1]s, %[2]d days ago", "已于 %[1]s 过期（%[2]d 天前）")
	labelValidFrom = bilingual.Say("valid from %[1]s, in %[2]d days", "自 %[1]s 起有效（%[2]d 天后）")

	labelUntil              = bilingual.Say("until %s", "有效期至 %s")
	labelRefusedPairs       = bilingual.Say("refused", "拒绝")
	labelFailingPairs       = bilingual.Say("failing", "未达要求")
	labelWarnings           = bilingual.Say("warnings", "警告")
	labelNoteKinds          = bilingual.Say("notes", "说明")
	labelAcceptedPairs      = bilingual.Say("accepted", "通过")
	labelOf                 = bilingual.Say("%d of %d", "%d 对，共 %d 对")
	labelOfFile             = bilingual.Say("%s: %s", "%s：%s")
	labelPairs              = bilingual.Say("%d pairs: %d accepted, %d refused", "共 %d 对：%d 对通过，%d 对拒绝")
	labelOnePair            = bilingual.Say("%d pair: %d accepted, %d refused", "共 %d 对：%d 对通过，%d 对拒绝")
	labelCodes              = bilingual.Say(" (%s)", "（%s）")
	labelUnreadable         = bilingual.Say("%d unreadable", "%d 个无法读取")
	labelPairsWritten       = bilingual.Say("%d written", "%d 对已写入")
	labelPairsNotWritten    = bilingual.Say("%d not written", "%d 对未写入")
	labelRepairable         = bilingual.Say("-fix DIR would repair %d of them", "用 -fix 目录 可修复其中 %d 对")
	labelWithoutKey         = bilingual.Say("without a key that fits, not checked: %d (%s)", "没有对应私钥、未检查的证书：%d 个（%s）")
	labelWithoutCertificate = bilingual.Say("keys without a certificate: %d (%s)", "没有对应证书的私钥：%d 个（%s）")
	labelSealed             = bilingual.Say("keystores (PKCS#12, JKS), not opened: %d (%s); for PKCS#12: certcheck FILE FILE -pass file:PASS -fix DIR", "未打开的密钥库（PKCS#12、JKS）：%d 个（%s）；PKCS#12 请用：certcheck FILE FILE -pass file:PASS -fix DIR")
)

// Labels of the tables.
var (
	labelRows      = bilingual.Say("%d rows", "共 %d 行")
	labelOriginal  = bilingual.Say("original table", "原始表")
	labelLater     = bilingual.Say("later table", "后来公布的表")
	labelSibling   = bilingual.Say("table of a sibling operation", "同类接口的表")
	labelSemicolon = bilingual.Say("; ", "；")
	labelColon     = bilingual.Say(": ", "：")
	labelAnd       = bilingual.Say(", ", "、")
	labelProduct   = bilingual.Say("list of error codes of the product", "产品错误码列表")
	labelGateway   = bilingual.Say("gateway in front of the service", "服务前的网关")
	labelContrary  = bilingual.Say("against it", "反面证据")
	labelUnmapped  = bilingual.Say("known, never answered", "已知，不会返回")
	labelNoRefusal = bilingual.Say("the service accepts it, or does not document that it refuses", "服务会接受，或文档未说明会拒绝")
	labelBorrowed  = bilingual.Say("the row is from the %s", "该行来自%s")

	labelCondition = bilingual.Say("a condition: what can be wrong, in the words of this library", "条件：本库对问题的称呼")
	labelAdvisory  = bilingual.Say("an advisory of level %s: the service accepts it", "提醒，级别为%s：服务会接受")
	labelVendor    = bilingual.Say("the vendor says:", "官方描述：")
	labelDecided   = bilingual.Say("decided here: errcodes/CODES.md, Sources", "本库的推定，见 errcodes/CODES.md")
	labelOnlyIn    = bilingual.Say("only in %s", "仅见于%s")
	labelInText    = bilingual.Say(" (%s)", "（%s）")
)

// levelLabel is the word for a level in a sentence. -level and -fail-on take the English one.
func levelLabel(l validate.Level) errcodes.Message {
	switch l {
	case validate.LevelError:
		return bilingual.Say("error", "错误（error）")
	case validate.LevelWarning:
		return bilingual.Say("warning", "警告（warning）")
	default:
		return bilingual.Say("note", "说明（note）")
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
