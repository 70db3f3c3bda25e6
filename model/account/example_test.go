package account_test

import (
	"fmt"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/account"
)

// A certificate that a listener serves cannot be taken away by the other side.
func Example() {
	onCDN := func(a cdn.Action) account.Input { return account.Input{CDN: cdn.Input{Action: a}} }
	onALB := func(a alb.Action) account.Input { return account.Input{ALB: alb.Input{Action: a}} }
	for _, t := range model.Run(account.Machine{},
		onCDN(cdn.CertificateAdded{Certificate: cas.Certificate{Name: "shop", ID: "7-cn-hangzhou", KeyStored: true}}),
		onALB(alb.LoadBalancerAdded{ID: "alb-1", LoadBalancer: alb.LoadBalancer{Edition: alb.Basic}}),
		onALB(alb.ListenerAdded{ID: "lsn-1", Listener: alb.Listener{LoadBalancer: "alb-1", Protocol: alb.HTTPS, Default: "7-cn-hangzhou"}}),
		onCDN(cdn.CertificateRemoved{Name: "shop"}),
		onALB(alb.ListenerRemoved{ID: "lsn-1"}),
		onCDN(cdn.CertificateRemoved{Name: "shop"}),
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
