package clienttest

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alibabacloud-go/tea/tea"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/cdn"
)

// The tests below repeat resources of the Terraform provider alicloud: its calls, which
// refusals it repeats a call for, what it takes for an absent resource, and what it reads
// into the state. A plan is empty if the state has what the configuration says.

// provider has the rules of the Terraform provider.
type provider struct{ deployer }

func newProvider(cloud *toolCloud) provider {
	return provider{deployer{demo(cloud.Running), callTeaRPC, time.Millisecond}}
}

// retry makes a call again while it is refused with one of the codes.
func (p provider) retry(version, action string, params map[string]string, codes ...errcodes.Code) (body map[string]any, err error) {
	waited := p.until(func() (bool, error) {
		body, err = p.call(version, action, params)
		code, _ := errcodes.Of(err)
		return !slices.Contains(codes, code), nil
	})
	if waited != nil {
		return nil, waited
	}
	return body, err
}

// absent reports whether the provider takes an error for an absent resource.
func absent(err error) bool {
	e, is := err.(*tea.SDKError) //nolint:errorlint // as the provider does
	return is && (tea.IntValue(e.StatusCode) == http.StatusNotFound || strings.Contains(tea.StringValue(e.Message), "NotFound"))
}

// reads are the values that the provider reads into a state, by the path in the answer: a
// dot goes into a member, and a list means its only item.
func reads(body map[string]any, paths ...string) (map[string]string, error) {
	state := map[string]string{}
	for _, path := range paths {
		var v any = body
		for member := range strings.SplitSeq(path, ".") {
			if list, is := v.([]any); is && len(list) == 1 {
				v = list[0]
			}
			object, is := v.(map[string]any)
			if !is {
				return nil, fmt.Errorf("no %s in the answer %v", path, body)
			}
			v = object[member]
		}
		if v != nil {
			state[path] = fmt.Sprint(v)
		}
	}
	return state, nil
}

// merge joins states.
func merge(states ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, s := range states {
		maps.Copy(all, s)
	}
	return all
}

// planned fails the test unless a state has what the configuration says, so that the plan
// is empty. A configuration value of "" is one that the provider computes.
func planned(t *testing.T, read func() (map[string]string, error), want map[string]string) {
	t.Helper()
	got, err := read()
	if err != nil {
		t.Fatalf("%T %v", err, err)
	}
	for name, value := range want {
		if v, found := got[name]; value != "" && v != value || value == "" && !found {
			t.Errorf("%s is %q; want %q", name, v, value)
		}
	}
}

// terraformDomainResource repeats alicloud_cdn_domain_new and alicloud_dcdn_domain.
type terraformDomainResource struct {
	provider
	name, product  string
	sources        string
	attributes     map[string]string // parameters of the creation
	version        string
	add, set, drop string
}

func (r terraformDomainResource) detail() (map[string]string, error) {
	action, root, sources := getDomain, "GetDomainDetailModel.", "SourceModels.SourceModel."
	attributes := []string{"CdnType"}
	if r.product == "dcdn" {
		action, root, sources = "DescribeDcdnDomainDetail", "DomainDetail.", "Sources.Source."
		attributes = []string{"FunctionType", "Scene", "SSLProtocol", "GmtCreated"}
	}
	body, err := r.retry(r.version, action, map[string]string{"DomainName": r.name})
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, name := range append(attributes, "Cname", "ResourceGroupId", "Scope", "DomainStatus", "DomainName") {
		paths = append(paths, root+name)
	}
	for _, name := range []string{"Content", "Port", "Priority", "Type", "Weight"} {
		paths = append(paths, root+sources+name)
	}
	return reads(body, paths...)
}

// until waits for a status; "" means that the domain is gone.
func (r terraformDomainResource) wait(status string) error {
	return r.until(func() (bool, error) {
		state, err := r.detail()
		if code, _ := errcodes.Of(err); code == errcodes.InvalidDomainNotFound {
			return status == "", nil
		}
		return state["GetDomainDetailModel.DomainStatus"]+state["DomainDetail.DomainStatus"] == status, err
	})
}

