package errcodes

import (
	"cmp"
	"iter"
	"slices"
)

// Source is a place where the evidence for mappings can be read. The zero value is
// none.
type Source struct {
	Key      string   `json:"key"`             // names it in CODES.md, such as "R3"
	Title    string   `json:"title"`           // what it says
	Evidence Evidence `json:"grade"`           // the surest that it can show
	Where    string   `json:"where,omitempty"` // repository and issue, or page; empty: the title names the page
}

// String returns the key and the place, such as "R3: certd issue 632", or the title
// for a page of the vendor.
func (s Source) String() string {
	if s.Where == "" {
		return s.Title
	}
	return s.Key + ": " + s.Where
}

// Says returns what the source says, in every language.
func (s Source) Says() Message {
	i := max(0, slices.Index(sources[:], s))
	return Message{s.Title, cmp.Or(chineseTitles[i], s.Title)}
}

// IsZero reports whether there is no source.
func (s Source) IsZero() bool { return s == Source{} }

// Contrary is evidence against a mapping that is not sure enough to change it. The zero
// value is none.
type Contrary struct {
	Says   Message `json:"says"`
	Source Source  `json:"source"`
}

// IsZero reports whether there is no evidence against the mapping.
func (c Contrary) IsZero() bool { return c == Contrary{} }

// Sources yields every source: the vendor's pages, then what was seen in public, then
// the decisions of this library, then what was recorded with the probe, if anything was.
func Sources() iter.Seq[Source] {
	all := sources[1:]
	if observedIn != "" {
		all = append(slices.Clip(all), observedSource())
	}
	return slices.Values(all)
}

// source is an index of sources.
type source uint8

const (
	_ source = iota

	// The vendor's pages that have tables.
	pageCDN
	pageALB
	pageALBLater
	pageDissociate
	pageUpdateListener
	pageListCertificates
	pageGetLoadBalancer
	pageCDNSSL
	pageDCDNSSL
	pageVOD
	pageVODSSL
	pageLive
	pageCAS
	pageNLBUpdate
	pageNLB
	pageNLBDisassociate
	pageNLBOthers
	pageGAUpdate
	pageGAReplace
	pageCLB
	pageCLBDelete
	pageESA
	pageESADelete

	// The vendor's Chinese pages of which only descriptions are used.
	pageDCDNChinese
	pageCDNCodes
	pageLiveCodes
	pageCLBChinese
	pageESASiblings

	// What was seen in public.
	seenMissing
	seenUnreadable
	seenNoKey
	seenDamage
	seenChains
	seenAgain
	seenNameRepeat
	seenChinese
	seenNames
	seenEncrypted
	seenDomainTexts
	seenConfiguring
	seenInvalidKey
	seenAbsent
	seenNotFlat
	seenDCDNDomain
	seenEmpty
	seenMetadata
	seenOptionalName
	seenDeleteRetry
	seenVODOffline
	seenLiveGone
	seenNLBGone
	seenOtherRegion
	seenMisspelled
	seenPKCS8
	seenBusyCodes
	seenNoBalancer
	seenESAQuota
	seenESADuplicated
	seenESACodes
	seenESAAbsent
	seenGAStates

	// What this library decides.
	ruleGateway
	ruleParameters
	ruleContent
	ruleUsage
	ruleValidity
	ruleStored
	ruleState
	ruleBorrowed
	ruleSuccessor
	ruleVOD
	ruleCAS
	ruleALB
	ruleNLB
	ruleESA
	ruleGA

	numSources // one more than the last source
)

