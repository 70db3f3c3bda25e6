package errcodes_test

import (
	"fmt"
	"slices"

	"github.com/alicert/alicert/errcodes"
)

// The tables of the classic load balancer, for the tests of all tables.

func unknownName(op errcodes.Operation) string { return fmt.Sprintf("unknown(%d)", op) }

const (
	noServerCertificate = "ServerCertificateId.NotFound"
	noExtension         = "InvalidParameter.DomainExtensionId"
)

var slbRules = []tableRules{
	{errcodes.UploadServerCertificate.Table(), []rule{
		{"ParameterMissing", "MissingRegionId", ""},
		{"CertNameMalformed", "InvalidParameter", ""},
		{"CertNameCharacters", "InvalidParameter", ""},
		{"CertNameTooLong", "InvalidParameterLength", ""},
		{"CertificateMissing", "InvalidParameter", ""},
		{"PrivateKeyMissing", "InvalidParameter", ""},
		{"CertificateTooLong", "InvalidParameterLength", ""},
		{"PrivateKeyTooLong", "InvalidParameterLength", ""},
		{"PrivateKeyBlank", "InvalidParameter", ""},
		{"CertificateNotPEM", "InvalidParameter", ""},
		{"PrivateKeyNotPEM", "InvalidParameter", ""},
		{"CertificateMalformed", "KeyFormatError", ""},
		{"PrivateKeyEncrypted", "PrivateKeyEncryption", ""},
		{"PrivateKeyUnsupported", "InvalidParameter", ""},
		{"PrivateKeyMalformed", "InvalidParameter", ""},
		{"KeyMismatch", "CertificateNotMatchPrivateKey", ""},

		{"CertificateNotFound", "InvalidParameter", ""},
		{"CertificateStatusBad", "InvalidParameter", ""},
		{"StoredKeyMissing", "InvalidParameter", ""},
	}},
	{errcodes.DeleteServerCertificate.Table(), []rule{
		{"ParameterMissing", "MissingServerCertificateId", ""},
		{"CertificateNotFound", noServerCertificate, ""},
		{"CertificateOtherRegion", noServerCertificate, ""},
		{"CertificateInUse", "CertificateAndPrivateKeyIsRefered", ""},
	}},
	{errcodes.SetServerCertificateName.Table(), []rule{
		{"ParameterMissing", "MissingRegionId", ""},
		{"CertNameMissing", "MissingServerCertificateName", ""},
		{"CertNameMalformed", "InvalidParameter", ""},
		{"CertNameCharacters", "InvalidParameter", ""},
		{"CertNameTooLong", "InvalidParameterLength", ""},
		{"CertificateNotFound", noServerCertificate, ""},
		{"CertificateOtherRegion", noServerCertificate, ""},
	}},
	{errcodes.SetLoadBalancerHTTPSListenerAttribute.Table(), slices.Concat(
		[]rule{
			{"DryRunMalformed", "InvalidDryRun", ""},
			{"ParameterMissing", "MissingListenerPort", ""},
			{"ParameterUnreadable", "InvalidListenerPort", ""},
			{"ListenerPortInvalid", "InvalidParameter", ""},
		},
		slbListenerRules,
		[]rule{
			{"ListenerConfiguring", "ServiceIsConfiguring", ""},
			{"ListenerStopping", "ServiceIsStopping", ""},
			{"CertificateNotFound", noServerCertificate, ""},
			{"CertificateOtherRegion", noServerCertificate, ""},
			{"DryRun", "DryRunOperation", ""},
		},
	)},
	{errcodes.DescribeLoadBalancerHTTPSListenerAttribute.Table(), []rule{
		{"ParameterMissing", "MissingListenerPort", ""},
		{"ParameterUnreadable", "InvalidListenerPort", ""},
		{"LoadBalancerNotFound", "InvalidLoadBalancerId.NotFound", ""},
		{"ListenerNotFound", "InvalidParameter", ""},
		{"ListenerProtocolUnsupported", "UnsupportedOperationonfixedprotocalport", ""},
	}},
	{errcodes.CreateDomainExtension.Table(), slices.Concat(
		[]rule{
			{"DomainNameMissing", "MissingDomain", ""},
			{"ParameterMissing", "MissingListenerPort", ""},
			{"ParameterUnreadable", "InvalidListenerPort", ""},
			{"DomainNameMalformed", "InvalidParameter", ""},
			{"ListenerPortInvalid", "InvalidParameter", ""},
			{"CertificateIDMissing", "InvalidParameter", ""},
		},
		slbListenerRules, slbExtensionRules,
		[]rule{
			{"CertificateNotFound", noServerCertificate, ""},
			{"CertificateOtherRegion", noServerCertificate, ""},
			{"DomainExtensionExists", "InvalidParameter", ""},
		},
	)},
	{errcodes.SetDomainExtensionAttribute.Table(), slices.Concat(
		[]rule{
			{"ParameterMissing", "MissingDomainExtensionId", ""},
			{"CertificateIDMissing", "InvalidParameter", ""},
			{"DomainExtensionNotFound", noExtension, ""},
			{"LoadBalancerForbidden", "Forbidden", ""},
			{"LoadBalancerConfiguring", "BackendServer.configuring", ""},
		},
		slbExtensionRules,
		[]rule{
			{"CertificateNotFound", noServerCertificate, ""},
			{"CertificateOtherRegion", noServerCertificate, ""},
		},
	)},
	{errcodes.DeleteDomainExtension.Table(), slices.Concat(
		[]rule{
			{"ParameterMissing", "MissingDomainExtensionId", ""},
			{"DomainExtensionNotFound", noExtension, ""},
			{"LoadBalancerForbidden", "Forbidden", ""},
			{"LoadBalancerConfiguring", "BackendServer.configuring", ""},
		},
		slbExtensionRules,
	)},
	{errcodes.DescribeDomainExtensions.Table(), []rule{
		{"ParameterMissing", "MissingListenerPort", ""},
		{"ParameterUnreadable", "InvalidListenerPort", ""},
		{"LoadBalancerNotFound", "InvalidLoadBalancerId.NotFound", ""},
		{"ListenerNotFound", "InvalidParameter", ""},
		{"ListenerProtocolUnsupported", "UnsupportedOperationonfixedprotocalport", ""},
	}},
	{errcodes.DescribeDomainExtensionAttribute.Table(), []rule{
		{"ParameterMissing", "MissingDomainExtensionId", ""},
		{"DomainExtensionNotFound", noExtension, ""},
	}},
	{errcodes.DescribeLoadBalancerAttribute.Table(), []rule{
		{"ParameterMissing", "MissingLoadBalancerId", ""},
		{"LoadBalancerNotFound", "InvalidLoadBalancerId.NotFound", ""},
	}},
}

