package inputs

import (
	"cmp"
	"strings"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model/cdn"
)

// domainCommands are the requests that add, delete and configure domains, and the reads
// of DCDN.
func domainCommands() []command {
	var commands []command
	for _, product := range []string{"", "dcdn"} {
		commands = append(
			commands,
			of(cdn.AddDomain{Product: product}.OperationName(), 1, func(s *fuzz.Source, m *history) cdn.AddDomain { return addDomain(s, m, product) }),
			once(hasDomain, of(cdn.DeleteDomain{Product: product}.OperationName(), 1, func(s *fuzz.Source, m *history) cdn.DeleteDomain {
				return cdn.DeleteDomain{Product: product, RequestID: requestID(s, m), DomainName: textDomain(s, m, cmp.Or(product, "Cdn"))}
			})),
		)
	}
	return append(
		commands,
		once(hasDomain, of("functions", 1, batchSet)),
		once(hasDomain, of("function deleted", 1, func(s *fuzz.Source, m *history) cdn.DeleteSpecificConfig {
			return cdn.DeleteSpecificConfig{RequestID: requestID(s, m), DomainName: textDomain(s, m, "Cdn"), ConfigID: fuzz.Pick(s, "1", "2", "3", "")}
		})),
		once(hasDomain, of("functions of a domain", 1, func(s *fuzz.Source, m *history) cdn.DescribeCdnDomainConfigs {
			return cdn.DescribeCdnDomainConfigs{
				RequestID: requestID(s, m), DomainName: textDomain(s, m, "Cdn"), FunctionNames: fuzz.Pick(s, "", "https_force", "https_force,gzip"), ConfigID: fuzz.Pick(s, "", "1"),
			}
		})),
		of("certificates of the CDN", 1, func(s *fuzz.Source, m *history) cdn.DescribeCdnCertificateList {
			return cdn.DescribeCdnCertificateList{RequestID: requestID(s, m)}
		}),
		once(hasName, of("certificate of the CDN", 1, func(s *fuzz.Source, m *history) cdn.DescribeCdnCertificateDetail {
			return cdn.DescribeCdnCertificateDetail{RequestID: requestID(s, m), CertName: certificateName(s, m)}
		})),
		of("domains with HTTPS", 1, func(s *fuzz.Source, m *history) cdn.DescribeCdnHttpsDomainList {
			return cdn.DescribeCdnHttpsDomainList{RequestID: requestID(s, m), PageNumber: pageNumber(s), PageSize: pageSize(s)}
		}),
		of("service", 1, func(s *fuzz.Source, m *history) cdn.DescribeCdnService {
			return cdn.DescribeCdnService{RequestID: requestID(s, m)}
		}),
		once(hasDomain, of("DCDN domain detail", 1, func(s *fuzz.Source, m *history) cdn.DescribeDcdnDomainDetail {
			return cdn.DescribeDcdnDomainDetail{RequestID: requestID(s, m), DomainName: textDomain(s, m, "dcdn")}
		})),
		once(hasDomain, of("DCDN domain certificate", 1, func(s *fuzz.Source, m *history) cdn.DescribeDcdnDomainCertificateInfo {
			return cdn.DescribeDcdnDomainCertificateInfo{RequestID: requestID(s, m), DomainName: textDomain(s, m, "dcdn")}
		})),
		of("DCDN domains", 1, func(s *fuzz.Source, m *history) cdn.DescribeDcdnUserDomains {
			return cdn.DescribeDcdnUserDomains{RequestID: requestID(s, m), PageNumber: pageNumber(s), PageSize: pageSize(s)}
		}),
		once(hasDomain, of("DCDN tags", 1, func(s *fuzz.Source, m *history) cdn.DescribeDcdnTagResources {
			return cdn.DescribeDcdnTagResources{RequestID: requestID(s, m), ResourceIDs: []string{textDomain(s, m, "dcdn")}}
		})),
	)
}

func addDomain(s *fuzz.Source, m *history, product string) cdn.AddDomain {
	in := cdn.AddDomain{Product: product, RequestID: requestID(s, m), DomainName: fuzz.Pick(s, domains...)}
	if s.OneIn(6) {
		in.DomainName = strings.ToValidUTF8(string(fuzz.Pick(s, hostileDomains...)), "?")
	}
	in.Type, in.Scope = fuzz.Pick(s, "web", "web", "download", ""), fuzz.Pick(s, "", "overseas")
	in.Sources = fuzz.Pick(s, `[{"content":"1.1.1.1","type":"ipaddr","port":443,"priority":20,"Weight":15}]`, `[{"content":"a.example","type":"domain","port":"80"}]`, "", "[]", "{")
	in.Tags = fuzz.Pick(s, "", "", `[{"Key":"team","Value":"shop"}]`, `[{"Key":"a","Value":""},{"Key":"b","Value":"店铺"}]`)
	return in
}

func batchSet(s *fuzz.Source, m *history) cdn.BatchSetCdnDomainConfig {
	in := cdn.BatchSetCdnDomainConfig{RequestID: requestID(s, m), DomainNames: textDomain(s, m, "Cdn")}
	if s.OneIn(4) {
		in.DomainNames += "," + textDomain(s, m, "Cdn")
	}
	in.Functions = fuzz.Pick(
		s,
		`[{"functionName":"https_force","functionArgs":[{"argName":"enable","argValue":"on"}]}]`,
		`[{"functionName":"gzip","functionArgs":[]},{"functionName":"https_force","functionArgs":[{"argName":"enable","argValue":"off"}],"parentId":"1"}]`,
		"", "[]", "{",
	)
	return in
}
