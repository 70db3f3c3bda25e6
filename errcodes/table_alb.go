package errcodes

import "slices"

var albParameters = []Parameter{
	{Field: FieldListenerID, Name: "ListenerId", Required: true},
	{Field: FieldCertificates, Name: "Certificates", Required: true, Type: TypeFlatArray},
	{Field: FieldCertificateID, Name: "Certificates.N.CertificateId", Required: true},
	{Field: FieldClientToken, Name: "ClientToken", Limit: 64},
	{Field: FieldDryRun, Name: "DryRun", Type: TypeBoolean},
}

var createListenerParameters = []Parameter{
	{Field: FieldLoadBalancerID, Name: "LoadBalancerId", Required: true},
	{Field: FieldListenerPort, Name: "ListenerPort", Required: true, Type: TypeInteger},
	{Field: FieldListenerProtocol, Name: "ListenerProtocol", Required: true},
	{Field: FieldDefaultActions, Name: "DefaultActions", Required: true, Type: TypeFlatArray},
	{Field: FieldCertificateID, Name: "Certificates.1.CertificateId"},
	{Field: FieldClientToken, Name: "ClientToken", Limit: 64},
	{Field: FieldDryRun, Name: "DryRun", Type: TypeBoolean},
}

var deleteListenerParameters = []Parameter{
	{Field: FieldListenerID, Name: "ListenerId", Required: true},
	{Field: FieldClientToken, Name: "ClientToken", Limit: 64},
	{Field: FieldDryRun, Name: "DryRun", Type: TypeBoolean},
}

// updateListenerParameters are those that set the default certificate.
var updateListenerParameters = []Parameter{
	{Field: FieldListenerID, Name: "ListenerId", Required: true},
	{Field: FieldCertificates, Name: "Certificates", Type: TypeFlatArray},
	{Field: FieldCertificateID, Name: "Certificates.N.CertificateId", Required: true},
	{Field: FieldClientToken, Name: "ClientToken", Limit: 64},
	{Field: FieldDryRun, Name: "DryRun", Type: TypeBoolean},
}

var listCertificatesParameters = []Parameter{{Field: FieldListenerID, Name: "ListenerId", Required: true}}

var loadBalancerParameters = []Parameter{{Field: FieldLoadBalancerID, Name: "LoadBalancerId", Required: true}}

// albGateway has what was seen of the gateway's rows. The message about ListenerId was
// seen, its code in other operations.
var albGateway = []gatewayEvidence{
	{field: FieldListenerID, absent: true, evidence: Observed, source: seenMissing},
	{field: FieldCertificates, evidence: Observed, source: seenNotFlat},
	{field: FieldDryRun, evidence: Documented, source: seenUnreadable},
}

// The ALB rows. Their origin is the published table that printed them first.
var (
	rowIncorrectStatus   = Row{IncorrectStatusListener, 400, "The status of %s [%s] is incorrect.", OwnPage, none}
	rowDefaultUsed       = Row{OperationDeniedDefaultCertificateUsed, 400, "The operation is not allowed because of %s.", OwnPage, none}
	rowDefaultNotFound   = Row{OperationFailedDefaultCertificateNotFound, 400, "The operation failed because of %s.", OwnPage, none}
	rowAlreadyAssociated = Row{ResourceAlreadyAssociatedCertificate, 400, "The specified resource %s is already associated.", OwnPage, none}
	rowQuotaExceeded     = Row{ResourceQuotaExceededLoadBalancerCertificatesNum, 400, "The quota of %s is exceeded for resource %s, usage %s/%s.", OwnPage, none}
	rowCertNotFound      = Row{ResourceNotFoundCertificate, 404, "The specified resource %s is not found.", OwnPage, none}

	rowProtocol         = Row{OperationDeniedHTTPListenerNotSupport, 400, "The operation is not allowed because of %s.", LaterPage, none}
	rowInvalidParameter = Row{InvalidParameter, 400, "Invalid parameter, please check the parameter input.", LaterPage, none}
	rowInConfiguring    = Row{ResourceInConfiguringListener, 400, "The specified resource %s is configuring, please try again later.", LaterPage, none}
	rowForbidden        = Row{ForbiddenLoadBalancer, 403, "Authentication has failed for LoadBalancer.", LaterPage, none}
	rowListenerNotFound = Row{ResourceNotFoundListener, 404, "The specified resource %s is not found.", LaterPage, none}

	// The original page names the code in the text of its DryRun parameter;
	// status and message are those of the same product family.
	rowDryRun = Row{DryRunOperation, 400, "Request validation has been passed with DryRun flag set.", OwnPage, none}

	rowTokenMismatch = Row{IdempotenceSignatureMismatch, 400, "The idempotence token of request is same with the prev one, but the signature is different.", SiblingPage, none}
)