// slbListenerRules are about the listener that a request names.
var slbListenerRules = []rule{
	{"LoadBalancerNotFound", "InvalidLoadBalancerId.NotFound", ""},
	{"LoadBalancerForbidden", "Forbidden", ""},
	{"LoadBalancerConfiguring", "BackendServer.configuring", ""},
	{"ListenerNotFound", "ListenerNotFound", ""},
	{"ListenerProtocolUnsupported", "UnsupportedOperationonfixedprotocalport", ""},
}

var slbExtensionRules = []rule{
	{"ListenerConfiguring", "DomainExtensionProcessing", ""},
	{"ListenerStopping", "ServiceIsStopping", ""},
}

// slbRows are the numbers of rows.
var slbRows = map[errcodes.Operation]int{
	errcodes.UploadServerCertificate:                    13,
	errcodes.DeleteServerCertificate:                    3,
	errcodes.SetServerCertificateName:                   6,
	errcodes.SetLoadBalancerHTTPSListenerAttribute:      14,
	errcodes.DescribeLoadBalancerHTTPSListenerAttribute: 6,
	errcodes.CreateDomainExtension:                      17,
	errcodes.SetDomainExtensionAttribute:                9,
	errcodes.DeleteDomainExtension:                      7,
	errcodes.DescribeDomainExtensions:                   7,
	errcodes.DescribeDomainExtensionAttribute:           3,
	errcodes.DescribeLoadBalancerAttribute:              2,
}

// slbParameters are those that a row of the operation is about.
var slbParameters = map[errcodes.Operation][]string{
	errcodes.UploadServerCertificate:                    {"RegionId", "ServerCertificateName", "ServerCertificate", "PrivateKey", "AliCloudCertificateId"},
	errcodes.DeleteServerCertificate:                    {"ServerCertificateId"},
	errcodes.SetServerCertificateName:                   {"RegionId", "ServerCertificateId", "ServerCertificateName"},
	errcodes.SetLoadBalancerHTTPSListenerAttribute:      {"DryRun", "ListenerPort", "LoadBalancerId", "ServerCertificateId"},
	errcodes.DescribeLoadBalancerHTTPSListenerAttribute: {"ListenerPort", "LoadBalancerId"},
	errcodes.CreateDomainExtension:                      {"Domain", "ListenerPort", "LoadBalancerId", "RegionId", "ServerCertificateId"},
	errcodes.SetDomainExtensionAttribute:                {"DomainExtensionId", "RegionId", "ServerCertificateId"},
	errcodes.DeleteDomainExtension:                      {"DomainExtensionId", "RegionId"},
	errcodes.DescribeDomainExtensions:                   {"ListenerPort", "LoadBalancerId", "RegionId"},
	errcodes.DescribeDomainExtensionAttribute:           {"DomainExtensionId", "RegionId"},
	errcodes.DescribeLoadBalancerAttribute:              {"LoadBalancerId"},
}