func (r terraformDomainResource) create(certificate map[string]string) error {
	if _, err := r.retry(r.version, r.add, merge(map[string]string{"DomainName": r.name, "Sources": r.sources}, r.attributes)); err != nil {
		return err
	}
	if err := r.wait("online"); err != nil {
		return err
	}
	return r.update(certificate)
}

// update sets the certificate and reads the state.
func (r terraformDomainResource) update(certificate map[string]string) error {
	if _, err := r.retry(r.version, r.set, merge(map[string]string{"DomainName": r.name}, certificate)); err != nil {
		return err
	}
	if r.product == "dcdn" { // only this resource waits
		if err := r.wait("online"); err != nil {
			return err
		}
	}
	_, err := r.read()
	return err
}

// read makes the calls of a refresh.
func (r terraformDomainResource) read() (map[string]string, error) {
	detail, err := r.detail()
	if err != nil {
		return nil, err
	}
	info, tags, tagsPaths := getInfo, listTags, []string{"TagResources.TagResource.TagKey", "TagResources.TagResource.TagValue"}
	members := []string{"CertId", "CertName", "CertRegion", "CertType", "DomainName"}
	if r.product == "dcdn" {
		info, tags, tagsPaths = "DescribeDcdnDomainCertificateInfo", "DescribeDcdnTagResources", []string{"TagResources.Tag.Key", "TagResources.Tag.Value"}
		members = append(members, "SSLProtocol", "SSLPub")
	} else {
		members = append(members, "ServerCertificate", "ServerCertificateStatus")
	}
	for i := range members {
		members[i] = "CertInfos.CertInfo." + members[i]
	}
	body, err := r.retry(r.version, info, map[string]string{"DomainName": r.name})
	if err != nil {
		return nil, err
	}
	certificate, err := reads(body, members...)
	if err != nil {
		return nil, err
	}
	body, err = r.retry(r.version, tags, map[string]string{"ResourceId.1": r.name, "ResourceType": "DOMAIN"})
	if err != nil {
		return nil, err
	}
	listed, err := reads(body, tagsPaths...)
	return merge(detail, certificate, listed), err
}

func (r terraformDomainResource) destroy() error {
	if _, err := r.retry(r.version, r.drop, map[string]string{"DomainName": r.name}); err != nil && !absent(err) {
		return err
	}
	return r.wait("")
}

