package validate

import (
	"cmp"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/fastpath"
	"github.com/alicert/alicert/validate/internal/message"
)

// checkListener checks a request on the certificates of a listener, in the order of
// its table. With Options.Certificate it also checks whether each certificate is a
// server certificate. A violation is provisional if the listener's state may map to
// another code first.
func (c *checker) checkListener(r *ALBRequest) {
	checks := [...]func(*ALBRequest){
		c.checkListenerGateway, c.checkCount, c.checkDomains, c.checkCertificateIDs, c.checkClientToken, c.checkRepeated, c.checkLookedUp,
	}
	for _, check := range checks {
		if check(r); c.done() {
			return
		}
	}
}

// checkListenerGateway checks what the gateway checks of the parameters.
func (c *checker) checkListenerGateway(r *ALBRequest) {
	c.checkGateway(func(f errcodes.Field) given {
		switch f {
		case errcodes.FieldListenerID:
			return given{value: r.ListenerID}
		case errcodes.FieldCertificates:
			return given{value: r.Malformed.Certificates, typed: r.entries() > 0}
		case errcodes.FieldDryRun:
			return given{value: r.Malformed.DryRun}
		case errcodes.FieldClientToken:
			return given{value: r.ClientToken}
		case errcodes.FieldLoadBalancerID:
			return given{value: r.LoadBalancerID}
		case errcodes.FieldRegionID:
			return given{value: r.Region}
		case errcodes.FieldDomainName:
			return given{value: at(r.Domains, 0)}
		default: // the one certificate
			return given{value: at(r.CertificateIDs, 0)}
		}
	})
	if r.ListenerID != "" && !c.verdictOnly {
		c.adviseListenerID(r.ListenerID)
	}
}

func (c *checker) checkCount(r *ALBRequest) {
	switch n := r.entries(); {
	case n == 0 && !c.has(errcodes.CondCertificatesMissing): // of an operation that sets the default one
		c.violateEntry(0, errcodes.CondCertificateIDMissing, errcodes.Position{}, message.Reason{})
	case n > c.maxCertificates():
		c.violate(errcodes.CondTooManyCertificates, errcodes.Position{}, message.TooManyCertificates.With(n, c.maxCertificates()))
	}
}

// maxCertificates returns the number of certificates in one request of the operation.
func (c *checker) maxCertificates() int {
	return cmp.Or(c.table.Operation.Limit(errcodes.FieldCertificates), MaxCertificates)
}

// entries returns the number of certificates and domains.
func (r *ALBRequest) entries() int { return max(len(r.CertificateIDs), len(r.Domains)) }

// at returns an element of a list that may be shorter.
func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// checkDomains checks the domains of an operation that names certificates by them.
func (c *checker) checkDomains(r *ALBRequest) {
	for i := range c.domains(r) {
		if at(r.Domains, i) == "" && (i > 0 || !c.hasFinding(errcodes.CondDomainNameMissing)) { // the gateway has not refused it
			c.violateEntry(i, errcodes.CondDomainNameMissing, errcodes.Position{}, message.Reason{})
		}
	}
	if c.done() {
		return
	}
	for i := range c.domains(r) {
		domain := at(r.Domains, i)
		if ascii, reason := hostName(domain); domain != "" && (ascii == "" || ascii[0] == '.') {
			c.violateEntry(i, errcodes.CondDomainNameMalformed, errcodes.Position{}, reason)
		}
	}
}

// domains returns how many domains are checked one by one, as entries does for ids.
func (c *checker) domains(r *ALBRequest) int {
	switch n := r.entries(); {
	case c.table.Operation.Parameter(errcodes.FieldDomainName) == "":
		return 0
	case c.table.Operation.Parameter(errcodes.FieldCertificates) == "": // it takes one
		return min(n, 1)
	case n > MaxCertificates:
		return 0
	default:
		return n
	}
}

func (c *checker) checkCertificateIDs(r *ALBRequest) {
	for i := range max(len(c.entries(r)), c.domains(r)) {
		if at(r.CertificateIDs, i) == "" {
			c.violateEntry(i, errcodes.CondCertificateIDMissing, errcodes.Position{}, message.Reason{})
		}
	}
	if c.done() {
		return
	}
	for i, id := range c.entries(r) {
		switch {
		case strings.ContainsFunc(id, func(r rune) bool { return !isIDCharacter(r) }):
			c.violateEntry(i, errcodes.CondCertificateIDMalformed, errcodes.Position{}, malformedEntry(id))
		case id != "" && !c.verdictOnly:
			c.adviseEntryID(i, id)
		}
	}
}

// entries returns the ids that are checked one by one. If there are too many, it
// returns none: the report on 200,000 ids would be longer than the request.
func (c *checker) entries(r *ALBRequest) []string {
	op := c.table.Operation
	switch {
	case op.Parameter(errcodes.FieldCertificateID) == "":
		return nil
	case op.Parameter(errcodes.FieldCertificates) == "": // it takes one
		return r.CertificateIDs[:min(len(r.CertificateIDs), 1)]
	case len(r.CertificateIDs) > MaxCertificates:
		return nil
	default:
		return r.CertificateIDs
	}
}