var sources = [numSources]Source{
	pageCDN:              {"cdn", "CDN API reference, SetDomainServerCertificate", Documented, ""},
	pageALB:              {"alb", "ALB API reference, AssociateAdditionalCertificatesWithListener", Documented, ""},
	pageALBLater:         {"alb-later", "ALB API reference, AssociateAdditionalCertificatesWithListener (later table)", Documented, ""},
	pageDissociate:       {"alb-dissociate", "ALB API reference, DissociateAdditionalCertificatesFromListener", Documented, ""},
	pageUpdateListener:   {"alb-update", "ALB API reference, UpdateListenerAttribute", Documented, ""},
	pageListCertificates: {"alb-list", "ALB API reference, ListListenerCertificates", Documented, ""},
	pageGetLoadBalancer:  {"alb-balancer", "ALB API reference, GetLoadBalancerAttribute", Documented, ""},
	pageCDNSSL:           {"cdn-ssl", "CDN API reference, SetCdnDomainSSLCertificate (2026)", Documented, ""},
	pageDCDNSSL:          {"dcdn-ssl", "DCDN API reference, SetDcdnDomainSSLCertificate (2026)", Documented, ""},
	pageVOD:              {"vod", "VOD API reference, SetVodDomainCertificate", Documented, ""},
	pageVODSSL:           {"vod-ssl", "VOD API reference, SetVodDomainSSLCertificate (Chinese page, 2026, of whose table the first rows were read)", Documented, ""},
	pageLive:             {"live", "ApsaraVideo Live API reference, SetLiveDomainCertificate (pages of 2019 and 2026, of whose tables one row each was read)", Documented, ""},
	pageCAS:              {"cas", "Certificate Management Service, list of error codes of 2020-04-07 (Chinese page)", Documented, ""},
	pageNLBUpdate:        {"nlb-update", "NLB API reference, UpdateListenerAttribute (table of 2025-02)", Documented, ""},
	pageNLB:              {"nlb", "NLB API reference, AssociateAdditionalCertificatesWithListener (parameters)", Documented, ""},
	pageNLBDisassociate:  {"nlb-disassociate", "NLB API reference, DisassociateAdditionalCertificatesWithListener (parameters)", Documented, ""},
	pageNLBOthers:        {"nlb-others", "NLB API reference, StopListener (table of 2024-03)", Documented, ""},
	pageGAUpdate:         {"ga-update", "GA API reference, UpdateListener (Chinese page, 2021)", Documented, ""},
	pageGAReplace:        {"ga-replace", "GA API reference, UpdateAdditionalCertificateWithListener (parameters)", Documented, ""},
	pageCLB:              {"clb", "Classic Load Balancer, list of common error codes (2021), and the pages of the operations", Documented, ""},
	pageCLBDelete:        {"clb-delete", "Classic Load Balancer API reference, DeleteServerCertificate (2020)", Documented, ""},
	pageCLBChinese:       {"clb-zh", "Classic Load Balancer, list of common error codes (Chinese page, 2021)", Documented, ""},
	pageESA:              {"esa", "ESA API reference, SetCertificate (Chinese page, 2026, read in part)", Documented, ""},
	pageESADelete:        {"esa-delete", "ESA API reference, DeleteCertificate (Chinese page, 2026, read in part)", Documented, ""},
	pageESASiblings:      {"esa-siblings", "ESA API reference, ApplyCertificate and DeleteOriginClientCertificate (Chinese pages, 2026, read in part)", Documented, ""},
	pageDCDNChinese:      {"dcdn-zh", "DCDN API reference, SetDcdnDomainCertificate (Chinese page, 2019)", Documented, ""},
	pageCDNCodes:         {"cdn-codes", "CDN API reference, error codes (Chinese page, read in part)", Documented, ""},
	pageLiveCodes:        {"live-codes", "ApsaraVideo Live API reference, error codes (Chinese page, read in part)", Documented, ""},

	seenMissing: {
		"R1", "the gateway answers Missing<Name> for a required parameter that is absent or empty; printed for parameters of other operations, for ListenerId of ALB the message alone", Observed,
		"certimate-go/certimate issues 17, 186 and 781; alibaba-load-balancer-controller issue 7",
	},
	seenUnreadable: {
		"R2", "the gateway answers Invalid<Name> for a value that is not of its declared type; the vendor's sample is InvalidPageSize", Documented,
		"the vendor's API references, sample answers InvalidPageSize, InvalidVersion and Invalidbody",
	},
	seenNoKey: {
		"R3", "CertType cas and a certificate that is not in the center of the region earn SSLPri.MissingParameter", Observed,
		"the vendor's help page on Terraform and cert_type cas; certd issue 632; pulumi-alicloud issue 352",
	},
	seenDamage: {
		"R4", "a certificate without its line breaks earns InvalidSSLPub", Reported,
		"quanttide deployment notes, 2026-08",
	},
	seenChains: {
		"R5", "several chains of different domains in one text earn InvalidSSLPub", Reported,
		"quanttide deployment notes, 2026-08",
	},
	seenAgain: {
		"R6", "deploy hooks upload the same certificate without a name, once for each domain, and a center fills with equal certificates", Reported,
		"acme.sh, hooks ali_cdn and ali_dcdn; certd issue 700",
	},
	seenNameRepeat: {
		"R7", "UploadUserCertificate answers that a name is repeated; the code is in the vendor's list", Reported,
		"dnsmgr issues 165 and 234; the vendor's list of error codes",
	},
	seenChinese: {
		"R8", "the certificate center answers in Chinese: NotFound for an unknown id on deletion, and that the format of a certificate is wrong, without a code that was printed", Observed,
		"answers of cas.aliyuncs.com quoted in public; aliyun-cli issues 1232 and 1248",
	},
	seenNames: {
		"R9", "the console of CDN takes certificate names of letters, digits, full stops, underscores and hyphens only", Documented,
		"the vendor's help on the CDN console, 2025-12",
	},
	seenEncrypted: {
		"R10", "a key must have no pass-phrase; a neighboring product calls an encrypted key an error of format", Documented,
		"the vendor's help on CDN, 2025-12, and on WAF",
	},
	seenDomainTexts: {
		"R11", "sibling operations have rows of their own for a malformed domain name: InvalidDomainName.Malformed, InvalidDomainName.ValueNotSupported", Documented,
		"CDN and DCDN API references, sibling operations",
	},
	seenConfiguring: {
		"A1", "ALB: a change right after another one earns IncorrectStatus.Listener with the status Configuring", Observed,
		"certimate-go/certimate issue 1215",
	},
	seenInvalidKey: {
		"A2", "CDN: a key that is believed to be damaged earns InvalidSSLPri", Observed,
		"letsencrypt-aliyun-cdn issue 1",
	},
	seenAbsent: {
		"A3", "CDN: an absent key earns SSLPri.MissingParameter", Observed,
		"aliyun/terraform-provider-alicloud issue 8459, certd/certd issue 632",
	},
	seenNotFlat: {
		"A4", "ALB and its kin: an array in JSON earns Invalid<Name>, and that the flat format is required", Observed,
		"aliyun/aliyun-cli issues 393, 420 and 1393",
	},
	seenDCDNDomain: {
		"A5", "DCDN: the message for a domain of another account has its name", Observed,
		"certimate-go/certimate issue 223",
	},
	seenEmpty: {
		"A6", "CDN: an empty certificate parameter earns InvalidCertificate.TooLong; the cause that is given may be wrong", Reported,
		"quanttide deployment notes, 2026-08",
	},
	seenMetadata: {
		"A7", "UploadUserCertificate: Name is required", Documented,
		"the vendor's API metadata, 2026-04",
	},
	seenOptionalName: {
		"A8", "UploadUserCertificate: Name is optional, at most 63 characters of any kind", Documented,
		"the vendor's page of the operation",
	},

	seenDeleteRetry: {
		"T1", "Terraform calls DeleteListener again after ResourceInConfiguring.Listener, and not after IncorrectStatus.Listener", Reported,
		"aliyun/terraform-provider-alicloud, alicloud/resource_alicloud_alb_listener.go",
	},
	seenVODOffline: {
		"V1", "Terraform calls SetVodDomainSSLCertificate again after InvalidDomain.Offline and InvalidDomain.notOnline", Reported,
		"aliyun/terraform-provider-alicloud pull request 10196",
	},
	seenLiveGone: {
		"L1", "Terraform takes InvalidDomain.NotFound of DescribeLiveDomainDetail and DeleteLiveDomain for a domain that is gone", Reported,
		"aliyun/terraform-provider-alicloud, alicloud/service_alicloud_live_v2.go",
	},

	seenNLBGone: {
		"N1", "Terraform takes ResourceNotFound.listener on a disassociation for a listener that is gone", Reported,
		"aliyun/terraform-provider-alicloud, alicloud/resource_alicloud_nlb_listener_additional_certificate_attachment.go",
	},

	seenOtherRegion: {
		"A9", "classic load balancer: a certificate that was uploaded in another region earns ServerCertificateId.NotFound", Observed,
		"certimate-go/certimate issue 841",
	},
	seenMisspelled: {
		"A10", "UploadServerCertificate: for a wrong region of the certificate of the center, the message names AliCouldCertificateId as missing; the code is not told", Reported,
		"aliyun/alibabacloud-go-sdk issue 75",
	},
	seenPKCS8: {
		"A11", "classic load balancer: a key that begins with BEGIN PRIVATE KEY is called encrypted, and is to be converted", Documented,
		"the vendor's help on certificate requirements of the classic load balancer, 2021",
	},
	seenBusyCodes: {
		"T2", "Terraform calls the classic load balancer again after BackendServer.configuring, ServiceIsConfiguring and DomainExtensionProcessing; it takes InvalidParameter.DomainExtensionId, ServerCertificateId.NotFound and the message that the specified resource does not exist as absent", Reported,
		"aliyun/terraform-provider-alicloud, alicloud/service_alicloud_slb.go, errors.go, resource_alicloud_slb_domain_extension.go and ..._server_certificate.go",
	},
	seenNoBalancer: {
		"T3", "the controller for Kubernetes and Terraform look for InvalidLoadBalancerId.NotFound and its message", Reported,
		"kubernetes/cloud-provider-alibaba-cloud, test/e2e; aliyun/terraform-provider-alicloud, alicloud/service_alicloud_slb.go",
	},

	seenESAQuota: {
		"E1", "ESA SetCertificate with a certificate of the center answers CertQuotaCheckFailed if the plan is full; expired certificates count, and after one is deleted the same call succeeds", Observed,
		"certimate-go/certimate issues 1302 and 1340; certd/certd issue 609",
	},
	seenESADuplicated: {
		"E2", "ESA SetCertificate refuses a certificate of the center that the site has already: the certificate name already exists; tools take the code Certificate.Duplicated for success", Reported,
		"netcccyun/dnsmgr issue 178; certimate-go/certimate pull request 877",
	},
	seenESACodes: {
		"E3", "a list of the vendor's codes for ESA's certificates, without messages, statuses or order", Reported,
		"a server panel's file class/aliyun.js, about ESA 2024-09-10",
	},
	seenESAAbsent: {
		"E4", "tools take the code Certificate.NotFound, in answer to DeleteCertificate and to a sibling of GetCertificate, for an absent certificate", Reported,
		"certimate-go/certimate, deployer aliyun-esa; aliyun/terraform-provider-alicloud, alicloud/service_alicloud_esa_v2.go",
	},
	seenGAStates: {
		"G1", "Terraform calls GA again after StateError.Accelerator, StateError.Listener and NotActive.Listener; it takes NotExist.Listener of DescribeListener and NotExist.Accelerator of DescribeAccelerator for what is gone", Reported,
		"aliyun/terraform-provider-alicloud, alicloud/resource_alicloud_ga_additional_certificate.go and service_alicloud_ga.go; pull requests 5310 and 5338",
	},

	ruleGateway:    {"D1", "what R1 and R2 show of some parameters holds for all that the metadata marks as required or gives a type", Assumed, decided},
	ruleParameters: {"D2", "a short parameter with another value than the page allows earns the operation's row for parameters in general", Assumed, decided},
	ruleContent:    {"D3", "a text that is not sound PEM is an error of format; certificates and keys that a TLS server cannot load are errors of content; both are judged as OpenSSL and Go read them", Assumed, decided},
	ruleUsage:      {"D4", "a certificate that a TLS server may not use is an error of its content", Assumed, decided},
	ruleValidity:   {"D5", "a certificate outside its validity period earns the row for a certificate's status", Assumed, decided},
	ruleStored:     {"D6", "which row a certificate of the certificate center earns, by its number, name, status and key", Assumed, decided},
	ruleState:      {"D7", "which row a state of account, domain or listener earns where several rows would fit", Assumed, decided},
	ruleBorrowed:   {"D8", "the page has no row for the condition, so the row is that of a later table or of a sibling operation", Assumed, decided},
	ruleSuccessor:  {"D9", "the operation has the conditions of the one that it replaced; the row is the one whose text says the same", Assumed, decided},
	ruleVOD:        {"D10", "the table is that of the original operation of CDN under other names, and so is the mapping", Assumed, decided},
	ruleCAS:        {"D11", "the list of error codes is that of the product and says nothing about inputs; the row is the one whose text fits", Assumed, decided},
	ruleALB:        {"D12", "ids and tokens have the forms that the pages show; an id that is repeated finds itself", Assumed, decided},
	ruleNLB:        {"D13", "NLB has the conditions of ALB; the row is the one of NLB whose text says the same", Assumed, decided},
	ruleESA:        {"D14", "what was read of ESA's tables says nothing about inputs; the row is the one whose code says the same, and a certificate matches a site if one of its names covers the site or is below it", Assumed, decided},
	ruleGA:         {"D15", "GA has the conditions of ALB, and of the classic load balancer's domain extensions; the row is one of another operation of GA whose text says the same, and where there is none, of ALB or NLB", Assumed, decided},
}