// TestTerraformCDNDomain creates a CDN domain with a certificate, renews the certificate
// twice, turns HTTPS off and destroys the domain.
func TestTerraformCDNDomain(t *testing.T) {
	cloud := startDemo(t)
	first, second, third := renewals()
	r := terraformDomainResource{
		provider: newProvider(cloud), name: "tf.example.com", product: "Cdn", version: versionCDN, add: "AddCdnDomain", set: setSSL, drop: "DeleteCdnDomain",
		sources:    `[{"Weight":15,"content":"198.51.100.7","port":8080,"priority":30,"type":"ipaddr"}]`,
		attributes: map[string]string{"CdnType": "download", "Scope": "overseas", "ResourceGroupId": "rg-2", "Tag.1.Key": "team", "Tag.1.Value": "shop"},
	}
	detail := map[string]string{
		"GetDomainDetailModel.CdnType": "download", "GetDomainDetailModel.Scope": "overseas", "GetDomainDetailModel.ResourceGroupId": "rg-2",
		"GetDomainDetailModel.Cname": "", "GetDomainDetailModel.DomainStatus": "online", "GetDomainDetailModel.DomainName": r.name,
		"GetDomainDetailModel.SourceModels.SourceModel.Content": "198.51.100.7", "GetDomainDetailModel.SourceModels.SourceModel.Port": "8080",
		"GetDomainDetailModel.SourceModels.SourceModel.Priority": "30", "GetDomainDetailModel.SourceModels.SourceModel.Type": "ipaddr",
		"GetDomainDetailModel.SourceModels.SourceModel.Weight": "15", "TagResources.TagResource.TagKey": "team", "TagResources.TagResource.TagValue": "shop",
	}
	id := "" // the provider computes it, and sends it again
	sent := func(name string, p pair) map[string]string {
		region := ""
		if id != "" {
			region = "cn-hangzhou"
		}
		return map[string]string{"SSLProtocol": "on", "CertName": name, "CertType": "upload", "CertId": id, "CertRegion": region, "SSLPub": p.certificate, "SSLPri": p.key}
	}
	plan := func(name string, p pair) func() {
		return func() {
			planned(t, r.read, merge(detail, map[string]string{
				"CertInfos.CertInfo.CertName": name, "CertInfos.CertInfo.CertType": "upload", "CertInfos.CertInfo.ServerCertificate": p.certificate,
				"CertInfos.CertInfo.ServerCertificateStatus": "on", "CertInfos.CertInfo.CertId": "", "CertInfos.CertInfo.CertRegion": "", "CertInfos.CertInfo.DomainName": r.name,
			}))
			state, err := r.read()
			if err != nil {
				t.Fatal(err)
			}
			id = state["CertInfos.CertInfo.CertId"]
			cloud.AssertServed(t, r.name, p.certificate)
		}
	}
	refresh := []string{getDomain, getInfo, listTags}
	cloud.play(t, []stage{
		{"apply", func() error { return r.create(sent("tf-1", first)) }, "", slices.Concat([]string{r.add, getDomain, r.set}, refresh), plan("tf-1", first)},
		{"renewal", func() error { return r.update(sent("tf-2", second)) }, "", slices.Concat([]string{r.set}, refresh), plan("tf-2", second)},
		{"second renewal", func() error { return r.update(sent("tf-3", third)) }, "", nil, plan("tf-3", third)},
		{"a name that is taken", func() error { return r.update(sent("tf-1", first)) }, errcodes.CertNameAlreadyExists, []string{r.set}, plan("tf-3", third)},
		{"off", func() error { return r.update(map[string]string{"SSLProtocol": "off"}) }, "", nil, func() {
			planned(t, r.read, merge(detail, map[string]string{"CertInfos.CertInfo.ServerCertificateStatus": "off"}))
		}},
		{"destroy", r.destroy, "", []string{r.drop, getDomain}, func() {
			if cloud.State().CDN.Domains.Has(r.name) {
				t.Error("the domain is still there")
			}
		}},
		{"refresh of what is gone", func() error { _, err := r.read(); return err }, errcodes.InvalidDomainNotFound, []string{getDomain}, nil},
		{"destroy again", r.destroy, "", []string{r.drop, getDomain}, nil},
	})
}

// TestTerraformDCDNDomain does the same with a DCDN domain of the same name as a CDN
// domain, which stays as it is.
func TestTerraformDCDNDomain(t *testing.T) {
	cloud := startDemo(t)
	if err := cloud.AddDomain("tf.example.com"); err != nil {
		t.Fatal(err)
	}
	first, second, _ := renewals()
	r := terraformDomainResource{
		provider: newProvider(cloud), name: "tf.example.com", product: "dcdn", version: versionDCDN, add: "AddDcdnDomain", set: setDCDN, drop: "DeleteDcdnDomain",
		sources:    `[{"content":"origin.example.com","port":443,"priority":"20","type":"domain","weight":"10"}]`,
		attributes: map[string]string{"Scope": "overseas", "Tag.1.Key": "team", "Tag.1.Value": "shop"},
	}
	const detail, source = "DomainDetail.", "DomainDetail.Sources.Source."
	attributes := map[string]string{
		detail + "Scope": "overseas", detail + "ResourceGroupId": "", detail + "Cname": "", detail + "DomainStatus": "online", detail + "DomainName": r.name,
		detail + "GmtCreated": "", source + "Content": "origin.example.com", source + "Port": "443", source + "Priority": "20", source + "Type": "domain", source + "Weight": "10",
		"TagResources.Tag.Key": "team", "TagResources.Tag.Value": "shop",
	}
	plan := func(name string, p pair) func() {
		return func() {
			planned(t, r.read, merge(attributes, map[string]string{
				"CertInfos.CertInfo.CertName": name, "CertInfos.CertInfo.CertType": "upload", "CertInfos.CertInfo.SSLPub": p.certificate, "CertInfos.CertInfo.SSLProtocol": "on",
				"CertInfos.CertInfo.CertId": "", "CertInfos.CertInfo.CertRegion": "", "CertInfos.CertInfo.DomainName": r.name, detail + "SSLProtocol": "on",
			}))
			// A value that was not sent would force a replacement.
			if state, err := r.read(); err != nil || state[detail+"FunctionType"]+state[detail+"Scene"] != "" {
				t.Errorf("%v %v", state, err)
			}
			cloud.AssertServed(t, cdn.DomainID("dcdn", r.name), p.certificate)
		}
	}
	certificate := func(name string, p pair) map[string]string {
		return map[string]string{"SSLProtocol": "on", "CertName": name, "SSLPub": p.certificate, "SSLPri": p.key}
	}
	cloud.play(t, []stage{
		{"apply", func() error {
			return r.create(merge(certificate("tf-1", first), map[string]string{"CertType": "upload"}))
		}, "", []string{
			r.add, "DescribeDcdnDomainDetail", r.set, "DescribeDcdnDomainDetail", "DescribeDcdnDomainCertificateInfo", "DescribeDcdnTagResources",
		}, plan("tf-1", first)},
		{"renewal", func() error { return r.update(certificate("tf-2", second)) }, "", nil, plan("tf-2", second)},
		{"the same again", func() error {
			_, err := r.retry(r.version, r.add, merge(map[string]string{"DomainName": r.name, "Sources": r.sources}, r.attributes))
			return err
		}, "DomainAlreadyExist", []string{r.add}, nil},
		{"certificate of CAS", func() error {
			return r.update(map[string]string{"SSLProtocol": "on", "CertType": "cas", "CertId": "2", "CertName": "first", "CertRegion": "cn-hangzhou"})
		}, "", nil, func() {
			planned(t, r.read, merge(attributes, map[string]string{"CertInfos.CertInfo.CertId": "2", "CertInfos.CertInfo.CertType": "cas", "CertInfos.CertInfo.CertName": "first"}))
		}},
		{"destroy", r.destroy, "", []string{r.drop, "DescribeDcdnDomainDetail"}, func() {
			if all := cloud.State().CDN.Domains; all.Has(cdn.DomainID("dcdn", r.name)) || !all.Has(r.name) {
				t.Error("the wrong domain is gone")
			}
		}},
	})
}

