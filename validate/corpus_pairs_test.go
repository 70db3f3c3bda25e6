package validate_test

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

const (
	titleTruePairs        = "True pairs"
	titleLoading          = "Loading true pairs"
	titleNearMisses       = "Near misses"
	titleLaterCertificate = "Key of a later certificate"
	titleEncryptedPairs   = "Pairs with an encrypted key"
	titleDisputed         = "Disputed first certificate"
	titleTerraform        = "Pairs that a Terraform provider sends"
)

// A checkedPair is a pair of the corpus with our report on it.
type checkedPair struct {
	*corpusPair
	certificate, key string // the texts that were checked
	report           *validate.Report
}

func pairID(p checkedPair) string      { return p.CertID + " with " + p.KeyID }
func explainPair(p checkedPair) string { return "(" + p.Class + ") " + inWords(p.report) }
func mismatched(p checkedPair) bool    { return reportHas(p.report, errcodes.CondKeyMismatch) }

// checkedPairs returns the pairs of PEM files of the given classes.
func checkedPairs(t *testing.T, classes ...string) []checkedPair {
	t.Helper()
	return inParallel(pairsOf(t, classes), func(p *corpusPair) checkedPair {
		return p.check(string(p.Cert.Data), string(p.Key.Data))
	})
}

func pairsOf(t *testing.T, classes []string) []*corpusPair {
	t.Helper()
	pairs, _ := partition(needCorpus(t).pairs, func(p *corpusPair) bool {
		return p.Formats == [2]string{"pem", "pem"} && slices.Contains(classes, p.Class)
	})
	return pairs
}

func (p *corpusPair) check(certificate, key string) checkedPair {
	return checkedPair{p, certificate, key, validate.KeyPair(certificate, validate.NewSecret(key), noLimits)}
}

// comparablePairs returns the pairs of PEM files of the given classes of which
// both halves pass by themselves, so that there is a certificate and a key to
// compare. A file that both readers take, but that holds more than its half, is
// taken apart first.
func comparablePairs(t *testing.T, classes ...string) (checked []checkedPair, leftOut int) {
	t.Helper()
	type halves struct {
		*corpusPair
		certificate, key string
	}
	var both []halves
	all := pairsOf(t, classes)
	for _, p := range all {
		certificate, key := string(p.Cert.Data), string(p.Key.Data)
		switch {
		case acceptsCertificates(p.Cert.certificates()):
		case p.Cert.bothTakeCertificates() && acceptsCertificates(p.Cert.certificatesAlone()):
			certificate = p.Cert.onlyCertificates()
		default:
			continue
		}
		switch {
		case nothingFound(p.Key.privateKey()):
		case p.Key.bothTakeKey() && nothingFound(p.Key.privateKeyAlone()):
			key = p.Key.onlyFirstKey()
		default:
			continue
		}
		both = append(both, halves{p, certificate, key})
	}
	checked = inParallel(both, func(h halves) checkedPair { return h.check(h.certificate, h.key) })
	return checked, len(all) - len(checked)
}

// nearMisses are the classes of pairs that are none.
var nearMisses = []string{"mismatch", "same_bits_other_algorithm", "same_bits_other_parameters", "same_modulus_other_exponent"}

const halfRefused = "pairs of which one half is refused by itself"