// chineseTitles say in Chinese what the sources say.
var chineseTitles = [numSources]string{
	pageCDN:              "CDN API 参考，SetDomainServerCertificate",
	pageALB:              "ALB API 参考，AssociateAdditionalCertificatesWithListener",
	pageALBLater:         "ALB API 参考，AssociateAdditionalCertificatesWithListener（后来公布的表）",
	pageDissociate:       "ALB API 参考，DissociateAdditionalCertificatesFromListener",
	pageUpdateListener:   "ALB API 参考，UpdateListenerAttribute",
	pageListCertificates: "ALB API 参考，ListListenerCertificates",
	pageGetLoadBalancer:  "ALB API 参考，GetLoadBalancerAttribute",
	pageCDNSSL:           "CDN API 参考，SetCdnDomainSSLCertificate（2026）",
	pageDCDNSSL:          "DCDN API 参考，SetDcdnDomainSSLCertificate（2026）",
	pageVOD:              "VOD API 参考，SetVodDomainCertificate",
	pageVODSSL:           "VOD API 参考，SetVodDomainSSLCertificate（2026 年中文页面，只读到错误码表的前几行）",
	pageLive:             "视频直播 API 参考，SetLiveDomainCertificate（2019 年和 2026 年的页面，错误码表各读到一行）",
	pageCAS:              "数字证书管理服务 2020-04-07 的错误码列表（中文页面）",
	pageNLBUpdate:        "NLB API 参考，UpdateListenerAttribute（2025-02 的表）",
	pageNLB:              "NLB API 参考，AssociateAdditionalCertificatesWithListener（参数）",
	pageNLBDisassociate:  "NLB API 参考，DisassociateAdditionalCertificatesWithListener（参数）",
	pageNLBOthers:        "NLB API 参考，StopListener（2024-03 的表）",
	pageGAUpdate:         "GA API 参考，UpdateListener（2021 年中文页面）",
	pageGAReplace:        "GA API 参考，UpdateAdditionalCertificateWithListener（参数）",
	pageCLB:              "传统型负载均衡 CLB，公共错误码（2021）及各接口页面",
	pageCLBDelete:        "传统型负载均衡 CLB API 参考，DeleteServerCertificate（2020）",
	pageCLBChinese:       "传统型负载均衡 CLB，公共错误码（中文页面，2021）",
	pageESA:              "ESA API 参考，SetCertificate（中文页面，2026，仅读取了一部分）",
	pageESADelete:        "ESA API 参考，DeleteCertificate（中文页面，2026，仅读取了一部分）",
	pageESASiblings:      "ESA API 参考，ApplyCertificate 和 DeleteOriginClientCertificate（中文页面，2026，仅读取了一部分）",
	pageDCDNChinese:      "DCDN API 参考，SetDcdnDomainCertificate（中文页面，2019）",
	pageCDNCodes:         "CDN API 参考，错误码（中文页面，仅读取了一部分）",
	pageLiveCodes:        "视频直播 API 参考，错误码（中文页面，仅读取了一部分）",
	seenMissing:          "必填参数缺失或为空时，网关返回 Missing 加参数名；实际见到的是其他接口的参数，ALB 的 ListenerId 只见到错误信息",
	seenUnreadable:       "参数值与声明的类型不符时，网关返回 Invalid 加参数名；官方示例为 InvalidPageSize",
	seenNoKey:            "CertType 为 cas 而该地域的证书中心没有该证书时，返回 SSLPri.MissingParameter",
	seenDamage:           "去掉换行的证书返回 InvalidSSLPub",
	seenChains:           "同一内容中含有不同域名的多条证书链时，返回 InvalidSSLPub",
	seenAgain:            "部署脚本为每个域名各上传一次同一证书，且不带名称，证书中心因此存有多份相同的证书",
	seenNameRepeat:       "UploadUserCertificate 返回名称重复；该错误码在官方列表中",
	seenChinese:          "证书中心以中文返回：删除未知的 ID 时为 NotFound，证书格式异常时未见到错误码",
	seenNames:            "CDN 控制台的证书名称只接受字母、数字、点号、下划线和连字符",
	seenEncrypted:        "私钥不能有密码；相邻产品将加密的私钥视为格式错误",
	seenDomainTexts:      "同类接口对格式错误的域名有单独的错误码：InvalidDomainName.Malformed、InvalidDomainName.ValueNotSupported",
	seenConfiguring:      "ALB：紧接着上一次变更再次变更时，返回 IncorrectStatus.Listener，状态为 Configuring",
	seenInvalidKey:       "CDN：疑似损坏的私钥返回 InvalidSSLPri",
	seenAbsent:           "CDN：未提供私钥时返回 SSLPri.MissingParameter",
	seenNotFlat:          "ALB 及同类产品：以 JSON 传入数组时返回 Invalid 加参数名，并要求使用 flat 格式",
	seenDCDNDomain:       "DCDN：域名属于其他账号时，错误信息中带有该域名",
	seenEmpty:            "CDN：证书参数为空时返回 InvalidCertificate.TooLong；所述原因可能有误",
	seenMetadata:         "UploadUserCertificate：Name 为必填",
	seenOptionalName:     "UploadUserCertificate：Name 为选填，不超过 63 个任意类型的字符",
	seenDeleteRetry:      "Terraform 收到 ResourceInConfiguring.Listener 后会再次调用 DeleteListener，收到 IncorrectStatus.Listener 则不会",
	seenVODOffline:       "SetVodDomainSSLCertificate 返回 InvalidDomain.Offline 或 InvalidDomain.notOnline 后，Terraform 会再次调用",
	seenLiveGone:         "DescribeLiveDomainDetail 和 DeleteLiveDomain 返回 InvalidDomain.NotFound 时，Terraform 认为域名已不存在",
	seenNLBGone:          "Terraform 解除关联时收到 ResourceNotFound.listener，即视为监听已不存在",
	seenOtherRegion:      "传统型负载均衡：证书上传在其他地域时，返回 ServerCertificateId.NotFound",
	seenMisspelled:       "UploadServerCertificate：证书中心的证书地域有误时，错误信息称缺少 AliCouldCertificateId，未说明错误码",
	seenPKCS8:            "传统型负载均衡：以 BEGIN PRIVATE KEY 开头的私钥被称为加密的私钥，需要转换",
	seenBusyCodes:        "Terraform 在 BackendServer.configuring、ServiceIsConfiguring 和 DomainExtensionProcessing 之后重试；将 InvalidParameter.DomainExtensionId、ServerCertificateId.NotFound 和“指定的资源不存在”的信息视为资源不存在",
	seenNoBalancer:       "Kubernetes 的控制器和 Terraform 识别 InvalidLoadBalancerId.NotFound 及其信息",
	seenESAQuota:         "套餐的证书数已满时，ESA 的 SetCertificate 对证书中心的证书返回 CertQuotaCheckFailed；已过期的证书也计入，删除一张后同一调用成功",
	seenESADuplicated:    "站点已有证书中心的该证书时，ESA 的 SetCertificate 返回证书名称已存在；部署工具将错误码 Certificate.Duplicated 视为成功",
	seenESACodes:         "官方的 ESA 证书错误码的列表，没有错误信息、状态码和顺序",
	seenESAAbsent:        "部署工具将 DeleteCertificate 以及 GetCertificate 的同类接口返回的 Certificate.NotFound 视为证书不存在",
	seenGAStates:         "GA 返回 StateError.Accelerator、StateError.Listener 或 NotActive.Listener 后，Terraform 会再次调用；DescribeListener 返回 NotExist.Listener、DescribeAccelerator 返回 NotExist.Accelerator 时，视为已不存在",
	ruleGateway:          "R1 和 R2 在部分参数上见到的情形，适用于元数据标为必填或声明了类型的全部参数",
	ruleParameters:       "较短的参数取值不在文档允许范围内时，返回该接口的通用参数错误",
	ruleContent:          "内容不是完好的 PEM 属于格式错误；TLS 服务器无法加载的证书和私钥属于内容错误；两者都以 OpenSSL 和 Go 的读取结果为准",
	ruleUsage:            "不能用于 TLS 服务器的证书属于内容错误",
	ruleValidity:         "不在有效期内的证书返回证书状态错误",
	ruleStored:           "证书中心的证书按其 ID、名称、状态和私钥应返回哪一行",
	ruleState:            "多行都适用时，账号、域名或监听的状态应返回哪一行",
	ruleBorrowed:         "该页面没有对应的行，因此采用后来公布的表或同类接口的行",
	ruleSuccessor:        "该接口沿用所取代接口的条件，对应的行是含义相同的那一行",
	ruleVOD:              "该表是 CDN 原始接口的表换了名称，对应关系也相同",
	ruleCAS:              "该错误码列表属于整个产品，没有说明输入；对应的行是含义相符的那一行",
	ruleALB:              "ID 和 Token 采用文档中的形式；重复的 ID 视为与自身重复",
	ruleNLB:              "NLB 沿用 ALB 的条件，对应的行是 NLB 中含义相同的那一行",
	ruleESA:              "读到的 ESA 错误码表没有说明输入；对应的行是错误码含义相同的那一行；证书中有一个名称覆盖站点或位于站点之下，即为匹配",
	ruleGA:               "GA 沿用 ALB 和传统型负载均衡扩展域名的条件；对应的行取自 GA 其他接口中含义相同的行，没有时取自 ALB 或 NLB",
}

