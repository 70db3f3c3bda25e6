package cdn

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/validate"
)

// AddDomain is AddCdnDomain, or AddDcdnDomain, AddVodDomain, AddLiveDomain if that is the
// product. The domain is configuring until [ConfigurationFinished].
type AddDomain struct {
	Product    string `json:"-" wire:"-"` // JSON has it in the name of the action
	RequestID  string `json:"requestId"`
	DomainName string `json:"domainName,omitempty"` // in any form
	Attributes
}

// UpdateVodDomain changes the origin servers of a VOD domain. Terraform calls it right
// after AddVodDomain and does not try again, so it does not matter that the domain is
// configuring.
type UpdateVodDomain struct {
	RequestID  string `json:"requestId"`
	DomainName string `json:"domainName,omitempty"` // in any form
	Sources    string `json:"sources,omitempty"`    // as in [Attributes]; empty changes nothing
}

// DeleteDomain is DeleteCdnDomain, or DeleteDcdnDomain, DeleteVodDomain, DeleteLiveDomain
// if that is the product. The domain is deleting until [ConfigurationFinished]. Its
// certificate stays in the account.
type DeleteDomain struct {
	Product    string `json:"-" wire:"-"` // JSON has it in the name of the action
	RequestID  string `json:"requestId"`
	DomainName string `json:"domainName,omitempty"` // in any form
}

// OperationName returns the operation's name on the wire.
func (in AddDomain) OperationName() string { return named("Add*Domain", in.Product) }

// OperationName returns the operation's name on the wire.
func (in DeleteDomain) OperationName() string { return named("Delete*Domain", in.Product) }

// Kind implements [model.Action].
func (AddDomain) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (UpdateVodDomain) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (DeleteDomain) Kind() model.Kind { return model.Request }

// About returns the domain.
func (in AddDomain) About() model.Resource { return domainOf(in.Product, in.DomainName) }

// About returns the domain.
func (in UpdateVodDomain) About() model.Resource { return domainOf(productVOD, in.DomainName) }

// About returns the domain.
func (in DeleteDomain) About() model.Resource { return domainOf(in.Product, in.DomainName) }

// The refusals of AddDomain. Of the products, the table of VOD alone is known: its rows
// answer for all of them, and which one does is assumed.
var (
	domainMalformed = errcodes.Error{Code: "InvalidDomainName.Malformed", Status: 400, Message: "Specified DomainName is malformed.", Evidence: errcodes.Assumed, Parameter: "DomainName"}
	domainExists    = errcodes.Error{Code: "DomainAlreadyExist", Status: 400, Message: "This domain name is exist already", Evidence: errcodes.Assumed, Parameter: "DomainName"}
	sourcesInvalid  = errcodes.Error{Code: "InvalidSources.Malformed", Status: 400, Message: "Specified Sources is malformed.", Evidence: errcodes.Assumed, Parameter: "Sources"}
	accountOverdue  = errcodes.SetDomainServerCertificate.Table().Error(errcodes.CondAccountSuspended)
)

func (in AddDomain) step(at int64, s State) (State, model.Output) {
	if in.DomainName == "" {
		return s, reply.Missing(in.RequestID, "DomainName")
	}
	needs := productOf(in.Product).needs
	for _, name := range needs {
		if in.parameter(name) == "" {
			return s, reply.Missing(in.RequestID, name)
		}
	}
	name, err := validate.DomainName(in.DomainName)
	if err != nil {
		return s, reply.Refuse(in.RequestID, domainMalformed, "the request")
	}
	id := DomainID(in.Product, name)
	switch {
	case slices.Contains(needs, "Sources") && len(listOf[source](in.Sources)) == 0:
		return s, reply.Refuse(in.RequestID, sourcesInvalid, "the request")
	case s.Suspended:
		return s, reply.Refuse(in.RequestID, accountOverdue, "the account")
	case s.Domains.Has(id):
		return s, reply.Refuse(in.RequestID, domainExists, "domain "+id)
	}
	s.Domains = s.Domains.Set(id, Domain{Configuring: true, Attributes: in.public(), Created: at, Changed: at})
	return s, model.Output{RequestID: in.RequestID}
}

