package errcodes_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
)

// A rule is one line of the decision table: a condition and its code.
type rule struct {
	Condition string
	Code      string
	Message   string // only where the code has several rows
}

const (
	anyStatusError = "Certificate is not exist or its status is error."
	statusError    = "The certificate status is error."
)

var cdnRules = []rule{
	// The request alone.
	{"DomainNameMissing", "SetDomainServerCertificate.ParameterError", ""},
	{"DomainNameMalformed", "SetDomainServerCertificate.ParameterError", ""},
	{"StatusUnsupported", "InvalidServerCertificateStatus.ValueNotSupported", ""},
	{"CertTypeUnsupported", "SetDomainServerCertificate.ParameterError", ""},
	{"ForceSetUnsupported", "SetDomainServerCertificate.ParameterError", ""},
	{"CertNameMalformed", "SetDomainServerCertificate.ParameterError", ""},
	{"CertNameTooLong", "InvalidCertName.TooLong", ""},
	{"CertificateUnidentified", "SetDomainServerCertificate.ParameterError", ""},
	{"CertificateMissing", "ServerCertificate.MissingParameter", ""},
	{"PrivateKeyMissing", "PrivateKey.MissingParameter", ""},
	{"CertificateTooLong", "InvalidCertificate.TooLong", ""},
	{"PrivateKeyTooLong", "InvalidCertificate.TooLong", ""},
	{"PrivateKeyBlank", "Certificate.KeyNull", ""},
	{"CertificateNotPEM", "Certificate.FormatError", ""},
	{"PrivateKeyNotPEM", "Key.Malformed", ""},
	{"CertificateMalformed", "InvalidCertificate", ""},
	{"CertificateNotServer", "InvalidCertificate", ""},
	{"PrivateKeyEncrypted", "InvalidPrivateKey", ""},
	{"PrivateKeyUnsupported", "InvalidPrivateKey", ""},
	{"PrivateKeyMalformed", "InvalidPrivateKey", ""},
	{"KeyMismatch", "Certificate.MissMatch", ""},
	{"CertificateExpired", "Certificate.StatusError", statusError},
	{"CertificateNotYetValid", "Certificate.StatusError", statusError},

	// The state behind the service.
	{"AccountSuspended", "OperationDenied", ""},
	{"DomainNotFound", "InvalidDomain.NotFound", ""},
	{"DomainNotPermitted", "IllegalOperation", ""},
	{"DomainOffline", "InvalidDomain.Offline", ""},
	{"DomainConfiguring", "ServiceBusy", ""},
	{"CertificateNotFound", "Certificate.NotFind", ""},
	{"FreeCertificateUnavailable", "Certificate.StatusError", anyStatusError},
	{"CertificateStatusBad", "Certificate.StatusError", statusError},
	{"StoredKeyMissing", "Certificate.KeyNull", ""},
	{"StoredKeyMismatch", "Certificate.MissMatch", ""},
	{"CertNameDuplicated", "Certificate.Duplicated", ""},
	{"TurnOffNotPermitted", "Certificate.NotPermittedOff", ""},
	{"CertificateDeleteFailed", "DeleteFailed", ""},
	{"SetNotEffective", "Certificate.SettedNotEffect", ""},
}