// albOriginal has the six rows of the original page and DryRunOperation; the
// rest is borrowed.
var albOriginal = behindGateway(albParameters, table{
	source: pageALB,
	rows: []Row{
		rowIncorrectStatus, rowDefaultUsed, rowDefaultNotFound, rowAlreadyAssociated, rowQuotaExceeded, rowCertNotFound,
		rowDryRun,
		rowProtocol, rowInvalidParameter, rowForbidden, rowListenerNotFound,
		rowTokenMismatch,
	},
	mappings: albMappings(mapping{cond: CondListenerConfiguring, code: IncorrectStatusListener, field: FieldListenerID}),
}, albGateway...)

// albCurrent has the eleven rows of the later table, in its order.
var albCurrent = behindGateway(albParameters, table{
	source: pageALBLater,
	page:   LaterPage,
	rows: []Row{
		rowIncorrectStatus, rowDefaultUsed, rowDefaultNotFound, rowAlreadyAssociated, rowQuotaExceeded,
		rowProtocol, rowInvalidParameter, rowInConfiguring, rowForbidden, rowCertNotFound, rowListenerNotFound,
		rowDryRun,
		rowTokenMismatch,
	},
	mappings: albMappings(mapping{cond: CondListenerConfiguring, code: ResourceInConfiguringListener, field: FieldListenerID, evidence: Documented, source: pageALBLater}),
}, albGateway...)

// albMappings returns the operation's conditions in the order of checking. The two
// tables differ in the row of one condition.
func albMappings(listenerConfiguring mapping) []mapping {
	return slices.Concat(
		albRequestMappings,
		[]mapping{
			{cond: CondCertificateRepeated, code: ResourceAlreadyAssociatedCertificate, field: FieldCertificateID},

			// The state behind the service. CertificateNotServer is among
			// them: validate checks it only if a look-up is given.
			{cond: CondListenerNotFound, code: ResourceNotFoundListener, field: FieldListenerID},
			{cond: CondLoadBalancerForbidden, code: ForbiddenLoadBalancer, field: FieldListenerID},
			{cond: CondListenerProtocolUnsupported, code: OperationDeniedHTTPListenerNotSupport, field: FieldListenerID, arg: "HttpListenerNotSupport"},
			{cond: CondTokenReused, code: IdempotenceSignatureMismatch, field: FieldClientToken},
		},
		[]mapping{listenerConfiguring},
		[]mapping{
			{cond: CondListenerNotRunning, code: IncorrectStatusListener, field: FieldListenerID},
			{cond: CondDefaultCertificateMissing, code: OperationFailedDefaultCertificateNotFound, field: FieldListenerID, arg: "DefaultCertificateNotFound"},
			{cond: CondCertificateNotFound, code: ResourceNotFoundCertificate, field: FieldCertificateID},
			{cond: CondCertificateNotServer, code: ResourceNotFoundCertificate, field: FieldCertificateID},
			{cond: CondCertificateIsDefault, code: OperationDeniedDefaultCertificateUsed, field: FieldCertificateID, arg: "DefaultCertificateUsed"},
			{cond: CondCertificateAssociated, code: ResourceAlreadyAssociatedCertificate, field: FieldCertificateID},
			{cond: CondQuotaExceeded, code: ResourceQuotaExceededLoadBalancerCertificatesNum, field: FieldCertificates},
			{cond: CondDryRun, code: DryRunOperation, field: FieldDryRun},
		},
	)
}

