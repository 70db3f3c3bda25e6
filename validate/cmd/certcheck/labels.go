package main

import "github.com/alicert/alicert/errcodes"

// label is a text in both languages, or a format for one.
func label(en, zh string) errcodes.Message { return errcodes.Message{EN: en, ZH: zh} }

// The labels of the text output, in the order of their appearance.
var (
	labelAccepted = label("ACCEPTED", "通过")
	labelRefused  = label("REFUSED", "拒绝")

	labelAcceptedAs = label("as far as the request alone decides", "仅就请求本身而言")
	labelDryRun     = label("the answer is DryRunOperation (400), since this is a dry run", "这是预检请求，返回结果为 DryRunOperation (400)")
	labelNotChecked = label("%s is not checked, since -%s is not given", "未检查 %s，因为未给出 -%s")
	labelNoTime     = label("validity is not checked (-at none)", "未检查有效期（-at none）")
	labelNoRepair   = label("-fix cannot repair this; nothing is written", "-fix 无法修复该问题；未写入任何文件")
	labelFixable    = label("certcheck -fix DIR writes files that are accepted", "用 certcheck -fix 目录 可写出能通过的文件")

	labelWhat        = label("what", "问题")
	labelWhere       = label("where", "位置")
	labelWhy         = label("why", "原因")
	labelHint        = label("hint", "建议")
	labelNote        = label("note", "说明")
	labelRule        = label("rule", "依据")
	labelStdin       = label("standard input", "标准输入")
	labelBlock       = label("block %d", "第 %d 块")
	labelLine        = label("line %d", "第 %d 行")
	labelProvisional = label("provisional: the listener's state may map to another code first", "暂定：监听的状态可能先返回其他错误码")

	labelFixed     = label("Fixed", "已修复")
	labelNotFixed  = label("Not fixed, nothing is written", "无法修复，未写入任何文件")
	labelNoChanges = label("nothing had to be changed", "无需改动")
	labelBefore    = label("as given", "修复前")
	labelWritten   = label("written", "已写入")

	labelFurther      = label("Further violations", "其他错误")
	labelAdvisories   = label("Advisories", "提示")
	labelCertificates = label("Certificates", "证书")

	labelNoSubject = label("(no subject)", "（无主题）")
	labelCA        = label("(CA)", "（CA）")
	labelNames     = label("names", "域名")
	labelIssuer    = label("issuer", "签发者")
	labelSelf      = label("itself", "自身")
	labelValid     = label("valid", "有效期")
	labelKey       = label("key", "密钥")
	labelPrint     = label("sha256", "指纹")
	labelMore      = label("and %d more", "等，另有 %d 个")
	labelMoreLines = label("and %d more lines", "另有 %d 行")
	labelPeriod    = label("%s to %s", "%s 至 %s")
	labelDaysLeft  = label("%d days left", "剩余 %d 天")
	labelDaysAgo   = label("ended %d days ago", "已于 %d 天前结束")
	labelNotYet    = label("begins in %d days", "%d 天后开始")
	labelBits      = label("%s, %d bits", "%s，%d 位")
	labelSigned    = label("signed with %s", "签名算法 %s")
	labelNoDump    = label("no dump of this certificate: %v", "无法输出该证书：%v")

	labelUntil      = label("until %s", "有效期至 %s")
	labelPairs      = label("%d pairs: %d accepted, %d refused", "共 %d 对：%d 对通过，%d 对拒绝")
	labelOnePair    = label("%d pair: %d accepted, %d refused", "共 %d 对：%d 对通过，%d 对拒绝")
	labelUnreadable = label("%d unreadable", "%d 个无法读取")
	labelWithoutKey = label("without a key beside it, not checked: %d (%s)", "没有对应私钥、未检查的证书：%d 个（%s）")
)

// Labels of the tables.
var (
	labelRows      = label("%d rows", "共 %d 行")
	labelOriginal  = label("original table", "原始表")
	labelLater     = label("later table", "后来公布的表")
	labelSibling   = label("table of a sibling operation", "同类接口的表")
	labelSemicolon = label("; ", "；")
	labelDocument  = label("documented by the vendor", "官方文档说明")
	labelObserved  = label("observed in a real answer", "见于真实返回")
	labelReported  = label("reported by users or widely used tools", "用户或常用工具的报告")
	labelAssumed   = label("assumed: the documents are silent", "推定：文档未说明")
	labelProduct   = label("the product's list of error codes", "产品错误码列表")
	labelGateway   = label("rows of the gateway in front of the service", "服务前网关的返回")
	labelContrary  = label("against it", "反面证据")
	labelUnmapped  = label("known, never answered", "已知，不会返回")
	labelBorrowed  = label("the row is from the %s", "该行来自%s")
	labelParameter = label("%s (%s)", "%s（%s）")

	labelRetry   = label("waiting and sending the same request again can help", "稍后重发同一请求可能成功")
	labelNoRetry = label("sending the same request again does not help", "重发同一请求没有用")
)

func evidenceLabel(e errcodes.Evidence) errcodes.Message {
	switch e {
	case errcodes.Documented:
		return labelDocument
	case errcodes.Observed:
		return labelObserved
	case errcodes.Reported:
		return labelReported
	default:
		return labelAssumed
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
