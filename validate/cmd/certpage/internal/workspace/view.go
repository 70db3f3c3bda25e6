package workspace

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/columns"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/diagnosis"
	"github.com/alicert/alicert/validate/internal/material"
)

// A View is what the page shows beside the report. All texts are printable.
type View struct {
	Operation  string    `json:"operation"`
	Accepted   bool      `json:"accepted"`
	Findings   []Finding `json:"findings"`   // the verdict first, if there is one
	NotChecked []string  `json:"notChecked"` // parameters
	Chain      Chain     `json:"chain"`
	Fix        []string  `json:"fix"`      // what it would change
	Remedies   []string  `json:"remedies"` // what it leaves to do

	// Of the slots.
	Certificate *CertificateCard `json:"certificate"`
	Key         *KeyCard         `json:"key"`
	Choices     []Choice         `json:"choices"`
	Unused      []string         `json:"unused"`
}

// A Finding is one of the report as the page shows it.
type Finding struct {
	ID          string             `json:"id"`
	Level       validate.Level     `json:"level"`
	Code        string             `json:"code,omitempty"`
	Sure        string             `json:"sure,omitempty"`    // the word behind a code whose rule is not documented
	Service     string             `json:"service,omitempty"` // what the service says
	Said        string             `json:"said"`
	Hint        string             `json:"hint"`
	Meaning     string             `json:"meaning"`
	Rest        string             `json:"rest,omitempty"` // what the rule rests on
	Source      string             `json:"source,omitempty"`
	Where       string             `json:"where,omitempty"` // file:line:column
	Line        int                `json:"line,omitempty"`
	Excerpt     *diagnosis.Excerpt `json:"excerpt,omitempty"`
	Follows     string             `json:"follows,omitempty"`
	Provisional bool               `json:"provisional,omitempty"`
}

// A CertificateCard says what is in the slot of the certificate.
type CertificateCard struct {
	Files  []string `json:"files"`
	Number int      `json:"number"` // of certificates that can be read, in any form
}

// A KeyCard says what is in the slot of the key.
type KeyCard struct {
	File string `json:"file"`
	Kind string `json:"kind,omitempty"` // RSA and so on, "" if the key cannot be read
	Size string `json:"size,omitempty"` // bits, or the curve
	Fits int    `json:"fits"`           // number of the certificate that it belongs to, 0 for none
	CA   bool   `json:"ca,omitempty"`   // that is the certificate of a CA
}

// excerptWidth is in columns. The page cuts nothing, and lets a long line be scrolled.
const excerptWidth = 92

func (w *Workspace) view(q *Query, now time.Time) View {
	d, lang := w.diagnosis, q.Language()
	op := d.Report.Operation
	v := View{
		Operation: op.String(), Accepted: d.Report.Err() == nil,
		Findings: []Finding{}, NotChecked: []string{}, Fix: []string{}, Remedies: []string{},
		Choices: w.Choices(), Unused: w.Unused(),
	}
	all := d.Findings()
	for i := range all {
		v.Findings = append(v.Findings, w.finding(&all[i], lang))
	}
	for _, cond := range d.Skipped {
		v.NotChecked = append(v.NotChecked, op.Table().Parameter(cond))
	}
	if d.Repair != nil {
		for _, c := range d.Repair.Changes {
			v.Fix = appendNew(v.Fix, redact.Printable(c.What.In(lang)))
			if !c.Remedy.IsZero() {
				v.Remedies = appendNew(v.Remedies, redact.Printable(c.Remedy.In(lang)))
			}
		}
	}
	certs := material.Of([]byte(w.text()), "").Certs
	if len(w.certificate) > 0 {
		v.Certificate = &CertificateCard{Files: w.names(), Number: len(d.Report.Certificates)}
		if v.Certificate.Number == 0 { // in another form than the service reads
			v.Certificate.Number = len(certs)
		}
	}
	if w.key.given {
		v.Key = w.keyCard(d.Report, certs)
	}
	v.Chain = w.chain(certs, v.Key, now, lang)
	return v
}

