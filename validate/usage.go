package validate

import (
	"crypto/x509"
	"encoding/asn1"
	"slices"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/message"
	"github.com/alicert/alicert/validate/internal/openssl"
)

// ServerUsage returns nil if a TLS server may use a certificate, else an error with
// the reason. The rules are:
//
//   - extended key usage is absent, or holds serverAuth, anyExtendedKeyUsage, or
//     one of the two server-gated-crypto purposes;
//   - key usage is absent, or holds at least one of digitalSignature,
//     keyEncipherment and keyAgreement;
//   - the Netscape certificate type is absent, or holds SSL server.
//
// CA:TRUE does not disqualify: many self-signed server certificates carry it.
// They are those of openssl x509 -purpose, except that anyExtendedKeyUsage counts
// here (RFC 5280, section 4.2.1.12). The code is that of CDN
// SetDomainServerCertificate. A nil certificate is no server certificate.
func ServerUsage(cert *x509.Certificate) error {
	reason, ok := message.NoCertificate.With(), false
	if cert != nil {
		reason, ok = serverUsage(cert)
	}
	if ok {
		return nil
	}
	e := errcodes.SetDomainServerCertificate.Table().Error(errcodes.CondCertificateNotServer)
	e.Reason, e.Remedy = reason.Text(), reason.Remedy()
	return &e
}

var (
	oidKeyUsage         = asn1.ObjectIdentifier{2, 5, 29, 15}
	oidExtKeyUsage      = asn1.ObjectIdentifier{2, 5, 29, 37}
	oidNetscapeCertType = asn1.ObjectIdentifier{2, 16, 840, 1, 113730, 1, 1}
)

func serverUsage(cert *x509.Certificate) (reason message.Reason, ok bool) {
	if v3 := withExtensions(cert); v3 != nil {
		cert = v3
	}
	for i := range cert.Extensions {
		switch ext := &cert.Extensions[i]; {
		case ext.Id.Equal(oidExtKeyUsage):
			if !serverExtKeyUsage(cert) {
				return message.NoServerAuth.With(), false
			}
		case ext.Id.Equal(oidKeyUsage):
			const tls = x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment | x509.KeyUsageKeyAgreement
			if cert.KeyUsage&tls == 0 {
				return message.NoServerKeyUsage.With(), false
			}
		case ext.Id.Equal(oidNetscapeCertType):
			const sslServer = 0x40
			if bits, ok := openssl.NetscapeTypes(ext.Value); !ok || bits&sslServer == 0 {
				return message.NoNetscapeServer.With(), false
			}
		}
	}
	return message.Reason{}, true
}

func serverExtKeyUsage(cert *x509.Certificate) bool {
	return slices.ContainsFunc(cert.ExtKeyUsage, func(usage x509.ExtKeyUsage) bool {
		return usage == x509.ExtKeyUsageServerAuth || usage == x509.ExtKeyUsageAny ||
			usage == x509.ExtKeyUsageNetscapeServerGatedCrypto || usage == x509.ExtKeyUsageMicrosoftServerGatedCrypto
	})
}
