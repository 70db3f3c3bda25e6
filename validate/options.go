package validate

import (
	"time"

	"github.com/alicert/alicert/errcodes"
)

// Limits on the length of parameters. The service does not publish its own.
const (
	// DefaultCertificateLimit is in bytes of PEM text: about forty
	// certificates of the usual size.
	DefaultCertificateLimit = 64 << 10
	// DefaultPrivateKeyLimit is in bytes of PEM text: enough for an RSA key of
	// 16384 bits.
	DefaultPrivateKeyLimit = 16 << 10

	// MaxChainCertificates is the number of certificates in one text. A text
	// within DefaultCertificateLimit cannot hold as many. If that limit is raised
	// or lifted, a text with more END lines of certificates is too long, and nothing
	// of it is decoded. A TLS chain has fewer than ten.
	MaxChainCertificates = 512

	// MaxCertName is in characters: Unicode code points, not bytes. Operations of the
	// certificate center allow fewer; see errcodes.Operation.Limit.
	MaxCertName = 128
	// maxCertNameBytes is the most bytes that 128 code points have. A longer name
	// is refused unread.
	maxCertNameBytes = 512

	// MaxDomainName is in octets of the ASCII form.
	MaxDomainName = 253

	// MaxClientToken is in characters.
	MaxClientToken = 64
	// MaxCertificates is the number of certificates in one request for a listener, if its
	// operation has no other limit.
	MaxCertificates = 15

	// maxRSABits is the longest modulus that TLS servers take.
	maxRSABits = 16384
)

// Options says how to check. The zero value checks as the service does, at no
// particular time.
type Options struct {
	// Now is the time to check validity at. Zero: validity is not checked, and a
	// report on a certificate has the advisory ValidityNotChecked.
	Now time.Time

	// Version picks the table of an operation that has several. The zero value
	// is the original one where a source document has it, and so is a version
	// that the operation does not have.
	Version errcodes.Version

	// Site is the site of the vendor that the account belongs to, for the messages of
	// the certificate center. The zero value is the site of China.
	Site errcodes.Site

	// Strict turns the vendor's published form of PEM text into violations:
	// lines of 64 characters, nothing between blocks, the chain in order
	// and without root, RSA keys as RSA PRIVATE KEY. The documents do not say
	// which of these the service enforces.
	Strict bool

	// CertificateLimit and PrivateKeyLimit are in bytes of the parameter,
	// checked before anything is decoded. 0 is the default; negative: none.
	CertificateLimit, PrivateKeyLimit int

	// VerifyChain checks the signatures of the first four links of the
	// chain, for advisories. No signature is verified by an RSA key of more
	// than 8192 bits or with an exponent of more than 17 bits.
	VerifyChain bool

	// Certificate returns the PEM text of a certificate of the certificate
	// center by its id, for requests on a listener. ok is false if the id is
	// not known. Nil: ids are not looked up. It must be safe for
	// concurrent use if the checks run concurrently.
	Certificate func(id string) (pem string, ok bool)

	// Skip names conditions that are not reported, for a caller that does
	// not have the parameter at hand. Skipping a condition does not enable
	// later checks: an oversized text is still not decoded.
	Skip []errcodes.Condition

	// Domains are further domains that the certificate is to cover, such as those
	// that it will be bound to. Report.Names says which are covered; one that is
	// not has the advisory DomainNotCovered. They are written as DomainName is,
	// and never change a verdict. Requests on a listener, which has several
	// certificates, do not look at them.
	Domains []string

	// ExpiresWithin is how long before its end the certificate has the advisory
	// ExpiresSoon. 0: a third of its lifetime; negative: never.
	ExpiresWithin time.Duration

	// Levels replaces the default levels of advisories. LevelIgnore silences one.
	// An unknown level changes nothing. No level changes a verdict.
	Levels map[AdvisoryID]Level

	parsersOnly bool // for tests: the fast path is not asked
}

// table returns the table that requests of an operation are checked by.
func (o *Options) table(op errcodes.Operation) errcodes.Table {
	return errcodes.Table{Operation: op, Version: o.Version, Site: o.Site}.Resolve()
}

func (o *Options) certificateLimit() int { return limit(o.CertificateLimit, DefaultCertificateLimit) }
func (o *Options) privateKeyLimit() int  { return limit(o.PrivateKeyLimit, DefaultPrivateKeyLimit) }

func limit(set, standard int) int {
	switch {
	case set < 0:
		return int(^uint(0) >> 1)
	case set == 0:
		return standard
	default:
		return set
	}
}
