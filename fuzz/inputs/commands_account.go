package inputs

import (
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model/account"
)

// accountCommands are the commands of model/account itself.
func accountCommands() []command {
	return []command{
		of("endpoints", 1, func(s *fuzz.Source, m *history) account.DescribeEndpoints {
			return account.DescribeEndpoints{
				RequestID: requestID(s, m), ID: fuzz.Pick(s, "cn-hangzhou", "ap-southeast-1", ""),
				ServiceCode: fuzz.Pick(s, "alb", "cas", "dcdn", "cdn", ""), Host: fuzz.Pick(s, "", "", "127.0.0.1:8080"),
			}
		}),
		of("caller identity", 1, func(s *fuzz.Source, m *history) account.GetCallerIdentity {
			return account.GetCallerIdentity{RequestID: requestID(s, m)}
		}),
		of("regions", 1, func(s *fuzz.Source, m *history) account.DescribeRegions {
			return account.DescribeRegions{RequestID: requestID(s, m), AcceptLanguage: fuzz.Pick(s, "", "en-US", "zh-CN")}
		}),
		of("instances", 1, func(s *fuzz.Source, m *history) account.QueryAvailableInstances {
			return account.QueryAvailableInstances{RequestID: requestID(s, m), PageNum: pageNumber(s), PageSize: pageSize(s)}
		}),
	}
}
