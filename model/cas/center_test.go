package cas_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

// at is a time in Unix milliseconds within the validity of most certificates of testdata.
const at = 1_790_000_000_000

const aDay = 24 * 60 * 60 * 1000

// do answers one action.
func do(t *testing.T, s cas.State, at int64, a cas.Action) (cas.State, model.Output) {
	t.Helper()
	next, out := cas.Machine{}.Step(s, cas.Input{At: at, Action: a})
	for _, inv := range cas.Invariants() {
		transition := model.Transition[cas.State, cas.Input, model.Output]{From: s, Input: cas.Input{At: at, Action: a}, Output: out, To: next}
		if why := inv.Holds(cas.Machine{}, transition); why != "" {
			t.Errorf("%T: %s: %s", a, inv.Name, why)
		}
	}
	return next, out
}

// with returns a center with certificates that events have added.
func with(t *testing.T, certificates ...cas.Certificate) (s cas.State) {
	t.Helper()
	for _, c := range certificates {
		var out model.Output
		if s, out = do(t, s, 0, cas.CertificateAdded{Certificate: c}); !out.OK() {
			t.Fatalf("%+v: %s", c, out.Outcome())
		}
	}
	return s
}

// uploadTo uploads a pair of testdata to the center of a region.
func uploadTo(region, name string) cas.UploadUserCertificate {
	action := upload(name).Action.(cas.UploadUserCertificate)
	action.Region = region
	return action
}

// members returns the members of an answer.
func members(t *testing.T, out model.Output) (m map[string]any) {
	t.Helper()
	data, err := json.Marshal(out.Body)
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil || !out.OK() {
		t.Fatalf("%s: %v", out.Outcome(), err)
	}
	return m
}

// listed returns the names of a list.
func listed(t *testing.T, s cas.State, at int64, in cas.ListUserCertificateOrder) (names []string) {
	t.Helper()
	_, out := do(t, s, at, in)
	m := members(t, out)
	for _, item := range m["CertificateOrderList"].([]any) {
		names = append(names, item.(map[string]any)["Name"].(string))
	}
	if in.CurrentPage == 0 && m["TotalCount"] != float64(len(names)) {
		t.Errorf("%+v: %v of %d", in, m["TotalCount"], len(names))
	}
	return names
}

// Each region has a center of its own. Names belong to the account.
func TestRegions(t *testing.T) {
	s, out := do(t, cas.State{}, 0, uploadTo("", "home"))
	first := int(members(t, out)["CertId"].(float64))
	s, out = do(t, s, 0, uploadTo(cas.Overseas, "abroad"))
	second := int(members(t, out)["CertId"].(float64))
	if first == second {
		t.Errorf("both have the number %d", first)
	}
	for _, test := range []struct {
		number int
		region string
		id     string // "" means that it is not found
	}{
		{first, "", "1000001-cn-hangzhou"},
		{first, cas.Region, "1000001-cn-hangzhou"},
		{first, cas.Overseas, ""},
		{second, cas.Overseas, "1000002-ap-southeast-1"},
		{second, "", ""},
	} {
		for _, read := range []cas.Action{
			cas.GetUserCertificateDetail{Region: test.region, CertID: test.number}, cas.GetCertificateDetail{Region: test.region, CertID: test.number},
		} {
			_, out := do(t, s, 0, read)
			if test.id == "" {
				if out.Error.Condition != errcodes.CondCertificateNotFound {
					t.Errorf("%+v: %s", read, out.Outcome())
				}
			} else if id := members(t, out)["CertIdentifier"]; id != test.id {
				t.Errorf("%+v: %v", read, id)
			}
		}
	}
	for region, want := range map[string]string{"": "home", cas.Region: "home", cas.Overseas: "abroad"} {
		if got := listed(t, s, 0, cas.ListUserCertificateOrder{Region: region, OrderType: "CERT"}); !cmp.Equal(got, []string{want}) {
			t.Errorf("%s: %q", region, got)
		}
	}
	_, out = do(t, s, 0, uploadTo(cas.Overseas, "home"))
	if out.Error.Condition != errcodes.CondCertNameDuplicated {
		t.Errorf("a name of the other region: %s", out.Outcome())
	}
}

