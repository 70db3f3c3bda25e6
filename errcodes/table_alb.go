package errcodes

import "slices"

var albParameters = []Parameter{
	{FieldListenerID, "ListenerId", true},
	{FieldCertificates, "Certificates", true},
	{FieldCertificateID, "Certificates.N.CertificateId", true},
	{FieldClientToken, "ClientToken", false},
	{FieldDryRun, "DryRun", false},
}

var createListenerParameters = []Parameter{
	{FieldLoadBalancerID, "LoadBalancerId", true},
	{FieldListenerPort, "ListenerPort", true},
	{FieldListenerProtocol, "ListenerProtocol", true},
	{FieldDefaultActions, "DefaultActions", true},
	{FieldCertificateID, "Certificates.1.CertificateId", false},
	{FieldClientToken, "ClientToken", false},
	{FieldDryRun, "DryRun", false},
}

var loadBalancerParameters = []Parameter{{FieldLoadBalancerID, "LoadBalancerId", true}}

// The ALB rows. Their origin is the published table that printed them first.
var (
	rowIncorrectStatus   = Row{IncorrectStatusListener, 400, "The status of %s [%s] is incorrect.", OwnPage}
	rowDefaultUsed       = Row{OperationDeniedDefaultCertificateUsed, 400, "The operation is not allowed because of %s.", OwnPage}
	rowDefaultNotFound   = Row{OperationFailedDefaultCertificateNotFound, 400, "The operation failed because of %s.", OwnPage}
	rowAlreadyAssociated = Row{ResourceAlreadyAssociatedCertificate, 400, "The specified resource %s is already associated.", OwnPage}
	rowQuotaExceeded     = Row{ResourceQuotaExceededLoadBalancerCertificatesNum, 400, "The quota of %s is exceeded for resource %s, usage %s/%s.", OwnPage}
	rowCertNotFound      = Row{ResourceNotFoundCertificate, 404, "The specified resource %s is not found.", OwnPage}

	rowProtocol         = Row{OperationDeniedHTTPListenerNotSupport, 400, "The operation is not allowed because of %s.", LaterPage}
	rowInvalidParameter = Row{InvalidParameter, 400, "Invalid parameter, please check the parameter input.", LaterPage}
	rowInConfiguring    = Row{ResourceInConfiguringListener, 400, "The specified resource %s is configuring, please try again later.", LaterPage}
	rowForbidden        = Row{ForbiddenLoadBalancer, 403, "Authentication has failed for LoadBalancer.", LaterPage}
	rowListenerNotFound = Row{ResourceNotFoundListener, 404, "The specified resource %s is not found.", LaterPage}

	// The original page names the code in the text of its DryRun parameter;
	// status and message are those of the same product family.
	rowDryRun = Row{DryRunOperation, 400, "Request validation has been passed with DryRun flag set.", OwnPage}

	rowTokenMismatch = Row{IdempotenceSignatureMismatch, 400, "The idempotence token of request is same with the prev one, but the signature is different.", SiblingPage}
)

// albOriginal has the six rows of the original page and DryRunOperation; the
// rest is borrowed.
var albOriginal = table{
	source: "ALB API reference, AssociateAdditionalCertificatesWithListener",
	rows: []Row{
		rowIncorrectStatus, rowDefaultUsed, rowDefaultNotFound, rowAlreadyAssociated, rowQuotaExceeded, rowCertNotFound,
		rowDryRun,
		rowProtocol, rowInvalidParameter, rowForbidden, rowListenerNotFound,
		rowTokenMismatch,
	},
	mappings: albMappings(mapping{cond: CondListenerConfiguring, code: IncorrectStatusListener, field: FieldListenerID}),
}

// albCurrent has the eleven rows of the later table, in its order.
var albCurrent = table{
	source: "ALB API reference, AssociateAdditionalCertificatesWithListener (later table)",
	page:   LaterPage,
	rows: []Row{
		rowIncorrectStatus, rowDefaultUsed, rowDefaultNotFound, rowAlreadyAssociated, rowQuotaExceeded,
		rowProtocol, rowInvalidParameter, rowInConfiguring, rowForbidden, rowCertNotFound, rowListenerNotFound,
		rowDryRun,
		rowTokenMismatch,
	},
	mappings: albMappings(mapping{cond: CondListenerConfiguring, code: ResourceInConfiguringListener, field: FieldListenerID, evidence: Documented}),
}

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
// check of the request alone, in the same order and by the same row.
var albRequestMappings = []mapping{
	{cond: CondListenerIDMissing, code: InvalidParameter, field: FieldListenerID},
	{cond: CondCertificatesMissing, code: InvalidParameter, field: FieldCertificates},
	{cond: CondTooManyCertificates, code: InvalidParameter, field: FieldCertificates},
	{cond: CondCertificateIDMissing, code: InvalidParameter, field: FieldCertificateID},
	{cond: CondCertificateIDMalformed, code: InvalidParameter, field: FieldCertificateID},
	{cond: CondClientTokenTooLong, code: InvalidParameter, field: FieldClientToken},
	{cond: CondClientTokenNotASCII, code: InvalidParameter, field: FieldClientToken},
	{cond: CondDryRunMalformed, code: InvalidParameter, field: FieldDryRun},
}

