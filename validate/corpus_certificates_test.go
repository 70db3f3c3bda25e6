package validate_test

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/oracle"
	"github.com/alicert/alicert/validate"
)

const (
	titleUsage           = "Server certificates"
	titleCertificates    = "Certificate parameter"
	titleDERCertificates = "DER certificates in PEM"
)

var (
	refusedAccepted = [2]string{"refused", "accepted"}
	noYes           = [2]string{"no", "yes"}
	fileIDs         = func(f *corpusFile) string { return f.ID }
)

// reportHas reports whether any of the conditions is among the violations.
func reportHas(r *validate.Report, conditions ...errcodes.Condition) bool {
	return slices.ContainsFunc(r.Violations, func(v *errcodes.Error) bool { return slices.Contains(conditions, v.Condition) })
}

// inWords returns the violations in words.
func inWords(r *validate.Report) string {
	words := make([]string, 0, len(r.Violations))
	for _, v := range r.Violations {
		words = append(words, v.Condition.String()+" ("+v.Why(errcodes.English)+")")
	}
	return strings.Join(words, "; ")
}

// acceptsCertificates reports whether a text passes as a certificate parameter,
// whatever its first certificate may be used for.
func acceptsCertificates(r *validate.Report) bool {
	return !reportHas(r, errcodes.CondCertificateMissing, errcodes.CondCertificateNotPEM, errcodes.CondCertificateMalformed)
}

// A usageCase is a first certificate that Go and OpenSSL both read.
type usageCase struct {
	*corpusFile
	cert *x509.Certificate
}

// TestCorpusServerUsage holds what may serve to the line "SSL server" of openssl
// x509 -purpose.
func TestCorpusServerUsage(t *testing.T) {
	t.Parallel()
	var cases []usageCase
	others := 0
	for _, f := range needCorpus(t).files {
		if f.Cert.SSLServer == "" || f.Go.Cert.Parse != "ok" {
			continue
		}
		cert := firstCertificate(t, f)
		if sum := sha256.Sum256(cert.Raw); hex.EncodeToString(sum[:]) != f.Cert.SHA256 {
			others++
			continue
		}
		cases = append(cases, usageCase{f, cert})
	}
	comparison[usageCase]{
		title:    titleUsage,
		about:    "`ServerUsage` of the first certificate, against the line \"SSL server\" of `openssl x509 -purpose`.",
		items:    cases,
		leftOut:  others,
		unit:     "certificates",
		whyNot:   "files whose first certificate is not the same one to OpenSSL and to Go",
		outcomes: noYes,
		id:       func(c usageCase) string { return c.ID },
		ours:     func(c usageCase) bool { return validate.ServerUsage(c.cert) == nil },
		theirs:   func(c usageCase) bool { return c.Cert.SSLServer == "Yes" },
		explain: func(c usageCase) string {
			if err := validate.ServerUsage(c.cert); err != nil {
				return err.Error()
			}
			return "OpenSSL: " + c.Cert.SSLServer
		},
		classes: []class[usageCase]{
			{
				known: "anyExtendedKeyUsage",
				ours:  true,
				when:  func(c usageCase) bool { return slices.Contains(c.cert.ExtKeyUsage, x509.ExtKeyUsageAny) },
			},
			{
				known: "undecodable extension",
				ours:  true,
				when:  func(c usageCase) bool { return strings.HasPrefix(c.Cert.SSLServer, "Yes (WARNING") },
			},
		},
	}.run(t)
}

// firstCertificate parses the first certificate of a file.
func firstCertificate(t *testing.T, f *corpusFile) *x509.Certificate {
	t.Helper()
	der := f.Data
	if f.Format == "pem" {
		blocks := f.blocks(isCertificate)
		if len(blocks) == 0 {
			t.Fatalf("%s: no certificate", f.ID)
		}
		der = blocks[0].Bytes
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatalf("%s: %v", f.ID, err)
	}
	return cert
}

