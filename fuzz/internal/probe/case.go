package probe

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/alicert/alicert/errcodes"
)

// A Group is a part of the plan that wants consent of its own.
type Group string

// The groups. There is none for requests that could succeed.
const (
	Gateway Group = "gateway" // what is in front of every service
	CDN     Group = "cdn"
	DCDN    Group = "dcdn"
	ALBDry  Group = "alb-dry" // dry runs about a listener that does not exist
	Center  Group = "center"  // uploads that cannot be stored
)

// Groups returns the groups in the order of a plan.
func Groups() []Group { return []Group{Gateway, CDN, DCDN, ALBDry, Center} }

// A Role says what the answer to a case decides about the rest of a run.
type Role string

// The roles. The zero value is a request that decides nothing.
const (
	// RoleControl has the unknown target as its fault and asks whether that is found. Any
	// other answer ends the run.
	RoleControl Role = "control"
	// RoleOrder asks whether the target is judged before the certificate. If it is, the other
	// requests of the group tell nothing.
	RoleOrder Role = "order"
)

// Param is one parameter. A value that begins with @ is material.
type Param struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Case is one request of a plan.
type Case struct {
	ID        string
	Group     Group
	Evening   bool // of the short plan
	Role      Role
	Operation errcodes.Operation // 0: one that this library does not have
	Endpoint  Endpoint
	Params    []Param
	Absent    []string // parameters that are left out on purpose

	Purpose errcodes.Message
	Tests   errcodes.Message // a fault that Reasons cannot see in the parameters; zero: none

	// Known is what is expected of a request that reaches no operation of this library.
	Known errcodes.Row
	// Rests is what Known rests on.
	Rests errcodes.Evidence
}

// Endpoint is where a request goes.
type Endpoint struct {
	Product string `json:"product"` // as the vendor's CLI spells it
	Version string `json:"version"`
	Action  string `json:"action"`
	Region  string `json:"region"`
}

// String returns the operation as a file of observations names it.
func (e Endpoint) String() string { return e.Product + "/" + e.Version + "/" + e.Action }

// value returns the value of a parameter as the case has it, and whether it is there.
func (c *Case) value(name string) (string, bool) {
	i := slices.IndexFunc(c.Params, func(p Param) bool { return p.Name == name })
	if i < 0 {
		return "", false
	}
	return c.Params[i].Value, true
}

// field returns the value of a parameter by what it holds.
func (c *Case) field(f errcodes.Field) string {
	value, _ := c.value(c.Operation.Parameter(f))
	return value
}

// Form returns the parameters with the material that they stand for.
func (c *Case) Form(m *Material) (url.Values, error) {
	form := url.Values{}
	for _, p := range c.Params {
		value, err := m.Value(p.Value)
		if err != nil {
			return nil, err
		}
		form.Set(p.Name, value)
	}
	return form, nil
}

// Digest is that of the endpoint and the parameters, with the names of the material in
// place of its bytes: it tells whether two files are about the same request.
func (c *Case) Digest() string { return digest(c.Endpoint, c.params(), c.Absent) }

// params returns the parameters as an object.
func (c *Case) params() map[string]string {
	params := map[string]string{}
	for _, p := range c.Params {
		params[p.Name] = p.Value
	}
	return params
}

func digest(parts ...any) string {
	data, err := json.Marshal(parts)
	if err != nil {
		panic(err) // the parts are strings
	}
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// Cases returns every case in the order of a full plan.
func Cases() []Case { return slices.Clone(allCases()) }

var allCases = sync.OnceValue(func() []Case {
	return slices.Concat(controls(), gatewayCases(), sslCases(), dcdnCases(), albCases(), centerCases())
})

// caseByID returns a case.
func caseByID(id string) (Case, bool) {
	all := allCases()
	i := slices.IndexFunc(all, func(c Case) bool { return c.ID == id })
	if i < 0 {
		return Case{}, false
	}
	return all[i], true
}

// with changes parameters of a base. A change is Name=value, or -Name for an absent one.
func with(base []Param, changes ...string) (params []Param, absent []string) {
	params = slices.Clone(base)
	for _, change := range changes {
		if name, leftOut := strings.CutPrefix(change, "-"); leftOut {
			params = slices.DeleteFunc(params, func(p Param) bool { return p.Name == name })
			absent = append(absent, name)
			continue
		}
		name, value, _ := strings.Cut(change, "=")
		if i := slices.IndexFunc(params, func(p Param) bool { return p.Name == name }); i >= 0 {
			params[i].Value = value
		} else {
			params = append(params, Param{name, value})
		}
	}
	return params, absent
}

// because sets what is wrong with a case on purpose.
func (c Case) because(tests errcodes.Message) Case {
	c.Tests = tests
	return c
}

func say(en, zh string) errcodes.Message { return errcodes.Message{EN: en, ZH: zh} }
