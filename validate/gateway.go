package validate

import (
	"net/url"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/message"
)

// Gateway checks a request in its wire form as the vendor's gateway does, before the
// service sees it: the decoded query and form parameters together. It returns the first
// error, an [*errcodes.Error], or nil. It knows every operation of errcodes, reads
// included; [Verdict] makes the same checks of the requests that it knows.
func Gateway(op errcodes.Operation, form url.Values, o Options) error {
	c := checker{table: o.table(op), opts: o, verdictOnly: true}
	c.checkGateway(func(f errcodes.Field) given {
		name := op.Parameter(f)
		array := f == errcodes.FieldCertificates || f == errcodes.FieldDefaultActions
		return given{value: form.Get(name), typed: array && len(indices(form, name+".")) > 0}
	})
	return c.verdict()
}

// given is the value of a parameter.
type given struct {
	value string // as text, to be read as the type
	typed bool   // there is also a value of the right type, such as the elements of a flat array
}

// checkGateway checks the parameters as the gateway does, in the order of the operation's
// metadata.
func (c *checker) checkGateway(get func(errcodes.Field) given) {
	for i := 0; !c.done(); i++ {
		check, ok := c.table.GatewayCheck(i)
		if !ok {
			return
		}
		f := check.Parameter.Field
		switch v := get(f); {
		case v.value == "" && !v.typed && check.Missing != 0:
			c.record(finding{cond: check.Missing, field: f})
		case v.value != "" && check.Unreadable != 0 && !check.Parameter.Type.Reads(v.value):
			c.record(finding{cond: check.Unreadable, field: f, reason: unreadableReason(check.Parameter, v.value)})
		}
	}
}

func unreadableReason(p errcodes.Parameter, value string) message.Reason {
	if p.Type == errcodes.TypeFlatArray {
		return message.CertificatesNotFlat.With()
	}
	if p.Field == errcodes.FieldCertID {
		return certIDMistake(value)
	}
	return quote(value)
}
