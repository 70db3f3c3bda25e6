package fuzz_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/validate"
)

// oneListener is what the stub begins with: a listener of a load balancer with a quota of
// 4, and 8 certificates, of which the last is the listener's default.
var oneListener = alb.Scenario{}.LoadBalancer("alb-1", alb.Basic).Quota(4).Certificates(8).Listener("lsn-1", alb.HTTPS).Default(cas.IDOf(8)).State()

// A stub is a user's own fake of one operation,
// AssociateAdditionalCertificatesWithListener, and of the ends of its jobs. The other
// fields are mistakes to plant.
type stub struct {
	mu         sync.Mutex
	associated []string            // certificates, in whatever status
	job        string              // that is processing
	adds       []string            // what the job adds
	tokens     map[string][]string // by token: RequestId, job, then the listener and certificates

	offByOne   bool // the quota is taken for one more
	staysBusy  bool // the listener stays Configuring after a job
	keepsAdded bool // a failed job leaves its certificates
	pause      func()
}

func openStub() model.System[inputs.Input, model.Output] {
	return &stub{tokens: map[string][]string{}}
}

func (s *stub) Do(_ context.Context, in inputs.Input) (model.Output, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch a := in.Action.(type) {
	case inputs.Change:
		return s.associate(a), nil
	case alb.JobFinished:
		return s.end(a.Job, true), nil
	case alb.JobFailed:
		return s.end(a.Job, false), nil
	default:
		return model.Output{}, errors.New("not in this stub")
	}
}

func (s *stub) associate(r inputs.Change) model.Output {
	refuse := func(cond errcodes.Condition, args ...string) model.Output {
		return model.Output{RequestID: r.RequestID, Error: errcodes.AssociateAdditionalCertificatesWithListener.Table().Error(cond, args...)}
	}
	if malformed, ok := errors.AsType[*errcodes.Error](validate.Verdict(r.Request(), validate.Options{})); ok {
		return model.Output{RequestID: r.RequestID, Error: *malformed}
	}
	if r.ListenerID != "lsn-1" {
		return refuse(errcodes.CondListenerNotFound, r.ListenerID)
	}
	token := r.ClientToken
	if token == "" {
		token = r.RequestID
	}
	dryRun := strings.EqualFold(r.DryRun, "true")
	if used, found := s.tokens[token]; found {
		switch {
		case !slices.Equal(used[2:], r.CertificateIDs):
			return refuse(errcodes.CondTokenReused)
		case !dryRun:
			return model.Output{RequestID: used[0], JobID: used[1]}
		}
	}
	if s.job != "" {
		return refuse(errcodes.CondListenerConfiguring, r.ListenerID, "Configuring")
	}
	ids, cond, id := s.certificates(r.CertificateIDs)
	if cond != 0 {
		return refuse(cond, id)
	}
	quota := 4
	if s.offByOne {
		quota++
	}
	if used := len(s.associated); used+len(ids) > quota {
		return refuse(errcodes.CondQuotaExceeded, "alb_quota_loadbalancer_certificates_num_basic_edition", "alb-1", strconv.Itoa(used), "4")
	}
	if dryRun {
		return refuse(errcodes.CondDryRun)
	}
	if s.pause != nil { // between looking and doing
		s.mu.Unlock()
		s.pause()
		s.mu.Lock()
	}
	s.job, s.adds = "job-"+r.RequestID, ids
	for n := 2; s.took(s.job); n++ {
		s.job = "job-" + r.RequestID + "-" + strconv.Itoa(n)
	}
	s.associated = append(s.associated, ids...)
	s.tokens[token] = append([]string{r.RequestID, s.job}, r.CertificateIDs...)
	return model.Output{RequestID: r.RequestID, JobID: s.job}
}

