package account_test

import (
	"fmt"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
)

// A certificate that a listener serves cannot be taken away.
func Example() {
	for _, t := range model.Run(account.Machine{},
		account.Input{Action: cas.CertificateAdded{Certificate: cas.Certificate{Name: "shop", ID: "7-cn-hangzhou", KeyStored: true}}},
		account.Input{Action: alb.LoadBalancerAdded{ID: "alb-1", LoadBalancer: alb.LoadBalancer{Edition: alb.Basic}}},
		account.Input{Action: alb.ListenerAdded{ID: "lsn-1", Listener: alb.Listener{LoadBalancer: "alb-1", Protocol: alb.HTTPS, Default: "7-cn-hangzhou"}}},
		account.Input{Action: cas.CertificateRemoved{Name: "shop"}},
		account.Input{Action: alb.ListenerRemoved{ID: "lsn-1"}},
		account.Input{Action: cas.CertificateRemoved{Name: "shop"}},
	) {
		fmt.Println(t.Output.Explain())
	}
	// Output:
	// Success
	// Success
	// Success
	// Ignored
	// Success
	// Success
}
