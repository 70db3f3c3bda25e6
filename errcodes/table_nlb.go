package errcodes

import "slices"

// nlbParameters are those of the association and its undoing. RegionId, which NLB's
// operations have besides, changes no answer of the model.
var nlbParameters = []Parameter{
	{Field: FieldCertificates, Name: "AdditionalCertificateIds", Required: true, Type: TypeFlatArray},
	{Field: FieldCertificateID, Name: "AdditionalCertificateIds.N", Required: true},
	{Field: FieldListenerID, Name: "ListenerId", Required: true},
	{Field: FieldDryRun, Name: "DryRun", Type: TypeBoolean},
	{Field: FieldClientToken, Name: "ClientToken", Limit: 64},
}

// nlbUpdateParameters are those that set the default certificate.
var nlbUpdateParameters = []Parameter{
	{Field: FieldListenerID, Name: "ListenerId", Required: true},
	{Field: FieldCertificates, Name: "CertificateIds", Type: TypeFlatArray, Limit: 1},
	{Field: FieldCertificateID, Name: "CertificateIds.N", Required: true},
	{Field: FieldDryRun, Name: "DryRun", Type: TypeBoolean},
	{Field: FieldClientToken, Name: "ClientToken", Limit: 64},
}

var jobParameters = []Parameter{{Field: FieldJobID, Name: "JobId", Required: true}}

// nlbGateway has what was seen of the gateway's rows of ALB's kin.
var nlbGateway = []gatewayEvidence{
	{field: FieldCertificates, evidence: Observed, source: seenNotFlat},
	{field: FieldDryRun, evidence: Documented, source: seenUnreadable},
}

// The NLB rows that conditions map to. Those of UpdateListenerAttribute have its origin.
var (
	nlbCertNotFound      = Row{ResourceNotFoundCertificate, 400, "The specified resource %s is not found.", OwnPage, none}
	nlbIncorrectStatus   = Row{NLBIncorrectStatusListener, 400, "The status of listener [%s] is incorrect.", OwnPage, none}
	nlbTokenMismatch     = ownRow(rowTokenMismatch)
	nlbParamSize         = Row{IllegalParamSizeCertificateIDs, 400, "The param size of certificateIds or caCertificateIds is illegal.", OwnPage, none}
	nlbIllegalParam      = Row{IllegalParam, 400, "The param of %s is illegal.", OwnPage, none}
	nlbForbidden         = Row{ForbiddenNoPermission, 403, "Authentication is failed for NoPermission.", OwnPage, none}
	nlbListenerNotFound  = Row{NLBResourceNotFoundListener, 404, "The specified resource %s is not found.", OwnPage, none}
	nlbBalancerNotFound  = Row{NLBResourceNotFoundLoadBalancer, 404, "The specified resource of loadbalancer is not found.", SiblingPage, none}
	nlbAlreadyAssociated = Row{ResourceAlreadyAssociatedCertificate, 400, "The specified resource %s is already associated.", OwnPage, none}
)

