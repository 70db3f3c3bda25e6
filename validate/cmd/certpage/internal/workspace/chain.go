package workspace

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/diagnosis"
	"github.com/alicert/alicert/validate/internal/material"
)

// A Chain is the picture: the leaf, its issuers, and what stands beside them.
type Chain struct {
	Path   []Card   `json:"path"`   // the leaf first
	Beyond *Missing `json:"beyond"` // the issuer that is not in the text; nil behind a root
	Others []Card   `json:"others"`
}

// A Card is a certificate of the picture.
type Card struct {
	Number int      `json:"number"` // in the text
	Role   string   `json:"role"`   // leaf, ca, root or other
	Name   string   `json:"name"`
	Issuer string   `json:"issuer"`
	Names  []string `json:"names"`
	More   int      `json:"more"`
	Key    string   `json:"key"`
	SHA256 string   `json:"sha256"`

	From   string  `json:"from"`
	Until  string  `json:"until"`
	Days   int     `json:"days"`   // until its end, from its end if it is over, until it begins
	Period string  `json:"period"` // ok, renew, over, early, or unknown
	Today  float64 `json:"today"`  // part of the period that is over, from 0 to 1
	Renew  float64 `json:"renew"`  // part of the period after which renewal is due

	Problems []Problem `json:"problems"`
	Link     *Link     `json:"link"` // to the next card; nil for the last one
}

// A Problem is a finding about a certificate.
type Problem struct {
	Level validate.Level `json:"level"`
	Said  string         `json:"said"`
}

// A Link leads from a certificate to its issuer.
type Link struct {
	Broken bool   `json:"broken"`
	Reason string `json:"reason"`
}

// Missing is an issuer that is not in the text.
type Missing struct {
	Name   string `json:"name"`
	Needed bool   `json:"needed"` // clients do not have it
	Reason string `json:"reason"`
}

const (
	shownNames = 4
	dateFormat = "2006-01-02"
	aDay       = 24 * time.Hour
)

// chain draws the picture of the certificates of the report.
func (w *Workspace) chain(certs []material.Summary, key *KeyCard, now time.Time, lang errcodes.Lang) Chain {
	d := w.diagnosis
	picture := Chain{Path: []Card{}, Others: []Card{}}
	byBlock := map[int]*material.Summary{}
	for i := range certs {
		if n := numberOf(d.Report, &certs[i]); n > 0 && byBlock[n] == nil {
			byBlock[n] = &certs[i]
		}
	}
	leaf := w.leaf(key)
	if leaf == nil {
		return picture
	}
	used := map[string]bool{}
	path := []*validate.Certificate{leaf}
	used[leaf.SHA256] = true
	for next := w.issuerOf(leaf, byBlock, used); next != nil; next = w.issuerOf(next, byBlock, used) {
		used[next.SHA256] = true
		path = append(path, next)
	}
	for i, c := range path {
		role := "ca"
		switch {
		case i == 0 && (!c.CA || c.Issuer != c.Subject):
			role = "leaf"
		case c.Subject == c.Issuer:
			role = "root"
		}
		card := w.card(c, role, now, lang)
		if i+1 < len(path) {
			card.Link = w.link(c, path[i+1], lang)
		}
		picture.Path = append(picture.Path, card)
	}
	if last := path[len(path)-1]; last.Subject != last.Issuer {
		picture.Beyond = w.beyond(last, lang)
	}
	for i := range d.Report.Certificates {
		if c := &d.Report.Certificates[i]; !used[c.SHA256] || isCopy(path, c) {
			picture.Others = append(picture.Others, w.card(c, "other", now, lang))
		}
	}
	return picture
}

// isCopy reports whether a certificate is in the path already, from another block.
func isCopy(path []*validate.Certificate, c *validate.Certificate) bool {
	for _, p := range path {
		if p.SHA256 == c.SHA256 && p.Block != c.Block {
			return true
		}
	}
	return false
}

// leaf returns the certificate that the picture begins with: that of the key, unless a CA
// has it, or else the first that is not a CA's.
func (w *Workspace) leaf(key *KeyCard) *validate.Certificate {
	certs := w.diagnosis.Report.Certificates
	if len(certs) == 0 {
		return nil
	}
	leaf := &certs[0]
	for i := len(certs) - 1; i >= 0; i-- {
		if !certs[i].CA {
			leaf = &certs[i]
		}
	}
	for i := range certs {
		if key != nil && key.Fits > 0 && !key.CA && certs[i].Block == key.Fits {
			leaf = &certs[i]
		}
	}
	return leaf
}

// issuerOf returns the issuer of a certificate in the text, nil if there is none that is
// not used yet.
func (w *Workspace) issuerOf(c *validate.Certificate, byBlock map[int]*material.Summary, used map[string]bool) *validate.Certificate {
	child := byBlock[c.Block]
	if child == nil || c.Subject == c.Issuer {
		return nil
	}
	certs := w.diagnosis.Report.Certificates
	for i := range certs {
		if p := byBlock[certs[i].Block]; p != nil && !used[certs[i].SHA256] && issued(p, child) {
			return &certs[i]
		}
	}
	return nil
}

