package alb

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/invariant"
)

type (
	machine    = model.Machine[State, Input, model.Output]
	transition = model.Transition[State, Input, model.Output]
)

// Invariants returns properties of every transition of a correct machine. They check
// any machine of these states and inputs, not only [Machine].
func Invariants() []model.Invariant[State, Input, model.Output] {
	of := invariant.Builder[State, Input]{}
	return []model.Invariant[State, Input, model.Output]{
		of.Idle("an error changes nothing", of.Refused, changed),
		of.Idle("what is ignored changes nothing", of.Ignored, changed),
		of.Idle("reads change nothing", of.Read, changed),
		of.Transition("a dry run changes nothing", dryRunChangesNothing),
		of.Transition("an association is all or nothing", allOrNothing),
		of.State("the quota is never exceeded", quotaHolds),
		{Name: "a token answers the same twice", Holds: tokenAnswersTwice},
		{Name: "what is in flight settles when its job ends", Holds: inFlightSettles},
		of.State("a listener is configured by one job that is processing", jobsConfigure),
		of.State("a bound certificate exists", boundCertificatesExist),
		of.State("a listener is of the product of its load balancer", productsAgree),
		of.State("indices and counts agree with records", countsAgree),
		of.State("no state holds a private key", noPrivateKey),
	}
}

// same reports whether two states are the same. It skips the parts that they share.
func same(a, b State) bool {
	return a.LoadBalancers.Equal(b.LoadBalancers) && a.Listeners.Equal(b.Listeners) && a.Associations.Equal(b.Associations) &&
		a.Tokens.Equal(b.Tokens) && a.Used.Equal(b.Used) && a.Jobs.Equal(b.Jobs) && a.Finished.Equal(b.Finished) && a.Ended == b.Ended &&
		a.CAS.Changed(b.CAS) == ""
}

func changed(from, to State) string {
	if same(from, to) {
		return ""
	}
	return "the state changed"
}

// asked returns the request of a step that changes a listener's certificates, and their
// status while the job is processing, which is empty for the default certificate.
func asked(in Input) (listener string, ids []string, meanwhile AssociationStatus, dryRun bool) {
	r, ok := in.Action.(ChangeCertificates)
	if !ok {
		return "", nil, notAssociated, false
	}
	return r.ListenerID, r.CertificateIDs, r.meanwhile(), r.DryRun && cmp.Or(r.Operation, associate).Table().Has(errcodes.CondDryRun)
}

func dryRunChangesNothing(t transition) string {
	switch _, _, _, dryRun := asked(t.Input); {
	case !dryRun:
		return ""
	case t.Output.OK():
		return "a dry run succeeded"
	default:
		return changed(t.From, t.To)
	}
}

// allOrNothing checks that an effective request changes every certificate that it
// names, and no other.
func allOrNothing(t transition) string {
	listener, ids, meanwhile, _ := asked(t.Input)
	if meanwhile == notAssociated || same(t.From, t.To) {
		return ""
	}
	job := t.Output.JobID
	if r, _ := t.Input.Action.(ChangeCertificates); productOf(r.Operation) == GA { // which answers no job
		l, _ := t.To.Listeners.Get(listener)
		ids, job = r.Domains, l.Job
	} else if meanwhile == Associating {
		l, _ := t.From.Listeners.Get(listener)
		lb, _ := t.From.LoadBalancers.Get(l.LoadBalancer)
		ids = t.From.full(ids, lb.Region)
	}
	named := map[string]bool{}
	for _, id := range ids {
		key := associationKey(listener, id)
		named[key] = true
		if a, _ := t.To.Associations.Get(key); a.Status != meanwhile || a.Job != job {
			return key + " is " + string(a.Status) + ", job " + a.Job
		}
	}
	for key, a := range t.To.Associations.All() {
		if before, _ := t.From.Associations.Get(key); !named[key] && a != before {
			return key + " changed as well"
		}
	}
	return ""
}

// quotaHolds counts the associations of every listener in any status.
func quotaHolds(s State) string {
	for id, n := range associationsByLoadBalancer(s) {
		if lb, _ := s.LoadBalancers.Get(id); n > lb.Limit() {
			return "load balancer " + id + " has " + strconv.Itoa(n) + " additional certificates, its quota is " + strconv.Itoa(lb.Limit())
		}
	}
	return ""
}

func associationsByLoadBalancer(s State) map[string]int {
	counts := map[string]int{}
	for key := range s.Associations.All() {
		listener, _, _ := strings.Cut(key, " ")
		l, _ := s.Listeners.Get(listener)
		counts[l.LoadBalancer]++
	}
	return counts
}

// tokenAnswersTwice repeats a successful request.
func tokenAnswersTwice(m machine, t transition) string {
	if _, isChange := t.Input.Action.(ChangeCertificates); !isChange || !t.Output.OK() {
		return ""
	}
	switch again, output := m.Step(t.To, t.Input); {
	case !output.Equal(t.Output):
		return "the second answer is another: " + output.Outcome() + " " + output.JobID
	case !same(again, t.To):
		return "the second answer has an effect"
	default:
		return ""
	}
}