// TestCorpusPairs holds the verdict on pairs to whether the public key of the
// certificate is that of the key, octet by octet.
func TestCorpusPairs(t *testing.T) {
	t.Parallel()
	t.Run("match", func(t *testing.T) {
		pairs, leftOut := comparablePairs(t, "match")
		comparison[checkedPair]{
			title: titleTruePairs,
			about: "`KeyPair` of a certificate and a key with the same public key, octet by octet: whether it says so.",
			items: pairs, unit: "pairs", leftOut: leftOut, whyNot: halfRefused,
			outcomes: [2]string{"a mismatch", "a pair"}, id: pairID, explain: explainPair,
			ours:   func(p checkedPair) bool { return !mismatched(p) },
			theirs: func(checkedPair) bool { return true },
		}.run(t)
		comparison[checkedPair]{
			title: titleLoading,
			about: "The same pairs: whether `KeyPair` finds nothing wrong, against whether `SSL_CTX_check_private_key` and Go's `tls.X509KeyPair` take the pair.",
			items: pairs, unit: "pairs", leftOut: leftOut, whyNot: halfRefused,
			outcomes: refusedAccepted, id: pairID, explain: explainPair,
			ours:   func(p checkedPair) bool { return nothingFound(p.report) },
			theirs: func(p checkedPair) bool { return p.bothLoad() },
			classes: []class[checkedPair]{
				{
					known: "not a server certificate",
					when: func(p checkedPair) bool {
						return len(p.report.Violations) == 1 && reportHas(p.report, errcodes.CondCertificateNotServer)
					},
				},
				{
					known: "label of another form",
					ours:  true,
					when:  func(p checkedPair) bool { return p.Key.keyLabelMisfits() && p.Go == "ok" },
				},
			},
		}.run(t)
	})
	t.Run("mismatch", func(t *testing.T) {
		pairs, leftOut := comparablePairs(t, nearMisses...)
		comparison[checkedPair]{
			title: titleNearMisses,
			about: "`KeyPair` of a certificate and a key that is not its own, but the issuer's, one of the same subject or folder, or of the same type and size: " +
				"whether it tells the difference.",
			items: pairs, unit: "pairs", leftOut: leftOut, whyNot: halfRefused,
			outcomes: [2]string{"a pair", "a mismatch"}, id: pairID, explain: explainPair,
			ours:   mismatched,
			theirs: func(checkedPair) bool { return true },
		}.run(t)
	})
	t.Run("later certificate", func(t *testing.T) {
		pairs, leftOut := comparablePairs(t, "match_later_cert")
		comparison[checkedPair]{
			title: titleLaterCertificate,
			about: "`KeyPair` of a chain and the key of a certificate that is not its first: whether it says that they do not match, names the block that does, " +
				"and tells the key of a CA from that of a leaf.",
			items: pairs, unit: "pairs", leftOut: leftOut, whyNot: halfRefused,
			outcomes: [2]string{"something else", "a mismatch, with the block"}, id: pairID, explain: explainPair,
			ours:   func(p checkedPair) bool { return namesBlock(p.report, ownBlock(p), ofCA(p)) },
			theirs: func(p checkedPair) bool { return ownBlock(p) > 1 },
		}.run(t)
	})
	t.Run("encrypted", func(t *testing.T) {
		comparison[checkedPair]{
			title:    titleEncryptedPairs,
			about:    "`KeyPair` of a certificate and its key, which is encrypted: whether it says so.",
			items:    checkedPairs(t, "match_encrypted"),
			unit:     "pairs",
			outcomes: [2]string{"something else", "encrypted"}, id: pairID, explain: explainPair,
			ours:   func(p checkedPair) bool { return reportHas(p.report, errcodes.CondPrivateKeyEncrypted) },
			theirs: func(checkedPair) bool { return true },
			classes: []class[checkedPair]{
				{
					known: "DSA",
					when: func(p checkedPair) bool {
						return p.Key.holds(func(label string) bool { return label == "DSA PRIVATE KEY" })
					},
				},
			},
		}.run(t)
	})
	t.Run("disputed", func(t *testing.T) {
		comparison[checkedPair]{
			title:    titleDisputed,
			about:    "`KeyPair` of a text of which the readers do not take the same certificate as the first, and the key of one of these: none may pass.",
			items:    checkedPairs(t, "match_disputed"),
			unit:     "pairs",
			outcomes: refusedAccepted, id: pairID, explain: explainPair,
			ours:   func(p checkedPair) bool { return nothingFound(p.report) },
			theirs: func(checkedPair) bool { return false },
		}.run(t)
	})
}

