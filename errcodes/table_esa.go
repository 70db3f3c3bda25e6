package errcodes

import "slices"

// The operations of ESA on the certificates of a site. Their pages were read in part: what
// is known of their tables is two rows of SetCertificate's and three of DeleteCertificate's,
// an answer that was quoted, and a list of codes without messages. All rows of ESA that
// were seen have status 400. A row whose message is not known has that of the same code in
// another product, or else one in the same style; either is a row of a sibling here.

// A name is no parameter that the service requires: deploy tools upload without one, and
// set certificates of the center without one. KeyServerId is for keyless certificates,
// which the library does not know.
var esaSetParameters = []Parameter{
	{Field: FieldSiteID, Name: "SiteId", Required: true, Type: TypeInteger},
	{Field: FieldCertName, Name: "Name"},
	{Field: FieldCertID, Name: "CasId", Type: TypeInteger},
	{Field: FieldCertType, Name: "Type", Required: true},
	{Field: FieldCertificate, Name: "Certificate"},
	{Field: FieldPrivateKey, Name: "PrivateKey"},
	{Field: FieldCertRegion, Name: "Region"},
	{Field: FieldSiteCertificateID, Name: "Id"},
}

var (
	siteIDParameter          = Parameter{Field: FieldSiteID, Name: "SiteId", Required: true, Type: TypeInteger}
	esaCertificateParameters = []Parameter{siteIDParameter, {Field: FieldSiteCertificateID, Name: "Id", Required: true}}

	esaListParameters = []Parameter{
		siteIDParameter,
		{Field: FieldPageNumber, Name: "PageNumber", Type: TypeInteger},
		{Field: FieldPageSize, Name: "PageSize", Type: TypeInteger},
		{Field: FieldKeyword, Name: "Keyword"},
		{Field: FieldValidOnly, Name: "ValidOnly", Type: TypeBoolean},
	}
	esaQuotasParameters = []Parameter{
		{Field: FieldSiteID, Name: "SiteId", Type: TypeInteger},
		{Field: FieldPlanID, Name: "InstanceId"},
		{Field: FieldQuotaNames, Name: "QuotaNames", Required: true},
	}
	esaSitesParameters = []Parameter{
		{Field: FieldSiteName, Name: "SiteName"},
		{Field: FieldSiteSearchType, Name: "SiteSearchType"},
		{Field: FieldPageNumber, Name: "PageNumber", Type: TypeInteger},
		{Field: FieldPageSize, Name: "PageSize", Type: TypeInteger},
	}
)

// esaGateway has what was seen of the gateway's rows: their form, with the name of another
// parameter of ESA.
var esaGateway = []gatewayEvidence{
	{field: FieldSiteID, absent: true, evidence: Observed, source: seenMissing},
	{field: FieldPageSize, evidence: Documented, source: seenUnreadable},
}

// The rows of the pages.
var (
	rowESAStatus     = Row{CertificateStatusError, 400, "The status of the certificate is invalid.", OwnPage, onPage(pageESA, "证书状态错误。")}
	rowESADuplicated = Row{CertificateDuplicated, 400, "The certificate name already exists.", OwnPage, none}
	rowESAMissing    = Row{MissingSiteID, 400, "Required parameter SiteId missing. Specify SiteId and try again.", OwnPage, onPage(pageESADelete, "缺少必填参数SiteId,请指定SiteId参数后重试。")}
	rowESAInternal   = Row{InternalError, 400, "An internal exception occurred, please try again later.", OwnPage, onPage(pageESADelete, "触发内部异常,请稍后再试。")}

	rowSiteNotFound = Row{SiteNotFound, 400, "The specified site is not found.", SiblingPage, onPage(pageESASiblings, "您指定的站点不存在,请检查输入的站点是否正确。")}
	rowESAException = Row{InternalException, 400, "Failed to call the service. Try again later or contact technical support.", SiblingPage, onPage(pageESASiblings, "调用服务失败,请稍后重试或联系客服咨询详情。")}
	rowESAAbsent    = Row{CertificateNotFound, 400, "The specified certificate is not found.", SiblingPage, none}
)

