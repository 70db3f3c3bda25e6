package clienttest

import (
	"strconv"

	alb "github.com/alibabacloud-go/alb-20200616/v2/client"
	cdn "github.com/alibabacloud-go/cdn-20180510/v5/client"
	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	openapiutil "github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	util "github.com/alibabacloud-go/tea-utils/v2/service"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
)

// openAPIConfig is the configuration of the clients on the darabonba core. The algorithm
// "v2" is HMAC-SHA1, "" is ACS3-HMAC-SHA256.
func openAPIConfig(to target, algorithm string) *openapiutil.Config {
	config := &openapiutil.Config{
		AccessKeyId: &to.id, AccessKeySecret: &to.secret,
		Endpoint: &to.host, Protocol: new("http"), RegionId: new("cn-hangzhou"),
	}
	if to.token != "" {
		config.SecurityToken = &to.token
	}
	if algorithm != "" {
		config.SignatureAlgorithm = &algorithm
	}
	if to.retries > 0 {
		config.RetryOptions = &dara.RetryOptions{
			Retryable: true,
			RetryCondition: []*dara.RetryCondition{{
				MaxAttempts: to.retries + 1,
				// The core does not name its errors, so the codes are required.
				ErrorCode: []string{"InternalError", "ServiceUnavailable", "Throttling.User"},
				Backoff:   &dara.FixedBackoffPolicy{}, // at once
			}},
		}
	}
	return config
}

// callOpenAPI makes a call with the core, as the generated clients do.
func callOpenAPI(algorithm string) func(target, call) (answer, error) {
	return func(to target, c call) (answer, error) {
		client, err := openapi.NewClient(openAPIConfig(to, algorithm))
		if err != nil {
			return answer{}, err
		}
		params := &openapiutil.Params{
			Action: &c.action, Version: &c.version,
			Protocol: new("HTTPS"), Pathname: new("/"), Method: new("POST"),
			AuthType: new("AK"), Style: new("RPC"), ReqBodyType: new("formData"), BodyType: new("json"),
		}
		response, err := client.CallApi(params, &openapiutil.OpenApiRequest{Query: openapiutil.Query(c.values())}, &dara.RuntimeOptions{})
		if err != nil {
			return answer{}, err
		}
		body, _ := response["body"].(map[string]any)
		return answer{member(body, "RequestId"), member(body, "JobId"), body}, nil
	}
}

func callGeneratedCDN(to target, c call) (answer, error) {
	client, err := cdn.NewClient(openAPIConfig(to, ""))
	if err != nil {
		return answer{}, err
	}
	if c.action == setSSL {
		return callGeneratedSSL(client, c)
	}
	response, err := client.SetDomainServerCertificateWithOptions(&cdn.SetDomainServerCertificateRequest{ //nolint:staticcheck // the test needs the deprecated operation
		DomainName: c.optional("DomainName"), CertName: c.optional("CertName"), CertType: c.optional("CertType"),
		ServerCertificate: c.optional("ServerCertificate"), PrivateKey: c.optional("PrivateKey"),
		ServerCertificateStatus: c.optional("ServerCertificateStatus"), ForceSet: c.optional("ForceSet"),
	}, &util.RuntimeOptions{})
	if err != nil {
		return answer{}, err
	}
	return answer{requestID: tea.StringValue(response.Body.RequestId)}, nil
}

func callGeneratedSSL(client *cdn.Client, c call) (answer, error) {
	request := &cdn.SetCdnDomainSSLCertificateRequest{
		DomainName: c.optional("DomainName"), SSLProtocol: c.optional("SSLProtocol"), CertType: c.optional("CertType"), CertName: c.optional("CertName"),
		CertRegion: c.optional("CertRegion"), SSLPub: c.optional("SSLPub"), SSLPri: c.optional("SSLPri"),
	}
	if text, found := c.params["CertId"]; found {
		number, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return answer{}, err
		}
		request.CertId = &number
	}
	response, err := client.SetCdnDomainSSLCertificateWithOptions(request, &util.RuntimeOptions{})
	if err != nil {
		return answer{}, err
	}
	return answer{requestID: tea.StringValue(response.Body.RequestId)}, nil
}

func callGeneratedALB(to target, c call) (answer, error) {
	client, err := alb.NewClient(openAPIConfig(to, ""))
	if err != nil {
		return answer{}, err
	}
	request := &alb.AssociateAdditionalCertificatesWithListenerRequest{
		ListenerId: c.optional("ListenerId"), ClientToken: c.optional("ClientToken"),
	}
	if dryRun := c.optional("DryRun"); dryRun != nil {
		request.DryRun = new(*dryRun == "true")
	}
	for _, id := range c.certificates() {
		request.Certificates = append(request.Certificates, &alb.AssociateAdditionalCertificatesWithListenerRequestCertificates{CertificateId: &id})
	}
	response, err := client.AssociateAdditionalCertificatesWithListenerWithOptions(request, &dara.RuntimeOptions{})
	if err != nil {
		return answer{}, err
	}
	return answer{requestID: tea.StringValue(response.Body.RequestId), jobID: tea.StringValue(response.Body.JobId)}, nil
}