// slbFirm are the mappings that do not rest on this library's own decision.
var slbFirm = map[errcodes.Table]map[string]string{
	errcodes.UploadServerCertificate.Table(): {},
	errcodes.DeleteServerCertificate.Table(): {
		"CertificateNotFound": "reported T2", "CertificateOtherRegion": "reported T2", "CertificateInUse": "documented clb-delete",
	},
	errcodes.SetServerCertificateName.Table(): {},
	errcodes.SetLoadBalancerHTTPSListenerAttribute.Table(): {
		"LoadBalancerNotFound": "reported T3", "LoadBalancerConfiguring": "reported T2", "ListenerConfiguring": "reported T2",
		"CertificateNotFound": "observed A9", "CertificateOtherRegion": "observed A9",
	},
	errcodes.DescribeLoadBalancerHTTPSListenerAttribute.Table(): {"LoadBalancerNotFound": "reported T3", "ListenerNotFound": "reported T2"},
	errcodes.CreateDomainExtension.Table():                      {"LoadBalancerNotFound": "reported T3", "ListenerConfiguring": "reported T2"},
	errcodes.SetDomainExtensionAttribute.Table(): {
		"DomainExtensionNotFound": "reported T2", "LoadBalancerConfiguring": "reported T2", "ListenerConfiguring": "reported T2",
	},
	errcodes.DeleteDomainExtension.Table():            {"DomainExtensionNotFound": "reported T2", "ListenerConfiguring": "reported T2"},
	errcodes.DescribeDomainExtensions.Table():         {"LoadBalancerNotFound": "reported T3", "ListenerNotFound": "reported T2"},
	errcodes.DescribeDomainExtensionAttribute.Table(): {"DomainExtensionNotFound": "reported T2"},
	errcodes.DescribeLoadBalancerAttribute.Table():    {"LoadBalancerNotFound": "reported T3"},
}

// slbContrary is what speaks against mappings.
var slbContrary = map[string]string{
	"UploadServerCertificate CertificateMalformed": "clb", "UploadServerCertificate PrivateKeyEncrypted": "A11",
	"UploadServerCertificate CertificateNotFound": "A10",
}

// slbDescriptions counts the descriptions of rows as TestDescriptions does.
var slbDescriptions = map[string]map[string]int{
	"UploadServerCertificate":                    {"clb-zh": 12, "none": 1},
	"DeleteServerCertificate":                    {"none": 3},
	"SetServerCertificateName":                   {"clb-zh": 2, "none": 4},
	"SetLoadBalancerHTTPSListenerAttribute":      {"clb-zh": 1, "none": 13},
	"DescribeLoadBalancerHTTPSListenerAttribute": {"clb-zh": 1, "none": 5},
	"CreateDomainExtension":                      {"clb-zh": 2, "none": 15},
	"SetDomainExtensionAttribute":                {"clb-zh": 1, "none": 8},
	"DeleteDomainExtension":                      {"clb-zh": 1, "none": 6},
	"DescribeDomainExtensions":                   {"clb-zh": 1, "none": 6},
	"DescribeDomainExtensionAttribute":           {"none": 3},
	"DescribeLoadBalancerAttribute":              {"none": 2},
}

