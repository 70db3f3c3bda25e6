package errcodes

// Code is an error code exactly as the service spells it on the wire.
//
// A Code is itself an error value, so that it can be the target of [errors.Is]:
//
//	if errors.Is(err, errcodes.CertificateMissMatch) { … }
type Code string

// Error returns the code. It makes Code a target for [errors.Is]; the errors
// that this library returns are of type [*Error].
func (c Code) Error() string { return string(c) }

// Codes of CDN SetDomainServerCertificate, in the order of its table.
const (
	InvalidDomainNotFound                           Code = "InvalidDomain.NotFound"
	IllegalOperation                                Code = "IllegalOperation"
	ServiceBusy                                     Code = "ServiceBusy"
	InvalidDomainOffline                            Code = "InvalidDomain.Offline"
	OperationDenied                                 Code = "OperationDenied"
	InvalidServerCertificateStatusValueNotSupported Code = "InvalidServerCertificateStatus.ValueNotSupported"
	ServerCertificateMissingParameter               Code = "ServerCertificate.MissingParameter"
	PrivateKeyMissingParameter                      Code = "PrivateKey.MissingParameter"
	InvalidCertificate                              Code = "InvalidCertificate"
	InvalidPrivateKey                               Code = "InvalidPrivateKey"
	CertificateMissMatch                            Code = "Certificate.MissMatch"
	InvalidCertificateTooLong                       Code = "InvalidCertificate.TooLong"
	InvalidCertNameTooLong                          Code = "InvalidCertName.TooLong"
	SetDomainServerCertificateParameterError        Code = "SetDomainServerCertificate.ParameterError"
	CertificateStatusError                          Code = "Certificate.StatusError" // two rows, told apart by their messages
	DeleteFailed                                    Code = "DeleteFailed"
	CertificateNotFind                              Code = "Certificate.NotFind"
	CertificateDuplicated                           Code = "Certificate.Duplicated"
	CertificateFormatError                          Code = "Certificate.FormatError"
	CertificateKeyNull                              Code = "Certificate.KeyNull"
	KeyMalformed                                    Code = "Key.Malformed"
	CertificateNotPermittedOff                      Code = "Certificate.NotPermittedOff"
	CertificateSettedNotEffect                      Code = "Certificate.SettedNotEffect"
)

// Codes that the table of CDN SetCdnDomainSSLCertificate adds to those of the
// original operation, in its order.
const (
	InvalidSSLProtocolValueNotSupported Code = "InvalidSSLProtocol.ValueNotSupported"
	SSLPubMissingParameter              Code = "SSLPub.MissingParameter"
	SSLPriMissingParameter              Code = "SSLPri.MissingParameter"
	InvalidSSLPub                       Code = "InvalidSSLPub"
	InvalidSSLPri                       Code = "InvalidSSLPri"
	AuthenticationFailed                Code = "AuthenticationFailed"
	SetDomainCertificateParameterError  Code = "SetDomainCertificate.ParameterError"
	CertStorageFailed                   Code = "CertStorage.failed"
	CertificateContentDuplicated        Code = "CertificateContent.Duplicated"
	CertificateExpired                  Code = "Certificate.Expired"
	InvalidDomainNotOnline              Code = "InvalidDomain.notOnline"
	DecodeError                         Code = "Decode.Error"
	SSLPubError                         Code = "sslPub.Error"
	SSLPriError                         Code = "sslPri.Error"
	DomainInSafeMode                    Code = "DomainInSafeMode"
	CreateCertificateFailed             Code = "CreateCertificateFailed"
	AbsCertRegionValueNotSupported      Code = "Abs.CertRegion.ValueNotSupported"
	CertNameAlreadyExists               Code = "CertNameAlreadyExists"
	InvalidEnv                          Code = "InvalidEnv"
	DomainInProtectedMode               Code = "DomainInProtectedMode"
	CertNameMissingParameter            Code = "CertName.MissingParameter"
)

// IllegalOperationDomain is in the table of DCDN SetDcdnDomainSSLCertificate only.
const IllegalOperationDomain Code = "IllegalOperationDomain"

// Codes of VOD SetVodDomainCertificate that no other table has.
const (
	SetDomainSSLPubParameterError Code = "SetDomainSSLPub.ParameterError"
	SSLPriMalformed               Code = "SSLPri.Malformed"
)

