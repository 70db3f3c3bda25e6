package fakecloud

import (
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
}

// operation describes how a call becomes an input of the model.
type operation struct {
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

// operations is the table by name. The operations that set the certificate of a domain
// follow from package errcodes.
var operations = withSetters(map[string]operation{
	"DescribeDomainCertificateInfo": {product: products["Cdn"], input: describeDomainCertificateInfo},
	"DescribeCdnDomainDetail":       {product: products["Cdn"], input: describeCdnDomainDetail},
	"DescribeUserDomains":           {product: products["Cdn"], input: describeUserDomains},
	"ListTagResources":              {product: products["Cdn"], input: listTagResources, arrays: []string{"ResourceId"}},

	"AssociateAdditionalCertificatesWithListener":  {product: products["Alb"], input: changeCertificates(errcodes.AssociateAdditionalCertificatesWithListener), arrays: []string{"Certificates"}, rate: rate{200, time.Minute}},
	"DissociateAdditionalCertificatesFromListener": {product: products["Alb"], input: changeCertificates(errcodes.DissociateAdditionalCertificatesFromListener), arrays: []string{"Certificates"}},
	"UpdateListenerAttribute":                      {product: products["Alb"], input: updateListenerAttribute, arrays: []string{"Certificates"}},
	"ListListenerCertificates":                     {product: products["Alb"], input: listListenerCertificates},
	"GetListenerAttribute":                         {product: products["Alb"], input: getListenerAttribute},
	"ListListeners":                                {product: products["Alb"], input: listListeners, arrays: []string{"LoadBalancerIds"}},
	"GetLoadBalancerAttribute":                     {product: products["Alb"], input: getLoadBalancerAttribute},
	"ListAsynJobs":                                 {product: products["Alb"], input: listAsynJobs, arrays: []string{"JobIds", "ResourceIds"}},

	"UploadUserCertificate":    {product: products["cas"], input: uploadUserCertificate},
	"ListUserCertificateOrder": {product: products["cas"], input: listUserCertificateOrder},
	"GetUserCertificateDetail": {product: products["cas"], input: getUserCertificateDetail},
	"GetCertificateDetail":     {product: products["cas"], input: getCertificateDetail},
})

// rates are the documented ones of the operations that set the certificate of a domain.
var rates = map[errcodes.Operation]rate{
	errcodes.SetDomainServerCertificate: {10, time.Second},
	errcodes.SetCdnDomainSSLCertificate: {30, time.Second},
}

func withSetters(table map[string]operation) map[string]operation {
	for _, op := range cdn.Operations() {
		table[op.String()] = operation{product: products[op.Product()], input: setCertificate(op), rate: rates[op]}
	}
	return table
}

// operationNames returns the names of all operations, sorted.
func operationNames() []string { return slices.Sorted(maps.Keys(operations)) }

// find returns the operation that a request calls. It returns the missing operation if
// only the real cloud has it.
func find(r *gateway.Request) (*operation, *Missing, *gateway.Failure) {
	action, version := r.Action(), r.Version()
	op, known := operations[action]
	switch {
	case action == "":
		return nil, nil, gateway.Missing("Action")
	case version == "":
		return nil, nil, gateway.Missing("Version")
	case known && slices.Contains(op.product.versions, version):
		return &op, nil, nil
	default:
		missing, failure := unserved(action, version, r.Host)
		return nil, missing, failure
	}
}

// call is a request whose parameters the operation reads.
type call struct {
	requestID string
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

func public(text string) string { return strings.ToValidUTF8(redact.Text(text), "\uFFFD") }

// makeInput builds the input for a call of the operation.
func (op *operation) makeInput(c *call) (account.Input, *gateway.Failure) {
	for _, name := range op.arrays {
		if c.values.Get(name) != "" {
			return account.Input{}, gateway.NotFlat(name)
		}
	}
	action := op.input(c)
	return account.Input{Action: action}, c.failure
}
