package errcodes_test

import (
	"slices"
	"testing"

	"github.com/alicert/alicert/errcodes"
)

// The tables of GA, for the tests of all tables.
var (
	ga            = errcodes.GAAssociateAdditionalCertificatesWithListener.Table()
	gaReplace     = errcodes.UpdateAdditionalCertificateWithListener.Table()
	gaRemove      = errcodes.GADissociateAdditionalCertificatesFromListener.Table()
	gaUpdate      = errcodes.UpdateListener.Table()
	gaList        = errcodes.GAListListenerCertificates.Table()
	gaListener    = errcodes.DescribeListener.Table()
	gaAccelerator = errcodes.DescribeAccelerator.Table()
)

// gaStateRules are about the listener and its accelerator.
var gaStateRules = []rule{
	{"ListenerNotFound", "NotExist.Listener", ""},
	{"LoadBalancerForbidden", "Forbidden", ""},
	{"ListenerProtocolUnsupported", "ProtocalIllegal.Listener", ""},
	{"TokenReused", "IdempotenceSignatureMismatch", ""},
	{"ListenerConfiguring", "NotActive.Listener", ""},
	{"ListenerNotRunning", "NotActive.Listener", ""},
	{"LoadBalancerConfiguring", "StateError.Accelerator", ""},
}

var gaTokenRules = []rule{{"ClientTokenTooLong", "InvalidParameter", ""}, {"ClientTokenNotASCII", "InvalidParameter", ""}}

var gaRules = []tableRules{
	{ga, slices.Concat(
		[]rule{
			{"ParameterMissing", "MissingAcceleratorId", ""},
			{"CertificatesMissing", "MissingCertificates", ""},
			{"ParameterUnreadable", "InvalidCertificates", ""},
			{"ListenerIDMissing", "MissingListenerId", ""},
			{"TooManyCertificates", "InvalidParameter", ""},
			{"DomainNameMissing", "InvalidParameter", ""},
			{"DomainNameMalformed", "InvalidParameter", ""},
			{"CertificateIDMissing", "InvalidParameter", ""},
			{"CertificateIDMalformed", "InvalidParameter", ""},
		},
		gaTokenRules,
		[]rule{{"CertificateRepeated", "ResourceAlreadyAssociated.Certificate", ""}, {"LoadBalancerNotFound", "NotExist.Accelerator", ""}},
		gaStateRules,
		[]rule{
			{"CertificateNotFound", "ResourceNotFound.Certificate", ""},
			{"CertificateNotServer", "ResourceNotFound.Certificate", ""},
			{"DomainExtensionExists", "ResourceAlreadyAssociated.Certificate", ""},
		},
	)},
	{gaReplace, slices.Concat(
		[]rule{
			{"ParameterMissing", "MissingAcceleratorId", ""},
			{"DomainNameMissing", "MissingDomain", ""},
			{"DryRunMalformed", "InvalidDryRun", ""},
			{"ListenerIDMissing", "MissingListenerId", ""},
			{"DomainNameMalformed", "InvalidParameter", ""},
			{"CertificateIDMalformed", "InvalidParameter", ""},
		},
		gaTokenRules, []rule{{"LoadBalancerNotFound", "NotExist.Accelerator", ""}}, gaStateRules,
		[]rule{
			{"DomainExtensionNotFound", "ResourceNotAssociated.Certificate", ""},
			{"CertificateNotFound", "ResourceNotFound.Certificate", ""},
			{"CertificateNotServer", "ResourceNotFound.Certificate", ""},
			{"DryRun", "DryRunOperation", ""},
		},
	)},
	{gaRemove, slices.Concat(
		[]rule{
			{"ParameterMissing", "MissingAcceleratorId", ""},
			{"CertificatesMissing", "MissingDomains", ""},
			{"ParameterUnreadable", "InvalidDomains", ""},
			{"ListenerIDMissing", "MissingListenerId", ""},
			{"TooManyCertificates", "InvalidParameter", ""},
			{"DomainNameMissing", "InvalidParameter", ""},
			{"DomainNameMalformed", "InvalidParameter", ""},
		},
		gaTokenRules, []rule{{"CertificateRepeated", "InvalidParameter", ""}, {"LoadBalancerNotFound", "NotExist.Accelerator", ""}}, gaStateRules,
		[]rule{{"DomainExtensionNotFound", "ResourceNotAssociated.Certificate", ""}},
	)},
	{gaUpdate, slices.Concat(
		[]rule{
			{"ParameterUnreadable", "InvalidCertificates", ""},
			{"ListenerIDMissing", "MissingListenerId", ""},
			{"TooManyCertificates", "InvalidParameter", ""},
			{"CertificateIDMissing", "InvalidParameter", ""},
			{"CertificateIDMalformed", "InvalidParameter", ""},
		},
		gaTokenRules, gaStateRules,
		[]rule{{"CertificateNotFound", "ResourceNotFound.Certificate", ""}, {"CertificateNotServer", "ResourceNotFound.Certificate", ""}},
	)},
	{gaList, []rule{
		{"ParameterMissing", "MissingAcceleratorId", ""},
		{"ListenerIDMissing", "MissingListenerId", ""},
		{"LoadBalancerNotFound", "NotExist.Accelerator", ""},
		{"ListenerNotFound", "NotExist.Listener", ""},
	}},
	{gaListener, []rule{{"ListenerIDMissing", "MissingListenerId", ""}, {"ParameterMissing", "MissingRegionId", ""}, {"ListenerNotFound", "NotExist.Listener", ""}}},
	{gaAccelerator, []rule{{"ParameterMissing", "MissingAcceleratorId", ""}, {"LoadBalancerNotFound", "NotExist.Accelerator", ""}}},
}

