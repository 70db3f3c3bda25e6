package esa_test

import (
	"fmt"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

// A certificate that has expired counts in the quota until it is removed.
func ExampleSet() {
	const at = 1_790_000_000_000 // Unix milliseconds
	event := func(a esa.Action) esa.Input { return esa.Input{Action: a} }
	set := func(requestID, name string) esa.Input {
		in := esa.Set(requestID, &validate.CDNRequest{
			Op: errcodes.SetCertificate, SiteID: "1", CertType: "upload", CertName: name,
			Certificate: testdata.Read("p256/chain3.pem"), PrivateKey: validate.NewSecret(testdata.Read("p256/key.pem")),
		}, validate.Options{})
		in.At = at
		return in
	}
	expired := esa.Certificate{Name: "old", Leaf: validate.Leaf{NotAfter: at/1000 - 1}}
	steps := model.Run(
		esa.Machine{},
		event(esa.PlanAdded{ID: "sp-1", Plan: esa.Plan{Quota: 1}}),
		event(esa.SiteAdded{ID: 1, Site: esa.Site{Name: "example.com", Plan: "sp-1"}}),
		event(esa.SiteCertificateAdded{Site: 1, ID: "baba1", Certificate: expired}),
		set("r1", "new"),
		event(esa.DeleteCertificate{RequestID: "r2", SiteID: 1, ID: "baba1"}),
		set("r3", "new"),
	)
	for _, s := range steps[3:] {
		fmt.Println(s.Output)
	}
	fmt.Println(steps[5].To.Class("1"))
	// Output:
	// CertQuotaCheckFailed (400): The custom certificate quota verification failed. The number of uploaded certificates exceeds the upper limit allowed for the plan. [QuotaExceeded on plan sp-1: 1 of 1 certificates, 1 of them expired]
	// Success, body with Id, RequestId, SiteId, SiteName
	// Success, body with Id, RequestId
	// with certificates, quota used up
}