// leaf is a made-up leaf that ends a number of days after the test's time.
func leaf(name string, days int64) validate.Leaf {
	return validate.Leaf{SHA256: name, Name: name + ".example.com", Names: name + ".example.com,*." + name + ".example.com", NotBefore: 1, NotAfter: (at + days*aDay) / 1000}
}

// Which certificates a list has depends on type, status, keyword and time.
func TestListFilters(t *testing.T) {
	s := with(
		t,
		cas.Certificate{Name: "bought", ID: "1-cn-hangzhou", Bought: true, Leaf: leaf("shop", 300)},
		cas.Certificate{Name: "gone", ID: "2-cn-hangzhou", Leaf: leaf("gone", -1)},
		cas.Certificate{Name: "old", ID: "3-cn-hangzhou", Bought: true, Leaf: leaf("old", 300), Status: cas.Expired},
		cas.Certificate{Name: "ordered", ID: "4-cn-hangzhou", Bought: true, Status: cas.Pending},
		cas.Certificate{Name: "revoked", ID: "5-cn-hangzhou", Leaf: leaf("revoked", 300), Status: cas.Revoked},
		cas.Certificate{Name: "soon", ID: "6-cn-hangzhou", Leaf: leaf("soon", 29)},
		cas.Certificate{Name: "up", ID: "7-cn-hangzhou", Leaf: leaf("www", 300)},
	)
	s = s.Put(cas.Certificate{Name: "ofCDN", ID: "8-cn-hangzhou", Source: cas.FromCDN, Status: cas.Issued, Leaf: leaf("cdn", 300)})
	for _, test := range []struct {
		in   cas.ListUserCertificateOrder
		at   int64
		want string
	}{
		{cas.ListUserCertificateOrder{OrderType: "CERT"}, at, "bought ofCDN soon up"},
		{cas.ListUserCertificateOrder{OrderType: "UPLOAD"}, at, "ofCDN soon up"},
		{cas.ListUserCertificateOrder{OrderType: "CPACK"}, at, "bought old ordered"},
		{cas.ListUserCertificateOrder{}, at, "bought old ordered"},
		{cas.ListUserCertificateOrder{OrderType: "BUY"}, at, ""},
		{cas.ListUserCertificateOrder{OrderType: "CERT", Status: "EXPIRED"}, at, "gone old"},
		{cas.ListUserCertificateOrder{OrderType: "UPLOAD", Status: "EXPIRED"}, at, "gone"},
		{cas.ListUserCertificateOrder{OrderType: "CERT", Status: "WILLEXPIRED"}, at, "soon"},
		{cas.ListUserCertificateOrder{OrderType: "CERT", Status: "ISSUED"}, at, "bought ofCDN up"},
		{cas.ListUserCertificateOrder{OrderType: "CERT", Status: "REVOKED"}, at, "revoked"},
		{cas.ListUserCertificateOrder{Status: "CHECKING"}, at, "ordered"},
		{cas.ListUserCertificateOrder{OrderType: "CERT"}, at - 2*aDay, "bought gone ofCDN soon up"},
		{cas.ListUserCertificateOrder{OrderType: "CERT"}, 0, "bought gone ofCDN soon up"},
		{cas.ListUserCertificateOrder{OrderType: "CERT", Keyword: "WWW.example"}, at, "up"},
		{cas.ListUserCertificateOrder{OrderType: "CERT", Keyword: "*.shop."}, at, "bought"},
		{cas.ListUserCertificateOrder{OrderType: "CERT", Keyword: "ofcdn"}, at, "ofCDN"},
		{cas.ListUserCertificateOrder{OrderType: "CERT", Keyword: "cas-upload-6"}, at, "soon"},
		{cas.ListUserCertificateOrder{OrderType: "CERT", Keyword: "none"}, at, ""},
	} {
		if got := strings.Join(listed(t, s, test.at, test.in), " "); got != test.want {
			t.Errorf("%+v at %d: %q; want %q", test.in, test.at, got, test.want)
		}
	}
}

