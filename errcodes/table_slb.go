package errcodes

import (
	"cmp"
	"slices"
)

// The operations of the classic load balancer on certificates, HTTPS listeners and domain
// extensions. Their pages print hardly any row; they refer to the product's list.

var (
	regionID          = Parameter{Field: FieldRegionID, Name: "RegionId", Required: true}
	optionalRegionID  = Parameter{Field: FieldRegionID, Name: "RegionId"}
	slbLoadBalancerID = Parameter{Field: FieldLoadBalancerID, Name: "LoadBalancerId", Required: true}
	slbListenerPort   = Parameter{Field: FieldListenerPort, Name: "ListenerPort", Required: true, Type: TypeInteger}
	slbExtensionID    = Parameter{Field: FieldDomainExtensionID, Name: "DomainExtensionId", Required: true}
	slbCertificateID  = Parameter{Field: FieldCertificateID, Name: "ServerCertificateId"}

	uploadServerParameters = []Parameter{
		{Field: FieldCertID, Name: "AliCloudCertificateId"},
		{Field: FieldCertRegion, Name: "AliCloudCertificateRegionId"},
		{Field: FieldPrivateKey, Name: "PrivateKey"},
		regionID,
		{Field: FieldCertificate, Name: "ServerCertificate"},
		{Field: FieldCertName, Name: "ServerCertificateName", Limit: serverCertificateNameLimit},
	}
	deleteServerParameters = []Parameter{optionalRegionID, {Field: FieldCertificateID, Name: "ServerCertificateId", Required: true}}
	renameServerParameters = []Parameter{
		regionID,
		{Field: FieldCertificateID, Name: "ServerCertificateId", Required: true},
		{Field: FieldCertName, Name: "ServerCertificateName", Required: true, Limit: serverCertificateNameLimit},
	}
	setHTTPSParameters = []Parameter{
		{Field: FieldDryRun, Name: "DryRun", Type: TypeBoolean}, slbListenerPort, slbLoadBalancerID, optionalRegionID, slbCertificateID,
	}
	createExtensionParameters = []Parameter{
		{Field: FieldDomainName, Name: "Domain", Required: true}, slbListenerPort, slbLoadBalancerID, regionID, slbCertificateID,
	}
	setExtensionParameters    = []Parameter{slbExtensionID, regionID, slbCertificateID}
	extensionParameters       = []Parameter{slbExtensionID, regionID}
	extensionsParameters      = []Parameter{slbListenerPort, slbLoadBalancerID, regionID}
	slbListenerParameters     = []Parameter{slbListenerPort, slbLoadBalancerID, optionalRegionID}
	slbLoadBalancerParameters = []Parameter{slbLoadBalancerID, optionalRegionID}
)

const serverCertificateNameLimit = 80