// public returns the attributes in valid UTF-8 and without a private key that was given
// by mistake.
func (a Attributes) public() Attributes {
	for _, s := range []*string{&a.Type, &a.LiveType, &a.LiveRegion, &a.Scope, &a.Sources, &a.ResourceGroupID, &a.FunctionType, &a.Scene, &a.Tags} {
		*s = strings.ToValidUTF8(redact.Text(*s), "\uFFFD")
	}
	return a
}

// parameter returns an attribute that products require by the name of its parameter.
func (a *Attributes) parameter(name string) string {
	switch name {
	case "CdnType":
		return a.Type
	case "LiveDomainType":
		return a.LiveType
	case "Region":
		return a.LiveRegion
	default:
		return a.Sources
	}
}

// text returns the attributes as one text.
func (a *Attributes) text() string {
	return strings.Join([]string{
		a.Type, a.LiveType, a.LiveRegion, a.Scope, strconv.Quote(a.Sources), a.ResourceGroupID, a.FunctionType, a.Scene, strconv.Quote(a.Tags),
	}, " ")
}

func (in UpdateVodDomain) step(at int64, s State) (State, model.Output) {
	if in.DomainName == "" {
		return s, reply.Missing(in.RequestID, "DomainName")
	}
	name, d, refusal := s.changeable(in.RequestID, productVOD, in.DomainName)
	switch {
	case refusal != nil && (refusal.Error.Condition != errcodes.CondDomainConfiguring || d.Deleting):
		return s, *refusal
	case in.Sources == "":
		return s, model.Output{RequestID: in.RequestID}
	case len(listOf[source](in.Sources)) == 0:
		return s, reply.Refuse(in.RequestID, sourcesInvalid, "the request")
	}
	was := d
	d.Configuring, d.Attributes.Sources = true, in.Sources
	d.Attributes = d.Attributes.public()
	return s.setDomain(at, DomainID(productVOD, name), was, d), model.Output{RequestID: in.RequestID}
}

func (in DeleteDomain) step(at int64, s State) (State, model.Output) {
	if in.DomainName == "" {
		return s, reply.Missing(in.RequestID, "DomainName")
	}
	name, d, refusal := s.changeable(in.RequestID, in.Product, in.DomainName)
	if refusal != nil {
		return s, *refusal
	}
	was := d
	d.Configuring, d.Deleting = true, true
	return s.setDomain(at, DomainID(in.Product, name), was, d), model.Output{RequestID: in.RequestID}
}

// Source is an origin server of a domain.
type source struct {
	Content  string  `json:"content"`
	Type     string  `json:"type"`
	Port     numeral `json:"port"`
	Priority numeral `json:"priority"`
	Weight   numeral `json:"weight"`
}

// numeral is a number that clients send with or without quotation marks. Terraform sends
// an empty text for none.
type numeral string

// UnmarshalJSON refuses what is neither a number nor an empty text.
func (n *numeral) UnmarshalJSON(data []byte) error {
	text := strings.Trim(string(data), `"`)
	if text == "" || text == "null" {
		return nil
	}
	*n = numeral(text)
	_, err := strconv.ParseFloat(text, 64)
	return err
}

// tag is a tag of a domain.
type tag struct{ Key, Value string }

// listOf decodes a list in JSON, of origin servers or tags. Clients spell the names of the
// members in any case, and numbers with or without quotation marks. It returns nil for a
// text that is not such a list.
func listOf[T source | tag](text string) []T {
	var list []T
	if json.Unmarshal([]byte(text), &list) != nil {
		return nil
	}
	return list
}

// number returns a number in decimal form, or the default if there is none.
func number(n numeral, standard int) int {
	if v, err := strconv.Atoi(string(n)); err == nil {
		return v
	}
	return standard
}