// albRequestMappings are the conditions that the association and its undoing
// check of the request alone behind those of the gateway, in the same order and by the
// same row.
var albRequestMappings = []mapping{
	{cond: CondTooManyCertificates, code: InvalidParameter, field: FieldCertificates},
	{cond: CondCertificateIDMissing, code: InvalidParameter, field: FieldCertificateID},
	{cond: CondCertificateIDMalformed, code: InvalidParameter, field: FieldCertificateID},
	{cond: CondClientTokenTooLong, code: InvalidParameter, field: FieldClientToken},
	{cond: CondClientTokenNotASCII, code: InvalidParameter, field: FieldClientToken},
}

// The tables of the ALB operations around the main one.

var (
	rowNotAssociated        = Row{ResourceNotAssociatedCertificate, 400, "The specified resource %s is not associated.", OwnPage, none}
	rowLoadBalancerNotFound = Row{ResourceNotFoundLoadBalancer, 404, "The specified resource %s is not found.", SiblingPage, none}
)

// borrowed returns a row as another operation's table has it.
func borrowed(r Row) Row {
	r.Origin = SiblingPage
	return r
}

// ownRow returns a row that the operation's own table has, too.
func ownRow(r Row) Row {
	r.Origin = OwnPage
	return r
}

// albDissociate has two rows for a listener that is being configured. Real answers
// have IncorrectStatus.Listener, so no condition maps to
// ResourceInConfiguring.Listener.
var albDissociate = behindGateway(albParameters, table{
	source: pageDissociate,
	rows: []Row{
		rowIncorrectStatus, ownRow(rowProtocol), rowDefaultUsed, rowNotAssociated, ownRow(rowInConfiguring), ownRow(rowListenerNotFound),
		borrowed(rowInvalidParameter), borrowed(rowForbidden), borrowed(rowDryRun), rowTokenMismatch,
	},
	mappings: slices.Concat(albRequestMappings, []mapping{
		{cond: CondListenerNotFound, code: ResourceNotFoundListener, field: FieldListenerID},
		{cond: CondLoadBalancerForbidden, code: ForbiddenLoadBalancer, field: FieldListenerID},
		{cond: CondListenerProtocolUnsupported, code: OperationDeniedHTTPListenerNotSupport, field: FieldListenerID, arg: "HttpListenerNotSupport"},
		{cond: CondTokenReused, code: IdempotenceSignatureMismatch, field: FieldClientToken},
		{cond: CondListenerConfiguring, code: IncorrectStatusListener, field: FieldListenerID}, // as a real answer has it
		{cond: CondListenerNotRunning, code: IncorrectStatusListener, field: FieldListenerID},
		{cond: CondCertificateIsDefault, code: OperationDeniedDefaultCertificateUsed, field: FieldCertificateID, arg: "DefaultCertificateUsed"},
		{cond: CondCertificateNotAssociated, code: ResourceNotAssociatedCertificate, field: FieldCertificateID},
		{cond: CondCertificateRepeated, code: InvalidParameter, field: FieldCertificateID},
		{cond: CondDryRun, code: DryRunOperation, field: FieldDryRun},
	}),
	unmapped: []unmappedRow{{code: ResourceInConfiguringListener, why: Message{
		"a listener that is being configured earns IncorrectStatus.Listener (A1)",
		"正在配置的监听返回 IncorrectStatus.Listener（A1）",
	}}},
}, albGateway...)

var albUpdateListener = behindGateway(updateListenerParameters, table{
	source: pageUpdateListener,
	rows: []Row{
		borrowed(rowInvalidParameter), borrowed(rowListenerNotFound), borrowed(rowForbidden), borrowed(rowProtocol),
		borrowed(rowIncorrectStatus), borrowed(rowCertNotFound),
	},
	mappings: []mapping{
		{cond: CondCertificateIDMissing, code: InvalidParameter, field: FieldCertificateID},
		{cond: CondListenerNotFound, code: ResourceNotFoundListener, field: FieldListenerID},
		{cond: CondLoadBalancerForbidden, code: ForbiddenLoadBalancer, field: FieldListenerID},
		{cond: CondListenerProtocolUnsupported, code: OperationDeniedHTTPListenerNotSupport, field: FieldListenerID, arg: "HttpListenerNotSupport"},
		{cond: CondListenerConfiguring, code: IncorrectStatusListener, field: FieldListenerID},
		{cond: CondListenerNotRunning, code: IncorrectStatusListener, field: FieldListenerID},
		{cond: CondCertificateNotFound, code: ResourceNotFoundCertificate, field: FieldCertificateID},
		{cond: CondCertificateNotServer, code: ResourceNotFoundCertificate, field: FieldCertificateID},
	},
}, albGateway...)

