package errcodes

import "slices"

// The operations that took the place of CDN SetDomainServerCertificate. Their
// conditions are its own, under other names, but for a few; where their pages have
// no row, they answer with its rows.

// cdnSSL is the table of CDN SetCdnDomainSSLCertificate.
var cdnSSL = catalogTable{
	operation: "SetCdnDomainSSLCertificate",
	edition:   Original,
	rests:     Assumed,
	rows: slices.Concat(sslRows, fromOriginal(
		InvalidDomainNotFound, IllegalOperation, ServiceBusy, OperationDenied, CertificateNotPermittedOff,
	)),
	mappings: sslMappings(InvalidDomainNotFound, IllegalOperation),
}

// dcdnSSL is the table of DCDN SetDcdnDomainSSLCertificate. No condition earns the
// second of its two rows Certificate.StatusError.
var dcdnSSL = catalogTable{
	operation: "SetDcdnDomainSSLCertificate",
	edition:   Original,
	rests:     Assumed,
	rows: slices.Concat(sslRows, []Row{
		{IllegalOperationDomain, 400, "You are not authorized to operate the domain.", Original},
		{CertificateStatusError, 400, "The certificate does not exist, or the status of the certificate is invalid.", Original},
	}, fromOriginal(ServiceBusy, OperationDenied, CertificateNotPermittedOff)),
	mappings: sslMappings(IllegalOperationDomain, IllegalOperationDomain),
}

// sslRows are the 32 rows of the published table. Ten of them no condition earns:
// AuthenticationFailed, Certificate.Duplicated, CertStorage.failed,
// InvalidDomain.notOnline, Decode.Error, sslPub.Error, sslPri.Error,
// DomainInSafeMode, CreateCertificateFailed and InvalidEnv are known, and never
// answered.
var sslRows = []Row{
	{InvalidSSLProtocolValueNotSupported, 400, "The specified SSLProtocol is invalid.", Original},
	{SSLPubMissingParameter, 400, "The SSLPub parameter is required.", Original},
	{SSLPriMissingParameter, 400, "The SSLPri parameter is required.", Original},
	{InvalidSSLPub, 400, "The specified SSLPub is invalid.", Original},
	{InvalidSSLPri, 400, "The specified SSLPri is invalid.", Original},
	{CertificateMissMatch, 400, "The SSLPri does not match the certificate.", Original},
	{InvalidCertificateTooLong, 400, "The maximum length of the certificate is exceeded.", Original},
	{InvalidCertNameTooLong, 400, "The length of the certificate name cannot exceed 128 characters.", Original},
	{AuthenticationFailed, 400, "Error performing verification.", Original},
	{SetDomainCertificateParameterError, 400, "The specified parameters are invalid.", Original},
	{CertificateStatusError, 400, "The status of the certificate is invalid.", Original},
	{DeleteFailed, 400, "Error deleting the certificate.", Original},
	{CertificateNotFind, 400, "The certificate does not exist.", Original},
	{CertificateDuplicated, 400, "The certificate name already exists.", Original},
	{CertificateFormatError, 400, "The format of the certificate is invalid.", Original},
	{CertificateKeyNull, 400, "The private key is required.", Original},
	{KeyMalformed, 400, "The specified Key format is invalid.", Original},
	{CertStorageFailed, 400, "Error saving the certificate.", Original},
	{CertificateContentDuplicated, 400, "The certificate has been uploaded; do not upload again.", Original},
	{CertificateExpired, 400, "The certificate has expired.", Original},
	{InvalidDomainNotOnline, 400, "The domain is offline. Check the status of the domain and try again later.", Original},
	{DecodeError, 400, "Error decoding the SSLPub or SSLPri certificate.", Original},
	{SSLPubError, 400, "Error encoding SSLPub.", Original},
	{SSLPriError, 400, "Error encoding SSLPri.", Original},
	{DomainInSafeMode, 400, "The domain is in safe mode. To request permission, contact Customer Service.", Original},
	{CreateCertificateFailed, 400, "Create certificate failed,please try again.", Original},
	{AbsCertRegionValueNotSupported, 400, "CertRegion is not supported.", Original},
	{CertNameAlreadyExists, 400, "The CertName already exists.", Original},
	{InvalidDomainOffline, 400, "The domain provided is offline.", Original},
	{InvalidEnv, 400, "The specified Env is invalid.", Original},
	{DomainInProtectedMode, 403, "The domain is in protection mode. To request permission, contact Customer Service.", Original},
	{CertNameMissingParameter, 404, "You must specify CertName.", Original},
}

