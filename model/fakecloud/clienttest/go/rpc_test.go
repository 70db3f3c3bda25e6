package clienttest

import (
	"errors"
	"strings"

	rpc "github.com/alibabacloud-go/tea-rpc/client"
	util "github.com/alibabacloud-go/tea-utils/service"
	"github.com/denverdino/aliyungo/cdn"
	"github.com/denverdino/aliyungo/common"
)

// callTeaRPC makes a call as the Terraform provider does.
func callTeaRPC(to target, c call) (answer, error) {
	config := &rpc.Config{
		AccessKeyId: &to.id, AccessKeySecret: &to.secret,
		Endpoint: &to.host, Protocol: new("http"), RegionId: new("cn-hangzhou"),
	}
	if to.token != "" {
		config.SecurityToken = &to.token
	}
	client, err := rpc.NewClient(config)
	if err != nil {
		return answer{}, err
	}
	runtime := &util.RuntimeOptions{}
	if to.retries > 0 {
		runtime.SetAutoretry(true).SetMaxAttempts(to.retries)
	}
	body, err := client.DoRequest(&c.action, nil, new("POST"), &c.version, new("AK"), nil, c.values(), runtime)
	if err != nil {
		return answer{}, err
	}
	return answer{member(body, "RequestId"), member(body, "JobId"), body}, nil
}

// callAliyungo makes the call of the deprecated resource of the Terraform provider.
func callAliyungo(to target, c call) (answer, error) {
	client := cdn.NewClientWithEndpoint("http://"+to.host, to.id, to.secret)
	client.SetSecurityToken(to.token)
	response, err := client.SetDomainServerCertificate(cdn.CertificateRequest{
		DomainName: c.params["DomainName"], CertName: c.params["CertName"],
		ServerCertificateStatus: c.params["ServerCertificateStatus"],
		ServerCertificate:       c.params["ServerCertificate"], PrivateKey: c.params["PrivateKey"],
	})
	if err != nil {
		return answer{}, err
	}
	return answer{requestID: response.RequestId}, nil
}

func failureAliyungo(err error) (failure, bool) {
	var e *common.Error
	if !errors.As(err, &e) || strings.HasPrefix(e.Code, "AliyunGoClient") {
		return failure{}, false
	}
	return failure{e.Code, e.Message, e.RequestId, e.StatusCode}, true
}
