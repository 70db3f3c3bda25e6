package workspace

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/diagnosis"
)

// A Query says what to check the texts for.
type Query struct {
	Operation string   `json:"operation"` // its id, as errcodes has it; "": the usual one
	Domains   []string `json:"domains"`   // the first is that of the request; of GA those of the ids
	Name      string   `json:"name"`      // of the certificate; "": not checked
	Time      string   `json:"time"`      // in RFC 3339; "": validity is not checked
	Lang      string   `json:"lang"`      // zh or en

	// Of an operation on a listener.
	Listener string   `json:"listener"`
	IDs      []string `json:"ids"` // of certificates; the first is that in the slot
}

// Language is the language of the answer.
func (q *Query) Language() errcodes.Lang { return languageOf(q.Lang) }

func languageOf(name string) errcodes.Lang {
	if name == "en" {
		return errcodes.English
	}
	return errcodes.Chinese
}

// operation finds an operation that the page knows, the usual one for any other name.
func (q *Query) operation() errcodes.Operation {
	for _, op := range Operations() {
		if op.ID() == q.Operation {
			return op
		}
	}
	return Operations()[0]
}

// Operations are those that the page checks for: the ones that take certificate and key,
// and those of listeners, which take ids.
func Operations() []errcodes.Operation {
	return append(slices.Collect(diagnosis.Operations()), errcodes.AssociateAdditionalCertificatesWithListener,
		errcodes.NLBAssociateAdditionalCertificatesWithListener, errcodes.GAAssociateAdditionalCertificatesWithListener)
}

// Check checks what is in the slots. The report has the schema of certcheck -format json.
func (w *Workspace) Check(q *Query) (validate.Localized, View) {
	op := q.operation()
	now, _ := time.Parse(time.RFC3339, q.Time)
	o := validate.Options{Now: now, VerifyChain: true}
	d := &diagnosis.Diagnosis{Texts: map[string]string{}, Files: map[string]string{}}
	w.forget()
	if op.Parameter(errcodes.FieldCertificate) == "" {
		w.checkListener(d, q, op, o)
	} else {
		w.checkPair(d, q, op, o)
	}
	w.diagnosis = d
	view := w.view(q, now)
	report := d.Localized(q.Language())
	w.renumber(&report)
	return report, view
}

func (w *Workspace) checkPair(d *diagnosis.Diagnosis, q *Query, op errcodes.Operation, o validate.Options) {
	values := &validate.CDNRequest{Op: op, Status: "on", CertName: q.Name, Certificate: w.text(), PrivateKey: w.key.text}
	if !diagnosis.TakesDomain(op) {
		o.Domains = q.Domains
	} else if len(q.Domains) > 0 {
		values.DomainName, o.Domains = q.Domains[0], q.Domains[1:]
	}
	given := diagnosis.Given{Domain: len(q.Domains) > 0, Name: q.Name != "", Certificate: len(w.certificate) > 0, Key: w.key.given}
	o.Skip = diagnosis.Skipped(values, given)
	d.Skipped, d.Key = o.Skip, w.key.text
	if given.Certificate {
		d.Texts[op.Parameter(errcodes.FieldCertificate)] = values.Certificate
		d.Files[op.Parameter(errcodes.FieldCertificate)] = w.certificateName()
	}
	if given.Key {
		d.Files[op.Parameter(errcodes.FieldPrivateKey)] = w.key.name
	}
	request := diagnosis.RequestOf(values)
	d.Report = validate.Check(request, o)
	d.Repair, w.written = diagnosis.DryRun(request, o, d.Report)
}

// checkListener checks ids, and the certificate as the one that the first id stands for.
func (w *Workspace) checkListener(d *diagnosis.Diagnosis, q *Query, op errcodes.Operation, o validate.Options) {
	request := &validate.ALBRequest{Op: op, ListenerID: q.Listener, CertificateIDs: q.IDs}
	if op.Parameter(errcodes.FieldDomainName) != "" {
		request.Domains = q.Domains
	}
	d.Skipped, o.Skip = diagnosis.CompleteListener(request, diagnosis.GivenListener{Listener: q.Listener != "", Domain: len(q.Domains) > 0})
	if len(w.certificate) > 0 && len(q.IDs) > 0 {
		parameter := strings.Replace(op.Parameter(errcodes.FieldCertificateID), ".N", "."+strconv.Itoa(1), 1)
		text := w.text()
		d.Texts[parameter], d.Files[parameter] = text, w.certificateName()
		o.Certificate = func(id string) (string, bool) { return text, id == q.IDs[0] }
	}
	d.Report = validate.Check(request, o)
	// Ids without a file are not looked up.
	d.Report.Advisories = slices.DeleteFunc(d.Report.Advisories, func(a validate.Advisory) bool { return a.ID == validate.CertificateUnknown })
}

// renumber puts the files and their lines into a report on texts that were put together.
func (w *Workspace) renumber(l *validate.Localized) {
	if len(w.certificate) < 2 && w.key.line <= 1 && (len(w.certificate) == 0 || w.certificate[0].lines == nil) {
		return
	}
	op := w.diagnosis.Report.Operation
	move := func(parameter string, line *int, at *validate.LocalizedPlace) {
		if at != nil {
			if name, number := w.place(op, parameter, at.Line); name != "" {
				at.File, at.Line = name, number
			}
		}
		if *line > 0 {
			_, *line = w.place(op, parameter, *line)
		}
	}
	for i := range l.Violations {
		move(l.Violations[i].Parameter, &l.Violations[i].Line, l.Violations[i].Place)
	}
	for i := range l.Advisories {
		move(l.Advisories[i].Parameter, &l.Advisories[i].Line, l.Advisories[i].Place)
	}
	for i := range l.Certificates {
		move(op.Parameter(errcodes.FieldCertificate), &l.Certificates[i].Line, nil)
	}
}
