package account

import (
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/region"
	"github.com/alicert/alicert/model/internal/reply"
)

// Action is an action of the account itself, not of one of its products. Only types of
// this package implement it.
//
//sumtype:decl
type Action interface {
	model.Action
	step() model.Output
}

// Clients call these operations of other products before those of CDN, DCDN, ALB and the
// certificate center: to find their hosts, to learn whose key they have, to let a person
// choose a region. They change nothing.
//
// The members of the answers are those that published clients read. The account id and
// the list of regions are made up: the regions are a few of the real ones.
type (
	// DescribeEndpoints is an operation of Location. It tells the host of a product in a
	// region.
	DescribeEndpoints struct {
		RequestID   string `json:"requestId"`
		ID          string `json:"id,omitempty"` // the region
		ServiceCode string `json:"serviceCode,omitempty"`

		// Host is the host and port of a client that does not use the vendor's host names.
		// It is the answer for such a client, which would otherwise call the real cloud
		// next.
		Host string `json:"host,omitempty"`
	}
	// GetCallerIdentity is an operation of STS. It tells which account a key belongs to.
	GetCallerIdentity struct {
		RequestID string `json:"requestId"`
	}
	// DescribeRegions is an operation of ECS. It lists regions.
	DescribeRegions struct {
		RequestID      string `json:"requestId"`
		AcceptLanguage string `json:"acceptLanguage,omitempty"` // "en-US"; names are Chinese otherwise
	}
	// QueryAvailableInstances is an operation of BssOpenApi. The account has bought no
	// instances, so the list is empty. A success tells Terraform that the account belongs to
	// the China site.
	QueryAvailableInstances struct {
		RequestID string `json:"requestId"`
		PageNum   int    `json:"pageNum,omitempty"`
		PageSize  int    `json:"pageSize,omitempty"`
	}
)

// Actions returns a value of every type of action of the account itself. Programs that
// generate inputs use it to be complete.
func Actions() []Action {
	return []Action{DescribeEndpoints{}, GetCallerIdentity{}, DescribeRegions{}, QueryAvailableInstances{}}
}

// ID is the id of the account. It is made up.
const ID = "1000000000000001"

// The answers.
type (
	endpoints struct {
		reply.Head
		Endpoints struct{ Endpoint []endpoint }
		Success   bool
	}
	endpoint struct {
		Endpoint    string
		ID          string `json:"Id" xml:"Id"`
		Namespace   string
		Protocols   struct{ Protocols []string }
		SerivceCode string // the vendor's spelling
		Type        string
	}
	callerIdentity struct {
		reply.Head
		AccountID    string `json:"AccountId" xml:"AccountId"`
		Arn          string
		IdentityType string
		PrincipalID  string `json:"PrincipalId" xml:"PrincipalId"`
		UserID       string `json:"UserId" xml:"UserId"`
	}
	regions struct {
		reply.Head
		Regions struct{ Region []regionBody }
	}
	regionBody struct {
		LocalName      string
		RegionEndpoint string
		RegionID       string `json:"RegionId" xml:"RegionId"`
		Status         string
	}
	// instances has no Code, although the real answer says "Success" there: the clients of
	// other products take a Code for an error.
	instances struct {
		reply.Head
		Data    instancePage
		Success bool
	}
	instancePage struct {
		InstanceList []struct{}
		PageNum      int
		PageSize     int
		TotalCount   int
	}
)

func (in DescribeEndpoints) step() model.Output {
	switch {
	case in.ID == "":
		return reply.Missing(in.RequestID, "Id")
	case in.ServiceCode == "":
		return reply.Missing(in.RequestID, "ServiceCode")
	}
	a := endpoints{Head: reply.To(in.RequestID), Success: true}
	host := in.Host
	if host == "" {
		host = region.Endpoint(in.ServiceCode, in.ID)
	}
	e := endpoint{Endpoint: host, ID: in.ID, SerivceCode: in.ServiceCode, Type: "openAPI"}
	e.Protocols.Protocols = []string{"HTTP", "HTTPS"}
	a.Endpoints.Endpoint = []endpoint{e}
	return reply.Answer(in.RequestID, &a)
}

func (in GetCallerIdentity) step() model.Output {
	return reply.Answer(in.RequestID, &callerIdentity{
		Head: reply.To(in.RequestID), AccountID: ID, Arn: "acs:ram::" + ID + ":root", IdentityType: "Account", PrincipalID: ID, UserID: ID,
	})
}

func (in DescribeRegions) step() model.Output {
	a := regions{Head: reply.To(in.RequestID)}
	for _, r := range region.All() {
		a.Regions.Region = append(a.Regions.Region, regionBody{r.Name(in.AcceptLanguage), region.Endpoint("ecs", r.ID), r.ID, "available"})
	}
	return reply.Answer(in.RequestID, &a)
}

func (in QueryAvailableInstances) step() model.Output {
	size, _ := reply.Page(in.PageNum, in.PageSize, 20)
	return reply.Answer(in.RequestID, &instances{
		Head: reply.To(in.RequestID), Success: true, Data: instancePage{InstanceList: []struct{}{}, PageNum: max(in.PageNum, 1), PageSize: size},
	})
}

// Kind implements [model.Action].
func (DescribeEndpoints) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (GetCallerIdentity) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeRegions) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (QueryAvailableInstances) Kind() model.Kind { return model.Read }

// About returns the account.
func (DescribeEndpoints) About() model.Resource { return model.Resource{Type: "account"} }

// About returns the account.
func (GetCallerIdentity) About() model.Resource { return model.Resource{Type: "account"} }

// About returns the account.
func (DescribeRegions) About() model.Resource { return model.Resource{Type: "account"} }

// About returns the account.
func (QueryAvailableInstances) About() model.Resource { return model.Resource{Type: "account"} }