// inFlightSettles ends the job of every pending certificate, both with success and
// with failure.
func inFlightSettles(m machine, t transition) string {
	if t.From == t.To { // checked before
		return ""
	}
	for key, a := range t.To.Associations.All() {
		if a.Status == Associated {
			if a.Job != "" {
				return key + " is Associated and has a job"
			}
			continue
		}
		listener, _, _ := strings.Cut(key, " ")
		if j, _ := t.To.Jobs.Get(a.Job); j.Status != Processing || j.Listener != listener {
			return key + " belongs to no job that is processing"
		}
		stays, gone := Association{Status: Associated, Certificate: a.Certificate}, Association{}
		finished, _ := m.Step(t.To, Input{Action: JobFinished{Job: a.Job}})
		failed, _ := m.Step(t.To, Input{Action: JobFailed{Job: a.Job}})
		ifFinished, _ := finished.Associations.Get(key)
		ifFailed, _ := failed.Associations.Get(key)
		switch a.Status {
		case Dissociating:
			ifFinished, ifFailed = ifFailed, ifFinished
		case Updating:
			stays.Certificate, gone = a.Next, stays
		default:
		}
		if ifFinished != stays || ifFailed != gone {
			return key + " does not settle when " + a.Job + " ends"
		}
	}
	return ""
}

// jobsConfigure checks that a listener and its job name each other, and that the
// listener's status agrees.
func jobsConfigure(s State) string {
	processing := 0
	for id, l := range s.Listeners.All() {
		if l.Job == "" {
			if l.Status == Configuring {
				return "listener " + id + " is Configuring without a job"
			}
			continue
		}
		processing++
		j, _ := s.Jobs.Get(l.Job)
		created := l.Status == Provisioning && j.Operation == errcodes.CreateListener.ID()
		if j.Status != Processing || j.Listener != id || l.Status != Configuring && l.Status != Stopped && !created {
			return "listener " + id + " is " + string(l.Status) + ", its job " + l.Job + " is " + string(j.Status)
		}
	}
	for _, j := range s.Jobs.All() {
		if j.Status == Processing {
			processing--
		}
	}
	if processing != 0 {
		return "a job is processing for no listener"
	}
	return ""
}

func productsAgree(s State) string {
	for id, l := range s.Listeners.All() {
		if lb, _ := s.LoadBalancers.Get(l.LoadBalancer); lb.Product != l.Product {
			return "listener " + id + " is of another product than load balancer " + l.LoadBalancer
		}
	}
	return ""
}

func boundCertificatesExist(s State) string {
	for id := range certificateUses(s) {
		if _, known := s.CAS.ByID(id); !known {
			return "certificate " + id + " is used and does not exist"
		}
	}
	return ""
}

// certificateUses counts, by certificate id, the uses as a default certificate,
// as an additional one and by a job that sets a default one.
func certificateUses(s State) map[string]int {
	uses := map[string]int{}
	for _, l := range s.Listeners.All() {
		if l.Default != "" {
			uses[l.Default]++
		}
	}
	for key, a := range s.Associations.All() {
		_, associated, _ := strings.Cut(key, " ")
		now, next := a.certificates(associated)
		if uses[now]++; next != "" {
			uses[next]++
		}
	}
	for _, j := range s.Jobs.All() {
		if j.Status == Processing && j.Default != "" {
			uses[j.Default]++
		}
	}
	return uses
}

func countsAgree(s State) string {
	counts := associationsByLoadBalancer(s)
	for id, lb := range s.LoadBalancers.All() {
		if lb.Associations != counts[id] {
			return "load balancer " + id + " counts " + strconv.Itoa(lb.Associations) + " associations, there are " + strconv.Itoa(counts[id])
		}
	}
	uses, withID := certificateUses(s), 0
	for name, c := range s.CAS.Certificates.All() {
		if c.ID == "" {
			continue
		}
		withID++
		if indexed, _ := s.CAS.IDs.Get(c.ID); indexed != name {
			return "certificate " + name + " is not found by its id"
		}
		if c.Listeners != uses[c.ID] {
			return "certificate " + name + " counts " + strconv.Itoa(c.Listeners) + " uses, there are " + strconv.Itoa(uses[c.ID])
		}
	}
	if s.CAS.IDs.Len() != withID {
		return "the index of ids knows certificates that do not exist"
	}
	return cmp.Or(finishedAgree(s), tokensAgree(s))
}

// tokensAgree checks that the order of client tokens lists each token of an ended job
// once, and no other.
func tokensAgree(s State) string {
	listed := map[string]bool{}
	for _, key := range s.Used.All() {
		if t, found := s.Tokens.Get(key); !found || s.isProcessing(t.JobID) {
			return "client token " + key + " is listed as that of a job that has ended"
		}
		listed[key] = true
	}
	for key, t := range s.Tokens.All() {
		if !listed[key] && !s.isProcessing(t.JobID) {
			return "client token " + key + " is not listed, and its job has ended"
		}
	}
	if n := s.Used.Len(); n != len(listed) || n > MaxTokens {
		return strconv.Itoa(n) + " client tokens are listed"
	}
	return ""
}

func (s State) isProcessing(job string) bool {
	j, _ := s.Jobs.Get(job)
	return j.Status == Processing
}

// finishedAgree checks that the order of finished jobs lists each of them once, and
// no other.
func finishedAgree(s State) string {
	ended := 0
	for _, j := range s.Jobs.All() {
		if j.Status != Processing {
			ended++
		}
	}
	listed := map[string]bool{}
	for _, id := range s.Finished.All() {
		if j, found := s.Jobs.Get(id); !found || j.Status == Processing {
			return "job " + id + " is listed as finished"
		}
		listed[id] = true
	}
	if ended != len(listed) || ended != s.Finished.Len() || ended > MaxFinishedJobs {
		return strconv.Itoa(ended) + " jobs are finished, " + strconv.Itoa(s.Finished.Len()) + " are listed"
	}
	return ""
}

// noPrivateKey checks every text of a state that comes from an input.
func noPrivateKey(s State) string {
	for _, c := range s.CAS.Certificates.All() {
		if redact.Armored(c.PEM) {
			return "in the text of a certificate"
		}
	}
	if redact.Armored(s.Key()) {
		return "in a name or an id"
	}
	return ""
}