// nlbUpdateListener has the table of the page, of which the model answers what is about
// the default certificate.
var nlbUpdateListener = behindGateway(nlbUpdateParameters, table{
	source:   pageNLBUpdate,
	evidence: Assumed,
	decision: ruleNLB,
	rows: []Row{
		{MismatchVpcID, 400, "The VpcId is mismatched for %s and %s.", OwnPage, none},
		{ConflictPort, 400, "The Port [%s] is conflict.", OwnPage, none},
		nlbCertNotFound, nlbIncorrectStatus, nlbTokenMismatch, rowDryRun, nlbAlreadyAssociated, nlbParamSize,
		{SystemBusy, 400, "System is busy, please try again later.", OwnPage, none},
		{IllegalParamIdleTimeout, 400, "The param of IdleTimeout is illegal.", OwnPage, none},
		{OperationDeniedRegionNotSupportHDMonitor, 400, "The operation is not allowed because of RegionNotSupportHDMonitor.", OwnPage, none},
		{ResourceNotEnoughCaCertificateAPICount, 400, "The specified resource of CaCertificateApiCount is not enough.", OwnPage, none},
		nlbIllegalParam, nlbForbidden, nlbListenerNotFound,
		{ResourceNotFoundHdMonitorConfigNotExist, 404, "The specified resource of HdMonitorConfigNotExist is not found.", OwnPage, none},
		{ResourceNotFoundCaCertificate, 404, "The specified resource of CaCertificate is not found.", OwnPage, none},
		{ResourceNotFoundSecuritypolicy, 404, "The specified resource of securitypolicy is not found.", OwnPage, none},
	},
	mappings: slices.Concat(
		[]mapping{{cond: CondTooManyCertificates, code: IllegalParamSizeCertificateIDs, field: FieldCertificates, evidence: Documented}},
		nlbRequestMappings("CertificateIds"),
		[]mapping{
			{cond: CondListenerNotFound, code: NLBResourceNotFoundListener, field: FieldListenerID, evidence: Documented},
			{cond: CondLoadBalancerForbidden, code: ForbiddenNoPermission, field: FieldListenerID, evidence: Documented},
			{cond: CondListenerProtocolUnsupported, code: IllegalParam, field: FieldListenerID, arg: "ListenerId"},
			{cond: CondTokenReused, code: IdempotenceSignatureMismatch, field: FieldClientToken, evidence: Documented},
			{cond: CondListenerConfiguring, code: NLBIncorrectStatusListener, field: FieldListenerID, evidence: Documented},
			{cond: CondListenerNotRunning, code: NLBIncorrectStatusListener, field: FieldListenerID, evidence: Documented},
			{cond: CondCertificateNotFound, code: ResourceNotFoundCertificate, field: FieldCertificateID, evidence: Documented},
			{cond: CondCertificateNotServer, code: ResourceNotFoundCertificate, field: FieldCertificateID},
			{cond: CondCertificateAssociated, code: ResourceAlreadyAssociatedCertificate, field: FieldCertificateID},
			{cond: CondDryRun, code: DryRunOperation, field: FieldDryRun, evidence: Documented},
		},
	),
	unmapped: []unmappedRow{
		{code: MismatchVpcID, why: nlbNoGroup},
		{code: ConflictPort, why: Message{"the port of a listener does not change here", "这里不变更监听的端口"}},
		{code: SystemBusy, why: Message{"nothing here makes the service busy; a scripted fault answers it", "这里没有使系统繁忙的情形；可由预设故障返回"}},
		{code: IllegalParamIdleTimeout, why: nlbNoAttribute},
		{code: OperationDeniedRegionNotSupportHDMonitor, why: nlbNoAttribute},
		{code: ResourceNotEnoughCaCertificateAPICount, why: nlbNoCA},
		{code: ResourceNotFoundHdMonitorConfigNotExist, why: nlbNoAttribute},
		{code: ResourceNotFoundCaCertificate, why: nlbNoCA},
		{code: ResourceNotFoundSecuritypolicy, why: nlbNoAttribute},
	},
}, nlbGateway...)

// Why rows are never answered.
var (
	nlbNoGroup     = Message{"server groups are not looked at", "不检查服务器组"}
	nlbNoAttribute = Message{"of a listener's attributes only the default certificate is looked at", "监听的属性中只检查默认证书"}
	nlbNoCA        = Message{"no CA certificate is looked at", "不检查 CA 证书"}
)

// nlbRequestMappings are the conditions that a request about certificates shows alone
// behind those of the gateway and their number; the rows name the parameter.
func nlbRequestMappings(certificates string) []mapping {
	return []mapping{
		{cond: CondCertificateIDMissing, code: IllegalParam, field: FieldCertificateID, arg: certificates},
		{cond: CondCertificateIDMalformed, code: IllegalParam, field: FieldCertificateID, arg: certificates},
		{cond: CondClientTokenTooLong, code: IllegalParam, field: FieldClientToken, arg: "ClientToken"},
		{cond: CondClientTokenNotASCII, code: IllegalParam, field: FieldClientToken, arg: "ClientToken"},
	}
}

// nlbStateMappings are the conditions of a listener that the association and its undoing
// check in the same order and by the same row.
func nlbStateMappings(notFound mapping) []mapping {
	return []mapping{
		notFound,
		{cond: CondLoadBalancerForbidden, code: ForbiddenNoPermission, field: FieldListenerID},
		{cond: CondListenerProtocolUnsupported, code: IllegalParam, field: FieldListenerID, arg: "ListenerId"},
		{cond: CondTokenReused, code: IdempotenceSignatureMismatch, field: FieldClientToken},
		{cond: CondListenerConfiguring, code: NLBIncorrectStatusListener, field: FieldListenerID},
		{cond: CondListenerNotRunning, code: NLBIncorrectStatusListener, field: FieldListenerID},
	}
}

