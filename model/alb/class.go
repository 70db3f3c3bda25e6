package alb

import "strings"

// Class names the state of a listener for diagrams and tables: its status, then the
// obstacles of a request in the order of the checks.
//
//	unknown              no such listener
//	HTTP, TCP            a listener that has no certificates; TCP also stands for UDP
//	Provisioning, Running, Configuring, Stopped
//	…, job processing    said of Stopped only, if no certificate below tells it
//	…, not permitted     to the caller
//	…, no default        certificate
//	…, associating       some additional certificate is
//	…, updating          the certificate of some domain of GA is
//	…, dissociating
//	…, associated
//	…, quota used up     of its load balancer
func (s Own) Class(listener string) string {
	l, known := s.Listeners.Get(listener)
	switch {
	case !known:
		return "unknown"
	case !l.Protocol.hasCertificates() && (l.Product == NLB || l.Product == GA && l.Protocol != HTTP):
		return "TCP"
	case !l.Protocol.hasCertificates():
		return "HTTP"
	}
	has := map[AssociationStatus]bool{}
	for _, a := range s.Associations.WithPrefix(listener + " ") {
		has[a.Status] = true
	}
	lb, _ := s.LoadBalancers.Get(l.LoadBalancer)
	class := []string{string(l.Status)}
	for _, flag := range []struct {
		holds bool
		name  string
	}{
		{l.Status == Stopped && l.Job != "" && !has[Associating] && !has[Dissociating], "job processing"},
		{lb.Forbidden, "not permitted"},
		{l.Default == "", "no default"},
		{has[Associating], "associating"},
		{has[Updating], "updating"},
		{has[Dissociating], "dissociating"},
		{has[Associated], "associated"},
		{lb.Associations >= lb.Limit(), "quota used up"},
	} {
		if flag.holds {
			class = append(class, flag.name)
		}
	}
	return strings.Join(class, ", ")
}