// namesBlock reports whether a mismatch is reported with the block that the key
// belongs to, and as the key of a CA or of a leaf.
func namesBlock(r *validate.Report, block int, ca bool) bool {
	says := "the leaf is not first"
	if ca {
		says = "a CA's own key must not be sent"
	}
	return slices.ContainsFunc(r.Violations, func(v *errcodes.Error) bool {
		return v.Condition == errcodes.CondKeyMismatch && strings.Contains(v.Reason.EN, fmt.Sprintf("block %d (", block)) &&
			strings.Contains(v.Reason.EN, says)
	})
}

// ofCA reports whether the key is that of a CA: another certificate names its
// certificate as issuer, or that is not first, a CA's, and names no host.
func ofCA(p checkedPair) bool {
	block := ownBlock(p)
	if block == 0 {
		return false
	}
	var certs []*x509.Certificate
	for block, rest := pem.Decode([]byte(p.certificate)); block != nil; block, rest = pem.Decode(rest) {
		if cert, err := x509.ParseCertificate(block.Bytes); err == nil {
			certs = append(certs, cert)
		}
	}
	own := certs[block-1]
	return block > 1 && own.IsCA && len(own.DNSNames)+len(own.IPAddresses) == 0 || slices.ContainsFunc(certs, func(c *x509.Certificate) bool {
		if bytes.Equal(c.RawSubject, c.RawIssuer) { // the name alone says nothing
			return signed(own, c) && !signed(c, c)
		}
		return bytes.Equal(c.RawIssuer, own.RawSubject)
	})
}

// ownBlock returns which certificate of a pair is that of its key, from 1; 0 if
// none is. It compares what Go reads, not what we do.
func ownBlock(p checkedPair) int {
	key := publicKey(firstPrivateKey(p.Key))
	n := 0
	for block, rest := pem.Decode([]byte(p.certificate)); block != nil; block, rest = pem.Decode(rest) {
		n++
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			continue
		}
		if samePublic(cert.PublicKey, key) {
			return n
		}
	}
	return 0
}

// publicKey returns the public key of a private one in any form, or nil.
func publicKey(der []byte) crypto.PublicKey {
	if key, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		return key.(crypto.Signer).Public()
	}
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return key.Public()
	}
	if key, err := x509.ParseECPrivateKey(der); err == nil {
		return key.Public()
	}
	return nil
}

// TestCorpusTerraform: what the acceptance tests and examples of the vendor's
// Terraform provider send passes, where it can be loaded at all.
func TestCorpusTerraform(t *testing.T) {
	t.Parallel()
	check := func(p *corpusPair) *validate.Report {
		return validate.Check(&validate.CDNRequest{
			Status:      "on",
			Certificate: string(p.Cert.Data),
			PrivateKey:  validate.NewSecret(p.Key.Data),
		}, validate.Options{Skip: []errcodes.Condition{errcodes.CondDomainNameMissing}})
	}
	var pairs []checkedPair
	for _, p := range needCorpus(t).pairs {
		if strings.HasPrefix(p.CertID, "terraform-provider-alicloud/") && p.bothLoad() {
			pairs = append(pairs, checkedPair{corpusPair: p, report: check(p)})
		}
	}
	comparison[checkedPair]{
		title: titleTerraform,
		about: "`SetDomainServerCertificate` with the certificates and keys of the acceptance tests, examples and documentation of the vendor's Terraform provider, " +
			"where OpenSSL and Go load the pair: all pass, at no particular time.",
		items:    pairs,
		unit:     "pairs",
		outcomes: refusedAccepted, id: pairID, explain: explainPair,
		ours:   func(p checkedPair) bool { return nothingFound(p.report) },
		theirs: func(checkedPair) bool { return true },
	}.run(t)
}