// TestTerraformDomainConfig creates, changes and destroys alicloud_cdn_domain_config.
func TestTerraformDomainConfig(t *testing.T) {
	cloud := startDemo(t)
	p := newProvider(cloud)
	const batch, list, remove = "BatchSetCdnDomainConfig", "DescribeCdnDomainConfigs", "DeleteSpecificConfig"
	id := ""
	describe := func() (map[string]any, error) {
		return p.retry(versionCDN, list, map[string]string{"DomainName": demoDomain, "FunctionNames": "https_force", "ConfigId": id, "RegionId": "cn-hangzhou"})
	}
	read := func() (map[string]string, error) {
		body, err := describe()
		if err != nil {
			return nil, err
		}
		const root = "DomainConfigs.DomainConfig."
		return reads(body, root+"ConfigId", root+"Status", root+"FunctionName", root+"ParentId", root+"FunctionArgs.FunctionArg.ArgName", root+"FunctionArgs.FunctionArg.ArgValue")
	}
	set := func(value string) func() error {
		return func() error {
			function := map[string]any{"functionName": "https_force", "functionArgs": []any{map[string]string{"argName": "enable", "argValue": value}}}
			if id != "" {
				function["configId"] = id
			}
			functions, err := json.Marshal([]any{function})
			if err != nil {
				return err
			}
			body, err := p.retry(versionCDN, batch, map[string]string{"DomainNames": demoDomain, "Functions": string(functions), "RegionId": "cn-hangzhou"}, errcodes.ServiceBusy)
			if err != nil {
				return err
			}
			set, err := reads(body, "DomainConfigList.DomainConfigModel.ConfigId", "DomainConfigList.DomainConfigModel.DomainName", "DomainConfigList.DomainConfigModel.FunctionName")
			if err != nil {
				return err
			}
			id = set["DomainConfigList.DomainConfigModel.ConfigId"]
			if err := p.until(func() (bool, error) {
				state, err := read()
				return state["DomainConfigs.DomainConfig.Status"] == "success", err
			}); err != nil {
				return err
			}
			return terraformDomain{p.deployer, demoDomain}.online()
		}
	}
	plan := func(value string) func() {
		return func() {
			planned(t, read, map[string]string{
				"DomainConfigs.DomainConfig.ConfigId": id, "DomainConfigs.DomainConfig.Status": "success", "DomainConfigs.DomainConfig.FunctionName": "https_force",
				"DomainConfigs.DomainConfig.FunctionArgs.FunctionArg.ArgName": "enable", "DomainConfigs.DomainConfig.FunctionArgs.FunctionArg.ArgValue": value,
			})
		}
	}
	cloud.play(t, []stage{
		{"apply", set("on"), "", []string{batch, list, getDomain}, plan("on")},
		{"change", set("off"), "", []string{batch, list, getDomain}, plan("off")},
		{"apply while the certificate rolls out", func() error {
			if _, err := p.cdn(setSSL, map[string]string{"DomainName": demoDomain, "SSLProtocol": "on", "CertType": "cas", "CertId": "2"}); err != nil {
				return err
			}
			return set("on")()
		}, "", nil, plan("on")},
		{"another function", func() error {
			_, err := p.cdn(batch, map[string]string{"DomainNames": demoDomain, "Functions": `[{"functionName":"gzip","functionArgs":[{"argName":"enable","argValue":"on"}]}]`})
			return err
		}, "", []string{batch}, plan("on")},
		{"destroy", func() error {
			if _, err := describe(); err != nil {
				return err
			}
			_, err := p.retry(versionCDN, remove, map[string]string{"DomainName": demoDomain, "ConfigId": id, "RegionId": "cn-hangzhou"}, errcodes.ServiceBusy)
			return err
		}, "", []string{list, remove}, func() {
			body, err := describe()
			if got, lists := body["DomainConfigs"].(map[string]any)["DomainConfig"].([]any); err != nil || !lists || len(got) > 0 {
				t.Errorf("%v %v", body, err)
			}
		}},
	})
}