// An expired certificate is not listed, and its name stays taken: this is how clients that
// look for their certificate first run into a taken name.
func TestExpiredNameStaysTaken(t *testing.T) {
	s := with(t, cas.Certificate{Name: "shop", ID: "2-cn-hangzhou", Leaf: leaf("gone", -1)})
	if got := listed(t, s, at, cas.ListUserCertificateOrder{OrderType: "CERT"}); got != nil {
		t.Errorf("listed: %q", got)
	}
	_, out := do(t, s, at, upload("shop").Action)
	if out.Error.Condition != errcodes.CondCertNameDuplicated {
		t.Errorf("%s", out.Outcome())
	}
}

// The center does not look at the content: the same pair is stored under every name.
func TestRepeatedContent(t *testing.T) {
	var s cas.State
	for i := range 3 {
		var out model.Output
		if s, out = do(t, s, at, upload(fmt.Sprint("shop ", i)).Action); !out.OK() {
			t.Errorf("%s", out.Outcome())
		}
	}
	if got := listed(t, s, at, cas.ListUserCertificateOrder{OrderType: "UPLOAD"}); len(got) != 3 {
		t.Errorf("%q", got)
	}
}

// Answers tell what the certificate says.
func TestDetails(t *testing.T) {
	pem := testdata.Read("p256/chain3.pem")
	known, err := validate.ParseLeaf(pem)
	if err != nil {
		t.Fatal(err)
	}
	if len(known.Serial)%2 == 0 {
		t.Fatalf("the serial number %s needs no padding: that tests nothing", known.Serial)
	}
	s, _ := do(t, cas.State{}, 0, cas.Upload("u", &validate.CASRequest{
		Name: "shop", Certificate: pem, PrivateKey: validate.NewSecret(testdata.Read("p256/key.pem")),
	}, validate.Options{}).Action)
	_, out := do(t, s, at, cas.GetUserCertificateDetail{RequestID: "g", CertID: cas.FirstNumber})
	detail := members(t, out)
	want := map[string]any{
		"Name": "shop", "Cert": pem, "Id": 1000001., "CertIdentifier": "1000001-cn-hangzhou", "Common": "www.example.com", "Sans": known.Names,
		"SerialNo": "0" + known.Serial, "Sha2": known.SHA256, "Algorithm": "ECDSA", "Issuer": "alicert test Issuing p256", "OrgName": "alicert test",
		"StartDate": "2026-01-01", "EndDate": "2049-12-31", "NotBefore": float64(known.NotBefore * 1000), "NotAfter": float64(known.NotAfter * 1000),
		"Expired": false, "BuyInAliyun": false,
	}
	for member, value := range want {
		if detail[member] != value {
			t.Errorf("%s is %v; want %v", member, detail[member], value)
		}
	}
	chain := detail["CertChain"].([]any)
	if len(chain) != 3 || chain[0].(map[string]any)["IssuerCommonName"] != chain[1].(map[string]any)["CommonName"] {
		t.Errorf("the chain is %v", chain)
	}
	if days := chain[0].(map[string]any)["RemainDay"]; days != float64((known.NotAfter*1000-at)/aDay) {
		t.Errorf("%v days", days)
	}
	if fingerprint, _ := detail["Fingerprint"].(string); len(fingerprint) != 40 {
		t.Errorf("the fingerprint is %q", fingerprint)
	}
	if _, shown := detail["Key"]; shown {
		t.Error("the model's answer has a key")
	}
	_, out = do(t, s, at, cas.ListUserCertificateOrder{OrderType: "CERT"})
	item := members(t, out)["CertificateOrderList"].([]any)[0].(map[string]any)
	for _, member := range []string{"SerialNo", "Sha2", "Sans", "Fingerprint", "StartDate", "EndDate", "Issuer", "OrgName", "Name", "InstanceId", "Expired"} {
		if item[member] != detail[member] {
			t.Errorf("%s: the list has %v, the detail %v", member, item[member], detail[member])
		}
	}
	if item["Upload"] != true || item["Status"] != "ISSUED" || item["CommonName"] != "www.example.com" {
		t.Errorf("%v", item)
	}
}

// Only the answer of one operation takes a key, and the output keeps none.
func TestWithKey(t *testing.T) {
	s := with(t, cas.Certificate{Name: "a", ID: "1-cn-hangzhou"})
	_, out := do(t, s, 0, cas.GetUserCertificateDetail{CertID: 1})
	data, err := json.Marshal(cas.WithKey(out.Body, "the key"))
	if err != nil || !strings.Contains(string(data), `"Key":"the key"`) {
		t.Errorf("%s %v", data, err)
	}
	if _, shown := members(t, out)["Key"]; shown {
		t.Error("the output has it, too")
	}
	_, out = do(t, s, 0, cas.GetCertificateDetail{CertID: 1})
	if body := cas.WithKey(out.Body, "the key"); body != out.Body {
		t.Errorf("%+v", body)
	}
}

