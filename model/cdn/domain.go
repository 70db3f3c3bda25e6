package cdn

import (
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/table"
	"github.com/alicert/alicert/validate"
)

// The products that have domains of their own, as errcodes.Operation.Product spells
// them.
const (
	productCDN  = "Cdn"
	productDCDN = "dcdn"
	productVOD  = "vod"
	productLive = "live"
)

// product is what differs between the operations on domains of the products.
type product struct {
	name  string
	infix string             // in the names of operations, such as AddVodDomain
	finds errcodes.Operation // whose table is that of operations that find a domain and have none of their own
	needs []string           // parameters that AddDomain requires besides the domain's name

	unbound, bound table.Group // of domains without and with a certificate
}

// products has the CDN first.
var products = []product{
	{productCDN, "Cdn", errcodes.DescribeCdnDomainDetail, []string{"CdnType", "Sources"}, unboundCDN, boundCDN},
	{productDCDN, "Dcdn", errcodes.SetDcdnDomainSSLCertificate, []string{"Sources"}, ofDCDN, ofDCDN},
	{productVOD, "Vod", errcodes.SetVodDomainSSLCertificate, []string{"Sources"}, ofVOD, ofVOD},
	{productLive, "Live", errcodes.SetLiveDomainCertificate, []string{"LiveDomainType", "Region"}, ofLive, ofLive},
}

// productOf returns a product by its name, and the CDN for none and for an unknown one.
func productOf(name string) *product {
	return &products[max(0, slices.IndexFunc(products, func(p product) bool { return p.name == name }))]
}

// DomainID returns the id of a product's domain in a state: the name of a domain of the
// CDN, and for other products the product, a space and the name, such as
// "dcdn www.example.com". A domain of one product says nothing about a domain of the same
// name of another.
func DomainID(product, name string) string {
	if product == "" || product == productCDN {
		return name
	}
	return product + " " + name
}

// SplitID returns the product and the name of a domain's id.
func SplitID(id string) (product, name string) {
	if product, name, other := strings.Cut(id, " "); other {
		return product, name
	}
	return productCDN, id
}

// isID reports whether a text is the id of a domain.
func isID(id string) bool {
	product, name := SplitID(id)
	if ascii, err := validate.DomainName(name); err != nil || ascii != name {
		return false
	}
	for _, op := range operations {
		if op.Product() == product {
			return DomainID(product, name) == id
		}
	}
	return false
}

// domainOf returns the resource of a request on a product's domain, whose name may have
// any form.
func domainOf(product, name string) model.Resource {
	ascii, err := validate.DomainName(name)
	if err != nil {
		return domain("")
	}
	return domain(DomainID(product, ascii))
}

// domainID returns the id of the request's domain.
func (in *SetCertificate) domainID() string {
	return DomainID(in.operation().Product(), in.DomainName)
}

// Attributes are what a domain was added with. The model keeps them as they were sent;
// clients such as Terraform compare them.
type Attributes struct {
	Type            string `json:"type,omitempty" wire:"CdnType"`            // of the CDN: "web", "download", "video", …
	LiveType        string `json:"liveType,omitempty" wire:"LiveDomainType"` // of live: "liveVideo" or "liveEdge"
	LiveRegion      string `json:"liveRegion,omitempty" wire:"Region"`       // of live: "cn-shanghai", …
	Scope           string `json:"scope,omitempty"`                          // "domestic", "overseas" or "global"
	Sources         string `json:"sources,omitempty"`                        // JSON as it was sent
	ResourceGroupID string `json:"resourceGroupId,omitempty"`
	FunctionType    string `json:"functionType,omitempty"`      // of DCDN
	Scene           string `json:"scene,omitempty"`             // of DCDN
	Tags            string `json:"tags,omitempty" wire:"Tag.N"` // JSON: a list of objects with Key and Value
}

// named returns the name of one of a product's operations: that with its infix in the
// place of the asterisk.
func named(pattern, product string) string {
	return strings.Replace(pattern, "*", productOf(product).infix, 1)
}

// domainTable is the table of the operations that find a domain of a product, which have
// none of their own.
func domainTable(product string) errcodes.Table { return productOf(product).finds.Table() }
