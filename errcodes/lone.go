package errcodes

import "time"

// A loneCode is a code that no condition maps to: its message is all that is known of it.
type loneCode struct {
	code          Code
	action        Action
	after         time.Duration
	meaning, hint Message
}

// How long to wait before a call is sent again. No document says it: these are what deploy
// tools use, and roll-outs take.
const (
	pause     = time.Second
	rollout   = 5 * time.Second // of a listener
	longPause = 20 * time.Second
)

// Meanings and hints that serve more than one code.
var (
	throttled         = Message{"more calls were sent than the service allows", "调用次数超过服务的限制"}
	hintThrottled     = Message{"wait, twice as long after each try, and send fewer calls at once", "等待后重试，每次等待时间加倍，并减少并发调用"}
	keyRefused        = Message{"the service does not take the access key", "服务不接受该 AccessKey"}
	hintKey           = Message{"check the AccessKey id that the program reads, and whether it is active", "检查程序读取的 AccessKey ID 及其是否启用"}
	forbidden         = Message{"the calling identity has no permission for this call", "调用身份没有该调用的权限"}
	hintForbidden     = Message{"grant the identity the operation in RAM", "在 RAM 中为该身份授权此接口"}
	tokenRefused      = Message{"the service does not take the security token of these temporary keys", "服务不接受该临时凭证的 SecurityToken"}
	hintSession       = Message{"send the token that was issued together with this key pair", "使用与该密钥对一同签发的 SecurityToken"}
	inProgress        = Message{"an earlier call is still being worked on", "之前的调用仍在处理中"}
	hintProgress      = Message{"wait, then send the same request with the same client token", "等待后用相同的客户端 Token 重发同一请求"}
	notSigned         = Message{"a parameter that every signed call has is missing", "缺少每个签名请求都要有的公共参数"}
	hintSigner        = Message{"leave signing to an SDK, or set the parameter", "使用 SDK 签名，或补上该参数"}
	wrongSetup        = Message{"the SDK did not send the call, for its settings do not fit", "SDK 的设置有误，请求未发出"}
	hintUnknownEffect = Message{
		"send the same request again with the same client token; an operation without one is looked up first, lest it take effect twice",
		"用相同的客户端 Token 重发同一请求；没有 Token 的接口应先查询是否已生效，以免重复执行",
	}
	hintSetup = Message{"correct the settings of the client: region, endpoint and credentials", "检查客户端设置：地域、接入点和凭证"}
)

