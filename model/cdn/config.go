package cdn

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/validate"
)

// The operations on the functions of domains of the CDN, such as the redirection to
// HTTPS. The model keeps what was sent, and a function changes no other answer.
type (
	// BatchSetCdnDomainConfig sets functions of domains. Functions is JSON: a list of
	// objects with functionName, functionArgs (of argName and argValue) and parentId. A
	// function that a domain already has is replaced, and keeps its id. The domains are
	// configuring until [ConfigurationFinished]. All or nothing.
	BatchSetCdnDomainConfig struct {
		RequestID   string `json:"requestId"`
		DomainNames string `json:"domainNames,omitempty"` // separated by commas
		Functions   string `json:"functions,omitempty"`
	}
	// DeleteSpecificConfig removes a function of a domain by its id.
	DeleteSpecificConfig struct {
		RequestID  string `json:"requestId"`
		DomainName string `json:"domainName,omitempty"`
		ConfigID   string `json:"configId,omitempty"`
	}
	// DescribeCdnDomainConfigs lists the functions of a domain, by id and by name; empty
	// means all.
	DescribeCdnDomainConfigs struct {
		RequestID     string `json:"requestId"`
		DomainName    string `json:"domainName,omitempty"`
		FunctionNames string `json:"functionNames,omitempty"` // separated by commas
		ConfigID      string `json:"configId,omitempty"`
	}
)

// Config is a function of a domain.
type Config struct {
	ID       int    `json:"id"`
	Function string `json:"function"`
	Args     string `json:"args,omitempty"` // JSON as it was sent
	ParentID string `json:"parentId,omitempty"`
}

// maxFunctions is the largest number of functions in one request, and maxNames that of
// domains.
const (
	maxFunctions = 50
	maxNames     = 50
)

// function is an element of Functions.
type function struct {
	FunctionName string `json:"functionName"`
	FunctionArgs []struct {
		ArgName  string `json:"argName"`
		ArgValue string `json:"argValue"`
	} `json:"functionArgs"`
	ParentID json.RawMessage `json:"parentId,omitempty"`
}

// The answers.
type (
	configsSet struct {
		reply.Head
		DomainConfigList struct{ DomainConfigModel []configModel }
	}
	configModel struct {
		ConfigID     string `json:"ConfigId" xml:"ConfigId"`
		DomainName   string
		FunctionName string
	}
	configList struct {
		reply.Head
		DomainConfigs struct{ DomainConfig []configBody }
	}
	configBody struct {
		ConfigID     string `json:"ConfigId" xml:"ConfigId"`
		FunctionArgs struct{ FunctionArg []functionArg }
		FunctionName string
		ParentID     string `json:"ParentId,omitempty" xml:"ParentId,omitempty"`
		Status       string
	}
	functionArg struct{ ArgName, ArgValue string }
)

var functionsInvalid = errcodes.Error{
	Code: "InvalidFunctions", Status: 400, Message: "Specified parameter Functions is not valid.", Evidence: errcodes.Assumed, Parameter: "Functions",
}

func (in BatchSetCdnDomainConfig) step(at int64, s State) (State, model.Output) {
	switch {
	case in.DomainNames == "":
		return s, reply.Missing(in.RequestID, "DomainNames")
	case in.Functions == "":
		return s, reply.Missing(in.RequestID, "Functions")
	}
	var functions []function
	domains := strings.Split(in.DomainNames, ",")
	if json.Unmarshal([]byte(in.Functions), &functions) != nil || len(functions) == 0 || len(functions) > maxFunctions || len(domains) > maxNames {
		return s, reply.Refuse(in.RequestID, functionsInvalid, "the request")
	}
	next, a := s, configsSet{Head: reply.To(in.RequestID)}
	for _, domain := range domains {
		name, d, refusal := next.changeable(in.RequestID, productCDN, strings.TrimSpace(domain))
		if refusal != nil {
			return s, *refusal
		}
		for _, f := range functions {
			var id int
			next, id = next.setConfig(name, f)
			a.DomainConfigList.DomainConfigModel = append(a.DomainConfigList.DomainConfigModel, configModel{strconv.Itoa(id), name, redact.Name(f.FunctionName)})
		}
		was := d
		d.Configuring = true
		next = next.setDomain(at, name, was, d)
	}
	return next, reply.Answer(in.RequestID, &a)
}

// changeable returns a domain that can be changed now.
func (s State) changeable(requestID, product, domain string) (name string, d Domain, refusal *model.Output) {
	if name, d, refusal = s.find(domainTable(product), requestID, domain); refusal != nil {
		return name, d, refusal
	}
	target := "domain " + DomainID(product, name)
	refuse := func(cond errcodes.Condition, target string) *model.Output {
		o := reply.Refuse(requestID, errcodes.SetDomainServerCertificate.Table().Error(cond), target)
		return &o
	}
	switch {
	case s.Suspended:
		return name, d, refuse(errcodes.CondAccountSuspended, "the account")
	case d.Forbidden:
		return name, d, refuse(errcodes.CondDomainNotPermitted, target)
	case d.Configuring:
		return name, d, refuse(errcodes.CondDomainConfiguring, target)
	default:
		return name, d, nil
	}
}

