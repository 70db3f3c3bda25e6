package world_test

import (
	"fmt"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/model/world"
)

// A certificate that a listener serves cannot be taken away by the other side.
func Example() {
	onCDN := func(a cdn.Action) world.Input { return world.Input{CDN: cdn.Input{Action: a}} }
	onALB := func(a alb.Action) world.Input { return world.Input{ALB: alb.Input{Action: a}} }
	for _, t := range model.Run(world.Machine{},
		onCDN(cdn.CertificateAdded{Certificate: centre.Certificate{Name: "shop", ID: "7-cn-hangzhou", KeyStored: true}}),
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
