package fakecloud

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/validate"
)

// changeCertificates returns the input function of an operation that changes the
// additional certificates of a listener.
func changeCertificates(op errcodes.Operation) func(*call) model.Action {
	return func(c *call) model.Action {
		return alb.Change(c.requestID, parse[*validate.ALBRequest](c, op)).Action
	}
}

// updateListenerAttribute reads only the default certificate, which is the first one.
func updateListenerAttribute(c *call) model.Action {
	return alb.UpdateListenerAttribute{
		RequestID: c.requestID, ListenerID: c.text("ListenerId"), CertificateID: c.text("Certificates.1.CertificateId"),
	}
}

func listListenerCertificates(c *call) model.Action {
	return alb.ListListenerCertificates{
		RequestID: c.requestID, ListenerID: c.text("ListenerId"), CertificateType: c.text("CertificateType"),
		MaxResults: c.number("MaxResults"), NextToken: c.text("NextToken"),
	}
}

func getListenerAttribute(c *call) model.Action {
	return alb.GetListenerAttribute{RequestID: c.requestID, ListenerID: c.text("ListenerId")}
}

func listListeners(c *call) model.Action {
	return alb.ListListeners{
		RequestID: c.requestID, LoadBalancerIDs: c.list("LoadBalancerIds"), Protocol: alb.Protocol(c.text("ListenerProtocol")),
		MaxResults: c.number("MaxResults"), NextToken: c.text("NextToken"),
	}
}

func getLoadBalancerAttribute(c *call) model.Action {
	return alb.GetLoadBalancerAttribute{RequestID: c.requestID, LoadBalancerID: c.text("LoadBalancerId")}
}

func listAsynJobs(c *call) model.Action {
	return alb.ListAsynJobs{
		RequestID: c.requestID, JobIDs: c.list("JobIds"), ResourceIDs: c.list("ResourceIds"),
		MaxResults: c.number("MaxResults"), NextToken: c.text("NextToken"),
	}
}