// fromOriginal returns rows that are borrowed from the original operation.
func fromOriginal(codes ...Code) (rows []Row) {
	for _, code := range codes {
		rows = append(rows, borrowed(cdnOriginal.row(&mapping{code: code})))
	}
	return rows
}

// sslMappings are the conditions in the order of judging. The operations differ
// in what they answer for a domain that is not there or not the caller's.
func sslMappings(notFound, notPermitted Code) []mapping {
	return []mapping{
		// The request alone.
		{cond: CondDomainNameMissing, code: SetDomainCertificateParameterError, param: "DomainName"},
		{cond: CondDomainNameMalformed, code: SetDomainCertificateParameterError, param: "DomainName"},
		{cond: CondStatusUnsupported, code: InvalidSSLProtocolValueNotSupported, param: "SSLProtocol"},
		{cond: CondCertTypeUnsupported, code: SetDomainCertificateParameterError, param: "CertType"},
		{cond: CondCertNameMalformed, code: SetDomainCertificateParameterError, param: "CertName"},
		{cond: CondCertNameTooLong, code: InvalidCertNameTooLong, param: "CertName"},
		{cond: CondCertIDMalformed, code: SetDomainCertificateParameterError, param: "CertId"},
		{cond: CondCertRegionUnsupported, code: AbsCertRegionValueNotSupported, param: "CertRegion"},
		{cond: CondCertificateUnidentified, code: CertNameMissingParameter, param: "CertName"},
		{cond: CondCertificateMissing, code: SSLPubMissingParameter, param: "SSLPub", grade: Observed},
		{cond: CondPrivateKeyMissing, code: SSLPriMissingParameter, param: "SSLPri", grade: Observed},
		{cond: CondCertificateTooLong, code: InvalidCertificateTooLong, param: "SSLPub"},
		{cond: CondPrivateKeyTooLong, code: InvalidCertificateTooLong, param: "SSLPri"},
		{cond: CondPrivateKeyBlank, code: CertificateKeyNull, param: "SSLPri"},
		{cond: CondCertificateNotPEM, code: CertificateFormatError, param: "SSLPub"},
		{cond: CondPrivateKeyNotPEM, code: KeyMalformed, param: "SSLPri"},
		{cond: CondCertificateMalformed, code: InvalidSSLPub, param: "SSLPub"},
		{cond: CondCertificateNotServer, code: InvalidSSLPub, param: "SSLPub"},
		{cond: CondPrivateKeyEncrypted, code: InvalidSSLPri, param: "SSLPri", grade: Observed},
		{cond: CondPrivateKeyUnsupported, code: InvalidSSLPri, param: "SSLPri", grade: Observed},
		{cond: CondPrivateKeyMalformed, code: InvalidSSLPri, param: "SSLPri", grade: Observed},
		{cond: CondKeyMismatch, code: CertificateMissMatch, param: "SSLPri"},
		{cond: CondCertificateExpired, code: CertificateExpired, param: "SSLPub"},
		{cond: CondCertificateNotYetValid, code: CertificateStatusError, param: "SSLPub"},

		// The state behind the service.
		{cond: CondAccountSuspended, code: OperationDenied},
		{cond: CondDomainNotFound, code: notFound, param: "DomainName"},
		{cond: CondDomainNotPermitted, code: notPermitted, param: "DomainName"},
		{cond: CondDomainOffline, code: InvalidDomainOffline, param: "DomainName"},
		{cond: CondDomainConfiguring, code: ServiceBusy, param: "DomainName"},
		{cond: CondCertificateNotFound, code: CertificateNotFind, param: "CertName"},
		{cond: CondCertificateStatusBad, code: CertificateStatusError, param: "CertName"},
		{cond: CondStoredKeyMissing, code: CertificateKeyNull, param: "SSLPri"},
		{cond: CondStoredKeyMismatch, code: CertificateMissMatch, param: "SSLPri"},
		{cond: CondCertNameDuplicated, code: CertNameAlreadyExists, param: "CertName"},
		{cond: CondContentDuplicated, code: CertificateContentDuplicated, param: "SSLPub"},
		{cond: CondTurnOffNotPermitted, code: CertificateNotPermittedOff, param: "SSLProtocol"},
		{cond: CondCertificateDeleteFailed, code: DeleteFailed, param: "SSLProtocol"},
		{cond: CondDomainProtected, code: DomainInProtectedMode, param: "DomainName"},
	}
}