// The tables of the ALB operations around the main one.

var (
	rowNotAssociated        = Row{ResourceNotAssociatedCertificate, 400, "The specified resource %s is not associated.", OwnPage}
	rowLoadBalancerNotFound = Row{ResourceNotFoundLoadBalancer, 404, "The specified resource %s is not found.", SiblingPage}
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
var albDissociate = table{
	source: "ALB API reference, DissociateAdditionalCertificatesFromListener",
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
}

var albUpdateListener = table{
	source: "ALB API reference, UpdateListenerAttribute",
	rows: []Row{
		borrowed(rowInvalidParameter), borrowed(rowListenerNotFound), borrowed(rowForbidden), borrowed(rowProtocol),
		borrowed(rowIncorrectStatus), borrowed(rowCertNotFound),
	},
	mappings: []mapping{
		{cond: CondListenerIDMissing, code: InvalidParameter, field: FieldListenerID},
		{cond: CondCertificateIDMissing, code: InvalidParameter, field: FieldCertificateID},
		{cond: CondListenerNotFound, code: ResourceNotFoundListener, field: FieldListenerID},
		{cond: CondLoadBalancerForbidden, code: ForbiddenLoadBalancer, field: FieldListenerID},
		{cond: CondListenerProtocolUnsupported, code: OperationDeniedHTTPListenerNotSupport, field: FieldListenerID, arg: "HttpListenerNotSupport"},
		{cond: CondListenerConfiguring, code: IncorrectStatusListener, field: FieldListenerID},
		{cond: CondListenerNotRunning, code: IncorrectStatusListener, field: FieldListenerID},
		{cond: CondCertificateNotFound, code: ResourceNotFoundCertificate, field: FieldCertificateID},
		{cond: CondCertificateNotServer, code: ResourceNotFoundCertificate, field: FieldCertificateID},
	},
}

var albListCertificates = table{
	source: "ALB API reference, ListListenerCertificates",
	rows:   []Row{ownRow(rowProtocol), ownRow(rowListenerNotFound)},
	mappings: []mapping{
		{cond: CondListenerNotFound, code: ResourceNotFoundListener, field: FieldListenerID},
		{cond: CondListenerProtocolUnsupported, code: OperationDeniedHTTPListenerNotSupport, field: FieldListenerID, arg: "HttpListenerNotSupport"},
	},
}

var albGetLoadBalancer = table{
	source: "ALB API reference, GetLoadBalancerAttribute",
	rows:   []Row{rowLoadBalancerNotFound},
	mappings: []mapping{
		{cond: CondLoadBalancerNotFound, code: ResourceNotFoundLoadBalancer, field: FieldLoadBalancerID},
	},
}

// albCreateListener has the part of CreateListener's conditions that the model
// checks. Its own table is not known.
var albCreateListener = table{
	source: "ALB API reference, CreateListener",
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
}

// albDeleteListener has the part of DeleteListener's conditions that the model
// checks. Terraform's provider calls again after ResourceInConfiguring.Listener, and not
// after IncorrectStatus.Listener.
var albDeleteListener = table{
	source: "ALB API reference, DeleteListener",
	rows: []Row{
		borrowed(rowListenerNotFound), borrowed(rowForbidden), borrowed(rowInConfiguring), rowTokenMismatch, borrowed(rowDryRun),
	},
	mappings: []mapping{
		{cond: CondListenerNotFound, code: ResourceNotFoundListener, field: FieldListenerID},
		{cond: CondLoadBalancerForbidden, code: ForbiddenLoadBalancer, field: FieldListenerID},
		{cond: CondTokenReused, code: IdempotenceSignatureMismatch, field: FieldClientToken},
		{
			cond: CondListenerConfiguring, code: ResourceInConfiguringListener, field: FieldListenerID,
			evidence: Reported, source: "aliyun/terraform-provider-alicloud, resource_alicloud_alb_listener.go",
		},
		{cond: CondDryRun, code: DryRunOperation, field: FieldDryRun},
	},
}