// familyRules are those of the tables whose tests have files of their own.
var familyRules = slices.Concat(slbRules, gaRules)

// gaDescriptions counts the descriptions of rows as TestDescriptions does; their sums are
// the numbers of rows.
var gaDescriptions = map[errcodes.Table]map[string]int{
	ga:            {"ga-update": 4, "none": 11},
	gaReplace:     {"ga-update": 4, "none": 13},
	gaRemove:      {"ga-update": 4, "none": 10},
	gaUpdate:      {"ga-update": 7, "none": 7},
	gaList:        {"ga-update": 2, "none": 3},
	gaListener:    {"ga-update": 1, "none": 2},
	gaAccelerator: {"ga-update": 1, "none": 2},
}

// familyRows returns the number of rows of a table.
func familyRows(table errcodes.Table) int {
	sum := slbRows[table.Operation]
	for _, n := range gaDescriptions[table] {
		sum += n
	}
	return sum
}

// gaParameters are those that a row of the operation is about.
var gaParameters = map[errcodes.Operation][]string{
	ga.Operation:            {"AcceleratorId", "Certificates", "Certificates.N.Domain", "Certificates.N.Id", "ClientToken", "ListenerId", "RegionId"},
	gaReplace.Operation:     {"AcceleratorId", "CertificateId", "ClientToken", "Domain", "DryRun", "ListenerId", "RegionId"},
	gaRemove.Operation:      {"AcceleratorId", "ClientToken", "Domains", "Domains.N", "ListenerId", "RegionId"},
	gaUpdate.Operation:      {"Certificates", "Certificates.N.Id", "ClientToken", "ListenerId"},
	gaList.Operation:        {"AcceleratorId", "ListenerId", "RegionId"},
	gaListener.Operation:    {"ListenerId", "RegionId"},
	gaAccelerator.Operation: {"AcceleratorId", "RegionId"},
}

