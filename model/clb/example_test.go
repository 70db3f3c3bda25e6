package clb_test

import (
	"fmt"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/clb"
)

// A listener gets a new certificate; then the old one can be deleted.
func Example() {
	steps := model.Run(clb.Machine{},
		clb.Input{Action: clb.BalancerAdded{ID: "lb-1"}},
		clb.Input{Action: clb.ServerCertificateAdded{ID: "old"}},
		clb.Input{Action: clb.ServerCertificateAdded{ID: "new"}},
		clb.Input{Action: clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: "lb-1", Port: 443, Certificate: "old"}}},
		clb.Input{Action: clb.DeleteServerCertificate{RequestID: "r1", ServerCertificateID: "old"}},
		clb.Input{Action: clb.SetLoadBalancerHTTPSListenerAttribute{
			RequestID: "r2", LoadBalancerID: "lb-1", ListenerPort: 443, ServerCertificateID: "new",
		}},
		clb.Input{Action: clb.DeleteServerCertificate{RequestID: "r3", ServerCertificateID: "old"}},
	)
	for _, s := range steps[4:] {
		fmt.Println(s.Output.Outcome())
	}
	// Output:
	// CertificateInUse
	// Success
	// Success
}
