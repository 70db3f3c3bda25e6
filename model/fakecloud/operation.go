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
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
	"github.com/alicert/alicert/validate"
)

// product is a service of the cloud.
type product struct {
	name     string // the spelling in Recommend links
	versions []string
}

var (
	cdnProduct  = &product{"Cdn", []string{"2018-05-10", "2014-11-11"}}
	dcdnProduct = &product{"dcdn", []string{"2018-01-15"}}
	albProduct  = &product{"Alb", []string{"2020-06-16"}}
	casProduct  = &product{"cas", []string{"2020-04-07"}}
)

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

// operations is the table of all operations. A new operation needs only a new entry.
var operations = map[string]operation{
	"SetDomainServerCertificate":    {product: cdnProduct, input: setCertificate(errcodes.SetDomainServerCertificate), rate: rate{10, time.Second}},
	"SetCdnDomainSSLCertificate":    {product: cdnProduct, input: setCertificate(errcodes.SetCdnDomainSSLCertificate), rate: rate{30, time.Second}},
	"DescribeDomainCertificateInfo": {product: cdnProduct, input: describeDomainCertificateInfo},
	"DescribeCdnDomainDetail":       {product: cdnProduct, input: describeCdnDomainDetail},
	"DescribeUserDomains":           {product: cdnProduct, input: describeUserDomains},
	"ListTagResources":              {product: cdnProduct, input: listTagResources, arrays: []string{"ResourceId"}},

	"SetDcdnDomainSSLCertificate": {product: dcdnProduct, input: setCertificate(errcodes.SetDcdnDomainSSLCertificate)},

	"AssociateAdditionalCertificatesWithListener":  {product: albProduct, input: changeCertificates(errcodes.AssociateAdditionalCertificatesWithListener), arrays: []string{"Certificates"}, rate: rate{200, time.Minute}},
	"DissociateAdditionalCertificatesFromListener": {product: albProduct, input: changeCertificates(errcodes.DissociateAdditionalCertificatesFromListener), arrays: []string{"Certificates"}},
	"UpdateListenerAttribute":                      {product: albProduct, input: updateListenerAttribute, arrays: []string{"Certificates"}},
	"ListListenerCertificates":                     {product: albProduct, input: listListenerCertificates},
	"GetListenerAttribute":                         {product: albProduct, input: getListenerAttribute},
	"ListListeners":                                {product: albProduct, input: listListeners, arrays: []string{"LoadBalancerIds"}},
	"GetLoadBalancerAttribute":                     {product: albProduct, input: getLoadBalancerAttribute},
	"ListAsynJobs":                                 {product: albProduct, input: listAsynJobs, arrays: []string{"JobIds", "ResourceIds"}},

	"UploadUserCertificate":    {product: casProduct, input: uploadUserCertificate},
	"ListUserCertificateOrder": {product: casProduct, input: listUserCertificateOrder},
	"GetUserCertificateDetail": {product: casProduct, input: getUserCertificateDetail},
	"GetCertificateDetail":     {product: casProduct, input: getCertificateDetail},
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
