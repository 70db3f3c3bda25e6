package errcodes

import "slices"

// The operations of Global Accelerator (GA) on the certificates of a listener. They name an
// additional certificate by its domain, as the classic load balancer does. Of their pages
// only UpdateListener's table was read.

var acceleratorID = Parameter{Field: FieldLoadBalancerID, Name: "AcceleratorId", Required: true}

var (
	gaListenerID  = Parameter{Field: FieldListenerID, Name: "ListenerId", Required: true}
	gaClientToken = Parameter{Field: FieldClientToken, Name: "ClientToken", Limit: 64}

	gaParameters = []Parameter{
		acceleratorID,
		{Field: FieldCertificates, Name: "Certificates", Required: true, Type: TypeFlatArray, Limit: gaMaxCertificates},
		{Field: FieldDomainName, Name: "Certificates.N.Domain", Required: true},
		{Field: FieldCertificateID, Name: "Certificates.N.Id", Required: true},
		gaClientToken, gaListenerID, regionID,
	}
	gaReplaceParameters = []Parameter{
		acceleratorID,
		{Field: FieldCertificateID, Name: "CertificateId", Required: true},
		gaClientToken,
		{Field: FieldDomainName, Name: "Domain", Required: true},
		{Field: FieldDryRun, Name: "DryRun", Type: TypeBoolean},
		gaListenerID, regionID,
	}
	gaDissociateParameters = []Parameter{
		acceleratorID, gaClientToken,
		{Field: FieldCertificates, Name: "Domains", Required: true, Type: TypeFlatArray, Limit: gaMaxCertificates},
		{Field: FieldDomainName, Name: "Domains.N", Required: true},
		gaListenerID, regionID,
	}
	// gaUpdateParameters are those that set the default certificate.
	gaUpdateParameters = []Parameter{
		{Field: FieldCertificates, Name: "Certificates", Type: TypeFlatArray, Limit: 1},
		{Field: FieldCertificateID, Name: "Certificates.N.Id", Required: true},
		gaClientToken, gaListenerID, optionalRegionID,
	}
	gaListParameters        = []Parameter{acceleratorID, gaListenerID, regionID}
	gaListenerParameters    = []Parameter{gaListenerID, regionID}
	gaAcceleratorParameters = []Parameter{acceleratorID, regionID}
)

const gaMaxCertificates = 10

// The GA rows that conditions map to. The first four are those of UpdateListener.
var (
	gaNoListener    = Row{NotExistListener, 400, "The listener does not exist.", OwnPage, onPage(pageGAUpdate, "监听器不存在")}
	gaNotActive     = Row{NotActiveListener, 400, "The state of the listener is not active.", OwnPage, onPage(pageGAUpdate, "监听器状态非稳态")}
	gaNoAccelerator = Row{NotExistAccelerator, 400, "The accelerated instance does not exist.", OwnPage, onPage(pageGAUpdate, "加速实例不存在")}
	gaBusy          = Row{StateErrorAccelerator, 400, "The state of the accelerated instance is invalid.", OwnPage, onPage(pageGAUpdate, "加速实例状态非法")}

	gaProtocol  = Row{ProtocalIllegalListener, 400, "The specified listener protocol is invalid.", SiblingPage, none}
	gaForbidden = Row{Forbidden, 403, "The user is not authorized to operate on the specified resource.", SiblingPage, none}
)

// gaGateway has what was seen of the gateway's rows of GA and of ALB's kin.
var gaGateway = []gatewayEvidence{
	{field: FieldCertificates, evidence: Observed, source: seenNotFlat},
	{field: FieldDryRun, evidence: Documented, source: seenUnreadable},
}

// gaInvalid maps conditions of a request alone to the row for parameters in general, which
// is ALB's.
func gaInvalid(field Field, conds ...Condition) (all []mapping) {
	for _, cond := range conds {
		all = append(all, mapping{cond: cond, code: InvalidParameter, field: field})
	}
	return all
}

