package errcodes

import "slices"

// The tables of the ALB operations around the main one.

var (
	rowNotAssociated        = Row{ResourceNotAssociatedCertificate, 400, "The specified resource %s is not associated.", Original}
	rowLoadBalancerNotFound = Row{ResourceNotFoundLoadBalancer, 404, "The specified resource %s is not found.", Sibling}
)

// borrowed returns a row as another operation's table has it.
func borrowed(r Row) Row {
	r.Edition = Sibling
	return r
}

// ownRow returns a row that stands in the operation's own table too.
func ownRow(r Row) Row {
	r.Edition = Original
	return r
}

// albDissociate has two rows for a listener that is being configured. Real answers
// have IncorrectStatus.Listener, so nothing earns ResourceInConfiguring.Listener.
var albDissociate = catalogTable{
	operation: "DissociateAdditionalCertificatesFromListener",
	edition:   Original,
	rows: []Row{
		rowIncorrectStatus, ownRow(rowProtocol), rowDefaultUsed, rowNotAssociated, ownRow(rowInConfiguring), ownRow(rowListenerNotFound),
		borrowed(rowInvalidParameter), borrowed(rowForbidden), borrowed(rowDryRun), rowTokenMismatch,
	},
	mappings: slices.Concat(albRequestMappings, []mapping{
		{cond: CondListenerNotFound, code: ResourceNotFoundListener, param: "ListenerId"},
		{cond: CondLoadBalancerForbidden, code: ForbiddenLoadBalancer, param: "ListenerId"},
		{cond: CondListenerProtocolUnsupported, code: OperationDeniedHTTPListenerNotSupport, param: "ListenerId", arg: "HttpListenerNotSupport"},
		{cond: CondTokenReused, code: IdempotenceSignatureMismatch, param: "ClientToken"},
		{cond: CondListenerConfiguring, code: IncorrectStatusListener, param: "ListenerId"}, // as a real answer has it
		{cond: CondListenerNotRunning, code: IncorrectStatusListener, param: "ListenerId"},
		{cond: CondCertificateIsDefault, code: OperationDeniedDefaultCertificateUsed, param: certificateIDParameter, arg: "DefaultCertificateUsed"},
		{cond: CondCertificateNotAssociated, code: ResourceNotAssociatedCertificate, param: certificateIDParameter},
		{cond: CondCertificateRepeated, code: InvalidParameter, param: certificateIDParameter},
		{cond: CondDryRun, code: DryRunOperation, param: "DryRun"},
	}),
}

var albUpdateListener = catalogTable{
	operation: "UpdateListenerAttribute",
	edition:   Original,
	rows: []Row{
		borrowed(rowInvalidParameter), borrowed(rowListenerNotFound), borrowed(rowForbidden), borrowed(rowProtocol),
		borrowed(rowIncorrectStatus), borrowed(rowCertNotFound),
	},
	mappings: []mapping{
		{cond: CondListenerIDMissing, code: InvalidParameter, param: "ListenerId"},
		{cond: CondCertificateIDMissing, code: InvalidParameter, param: certificateIDParameter},
		{cond: CondListenerNotFound, code: ResourceNotFoundListener, param: "ListenerId"},
		{cond: CondLoadBalancerForbidden, code: ForbiddenLoadBalancer, param: "ListenerId"},
		{cond: CondListenerProtocolUnsupported, code: OperationDeniedHTTPListenerNotSupport, param: "ListenerId", arg: "HttpListenerNotSupport"},
		{cond: CondListenerConfiguring, code: IncorrectStatusListener, param: "ListenerId"},
		{cond: CondListenerNotRunning, code: IncorrectStatusListener, param: "ListenerId"},
		{cond: CondCertificateNotFound, code: ResourceNotFoundCertificate, param: certificateIDParameter},
		{cond: CondCertificateNotServer, code: ResourceNotFoundCertificate, param: certificateIDParameter},
	},
}

var albListCertificates = catalogTable{
	operation: "ListListenerCertificates",
	edition:   Original,
	rows:      []Row{ownRow(rowProtocol), ownRow(rowListenerNotFound)},
	mappings: []mapping{
		{cond: CondListenerNotFound, code: ResourceNotFoundListener, param: "ListenerId"},
		{cond: CondListenerProtocolUnsupported, code: OperationDeniedHTTPListenerNotSupport, param: "ListenerId", arg: "HttpListenerNotSupport"},
	},
}

var albGetLoadBalancer = catalogTable{
	operation: "GetLoadBalancerAttribute",
	edition:   Original,
	rows:      []Row{rowLoadBalancerNotFound},
	mappings: []mapping{
		{cond: CondLoadBalancerNotFound, code: ResourceNotFoundLoadBalancer, param: "LoadBalancerId"},
	},
}
