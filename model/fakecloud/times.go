package fakecloud

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/table"
	"github.com/alicert/alicert/model/world"
)

// times is what the model leaves to whoever has a clock: when things happened, in
// Unix milliseconds, and in which order. Like a state it is a value.
type times struct {
	Jobs    table.Table[jobTimes] // by id
	Domains table.Table[int64]    // of a domain's last change, by name
	Tokens  table.Table[string]   // client tokens used up, by the order of their use
	Used    int                   // client tokens, so far
}

type jobTimes struct {
	Created  int64 `json:"created"`
	Modified int64 `json:"modified"`
}

// domainChanged returns the times after a change of a domain, which may be its
// end.
func (t times) domainChanged(name string, s *world.State, at int64) times {
	if s.CDN.Domains.Has(name) {
		t.Domains = t.Domains.Set(name, at)
	} else {
		t.Domains = t.Domains.Delete(name)
	}
	return t
}

// jobChanged returns the times after the beginning or the end of a job.
func (t times) jobChanged(id string, s *world.State, at int64) times {
	jt, known := t.Jobs.Get(id)
	if !known {
		jt.Created = at
	}
	jt.Modified = max(at, jt.Created) // the wall clock may have been set back
	t.Jobs = t.Jobs.Set(id, jt)
	if t.Jobs.Len() > 2*alb.MaxFinishedJobs && t.Jobs.Len() > 2*s.ALB.Jobs.Len() {
		for id := range t.Jobs.All() { // the model has forgotten most of them
			if !s.ALB.Jobs.Has(id) {
				t.Jobs = t.Jobs.Delete(id)
			}
		}
	}
	return t
}

// tokenUsed returns the times after a client token was used up.
func (t times) tokenUsed(token string) times {
	t.Used++
	t.Tokens = t.Tokens.Set(fmt.Sprintf("%016x", t.Used), token)
	return t
}

// members are those of a JSON object.
type members = map[string]any

// edit changes the members of an answer. The model writes objects only.
func edit(body string, change func(members)) string {
	var decoded members
	d := json.NewDecoder(bytes.NewReader([]byte(body)))
	d.UseNumber()
	if err := d.Decode(&decoded); err != nil {
		return body
	}
	change(decoded)
	changed, err := json.Marshal(decoded)
	if err != nil {
		return body
	}
	return string(changed)
}

// each calls a function with every object of an array.
func each(array any, do func(members)) {
	elements, _ := array.([]any)
	for _, e := range elements {
		if m, ok := e.(members); ok {
			do(m)
		}
	}
}

func addJobTimes(body string, m *moment) string {
	return edit(body, func(answer members) {
		each(answer["Jobs"], func(job members) {
			id, _ := job["Id"].(string)
			jt, _ := m.times.Jobs.Get(id)
			job["CreateTime"], job["ModifyTime"] = jt.Created, jt.Modified
		})
	})
}

func addCertificateTime(body string, m *moment) string {
	return edit(body, func(answer members) {
		infos, _ := answer["CertInfos"].(members)
		each(infos["CertInfo"], func(info members) {
			if _, bound := info["CertType"]; bound {
				m.stamp(info, "CertUpdateTime")
			}
		})
	})
}

func addDomainTime(body string, m *moment) string {
	return edit(body, func(answer members) {
		if detail, ok := answer["GetDomainDetailModel"].(members); ok {
			m.stamp(detail, "GmtModified")
		}
	})
}

func addDomainTimes(body string, m *moment) string {
	return edit(body, func(answer members) {
		domains, _ := answer["Domains"].(members)
		each(domains["PageData"], func(domain members) { m.stamp(domain, "GmtModified") })
	})
}

// stamp adds the time of a domain's last change, if it is known.
func (m *moment) stamp(domain members, member string) {
	name, _ := domain["DomainName"].(string)
	if at, known := m.times.Domains.Get(name); known {
		domain[member] = time.UnixMilli(at).UTC().Format(time.RFC3339)
	}
}
