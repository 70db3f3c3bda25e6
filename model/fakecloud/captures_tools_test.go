package fakecloud_test

import (
	"cmp"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

// toolCaptures has, for each captured request of a deploy tool, the members of the answer
// that the tool reads, or the code that it gets from the account of the test. A member
// with a dot is inside another one; of a list, the first item counts.
var toolCaptures = map[string]string{
	"acme-sh-SetCdnDomainSSLCertificate":                       "",
	"allinssl-SetDcdnDomainSSLCertificate":                     "",
	"certd-DescribeDomainExtensions":                           "DomainExtensions.DomainExtension.DomainExtensionId DomainExtensions.DomainExtension.Domain",
	"certd-DescribeLiveUserDomains":                            "Domains.PageData.DomainName",
	"certd-DescribeLoadBalancerListeners":                      "Listeners.LoadBalancerId Listeners.ListenerProtocol Listeners.ListenerPort Listeners.Description",
	"certd-DescribeRegions":                                    "Regions.RegionId Regions.LocalName Regions.RegionEndpoint",
	"certd-DescribeVodUserDomains":                             "Domains.PageData.DomainName",
	"certd-ga-AssociateAdditionalCertificatesWithListener":     "",
	"certd-ga-ListListenerCertificates":                        "Certificates",
	"certd-ga-ListListeners":                                   "Listeners.ListenerId Listeners.Protocol",
	"certd-ga-UpdateListener":                                  "",
	"certd-ListCertificates":                                   "CertificateList.CertificateId CertificateList.NotAfter CertificateList.CertificateName CertificateList.Domain CertificateList.UsingProductList",
	"certd-ListListenerCertificates":                           "Certificates.CertificateId Certificates.IsDefault Certificates.Status",
	"certd-ListLoadBalancers":                                  "LoadBalancers.LoadBalancerId LoadBalancers.LoadBalancerName",
	"certd-nlb-ListListenerCertificates":                       "Certificates.CertificateId Certificates.Status Certificates.IsDefault",
	"certd-SetCertificate":                                     "",
	"certd-UpdateListenerAttribute":                            "JobId",
	"certimate-CreateDeploymentJob":                            "JobId",
	"certimate-DescribeDcdnUserDomains":                        "Domains.PageData.DomainName Domains.PageData.DomainStatus TotalCount",
	"certimate-DescribeDomainExtensions":                       "DomainExtensions.DomainExtension.Domain DomainExtensions.DomainExtension.DomainExtensionId DomainExtensions.DomainExtension.ServerCertificateId",
	"certimate-DescribeLiveUserDomains":                        "Domains.PageData.DomainName",
	"certimate-DescribeLoadBalancerAttribute":                  "LoadBalancerId",
	"certimate-DescribeLoadBalancerHTTPSListenerAttribute":     "ServerCertificateId",
	"certimate-DescribeLoadBalancerListeners":                  "Listeners.ListenerPort",
	"certimate-DescribeServerCertificates":                     "ServerCertificates.ServerCertificate.ServerCertificateId ServerCertificates.ServerCertificate.ServerCertificateName ServerCertificates.ServerCertificate.IsAliCloudCertificate ServerCertificates.ServerCertificate.CommonName ServerCertificates.ServerCertificate.Fingerprint",
	"certimate-DescribeVodUserDomains":                         "Domains.PageData.DomainName",
	"certimate-ga-AssociateAdditionalCertificatesWithListener": "",
	"certimate-ga-ListListenerCertificates":                    "Certificates.CertificateId Certificates.IsDefault",
	"certimate-ga-ListListeners":                               "Listeners.ListenerId Listeners.Protocol",
	"certimate-ga-UpdateAdditionalCertificateWithListener":     "400 ResourceNotAssociated.Certificate", // an earlier call associated one
	"certimate-ga-UpdateListener":                              "",
	"certimate-ListContact":                                    "ContactList.ContactId",
	"certimate-ListListeners":                                  "Listeners.ListenerId",
	"certimate-nlb-GetListenerAttribute":                       "ListenerId",
	"certimate-nlb-GetLoadBalancerAttribute":                   "LoadBalancerId",
	"certimate-nlb-ListListeners":                              "Listeners.ListenerId",
	"certimate-nlb-UpdateListenerAttribute":                    "JobId",
	"certimate-SetCertificate":                                 "",
	"certimate-SetDomainExtensionAttribute":                    "404 ServerCertificateId.NotFound", // it was made by an earlier call
	"certimate-SetLiveDomainCertificate":                       "",
	"certimate-SetLoadBalancerHTTPSListenerAttribute":          "404 ServerCertificateId.NotFound", // the same
	"certimate-SetVodDomainSSLCertificate":                     "",
	"certimate-UploadServerCertificate":                        "ServerCertificateId ServerCertificateName",
	"cli-GetCallerIdentity":                                    "AccountId Arn UserId IdentityType PrincipalId",
	"dnsmgr-AssociateAdditionalCertificatesWithListener":       "404 ResourceNotFound.Certificate",
	"dnsmgr-DeleteCertificate":                                 "",
	"dnsmgr-DescribeDomainExtensions":                          "DomainExtensions.DomainExtension.Domain DomainExtensions.DomainExtension.DomainExtensionId DomainExtensions.DomainExtension.ServerCertificateId",
	"dnsmgr-DescribeLoadBalancerHTTPSListenerAttribute":        "ServerCertificateId",
	"dnsmgr-ga-AssociateAdditionalCertificatesWithListener":    "",
	"dnsmgr-ga-ListListenerCertificates":                       "Certificates.CertificateId",
	"dnsmgr-ga-UpdateListener":                                 "",
	"dnsmgr-ListCertificates":                                  "TotalCount Result.Type Result.SAN Result.CreateTime Result.Id Result.Name",
	"dnsmgr-ListInstanceQuotasWithUsage":                       "Quotas.Usage Quotas.QuotaValue",
	"dnsmgr-ListSites":                                         "TotalCount Sites.SiteId",
	"dnsmgr-nlb-AssociateAdditionalCertificatesWithListener":   "",
	"dnsmgr-nlb-ListListenerCertificates":                      "Certificates.CertificateId",
	"dnsmgr-SetCdnDomainSSLCertificate":                        "",
	"dnsmgr-SetCertificate":                                    "",
	"dnsmgr-SetLiveDomainCertificate":                          "",
	"dnsmgr-SetVodDomainCertificate":                           "",
	"dnsmgr-UpdateListenerAttribute":                           "JobId",
	"dnsmgr-UploadServerCertificate":                           "ServerCertificateId",
	"dnsmgr-UploadUserCertificate":                             "CertId",
	"terraform-AddCdnDomain":                                   "400 DomainAlreadyExist",
	"terraform-AddDcdnDomain":                                  "400 DomainAlreadyExist",
	"terraform-AssociateAdditionalCertificatesWithListener":    "JobId",
	"terraform-BatchSetCdnDomainConfig":                        "DomainConfigList.DomainConfigModel.DomainName DomainConfigList.DomainConfigModel.FunctionName DomainConfigList.DomainConfigModel.ConfigId",
	"terraform-CreateListener":                                 "400 InvalidParameter", // the port is used
	"terraform-DeleteCdnDomain":                                "RequestId",
	"terraform-DeleteUserCertificate":                          "",
	"terraform-DescribeCdnDomainConfigs":                       "DomainConfigs.DomainConfig",
	"terraform-DescribeCdnDomainDetail":                        "GetDomainDetailModel.DomainName GetDomainDetailModel.DomainStatus GetDomainDetailModel.CdnType GetDomainDetailModel.Cname GetDomainDetailModel.Scope GetDomainDetailModel.ResourceGroupId GetDomainDetailModel.SourceModels.SourceModel.Content GetDomainDetailModel.SourceModels.SourceModel.Type GetDomainDetailModel.SourceModels.SourceModel.Port GetDomainDetailModel.SourceModels.SourceModel.Priority GetDomainDetailModel.SourceModels.SourceModel.Weight",
	"terraform-DescribeCdnService":                             "OpeningTime InternetChargeType InstanceId",
	"terraform-DescribeDcdnDomainDetail":                       "DomainDetail.DomainName DomainDetail.DomainStatus DomainDetail.Scope DomainDetail.Cname DomainDetail.ResourceGroupId DomainDetail.SSLProtocol DomainDetail.FunctionType DomainDetail.Scene DomainDetail.Sources.Source.Content DomainDetail.Sources.Source.Port DomainDetail.Sources.Source.Priority DomainDetail.Sources.Source.Type DomainDetail.Sources.Source.Weight",
	"terraform-DescribeEndpoints":                              "Success Endpoints.Endpoint.Endpoint Endpoints.Endpoint.Type Endpoints.Endpoint.SerivceCode Endpoints.Endpoint.Id",
	"terraform-ListListenerCertificates":                       "Certificates.CertificateId Certificates.Status",
	"terraform-ListLoadBalancers":                              "LoadBalancers.LoadBalancerId LoadBalancers.AccessLogConfig LoadBalancers.DeletionProtectionConfig LoadBalancers.ModificationProtectionConfig",
	"terraform-ListTagResources":                               "TagResources",
	"terraform-QueryAvailableInstances":                        "Success",
	"terraform-SetCdnDomainSSLCertificate":                     "",
	"terraform-UploadUserCertificate":                          "CertId",
}

// TestToolCaptures checks that captured requests of deploy tools verify, and that the
// answers have the members that the tools read.
func TestToolCaptures(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "captures-tools", "*.http"))
	if err != nil || len(files) != len(toolCaptures) {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".http")
		t.Run(name, func(t *testing.T) {
			want, known := toolCaptures[name]
			if !known {
				t.Fatal("no expectation")
			}
			cloud := demoWithUpload(t, cmp.Or(uploadedAs[name], "uploaded"))
			checkTool(t, send(t, cloud, captured(t, file)), want)
		})
	}
}

