package cdn

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/validate"
)

// SetDcdnDomainSSLCertificate is the request of the DCDN operation, together with
// its finished check. Make one with [SetDcdnSSL].
type SetDcdnDomainSSLCertificate SetCdnDomainSSLCertificate

// SetDcdnSSL judges a request once and returns it as an input of the machine, as
// [SetCdnSSL] does for its twin.
func SetDcdnSSL(requestID string, req *validate.CDNRequest, opts validate.Options) Input {
	req = of(errcodes.SetDcdnDomainSSLCertificate, req)
	return Input{SetDcdnDomainSSLCertificate(ssl(requestID, req, validate.Summarize(req, opts)))}
}

func (in SetDcdnDomainSSLCertificate) step(s State) (State, model.Output) {
	setting := in.setting()
	return setting.step(s)
}

func (in *SetDcdnDomainSSLCertificate) setting() Setting {
	return (*SetCdnDomainSSLCertificate)(in).setting(errcodes.SetDcdnDomainSSLCertificate)
}