func appendNew(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

func (w *Workspace) finding(f *diagnosis.Finding, lang errcodes.Lang) Finding {
	d := w.diagnosis
	shown := func(m errcodes.Message) string { return redact.Printable(m.In(lang)) }
	out := Finding{
		ID: f.ID, Level: f.Level, Said: redact.Printable(d.Said(f, lang)), Hint: redact.Printable(withoutCommand(d.Hint(f).In(lang))), Follows: f.Follows,
	}
	if v := f.Violation; v != nil {
		out.Code, out.Sure, out.Meaning = string(v.Code), shown(diagnosis.Sureness(v.Evidence)), shown(v.Condition.Meaning())
		out.Service = fmt.Sprintf("%d %s", v.Status, redact.Printable(v.Message))
		out.Rest, out.Source, out.Provisional = shown(diagnosis.Rest(v.Evidence)), v.Source, v.Provisional
	} else {
		out.Meaning = shown(f.Advisory.ID.Meaning())
	}
	if name, line := w.place(d.Report.Operation, f.Place.Parameter, f.Place.Line); name != "" {
		out.Where = name
		if line > 0 {
			out.Line = line
			out.Where = fmt.Sprintf("%s:%d:%d", name, line, max(f.Place.Column, 1))
		}
	} else {
		out.Where = f.Place.Parameter
	}
	if excerpt, ok := d.Excerpt(f.Place, f.Parameter != f.Place.Parameter, excerptWidth, lang); ok {
		excerpt.Beside, excerpt.Underneath = redact.Printable(excerpt.Beside), redact.Printable(excerpt.Underneath)
		out.Excerpt = &excerpt
		if gap := columns.Of(excerpt.Text) - columns.Of(excerpt.Marks); excerpt.Beside != "" && excerpt.Underneath != "" {
			out.Excerpt.Underneath = strings.Repeat(" ", max(gap, 0)) + excerpt.Underneath
		}
	}
	return out
}

// withoutCommand leaves the command certcheck -fix out of a hint: the page has a button.
func withoutCommand(hint string) string {
	for _, separator := range []string{"; ", "；"} {
		parts := strings.Split(hint, separator)
		kept := parts[:0]
		for _, part := range parts {
			if !strings.Contains(part, "certcheck -fix") {
				kept = append(kept, part)
			}
		}
		if len(kept) > 0 {
			hint = strings.Join(kept, separator)
		}
	}
	return hint
}

// keyCard says what kind of key is in the slot, and to which certificate it belongs.
func (w *Workspace) keyCard(r *validate.Report, certs []material.Summary) *KeyCard {
	card := &KeyCard{File: w.key.name}
	n, err := validate.Normalize(errcodes.SetDomainServerCertificate, "", w.key.text)
	if err != nil {
		return card
	}
	public := material.PublicOf(n.PrivateKey)
	switch public := public.(type) {
	case *rsa.PublicKey:
		card.Kind, card.Size = "RSA", fmt.Sprint(public.N.BitLen())
	case *ecdsa.PublicKey:
		card.Kind, card.Size = "ECDSA", public.Curve.Params().Name
	case ed25519.PublicKey:
		card.Kind = "Ed25519"
	default:
		return card
	}
	key, known := material.DigestOf(public)
	for i := range certs {
		number := numberOf(r, &certs[i])
		if len(r.Certificates) == 0 { // in another form than the service reads
			number = i + 1
		}
		if known && certs[i].Key == key && number > 0 {
			card.Fits, card.CA = number, certs[i].CA
			break
		}
	}
	return card
}

// numberOf is the number of a certificate in the report, 0 if it is not there.
func numberOf(r *validate.Report, c *material.Summary) int {
	sum := fmt.Sprintf("%x", c.Sum) // the front of the fingerprint
	for i := range r.Certificates {
		if strings.HasPrefix(r.Certificates[i].SHA256, sum) {
			return r.Certificates[i].Block
		}
	}
	return 0
}
