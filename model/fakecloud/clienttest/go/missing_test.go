package clienttest

import (
	"fmt"
	"strings"
	"testing"

	alb "github.com/alibabacloud-go/alb-20200616/v2/client"
	cdn "github.com/alibabacloud-go/cdn-20180510/v5/client"
	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	openapiutil "github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	util "github.com/alibabacloud-go/tea-utils/v2/service"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth/credentials"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/fakecloud"
)

// TestNotImplemented checks that an operation that only the real cloud has is an error of
// the client's own type that does not look like an absent resource.
func TestNotImplemented(t *testing.T) {
	core := func(algorithm string) func(target) error {
		return func(to target) error {
			_, err := callOpenAPI(algorithm)(to, call{"CancelOrderRequest", "2020-04-07", map[string]string{"CertId": "1"}})
			return err
		}
	}
	for _, test := range []struct {
		name, missing string
		call          func(target) error
		failure       func(error) (failure, bool)
	}{
		{"openapi, ACS3", "CancelOrderRequest (cas 2020-04-07)", core(""), failureTea},
		{"openapi, SHA1", "CancelOrderRequest (cas 2020-04-07)", core("v2"), failureTea},
		{"openapi, ROA", "UpdateCustomDomain (FC 2023-03-30)", updateCustomDomain, failureTea},
		{"cdn-20180510 v5", "StopCdnDomain (Cdn 2018-05-10)", func(to target) error {
			client, err := cdn.NewClient(openAPIConfig(to, ""))
			if err != nil {
				return err
			}
			_, err = client.StopCdnDomainWithOptions(&cdn.StopCdnDomainRequest{DomainName: new("www.example.com")}, &util.RuntimeOptions{})
			return err
		}, failureTea},
		{"alb-20200616 v2", "StopListener (Alb 2020-06-16)", func(to target) error {
			client, err := alb.NewClient(openAPIConfig(to, ""))
			if err != nil {
				return err
			}
			_, err = client.StopListenerWithOptions(&alb.StopListenerRequest{ListenerId: new("lsn-https")}, &dara.RuntimeOptions{})
			return err
		}, failureTea},
		{"alibaba-cloud-sdk-go", "StopListener (Nlb 2022-04-30)", func(to target) error {
			config := sdk.NewConfig()
			if to.retries > 0 {
				config = config.WithAutoRetry(true).WithMaxRetryTime(to.retries)
			}
			client, err := sdk.NewClientWithOptions("cn-hangzhou", config, credentials.NewAccessKeyCredential(to.id, to.secret))
			if err != nil {
				return err
			}
			r := requests.NewCommonRequest()
			r.Scheme, r.Domain, r.Version, r.ApiName = "http", to.host, "2022-04-30", "StopListener"
			_, err = client.ProcessCommonRequest(r)
			return err
		}, failureV1},
	} {
		for _, retries := range []int{0, 2} {
			t.Run(fmt.Sprint(test.name, ", ", retries, " retries"), func(t *testing.T) {
				cloud := start(t, fakecloud.Options{})
				to := demo(cloud)
				to.retries = retries
				err := test.call(to)
				got, own := test.failure(err)
				if !own {
					t.Fatalf("%T %v is not its own type of error", err, err)
				}
				if got.code != "NotImplemented.Fake" || got.status != 501 || !strings.Contains(got.message, "fakecloud does not implement "+test.missing) || got.requestID == "" {
					t.Errorf("got %+v", got)
				}
				if code, found := errcodes.Of(err); !found || code != "NotImplemented.Fake" {
					t.Errorf("errcodes.Of: %q, %v", code, found)
				}
				if missing := cloud.Missing(); len(missing) != 1 || missing[0].String() != test.missing {
					t.Errorf("missing %v", missing)
				}
				var failed complaint
				cloud.AssertDone(&failed)
				if !strings.Contains(failed.text, test.missing) {
					t.Errorf("AssertDone says %q", failed.text)
				}
			})
		}
	}
}

// updateCustomDomain calls a REST operation.
func updateCustomDomain(to target) error {
	client, err := openapi.NewClient(openAPIConfig(to, ""))
	if err != nil {
		return err
	}
	params := &openapiutil.Params{
		Action: new("UpdateCustomDomain"), Version: new("2023-03-30"),
		Protocol: new("HTTPS"), Pathname: new("/2023-03-30/custom-domains/www.example.com"), Method: new("PUT"),
		AuthType: new("AK"), Style: new("FC"), ReqBodyType: new("json"), BodyType: new("json"),
	}
	_, err = client.CallApi(params, &openapiutil.OpenApiRequest{Body: map[string]any{"certConfig": map[string]any{"certName": "shop"}}}, &dara.RuntimeOptions{})
	return err
}

// complaint is a TB that stores the message of the failure.
type complaint struct{ text string }

func (c *complaint) Helper()                           {}
func (c *complaint) Cleanup(func())                    {}
func (c *complaint) Errorf(format string, args ...any) { c.text += fmt.Sprintf(format, args...) }
func (c *complaint) Fatalf(format string, args ...any) { c.Errorf(format, args...) }
