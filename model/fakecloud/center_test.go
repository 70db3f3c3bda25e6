package fakecloud_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

const casAbroad = "cas.ap-southeast-1.aliyuncs.com"

// callHost calls an operation at a host without a signature.
func callHost(t testing.TB, cloud *fakecloud.Cloud, host, action string, params ...string) answer {
	t.Helper()
	values := url.Values{"Action": {action}, "Version": {fakecloud.VersionOf(action)}, "Format": {"JSON"}}
	for i := 0; i+1 < len(params); i += 2 {
		values.Set(params[i], params[i+1])
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+host+"/?"+values.Encode(), http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	return send(t, cloud, r)
}

// uploadAt uploads a pair to the center of a host and returns its number.
func uploadAt(t testing.TB, cloud *fakecloud.Cloud, host, name string) string {
	t.Helper()
	return must(t, callHost(t, cloud, host, "UploadUserCertificate", "Name", name, "Cert", testdata.Read("p256/chain3.pem"), "Key", testdata.Read("p256/key.pem"))).text("CertId")
}

// TestStateCases replays cases that have a real answer or a widely used tool behind them.
func TestStateCases(t *testing.T) {
	data, err := os.ReadFile("testdata/state.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		ID    string `json:"id"`
		Why   string `json:"why"`
		Steps []struct {
			Action  string            `json:"action"`
			Params  map[string]string `json:"params"`
			Want    string            `json:"want"` // the code; empty is a success
			Status  int               `json:"status"`
			Message string            `json:"message"`
		} `json:"steps"`
	}
	if err := json.Unmarshal(data, &cases); err != nil || len(cases) == 0 {
		t.Fatal(len(cases), err)
	}
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) {
			cloud := fakecloud.New(fakecloud.Options{NoAuth: true, Now: newClock().now})
			if err := cloud.Seed(fakecloud.Demo()); err != nil {
				t.Fatal(err)
			}
			for _, step := range c.Steps {
				var params []string
				for name, value := range step.Params {
					if file, named := strings.CutPrefix(value, "@"); named {
						value = testdata.Read(file)
					}
					params = append(params, name, value)
				}
				got := call(t, cloud, step.Action, params...)
				if step.Want == "" {
					must(t, got)
					continue
				}
				if want(t, got, step.Status, step.Want); got.text("Message") != step.Message {
					t.Errorf("%s: %s", c.Why, got.raw)
				}
			}
		})
	}
}

// TestRegionByHost checks that the host decides which center stores and lists.
func TestRegionByHost(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	hosts := map[string]string{
		"cas.aliyuncs.com": cas.Region, "127.0.0.1:8080": cas.Region, "cas.cn-shanghai.aliyuncs.com": cas.Region, "cdn.ap-southeast-1.aliyuncs.com": cas.Region,
		casAbroad: cas.Overseas, "CAS.AP-SOUTHEAST-1.aliyuncs.com:443": cas.Overseas, "cas-vpc.ap-southeast-1.aliyuncs.com": cas.Overseas,
	}
	names, uploads := map[string]int{}, 0
	for host, region := range hosts {
		uploads++
		name := fmt.Sprint("of ", uploads)
		number := uploadAt(t, cloud, host, name)
		if c, _ := cloud.State().CAS.Get(name); c.ID != number+"-"+region {
			t.Errorf("%s: the id is %s", host, c.ID)
		}
		detail := must(t, callHost(t, cloud, host, "GetUserCertificateDetail", "CertId", number))
		if detail.text("CertIdentifier") != number+"-"+region {
			t.Errorf("%s: %s", host, detail.raw)
		}
		must(t, callHost(t, cloud, host, "GetCertificateDetail", "CertificateId", number))
		names[region]++
		other := casAbroad
		if region == cas.Overseas {
			other = "cas.aliyuncs.com"
		}
		want(t, callHost(t, cloud, other, "GetUserCertificateDetail", "CertId", number), 400, "NotFound")
		want(t, callHost(t, cloud, other, "GetCertificateDetail", "CertificateId", number), 400, "NotFound")
		want(t, callHost(t, cloud, other, "DeleteUserCertificate", "CertId", number), 400, "NotFound")
	}
	for host, region := range hosts {
		list := must(t, callHost(t, cloud, host, "ListUserCertificateOrder", "OrderType", "UPLOAD", "Keyword", "of "))
		if got := list.text("TotalCount"); got != fmt.Sprint(names[region]) {
			t.Errorf("%s lists %s of %d", host, got, names[region])
		}
	}
	number := uploadAt(t, cloud, casAbroad, "bound")
	bind := func(region string) answer {
		return call(t, cloud, "SetCdnDomainSSLCertificate", "DomainName", www, "SSLProtocol", "on", "CertType", "cas", "CertId", number, "CertRegion", region)
	}
	want(t, bind(""), 400, "SSLPri.MissingParameter")
	want(t, bind("cn-hangzhou"), 400, "SSLPri.MissingParameter")
	must(t, bind(cas.Overseas))
	info := must(t, call(t, cloud, "DescribeDomainCertificateInfo", "DomainName", www))
	if info.text("CertInfos", "CertInfo", 0, "CertRegion") != cas.Overseas || info.text("CertInfos", "CertInfo", 0, "CertId") != number {
		t.Error(info.raw)
	}
	checkJournal(t, cloud, 0)
}

