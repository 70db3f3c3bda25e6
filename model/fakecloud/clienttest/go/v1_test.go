package clienttest

import (
	"encoding/json"
	"errors"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth/credentials"
	sdkerrors "github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/alb"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/cdn"
)

// callV1 makes the typed calls of the older SDK.
func callV1(to target, c call) (answer, error) {
	config := sdk.NewConfig()
	if to.retries > 0 {
		config = config.WithAutoRetry(true).WithMaxRetryTime(to.retries)
	}
	var credential auth.Credential = credentials.NewAccessKeyCredential(to.id, to.secret)
	if to.token != "" {
		credential = credentials.NewStsTokenCredential(to.id, to.secret, to.token)
	}
	point := func(r *requests.RpcRequest) {
		r.SetScheme("HTTP")
		r.SetDomain(to.host)
		if to.xml {
			r.AcceptFormat = "XML"
		}
	}
	if c.action != associate {
		service, err := cdn.NewClientWithOptions("cn-hangzhou", config, credential)
		if err != nil {
			return answer{}, err
		}
		if c.action == setSSL {
			return callV1SSL(service, point, c)
		}
		r := cdn.CreateSetDomainServerCertificateRequest()
		point(r.RpcRequest)
		r.DomainName, r.CertName, r.CertType = c.params["DomainName"], c.params["CertName"], c.params["CertType"]
		r.ServerCertificate, r.PrivateKey = c.params["ServerCertificate"], c.params["PrivateKey"]
		r.ServerCertificateStatus, r.ForceSet = c.params["ServerCertificateStatus"], c.params["ForceSet"]
		response, err := service.SetDomainServerCertificate(r)
		if err != nil {
			return answer{}, err
		}
		return answer{requestID: response.RequestId}, nil
	}
	service, err := alb.NewClientWithOptions("cn-hangzhou", config, credential)
	if err != nil {
		return answer{}, err
	}
	r := alb.CreateAssociateAdditionalCertificatesWithListenerRequest()
	point(r.RpcRequest)
	r.ListenerId, r.ClientToken, r.DryRun = c.params["ListenerId"], c.params["ClientToken"], requests.Boolean(c.params["DryRun"])
	var list []alb.AssociateAdditionalCertificatesWithListenerCertificates
	for _, id := range c.certificates() {
		list = append(list, alb.AssociateAdditionalCertificatesWithListenerCertificates{CertificateId: id})
	}
	r.Certificates = &list
	response, err := service.AssociateAdditionalCertificatesWithListener(r)
	if err != nil {
		return answer{}, err
	}
	return answer{requestID: response.RequestId, jobID: response.JobId}, nil
}

func callV1SSL(service *cdn.Client, point func(*requests.RpcRequest), c call) (answer, error) {
	r := cdn.CreateSetCdnDomainSSLCertificateRequest()
	point(r.RpcRequest)
	r.DomainName, r.SSLProtocol = c.params["DomainName"], c.params["SSLProtocol"]
	r.CertType, r.CertName, r.CertId, r.CertRegion = c.params["CertType"], c.params["CertName"], requests.Integer(c.params["CertId"]), c.params["CertRegion"]
	r.SSLPub, r.SSLPri = c.params["SSLPub"], c.params["SSLPri"]
	response, err := service.SetCdnDomainSSLCertificate(r)
	if err != nil {
		return answer{}, err
	}
	return answer{requestID: response.RequestId}, nil
}

// callV1Common makes calls of any operation with the older SDK, as the aliyun CLI does.
func callV1Common(to target, c call) (answer, error) {
	client, err := sdk.NewClientWithOptions("cn-hangzhou", sdk.NewConfig(), credentials.NewAccessKeyCredential(to.id, to.secret))
	if err != nil {
		return answer{}, err
	}
	r := requests.NewCommonRequest()
	r.Scheme, r.Domain, r.Version, r.ApiName, r.Method = "http", to.host, c.version, c.action, "POST"
	r.FormParams = c.params
	response, err := client.ProcessCommonRequest(r)
	if err != nil {
		return answer{}, err
	}
	body := map[string]any{}
	err = json.Unmarshal(response.GetHttpContentBytes(), &body)
	return answer{member(body, "RequestId"), member(body, "JobId"), body}, err
}

func failureV1(err error) (failure, bool) {
	var e *sdkerrors.ServerError
	if !errors.As(err, &e) {
		return failure{}, false
	}
	return failure{e.ErrorCode(), e.Message(), e.RequestId(), e.HttpStatus()}, true
}