// configKey is the key in Own.Configs. The keys of a domain's functions sort by their
// ids, because a letter for the number of digits is before them.
func configKey(domain string, id int) string {
	digits := strconv.Itoa(id)
	return domain + " " + "abcdefghijklmnopqrstuvwxyz"[len(digits):len(digits)+1] + digits
}

// setConfig sets a function of a domain and returns its id.
func (s State) setConfig(domain string, f function) (State, int) {
	name := redact.Name(f.FunctionName)
	id := 0
	for _, c := range s.Configs.WithPrefix(domain + " ") {
		if c.Function == name {
			id = c.ID
		}
	}
	if id == 0 {
		s.ConfigsMade++
		id = s.ConfigsMade
	}
	args := []functionArg{}
	for _, arg := range f.FunctionArgs {
		args = append(args, functionArg{redact.Text(arg.ArgName), redact.Text(arg.ArgValue)})
	}
	text, err := json.Marshal(args)
	if err != nil {
		text = nil // texts have a JSON form
	}
	parent := strings.Trim(redact.Name(string(f.ParentID)), `"`)
	s.Configs = s.Configs.Set(configKey(domain, id), Config{ID: id, Function: name, Args: string(text), ParentID: parent})
	return s, id
}

func (in DeleteSpecificConfig) step(at int64, s State) (State, model.Output) {
	if in.ConfigID == "" && in.DomainName != "" {
		return s, reply.Missing(in.RequestID, "ConfigId")
	}
	name, d, refusal := s.changeable(in.RequestID, productCDN, in.DomainName)
	if refusal != nil {
		return s, *refusal
	}
	for key, c := range s.Configs.WithPrefix(name + " ") {
		if strconv.Itoa(c.ID) == in.ConfigID {
			s.Configs = s.Configs.Delete(key)
			was := d
			d.Configuring = true
			return s.setDomain(at, name, was, d), model.Output{RequestID: in.RequestID}
		}
	}
	return s, model.Output{RequestID: in.RequestID} // it is gone already
}

func (in DescribeCdnDomainConfigs) step(_ int64, s State) (State, model.Output) {
	name, d, refusal := s.find(domainTable(productCDN), in.RequestID, in.DomainName)
	if refusal != nil {
		return s, *refusal
	}
	a := configList{Head: reply.To(in.RequestID)}
	a.DomainConfigs.DomainConfig = []configBody{}
	for _, c := range s.Configs.WithPrefix(name + " ") {
		if !in.wants(c) {
			continue
		}
		body := configBody{ConfigID: strconv.Itoa(c.ID), FunctionName: c.Function, ParentID: c.ParentID, Status: "success"}
		if d.Configuring {
			body.Status = "configuring"
		}
		if json.Unmarshal([]byte(c.Args), &body.FunctionArgs.FunctionArg) != nil {
			body.FunctionArgs.FunctionArg = []functionArg{}
		}
		a.DomainConfigs.DomainConfig = append(a.DomainConfigs.DomainConfig, body)
	}
	return s, reply.Answer(in.RequestID, &a)
}

func (in *DescribeCdnDomainConfigs) wants(c Config) bool {
	if in.ConfigID != "" && in.ConfigID != strconv.Itoa(c.ID) {
		return false
	}
	if in.FunctionNames == "" {
		return true
	}
	for name := range strings.SplitSeq(in.FunctionNames, ",") {
		if strings.TrimSpace(name) == c.Function {
			return true
		}
	}
	return false
}

// withoutConfigs returns the state without the functions of a domain.
func (s State) withoutConfigs(domain string) State {
	for key := range s.Configs.WithPrefix(domain + " ") {
		s.Configs = s.Configs.Delete(key)
	}
	return s
}

// Kind implements [model.Action].
func (BatchSetCdnDomainConfig) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (DeleteSpecificConfig) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (DescribeCdnDomainConfigs) Kind() model.Kind { return model.Read }

// About returns the domain, and all domains if there are several.
func (in BatchSetCdnDomainConfig) About() model.Resource {
	if _, err := validate.DomainName(in.DomainNames); err != nil {
		return domain("")
	}
	return domainOf(productCDN, in.DomainNames)
}

// About returns the domain.
func (in DeleteSpecificConfig) About() model.Resource { return domainOf(productCDN, in.DomainName) }

// About returns the domain.
func (in DescribeCdnDomainConfigs) About() model.Resource {
	return domainOf(productCDN, in.DomainName)
}