// albRules is the order of both versions of the ALB table, which differ in the row
// for a listener that is being configured.
func albRules(listenerConfiguring string) []rule {
	return []rule{
		// The gateway.
		{"ListenerIDMissing", "MissingListenerId", ""},
		{"CertificatesMissing", "MissingCertificates", ""},
		{"ParameterUnreadable", "InvalidCertificates", ""},
		{"DryRunMalformed", "InvalidDryRun", ""},

		// The request alone.
		{"TooManyCertificates", "InvalidParameter", ""},
		{"CertificateIDMissing", "InvalidParameter", ""},
		{"CertificateIDMalformed", "InvalidParameter", ""},
		{"ClientTokenTooLong", "InvalidParameter", ""},
		{"ClientTokenNotASCII", "InvalidParameter", ""},
		{"CertificateRepeated", "ResourceAlreadyAssociated.Certificate", ""},

		// The state behind the service.
		{"ListenerNotFound", "ResourceNotFound.Listener", ""},
		{"LoadBalancerForbidden", "Forbidden.LoadBalancer", ""},
		{"ListenerProtocolUnsupported", "OperationDenied.HttpListenerNotSupport", ""},
		{"TokenReused", "IdempotenceSignatureMismatch", ""},
		{"ListenerConfiguring", listenerConfiguring, ""},
		{"ListenerNotRunning", "IncorrectStatus.Listener", ""},
		{"DefaultCertificateMissing", "OperationFailed.DefaultCertificateNotFound", ""},
		{"CertificateNotFound", "ResourceNotFound.Certificate", ""},
		{"CertificateNotServer", "ResourceNotFound.Certificate", ""},
		{"CertificateIsDefault", "OperationDenied.DefaultCertificateUsed", ""},
		{"CertificateAssociated", "ResourceAlreadyAssociated.Certificate", ""},
		{"QuotaExceeded", "ResourceQuotaExceeded.LoadBalancerCertificatesNum", ""},
		{"DryRun", "DryRunOperation", ""},
	}
}

// dissociateRules, updateListenerRules and so on are the orders of the operations
// around the association.
var dissociateRules = []rule{
	// The gateway.
	{"ListenerIDMissing", "MissingListenerId", ""},
	{"CertificatesMissing", "MissingCertificates", ""},
	{"ParameterUnreadable", "InvalidCertificates", ""},
	{"DryRunMalformed", "InvalidDryRun", ""},

	// The request alone.
	{"TooManyCertificates", "InvalidParameter", ""},
	{"CertificateIDMissing", "InvalidParameter", ""},
	{"CertificateIDMalformed", "InvalidParameter", ""},
	{"ClientTokenTooLong", "InvalidParameter", ""},
	{"ClientTokenNotASCII", "InvalidParameter", ""},

	// The state behind the service.
	{"ListenerNotFound", "ResourceNotFound.Listener", ""},
	{"LoadBalancerForbidden", "Forbidden.LoadBalancer", ""},
	{"ListenerProtocolUnsupported", "OperationDenied.HttpListenerNotSupport", ""},
	{"TokenReused", "IdempotenceSignatureMismatch", ""},
	{"ListenerConfiguring", "IncorrectStatus.Listener", ""},
	{"ListenerNotRunning", "IncorrectStatus.Listener", ""},
	{"CertificateIsDefault", "OperationDenied.DefaultCertificateUsed", ""},
	{"CertificateNotAssociated", "ResourceNotAssociated.Certificate", ""},
	{"CertificateRepeated", "InvalidParameter", ""}, // per id, behind the state
	{"DryRun", "DryRunOperation", ""},
}

var updateListenerRules = []rule{
	{"ListenerIDMissing", "MissingListenerId", ""},
	{"ParameterUnreadable", "InvalidCertificates", ""},
	{"DryRunMalformed", "InvalidDryRun", ""},
	{"CertificateIDMissing", "InvalidParameter", ""},

	{"ListenerNotFound", "ResourceNotFound.Listener", ""},
	{"LoadBalancerForbidden", "Forbidden.LoadBalancer", ""},
	{"ListenerProtocolUnsupported", "OperationDenied.HttpListenerNotSupport", ""},
	{"ListenerConfiguring", "IncorrectStatus.Listener", ""},
	{"ListenerNotRunning", "IncorrectStatus.Listener", ""},
	{"CertificateNotFound", "ResourceNotFound.Certificate", ""},
	{"CertificateNotServer", "ResourceNotFound.Certificate", ""},
}

var listCertificatesRules = []rule{
	{"ListenerIDMissing", "MissingListenerId", ""},
	{"ListenerNotFound", "ResourceNotFound.Listener", ""},
	{"ListenerProtocolUnsupported", "OperationDenied.HttpListenerNotSupport", ""},
}

var getLoadBalancerRules = []rule{{"ParameterMissing", "MissingLoadBalancerId", ""}, {"LoadBalancerNotFound", "ResourceNotFound.LoadBalancer", ""}}

