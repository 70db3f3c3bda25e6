package validate_test

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"path"
	"slices"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/message"
)

const (
	titleNormalCertificates = "Normalized certificates"
	titleNormalKeys         = "Normalized keys"
	titleNormalPairs        = "Normalized pairs"
	titleNormalMisses       = "Normalized near misses"
	titleRepaired           = "Repaired texts"
)

var strict = validate.Options{Strict: true}

// TestCorpusNormalize holds Normalize to its promises: it takes all that is sound,
// its output passes strict mode and stays as it is, and nothing of the content
// changes.
func TestCorpusNormalize(t *testing.T) {
	t.Parallel()
	files := needCorpus(t).files
	kept := comparison[*corpusFile]{
		unit: "files", outcomes: [2]string{"spoilt", "kept"}, id: fileIDs,
		theirs: func(*corpusFile) bool { return true },
	}

	certificates := kept
	certificates.title = titleNormalCertificates
	certificates.about = "`Normalize` of every text that passes as a certificate: the output passes strict mode, normalizing it again changes nothing, " +
		"and no certificate is in it that is not in the text."
	certificates.items, _ = partition(files, func(f *corpusFile) bool {
		return len(f.Data) <= validate.DefaultCertificateLimit && acceptsCertificates(f.certificates())
	})
	certificates.ours = func(f *corpusFile) bool { return spoiltCertificates(f) == "" }
	certificates.explain = spoiltCertificates
	certificates.classes = []class[*corpusFile]{{
		known: "issued beside the chain",
		when: func(f *corpusFile) bool {
			_, err := validate.Normalize(errcodes.SetDomainServerCertificate, string(f.Data), validate.Secret{})
			return errors.Is(err, errcodes.CondCertificateNotPEM) && issuedBeside(string(f.Data), 1)
		},
	}, {
		known: "signatures beyond the budget",
		when: func(f *corpusFile) bool {
			_, err := validate.Normalize(errcodes.SetDomainServerCertificate, string(f.Data), validate.Secret{})
			return beyondBudget(err)
		},
	}}
	certificates.run(t)

	keys := kept
	keys.title = titleNormalKeys
	keys.about = "`Normalize` of every text that passes as a private key: the output passes strict mode, normalizing it again changes nothing, and it is the same key."
	keys.items, _ = partition(files, func(f *corpusFile) bool {
		return len(f.Data) <= validate.DefaultPrivateKeyLimit && nothingFound(f.privateKey())
	})
	keys.ours = func(f *corpusFile) bool { return spoiltKey(f) == "" }
	keys.explain = spoiltKey
	keys.run(t)
}

// spoiltCertificates says what Normalize did wrong, "" if nothing.
func spoiltCertificates(f *corpusFile) string {
	out, err := validate.Normalize(errcodes.SetDomainServerCertificate, string(f.Data), validate.Secret{})
	if err != nil {
		return err.Error()
	}
	if r := validate.ServerCertificate(out.Certificate, strict); !acceptsCertificates(r) {
		return "not in strict form: " + inWords(r)
	}
	if again, err := validate.Normalize(errcodes.SetDomainServerCertificate, out.Certificate, validate.Secret{}); err != nil || again.Certificate != out.Certificate || len(again.Changes) > 0 {
		return "changes when it is normalized again"
	}
	given := f.blocks(isCertificate)
	for block, rest := pem.Decode([]byte(out.Certificate)); block != nil; block, rest = pem.Decode(rest) {
		if !slices.ContainsFunc(given, func(b *pem.Block) bool { return string(b.Bytes) == string(block.Bytes) }) {
			return "a certificate is not in the text"
		}
	}
	return ""
}

