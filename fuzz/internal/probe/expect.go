package probe

import (
	"net/url"
	"slices"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// Expectation is what this library says about a request, in an account that has neither
// its target nor its certificate.
type Expectation struct {
	Row       errcodes.Row
	Message   string // with ids replaced by %s, as in an observation
	Condition errcodes.Condition
	Table     errcodes.Table // zero: the request reaches no table
	Parameter string
	Evidence  errcodes.Evidence
	Source    string

	// Behind are the conditions that hold, too, and are judged later, with their rows.
	Behind []Held
}

// Held is a condition that holds, and its row.
type Held struct {
	Condition errcodes.Condition
	Row       errcodes.Row
}

// holds reports whether a condition holds behind the expected one.
func (e *Expectation) holds(cond errcodes.Condition) bool {
	return slices.ContainsFunc(e.Behind, func(h Held) bool { return h.Condition == cond })
}

// Expect returns what this library says about a case.
func (c *Case) Expect(m *Material, at time.Time, site errcodes.Site) (Expectation, error) {
	if c.Operation == 0 {
		return Expectation{Row: c.Known, Message: m.redaction().hide(c.Known.Message), Evidence: c.Rests}, nil
	}
	_, request, err := c.request(m)
	if err != nil {
		return Expectation{}, err
	}
	opts := validate.Options{Now: at, Site: site}
	_, output := account.Machine{}.Step(account.State{CAS: cas.State{Site: site}}, input(request, opts))
	table := errcodes.Table{Operation: c.Operation, Site: site}.Resolve()
	e := Expectation{Table: table, Condition: output.Error.Condition, Parameter: output.Error.Parameter, Evidence: output.Error.Evidence, Source: output.Error.Source}
	e.Row = rowOf(table, e.Condition, e.Parameter)
	e.Message = m.redaction().hide(output.Error.Message)
	for _, cond := range c.holding(request, opts) {
		if cond != e.Condition && table.Has(cond) {
			row, _ := table.Row(cond)
			e.Behind = append(e.Behind, Held{cond, row})
		}
	}
	return e, nil
}

// rowOf returns the row of a condition about a parameter.
func rowOf(table errcodes.Table, cond errcodes.Condition, parameter string) errcodes.Row {
	for m := range table.Mappings() {
		if m.Condition == cond && m.Parameter == parameter {
			return m.Row
		}
	}
	row, _ := table.Row(cond)
	return row
}

// holding returns the conditions that hold for a request: what a report finds, and what
// the case is made to have and no check sees behind another fault.
func (c *Case) holding(request validate.Request, opts validate.Options) (conds []errcodes.Condition) {
	for _, v := range validate.Check(request, opts).Violations {
		conds = append(conds, v.Condition)
	}
	if c.foreignKey() {
		conds = append(conds, errcodes.CondKeyMismatch)
	}
	conds = append(conds, errcodes.CondDomainNotFound, errcodes.CondListenerNotFound)
	if c.field(errcodes.FieldCertType) == "cas" || c.field(errcodes.FieldListenerID) != "" {
		conds = append(conds, errcodes.CondCertificateNotFound)
	}
	slices.Sort(conds)
	return slices.Compact(conds)
}

// input makes a request an input of the model.
func input(r validate.Request, opts validate.Options) account.Input {
	const requestID = "probe"
	var action model.Action
	switch r := r.(type) {
	case *validate.CDNRequest:
		action = cdn.Set(requestID, r, opts).Action
	case *validate.ALBRequest:
		action = alb.Change(requestID, r).Action
	case *validate.CASRequest:
		action = cas.Upload(requestID, r, opts).Action
	}
	return account.Input{Action: action}
}

// input returns the case as an input of the model; ok is false if it reaches no operation
// that the model has.
func (c *Case) input(m *Material, at time.Time) (in account.Input, form url.Values, ok bool, err error) {
	if c.Operation == 0 {
		return in, nil, false, nil
	}
	form, request, err := c.request(m)
	if err != nil {
		return in, nil, false, err
	}
	return input(request, validate.Options{Now: at}), form, true, nil
}

// request returns the parameters of a case, and the request that they are.
func (c *Case) request(m *Material) (form url.Values, r validate.Request, err error) {
	if form, err = c.Form(m); err != nil {
		return nil, nil, err
	}
	r, err = validate.Parse(c.Operation, form)
	return form, r, err
}