// Codes of ALB AssociateAdditionalCertificatesWithListener: the six of its
// original table and DryRunOperation, which its DryRun parameter names.
const (
	IncorrectStatusListener                          Code = "IncorrectStatus.Listener"
	OperationDeniedDefaultCertificateUsed            Code = "OperationDenied.DefaultCertificateUsed"
	OperationFailedDefaultCertificateNotFound        Code = "OperationFailed.DefaultCertificateNotFound"
	ResourceAlreadyAssociatedCertificate             Code = "ResourceAlreadyAssociated.Certificate"
	ResourceQuotaExceededLoadBalancerCertificatesNum Code = "ResourceQuotaExceeded.LoadBalancerCertificatesNum"
	ResourceNotFoundCertificate                      Code = "ResourceNotFound.Certificate"
	DryRunOperation                                  Code = "DryRunOperation"
)

// Codes that the operation's later published table added.
const (
	OperationDeniedHTTPListenerNotSupport Code = "OperationDenied.HttpListenerNotSupport"
	InvalidParameter                      Code = "InvalidParameter"
	ResourceInConfiguringListener         Code = "ResourceInConfiguring.Listener"
	ForbiddenLoadBalancer                 Code = "Forbidden.LoadBalancer"
	ResourceNotFoundListener              Code = "ResourceNotFound.Listener"
)

// IdempotenceSignatureMismatch is in the table of the NLB sibling of the ALB
// operation; neither ALB table has a row for a reused client token.
const IdempotenceSignatureMismatch Code = "IdempotenceSignatureMismatch"

// Codes of the other ALB operations.
const (
	ResourceNotAssociatedCertificate Code = "ResourceNotAssociated.Certificate"
	ResourceNotFoundLoadBalancer     Code = "ResourceNotFound.LoadBalancer"
)

// Codes of NLB UpdateListenerAttribute that no other table has, in its order. NLB spells two
// codes as ALB does, but for one letter.
const (
	MismatchVpcID                            Code = "Mismatch.VpcId"
	ConflictPort                             Code = "Conflict.Port"
	NLBIncorrectStatusListener               Code = "IncorrectStatus.listener"
	IllegalParamSizeCertificateIDs           Code = "IllegalParamSize.certificateIds"
	SystemBusy                               Code = "SystemBusy"
	IllegalParamIdleTimeout                  Code = "IllegalParam.IdleTimeout"
	OperationDeniedRegionNotSupportHDMonitor Code = "OperationDenied.RegionNotSupportHDMonitor"
	ResourceNotEnoughCaCertificateAPICount   Code = "ResourceNotEnough.CaCertificateApiCount"
	IllegalParam                             Code = "IllegalParam"
	ForbiddenNoPermission                    Code = "Forbidden.NoPermission"
	NLBResourceNotFoundListener              Code = "ResourceNotFound.listener"
	ResourceNotFoundHdMonitorConfigNotExist  Code = "ResourceNotFound.HdMonitorConfigNotExist"
	ResourceNotFoundCaCertificate            Code = "ResourceNotFound.CaCertificate"
	ResourceNotFoundSecuritypolicy           Code = "ResourceNotFound.securitypolicy"
)

// NLBResourceNotFoundLoadBalancer is in the tables of other operations of NLB.
const NLBResourceNotFoundLoadBalancer Code = "ResourceNotFound.loadBalancer"

// Codes of the certificate center, in the order of the product's list. InvalidParameter
// is among them.
const (
	MissingParameter               Code = "MissingParameter"
	NotFound                       Code = "NotFound"
	NameRepeat                     Code = "NameRepeat"
	ParamRepeat                    Code = "ParamRepeat"
	ParseCertificateFailed         Code = "ParseCertificateFailed"
	InsufficientQuota              Code = "InsufficientQuota"
	DeductQuotaFailed              Code = "DeductQuotaFailed"
	PermissionDenied               Code = "PermissionDenied"
	FlowControlError               Code = "FlowControlError"
	InvalidStatusDeleteProtection  Code = "InvalidStatus.DeleteProtection"
	InvalidStatusUpdateProtection  Code = "InvalidStatus.UpdateProtection"
	DomainRepeat                   Code = "DomainRepeat"
	InternalError                  Code = "InternalError"
	OperationDeniedSystemUpgrading Code = "OperationDenied.SystemUpgrading"
)

// Codes of the classic load balancer, those of its list in its order first. InvalidParameter
// is among them, with many messages. The last four are in no table that is known.
const (
	ServiceIsConfiguring                    Code = "ServiceIsConfiguring"
	ServiceIsStopping                       Code = "ServiceIsStopping"
	KeyFormatError                          Code = "KeyFormatError"
	BackendServerConfiguring                Code = "BackendServer.configuring"
	UnsupportedOperationonfixedprotocalport Code = "UnsupportedOperationonfixedprotocalport"
	PrivateKeyEncryption                    Code = "PrivateKeyEncryption"
	CertificateNotMatchPrivateKey           Code = "CertificateNotMatchPrivateKey"
	CertificateAndPrivateKeyIsRefered       Code = "CertificateAndPrivateKeyIsRefered"
	InvalidParameterLength                  Code = "InvalidParameterLength"
	InvalidRegionIDNotFound                 Code = "InvalidRegionId.NotFound"
	ListenerNotFound                        Code = "ListenerNotFound"
	Forbidden                               Code = "Forbidden"
	InvalidLoadBalancerIDNotFound           Code = "InvalidLoadBalancerId.NotFound"
	ServerCertificateIDNotFound             Code = "ServerCertificateId.NotFound"
	InvalidParameterDomainExtensionID       Code = "InvalidParameter.DomainExtensionId"
	DomainExtensionProcessing               Code = "DomainExtensionProcessing"
)

