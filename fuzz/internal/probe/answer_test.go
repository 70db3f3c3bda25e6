package probe

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// savedAnswers are answers in the forms that clients print, made up here.
var savedAnswers = map[string]string{
	"CLI":        "ERROR: SDK.ServerError\nErrorCode: InvalidDomain.NotFound\nRecommend: https://api.aliyun.com/troubleshoot?q=x\nRequestId: 4C467B38-3910-447D-87BC-AC049166F216\nMessage: The domain provided does not belong to you.\nRespHeaders: map[Server:[x]]\n",
	"JSON":       `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","HostId":"cdn.aliyuncs.com","Code":"InvalidDomain.NotFound","Message":"The domain provided does not belong to you.","Recommend":"https://x"}`,
	"XML":        `<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>4C467B38-3910-447D-87BC-AC049166F216</RequestId><HostId>cdn.aliyuncs.com</HostId><Code>InvalidDomain.NotFound</Code><Message>The domain provided does not belong to you.</Message><Recommend><![CDATA[https://x]]></Recommend></Error>`,
	"response":   "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\n\r\n" + `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","Code":"InvalidDomain.NotFound","Message":"The domain provided does not belong to you."}`,
	"Tea":        "SDKError:\n   StatusCode: 404\n   Code: InvalidDomain.NotFound\n   Message: code: 404, The domain provided does not belong to you. request id: 4C467B38-3910-447D-87BC-AC049166F216\n   Data: {\"Code\":\"InvalidDomain.NotFound\",\"Message\":\"The domain provided does not belong to you.\",\"RequestId\":\"x\",\"statusCode\":404}\n",
	"Tea, short": "Error: InvalidDomain.NotFound code: 404, The domain provided does not belong to you. request id: 4C467B38-3910-447D-87BC-AC049166F216",
	"Python":     "HTTP Status: 404 Error:InvalidDomain.NotFound The domain provided does not belong to you. RequestID: 4C467B38-3910-447D-87BC-AC049166F216",
	"Java":       "com.aliyuncs.exceptions.ClientException: InvalidDomain.NotFound : The domain provided does not belong to you.\r\nRequestId : 4C467B38-3910-447D-87BC-AC049166F216",
	"success":    `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216"}`,
}

func TestParseAnswer(t *testing.T) {
	const text = "The domain provided does not belong to you."
	status := map[string]int{"response": 404, "Tea": 404, "Tea, short": 404, "Python": 404}
	for name, saved := range savedAnswers {
		want := Answer{HTTP: status[name], Code: "InvalidDomain.NotFound", Message: text, Lang: "en"}
		if name == "success" {
			want = Answer{}
		}
		got, err := ParseAnswer([]byte(saved))
		got.Fields = nil
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got)\n%s", name, err, diff)
		}
	}
	for _, none := range []string{
		"", "x", "{}", "[]", "<a/>", "{", "<", `{"RequestId":1}`, "HTTP/1.1 414 URI Too Long\n\n<html></html>", "HTTP/1.1 500 x\n\n{\"RequestId\":\"x\"}",
		"ERROR: dial tcp: lookup cdn.aliyuncs.com: no such host", `{"Code":"A"} {"Code":"B"}`, "ErrorCode: \xff", strings.Repeat(" ", maxAnswer+1),
	} {
		if a, err := ParseAnswer([]byte(none)); err == nil {
			t.Errorf("%.60q is read as %+v", none, a)
		}
	}
}

// TestRedaction: what could lead to an account is not in what is told.
func TestRedaction(t *testing.T) {
	m := materialNamed("00112233445566ff", testTime)
	hide := m.redaction()
	for _, test := range []struct{ message, want string }{
		{"The domain [" + m.Domain() + "] does not belong to you.", "The domain [%s] does not belong to you."},
		{"The specified resource " + m.Listener() + " is not found.", "The specified resource %s is not found."},
		{"The specified resource " + m.id("01") + " is not found.", "The specified resource %s is not found."},
		{"User 1234567890123456 is not owner of 12345-cn-hangzhou", "User %s is not owner of %s"},
		{"acs:ram::1234567890123456:user/me may not", "%s may not"},
		{"key LTAI5tAbCdEfGh of me@example.onaliyun.com", "key %s of %s"},
		{"at 10.1.2.3 and 2001:db8::1 and host-1.internal.example.com", "at %s and %s and %s"},
		{"see https://api.aliyun.com/troubleshoot?q=x&requestId=4C467B38", "see %s"},
		{"request 4C467B38-3910-447D-87BC-AC049166F216", "request %s"},
		{"certificate alicert-probe-00112233445566ff", "certificate %s"},
		{"name deploy2024 of ap-southeast-1", "name %s of ap-southeast-1"},
		{"region cn-hangzhou", "region cn-hangzhou"},
		{"证书格式异常，请检查输入内容。", "证书格式异常，请检查输入内容。"},
	} {
		a, err := hide.apply(Answer{Code: "X", Message: test.message}.tidy())
		if err != nil || a.Message != test.want {
			t.Errorf("%q: %q, %v; want %q", test.message, a.Message, err, test.want)
		}
	}
	if a, err := hide.apply(Answer{Code: "Forbidden.RAM", Message: "User alice not authorized."}.tidy()); err != nil || a.Message != "" || a.Lang != "" {
		t.Errorf("%+v, %v", a, err)
	}
	for _, bad := range []Answer{
		{Code: "X", Message: "of a@", Lang: "en"},
		{Code: "1234567890123456"},
		{Code: "X.1234567890123456"},
		{Code: "LTAIabc"},
		{Code: "a b"},
		{Code: "X", Message: strings.Repeat("x ", maxMessage)},
		{Code: "X", Message: "turn \u202e around"},
		{Code: "X", Message: "-----BEGIN PRIVATE KEY-----"},
		{Code: "X", Fields: []string{"a b"}},
		{Code: "X", Fields: []string{"B", "A"}},
		{Code: "X", HTTP: 1000},
	} {
		if a, err := hide.apply(bad); err == nil {
			t.Errorf("%+v is told as %+v", bad, a)
		}
	}
}
