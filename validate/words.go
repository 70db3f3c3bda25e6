package validate

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/message"
)

// The values of the parameters that take one of several words.
const (
	statusOn  = "on"
	statusOff = "off"

	typeUpload = "upload"
	typeCAS    = "cas"
	typeFree   = "free"
	typeStored = "stored" // no word of a request: the certificate center's certificate is taken whole, by its number alone

	envStaging = "staging"
)

// checkDomain checks a request that sets a certificate.
func (c *checker) checkDomain(r *CDNRequest) {
	if w := c.checkWords(r); !c.done() {
		c.checkRest(r, &w)
	}
}

// words holds the values of the short parameters, with their defaults.
type words struct {
	domain, status, certType string

	pair bool // the operation looks at certificate and key
}

// checkWords checks all parameters but the content of certificate and key.
func (c *checker) checkWords(r *CDNRequest) (w words) {
	c.adviseForeign(r)
	c.checkGateway(func(f errcodes.Field) given {
		if f == errcodes.FieldRegionID {
			return given{value: c.region}
		}
		return r.given(f)
	})
	if c.done() {
		return w
	}
	switch {
	case c.has(errcodes.CondDomainNameMissing):
		w.domain = c.checkDomainName(r.DomainName)
	case c.ofSite():
		w.domain, _ = hostName(r.DomainName)
	}
	if c.done() {
		return w
	}
	if w.status = c.checkStatus(r.Status); c.done() {
		return w
	}
	if w.certType = c.checkCertType(r); c.done() {
		return w
	}
	if c.has(errcodes.CondForceSetUnsupported) {
		c.checkWord(errcodes.CondForceSetUnsupported, r.Overwrite, "", "0", "1")
	}
	if c.done() {
		return w
	}
	if c.checkCertName(r.CertName); c.done() {
		return w
	}
	switch {
	case w.status != statusOn, w.certType == typeFree:
	case w.certType != typeUpload:
		w.pair = w.certType != typeStored
		c.checkIdentified(r)
	default:
		w.pair = true
		c.checkGiven(r.hasCertificate(), r.hasPrivateKey())
	}
	return w
}

// ofSite reports whether the operation is about a site of ESA. There the certificate
// center's certificate is taken whole, and the name is that of the certificate on the site.
func (c *checker) ofSite() bool { return c.has(errcodes.CondSiteNotFound) }

// adviseForeign reports values that the operation ignores.
func (c *checker) adviseForeign(r *CDNRequest) {
	if c.verdictOnly {
		return
	}
	for _, f := range []struct {
		field errcodes.Field
		name  string // in a CDNRequest
	}{
		{errcodes.FieldCertType, "CertType"},
		{errcodes.FieldCertID, "CertID"},
		{errcodes.FieldCertRegion, "CertRegion"},
		{errcodes.FieldEnv, "Env"},
		{errcodes.FieldOverwrite, "Overwrite"},
		{errcodes.FieldSiteID, "SiteID"},
		{errcodes.FieldSiteCertificateID, "SiteCertificateID"},
	} {
		if r.gives(f.field) && c.parameter(f.field, 0) == "" {
			c.advise(ParameterIgnored, f.field, errcodes.Position{}, message.NoParameter.With(f.name, c.table.Operation))
		}
	}
	if r.Env != "" && r.Env != envStaging && c.parameter(errcodes.FieldEnv, 0) != "" {
		c.advise(ParameterIgnored, errcodes.FieldEnv, errcodes.Position{}, message.OnlyStaging.With())
	}
}

// checkStatus returns the status for later checks. An operation without the parameter
// always switches on.
func (c *checker) checkStatus(status string) string {
	if !c.has(errcodes.CondStatusUnsupported) {
		return statusOn
	}
	switch {
	case status != "":
	case !c.table.Operation.Requires(errcodes.FieldStatus):
		return statusOff
	case c.has(errcodes.CondParameterMissing): // checkGateway has recorded it
		return statusOn
	}
	return c.checkWord(errcodes.CondStatusUnsupported, status, statusOn, statusOff)
}

// checkCertType returns the type for later checks. An operation without the parameter
// uploads, unless it takes a number of the certificate center and one is given.
func (c *checker) checkCertType(r *CDNRequest) string {
	certType := r.CertType
	switch {
	case !c.has(errcodes.CondCertTypeUnsupported) && r.CertID != "" && c.parameter(errcodes.FieldCertID, 0) != "":
		return typeStored
	case !c.has(errcodes.CondCertTypeUnsupported), certType == "":
		return typeUpload
	case certType == typeFree && c.has(errcodes.CondFreeCertificateUnavailable):
		return typeFree
	}
	certType = c.checkWord(errcodes.CondCertTypeUnsupported, certType, typeUpload, typeCAS)
	if certType == typeCAS && c.ofSite() {
		return typeStored
	}
	return certType
}

// checkWord returns the word for later checks. It replaces a word that the parameter
// does not allow by the first of the allowed ones.
func (c *checker) checkWord(unsupported errcodes.Condition, word string, words ...string) string {
	switch {
	case slices.Contains(words, word):
		return word
	case word == "":
		c.violate(unsupported, errcodes.Position{}, message.Absent.With())
	default:
		c.violate(unsupported, errcodes.Position{}, unsupportedWord(unsupported, word, words))
	}
	return words[0]
}

