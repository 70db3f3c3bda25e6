package cdn_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/cdn"
)

const httpsForce = `[{"functionArgs":[{"argName":"enable","argValue":"on"}],"functionName":"https_force"}]`

// configs lists the functions of www as "id name argument status".
func configs(t *testing.T, s cdn.State, read cdn.DescribeCdnDomainConfigs) []string {
	t.Helper()
	read.DomainName = www
	list := []string{}
	for _, item := range body(t, s, read)["DomainConfigs"].(map[string]any)["DomainConfig"].([]any) {
		c := item.(map[string]any)
		args := ""
		for _, arg := range c["FunctionArgs"].(map[string]any)["FunctionArg"].([]any) {
			a := arg.(map[string]any)
			args += a["ArgName"].(string) + "=" + a["ArgValue"].(string)
		}
		list = append(list, strings.Join([]string{c["ConfigId"].(string), c["FunctionName"].(string), args, c["Status"].(string)}, " "))
	}
	return list
}

func expectConfigs(t *testing.T, s cdn.State, read cdn.DescribeCdnDomainConfigs, want ...string) {
	t.Helper()
	if diff := cmp.Diff(append([]string{}, want...), configs(t, s, read)); diff != "" {
		t.Error(diff)
	}
}

// Functions are set, listed, replaced under their ids, and removed.
func TestConfigs(t *testing.T) {
	s := cdn.Scenario{}.HTTPSDomain(www).HTTPSDomain(shop).State()
	setting := cdn.BatchSetCdnDomainConfig{RequestID: "r", DomainNames: www + "," + shop, Functions: httpsForce}
	s, output := must(t, s, event(setting))
	want := `{"RequestId":"r","DomainConfigList":{"DomainConfigModel":[` +
		`{"ConfigId":"1","DomainName":"www.example.com","FunctionName":"https_force"},{"ConfigId":"2","DomainName":"shop.example.com","FunctionName":"https_force"}]}}`
	if got := text(t, output); got != want {
		t.Errorf("%s; want %s", got, want)
	}
	all := cdn.DescribeCdnDomainConfigs{}
	expectConfigs(t, s, all, "1 https_force enable=on configuring")
	refused(t, s, event(setting), errcodes.CondDomainConfiguring)
	finished := event(cdn.ConfigurationFinished{Domain: www})
	s, _ = must(t, s, finished)
	expectConfigs(t, s, all, "1 https_force enable=on success")

	s, _ = must(t, s, event(cdn.BatchSetCdnDomainConfig{DomainNames: www, Functions: `[{"functionName":"gzip"},` + strings.Replace(httpsForce[1:], `"on"`, `"off"`, 1)}), finished)
	expectConfigs(t, s, all, "1 https_force enable=off success", "3 gzip  success")
	expectConfigs(t, s, cdn.DescribeCdnDomainConfigs{FunctionNames: "gzip, other"}, "3 gzip  success")
	expectConfigs(t, s, cdn.DescribeCdnDomainConfigs{ConfigID: "1"}, "1 https_force enable=off success")
	expectConfigs(t, s, cdn.DescribeCdnDomainConfigs{ConfigID: "9"})

	s, _ = must(t, s, event(cdn.DeleteSpecificConfig{DomainName: www, ConfigID: "1"}), finished)
	expectConfigs(t, s, all, "3 gzip  success")
	must(t, s, event(cdn.DeleteSpecificConfig{DomainName: www, ConfigID: "1"}))
}

// Either all domains get all functions, or nothing changes.
func TestConfigsRefused(t *testing.T) {
	s := cdn.Scenario{}.HTTPSDomain(www).HTTPSDomain(shop).Offline().State()
	for code, in := range map[string]cdn.BatchSetCdnDomainConfig{
		"MissingDomainNames":     {Functions: httpsForce},
		"MissingFunctions":       {DomainNames: www},
		"InvalidFunctions":       {DomainNames: www, Functions: "https_force"},
		"InvalidDomain.NotFound": {DomainNames: www + ",none.example.com", Functions: httpsForce},
	} {
		next, output := step(s, event(in))
		unchanged(t, s, next)
		if string(output.Error.Code) != code {
			t.Errorf("%+v: %v; want %s", in, output, code)
		}
	}
	refused(t, cdn.Scenario{}.HTTPSDomain(www).Suspended().State(), event(cdn.BatchSetCdnDomainConfig{DomainNames: www, Functions: httpsForce}), errcodes.CondAccountSuspended)
	refused(t, cdn.Scenario{}.HTTPSDomain(www).Forbidden().State(), event(cdn.DeleteSpecificConfig{DomainName: www, ConfigID: "1"}), errcodes.CondDomainNotPermitted)
	if _, output := step(s, event(cdn.DeleteSpecificConfig{DomainName: www})); output.Error.Code != "MissingConfigId" {
		t.Errorf("%v", output)
	}
}