var createListenerRules = []rule{
	{"ParameterMissing", "MissingLoadBalancerId", ""},
	{"ParameterUnreadable", "InvalidListenerPort", ""},
	{"DryRunMalformed", "InvalidDryRun", ""},
	{"ListenerMalformed", "InvalidParameter", ""},
	{"LoadBalancerNotFound", "ResourceNotFound.LoadBalancer", ""},
	{"LoadBalancerForbidden", "Forbidden.LoadBalancer", ""},
	{"TokenReused", "IdempotenceSignatureMismatch", ""},
	{"ListenerPortUsed", "InvalidParameter", ""},
	{"DefaultCertificateMissing", "OperationFailed.DefaultCertificateNotFound", ""},
	{"CertificateNotFound", "ResourceNotFound.Certificate", ""},
	{"CertificateNotServer", "ResourceNotFound.Certificate", ""},
	{"DryRun", "DryRunOperation", ""},
}

var deleteListenerRules = []rule{
	{"ListenerIDMissing", "MissingListenerId", ""},
	{"DryRunMalformed", "InvalidDryRun", ""},
	{"ListenerNotFound", "ResourceNotFound.Listener", ""},
	{"LoadBalancerForbidden", "Forbidden.LoadBalancer", ""},
	{"TokenReused", "IdempotenceSignatureMismatch", ""},
	{"ListenerConfiguring", "ResourceInConfiguring.Listener", ""},
	{"DryRun", "DryRunOperation", ""},
}

// sslRules is the order for the successors of the CDN operation, which differ in
// the rows for a domain that is not there or not the caller's.
func sslRules(notFound, notPermitted string) []rule {
	const sslStatusError = "The status of the certificate is invalid."
	return []rule{
		// The gateway.
		{"DomainNameMissing", "MissingDomainName", ""},
		{"ParameterMissing", "MissingSSLProtocol", ""},
		{"CertIDMalformed", "InvalidCertId", ""},

		// The request alone.
		{"DomainNameMalformed", "SetDomainCertificate.ParameterError", ""},
		{"StatusUnsupported", "InvalidSSLProtocol.ValueNotSupported", ""},
		{"CertTypeUnsupported", "SetDomainCertificate.ParameterError", ""},
		{"CertNameMalformed", "SetDomainCertificate.ParameterError", ""},
		{"CertNameTooLong", "InvalidCertName.TooLong", ""},
		{"CertRegionUnsupported", "Abs.CertRegion.ValueNotSupported", ""},
		{"CertificateUnidentified", "CertName.MissingParameter", ""},
		{"CertificateMissing", "SSLPub.MissingParameter", ""},
		{"PrivateKeyMissing", "SSLPri.MissingParameter", ""},
		{"CertificateTooLong", "InvalidCertificate.TooLong", ""},
		{"PrivateKeyTooLong", "InvalidCertificate.TooLong", ""},
		{"PrivateKeyBlank", "Certificate.KeyNull", ""},
		{"CertificateNotPEM", "InvalidSSLPub", ""},
		{"PrivateKeyNotPEM", "InvalidSSLPri", ""},
		{"CertificateMalformed", "InvalidSSLPub", ""},
		{"CertificateNotServer", "InvalidSSLPub", ""},
		{"SecondLeaf", "InvalidSSLPub", ""},
		{"PrivateKeyEncrypted", "InvalidSSLPri", ""},
		{"PrivateKeyUnsupported", "InvalidSSLPri", ""},
		{"PrivateKeyMalformed", "InvalidSSLPri", ""},
		{"KeyMismatch", "Certificate.MissMatch", ""},
		{"CertificateExpired", "Certificate.Expired", ""},
		{"CertificateNotYetValid", "Certificate.StatusError", sslStatusError},

		// The state behind the service.
		{"AccountSuspended", "OperationDenied", ""},
		{"DomainNotFound", notFound, ""},
		{"DomainNotPermitted", notPermitted, ""},
		{"DomainOffline", "InvalidDomain.Offline", ""},
		{"DomainConfiguring", "ServiceBusy", ""},
		{"CertificateNotFound", "SSLPri.MissingParameter", ""},
		{"CertificateStatusBad", "Certificate.StatusError", sslStatusError},
		{"StoredKeyMissing", "SSLPri.MissingParameter", ""},
		{"StoredKeyMismatch", "Certificate.MissMatch", ""},
		{"CertNameDuplicated", "CertNameAlreadyExists", ""},
		{"ContentDuplicated", "CertificateContent.Duplicated", ""},
		{"TurnOffNotPermitted", "Certificate.NotPermittedOff", ""},
		{"CertificateDeleteFailed", "DeleteFailed", ""},
		{"DomainProtected", "DomainInProtectedMode", ""},
	}
}