// Rows of the product's list.
var (
	slbConfiguring    = Row{ServiceIsConfiguring, 400, "A previous configuration is pending; please try again later.", ProductPage, none}
	slbStopping       = Row{ServiceIsStopping, 409, "The specified Listener is stopping, please retry later.", ProductPage, none}
	slbKeyFormat      = Row{KeyFormatError, 400, "The specified ServerCertificate is incorrectly formatted.", ProductPage, onPage(pageCLBChinese, "参数ServerCertificate的格式不正确，请修改格式后重试。")}
	slbNoResource     = Row{InvalidParameter, 400, "The specified resource does not exist.", ProductPage, onPage(pageCLBChinese, "该资源不存在，请您检查该参数是否正确。")}
	slbBusy           = Row{BackendServerConfiguring, 409, "A previous configuration of the load balancer is pending; please try again later.", ProductPage, none}
	slbExists         = Row{InvalidParameter, 400, "The resource already exists.", ProductPage, none}
	slbBadStatus      = Row{InvalidParameter, 400, "The resource status is invalid.", ProductPage, onPage(pageCLBChinese, "资源状态无效。")}
	slbWrongProtocol  = Row{UnsupportedOperationonfixedprotocalport, 400, "The operation is not supported by the protocol of the specified port.", ProductPage, none}
	slbEncrypted      = Row{PrivateKeyEncryption, 400, "Key has Encrypted .", ProductPage, onPage(pageCLBChinese, "私钥无需加密。")}
	slbMismatch       = Row{CertificateNotMatchPrivateKey, 400, "Certificate and key does not match.", ProductPage, onPage(pageCLBChinese, "证书和密钥不匹配。请检查证书与密钥是否正确。")}
	slbFormat         = Row{InvalidParameter, 400, "The specified parameter ServerCertificate format is error.", ProductPage, onPage(pageCLBChinese, "参数ServerCertificate格式错误，请修改格式后重试。")}
	slbNoCertificate  = Row{InvalidParameter, 400, "The specified parameter ServerCertificateId is empty.", ProductPage, none}
	slbEmpty          = Row{InvalidParameter, 400, "The specified parameter ServerCertificate or Key is empty.", ProductPage, onPage(pageCLBChinese, "参数ServerCertificate或Key为空。")}
	slbBadKey         = Row{InvalidParameter, 400, "The specified parameter key format is error.", ProductPage, onPage(pageCLBChinese, "参数key格式错误。")}
	slbBadPort        = Row{InvalidParameter, 400, "The specified port is not valid.", ProductPage, none}
	slbNotValid       = Row{InvalidParameter, 400, "The specified parameter is not valid.", ProductPage, onPage(pageCLBChinese, "指定的参数无效。请检查该参数是否正确。")}
	slbTooLong        = Row{InvalidParameterLength, 400, "The specified parameter length is not valid.", ProductPage, onPage(pageCLBChinese, "参数内容长度无效。")}
	slbNoRegion       = Row{InvalidRegionIDNotFound, 404, "The specified RegionId does not exist.", ProductPage, onPage(pageCLBChinese, "指定的RegionId不存在，请检查此产品在该地域是否可用。")}
	slbNoListener     = Row{ListenerNotFound, 404, "You have not created a listener for the specified port of the load balancer.", ProductPage, none}
	slbForbidden      = Row{Forbidden, 403, "User not authorized to operate on the specified resource.", ProductPage, onPage(pageCLBChinese, "用户无权限操作该资源。请先申请RAM权限，再进行此操作。")}
	slbRefered        = Row{CertificateAndPrivateKeyIsRefered, 400, "The specified certificate is bound to listeners. You cannot delete it.", OwnPage, none}
	slbNoLoadBalancer = Row{InvalidLoadBalancerIDNotFound, 404, "The specified LoadBalancerId does not exist.", SiblingPage, none}
)

// Rows that no page prints. The codes are those that Terraform handles; of the first, an
// answer was seen. The other messages are those of rows that say the same.
var (
	slbUnknownCertificate = Row{ServerCertificateIDNotFound, 404, "The specified ServerCertificateId does not exist.", SiblingPage, none}
	slbUnknownExtension   = Row{InvalidParameterDomainExtensionID, 400, slbNoResource.Message, SiblingPage, none}
	slbExtensionBusy      = Row{DomainExtensionProcessing, 400, slbConfiguring.Message, SiblingPage, none}
)

// A rule is a mapping by its row, because many rows of the product have one code.
type rule struct {
	mapping
	row Row
}

func earns(row Row, cond Condition, field Field) rule {
	return rule{mapping{cond: cond, code: row.Code, field: field}, row}
}

// because returns the rule with evidence that is surer than the decision of the table.
func (r rule) because(evidence Evidence, from source) rule {
	r.evidence, r.source = evidence, from
	return r
}

// although returns the rule with evidence against it.
func (r rule) although(c contrary) rule {
	r.contrary = c
	return r
}

