package errcodes

// The operations of the certificate center, and the reads of CDN.

var (
	uploadParameters = []Parameter{
		{Field: FieldCertName, Name: "Name", Required: true, Limit: uploadNameLimit},
		{Field: FieldCertificate, Name: "Cert"},
		{Field: FieldPrivateKey, Name: "Key"},
	}
	certIDParameters = []Parameter{{Field: FieldCertID, Name: "CertId", Required: true, Type: TypeInteger}}
	// The older read of the center calls the number by another name.
	certificateIDParameters = []Parameter{{Field: FieldCertID, Name: "CertificateId", Required: true, Type: TypeInteger}}

	detailParameters = []Parameter{
		{Field: FieldCertID, Name: "CertId", Required: true, Type: TypeInteger},
		{Field: FieldCertFilter, Name: "CertFilter", Type: TypeBoolean},
	}
	orderParameters = []Parameter{
		{Field: FieldPageNumber, Name: "CurrentPage", Type: TypeInteger},
		{Field: FieldPageSize, Name: "ShowSize", Type: TypeInteger},
		{Field: FieldOrderType, Name: "OrderType"},
		{Field: FieldOrderStatus, Name: "Status"},
		{Field: FieldKeyword, Name: "Keyword"},
	}
	domainNameParameters = []Parameter{{Field: FieldDomainName, Name: "DomainName", Required: true}}
	resourceParameters   = []Parameter{{Field: FieldDomainName, Name: "ResourceId"}}
)

// uploadNameLimit is that of the Chinese page and of the metadata; English pages have 64.
const uploadNameLimit = 63

// The rows of the certificate center, with the messages of the site of China.
var (
	rowMissingParameter = Row{MissingParameter, 400, "缺失必填参数，请检查参数输入。", ProductPage, none}
	rowBadParameter     = Row{InvalidParameter, 400, "无效参数，请检查参数输入。", ProductPage, none}
	rowDeleteProtection = Row{InvalidStatusDeleteProtection, 400, "当前状态不允许删除，请稍后重试。", ProductPage, none}
	rowNotFound         = Row{NotFound, 400, "没有找到必要内容，请检查参数输入。", ProductPage, none}
)

// casEnglish has the messages of the international site. The vendor's English list, of
// 2020-06-30, has those of NotFound and ParamRepeat. The others are translated here.
var casEnglish = map[string]string{
	rowMissingParameter.Message: "A required parameter is missing. Check the input parameters.",
	rowBadParameter.Message:     "The parameter is invalid. Check the input parameters.",
	rowNotFound.Message:         "The resource not found. Check the input parameters.",
	"名称重复，请重新输入。":               "The name already exists. Enter another name.",
	"入参和后端已有数据重复，不允许数据重复保存。": "The input parameter and the backend have duplicate data, and duplicate data storage is not allowed.",
	"解析证书失败，请检查证书内容。":        "The certificate cannot be parsed. Check the content of the certificate.",
	"证书格式异常，请检查输入内容。":        "The format of the certificate is invalid. Check the input.",
	"额度不足。":                     "The quota is insufficient.",
	"扣除额度失败，请稍后重试。":             "The quota cannot be deducted. Try again later.",
	"没有权限。":                     "You do not have the permissions.",
	"超过限流QPS，请稍后重试。":            "The number of queries per second exceeds the limit. Try again later.",
	rowDeleteProtection.Message: "The resource cannot be deleted in its current status. Try again later.",
	"当前状态不允许更新，请稍后重试。":          "The resource cannot be updated in its current status. Try again later.",
	"域名重复。":                     "The domain name is repeated.",
	"内部错误，请稍后重试或者提交工单。":         "An internal error occurred. Try again later or submit a ticket.",
	"系统正在维护中，暂不支持该操作，请稍后重试。":    "The system is being upgraded, and the operation is not supported now. Try again later.",
}

