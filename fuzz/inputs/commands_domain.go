package inputs

import (
	"cmp"
	"strings"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model/cdn"
)

// productNames has the products with domains of their own but the CDN, as people spell
// them.
var productNames = []struct{ product, name string }{{"dcdn", "DCDN"}, {"vod", "VOD"}, {"live", "live"}}

// domainCommands are the requests that add, delete and configure domains, and the reads
// of the products but the CDN.
func domainCommands() []command {
	var commands []command
	for _, product := range []string{"", "dcdn", "vod", "live"} {
		commands = append(
			commands,
			of(cdn.AddDomain{Product: product}.OperationName(), 1, func(s *fuzz.Source, m *history) cdn.AddDomain { return addDomain(s, m, product) }),
			once(hasDomain, of(cdn.DeleteDomain{Product: product}.OperationName(), 1, func(s *fuzz.Source, m *history) cdn.DeleteDomain {
				return cdn.DeleteDomain{Product: product, RequestID: requestID(s, m), DomainName: textDomain(s, m, cmp.Or(product, "Cdn"))}
			})),
		)
	}
	for _, p := range productNames {
		commands = append(commands, productReads(p.product, p.name)...)
	}
	return append(
		commands,
		once(hasDomain, of("VOD origin servers", 1, func(s *fuzz.Source, m *history) cdn.UpdateVodDomain {
			return cdn.UpdateVodDomain{RequestID: requestID(s, m), DomainName: textDomain(s, m, "vod"), Sources: originServers(s)}
		})),
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
		once(hasDomain, of("DCDN tags", 1, func(s *fuzz.Source, m *history) cdn.DescribeDcdnTagResources {
			return cdn.DescribeDcdnTagResources{RequestID: requestID(s, m), ResourceIDs: []string{textDomain(s, m, "dcdn")}}
		})),
		once(hasDomain, of("live tags", 1, func(s *fuzz.Source, m *history) cdn.ListTagResources {
			return cdn.ListTagResources{Product: "live", RequestID: requestID(s, m), ResourceIDs: []string{textDomain(s, m, "live")}}
		})),
	)
}

// productReads are the reads of a product but the CDN.
func productReads(product, name string) []command {
	return []command{
		once(hasDomain, of(name+" domain detail", 1, func(s *fuzz.Source, m *history) cdn.DescribeDomain {
			return cdn.DescribeDomain{Product: product, RequestID: requestID(s, m), DomainName: textDomain(s, m, product)}
		})),
		once(hasDomain, of(name+" domain certificate", 1, func(s *fuzz.Source, m *history) cdn.DescribeCertificate {
			return cdn.DescribeCertificate{Product: product, RequestID: requestID(s, m), DomainName: textDomain(s, m, product)}
		})),
		of(name+" domains", 1, func(s *fuzz.Source, m *history) cdn.DescribeDomains {
			in := cdn.DescribeDomains{Product: product, RequestID: requestID(s, m), PageNumber: pageNumber(s), PageSize: pageSize(s)}
			if s.OneIn(3) {
				in.DomainStatus, in.RegionName = fuzz.Pick(s, "", "online", "offline", "configuring"), fuzz.Pick(s, "", "cn-beijing")
				in.DomainName, in.DomainSearchType = fuzz.Pick(s, "", "example", "www."), fuzz.Pick(s, "", "pre_match", "suf_match", "full_match")
				in.LiveDomainType = fuzz.Pick(s, "", "", "liveVideo")
			}
			return in
		}),
	}
}

func addDomain(s *fuzz.Source, m *history, product string) cdn.AddDomain {
	in := cdn.AddDomain{Product: product, RequestID: requestID(s, m), DomainName: fuzz.Pick(s, domains...)}
	if s.OneIn(6) {
		in.DomainName = strings.ToValidUTF8(string(fuzz.Pick(s, hostileDomains...)), "?")
	}
	in.Type, in.Scope = fuzz.Pick(s, "web", "web", "download", ""), fuzz.Pick(s, "", "overseas")
	in.Sources = originServers(s)
	if product == "live" {
		in.LiveType, in.LiveRegion = fuzz.Pick(s, "liveVideo", "liveEdge", ""), fuzz.Pick(s, "cn-beijing", "cn-shanghai", "")
	}
	in.Tags = fuzz.Pick(s, "", "", `[{"Key":"team","Value":"shop"}]`, `[{"Key":"a","Value":""},{"Key":"b","Value":"店铺"}]`)
	return in
}

func originServers(s *fuzz.Source) string {
	return fuzz.Pick(
		s, `[{"content":"1.1.1.1","type":"ipaddr","port":443,"priority":20,"Weight":15}]`, `[{"content":"a.example","type":"domain","port":"80","priority":""}]`,
		"", "[]", "{",
	)
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
