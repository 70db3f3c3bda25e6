package probe

import "github.com/alicert/alicert/errcodes"

// The requests of P1: the layers in front of the services.

// nothing is the content of a certificate or a key that is nothing to store.
const nothing = "x"

var (
	cdnEndpoint  = Endpoint{"cdn", "2018-05-10", "SetCdnDomainSSLCertificate", "cn-hangzhou"}
	dcdnEndpoint = Endpoint{"dcdn", "2018-01-15", "SetDcdnDomainSSLCertificate", "cn-hangzhou"}
	albEndpoint  = Endpoint{"alb", "2020-06-16", "AssociateAdditionalCertificatesWithListener", "cn-hangzhou"}
	casEndpoint  = Endpoint{"cas", "2020-04-07", "UploadUserCertificate", "cn-hangzhou"}

	// sslBase cannot be stored: neither certificate nor key is one.
	sslBase = []Param{
		{"DomainName", "@domain/unknown"}, {"SSLProtocol", "on"}, {"CertType", "upload"}, {"SSLPub", nothing}, {"SSLPri", nothing},
	}
	albBase = []Param{
		{"ListenerId", "@listener/unknown"}, {"Certificates.1.CertificateId", "@id/01"}, {"DryRun", "true"},
	}
)

// controls come before everything else: the targets are not found. Behind that of CDN is
// the order in which target and certificate are judged.
func controls() []Case {
	control := sslCase("P2/control", say("whether a domain that does not exist is found wanting", "确认不存在的域名会被拒绝"), "SSLProtocol=off", "-CertType", "-SSLPub", "-SSLPri")
	control.Role, control.Evening = RoleControl, true
	order := sslCase("P3/order", say(
		"whether the domain or the certificate is judged first: about half of the tables rest on it",
		"域名与证书哪个先被检查：约一半的规则取决于此"))
	order.Role, order.Evening = RoleOrder, true
	listener := albCase("A1/control", say("whether a listener that does not exist is found wanting", "确认不存在的监听会被拒绝"))
	listener.Role, listener.Evening = RoleControl, true
	return []Case{control, order, listener}
}

func gatewayCases() []Case {
	action := sslCase("P1/action-unknown", say("what answers an operation that does not exist", "不存在的接口由谁应答"))
	action.Operation, action.Endpoint.Action = 0, "SetCdnDomainSSLCertificates"
	action.Known = errcodes.Row{Code: "InvalidAction.NotFound", Status: 404, Message: "Specified api is not found, please check your url and method."}
	action.Rests = errcodes.Observed
	cases := []Case{
		action,
		sslCase("P1/domain-absent", say("who refuses an absent required parameter", "缺失的必填参数由谁拒绝"), "-DomainName"),
		sslCase("P1/domain-empty", say("whether an empty required parameter counts as absent", "必填参数为空是否等于缺失"), "DomainName="),
		sslCase("P1/status-absent", say("whether every required parameter is refused so", "其他必填参数缺失时是否相同"), "-SSLProtocol"),
		sslCase("P1/two-absent", say("which of two absent parameters is named", "两个必填参数都缺失时应答指出哪一个"), "-DomainName", "-SSLProtocol"),
		sslCase("P1/cert-id-text", say("who refuses a number that is none", "非数字的编号由谁拒绝"), "CertId=abc"),
	}
	for i := range cases {
		cases[i].Evening = cases[i].ID != "P1/status-absent"
	}
	for _, value := range []struct{ id, value string }{{"maybe", "maybe"}, {"true-capital", "True"}, {"one", "1"}} {
		c := albCase("P1/dry-run-"+value.id, say(
			"whether "+value.value+" is read as a Boolean", value.value+" 是否被视为布尔值"), "DryRun="+value.value)
		cases = append(cases, c)
	}
	for i := range cases {
		cases[i].Group = Gateway
	}
	return cases
}
