package validate_test

import (
	"encoding/asn1"
	"encoding/pem"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/oracle"
	"github.com/alicert/alicert/validate"
)

const (
	titleKeys      = "Private-key parameter"
	titleDERKeys   = "DER keys in PEM"
	titleEncrypted = "Encrypted keys"
)

// TestCorpusKeys holds what passes as a private key to what OpenSSL and Go both
// load.
func TestCorpusKeys(t *testing.T) {
	t.Parallel()
	comparison[*corpusFile]{
		title: titleKeys,
		about: "Whether the text passes `PrivateKey`, against whether `SSL_CTX_use_PrivateKey_file` and one of Go's " +
			"`x509.ParsePKCS1PrivateKey`, `ParseECPrivateKey` and `ParsePKCS8PrivateKey` take it.",
		items:    needCorpus(t).files,
		unit:     "files",
		outcomes: refusedAccepted,
		id:       fileIDs,
		ours:     func(f *corpusFile) bool { return nothingFound(f.privateKey()) },
		theirs:   (*corpusFile).bothTakeKey,
		explain: func(f *corpusFile) string {
			return inWords(f.privateKey()) + "; OpenSSL: " + f.OpenSSL.UseKey + "; Go: " + f.Go.Key.Parse
		},
		classes: []class[*corpusFile]{
			{
				known: "label of another form",
				ours:  true,
				when:  func(f *corpusFile) bool { return f.goTakesKey() && f.keyLabelMisfits() },
			},
			{
				known: "key beside another certificate",
				ours:  true,
				when:  func(f *corpusFile) bool { return f.goTakesKey() && f.OpenSSL.UseKey == "key values mismatch" },
			},
			{
				known: "several keys",
				when:  func(f *corpusFile) bool { return f.privateKeyBlocks() > 1 && nothingFound(f.privateKeyAlone()) },
			},
			{
				known: "damaged armor",
				when: func(f *corpusFile) bool {
					return oracle.DamagedArmor(string(f.Data)) && nothingFound(f.privateKeyAlone())
				},
			},
			{
				known: "bytes behind the key",
				when:  func(f *corpusFile) bool { return trailingBytes(firstPrivateKey(f)) },
			},
			{
				known: "inconsistent key",
				when:  func(f *corpusFile) bool { return strings.HasPrefix(f.Key.Check, "invalid") },
			},
			{
				known: "overlong RSA modulus",
				when:  func(f *corpusFile) bool { return f.Key.Type == "RSA" && f.Key.Bits > 16384 },
			},
		},
	}.run(t)
}

// keyLabelMisfits reports whether Go's parser for the form that the label names
// refuses the key.
func (f *corpusFile) keyLabelMisfits() bool {
	switch f.Go.Key.Label {
	case "RSA PRIVATE KEY":
		return f.Go.Key.PKCS1 != "ok"
	case "EC PRIVATE KEY":
		return f.Go.Key.SEC1 != "ok"
	case "PRIVATE KEY":
		return f.Go.Key.PKCS8 != "ok"
	case "ENCRYPTED PRIVATE KEY":
		return true
	default:
		return false
	}
}

func (f *corpusFile) privateKeyBlocks() (n int) {
	for _, b := range f.PEM.Blocks {
		if isPrivateKey(b.Label) {
			n++
		}
	}
	return n
}

// firstPrivateKey returns the content of the first private-key block.
func firstPrivateKey(f *corpusFile) []byte {
	if keys := f.blocks(isPrivateKey); len(keys) > 0 {
		return keys[0].Bytes
	}
	return nil
}

// nothingFound reports whether a private key passes.
func nothingFound(r *validate.Report) bool { return len(r.Violations) == 0 }

// trailingBytes reports whether anything follows the first DER value.
func trailingBytes(der []byte) bool {
	var value asn1.RawValue
	rest, err := asn1.Unmarshal(der, &value)
	return err == nil && len(rest) > 0
}

// TestCorpusDERKeys puts keys in DER into PEM, because many of the oddest are
// kept that way.
func TestCorpusDERKeys(t *testing.T) {
	t.Parallel()
	files, _ := partition(needCorpus(t).files, func(f *corpusFile) bool { return f.Kind == "der_key" })
	checked := func(f *corpusFile) *validate.Report {
		text := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: f.Data})
		return validate.PrivateKey(validate.NewSecret(text), noLimits)
	}
	comparison[*corpusFile]{
		title: titleDERKeys,
		about: "The DER keys, each put into a PRIVATE KEY block: whether that passes `PrivateKey`, against whether `openssl pkey` " +
			"and one of Go's three parsers read the key.",
		items:    files,
		unit:     "files",
		outcomes: refusedAccepted,
		id:       fileIDs,
		ours:     func(f *corpusFile) bool { return nothingFound(checked(f)) },
		theirs:   func(f *corpusFile) bool { return f.OpenSSL.Pkey == "ok" && f.goTakesKey() },
		explain: func(f *corpusFile) string {
			return inWords(checked(f)) + "; OpenSSL: " + f.OpenSSL.Pkey + ", " + f.Key.Check + "; Go: " + f.Go.Key.Parse
		},
		classes: []class[*corpusFile]{
			{
				known: "X25519",
				when:  func(f *corpusFile) bool { return f.Key.Type == "X25519" },
			},
		},
	}.run(t)
}

// TestCorpusEncryptedKeys: a key that is encrypted is called that, unless
// something is wrong with the form of the text.
func TestCorpusEncryptedKeys(t *testing.T) {
	t.Parallel()
	files, _ := partition(needCorpus(t).files, func(f *corpusFile) bool { return f.Encrypted })
	comparison[*corpusFile]{
		title:    titleEncrypted,
		about:    "Whether `PrivateKey` calls a key encrypted, against whether its label or its headers say so.",
		items:    files,
		unit:     "files",
		outcomes: [2]string{"something else", "encrypted"},
		id:       fileIDs,
		ours:     func(f *corpusFile) bool { return reportHas(f.privateKey(), errcodes.CondPrivateKeyEncrypted) },
		theirs:   func(*corpusFile) bool { return true },
		explain:  func(f *corpusFile) string { return inWords(f.privateKey()) },
		classes: []class[*corpusFile]{
			{
				known: "DER",
				when:  func(f *corpusFile) bool { return f.Format == "der" },
			},
			{
				known: "DSA",
				when: func(f *corpusFile) bool {
					return f.holds(func(label string) bool { return label == "DSA PRIVATE KEY" })
				},
			},
			{
				known: "damaged armor of an encrypted key",
				when:  func(f *corpusFile) bool { return oracle.DamagedArmor(string(f.Data)) },
			},
			{
				known: "no private key",
				when:  func(f *corpusFile) bool { return !f.holds(isPrivateKey) },
			},
			{
				known: "a plain key",
				when: func(f *corpusFile) bool {
					return f.goTakesKey() && f.holds(func(label string) bool { return label == "ENCRYPTED PRIVATE KEY" })
				},
			},
			{
				known: "unreadable form",
				when: func(f *corpusFile) bool {
					reason, _, _ := strings.Cut(f.OpenSSL.UseKey, ";")
					return slices.Contains([]string{"not proc type", "not dek info", "unsupported"}, reason) &&
						reportHas(f.privateKey(), errcodes.CondPrivateKeyNotPEM)
				},
			},
		},
	}.run(t)
}