// What is not in use is deleted by its number, whoever uploaded it.
func TestDelete(t *testing.T) {
	s := with(t, cas.Certificate{Name: "a", ID: "1-cn-hangzhou"}, cas.Certificate{Name: "b", ID: "1-ap-southeast-1"})
	s = s.Put(cas.Certificate{Name: "c", ID: "2-cn-hangzhou", Source: cas.FromCDN, Status: cas.Issued})
	for _, use := range []func(*cas.Certificate){
		func(c *cas.Certificate) { c.Domains++ }, func(c *cas.Certificate) { c.Listeners++ },
	} {
		used := s.Update("a", use)
		next, out := do(t, used, 0, cas.DeleteUserCertificate{RequestID: "d", CertID: 1})
		if out.Error.Condition != errcodes.CondCertificateInUse || next != used {
			t.Errorf("in use: %s", out.Outcome())
		}
	}
	for _, test := range []struct {
		in   cas.DeleteUserCertificate
		gone string
	}{
		{cas.DeleteUserCertificate{RequestID: "d", CertID: 3}, ""},
		{cas.DeleteUserCertificate{RequestID: "d", CertID: 2, Region: cas.Overseas}, ""},
		{cas.DeleteUserCertificate{RequestID: "d", CertID: 1, Region: cas.Overseas}, "b"},
		{cas.DeleteUserCertificate{RequestID: "d", CertID: 1}, "a"},
		{cas.DeleteUserCertificate{RequestID: "d", CertID: 2}, "c"},
	} {
		next, out := do(t, s, 0, test.in)
		switch {
		case test.gone == "" && (out.Error.Condition != errcodes.CondCertificateNotFound || next != s):
			t.Errorf("%+v: %s", test.in, out.Outcome())
		case test.gone != "" && (!out.OK() || next.Certificates.Has(test.gone) || next.Certificates.Len() != 2):
			t.Errorf("%+v: %s", test.in, out.Outcome())
		}
	}
}

// The list of all certificates tells the products that use them, and a page behind the
// last one is empty, which ends the loops of clients.
func TestListCertificates(t *testing.T) {
	s := with(
		t,
		cas.Certificate{Name: "a", ID: "1-cn-hangzhou", Leaf: leaf("a", 1)}, cas.Certificate{Name: "b", ID: "2-cn-hangzhou", Leaf: leaf("b", -1)},
		cas.Certificate{Name: "c", ID: "3-ap-southeast-1", Leaf: leaf("c", 1)},
	)
	s = s.Update("a", func(c *cas.Certificate) { c.Domains, c.Listeners = 2, 1 })
	_, out := do(t, s, at, cas.ListCertificates{RequestID: "l", ShowSize: 100, CurrentPage: 1})
	list := members(t, out)
	items := list["CertificateList"].([]any)
	if len(items) != 2 || list["TotalCount"] != 2. {
		t.Fatalf("%v", list)
	}
	first, second := items[0].(map[string]any), items[1].(map[string]any)
	if first["CertificateId"] != 1. || first["CertificateName"] != "a" || first["NotAfter"] != float64(at+aDay) || !cmp.Equal(first["UsingProductList"], []any{"CDN", "ALB"}) {
		t.Errorf("%v", first)
	}
	if second["Domain"] != "b.example.com,*.b.example.com" || !cmp.Equal(second["UsingProductList"], []any{}) {
		t.Errorf("%v", second)
	}
	_, out = do(t, s, at, cas.ListCertificates{ShowSize: 100, CurrentPage: 2})
	if got := members(t, out)["CertificateList"].([]any); len(got) != 0 {
		t.Errorf("a second page: %v", got)
	}
}