// TestSiteDecidesTheLanguage checks that the site of the account decides the language of
// the center's errors.
func TestSiteDecidesTheLanguage(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	messages := func() (all []string) {
		upload := func(name, cert, key string) answer {
			return call(t, cloud, "UploadUserCertificate", "Name", name, "Cert", cert, "Key", key)
		}
		for code, got := range map[string]answer{
			"NotFound":               call(t, cloud, "DeleteUserCertificate", "CertId", "77"),
			"NameRepeat":             upload("first", testdata.Read("p256/chain3.pem"), testdata.Read("p256/key.pem")),
			"ParseCertificateFailed": upload("n", "no certificate", testdata.Read("p256/key.pem")),
			"MissingParameter":       upload("n", "", ""),
		} {
			want(t, got, 400, code)
			all = append(all, got.text("Message"))
		}
		return all
	}
	isASCII := func(text string) bool { return strings.IndexFunc(text, func(r rune) bool { return r > 127 }) < 0 }
	for _, message := range messages() {
		if isASCII(message) {
			t.Errorf("the site of China says %q", message)
		}
	}
	cloud.Apply(onCDN(cas.SiteChanged{Site: errcodes.InternationalSite}))
	for _, message := range messages() {
		if !isASCII(message) {
			t.Errorf("the international site says %q", message)
		}
	}
	checkJournal(t, cloud, 0)
}

// TestPrivateKeyOfADetail checks who gets the private key: the answer of one operation,
// as it was uploaded, and nothing else.
func TestPrivateKeyOfADetail(t *testing.T) {
	dir := t.TempDir()
	o := fakecloud.Options{NoAuth: true, Now: newClock().now, Remember: 100_000}
	cloud, err := fakecloud.Open(dir, o, shop())
	if err != nil {
		t.Fatal(err)
	}
	key := testdata.Read("p256/key.pem")
	number := uploadAt(t, cloud, "cas.aliyuncs.com", "shop")
	abroad := uploadAt(t, cloud, casAbroad, "abroad")
	must(t, call(t, cloud, "SetCdnDomainSSLCertificate", "DomainName", www, "SSLProtocol", "on",
		"SSLPub", testdata.Read("rsa2048/chain3.pem"), "SSLPri", testdata.Read("rsa2048/key.pem")))
	ofCDN := must(t, call(t, cloud, "DescribeDomainCertificateInfo", "DomainName", www)).text("CertInfos", "CertInfo", 0, "CertId")

	detail := func(host, number string, params ...string) answer {
		return must(t, callHost(t, cloud, host, "GetUserCertificateDetail", append(params, "CertId", number)...))
	}
	for _, test := range []struct {
		got  answer
		want string
	}{
		{detail("cas.aliyuncs.com", number), key},
		{detail("cas.aliyuncs.com", number, "CertFilter", "false"), key},
		{detail("cas.aliyuncs.com", number, "CertFilter", "true"), ""},
		{detail("cas.aliyuncs.com", number, "CertFilter", "True"), ""},
		{detail(casAbroad, abroad), key},
		{detail("cas.aliyuncs.com", ofCDN), testdata.Read("rsa2048/key.pem")},
		{detail("cas.aliyuncs.com", "1"), ""}, // seeded without a key
	} {
		if test.got.text("Key") != test.want {
			t.Errorf("the key is %q; want %q", test.got.text("Key"), test.want)
		}
	}
	if xml := call(t, cloud, "GetUserCertificateDetail", "CertId", number, "Format", "XML"); !strings.Contains(xml.raw, "<Key>-----BEGIN") {
		t.Error(xml.raw)
	}

	// Nothing else shows it, and a restart forgets it.
	checkShowsNoKey(t, cloud, dir, key, testdata.Read("rsa2048/key.pem"))
	if err := cloud.Close(); err != nil {
		t.Fatal(err)
	}
	if cloud, err = fakecloud.Open(dir, o, shop()); err != nil {
		t.Fatal(err)
	}
	if got := detail("cas.aliyuncs.com", number); got.text("Key") != "" || got.text("Cert") == "" {
		t.Error(got.raw)
	}
	if err := cloud.Close(); err != nil {
		t.Fatal(err)
	}
}