// uploadedAs has the names that tools gave to the certificate before the captured request.
var uploadedAs = map[string]string{
	"certimate-SetVodDomainSSLCertificate": "certimate_1795641761535",
	"dnsmgr-SetCdnDomainSSLCertificate":    "www.example.com-1795640431",
	"dnsmgr-SetLiveDomainCertificate":      "www.example.com-1767225600",
}

// demoWithUpload is the demo account with a certificate 1000001, which the tools
// uploaded before under a name.
func demoWithUpload(t *testing.T, name string) *fakecloud.Cloud {
	t.Helper()
	cloud := fakecloud.New(fakecloud.Options{Window: -1})
	if err := cloud.Seed(fakecloud.Demo()); err != nil {
		t.Fatal(err)
	}
	upload := cas.Upload("u", &validate.CASRequest{
		Name: name, Certificate: testdata.Read("p256/leaf.pem"), PrivateKey: validate.NewSecret(testdata.Read("p256/key.pem")),
	}, validate.Options{})
	if outputs := cloud.Apply(account.Input{Action: upload.Action}); !outputs[0].OK() {
		t.Fatal(outputs)
	}
	return cloud
}

func checkTool(t *testing.T, got answer, want string) {
	t.Helper()
	if status, code, refused := strings.Cut(want, " "); refused && strings.Trim(status, "0123456789") == "" {
		if got.code() != code {
			t.Errorf("%d %s; want %s", got.status, got.raw, want)
		}
		return
	}
	if got.status != 200 {
		t.Errorf("%d %s", got.status, got.raw)
	}
	for path := range strings.FieldsSeq("RequestId " + want) {
		var v any = got.members
		for member := range strings.SplitSeq(path, ".") {
			if list, is := v.([]any); is && len(list) > 0 {
				v = list[0]
			}
			object, _ := v.(map[string]any)
			v = object[member]
		}
		if v == nil {
			t.Errorf("no %s in %s", path, got.raw)
		}
	}
}