// The contact has a number that clients pass on.
func TestListContact(t *testing.T) {
	_, out := do(t, cas.State{}, at, cas.ListContact{RequestID: "l", ShowSize: 1, CurrentPage: 1})
	if id := members(t, out)["ContactList"].([]any)[0].(map[string]any)["ContactId"]; id != 1. {
		t.Errorf("%v", id)
	}
	_, out = do(t, cas.State{}, at, cas.ListContact{ShowSize: 1, CurrentPage: 2})
	if got := members(t, out)["ContactList"].([]any); len(got) != 0 {
		t.Errorf("a second page: %v", got)
	}
}

// statusOf returns the status of a deployment job.
func statusOf(t *testing.T, s cas.State, at int64, job int) any {
	t.Helper()
	_, out := do(t, s, at, cas.DescribeDeploymentJob{JobID: job})
	return members(t, out)["Status"]
}

// A deployment job ends with the time of the inputs.
func TestDeployments(t *testing.T) {
	s := with(t, cas.Certificate{Name: "a", ID: "1-cn-hangzhou"}, cas.Certificate{Name: "b", ID: "2-cn-hangzhou"})
	for _, ids := range []string{"", "3", "1,3", "1,x", "1, 2"} {
		_, out := do(t, s, at, cas.CreateDeploymentJob{CertIDs: ids})
		if out.Error.Condition != errcodes.CondCertificateNotFound {
			t.Errorf("%q: %s", ids, out.Outcome())
		}
	}
	s, out := do(t, s, at, cas.CreateDeploymentJob{RequestID: "c", Name: "n", JobType: "user", CertIDs: "1,2", ResourceIDs: "1,2", ContactIDs: "1"})
	if id := members(t, out)["JobId"]; id != 1. {
		t.Fatalf("the job is %v", id)
	}
	if now, later := statusOf(t, s, at, 1), statusOf(t, s, at+cas.DeploymentTime, 1); now != "pending" || later != "success" {
		t.Errorf("%v, then %v", now, later)
	}
	again, out := do(t, s, at+500, cas.UpdateDeploymentJobStatus{JobID: 1, Status: "scheduling"})
	if now, later := statusOf(t, again, at+1400, 1), statusOf(t, again, at+1500, 1); !out.OK() || now != "scheduling" || later != "success" {
		t.Errorf("%v, then %v", now, later)
	}
	if same, out := do(t, s, at+cas.DeploymentTime, cas.UpdateDeploymentJobStatus{JobID: 1, Status: "scheduling"}); !out.OK() || same != s {
		t.Error("a job that has ended starts again")
	}
	if same, out := do(t, s, at, cas.UpdateDeploymentJobStatus{JobID: 1, Status: "editing"}); !out.OK() || same != s {
		t.Error("an unknown status changes a job")
	}
}

// Events fail jobs that are under way, and the oldest jobs are forgotten.
func TestDeploymentsEnd(t *testing.T) {
	s := with(t, cas.Certificate{Name: "a", ID: "1-cn-hangzhou"})
	s, _ = do(t, s, at, cas.CreateDeploymentJob{RequestID: "c", CertIDs: "1"})
	failed, _ := do(t, s, at, cas.DeploymentFailed{Job: 1})
	if got := statusOf(t, failed, at+cas.DeploymentTime, 1); got != "error" {
		t.Errorf("%v", got)
	}
	for _, a := range []cas.Action{cas.DeploymentFailed{Job: 1}, cas.DeploymentFailed{Job: 2}} {
		if _, out := do(t, failed, at, a); !out.Ignored {
			t.Errorf("%+v: %s", a, out.Outcome())
		}
	}
	for _, a := range []cas.Action{cas.DescribeDeploymentJob{JobID: 2}, cas.UpdateDeploymentJobStatus{JobID: 2}} {
		if _, out := do(t, s, at, a); out.Error.Condition != errcodes.CondCertificateNotFound {
			t.Errorf("%+v: %s", a, out.Outcome())
		}
	}
	for range cas.MaxDeployments {
		s, _ = do(t, s, 0, cas.CreateDeploymentJob{CertIDs: "1"})
	}
	if n := s.Deployments.Len(); n != cas.MaxDeployments || s.Deployed != n+1 {
		t.Errorf("%d jobs are remembered of %d", n, s.Deployed)
	}
	if got := statusOf(t, s, at, s.Deployed); got != "pending" {
		t.Errorf("without a time it is %v", got)
	}
}