// TestCorpusCertificates holds what passes as a certificate parameter to what
// OpenSSL and Go both load.
func TestCorpusCertificates(t *testing.T) {
	t.Parallel()
	comparison[*corpusFile]{
		title: titleCertificates,
		about: "Whether the text passes `ServerCertificate` as far as form and content go, against whether both `SSL_CTX_use_certificate_chain_file` " +
			"(security level 0) and Go's `encoding/pem` and `crypto/x509` take all of it, and the same certificate as the first.",
		items:    needCorpus(t).files,
		unit:     "files",
		outcomes: refusedAccepted,
		id:       fileIDs,
		ours:     func(f *corpusFile) bool { return acceptsCertificates(f.certificates()) },
		theirs:   (*corpusFile).bothTakeCertificates,
		explain: func(f *corpusFile) string {
			return inWords(f.certificates()) + "; OpenSSL: " + f.OpenSSL.UseChain + "; Go: " + f.Go.Cert.Parse
		},
		classes: []class[*corpusFile]{
			{
				known: "private key",
				when:  func(f *corpusFile) bool { return f.holds(isPrivateKey) && f.certificatesPassAlone() },
			},
			{
				known: "damaged armor",
				when:  func(f *corpusFile) bool { return oracle.DamagedArmor(string(f.Data)) && f.certificatesPassAlone() },
			},
			{
				known: "foreign block",
				when: func(f *corpusFile) bool {
					return f.holds(func(label string) bool { return !isCertificate(label) }) && f.certificatesPassAlone()
				},
			},
			{
				known: "type of key",
				when:  func(f *corpusFile) bool { return !servedKeyType(f.Cert.KeyType) },
			},
		},
	}.run(t)
}

// holds reports whether a block has such a label.
func (f *corpusFile) holds(such func(label string) bool) bool {
	return slices.ContainsFunc(f.PEM.Blocks, func(b corpusBlock) bool { return such(b.Label) })
}

// certificatesPassAlone reports whether the certificates of the file pass
// without what else is in it, so that nothing else is to blame.
func (f *corpusFile) certificatesPassAlone() bool {
	return acceptsCertificates(f.certificatesAlone()) || !servedKeyType(f.Cert.KeyType)
}

// servedKeyType goes by OpenSSL's names of public-key algorithms.
func servedKeyType(name string) bool {
	switch name {
	case "rsaEncryption", "id-ecPublicKey", "ED25519":
		return true
	default:
		return false
	}
}

// TestCorpusDERCertificates puts certificates in DER into PEM, because many of
// the oddest are kept that way.
func TestCorpusDERCertificates(t *testing.T) {
	t.Parallel()
	files, _ := partition(needCorpus(t).files, func(f *corpusFile) bool { return f.Kind == "der_cert" })
	checked := func(f *corpusFile) *validate.Report {
		text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: f.Data})
		return validate.ServerCertificate(string(text), noLimits)
	}
	comparison[*corpusFile]{
		title: titleDERCertificates,
		about: "The DER certificates, each put into a CERTIFICATE block: whether that passes `ServerCertificate` as far as form and content go, " +
			"against whether `openssl x509` reads the certificate, decodes the extensions that it needs, and `crypto/x509` reads it too.",
		items:    files,
		unit:     "files",
		outcomes: refusedAccepted,
		id:       fileIDs,
		ours:     func(f *corpusFile) bool { return acceptsCertificates(checked(f)) },
		theirs: func(f *corpusFile) bool {
			return f.Go.Cert.Parse == "ok" && (f.Cert.SSLServer == "Yes" || f.Cert.SSLServer == "No")
		},
		explain: func(f *corpusFile) string {
			return inWords(checked(f)) + "; OpenSSL: " + f.Cert.SSLServer + "; Go: " + f.Go.Cert.Parse
		},
		classes: []class[*corpusFile]{
			{
				known: "type of key",
				when:  func(f *corpusFile) bool { return !servedKeyType(f.Cert.KeyType) },
			},
		},
	}.run(t)
}