// slbTable returns the table of an operation with the rows of its rules behind those that
// it has already.
func slbTable(parameters []Parameter, t table, rules ...[]rule) table {
	t.source, t.evidence, t.decision = cmp.Or(t.source, pageCLB), Assumed, ruleCAS
	for _, r := range slices.Concat(rules...) {
		if !slices.ContainsFunc(t.rows, r.row.isLine) {
			t.rows = append(t.rows, r.row)
		}
		for _, row := range t.rows {
			if row.isLine(r.row) {
				break
			}
			if row.Code == r.code {
				r.nth++
			}
		}
		t.mappings = append(t.mappings, r.mapping)
	}
	return behindGateway(parameters, t)
}

var slbUpload = slbTable(uploadServerParameters, table{
	rows: []Row{
		slbKeyFormat, slbNoResource, slbBadStatus, slbEncrypted, slbMismatch, slbFormat, slbEmpty, slbBadKey, slbNotValid, slbTooLong, slbNoRegion, slbForbidden,
	},
	unmapped: []unmappedRow{
		{code: InvalidRegionIDNotFound, why: Message{"the model takes any region", "模型接受任意地域"}},
		{code: Forbidden, why: Message{"the permissions of callers on certificates are no part of the model", "模型不包含调用者对证书的权限"}},
	},
}, slbNameRules, []rule{
	earns(slbEmpty, CondCertificateMissing, FieldCertificate),
	earns(slbEmpty, CondPrivateKeyMissing, FieldPrivateKey),
	earns(slbTooLong, CondCertificateTooLong, FieldCertificate),
	earns(slbTooLong, CondPrivateKeyTooLong, FieldPrivateKey),
	earns(slbEmpty, CondPrivateKeyBlank, FieldPrivateKey),
	earns(slbFormat, CondCertificateNotPEM, FieldCertificate),
	earns(slbBadKey, CondPrivateKeyNotPEM, FieldPrivateKey),
	earns(slbKeyFormat, CondCertificateMalformed, FieldCertificate).although(contraryFormat),
	earns(slbEncrypted, CondPrivateKeyEncrypted, FieldPrivateKey).although(contraryPKCS8),
	earns(slbBadKey, CondPrivateKeyUnsupported, FieldPrivateKey),
	earns(slbBadKey, CondPrivateKeyMalformed, FieldPrivateKey),
	earns(slbMismatch, CondKeyMismatch, FieldPrivateKey),

	// The state behind the service.
	earns(slbNoResource, CondCertificateNotFound, FieldCertID).although(contraryMisspelled),
	earns(slbBadStatus, CondCertificateStatusBad, FieldCertID),
	earns(slbEmpty, CondStoredKeyMissing, FieldCertID),
})

// slbNameRules are about the name of a certificate.
var slbNameRules = []rule{
	earns(slbNotValid, CondCertNameMalformed, FieldCertName),
	earns(slbNotValid, CondCertNameCharacters, FieldCertName),
	earns(slbTooLong, CondCertNameTooLong, FieldCertName),
}

// slbCertificateRules are about a certificate that a request names. The service does not
// tell the two conditions apart.
func slbCertificateRules(evidence Evidence, from source) []rule {
	return []rule{
		earns(slbUnknownCertificate, CondCertificateNotFound, FieldCertificateID).because(evidence, from),
		earns(slbUnknownCertificate, CondCertificateOtherRegion, FieldCertificateID).because(evidence, from),
	}
}

// slbBalancerRules are about the load balancer of a request.
func slbBalancerRules(field Field, evidence Evidence, from source) []rule {
	return []rule{
		earns(slbForbidden, CondLoadBalancerForbidden, field),
		earns(slbBusy, CondLoadBalancerConfiguring, field).because(evidence, from),
	}
}

var slbFindBalancer = []rule{earns(slbNoLoadBalancer, CondLoadBalancerNotFound, FieldLoadBalancerID).because(Reported, seenNoBalancer)}