// Codes of ESA's certificates. Certificate.StatusError, Certificate.Duplicated,
// InvalidSSLPub, InvalidSSLPri and CertificateNotMatchPrivateKey are among them.
const (
	InvalidCertificateNotFound    Code = "InvalidCertificate.NotFound"
	CertificateNotFound           Code = "Certificate.NotFound"
	CertificateDomainNotMatchSite Code = "CertificateDomainNotMatchSite"
	CertQuotaCheckFailed          Code = "CertQuotaCheckFailed"
	InstanceNotOnline             Code = "Instance.NotOnline"
	SiteNotFound                  Code = "SiteNotFound"
	InternalException             Code = "InternalException"
)

// Codes of GA UpdateListener, in its order, and one of CreateListener in the vendor's
// spelling.
const (
	NotExistListener          Code = "NotExist.Listener"
	NotActiveListener         Code = "NotActive.Listener"
	PortRangeIllegalListener  Code = "PortRangeIllegal.Listener"
	PortConflictListener      Code = "PortConflict.Listener"
	QuotaExceededListenerPort Code = "QuotaExceeded.ListenerPort"
	NotExistAccelerator       Code = "NotExist.Accelerator"
	StateErrorAccelerator     Code = "StateError.Accelerator"
	ProtocalIllegalListener   Code = "ProtocalIllegal.Listener"
)

// Codes of the gateway in front of the current operations, for each parameter that is
// required or not of type text.
const (
	MissingDomainName       Code = "MissingDomainName"
	MissingSSLProtocol      Code = "MissingSSLProtocol"
	MissingListenerID       Code = "MissingListenerId"
	MissingCertificateID    Code = "MissingCertificateId"
	MissingCertificates     Code = "MissingCertificates"
	MissingLoadBalancerID   Code = "MissingLoadBalancerId"
	MissingName             Code = "MissingName"
	MissingCertID           Code = "MissingCertId"
	InvalidCertificateID    Code = "InvalidCertificateId"
	InvalidCertificates     Code = "InvalidCertificates"
	InvalidDryRun           Code = "InvalidDryRun"
	InvalidCertID           Code = "InvalidCertId"
	InvalidCertFilter       Code = "InvalidCertFilter"
	InvalidCurrentPage      Code = "InvalidCurrentPage"
	InvalidShowSize         Code = "InvalidShowSize"
	MissingListenerPort     Code = "MissingListenerPort"
	MissingListenerProtocol Code = "MissingListenerProtocol"
	MissingDefaultActions   Code = "MissingDefaultActions"
	InvalidListenerPort     Code = "InvalidListenerPort"
	InvalidDefaultActions   Code = "InvalidDefaultActions"

	MissingAdditionalCertificateIDs Code = "MissingAdditionalCertificateIds"
	InvalidAdditionalCertificateIDs Code = "InvalidAdditionalCertificateIds"
	InvalidCertificateIDs           Code = "InvalidCertificateIds"
	MissingJobID                    Code = "MissingJobId"
	MissingRegionID                 Code = "MissingRegionId"
	MissingServerCertificateID      Code = "MissingServerCertificateId"
	MissingServerCertificateName    Code = "MissingServerCertificateName"
	MissingDomain                   Code = "MissingDomain"
	MissingAcceleratorID            Code = "MissingAcceleratorId"
	MissingDomains                  Code = "MissingDomains"
	InvalidDomains                  Code = "InvalidDomains"
	MissingDomainExtensionID        Code = "MissingDomainExtensionId"
	MissingSiteID                   Code = "MissingSiteId"
	InvalidSiteID                   Code = "InvalidSiteId"
	InvalidCasID                    Code = "InvalidCasId"
	MissingType                     Code = "MissingType"
	MissingID                       Code = "MissingId"
	MissingQuotaNames               Code = "MissingQuotaNames"
	InvalidPageNumber               Code = "InvalidPageNumber"
	InvalidPageSize                 Code = "InvalidPageSize"
	InvalidValidOnly                Code = "InvalidValidOnly"
)
