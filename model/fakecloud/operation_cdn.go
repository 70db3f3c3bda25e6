package fakecloud

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/world"
	"github.com/alicert/alicert/validate"
)

func onCDN(a cdn.Action) world.Input { return world.Input{CDN: cdn.Input{Action: a}} }

// parse reads the request of a call. Its type is that of the operation's requests.
func parse[R validate.Request](c *call, op errcodes.Operation) R {
	req, _ := validate.Parse(op, c.values)
	return req.(R)
}

func setDomainServerCertificate(c *call) world.Input {
	req := parse[*validate.CDNRequest](c, errcodes.SetDomainServerCertificate)
	return world.Input{CDN: cdn.Set(c.requestID, req, c.validate)}
}

func setCdnDomainSSLCertificate(c *call) world.Input {
	req := parse[*validate.CDNRequest](c, errcodes.SetCdnDomainSSLCertificate)
	return world.Input{CDN: cdn.SetCdnSSL(c.requestID, req, c.validate)}
}

func setDcdnDomainSSLCertificate(c *call) world.Input {
	req := parse[*validate.CDNRequest](c, errcodes.SetDcdnDomainSSLCertificate)
	return world.Input{CDN: cdn.SetDcdnSSL(c.requestID, req, c.validate)}
}

func describeDomainCertificateInfo(c *call) world.Input {
	return onCDN(cdn.DescribeDomainCertificateInfo{RequestID: c.requestID, DomainName: c.text("DomainName")})
}

func describeCdnDomainDetail(c *call) world.Input {
	return onCDN(cdn.DescribeCdnDomainDetail{RequestID: c.requestID, DomainName: c.text("DomainName")})
}

func describeUserDomains(c *call) world.Input {
	return onCDN(cdn.DescribeUserDomains{
		RequestID: c.requestID, PageNumber: c.number("PageNumber"), PageSize: c.number("PageSize"),
	})
}

// listTagResources takes any ResourceType: domains are all there is.
func listTagResources(c *call) world.Input {
	return onCDN(cdn.ListTagResources{RequestID: c.requestID, ResourceIDs: c.list("ResourceId")})
}

func uploadUserCertificate(c *call) world.Input {
	req := parse[*validate.CASRequest](c, errcodes.UploadUserCertificate)
	return world.Input{CDN: cdn.Upload(c.requestID, req.Name, req.Certificate, req.PrivateKey, c.validate)}
}

func listUserCertificateOrder(c *call) world.Input {
	return onCDN(cdn.ListUserCertificateOrder{
		RequestID: c.requestID, CurrentPage: c.number("CurrentPage"), ShowSize: c.number("ShowSize"),
	})
}

func getUserCertificateDetail(c *call) world.Input {
	return onCDN(cdn.GetUserCertificateDetail{RequestID: c.requestID, CertID: c.number("CertId")})
}

func getCertificateDetail(c *call) world.Input {
	return onCDN(cdn.GetCertificateDetail{RequestID: c.requestID, CertID: c.number("CertificateId")})
}