// gaFirm are the mappings that do not rest on this library's own decision.
var gaFirm = map[errcodes.Table]map[string]string{
	ga:        firmer(gaStatesFirm, "ParameterUnreadable", "observed A4"),
	gaReplace: firmer(firmer(gaStatesFirm, "DryRunMalformed", "documented R2"), "DryRun", "documented ga-replace"),
	gaRemove:  firmer(gaStatesFirm, "ParameterUnreadable", "observed A4"),
	gaUpdate: {
		"ParameterUnreadable": "observed A4", "ListenerNotFound": "documented ga-update",
		"ListenerConfiguring": "documented ga-update", "ListenerNotRunning": "documented ga-update", "LoadBalancerConfiguring": "documented ga-update",
	},
	gaList:        {"ListenerIDMissing": "observed R1"},
	gaListener:    {"ListenerNotFound": "reported G1"},
	gaAccelerator: {"LoadBalancerNotFound": "reported G1"},
}

var gaStatesFirm = map[string]string{"ListenerConfiguring": "reported G1", "ListenerNotRunning": "reported G1", "LoadBalancerConfiguring": "reported G1"}

// gaPublished are the rows: those of UpdateListener to the letter, one of CreateListener and
// one of DeleteEndpointGroup, and those of ALB and NLB.
func gaPublished(t *testing.T, dryRun, token errcodes.Row, gateway func(...string) []errcodes.Row) []publishedTable {
	t.Helper()
	const own = "ga-UpdateListener.tsv"
	ownRows := func(tableLine) errcodes.Origin { return errcodes.OwnPage }
	protocol := errcodes.Row{Code: "ProtocalIllegal.Listener", Status: 400, Message: "The specified listener protocol is invalid.", Origin: errcodes.SiblingPage}
	forbidden := errcodes.Row{Code: "Forbidden", Status: 403, Message: "The user is not authorized to operate on the specified resource.", Origin: errcodes.SiblingPage}
	invalid := rowsOf(t, "alb-AssociateAdditionalCertificatesWithListener-later.tsv", "InvalidParameter")
	nlbRows := func(codes ...string) []errcodes.Row { return rowsOf(t, "nlb-UpdateListenerAttribute.tsv", codes...) }
	noCertificate := nlbRows("ResourceNotFound.Certificate")
	notAssociated := rowsOf(t, "alb-DissociateAdditionalCertificatesFromListener.tsv", "ResourceNotAssociated.Certificate")
	common := slices.Concat(
		rowsOf(t, own, "NotExist.Listener", "NotActive.Listener", "NotExist.Accelerator", "StateError.Accelerator"),
		[]errcodes.Row{protocol, forbidden}, invalid, []errcodes.Row{token},
	)
	return []publishedTable{
		{ga, "", 0, ownRows, slices.Concat(
			common, noCertificate, nlbRows("ResourceAlreadyAssociated.Certificate"),
			gateway("MissingAcceleratorId", "MissingCertificates", "InvalidCertificates", "MissingListenerId", "MissingRegionId"),
		)},
		{gaReplace, "", 0, ownRows, slices.Concat(
			[]errcodes.Row{dryRun}, common, noCertificate, notAssociated,
			gateway("MissingAcceleratorId", "MissingCertificateId", "MissingDomain", "InvalidDryRun", "MissingListenerId", "MissingRegionId"),
		)},
		{gaRemove, "", 0, ownRows, slices.Concat(
			common, notAssociated, gateway("MissingAcceleratorId", "MissingDomains", "InvalidDomains", "MissingListenerId", "MissingRegionId"),
		)},
		{gaUpdate, own, 7, ownRows, slices.Concat(
			[]errcodes.Row{protocol, forbidden}, invalid, []errcodes.Row{token}, noCertificate, gateway("InvalidCertificates", "MissingListenerId"),
		)},
		{gaList, "", 0, ownRows, append(rowsOf(t, own, "NotExist.Listener", "NotExist.Accelerator"), gateway("MissingAcceleratorId", "MissingListenerId", "MissingRegionId")...)},
		{gaListener, "", 0, ownRows, append(rowsOf(t, own, "NotExist.Listener"), gateway("MissingListenerId", "MissingRegionId")...)},
		{gaAccelerator, "", 0, ownRows, append(rowsOf(t, own, "NotExist.Accelerator"), gateway("MissingAcceleratorId", "MissingRegionId")...)},
	}
}