// vodRules are those of the original operation, but for the types of certificates
// that VOD does not have.
func vodRules() []rule {
	return []rule{
		{"DomainNameMissing", "SetDomainSSLPub.ParameterError", ""},
		{"DomainNameMalformed", "SetDomainSSLPub.ParameterError", ""},
		{"StatusUnsupported", "InvalidSSLProtocol.ValueNotSupported", ""},
		{"CertNameMalformed", "SetDomainSSLPub.ParameterError", ""},
		{"CertNameTooLong", "InvalidCertName.TooLong", ""},
		{"CertificateMissing", "SSLPub.MissingParameter", ""},
		{"PrivateKeyMissing", "SSLPri.MissingParameter", ""},
		{"CertificateTooLong", "InvalidCertificate.TooLong", ""},
		{"PrivateKeyTooLong", "InvalidCertificate.TooLong", ""},
		{"PrivateKeyBlank", "Certificate.KeyNull", ""},
		{"CertificateNotPEM", "Certificate.FormatError", ""},
		{"PrivateKeyNotPEM", "SSLPri.Malformed", ""},
		{"CertificateMalformed", "InvalidCertificate", ""},
		{"CertificateNotServer", "InvalidCertificate", ""},
		{"PrivateKeyEncrypted", "InvalidSSLPri", ""},
		{"PrivateKeyUnsupported", "InvalidSSLPri", ""},
		{"PrivateKeyMalformed", "InvalidSSLPri", ""},
		{"KeyMismatch", "Certificate.MissMatch", ""},
		{"CertificateExpired", "Certificate.StatusError", "The certificate status is error."},
		{"CertificateNotYetValid", "Certificate.StatusError", "The certificate status is error."},
		{"AccountSuspended", "OperationDenied", ""},
		{"DomainNotFound", "InvalidDomain.NotFound", ""},
		{"DomainNotPermitted", "IllegalOperation", ""},
		{"DomainOffline", "InvalidDomain.Offline", ""},
		{"DomainConfiguring", "ServiceBusy", ""},
		{"CertNameDuplicated", "Certificate.Duplicated", ""},
		{"TurnOffNotPermitted", "Certificate.NotPermittedOff", ""},
		{"CertificateDeleteFailed", "DeleteFailed", ""},
		{"SetNotEffective", "Certificate.SettedNotEffect", ""},
	}
}

// liveRules are those of the original operation, with VOD's codes and the gateway in front.
func liveRules() []rule {
	rules := []rule{{"DomainNameMissing", "MissingDomainName", ""}, {"ParameterMissing", "MissingSSLProtocol", ""}}
	named := map[string]string{
		"SetDomainServerCertificate.ParameterError":        "SetDomainSSLPub.ParameterError",
		"InvalidServerCertificateStatus.ValueNotSupported": "InvalidSSLProtocol.ValueNotSupported",
		"ServerCertificate.MissingParameter":               "SSLPub.MissingParameter",
		"PrivateKey.MissingParameter":                      "SSLPri.MissingParameter",
		"InvalidPrivateKey":                                "InvalidSSLPri",
		"Key.Malformed":                                    "SSLPri.Malformed",
	}
	for _, r := range cdnRules[1:] {
		if name, renamed := named[r.Code]; renamed {
			r.Code = name
		}
		rules = append(rules, r)
	}
	return rules
}