// TestTerraformCertificate creates alicloud_ssl_certificates_service_certificate, renames
// it, replaces it by a renewed one and destroys it.
func TestTerraformCertificate(t *testing.T) {
	cloud := startDemo(t)
	p := newProvider(cloud)
	first, second, _ := renewals()
	const remove, rename = "DeleteUserCertificate", "CreateCertificateName"
	id := ""
	read := func() (map[string]string, error) {
		body, err := p.retry(versionCAS, getUploaded, map[string]string{"CertId": id})
		if err != nil {
			return nil, err
		}
		return reads(body, "Name", "Cert", "Key", "ResourceGroupId")
	}
	create := func(name string, c pair) func() error {
		return func() error {
			body, err := p.retry(versionCAS, upload, map[string]string{"Name": name, "Cert": c.certificate, "Key": c.key})
			if err != nil {
				return err
			}
			id = number(body, "CertId")
			_, err = read()
			return err
		}
	}
	destroy := func() error {
		_, err := p.retry(versionCAS, remove, map[string]string{"CertId": id})
		if absent(err) {
			return nil
		}
		return err
	}
	plan := func(name string, c pair) func() {
		return func() {
			planned(t, read, map[string]string{"Name": name, "Cert": c.certificate, "Key": c.key})
		}
	}
	has := func(name string, want bool) func() {
		return func() {
			if cloud.State().CAS.Certificates.Has(name) != want {
				t.Errorf("the certificate %q is there: %v", name, !want)
			}
		}
	}
	cloud.play(t, []stage{
		{"apply", create("tf-1", first), "", []string{upload, getUploaded}, plan("tf-1", first)},
		{"another name", func() error {
			_, err := p.retry("2018-08-13", rename, map[string]string{"CertificateId": id, "RegionId": "cn-hangzhou", "Name": "tf-one"})
			return err
		}, "", []string{rename}, plan("tf-one", first)},
		{"replacement destroys", destroy, "", []string{remove}, has("tf-one", false)},
		{"replacement creates", create("tf-2", second), "", []string{upload, getUploaded}, plan("tf-2", second)},
		{"a name that is taken", func() error { return create("tf-2", first)() }, errcodes.NameRepeat, []string{upload}, plan("tf-2", second)},
		{"destroy", destroy, "", []string{remove}, has("tf-2", false)},
		{"refresh of what is gone", func() error { _, err := read(); return err }, "NotFound", []string{getUploaded}, nil},
		{"destroy without a refresh", destroy, "NotFound", []string{remove}, nil}, // its status is 400, so the provider stops
	})
}