// certificates returns the ids in full, or the first that the listener refuses.
func (s *stub) certificates(given []string) (ids []string, refused errcodes.Condition, id string) {
	ids = slices.Clone(given)
	for i, id := range ids {
		if _, err := strconv.Atoi(id); err == nil { // a bare number is one of this region
			ids[i] = id + "-cn-hangzhou"
		}
		number, region, _ := strings.Cut(ids[i], "-")
		n, err := strconv.Atoi(number)
		switch {
		case slices.Contains(ids[:i], ids[i]):
			return nil, errcodes.CondCertificateRepeated, id
		case err != nil || n < 1 || n > 8 || region != "cn-hangzhou":
			return nil, errcodes.CondCertificateNotFound, id
		case n == 8:
			return nil, errcodes.CondCertificateIsDefault, id
		case slices.Contains(s.associated, ids[i]):
			return nil, errcodes.CondCertificateAssociated, id
		}
	}
	return ids, 0, ""
}

func (s *stub) took(job string) bool {
	for _, used := range s.tokens {
		if used[1] == job {
			return true
		}
	}
	return false
}

func (s *stub) end(job string, succeeded bool) model.Output {
	if job != s.job || job == "" {
		return model.Output{Ignored: true}
	}
	if !succeeded && !s.keepsAdded {
		s.associated = slices.DeleteFunc(s.associated, func(id string) bool { return slices.Contains(s.adds, id) })
	}
	if !s.staysBusy {
		s.job = ""
	}
	return model.Output{}
}

// stubMachine and stubOptions hold a stub of one operation against the model.
var stubMachine = fuzz.MachineOf(alb.Machine{Initial: oneListener}, inputs.Input.ALB)

func stubOptions() fuzz.Options[alb.State, inputs.Input, model.Output] {
	return inputs.ALB().Only("associate", "again", "job finished", "job failed")
}

// The default run finds the mistakes that people make in a stub of one operation, with
// seed 0 and the default number of sequences.
func TestPlantedMistakes(t *testing.T) {
	fuzz.Conform(t, stubMachine, openStub, stubOptions())
	for name, test := range map[string]struct {
		plant func(*stub)
		most  int // inputs of the failure
	}{
		"quota off by one":                  {func(s *stub) { s.offByOne = true }, 5},
		"busy after the job":                {func(s *stub) { s.staysBusy = true }, 3},
		"certificates of a failed job stay": {func(s *stub) { s.keepsAdded = true }, 3},
	} {
		t.Run(name, func(t *testing.T) {
			var f fataler
			fuzz.Conform(&f, stubMachine, func() model.System[inputs.Input, model.Output] {
				s := &stub{tokens: map[string][]string{}}
				test.plant(s)
				return s
			}, stubOptions())
			if f.text == "" {
				t.Fatal("not found")
			}
			first, _, _ := strings.Cut(f.text, "\n")
			words := strings.Fields(first)
			if n, err := strconv.Atoi(words[1]); err != nil || n > test.most {
				t.Errorf("%s; want %d inputs at most\n%s", first, test.most, f.text)
			}
		})
	}
}

// A stub that looks at the listener, and then acts on what it saw, is not linearizable
// where two clients get between.
func TestReadThenAct(t *testing.T) {
	for _, racy := range []bool{false, true} {
		s := &stub{tokens: map[string][]string{}}
		if racy {
			var both sync.WaitGroup
			both.Add(2)
			s.pause = func() { both.Done(); both.Wait() }
		}
		recorder := fuzz.NewRecorder[inputs.Input, model.Output](s)
		var clients sync.WaitGroup
		for n := range 2 {
			c := recorder.Client()
			clients.Go(func() {
				_, _ = c.Do(t.Context(), inputs.Input{Action: inputs.Change{
					RequestID: "r" + strconv.Itoa(n), ListenerID: "lsn-1", CertificateIDs: []string{cas.IDOf(n + 1)},
				}})
			})
		}
		clients.Wait()
		if err := fuzz.CheckHistory(stubMachine, recorder.History(), stubOptions()); (err != nil) != racy {
			t.Errorf("racy %v: %v", racy, err)
		}
	}
}