// uploadRules are those of the certificate center.
func uploadRules() []rule {
	return []rule{
		{"CertNameMissing", "MissingName", ""},
		{"CertNameMalformed", "InvalidParameter", ""},
		{"CertNameTooLong", "InvalidParameter", ""},
		{"CertificateMissing", "MissingParameter", ""},
		{"PrivateKeyMissing", "MissingParameter", ""},
		{"CertificateTooLong", "InvalidParameter", ""},
		{"PrivateKeyTooLong", "InvalidParameter", ""},
		{"PrivateKeyBlank", "InvalidParameter", ""},
		{"CertificateNotPEM", "ParseCertificateFailed", ""},
		{"PrivateKeyNotPEM", "InvalidParameter", ""},
		{"CertificateMalformed", "ParseCertificateFailed", ""},
		{"PrivateKeyEncrypted", "InvalidParameter", ""},
		{"PrivateKeyUnsupported", "InvalidParameter", ""},
		{"PrivateKeyMalformed", "InvalidParameter", ""},
		{"KeyMismatch", "InvalidParameter", ""},
		{"CertNameDuplicated", "NameRepeat", ""},
	}
}

// findRules are those of the operations on one certificate of the center. CertFilter is
// a parameter of one of them.
func findRules(parameter string, filter bool) []rule {
	rules := []rule{{"ParameterMissing", "Missing" + parameter, ""}, {"CertIDMalformed", "Invalid" + parameter, ""}}
	if filter {
		rules = append(rules, rule{"ParameterUnreadable", "InvalidCertFilter", ""})
	}
	return append(rules, rule{"CertificateNotFound", "NotFound", ""})
}

// nlbRules are those of NLB's association, and nlbRemoveRules and nlbUpdateRules those of
// its undoing and of the default certificate.
var nlbRules = []rule{
	{"CertificatesMissing", "MissingAdditionalCertificateIds", ""},
	{"ParameterUnreadable", "InvalidAdditionalCertificateIds", ""},
	{"ListenerIDMissing", "MissingListenerId", ""},
	{"DryRunMalformed", "InvalidDryRun", ""},

	{"TooManyCertificates", "IllegalParam", ""},
	{"CertificateIDMissing", "IllegalParam", ""},
	{"CertificateIDMalformed", "IllegalParam", ""},
	{"ClientTokenTooLong", "IllegalParam", ""},
	{"ClientTokenNotASCII", "IllegalParam", ""},
	{"CertificateRepeated", "ResourceAlreadyAssociated.Certificate", ""},

	{"ListenerNotFound", "ResourceNotFound.listener", ""},
	{"LoadBalancerForbidden", "Forbidden.NoPermission", ""},
	{"ListenerProtocolUnsupported", "IllegalParam", ""},
	{"TokenReused", "IdempotenceSignatureMismatch", ""},
	{"ListenerConfiguring", "IncorrectStatus.listener", ""},
	{"ListenerNotRunning", "IncorrectStatus.listener", ""},
	{"CertificateNotFound", "ResourceNotFound.Certificate", ""},
	{"CertificateNotServer", "ResourceNotFound.Certificate", ""},
	{"CertificateIsDefault", "OperationDenied.DefaultCertificateUsed", ""},
	{"CertificateAssociated", "ResourceAlreadyAssociated.Certificate", ""},
	{"DryRun", "DryRunOperation", ""},
}

var nlbRemoveRules = slices.Concat(nlbRules[:9], nlbRules[10:16], []rule{
	{"CertificateIsDefault", "OperationDenied.DefaultCertificateUsed", ""},
	{"CertificateNotAssociated", "ResourceNotAssociated.Certificate", ""},
	{"CertificateRepeated", "IllegalParam", ""}, // per id, behind the state
	{"DryRun", "DryRunOperation", ""},
})

var nlbUpdateRules = slices.Concat([]rule{
	{"ListenerIDMissing", "MissingListenerId", ""},
	{"ParameterUnreadable", "InvalidCertificateIds", ""},
	{"DryRunMalformed", "InvalidDryRun", ""},
	{"TooManyCertificates", "IllegalParamSize.certificateIds", ""},
}, nlbRules[5:9], nlbRules[10:18], []rule{
	{"CertificateAssociated", "ResourceAlreadyAssociated.Certificate", ""},
	{"DryRun", "DryRunOperation", ""},
})

