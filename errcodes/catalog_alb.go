package errcodes

import "slices"

const (
	albOperation           = "AssociateAdditionalCertificatesWithListener"
	certificateIDParameter = "Certificates.N.CertificateId"
)

// The ALB rows, under the edition of the table that first printed them.
var (
	rowIncorrectStatus   = Row{IncorrectStatusListener, 400, "The status of %s [%s] is incorrect.", Original}
	rowDefaultUsed       = Row{OperationDeniedDefaultCertificateUsed, 400, "The operation is not allowed because of %s.", Original}
	rowDefaultNotFound   = Row{OperationFailedDefaultCertificateNotFound, 400, "The operation failed because of %s.", Original}
	rowAlreadyAssociated = Row{ResourceAlreadyAssociatedCertificate, 400, "The specified resource %s is already associated.", Original}
	rowQuotaExceeded     = Row{ResourceQuotaExceededLoadBalancerCertificatesNum, 400, "The quota of %s is exceeded for resource %s, usage %s/%s.", Original}
	rowCertNotFound      = Row{ResourceNotFoundCertificate, 404, "The specified resource %s is not found.", Original}

	rowProtocol         = Row{OperationDeniedHTTPListenerNotSupport, 400, "The operation is not allowed because of %s.", Later}
	rowInvalidParameter = Row{InvalidParameter, 400, "Invalid parameter, please check the parameter input.", Later}
	rowInConfiguring    = Row{ResourceInConfiguringListener, 400, "The specified resource %s is configuring, please try again later.", Later}
	rowForbidden        = Row{ForbiddenLoadBalancer, 403, "Authentication has failed for LoadBalancer.", Later}
	rowListenerNotFound = Row{ResourceNotFoundListener, 404, "The specified resource %s is not found.", Later}

	// The original page names the code in the text of its DryRun parameter;
	// status and message are those of the same product family.
	rowDryRun = Row{DryRunOperation, 400, "Request validation has been passed with DryRun flag set.", Original}

	rowTokenMismatch = Row{IdempotenceSignatureMismatch, 400, "The idempotence token of request is same with the prev one, but the signature is different.", Sibling}
)

// albOriginal has the six rows of the original page and DryRunOperation; the
// rest is borrowed.
var albOriginal = catalogTable{
	operation: albOperation,
	edition:   Original,
	rows: []Row{
		rowIncorrectStatus, rowDefaultUsed, rowDefaultNotFound, rowAlreadyAssociated, rowQuotaExceeded, rowCertNotFound,
		rowDryRun,
		rowProtocol, rowInvalidParameter, rowForbidden, rowListenerNotFound,
		rowTokenMismatch,
	},
	mappings: albMappings(mapping{cond: CondListenerConfiguring, code: IncorrectStatusListener, param: "ListenerId"}),
}

// albLater has the eleven rows of the later table, in its order.
var albLater = catalogTable{
	operation: albOperation,
	edition:   Later,
	rows: []Row{
		rowIncorrectStatus, rowDefaultUsed, rowDefaultNotFound, rowAlreadyAssociated, rowQuotaExceeded,
		rowProtocol, rowInvalidParameter, rowInConfiguring, rowForbidden, rowCertNotFound, rowListenerNotFound,
		rowDryRun,
		rowTokenMismatch,
	},
	mappings: albMappings(mapping{cond: CondListenerConfiguring, code: ResourceInConfiguringListener, param: "ListenerId", grade: Documented}),
}

// albMappings returns the operation's conditions in the order of judging. The
// editions differ in one row only.
func albMappings(listenerConfiguring mapping) []mapping {
	return slices.Concat(
		albRequestMappings,
		[]mapping{
			{cond: CondCertificateRepeated, code: ResourceAlreadyAssociatedCertificate, param: certificateIDParameter},

			// The state behind the service. CertificateNotServer stands
			// among them: validate judges it only where a look-up is given.
			{cond: CondListenerNotFound, code: ResourceNotFoundListener, param: "ListenerId"},
			{cond: CondLoadBalancerForbidden, code: ForbiddenLoadBalancer, param: "ListenerId"},
			{cond: CondListenerProtocolUnsupported, code: OperationDeniedHTTPListenerNotSupport, param: "ListenerId", arg: "HttpListenerNotSupport"},
			{cond: CondTokenReused, code: IdempotenceSignatureMismatch, param: "ClientToken"},
		},
		[]mapping{listenerConfiguring},
		[]mapping{
			{cond: CondListenerNotRunning, code: IncorrectStatusListener, param: "ListenerId"},
			{cond: CondDefaultCertificateMissing, code: OperationFailedDefaultCertificateNotFound, param: "ListenerId", arg: "DefaultCertificateNotFound"},
			{cond: CondCertificateNotFound, code: ResourceNotFoundCertificate, param: certificateIDParameter},
			{cond: CondCertificateNotServer, code: ResourceNotFoundCertificate, param: certificateIDParameter},
			{cond: CondCertificateIsDefault, code: OperationDeniedDefaultCertificateUsed, param: certificateIDParameter, arg: "DefaultCertificateUsed"},
			{cond: CondCertificateAssociated, code: ResourceAlreadyAssociatedCertificate, param: certificateIDParameter},
			{cond: CondQuotaExceeded, code: ResourceQuotaExceededLoadBalancerCertificatesNum, param: "Certificates"},
			{cond: CondDryRun, code: DryRunOperation, param: "DryRun"},
		},
	)
}

// albRequestMappings are the conditions that the association and its undoing
// judge of the request alone, in the same order and by the same row.
var albRequestMappings = []mapping{
	{cond: CondListenerIDMissing, code: InvalidParameter, param: "ListenerId"},
	{cond: CondCertificatesMissing, code: InvalidParameter, param: "Certificates"},
	{cond: CondTooManyCertificates, code: InvalidParameter, param: "Certificates"},
	{cond: CondCertificateIDMissing, code: InvalidParameter, param: certificateIDParameter},
	{cond: CondCertificateIDMalformed, code: InvalidParameter, param: certificateIDParameter},
	{cond: CondClientTokenTooLong, code: InvalidParameter, param: "ClientToken"},
	{cond: CondClientTokenNotASCII, code: InvalidParameter, param: "ClientToken"},
	{cond: CondDryRunMalformed, code: InvalidParameter, param: "DryRun"},
}
