package clienttest

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/alibabacloud-go/tea/tea"
)

const (
	setCertificate = "SetDomainServerCertificate"
	setSSL         = "SetCdnDomainSSLCertificate"
	associate      = "AssociateAdditionalCertificatesWithListener"
)

// client is a client of the vendor with its properties.
type client struct {
	name       string
	operations []string // operations of the suite that it has
	omits      []string // parameters that the client cannot send
	xml        bool     // the client can ask for XML
	repeats    repeats
	call       func(target, call) (answer, error)
	failure    func(error) (failure, bool) // decodes the client's own type of error
}

// repeats says after which failures a client repeats a call if retries are enabled.
type repeats struct{ status500, throttled, closed bool }

// target is the endpoint of a client and its settings.
type target struct {
	host, id, secret string
	token            string // of a temporary key
	retries          int    // maximum number of repetitions
	xml              bool
}

// call is a call with flat parameters.
type call struct {
	action, version string
	params          map[string]string
}

type answer struct {
	requestID, jobID string
	body             map[string]any // only of clients that return it
}

type failure struct {
	code, message, requestID string
	status                   int
}

func clients() []client {
	all := []string{setCertificate, setSSL, associate}
	return []client{
		{
			name: "alibaba-cloud-sdk-go", operations: all, xml: true,
			repeats: repeats{status500: true, closed: true},
			call:    callV1, failure: failureV1,
		},
		{
			name: "cdn-20180510 v5", operations: all[:2],
			repeats: repeats{status500: true, throttled: true},
			call:    callGeneratedCDN, failure: failureTea,
		},
		{
			name: "alb-20200616 v2", operations: all[2:],
			repeats: repeats{status500: true, throttled: true},
			call:    callGeneratedALB, failure: failureTea,
		},
		{
			name: "openapi, ACS3", operations: all,
			repeats: repeats{status500: true, throttled: true},
			call:    callOpenAPI(""), failure: failureTea,
		},
		{
			name: "openapi, SHA1", operations: all,
			repeats: repeats{status500: true, throttled: true},
			call:    callOpenAPI("v2"), failure: failureTea,
		},
		{
			name: "tea-rpc", operations: all,
			repeats: repeats{status500: true, closed: true},
			call:    callTeaRPC, failure: failureTea,
		},
		{
			name: "aliyungo", operations: all[:1], omits: []string{"CertType", "ForceSet"},
			call: callAliyungo, failure: failureAliyungo,
		},
	}
}

// failureTea decodes the error of the clients that use tea.
func failureTea(err error) (failure, bool) {
	var e *tea.SDKError
	if !errors.As(err, &e) {
		return failure{}, false
	}
	var data struct{ RequestId string } //nolint:revive // the vendor's spelling
	if err := json.Unmarshal([]byte(tea.StringValue(e.Data)), &data); err != nil {
		return failure{}, false
	}
	return failure{tea.StringValue(e.Code), tea.StringValue(e.Message), data.RequestId, tea.IntValue(e.StatusCode)}, true
}

// certificates returns the certificate ids of a call.
func (c call) certificates() []string {
	var ids []string
	for i := 1; ; i++ {
		id, found := c.params[fmt.Sprintf("Certificates.%d.CertificateId", i)]
		if !found {
			return ids
		}
		ids = append(ids, id)
	}
}

// optional returns a parameter, or nil if it is absent.
func (c call) optional(name string) *string {
	value, found := c.params[name]
	if !found {
		return nil
	}
	return &value
}

// values returns the parameters in the form that some clients need.
func (c call) values() map[string]any {
	values := map[string]any{}
	for name, value := range c.params {
		values[name] = value
	}
	return values
}

// member returns a text in the body of an answer.
func member(body map[string]any, name string) string {
	text, _ := body[name].(string)
	return text
}

var collected []Result

// result returns the outcomes of a client in the results.
func result(c client) map[string]string {
	for _, r := range collected {
		if r.Client == c.name {
			return r.Outcomes
		}
	}
	collected = append(collected, Result{c.name, c.operations, map[string]string{}})
	return collected[len(collected)-1].Outcomes
}

func suite(t *testing.T) *Suite {
	t.Helper()
	s, err := ReadSuite("..")
	if err != nil {
		t.Fatal(err)
	}
	return s
}