// checkShowsNoKey checks everything that a cloud shows, prints and stores for keys.
func checkShowsNoKey(t *testing.T, cloud *fakecloud.Cloud, dir string, keys ...string) {
	t.Helper()
	var journal bytes.Buffer
	if _, err := cloud.Journal().WriteTo(&journal); err != nil {
		t.Fatal(err)
	}
	state, _ := json.Marshal(cloud.State())
	calls, _ := json.Marshal(cloud.Calls())
	texts := map[string]string{
		"state": string(state), "calls": string(calls), "journal": journal.String(),
		"printed": fmt.Sprintf("%v %+v %#v %+v", cloud.State(), cloud.Journal(), cloud.Calls(), cloud),
	}
	for _, path := range []string{"", "view", "state", "journal", "calls"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1/_/"+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		texts["/_/"+path] = send(t, cloud, r).raw
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts["file"] += string(data)
	}
	for name, text := range texts {
		if len(text) < 500 {
			t.Errorf("%s has only %q", name, text)
		}
		for _, key := range keys {
			block, _ := pem.Decode([]byte(key))
			body := base64.StdEncoding.EncodeToString(block.Bytes)
			for _, trace := range []string{body[10:40], strings.Split(key, "\n")[1][10:40], "BEGIN EC PRIV", "BEGIN RSA PRIV"} {
				if strings.Contains(text, trace) {
					t.Errorf("%s has %q", name, trace)
				}
			}
		}
	}
}

// TestKeysAreBounded checks that keys of certificates that are gone do not stay.
func TestKeysAreBounded(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	pairs := [][2]string{{"p256/chain3.pem", "p256/key.pem"}, {"p384/leaf.pem", "p384/key.pem"}, {"rsa2048/chain3.pem", "rsa2048/key.pem"}}
	for i := range 300 {
		pair := pairs[i%len(pairs)]
		number := must(t, call(t, cloud, "UploadUserCertificate", "Name", "n", "Cert", testdata.Read(pair[0]), "Key", testdata.Read(pair[1]))).text("CertId")
		if got := must(t, call(t, cloud, "GetUserCertificateDetail", "CertId", number)); got.text("Key") != testdata.Read(pair[1]) {
			t.Fatal(got.raw)
		}
		must(t, call(t, cloud, "DeleteUserCertificate", "CertId", number))
		want(t, call(t, cloud, "GetUserCertificateDetail", "CertId", number), 400, "NotFound")
	}
	if n := cloud.KeysInMemory(); n > len(pairs) {
		t.Errorf("%d keys", n)
	}
	if err := cloud.Reset(); err != nil || cloud.KeysInMemory() != 0 {
		t.Errorf("%d keys after a reset, %v", cloud.KeysInMemory(), err)
	}
}