// issuedBeside reports whether a text holds a certificate that another one
// issued, and that is neither the leaf, given by its place from 1, nor among its
// issuers.
func issuedBeside(text string, leaf int) bool {
	var given []*x509.Certificate
	for _, der := range dersOf(text) {
		if cert, err := x509.ParseCertificate([]byte(der)); err == nil {
			given = append(given, cert)
		}
	}
	chain := []*x509.Certificate{given[leaf-1]}
	for i := 0; i < len(chain); i++ {
		for _, c := range given {
			if signed(c, chain[i]) && !slices.ContainsFunc(chain, c.Equal) {
				chain = append(chain, c)
			}
		}
	}
	return slices.ContainsFunc(given, func(c *x509.Certificate) bool {
		return !slices.ContainsFunc(chain, c.Equal) && !signed(c, c) &&
			slices.ContainsFunc(given, func(issuer *x509.Certificate) bool { return signed(issuer, c) })
	})
}

// spoiltKey says what Normalize did wrong, "" if nothing.
func spoiltKey(f *corpusFile) string {
	out, err := validate.Normalize(errcodes.SetDomainServerCertificate, "", validate.NewSecret(f.Data))
	if err != nil {
		return err.Error()
	}
	if r := validate.PrivateKey(out.PrivateKey, strict); !nothingFound(r) {
		return "not in strict form: " + inWords(r)
	}
	if again, err := validate.Normalize(errcodes.SetDomainServerCertificate, "", out.PrivateKey); err != nil || !again.PrivateKey.Equal(out.PrivateKey) || len(again.Changes) > 0 {
		return "changes when it is normalized again"
	}
	block, rest := pem.Decode([]byte(out.PrivateKey.Reveal()))
	if block == nil || len(rest) > 0 || !samePublic(publicKey(block.Bytes), publicKey(firstPrivateKey(f))) {
		return "another key"
	}
	return ""
}

// samePublic compares two public keys; an unknown one equals none.
func samePublic(a, b crypto.PublicKey) bool {
	key, ok := a.(interface{ Equal(crypto.PublicKey) bool })
	return ok && key.Equal(b)
}

// TestCorpusNormalizePairs: with a key at hand Normalize finds the leaf wherever
// it stands, and refuses a key that fits none.
func TestCorpusNormalizePairs(t *testing.T) {
	t.Parallel()
	short := func(p checkedPair) bool {
		return len(p.certificate) <= validate.DefaultCertificateLimit && len(p.key) <= validate.DefaultPrivateKeyLimit
	}
	const tooLongOr = "pairs of which one half is refused by itself, or is over the default limits"

	pairs, leftOut := comparablePairs(t, "match", "match_later_cert")
	pairs, more := partition(pairs, short)
	comparison[checkedPair]{
		title: titleNormalPairs,
		about: "`Normalize` of a certificate and its key, that of the first certificate or of a later one, which is no CA: the output is a pair, and passes " +
			"strict mode. The key of a CA is refused.",
		items: pairs, unit: "pairs", leftOut: leftOut + more, whyNot: tooLongOr,
		outcomes: [2]string{"spoilt", "kept"}, id: pairID,
		ours:    func(p checkedPair) bool { return p.spoilt() == "" },
		theirs:  func(checkedPair) bool { return true },
		explain: checkedPair.spoilt,
		classes: []class[checkedPair]{{
			known: "issued beside the chain",
			when: func(p checkedPair) bool {
				_, err := validate.Normalize(errcodes.SetDomainServerCertificate, p.certificate, validate.NewSecret(p.key))
				return errors.Is(err, errcodes.CondCertificateNotPEM) && issuedBeside(p.certificate, ownBlock(p))
			},
		}, {
			known: "signatures beyond the budget",
			when: func(p checkedPair) bool {
				_, err := validate.Normalize(errcodes.SetDomainServerCertificate, p.certificate, validate.NewSecret(p.key))
				return beyondBudget(err)
			},
		}},
	}.run(t)

	pairs, leftOut = comparablePairs(t, nearMisses...)
	pairs, more = partition(pairs, short)
	comparison[checkedPair]{
		title: titleNormalMisses,
		about: "`Normalize` of a certificate and a key that is not its own: refused as a mismatch, or, where the key is that of a later certificate " +
			"that is no CA, that one put first.",
		items: pairs, unit: "pairs", leftOut: leftOut + more, whyNot: tooLongOr,
		outcomes: [2]string{"put in order", "a mismatch"}, id: pairID, explain: explainPair,
		ours: func(p checkedPair) bool {
			_, err := validate.Normalize(errcodes.SetDomainServerCertificate, p.certificate, validate.NewSecret(p.key))
			return errors.Is(err, errcodes.CondKeyMismatch)
		},
		theirs: func(p checkedPair) bool { return ownBlock(p) == 0 || ofCA(p) },
	}.run(t)
}

