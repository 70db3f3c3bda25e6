package cdn

import (
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/validate"
)

// The products that have domains of their own, as errcodes.Operation.Product spells
// them.
const (
	productCDN  = "Cdn"
	productDCDN = "dcdn"
	productVOD  = "vod"
)

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
	Type            string `json:"type,omitempty" wire:"CdnType"` // of the CDN: "web", "download", "video", …
	Scope           string `json:"scope,omitempty"`               // "domestic", "overseas" or "global"
	Sources         string `json:"sources,omitempty"`             // JSON as it was sent
	ResourceGroupID string `json:"resourceGroupId,omitempty"`
	FunctionType    string `json:"functionType,omitempty"`      // of DCDN
	Scene           string `json:"scene,omitempty"`             // of DCDN
	Tags            string `json:"tags,omitempty" wire:"Tag.N"` // JSON: a list of objects with Key and Value
}

// The names of the operations that a product has for domains.
func byProduct(product, ofCDN, ofDCDN string) string {
	if product == productDCDN {
		return ofDCDN
	}
	return ofCDN
}

// domainTable is the table of the operations that find a domain of a product, which have
// none of their own.
func domainTable(product string) errcodes.Table {
	if product == productDCDN {
		return errcodes.SetDcdnDomainSSLCertificate.Table()
	}
	return errcodes.DescribeCdnDomainDetail.Table()
}