// decided is the page that has the decisions of this library.
const decided = "decided here: errcodes/CODES.md, Sources"

// contrary is the evidence against a mapping.
type contrary struct {
	source source
	says   Message
}

func (c contrary) public() Contrary { return Contrary{c.says, sources[c.source]} }

// Evidence against mappings.
var (
	contraryGateway = contrary{seenMissing, Message{
		"the gateway in front of the current operations refuses an absent required parameter itself, with Missing and the name of the parameter as the code",
		"现行接口前的网关会直接拒绝缺失的必填参数，错误码为 Missing 加参数名",
	}}
	contraryDamage = contrary{seenDamage, Message{
		"the current operation answers a certificate without line breaks with InvalidSSLPub, whose counterpart here is InvalidCertificate",
		"现行接口对去掉换行的证书返回 InvalidSSLPub，在本接口中对应 InvalidCertificate",
	}}
	contraryDomain = contrary{seenDomainTexts, Message{
		"sibling operations have rows of their own for a malformed domain name, such as InvalidDomainName.Malformed",
		"同类接口对格式错误的域名有单独的错误码，例如 InvalidDomainName.Malformed",
	}}
	contraryNames = contrary{seenNames, Message{
		"the console refuses more names: all but letters, digits, full stops, underscores and hyphens",
		"控制台的限制更严：只接受字母、数字、点号、下划线和连字符",
	}}
	contraryEncrypted = contrary{seenEncrypted, Message{
		"a neighboring product calls an encrypted key an error of format",
		"相邻产品将加密的私钥视为格式错误",
	}}
	contraryAgain = contrary{seenAgain, Message{
		"widely used tools upload the same certificate again and again, so an account refuses it only if it is set to",
		"常用部署工具会反复上传同一证书，因此只有账号开启该限制时才会拒绝",
	}}
	contraryEmpty = contrary{seenEmpty, Message{
		"one report has InvalidCertificate.TooLong for an empty certificate",
		"有用户反馈证书为空时返回 InvalidCertificate.TooLong",
	}}
	contraryOptionalName = contrary{seenOptionalName, Message{
		"the operation's page calls the name optional",
		"接口文档称该名称为可选参数",
	}}
	contraryAnyName = contrary{seenOptionalName, Message{
		"the operation's page allows characters of any kind",
		"接口文档称名称可使用任意类型的字符",
	}}
	contraryFormat = contrary{pageCLB, Message{
		"the list has two rows for the format of a certificate, and does not tell them apart",
		"错误码列表中有两行与证书格式有关，未说明二者的区别",
	}}
	contraryPKCS8 = contrary{seenPKCS8, Message{
		"the vendor's help calls every key that begins with BEGIN PRIVATE KEY encrypted; such keys may earn the row, too",
		"帮助文档将以 BEGIN PRIVATE KEY 开头的私钥都称为加密的私钥；这类私钥也可能返回该错误",
	}}
	contraryMisspelled = contrary{seenMisspelled, Message{
		"a message was seen that names AliCouldCertificateId as missing; its code is not known",
		"曾见到称缺少 AliCouldCertificateId 的错误信息，其错误码未知",
	}}
	contraryOnlyCode = contrary{seenESACodes, Message{
		"the code is on a list of the vendor's codes; its message and status were not seen",
		"该错误码在官方错误码的列表中，但未见到其错误信息和状态码",
	}}
	contraryNoCode = contrary{seenChinese, Message{
		"the message was seen, its code was not",
		"已见到该错误信息，但未见到其错误码",
	}}
)