// mappingSiteNotFound is the first one that every operation on a site checks of the state.
var mappingSiteNotFound = mapping{cond: CondSiteNotFound, code: SiteNotFound, field: FieldSiteID}

// esaSet is the table of SetCertificate. A certificate of another region of the center, or
// a name that the page does not allow, has no row; it has that of a parameter of ALB.
var esaSet = behindGateway(esaSetParameters, table{
	source:   pageESA,
	evidence: Assumed,
	decision: ruleESA,
	rows: []Row{
		rowESAStatus,
		rowESADuplicated,
		{CertQuotaCheckFailed, 400, "The custom certificate quota verification failed. The number of uploaded certificates exceeds the upper limit allowed for the plan.", SiblingPage, none},
		{InvalidCertificateNotFound, 400, "The specified certificate does not exist.", SiblingPage, none},
		{InvalidSSLPub, 400, "The specified SSLPub is invalid.", SiblingPage, none},
		{InvalidSSLPri, 400, "The specified SSLPri is invalid.", SiblingPage, none},
		{CertificateDomainNotMatchSite, 400, "The domain name of the certificate does not match the site.", SiblingPage, none},
		{CertificateNotMatchPrivateKey, 400, "Certificate and key does not match.", SiblingPage, none},
		{InstanceNotOnline, 400, "The plan is not online.", SiblingPage, none},
		rowESAException,
		rowSiteNotFound,
		borrowed(rowInvalidParameter),
	},
	mappings: []mapping{
		{cond: CondCertTypeUnsupported, code: InvalidParameter, field: FieldCertType},
		{cond: CondCertNameMalformed, code: InvalidParameter, field: FieldCertName},
		{cond: CondCertNameTooLong, code: InvalidParameter, field: FieldCertName},
		{cond: CondCertRegionUnsupported, code: InvalidParameter, field: FieldCertRegion},
		{cond: CondCertificateUnidentified, code: InvalidCertificateNotFound, field: FieldCertID, contrary: contraryOnlyCode},
		{cond: CondCertificateMissing, code: InvalidSSLPub, field: FieldCertificate, contrary: contraryOnlyCode},
		{cond: CondPrivateKeyMissing, code: InvalidSSLPri, field: FieldPrivateKey, contrary: contraryOnlyCode},
		{cond: CondCertificateTooLong, code: InvalidSSLPub, field: FieldCertificate, contrary: contraryOnlyCode},
		{cond: CondPrivateKeyTooLong, code: InvalidSSLPri, field: FieldPrivateKey, contrary: contraryOnlyCode},
		{cond: CondPrivateKeyBlank, code: InvalidSSLPri, field: FieldPrivateKey, contrary: contraryOnlyCode},
		{cond: CondCertificateNotPEM, code: InvalidSSLPub, field: FieldCertificate, contrary: contraryOnlyCode},
		{cond: CondPrivateKeyNotPEM, code: InvalidSSLPri, field: FieldPrivateKey, contrary: contraryOnlyCode},
		{cond: CondCertificateMalformed, code: InvalidSSLPub, field: FieldCertificate, contrary: contraryOnlyCode},
		{cond: CondCertificateNotServer, code: InvalidSSLPub, field: FieldCertificate, contrary: contraryOnlyCode},
		{cond: CondPrivateKeyEncrypted, code: InvalidSSLPri, field: FieldPrivateKey, contrary: contraryOnlyCode},
		{cond: CondPrivateKeyUnsupported, code: InvalidSSLPri, field: FieldPrivateKey, contrary: contraryOnlyCode},
		{cond: CondPrivateKeyMalformed, code: InvalidSSLPri, field: FieldPrivateKey, contrary: contraryOnlyCode},
		{cond: CondKeyMismatch, code: CertificateNotMatchPrivateKey, field: FieldPrivateKey, contrary: contraryOnlyCode},
		{cond: CondCertificateExpired, code: CertificateStatusError, field: FieldCertificate},
		{cond: CondCertificateNotYetValid, code: CertificateStatusError, field: FieldCertificate},

		// The state behind the service. A name that is taken comes before a plan that is
		// full: tools send again what the site has, and take the answer for success.
		mappingSiteNotFound,
		{cond: CondPlanNotOnline, code: InstanceNotOnline, field: FieldSiteID, contrary: contraryOnlyCode},
		{cond: CondSiteCertificateNotFound, code: InvalidCertificateNotFound, field: FieldSiteCertificateID, contrary: contraryOnlyCode},
		{cond: CondCertificateNotFound, code: InvalidCertificateNotFound, field: FieldCertID, contrary: contraryOnlyCode},
		{cond: CondCertificateStatusBad, code: CertificateStatusError, field: FieldCertID},
		{cond: CondStoredKeyMissing, code: InvalidSSLPri, field: FieldCertID, contrary: contraryOnlyCode},
		{cond: CondSiteNotCovered, code: CertificateDomainNotMatchSite, field: FieldCertificate, contrary: contraryOnlyCode},
		{cond: CondCertNameDuplicated, code: CertificateDuplicated, field: FieldCertName, evidence: Reported, source: seenESADuplicated},
		{cond: CondQuotaExceeded, code: CertQuotaCheckFailed, field: FieldSiteID, evidence: Observed, source: seenESAQuota},
	},
	unmapped: []unmappedRow{{code: InternalException, why: internalFault}},
}, esaGateway...)

