package fakecloud

import (
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
	"github.com/alicert/alicert/validate"
)

// product is a service of the cloud.
type product struct {
	name     string // the spelling in Recommend links
	versions []string
}

// products are those of the operations, by name.
var products = map[string]*product{
	"Cdn":  {"Cdn", []string{"2018-05-10", "2014-11-11"}},
	"dcdn": {"dcdn", []string{"2018-01-15"}},
	"vod":  {"vod", []string{"2017-03-21"}},
	"live": {"live", []string{"2016-11-01"}},
	"Alb":  {"Alb", []string{"2020-06-16"}},
	"Nlb":  {"Nlb", []string{"2022-04-30"}},
	"Ga":   {"Ga", []string{"2019-11-20"}},
	"cas":  {"cas", []string{"2020-04-07"}},
	"Slb":  {"Slb", []string{"2014-05-15"}},
	"ESA":  {"ESA", []string{"2024-09-10"}},

	"cas 2018-08-13": {"cas", []string{"2018-08-13"}},

	"Location":   {"Location", []string{"2015-06-12"}},
	"Sts":        {"Sts", []string{"2015-04-01"}},
	"Ecs":        {"Ecs", []string{"2014-05-26"}},
	"BssOpenApi": {"BssOpenApi", []string{"2017-12-14"}},
}

// operation describes how a call becomes an input of the model.
type operation struct {
	name    string
	product *product

	// arrays are the parameters that are flat arrays, such as JobIds.1.
	arrays []string

	// rate is the documented limit. The zero value means that none is documented.
	rate rate

	// input builds the action of a call.
	input func(*call) model.Action

	// facts says which members of the answer come from the state, from requests or from
	// published tables, and madeUp which ones have a value that nothing public tells.
	// CLIENTS.md has both.
	facts, madeUp string
}

// answers returns the operation with what its answers are made of.
func (op operation) answers(facts, madeUp string) operation {
	op.facts, op.madeUp = facts, madeUp
	return op
}

// rate is a number of calls in a period.
type rate struct {
	calls int
	per   time.Duration
}