// loneCodes are those of the tables, then those of the gateway in front of every operation
// and of published clients of it, then those that the vendor's SDKs make up themselves. A
// code of the last two kinds also stands for those that begin with it and a dot.
var loneCodes = []loneCode{
	{
		AuthenticationFailed, Stop, 0,
		Message{"the service could not verify the caller or the certificate", "服务无法完成验证"},
		Message{"check the identity that calls and the certificate that is sent", "检查调用身份和所发送的证书"},
	},
	{
		CertStorageFailed, AgainWithToken, pause,
		Message{"the service could not save the certificate", "服务保存证书失败"},
		Message{"send it again later; if it stays so, ask the vendor's support", "稍后重新提交；如仍失败，请联系客服"},
	},
	{
		InvalidDomainNotOnline, Stop, 0,
		Message{"the domain is not online", "域名未上线"},
		Message{"bring the domain online first", "先启用该域名"},
	},
	{
		DecodeError, ChangeRequest, 0,
		Message{"the service could not decode the certificate or the private key", "服务无法解码证书或私钥"},
		Message{"check both with certcheck; check that nothing has encoded them twice", "用 certcheck 检查两者；确认内容没有被重复编码"},
	},
	{
		SSLPubError, ChangeRequest, 0,
		Message{"the service could not encode the certificate", "服务无法编码证书"},
		Message{"check the certificate with certcheck", "用 certcheck 检查证书"},
	},
	{
		SSLPriError, ChangeRequest, 0,
		Message{"the service could not encode the private key", "服务无法编码私钥"},
		Message{"check the private key with certcheck", "用 certcheck 检查私钥"},
	},
	{
		DomainInSafeMode, Stop, 0,
		Message{"the domain is in safe mode, in which it may not be changed", "域名处于安全模式，不允许变更"},
		Message{"ask the vendor's support for permission", "请联系客服申请权限"},
	},
	{
		CreateCertificateFailed, Again, pause,
		Message{"the service could not create the certificate", "服务创建证书失败"},
		Message{"send it again", "重新提交"},
	},
	{
		InvalidEnv, ChangeRequest, 0,
		Message{"the service does not know the environment that is asked for", "服务不支持所指定的环境"},
		Message{`leave Env out, or spell it exactly "staging", in lower case`, `不传 Env，或准确填写小写的 "staging"`},
	},
	{
		ParamRepeat, ChangeRequest, 0,
		Message{"what is to be stored is there already", "要保存的数据已存在"},
		Message{"look for it first, and use what is there", "先查询并使用已有的数据"},
	},
	{
		InsufficientQuota, Stop, 0,
		Message{"the account's quota is used up", "账号额度已用完"},
		Message{"buy more, or remove what is no longer needed", "购买额度，或移除不再需要的资源"},
	},
	{
		DeductQuotaFailed, Again, pause,
		Message{"the service could not deduct the quota", "服务扣除额度失败"},
		Message{"send it again later; if it stays so, ask the vendor's support", "稍后重新提交；如仍失败，请联系客服"},
	},
	{
		PermissionDenied, Stop, 0,
		Message{"the caller has no permission for the operation", "调用者没有该操作的权限"},
		Message{"grant the calling identity access to the certificate center", "为调用身份授予证书中心的权限"},
	},
	{
		FlowControlError, Again, pause,
		Message{"more calls per second were sent than are allowed", "每秒调用次数超过限制"},
		Message{"wait a second, then send it again", "等待一秒后重试"},
	},
	{
		InvalidStatusDeleteProtection, Stop, 0,
		Message{"the status of the resource forbids to delete it", "资源的当前状态不允许删除"},
		Message{"wait until its status allows it", "等待状态允许后再删除"},
	},
	{
		InvalidStatusUpdateProtection, Stop, 0,
		Message{"the status of the resource forbids to change it", "资源的当前状态不允许更新"},
		Message{"wait until its status allows it", "等待状态允许后再更新"},
	},
	{
		DomainRepeat, ChangeRequest, 0,
		Message{"a domain is given twice, or is there already", "域名重复"},
		Message{"name each domain once", "每个域名只写一次"},
	},
	{
		InternalError, AgainWithToken, pause,
		Message{"the service failed inside", "服务内部错误"},
		Message{"send it again later; if it stays so, ask the vendor's support", "稍后重新提交；如仍失败，请联系客服"},
	},
	{
		InternalException, AgainWithToken, pause,
		Message{"the service failed inside", "服务内部错误"},
		Message{"send it again later; if it stays so, ask the vendor's support", "稍后重新提交；如仍失败，请联系客服"},
	},
	{
		OperationDeniedSystemUpgrading, Again, longPause,
		Message{"the service is being upgraded", "服务正在升级维护"},
		Message{"send it again later", "稍后重新提交"},
	},
	{
		MismatchVpcID, ChangeRequest, 0,
		Message{"the server group is not in the VPC of the load balancer", "服务器组与负载均衡实例不在同一 VPC"},
		Message{"choose a server group of that VPC", "选择同一 VPC 的服务器组"},
	},
	{
		ConflictPort, ChangeRequest, 0,
		Message{"the port is that of another listener", "端口与已有监听冲突"},
		Message{"choose another port", "换一个端口"},
	},
	{
		SystemBusy, Again, pause,
		Message{"the service is busy", "系统繁忙"},
		Message{"wait, then send it again", "等待后重试"},
	},
	{
		IllegalParamIdleTimeout, ChangeRequest, 0,
		Message{"the idle timeout is none that the listener can have", "连接空闲超时时间不在允许范围内"},
		Message{"give a number of seconds that the page allows for the listener's protocol", "按监听协议填写允许的秒数"},
	},
	{
		OperationDeniedRegionNotSupportHDMonitor, Stop, 0,
		Message{"the region has no fine-grained monitoring", "该地域不支持秒级监控"},
		Message{"leave SecSensorEnabled out", "不传 SecSensorEnabled"},
	},
	{
		ResourceNotEnoughCaCertificateAPICount, Stop, 0,
		Message{"the account may not look up more CA certificates", "查询 CA 证书的次数不足"},
		Message{"buy more, or leave CaCertificateIds out", "购买更多次数，或不传 CaCertificateIds"},
	},
	{
		ResourceNotFoundHdMonitorConfigNotExist, ChangeRequest, 0,
		Message{"fine-grained monitoring is not set up", "秒级监控尚未配置"},
		Message{"set it up first, or leave SecSensorEnabled out", "先配置秒级监控，或不传 SecSensorEnabled"},
	},
	{
		ResourceNotFoundCaCertificate, ChangeRequest, 0,
		Message{"there is no such CA certificate", "CA 证书不存在"},
		Message{"check the id in CaCertificateIds", "检查 CaCertificateIds 中的 ID"},
	},
	{
		ResourceNotFoundSecuritypolicy, ChangeRequest, 0,
		Message{"there is no such security policy", "安全策略不存在"},
		Message{"check SecurityPolicyId", "检查 SecurityPolicyId"},
	},

	{
		InvalidRegionIDNotFound, ChangeRequest, 0,
		Message{"the product has no such region", "该产品没有这个地域"},
		Message{"check the region and the endpoint that is called", "检查地域和所调用的接入点"},
	},
	{
		PortRangeIllegalListener, ChangeRequest, 0,
		Message{"the listener cannot have these ports", "监听不能使用这些端口"},
		Message{"give one port for HTTP and HTTPS, and a range that the page allows otherwise", "HTTP 和 HTTPS 监听只填一个端口，其他监听按文档填写端口范围"},
	},
	{
		PortConflictListener, ChangeRequest, 0,
		Message{"a port is that of another listener", "端口与已有监听冲突"},
		Message{"choose another port", "换一个端口"},
	},
	{
		QuotaExceededListenerPort, ChangeRequest, 0,
		Message{"the listener would have more ports than its quota", "监听的端口数将超过配额"},
		Message{"choose a smaller range, or ask for a higher quota", "缩小端口范围，或申请提升配额"},
	},

	{"StateError.Listener", Again, rollout, Message{"the listener is being changed", "监听正在变更"}, hintRollout},
	{"Throttling", Again, pause, throttled, hintThrottled},
	{"Throttling.User", Again, pause, throttled, hintThrottled},
	{"Throttling.Api", Again, pause, throttled, hintThrottled},
	{"Throttling.Resource", Again, pause, throttled, hintThrottled},
	{"Throttling.System", Again, pause, throttled, hintThrottled},
	{"Rejected.Throttling", Again, pause, throttled, hintThrottled},
	{
		"ServiceUnavailable", AgainWithToken, pause,
		Message{"the service failed for a while", "服务暂时不可用"},
		Message{"send it again with the same client token; if it stays so, ask the vendor's support", "用相同的客户端 Token 重试；如仍失败，请联系客服"},
	},
	{
		"RequestTimeout", AgainWithToken, pause,
		Message{"the service did not get the whole request in time", "服务未能及时收到完整请求"},
		Message{"send it again; check the network between here and the service", "重新发送；检查到服务的网络"},
	},
	{"IdempotenceProcessing", AgainWithToken, 2 * pause, inProgress, hintProgress},
	{"LastTokenProcessing", AgainWithToken, 2 * pause, inProgress, hintProgress},
	{"OperationConflict", Again, rollout, inProgress, Message{"wait until it has ended, then send it again", "等待其结束后重试"}},
	{
		"IncorrectBusinessStatus.LoadBalancer", Again, rollout,
		Message{"the load balancer is being changed, or is in arrears", "负载均衡实例正在变更，或已欠费"},
		Message{"wait, then send it again; if it stays so, check the account's balance", "等待后重试；如仍如此，请检查账户余额"},
	},
	{
		"VipStatusNotSupport", Again, rollout,
		Message{"the load balancer is being changed", "负载均衡实例正在变更"},
		Message{"wait, then send it again", "等待后重试"},
	},
	{
		"SignatureNonceUsed", SignAnew, 0,
		Message{"a request with this nonce has been received already", "该签名随机数已被使用"},
		Message{"make a new nonce and sign again; never send the same signed request twice", "生成新的随机数并重新签名；已签名的请求不能原样重发"},
	},
	{
		"InvalidTimeStamp.Expired", SignAnew, 0,
		Message{"the time of the request differs too much from that of the service", "请求时间与服务时间相差过大"},
		Message{"set the clock of the machine, then sign again", "校准本机时钟后重新签名"},
	},
	{
		"InvalidTimeStamp.Format", ChangeRequest, 0,
		Message{"the time of the request is not of the form that the service reads", "请求时间格式不正确"},
		Message{"write it in UTC, such as 2026-07-01T12:00:00Z", "使用 UTC 时间，例如 2026-07-01T12:00:00Z"},
	},
	{
		"InvalidSecurityToken.Expired", SignAnew, 0,
		Message{"the temporary keys have expired", "临时凭证已过期"},
		Message{"get new ones from STS, then sign again", "从 STS 获取新的凭证后重新签名"},
	},
	{"InvalidSecurityToken", Stop, 0, tokenRefused, hintSession},
	{"InvalidSecurityToken.Malformed", Stop, 0, tokenRefused, hintSession},
	{"InvalidSecurityToken.MismatchWithAccessKey", Stop, 0, tokenRefused, hintSession},
	{"MissingSecurityToken", Stop, 0, tokenRefused, hintSession},
	{
		"SignatureDoesNotMatch", Stop, 0,
		Message{"the signature is not that of this access key", "签名与 AccessKey 不符"},
		Message{"check the AccessKey secret, and that nothing changes the request on its way", "检查 AccessKey Secret，并确认请求在途中未被修改"},
	},
	{"IncompleteSignature", Stop, 0, Message{"the signature does not fit the request", "签名与请求不符"}, hintSigner},
	{"InvalidSignatureMethod", ChangeRequest, 0, Message{"the service does not know the method of signing", "服务不支持该签名方法"}, hintSigner},
	{"InvalidAccessKeyId", Stop, 0, keyRefused, hintKey},
	{"InvalidAccessKeyId.NotFound", Stop, 0, keyRefused, hintKey},
	{"InvalidAccessKeyId.Inactive", Stop, 0, keyRefused, hintKey},
	{"UserDisable", Stop, 0, Message{"the account is disabled or in arrears", "账号被停用或欠费"}, Message{"settle the account's balance, or ask the vendor's support", "为账号充值，或联系客服"}},
	{Forbidden, Stop, 0, forbidden, hintForbidden},
	{"Forbidden.RAM", Stop, 0, forbidden, hintForbidden},
	{"Forbidden.NotAuthorized", Stop, 0, forbidden, hintForbidden},
	{"NoPermission", Stop, 0, forbidden, hintForbidden},
	{"MissingAction", ChangeRequest, 0, notSigned, hintSigner},
	{"MissingVersion", ChangeRequest, 0, notSigned, hintSigner},
	{"MissingAccessKeyId", ChangeRequest, 0, notSigned, hintSigner},
	{"MissingTimestamp", ChangeRequest, 0, notSigned, hintSigner},
	{"MissingSignature", ChangeRequest, 0, notSigned, hintSigner},
	{"MissingSignatureNonce", ChangeRequest, 0, notSigned, hintSigner},
	{
		"InvalidAction.NotFound", ChangeRequest, 0,
		Message{"the product has no operation of this name in this version", "该产品的此版本没有这个接口"},
		Message{"check the action, the version and the endpoint that is called", "检查接口名、版本和接入点"},
	},
	{
		"InvalidVersion", ChangeRequest, 0,
		Message{"the product has no such version", "该产品没有这个版本"},
		Message{"check the version and the endpoint that is called", "检查版本和接入点"},
	},
	{"InvalidParameter.Format", ChangeRequest, 0, Message{"a value is not of the form that its parameter has", "参数值的格式不正确"}, Message{"correct the parameter that the message names", "修改消息中指出的参数"}},
	{"InvalidApi.NotFound", ChangeRequest, 0, Message{"the path is none of the product", "该产品没有这个路径"}, Message{"check the endpoint and the style of the call", "检查接入点和调用方式"}},
	{"UnsupportedHTTPMethod", ChangeRequest, 0, Message{"the operation does not take this HTTP method", "该接口不支持此 HTTP 方法"}, Message{"use POST", "请使用 POST"}},
	{"RequestEntityTooLarge", ChangeRequest, 0, Message{"the request is longer than the gateway takes", "请求超过网关的长度限制"}, Message{"send the parameters in the body of a POST, and no more than one chain", "用 POST 的请求体发送参数，且只发送一条证书链"}},
	{"OperationFailed", AgainWithToken, pause, Message{"the operation failed inside the service", "服务内部执行失败"}, Message{"look whether it took effect; if not, send it again", "先查询是否已生效；如未生效则重试"}},

	{
		"SDK.TimeoutError", AgainWithToken, pause,
		Message{"no answer came in time, so nobody knows whether the call took effect", "未及时收到应答，无法确定调用是否已生效"},
		hintUnknownEffect,
	},
	{"SDK.ServerUnreachable", Again, pause, Message{"the service could not be reached", "无法连接服务"}, Message{"check the endpoint and the network, then send it again", "检查接入点和网络后重试"}},
	{"AliyunGoClientFailure", AgainWithToken, pause, Message{"the client failed before it had an answer, so nobody knows whether the call took effect", "客户端未得到应答，无法确定调用是否已生效"}, hintUnknownEffect},
	{
		"SDK.JsonUnmarshalError", AgainWithToken, pause,
		Message{"what came back is not an answer of the service, so nobody knows whether the call took effect", "收到的不是服务的应答，无法确定调用是否已生效"},
		hintUnknownEffect,
	},
	{"SDK.CanNotResolveEndpoint", Stop, 0, wrongSetup, hintSetup},
	{"SDK.UnsupportedCredential", Stop, 0, wrongSetup, hintSetup},
	{"SDK.AsyncFunctionNotEnabled", Stop, 0, wrongSetup, hintSetup},
	{"SDK.UnknownRequestType", Stop, 0, wrongSetup, hintSetup},
	{"SDK.UnsupportedParamPosition", Stop, 0, wrongSetup, hintSetup},
	{"SDK.MissingParam", ChangeRequest, 0, wrongSetup, Message{"set the parameter that the message names", "填写消息中指出的参数"}},
	{"SDK.InvalidParam", ChangeRequest, 0, wrongSetup, Message{"correct the parameter that the message names", "修改消息中指出的参数"}},
}

// lone returns what is known of a code that no condition maps to.
func lone(code Code) (known loneCode, ok bool) {
	for _, l := range loneCodes {
		if l.code == code {
			return l, true
		}
	}
	return loneCode{}, false
}

func (l *loneCode) advice() Advice { return Advice{l.action, l.after, l.code, l.meaning, l.hint} }
