package cdn

import (
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/tagged"
)

// Machine answers as the CDN operation does, from its Initial state on. The zero
// value is an account without domains or certificates.
type Machine struct{ Initial State }

// Init returns the initial state.
func (m Machine) Init() State { return m.Initial }

// Step answers one input. An empty input is ignored.
func (Machine) Step(s State, in Input) (State, model.Output) {
	if in.Action == nil {
		return s, ignored
	}
	return in.step(s)
}

// Input is one input: a request, an event or a read.
type Input struct{ Action }

// Action is what an input does. Its types are those of this package.
type Action interface {
	step(s State) (State, model.Output)
}

// MarshalJSON encodes the input as an object with one member, its type's name.
func (in Input) MarshalJSON() ([]byte, error) { return tagged.Marshal(in.Action) }

// UnmarshalJSON decodes what MarshalJSON wrote.
func (in *Input) UnmarshalJSON(data []byte) (err error) {
	in.Action, err = tagged.Unmarshal(data, actions()...)
	return err
}

// actions has one value of every type of action.
func actions() []Action {
	return []Action{
		SetDomainServerCertificate{},
		SetCdnDomainSSLCertificate{},
		SetDcdnDomainSSLCertificate{},
		AccountSuspended{},
		AccountReinstated{},
		DomainAdded{},
		DomainRemoved{},
		ConfigurationFinished{},
		DomainTakenOffline{},
		DomainBroughtOnline{},
		ProtectionChanged{},
		ScheduleChanged{},
		PermissionChanged{},
		FreeCertificateIssued{},
		FreeCertificateWithdrawn{},
		CertificateAdded{},
		CertificateRemoved{},
		CertificateStatusChanged{},
		LockChanged{},
		UploadUserCertificate{},
		DescribeDomainCertificateInfo{},
		DescribeCdnDomainDetail{},
		DescribeUserDomains{},
		ListTagResources{},
		ListUserCertificateOrder{},
		GetUserCertificateDetail{},
		GetCertificateDetail{},
	}
}

var ignored = model.Output{Ignored: true}