// operations is the table by name. Products share some names; their versions differ. The
// operations that set the certificate of a domain follow from package errcodes.
var operations = byName(slices.Concat(setters(), onDomains()),
	direct[cdn.DescribeDomainCertificateInfo]("Cdn").answers("the bound certificate with its names, dates, type and region; whether it is in effect", "`CertId` of an upload"),
	direct[cdn.DescribeCdnDomainDetail]("Cdn").answers("`DomainStatus`, the certificate, times, and what the domain was added with", "`Cname`; type, scope, sources and resource group that nothing set"),
	direct[cdn.DescribeUserDomains]("Cdn").answers("name, status, time and `SslProtocol`, page by page", "–"),
	direct[cdn.ListTagResources]("Cdn").answers("the tags that the domains were added with", "–"), // ignores ResourceType, because only domains have tags here
	direct[cdn.AddDomain]("Cdn").answers("the domain is configuring, then online", "which code answers which refusal"),
	direct[cdn.DeleteDomain]("Cdn").answers("the domain is deleting, then gone", "which code answers which refusal"),
	direct[cdn.BatchSetCdnDomainConfig]("Cdn").answers("the functions as sent; the domains are configuring", "`ConfigId`; that a function of the same name is replaced"),
	direct[cdn.DeleteSpecificConfig]("Cdn").answers("the function is gone", "–"),
	direct[cdn.DescribeCdnDomainConfigs]("Cdn").answers("the functions as sent, `Status`", "–"),
	direct[cdn.DescribeCdnCertificateList]("Cdn").answers("name, common name, fingerprint and end of every certificate", "`CertId` of an upload"),
	direct[cdn.DescribeCdnCertificateDetail]("Cdn").answers("name and text; `Key` is xxxx", "`CertId` of an upload"),
	direct[cdn.DescribeCdnHttpsDomainList]("Cdn").answers("domain, certificate, dates and type, page by page", "–"),
	direct[cdn.DescribeCdnService]("Cdn").answers("the lock of an overdue account", "everything else"),

	direct[cdn.DescribeDcdnTagResources]("dcdn").answers("the tags that the domains were added with", "–"),
	direct[cdn.UpdateVodDomain]("vod").answers("the domain has the sources", "which code answers which refusal"),
	like(cdn.ListTagResources{Product: "live"}, "live").answers("the tags that the domains were added with", "–"),

	changesListener(errcodes.AssociateAdditionalCertificatesWithListener, rate{200, time.Minute}).answers("`JobId`, and the refusals of the published tables", "–"),
	changesListener(errcodes.DissociateAdditionalCertificatesFromListener, rate{}).answers("`JobId`, and the refusals of the published table", "–"),
	direct[alb.UpdateListenerAttribute]("Alb").answers("`JobId`, and the refusals of the published table", "–"), // its only certificate is the default one
	direct[alb.CreateListener]("Alb").answers("`JobId`, `ListenerId`; the listener is Provisioning, then Running", "–"),
	direct[alb.DeleteListener]("Alb").answers("`JobId`; the listener is Configuring, then gone", "–"),
	direct[alb.ListListenerCertificates]("Alb").answers("ids, default, status", "–"),
	direct[alb.GetListenerAttribute]("Alb").answers("status, protocol, port, certificates, and what was sent", "the server group that nothing set; `LogConfig`, `QuicConfig`"),
	direct[alb.ListListeners]("Alb").answers("as GetListenerAttribute", "as GetListenerAttribute"),
	direct[alb.GetLoadBalancerAttribute]("Alb").answers("id, edition", "everything else; the name is the id"),
	direct[alb.ListAsynJobs]("Alb").answers("operation, status, error, listener and times", "–"),
	direct[alb.ListLoadBalancers]("Alb").answers("id, edition", "everything else; the name is the id"),
	direct[alb.DescribeRegions]("Alb").answers("names and hosts of regions", "the list is short"),
	direct[alb.ListTagResources]("Alb").answers("–", "no resource has tags"),

	changesListener(errcodes.NLBAssociateAdditionalCertificatesWithListener, rate{}).answers("`JobId`; the refusals of NLB UpdateListenerAttribute's table", "which code answers which refusal"),
	changesListener(errcodes.DisassociateAdditionalCertificatesWithListener, rate{}).answers("`JobId`; the refusals of NLB UpdateListenerAttribute's table", "which code answers which refusal"),
	changesListener(errcodes.NLBUpdateListenerAttribute, rate{}).answers("`JobId`, and the refusals of the published table", "that attributes other than the default certificate are not changed"),
	like(alb.ListListenerCertificates{Product: alb.NLB}, "Nlb").answers("ids, default, status", "–"),
	like(alb.GetListenerAttribute{Product: alb.NLB}, "Nlb").answers("status, protocol, port, certificates", "everything else"),
	like(alb.ListListeners{Product: alb.NLB}, "Nlb").answers("as GetListenerAttribute", "as GetListenerAttribute"),
	like(alb.GetLoadBalancerAttribute{Product: alb.NLB}, "Nlb").answers("id, region", "everything else; the name is the id"),
	direct[alb.GetJobStatus]("Nlb").answers("status", "`Failed`, and the answer for an unknown job"),

	changesListener(errcodes.GAAssociateAdditionalCertificatesWithListener, rate{}).answers("`ListenerId`; the refusals of UpdateListener's table", "which code answers which refusal"),
	changesListener(errcodes.UpdateAdditionalCertificateWithListener, rate{}).answers("`ListenerId`; the refusals of UpdateListener's table", "which code answers which refusal"),
	changesListener(errcodes.GADissociateAdditionalCertificatesFromListener, rate{}).answers("the refusals of UpdateListener's table", "which code answers which refusal"),
	changesListener(errcodes.UpdateListener, rate{}).answers("the refusals of the published table", "that attributes other than the default certificate are not changed"),
	like(alb.ListListenerCertificates{Product: alb.GA}, "Ga").answers("ids, domains, default, state", "–"),
	like(alb.ListListeners{Product: alb.GA}, "Ga").answers("as DescribeListener, page by page", "as DescribeListener"),
	direct[alb.DescribeListener]("Ga").answers("state, protocol, port, default certificate", "everything else"),
	direct[alb.DescribeAccelerator]("Ga").answers("id, state", "everything else; the name is the id"),

	operation{name: "UploadUserCertificate", product: products["cas"], input: uploadUserCertificate}.answers("the refusals of the published table", "`CertId`"),
	direct[cas.DeleteUserCertificate]("cas").answers("the refusals of the published table", "–"),
	direct[cas.ListUserCertificateOrder]("cas").answers("everything that the certificates say, `Status`, `Upload`", "`InstanceId`, `OrderId`, resource group"),
	direct[cas.GetUserCertificateDetail]("cas").answers("everything that the certificate says; `Key` of an upload since the start", "`InstanceId`, `OrderId`, resource group"),
	direct[cas.GetCertificateDetail]("cas").answers("text, names, dates, `CertIdentifier`", "–"),
	direct[cas.CreateCertificateName]("cas 2018-08-13").answers("the certificate has the name", "the codes are those of the upload"),
	direct[cas.ListCertificates]("cas").answers("id, name, names, end, products that use the certificate", "`InstanceId`"),
	direct[cas.ListContact]("cas").answers("–", "one contact"),
	direct[cdn.ListCloudResources]("cas").answers("the domains with certificate and end", "`Id`"),
	direct[cas.CreateDeploymentJob]("cas").answers("`JobId`; the certificates exist", "the job changes no resource"),
	direct[cas.UpdateDeploymentJobStatus]("cas").answers("the status of the job", "–"),
	direct[cas.DescribeDeploymentJob]("cas").answers("certificates, resources and name as sent", "a job succeeds after a second"),

	operation{name: "UploadServerCertificate", product: products["Slb"], input: uploadServerCertificate}.answers("everything that the certificate says; the rows of the product's list", "`ServerCertificateId`, resource group; that names may be shared"),
	direct[clb.DeleteServerCertificate]("Slb").answers("the row of the published table", "–"),
	direct[clb.SetServerCertificateName]("Slb").answers("the certificate has the name", "–"),
	direct[clb.DescribeServerCertificates]("Slb").answers("everything that the certificates of the region say", "resource group"),
	direct[clb.SetLoadBalancerHTTPSListenerAttribute]("Slb").answers("the listener has the certificate", "that it has it at once; attributes but the certificate are ignored"),
	direct[clb.DescribeLoadBalancerHTTPSListenerAttribute]("Slb").answers("status, certificate, domain extensions", "everything else"),
	direct[clb.CreateDomainExtension]("Slb").answers("the domain has the certificate", "`DomainExtensionId`; that there is no quota"),
	direct[clb.SetDomainExtensionAttribute]("Slb").answers("the domain has the certificate", "–"),
	direct[clb.DeleteDomainExtension]("Slb").answers("the domain extension is gone", "–"),
	direct[clb.DescribeDomainExtensions]("Slb").answers("domains and certificates", "–"),
	direct[clb.DescribeDomainExtensionAttribute]("Slb").answers("domain, certificate, listener", "–"),
	direct[clb.DescribeLoadBalancerListeners]("Slb").answers("port, protocol, status, certificate, page by page", "the description"),
	direct[clb.DescribeLoadBalancerAttribute]("Slb").answers("region, ports and protocols", "everything else; the name is the id"),
	direct[clb.ListTagResources]("Slb").answers("–", "no resource has tags"),

	operation{name: errcodes.SetCertificate.String(), product: products["ESA"], input: setSiteCertificate}.answers("`Id`, and the refusals of the table", "the form of `Id`"),
	direct[esa.DeleteCertificate]("ESA").answers("`SiteName`, and the refusals of the table", "–"),
	direct[esa.GetCertificate]("ESA").answers("everything that the certificate says, `Type`, `CasId`, `Region`, times and `Status`", "how long before its end a certificate is Expiring"),
	direct[esa.ListCertificates]("ESA").answers("as GetCertificate without the text, page by page", "as GetCertificate"),
	direct[esa.ListInstanceQuotasWithUsage]("ESA").answers("how many certificates the sites of the plan have, and the quota", "a quota that nothing set; other quotas"),
	direct[esa.ListSites]("ESA").answers("name, plan, status and time, page by page", "access, coverage, name servers and resource group"),

	direct[account.DescribeEndpoints]("Location").answers("the address of this server, or the host name of the product", "–"),
	direct[account.GetCallerIdentity]("Sts").answers("–", "the account id"),
	direct[account.DescribeRegions]("Ecs").answers("names and hosts of regions", "the list is short"),
	direct[account.QueryAvailableInstances]("BssOpenApi").answers("–", "the account has bought nothing"),
)