// TestKeyIsThereAtOnce checks that whoever sees a certificate sees its key.
func TestKeyIsThereAtOnce(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	var all sync.WaitGroup
	all.Go(func() { uploadAt(t, cloud, "cas.aliyuncs.com", "shop") })
	for range 200 {
		if got := call(t, cloud, "GetUserCertificateDetail", "CertId", "1000001"); got.status == http.StatusOK && got.text("Key") == "" {
			t.Errorf("without a key: %s", got.raw)
		}
	}
	all.Wait()
}

// TestUploadsOfTools replays the documented uses of tools on CDN and DCDN: one pair for
// several domains without a name, fresh names in the center, an unchanged second
// deployment, and a renewal.
func TestUploadsOfTools(t *testing.T) {
	for _, operation := range []errcodes.Operation{errcodes.SetCdnDomainSSLCertificate, errcodes.SetDcdnDomainSSLCertificate} {
		action := operation.String()
		cloud := open(t, fakecloud.Options{Progress: fakecloud.Manual()})
		domains := []string{"tools.example.com", "shop.example.com"}
		for _, domain := range domains {
			if err := cloud.AddDomain(cdn.DomainID(operation.Product(), domain)); err != nil {
				t.Fatal(err)
			}
		}
		rolledOut := func() {
			for _, domain := range domains {
				cloud.Apply(onCDN(cdn.ConfigurationFinished{Domain: cdn.DomainID(operation.Product(), domain)}))
			}
		}
		for _, pair := range [][2]string{{"p256/chain3.pem", "p256/key.pem"}, {"p256/chain3.pem", "p256/key.pem"}, {"p384/leaf.pem", "p384/key.pem"}} {
			for _, domain := range domains {
				must(t, call(t, cloud, action, "DomainName", domain, "SSLProtocol", "on", "CertType", "upload", "SSLPub", testdata.Read(pair[0]), "SSLPri", testdata.Read(pair[1])))
			}
			rolledOut()
		}
		for i, pair := range [][2]string{{"p256/chain3.pem", "p256/key.pem"}, {"p384/leaf.pem", "p384/key.pem"}, {"p384/leaf.pem", "p384/key.pem"}} {
			number := must(t, call(t, cloud, "UploadUserCertificate", "Name", fmt.Sprint("certimate_", i), "Cert", testdata.Read(pair[0]), "Key", testdata.Read(pair[1]))).text("CertId")
			for _, domain := range domains {
				must(t, call(t, cloud, action, "DomainName", domain, "SSLProtocol", "on", "CertType", "cas", "CertId", number, "CertRegion", "cn-hangzhou"))
			}
			rolledOut()
		}
		list := must(t, call(t, cloud, "ListUserCertificateOrder", "OrderType", "CERT", "ShowSize", "50"))
		if list.text("TotalCount") != "12" { // three of the seed, six uploads to domains, three to the center
			t.Error(list.raw)
		}
		checkJournal(t, cloud, 0)
	}
}

// TestTerraformCenterCertificate makes the calls of the provider's resource of a certificate:
// create, read, a second plan with the fields as they were sent, destroy until it is gone.
func TestTerraformCenterCertificate(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	cert, key := testdata.Read("p256/chain3.pem"), testdata.Read("p256/key.pem")
	for _, name := range []string{"tf-1", "tf-2"} {
		number := must(t, call(t, cloud, "UploadUserCertificate", "Name", name, "Cert", cert, "Key", key)).text("CertId")
		for range 2 {
			got := must(t, call(t, cloud, "GetUserCertificateDetail", "CertId", number))
			if got.text("Name") != name || got.text("Cert") != cert || got.text("Key") != key {
				t.Errorf("the second plan is not empty: %s", got.raw)
			}
		}
		must(t, call(t, cloud, "CreateCertificateName", "CertificateId", number, "Name", name+" renamed", "RegionId", "cn-hangzhou"))
		if got := must(t, call(t, cloud, "GetUserCertificateDetail", "CertId", number)); got.text("Name") != name+" renamed" || got.text("Key") != key {
			t.Error(got.raw)
		}
		must(t, call(t, cloud, "DeleteUserCertificate", "CertId", number))
		want(t, call(t, cloud, "GetUserCertificateDetail", "CertId", number), 400, "NotFound")
		want(t, call(t, cloud, "DeleteUserCertificate", "CertId", number), 400, "NotFound")
	}
	want(t, call(t, cloud, "DeleteUserCertificate"), 400, "MissingCertId")
	want(t, call(t, cloud, "DeleteUserCertificate", "CertId", "x"), 400, "InvalidCertId")
	checkJournal(t, cloud, 0)
}