// spoilt says what Normalize did wrong, "" if nothing.
func (p checkedPair) spoilt() string {
	out, err := validate.Normalize(errcodes.SetDomainServerCertificate, p.certificate, validate.NewSecret(p.key))
	switch {
	case ofCA(p):
		if !errors.Is(err, errcodes.CondKeyMismatch) {
			return fmt.Sprintf("the key of a CA: %v", err)
		}
		return ""
	case err != nil:
		return err.Error()
	}
	r := validate.KeyPair(out.Certificate, out.PrivateKey, strict)
	if !acceptsCertificates(r) || reportHas(r, errcodes.CondKeyMismatch, errcodes.CondPrivateKeyNotPEM, errcodes.CondPrivateKeyMalformed) {
		return inWords(r)
	}
	return ""
}

// TestCorpusRepair: what Normalize makes of a text that nobody would read is
// what it makes of the same text before it was deformed.
func TestCorpusRepair(t *testing.T) {
	t.Parallel()
	files := needCorpus(t).files
	soundForms := make(map[string]*corpusFile) // by the folder of their deformations
	for _, f := range files {
		if folder, name := path.Split(f.ID); name == "leading_blank.pem" {
			soundForms[folder] = f
		}
	}
	repaired, _ := partition(files, func(f *corpusFile) bool {
		certificate, key := repairs(f)
		return certificate != "" || key != ""
	})
	repaired, others := partition(repaired, func(f *corpusFile) bool { return soundForms[path.Dir(f.ID)+"/"] != nil })
	comparison[*corpusFile]{
		title:    titleRepaired,
		about:    "The texts that do not pass, but that `Normalize` repairs: whether the result is that of the same text before it was deformed.",
		items:    repaired,
		unit:     "files",
		leftOut:  others,
		whyNot:   "repaired texts of which no other form is known",
		outcomes: [2]string{"another", "the same"},
		id:       fileIDs,
		ours: func(f *corpusFile) bool {
			sound := string(soundForms[path.Dir(f.ID)+"/"].Data)
			certificate, key := repairs(f)
			if certificate != "" {
				want, err := validate.Normalize(errcodes.SetDomainServerCertificate, sound, validate.Secret{})
				return err == nil && certificate == want.Certificate
			}
			want, err := validate.Normalize(errcodes.SetDomainServerCertificate, "", validate.NewSecret(sound))
			return err == nil && key == want.PrivateKey.Reveal()
		},
		theirs:  func(*corpusFile) bool { return true },
		explain: func(*corpusFile) string { return "repaired into something else" },
	}.run(t)
}

// repairs returns what Normalize makes of a text that does not pass as a
// certificate, and as a key.
func repairs(f *corpusFile) (certificate, key string) {
	if !acceptsCertificates(f.certificates()) {
		out, _ := validate.Normalize(errcodes.SetDomainServerCertificate, string(f.Data), validate.Secret{})
		certificate = out.Certificate
	}
	if !nothingFound(f.privateKey()) {
		out, _ := validate.Normalize(errcodes.SetDomainServerCertificate, "", validate.NewSecret(f.Data))
		key = out.PrivateKey.Reveal()
	}
	return certificate, key
}

// beyondBudget reports whether Normalize refused a text because too many certificates
// of one name would have to be told apart by signatures.
func beyondBudget(err error) bool {
	e, ok := errors.AsType[*errcodes.Error](err)
	return ok && e.Reason == message.TooManyOfOneName.Text()
}