// rates are the documented ones of the operations that set the certificate of a domain.
var rates = map[errcodes.Operation]rate{
	errcodes.SetDomainServerCertificate: {10, time.Second},
	errcodes.SetCdnDomainSSLCertificate: {30, time.Second},
	errcodes.SetVodDomainSSLCertificate: {30, time.Second},
	errcodes.SetLiveDomainCertificate:   {30, time.Second},
}

// onDomains are the operations that DCDN, VOD and live have for their domains alike.
func onDomains() (all []operation) {
	for _, p := range []struct{ name, unset string }{{"dcdn", "scope, sources and resource group"}, {"vod", "scope and sources"}, {"live", "type, region, scope and resource group"}} {
		all = append(
			all,
			like(cdn.AddDomain{Product: p.name}, p.name).answers("the domain is configuring, then online", "which code answers which refusal"),
			like(cdn.DeleteDomain{Product: p.name}, p.name).answers("the domain is deleting, then gone", "which code answers which refusal"),
			like(cdn.DescribeDomain{Product: p.name}, p.name).answers("status, the certificate, times, and what the domain was added with", "`Cname`; "+p.unset+" that nothing set"),
			like(cdn.DescribeCertificate{Product: p.name}, p.name).answers("the bound certificate with its names, dates and type; whether it is in effect", "`CertId` of an upload"),
			like(cdn.DescribeDomains{Product: p.name}, p.name).answers("name, status, times and what the domains were added with, selected by name and status, page by page", "`Cname`; "+p.unset+" that nothing set"),
		)
	}
	return all
}

