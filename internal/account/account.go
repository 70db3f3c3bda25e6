// Package account has accounts for tests of concurrent clients.
package account

import (
	"fmt"

	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/model/world"
)

// Of returns an account with so many places, from 0: an HTTPS domain, and a load
// balancer with a listener that has a certificate of the centre.
func Of(places int) world.State {
	cdns, albs := cdn.NewScenario(), alb.NewScenario()
	for p := range places {
		cdns = cdns.HTTPSDomain(Domain(p))
		albs = albs.LoadBalancer(fmt.Sprintf("alb-%d", p), alb.Basic).Listener(Listener(p), alb.HTTPS).Default(centre.IDOf(p + 1))
	}
	state := world.State{CDN: cdns.State(), ALB: albs.State()}
	state.CDN.Centre = state.ALB.Centre
	return state
}

// Domain returns the domain of a place.
func Domain(place int) string { return fmt.Sprintf("d%d.example.com", place) }

// Listener returns the id of the listener of a place.
func Listener(place int) string { return fmt.Sprintf("lsn-%d", place) }