// nlbAssociate has no condition for a listener without a default certificate, which no
// TCPSSL listener is, and none for a quota, since no page gives the code.
var nlbAssociate = behindGateway(nlbParameters, table{
	source: pageNLB,
	rows: []Row{
		rowDryRun,
		borrowed(nlbCertNotFound), borrowed(nlbIncorrectStatus), rowTokenMismatch, borrowed(nlbAlreadyAssociated), borrowed(nlbIllegalParam),
		borrowed(nlbForbidden), borrowed(nlbListenerNotFound), borrowed(rowDefaultUsed),
	},
	mappings: slices.Concat(
		[]mapping{{cond: CondTooManyCertificates, code: IllegalParam, field: FieldCertificates, arg: "AdditionalCertificateIds"}},
		nlbRequestMappings("AdditionalCertificateIds"),
		[]mapping{{cond: CondCertificateRepeated, code: ResourceAlreadyAssociatedCertificate, field: FieldCertificateID}},
		nlbStateMappings(mapping{cond: CondListenerNotFound, code: NLBResourceNotFoundListener, field: FieldListenerID}),
		[]mapping{
			{cond: CondCertificateNotFound, code: ResourceNotFoundCertificate, field: FieldCertificateID},
			{cond: CondCertificateNotServer, code: ResourceNotFoundCertificate, field: FieldCertificateID},
			{cond: CondCertificateIsDefault, code: OperationDeniedDefaultCertificateUsed, field: FieldCertificateID, arg: "DefaultCertificateUsed"},
			{cond: CondCertificateAssociated, code: ResourceAlreadyAssociatedCertificate, field: FieldCertificateID},
			{cond: CondDryRun, code: DryRunOperation, field: FieldDryRun, evidence: Documented},
		},
	),
}, nlbGateway...)

var nlbDisassociate = behindGateway(nlbParameters, table{
	source: pageNLBDisassociate,
	rows: []Row{
		rowDryRun,
		borrowed(nlbIncorrectStatus), rowTokenMismatch, borrowed(nlbIllegalParam), borrowed(nlbForbidden), borrowed(nlbListenerNotFound),
		borrowed(rowDefaultUsed), borrowed(rowNotAssociated),
	},
	mappings: slices.Concat(
		[]mapping{{cond: CondTooManyCertificates, code: IllegalParam, field: FieldCertificates, arg: "AdditionalCertificateIds"}},
		nlbRequestMappings("AdditionalCertificateIds"),
		nlbStateMappings(mapping{cond: CondListenerNotFound, code: NLBResourceNotFoundListener, field: FieldListenerID, evidence: Reported, source: seenNLBGone}),
		[]mapping{
			{cond: CondCertificateIsDefault, code: OperationDeniedDefaultCertificateUsed, field: FieldCertificateID, arg: "DefaultCertificateUsed"},
			{cond: CondCertificateNotAssociated, code: ResourceNotAssociatedCertificate, field: FieldCertificateID},
			{cond: CondCertificateRepeated, code: IllegalParam, field: FieldCertificateID, arg: "AdditionalCertificateIds"},
			{cond: CondDryRun, code: DryRunOperation, field: FieldDryRun, evidence: Documented},
		},
	),
}, nlbGateway...)

var nlbListCertificates = behindGateway(listCertificatesParameters, table{
	rows: []Row{borrowed(nlbListenerNotFound), borrowed(nlbIllegalParam)},
	mappings: []mapping{
		{cond: CondListenerNotFound, code: NLBResourceNotFoundListener, field: FieldListenerID},
		{cond: CondListenerProtocolUnsupported, code: IllegalParam, field: FieldListenerID, arg: "ListenerId"},
	},
})

var nlbGetLoadBalancer = behindGateway(loadBalancerParameters, table{
	source:   pageNLBOthers,
	rows:     []Row{nlbBalancerNotFound},
	mappings: []mapping{{cond: CondLoadBalancerNotFound, code: NLBResourceNotFoundLoadBalancer, field: FieldLoadBalancerID}},
})

var nlbGetJob = behindGateway(jobParameters, table{
	rows:     []Row{borrowed(nlbIllegalParam)},
	mappings: []mapping{{cond: CondJobNotFound, code: IllegalParam, field: FieldJobID, arg: "JobId"}},
})
