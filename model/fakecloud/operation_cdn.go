package fakecloud

import (
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/validate"
)

func onCDN(a cdn.Action) account.Input { return account.Input{CDN: cdn.Input{Action: a}} }

func setDomainServerCertificate(c *call) account.Input {
	req := validate.SetDomainServerCertificateFromValues(c.values)
	return account.Input{CDN: cdn.Set(c.requestID, req, c.validate)}
}

func setCdnDomainSSLCertificate(c *call) account.Input {
	req := validate.SetCdnDomainSSLCertificateFromValues(c.values)
	return account.Input{CDN: cdn.SetCdnSSL(c.requestID, req, c.validate)}
}

func setDcdnDomainSSLCertificate(c *call) account.Input {
	req := validate.SetDcdnDomainSSLCertificateFromValues(c.values)
	return account.Input{CDN: cdn.SetDcdnSSL(c.requestID, req, c.validate)}
}

func describeDomainCertificateInfo(c *call) account.Input {
	return onCDN(cdn.DescribeDomainCertificateInfo{RequestID: c.requestID, DomainName: c.text("DomainName")})
}

func describeCdnDomainDetail(c *call) account.Input {
	return onCDN(cdn.DescribeCdnDomainDetail{RequestID: c.requestID, DomainName: c.text("DomainName")})
}

func describeUserDomains(c *call) account.Input {
	return onCDN(cdn.DescribeUserDomains{
		RequestID: c.requestID, PageNumber: c.number("PageNumber"), PageSize: c.number("PageSize"),
	})
}

// listTagResources takes any ResourceType: domains are all there is.
func listTagResources(c *call) account.Input {
	return onCDN(cdn.ListTagResources{RequestID: c.requestID, ResourceIDs: c.list("ResourceId")})
}

func uploadUserCertificate(c *call) account.Input {
	key := validate.NewSecret(c.values.Get("Key"))
	return account.Input{CDN: cdn.Upload(c.requestID, c.values.Get("Name"), c.values.Get("Cert"), key, c.validate)}
}

func listUserCertificateOrder(c *call) account.Input {
	return onCDN(cdn.ListUserCertificateOrder{
		RequestID: c.requestID, CurrentPage: c.number("CurrentPage"), ShowSize: c.number("ShowSize"),
	})
}

func getUserCertificateDetail(c *call) account.Input {
	return onCDN(cdn.GetUserCertificateDetail{RequestID: c.requestID, CertID: c.number("CertId")})
}

func getCertificateDetail(c *call) account.Input {
	return onCDN(cdn.GetCertificateDetail{RequestID: c.requestID, CertID: c.number("CertificateId")})
}