// casUpload is the table of UploadUserCertificate. The list of error codes that it has
// is that of the product. There is no check for repeated content, and none for validity
// is known.
var casUpload = behindGateway(uploadParameters, table{
	source:   pageCAS,
	evidence: Assumed,
	decision: ruleCAS,
	rows: []Row{
		rowMissingParameter,
		rowBadParameter,
		rowNotFound,
		{NameRepeat, 400, "名称重复，请重新输入。", ProductPage, none},
		{ParamRepeat, 400, "入参和后端已有数据重复，不允许数据重复保存。", ProductPage, none},
		{ParseCertificateFailed, 400, "解析证书失败，请检查证书内容。", ProductPage, none},
		{InsufficientQuota, 400, "额度不足。", ProductPage, none},
		{DeductQuotaFailed, 400, "扣除额度失败，请稍后重试。", ProductPage, none},
		{PermissionDenied, 400, "没有权限。", ProductPage, none},
		{FlowControlError, 400, "超过限流QPS，请稍后重试。", ProductPage, none},
		rowDeleteProtection,
		{InvalidStatusUpdateProtection, 400, "当前状态不允许更新，请稍后重试。", ProductPage, none},
		{DomainRepeat, 400, "域名重复。", ProductPage, none},
		{InternalError, 400, "内部错误，请稍后重试或者提交工单。", ProductPage, none},
		{OperationDeniedSystemUpgrading, 400, "系统正在维护中，暂不支持该操作，请稍后重试。", ProductPage, none},
		// The message was seen; its code is not known.
		{ParseCertificateFailed, 400, "证书格式异常，请检查输入内容。", SiblingPage, none},
	},
	english: casEnglish,
	mappings: []mapping{
		{cond: CondCertNameMalformed, code: InvalidParameter, field: FieldCertName, contrary: contraryAnyName},
		{cond: CondCertNameTooLong, code: InvalidParameter, field: FieldCertName},
		{cond: CondCertificateMissing, code: MissingParameter, field: FieldCertificate},
		{cond: CondPrivateKeyMissing, code: MissingParameter, field: FieldPrivateKey},
		{cond: CondCertificateTooLong, code: InvalidParameter, field: FieldCertificate},
		{cond: CondPrivateKeyTooLong, code: InvalidParameter, field: FieldPrivateKey},
		{cond: CondPrivateKeyBlank, code: InvalidParameter, field: FieldPrivateKey},
		{cond: CondCertificateNotPEM, code: ParseCertificateFailed, nth: 1, field: FieldCertificate, contrary: contraryNoCode},
		{cond: CondPrivateKeyNotPEM, code: InvalidParameter, field: FieldPrivateKey},
		{cond: CondCertificateMalformed, code: ParseCertificateFailed, nth: 1, field: FieldCertificate, contrary: contraryNoCode},
		{cond: CondPrivateKeyEncrypted, code: InvalidParameter, field: FieldPrivateKey},
		{cond: CondPrivateKeyUnsupported, code: InvalidParameter, field: FieldPrivateKey},
		{cond: CondPrivateKeyMalformed, code: InvalidParameter, field: FieldPrivateKey},
		{cond: CondKeyMismatch, code: InvalidParameter, field: FieldPrivateKey},

		// The state behind the service.
		{cond: CondCertNameDuplicated, code: NameRepeat, field: FieldCertName, evidence: Reported, source: seenNameRepeat},
	},
	unmapped: []unmappedRow{
		{code: NotFound, why: otherOperations},
		{code: ParamRepeat, why: Message{
			"the center stores the same certificate under several names (R6)",
			"证书中心允许以不同名称保存同一证书（R6）",
		}},
		{code: ParseCertificateFailed, nth: 0, why: Message{
			"the message that was seen for a damaged certificate is another one (R8)",
			"实际见到的损坏证书的错误信息是另一条（R8）",
		}},
		{code: InsufficientQuota, why: otherOperations},
		{code: DeductQuotaFailed, why: otherOperations},
		{code: PermissionDenied, why: Message{
			"the permissions of callers are no part of the model",
			"模型不包含调用者的权限",
		}},
		{code: FlowControlError, why: Message{
			"limits on the rate of calls are no part of the model",
			"模型不包含限流",
		}},
		{code: InvalidStatusDeleteProtection, why: otherOperations},
		{code: InvalidStatusUpdateProtection, why: otherOperations},
		{code: DomainRepeat, why: otherOperations},
		{code: InternalError, why: internalFault},
		{code: OperationDeniedSystemUpgrading, why: internalFault},
	},
}, gatewayEvidence{field: FieldCertName, absent: true, evidence: Documented, source: seenMetadata, contrary: contraryOptionalName})

// otherOperations is why a row of the product's list is never answered to an upload.
var otherOperations = Message{
	"the list is of the whole product; the row is about what other operations do",
	"该列表覆盖整个产品，此行与其他接口有关",
}

// casNotFound has the row of a certificate number that the center does not have.
func casNotFound(known mapping) table {
	known.cond, known.code, known.field = CondCertificateNotFound, NotFound, FieldCertID
	return table{
		source: pageCAS, evidence: Assumed, decision: ruleCAS,
		rows: []Row{rowNotFound}, english: casEnglish, mappings: []mapping{known},
	}
}

// casInUse adds the row of a certificate that is in use to a table.
func casInUse(t table) table {
	t.rows = append(t.rows, rowDeleteProtection)
	t.mappings = append(t.mappings, mapping{cond: CondCertificateInUse, code: InvalidStatusDeleteProtection, field: FieldCertID})
	return t
}

var (
	casDelete          = behindGateway(certIDParameters, casInUse(casNotFound(mapping{evidence: Observed, source: seenChinese})))
	casGetDetail       = behindGateway(detailParameters, casNotFound(mapping{}))
	casFindCertificate = behindGateway(certificateIDParameters, casNotFound(mapping{}))

	// casList has no rows but the gateway's: an empty list is no error.
	casList = behindGateway(orderParameters, table{source: pageCAS})
)

// cdnFindDomain is the table of the reads that find a domain by its name.
var cdnFindDomain = behindGateway(domainNameParameters, findDomain)

// cdnFindResource is that of a read whose parameter is not required.
var cdnFindResource = findDomain

var findDomain = table{
	evidence: Assumed,
	decision: ruleBorrowed,
	rows:     fromOriginal(InvalidDomainNotFound),
	mappings: []mapping{{cond: CondDomainNotFound, code: InvalidDomainNotFound, field: FieldDomainName}},
}