// unsupportedWord says what is wrong with a word, and which one it is if only its case
// or characters beside it are.
func unsupportedWord(unsupported errcodes.Condition, word string, words []string) message.Reason {
	reason := quote(word)
	plain := strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return isWrapping(r) || unicode.IsSpace(r) || isFormat(r) }))
	switch {
	case plain != "" && slices.Contains(words, plain):
		return use(reason, plain)
	case unsupported == errcodes.CondCertRegionUnsupported:
		return regionMistake(word, words[0], words[1])
	default:
		return reason
	}
}

// checkIdentified checks whether the request identifies a certificate of the
// certificate center: by name, or by number if the operation takes one, else by
// content.
func (c *checker) checkIdentified(r *CDNRequest) {
	if c.has(errcodes.CondCertRegionUnsupported) {
		const china, abroad = "cn-hangzhou", "ap-southeast-1"
		if c.checkWord(errcodes.CondCertRegionUnsupported, cmp.Or(r.CertRegion, china), china, abroad); c.done() {
			return
		}
	}
	identified := r.hasCertificate()
	if c.parameter(errcodes.FieldCertID, 0) != "" {
		identified = r.CertID != ""
	}
	if !identified && (r.CertName == "" || c.ofSite()) {
		c.violate(errcodes.CondCertificateUnidentified, errcodes.Position{}, message.Reason{})
	}
}

// checkGiven checks whether an upload has a certificate and a key.
func (c *checker) checkGiven(certificate, key bool) {
	if !certificate {
		c.violate(errcodes.CondCertificateMissing, errcodes.Position{}, message.Reason{})
	}
	if !key && !c.done() {
		c.violate(errcodes.CondPrivateKeyMissing, errcodes.Position{}, message.Reason{})
	}
}

// given returns the value of a parameter for the gateway. The gateway does not look at
// certificate and key.
func (r *CDNRequest) given(f errcodes.Field) given {
	switch f {
	case errcodes.FieldDomainName:
		return given{value: r.DomainName}
	case errcodes.FieldStatus:
		return given{value: r.Status}
	case errcodes.FieldCertName:
		return given{value: r.CertName}
	case errcodes.FieldCertID:
		return given{value: r.CertID}
	case errcodes.FieldCertType:
		return given{value: r.CertType}
	case errcodes.FieldSiteID:
		return given{value: r.SiteID}
	default:
		return given{}
	}
}

func (r *CDNRequest) hasCertificate() bool {
	if r.Pair != nil {
		return r.Pair.hasCertificate
	}
	return r.Certificate != ""
}

func (r *CDNRequest) hasPrivateKey() bool {
	if r.Pair != nil {
		return r.Pair.hasKey
	}
	return !r.PrivateKey.IsZero()
}

// checkRest checks certificate and key, if the short parameters ask for them, and
// reports the parameters that are ignored.
func (c *checker) checkRest(r *CDNRequest, w *words) reading {
	switch {
	case w.status == statusOff:
		c.ignoredWhenOff(r)
		return reading{}
	case w.certType == typeFree:
		c.ignored(r, message.IgnoredWhenFree.With(),
			errcodes.FieldCertificate, errcodes.FieldPrivateKey, errcodes.FieldCertName)
		return reading{}
	case w.certType == typeStored:
		c.ignored(r, message.IgnoredForStored.With(), errcodes.FieldCertificate, errcodes.FieldPrivateKey)
		return reading{}
	case w.certType == typeUpload:
		c.ignored(r, message.IgnoredInUpload.With(), errcodes.FieldCertID, errcodes.FieldCertRegion)
	}
	if r.Pair != nil {
		return c.checkShared(r.Pair, w.domain)
	}
	return c.checkTexts(r.Certificate, r.PrivateKey, w.domain)
}

func (c *checker) ignoredWhenOff(r *CDNRequest) {
	fields := []errcodes.Field{
		errcodes.FieldCertificate, errcodes.FieldPrivateKey, errcodes.FieldCertType, errcodes.FieldCertName,
		errcodes.FieldOverwrite, errcodes.FieldCertID, errcodes.FieldCertRegion,
	}
	if r.hasCertificate() && r.Status == "" {
		c.advise(NothingChecked, errcodes.FieldCertificate, errcodes.Position{}, message.NothingChecked.With())
		fields = fields[1:]
	}
	before := len(c.notes)
	c.ignored(r, message.IgnoredWhenOff.With(), fields...)
	for i := range c.notes[before:] {
		c.notes[before+i].follows = string(NothingChecked)
	}
}

// ignored advises about the fields that are given although the operation does not
// look at them.
func (c *checker) ignored(r *CDNRequest, why message.Reason, fields ...errcodes.Field) {
	for _, f := range fields {
		if r.gives(f) && c.parameter(f, 0) != "" {
			c.advise(ParameterIgnored, f, errcodes.Position{}, why)
		}
	}
}

// gives reports whether the request has a value of a field.
func (r *CDNRequest) gives(f errcodes.Field) bool {
	switch f {
	case errcodes.FieldCertificate:
		return r.hasCertificate()
	case errcodes.FieldPrivateKey:
		return r.hasPrivateKey()
	case errcodes.FieldCertType:
		return r.CertType != ""
	case errcodes.FieldCertName:
		return r.CertName != ""
	case errcodes.FieldCertID:
		return r.CertID != ""
	case errcodes.FieldCertRegion:
		return r.CertRegion != ""
	case errcodes.FieldEnv:
		return r.Env != ""
	case errcodes.FieldOverwrite:
		return r.Overwrite != ""
	case errcodes.FieldSiteID:
		return r.SiteID != ""
	case errcodes.FieldSiteCertificateID:
		return r.SiteCertificateID != ""
	default:
		return false
	}
}
