package mutants

import (
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// bytesInsteadOfCharacters takes the limit of 128 characters for one of bytes.
func bytesInsteadOfCharacters(s cdn.State, in inputs.Input) (cdn.State, model.Output) {
	if r, ok := in.Action.(inputs.Set); ok && len(r.CertName) > validate.MaxCertName {
		r.CertName = inputs.Text(strings.Repeat("n", len(r.CertName))) // as many characters as it has bytes
		in.Action = r
	}
	return originalCDN(s, in)
}

// leafOrderIgnored looks for the key's certificate in the whole chain.
func leafOrderIgnored(s cdn.State, in inputs.Input) (cdn.State, model.Output) {
	next, out := originalCDN(s, in)
	r, ok := in.Action.(inputs.Set)
	if !ok || out.Error.Condition != errcodes.CondKeyMismatch {
		return next, out
	}
	req, opts := r.Request()
	ordered, err := validate.Normalize(errcodes.SetDomainServerCertificate, req.Certificate, req.PrivateKey)
	if err != nil {
		return next, out
	}
	req.Certificate, req.Pair = ordered.Certificate, nil
	return cdn.Machine{}.Step(s, cdn.Set(r.RequestID, req, opts))
}

// duplicatesOverwritten behaves as if ForceSet were always given.
func duplicatesOverwritten(s cdn.State, in inputs.Input) (cdn.State, model.Output) {
	if r, ok := in.Action.(inputs.Set); ok && r.ForceSet == "" {
		r.ForceSet = "1"
		in.Action = r
	}
	return originalCDN(s, in)
}

// errorWithEffect begins to configure the domain before it finds that the name is
// taken.
func errorWithEffect(s cdn.State, in inputs.Input) (cdn.State, model.Output) {
	next, out := originalCDN(s, in)
	if set, ok := in.CDN().Action.(cdn.SetCertificate); ok && out.Error.Condition == errcodes.CondCertNameDuplicated {
		d, _ := next.Domains.Get(set.DomainName)
		d.Configuring = true
		next.Domains = next.Domains.Set(set.DomainName, d)
	}
	return next, out
}

// staleConfiguring does not notice that a roll-out is finished while the domain is
// offline.
func staleConfiguring(s cdn.State, in inputs.Input) (cdn.State, model.Output) {
	next, out := originalCDN(s, in)
	if e, ok := in.Action.(cdn.ConfigurationFinished); ok && out.OK() {
		if d, _ := s.Domains.Get(e.Domain); d.Offline {
			return s, out
		}
	}
	return next, out
}

// secondMessageLost has one message for both rows of Certificate.StatusError.
func secondMessageLost(s cdn.State, in inputs.Input) (cdn.State, model.Output) {
	next, out := originalCDN(s, in)
	if out.Error.Code == errcodes.CertificateStatusError {
		expired := errcodes.SetDomainServerCertificate.Table().Error(errcodes.CondCertificateExpired)
		out.Error.Message = expired.Message
	}
	return next, out
}

// regionIgnored looks every certificate up in the default region of the center.
func regionIgnored(s cdn.State, in inputs.Input) (cdn.State, model.Output) {
	checked := in.CDN()
	if set, ok := checked.Action.(cdn.SetCertificate); ok {
		set.CertRegion = ""
		set.CertID = strings.Replace(set.CertID, cas.Overseas, cas.Region, 1)
		checked.Action = set
	}
	return cdn.Machine{}.Step(s, checked)
}

// repeatedContentRefused behaves as if the account's setting were always on.
func repeatedContentRefused(s cdn.State, in inputs.Input) (cdn.State, model.Output) {
	setting := s.RefuseRepeatedContent
	if _, event := in.Action.(cdn.RepeatedContentChanged); event {
		return originalCDN(s, in)
	}
	s.RefuseRepeatedContent = true
	next, out := originalCDN(s, in)
	next.RefuseRepeatedContent = setting
	return next, out
}