// esaDelete is the table of DeleteCertificate. Certificate.NotFound is no row of the part
// that was read.
var esaDelete = behindGateway(esaCertificateParameters, table{
	source:   pageESADelete,
	evidence: Assumed,
	decision: ruleESA,
	rows:     []Row{rowESAStatus, rowESAMissing, rowESAInternal, rowSiteNotFound, rowESAAbsent},
	mappings: []mapping{
		mappingSiteNotFound,
		{cond: CondSiteCertificateNotFound, code: CertificateNotFound, field: FieldSiteCertificateID, evidence: Reported, source: seenESAAbsent},
	},
	unmapped: []unmappedRow{
		{code: CertificateStatusError, why: Message{
			"no status is known in which a certificate of a site cannot be deleted",
			"尚不知道站点的证书在何种状态下不能删除",
		}},
		{code: MissingSiteID, why: Message{
			"the gateway answers an absent SiteId first, under the same code with a message of its own (R1)",
			"SiteId 缺失时由网关先返回，错误码相同，错误信息不同（R1）",
		}},
		{code: InternalError, why: internalFault},
	},
}, esaGateway...)

// esaFind has the rows of a read of a site, and those of what else it finds.
func esaFind(rows []Row, mappings ...mapping) table {
	return table{
		evidence: Assumed, decision: ruleESA,
		rows:     slices.Concat([]Row{rowSiteNotFound}, rows),
		mappings: slices.Concat([]mapping{mappingSiteNotFound}, mappings),
	}
}

var (
	esaGet = behindGateway(esaCertificateParameters, esaFind(
		[]Row{rowESAAbsent},
		mapping{cond: CondSiteCertificateNotFound, code: CertificateNotFound, field: FieldSiteCertificateID, evidence: Reported, source: seenESAAbsent},
	), esaGateway...)
	esaList   = behindGateway(esaListParameters, esaFind(nil), esaGateway...)
	esaQuotas = behindGateway(esaQuotasParameters, esaFind(nil), esaGateway...)

	// esaSites has no rows but the gateway's: an empty list is no error.
	esaSites = behindGateway(esaSitesParameters, table{}, esaGateway...)
)
