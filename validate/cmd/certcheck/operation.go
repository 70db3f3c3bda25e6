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
	{"certificate", errcodes.FieldCertificateID},
	{"accelerator", errcodes.FieldLoadBalancerID},
	{"token", errcodes.FieldClientToken},
	{"dry-run", errcodes.FieldDryRun},
}

// takes reports whether the operation has a parameter for what a flag gives.
func (o *options) takes(f errcodes.Field) bool {
	switch {
	case o.operation.Parameter(f) != "":
		return true
	case f == errcodes.FieldDomainName:
		return diagnosis.TakesDomain(o.operation)
	default: // the region of GA is its own
		return f == errcodes.FieldCertRegion && o.mode() == modeALB && o.operation.Parameter(errcodes.FieldRegionID) != ""
	}
}

// operations are the choices of -op in the mode that the flags choose, the default first:
// those that change the certificates of a listener, or those that take a certificate and
// its key; for the tables, every operation.
func (o *options) operations() []errcodes.Operation {
	switch o.mode() {
	case modeALB:
		return listenerOperations()
	case modeCodes:
		return slices.Collect(errcodes.Operations())
	default:
		return slices.Collect(diagnosis.Operations())
	}
}

// listenerOperations are those that change the certificates of a listener.
func listenerOperations() []errcodes.Operation {
	return slices.DeleteFunc(slices.Collect(errcodes.Operations()), func(op errcodes.Operation) bool {
		req, err := validate.Parse(op, nil)
		_, listener := req.(*validate.ALBRequest)
		return err != nil || !listener
	})
}

// namesOf writes operations as the usage text and failures do.
func namesOf(operations []errcodes.Operation) (names []string) {
	for _, op := range operations {
		names = append(names, hyphened(op.ID()))
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

// plainName is the name of an operation without hyphens, in lower case, so that it may be
// written with hyphens and in any case.
func plainName(name string) string {
	return strings.ToLower(strings.NewReplacer("-", "", ":", "", " ", "").Replace(name))
}

// meant returns the operations that a name may stand for, which may be cut short. The
// product may stand in front of it. Without one, a name that products share is that of the
// first.
func meant(name string, operations []errcodes.Operation) (found []errcodes.Operation) {
	name = plainName(name)
	shared := map[string]bool{}
	for _, op := range operations {
		bare, full := plainName(op.String()), plainName(op.Product()+op.String())
		switch {
		case full == name || bare == name && !shared[bare]:
			return []errcodes.Operation{op}
		case strings.HasPrefix(bare, name) && !shared[bare], strings.HasPrefix(full, name):
			found = append(found, op)
		}
		shared[bare] = true
	}
	return found
}

// sameName returns the operations of other products that have a name behind the product that
// was written, and all if there is none.
func sameName(name string, operations []errcodes.Operation) (found []errcodes.Operation) {
	_, bare, _ := strings.Cut(name, ":")
	for _, op := range operations {
		if bare != "" && strings.HasPrefix(plainName(op.String()), plainName(bare)) {
			found = append(found, op)
		}
	}
	if len(found) == 0 {
		return operations
	}
	return found
}

// checkOperation finds the operation that is meant.
func (o *options) checkOperation() error {
	all := o.operations()
	found := meant(o.op, all)
	some := namesOf(found)
	if len(found) == 0 {
		some = namesOf(sameName(o.op, all))
	}
	choices, choicesZH := strings.Join(some, ", "), strings.Join(some, "、")
	switch {
	case !o.isSet("op"):
		if o.mode() == modeCodes {
			return nil
		}
		o.operation = all[0]
	case len(found) == 0 && o.mode() != modeALB && len(meant(o.op, listenerOperations())) > 0:
		return bilingual.Fail("-op %s changes the certificates of a listener; add -alb, and -certificate ID instead of files", "-op %s 变更的是监听的证书；请加上 -alb，并以 -certificate ID 代替文件", shown(o.op))
	case len(found) == 0 && o.mode() == modeALB && len(meant(o.op, slices.Collect(diagnosis.Operations()))) > 0:
		return bilingual.Fail("-op %s takes a certificate and its key; leave -alb out, and give -cert FILE -key FILE", "-op %s 接受的是证书及其私钥；请去掉 -alb，并给出 -cert 文件 -key 文件", shown(o.op))
	case len(found) == 0:
		return bilingual.Fail("-op %[1]s is no operation that is known here; use one of %[2]s", "-op %[1]s 不是已知的接口；可用的有 %[3]s", shown(o.op), choices, choicesZH)
	case len(found) > 1:
		return bilingual.Fail("-op %[1]s may be more than one operation; use one of %[2]s", "-op %[1]s 可能指多个接口；可用的有 %[3]s", shown(o.op), choices, choicesZH)
	default:
		o.operation = found[0]
	}
	for _, f := range parameterFlags {
		if o.isSet(f.name) && !o.takes(f.field) {
			return bilingual.Fail("-%[1]s is no parameter of %[2]s; leave it out, or choose another operation with -op",
				"%[2]s 没有 -%[1]s 对应的参数；请去掉它，或用 -op 选择其他接口", f.name, o.operation.ID())
		}
	}
	return nil
}

// hyphened writes SetCdnDomainSSLCertificate as set-cdn-domain-ssl-certificate.
func hyphened(name string) string {
	name = strings.NewReplacer("SSL", "Ssl", ":", "").Replace(name)
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
