package account_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/internal/region"
)

type object = map[string]any

func answered(t *testing.T, action account.Action) object {
	t.Helper()
	s := account.State{}
	next, out := account.Machine{}.Step(s, account.Input{Action: action})
	if next != s || action.Kind() != model.Read || action.About().String() != "account" {
		t.Errorf("%T is no read of the account", action)
	}
	data, err := json.Marshal(out.Body)
	if err != nil {
		t.Fatal(err)
	}
	var got object
	if err := json.Unmarshal(data, &got); err != nil || out.Error.Code != "" {
		t.Fatalf("%+v: %v", out, err)
	}
	delete(got, "RequestId")
	return got
}

// The answers have the members that clients read.
func TestReads(t *testing.T) {
	endpoint := func(host, region, service string) object {
		return object{"Success": true, "Endpoints": object{"Endpoint": []any{object{
			"Endpoint": host, "Id": region, "SerivceCode": service, "Type": "openAPI", "Namespace": "",
			"Protocols": object{"Protocols": []any{"HTTP", "HTTPS"}},
		}}}}
	}
	for _, test := range []struct {
		action account.Action
		want   object
	}{
		{account.DescribeEndpoints{ID: "cn-hangzhou", ServiceCode: "alb"}, endpoint("alb.cn-hangzhou.aliyuncs.com", "cn-hangzhou", "alb")},
		{account.DescribeEndpoints{ID: "cn-beijing", ServiceCode: "dcdn"}, endpoint("dcdn.aliyuncs.com", "cn-beijing", "dcdn")},
		{account.DescribeEndpoints{ID: "cn-hangzhou", ServiceCode: "cas"}, endpoint("cas.aliyuncs.com", "cn-hangzhou", "cas")},
		{account.DescribeEndpoints{ID: "ap-southeast-1", ServiceCode: "cas"}, endpoint("cas.ap-southeast-1.aliyuncs.com", "ap-southeast-1", "cas")},
		{account.DescribeEndpoints{ID: "cn-hangzhou", ServiceCode: "alb", Host: "127.0.0.1:8080"}, endpoint("127.0.0.1:8080", "cn-hangzhou", "alb")},
		{account.GetCallerIdentity{}, object{
			"AccountId": account.ID, "Arn": "acs:ram::" + account.ID + ":root", "IdentityType": "Account", "PrincipalId": account.ID, "UserId": account.ID,
		}},
		{account.QueryAvailableInstances{PageNum: 1, PageSize: 50}, object{
			"Success": true, "Data": object{"InstanceList": []any{}, "PageNum": 1.0, "PageSize": 50.0, "TotalCount": 0.0},
		}},
	} {
		if diff := cmp.Diff(test.want, answered(t, test.action)); diff != "" {
			t.Errorf("%+v (-want +got)\n%s", test.action, diff)
		}
	}
}

// Regions have names in two languages.
func TestDescribeRegions(t *testing.T) {
	names := func(language string) any {
		list := answered(t, account.DescribeRegions{AcceptLanguage: language})["Regions"].(object)["Region"].([]any)
		if len(list) != len(region.All()) {
			t.Fatalf("%d regions", len(list))
		}
		return list[0].(object)["LocalName"]
	}
	if names("") != "华东1（杭州）" || names("zh-CN") != "华东1（杭州）" || names("en-US") != "China (Hangzhou)" {
		t.Errorf("%v, %v", names(""), names("en-US"))
	}
}

// The gateway refuses a request without a required parameter.
func TestReadsRequire(t *testing.T) {
	for parameter, action := range map[string]account.Action{
		"Id":          account.DescribeEndpoints{ServiceCode: "alb"},
		"ServiceCode": account.DescribeEndpoints{ID: "cn-hangzhou"},
	} {
		_, out := account.Machine{}.Step(account.State{}, account.Input{Action: action})
		if e := out.Error; string(e.Code) != "Missing"+parameter || e.Status != 400 || e.Message != parameter+" is mandatory for this action." {
			t.Errorf("without %s: %+v", parameter, e)
		}
	}
}

// Inputs of the account survive JSON.
func TestReadsAreLossless(t *testing.T) {
	for _, action := range account.Actions() {
		testutil.RoundTrip(t, account.Input{At: 9, Action: action})
	}
}
