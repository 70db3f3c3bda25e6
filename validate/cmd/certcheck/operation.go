package main

import (
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/diagnosis"
)

// parameterFlags are the flags of parameters that not every operation has.
var parameterFlags = []struct {
	name  string
	field errcodes.Field
}{
	{"domain", errcodes.FieldDomainName},
	{"type", errcodes.FieldCertType},
	{"status", errcodes.FieldStatus},
	{"force", errcodes.FieldOverwrite},
	{"id", errcodes.FieldCertID},
	{"region", errcodes.FieldCertRegion},
}

// operations are the choices of -op, the default first: every operation that takes
// a certificate and its key.
func operations() []errcodes.Operation { return slices.Collect(diagnosis.Operations()) }

// operationNames are the choices of -op as the usage text and failures write them.
func operationNames() []string {
	var names []string
	for _, op := range operations() {
		names = append(names, hyphened(op.String()))
	}
	return names
}

// request returns a request of the operation with the parameters as they were
// given.
func (o *options) request(certificate string, key validate.Secret) validate.Request {
	values := o.values()
	values.Certificate, values.PrivateKey = certificate, key
	return diagnosis.RequestOf(values)
}

// values are those of the parameters besides certificate and key.
func (o *options) values() *validate.CDNRequest {
	return &validate.CDNRequest{
		Op:         o.operation,
		DomainName: o.domain,
		Status:     o.status,
		CertType:   o.certType,
		CertName:   o.name,
		CertID:     o.id,
		CertRegion: o.region,
		Overwrite:  o.force,
	}
}

// checkOperation finds the operation that is meant: its name may be written with
// hyphens, in any case, and cut short as long as it is clear.
func (o *options) checkOperation() error {
	plain := func(name string) string { return strings.ToLower(strings.ReplaceAll(name, "-", "")) }
	all := operations()
	var meant []errcodes.Operation
	for _, op := range all {
		switch name := plain(op.String()); {
		case name == plain(o.op):
			meant = []errcodes.Operation{op}
		case strings.HasPrefix(name, plain(o.op)):
			meant = append(meant, op)
		}
	}
	choices, choicesZH := strings.Join(operationNames(), ", "), strings.Join(operationNames(), "、")
	switch {
	case !o.isSet("op"):
		o.operation = all[0]
	case len(meant) == 0:
		return bilingual.Fail("-op %[1]s is no operation that is known here; use one of %[2]s", "-op %[1]s 不是已知的接口；可用的有 %[3]s", shown(o.op), choices, choicesZH)
	case len(meant) > 1:
		return bilingual.Fail("-op %[1]s may be more than one operation; use one of %[2]s", "-op %[1]s 可能指多个接口；可用的有 %[3]s", shown(o.op), choices, choicesZH)
	default:
		o.operation = meant[0]
	}
	for _, f := range parameterFlags {
		if o.isSet(f.name) && o.operation.Parameter(f.field) == "" {
			return bilingual.Fail("-%[1]s is no parameter of %[2]s; leave it out, or choose another operation with -op",
				"%[2]s 没有 -%[1]s 对应的参数；请去掉它，或用 -op 选择其他接口", f.name, o.operation)
		}
	}
	return nil
}

// hyphened writes SetCdnDomainSSLCertificate as set-cdn-domain-ssl-certificate.
func hyphened(name string) string {
	name = strings.ReplaceAll(name, "SSL", "Ssl")
	var b strings.Builder
	for i, r := range name {
		if i > 0 && 'A' <= r && r <= 'Z' {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

// The names of the two parameters that are files.
func (o *options) certificateParameter() string {
	return o.operation.Parameter(errcodes.FieldCertificate)
}
func (o *options) keyParameter() string { return o.operation.Parameter(errcodes.FieldPrivateKey) }

// skipped returns the conditions that are not checked, because the flag of a
// parameter that the operation must have was not given.
func (o *options) skipped() []errcodes.Condition {
	return diagnosis.Skipped(o.values(), diagnosis.Given{Domain: o.isSet("domain"), Name: o.isSet("name"), Certificate: o.isSet("cert"), Key: o.isSet("key")})
}