// tableRules are the rules of a table in the order of checking.
type tableRules struct {
	table errcodes.Table
	want  []rule
}

// siteRules are those of ESA's operations on a site, with what the gateway checks first and
// what else is found.
func siteRules(gateway []rule, more ...rule) []rule {
	return slices.Concat(gateway, []rule{{"SiteNotFound", "SiteNotFound", ""}}, more)
}

var (
	ofSite        = []rule{{"ParameterMissing", "MissingSiteId", ""}, {"ParameterUnreadable", "InvalidSiteId", ""}}
	noCertificate = rule{"SiteCertificateNotFound", "Certificate.NotFound", ""}
)

// setSiteRules are those of ESA SetCertificate.
func setSiteRules() []rule {
	const status = "The status of the certificate is invalid."
	return append(append(slices.Clip(ofSite), []rule{
		{"CertIDMalformed", "InvalidCasId", ""},

		// The request alone.
		{"CertTypeUnsupported", "InvalidParameter", ""},
		{"CertNameMalformed", "InvalidParameter", ""},
		{"CertNameTooLong", "InvalidParameter", ""},
		{"CertRegionUnsupported", "InvalidParameter", ""},
		{"CertificateUnidentified", "InvalidCertificate.NotFound", ""},
		{"CertificateMissing", "InvalidSSLPub", ""},
		{"PrivateKeyMissing", "InvalidSSLPri", ""},
		{"CertificateTooLong", "InvalidSSLPub", ""},
		{"PrivateKeyTooLong", "InvalidSSLPri", ""},
		{"PrivateKeyBlank", "InvalidSSLPri", ""},
		{"CertificateNotPEM", "InvalidSSLPub", ""},
		{"PrivateKeyNotPEM", "InvalidSSLPri", ""},
		{"CertificateMalformed", "InvalidSSLPub", ""},
		{"CertificateNotServer", "InvalidSSLPub", ""},
		{"PrivateKeyEncrypted", "InvalidSSLPri", ""},
		{"PrivateKeyUnsupported", "InvalidSSLPri", ""},
		{"PrivateKeyMalformed", "InvalidSSLPri", ""},
		{"KeyMismatch", "CertificateNotMatchPrivateKey", ""},
		{"CertificateExpired", "Certificate.StatusError", status},
		{"CertificateNotYetValid", "Certificate.StatusError", status},
	}...), []rule{
		// The state behind the service.
		{"SiteNotFound", "SiteNotFound", ""},
		{"PlanNotOnline", "Instance.NotOnline", ""},
		{"SiteCertificateNotFound", "InvalidCertificate.NotFound", ""},
		{"CertificateNotFound", "InvalidCertificate.NotFound", ""},
		{"CertificateStatusBad", "Certificate.StatusError", status},
		{"StoredKeyMissing", "InvalidSSLPri", ""},
		{"SiteNotCovered", "CertificateDomainNotMatchSite", ""},
		{"CertNameDuplicated", "Certificate.Duplicated", ""},
		{"QuotaExceeded", "CertQuotaCheckFailed", ""},
	}...)
}