// TestTerraformListener creates alicloud_alb_listener, renews its certificate twice,
// changes another attribute, and destroys it.
func TestTerraformListener(t *testing.T) {
	for _, test := range []struct {
		protocol, port string
		certificates   []string // of the creation and the renewals; the demo account has them
	}{
		{"HTTPS", "9443", []string{"1-cn-hangzhou", "2-cn-hangzhou", "3-cn-hangzhou"}},
		{"QUIC", "9443", []string{"3-cn-hangzhou", "2-cn-hangzhou", "1-cn-hangzhou"}},
		{"HTTP", "8080", nil},
	} {
		t.Run(test.protocol, func(t *testing.T) {
			cloud := startDemo(t)
			l := &terraformListener{provider: newProvider(cloud), t: t}
			const create, jobs, remove, albTags = "CreateListener", "ListAsynJobs", "DeleteListener", "ListTagResources"
			configuration := map[string]string{
				"LoadBalancerId": "alb-demo", "ListenerProtocol": test.protocol, "ListenerPort": test.port, "ListenerDescription": "tf",
				"DefaultActions.1.Type": "ForwardGroup", "DefaultActions.1.ForwardGroupConfig.ServerGroupTuples.1.ServerGroupId": "sgp-7",
			}
			actions := map[string]string{}
			want := map[string]string{"ListenerStatus": "Running", "DefaultActions.ForwardGroupConfig.ServerGroupTuples.ServerGroupId": "sgp-7", "IdleTimeout": "", "RequestTimeout": "", "GzipEnabled": ""}
			for name, value := range configuration {
				if strings.HasPrefix(name, "DefaultActions") {
					actions[name] = value
				} else {
					want[name] = value
				}
			}
			want["DefaultActions.Type"] = "ForwardGroup"
			if test.certificates != nil {
				configuration["Certificates.1.CertificateId"] = test.certificates[0]
				want["Certificates.CertificateId"] = test.certificates[0]
			}
			plan := func() { planned(t, l.read, want) }
			update := func(change map[string]string) func() error {
				return func() error { return l.update(merge(actions, change)) }
			}
			stages := []stage{
				{"apply", func() error { return l.create(configuration) }, "", []string{create, jobs, getListener, albTags}, plan},
				{"the port is used", func() error {
					_, err := l.retry(versionALB, create, configuration)
					return err
				}, errcodes.InvalidParameter, []string{create}, plan},
			}
			for i := 1; i < len(test.certificates); i++ {
				id := test.certificates[i]
				stages = append(stages, stage{fmt.Sprint("renewal ", i), update(map[string]string{"Certificates.1.CertificateId": id}), "", []string{updateListener, jobs, getListener, albTags}, func() {
					want["Certificates.CertificateId"] = id
					plan()
					cloud.AssertAssociated(t, l.id, id)
				}})
			}
			if test.certificates != nil {
				stages = append(stages, stage{"an unknown certificate", update(map[string]string{"Certificates.1.CertificateId": "77-cn-hangzhou"}), errcodes.ResourceNotFoundCertificate, []string{updateListener}, plan})
			}
			stages = append(stages,
				stage{"another attribute", update(map[string]string{"RequestTimeout": "90", "IdleTimeout": "33", "GzipEnabled": "false"}), "", []string{updateListener, jobs, getListener, albTags}, func() {
					want["RequestTimeout"], want["IdleTimeout"], want["GzipEnabled"] = "90", "33", "false"
					plan()
				}},
				stage{"other actions", update(map[string]string{"DefaultActions.1.ForwardGroupConfig.ServerGroupTuples.1.ServerGroupId": "sgp-8"}), "", nil, func() {
					want["DefaultActions.ForwardGroupConfig.ServerGroupTuples.ServerGroupId"] = "sgp-8"
					plan()
				}},
				stage{"a change before the creation has ended", func() error {
					other := &terraformListener{provider: l.provider, t: t}
					params := merge(configuration, map[string]string{"ListenerPort": "7443"})
					body, err := other.retry(versionALB, create, other.token(params))
					if err != nil {
						return err
					}
					other.id = member(body, "ListenerId")
					if err := other.update(merge(actions, map[string]string{"RequestTimeout": "70"})); err != nil {
						return err
					}
					planned(t, other.read, map[string]string{"ListenerStatus": "Running", "RequestTimeout": "70", "ListenerPort": "7443"})
					return other.destroy()
				}, "", []string{create, updateListener, jobs, getListener, albTags, getListener, albTags, remove, jobs}, nil},
				stage{"destroy during a change", func() error {
					if _, err := l.retry(versionALB, updateListener, merge(actions, map[string]string{"ListenerId": l.id, "ClientToken": "u", "RequestTimeout": "91"})); err != nil {
						return err
					}
					return l.destroy()
				}, "", []string{updateListener, remove, jobs}, func() {
					if cloud.State().ALB.Listeners.Has(l.id) {
						t.Error("the listener is still there")
					}
				}},
				stage{"refresh of what is gone", func() error { _, err := l.read(); return err }, "ResourceNotFound.Listener", []string{getListener}, nil},
				stage{"destroy again", l.destroy, "", []string{remove}, nil},
			)
			cloud.play(t, stages)
		})
	}
}

