package lookup_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/lookup"
)

func TestFind(t *testing.T) {
	tests := []struct {
		text string
		want string // words
		like string
	}{
		{"InvalidSSLPri", "InvalidSSLPri", ""},
		{"invalidsslpri", "InvalidSSLPri", ""},
		{" Certificate.MissMatch\n", "Certificate.MissMatch", ""},
		{"KeyMismatch", "KeyMismatch", ""},
		{"keymismatch", "KeyMismatch", ""},
		{"IncorrectStatus.listener", "IncorrectStatus.listener", ""},
		{"IncorrectStatus.Listener", "IncorrectStatus.Listener", ""},
		{"incorrectstatus.listener", "IncorrectStatus.Listener IncorrectStatus.listener", ""},
		{"crlf", "crlf", ""},
		{"DOMAIN-NOT-COVERED", "domain-not-covered", ""},
		{"throttling.user", "Throttling.User", ""},
		{"SDK.TimeoutError", "SDK.TimeoutError", ""},
		{"Certificate.MisMatch", "", "Certificate.MissMatch"},
		{"InvalidSSLPrv", "", "InvalidSSLPri InvalidSSLPub"},
		{"domain-not-coverd", "", "domain-not-covered"},
		{"", "", ""},
		{"nothing at all of the kind", "", ""},
		{strings.Repeat("x", 1<<20), "", ""},

		{"SDK.ServerError\nErrorCode: Certificate.MissMatch\nRecommend: \nRequestId: 0A1B\nMessage: The Private Key does not math the specified Certificate!", "Certificate.MissMatch", ""},
		{`SDKError:
   StatusCode: 400
   Code: InvalidSSLPub
   Message: code: 400, Invalid SSLPub. request id: 6CF6`, "InvalidSSLPub", ""},
		{`{"RequestId":"6CF6","HostId":"cdn.aliyuncs.com","Code":"Forbidden.RAM","Message":"User not authorized"}`, "Forbidden.RAM", ""},
		{`<Error><Code>InvalidDomain.NotFound</Code></Error>`, "InvalidDomain.NotFound", ""},
		{"Aliyun API Error: RequestId: 6CF6 Status Code: 503 Code: ServiceUnavailable Message: The request has failed due to a temporary failure of the server.", "ServiceUnavailable", ""},
		{"2026-11-26T03:00:01Z deploy failed: Certificate.Duplicated (400)", "Certificate.Duplicated", ""},
		{`time=2026-11-26 level=ERROR msg="upload" err="The Private Key does not math the specified Certificate!"`, "Certificate.MissMatch", ""},
		{"ErrorCode: Throttling.New", "Throttling", ""},
		{"warn: advisory=expires-soon domain=www.example.com", "expires-soon", ""},
	}
	for _, test := range tests {
		found, like := lookup.Find(test.text)
		var words []string
		for _, e := range found {
			words = append(words, e.Word())
		}
		if got := strings.Join(words, " "); got != test.want {
			t.Errorf("%.80q: %q; want %q", test.text, got, test.want)
		}
		if got := strings.Join(like, " "); got != test.like {
			t.Errorf("%.80q: like %q; want %q", test.text, got, test.like)
		}
	}
}

// TestFindEveryWord: each entry is found by its word alone, and a message that is told in
// full leads to its code.
func TestFindEveryWord(t *testing.T) {
	n := 0
	for e := range lookup.All() {
		n++
		for _, text := range []string{e.Word(), strings.ToLower(e.Word()), strings.ToUpper(e.Word()), "  " + e.Word() + "\n"} {
			if found, _ := lookup.Find(text); !slices.Contains(found, e) {
				t.Errorf("%q: %v", text, found)
			}
		}
	}
	if n < 250 {
		t.Errorf("%d entries", n)
	}
}

func FuzzFind(f *testing.F) {
	f.Add("ErrorCode: Certificate.MissMatch")
	f.Add("Certificate.MisMatch")
	f.Fuzz(func(t *testing.T, text string) {
		found, like := lookup.Find(text)
		if len(found) > 0 && len(like) > 0 || len(like) > 3 {
			t.Errorf("%v, %v", found, like)
		}
	})
}
