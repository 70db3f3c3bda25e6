package fakecloud

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/world"
	"github.com/alicert/alicert/validate"
)

// kind says what an input is.
type kind uint8

const (
	request kind = iota + 1 // of a caller; may change the state
	read                    // of a caller; changes nothing
	event
)

func kindOf(in world.Input) kind {
	if cdn.IsRead(in.CDN.Action) || alb.IsRead(in.ALB.Action) {
		return read
	}
	if _, sets := cdn.SettingOf(in.CDN.Action); sets {
		return request
	}
	if _, uploads := in.CDN.Action.(cdn.UploadUserCertificate); uploads {
		return request
	}
	switch in.ALB.Action.(type) {
	case alb.AssociateAdditionalCertificatesWithListener, alb.DissociateAdditionalCertificatesFromListener, alb.UpdateListenerAttribute:
		return request
	default:
		return event
	}
}

// changed reports whether an answer may have come with a change of the state.
func changed(in world.Input, out model.Output) bool {
	return kindOf(in) != read && (out.OK() || out.Error.Condition == errcodes.CondSetNotEffective)
}

// domainOf returns the domain that an input is about, "" for none or all of them.
func domainOf(in world.Input) string {
	if setting, sets := cdn.SettingOf(in.CDN.Action); sets {
		return setting.DomainName
	}
	switch a := in.CDN.Action.(type) {
	case cdn.DescribeDomainCertificateInfo:
		return canonical(a.DomainName)
	case cdn.DescribeCdnDomainDetail:
		return canonical(a.DomainName)
	case cdn.DomainAdded:
		return a.Name
	case cdn.DomainRemoved:
		return a.Name
	case cdn.ConfigurationFinished:
		return a.Domain
	case cdn.DomainTakenOffline:
		return a.Domain
	case cdn.DomainBroughtOnline:
		return a.Domain
	case cdn.ProtectionChanged:
		return a.Domain
	case cdn.ScheduleChanged:
		return a.Domain
	case cdn.PermissionChanged:
		return a.Domain
	case cdn.FreeCertificateIssued:
		return a.Domain
	case cdn.FreeCertificateWithdrawn:
		return a.Domain
	default:
		return ""
	}
}

// canonical returns a domain name as the states have it, "" if it is none.
func canonical(domain string) string {
	name, err := validate.DomainName(domain)
	if err != nil {
		return ""
	}
	return name
}

// listenerOf returns the listener that a request or a read is about.
func listenerOf(in world.Input) string {
	switch a := in.ALB.Action.(type) {
	case alb.AssociateAdditionalCertificatesWithListener:
		return a.ListenerID
	case alb.DissociateAdditionalCertificatesFromListener:
		return a.ListenerID
	case alb.UpdateListenerAttribute:
		return a.ListenerID
	case alb.ListListenerCertificates:
		return a.ListenerID
	case alb.GetListenerAttribute:
		return a.ListenerID
	default:
		return ""
	}
}

// jobOf returns the job that an input has begun or ended.
func jobOf(in world.Input, out model.Output) string {
	switch a := in.ALB.Action.(type) {
	case alb.JobFinished:
		return a.Job
	case alb.JobFailed:
		return a.Job
	default:
		return out.JobID
	}
}

// tokenOf returns the key of the client token that a successful request used up,
// "" for none.
func tokenOf(in world.Input) string {
	name := func(op errcodes.Operation, token, requestID string) string {
		if token == "" {
			token = requestID
		}
		return op.String() + " " + token
	}
	switch a := in.ALB.Action.(type) {
	case alb.AssociateAdditionalCertificatesWithListener:
		return name(errcodes.AssociateAdditionalCertificatesWithListener, a.ClientToken, a.RequestID)
	case alb.DissociateAdditionalCertificatesFromListener:
		return name(errcodes.DissociateAdditionalCertificatesFromListener, a.ClientToken, a.RequestID)
	default:
		return ""
	}
}
