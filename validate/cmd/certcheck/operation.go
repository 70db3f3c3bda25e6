package main

import (
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// An operation is one that -op chooses.
type operation struct {
	catalog errcodes.Catalog
	flags   []string // that not every operation has a parameter for
	judge   func(o *options, certificate string, key validate.Secret, settings validate.Options) *validate.Report
}

// operations are the choices of -op, the default first.
func operations() []operation {
	return []operation{
		{errcodes.SetDomainServerCertificate, []string{"force"}, (*options).judgeOriginal},
		{errcodes.SetCdnDomainSSLCertificate, []string{"id", "region"}, (*options).judgeCdnSSL},
		{errcodes.SetDcdnDomainSSLCertificate, []string{"id", "region"}, (*options).judgeDcdnSSL},
	}
}

func (o *options) judgeOriginal(certificate string, key validate.Secret, settings validate.Options) *validate.Report {
	return validate.SetDomainServerCertificate(&validate.SetDomainServerCertificateRequest{
		DomainName:              o.domain,
		ServerCertificateStatus: o.status,
		ServerCertificate:       certificate,
		PrivateKey:              key,
		CertType:                o.certType,
		CertName:                o.name,
		ForceSet:                o.force,
	}, settings)
}

func (o *options) judgeCdnSSL(certificate string, key validate.Secret, settings validate.Options) *validate.Report {
	return validate.SetCdnDomainSSLCertificate(o.ssl(certificate, key), settings)
}

func (o *options) judgeDcdnSSL(certificate string, key validate.Secret, settings validate.Options) *validate.Report {
	return validate.SetDcdnDomainSSLCertificate((*validate.SetDcdnDomainSSLCertificateRequest)(o.ssl(certificate, key)), settings)
}

func (o *options) ssl(certificate string, key validate.Secret) *validate.SetCdnDomainSSLCertificateRequest {
	return &validate.SetCdnDomainSSLCertificateRequest{
		DomainName:  o.domain,
		SSLProtocol: o.status,
		SSLPub:      certificate,
		SSLPri:      key,
		CertType:    o.certType,
		CertName:    o.name,
		CertID:      o.id,
		CertRegion:  o.region,
	}
}

// checkOperation finds the operation that is meant: its name may be written with
// hyphens, in any case, and cut short as long as it is clear.
func (o *options) checkOperation() error {
	plain := func(name string) string { return strings.ToLower(strings.ReplaceAll(name, "-", "")) }
	all := operations()
	var meant []operation
	var names []string
	for _, op := range all {
		names = append(names, hyphened(op.catalog.Operation()))
		if strings.HasPrefix(plain(op.catalog.Operation()), plain(o.op)) {
			meant = append(meant, op)
		}
	}
	choices := strings.Join(names, ", ")
	switch {
	case !o.gave("op"):
		o.operation = &all[0]
	case len(meant) == 0:
		return fail("-op %[1]s is no operation that is known here; use one of %[2]s", "-op %[1]s 不是已知的接口；可用的有 %[2]s", shown(o.op), choices)
	case len(meant) > 1:
		return fail("-op %[1]s may be more than one operation; use one of %[2]s", "-op %[1]s 可能指多个接口；可用的有 %[2]s", shown(o.op), choices)
	default:
		o.operation = &meant[0]
	}
	for _, op := range all {
		for _, name := range op.flags {
			if o.gave(name) && !slices.Contains(o.operation.flags, name) {
				return fail("-%[1]s is no parameter of %[2]s; leave it out, or choose another operation with -op",
					"%[2]s 没有 -%[1]s 对应的参数；请去掉它，或用 -op 选择其他接口", name, o.operation.catalog)
			}
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
func (op *operation) certificate() string {
	return op.catalog.Parameter(errcodes.CondCertificateMissing)
}

func (op *operation) privateKey() string {
	return op.catalog.Parameter(errcodes.CondPrivateKeyMissing)
}

// changes tells what was repaired in the words of the operation: repairs know those
// of the original one only.
func (op *operation) changes(original []validate.Change) []validate.Change {
	own := slices.Clone(original)
	for i := range own {
		if own[i].Parameter == errcodes.SetDomainServerCertificate.Parameter(errcodes.CondCertificateMissing) {
			own[i].Parameter = op.certificate()
		} else {
			own[i].Parameter = op.privateKey()
		}
	}
	return own
}

// failure does the same for what could not be repaired.
func (op *operation) failure(original *errcodes.Error) *errcodes.Error {
	own, _ := op.catalog.Error(original.Condition)
	own.Block, own.Line, own.Reason = original.Block, original.Line, original.Reason
	return &own
}