// slbReadRules are about the HTTPS listener that a request reads.
var slbReadRules = []rule{
	earns(slbNoResource, CondListenerNotFound, FieldListenerPort).because(Reported, seenBusyCodes),
	earns(slbWrongProtocol, CondListenerProtocolUnsupported, FieldListenerPort),
}

// slbChangeRules are about the HTTPS listener that a request changes.
var slbChangeRules = []rule{
	earns(slbNoListener, CondListenerNotFound, FieldListenerPort),
	earns(slbWrongProtocol, CondListenerProtocolUnsupported, FieldListenerPort),
}

// slbExtensionRules are about the status of the listener of a domain extension.
func slbExtensionRules(field Field) []rule {
	return []rule{
		earns(slbExtensionBusy, CondListenerConfiguring, field).because(Reported, seenBusyCodes),
		earns(slbStopping, CondListenerStopping, field),
	}
}

var slbFindExtension = []rule{earns(slbUnknownExtension, CondDomainExtensionNotFound, FieldDomainExtensionID).because(Reported, seenBusyCodes)}

var (
	slbDelete = slbTable(deleteServerParameters, table{source: pageCLBDelete, rows: []Row{slbRefered}}, slbCertificateRules(Reported, seenBusyCodes), []rule{
		earns(slbRefered, CondCertificateInUse, FieldCertificateID).because(Documented, pageCLBDelete),
	})
	slbRename = slbTable(renameServerParameters, table{}, slbNameRules, slbCertificateRules(Assumed, ruleBorrowed))

	slbSetHTTPS = slbTable(setHTTPSParameters, table{},
		[]rule{earns(slbBadPort, CondListenerPortInvalid, FieldListenerPort)},
		slbFindBalancer, slbBalancerRules(FieldLoadBalancerID, Reported, seenBusyCodes), slbChangeRules,
		[]rule{
			earns(slbConfiguring, CondListenerConfiguring, FieldListenerPort).because(Reported, seenBusyCodes),
			earns(slbStopping, CondListenerStopping, FieldListenerPort),
		},
		slbCertificateRules(Observed, seenOtherRegion),
		[]rule{earns(borrowed(rowDryRun), CondDryRun, FieldDryRun)},
	)
	slbGetHTTPS = slbTable(slbListenerParameters, table{}, slbFindBalancer, slbReadRules)

	slbCreateExtension = slbTable(createExtensionParameters, table{},
		[]rule{
			earns(slbNotValid, CondDomainNameMalformed, FieldDomainName),
			earns(slbBadPort, CondListenerPortInvalid, FieldListenerPort),
			earns(slbNoCertificate, CondCertificateIDMissing, FieldCertificateID),
		},
		slbFindBalancer, slbBalancerRules(FieldLoadBalancerID, Assumed, ruleBorrowed), slbChangeRules, slbExtensionRules(FieldListenerPort), slbCertificateRules(Assumed, ruleBorrowed),
		[]rule{earns(slbExists, CondDomainExtensionExists, FieldDomainName)},
	)
	slbSetExtension = slbTable(setExtensionParameters, table{},
		[]rule{earns(slbNoCertificate, CondCertificateIDMissing, FieldCertificateID)},
		slbFindExtension, slbBalancerRules(FieldDomainExtensionID, Reported, seenBusyCodes), slbExtensionRules(FieldDomainExtensionID), slbCertificateRules(Assumed, ruleBorrowed),
	)
	slbDeleteExtension = slbTable(extensionParameters, table{},
		slbFindExtension, slbBalancerRules(FieldDomainExtensionID, Assumed, ruleBorrowed), slbExtensionRules(FieldDomainExtensionID),
	)
	slbListExtensions  = slbTable(extensionsParameters, table{}, slbFindBalancer, slbReadRules)
	slbGetExtension    = slbTable(extensionParameters, table{}, slbFindExtension)
	slbGetLoadBalancer = slbTable(slbLoadBalancerParameters, table{}, slbFindBalancer)
)