// violateEntry records a violation by one of the certificates, counted from 0.
func (c *checker) violateEntry(entry int, cond errcodes.Condition, at errcodes.Position, reason message.Reason, args ...string) {
	c.record(finding{
		cond: cond, at: at, entry: entry + 1, reason: reason, args: args,
		provisional: c.table.Rank(cond) > c.table.Rank(errcodes.CondListenerNotFound),
	})
}

func (c *checker) adviseEntry(entry int, id AdvisoryID, reason message.Reason) {
	c.note(note{id: id, field: errcodes.FieldCertificateID, entry: entry + 1, reason: reason})
}

// resource is an id for the service's message. It does not show a value that is longer
// than any id, which may be a secret that was pasted into the wrong field.
func resource(id string) string {
	if len(id) > longestShown {
		return quote(id).Text().EN
	}
	return id
}

func unknownReason(id string) message.Reason {
	return message.IDUnknown.With(quote(id))
}

// hasRegion reports whether an id ends with a region, as in
// 1234567-cn-hangzhou.
func hasRegion(id string) bool {
	_, region, found := strings.Cut(id, "-")
	return found && strings.Contains(region, "-")
}

func (c *checker) checkClientToken(r *ALBRequest) {
	token := r.ClientToken
	if n := characters(token, MaxClientToken); n > MaxClientToken {
		c.violate(errcodes.CondClientTokenTooLong, errcodes.Position{}, message.TokenTooLong.With(MaxClientToken, len(token)))
	}
	if !c.done() && strings.ContainsFunc(token, func(r rune) bool { return r < ' ' || r >= 0x7f }) {
		c.violate(errcodes.CondClientTokenNotASCII, errcodes.Position{}, message.NotPrintableASCII.With())
	}
}

// characters counts code points, but stops one beyond the limit.
func characters(s string, limit int) (n int) {
	for range s {
		if n++; n > limit {
			break
		}
	}
	return n
}

func (c *checker) checkRepeated(r *ALBRequest) {
	field, ids, same := errcodes.FieldCertificateID, c.entries(r), message.SameID
	if n := c.domains(r); n > 0 {
		field, ids, same = errcodes.FieldDomainName, make([]string, n), message.SameDomain
		for i := range ids {
			ids[i], _ = hostName(at(r.Domains, i))
		}
	}
	if len(ids) < 2 {
		return
	}
	first := make(map[string]int, MaxCertificates)
	for i, id := range ids {
		before, again := first[id]
		if !again {
			first[id] = i
			continue
		}
		if id == "" {
			continue
		}
		c.violateEntry(i, errcodes.CondCertificateRepeated, errcodes.Position{}, same.With(c.parameter(field, before+1)), resource(id))
		if c.done() {
			return
		}
	}
}

// checkLookedUp checks the certificates that the caller can look up.
func (c *checker) checkLookedUp(r *ALBRequest) {
	if c.opts.Certificate == nil || !c.has(errcodes.CondCertificateNotServer) {
		return
	}
	for i, id := range c.entries(r) {
		if id == "" {
			continue
		}
		pem, known := c.opts.Certificate(id)
		if !known {
			follows := ""
			if !hasRegion(id) { // nobody knows such an id
				follows = string(IDWithoutRegion)
			}
			c.note(note{id: CertificateUnknown, field: errcodes.FieldCertificateID, entry: i + 1, reason: unknownReason(id), follows: follows})
			continue
		}
		domain := ""
		if i < c.domains(r) {
			domain, _ = hostName(at(r.Domains, i))
		}
		c.checkStored(i, id, pem, domain)
		if c.done() {
			return
		}
	}
}

// checkStored checks one certificate of the certificate center. The center refuses
// the same uploads as CDN, so with any fault of the content there is no server
// certificate of that id. The domain is that of GA, in ASCII form, "" for none.
func (c *checker) checkStored(entry int, id, pem, domain string) {
	if c.verdictOnly && len(pem) <= min(c.opts.certificateLimit(), DefaultCertificateLimit) && fastpath.Chain(pem, time.Time{}) {
		return
	}
	if pem == "" {
		c.violateEntry(entry, errcodes.CondCertificateNotServer, errcodes.Position{}, nothingReason(), resource(id))
		return
	}
	content := &checker{opts: c.opts, verdictOnly: c.verdictOnly}
	content.opts.Strict, content.opts.Skip, content.opts.Domains = false, []errcodes.Condition{errcodes.CondSecondLeaf}, nil
	p := content.read(pem, Secret{})
	content.adviseChain(p.chain, domain)
	for _, n := range content.notes {
		n.field, n.entry = errcodes.FieldCertificateID, entry+1
		c.note(n)
	}
	c.certificates = append(c.certificates, content.certificates...)
	c.names = append(c.names, content.names...)
	if len(content.findings) > 0 {
		f := content.findings[0]
		c.violateEntry(entry, errcodes.CondCertificateNotServer, f.at, f.reason, resource(id))
	}
}
