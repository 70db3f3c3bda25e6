package inputs

import (
	"cmp"
	"encoding/json"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
)

// history is the memory of a sequence: names and ids that exist or existed, for later
// inputs to refer to.
type history struct {
	Requests      int                             // made so far
	RequestIDs    fuzz.Bundle[string]             // of requests
	Domains       fuzz.Bundle[string]             // ids
	DomainsOf     map[string]*fuzz.Bundle[string] // names by product
	Configuring   fuzz.Bundle[string]             // domains whose configuration was changed
	Secured       fuzz.Bundle[string]             // domains that got a certificate
	Names         fuzz.Bundle[string]             // of certificates
	IDs           fuzz.Bundle[string]             // of certificates
	Numbers       fuzz.Bundle[int]                // of certificates
	LoadBalancers fuzz.Bundle[string]
	Listeners     fuzz.Bundle[string]
	Associated    fuzz.Bundle[association]
	Asked         map[string]Change   // by the job that is processing
	Jobs          fuzz.Bundle[string] // that are processing
	ClientTokens  fuzz.Bundle[string]
	Tokens        fuzz.Bundle[string] // as alb.TokenForgotten wants them
	Changes       []Change            // the latest that succeeded
}

// association is an additional certificate of a listener.
type association struct{ Listener, Certificate string }

// maxChanges is how many requests a sequence remembers to send again.
const maxChanges = 32

// Learn learns from an answer.
func (m *history) Learn(in Input, out model.Output) {
	if !out.OK() && out.Error.Condition != errcodes.CondSetNotEffective {
		return
	}
	switch a := in.Action.(type) {
	case Set:
		m.learnSet(a)
	case Upload:
		m.learnUpload(a, out)
	case Change:
		m.learnChange(a, out)
	case alb.UpdateListenerAttribute:
		m.Jobs.Add(out.JobID)
	case alb.CreateListener:
		m.learnListener(errcodes.CreateListener, cmp.Or(a.ClientToken, a.RequestID), out)
	case alb.DeleteListener:
		m.learnListener(errcodes.DeleteListener, cmp.Or(a.ClientToken, a.RequestID), out)

	case cas.CertificateAdded:
		m.learnCertificate(a.Certificate)
	case cas.CertificateRemoved:
		m.Names.Remove(a.Name)
		m.IDs.Remove(strings.TrimPrefix(a.Name, ofID))

	case alb.LoadBalancerAdded:
		m.LoadBalancers.Add(a.ID)
	case alb.ListenerAdded:
		m.Listeners.Add(a.ID)
	case alb.ListenerRemoved:
		m.Listeners.Remove(a.ID)
	case alb.JobFinished:
		m.Jobs.Remove(a.Job)
		m.settle(m.Asked[a.Job])
	case alb.JobFailed:
		m.Jobs.Remove(a.Job)
	default:
		m.learnDomain(in)
	}
}

// learnDomain learns from inputs that add, change or remove a domain.
func (m *history) learnDomain(in Input) {
	switch a := in.Action.(type) {
	case cdn.AddDomain:
		m.addDomain(a.About().ID)
		m.Configuring.Add(a.About().ID)
	case cdn.DeleteDomain:
		m.Configuring.Add(a.About().ID)
	case cdn.BatchSetCdnDomainConfig:
		m.Configuring.Add(a.About().ID)
	case cdn.DomainAdded:
		m.addDomain(a.Name)
	case cdn.DomainRemoved:
		m.Domains.Remove(a.Name)
		product, name := cdn.SplitID(a.Name)
		m.of(product).Remove(name)
	case cdn.ConfigurationFinished:
		m.Configuring.Remove(a.Domain)
	}
}

// of returns the names of a product's domains.
func (m *history) of(product string) *fuzz.Bundle[string] {
	if m.DomainsOf[product] == nil {
		m.DomainsOf[product] = new(fuzz.Bundle[string])
	}
	return m.DomainsOf[product]
}

func (m *history) addDomain(id string) {
	m.Domains.Add(id)
	product, name := cdn.SplitID(id)
	m.of(product).Add(name)
}

func (m *history) learnSet(a Set) {
	id := domainForm(cdn.DomainID(a.Operation().Product(), string(a.DomainName)))
	m.Configuring.Add(id)
	if a.Status == "on" {
		m.Secured.Add(id)
	} else {
		m.Secured.Remove(id)
	}
	name := redact.Name(string(a.CertName))
	if name == "" && a.CertType == "upload" {
		name = "cert-" + a.RequestID
	}
	if a.Status != "on" || a.CertType == "free" || name == "" {
		return
	}
	m.Names.Add(name)
	if a.CertType == "upload" {
		number := cas.UploadNumber(a.RequestID, name)
		m.Numbers.Add(number)
		m.IDs.Add(cas.IDOf(number))
	}
}

// settle learns what a request changed when its job finished.
func (m *history) settle(c Change) {
	for _, id := range c.CertificateIDs {
		a := association{c.ListenerID, id}
		if c.Op == errcodes.DissociateAdditionalCertificatesFromListener {
			m.Associated.Remove(a)
		} else {
			m.Associated.Add(a)
		}
	}
}

func (m *history) learnCertificate(c cas.Certificate) {
	m.Names.Add(c.Name)
	if c.ID != "" {
		m.IDs.Add(c.ID)
	}
}

func (m *history) learnUpload(a Upload, out model.Output) {
	m.Names.Add(redact.Name(string(a.Name)))
	var body struct {
		CertID int `json:"CertId"`
	}
	if json.Unmarshal([]byte(text(out.Body)), &body) == nil && body.CertID != 0 {
		m.Numbers.Add(body.CertID)
		m.IDs.Add(cas.IDIn(body.CertID, a.Region))
	}
}

// learnListener learns from a job that creates or deletes a listener.
func (m *history) learnListener(op errcodes.Operation, token string, out model.Output) {
	m.Jobs.Add(out.JobID)
	m.ClientTokens.Add(token)
	m.Tokens.Add(op.String() + " " + token)
	var body struct {
		ListenerID string `json:"ListenerId"`
	}
	if json.Unmarshal([]byte(text(out.Body)), &body) == nil && body.ListenerID != "" {
		m.Listeners.Add(body.ListenerID)
	}
}

func (m *history) learnChange(a Change, out model.Output) {
	m.Jobs.Add(out.JobID)
	m.Asked[out.JobID] = a
	token := a.ClientToken
	if token == "" {
		token = a.RequestID
	} else {
		m.ClientTokens.Add(token)
	}
	m.Tokens.Add(a.Request().Operation().String() + " " + token)
	m.Changes = append(m.Changes, a)
	m.Changes = m.Changes[max(0, len(m.Changes)-maxChanges):]
}