// link says whether a certificate is followed by its issuer, which signed it.
func (w *Workspace) link(c, issuer *validate.Certificate, lang errcodes.Lang) *Link {
	for _, id := range []validate.AdvisoryID{validate.ChainSignatureBad, validate.ChainOutOfOrder} {
		if said := w.saidOf(id, c.Block, lang); said != "" {
			return &Link{Broken: true, Reason: said}
		}
	}
	if issuer.Block != c.Block+1 {
		return &Link{Broken: true, Reason: errcodes.Message{
			EN: "certificate " + strconv.Itoa(issuer.Block) + " must follow certificate " + strconv.Itoa(c.Block),
			ZH: "第 " + strconv.Itoa(issuer.Block) + " 份应紧跟在第 " + strconv.Itoa(c.Block) + " 份之后",
		}.In(lang)}
	}
	return &Link{}
}

// saidOf returns the sentence of an advisory about a certificate, "" if there is none.
func (w *Workspace) saidOf(id validate.AdvisoryID, block int, lang errcodes.Lang) string {
	for i := range w.diagnosis.Report.Advisories {
		if a := &w.diagnosis.Report.Advisories[i]; a.ID == id && a.Block == block {
			return redact.Printable(a.Reason.In(lang))
		}
	}
	return ""
}

// beyond says what signed the last certificate of the path.
func (w *Workspace) beyond(last *validate.Certificate, lang errcodes.Lang) *Missing {
	issuer := validate.Certificate{Subject: last.Issuer}
	m := &Missing{Name: commonName(issuer, lang)}
	if said := w.saidOf(validate.ChainLinkMissing, last.Block, lang); said != "" {
		m.Needed, m.Reason = true, said
	}
	return m
}

// commonName is the short name of a certificate without the CN= in front.
func commonName(c validate.Certificate, lang errcodes.Lang) string {
	return strings.TrimPrefix(diagnosis.ShortSubject(c, lang), "CN=")
}

func (w *Workspace) card(c *validate.Certificate, role string, now time.Time, lang errcodes.Lang) Card {
	card := Card{
		Number: c.Block, Role: role, Name: commonName(*c, lang), Issuer: commonName(validate.Certificate{Subject: c.Issuer}, lang),
		Names: []string{}, More: c.MoreNames + max(len(c.Names)-shownNames, 0), SHA256: c.SHA256, Key: c.KeyType, Problems: []Problem{},
		From: c.NotBefore.UTC().Format(dateFormat), Until: c.NotAfter.UTC().Format(dateFormat),
	}
	switch {
	case c.Curve != "":
		card.Key += " " + c.Curve
	case c.KeyBits > 0 && c.KeyType == "RSA":
		card.Key += fmt.Sprintf(" %d", c.KeyBits)
	}
	for _, name := range c.Names[:min(len(c.Names), shownNames)] {
		card.Names = append(card.Names, redact.Printable(name))
	}
	card.setPeriod(c, now)
	r := w.diagnosis.Report
	if r.Operation.Parameter(errcodes.FieldCertificate) == "" {
		return card // of a listener, whose blocks are those of several texts
	}
	for _, v := range r.Violations {
		if v.Block == c.Block && v.Parameter == r.Operation.Parameter(errcodes.FieldCertificate) {
			card.Problems = append(card.Problems, Problem{validate.LevelError, redact.Printable(v.Why(lang))})
		}
	}
	for i := range r.Advisories {
		a := &r.Advisories[i]
		switch {
		case a.Block != c.Block || a.Parameter != r.Operation.Parameter(errcodes.FieldCertificate), a.Level == validate.LevelNote && role != "other":
		case a.ID == validate.ChainOutOfOrder, a.ID == validate.ChainSignatureBad, a.ID == validate.ChainLinkMissing: // at the links
		default:
			card.Problems = append(card.Problems, Problem{a.Level, redact.Printable(a.Reason.In(lang))})
		}
	}
	return card
}

// setPeriod says where a time is in the period of a certificate.
func (card *Card) setPeriod(c *validate.Certificate, now time.Time) {
	period := c.NotAfter.Sub(c.NotBefore)
	if now.IsZero() || period <= 0 {
		card.Period = "unknown"
		return
	}
	part := func(t time.Time) float64 { return min(max(float64(t.Sub(c.NotBefore))/float64(period), 0), 1) }
	renew := c.RenewFrom(0)
	card.Today, card.Renew = part(now), part(renew)
	card.Days = int(c.NotAfter.Sub(now) / aDay)
	switch {
	case now.After(c.NotAfter):
		card.Period, card.Days = "over", int(now.Sub(c.NotAfter)/aDay)
	case now.Before(c.NotBefore):
		card.Period, card.Days = "early", int(c.NotBefore.Sub(now)/aDay)
	case now.After(renew):
		card.Period = "renew"
	default:
		card.Period = "ok"
	}
}