// slbPublished are the rows: those of the product's list to the letter, those of Terraform
// and of answers that were seen, and those of the gateway.
func slbPublished(dryRun errcodes.Row, gateway func(...string) []errcodes.Row) []publishedTable {
	said := func(code errcodes.Code, status int, message string, zh ...string) errcodes.Row {
		r := errcodes.Row{Code: code, Status: status, Message: message, Origin: errcodes.ProductPage}
		if len(zh) > 0 {
			r.Description.ZH = zh[0]
		}
		return r
	}
	seen := func(code errcodes.Code, status int, message string) errcodes.Row {
		return errcodes.Row{Code: code, Status: status, Message: message, Origin: errcodes.SiblingPage}
	}
	dryRun.Origin = errcodes.SiblingPage
	const pending = "A previous configuration is pending; please try again later."
	var (
		notValid  = said("InvalidParameter", 400, "The specified parameter is not valid.", "指定的参数无效。请检查该参数是否正确。")
		tooLong   = said("InvalidParameterLength", 400, "The specified parameter length is not valid.", "参数内容长度无效。")
		badPort   = said("InvalidParameter", 400, "The specified port is not valid.")
		empty     = said("InvalidParameter", 400, "The specified parameter ServerCertificateId is empty.")
		exists    = said("InvalidParameter", 400, "The resource already exists.")
		nothing   = said("InvalidParameter", 400, "The specified resource does not exist.", "该资源不存在，请您检查该参数是否正确。")
		forbidden = said("Forbidden", 403, "User not authorized to operate on the specified resource.", "用户无权限操作该资源。请先申请RAM权限，再进行此操作。")
		busy      = said("BackendServer.configuring", 409, "A previous configuration of the load balancer is pending; please try again later.")
		listener  = said("ListenerNotFound", 404, "You have not created a listener for the specified port of the load balancer.")
		protocol  = said("UnsupportedOperationonfixedprotocalport", 400, "The operation is not supported by the protocol of the specified port.")
		changing  = said("ServiceIsConfiguring", 400, pending)
		stopping  = said("ServiceIsStopping", 409, "The specified Listener is stopping, please retry later.")

		balancer    = seen("InvalidLoadBalancerId.NotFound", 404, "The specified LoadBalancerId does not exist.")
		certificate = seen("ServerCertificateId.NotFound", 404, "The specified ServerCertificateId does not exist.")
		extension   = seen("InvalidParameter.DomainExtensionId", 400, "The specified resource does not exist.")
		processing  = seen("DomainExtensionProcessing", 400, pending)
	)
	ofProduct := func(tableLine) errcodes.Origin { return errcodes.ProductPage }
	own := func(tableLine) errcodes.Origin { return errcodes.OwnPage }
	read := []errcodes.Row{balancer, nothing, protocol}
	rows := func(codes []string, first ...errcodes.Row) []errcodes.Row {
		return append(slices.Clone(first), gateway(codes...)...)
	}
	port := []string{"MissingListenerPort", "InvalidListenerPort", "MissingLoadBalancerId"}
	return []publishedTable{
		{errcodes.UploadServerCertificate.Table(), "slb-UploadServerCertificate.tsv", 12, ofProduct, gateway("MissingRegionId")},
		{errcodes.DeleteServerCertificate.Table(), "slb-DeleteServerCertificate.tsv", 1, own, rows([]string{"MissingServerCertificateId"}, certificate)},
		{
			errcodes.SetServerCertificateName.Table(), "", 0, own,
			rows([]string{"MissingRegionId", "MissingServerCertificateId", "MissingServerCertificateName"}, notValid, tooLong, certificate),
		},
		{
			errcodes.SetLoadBalancerHTTPSListenerAttribute.Table(), "", 0, own,
			rows(append([]string{"InvalidDryRun"}, port...), badPort, balancer, forbidden, busy, listener, protocol, changing, stopping, certificate, dryRun),
		},
		{errcodes.DescribeLoadBalancerHTTPSListenerAttribute.Table(), "", 0, own, rows(port, read...)},
		{
			errcodes.CreateDomainExtension.Table(), "", 0, own,
			rows(append(append([]string{"MissingDomain"}, port...), "MissingRegionId"), notValid, badPort, empty, balancer, forbidden, busy, listener, protocol, processing, stopping, certificate, exists),
		},
		{
			errcodes.SetDomainExtensionAttribute.Table(), "", 0, own,
			rows([]string{"MissingDomainExtensionId", "MissingRegionId"}, empty, extension, forbidden, busy, processing, stopping, certificate),
		},
		{
			errcodes.DeleteDomainExtension.Table(), "", 0, own,
			rows([]string{"MissingDomainExtensionId", "MissingRegionId"}, extension, forbidden, busy, processing, stopping),
		},
		{errcodes.DescribeDomainExtensions.Table(), "", 0, own, rows(append(slices.Clip(port), "MissingRegionId"), read...)},
		{errcodes.DescribeDomainExtensionAttribute.Table(), "", 0, own, rows([]string{"MissingDomainExtensionId", "MissingRegionId"}, extension)},
		{errcodes.DescribeLoadBalancerAttribute.Table(), "", 0, own, rows([]string{"MissingLoadBalancerId"}, balancer)},
	}
}
