package clb

import "strings"

// Class names the state of a listener for diagrams and tables: its status, or its protocol
// if that takes no certificate, then the obstacles of a request in the order of the checks.
//
//	unknown              no such listener
//	http, tcp, udp       a listener that has no certificates
//	starting, running, configuring, stopping, stopped
//	…, not permitted     to the caller
//	…, balancer busy     an earlier change to the load balancer is being rolled out
//	…, no certificate
//	…, extended          there is a domain extension
func (s Own) Class(key string) string {
	l, known := s.Listeners.Get(key)
	switch {
	case !known:
		return "unknown"
	case l.Protocol != HTTPS:
		return string(l.Protocol)
	}
	lb, _ := s.LoadBalancers.Get(l.LoadBalancer)
	class := []string{string(l.Status)}
	for _, flag := range []struct {
		holds bool
		name  string
	}{
		{lb.Forbidden, "not permitted"},
		{lb.Configuring, "balancer busy"},
		{l.Certificate == "", "no certificate"},
		{s.ExtensionsOf(key).Len() > 0, "extended"},
	} {
		if flag.holds {
			class = append(class, flag.name)
		}
	}
	return strings.Join(class, ", ")
}