// gaRequestMappings are the conditions that a request about certificates by domain shows
// alone.
func gaRequestMappings(byDomain []mapping) []mapping {
	return slices.Concat(byDomain, gaInvalid(FieldClientToken, CondClientTokenTooLong, CondClientTokenNotASCII))
}

// gaStateMappings are the conditions of accelerator and listener. They are as sure as the
// evidence for the codes of a state that passes.
func gaStateMappings(state Evidence, from source) []mapping {
	return []mapping{
		{cond: CondListenerNotFound, code: NotExistListener, field: FieldListenerID},
		{cond: CondLoadBalancerForbidden, code: Forbidden, field: FieldListenerID},
		{cond: CondListenerProtocolUnsupported, code: ProtocalIllegalListener, field: FieldListenerID},
		{cond: CondTokenReused, code: IdempotenceSignatureMismatch, field: FieldClientToken},
		{cond: CondListenerConfiguring, code: NotActiveListener, field: FieldListenerID, evidence: state, source: from},
		{cond: CondListenerNotRunning, code: NotActiveListener, field: FieldListenerID, evidence: state, source: from},
		{cond: CondLoadBalancerConfiguring, code: StateErrorAccelerator, field: FieldListenerID, evidence: state, source: from},
	}
}

var (
	gaFindAccelerator  = []mapping{{cond: CondLoadBalancerNotFound, code: NotExistAccelerator, field: FieldLoadBalancerID}}
	gaFindDomain       = []mapping{{cond: CondDomainExtensionNotFound, code: ResourceNotAssociatedCertificate, field: FieldDomainName}}
	gaFindCertificates = []mapping{
		{cond: CondCertificateNotFound, code: ResourceNotFoundCertificate, field: FieldCertificateID},
		{cond: CondCertificateNotServer, code: ResourceNotFoundCertificate, field: FieldCertificateID},
	}
)

// gaTable returns a table whose mappings are decided here where nothing else is said.
func gaTable(parameters []Parameter, t table, mappings ...[]mapping) table {
	t.evidence, t.decision, t.mappings = Assumed, ruleGA, slices.Concat(mappings...)
	return behindGateway(parameters, t, gaGateway...)
}

// gaBorrowed are the rows that the operations borrow from UpdateListener and others.
func gaBorrowed(more ...Row) []Row {
	rows := []Row{gaNoListener, gaNotActive, gaNoAccelerator, gaBusy, gaProtocol, gaForbidden, rowInvalidParameter, rowTokenMismatch}
	rows = append(rows, more...)
	for i := range rows {
		rows[i] = borrowed(rows[i])
	}
	return rows
}

var gaAssociate = gaTable(
	gaParameters, table{rows: gaBorrowed(nlbCertNotFound, nlbAlreadyAssociated)},
	gaRequestMappings(slices.Concat(
		gaInvalid(FieldCertificates, CondTooManyCertificates),
		gaInvalid(FieldDomainName, CondDomainNameMissing, CondDomainNameMalformed),
		gaInvalid(FieldCertificateID, CondCertificateIDMissing, CondCertificateIDMalformed),
	)),
	[]mapping{{cond: CondCertificateRepeated, code: ResourceAlreadyAssociatedCertificate, field: FieldDomainName}},
	gaFindAccelerator, gaStateMappings(Reported, seenGAStates), gaFindCertificates,
	[]mapping{{cond: CondDomainExtensionExists, code: ResourceAlreadyAssociatedCertificate, field: FieldDomainName}},
)

var gaReplace = gaTable(
	gaReplaceParameters, table{source: pageGAReplace, rows: append([]Row{rowDryRun}, gaBorrowed(nlbCertNotFound, rowNotAssociated)...)},
	gaRequestMappings(slices.Concat(gaInvalid(FieldDomainName, CondDomainNameMalformed), gaInvalid(FieldCertificateID, CondCertificateIDMalformed))),
	gaFindAccelerator, gaStateMappings(Reported, seenGAStates), gaFindDomain, gaFindCertificates,
	[]mapping{{cond: CondDryRun, code: DryRunOperation, field: FieldDryRun, evidence: Documented}},
)

