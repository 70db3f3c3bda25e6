package cdn

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/validate"
)

// AddDomain is AddCdnDomain, or AddDcdnDomain if the product is "dcdn". The domain is
// configuring until [ConfigurationFinished].
type AddDomain struct {
	Product    string `json:"-" wire:"-"` // JSON has it in the name of the action
	RequestID  string `json:"requestId"`
	DomainName string `json:"domainName,omitempty"` // in any form
	Attributes
}

// DeleteDomain is DeleteCdnDomain, or DeleteDcdnDomain if the product is "dcdn". The
// domain is deleting until [ConfigurationFinished]. Its certificate stays in the account.
type DeleteDomain struct {
	Product    string `json:"-" wire:"-"` // JSON has it in the name of the action
	RequestID  string `json:"requestId"`
	DomainName string `json:"domainName,omitempty"` // in any form
}

// OperationName returns the operation's name on the wire.
func (in AddDomain) OperationName() string {
	return byProduct(in.Product, "AddCdnDomain", "AddDcdnDomain")
}

// OperationName returns the operation's name on the wire.
func (in DeleteDomain) OperationName() string {
	return byProduct(in.Product, "DeleteCdnDomain", "DeleteDcdnDomain")
}

// Kind implements [model.Action].
func (AddDomain) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (DeleteDomain) Kind() model.Kind { return model.Request }

// About returns the domain.
func (in AddDomain) About() model.Resource { return domainOf(in.Product, in.DomainName) }

// About returns the domain.
func (in DeleteDomain) About() model.Resource { return domainOf(in.Product, in.DomainName) }

// The refusals of AddDomain. Its table is not known: the codes are those of other
// operations of the product, and which one answers is assumed.
var (
	domainMalformed = errcodes.Error{Code: "InvalidDomainName.Malformed", Status: 400, Message: "Specified DomainName is malformed.", Evidence: errcodes.Assumed, Parameter: "DomainName"}
	domainExists    = errcodes.Error{Code: "DomainAlreadyExist", Status: 400, Message: "The domain name already exists.", Evidence: errcodes.Assumed, Parameter: "DomainName"}
	sourcesInvalid  = errcodes.Error{Code: "InvalidSources", Status: 400, Message: "Specified parameter Sources is not valid.", Evidence: errcodes.Assumed, Parameter: "Sources"}
	accountOverdue  = errcodes.SetDomainServerCertificate.Table().Error(errcodes.CondAccountSuspended)
)

func (in AddDomain) step(at int64, s State) (State, model.Output) {
	switch {
	case in.DomainName == "":
		return s, reply.Missing(in.RequestID, "DomainName")
	case in.Type == "" && in.Product != productDCDN:
		return s, reply.Missing(in.RequestID, "CdnType")
	case in.Sources == "":
		return s, reply.Missing(in.RequestID, "Sources")
	}
	name, err := validate.DomainName(in.DomainName)
	if err != nil {
		return s, reply.Refuse(in.RequestID, domainMalformed, "the request")
	}
	id := DomainID(in.Product, name)
	switch {
	case len(listOf[source](in.Sources)) == 0:
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
	for _, s := range []*string{&a.Type, &a.Scope, &a.Sources, &a.ResourceGroupID, &a.FunctionType, &a.Scene, &a.Tags} {
		*s = strings.ToValidUTF8(redact.Text(*s), "\uFFFD")
	}
	return a
}

// text returns the attributes as one text.
func (a *Attributes) text() string {
	return strings.Join([]string{a.Type, a.Scope, strconv.Quote(a.Sources), a.ResourceGroupID, a.FunctionType, a.Scene, strconv.Quote(a.Tags)}, " ")
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
	Content  string      `json:"content"`
	Type     string      `json:"type"`
	Port     json.Number `json:"port"`
	Priority json.Number `json:"priority"`
	Weight   json.Number `json:"weight"`
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
func number(n json.Number, standard int) int {
	if v, err := strconv.Atoi(n.String()); err == nil {
		return v
	}
	return standard
}
