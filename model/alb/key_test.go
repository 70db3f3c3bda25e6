package alb_test

import (
	"encoding/json"
	"testing"

	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/validate"
)

// Over a whole space, two states have the same key if and only if they are the
// same in JSON.
func TestKeysTellStatesApart(t *testing.T) {
	e := universe.ALB(universe.Medium, 0).Explore(model.Limits{States: 200})
	byKey, byText := map[string]string{}, map[string]string{}
	add := func(s alb.State) {
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		key, text := s.Key(), string(data)
		if other, seen := byKey[key]; seen && other != text {
			t.Fatalf("one key, two states:\n%s\n%s", other, text)
		}
		if other, seen := byText[text]; seen && other != key {
			t.Fatalf("one state, two keys: %s", text)
		}
		byKey[key], byText[text] = text, key
	}
	for s := range e.States() {
		add(s)
	}
	for tr := range e.AllTransitions() {
		if tr.From != tr.To {
			add(tr.To)
		}
	}
	if len(byKey) < 200 {
		t.Errorf("%d keys, want 200 and more", len(byKey))
	}
}

// Each field of each record is part of the key.
func TestKeyHasEveryField(t *testing.T) {
	s := shop().Associating("a", c(2)).State()
	s.Tokens = s.Tokens.Set("k", alb.Token{})
	changes := map[string]func(*alb.State){
		"load balancer": func(s *alb.State) { s.LoadBalancers = s.LoadBalancers.Set("alb-2", alb.LoadBalancer{}) },
		"edition":       lb(func(lb *alb.LoadBalancer) { lb.Edition = alb.Basic }),
		"quota":         lb(func(lb *alb.LoadBalancer) { lb.Quota++ }),
		"forbidden":     lb(func(lb *alb.LoadBalancer) { lb.Forbidden = true }),
		"associations":  lb(func(lb *alb.LoadBalancer) { lb.Associations++ }),
		"listener":      func(s *alb.State) { s.Listeners = s.Listeners.Set("lsn-2", alb.Listener{}) },
		"its balancer":  lsn(func(l *alb.Listener) { l.LoadBalancer = "x" }),
		"its protocol":  lsn(func(l *alb.Listener) { l.Protocol = alb.QUIC }),
		"its port":      lsn(func(l *alb.Listener) { l.Port++ }),
		"its status":    lsn(func(l *alb.Listener) { l.Status = alb.Stopped }),
		"its default":   lsn(func(l *alb.Listener) { l.Default = "x" }),
		"its job":       lsn(func(l *alb.Listener) { l.Job = "x" }),
		"association":   func(s *alb.State) { s.Associations = s.Associations.Set("x", alb.Association{}) },
		"assoc status": func(s *alb.State) {
			s.Associations = s.Associations.Set("lsn-1 "+c(2), alb.Association{Status: "x", Job: "job-a"})
		},
		"assoc job": func(s *alb.State) {
			s.Associations = s.Associations.Set("lsn-1 "+c(2), alb.Association{Status: alb.Associating})
		},
		"token":          func(s *alb.State) { s.Tokens = s.Tokens.Set("x", alb.Token{}) },
		"token asks":     func(s *alb.State) { s.Tokens = s.Tokens.Set("k", alb.Token{Parameters: "x"}) },
		"token request":  func(s *alb.State) { s.Tokens = s.Tokens.Set("k", alb.Token{RequestID: "x"}) },
		"token job":      func(s *alb.State) { s.Tokens = s.Tokens.Set("k", alb.Token{JobID: "x"}) },
		"job":            func(s *alb.State) { s.Jobs = s.Jobs.Set("x", alb.Job{}) },
		"job operation":  job(func(j *alb.Job) { j.Operation = "x" }),
		"job listener":   job(func(j *alb.Job) { j.Listener = "x" }),
		"job status":     job(func(j *alb.Job) { j.Status = "x" }),
		"job default":    job(func(j *alb.Job) { j.Default = "x" }),
		"job code":       job(func(j *alb.Job) { j.Code = "x" }),
		"job message":    job(func(j *alb.Job) { j.Message = "x" }),
		"finished":       func(s *alb.State) { s.Finished = s.Finished.Set("x", "x") },
		"ended":          func(s *alb.State) { s.Ended++ },
		"numbered":       func(s *alb.State) { s.CAS.Numbered++ },
		"certificate":    func(s *alb.State) { s.CAS = s.CAS.Put(cas.Certificate{Name: "x"}) },
		"its id":         crt(func(c *cas.Certificate) { c.ID = "x" }),
		"its source":     crt(func(c *cas.Certificate) { c.Source = "x" }),
		"its state":      crt(func(c *cas.Certificate) { c.Status = "x" }),
		"its content":    crt(func(c *cas.Certificate) { c.Content = "x" }),
		"its leaf":       crt(func(c *cas.Certificate) { c.Leaf = validate.Leaf{SHA256: "x"} }),
		"its leaf's key": crt(func(c *cas.Certificate) { c.Leaf.Key = "x" }),
		"its name":       crt(func(c *cas.Certificate) { c.Leaf.Name = "x" }),
		"its names":      crt(func(c *cas.Certificate) { c.Leaf.Names = "x" }),
		"its serial":     crt(func(c *cas.Certificate) { c.Leaf.Serial = "x" }),
		"its begin":      crt(func(c *cas.Certificate) { c.Leaf.NotBefore++ }),
		"its end":        crt(func(c *cas.Certificate) { c.Leaf.NotAfter++ }),
		"not server":     crt(func(c *cas.Certificate) { c.NotServer = true }),
		"key stored":     crt(func(c *cas.Certificate) { c.KeyStored = false }),
		"locked":         crt(func(c *cas.Certificate) { c.Locked = true }),
		"domains":        crt(func(c *cas.Certificate) { c.Domains++ }),
		"listeners":      crt(func(c *cas.Certificate) { c.Listeners++ }),
	}
	keys := map[string]string{s.Key(): "nothing"}
	for name, change := range changes {
		changed := s
		change(&changed)
		key := changed.Key()
		if other, seen := keys[key]; seen {
			t.Errorf("changing %s gives the key of changing %s", name, other)
		}
		keys[key] = name
	}
}

func lb(change func(*alb.LoadBalancer)) func(*alb.State) {
	return func(s *alb.State) {
		v, _ := s.LoadBalancers.Get("alb-1")
		change(&v)
		s.LoadBalancers = s.LoadBalancers.Set("alb-1", v)
	}
}

func lsn(change func(*alb.Listener)) func(*alb.State) {
	return func(s *alb.State) {
		v, _ := s.Listeners.Get("lsn-1")
		change(&v)
		s.Listeners = s.Listeners.Set("lsn-1", v)
	}
}

func job(change func(*alb.Job)) func(*alb.State) {
	return func(s *alb.State) {
		v, _ := s.Jobs.Get("job-a")
		change(&v)
		s.Jobs = s.Jobs.Set("job-a", v)
	}
}

func crt(change func(*cas.Certificate)) func(*alb.State) {
	return func(s *alb.State) { s.CAS = s.CAS.Update("certificate "+c(3), change) }
}
