package fakecloud

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/world"
	"github.com/alicert/alicert/validate"
)

func onALB(a alb.Action) world.Input { return world.Input{ALB: alb.Input{Action: a}} }

func associate(c *call) world.Input {
	req := parse[*validate.ALBRequest](c, errcodes.AssociateAdditionalCertificatesWithListener)
	return world.Input{ALB: alb.Associate(c.requestID, req)}
}

func dissociate(c *call) world.Input {
	req := parse[*validate.ALBRequest](c, errcodes.DissociateAdditionalCertificatesFromListener)
	return world.Input{ALB: alb.Dissociate(c.requestID, req)}
}

// updateListenerAttribute looks at the default certificate only, the first one.
func updateListenerAttribute(c *call) world.Input {
	return onALB(alb.UpdateListenerAttribute{
		RequestID: c.requestID, ListenerID: c.text("ListenerId"), CertificateID: c.text("Certificates.1.CertificateId"),
	})
}

func listListenerCertificates(c *call) world.Input {
	return onALB(alb.ListListenerCertificates{
		RequestID: c.requestID, ListenerID: c.text("ListenerId"), CertificateType: c.text("CertificateType"),
		MaxResults: c.number("MaxResults"), NextToken: c.text("NextToken"),
	})
}

func getListenerAttribute(c *call) world.Input {
	return onALB(alb.GetListenerAttribute{RequestID: c.requestID, ListenerID: c.text("ListenerId")})
}

func listListeners(c *call) world.Input {
	return onALB(alb.ListListeners{
		RequestID: c.requestID, LoadBalancerIDs: c.list("LoadBalancerIds"), Protocol: alb.Protocol(c.text("ListenerProtocol")),
		MaxResults: c.number("MaxResults"), NextToken: c.text("NextToken"),
	})
}

func getLoadBalancerAttribute(c *call) world.Input {
	return onALB(alb.GetLoadBalancerAttribute{RequestID: c.requestID, LoadBalancerID: c.text("LoadBalancerId")})
}

func listAsynJobs(c *call) world.Input {
	return onALB(alb.ListAsynJobs{
		RequestID: c.requestID, JobIDs: c.list("JobIds"), ResourceIDs: c.list("ResourceIds"),
		MaxResults: c.number("MaxResults"), NextToken: c.text("NextToken"),
	})
}