var albListCertificates = behindGateway(listCertificatesParameters, table{
	source: pageListCertificates,
	rows:   []Row{ownRow(rowProtocol), ownRow(rowListenerNotFound)},
	mappings: []mapping{
		{cond: CondListenerNotFound, code: ResourceNotFoundListener, field: FieldListenerID},
		{cond: CondListenerProtocolUnsupported, code: OperationDeniedHTTPListenerNotSupport, field: FieldListenerID, arg: "HttpListenerNotSupport"},
	},
}, albGateway...)

var albGetLoadBalancer = behindGateway(loadBalancerParameters, table{
	source: pageGetLoadBalancer,
	rows:   []Row{rowLoadBalancerNotFound},
	mappings: []mapping{
		{cond: CondLoadBalancerNotFound, code: ResourceNotFoundLoadBalancer, field: FieldLoadBalancerID},
	},
})

// albCreateListener has the part of CreateListener's conditions that the model
// checks. Its own table is not known.
var albCreateListener = behindGateway(createListenerParameters, table{
	rows: []Row{
		borrowed(rowInvalidParameter), rowLoadBalancerNotFound, borrowed(rowForbidden), borrowed(rowDefaultNotFound), borrowed(rowCertNotFound),
		rowTokenMismatch, borrowed(rowDryRun),
	},
	mappings: []mapping{
		{cond: CondListenerMalformed, code: InvalidParameter, field: FieldListenerProtocol},
		{cond: CondLoadBalancerNotFound, code: ResourceNotFoundLoadBalancer, field: FieldLoadBalancerID},
		{cond: CondLoadBalancerForbidden, code: ForbiddenLoadBalancer, field: FieldLoadBalancerID},
		{cond: CondTokenReused, code: IdempotenceSignatureMismatch, field: FieldClientToken},
		{cond: CondListenerPortUsed, code: InvalidParameter, field: FieldListenerPort},
		{cond: CondDefaultCertificateMissing, code: OperationFailedDefaultCertificateNotFound, field: FieldCertificateID, arg: "DefaultCertificateNotFound"},
		{cond: CondCertificateNotFound, code: ResourceNotFoundCertificate, field: FieldCertificateID},
		{cond: CondCertificateNotServer, code: ResourceNotFoundCertificate, field: FieldCertificateID},
		{cond: CondDryRun, code: DryRunOperation, field: FieldDryRun},
	},
}, albGateway...)

// albDeleteListener has the part of DeleteListener's conditions that the model
// checks. Terraform's provider calls again after ResourceInConfiguring.Listener, and not
// after IncorrectStatus.Listener.
var albDeleteListener = behindGateway(deleteListenerParameters, table{
	rows: []Row{
		borrowed(rowListenerNotFound), borrowed(rowForbidden), borrowed(rowInConfiguring), rowTokenMismatch, borrowed(rowDryRun),
	},
	mappings: []mapping{
		{cond: CondListenerNotFound, code: ResourceNotFoundListener, field: FieldListenerID},
		{cond: CondLoadBalancerForbidden, code: ForbiddenLoadBalancer, field: FieldListenerID},
		{cond: CondTokenReused, code: IdempotenceSignatureMismatch, field: FieldClientToken},
		{
			cond: CondListenerConfiguring, code: ResourceInConfiguringListener, field: FieldListenerID,
			evidence: Reported, source: seenDeleteRetry,
		},
		{cond: CondDryRun, code: DryRunOperation, field: FieldDryRun},
	},
}, albGateway...)