// TestOrderOfChecks writes out by name when each condition is checked, and which row
// it maps to.
func TestOrderOfChecks(t *testing.T) {
	tests := append([]tableRules{
		{errcodes.SetDomainServerCertificate.Table(), cdnRules},
		{errcodes.AssociateAdditionalCertificatesWithListener.Table(), albRules("IncorrectStatus.Listener")},
		{albCurrent, albRules("ResourceInConfiguring.Listener")},
		{errcodes.DissociateAdditionalCertificatesFromListener.Table(), dissociateRules},
		{errcodes.UpdateListenerAttribute.Table(), updateListenerRules},
		{errcodes.ListListenerCertificates.Table(), listCertificatesRules},
		{errcodes.GetLoadBalancerAttribute.Table(), getLoadBalancerRules},
		{errcodes.CreateListener.Table(), createListenerRules},
		{errcodes.DeleteListener.Table(), deleteListenerRules},
		{errcodes.SetCdnDomainSSLCertificate.Table(), sslRules("InvalidDomain.NotFound", "IllegalOperation")},
		{errcodes.SetDcdnDomainSSLCertificate.Table(), sslRules("InvalidDomain.NotFound", "IllegalOperationDomain")},
		{errcodes.SetVodDomainCertificate.Table(), vodRules()},
		{errcodes.SetVodDomainSSLCertificate.Table(), sslRules("InvalidDomain.NotFound", "IllegalOperation")},
		{errcodes.SetLiveDomainCertificate.Table(), liveRules()},
		{errcodes.UploadUserCertificate.Table(), uploadRules()},
		{errcodes.DeleteUserCertificate.Table(), append(findRules("CertId", false), rule{"CertificateInUse", "InvalidStatus.DeleteProtection", ""})},
		{errcodes.ListUserCertificateOrder.Table(), []rule{{"ParameterUnreadable", "InvalidCurrentPage", ""}}},
		{errcodes.DescribeDomainCertificateInfo.Table(), []rule{{"DomainNameMissing", "MissingDomainName", ""}, {"DomainNotFound", "InvalidDomain.NotFound", ""}}},
		{errcodes.DescribeCdnDomainDetail.Table(), []rule{{"DomainNameMissing", "MissingDomainName", ""}, {"DomainNotFound", "InvalidDomain.NotFound", ""}}},
		{errcodes.ListTagResources.Table(), []rule{{"DomainNotFound", "InvalidDomain.NotFound", ""}}},
		{errcodes.GetUserCertificateDetail.Table(), findRules("CertId", true)},
		{errcodes.GetCertificateDetail.Table(), findRules("CertificateId", false)},
		{nlb, nlbRules},
		{nlbRemove, nlbRemoveRules},
		{nlbUpdate, nlbUpdateRules},
		{nlbList, []rule{{"ListenerIDMissing", "MissingListenerId", ""}, {"ListenerNotFound", "ResourceNotFound.listener", ""}, {"ListenerProtocolUnsupported", "IllegalParam", ""}}},
		{nlbBalancer, []rule{{"ParameterMissing", "MissingLoadBalancerId", ""}, {"LoadBalancerNotFound", "ResourceNotFound.loadBalancer", ""}}},
		{nlbJob, []rule{{"ParameterMissing", "MissingJobId", ""}, {"JobNotFound", "IllegalParam", ""}}},
		{errcodes.SetCertificate.Table(), setSiteRules()},
		{errcodes.DeleteCertificate.Table(), siteRules(ofSite, noCertificate)},
		{errcodes.GetCertificate.Table(), siteRules(ofSite, noCertificate)},
		{errcodes.ListCertificates.Table(), siteRules(ofSite)},
		{errcodes.ListInstanceQuotasWithUsage.Table(), siteRules([]rule{{"ParameterUnreadable", "InvalidSiteId", ""}, {"ParameterMissing", "MissingQuotaNames", ""}})},
		{errcodes.ListSites.Table(), []rule{{"ParameterUnreadable", "InvalidPageNumber", ""}}},
	}, familyRules...)
	if got := len(slices.Collect(errcodes.Tables())); got != len(tests) {
		t.Fatalf("%d tables; %d are tested", got, len(tests))
	}
	for _, test := range tests {
		t.Run(test.table.String(), func(t *testing.T) {
			var got []rule
			last := -1
			for cond := range test.table.Conditions() {
				row, _ := test.table.Row(cond)
				r := rule{Condition: cond.String(), Code: string(row.Code)}
				if row.Code == errcodes.CertificateStatusError {
					r.Message = row.Message
				}
				rank := test.table.Rank(cond)
				if rank <= last || rank < len(got) { // a general condition may come again, for another parameter
					t.Errorf("the rank of %s is %d, behind %d", cond, rank, last)
				}
				last = rank
				got = append(got, r)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