// TestBareNumbers checks which operations of a listener take the number of a certificate
// without its region, as a widely used tool sends it.
func TestBareNumbers(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	number := uploadAt(t, cloud, "cas.aliyuncs.com", "shop")
	second := uploadAt(t, cloud, "cas.aliyuncs.com", "blog")
	do := func(action, id string) answer {
		got := call(t, cloud, action, "ListenerId", listener, "Certificates.1.CertificateId", id)
		for call(t, cloud, "GetListenerAttribute", "ListenerId", listener).text("ListenerStatus") != "Running" {
			continue
		}
		return got
	}
	must(t, do("UpdateListenerAttribute", number))
	must(t, do("AssociateAdditionalCertificatesWithListener", second))
	list := must(t, call(t, cloud, "ListListenerCertificates", "ListenerId", listener))
	for i, id := range []string{number + "-cn-hangzhou", second + "-cn-hangzhou"} {
		if list.text("Certificates", i, "CertificateId") != id {
			t.Error(list.raw)
		}
	}
	want(t, do("AssociateAdditionalCertificatesWithListener", second), 400, "ResourceAlreadyAssociated.Certificate")
	want(t, do("AssociateAdditionalCertificatesWithListener", number), 400, "OperationDenied.DefaultCertificateUsed")
	want(t, do("AssociateAdditionalCertificatesWithListener", "77"), 404, "ResourceNotFound.Certificate")
	want(t, do("DissociateAdditionalCertificatesFromListener", second), 400, "ResourceNotAssociated.Certificate")
	want(t, call(t, cloud, "DeleteUserCertificate", "CertId", second), 400, "InvalidStatus.DeleteProtection")
	must(t, do("DissociateAdditionalCertificatesFromListener", second+"-cn-hangzhou"))
	must(t, call(t, cloud, "DeleteUserCertificate", "CertId", second))
	checkJournal(t, cloud, 0)
}

// TestDeploymentJobs makes the calls of tools that let the center deploy: find a contact,
// create a job, start it, wait for its end. Then it cleans up as they do.
func TestDeploymentJobs(t *testing.T) {
	clock := newClock()
	cloud := open(t, fakecloud.Options{Now: clock.now})
	number := uploadAt(t, cloud, "cas.aliyuncs.com", "shop")
	contact := must(t, call(t, cloud, "ListContact", "ShowSize", "1", "CurrentPage", "1")).text("ContactList", 0, "ContactId")
	create := func(certificates string) answer {
		return call(t, cloud, "CreateDeploymentJob", "Name", "n", "JobType", "user", "CertIds", certificates, "ResourceIds", "1,2", "ContactIds", contact)
	}
	want(t, create("77"), 400, "NotFound")
	job := must(t, create(number)).text("JobId")
	status := func() string {
		return must(t, call(t, cloud, "DescribeDeploymentJob", "JobId", job)).text("Status")
	}
	if got := status(); got != "pending" {
		t.Error(got)
	}
	must(t, call(t, cloud, "UpdateDeploymentJobStatus", "JobId", job, "Status", "scheduling"))
	if got := status(); got != "scheduling" {
		t.Error(got)
	}
	clock.advance(2 * cas.DeploymentTime * time.Millisecond)
	if got := status(); got != "success" {
		t.Error(got)
	}
	want(t, call(t, cloud, "DescribeDeploymentJob", "JobId", "2"), 400, "NotFound")

	var found []string
	for page := 1; ; page++ {
		list := must(t, call(t, cloud, "ListCertificates", "ShowSize", "2", "CurrentPage", fmt.Sprint(page)))
		if list.text("CertificateList") == "[]" {
			break
		}
		for i := range 2 {
			found = append(found, list.text("CertificateList", i, "CertificateName"))
		}
	}
	if got := strings.Join(found, " "); got != "default first second shop" {
		t.Error(got)
	}
	must(t, call(t, cloud, "DeleteUserCertificate", "CertId", number))
	checkJournal(t, cloud, 0)
}
