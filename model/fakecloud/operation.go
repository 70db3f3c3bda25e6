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
	"Alb":  {"Alb", []string{"2020-06-16"}},
	"cas":  {"cas", []string{"2020-04-07"}},

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
}

// rate is a number of calls in a period.
type rate struct {
	calls int
	per   time.Duration
}

// operations is the table by name. Products share some names; their versions differ. The
// operations that set the certificate of a domain follow from package errcodes.
var operations = byName(setters(),
	direct[cdn.DescribeDomainCertificateInfo]("Cdn"),
	direct[cdn.DescribeCdnDomainDetail]("Cdn"),
	direct[cdn.DescribeUserDomains]("Cdn"),
	direct[cdn.ListTagResources]("Cdn"), // ignores ResourceType, because only domains have tags here
	direct[cdn.AddDomain]("Cdn"),
	direct[cdn.DeleteDomain]("Cdn"),
	direct[cdn.BatchSetCdnDomainConfig]("Cdn"),
	direct[cdn.DeleteSpecificConfig]("Cdn"),
	direct[cdn.DescribeCdnDomainConfigs]("Cdn"),
	direct[cdn.DescribeCdnCertificateList]("Cdn"),
	direct[cdn.DescribeCdnCertificateDetail]("Cdn"),
	direct[cdn.DescribeCdnHttpsDomainList]("Cdn"),
	direct[cdn.DescribeCdnService]("Cdn"),

	like(cdn.AddDomain{Product: "dcdn"}, "dcdn"),
	like(cdn.DeleteDomain{Product: "dcdn"}, "dcdn"),
	direct[cdn.DescribeDcdnDomainDetail]("dcdn"),
	direct[cdn.DescribeDcdnDomainCertificateInfo]("dcdn"),
	direct[cdn.DescribeDcdnUserDomains]("dcdn"),
	direct[cdn.DescribeDcdnTagResources]("dcdn"),

	changesListener(errcodes.AssociateAdditionalCertificatesWithListener, rate{200, time.Minute}),
	changesListener(errcodes.DissociateAdditionalCertificatesFromListener, rate{}),
	direct[alb.UpdateListenerAttribute]("Alb"), // its only certificate is the default one
	direct[alb.CreateListener]("Alb"),
	direct[alb.DeleteListener]("Alb"),
	direct[alb.ListListenerCertificates]("Alb"),
	direct[alb.GetListenerAttribute]("Alb"),
	direct[alb.ListListeners]("Alb"),
	direct[alb.GetLoadBalancerAttribute]("Alb"),
	direct[alb.ListAsynJobs]("Alb"),
	direct[alb.ListLoadBalancers]("Alb"),
	direct[alb.DescribeRegions]("Alb"),
	direct[alb.ListTagResources]("Alb"),

	operation{name: "UploadUserCertificate", product: products["cas"], input: uploadUserCertificate},
	direct[cas.DeleteUserCertificate]("cas"),
	direct[cas.ListUserCertificateOrder]("cas"),
	direct[cas.GetUserCertificateDetail]("cas"),
	direct[cas.GetCertificateDetail]("cas"),
	direct[cas.CreateCertificateName]("cas 2018-08-13"),
	direct[cas.ListCertificates]("cas"),
	direct[cas.ListContact]("cas"),
	direct[cdn.ListCloudResources]("cas"),
	direct[cas.CreateDeploymentJob]("cas"),
	direct[cas.UpdateDeploymentJobStatus]("cas"),
	direct[cas.DescribeDeploymentJob]("cas"),

	direct[account.DescribeEndpoints]("Location"),
	direct[account.GetCallerIdentity]("Sts"),
	direct[account.DescribeRegions]("Ecs"),
	direct[account.QueryAvailableInstances]("BssOpenApi"),
)

// rates are the documented ones of the operations that set the certificate of a domain.
var rates = map[errcodes.Operation]rate{
	errcodes.SetDomainServerCertificate: {10, time.Second},
	errcodes.SetCdnDomainSSLCertificate: {30, time.Second},
}

func setters() (all []operation) {
	for _, op := range cdn.Operations() {
		all = append(all, operation{name: op.String(), product: products[op.Product()], input: setCertificate(op), rate: rates[op]})
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

// number returns a numeric parameter, or 0 if it is absent.
func (c *call) number(name string) int {
	text := c.values.Get(name)
	n, err := strconv.Atoi(text)
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
	var known errcodes.Operation
	if known.UnmarshalText([]byte(op.name)) != nil || known.Product() != op.product.name {
		return nil
	}
	refusal, refused := errors.AsType[*errcodes.Error](validate.Gateway(known, c.values, c.validate))
	if !refused {
		return nil
	}
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