var gaDissociate = gaTable(
	gaDissociateParameters, table{rows: gaBorrowed(rowNotAssociated)},
	gaRequestMappings(slices.Concat(
		gaInvalid(FieldCertificates, CondTooManyCertificates),
		gaInvalid(FieldDomainName, CondDomainNameMissing, CondDomainNameMalformed),
	)),
	gaInvalid(FieldDomainName, CondCertificateRepeated),
	gaFindAccelerator, gaStateMappings(Reported, seenGAStates), gaFindDomain,
)

// gaUpdate has the table of the page, of which the model answers what is about the default
// certificate.
var gaUpdate = gaTable(
	gaUpdateParameters, table{
		source: pageGAUpdate,
		rows: []Row{
			gaNoListener, gaNotActive,
			{PortRangeIllegalListener, 400, "The specified listener port range is invalid.", OwnPage, onPage(pageGAUpdate, "监听端口范围配置非法")},
			{PortConflictListener, 400, "The listener port configuration is in conflict.", OwnPage, onPage(pageGAUpdate, "监听端口配置冲突")},
			{QuotaExceededListenerPort, 400, "The maximum number of listener ports is exceeded.", OwnPage, onPage(pageGAUpdate, "监听端口达到Quota限制")},
			gaNoAccelerator, gaBusy, gaProtocol, gaForbidden, borrowed(rowInvalidParameter), rowTokenMismatch, borrowed(nlbCertNotFound),
		},
		unmapped: []unmappedRow{
			{code: PortRangeIllegalListener, why: gaNoPort},
			{code: PortConflictListener, why: gaNoPort},
			{code: QuotaExceededListenerPort, why: gaNoPort},
			{code: NotExistAccelerator, why: Message{"the operation has no parameter for the accelerator, and a listener is not without one", "该接口没有加速实例参数，而监听总属于某个加速实例"}},
		},
	},
	gaRequestMappings(slices.Concat(
		gaInvalid(FieldCertificates, CondTooManyCertificates),
		gaInvalid(FieldCertificateID, CondCertificateIDMissing, CondCertificateIDMalformed),
	)),
	documented(gaStateMappings(Documented, pageGAUpdate), CondListenerNotFound), gaFindCertificates,
)

var gaNoPort = Message{"the port of a listener does not change here", "这里不变更监听的端口"}

// documented returns mappings of which that of a condition is documented by the operation's
// own page.
func documented(all []mapping, cond Condition) []mapping {
	for i := range all {
		if all[i].cond == cond {
			all[i].evidence = Documented
		}
	}
	return all
}

var (
	gaListCertificates = behindGateway(gaListParameters, table{
		evidence: Assumed, decision: ruleGA,
		rows:     []Row{borrowed(gaNoListener), borrowed(gaNoAccelerator)},
		mappings: slices.Concat(gaFindAccelerator, []mapping{{cond: CondListenerNotFound, code: NotExistListener, field: FieldListenerID}}),
	}, gatewayEvidence{field: FieldListenerID, absent: true, evidence: Observed, source: seenMissing})
	gaGetListener = gaTable(gaListenerParameters, table{rows: []Row{borrowed(gaNoListener)}},
		[]mapping{{cond: CondListenerNotFound, code: NotExistListener, field: FieldListenerID, evidence: Reported, source: seenGAStates}})
	gaGetAccelerator = gaTable(gaAcceleratorParameters, table{rows: []Row{borrowed(gaNoAccelerator)}},
		[]mapping{{cond: CondLoadBalancerNotFound, code: NotExistAccelerator, field: FieldLoadBalancerID, evidence: Reported, source: seenGAStates}})
)
