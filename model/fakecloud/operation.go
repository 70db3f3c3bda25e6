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

// product is a service with its operations.
type product struct {
	name     string // as Recommend has it
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

// operation says how a call becomes an input of the model.
type operation struct {
	product *product

	// arrays are the parameters that are flat arrays.
	arrays []string

	// rate is the documented one, if there is any.
	rate rate

	// input makes an action of a call.
	input func(*call) model.Action
}

// rate is a number of calls in a time.
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

// find returns the operation that a request calls. Of one that the cloud has and the
// fake does not it says which.
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

// call is a request on its way to becoming an input.
type call struct {
	requestID string
	values    url.Values
	validate  validate.Options
	failure   *gateway.Failure // of the first parameter that cannot be read
}

// text returns a parameter as the model may keep it: valid UTF-8, and no private
// key that was given in the wrong place.
func (c *call) text(name string) string { return public(c.values.Get(name)) }

// list returns a flat array of texts.
func (c *call) list(name string) []string {
	list := gateway.List(c.values, name)
	for i := range list {
		list[i] = public(list[i])
	}
	return list
}

// number returns a parameter that is a number, 0 for an absent one.
func (c *call) number(name string) int {
	text := c.values.Get(name)
	n, err := strconv.Atoi(text)
	if (err != nil || n < 0) && text != "" && c.failure == nil {
		c.failure = gateway.Invalid(name)
	}
	return n
}

func public(text string) string { return strings.ToValidUTF8(redact.Text(text), "\uFFFD") }

// makeInput makes the input of a call of the operation.
func (op *operation) makeInput(c *call) (account.Input, *gateway.Failure) {
	for _, name := range op.arrays {
		if c.values.Get(name) != "" {
			return account.Input{}, gateway.NotFlat(name)
		}
	}
	action := op.input(c)
	return account.Input{Action: action}, c.failure
}
