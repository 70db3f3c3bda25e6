package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/alicert/alicert/validate"
)

func (t *textReporter) certificates(r *result) {
	if len(r.report.Certificates) > 0 {
		t.section(labelCertificates)
	}
	owners := ownersOf(r.groups)
	dumps := newDumps(r.pem)
	for i, c := range r.report.Certificates {
		if id, first := owners[i]; first {
			t.line(2, dim, id)
		}
		t.certificate(c, r.when)
		if r.pem != nil {
			t.dump(dumps.of(c))
		}
	}
}

// ownersOf says at which certificate those of an id begin.
func ownersOf(groups []group) map[int]string {
	owners := make(map[int]string, len(groups))
	next := 0
	for _, g := range groups {
		if g.n > 0 {
			owners[next] = g.id
		}
		next += g.n
	}
	return owners
}

const (
	certificateIndent = 4
	certificateWidth  = 8
	mostNames         = 8
)

func (t *textReporter) certificate(c validate.Certificate, when time.Time) {
	subject := c.Subject
	if subject == "" {
		subject = t.in(labelNoSubject)
	}
	t.print(plain, fmt.Sprintf("  %d ", c.Block))
	t.print(bold, shorten(subject, longestName))
	if c.CA {
		t.print(dim, " "+t.in(labelCA))
	}
	t.newline()
	issuer := shorten(c.Issuer, longestName)
	if c.Issuer == c.Subject {
		issuer = t.in(labelSelf)
	}
	t.field(certificateIndent, certificateWidth, labelNames, t.names(c))
	t.field(certificateIndent, certificateWidth, labelIssuer, issuer)
	t.field(certificateIndent, certificateWidth, labelValid, t.validity(c, when))
	t.field(certificateIndent, certificateWidth, labelKey, t.list(t.publicKey(c), t.format(labelSigned, c.Signature)))
	t.field(certificateIndent, certificateWidth, labelPrint, c.SHA256)
}

func (t *textReporter) names(c validate.Certificate) string {
	list := make([]string, 0, mostNames+1)
	for _, name := range c.Names[:min(len(c.Names), mostNames)] {
		list = append(list, shorten(name, longestName))
	}
	if more := len(c.Names) + c.MoreNames - len(list); more > 0 {
		list = append(list, t.format(labelMore, more))
	}
	return strings.Join(list, " ")
}

func (t *textReporter) validity(c validate.Certificate, when time.Time) string {
	period := t.format(labelPeriod, day(c.NotBefore), day(c.NotAfter))
	days := func(d time.Duration) int { return int(d / (24 * time.Hour)) }
	switch {
	case when.IsZero():
		return period
	case when.After(c.NotAfter):
		return t.list(period, t.format(labelDaysAgo, days(when.Sub(c.NotAfter))))
	case when.Before(c.NotBefore):
		return t.list(period, t.format(labelNotYet, days(c.NotBefore.Sub(when))))
	default:
		return t.list(period, t.format(labelDaysLeft, days(c.NotAfter.Sub(when))))
	}
}

func (t *textReporter) publicKey(c validate.Certificate) string {
	switch {
	case c.Curve != "":
		return c.KeyType + " " + c.Curve
	case c.KeyBits > 0 && c.KeyType == "RSA":
		return t.format(labelBits, c.KeyType, c.KeyBits)
	default:
		return c.KeyType
	}
}

func day(when time.Time) string { return when.UTC().Format(time.DateOnly) }