// terraformListener repeats alicloud_alb_listener.
type terraformListener struct {
	provider
	t  *testing.T
	id string
}

// token returns the parameters with a new token.
func (*terraformListener) token(params map[string]string) map[string]string {
	return merge(params, map[string]string{"ClientToken": "TF-" + rand.Text()})
}

// succeeded waits for the job of an answer.
func (l *terraformListener) succeeded(body map[string]any) error {
	return l.until(func() (bool, error) {
		list, err := l.alb("ListAsynJobs", map[string]string{"JobIds.1": member(body, "JobId")})
		if err != nil {
			return false, err
		}
		state, err := reads(list, "Jobs.Status")
		return state["Jobs.Status"] == "Succeeded", err
	})
}

func (l *terraformListener) create(params map[string]string) error {
	body, err := l.retry(versionALB, "CreateListener", l.token(params), "SystemBusy", "IdempotenceProcessing", "IncorrectBusinessStatus.LoadBalancer")
	if err != nil {
		return err
	}
	l.id = member(body, "ListenerId")
	if err := l.succeeded(body); err != nil {
		return err
	}
	_, err = l.read()
	return err
}

func (l *terraformListener) update(params map[string]string) error {
	params["ListenerId"] = l.id
	body, err := l.retry(versionALB, updateListener, l.token(params), "SystemBusy", "IdempotenceProcessing", "IncorrectStatus.Listener")
	if err != nil {
		return err
	}
	if err := l.succeeded(body); err != nil {
		return err
	}
	_, err = l.read()
	return err
}

func (l *terraformListener) read() (map[string]string, error) {
	body, err := l.alb(getListener, map[string]string{"ListenerId": l.id})
	if err != nil {
		return nil, err
	}
	if _, object := body["LogConfig"].(map[string]any); !object { // else the provider panics
		l.t.Errorf("LogConfig is %v", body["LogConfig"])
	}
	state, err := reads(body, "ListenerStatus", "ListenerPort", "ListenerProtocol", "LoadBalancerId", "ListenerDescription", "IdleTimeout", "RequestTimeout", "GzipEnabled",
		"Http2Enabled", "SecurityPolicyId", "DefaultActions.Type", "DefaultActions.ForwardGroupConfig.ServerGroupTuples.ServerGroupId")
	if err != nil {
		return nil, err
	}
	if certificates, _ := body["Certificates"].([]any); len(certificates) > 0 {
		ids, err := reads(body, "Certificates.CertificateId")
		if err != nil {
			return nil, err
		}
		state = merge(state, ids)
	}
	tags, err := l.alb("ListTagResources", map[string]string{"ResourceId.1": l.id, "ResourceType": "listener"})
	if err != nil {
		return nil, err
	}
	_, err = reads(tags, "TagResources")
	return state, err
}

func (l *terraformListener) destroy() error {
	body, err := l.retry(versionALB, "DeleteListener", l.token(map[string]string{"ListenerId": l.id}), "SystemBusy", "IdempotenceProcessing", "ResourceInConfiguring.Listener", "IncorrectStatus.LoadBalancer")
	if absent(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return l.succeeded(body)
}