func setters() (all []operation) {
	for _, op := range cdn.Operations() {
		set := operation{name: op.String(), product: products[op.Product()], input: setCertificate(op), rate: rates[op]}
		all = append(all, set.answers("the refusals of the published table", "how long a rollout takes"))
	}
	return all
}

func byName(first []operation, more ...operation) map[string][]operation {
	table := map[string][]operation{}
	for _, op := range slices.Concat(first, more) {
		table[op.name] = append(table[op.name], op)
	}
	return table
}

// operationNames returns the names of all operations, sorted.
func operationNames() []string { return slices.Sorted(maps.Keys(operations)) }

// isCalled reports whether a text names the operation: as on the wire, or with the product
// and a colon in front.
func (op *operation) isCalled(text string) bool {
	return text == op.name || text == op.product.name+":"+op.name
}

// isOperation reports whether a text names an operation.
func isOperation(text string) bool {
	_, name, qualified := strings.Cut(text, ":")
	if !qualified {
		name = text
	}
	return slices.ContainsFunc(operations[name], func(op operation) bool { return op.isCalled(text) })
}

// find returns the operation that a request calls. It returns the missing operation if
// only the real cloud has it.
func find(r *gateway.Request) (*operation, *Missing, *gateway.Failure) {
	action, version := r.Action(), r.Version()
	switch {
	case action == "":
		return nil, nil, gateway.Missing("Action")
	case version == "":
		return nil, nil, gateway.Missing("Version")
	}
	for _, op := range operations[action] {
		if slices.Contains(op.product.versions, version) {
			return &op, nil, nil
		}
	}
	missing, failure := unserved(action, version, r.Host)
	return nil, missing, failure
}

// call is a request whose parameters the operation reads.
type call struct {
	requestID string
	host      string // of a client that addresses fakecloud itself, "" for a host of the vendor
	region    string // whose certificate center the host addresses, "" for the default one
	values    url.Values
	validate  validate.Options
	failure   *gateway.Failure // the error for the first malformed parameter
	refusal   *errcodes.Error  // what the gateway refuses, with its reason; nil for nothing
}

// text returns a parameter in the form that the model may store: valid UTF-8 without
// private keys.
func (c *call) text(name string) string { return public(c.values.Get(name)) }

// list returns the elements of a flat array.
func (c *call) list(name string) []string {
	list := gateway.List(c.values, name)
	for i := range list {
		list[i] = public(list[i])
	}
	return list
}

// number returns a numeric parameter for a field of so many bits, or 0 if it is absent.
func (c *call) number(name string, bits int) int64 {
	text := c.values.Get(name)
	n, err := strconv.ParseInt(text, 10, bits)
	if (err != nil || n < 0) && text != "" && c.failure == nil {
		c.failure = gateway.Invalid(name)
	}
	return n
}

// boolean returns a Boolean parameter, or false if it is absent.
func (c *call) boolean(name string) bool {
	switch text := c.values.Get(name); {
	case strings.EqualFold(text, "true"):
		return true
	case text != "" && !strings.EqualFold(text, "false") && c.failure == nil:
		c.failure = gateway.Invalid(name)
	}
	return false
}

// gateway makes the checks of the vendor's gateway if the table of the operation is known.
func (op *operation) gateway(c *call) *gateway.Failure {
	known, has := errcodes.FindOperation(op.product.name, op.name)
	if !has {
		return nil
	}
	refusal, refused := errors.AsType[*errcodes.Error](validate.Gateway(known, c.values, c.validate))
	if !refused {
		return nil
	}
	c.refusal = refusal
	return &gateway.Failure{Status: refusal.Status, Code: string(refusal.Code), Message: refusal.Message}
}

func public(text string) string { return strings.ToValidUTF8(redact.Text(text), "\uFFFD") }

// makeInput builds the input for a call of the operation.
func (op *operation) makeInput(c *call) (account.Input, *gateway.Failure) {
	if failure := op.gateway(c); failure != nil {
		return account.Input{}, failure
	}
	for _, name := range op.arrays {
		if c.values.Get(name) != "" {
			return account.Input{}, gateway.NotFlat(name)
		}
	}
	action := op.input(c)
	return account.Input{Action: action}, c.failure
}
